"""Registers that tests load or make, and the day on which they are read."""

import datetime
from pathlib import Path

from register.model import Recommendation, Register

TESTS = Path(__file__).resolve().parent
SAMPLE, SMALL = TESTS / "sample", TESTS / "small"

# The day for which both registers are written.
TODAY = datetime.date(2026, 3, 31)


def recommendation(number: int, updates: list[dict]) -> Recommendation:
    """A recommendation with these updates; voice and note need not be given."""
    filled = [{"voice": "partnership", "note": "Something happened.", **update} for update in updates]
    return Recommendation.model_validate({"number": number, "updates": filled})


def with_updates(register: Register, *records: list[dict]) -> Register:
    """A register with these updates, one list for each recommendation, in place of its own."""
    made = [recommendation(number, updates) for number, updates in enumerate(records, 1)]
    header = register.header.model_copy(update={"total": len(made)})
    return register.model_copy(update={"header": header, "recommendations": made})
