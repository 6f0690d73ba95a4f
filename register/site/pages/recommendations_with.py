"""A shorter list: the recommendations found under one choice of a facet."""

from dataclasses import dataclass
from typing import ClassVar

from register.model import Header
from register.site.pages.recommendations import CountedChoice, RecommendationRow, counted_facet, rows_of
from register.site.presenter import Presenter
from register.state.facets import Choice, Facet
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class RecommendationsWithPage(Presenter):
    """The recommendations under one choice, and the facet's other choices."""

    template: ClassVar[str] = "recommendations_with.html"

    facet: Facet
    choice: Choice
    others: list[CountedChoice]  # all choices of the facet, this one included
    rows: list[RecommendationRow]
    header: Header
    addressed: bool  # whether any recommendation says whom it was addressed to

    @classmethod
    def of(cls, snapshot: Snapshot, facet: Facet, choice: Choice) -> "RecommendationsWithPage":
        """Return what the list shows."""
        rows = rows_of(snapshot)
        return cls(
            facet=facet,
            choice=choice,
            others=counted_facet(facet, snapshot.header, rows).choices,
            rows=[row for row in rows if choice.id in row.found_under[facet.name]],
            header=snapshot.header,
            addressed=any(row.addressed_to for row in rows),
        )
