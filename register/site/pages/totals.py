"""How many recommendations stand where, always with the number they are counted out of."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from register.dates import PartialDate, ago, say
from register.model import Initial, Term
from register.site.presenter import Presenter
from register.state.facets import PROGRESS, RESPONSE, Facet
from register.state.snapshot import Snapshot
from register.state.wording import NOT_PUBLISHED


@dataclass(frozen=True)
class CountedTerm:
    """How many recommendations stand at a word (None: at no word), and how many of those only their doers have judged."""

    term: Term | None
    count: int
    self_assessed: int


@dataclass(frozen=True)
class Axis:
    """Response or progress: its facet, the words for there being none, and the number for each word."""

    facet: Facet
    nothing: str
    rows: list[CountedTerm]


@dataclass(frozen=True)
class TotalsPage(Presenter):
    """How many recommendations stand where."""

    template: ClassVar[str] = "totals.html"

    total: int
    published: int  # with an outcome
    self_assessed: int  # of those, not checked by anyone from outside
    axes: list[Axis]
    initial: Initial
    reported: PartialDate  # when the inquiry's report came out
    ago: str  # how long that was before the day shown
    as_of: str

    @classmethod
    def of(cls, snapshot: Snapshot) -> "TotalsPage":
        """Return the totals on the day of the snapshot."""
        header, statuses = snapshot.header, list(snapshot.statuses.values())
        published = [status for status in statuses if status.response]
        responses = [(status.response, status.self_assessed) for status in statuses]
        progress = [(status.progress, status.self_assessed) for status in statuses]
        return cls(
            total=header.total,
            published=len(published),
            self_assessed=sum(status.self_assessed for status in published),
            axes=[
                Axis(RESPONSE, header.initial.label, _counted(header.responses, responses)),
                Axis(PROGRESS, NOT_PUBLISHED, _counted(header.progress, progress)),
            ],
            initial=header.initial,
            reported=header.inquiry.published,
            ago=ago(header.inquiry.published, snapshot.as_of),
            as_of=say(snapshot.as_of),
        )


def _counted(terms: Sequence[Term], held: Sequence[tuple[Term | None, bool]]) -> list[CountedTerm]:
    """For each word, and for none, how many stand at it."""
    return [
        CountedTerm(
            term=term,
            count=sum(word == term for word, _ in held),
            self_assessed=sum(word == term and alone for word, alone in held),
        )
        for term in [*terms, None]
    ]
