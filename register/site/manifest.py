"""The manifest: everything published that somebody may have kept, cited or subscribed to, derived from the route table.

Each item is a name that stays: the address of a page, a part of a page or a file; the id of a feed, of an entry in feeds or
of an entry in the calendar; the id of a word. It is published (``data/addresses.json``), and every later build is held
against it (``register.checks.permalinks``).

An entry of the calendar is listed for each date that a recommendation can have, whether or not it has one today: what is
due comes and goes, the name under which calendars know it stays. What only the pages themselves fetch (styles, scripts,
the search's index) is not listed.
"""

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

from register.exports.calendar import DATE_KINDS
from register.exports.identifiers import urn
from register.load.rules import vocabularies
from register.model import Header
from register.site import urls
from register.site.urls import HTML, Route
from register.state.facets import FACETS
from register.state.permanent_keys import milestone_keys, update_keys
from register.state.snapshot import Snapshot

Kind = Literal["page", "part", "file", "feed", "entry", "event", "word"]


@dataclass(frozen=True, order=True)
class Item:
    """One published name, and what it hangs on."""

    kind: Kind
    name: str  # an address from the site's root, a URN, or the id of a word: "themes/travel"
    of: str  # what it is made from: "recommendation/12", "word/themes/travel", "year/2024-25", "docs/about.md", "site"
    says: str = ""  # for a URN, what it stands for; for an old address, where it leads


@dataclass(frozen=True)
class Manifest:
    """Every published name of one register on one day."""

    register: str  # the register's id
    year_starts: str  # the first day of its reporting year; "" if that is not known
    items: tuple[Item, ...]

    @cached_property
    def named(self) -> dict[tuple[str, str], Item]:
        """The items by kind and name."""
        return {(item.kind, item.name): item for item in self.items}


def manifest(snapshot: Snapshot, docs: Iterable[str]) -> Manifest:
    """Return the manifest of a snapshot.

    Args:
        snapshot: the register on the day that the site shows.
        docs: the names of the files of ``docs/``, from there.
    """
    header = snapshot.header
    items = {*_addresses(snapshot), *_feeds(snapshot), *_entries(snapshot), *_events(snapshot), *_words(header)}
    made = {(item.kind, item.name) for item in items}  # a yearly report has one address, introduced or not
    items |= {item for item in _written(docs) if (item.kind, item.name) not in made}
    return Manifest(header.id, header.reporting_year_starts, tuple(sorted(items)))


def _words(header: Header) -> Iterator[Item]:
    """The ids of words, and those that they had formerly."""
    for name, terms in vocabularies(header):
        for term in terms:
            yield Item("word", f"{name}/{term.id}", _word(name, term.id))
            yield from (Item("word", f"{name}/{old}", _word(name, old), term.id) for old in term.formerly)


def as_json(held: Manifest) -> dict[str, Any]:
    """Return a manifest as JSON values; what is empty is left out."""
    return {
        "register": held.register,
        "reporting_year_starts": held.year_starts,
        "addresses": [
            {name: value for name, value in asdict(item).items() if value or name == "name"} for item in held.items
        ],
    }


def from_json(held: Any) -> Manifest:
    """Return the manifest that a published file holds.

    Raises:
        ValueError: it holds none.
    """
    try:
        items = tuple(Item(**{name: str(value) for name, value in item.items()}) for item in held["addresses"])  # type: ignore[arg-type]
        return Manifest(str(held["register"]), str(held["reporting_year_starts"]), items)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError from error


def _word(vocabulary: str, id_: str) -> str:
    return f"word/{vocabulary}/{id_}"


def _addresses(snapshot: Snapshot) -> Iterator[Item]:
    """Pages and files that are made from the register, old addresses, and the parts of pages that others lead to."""
    leads_to = {move.old: move for move in urls.moves(snapshot)}
    for route in urls.routes(snapshot):
        kind: Kind = "page" if route.media == HTML else "file"
        move = leads_to.pop(route.path, None)
        yield _old(kind, move) if move else Item(kind, route.path, _made_from(route))
    for move in leads_to.values():  # files, which have no page
        yield _old("file", move)
    for address in urls.NEEDED:
        if "#" in address:
            yield Item("part", address, "site")


def _old(kind: Kind, move: urls.Move) -> Item:
    """An old address, which leads on."""
    return Item(kind, move.old, f"word/{move.word}" if move.word else move.typed_in, move.new)


def _made_from(route: Route) -> str:
    """What a route hangs on."""
    vocabulary_of = {facet.name: facet.vocabulary for facet in FACETS}
    if route.shows.startswith("recommendation-") or route.shows == "recommendation":
        return f"recommendation/{route.of[0]}"
    if route.shows == "yearly_report":
        return f"year/{route.of[0]}"
    if route.shows in ("audience", "audience-feed"):
        return _word("audiences", str(route.of[0]))
    if route.shows == "recommendations_with" and vocabulary_of[str(route.of[0])]:
        return _word(vocabulary_of[str(route.of[0])], str(route.of[1]))
    return "site"


def _written(docs: Iterable[str]) -> Iterator[Item]:
    for name in docs:
        address = urls.written(name)
        yield Item("page" if name.endswith(".md") else "file", address, f"docs/{name}")


def _feeds(snapshot: Snapshot) -> Iterator[Item]:
    header = snapshot.header
    for route in urls.files(snapshot):
        if route.media == urls.ATOM:
            yield Item("feed", urn(header, *urls.feed_name(route)), _made_from(route), route.path)


def _entries(snapshot: Snapshot) -> Iterator[Item]:
    """Entries of feeds: updates, withdrawn ones too, and milestones."""
    header = snapshot.header
    for number, status in snapshot.statuses.items():
        for key in update_keys(number, (entry.update for entry in status.history)):
            yield Item("entry", urn(header, "update", key), f"recommendation/{number}", key)
    for key in milestone_keys(snapshot.register.timeline):
        yield Item("entry", urn(header, "milestone", key), f"milestone/{key}", key)


def _events(snapshot: Snapshot) -> Iterator[Item]:
    header = snapshot.header
    yield Item("event", urn(header, "calendar"), "site", "calendar")
    yield Item("event", urn(header, "calendar", "about"), "site", "calendar/about")
    for number in snapshot.statuses:
        for kind in DATE_KINDS:
            urn_ = urn(header, "recommendation", number, kind)
            yield Item("event", urn_, f"recommendation/{number}", f"{number}/{kind}")
