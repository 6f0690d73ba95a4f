"""Finds the line of a data file on which words stand: a text of several lines is one field, and its line is only where it begins."""

import re
from collections.abc import Sequence

from register.guards.guard import Finding

_MOST_LINES = 200  # of one text
_MOST_WORDS = 4  # by which a place is known


def typed_line(finding: Finding, lines: Sequence[str]) -> int:
    """Return the line, from 1, on which the words of a finding stand; that of their field if they do not stand as they are read.

    Args:
        finding: words in a field of a record.
        lines: the lines of the data file.
    """
    passage, words = finding.passage, finding.words.strip(" …").split()[:_MOST_WORDS]
    if not words:
        return passage.line
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    earlier = sum(1 for _ in pattern.finditer(passage.text, 0, finding.at))
    text = "\n".join(_lines_of_field(passage.line, lines))
    places = [found.start() for found in pattern.finditer(text)]
    return passage.line + text.count("\n", 0, places[earlier]) if earlier < len(places) else passage.line


def _lines_of_field(line: int, lines: Sequence[str]) -> list[str]:
    """The line of a field and those that belong to it: they are indented further than its name."""
    first, *others = lines[line - 1 : line - 1 + _MOST_LINES] or [""]
    held, indent = [first], _indent(first)
    for other in others:
        if other.strip() and len(other) - len(other.lstrip()) <= indent:
            break
        held.append(other)
    return held


def _indent(line: str) -> int:
    """How far in a field's name stands; an item's hyphen counts as room."""
    found = re.match(r"[ -]*", line)
    return found.end() if found else 0
