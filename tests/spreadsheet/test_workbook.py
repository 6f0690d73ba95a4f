"""The workbook for a committee: what is known is locked, what is new can be typed, and everything is explained in it."""

import datetime
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from projects import Project
from register.load.loader import load
from register.model import Update, fields_of
from register.problems import InputError
from register.spreadsheet import read_file
from registers import SAMPLE, TODAY
from workbooks import exported

ENTRIES = {name: info for name, info in fields_of(Update).items() if name not in ("recorded", "edited", "withdrawn")}


@pytest.fixture
def book(content: Project) -> Any:
    return openpyxl.load_workbook(exported(content))


def columns(sheet: Any) -> dict[str, Any]:
    """The title cells, by title."""
    return {cell.value: cell for cell in sheet[1]}


def test_the_same_register_on_the_same_day_gives_the_same_bytes(content: Project) -> None:
    first = exported(content).read_bytes()
    content.run("check")  # another process, another moment
    assert exported(content).read_bytes() == first
    with zipfile.ZipFile(exported(content)) as packed:
        assert {part.date_time[0] for part in packed.infolist()} == {1980}
        assert b"2026-03-31T00:00:00Z" in packed.read("docProps/core.xml")


def test_there_is_one_row_for_each_recommendation_as_it_is_known(book: Any) -> None:
    assert book.sheetnames == ["Start here", "Recommendations", "History", "Links", "Words"]
    sheet = book["Recommendations"]
    assert [sheet.cell(row, 1).value for row in range(2, 16)] == list(range(1, 15))
    known = {title: sheet.cell(4, cell.column).value for title, cell in columns(sheet).items()}
    assert known["Title"] == "Share a worry about a child on the same day"
    assert known["What the inquiry said"].startswith("Organisations should agree how a worry about a child is shared")
    assert (known["Response now"], known["Progress now"]) == ("applies", "under way")
    assert known["Led by"] == "Exampleshire Information Sharing Group"
    assert sheet.cell(15, columns(sheet)["Response now"].column).value == "waiting for its first meeting"


def test_a_day_is_a_date_and_a_month_is_words(book: Any) -> None:
    sheet = book["Recommendations"]
    promised, again = (sheet.cell(4, columns(sheet)[title].column) for title in ("Promised by", "Look again"))
    assert (promised.value, promised.number_format) == (datetime.datetime(2026, 9, 30), "d mmmm yyyy")
    assert again.value == "March 2027"


def test_there_is_an_empty_column_for_each_field_of_an_update_explained_in_the_models_words(book: Any) -> None:
    titles = columns(book["Recommendations"])
    for name, info in ENTRIES.items():
        cell = titles[f"New {name.replace('_', ' ')}"]
        assert cell.comment.text.startswith(info.description)
        assert book["Recommendations"].cell(4, cell.column).value is None
    assert (
        "not for us: This cannot or should not be done by organisations in Exampleshire"
        in titles["New response"].comment.text
    )
    assert [title for title in titles if title.startswith("New ")] == [f"New {n.replace('_', ' ')}" for n in ENTRIES]


def test_only_what_is_new_can_be_typed(book: Any) -> None:
    for sheet in book.worksheets:
        assert sheet.protection.sheet and not sheet.protection.password
    sheet = book["Recommendations"]
    for row, spare in ((4, False), (15, False), (16, True), (35, True)):
        for title, cell in columns(sheet).items():
            typed = title.startswith("New ") or (spare and title == "Number")
            # Whether it can be typed is seen without colour, too: its title is in italics over a thick line.
            assert sheet.cell(row, cell.column).protection.locked is not typed, (row, title)
            assert cell.font.italic is title.startswith("New ")


def test_words_are_offered_with_their_labels_and_what_is_chosen_is_explained(book: Any) -> None:
    sheet, register = book["Recommendations"], load(SAMPLE / "data", TODAY)
    offered = {str(rule.sqref).rstrip("0123456789"): rule for rule in sheet.data_validations.dataValidation}
    for name, terms in (("response", register.header.responses), ("voice", register.header.voices)):
        letter = columns(sheet)[f"New {name}"].column_letter
        rule = offered[f"{letter}2:{letter}"]
        assert (rule.type, str(rule.sqref)) == ("list", f"{letter}2:{letter}35")
        sheet_name, _, cells = rule.formula1.partition("!")
        assert [row[0].value for row in book[sheet_name][cells.replace("$", "")]] == [term.label for term in terms]
        assert rule.prompt == ENTRIES[name].description
        assert not rule.showErrorMessage  # an id can be typed as well; the import says what is wrong
    meanings = {row[1].value: row[2].value for row in book["Words"].iter_rows(min_row=2)}
    assert all(meanings[term.label] == term.definition for term in register.header.progress)


def test_every_sheet_of_rows_is_a_table_with_a_header_that_stays_in_sight(book: Any) -> None:
    for name in ("Recommendations", "History", "Links", "Words"):
        sheet = book[name]
        (table,) = sheet.tables.values()
        assert table.headerRowCount == 1
        assert [column.name for column in table.tableColumns] == [cell.value for cell in sheet[1]]
        assert sheet.freeze_panes[-1] == "2"
        assert sheet.print_title_rows == "$1:$1"


def test_history_and_links_hold_everything(book: Any) -> None:
    register = load(SAMPLE / "data", TODAY)
    history = list(book["History"].iter_rows(min_row=2, values_only=True))
    assert len(history) == sum(len(record.updates) for record in register.recommendations)
    assert history[2][:5] == (
        1,
        "January 2024",
        datetime.datetime(2024, 1, 31),
        "the partnership",
        "Five of the nine organisations have named their person.",
    )
    assert [row[0].value for row in book["Links"].iter_rows(min_row=2)] == [link.id for link in register.links]


def test_no_text_is_ever_a_formula(content: Project) -> None:
    content.edit(
        "data/recommendations.yml",
        "  title: Name one person who answers for children's safety\n",
        "  title: '\"=HYPERLINK(1)+1\"'\n",
    )
    content.edit(
        "data/recommendations.yml",
        "note: Five of the nine organisations have named their person.\n",
        "note: '(@SUM(1))'\n",
    )
    book = openpyxl.load_workbook(exported(content))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    for text in ('"=HYPERLINK(1)+1"', "(@SUM(1))"):
        (cell,) = [cell for cell in cells if cell.value == text]
        assert (cell.data_type, cell.number_format) == ("s", "@")


def test_a_workbook_that_is_there_is_not_written_over_unless_that_is_said(content: Project) -> None:
    path = content.folder / "committee.xlsx"
    path.write_bytes(b"filled in for weeks")
    done = content.run_here("export", "--xlsx", str(path))
    assert (done.returncode, path.read_bytes()) == (2, b"filled in for weeks")
    assert (
        done.stderr == f"'{path}' is there already (choose another name, or take that file away; nothing was written)\n"
    )
    done = content.run_here("export", "--xlsx", str(path), "--replace")
    assert (done.returncode, done.stdout) == (0, f"Wrote {path}: 14 recommendations, as known on 2026-03-31.\n")


def test_a_workbook_has_the_name_of_one(content: Project) -> None:
    done = content.run_here("export", "--xlsx", "committee.doc")
    assert (done.returncode, done.stderr) == (2, "'committee.doc' is no name for a workbook (let it end in .xlsx)\n")


def test_a_workbook_of_an_earlier_day_holds_what_was_known_then(content: Project) -> None:
    path = content.folder / "then.xlsx"
    done = content.run_here("--as-of", "2022-11-30", "export", "--xlsx", str(path))
    assert done.returncode == 0, done.stderr
    sheet = openpyxl.load_workbook(path)["Recommendations"]
    assert sheet.cell(2, columns(sheet)["Response now"].column).value == "under consideration"


def test_without_what_writes_and_reads_spreadsheets_it_is_said_how_to_get_it(
    content: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(read_file, "find_spec", lambda name: None)
    with pytest.raises(InputError) as raised:
        read_file.need_spreadsheets()
    assert str(raised.value) == "what reads and writes spreadsheets is not installed (run 'make .venv/ready-to-edit')"
