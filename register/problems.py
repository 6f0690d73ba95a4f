"""How a mistake reads: ``path:line: which record: what is wrong (what to do)``."""

import difflib
import re
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
    near = difflib.get_close_matches(_plain(word), allowed, n=1)
    return f"did you mean '{near[0]}'? {listed}" if near else listed


def nearest_id(word: str, ids: Iterable[str], place: str) -> str:
    """Return the repair for an unknown id: the nearest one if it is but a slip away, else where to add it.

    Ids often end in dates, and one date is no slip of another: to cite the wrong minutes is worse than none.
    """
    if re.match(r"(?i)https?:|www\.", word):
        return f"name an id here, not an address; the address belongs in {place}"
    alike = [known for known in ids if re.sub(r"\D", "", known) == re.sub(r"\D", "", word)]
    near = difflib.get_close_matches(_plain(word), alike, n=1, cutoff=0.75)
    return f"did you mean '{near[0]}'?" if near else f"add it to {place} first"


def _plain(word: str) -> str:
    """A word as ids are written: small letters, hyphens for spaces, no signs around it."""
    return re.sub(r"[\s_]+", "-", re.sub(r"[^\w\s-]", "", word.casefold()).strip())


def _one_line(text: str) -> str:
    """The text with line breaks as spaces and what cannot be seen or could disturb a terminal as ``\ufffd``."""
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else "\ufffd" for sign in text)


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
