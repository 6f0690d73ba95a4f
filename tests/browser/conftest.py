"""A real browser on the built sample, served as a web host would, with its headers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from hosting import Host, SiteHandler
from visits import FLAGS, Tabs, find_browser


@pytest.fixture(scope="session")
def address(built_sample: Path) -> Iterator[str]:
    """The address of the built sample on this machine, with a slash at its end."""
    with Host(SiteHandler, directory=built_sample) as host:
        yield host.address


@pytest.fixture(scope="session")
def browser_path() -> str:
    """Where Chromium is."""
    return find_browser()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of the browsers of one worker."""
    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def browser(playwright: Playwright, browser_path: str) -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    chromium = playwright.chromium.launch(executable_path=browser_path, args=FLAGS)
    yield chromium
    chromium.close()


@pytest.fixture(scope="session")
def tabs(browser: Browser) -> Tabs:
    """Tabs that stay open from test to test, for proofs that only look."""
    return Tabs(browser)
