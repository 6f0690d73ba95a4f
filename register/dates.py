"""Dates as people know them: to the day, the month or only the year.

Input and output are text in the ISO 8601 reduced forms ``2022-10-14``,
``2022-10`` and ``2022``. Precision is kept: ``2022`` never becomes the first
of January. Where an order or an arithmetic is needed, a partial date is the
span from its first to its last possible day.
"""

import datetime
import re
from functools import total_ordering
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from register.problems import UnusableValue

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip

_PATTERN = r"\d{4}(-\d{2}(-\d{2})?)?"
FORM = "write it like 2026-02-28, 2026-02 or 2026"
# What somebody can mean who keeps a register now. Far enough from the first and last day that Python knows (0001-01-01 and
# 9999-12-31) for every sum with days, weeks or reporting years.
FIRST_YEAR, LAST_YEAR = 1900, 2199

# The same as a regular expression, for JSON Schema: the days that there are, in the years that somebody can mean.
_YEAR = "(19|20|21)[0-9]{2}"
_LEAP_YEAR = "((19|20|21)(0[48]|[2468][048]|[13579][26])|2000)"
_MONTH = "(0[1-9]|1[0-2])"
_DAY_OF_YEAR = "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
_DAY = f"({_YEAR}-{_DAY_OF_YEAR}|{_LEAP_YEAR}-02-29)"
DAYS = f"^{_DAY}$"
DATES = f"^({_YEAR}(-{_MONTH})?|{_DAY})$"


def say(day: datetime.date) -> str:
    """Return a day as people write it: ``14 October 2022`` (GOV.UK style, no leading zero)."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def midnight(day: datetime.date) -> datetime.datetime:
    """Return the first moment of a day, in no time zone."""
    return datetime.datetime(day.year, day.month, day.day)


def ago(date: "PartialDate", day: datetime.date) -> str:
    """Return how long before a day a date lay at least, as people say it: ``8 months ago``; in years after two of them."""
    months = (day.year - date.last.year) * 12 + day.month - date.last.month - (day.day < date.last.day)
    if months < 1:
        return "less than a month ago"
    number, unit = (months, "month") if months < 24 else (months // 12, "year")
    return f"{number} {unit}{'' if number == 1 else 's'} ago"


@total_ordering
class PartialDate:
    """A date known to the day, the month or the year.

    Ordered by first possible day, the vaguer one first, so that ``2022`` comes
    before ``2022-01`` and ``2022-01`` before ``2022-01-01``. Immutable and hashable.

    Raises:
        UnusableValue: the text is not a date of one of the three forms, or no such day exists.
    """

    __slots__ = ("first", "last", "text")

    def __init__(self, text: str) -> None:
        if not re.fullmatch(_PATTERN, text, re.ASCII):
            raise UnusableValue("date", f"is not a date: '{text}'", FORM)
        parts = [int(part) for part in text.split("-")]
        try:
            first = datetime.date(*[*parts, 1, 1][:3])
        except ValueError:
            raise UnusableValue("date", f"is not a date: '{text}'", _repair(parts)) from None
        self.text = text
        self.first = first
        self.last = _last_day(parts)

    @property
    def exact(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last

    def __str__(self) -> str:
        if self.exact:
            return say(self.first)
        if len(self.text) == len("2022-10"):
            return f"{MONTHS[self.first.month - 1]} {self.first.year}"
        return str(self.first.year)

    def __repr__(self) -> str:
        return f"PartialDate('{self.text}')"

    def _key(self) -> tuple[datetime.date, int]:
        return (self.first, len(self.text))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PartialDate) and self.text == other.text

    def __lt__(self, other: "PartialDate") -> bool:
        return self._key() < other._key()

    def __hash__(self) -> int:
        return hash(self.text)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            cls._read,
            serialization=core_schema.plain_serializer_function_ser_schema(lambda date: date.text),
        )

    @classmethod
    def _read(cls, value: object) -> "PartialDate":
        if isinstance(value, cls):
            return value
        if not isinstance(value, str):
            raise UnusableValue("date", "is not a date", FORM)
        date = cls(value)
        if not FIRST_YEAR <= date.first.year <= LAST_YEAR:
            to_do = f"write a year from {FIRST_YEAR} to {LAST_YEAR}"
            raise UnusableValue("date", f"is too far away: '{value}'", to_do)
        return date

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": DATES,
            "description": "A date known to the day, month or year: 2026-02-28, 2026-02 or 2026.",
        }


def _last_day(parts: list[int]) -> datetime.date:
    """The last day a date of these parts can mean."""
    if len(parts) == 3:
        return datetime.date(*parts)
    if len(parts) == 1:
        return datetime.date(parts[0], 12, 31)
    year, month = parts
    if month == 12:
        return datetime.date(year, 12, 31)
    return datetime.date(year, month + 1, 1) - datetime.timedelta(days=1)


def _repair(parts: list[int]) -> str:
    """What to write instead of an impossible date: the last day there is, or the form."""
    if len(parts) == 3 and 1 <= parts[1] <= 12 and parts[0] >= 1:
        return f"that month ends on {_last_day(parts[:2]).isoformat()}"
    return FORM
