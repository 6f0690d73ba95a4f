"""How far the work was at the end of each reporting year: one bar a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from register.dates import say
from register.model import Header
from register.site.pages.stacked_bar import BarPart, StackedBar, key_of
from register.site.presenter import Presenter
from register.state.reporting_year import ReportingYear, YearlyReport, years
from register.state.snapshot import Snapshot
from register.state.status import Status
from register.state.wording import NOT_PUBLISHED


@dataclass(frozen=True)
class YearBar:
    """One year: its bar, the last day that it speaks of, and how many stood that day at a word that ends the work."""

    year: ReportingYear
    until: str
    bar: StackedBar
    ended: int


@dataclass(frozen=True)
class ProgressByYear:
    """The bars of some years, oldest first."""

    bars: list[YearBar]
    key: list[BarPart]
    ending: list[str]  # the progress words that end the work
    total: int

    @property
    def shown(self) -> bool:
        """Whether there is anything to show: an empty chart says nothing."""
        return any(part.shape for part in self.key)

    @property
    def labels(self) -> list[str]:
        """The words that the key explains."""
        return [part.label for part in self.key]

    @classmethod
    def of(cls, snapshot: Snapshot, last: ReportingYear | None = None) -> "ProgressByYear":
        """Return the bars up to a year, that one included; up to the day of the snapshot if none is given."""
        header = snapshot.header
        bars = []
        for year in years(snapshot):
            if last and year.first > last.first:
                break
            until = YearlyReport(snapshot, year).until
            statuses = list(snapshot.statuses_on(until).values())
            ended = sum(bool(status.progress and status.progress.closed) for status in statuses)
            bars.append(YearBar(year, say(until), _bar(header, statuses), ended))
        return cls(
            bars=bars,
            key=key_of([bar.bar for bar in bars]),
            ending=[term.label for term in header.progress if term.closed],
            total=header.total,
        )


def _bar(header: Header, statuses: Sequence[Status]) -> StackedBar:
    """The words that end the work stand first, then the furthest step: what is reached grows from the left."""
    terms = sorted(header.progress, key=lambda term: (not term.closed, -(term.step or 0)))
    held = [status.progress for status in statuses]
    parts = [BarPart(term.label, term.shape, held.count(term)) for term in terms]
    return StackedBar([*parts, BarPart(NOT_PUBLISHED, None, held.count(None))])


@dataclass(frozen=True)
class ProgressByYearPage(Presenter):
    """The picture alone, for a written page."""

    template: ClassVar[str] = "progress_by_year.html"

    progress: ProgressByYear

    @classmethod
    def of(cls, snapshot: Snapshot) -> "ProgressByYearPage":
        """Return the picture up to the day of the snapshot."""
        return cls(ProgressByYear.of(snapshot))
