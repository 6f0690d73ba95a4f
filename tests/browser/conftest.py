"""A real browser on the built sample, served as a web host would, with its headers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from fonts import NARROW_FONT, Browsers, FontSet
from hosting import Host, SiteHandler
from visits import Tabs


@pytest.fixture(scope="session")
def address(built_sample: Path) -> Iterator[str]:
    """The address of the built sample on this machine, with a slash at its end."""
    with Host(SiteHandler, directory=built_sample) as host:
        yield host.address


@pytest.fixture(scope="session")
def browsers(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsers]:
    """The browsers of one worker, one for each set of fonts."""
    running = Browsers(playwright, tmp_path_factory.mktemp("fonts"))
    yield running
    running.close()


@pytest.fixture
def fonts() -> FontSet:
    """The fonts of a test that does not ask how things fit; the others are marked ``in_each_font``."""
    return NARROW_FONT


@pytest.fixture
def browser(browsers: Browsers, fonts: FontSet) -> Browser:
    """One Chromium for all tests of a worker that read in the same fonts."""
    return browsers.having(fonts)[0]


@pytest.fixture
def tabs(browsers: Browsers, fonts: FontSet) -> Tabs:
    """Tabs that stay open from test to test, for proofs that only look."""
    return browsers.having(fonts)[1]
