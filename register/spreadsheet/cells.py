"""What a spreadsheet file holds, however it was saved: sheets of texts, and how messages name one of their cells."""

from dataclasses import dataclass, field
from typing import Literal

from register.characters import one_line
from register.problems import Problem

# What stands in a cell in place of something that was typed there.
Mark = Literal["formula", "error"]


@dataclass(frozen=True)
class SheetText:
    """A sheet: every value as text, dates as in ISO 8601 (2026-10-14, or 2026-10 if no day is shown)."""

    name: str
    rows: list[list[str]]  # from the first row and the first column
    marks: dict[tuple[int, int], Mark] = field(default_factory=dict)  # by row and column, from 0
    merged: list[tuple[int, int]] = field(default_factory=list)  # the first cell of each group of merged ones

    def text(self, row: int, column: int) -> str:
        """Return what stands in a cell, without spaces around it; nothing outside of the sheet."""
        cells = self.rows[row] if row < len(self.rows) else []
        return cells[column].strip() if column < len(cells) else ""


@dataclass(frozen=True, order=True)
class CellProblem(Problem):
    """A mistake in a cell. Its ``path`` is the file, its ``line`` the row, from 1."""

    sheet: str = ""
    column: int = 0  # from 0

    def __str__(self) -> str:
        record = f"{self.record}: " if self.record else ""
        return one_line(f"{self.sheet}!{column_letters(self.column)}{self.line}: {record}{self.message}")


def column_letters(column: int) -> str:
    """Return the letters of a column by its place, from 0: ``A``, ``Z``, ``AA``."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
