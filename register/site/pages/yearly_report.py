"""The report of one reporting year: everything that happened in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from register.dates import say
from register.model import Header
from register.site.pages.progress_by_year import ProgressByYear
from register.site.presenter import Presenter
from register.state.comparison import Comparison
from register.state.offered_link import OfferedLink
from register.state.reporting_year import ReportingYear, YearlyReport, years
from register.state.snapshot import Snapshot
from register.state.status import HistoryEntry


@dataclass(frozen=True)
class YearlyReportPage(Presenter):
    """Everything that one year's report shows."""

    template: ClassVar[str] = "yearly_report.html"

    report: YearlyReport
    header: Header
    total: int
    updates: list[tuple[Comparison, HistoryEntry, list[str]]]  # by date, with what else each states
    links: dict[str, OfferedLink]
    never_updated: list[tuple[int, int]]  # numbers without an update, in runs from first to last
    until: str
    progress: ProgressByYear  # of this year and those before
    previous: ReportingYear | None
    next: ReportingYear | None
    introduced: bool = False  # whether a page that was written, with its own main heading, stands above it

    @classmethod
    def of(cls, snapshot: Snapshot, year: ReportingYear) -> "YearlyReportPage":
        """Return a year's report."""
        report = YearlyReport(snapshot, year)
        every = years(snapshot)
        place = every.index(year)
        happened = [(one, entry, changed) for one in report.updated for entry, changed in one.statements]
        return cls(
            report=report,
            header=snapshot.header,
            total=snapshot.header.total,
            updates=sorted(happened, key=lambda told: (told[1].update.date, told[0].after.record.number)),
            links=snapshot.links,
            never_updated=runs([status.record.number for status in report.never_updated]),
            until=say(report.until),
            progress=ProgressByYear.of(snapshot, year),
            previous=every[place - 1] if place else None,
            next=every[place + 1] if place + 1 < len(every) else None,
        )


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Return numbers in order as runs without a gap, each as its first and last: 1, 2, 3, 7 as (1, 3), (7, 7)."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
