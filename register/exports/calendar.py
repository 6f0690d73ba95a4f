"""The dates that lie ahead, and those that were promised, as a calendar (iCalendar, RFC 5545; names by RFC 7986).

A date known only to the month or year becomes an event over all the days it can
mean, and says so: one day would claim more than is known. Events never block time.
"""

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import icalendar

from register.characters import usable
from register.dates import PartialDate, midnight
from register.exports.identifiers import urn
from register.exports.published import Published
from register.site import urls
from register.state.change_days import status_changed
from register.state.status import DueDate, Status
from register.state.wording import heading

# The kinds of dates that a recommendation can have. With its number, each makes one UID.
DATE_KINDS = ("due", "recheck", "review")

_ASKED_AGAIN = datetime.timedelta(days=1)  # how often a program that follows the calendar should look again


@dataclass(frozen=True)
class DatedEvent:
    """A date of a recommendation as an event of whole days, from the first to the last."""

    kind: str  # one of ``DATE_KINDS``
    title: str
    text: str
    first: datetime.date
    last: datetime.date


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
            # Not UID: programs that look for an event's own (vdirsyncer 0.19) find it first, and take all events for one.
            "X-WR-RELCALID": urn(header, "calendar"),
            "NAME": _text(header.title),
            "X-WR-CALNAME": _text(header.title),
            "DESCRIPTION": _text(published.about_in_words),
            "URL": published.address(urls.DATA),
        },
    )
    for name in ("REFRESH-INTERVAL", "X-PUBLISHED-TTL"):
        made.add(name, icalendar.vDuration(_ASKED_AGAIN), {"VALUE": "DURATION"} if name[0] == "R" else {})
    dated = [(status, event) for status in published.snapshot.statuses.values() for event in events(status)]
    for status, event in dated:
        made.add_component(_event(published, status, event))
    if not dated:
        made.add_component(_about(published))
    content: bytes = made.to_ical(sorted=False)
    return content


def _about(published: Published) -> icalendar.Journal:
    """A note about the calendar itself: one component is demanded even of a calendar without dates (section 3.6)."""
    journal = icalendar.Journal()
    _add(
        journal,
        {
            "UID": urn(published.header, "calendar", "about"),
            "DTSTAMP": _moment(published.about.changed),
            "DTSTART": published.about.changed,
            "SUMMARY": _text(published.header.title),
            "DESCRIPTION": _text(published.about_in_words),
        },
    )
    return journal


def _event(published: Published, status: Status, event: DatedEvent) -> icalendar.Event:
    number = status.record.number
    changed, reported = status_changed(status), published.header.inquiry.published.first
    changed = changed or reported
    made = icalendar.Event()
    _add(
        made,
        {
            "UID": urn(published.header, "recommendation", number, event.kind),
            "DTSTAMP": _moment(changed),
            # Any number that grows with every change (section 3.8.7.4). A count of the changes would fall when one is withdrawn.
            "SEQUENCE": max(0, (changed - reported).days),
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


def _moment(day: datetime.date) -> datetime.datetime:
    return midnight(day).replace(tzinfo=datetime.UTC)


def events(status: Status) -> Iterator[DatedEvent]:
    """Yield the dates of one recommendation: the due date, the second look, and the day from which it would be stale."""
    if status.due:
        yield _due(status, status.due)
    if status.recheck:
        said = f"Someone will look at it again: {status.recheck}."
        yield _on(status.recheck, "recheck", "second look", said)
    if status.last and status.stale_from:
        last, day = status.last.date, status.stale_from
        said = f"The last update is of {last}. The register promises the next within {status.stale_after} days."
        yield DatedEvent("review", "update due", said, day, day)


def _due(status: Status, due: DueDate) -> DatedEvent:
    said = [f"Promised by {due.now}."]
    if due.moves:
        said.append(f"First promised by {due.first}.")
        said += [f"On {move.on} moved to {move.to}: {move.reason}" for move in due.moves]
    if status.closed:
        said.append("No more work is expected.")
    elif status.overdue:
        said.append("That date has passed.")
    return _on(due.now, "due", "promised", " ".join(said))


def _on(date: PartialDate, kind: str, title: str, said: str) -> DatedEvent:
    """An event on a date that may be known only to the month or year."""
    if not date.exact:
        said += " The day is not known, so this entry covers all days that it can be."
    return DatedEvent(kind, f"{title} ({date})", said, date.first, date.last)
