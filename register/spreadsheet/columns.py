"""The sheets and columns of the workbook: what is known, which is only shown, and what can be filled in.

What can be filled in are the fields of ``Update``; their names, meanings and words are read off the model.
"""

import datetime
import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from register.dates import PartialDate
from register.edit.input_fields import InputField, input_fields
from register.edit.typed_dates import typed_date
from register.model import Header, Register, Update, kinds_in
from register.problems import UnusableValue
from register.state.status import Status

START, RECOMMENDATIONS, HISTORY, LINKS, WORDS = "Start here", "Recommendations", "History", "Links", "Words"
DATE_FOR_ALL, VOICE_FOR_ALL = "Date for the whole sheet", "Voice for the whole sheet"
NUMBER = "Number"
CHECK = "Check (leave as it is)"
_NEW = "New "
_DIGITS = 8  # of the digest of a cell


@dataclass(frozen=True)
class KnownColumn:
    """A column that shows what is known."""

    title: str
    description: str
    width: int
    value: Callable[[Status, Header], str]  # a date as in ISO 8601
    is_date: bool = False


def _response(status: Status, header: Header) -> str:
    return status.response.label if status.response else "" if status.last else header.initial.label


def _date(date: PartialDate | None) -> str:
    return date.text if date else ""


def _said(status: Status, header: Header) -> str:
    said = status.record.wording or status.record.summary
    return said.text if said else ""


KNOWN = (
    KnownColumn(NUMBER, "The inquiry's own number. It says which recommendation a row is about.", 9, lambda s, h: str(s.record.number)),
    KnownColumn("Title", "A short title in our words.", 28, lambda s, h: s.record.title or ""),
    KnownColumn("What the inquiry said", "Its exact words, or a summary in ours.", 50, _said),
    KnownColumn("Response now", "What was decided, as known today.", 18, _response),
    KnownColumn("Progress now", "How far the work is, as known today.", 16, lambda s, h: s.progress.label if s.progress else ""),
    KnownColumn("Promised by", "By when it is promised, as known today.", 14, lambda s, h: _date(s.due.now if s.due else None), True),
    KnownColumn("Look again", "When someone will look again.", 14, lambda s, h: _date(s.recheck), True),
    KnownColumn("Led by", "The body that leads on it, as known today.", 24, lambda s, h: s.lead or ""),
    KnownColumn("Meaning today", "What it means here, as known today.", 36, lambda s, h: s.meaning or ""),
    KnownColumn("Test for done", "How everyone will know that it is done, as known today.", 36, lambda s, h: s.done_when or ""),
    KnownColumn("Last update", "When something was said of it last.", 14, lambda s, h: _date(s.last.date if s.last else None), True),
)  # fmt: skip


# What is said of an update later is not put in with it, and it is recorded on the day on which it is put in.
_TYPED = tuple(
    name for name, info in Update.model_fields.items() if name != "recorded" and not any(kinds_in(info.annotation))
)


def entry_fields(register: Register) -> dict[str, InputField]:
    """Return the fields of an update that a person fills in, by name; the day of recording is today."""
    return {name: field for name, field in input_fields(Update, register).items() if name in _TYPED}


def entry_title(name: str) -> str:
    """Return the title of the column for a field: ``New done when``."""
    return _NEW + name.replace("_", " ")


def normal(title: str) -> str:
    """Return a title as it is compared: in small letters, with single spaces."""
    return " ".join(title.replace("_", " ").split()).casefold()


_KNOWN_TITLES = {normal(column.title): column for column in KNOWN}
_ENTRIES = {
    title: name for name in _TYPED for title in (normal(name), normal(entry_title(name)))
}  # as titles may be typed: with "New" or without


def known_column(title: str) -> KnownColumn | None:
    """Return the column that shows what is known under a title."""
    return _KNOWN_TITLES.get(normal(title))


def entry_name(title: str) -> str | None:
    """Return the name of the field that is filled in under a title."""
    return _ENTRIES.get(normal(title))


def recognised(title: str) -> bool:
    """Return whether a title is that of a column."""
    return normal(title) == normal(CHECK) or bool(known_column(title) or entry_name(title))


# ── whether what is known was changed by hand ───────────────────────────────────────────────────


def known_texts(status: Status, header: Header) -> dict[str, str]:
    """Return what is known of a recommendation, by the columns' titles."""
    return {column.title: column.value(status, header) for column in KNOWN}


def digests(texts: dict[str, str], today: datetime.date) -> str:
    """Return the content of the check column: one short digest for each known column, in their order."""
    return " ".join(digest(column, texts[column.title], today) for column in KNOWN)


def digest(column: KnownColumn, text: str, today: datetime.date) -> str:
    """Return a short digest of what stands in a cell, however its white space and its date are written."""
    return hashlib.sha256(comparable(column, text, today).encode()).hexdigest()[:_DIGITS]


def comparable(column: KnownColumn, text: str, today: datetime.date) -> str:
    """Return a known cell's text as it is compared: its date, or its words with what Windows-1252 cannot hold as ``?``.

    So it is the same in a CSV file that Windows saved.
    """
    if column.is_date and text:
        try:
            return typed_date(text, today).text
        except UnusableValue:
            pass
    return " ".join(text.encode("cp1252", errors="replace").decode("cp1252").split())
