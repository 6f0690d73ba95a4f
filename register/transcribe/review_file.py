"""What was found in the report and what a person decided about it: ``review.yml``, typed in any editor or in a terminal.

Each entry is checked like a record of the register, with the same messages. A later run keeps every entry that somebody
decided about, as it stands, and finds the others again.
"""

import json
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from register.load.validation import validate
from register.load.yaml_source import Fields, Items, read
from register.model import FileName, Id, Number, PrintedPages, Record, Title, visible_text
from register.problems import Problem, ProblemsFound, counted
from register.transcribe.candidates import Candidate, Confidence, compared

NAME = "review.yml"
LONGEST_FOUND = 20_000  # characters; a wording may have fewer, and acceptance says so
Decision = Literal["open", "accept", "refuse"]
_Found = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_FOUND), AfterValidator(visible_text)]
_Said = Annotated[str, StringConstraints(min_length=1, max_length=1000), AfterValidator(visible_text)]

_TOP = """\
# What was found in the report. Compare each text with its picture; review.html shows both side by side.
#
# decision: accept   it is the exact wording. Mend 'text' first if it is not; that is the text which enters the register.
# decision: refuse   it is not this recommendation.
# decision: open     nobody has decided yet.
#
# Then: make accept-wordings REVIEW={folder}
# What is accepted or refused stays as it is when the report is read again. Comments do not stay; a 'note' does.
"""


class ReviewEntry(Record):
    """One passage of the report that may be a recommendation, and what was decided about it."""

    id: Id = Field(description="What pictures and messages call it.")
    number: Number = Field(description="The recommendation's number.")
    decision: Decision = Field(default="open", description="'accept', 'refuse', or 'open'.")
    text: _Found = Field(description="The wording as it will stand in the register. Mend it here.")
    volume: Number | None = Field(default=None, description="Volume of the report.")
    page: PrintedPages = Field(description="Printed page, or first and last page.")
    paragraph: Title | None = Field(default=None, description="Paragraph number as printed.")
    addressed_to: list[Id] = Field(default=[], description="Bodies that the text says should do something.")
    confidence: Confidence = Field(default="low", description="How sure the program is.")
    reasons: list[_Said] = Field(default=[], description="Why.")
    pictures: list[FileName] = Field(default=[], description="Pictures of the place, beside this file.")
    note: _Said | None = Field(default=None, description="Anything that the reviewer wants to remember.")

    @property
    def place(self) -> str:
        """Where in the report it stands, in words."""
        return f"{f'volume {self.volume}, ' if self.volume else ''}page {self.page}"


def entries(found: Sequence[Candidate]) -> list[ReviewEntry]:
    """Return candidates as entries that nobody has decided about, by number and in the order of the report."""
    made = list[ReviewEntry]()
    more, taken = compared(found), set[str]()
    for place, one in enumerate(found):
        others = more.get(place, [])
        differ = any("other words" in said for said in others)
        reasons = [*one.reasons, *others, f"page number: {one.page_found}"]
        made.append(
            ReviewEntry(
                id=_free(f"{one.number}-v{one.volume or 1}-p{one.places[0][0] + 1}", taken),
                number=one.number,
                text=one.text[:LONGEST_FOUND],
                volume=one.volume,
                page=one.page,
                paragraph=one.paragraph,
                addressed_to=list(one.addressed_to),
                confidence="low" if differ else one.confidence,
                reasons=[_visible(reason) for reason in reasons],
            )
        )
    return made


def _free(id_: str, taken: set[str]) -> str:
    """An id that no entry has yet."""
    free, count = id_, 1
    while free in taken:
        count += 1
        free = f"{id_}-{count}"
    taken.add(free)
    return free


def _visible(text: str) -> str:
    return re.sub(r"\s+", " ", text)[:1000]


def merged(found: Iterable[ReviewEntry], earlier: Iterable[ReviewEntry]) -> list[ReviewEntry]:
    """Return new entries with those that somebody decided about, or put a note to, in their places, and in order of number."""
    kept = {entry.id: entry for entry in earlier if entry.decision != "open" or entry.note}
    new = [entry for entry in found if entry.id not in kept]
    return sorted([*kept.values(), *new], key=lambda entry: entry.number)


def read_review(folder: Path) -> list[ReviewEntry]:
    """Return the entries of a folder's review file; none if there is no such file.

    Raises:
        ProblemsFound: something in it cannot be used; names everything.
    """
    path = folder / NAME
    if not path.exists():
        return []
    name = path.as_posix()
    node, problems = read(path, name)
    if not isinstance(node, Items):
        raise ProblemsFound(
            [Problem(name, 1, "", "a list of entries is due here", "begin each with '- '", "wrong-shape")]
        )
    held = list[ReviewEntry]()
    for place, (item, line) in enumerate(zip(node, node.lines, strict=True), 1):
        if not isinstance(item, Fields):
            problems.append(
                Problem(
                    name,
                    line,
                    f"entry {place}",
                    "the fields of an entry are due here",
                    "lines like 'number: 12'",
                    "wrong-shape",
                )
            )
            continue
        checked = validate(item, ReviewEntry, name, f"entry {str(item.get('id', place))[:60]}")
        problems += checked.problems
        held += [checked.record] if checked.record else []
    if problems:
        raise ProblemsFound(problems)
    return held


def write_review(folder: Path, held: Sequence[ReviewEntry]) -> None:
    """Write a folder's review file, whole or not at all."""
    text = _TOP.format(folder=folder.as_posix()) + "".join(f"\n{_as_yaml(entry)}" for entry in held)
    path = folder / NAME
    beside = path.with_name(f".{NAME}.new")
    beside.write_text(text if held else f"{text}\n[]\n", encoding="utf-8")
    os.replace(beside, path)  # noqa: PTH105 - the same call, and known to be atomic


def _as_yaml(entry: ReviewEntry) -> str:
    """An entry as it is typed; every text in quotes or as a block, so that nothing in it is read as YAML."""
    lines = []
    for name, value in entry.model_dump(exclude_none=True).items():
        if name == "text":
            lines += ["text: |-", *(f"  {line}".rstrip() for line in entry.text.split("\n"))]
        elif name in ("decision", "confidence", "id") or isinstance(value, int):
            lines.append(f"{name}: {value}")
        elif isinstance(value, list):
            lines += [f"{name}:", *(f"  - {_quoted(item)}" for item in value)] if value else []
        else:
            lines.append(f"{name}: {_quoted(value)}")
    return "- " + "\n  ".join(lines).replace("\n  \n", "\n\n") + "\n"


def _quoted(text: str) -> str:
    """A text in double quotes; JSON's are also YAML's (YAML 1.2, 1.3)."""
    return json.dumps(text, ensure_ascii=False)


def in_words(held: Sequence[ReviewEntry], total: int) -> str:
    """Return how far a review is, and for which numbers nothing was found."""
    numbers = {entry.number for entry in held if entry.decision != "refuse"}
    missing = [str(number) for number in range(1, total + 1) if number not in numbers]
    counts = {word: sum(entry.decision == word for entry in held) for word in ("accept", "refuse", "open")}
    said = f"{counted(len(held), 'passage')}: {counts['accept']} accepted, {counts['refuse']} refused, {counts['open']} open."
    if not missing:
        return f"{said} Every number from 1 to {total} has one."
    return f"{said} Nothing for {counted(len(missing), 'number')} of {total}: {', '.join(missing[:60])}{' …' if len(missing) > 60 else ''}."
