"""Web hosts in miniature: one obeys the ``_headers`` file of a built site, one is the site that a reader leaves to."""

import contextlib
import functools
import http.server
import shutil
import ssl
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

from projects import make_project

# What hosts that read ``_headers`` send by themselves (Netlify and Cloudflare Pages, "Headers" in their documents).
BY_ITSELF = {"Cache-Control": "public, max-age=0, must-revalidate"}


def headers_of(site: Path, path: str) -> dict[str, str]:
    """What a host sends with an address of a built site: all that the blocks of ``_headers`` say that fit it.

    Raises ``AssertionError`` where two blocks say something of one header, for hosts differ in what they make of that.
    """
    found: dict[str, str] = {}
    fits = False
    for line in (site / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("/"):
            fits = path.startswith(line[:-1]) if line.endswith("*") else path == line
        elif fits and not line.startswith("#"):
            name, value = line.strip().split(": ", 1)
            assert name not in found, f"{name} stands in two blocks that fit {path}"
            found[name] = value
    return {**BY_ITSELF, **found}


class SiteHandler(http.server.SimpleHTTPRequestHandler):
    """Answers from a built site with its headers, and a wrong address with the site's own page, as web hosts do."""

    protocol_version = "HTTP/1.1"
    with_headers = True
    requests: list[tuple[str, str | None]] = []  # path, Referer

    def log_message(self, *args: object) -> None:
        """Say nothing: the tests speak."""

    def do_GET(self) -> None:
        """Remember what was fault_report, then answer."""
        self.requests.append((self.path, self.headers.get("Referer")))
        super().do_GET()

    def end_headers(self) -> None:
        """Add what ``_headers`` asks for."""
        if self.with_headers:
            for name, value in headers_of(Path(self.directory), self.path.partition("?")[0]).items():
                self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with 404.html."""
        page = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)


class BareSiteHandler(SiteHandler):
    """The same on a host where headers cannot be set."""

    with_headers = False


class ExitHandler(http.server.BaseHTTPRequestHandler):
    """The site that a reader leaves to. Remembers every request; ``/slow/`` answers only when a test lets it."""

    protocol_version = "HTTP/1.1"
    requests: list[tuple[str, str | None]] = []  # path, Referer
    may_answer = threading.Event()
    page = b'<!doctype html><html lang="en"><title>Weather</title><link rel="icon" href="data:,"><h1>Weather</h1>'

    def log_message(self, *args: object) -> None:
        """Say nothing: the tests speak."""

    def do_GET(self) -> None:
        """Answer with a plain page, at once or when a test lets it."""
        self.requests.append((self.path, self.headers.get("Referer")))
        if self.path.startswith("/slow/"):
            self.may_answer.wait(60)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(self.page)))
        self.end_headers()
        self.wfile.write(self.page)


# The address of the exit site in the sample, which leads nowhere.
WEATHER = "https://weather.exampleshire.test/today"


@contextlib.contextmanager
def silent_exit() -> Iterator[Callable[[], None]]:
    """The slow exit site answers nobody until the function that is given is called, or until the end."""
    ExitHandler.requests.clear()
    ExitHandler.may_answer.clear()
    try:
        yield ExitHandler.may_answer.set
    finally:
        ExitHandler.may_answer.set()


def changed_copy(site: Path, folder: Path, changes: Mapping[str, Mapping[str, str]]) -> Path:
    """Copy a built site into a folder and replace text in its files: for each pattern of names, old text with new.

    Raises ``AssertionError`` where there is nothing to replace.
    """
    copy = folder / "site"
    shutil.copytree(site, copy)
    for pattern, texts in changes.items():
        for old, new in texts.items():
            files = [path for path in copy.rglob(pattern) if old in path.read_text(encoding="utf-8")]
            assert files, f"{old!r} is in no {pattern}"
            for path in files:
                path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return copy


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that went on before it had all: that is what leaving a page is."""


class Host:
    """A server of its own origin on this machine, for as long as a ``with`` lasts."""

    def __init__(
        self,
        handler: type[http.server.BaseHTTPRequestHandler],
        directory: Path | None = None,
        certificate: ssl.SSLContext | None = None,
        name: str = "127.0.0.1",
    ) -> None:
        """Take a free port at once, so that the address is known before anything is served; over TLS with a certificate.

        Two ports of one name are one site to browsers, so another site has another name, such as 127.0.0.2.
        """
        answer = functools.partial(handler, directory=str(directory)) if directory else handler
        self._server = _Server((name, 0), answer)
        if certificate:
            # A worker shakes hands, not the one that accepts: a browser that opens a connection and waits stops nobody.
            self._server.socket = certificate.wrap_socket(
                self._server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.address = f"http{'s' if certificate else ''}://{name}:{self._server.server_port}/"

    def __enter__(self) -> "Host":
        """Serve."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()


@contextlib.contextmanager
def hosted_sample() -> Iterator[str]:
    """The address of the sample's site, built anew and served for as long as a ``with`` lasts."""
    with tempfile.TemporaryDirectory() as folder:
        done = make_project(Path(folder)).run("site")
        if done.returncode:
            sys.exit(done.stderr)
        with Host(SiteHandler, directory=Path(folder, "site")) as host:
            yield host.address
