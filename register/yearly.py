"""The yearly report, computed: what changed in a reporting year, what was due, what slipped, what is still open.

Reporting years follow one another without a gap, and each update belongs to the
year of the first day that its date can mean, as in the fold. So the reports of
all years hold each update once.
"""

import calendar
import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from register import fold
from register.dates import PartialDate, say
from register.difference import Difference, differences
from register.fold import Entry, Move, Standing
from register.model import Header, Milestone
from register.views import Snapshot

_A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Year:
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


def year_of(header: Header, day: datetime.date) -> Year:
    """Return the reporting year that a day lies in."""
    begun = day.year if day >= _start(header, day.year) else day.year - 1
    return Year(_start(header, begun), _start(header, begun + 1) - _A_DAY)


def _start(header: Header, year: int) -> datetime.date:
    """The first day of the reporting year that begins in a calendar year; a day that a month lacks is its last."""
    month, day = map(int, header.reporting_year_starts.split("-"))
    return datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def years(snapshot: Snapshot) -> list[Year]:
    """Return the reporting years from the inquiry's report, or the first update if that is earlier, to the day shown."""
    header = snapshot.register.header
    updates = [standing.entries[0].update.date for standing in snapshot.standings.values() if standing.entries]
    day = min(date.first for date in [header.inquiry.published, *updates])
    found = []
    while day <= snapshot.as_of:
        found.append(year_of(header, day))
        day = found[-1].last + _A_DAY
    return found


Outcome = Literal["closed", "moved", "passed", "open"]


@dataclass(frozen=True)
class Due:
    """A date that was promised within the year, and what had become of it when the report ends."""

    standing: Standing
    date: PartialDate
    outcome: Outcome
    move: Move | None = None


@dataclass(frozen=True)
class Slip:
    """A promise that was moved to a later date, or whose date passed with the work still open (``move`` is None)."""

    standing: Standing
    date: PartialDate
    move: Move | None = None


@dataclass(frozen=True)
class Report:
    """One reporting year up to the day shown."""

    snapshot: Snapshot
    year: Year

    @property
    def until(self) -> datetime.date:
        """The last day that the report speaks of."""
        return min(self.year.last, self.snapshot.as_of)

    @property
    def over(self) -> bool:
        """Whether the year had ended by the day shown."""
        return self.year.last <= self.snapshot.as_of

    @cached_property
    def differences(self) -> list[Difference]:
        """Each recommendation before the year and at its end."""
        return differences(self.snapshot.register, self.year.first, self.until)

    @property
    def changed(self) -> list[Difference]:
        """Recommendations of which another response or progress was decided."""
        return [one for one in self.differences if one.changed]

    @property
    def updated(self) -> list[Difference]:
        """Recommendations with an update in the year."""
        return [one for one in self.differences if one.entries]

    @property
    def closed(self) -> list[tuple[Difference, Entry]]:
        """Every update that closed a recommendation."""
        return [(one, entry) for one in self.differences for entry in one.closings]

    @property
    def reopened(self) -> list[tuple[Difference, Entry]]:
        """Every update that opened a recommendation again."""
        return [(one, entry) for one in self.differences for entry in one.reopenings]

    @property
    def closed_at_end(self) -> list[Standing]:
        """Recommendations that are closed when the report ends."""
        return [one.after for one in self.differences if one.after.closed]

    @property
    def still_open(self) -> list[Standing]:
        """Recommendations that have had an update by then and are not closed."""
        return [one.after for one in self.differences if one.after.entries and not one.after.closed]

    @property
    def never_updated(self) -> list[Standing]:
        """Recommendations that have had no update by then."""
        return [one.after for one in self.differences if not one.after.entries]

    @cached_property
    def due(self) -> list[Due]:
        """Every date within the year that was promised by its end, by date."""
        found = [due for one in self.differences for due in self._due(one.after)]
        return sorted(found, key=lambda due: (due.date, due.standing.record.number))

    def _due(self, standing: Standing) -> list[Due]:
        dates = _promised(standing)
        moves = [*standing.promise.moves, None] if dates else []
        return [
            Due(standing, date, _outcome(standing, date, move), move)
            for date, move in zip(dates, moves, strict=True)
            if self.year.first <= date.last <= self.year.last
        ]

    @cached_property
    def slipped(self) -> list[Slip]:
        """Every move to a later date that was made in the year, and every date that passed in it with the work open."""
        return [slip for one in self.differences for slip in (*_moved(one), *self._passed(one.after))]

    def _passed(self, standing: Standing) -> list[Slip]:
        """The dates that passed within the year while they were the promise and the work was open."""
        slips = []
        for date in dict.fromkeys(_promised(standing)):
            day_after = date.last + _A_DAY
            if not self.year.first <= day_after <= self.until:
                continue
            then = fold.standing(standing.record, self.snapshot.register.header, day_after)
            if then.overdue and then.promise.now == date:
                slips.append(Slip(standing, date))
        return slips

    @property
    def milestones(self) -> list[Milestone]:
        """The public events of the year."""
        timeline = self.snapshot.register.timeline
        return [event for event in timeline if self.year.first <= event.date.first <= self.until]


def _promised(standing: Standing) -> list[PartialDate]:
    """Every date that was ever promised, in turn."""
    promise = standing.promise
    return [promise.first, *(move.to for move in promise.moves)] if promise else []


def _outcome(standing: Standing, date: PartialDate, move: Move | None) -> Outcome:
    if move:
        return "moved"
    if standing.closed:
        return "closed"
    return "passed" if date.last < standing.as_of else "open"


def _moved(one: Difference) -> list[Slip]:
    return [Slip(one.after, was, move) for was, move in one.moves if move.to > was]


def yearly_reports(snapshot: Snapshot) -> dict:
    """The years that have a report, newest first, with how much each holds."""
    found = [Report(snapshot, year) for year in reversed(years(snapshot))]
    return {
        "reports": [
            {"year": report.year, "over": report.over, "updates": _updates(report), "events": len(report.milestones)}
            for report in found
        ]
    }


def _updates(report: Report) -> int:
    return sum(len(one.entries) for one in report.updated)


def yearly_report(snapshot: Snapshot, year: Year) -> dict:
    """Everything that one year's report shows."""
    report = Report(snapshot, year)
    every = years(snapshot)
    place = every.index(year)
    happened = [(one, entry) for one in report.updated for entry in one.entries]
    return {
        "report": report,
        "header": snapshot.register.header,
        "total": snapshot.register.header.total,
        "updates": sorted(happened, key=lambda pair: (pair[1].update.date, pair[0].after.record.number)),
        "links": snapshot.links,
        "never_updated": runs([standing.record.number for standing in report.never_updated]),
        "until": say(report.until),
        "previous": every[place - 1] if place else None,
        "next": every[place + 1] if place + 1 < len(every) else None,
    }


def runs(numbers: list[int]) -> list[tuple[int, int]]:
    """Return numbers in order as runs without a gap, each as its first and last: 1, 2, 3, 7 as (1, 3), (7, 7)."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
