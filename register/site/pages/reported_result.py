"""What others reported of all the recommendations somewhere else: one bar, with its source and its limits."""

from dataclasses import dataclass
from typing import ClassVar

from register.dates import say
from register.model import Inquiry, ReportedResult
from register.site.pages.stacked_bar import BarPart, StackedBar
from register.site.presenter import Presenter
from register.state.as_of import was_recorded
from register.state.offered_link import OfferedLink
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class ReportedResultPage(Presenter):
    """The result, or plain words for its not being known on the day shown."""

    template: ClassVar[str] = "reported_result.html"

    result: ReportedResult
    known: bool
    bar: StackedBar
    sources: list[OfferedLink]
    inquiry: Inquiry
    total: int
    as_of: str

    @classmethod
    def of(cls, snapshot: Snapshot, result: ReportedResult) -> "ReportedResultPage":
        """Return the picture of a result."""
        return cls(
            result=result,
            known=was_recorded(result, snapshot.as_of),
            bar=StackedBar([BarPart(part.label, part.shape, part.count) for part in result.parts]),
            sources=snapshot.cited(result.sources),
            inquiry=snapshot.header.inquiry,
            total=snapshot.header.total,
            as_of=say(snapshot.as_of),
        )
