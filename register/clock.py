"""What day it is: always asked of the caller's environment, never deep in the code.

``SOURCE_DATE_EPOCH`` (seconds, reproducible-builds.org) fixes today, so that two
builds of the same input give the same bytes. ``AS_OF`` shows the register as it
stood at the end of an earlier day.
"""

import datetime
from collections.abc import Mapping

from register.dates import FIRST_YEAR, LAST_YEAR
from register.problems import InputError


class WrongDay(InputError):
    """A day that was asked for is no day, or lies in the future; the text says which."""


def today(environment: Mapping[str, str]) -> datetime.date:
    """Return today's date (UTC where ``SOURCE_DATE_EPOCH`` is set, else the machine's).

    Raises:
        WrongDay: ``SOURCE_DATE_EPOCH`` is not a number of seconds.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return datetime.date.today()
    try:
        return _near(datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date())
    except (ValueError, OverflowError, OSError):
        raise WrongDay(f"SOURCE_DATE_EPOCH is not a number of seconds: '{epoch[:60]}'") from None


def as_of(environment: Mapping[str, str]) -> datetime.date:
    """Return the day whose register is shown: ``AS_OF``, or today.

    Raises:
        WrongDay: ``AS_OF`` is not a date, or is later than today.
    """
    asked = environment.get("AS_OF")
    return past(asked, "AS_OF", environment) if asked else today(environment)


def past(text: str, name: str, environment: Mapping[str, str]) -> datetime.date:
    """Return the day that somebody typed, as ``day`` does, if it is not later than today.

    Raises:
        WrongDay: it is not a date, or is later than today.
    """
    found, now = day(text, name), today(environment)
    if found > now:
        raise WrongDay(f"{name} is in the future: '{text}' (today is {now.isoformat()})")
    return found


def day(text: str, name: str) -> datetime.date:
    """Return the day that somebody typed.

    Args:
        text: what was typed.
        name: what it was typed for, as messages show it.

    Raises:
        WrongDay: it is not a date.
    """
    try:
        return _near(datetime.date.fromisoformat(text))
    except ValueError:
        raise WrongDay(f"{name} is not a date: '{text[:60]}' (write it like 2026-02-28)") from None


def _near(day: datetime.date) -> datetime.date:
    """A day with which everything can be reckoned, as with those of the register.

    Raises:
        ValueError: it is too far away.
    """
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError
    return day


def moment() -> datetime.datetime:
    """Return the present moment in UTC, for what is measured out there: a certificate's days, when a check was made."""
    return datetime.datetime.now(datetime.UTC)
