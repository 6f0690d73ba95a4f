"""From the rows of a filled sheet to new updates, and to what is wrong in its cells."""

import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from register.edit.data_text import Value
from register.edit.input_fields import InputField
from register.load.validation import validate
from register.load.yaml_source import Fields, Items
from register.model import Recommendation, Update
from register.problems import UnusableValue
from register.spreadsheet import columns
from register.spreadsheet.cells import CellProblem, SheetText
from register.state.snapshot import Snapshot

HEADER_WITHIN = 10  # rows


@dataclass(frozen=True)
class FilledRow:
    """A row that was filled in: the update that it states, and the column of each of its fields."""

    row: int  # from 0
    number: int
    fields: Mapping[str, Value]
    columns: Mapping[str, int]
    update: Update

    def column_of(self, field: str) -> int:
        """Return the column of a field; the number's where the field is none of the row's own."""
        return self.columns.get(field, self.columns[columns.NUMBER])


@dataclass
class FilledSheet:
    """What a sheet says: new updates, updates that are known already, and what is wrong."""

    path: str  # the file, as messages count it
    name: str
    new: list[FilledRow] = field(default_factory=list)
    known_already: list[FilledRow] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)


@dataclass(frozen=True)
class Defaults:
    """What holds for every row that does not say otherwise."""

    recorded: str
    given: Mapping[str, str]  # date and voice, as the register writes them


def read_rows(path: str, sheet: SheetText, snapshot: Snapshot, defaults: Defaults) -> FilledSheet:
    """Return what a filled sheet says.

    Args:
        path: the file, as messages count it.
        sheet: its sheet with a row for each recommendation.
        snapshot: today's register, without what the sheet says.
        defaults: what holds for the whole sheet.
    """
    reading = _Reading(path, sheet, snapshot, defaults)
    reading.read()
    return reading.filled


class _Reading:
    """One sheet while it is read."""

    def __init__(self, path: str, sheet: SheetText, snapshot: Snapshot, defaults: Defaults) -> None:
        self.path, self.sheet, self.snapshot, self.defaults = path, sheet, snapshot, defaults
        self.fields = columns.entry_fields(snapshot.register)
        self.records = {record.number: record for record in snapshot.register.recommendations}
        self.filled = FilledSheet(path, sheet.name)
        self.header = 0
        self.entries: dict[str, int] = {}  # the column of each field
        self.known: dict[int, columns.KnownColumn] = {}
        self.number = self.check = -1

    def read(self) -> None:
        """Read the header, then every row below it."""
        if not self._read_header():
            to_do = "use the sheet 'Recommendations' as it was exported, with its first row"
            self._wrong(0, 0, "", f"no column is called '{columns.NUMBER}'", to_do, "no-number-column")
            return
        for row, column in self.sheet.merged:
            if row >= self.header:
                self._wrong(row, column, "", "cells are merged here", "split them, and fill in each one", "merged")
        for row in range(self.header + 1, len(self.sheet.rows)):
            self._read_row(row)
        bad = {problem.record for problem in self.filled.problems}
        # Half of what a recommendation's rows say would be checked wrongly.
        self.filled.new = [row for row in self.filled.new if record_name(row.number) not in bad]

    def _read_header(self) -> bool:
        rows = range(min(HEADER_WITHIN, len(self.sheet.rows)))
        found = next((row for row in rows if has_number_column(self.sheet.rows[row])), None)
        if found is None:
            return False
        self.header = found
        for column in range(max(map(len, self.sheet.rows))):
            self._read_title(column, self.sheet.text(found, column))
        return True

    def _read_title(self, column: int, title: str) -> None:
        name, known = columns.entry_name(title), columns.known_column(title)
        if name and name in self.entries:
            self._wrong(self.header, column, "", f"'{title}' stands twice", "keep one of the two columns", "twice")
        elif name:
            self.entries[name] = column
        elif known and known.title == columns.NUMBER:
            self.number = column
        elif known:
            self.known[column] = known
        elif columns.normal(title) == columns.normal(columns.CHECK):
            self.check = column
        elif any(self.sheet.text(row, column) for row in range(self.header + 1, len(self.sheet.rows))):
            near = difflib.get_close_matches(title, map(columns.entry_title, self.fields), n=1)
            to_do = "take the column out, or put what it says into 'New note'"
            to_do = f"did you mean '{near[0]}'? else {to_do}" if near else to_do
            named = f"no column of the register is called '{title}'" if title else "the column has no title"
            self._wrong(self.header, column, "", named, to_do, "unknown-column")

    def _read_row(self, row: int) -> None:
        typed = {name: column for name, column in self.entries.items() if self._holds(row, column)}
        record = self._record(row, bool(typed))
        if record is None:
            return
        name = record_name(record.number)
        before = len(self.filled.problems)
        for column, known in self.known.items():
            self._check_known(row, column, known, record, name)
        if not typed:
            return
        fields: dict[str, Value] = {"recorded": self.defaults.recorded, **self.defaults.given}
        for field_name, column in typed.items():
            if (value := self._value(row, column, self.fields[field_name], name)) is not None:
                fields[field_name] = value
        in_order = {field_name: fields[field_name] for field_name in Update.model_fields if field_name in fields}
        if len(self.filled.problems) == before:
            self._take(row, in_order, record)

    def _holds(self, row: int, column: int) -> bool:
        return bool(self.sheet.text(row, column)) or (row, column) in self.sheet.marks

    def _record(self, row: int, filled: bool) -> Recommendation | None:
        """The recommendation that a row is about; None for an empty row, and where no usable number stands."""
        typed = self.sheet.text(row, self.number)
        if self._is_no_value(row, self.number, "", columns.NUMBER):
            return None
        if not typed:
            if filled:
                self._wrong(
                    row, self.number, "", "the number is missing", "write the recommendation's number", "missing-number"
                )
            return None
        record = self.records.get(int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 5 else None
        if record is None:
            to_do = f"write a number from 1 to {len(self.records)}"
            self._wrong(row, self.number, "", f"there is no recommendation '{typed[:60]}'", to_do, "unknown-number")
        return record

    def _check_known(
        self, row: int, column: int, known: columns.KnownColumn, record: Recommendation, name: str
    ) -> None:
        """Say it if what is known was changed by hand: who did that thinks that it is taken over."""
        text = self.sheet.text(row, column)
        status = self.snapshot.statuses[record.number]
        now = known.value(status, self.snapshot.header)
        today = self.snapshot.as_of
        if not text or columns.comparable(known, text, today) == columns.comparable(known, now, today):
            return
        exported = self.sheet.text(row, self.check).split() if self.check >= 0 else []
        place = columns.KNOWN.index(known)
        if len(exported) == len(columns.KNOWN) and exported[place] == columns.digest(known, text, today):
            return  # as it was exported; the register has changed since
        what = f"'{known.title}' was changed by hand, and is not taken over"
        to_do = "put back what stood there, or empty the cell; say what is new in the columns that begin with 'New'"
        self._wrong(row, column, name, what, to_do, "known-changed")

    def _value(self, row: int, column: int, wanted: InputField, name: str) -> Value | None:
        title = self.sheet.text(self.header, column)
        if self._is_no_value(row, column, name, title):
            return None
        try:
            return wanted.read(self.sheet.text(row, column), self.snapshot.as_of)
        except UnusableValue as wrong:
            self._wrong(row, column, name, f"'{title}' {wrong.what}", wrong.to_do, wrong.kind)
            return None

    def _is_no_value(self, row: int, column: int, name: str, title: str) -> bool:
        """Whether a cell holds a formula or an error in place of a value, after saying so."""
        text, mark = self.sheet.text(row, column), self.sheet.marks.get((row, column))
        to_do = "type what it should say, or paste it as a value only"
        if mark == "error" or text.upper() in _ERRORS:
            self._wrong(row, column, name, f"'{title}' holds the error {text or '(unknown)'}", to_do, "cell-error")
        elif mark == "formula":
            self._wrong(row, column, name, f"'{title}' holds a formula", to_do, "formula")
        else:
            return False
        return True

    def _take(self, row: int, fields: Mapping[str, Value], record: Recommendation) -> None:
        """Take a row's update: a new one, one that is known already, or one with mistakes, each reported at its cell."""
        name, places = record_name(record.number), {**self.entries, columns.NUMBER: self.number}
        missing = [needed for needed in _MISSING if needed not in fields]
        for needed in missing:
            column = places.get(needed, self.number)
            self._wrong(row, column, name, f"the {needed} is missing", _MISSING[needed], "missing-field")
        if missing:
            return
        checked = validate(_node(fields, places, self.number), Update, self.path, name)
        for problem in checked.problems:  # "lines" are columns here
            self._wrong(row, problem.line, name, problem.what, problem.to_do, problem.kind)
        if checked.record and not checked.problems:
            filled = FilledRow(row, record.number, fields, places, checked.record)
            known = any(_same(checked.record, update) for update in record.updates)
            (self.filled.known_already if known else self.filled.new).append(filled)

    def _wrong(self, row: int, column: int, record: str, what: str, to_do: str, kind: str) -> None:
        problem = CellProblem(
            self.path, row + 1, record, what, to_do, kind, sheet=self.sheet.name, column=max(column, 0)
        )
        self.filled.problems.append(problem)


_ERRORS = {"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!", "ERR:502", "ERR:508"}
_FOR_ALL = "write it in the row; or once for the whole sheet, on 'Start here' or as "
_MISSING = {
    "date": _FOR_ALL + "--date",
    "voice": _FOR_ALL + "--voice",
    "note": "say in one to three plain sentences what happened",
}


def has_number_column(row: Sequence[str]) -> bool:
    """Return whether a row is one of titles: one of its cells is that of the column of numbers."""
    return any(columns.normal(cell) == columns.normal(columns.NUMBER) for cell in row)


def record_name(number: int) -> str:
    """Return how messages name a recommendation."""
    return f"recommendation {number}"


def _node(fields: Mapping[str, Value], places: Mapping[str, int], number: int) -> Fields:
    """A row's update as the loader reads one, with columns for lines."""
    node = Fields(number)
    for name, value in fields.items():
        column = node.lines[name] = places.get(name, number)
        if isinstance(value, list):
            items = Items(column)
            items.extend(map(str, value))
            items.lines.extend(column for _ in value)
            node[name] = items
        else:
            node[name] = str(value)
    return node


def _same(new: Update, held: Update) -> bool:
    """Whether an update is one that the register holds: all but the day of recording; as it was before it was edited, too."""
    as_typed = held
    if held.edited:
        was = {"note": held.edited.note_was, "reason": held.edited.reason_was}
        as_typed = held.model_copy(update={name: text for name, text in was.items() if text})
    return _content(new) in (_content(held), _content(as_typed))


def _content(update: Update) -> dict[str, Any]:
    typed = update.model_dump(exclude={"recorded", "edited", "withdrawn"})
    return {name: " ".join(value.split()) if isinstance(value, str) else value for name, value in typed.items()}


def is_entry(filled: FilledRow, held: Update) -> bool:
    """Return whether an update of the changed register is the one of a row."""
    return _content(filled.update) == _content(held) and filled.update.recorded == held.recorded


def alike(filled: FilledRow, node: Mapping[str, object]) -> bool:
    """Return whether an update in a data file, as read from it, is the one of a row."""
    return set(node) == set(filled.fields) and all(
        _words(value) == _words(filled.fields[name]) for name, value in node.items()
    )


def _words(value: object) -> Sequence[str]:
    return [str(one) for one in value] if isinstance(value, list) else str(value).split()
