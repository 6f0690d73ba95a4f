"""A mistake as data: where it is, what is wrong and what to do. Sentences are made of it only when it is shown.

Shown to people it reads ``path:line: record: what is wrong (what to do)``. Nothing in the project reads meaning back
out of such a sentence.
"""

import difflib
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from register.characters import one_line


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one file, for the person who can mend it."""

    path: str  # from the project's folder, with forward slashes
    line: int  # from 1
    record: str  # the record that it is about, as messages name it: "recommendation 12"; "" if it is about none
    what: str  # what is wrong
    to_do: str = ""  # how to mend it; "" where nothing more can be said
    kind: str = ""  # a permanent word for mistakes of this sort: a rule's name, or one such as "unknown-field"
    more_pages: int = 0  # on how many further pages the same stands

    @property
    def message(self) -> str:
        """What is wrong and, in brackets, what to do."""
        message = f"{self.what} ({self.to_do})" if self.to_do else self.what
        return f"{message}; the same on {self.more_pages} more pages" if self.more_pages else message

    def __str__(self) -> str:
        record = f"{self.record}: " if self.record else ""
        return one_line(f"{self.path}:{self.line}: {record}{self.message}")


class UnusableValue(ValueError):
    """A value that somebody typed cannot be used. What is wrong reads on from the field's name: "is not a date: …"."""

    def __init__(self, kind: str, what: str, to_do: str) -> None:
        self.kind, self.what, self.to_do = kind, what, to_do
        super().__init__(f"{what} ({to_do})")


class InputError(Exception):
    """What somebody gave cannot be used. The error's text is written for that person."""


class ProblemsFound(InputError):
    """Raised when input cannot be used; carries every problem, in order of file and line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = sorted(set(problems))
        super().__init__(as_text(self.problems))


def as_text(problems: list[Problem]) -> str:
    """Return problems for a terminal: one a line, and a last line that counts them."""
    files = len({problem.path for problem in problems})
    count = f"{counted(len(problems), 'problem')} in {counted(files, 'file')}; the site was not changed"
    return "\n".join([*map(str, problems), count])


def as_json(problems: Iterable[Problem], advice: Iterable[Problem] = ()) -> str:
    """Return problems, and advice that stops nothing, as JSON for programs: ``{"problems": […], "advice": […]}``.

    Each is an object with the fields of ``Problem``.
    """
    held = {"problems": [asdict(one) for one in problems], "advice": [asdict(one) for one in advice]}
    return json.dumps(held, ensure_ascii=False, indent=2)


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return what to do about a wrong word: the nearest right one, if any is near, and the right ones."""
    allowed = list(allowed)
    listed = f"one of: {', '.join(allowed)}" if allowed else "there are none yet"
    near = difflib.get_close_matches(_as_id(word), allowed, n=1)
    return f"did you mean '{near[0]}'? {listed}" if near else listed


def nearest_id(word: str, ids: Iterable[str], place: str) -> str:
    """Return what to do about an unknown id: the nearest one if it is but a typing mistake away, else where to add it.

    Ids often end in dates, and one date is not another mistyped: to cite the wrong minutes is worse than none.
    """
    if re.match(r"(?i)https?:|www\.", word):
        return f"name an id here, not an address; the address belongs in {place}"
    alike = [known for known in ids if re.sub(r"\D", "", known) == re.sub(r"\D", "", word)]
    near = difflib.get_close_matches(_as_id(word), alike, n=1, cutoff=0.75)
    return f"did you mean '{near[0]}'?" if near else f"add it to {place} first"


def _as_id(word: str) -> str:
    """A word as ids are written: small letters, hyphens for spaces, no signs around it."""
    return re.sub(r"[\s_]+", "-", re.sub(r"[^\w\s-]", "", word.casefold()).strip())


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 update``, ``2 updates``."""
    return f"{number} {noun}" + ("" if number == 1 else "s")
