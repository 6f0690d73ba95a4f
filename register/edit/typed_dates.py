"""Dates as people in the United Kingdom type and say them: ``31/12/2026``, ``14 October 2026``, ``last Tuesday``.

What can be meant in two ways is not guessed: ``1/2/26`` is the first of February, as everywhere in the United Kingdom, and
``12/31/2026`` is no date.
"""

import datetime
import re

from register.dates import MONTHS, PartialDate
from register.problems import UnusableValue

FORMS = "write it like 2026-02-28, 28/02/2026, 28 February 2026, February 2026, 2026, today or last Tuesday"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = "|".join(rf"{month[:3]}(?:{month[3:]})?" + ("|sept" if month == "September" else "") for month in MONTHS)
# Two digits of a year: from 1970 to 2069, as spreadsheets read them (strptime(3), %y, has 1969 for 69).
_CENTURY_FROM = 70


def typed_date(text: str, today: datetime.date) -> PartialDate:
    """Return the date that somebody typed.

    Args:
        text: a form of ISO 8601 (2026-10-14, 2026-10, 2026), day, month and year with ``/``, ``.`` or spaces between them,
            a month by its name, or a word such as ``yesterday``, ``last Tuesday`` or ``3 days ago``.
        today: for the words.

    Raises:
        UnusableValue: it is none of these.
    """
    said = " ".join(text.split()).rstrip(".,").casefold()
    iso = _in_words(said, today) or _with_numbers(said) or _with_a_month(said) or said
    try:
        return PartialDate(iso)
    except UnusableValue:
        raise UnusableValue("date", f"is not a date: '{text[:60]}'", FORMS) from None


def _in_words(said: str, today: datetime.date) -> str | None:
    """Today, yesterday, a number of days or weeks ago, or the last day of a name before today."""
    if said in ("today", "now"):
        return today.isoformat()
    if said == "yesterday":
        return _back(today, 1)
    if found := re.fullmatch(r"(\d{1,3}|a|one) (day|week)s? ago", said):
        count = 1 if found[1] in ("a", "one") else int(found[1])
        return _back(today, count * (7 if found[2] == "week" else 1))
    if (found := re.fullmatch(r"(?:last |on )?(\w+)", said)) and found[1] in _DAYS:
        return _back(today, (today.weekday() - _DAYS.index(found[1]) - 1) % 7 + 1)
    return None


def _back(today: datetime.date, days: int) -> str:
    return (today - datetime.timedelta(days)).isoformat()


def _with_numbers(said: str) -> str | None:
    """Day, month and year as numbers, or month and year; a time of day that a spreadsheet put behind is left out."""
    said = re.sub(r"[ t]00:00(:00)?(\.0+)?$", "", said)
    if found := re.fullmatch(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d{2})", said, re.ASCII):
        return f"{_year(found[3])}-{int(found[2]):02}-{int(found[1]):02}"
    if found := re.fullmatch(r"(\d{1,2})[/.](\d{4})", said, re.ASCII):
        return f"{found[2]}-{int(found[1]):02}"
    return said if re.fullmatch(r"\d{4}(-\d{2}){0,2}", said, re.ASCII) else None


def _with_a_month(said: str) -> str | None:
    """A month by its name, with a day or without."""
    month = f"(?P<month>{_MONTH.casefold()})"
    day, year = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
    of_week = rf"(?:(?:{'|'.join(_DAYS)}),? )?"
    for form in (rf"{of_week}{day} (?:of )?{month},? {year}", rf"{month} {day},? {year}", rf"{month},? {year}"):
        if found := re.fullmatch(form, said, re.ASCII):
            parts = found.groupdict()
            number = next(
                place for place, name in enumerate(MONTHS, 1) if name.casefold().startswith(parts["month"][:3])
            )
            return f"{parts['year']}-{number:02}" + (f"-{int(parts['day']):02}" if parts.get("day") else "")
    return None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= _CENTURY_FROM else 2000)
