"""Checks the built pages: every inside link leads somewhere, nothing comes from elsewhere, titles are unique.

MkDocs checks only links written in Markdown; this reads the HTML that readers get.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from register.checks.built_pages import BuiltPage, BuiltSite, Heading, PageLink
from register.checks.inside_links import LinkMistake, host_of, link_mistake, typed_as
from register.checks.markdown_pages import NO_MAIN_HEADING
from register.checks.typed_places import TypedPlaces, quoted
from register.problems import Problem


@dataclass(frozen=True)
class PageProblem:
    """What is wrong in one built page, before it is known where it was typed."""

    kind: str
    what: str
    to_do: str
    line: int = 1  # of the HTML
    typed: tuple[str, ...] = ()  # how it may stand in Markdown; nothing for what is about the page as a whole
    about: str = ""  # what it is about, the same on every page; by itself ``what`` is

    @property
    def sameness(self) -> tuple[str, str, str]:
        """Equal for what is the same mistake on several pages, as one of the theme is."""
        return (self.kind, self.to_do, self.about or self.what)


def check_site(site: Path, docs: Path, hosts: frozenset[str]) -> list[Problem]:
    """Return what is wrong in a built site, in order of file and line.

    Args:
        site: the folder that MkDocs wrote.
        docs: the folder of Markdown pages, to say in which of them a mistake was typed.
        hosts: the other hosts that pages may link to.
    """
    built, places = BuiltSite.read(site), TypedPlaces(docs)
    found = [(page, problem) for page in built.pages for problem in _problems(page, built, hosts)]
    found += _shared(built.pages)
    placed = []
    for page, problem in found:
        place = places.find(page, problem.line, problem.typed)
        shown = Problem(place.path, place.line, "", problem.what, problem.to_do, problem.kind)
        placed.append((shown, page.address, problem.sameness))
    return _grouped(placed)


def count_pages(site: Path) -> int:
    """Return how many pages a built site has, the page for wrong addresses not counted."""
    return sum(1 for path in site.rglob("index.html"))


def _grouped(placed: list[tuple[Problem, str, tuple[str, str, str]]]) -> list[Problem]:
    """The problems with each that stands on more than two pages, as one of the theme does, shown once with their number.

    Args:
        placed: each problem with its page and what makes it the same as another.
    """
    groups: dict[tuple[str, str, str], dict[Problem, str]] = {}
    for problem, page, sameness in sorted(placed):
        groups.setdefault(sameness, {}).setdefault(problem, page)
    shown: list[Problem] = []
    for problems in groups.values():
        pages = len(set(problems.values()))
        shown += [replace(next(iter(problems)), more_pages=pages - 1)] if pages > 2 else problems
    return sorted(shown)


def _problems(page: BuiltPage, built: BuiltSite, hosts: frozenset[str]) -> Iterator[PageProblem]:
    """What is wrong in one page, links of a page with an open element left out: what follows it is not what it seems."""
    if not page.title:
        yield PageProblem("no-title", "the page has no title", "write 'title' in its front matter")
    yield from _heading_problems(page.headings)
    yield from _id_problems(page)
    yield from _foreign_problems(page)
    for found in page.nameless:
        what, to_do = f"the link '{found.text}' has no words", "write them between the square brackets"
        about = _from_any_depth(found.text)
        yield PageProblem("link-without-words", what, to_do, found.line, typed_as(found.text), about)
    for tag in page.unclosed:
        yield PageProblem(tag.kind, tag.what, tag.to_do, tag.line, quoted(tag.written))
    if not page.unclosed:
        yield from _link_problems(page, built, hosts)


def _heading_problems(headings: list[Heading]) -> Iterator[PageProblem]:
    """One main heading, and no level left out on the way down (WCAG 1.3.1, 2.4.6)."""
    main = [heading for heading in headings if heading.level == 1]
    if not main:
        yield PageProblem("no-main-heading", *NO_MAIN_HEADING)
    for heading in main[1:]:
        what, to_do = f"'{heading.words}' is a second main heading", "a page has one: begin it with '## '"
        yield PageProblem("second-main-heading", what, to_do, heading.line, _as_heading(heading))
    for above, heading in pairwise(headings):
        if heading.level > above.level + 1:
            what = f"'{heading.words}', a heading of level {heading.level}, follows one of level {above.level}"
            to_do = f"make it one of level {above.level + 1}"
            yield PageProblem("skipped-heading-level", what, to_do, heading.line, _as_heading(heading))


def _as_heading(heading: Heading) -> tuple[str, ...]:
    """How a heading may stand in Markdown: its words may stand in a link, too."""
    begun = f"\n{'#' * heading.level} {heading.words}"
    return (f"{begun}\n", f"{begun} {{", begun, f"<h{heading.level}>{heading.words}", *quoted(heading.words))


def _id_problems(page: BuiltPage) -> Iterator[PageProblem]:
    """Ids are unique, or a link to one of them leads to another (HTML, 3.2.6)."""
    for id_, count in page.ids.items():
        if count > 1:
            what = f"the id '{id_}' is used {count} times on the page"
            typed = (f"{{#{id_}}}", f'id="{id_}"', f"id='{id_}'")
            yield PageProblem("doubled-id", what, "ids must differ", 1, typed)


def _foreign_problems(page: BuiltPage) -> Iterator[PageProblem]:
    """What a browser would fetch from elsewhere, telling others who reads this; and what no page may hold."""
    for found in page.fetched:
        if host_of(found.text):
            what, to_do = f"the page fetches '{found.text}' from elsewhere", "put the file into this site"
            yield PageProblem("fetched-elsewhere", what, to_do, found.line, quoted(found.text))
    for found in page.not_allowed:
        what = f"'{found.text}' is not allowed in a page"
        yield PageProblem("not-allowed", what, "take it out", found.line, quoted(found.text.rstrip(">")))


def _link_problems(page: BuiltPage, built: BuiltSite, hosts: frozenset[str]) -> Iterator[PageProblem]:
    for link in page.links:
        if mistake := link_mistake(page, link, built) or _unknown_host(page, link, built, hosts):
            about = f"<{link.element} {link.attribute}> {_from_any_depth(link.address)}"
            yield PageProblem(mistake.kind, mistake.what, mistake.to_do, link.line, typed_as(link.address), about)


def _unknown_host(page: BuiltPage, link: PageLink, built: BuiltSite, hosts: frozenset[str]) -> LinkMistake | None:
    """A link to a host that the register does not know; "suggest a change" leads to where the pages are kept."""
    host, own = host_of(link.address), built.url and link.address.startswith(built.url)
    if link.element != "a" or not host or host in hosts or own or link.address in page.not_for_programs:
        return None
    what = f"the page links to '{link.address}', whose host data/links.yml does not know"
    return LinkMistake("unknown-host", what, "cite a page from data/links.yml")


def _from_any_depth(address: str) -> str:
    """An address of the theme as it is on every page, however deep in the site the page stands."""
    return re.sub(r"^(\.\./)+", "", address)


def _shared(pages: list[BuiltPage]) -> Iterator[tuple[BuiltPage, PageProblem]]:
    """Pages whose title or description another page has too (WCAG 2.4.2)."""
    for name in ("title", "description"):
        first: dict[str, BuiltPage] = {}
        for page in pages:
            value = getattr(page, name)
            if value and value in first:
                what = f"has the same {name} as the page /{first[value].address}"
                yield page, PageProblem("not-unique", what, "make it its own")
            first.setdefault(value, page)
