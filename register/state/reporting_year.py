"""The yearly report, computed: what changed in a reporting year, what was due, what was missed, what is still open.

Reporting years follow one another without a gap, and each update belongs to the
year of the first day that its date can mean, as in ``status``. So the reports of
all years hold each update once.
"""

import calendar
import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from register.dates import PartialDate, say
from register.model import Header, Milestone
from register.state.comparison import Comparison, compare
from register.state.snapshot import Snapshot
from register.state.status import DueDateMove, HistoryEntry, Status, status_on

_A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class ReportingYear:
    """A reporting year by its first and last day."""

    first: datetime.date
    last: datetime.date

    @property
    def name(self) -> str:
        """Its name, which is also its address: ``2024-25``, or ``2024`` where it is a calendar year."""
        start, end = self.first.year, self.last.year
        return str(start) if start == end else f"{start}-{end % 100:02}"

    @property
    def span(self) -> str:
        """Its days in words."""
        return f"{say(self.first)} to {say(self.last)}"


def year_of(header: Header, day: datetime.date) -> ReportingYear:
    """Return the reporting year that a day lies in."""
    begun = day.year if day >= _start(header, day.year) else day.year - 1
    return ReportingYear(_start(header, begun), _start(header, begun + 1) - _A_DAY)


def _start(header: Header, year: int) -> datetime.date:
    """The first day of the reporting year that begins in a calendar year; a day that a month lacks is its last."""
    month, day = map(int, header.reporting_year_starts.split("-"))
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def years(snapshot: Snapshot) -> list[ReportingYear]:
    """Return the reporting years from the inquiry's report, or the first update if that is earlier, to the day shown.

    An update that was withdrawn counts here: the report that it once made has an address, which stays.
    """
    header = snapshot.header
    updates = [status.history[0].update.date for status in snapshot.statuses.values() if status.history]
    day = min(date.first for date in [header.inquiry.published, *updates])
    found = []
    while day <= snapshot.as_of:
        found.append(year_of(header, day))
        day = found[-1].last + _A_DAY
    return found


Outcome = Literal["closed", "moved", "ended", "passed", "open"]


@dataclass(frozen=True)
class DueInYear:
    """A date that was promised within the year, and what had become of it when the report ends."""

    status: Status
    date: PartialDate
    outcome: Outcome
    move: DueDateMove | None = None


@dataclass(frozen=True)
class MissedDate:
    """A promise that was moved to a later date, or whose date passed with the work still open (``move`` is None)."""

    status: Status
    date: PartialDate
    move: DueDateMove | None = None


@dataclass(frozen=True)
class YearlyReport:
    """One reporting year up to the day shown."""

    snapshot: Snapshot
    year: ReportingYear

    @property
    def until(self) -> datetime.date:
        """The last day that the report speaks of."""
        return min(self.year.last, self.snapshot.as_of)

    @property
    def over(self) -> bool:
        """Whether the year had ended by the day shown."""
        return self.year.last <= self.snapshot.as_of

    @cached_property
    def comparisons(self) -> list[Comparison]:
        """Each recommendation before the year and at its end."""
        return compare(self.snapshot, self.year.first, self.until)

    @property
    def changed(self) -> list[Comparison]:
        """Recommendations of which another response or progress was decided."""
        return [one for one in self.comparisons if one.changed]

    @property
    def updated(self) -> list[Comparison]:
        """Recommendations with an update in the year."""
        return [one for one in self.comparisons if one.entries]

    @property
    def closed(self) -> list[tuple[Comparison, HistoryEntry]]:
        """Every update that closed a recommendation."""
        return [(one, entry) for one in self.comparisons for entry in one.closings]

    @property
    def reopened(self) -> list[tuple[Comparison, HistoryEntry]]:
        """Every update that opened a recommendation again."""
        return [(one, entry) for one in self.comparisons for entry in one.reopenings]

    @property
    def closed_at_end(self) -> list[Status]:
        """Recommendations that are closed when the report ends."""
        return [one.after for one in self.comparisons if one.after.closed]

    @property
    def still_open(self) -> list[Status]:
        """Recommendations that have had an update by then and are not closed."""
        return [one.after for one in self.comparisons if one.after.entries and not one.after.closed]

    @property
    def never_updated(self) -> list[Status]:
        """Recommendations that have had no update by then."""
        return [one.after for one in self.comparisons if not one.after.entries]

    @cached_property
    def due(self) -> list[DueInYear]:
        """Every date within the year that was promised by its end, by date."""
        found = [due for one in self.comparisons for due in self._due(one.after)]
        return sorted(found, key=lambda due: (due.date, due.status.record.number))

    def _due(self, status: Status) -> list[DueInYear]:
        if not status.promised:
            return []
        return [
            DueInYear(status, date, _outcome(status, date, move), move)
            for date, move in zip(status.promised.dates, [*status.promised.moves, None], strict=True)
            if self.year.first <= date.last <= self.year.last
        ]

    @cached_property
    def missed(self) -> list[MissedDate]:
        """Every move to a later date that was made in the year, and every date that passed in it with the work open."""
        return [missed for one in self.comparisons for missed in (*_moved(one), *self._passed(one.after))]

    def _passed(self, status: Status) -> list[MissedDate]:
        """The dates that passed within the year while they were the promise and the work was open."""
        missed = []
        for date in dict.fromkeys(status.promised.dates if status.promised else ()):
            day_after = date.last + _A_DAY
            if not self.year.first <= day_after <= self.until:
                continue
            then = status_on(status.record, self.snapshot.header, day_after)
            if then.due and then.overdue and then.due.now == date:
                missed.append(MissedDate(status, date))
        return missed

    @property
    def milestones(self) -> list[Milestone]:
        """The public events of the year."""
        timeline = self.snapshot.register.timeline
        return [event for event in timeline if self.year.first <= event.date.first <= self.until]


def _outcome(status: Status, date: PartialDate, move: DueDateMove | None) -> Outcome:
    if move:
        return "moved"
    if status.closed:
        return "closed"
    if status.promise_ended:
        return "ended"
    return "passed" if date.last < status.as_of else "open"


def _moved(one: Comparison) -> list[MissedDate]:
    return [MissedDate(one.after, was, move) for was, move in one.moves if move.to > was]
