"""What the register itself said of each recommendation, and from which day until which: by when updates were put in."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from register.model import Header, Recommendation
from register.state.as_of import recommendation_known_on
from register.state.status import Status, status_on

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class RecordedStatus:
    """What the register said of a recommendation on some days on end."""

    since: datetime.date
    until: datetime.date | None  # the last of these days; None while it says so still
    status: Status  # as on the first of them


def recorded_statuses(record: Recommendation, header: Header) -> Iterator[RecordedStatus]:
    """Yield what the register said of a recommendation, oldest first; nothing for the days before its first update.

    Days that follow each other and on which response, progress and the promised date are the same are one.
    """
    changes = list[Status]()
    for day in _days(record):
        status = status_on(recommendation_known_on(record, day), header, day)
        if not changes or _said(status) != _said(changes[-1]):
            changes.append(status)
    ends = [status.as_of - _DAY for status in changes[1:]]
    for status, until in zip(changes, [*ends, None], strict=False):
        yield RecordedStatus(status.as_of, until, status)


def _days(record: Recommendation) -> list[datetime.date]:
    """The days on which an update was put in, edited or withdrawn."""
    marks = [mark for update in record.updates for mark in (update.edited, update.withdrawn) if mark]
    dates = [*(update.recorded for update in record.updates), *(mark.on for mark in marks)]
    return sorted({date.first for date in dates})


def _said(status: Status) -> tuple[object, ...]:
    return status.response, status.progress, status.closed, status.due.now if status.due else None
