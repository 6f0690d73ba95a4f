"""The commands ``export --xlsx`` and ``import``."""

import bisect
from collections.abc import Iterator, Mapping
from pathlib import Path

from register import clock
from register.checks.project import check_project
from register.edit.asking import say
from register.edit.change import Change
from register.edit.finish import Editing
from register.edit.input_fields import InputField
from register.edit.new_updates import add_updates
from register.edit.update import shown
from register.load.data_files import FILES
from register.load.yaml_source import Fields, Items, parse
from register.ordinary_files import write_whole
from register.problems import InputError, Problem, ProblemsFound, UnusableValue, counted
from register.spreadsheet.cells import CellProblem, SheetText
from register.spreadsheet.columns import (
    DATE_FOR_ALL,
    NUMBER,
    RECOMMENDATIONS,
    START,
    VOICE_FOR_ALL,
    entry_fields,
    normal,
)
from register.spreadsheet.filled_rows import (
    HEADER_WITHIN,
    Defaults,
    FilledRow,
    FilledSheet,
    alike,
    has_number_column,
    is_entry,
    read_rows,
    record_name,
)
from register.spreadsheet.read_file import UnreadableFile, need_spreadsheets, read_sheets
from register.state.snapshot import Snapshot

_FILE = next(file for file in FILES if file.name == "recommendations.yml")
# What to do in a spreadsheet about what a rule says to do in the data files, by the rule's name.
_TO_DO = {
    "words-get-what-they-demand": "fill in that column, too",
    "what-is-ended-had-been-stated": "see the columns 'New ends' and 'New reason'",
    "a-moved-date-has-a-reason": "say why in the column 'New reason'",
    "a-promise-for-far-ahead-says-why": "is the year right? if it is, say why in the column 'New reason'",
    "an-update-from-before-the-report-says-why": "is the year right? if it is, say why in the column 'New reason'",
    "an-update-is-put-in-once": "empty the new cells of one of the two rows",
    "only-the-deciding-voice-promises": "say it in the column 'New note'",
    "only-the-deciding-voice-says-who-leads-and-when-it-is-done": "say it in the column 'New note'",
}


def export_workbook(project: Path, file: Path, environment: Mapping[str, str], replace: bool) -> str:
    """Write the workbook of a project's register; return what is said of it.

    Raises:
        InputError: the file is there already and is not to be replaced, or its name does not end in .xlsx.
        ProblemsFound: the project does not pass its check.
    """
    need_spreadsheets()
    from register.spreadsheet.workbook import workbook

    if file.suffix.lower() != ".xlsx":
        raise InputError(f"'{file}' is no name for a workbook (let it end in .xlsx)")
    if file.exists() and not replace:
        raise InputError(
            f"'{file}' is there already (choose another name, or take that file away; nothing was written)"
        )
    snapshot = check_project(project, environment).good
    write_whole(file, workbook(snapshot))
    return (
        f"Wrote {file}: {counted(len(snapshot.statuses), 'recommendation')}, as known on {snapshot.as_of.isoformat()}."
    )


def import_updates(editing: Editing, file: Path, given: Mapping[str, str | None]) -> None:
    """Add the updates that were filled in to a register: shown, asked and written as by every command that changes files.

    Args:
        editing: the run.
        file: an .xlsx, .ods or .csv file.
        given: ``date``, ``voice`` and ``recorded`` as options of the command, each of which may be None.

    Raises:
        UnreadableFile: the file is none that is taken.
        ProblemsFound: something is wrong in its cells, or would be in the register; carries every problem.
    """
    filled = _filled(editing, file, given)
    problems = filled.problems
    change = None
    if filled.new:
        try:
            change = _change(editing, filled)
        except _FoundInCells as found:
            problems = [*problems, *found.problems]
    if problems:
        raise ProblemsFound(problems, "nothing was written")
    if filled.known_already:
        rows = ", ".join(str(row.row + 1) for row in filled.known_already)
        say(f"Known already, and not added again: {counted(len(filled.known_already), 'update')}, from row {rows}.")
    if change:
        editing.finish(change, _in_words(filled, change.snapshot))
    else:
        say("There is nothing new in it; nothing was written.")


def _filled(editing: Editing, file: Path, given: Mapping[str, str | None]) -> FilledSheet:
    """What a file says, and what is wrong in its cells."""
    snapshot = editing.snapshot
    fields = entry_fields(snapshot.register)
    # Before the file, so that a mistyped option is not told after the file was read.
    options = {name: _option(fields[name], typed, snapshot) for name in ("date", "voice") if (typed := given[name])}
    recorded = given["recorded"]
    day = clock.past(recorded, "--recorded", editing.environment).isoformat() if recorded else editing.today
    sheets = read_sheets(file)
    for_all, problems = _for_all(file.name, sheets, fields, snapshot)
    defaults = Defaults(day, {**for_all, **options})
    filled = read_rows(file.name, _sheet_with_rows(file, sheets), snapshot, defaults)
    filled.problems += problems
    return filled


def _option(field: InputField, typed: str, snapshot: Snapshot) -> str:
    try:
        return str(field.read(typed, snapshot.as_of))
    except UnusableValue as wrong:
        raise InputError(f"--{field.name} {wrong}") from None


def _sheet_with_rows(file: Path, sheets: list[SheetText]) -> SheetText:
    """The sheet with a row for each recommendation: by its name, else the first with a column of numbers, else the first."""
    if not sheets:
        raise UnreadableFile(file, "holds no sheet", "save the workbook again")
    named = [sheet for sheet in sheets if normal(sheet.name) == normal(RECOMMENDATIONS)]
    numbered = [sheet for sheet in sheets if any(map(has_number_column, sheet.rows[:HEADER_WITHIN]))]
    return [*named, *numbered, *sheets][0]


def _for_all(
    path: str, sheets: list[SheetText], fields: Mapping[str, InputField], snapshot: Snapshot
) -> tuple[dict[str, str], list[CellProblem]]:
    """Date and voice for the whole sheet, where the first sheet gives them, and what is wrong with them."""
    given, problems = dict[str, str](), list[CellProblem]()
    wanted = {normal(DATE_FOR_ALL): "date", normal(VOICE_FOR_ALL): "voice"}
    for sheet in sheets:
        for row in range(len(sheet.rows)) if normal(sheet.name) == normal(START) else ():
            name, typed = wanted.get(normal(sheet.text(row, 0))), sheet.text(row, 1)
            if not name or not typed:
                continue
            try:
                given[name] = str(fields[name].read(typed, snapshot.as_of))
            except UnusableValue as wrong:
                what = f"'{sheet.text(row, 0)}' {wrong.what}"
                problems.append(
                    CellProblem(path, row + 1, "", what, wrong.to_do, wrong.kind, sheet=sheet.name, column=1)
                )
    return given, problems


# ── the change, and where what is wrong with it was typed ───────────────────────────────────────


class _FoundInCells(Exception):
    """What the check of the whole register finds, each at the cell that it comes from."""

    def __init__(self, problems: list[CellProblem]) -> None:
        super().__init__()
        self.problems = problems


def _change(editing: Editing, filled: FilledSheet) -> Change:
    """The change that adds the new updates.

    Raises:
        _FoundInCells: something would be wrong then.
    """
    edited = editing.data(_FILE.name)
    for record in editing.snapshot.register.recommendations:
        if updates := [row.fields for row in filled.new if row.number == record.number]:
            add_updates(edited, record, updates)
    try:
        return editing.checked(edited)
    except ProblemsFound as found:
        cells = _Cells(edited.text, filled)
        raise _FoundInCells([cells.problem(problem) for problem in found.problems]) from None


class _Cells:
    """From lines of the changed file, which is not written, to the cells that they come from."""

    def __init__(self, text: str, filled: FilledSheet) -> None:
        self.filled = filled
        self.places: list[tuple[int, FilledRow | None, str]] = []  # from a line on: whose row, and which field
        records = parse(text, _FILE.path)[0]
        waiting = list(filled.new)
        for record in records if isinstance(records, Items) else ():
            assert isinstance(record, Fields)
            own = [row for row in filled.new if str(row.number) == record.get("number")]
            self.places.append((record.line, own[0] if own else None, NUMBER))
            for update in record.get("updates") or ():
                assert isinstance(update, Fields)
                found = next((row for row in own if row in waiting and alike(row, update)), None)
                if found:
                    waiting.remove(found)
                row = found or (own[0] if own else None)
                self.places += [(line, row, name if found else NUMBER) for name, line in update.lines.items()]
        self.places.sort(key=lambda place: place[0])

    def problem(self, problem: Problem) -> CellProblem:
        """The same problem, at its cell."""
        place = bisect.bisect([line for line, _, _ in self.places], problem.line) - 1
        _, row, name = self.places[max(place, 0)]
        row = row or self.filled.new[0]
        return CellProblem(
            self.filled.path,
            row.row + 1,
            record_name(row.number),
            problem.what,
            _TO_DO.get(problem.kind, problem.to_do),
            problem.kind,
            sheet=self.filled.name,
            column=row.column_of(name),
        )


def _in_words(filled: FilledSheet, snapshot: Snapshot) -> Iterator[str]:
    """The new updates as readers are shown them."""
    yield f"{counted(len(filled.new), 'new update')}:"
    for row in filled.new:
        entry = next(entry for entry in snapshot.statuses[row.number].history if is_entry(row, entry.update))
        yield f"Recommendation {row.number} will show:"
        yield from shown(snapshot, row.number, entry)
