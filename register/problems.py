"""How a mistake reads: ``path:line: which record: what is wrong (what to do)``."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One mistake in one file, in words for the person who can mend it."""

    path: str
    line: int
    which: str
    text: str

    def __str__(self) -> str:
        which = f"{self.which}: " if self.which else ""
        return _one_line(f"{self.path}:{self.line}: {which}{self.text}")


class ProblemsFound(Exception):
    """Raised when input cannot be used; carries every problem, in order of file and line."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = sorted(set(problems))
        super().__init__(report(self.problems))


def report(problems: list[Problem]) -> str:
    """Return the problems, one a line, and a last line that counts them."""
    files = len({problem.path for problem in problems})
    count = f"{_counted(len(problems), 'problem')} in {_counted(files, 'file')}; the site was not changed"
    return "\n".join([*map(str, problems), count])


def nearest(word: str, allowed: Iterable[str]) -> str:
    """Return the repair for a wrong word: the nearest right one, if any is near, and the right ones."""
    allowed = list(allowed)
    listed = f"one of: {', '.join(allowed)}" if allowed else "there are none yet"
    near = difflib.get_close_matches(word, allowed, n=1)
    return f"did you mean '{near[0]}'? {listed}" if near else listed


def _one_line(text: str) -> str:
    """The text with line breaks as spaces and what cannot be seen or could disturb a terminal as ``\ufffd``."""
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else "\ufffd" for sign in text)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
