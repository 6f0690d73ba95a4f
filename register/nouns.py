"""The holes that an editor can leave in a page: ``{{ totals() }}``, ``{{ link("get-safe") }}``.

A noun takes simple arguments and gives the name of a template with its values.
A wrong argument raises ``WrongNoun`` with the words that an editor needs. The
same nouns serve the check of the pages and the build, so both say the same.
"""

from collections.abc import Callable
from dataclasses import dataclass

from register import audiences, facets, views, yearly
from register.exports import dataset
from register.problems import nearest, nearest_id
from register.rules import vocabularies
from register.views import Snapshot


class WrongNoun(ValueError):
    """A noun was given something it does not know; the text says what is allowed."""


@dataclass(frozen=True)
class View:
    """A template's name and the values it shows."""

    template: str
    values: dict


NOUNS: dict[str, Callable[..., View]] = {}


def noun(make: Callable[..., View]) -> Callable[..., View]:
    """Enter a function under its own name into ``NOUNS``."""
    NOUNS[make.__name__] = make
    return make


def _enter_simple(*makers: Callable[[Snapshot], dict]) -> None:
    """Enter the views that take no argument; each template has its view's name."""
    for maker in makers:
        NOUNS[maker.__name__] = _simple(maker)


def _simple(maker: Callable[[Snapshot], dict]) -> Callable[[Snapshot], View]:
    def make(snapshot: Snapshot) -> View:
        return View(maker.__name__, maker(snapshot))

    return make


_enter_simple(
    facets.recommendations,
    views.totals,
    views.grades,
    views.find,
    views.initial,
    views.topics,
    views.sources,
    views.licence,
    views.rules,
    views.fields,
    yearly.yearly_reports,
    audiences.audiences,
    dataset.downloads,
    dataset.crosswalk,
)


@noun
def recommendation(snapshot: Snapshot, number: object) -> View:
    """``recommendation(12)``: everything known about one recommendation."""
    if not isinstance(number, int) or number not in snapshot.standings:
        total = snapshot.register.header.total
        raise WrongNoun(f"there is no recommendation {number!r} (write a number from 1 to {total})")
    return View("recommendation", views.recommendation(snapshot, number))


@noun
def vocabulary(snapshot: Snapshot, name: object) -> View:
    """``vocabulary("responses")``: the words of one vocabulary with their meanings."""
    names = [known for known, _ in vocabularies(snapshot.register.header)]
    if name == "response":  # the field's own name, which an editor may well type
        name = "responses"
    if name not in names:
        raise WrongNoun(f"there is no vocabulary {name!r} ({nearest(str(name), names)})")
    return View("vocabulary", views.vocabulary(snapshot, name))


@noun
def link(snapshot: Snapshot, link_id: object) -> View:
    """``link("get-safe")``: a page outside this site, by its id in data/links.yml."""
    if link_id not in snapshot.links:
        repair = nearest_id(str(link_id), snapshot.links, "data/links.yml")
        raise WrongNoun(f"there is no link {link_id!r} ({repair})")
    return View("link", views.link(snapshot, link_id))


@noun
def changes(snapshot: Snapshot, latest: object = None) -> View:
    """``changes()`` or ``changes(5)``: what has happened, newest first, all of it or the latest few."""
    if latest is not None and (not isinstance(latest, int) or latest < 1):
        raise WrongNoun(f"changes({latest!r}) is not a number of entries (write changes(), or changes(5))")
    return View("changes", views.changes(snapshot, latest))


@noun
def contacts(snapshot: Snapshot, part: object = None) -> View:
    """``contacts()``, ``contacts("emergency")`` or ``contacts("others")``: who to turn to."""
    if part is not None and part not in views.CONTACT_PARTS:
        raise WrongNoun(f"there is no part {part!r} of the contacts ({nearest(str(part), views.CONTACT_PARTS)})")
    return View("contacts", views.contacts(snapshot, part))


@noun
def statement(snapshot: Snapshot, part: object) -> View:
    """``statement("gaps")``: a part of the accessibility statement: status, gaps or preparation."""
    if part not in views.STATEMENT_PARTS:
        raise WrongNoun(f"there is no part {part!r} of the statement ({nearest(str(part), views.STATEMENT_PARTS)})")
    return View("statement", views.statement(snapshot, part))


@noun
def recommendations_with(snapshot: Snapshot, facet: object, choice: object) -> View:
    """``recommendations_with("response", "applies")``: the recommendations found under one choice of the list."""
    header = snapshot.register.header
    known = {known.name: known for known in facets.FACETS}
    if facet not in known:
        raise WrongNoun(f"there are no lists by {facet!r} ({nearest(str(facet), known)})")
    found = facets.find(header, known[facet].name, str(choice))
    if not found:
        choices = [choice.id for choice in known[facet].choices(header)]
        raise WrongNoun(f"there is no list {choice!r} by {facet} ({nearest(str(choice), choices)})")
    return View("recommendations_with", facets.some(snapshot, *found))


@noun
def yearly_report(snapshot: Snapshot, name: object) -> View:
    """``yearly_report("2024-25")``: what happened in one reporting year."""
    known = {year.name: year for year in yearly.years(snapshot)}
    if name not in known:
        raise WrongNoun(f"there is no reporting year {name!r} ({nearest(str(name), known)})")
    return View("yearly_report", yearly.yearly_report(snapshot, known[name]))


@noun
def audience(snapshot: Snapshot, audience_id: object) -> View:
    """``audience("schools")``: what the recommendations mean for one kind of work."""
    known = {term.id: term for term in snapshot.register.header.audiences}
    if audience_id not in known:
        raise WrongNoun(f"there is no audience {audience_id!r} ({nearest(str(audience_id), known)})")
    return View("audience", audiences.audience(snapshot, known[audience_id]))
