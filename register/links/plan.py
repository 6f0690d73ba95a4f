"""What to check: every address of data/links.yml, and every link of the built site, so that none is left out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urldefrag, urlsplit

from requests.utils import requote_uri

from register.characters import from_outside
from register.checks.inside_links import CarriedLink
from register.checks.typed_places import Place
from register.links.verdict import Target
from register.model import Link, Register
from register.problems import Problem

_LONGEST_SHOWN = 2000  # characters of an address
# What a link is: the address of an entry of data/links.yml, its candidate or its kept copy; an outside address typed
# by hand; a placeholder, or what is no address at all; an inside link that leads nowhere.
Role = Literal["url", "candidate", "archive", "typed", "placeholder", "inside"]


@dataclass(frozen=True)
class PlannedLink:
    """One link to check: where it was typed and who depends on it."""

    url: str
    role: Role
    place: Place
    entry: Link | None = None  # its entry of data/links.yml
    must_work: bool = False
    found_on: list[str] = field(default_factory=list)  # pages of the site that carry it

    @property
    def name(self) -> str:
        """What messages call it: its id, or the address itself."""
        if not self.entry:
            return self.shown_url.strip() or "(empty)"
        return f"{self.entry.id} (kept copy)" if self.role == "archive" else self.entry.id

    @property
    def shown_url(self) -> str:
        """The address as messages and reports show it: cleaned, because anybody can propose a page."""
        return from_outside(self.url, _LONGEST_SHOWN)

    @property
    def target(self) -> Target:
        """The address as it is asked, and what must be there."""
        address = requested(self.url)
        if not self.entry or self.role == "archive":
            return Target(address)
        return Target(address, self.entry.expect.host or "", tuple(self.entry.expect.phrases))


@dataclass(frozen=True, kw_only=True)
class WrongLink(PlannedLink):
    """A placeholder, or an inside link that leads nowhere: no request is needed to know that it is wrong."""

    problem: Problem


@dataclass(frozen=True)
class Plan:
    """All that there is to check."""

    outside: list[PlannedLink]
    wrong: list[WrongLink]
    inside_count: int  # inside links in all
    not_for_programs: int  # links that lead to a login by their nature, and are not asked

    def targets(self) -> dict[str, Target]:
        """Each address to ask, once; what data/links.yml says of it wins over a link typed by hand."""
        targets: dict[str, Target] = {}
        for link in self.outside:
            targets.setdefault(link.target.url, link.target)
        return targets


def make_plan(register: Register, carried: Iterable[CarriedLink]) -> Plan:
    """Return what there is to check.

    Args:
        register: the register, with its entries of data/links.yml.
        carried: every link of the built site.
    """
    planning = _Planning(list(_listed(register)))
    for link in carried:
        planning.add(link)
    return planning.plan()


class _Planning:
    """Sorts the links of the built site: each into its entry of data/links.yml, or into a list of its own."""

    def __init__(self, listed: list[PlannedLink]) -> None:
        self._listed = listed
        self._by_address = {link.target.url: link for link in listed}
        self._by_id = {link.name: link for link in listed if link.role != "archive"}
        self._typed: dict[str, PlannedLink] = {}
        self._wrong: dict[tuple[str, str], WrongLink] = {}
        self._good_inside = 0
        self._not_for_programs = 0

    def add(self, link: CarriedLink) -> None:
        """Take one link of the built site into account."""
        if link.names:
            if named := self._by_id.get(link.names):
                _note_page(named, link)
        elif link.problem:
            self._add_wrong(link, link.problem)
        elif not _is_outside(link.address):
            self._good_inside += not urlsplit(link.address).scheme  # ``mailto:`` and ``tel:`` are neither
        elif known := self._by_address.get(requested(link.address)):
            _note_page(known, link)
        elif link.for_programs:
            _note_page(self._typed.setdefault(link.address, PlannedLink(link.address, "typed", link.place)), link)
        else:
            self._not_for_programs += 1

    def _add_wrong(self, link: CarriedLink, problem: Problem) -> None:
        role: Role = "placeholder" if problem.kind in ("placeholder", "not-an-address") else "inside"
        planned = WrongLink(link.address, role, link.place, must_work=True, problem=problem)
        _note_page(self._wrong.setdefault((link.address, problem.what), planned), link)

    def plan(self) -> Plan:
        """Return the plan for all that was added."""
        wrong = list(self._wrong.values())
        inside_count = self._good_inside + sum(link.role == "inside" for link in wrong)
        return Plan([*self._listed, *self._typed.values()], wrong, inside_count, self._not_for_programs)


def requested(address: str) -> str:
    """Return an address as it is asked: percent-encoded, without fragment, over https where the page leaves that open."""
    return requote_uri(urldefrag(f"https:{address}" if address.startswith("//") else address).url)


def _is_outside(address: str) -> bool:
    return address.startswith("//") or urlsplit(address).scheme in ("http", "https")


def _note_page(planned: PlannedLink, link: CarriedLink) -> None:
    page = link.page or "./"
    if page not in planned.found_on:
        planned.found_on.append(page)


def _listed(register: Register) -> Iterator[PlannedLink]:
    """The addresses of data/links.yml. Pages of help must always work, so the links of contacts that are shown do."""
    help_pages = {contact.link for contact in register.contacts if contact.is_shown}
    for entry in register.links:
        must_work = entry.must_work or entry.id in help_pages
        if entry.url:
            yield PlannedLink(entry.url, "url", _place(entry, "url"), entry, must_work=must_work)
        if entry.candidate:
            yield PlannedLink(entry.candidate, "candidate", _place(entry, "candidate"), entry, must_work=must_work)
        if entry.archive:
            yield PlannedLink(entry.archive.url, "archive", _place(entry, "archive"), entry)


def _place(entry: Link, name: str) -> Place:
    """Where a field of an entry was typed; the file's beginning for an entry that was not read from a file."""
    return Place(entry.origin.path, entry.origin.line_of(name)) if entry.origin else Place("data/links.yml", 1)
