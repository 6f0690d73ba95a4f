"""Registers that tests load or make, and the day on which they are read."""

import datetime
import re
from pathlib import Path

from register.dates import PartialDate
from register.load.loader import load
from register.load.rules import marked_values
from register.model import Past, Recommendation, Register

TESTS = Path(__file__).resolve().parent
SAMPLE, SMALL = TESTS / "sample", TESTS / "small"

# The day for which both registers are written.
TODAY = datetime.date(2026, 3, 31)


def recommendation(number: int, updates: list[dict]) -> Recommendation:
    """A recommendation with these updates; voice, note and the day of recording need not be given."""
    filled = [
        {"voice": "partnership", "note": "Something happened.", "recorded": _day_of(update["date"]), **update}
        for update in updates
    ]
    return Recommendation.model_validate({"number": number, "updates": filled})


def _day_of(date: str | PartialDate) -> str:
    """The first day that a date can mean."""
    return (date if isinstance(date, PartialDate) else PartialDate(date)).first.isoformat()


def with_updates(register: Register, *records: list[dict]) -> Register:
    """A register with these updates, one list for each recommendation, in place of its own."""
    made = [recommendation(number, updates) for number, updates in enumerate(records, 1)]
    header = register.header.model_copy(update={"total": len(made)})
    return register.model_copy(update={"header": header, "recommendations": made})


def latest_day(project: Path) -> datetime.date:
    """The last day on which anything in a project's data and pages is said to have happened.

    On it the real register can be tested whatever today is: no rule depends on how much later it is.
    """
    register = load(project / "data", datetime.date.max)
    typed = [date for _, _, date, _ in marked_values(register, Past)]
    for page in (project / "docs").rglob("*.md"):
        typed += [PartialDate(text) for text in re.findall(r"(?m)^updated: *(\S+)", page.read_text("utf-8"))]
    return max(date.first for date in typed)
