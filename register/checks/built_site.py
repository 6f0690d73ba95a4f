"""Checks the built pages: every inside link leads somewhere, nothing comes from elsewhere, titles are unique.

MkDocs checks only links written in Markdown; this reads the HTML that readers get.
"""

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html as lxml_html

from register.checks.unclosed_tags import unbalanced
from register.problems import Problem

# What a browser fetches by itself when it shows a page; each must come from this site (privacy, and WCAG has no say).
_FETCHED = {
    ("script", "src"),
    ("img", "src"),
    ("link", "href"),
    ("iframe", "src"),
    ("source", "src"),
    ("object", "data"),
}
# What the content policy stops wherever it stands, scripts between tags and attributes that run something apart.
_STOPPED = {"style", "iframe", "object", "embed", "audio", "video"}
_NOT_FETCHED_LINKS = {"canonical", "alternate", "license"}


@dataclass
class BuiltPage:
    """What one built page holds, as far as the checks need it."""

    address: str  # from the site's root: "recommendations/12/"
    path: Path
    title: str = ""
    description: str = ""
    headings: list[tuple[int, str, int]] = field(default_factory=list)  # level, words, line
    ids: Counter[str] = field(default_factory=Counter)
    links: list[tuple[str, str, int]] = field(default_factory=list)  # what carries it, address, line
    fetched: list[tuple[str, int]] = field(default_factory=list)
    nameless: list[tuple[str, int]] = field(default_factory=list)  # addresses of links without words
    stopped: list[tuple[str, int]] = field(default_factory=list)  # what the content policy stops
    unbalanced: list[tuple[str, int, str]] = field(default_factory=list)  # a tag, its line, what is wrong with it
    base: str = "/"
    canonical: str = ""
    named: list[tuple[str, int]] = field(default_factory=list)  # entries of data/links.yml, linked or only named
    not_for_programs: set[str] = field(default_factory=set)  # addresses marked rel="nofollow"


@dataclass(frozen=True)
class Carried:
    """One link of a built page."""

    address: str
    page: str  # the page's own address, from the site's root
    place: Problem  # where it was typed; the text says what is wrong with an inside link or placeholder
    names: str = ""  # the entry of data/links.yml that is named here without a link
    for_programs: bool = True  # False for links that lead to a login by their nature, as "suggest a change" does


def check_site(site: Path, docs: Path) -> list[Problem]:
    """Return what is wrong in a built site, in order.

    Args:
        site: the folder that MkDocs wrote.
        docs: the folder of Markdown pages, to say in which of them a fault was typed.
    """
    pages, ids, files, base = _survey(site)
    blame = _Blame(site, docs)
    problems = []
    for page in pages:
        problems += [blame(page, line, address, text) for address, line, text in _faults(page, ids, files, base)]
    problems += [blame(page, 1, "", text) for page, text in _shared(pages)]
    return _told_once(sorted(set(problems)))


def carried_links(site: Path, docs: Path) -> list[Carried]:
    """Return every link of a built site: inside, outside and placeholders; links to the site's own address left out.

    Args:
        site: the folder that MkDocs wrote.
        docs: the folder of Markdown pages, to say in which of them a link was typed.
    """
    pages, ids, files, base = _survey(site)
    own = next((page.canonical for page in pages if page.address == ""), "")
    blame = _Blame(site, docs)
    carried = []
    for page in pages:
        for carrier, address, line in page.links:
            if own and address.startswith(own):
                continue
            fault = _broken(page, address, ids, files, base)
            place = blame(page, line, address, f"{carrier} '{address}' {fault}" if fault else "")
            carried.append(Carried(address, page.address, place, "", address not in page.not_for_programs))
        here = f"site/{page.path.relative_to(site).as_posix()}"
        carried += [Carried("", page.address, Problem(here, line, "", ""), name) for name, line in page.named]
    return carried


def _survey(site: Path) -> tuple[list[BuiltPage], dict[str, Counter], set[str], str]:
    """The pages of a site, their ids, all its files and the path it is published under."""
    pages = [_read(path, site) for path in sorted(site.rglob("*.html"))]
    ids = {page.address: page.ids for page in pages}
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    return pages, ids, files, next((page.base for page in pages if page.address == ""), "/")


def _told_once(problems: list[Problem]) -> list[Problem]:
    """The same problems with each that stands on many pages, as one of the theme does, told once with their number."""
    told: dict[str, list[Problem]] = {}
    for problem in problems:
        told.setdefault(re.sub(r"'(\.\./)+", "'", problem.message), []).append(problem)
    return [
        replace(same[0], more_pages=len(same) - 1) if len(same) > 2 else problem
        for same in told.values()
        for problem in (same[:1] if len(same) > 2 else same)
    ]


def count_pages(site: Path) -> int:
    """Return how many pages a built site has, the page for wrong addresses not counted."""
    return sum(1 for path in site.rglob("index.html"))


def _read(path: Path, site: Path) -> BuiltPage:
    relative = path.relative_to(site).as_posix()
    page = BuiltPage(relative.removesuffix("index.html"), path)
    content = path.read_bytes()
    page.unbalanced = list(unbalanced(content.decode(errors="replace")))
    for element in lxml_html.document_fromstring(content).iter():
        if isinstance(element.tag, str):
            _note(page, element)
            _note_links(page, element)
            _note_stopped(page, element)
    return page


def _note(page: BuiltPage, element: lxml_html.HtmlElement) -> None:
    """Add what one element says to what is known of its page."""
    tag, get, line = element.tag, element.get, element.sourceline or 1
    if tag == "title" and element.getparent().tag == "head":
        page.title = element.text or ""
    elif re.fullmatch("h[1-6]", tag):
        page.headings.append((int(tag[1]), element.text_content().strip(), line))
    elif tag == "meta" and get("name") == "description":
        page.description = get("content", "")
    elif tag == "link" and get("rel") == "canonical":
        page.canonical = get("href", "")
        page.base = urlsplit(page.canonical).path or "/"
    if get("id"):
        page.ids[get("id")] += 1


def _note_stopped(page: BuiltPage, element: lxml_html.HtmlElement) -> None:
    tag, get, line = element.tag, element.get, element.sourceline or 1
    if tag in _STOPPED or (tag == "script" and not get("src") and get("type") != "application/ld+json"):
        page.stopped.append((f"<{tag}>", line))
    for name, value in element.attrib.items():
        if name == "style" or name.startswith("on"):
            page.stopped.append((f'{name}="{value}"', line))


def _note_links(page: BuiltPage, element: lxml_html.HtmlElement) -> None:
    tag, get, line = element.tag, element.get, element.sourceline or 1
    if tag == "a" and not (element.text_content().strip() or get("aria-label") or element.xpath(".//img[@alt!='']")):
        page.nameless.append((get("href", ""), line))
    if get("data-link"):
        page.named.append((get("data-link"), line))
    if "nofollow" in get("rel", ""):
        page.not_for_programs.add(get("href", ""))
    for name in ("href", "src", "data"):
        address = get(name)
        if address is None or (name == "data" and tag != "object"):
            continue
        if (tag, name) in _FETCHED and get("rel") not in _NOT_FETCHED_LINKS:
            page.fetched.append((address, line))
        if get("rel") not in _NOT_FETCHED_LINKS or tag == "a":
            page.links.append((f"<{tag} {name}>", address, line))


def _faults(page: BuiltPage, ids: dict[str, Counter], files: set[str], base: str) -> Iterator[tuple[str, int, str]]:
    """The faults of one page, each with the address it is about ("" if none) and its line in the HTML."""
    if not page.title:
        yield "", 1, "the page has no title (write 'title' in its front matter)"
    yield from _heading_faults(page.headings)
    for name in (name for name, count in page.ids.items() if count > 1):
        yield f'id="{name}"', 1, f"the id '{name}' is used {page.ids[name]} times on the page (ids must differ)"
    for address, line in ((address, line) for address, line in page.fetched if urlsplit(address).netloc):
        yield address, line, f"the page fetches '{address}' from elsewhere (put the file into this site)"
    for address, line in page.nameless:
        yield address, line, f"the link '{address}' has no words (write them between the square brackets)"
    for written, line in page.stopped:
        yield (
            written.rstrip(">"),
            line,
            f"'{written}' is not allowed in a page, and browsers are told to ignore it (take it out)",
        )
    yield from page.unbalanced
    if not page.unbalanced:  # what follows an element that was left open is not what it seems
        for carrier, address, line in page.links:
            text = _broken(page, address, ids, files, base)
            if text:
                yield address or 'href=""', line, f"{carrier} '{address}' {text}"


def _heading_faults(headings: list[tuple[int, str, int]]) -> Iterator[tuple[str, int, str]]:
    """One main heading, and no level left out on the way down (WCAG 1.3.1, 2.4.6)."""
    main = [(words, line) for level, words, line in headings if level == 1]
    if not main:
        yield "", 1, "the page has no main heading (write one line that begins with '# ')"
    for words, line in main[1:]:
        yield words, line, f"'{words}' is a second main heading (a page has one: begin it with '## ')"
    for (above, _, _), (level, words, line) in pairwise(headings):
        if level > above + 1:
            text = f"'{words}', a heading of level {level}, follows one of level {above} (make it one of level {above + 1})"
            yield words, line, text


def _broken(page: BuiltPage, address: str, ids: dict[str, Counter], files: set[str], base: str) -> str:
    """What is wrong with one address, or "" if nothing is or it leads outside."""
    if address.strip() in ("", "#") or address.strip().lower().startswith("javascript:"):
        return "is a placeholder (put the real address in)"
    parts = urlsplit(address)
    if re.match(r"(?i)(.*\.)?example(\.[a-z]+){0,2}$", parts.netloc):
        return "is a placeholder (put the real address in)"
    if parts.scheme or parts.netloc:
        return ""
    target = _target(page, unquote(parts.path), base)
    if target is None or not ({target, posixpath.join(target, "index.html")} & files):
        return "leads nowhere in this site (correct it)"
    target = target.removesuffix("index.html")
    target = f"{target}/" if target and f"{target}/" in ids else target
    fragment = unquote(parts.fragment)
    if fragment and target in ids and fragment not in ids[target]:
        return f"names a part that its page does not have: '#{fragment}' (correct it)"
    return ""


def _target(page: BuiltPage, path: str, base: str) -> str | None:
    """The address from the site's root that a path leads to; None if it leaves the site."""
    if path.startswith("/") and not path.startswith(base):
        return None
    if not path:
        return page.address
    path = f"/{path.removeprefix(base)}" if path.startswith("/") else path
    joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(page.address), path))
    return joined.lstrip("/") + ("/" if path.endswith(("/", "..", ".")) and joined != "/" else "")


def _shared(pages: list[BuiltPage]) -> Iterator[tuple[BuiltPage, str]]:
    """Pages whose title or description another page has too (WCAG 2.4.2)."""
    for field_ in ("title", "description"):
        first: dict[str, BuiltPage] = {}
        for page in pages:
            value = getattr(page, field_)
            if value and value in first:
                yield page, f"has the same {field_} as the page /{first[value].address} (make it its own)"
            first.setdefault(value, page)


@dataclass
class _Blame:
    """Finds the place in the Markdown where a fault was typed; the built page if it was not typed there."""

    site: Path
    docs: Path

    def __call__(self, page: BuiltPage, line: int, address: str, text: str) -> Problem:
        for source in (f"{page.address.rstrip('/')}.md", f"{page.address}index.md"):
            path = self.docs / source.lstrip("/")
            if path.is_file() and (number := _line_with(path, address) if address else 1):
                return Problem(f"{self.docs.name}/{source.lstrip('/')}", number, "", text)
        return Problem(f"site/{page.path.relative_to(self.site).as_posix()}", line, "", text)


def _line_with(path: Path, address: str) -> int | None:
    """The line on which an address was typed: as a whole in quotes or brackets if it stands so anywhere, else as part of a line."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    wanted = {'href=""': ["]()"], "": []}.get(address, [])
    if named := re.fullmatch(r'id="(.+)"', address):
        wanted = [f"{{#{named[1]}}}"]
    wanted += [f'"{address}"', f"'{address}'", f"({address})", f"<{address}>"] + ([address] if len(address) > 1 else [])
    return next((number for sign in wanted for number, line in enumerate(lines, 1) if sign in line), None)
