"""The dates that lie ahead, and those that were promised, as a calendar (iCalendar, RFC 5545; names by RFC 7986).

A date known only to the month or year becomes an event over all the days it can
mean, and says so: one day would claim more than is known. Events never block time.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import icalendar

from register.characters import usable
from register.dates import PartialDate
from register.exports.identifiers import urn
from register.exports.published import Published
from register.site import urls
from register.state.status import DueDate, Status
from register.state.wording import heading

# The kinds of dates that a recommendation can have. With its number, each makes one UID.
DATE_KINDS = ("due", "recheck", "review")


@dataclass(frozen=True)
class DatedEvent:
    """A date of a recommendation as an event of whole days, from the first to the last."""

    kind: str  # one of ``DATE_KINDS``
    title: str
    text: str
    first: datetime.date
    last: datetime.date
    since: datetime.date  # when what it says was said
    revision: int


class _Text(icalendar.vText):
    r"""Text as written. icalendar reads the letters ``\N``, as in ``C:\New``, as a line break, and so loses them."""

    def to_ical(self) -> bytes:
        return rb"\\N".join(icalendar.vText(part).to_ical() for part in self.split(r"\N"))


def calendar(published: Published) -> bytes:
    """Return the calendar of due, recheck and review dates.

    Every moment in it comes from the register, none from the clock, so the same register gives the same bytes.
    """
    header = published.header
    made = icalendar.Calendar()
    _add(
        made,
        {
            "VERSION": "2.0",
            "PRODID": f"-//{header.id}//recommendations register//EN",
            "CALSCALE": "GREGORIAN",
            "METHOD": "PUBLISH",
            "UID": urn(header, "calendar"),
            "NAME": _text(header.title),
            "X-WR-CALNAME": _text(header.title),
            "DESCRIPTION": _text(published.about_in_words),
            "URL": published.address(urls.DATA),
        },
    )
    made.add_component(_about(published))
    for status in published.snapshot.statuses.values():
        for event in events(status):
            made.add_component(_event(published, status, event))
    content: bytes = made.to_ical(sorted=False)
    return content


def _about(published: Published) -> icalendar.Journal:
    """A note about the calendar itself: one component is demanded even of a calendar without dates (section 3.6)."""
    journal = icalendar.Journal()
    _add(
        journal,
        {
            "UID": urn(published.header, "calendar", "about"),
            "DTSTAMP": _midnight(published.about.as_of),
            "DTSTART": published.about.as_of,
            "SUMMARY": _text(published.header.title),
            "DESCRIPTION": _text(published.about_in_words),
        },
    )
    return journal


def _event(published: Published, status: Status, event: DatedEvent) -> icalendar.Event:
    number = status.record.number
    made = icalendar.Event()
    _add(
        made,
        {
            "UID": urn(published.header, "recommendation", number, event.kind),
            "DTSTAMP": _midnight(event.since),
            "SEQUENCE": event.revision,
            "DTSTART": event.first,
            "DTEND": event.last + datetime.timedelta(days=1),  # not part of the event (section 3.6.1)
            "SUMMARY": _text(f"Recommendation {number}: {event.title}"),
            "DESCRIPTION": _text(f"{heading(status.record)}. {event.text}"),
            "CATEGORIES": [event.kind],
            "TRANSP": "TRANSPARENT",
            "URL": published.address(urls.recommendation(number)),
        },
    )
    return made


def _add(component: icalendar.Component, properties: Mapping[str, object]) -> None:
    for name, value in properties.items():
        component.add(name, value)


def _text(value: str) -> _Text:
    return _Text(usable(value))


def _midnight(day: datetime.date) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC)


def events(status: Status) -> Iterator[DatedEvent]:
    """Yield the dates of one recommendation: the due date, the second look, and the day from which it would be stale."""
    if status.due:
        yield _due(status, status.due)
    if status.recheck:
        given = [entry.update for entry in status.entries if entry.update.recheck]
        said = f"Someone will look again whether it is still done: {status.recheck}."
        yield _on(status.recheck, "recheck", "second look", said, given[-1].date, len(given) - 1)
    if status.last and status.stale_from:
        last, day = status.last.date, status.stale_from
        said = f"The last update is of {last}. The register promises the next within {status.stale_after} days."
        yield DatedEvent("review", "update due", said, day, day, last.first, len(status.entries) - 1)


def _due(status: Status, due: DueDate) -> DatedEvent:
    given = next(entry.update.date for entry in status.entries if entry.update.due)
    said = [f"Promised by {due.now}."]
    if due.moves:
        said.append(f"First promised by {due.first}.")
        said += [f"On {move.on} moved to {move.to}: {move.reason}" for move in due.moves]
    if status.closed:
        said.append("Nothing more is expected.")
    elif status.overdue:
        said.append("That date has passed.")
    since = due.moves[-1].on if due.moves else given
    return _on(due.now, "due", "promised", " ".join(said), since, len(due.moves))


def _on(date: PartialDate, kind: str, title: str, said: str, since: PartialDate, revision: int) -> DatedEvent:
    """An event on a date that may be known only to the month or year."""
    if not date.exact:
        said += " The day is not known, so this entry covers all days that it can be."
    return DatedEvent(kind, f"{title} ({date})", said, date.first, date.last, since.first, revision)
