"""Reads the HTML that readers get: what each built page holds, as far as the checks and the plan of the links need it."""

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html as lxml_html

from register.checks.built_html import not_allowed
from register.checks.line_of import line_of
from register.checks.unclosed_tags import UnclosedTag, unclosed_tags

# What a browser fetches by itself when it shows a page.
_FETCHED = {
    ("script", "src"),
    ("img", "src"),
    ("link", "href"),
    ("iframe", "src"),
    ("source", "src"),
    ("object", "data"),
}
# Kinds of <link> that only say something of the page: a browser fetches none of them (HTML, 4.6.7).
_NOT_FETCHED_LINKS = {"canonical", "alternate", "license"}


@dataclass(frozen=True)
class Heading:
    """A heading of a built page."""

    level: int
    words: str
    line: int


@dataclass(frozen=True)
class PageLink:
    """An address in a built page, and what carries it."""

    element: str
    attribute: str
    address: str
    line: int


@dataclass(frozen=True)
class Found:
    """Something in a built page that is known by one text: an address, an id, a tag as written."""

    text: str
    line: int


@dataclass
class BuiltPage:
    """What one built page holds."""

    address: str  # from the site's root: "recommendations/12/"
    path: str  # of the file, from the site's folder: "recommendations/12/index.html"
    title: str = ""
    description: str = ""
    canonical: str = ""
    headings: list[Heading] = field(default_factory=list)
    ids: Counter[str] = field(default_factory=Counter)
    links: list[PageLink] = field(default_factory=list)
    fetched: list[Found] = field(default_factory=list)  # addresses that a browser fetches by itself
    nameless: list[Found] = field(default_factory=list)  # addresses of links without words
    not_allowed: list[Found] = field(default_factory=list)  # elements and attributes that no page may hold
    named: list[Found] = field(default_factory=list)  # entries of data/links.yml, linked or only named
    not_for_programs: set[str] = field(default_factory=set)  # addresses marked rel="nofollow"
    unclosed: list[UnclosedTag] = field(default_factory=list)


@dataclass(frozen=True)
class BuiltSite:
    """The pages and files of a built site."""

    pages: list[BuiltPage]
    files: set[str]  # every file, from the site's folder

    @classmethod
    def read(cls, folder: Path) -> "BuiltSite":
        """Return what a folder that MkDocs wrote holds."""
        paths = sorted(path for path in folder.rglob("*") if path.is_file())
        names = [path.relative_to(folder).as_posix() for path in paths]
        pages = [
            read_page(path.read_bytes(), name)
            for path, name in zip(paths, names, strict=True)
            if name.endswith(".html")
        ]
        return cls(pages, set(names))

    @cached_property
    def by_address(self) -> dict[str, BuiltPage]:
        """The pages by their address from the site's root."""
        return {page.address: page for page in self.pages}

    @cached_property
    def url(self) -> str:
        """The site's own address, as the home page names it; "" if it names none."""
        home = self.by_address.get("")
        return home.canonical if home else ""

    @cached_property
    def base(self) -> str:
        """The path that the site is published under: ``/`` or ``/register/``."""
        return urlsplit(self.url).path or "/"


def read_page(content: bytes, path: str) -> BuiltPage:
    """Return what one built page holds.

    Args:
        content: the HTML, in UTF-8.
        path: the file's path from the site's folder.
    """
    page = BuiltPage(path.removesuffix("index.html"), path)
    html = content.decode(errors="replace")
    page.unclosed = unclosed_tags(html)
    for element in lxml_html.document_fromstring(content).iter():
        if isinstance(element.tag, str):  # not a comment
            _note_words(page, element)
            _note_links(page, element)
    small = html.lower()
    page.not_allowed = [Found(written, _line_with(written, small)) for written in dict.fromkeys(not_allowed(content))]
    return page


def _line_with(written: str, html: str) -> int:
    """The first line of a page, in small letters, with a tag or an attribute; the first of all if a browser made it."""
    whole = written.rstrip(">").lower()
    return line_of(html, (whole, f" {whole.partition('=')[0]}")) or 1


def _note_words(page: BuiltPage, element: lxml_html.HtmlElement) -> None:
    tag, get, line = element.tag, element.get, element.sourceline or 1
    parent = element.getparent()
    if tag == "title" and parent is not None and parent.tag == "head":
        page.title = element.text or ""
    elif re.fullmatch("h[1-6]", tag):
        page.headings.append(Heading(int(tag[1]), str(element.text_content()).strip(), line))
    elif tag == "meta" and get("name") == "description":
        page.description = get("content", "")
    elif tag == "link" and get("rel") == "canonical":
        page.canonical = get("href", "")
    if id_ := get("id"):
        page.ids[id_] += 1


def _note_links(page: BuiltPage, element: lxml_html.HtmlElement) -> None:
    tag, get, line = element.tag, element.get, element.sourceline or 1
    if tag == "a" and not (element.text_content().strip() or get("aria-label") or element.xpath(".//img[@alt!='']")):
        page.nameless.append(Found(get("href", ""), line))
    if named := get("data-link"):
        page.named.append(Found(named, line))
    if "nofollow" in get("rel", ""):
        page.not_for_programs.add(get("href", ""))
    for name in ("href", "src", "data"):
        address = get(name)
        if address is None or (name == "data" and tag != "object"):
            continue
        if (tag, name) in _FETCHED and get("rel") not in _NOT_FETCHED_LINKS:
            page.fetched.append(Found(address, line))
        if get("rel") not in _NOT_FETCHED_LINKS or tag == "a":
            page.links.append(PageLink(tag, name, address, line))
