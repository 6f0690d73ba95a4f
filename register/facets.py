"""The ways in which readers can narrow the list of recommendations, and the page that each choice has.

A facet gives each recommendation the ids it is found under. The filters of the
list, the pages of the choices and their addresses all come from this one table.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from register.fold import Standing
from register.model import Header
from register.views import Snapshot

# What is found here has no word of the register yet. The underscore keeps it apart: no id of the register can have one.
NOT_PUBLISHED = "not_published"


@dataclass(frozen=True)
class Choice:
    """One value of a facet: its id, which is part of an address, its words, and what the words mean if they need it."""

    id: str
    label: str
    definition: str = ""


@dataclass(frozen=True)
class Facet:
    """A way to narrow the list: its name in addresses, its words, its choices, and where a recommendation is found."""

    name: str
    label: str
    choices: Callable[[Header], list[Choice]]
    held: Callable[[Standing], tuple[str, ...]]


def _terms(terms: list) -> list[Choice]:
    return [Choice(term.id, term.label, term.definition or "") for term in terms]


def _responses(header: Header) -> list[Choice]:
    return [*_terms(header.responses), Choice(NOT_PUBLISHED, header.initial.label, header.initial.definition)]


def _progress(header: Header) -> list[Choice]:
    nothing = Choice(NOT_PUBLISHED, "none published", "Nothing has been published on how far the work is.")
    return [*_terms(header.progress), nothing]


def _views(header: Header) -> list[Choice]:
    return [
        Choice("differ", "views differ", "Somebody who was asked sees it otherwise than those who decide."),
        Choice("one-view", "one view only", "So far only those who do the work have said how it stands."),
    ]


def _dates(header: Header) -> list[Choice]:
    late = "The date that was promised has passed, and the work is still open."
    quiet = f"The work is open, and there has been no update for more than {header.review_every} days."
    return [
        Choice("overdue", "overdue", late),
        Choice("no-news", "no news for long", quiet),
        Choice("overdue-or-no-news", "overdue, or no news for long", "One of the two is so, or both are."),
    ]


def _said(standing: Standing) -> tuple[str, ...]:
    ids = {"differ": standing.disagreement, "one-view": standing.self_assessed}
    return tuple(name for name, holds in ids.items() if holds)


def _late(standing: Standing) -> tuple[str, ...]:
    ids = {
        "overdue": standing.overdue,
        "no-news": standing.stale,
        "overdue-or-no-news": standing.overdue or standing.stale,
    }
    return tuple(name for name, holds in ids.items() if holds)


FACETS = (
    Facet("response", "Response", _responses, lambda s: (s.response.id if s.response else NOT_PUBLISHED,)),
    Facet("progress", "Progress", _progress, lambda s: (s.progress.id if s.progress else NOT_PUBLISHED,)),
    Facet("addressed-to", "Addressed to", lambda h: _terms(h.bodies), lambda s: tuple(s.record.addressed_to)),
    Facet("theme", "Theme", lambda h: _terms(h.themes), lambda s: (s.record.theme,) if s.record.theme else ()),
    Facet("views", "Views", _views, _said),
    Facet("dates", "Dates", _dates, _late),
)


def addresses(header: Header) -> Iterator[tuple[Facet, Choice, str]]:
    """Yield every choice with the address of its page: ``recommendations/response/applies/``."""
    for facet in FACETS:
        for choice in facet.choices(header):
            yield facet, choice, f"recommendations/{facet.name}/{choice.id}/"


def find(header: Header, name: str, choice_id: str) -> tuple[Facet, Choice] | None:
    """Return a facet and its choice by their names; None if there is no such page."""
    known = {(facet.name, choice.id): (facet, choice) for facet, choice, _ in addresses(header)}
    return known.get((name, choice_id))


def rows(snapshot: Snapshot) -> list[dict]:
    """One row for each recommendation: its standing, whom it was addressed to, what it is found under."""
    labels = snapshot.labels["bodies"]
    return [
        {
            "standing": standing,
            "addressed_to": [labels[body] for body in standing.record.addressed_to],
            "found_under": {facet.name: facet.held(standing) for facet in FACETS},
        }
        for standing in snapshot.standings.values()
    ]


def recommendations(snapshot: Snapshot) -> dict:
    """The list of all recommendations, with the choices that narrow it; bare numbers while no more is known of any."""
    found = rows(snapshot)
    ways = [_way(facet, snapshot.register.header, found) for facet in FACETS]
    return {
        "rows": found,
        "header": snapshot.register.header,
        "addressed": any(row["addressed_to"] for row in found),
        "bare": not any(standing.record.title or standing.last for standing in snapshot.standings.values()),
        "updated": any(standing.last for standing in snapshot.standings.values()),
        "ways": [way for way in ways if way["choices"]],
        "filters": [way for way in ways if _narrows(way, len(found))],
    }


def _way(facet: Facet, header: Header, found: list[dict]) -> dict:
    """A facet with the number of recommendations under each choice."""
    counts = [
        {"choice": choice, "count": sum(choice.id in row["found_under"][facet.name] for row in found)}
        for choice in facet.choices(header)
    ]
    return {"facet": facet, "choices": counts}


def _narrows(way: dict, total: int) -> bool:
    """Whether any choice would show some of the recommendations, but not all."""
    return any(0 < held["count"] < total for held in way["choices"])


def some(snapshot: Snapshot, facet: Facet, choice: Choice) -> dict:
    """The recommendations under one choice."""
    found = rows(snapshot)
    return {
        "facet": facet,
        "choice": choice,
        "others": _way(facet, snapshot.register.header, found)["choices"],
        "rows": [row for row in found if choice.id in row["found_under"][facet.name]],
        "header": snapshot.register.header,
        "addressed": any(row["addressed_to"] for row in found),
    }
