"""What day it is: always asked of the caller's environment, never deep in the code.

``SOURCE_DATE_EPOCH`` (seconds, reproducible-builds.org) fixes today, so that two
builds of the same input give the same bytes. ``AS_OF`` shows the register as it
stood at the end of an earlier day.
"""

import datetime
from collections.abc import Mapping


class WrongDay(ValueError):
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
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    except (ValueError, OverflowError, OSError):
        raise WrongDay(f"SOURCE_DATE_EPOCH is not a number of seconds: '{epoch}'") from None


def as_of(environment: Mapping[str, str]) -> datetime.date:
    """Return the day whose register is shown: ``AS_OF``, or today.

    Raises:
        WrongDay: ``AS_OF`` is not a date, or is later than today.
    """
    asked, now = environment.get("AS_OF"), today(environment)
    if not asked:
        return now
    try:
        day = datetime.date.fromisoformat(asked)
    except ValueError:
        raise WrongDay(f"AS_OF is not a date: '{asked}' (write it like 2026-02-28)") from None
    if day > now:
        raise WrongDay(f"AS_OF is in the future: '{asked}' (today is {now.isoformat()})")
    return day
