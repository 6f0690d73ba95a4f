"""Firefox and WebKit with their real windows on a screen of their own, and the built sample on hosts of its own."""

import contextlib
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme

from firefox import Firefox
from fonts import NARROW_FONT, write_settings
from hosting import Host, SiteHandler
from screen import Screen
from webkit import WebKit

ENGINES = {"Firefox": Firefox, "WebKit": WebKit}


@pytest.fixture(scope="session")
def certificate() -> ssl.SSLContext:
    """What a host on this machine shows to be asked over TLS. The browsers here take it although nobody vouches for it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture(scope="session")
def address(built_sample: Path, certificate: ssl.SSLContext) -> Iterator[str]:
    """The address of the built sample, with its headers: over TLS, for they tell browsers to ask for nothing without."""
    with Host(SiteHandler, built_sample, certificate) as host:
        yield host.address


@pytest.fixture(scope="session")
def font_settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file by which browsers find the fonts of the tests and no others."""
    return write_settings(NARROW_FONT, tmp_path_factory.mktemp("fonts"))


@pytest.fixture(scope="session")
def new_screen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Screen]]:
    """Starts a screen for one browser: on a screen of two, one would hide the other, or have its keys."""
    with contextlib.ExitStack() as running:

        def start() -> Screen:
            return running.enter_context(contextlib.closing(Screen(tmp_path_factory.mktemp("screen"))))

        yield start


@pytest.fixture(scope="session", params=ENGINES)
def engine(
    request: pytest.FixtureRequest,
    new_screen: Callable[[], Screen],
    font_settings: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Firefox | WebKit]:
    """One engine after the other, each started once for each worker."""
    running = ENGINES[request.param](new_screen(), tmp_path_factory.mktemp("profile"), font_settings)
    running.go("data:text/html,<b style='font: 30px system-ui'>iii</b> <b style='font: 30px system-ui'>mmm</b>")
    narrow, wide = running.script("[...document.querySelectorAll('b')].map(node => node.offsetWidth)")
    assert narrow < wide / 2, f"{request.param} cannot read the fonts of the tests: it draws boxes"
    yield running
    running.close()


@pytest.fixture
def page(engine: Firefox | WebKit) -> Firefox | WebKit:
    """The engine as it is for a new reader: a wide window, nothing said yet."""
    engine.size(1280, 800)
    engine.said()
    return engine
