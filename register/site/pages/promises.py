"""Every promised date: the first one, its moves, today's, and how late the work is. Latest first."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from register.dates import PartialDate, say
from register.site.presenter import Presenter
from register.state.snapshot import Snapshot
from register.state.status import DueDate, Status

# How many years are named below a line of time: on a phone with letters twice as large there is room for so many.
_MOST_YEARS_NAMED = 3

# What a mark on the line stands for: the first date, one between, the date that holds; closed; promised no longer.
MarkKind = Literal["first", "between", "now", "closed", "ended"]


@dataclass(frozen=True)
class Mark:
    """A day on the line of time, with its place in hundredths of the line."""

    kind: MarkKind
    at: str


@dataclass(frozen=True)
class YearMark:
    """The first day of a year on the line of time."""

    year: int
    at: str
    named: bool


@dataclass(frozen=True)
class TimeSpan:
    """The line of time that all promises share, so that they can be compared: whole years, with a little room around."""

    first: datetime.date
    last: datetime.date
    day: datetime.date  # the day shown

    @property
    def today(self) -> str:
        """Where the day shown lies."""
        return self.at(self.day)

    def at(self, day: datetime.date) -> str:
        """Return where a day lies, in hundredths of the line, as SVG writes it."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return f"{3 + 94 * share:.2f}%"

    @property
    def years(self) -> list[YearMark]:
        """The years that begin on it."""
        found = range(self.first.year, self.last.year + 1)
        every = -(-len(found) // _MOST_YEARS_NAMED)
        return [
            YearMark(year, self.at(datetime.date(year, 1, 1)), place % every == 0) for place, year in enumerate(found)
        ]


@dataclass(frozen=True)
class PromiseRow:
    """One promise: what was promised, and where its days lie."""

    status: Status
    promise: DueDate
    marks: list[Mark]
    late_from: str  # where lateness begins on the line; "" if it is not late
    days_moved: int  # between the first date and today's; less than 0 if it was moved forward
    closed_days_late: int  # by how many days it was closed after its date at least; 0 if in time or not closed

    @classmethod
    def of(cls, status: Status, promise: DueDate, span: TimeSpan) -> "PromiseRow":
        """Return the row of a recommendation for which a date was promised."""
        closed = status.closed_on
        *before, now = promise.dates
        marks = [Mark("between" if place else "first", span.at(date.last)) for place, date in enumerate(before)]
        marks.append(Mark("ended" if status.promise_ended else "now", span.at(now.last)))
        if closed:
            marks.append(Mark("closed", span.at(closed.last)))
        return cls(
            status=status,
            promise=promise,
            marks=marks,
            late_from=span.at(now.last) if status.overdue else "",
            days_moved=(now.last - promise.first.last).days,
            closed_days_late=max(0, (closed.first - now.last).days) if closed else 0,
        )


@dataclass(frozen=True)
class PromisesPage(Presenter):
    """Every promise: of open work, most days late first and then by date; after them, of work that is closed and promises that ended."""

    template: ClassVar[str] = "promises.html"

    still_open: list[PromiseRow]
    settled: list[PromiseRow]
    kinds: list[MarkKind]  # of the marks that stand on any line
    span: TimeSpan
    total: int
    as_of: str

    @classmethod
    def of(cls, snapshot: Snapshot) -> "PromisesPage":
        """Return every promise on the day of the snapshot."""
        promised = [(status, status.promised) for status in snapshot.statuses.values() if status.promised]
        span = _span([promise for _, promise in promised], snapshot.as_of)
        rows = [PromiseRow.of(status, promise, span) for status, promise in promised]
        return cls(
            still_open=sorted((row for row in rows if row.status.due and not row.status.closed), key=_latest_first),
            settled=[row for row in rows if row.status.closed or not row.status.due],
            kinds=[kind for kind in _KINDS if any(mark.kind == kind for row in rows for mark in row.marks)],
            span=span,
            total=snapshot.header.total,
            as_of=say(snapshot.as_of),
        )


_KINDS: tuple[MarkKind, ...] = ("first", "between", "now", "closed", "ended")


def _span(promises: Sequence[DueDate], as_of: datetime.date) -> TimeSpan:
    days = [as_of, *(date.last for promise in promises for date in promise.dates)]
    return TimeSpan(datetime.date(min(days).year, 1, 1), datetime.date(max(days).year, 12, 31), as_of)


def _latest_first(row: PromiseRow) -> tuple[int, PartialDate, int]:
    return (-row.status.days_late, row.promise.now, row.status.record.number)
