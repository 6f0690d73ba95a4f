"""What the register said on a day: nothing that was recorded, checked, confirmed, edited or withdrawn later.

An update has two dates. ``date`` says when it happened, ``recorded`` when it was put in. The status on a day goes by the
first and is worked out in ``status``; what was known on a day goes by the second and is decided here.

Help lines, and the page that "Leave this site" opens, are always today's: an old number could lead somebody in danger to
nobody. Only when they were confirmed is left out if that was later. Reported results are kept, too, for written pages name
them and are always today's; what shows them asks ``was_recorded``.
"""

import datetime
from typing import TypeVar

from register.dates import PartialDate
from register.load.rules import marked_values
from register.model import (
    Check,
    CitesLink,
    Contact,
    Header,
    Link,
    Milestone,
    Recommendation,
    Register,
    ReportedResult,
    Scale,
    Statement,
    Term,
    Topic,
    Update,
)

C = TypeVar("C", bound=Check)


def known_on(register: Register, day: datetime.date) -> Register:
    """Return the register as it stood at the end of a day.

    Args:
        register: the checked register of today.
        day: not later than today.
    """
    header = _header(register.header, day)
    known = register.model_copy(
        update={
            "header": header,
            "recommendations": [recommendation_known_on(record, day) for record in register.recommendations],
            "contacts": [_contact(contact, day) for contact in register.contacts],
            "topics": [topic for topic in register.topics if was_recorded(topic, day)],
            "redirects": [redirect for redirect in register.redirects if not _later(redirect.since, day)],
            "proof": None if register.proof and _later(register.proof.on, day) else register.proof,
            "statement": _statement(register.statement, day),
            "timeline": [milestone for milestone in register.timeline if was_recorded(milestone, day)],
        }
    )
    cited = {id_ for _, _, id_, _ in marked_values(known.model_copy(update={"links": []}), CitesLink)}
    links = [_link(link, day) for link in register.links if link.id in cited or was_recorded(link, day)]
    return known.model_copy(update={"links": links})


def _later(date: PartialDate | None, day: datetime.date) -> bool:
    return bool(date and date.first > day)


def _checked(check: C | None, day: datetime.date) -> C | None:
    """A check that was made by then."""
    return None if check and _later(check.on, day) else check


def was_recorded(record: Link | Topic | Milestone | ReportedResult, day: datetime.date) -> bool:
    """Return whether a record stood in its list by the end of a day; one without that day, since it happened."""
    happened = record.date if isinstance(record, Milestone) else None
    happened = record.on if isinstance(record, ReportedResult) else happened
    return not _later(record.recorded or happened, day)


def _header(header: Header, day: datetime.date) -> Header:
    scales = [scale for scale in header.scales if _checked(scale.read, day)]
    return header.model_copy(
        update={
            "licence": header.licence.model_copy(update={"confirmed": _checked(header.licence.confirmed, day)}),
            "scales": scales,
            "responses": [_without_matches(term, scales) for term in header.responses],
            "progress": [_without_matches(term, scales) for term in header.progress],
        }
    )


T = TypeVar("T", bound=Term)


def _without_matches(term: T, scales: list[Scale]) -> T:
    """A word without the words of scales that nobody had read yet."""
    known = {scale.id for scale in scales}
    return term.model_copy(update={"matches": [match for match in term.matches if match.scale in known]})


def recommendation_known_on(record: Recommendation, day: datetime.date) -> Recommendation:
    """Return a record as it stood at the end of a day.

    The first person to check a part of what the report says knew the rest, too.
    """
    known: dict[str, object] = {
        "summary": record.summary if record.summary and _checked(record.summary.checked, day) else None,
        "wording": record.wording if record.wording and _checked(record.wording.checked, day) else None,
        "updates": [_update(update, day) for update in record.updates if not _later(update.recorded, day)],
    }
    if record.grade != "number-only" and not (known["summary"] or known["wording"]):
        known |= {"title": None, "addressed_to": [], "theme": None, "audiences": []}
    return record.model_copy(update=known)


def _update(update: Update, day: datetime.date) -> Update:
    """An update as it stood by then: before it was withdrawn or its words were mended."""
    known: dict[str, object] = {}
    if update.withdrawn and _later(update.withdrawn.on, day):
        known["withdrawn"] = None
    if update.edited and _later(update.edited.on, day):
        known["edited"] = None
        known["note"] = update.edited.note_was or update.note
        known["reason"] = update.edited.reason_was or update.reason
    return update.model_copy(update=known)


def _link(link: Link, day: datetime.date) -> Link:
    """A link without what was found out about it later. Its address stays: whatever cites it needs it."""
    return link.model_copy(
        update={
            "confirmed": _checked(link.confirmed, day),
            "seen": None if _later(link.seen, day) else link.seen,
            "archive": None if link.archive and _later(link.archive.taken, day) else link.archive,
            "excuse": None if link.excuse and _later(link.excuse.checked.on, day) else link.excuse,
        }
    )


def _contact(contact: Contact, day: datetime.date) -> Contact:
    return contact.model_copy(update={"confirmed": _checked(contact.confirmed, day)})


def _statement(statement: Statement | None, day: datetime.date) -> Statement | None:
    """The accessibility statement, if it says nothing later: an earlier one is not kept."""
    if not statement or any(_later(date, day) for date in (statement.prepared, statement.reviewed, statement.tested)):
        return None
    return statement
