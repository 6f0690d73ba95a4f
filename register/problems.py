"""A mistake as data: where it is, what is wrong and what to do. Sentences are made of it only when it is shown.

Shown to people it reads ``path:line: record: what is wrong (what to do)``. Nothing in the project reads meaning back
out of such a sentence.
"""

import difflib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import islice

from register.characters import one_line, usable, without_commands

SHOWN = 200  # problems at once: nobody reads more, and most go away with the first ones mended
_LONGEST_PART = 600  # signs of one part of a message; what was typed may be a million
_MOST_LINES = 30  # that a message names
_MOST_OFFERED = 40  # words that a message offers
_MOST_REPEATED = 2  # times that the same is said about one file
_COMPARED = 100  # signs of a wrong word that are held against right ones, none of which is longer
_MOST_COMPARED = 300  # ids that a wrong one is held against: each takes a good part of a thousandth of a second


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

    def __post_init__(self) -> None:
        """Leave out the middle of what is too long for a message, wherever it is shown."""
        for name in ("record", "what", "to_do"):
            text = getattr(self, name)
            if len(text) > _LONGEST_PART:
                object.__setattr__(self, name, f"{text[: _LONGEST_PART // 2]} … {text[-_LONGEST_PART // 2 :]}")

    @property
    def message(self) -> str:
        """What is wrong and, in brackets, what to do."""
        message = f"{self.what} ({self.to_do})" if self.to_do else self.what
        return f"{message}; the same on {self.more_pages} more pages" if self.more_pages else message

    def __str__(self) -> str:
        record = f"{self.record}: " if self.record else ""
        return without_commands(one_line(f"{self.path}:{self.line}: {record}{self.message}"))


class UnusableValue(ValueError):
    """A value that somebody typed cannot be used. What is wrong reads on from the field's name: "is not a date: …"."""

    def __init__(self, kind: str, what: str, to_do: str) -> None:
        self.kind, self.what, self.to_do = kind, what, to_do
        super().__init__(f"{what} ({to_do})")


class InputError(Exception):
    """What somebody gave cannot be used. The error's text is written for that person."""


class ProblemsFound(InputError):
    """Raised when input cannot be used; carries every problem, in order of file and line."""

    def __init__(self, problems: Iterable[Problem], unchanged: str = "the site was not changed") -> None:
        self.problems = sorted(set(problems))
        super().__init__(as_text(self.problems, unchanged))


def as_text(problems: list[Problem], unchanged: str) -> str:
    """Return problems for a terminal: the first ``SHOWN`` one a line, how many more there are, and a line that counts all.

    What is the same on more than two lines of a file is said once, with those lines. ``unchanged`` says there what stayed
    as it was.
    """
    files = len({problem.path for problem in problems})
    count = f"{counted(len(problems), 'problem')} in {counted(files, 'file')}; {unchanged}"
    groups = sorted(_alike(problems))
    more = sum(map(len, groups[SHOWN:]))
    rest = [f"… and {counted(more, 'problem')} more (mend these first)"] if more > 0 else []
    return "\n".join([*map(_said_once, groups[:SHOWN]), *rest, count])


def _alike(problems: list[Problem]) -> Iterator[list[Problem]]:
    """Problems of one file that say the same, where there are more than two; every other one by itself."""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.path, problem.what, problem.to_do), []).append(problem)
    for group in groups.values():
        yield from [group] if len(group) > _MOST_REPEATED else ([problem] for problem in group)


def _said_once(alike: list[Problem]) -> str:
    """The first of several problems that say the same, and on which lines the others are."""
    first, *others = alike
    if not others:
        return str(first)
    listed = ", ".join(str(problem.line) for problem in others[:_MOST_LINES])
    unlisted = f" and {len(others) - _MOST_LINES} more" if len(others) > _MOST_LINES else ""
    return f"{first}; the same on {counted(len(others), 'more line')}: {listed}{unlisted}"


def as_json(problems: list[Problem], advice: list[Problem]) -> str:
    """Return problems, and advice that stops nothing, as JSON for programs: ``{"problems": […], "advice": […]}``.

    Each is an object with the fields of ``Problem``. Of either the first ``SHOWN`` stand there; ``more_problems`` and
    ``more_advice`` count the rest.
    """
    held = {
        "problems": [asdict(one) for one in problems[:SHOWN]],
        "advice": [asdict(one) for one in advice[:SHOWN]],
        "more_problems": max(0, len(problems) - SHOWN),
        "more_advice": max(0, len(advice) - SHOWN),
    }
    return usable(json.dumps(held, ensure_ascii=False, indent=2))


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return what to do about a wrong word: the nearest right one, if any is near, and the right ones."""
    allowed = list(allowed)
    more = f" and {len(allowed) - _MOST_OFFERED} more" if len(allowed) > _MOST_OFFERED else ""
    listed = f"one of: {', '.join(allowed[:_MOST_OFFERED])}{more}" if allowed else "there are none yet"
    near = difflib.get_close_matches(_as_id(word[:_COMPARED]), allowed[:_MOST_COMPARED], n=1)
    return f"did you mean '{near[0]}'? {listed}" if near else listed


def nearest_id(word: str, ids: Iterable[str], place: str) -> str:
    """Return what to do about an unknown id: the nearest one if it is but a typing mistake away, else where to add it.

    Ids often end in dates, and one date is not another mistyped: to cite the wrong minutes is worse than none.
    """
    if re.match(r"(?i)https?:|www\.", word):
        return f"name an id here, not an address; the address belongs in {place}"
    word = word[:_COMPARED]
    digits = _digits(word)
    alike = islice((known for known in ids if _digits(known) == digits), _MOST_COMPARED)
    near = difflib.get_close_matches(_as_id(word), list(alike), n=1, cutoff=0.75)
    return f"did you mean '{near[0]}'?" if near else f"add it to {place} first"


def _digits(word: str) -> str:
    return "".join(filter(str.isdecimal, word))


def _as_id(word: str) -> str:
    """A word as ids are written: small letters, hyphens for spaces, no signs around it."""
    return re.sub(r"[\s_]+", "-", re.sub(r"[^\w\s-]", "", word.casefold()).strip())


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 update``, ``2 updates``."""
    return f"{number} {noun}" + ("" if number == 1 else "s")
