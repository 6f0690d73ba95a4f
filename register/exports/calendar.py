"""The dates that lie ahead, and those that were promised, as a calendar (iCalendar, RFC 5545).

A date known only to the month or year becomes an entry over all the days it can
mean, and says so: one day would claim more than is known. Entries never block time.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from register.dates import PartialDate
from register.exports.identifiers import urn
from register.exports.published import Published, review_day
from register.site import urls
from register.state.status import DueDate, Status
from register.state.wording import heading

_LONGEST_LINE = 75  # octets, without the line end (RFC 5545, section 3.1)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")  # section 3.1; a line break is written as \n, a tab may stay


@dataclass(frozen=True)
class Event:
    """An entry of the calendar: whole days, from the first to the last."""

    kind: str  # "due", "recheck" or "review": with the recommendation's number, what its UID is made from
    title: str
    text: str
    first: datetime.date
    last: datetime.date
    since: datetime.date  # when what it says was said
    revision: int


def calendar(published: Published) -> bytes:
    """Return the calendar of due, recheck and review dates."""
    header = published.header
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{text(header.id)}//recommendations register//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"UID:{urn(header, 'calendar')}",
        f"NAME:{text(header.title)}",
        f"X-WR-CALNAME:{text(header.title)}",
        f"DESCRIPTION:{text(published.about_in_words)}",
        f"URL:{published.address(urls.DATA)}",
        *_about(published),
    ]
    for number, status in published.snapshot.statuses.items():
        for event in events(status):
            lines += _event(published, number, event)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def _about(published: Published) -> list[str]:
    """A note about the calendar itself: one component is demanded even of a calendar without dates (section 3.6)."""
    day = _day(published.about.as_of)
    return [
        "BEGIN:VJOURNAL",
        f"UID:{urn(published.header, 'calendar', 'about')}",
        f"DTSTAMP:{day}T000000Z",
        f"DTSTART;VALUE=DATE:{day}",
        f"SUMMARY:{text(published.header.title)}",
        f"DESCRIPTION:{text(published.about_in_words)}",
        "END:VJOURNAL",
    ]


def events(status: Status) -> Iterator[Event]:
    """The dates of one recommendation: the one promised now, the second look, and the day it would become stale."""
    if status.due:
        yield _due(status, status.due)
    if status.recheck:
        given = [entry.update for entry in status.entries if entry.update.recheck]
        said = f"Someone will look again whether it is still done: {status.recheck}."
        yield _dated("recheck", "second look", said, status.recheck, given[-1].date, len(given) - 1)
    if day := review_day(status):
        last = status.entries[-1].update.date
        said = f"The last update is of {last}. The register promises the next within {status.stale_after} days."
        yield Event("review", "update due", said, day, day, last.first, len(status.entries) - 1)


def _due(status: Status, promise: DueDate) -> Event:
    given = next(e.update.date for e in status.entries if e.update.due)
    said = [f"Promised by {promise.now}."]
    if promise.moves:
        said.append(f"First promised by {promise.first}.")
        said += [f"On {move.on} moved to {move.to}: {move.reason}" for move in promise.moves]
    if status.closed:
        said.append("Nothing more is expected.")
    elif status.overdue:
        said.append("That date has passed.")
    since = promise.moves[-1].on if promise.moves else given
    return _dated("due", "promised", " ".join(said), promise.now, since, len(promise.moves))


def _dated(kind: str, title: str, said: str, date: PartialDate, since: PartialDate, revision: int) -> Event:
    if not date.exact:
        said += " The day is not known, so this entry covers all days that it can be."
    return Event(kind, f"{title} ({date})", said, date.first, date.last, since.first, revision)


def _event(published: Published, number: int, event: Event) -> list[str]:
    status = published.snapshot.statuses[number]
    title = f"Recommendation {number}: {event.title}"
    return [
        "BEGIN:VEVENT",
        f"UID:{urn(published.header, 'recommendation', number, event.kind)}",
        f"DTSTAMP:{_day(event.since)}T000000Z",
        f"SEQUENCE:{event.revision}",
        f"DTSTART;VALUE=DATE:{_day(event.first)}",
        *_end(event.last),
        f"SUMMARY:{text(title)}",
        f"DESCRIPTION:{text(f'{heading(status.record)}. {event.text}')}",
        f"CATEGORIES:{event.kind}",
        "TRANSP:TRANSPARENT",
        f"URL:{published.address(urls.recommendation(number))}",
        "END:VEVENT",
    ]


def _end(last: datetime.date) -> list[str]:
    """The day after the last (section 3.6.1: the end is not part of the event); none after the last day there is."""
    if last == datetime.date.max:
        return []
    return [f"DTEND;VALUE=DATE:{_day(last + datetime.timedelta(days=1))}"]


def _day(day: datetime.date) -> str:
    return day.isoformat().replace("-", "")


def text(value: str) -> str:
    """Return text as a value (RFC 5545, section 3.3.11); control characters, which it cannot hold, become ``\ufffd``."""
    value = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    value = re.sub("\r\n|\r|\n", r"\\n", value)
    return _CONTROL.sub("\ufffd", value)


def folded(line: str) -> str:
    """Return a line folded so that none is longer than 75 octets and no character is cut in two (section 3.1)."""
    parts, size = [""], 0
    for sign in line:
        length = len(sign.encode())
        if size + length > _LONGEST_LINE:
            parts.append("")
            size = 1  # the space that begins a continuation
        parts[-1] += sign
        size += length
    return "\r\n ".join(parts)
