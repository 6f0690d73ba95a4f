"""Whether a register only adds to what it said as of an earlier commit: nothing published is taken out or reworded silently.

The earlier register is read with the model of today. Data of an older form, which today's model cannot read, cannot be
compared; that is reported, not passed over.
"""

import datetime
import subprocess
import tarfile
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from register.load.loader import load
from register.model import Origin, Register
from register.problems import Problem, ProblemsFound
from register.state.history_proof import Rewriting, rewritings

_RECORDS = "data/recommendations.yml"
_HEADER = "data/register.yml"


class NotComparable(Exception):
    """An earlier register is of another form; the text says so, and what to do."""


def rewritten_since(project: Path, ref: str, register: Register, today: datetime.date) -> list[Problem]:
    """Return what of the register of an earlier commit was rewritten, each at its line.

    Args:
        project: the project's folder, inside a git repository.
        ref: a commit, branch or tag.
        register: today's, checked.
        today: the present day.

    Raises:
        ProblemsFound: git has no such commit.
        NotComparable: its register cannot be read by today's model.
    """
    with tempfile.TemporaryDirectory() as folder:
        _unpack(project, ref, Path(folder))
        try:
            earlier = load(Path(folder) / "data", today)
        except ProblemsFound as unreadable:
            raise NotComparable(
                f"the register as of '{ref}' is not of today's form ({unreadable.problems[0]}); "
                "see by hand whether anything that was said is changed"
            ) from None
    found = rewritings(_as_json(earlier, _day(project, ref)), _as_json(register, ""))
    return sorted(_problem(one, register) for one in found)


def _unpack(project: Path, ref: str, folder: Path) -> None:
    """Write the data of a commit into a folder."""
    command = ["git", "-C", str(project), "archive", "--format=tar", "--end-of-options", ref, "data"]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        what = f"git cannot show it as of '{ref}'"
        raise ProblemsFound([Problem(_HEADER, 1, "", what, "name a commit that has it", "unknown-commit")])
    with tarfile.open(fileobj=BytesIO(done.stdout)) as archive:
        archive.extractall(folder, filter="data")


def _day(project: Path, ref: str) -> str:
    """The day on which the records were last committed: what is new now was not put in before that."""
    command = ["git", "-C", str(project), "log", "-1", "--format=%cs", "--end-of-options", ref, "--", _RECORDS]
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout.strip()


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
