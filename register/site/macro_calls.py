"""The macro calls in a page: ``{{ link("get-safe") }}``. Read, never evaluated, so that no page can run code.

A call is a name and, between brackets, literals with commas between: text in straight quotes, whole numbers. There are
no expressions, no filters, no statements and no comments. Every pattern reads a line's signs once, and what is longer
than ``LONGEST_CALL`` is no call, so that no page can hold up the check.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from register.problems import Problem

LONGEST_CALL = 300  # signs between the curly brackets
_OPENED = re.compile(r"\{\{|\{%")
_NAME = re.compile(r"\s*([A-Za-z_]\w*)\s*")
_LITERAL = re.compile(r"""\s*(?:"([^"\\\n]*)"|'([^'\\\n]*)'|(-?\d{1,9}))\s*""")

_FOR_EXAMPLE = "write {{ totals() }}, for example"


@dataclass(frozen=True)
class MacroCall:
    """One call, and where it stands in the page."""

    name: str
    arguments: tuple[str | int, ...] | None  # None if what stands between the brackets is no list of literals
    start: int  # of the first curly bracket
    end: int  # behind the last

    def line_in(self, text: str) -> int:
        """Return its line in the page, from 1."""
        return text.count("\n", 0, self.start) + 1


def macro_calls(text: str, path: str) -> Iterator[MacroCall | Problem]:
    """Yield every macro call of a page in order, and every pair of signs that opens something else as a problem.

    Args:
        text: the page, or a part of it.
        path: the page's file, as messages show it.
    """
    at, line, counted = 0, 1, 0
    while opened := _OPENED.search(text, at):
        line, counted = line + text.count("\n", counted, opened.start()), opened.start()
        found = _statement(path, line) if opened[0] == "{%" else _call(text, opened.start(), path, line)
        yield found
        at = found.end if isinstance(found, MacroCall) else opened.end()


def _statement(path: str, line: int) -> Problem:
    to_do = f"put a space between the two signs, or {_FOR_EXAMPLE}"
    return Problem(path, line, "", "{% cannot stand in a page", to_do, "template-statement")


def _call(text: str, start: int, path: str, line: int) -> MacroCall | Problem:
    end = text.find("}}", start + 2, start + LONGEST_CALL + 4)
    inside = text[start + 2 : end] if end >= 0 else ""
    name = _NAME.match(inside)
    if end < 0 or not inside.strip() or inside.count("(") != inside.count(")"):
        to_do = f"{_FOR_EXAMPLE}; {{% cannot stand in a page"
        return Problem(path, line, "", "what stands in {{ }} is not understood", to_do, "template-syntax")
    if name and inside[name.end() : name.end() + 1] == "(" and inside.rstrip().endswith(")"):
        between = inside[name.end() + 1 : inside.rindex(")")]
        return MacroCall(name[1], _literals(between), start, end + 2)
    written = f"'{name[1]}'" if name and name.end() == len(inside) else "what stands in {{ }}"
    return Problem(path, line, "", f"{written} lacks its brackets", "write it like {{ totals() }}", "macro-brackets")


def _literals(text: str) -> tuple[str | int, ...] | None:
    """The literals of a list with commas between; None if it is anything else."""
    found = list[str | int]()
    at = 0
    while at < len(text.rstrip()) or found:
        literal = _LITERAL.match(text, at)
        if not literal:
            return None
        found.append(int(literal[3]) if literal[3] else literal[1] if literal[1] is not None else literal[2])
        at = literal.end()
        if at == len(text):
            break
        if text[at] != ",":
            return None
        at += 1
    return tuple(found)
