"""The days on which what the register shows changed: somebody put something in, or a date passed.

Feeds, calendar and downloads name the latest of these days in place of the day of the build, so that a file in which
nothing changed stays the same, byte for byte, however often it is built.
"""

import datetime
from collections.abc import Iterator

from register.load.rules import marked_values
from register.model import Past
from register.state.snapshot import Snapshot
from register.state.status import Status

_DAY = datetime.timedelta(days=1)


def status_changed(status: Status) -> datetime.date | None:
    """Return the latest day on which what is shown of a recommendation changed; None if nothing dated is known of it."""
    return max(_days_of(status), default=None)


def register_changed(snapshot: Snapshot) -> datetime.date:
    """Return the latest day on which anything that the register shows changed."""
    dated: list[datetime.date] = [date.first for _, _, date, _ in marked_values(snapshot.register, Past)]
    days = [day for day in dated if day <= snapshot.as_of]
    passed = [day for status in snapshot.statuses.values() for day in _passed(status)]
    return max([snapshot.header.inquiry.published.first, *days, *passed])


def _days_of(status: Status) -> Iterator[datetime.date]:
    record = status.record
    yield from (part.checked.on.first for part in (record.summary, record.wording) if part)
    for update in (entry.update for entry in status.history):
        marks = (update.edited, update.withdrawn)
        yield from (update.recorded.first, *(mark.on.first for mark in marks if mark))
    yield from _passed(status)


def _passed(status: Status) -> Iterator[datetime.date]:
    """The days from which open work counts as late or as stale, once they are there."""
    if status.due and status.overdue:
        yield status.due.now.last + _DAY
    if status.stale_from and status.stale:
        yield status.stale_from
