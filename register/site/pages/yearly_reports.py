"""The reporting years that have a report."""

from dataclasses import dataclass
from typing import ClassVar

from register.site.presenter import Presenter
from register.state.reporting_year import ReportingYear, YearlyReport, years
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class YearRow:
    """A reporting year and how much its report holds."""

    year: ReportingYear
    over: bool
    updates: int
    events: int

    @classmethod
    def of(cls, report: YearlyReport) -> "YearRow":
        """Return a report's row."""
        updates = sum(len(one.entries) for one in report.updated)
        return cls(report.year, report.over, updates, len(report.milestones))


@dataclass(frozen=True)
class YearlyReportsPage(Presenter):
    """The years, newest first."""

    template: ClassVar[str] = "yearly_reports.html"

    reports: list[YearRow]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "YearlyReportsPage":
        """Return the years."""
        return cls([YearRow.of(YearlyReport(snapshot, year)) for year in reversed(years(snapshot))])
