"""The list of all recommendations, with the choices that narrow it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from register.model import Header
from register.site.pages.glance import Glance
from register.site.presenter import Presenter
from register.state.facets import FACETS, Choice, Facet
from register.state.snapshot import Snapshot
from register.state.status import Status


@dataclass(frozen=True)
class RecommendationRow:
    """One recommendation in a list."""

    status: Status
    addressed_to: list[str]
    found_under: dict[str, tuple[str, ...]]  # for each facet the ids of the choices it is found under


@dataclass(frozen=True)
class CountedChoice:
    """A choice and how many recommendations are found under it."""

    choice: Choice
    count: int


@dataclass(frozen=True)
class CountedFacet:
    """A facet with its choices and the number of recommendations under each."""

    facet: Facet
    choices: list[CountedChoice]

    def narrows(self, total: int) -> bool:
        """Return whether any choice would show some of the recommendations, but not all."""
        return any(0 < counted.count < total for counted in self.choices)


@dataclass(frozen=True)
class RecommendationsPage(Presenter):
    """The list of all recommendations; bare numbers while no more is known of any."""

    template: ClassVar[str] = "recommendations.html"

    rows: list[RecommendationRow]
    header: Header
    addressed: bool  # whether any says whom it was addressed to
    bare: bool  # whether nothing is known of any but its number
    updated: bool  # whether any has had an update
    promised: bool  # whether any has a promised date ahead
    facets: list[CountedFacet]
    filters: list[CountedFacet]  # those that narrow the list
    glance: Glance

    @classmethod
    def of(cls, snapshot: Snapshot) -> "RecommendationsPage":
        """Return what the list shows."""
        rows = rows_of(snapshot)
        facets = [counted_facet(facet, snapshot.header, rows) for facet in FACETS]
        statuses = snapshot.statuses.values()
        return cls(
            rows=rows,
            header=snapshot.header,
            addressed=any(row.addressed_to for row in rows),
            bare=not any(status.record.title or status.last for status in statuses),
            updated=any(status.last for status in statuses),
            promised=any(status.due and not status.closed for status in statuses),
            facets=[facet for facet in facets if facet.choices],
            filters=[facet for facet in facets if facet.narrows(len(rows))],
            glance=Glance.of(snapshot),
        )


def rows_of(snapshot: Snapshot) -> list[RecommendationRow]:
    """Return one row for each recommendation, in the order of the numbers."""
    labels = snapshot.labels["bodies"]
    return [
        RecommendationRow(
            status=status,
            addressed_to=[labels[body] for body in status.record.addressed_to],
            found_under={facet.name: facet.ids(status) for facet in FACETS},
        )
        for status in snapshot.statuses.values()
    ]


def counted_facet(facet: Facet, header: Header, rows: Sequence[RecommendationRow]) -> CountedFacet:
    """Return a facet with the number of rows under each of its choices."""
    return CountedFacet(
        facet,
        [
            CountedChoice(choice, sum(choice.id in row.found_under[facet.name] for row in rows))
            for choice in facet.choices(header)
        ],
    )
