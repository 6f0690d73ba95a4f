"""Whether a register only adds to what it said as of an earlier commit: nothing published is taken out or reworded silently.

The earlier register is read with the model of today. Data of an older form, which today's model cannot read, cannot be
compared; that is reported, not passed over.
"""

import datetime
import tempfile
from pathlib import Path
from typing import Any

from register.checks.earlier_commit import EarlierCommit
from register.load.loader import load
from register.model import Origin, Register
from register.problems import Problem, ProblemsFound
from register.state.history_proof import Rewriting, rewritings

_RECORDS = "data/recommendations.yml"
_HEADER = "data/register.yml"


class NotComparable(Exception):
    """An earlier register is of another form; the text says so, and what to do."""


def rewritten_since(commit: EarlierCommit, register: Register, today: datetime.date) -> list[Problem]:
    """Return what of the register of an earlier commit was rewritten, each at its line.

    What is new must not say that it was recorded before that commit.

    Args:
        commit: the earlier one.
        register: today's, checked.
        today: the present day.

    Raises:
        NotComparable: the earlier register cannot be read by today's model.
    """
    try:
        earlier = _register(commit, today)
    except ProblemsFound as unreadable:
        raise NotComparable(
            f"the register as of '{commit.ref}' is not of today's form ({unreadable.problems[0]}); "
            "see by hand whether anything that was said is changed"
        ) from None
    found = rewritings(_as_json(earlier, commit.day), _as_json(register, ""))
    return sorted(_problem(one, register) for one in found)


def _register(commit: EarlierCommit, today: datetime.date) -> Register:
    with tempfile.TemporaryDirectory() as folder:
        for path, content in commit.data.items():
            (Path(folder) / path).parent.mkdir(exist_ok=True)
            (Path(folder) / path).write_bytes(content)
        return load(Path(folder) / "data", today)


def _as_json(register: Register, as_of: str) -> dict[str, Any]:
    return {"about": {"as_of": as_of}, **register.model_dump(mode="json")}


def _problem(found: Rewriting, register: Register) -> Problem:
    path, line, name = _HEADER, 1, ""
    if found.number is not None:
        path, name = _RECORDS, f"recommendation {found.number}"
        origin = _origin(found, register)
        line = origin.line if origin else 1
    return Problem(path, line, name, found.what, found.to_do, "rewritten")


def _origin(found: Rewriting, register: Register) -> Origin | None:
    record = next((record for record in register.recommendations if record.number == found.number), None)
    if record is None or found.place is None:
        return record.origin if record else None
    return record.updates[found.place].origin
