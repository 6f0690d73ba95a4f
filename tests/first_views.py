"""How much a reader loads before a page is seen: the page, its stylesheet, its icon and its scripts, compressed."""

import gzip
from pathlib import Path

from lxml import html

MOST = 20_000  # bytes


def first_views(site: Path) -> dict[str, int]:
    """The compressed bytes of the first view of every page of a built site, by the page's place in it."""
    return {page.relative_to(site).as_posix(): _first_view(page) for page in site.rglob("index.html")}


def _first_view(page: Path) -> int:
    named = html.parse(str(page)).xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script[@src]/@src")
    parts = [page, *{(page.parent / address.partition("?")[0]).resolve() for address in named}]
    return sum(len(gzip.compress(part.read_bytes(), 9)) for part in parts)
