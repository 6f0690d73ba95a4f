"""Measures how soon a page can be read in each engine, on a slow phone's connection: first paint, and how far things move after it.

The connection is that of Lighthouse's slow phone: 150 ms for an answer to begin, 1.6 Mbit/s. It is made by the host, so that it is
the same for all engines; none of them is asked to be slower than this machine. Nothing here is asserted.
"""

import contextlib
import gzip
import statistics
import sys
import tempfile
import time
from http import HTTPStatus
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / folder) for folder in ("", "browser", "engines"))]

from playwright.sync_api import sync_playwright  # noqa: E402

from chromium import Chromium  # noqa: E402
from firefox import Firefox  # noqa: E402
from fonts import NARROW_FONT, write_settings  # noqa: E402
from hosting import BareSiteHandler, Host, changed_copy  # noqa: E402
from projects import make_project  # noqa: E402
from reader import Page  # noqa: E402
from screen import Screen  # noqa: E402
from visits import PAGES  # noqa: E402
from webkit import WebKit  # noqa: E402

LATENCY = 0.150  # seconds
SPEED = 1_600_000 / 8  # bytes a second
PHONE = (390, 700)  # CSS pixels
ROUNDS = 5
READ = ["home", "register", "full record", "help"]

# Stands at the start of the first script of each page: adds up by how many pixels what is in sight moves, frame by frame.
# Only Chromium says so by itself (layout-shift).
RECORD = """(function () {
    var tops = {};
    window.moved = 0;
    function look() {
        ['.bar', '.top', 'h1', 'main > *:nth-child(3)', '#help'].forEach(function (name) {
            var node = document.querySelector(name);
            var top = node ? node.getBoundingClientRect().top : innerHeight;
            if (top >= innerHeight) { return; }
            if (name in tops) { window.moved += Math.abs(top - tops[name]); }
            tops[name] = top;
        });
        requestAnimationFrame(look);
    }
    requestAnimationFrame(look);
}());"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


class PhoneHandler(BareSiteHandler):
    """A host at the other end of a slow connection, which compresses what it sends, as hosts do."""

    def do_GET(self) -> None:
        """Wait, then send in pieces."""
        time.sleep(LATENCY)
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        body = gzip.compress(path.read_bytes())
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        for at in range(0, len(body), 4096):
            self.wfile.write(body[at : at + 4096])
            time.sleep(len(body[at : at + 4096]) / SPEED)


def main() -> None:
    """Print every figure."""
    with contextlib.ExitStack() as running:
        folder = Path(running.enter_context(tempfile.TemporaryDirectory()))
        (folder / "project").mkdir()
        done = make_project(folder / "project").run("site")
        if done.returncode:
            sys.exit(done.stderr)
        site = changed_copy(
            folder / "project" / "site", folder, {"leave.js": {"(function(){": RECORD + "(function(){"}}
        )
        host = running.enter_context(Host(PhoneHandler, site))
        engines = [running.enter_context(contextlib.closing(engine)) for engine in _engines(folder, running)]
        print(f"Reading on a slow phone's connection, median of {ROUNDS}: first paint, what moves after it")
        for name in READ:
            _compare(name, host.address + PAGES[name], engines)


def _engines(folder: Path, running: contextlib.ExitStack) -> list[Page]:
    """One of each, on screens of their own."""
    (folder / "fonts").mkdir()
    fonts = write_settings(NARROW_FONT, folder / "fonts")

    def place(name: str) -> tuple[Screen, Path]:
        (folder / name / "screen").mkdir(parents=True)
        (folder / name / "profile").mkdir()
        return running.enter_context(contextlib.closing(Screen(folder / name / "screen"))), folder / name / "profile"

    driver = running.enter_context(sync_playwright())
    firefox, webkit = Firefox(*place("firefox"), fonts), WebKit(*place("webkit"), fonts)
    for engine in (firefox, webkit):
        engine.size(*PHONE)
    return [Chromium(place("chromium")[0], driver, f"--window-size={PHONE[0]},{PHONE[1] + 90}"), firefox, webkit]


def _compare(name: str, url: str, engines: list[Page]) -> None:
    """One page in every engine, in turns; its address differs each time, for Firefox keeps a page that is asked for again."""
    taken: dict[str, list[tuple[float, float]]] = {engine.name: [] for engine in engines}
    for turn in range(ROUNDS + 1):
        for engine in engines:
            engine.go(f"{url}?{turn}")
            engine.script("new Promise(done => setTimeout(done, 500))")
            taken[engine.name].append((engine.script(PAINTED) or float("nan"), engine.script("window.moved")))
    first = None
    for engine, times in taken.items():
        painted = statistics.median(paint for paint, _ in times[1:])
        moved = max(pixels for _, pixels in times[1:])
        first = first or painted
        print(f"{name}, {engine}: {painted:.0f} ms ({painted / first:.2f} of Chromium's), {moved:.0f} px")


if __name__ == "__main__":
    main()
