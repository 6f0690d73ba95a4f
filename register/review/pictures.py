"""Pictures of pages before and after a change, in a real browser, on a phone and on a wide screen, with what differs outlined.

The browser is given the files of the built sites and nothing else: whatever else a page asks for is refused.
"""

import mimetypes
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from selectolax.lexbor import LexborHTMLParser

from register.problems import InputError

MOST_PAGES = 10  # with pictures; the others are named
_ORIGIN = "http://site.invalid/"
_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# Chromium without its own calls home, in a container as anywhere.
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
_SCREENS = {"phone": {"width": 360, "height": 740}, "wide": {"width": 1280, "height": 800}}
_TALLEST, _AROUND, _SHORTEST = 2_400, 160, 600  # pixels

# The blocks of a page that hold no others, and the words of one.
_LEAVES = """
    const kinds = 'h1,h2,h3,h4,p,li,dt,dd,td,th,summary,figcaption';
    const leaves = [...document.querySelectorAll('main :is(' + kinds + ')')].filter(one => !one.querySelector(kinds));
    const wordsOf = one => one.innerText.replace(/\\s+/g, ' ').trim();
"""
# The words of each block of a page, with all that is folded unfolded.
_BLOCKS = f"""() => {{
    document.querySelectorAll('details').forEach(one => {{ one.open = true; }});
    {_LEAVES}
    return leaves.map(wordsOf);
}}"""
# Outlines the blocks whose words the other page lacks, and says how far down they begin and end.
_OUTLINE = f"""([others, colour]) => {{
    {_LEAVES}
    const left = new Map();
    others.forEach(words => left.set(words, (left.get(words) || 0) + 1));
    const found = leaves.filter(one => {{
        const words = wordsOf(one), times = left.get(words) || 0;
        left.set(words, times - 1);
        return times < 1 && one.offsetHeight;
    }});
    found.forEach(one => {{ one.style.outline = '3px solid ' + colour; one.style.outlineOffset = '2px'; }});
    const boxes = found.map(one => one.getBoundingClientRect());
    const top = Math.min(...boxes.map(box => box.top + scrollY)), bottom = Math.max(...boxes.map(box => box.bottom + scrollY));
    return found.length ? [top, bottom] : null;
}}"""


class NoBrowser(InputError):
    """There is no browser to make pictures with."""

    def __init__(self) -> None:
        super().__init__("no Chromium or Chrome was found (install one, or name it: BROWSER_PATH=/path/to/chromium)")


@dataclass(frozen=True)
class PagePictures:
    """A page that differs, with its pictures by what each shows: ``before on a phone``."""

    address: str  # from the site's root: "help/"
    title: str
    pictures: Mapping[str, str]  # file names


def changed_pages(before: Path, after: Path, first: Sequence[str]) -> list[tuple[str, str]]:
    """Return the address and main heading of each page whose words differ between two built sites.

    Args:
        before: the folder of the earlier site.
        after: the folder of the later one.
        first: the addresses of pages that come before all others, in this order; the others follow by how much differs.
    """
    found, order = list[tuple[int, int, str, str]](), {address: place for place, address in enumerate(first)}
    for path in sorted(after.rglob("*.html")):
        name = path.relative_to(after).as_posix()
        heading, words = _words(path)
        _, earlier = _words(before / name)
        if differ := len(set(words) ^ set(earlier)):
            address = name.removesuffix("index.html")
            found.append((order.get(address, len(order)), -differ, address, heading))
    return [(address, heading) for _, _, address, heading in sorted(found)]


def _words(path: Path) -> tuple[str, list[str]]:
    """The main heading of a built page, and the texts of its main part; nothing of a page that is not there."""
    if not path.is_file():
        return "", []
    tree = LexborHTMLParser(path.read_bytes())
    heading, main = tree.css_first("h1"), tree.css_first("main")
    texts = main.text(separator="\n", strip=True).split("\n") if main else []
    return (" ".join(heading.text(separator=" ").split()) if heading else ""), texts


def take_pictures(
    before: Path, after: Path, pages: Sequence[tuple[str, str]], folder: Path, environment: Mapping[str, str]
) -> list[PagePictures]:
    """Make pictures of pages, and return their file names.

    Args:
        before: the folder of the earlier site.
        after: the folder of the later one.
        pages: the address and main heading of each page.
        folder: where the pictures go.
        environment: names the browser, if ``BROWSER_PATH`` is set.

    Raises:
        NoBrowser: none was found.
    """
    from playwright.sync_api import sync_playwright  # only reviews need it

    found = environment.get("BROWSER_PATH") or next((path for name in _BROWSERS if (path := shutil.which(name))), None)
    if not found:
        raise NoBrowser
    folder.mkdir(parents=True, exist_ok=True)
    sites = {"before": before, "after": after}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=_FLAGS)
        try:
            return [
                PagePictures(address, title, dict(_of_page(browser, sites, address, place, folder)))
                for place, (address, title) in enumerate(pages, 1)
            ]
        finally:
            browser.close()


def _of_page(
    browser: Any, sites: Mapping[str, Path], address: str, place: int, folder: Path
) -> Iterator[tuple[str, str]]:
    """Take the pictures of one page: what each shows, and its file."""
    for screen, size in _SCREENS.items():
        open_pages = {when: _open(browser, site, address, size) for when, site in sites.items()}
        blocks = {when: page.evaluate(_BLOCKS) for when, page in open_pages.items() if page}
        for when, page in open_pages.items():
            if page is None:
                continue
            others = [words for other, held in blocks.items() if other != when for words in held]
            colour = "#b3261e" if when == "before" else "#14532d"
            extent = page.evaluate(_OUTLINE, [others, colour]) if len(blocks) > 1 else None
            name = f"{place:02}-{when}-{screen}.png"
            page.screenshot(path=str(folder / name), full_page=True, clip=_clip(extent, size["width"]))
            yield f"{when}, {'on a phone' if screen == 'phone' else 'on a wide screen'}", name
        for page in open_pages.values():
            if page is not None:
                page.context.close()


def _clip(extent: list[float] | None, width: int) -> dict[str, float]:
    """The part of a page that a picture shows: what differs with some room around it, or the page's beginning."""
    top, bottom = extent or (0, _SHORTEST)
    begin = max(0, top - _AROUND)
    return {"x": 0, "y": begin, "width": width, "height": min(max(bottom + _AROUND - begin, _SHORTEST), _TALLEST)}


def _open(browser: Any, site: Path, address: str, size: Mapping[str, int]) -> Any:
    """A page of a built site in the browser; None if the site has no such page."""
    if not (site / (address if address.endswith(".html") else f"{address}index.html")).is_file():
        return None
    page = browser.new_context(viewport=dict(size), reduced_motion="reduce").new_page()
    page.route("**/*", lambda route: _answer(route, site))
    page.goto(_ORIGIN + address)
    return page


def _answer(route: Any, site: Path) -> None:
    """Answer what a page asks for with a file of its site; refuse all else."""
    asked = unquote(urlsplit(route.request.url).path).lstrip("/")
    path = site / (f"{asked}index.html" if not asked or asked.endswith("/") else asked)
    inside = path.resolve().is_relative_to(site.resolve())
    if route.request.url.startswith(_ORIGIN) and inside and path.is_file():
        media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        route.fulfill(body=path.read_bytes(), content_type=media)
    else:
        route.abort()
