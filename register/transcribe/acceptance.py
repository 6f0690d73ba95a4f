"""What was accepted in a review enters the register: each wording with its place, who checked it and when."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from register import clock
from register.edit.change import Change, FileText
from register.edit.data_text import DataText, Value
from register.load.data_files import FILES
from register.load.loader import load
from register.model import LONGEST_TEXT, Recommendation, Register
from register.problems import Problem, ProblemsFound, nearest
from register.transcribe.review_file import NAME, ReviewEntry, read_review

NOTHING_WRITTEN = "nothing was written"
_RECORDS = "recommendations.yml"


@dataclass(frozen=True)
class Acceptance:
    """A change of the register, and what it is about."""

    change: Change
    added: list[int]  # numbers whose wording is put in
    present: list[int]  # numbers that have this wording already


def accept(project: Path, folder: Path, by: str, on: str, environment: Mapping[str, str]) -> Acceptance:
    """Return the change that puts every accepted wording of a review into the register; it is checked, and not yet written.

    Args:
        project: the folder with ``data/``.
        folder: the review's folder.
        by: who compared the wordings with the report.
        on: the day on which that was done, like 2026-02-28.
        environment: for today's date.

    Raises:
        ProblemsFound: something cannot be used, or would be wrong in the register; names everything.
    """
    register = load(project / "data", clock.today(environment))
    records = {record.number: record for record in register.recommendations}
    accepted = [entry for entry in read_review(folder) if entry.decision == "accept"]
    if problems := list(_problems(accepted, register, (folder / NAME).as_posix())):
        raise ProblemsFound(problems, NOTHING_WRITTEN)
    present = [entry.number for entry in accepted if records[entry.number].wording]
    added = [entry for entry in accepted if not records[entry.number].wording]
    file = next(file for file in FILES if file.name == _RECORDS)
    edited = DataText(FileText.read(project, file.path).text, file)
    for entry in added:
        edited.set((str(entry.number),), _fields(entry, records[entry.number], by, on))
    change = Change.of(project, {file.path: edited.text}, environment)
    return Acceptance(change, [entry.number for entry in added], present)


def _fields(entry: ReviewEntry, record: Recommendation, by: str, on: str) -> dict[str, Value]:
    wording: dict[str, Value] = {"text": entry.text}
    wording |= {"volume": entry.volume} if entry.volume else {}
    wording |= {"page": int(entry.page) if entry.page.isdigit() else entry.page}
    wording |= {"paragraph": entry.paragraph} if entry.paragraph else {}
    fields: dict[str, Value] = {"wording": {**wording, "checked": {"by": by, "on": on}}}
    return fields if record.addressed_to or not entry.addressed_to else {**fields, "addressed_to": entry.addressed_to}


def _problems(accepted: Sequence[ReviewEntry], register: Register, path: str) -> Iterator[Problem]:
    """What keeps accepted entries from entering the register."""
    records = {record.number: record for record in register.recommendations}
    bodies = [body.id for body in register.header.bodies]
    seen: dict[int, ReviewEntry] = {}
    for entry in accepted:
        for what, to_do, field, kind in _refusals(entry, records.get(entry.number), seen.get(entry.number), bodies):
            line = entry.origin.line_of(field) if entry.origin else 1
            yield Problem(path, line, f"entry {entry.id}", what, to_do, kind)
        seen.setdefault(entry.number, entry)


def _refusals(
    entry: ReviewEntry, record: Recommendation | None, other: ReviewEntry | None, bodies: Sequence[str]
) -> Iterator[tuple[str, str, str, str]]:
    """What is wrong with one entry: what, what to do, in which field, and the kind of mistake."""
    if record is None:
        yield f"there is no recommendation {entry.number}", "refuse it, or mend the number", "number", "unknown-number"
    elif record.wording and record.wording.text != entry.text:
        what = f"recommendation {entry.number} has another wording in the register"
        yield what, "refuse this one, or take the wording out of the register first", "text", "other-wording"
    if other:
        what = f"number {entry.number} is accepted twice, also as {other.id}"
        yield what, "refuse one of the two", "decision", "accepted-twice"
    if len(entry.text) > LONGEST_TEXT:
        what = f"'text' has {len(entry.text)} characters"
        yield what, f"the most is {LONGEST_TEXT}: take out what does not belong to it", "text", "too-long"
    for body in entry.addressed_to:
        if body not in bodies:
            yield f"unknown body '{body}'", nearest(body, bodies), "addressed_to", "unknown-word"
