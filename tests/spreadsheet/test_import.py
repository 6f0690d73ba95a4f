"""What was filled in becomes updates; every mistake is reported at its cell, and then nothing is written."""

import io
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment

from projects import ROOT, SAMPLE_DAY, Project
from workbooks import DATE_FOR_ALL, VOICE_FOR_ALL, as_csv, exported, filled, put, records

ONE = {"New date": "14/2/2026", "New voice": "the partnership", "New note": "The board met."}
# Rows of the sheet: the header is the first, so recommendation 12 stands in row 13.
TWELVE, FOURTEEN = 13, 15


def imported(project: Project, path: object, *options: str) -> Any:
    return project.run_here("import", str(path), *(options or ("--yes",)))


def problems(project: Project, rows: Mapping[int, Mapping[str, Any]], **more: Any) -> list[str]:
    """The problems reported in a filled workbook; nothing is written then."""
    before = records(project)
    done = imported(project, filled(project, rows, **more))
    assert (done.returncode, done.stdout, records(project)) == (1, "", before)
    *told, count = done.stderr.splitlines()
    noun = "problem" if len(told) == 1 else "problems"
    assert count == f"{len(told)} {noun} in 1 file; nothing was written"
    return told


def test_a_filled_row_becomes_an_update_recorded_today_and_the_rest_of_the_file_stays(content: Project) -> None:
    before = records(content)
    row = {
        **ONE,
        "New response": "Applies in part",
        "New reason": "By =SUM(A1) the form says: 'half'",
        "New progress": "under-way",
        "New evidence": "board-minutes-2026-02; sharing-pilot-2026",
        "New due": "31/12/2026",
        "New recheck": "October 2027",
        "New lead": "Exampleshire Learning Group",
        "New related": "1; 3",
    }
    done = imported(content, filled(content, {FOURTEEN: row}))
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        "1 new update:\nRecommendation 14 will show:\n14 February 2026, said by the partnership; update 1\n"
        in done.stdout
    )
    assert "Promised by 31 December 2026.\n" in done.stdout
    assert done.stdout.endswith("Written. 'make site' shows it.\n")
    added = """\
  updates:
    - date: 2026-02-14
      recorded: 2026-03-31
      voice: partnership
      note: The board met.
      response: applies-in-part
      progress: under-way
      reason: 'By =SUM(A1) the form says: ''half'''
      evidence:
        - board-minutes-2026-02
        - sharing-pilot-2026
      due: 2026-12-31
      recheck: 2027-10
      lead: Exampleshire Learning Group
      related:
        - 1
        - 3
"""
    assert records(content) == before.rstrip("\n") + "\n" + added


def test_importing_twice_adds_nothing_twice_and_says_so(content: Project) -> None:
    path = filled(content, {TWELVE: ONE, FOURTEEN: ONE})
    assert imported(content, path).returncode == 0
    once = records(content)
    done = imported(content, path)
    assert (done.returncode, done.stderr, records(content)) == (0, "", once)
    assert done.stdout == (
        "Known already, and not added again: 2 updates, from row 13, 15.\n"
        "There is nothing new in it; nothing was written.\n"
    )


def test_what_was_edited_or_withdrawn_since_is_known_already(content: Project) -> None:
    path = filled(content, {TWELVE: ONE, FOURTEEN: ONE})
    assert imported(content, path).returncode == 0
    for number, change in ((12, ["withdraw", "12", "1", "--by", "Editor", "--reason", "It was another county."]),
                           (14, ["edit", "14", "1", "--note", "The board met twice.", "--why", "A word.", "--keep"])):  # fmt: skip
        done = content.run_here(*change, "--yes")
        assert done.returncode == 0, (number, done.stderr)
    done = imported(content, path)
    assert "Known already, and not added again: 2 updates, from row 13, 15.\n" in done.stdout


def test_a_workbook_that_nobody_filled_in_changes_nothing(content: Project) -> None:
    before = records(content)
    done = imported(content, exported(content))
    assert (done.returncode, done.stdout) == (0, "There is nothing new in it; nothing was written.\n")
    assert records(content) == before


def test_an_empty_cell_takes_nothing_away(content: Project) -> None:
    rows: dict[int, dict[str, Any]] = {4: {"Progress now": None, "Led by": None, "Title": None, **ONE}}
    before = records(content)
    assert imported(content, filled(content, rows)).returncode == 0
    assert all(line in records(content) for line in before.splitlines())


def test_an_older_update_is_put_where_it_belongs(content: Project) -> None:
    done = imported(content, filled(content, {2: {**ONE, "New date": "June 2024"}}))
    assert done.returncode == 0, done.stderr
    text = records(content)
    assert text.index("- date: 2024-01\n") < text.index("- date: 2024-06\n") < text.index("- date: 2024-09-12\n")


def test_two_updates_of_one_recommendation_stand_in_two_rows(content: Project) -> None:
    spare = 16
    rows = {FOURTEEN: ONE, spare: {"Number": 14, **ONE, "New date": "1/3/2026", "New note": "It met again."}}
    done = imported(content, filled(content, rows))
    assert done.returncode == 0, done.stderr
    text = records(content)
    assert 0 < text.index("note: The board met.") < text.index("note: It met again.")


def test_rows_may_be_sorted_and_taken_out_because_the_number_says_what_they_are_about(content: Project) -> None:
    def turned(book: Any) -> None:
        sheet = book["Recommendations"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=FOURTEEN)]
        for place, row in enumerate(reversed(rows[5:]), 2):
            for column, value in enumerate(row, 1):
                put(sheet.cell(place, column), value)
        sheet.delete_rows(11, 5)

    path = filled(content, {TWELVE: ONE}, more=turned)
    done = imported(content, path)
    assert done.returncode == 0, done.stderr
    assert "Recommendation 12 will show:" in done.stdout


# ── date and voice for the whole sheet ──────────────────────────────────────────────────────────


def test_date_and_voice_can_be_given_once_and_a_rows_own_count_more(content: Project) -> None:
    own = {"New note": "I asked them.", "New date": "1/3/2026", "New voice": "Scrutineer"}
    rows = {TWELVE: {"New note": "The board met."}, FOURTEEN: own}
    path = filled(content, rows, for_all={DATE_FOR_ALL: "14 February 2026", VOICE_FOR_ALL: "the partnership"})
    done = imported(content, path)
    assert done.returncode == 0, done.stderr
    assert "14 February 2026, said by the partnership; update 1\nThe board met.\n" in done.stdout
    assert "1 March 2026, said by the independent scrutineer; update 1\nI asked them.\n" in done.stdout


def test_options_count_more_than_what_the_workbook_says_for_all_rows(content: Project) -> None:
    path = filled(content, {TWELVE: {"New note": "The board met."}}, for_all={DATE_FOR_ALL: "14/2/2026"})
    done = imported(content, path, "--yes", "--date", "15/2/2026", "--voice", "partnership", "--recorded", "2026-03-01")
    assert done.returncode == 0, done.stderr
    assert "- date: 2026-02-15\n      recorded: 2026-03-01\n      voice: partnership\n" in records(content)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--date", "soon"], "--date is not a date: 'soon' (write it like 2026-02-28, 28/02/2026, "),
        (["--voice", "nobody"], "--voice cannot be 'nobody' (one of: partnership, scrutineer, lived-experience)"),
        (["--recorded", "2027-01-01"], "--recorded is in the future: '2027-01-01' (today is 2026-03-31)"),
    ],
)
def test_an_option_that_cannot_be_used_is_told(content: Project, options: list[str], told: str) -> None:
    done = imported(content, filled(content, {TWELVE: ONE}), *options)
    assert done.returncode == 2
    assert done.stderr.startswith(told)


def test_a_wrong_date_for_the_whole_sheet_is_told_at_its_cell(content: Project) -> None:
    told = problems(content, {TWELVE: {"New note": "x", "New voice": "partnership"}}, for_all={DATE_FOR_ALL: "soon"})
    assert told[-1].startswith("Start here!B15: 'Date for the whole sheet' is not a date: 'soon' (write it like ")


# ── before it is written ────────────────────────────────────────────────────────────────────────


def test_a_dry_run_says_everything_and_writes_nothing(content: Project) -> None:
    before = records(content)
    done = imported(content, filled(content, {FOURTEEN: ONE}), "--dry-run", "--yes")
    assert (done.returncode, records(content)) == (0, before)
    assert (
        "Recommendation 14 will show:\n14 February 2026, said by the partnership; update 1\nThe board met.\n"
        in done.stdout
    )
    assert "+     - date: 2026-02-14\n" in done.stdout
    assert done.stdout.endswith("Nothing was written: this was a try.\n")


@pytest.mark.parametrize(("answer", "written"), [("yes", True), ("no", False)])
def test_it_is_written_only_after_a_yes(
    content: Project, monkeypatch: pytest.MonkeyPatch, answer: str, written: bool
) -> None:
    before, path = records(content), filled(content, {FOURTEEN: ONE})
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{answer}\n"))
    done = content.run_here("import", str(path))
    assert "Write it? yes or no > " in done.stdout
    assert (done.returncode, records(content) != before) == (0, written)


# ── what is wrong in a cell ─────────────────────────────────────────────────────────────────────

A_DATE = "(write it like 2026-02-28, 28/02/2026, 28 February 2026, February 2026, 2026, today or last Tuesday)"
WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "no such day": ({**ONE, "New date": "31/02/2026"}, f"L13: recommendation 12: 'New date' is not a date: '31/02/2026' {A_DATE}"),
    "an American date": ({**ONE, "New due": "12/31/2026"}, f"S13: recommendation 12: 'New due' is not a date: '12/31/2026' {A_DATE}"),
    "a word that is none": ({**ONE, "New response": "aplies"}, "O13: recommendation 12: 'New response' cannot be 'aplies' (did you mean 'applies'? one of: under-consideration, applies, applies-in-part, already-in-place, not-for-us)"),
    "a voice that is none": ({**ONE, "New voice": "chair"}, "M13: recommendation 12: 'New voice' cannot be 'chair' (one of: partnership, scrutineer, lived-experience)"),
    "no number of another": ({**ONE, "New related": "1; two"}, "X13: recommendation 12: 'New related' is not a whole number: 'two' (write digits only)"),
    "no note": ({"New date": "14/2/2026", "New voice": "partnership"}, "N13: recommendation 12: the note is missing (say in one to three plain sentences what happened)"),
    "no date": ({"New note": "x", "New voice": "partnership"}, "L13: recommendation 12: the date is missing (write it in the row; or once for the whole sheet, on 'Start here' or as --date)"),
    "too long": ({**ONE, "New lead": "x" * 121}, "U13: recommendation 12: 'lead' has 121 characters (the most is 120: shorten it)"),
    "an address": ({**ONE, "New note": "See www.exampleshire.test/a."}, "N13: recommendation 12: 'New note' holds a web address: 'www.exampleshire.test/a.' (say in words which page it is; an address belongs in data/links.yml)"),
    "a changed number": ({**ONE, "Number": 99}, "A13: there is no recommendation '99' (write a number from 1 to 14)"),
    "no number": ({**ONE, "Number": None}, "A13: the number is missing (write the recommendation's number)"),
    "known and changed": ({"Title": "Another"}, "B13: recommendation 12: 'Title' was changed by hand, and is not taken over (put back what stood there, or empty the cell; say what is new in the columns that begin with 'New')"),
    "an error": ({**ONE, "New reason": "#REF!"}, "Q13: recommendation 12: 'New reason' holds the error #REF! (type what it should say, or paste it as a value only)"),
    "in the future": ({**ONE, "New date": "1/1/2027"}, "L13: recommendation 12: 'date' is in the future: '2027-01-01' (is the year right? promises go in 'due' or 'recheck')"),
    "what a word demands": ({**ONE, "New progress": "done"}, "P13: recommendation 12: progress 'done' needs evidence (fill in that column, too)"),
    "nothing to end": ({**ONE, "New ends": "lead", "New reason": "x"}, "Y13: recommendation 12: 'ends' names 'lead', which does not hold (see the columns 'New ends' and 'New reason')"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_at_its_cell_and_nothing_is_written(content: Project, name: str) -> None:
    cells, told = WRONG[name]
    assert problems(content, {TWELVE: cells}) == [f"Recommendations!{told}"]


def test_all_mistakes_are_told_at_once_those_of_the_whole_check_too(content: Project) -> None:
    rows = {TWELVE: {**ONE, "New due": "soon"}, FOURTEEN: {**ONE, "New progress": "done"}, 7: {"Title": "Another"}}
    assert [line.partition(": ")[0] for line in problems(content, rows)] == [
        "Recommendations!B7",
        "Recommendations!S13",
        "Recommendations!P15",
    ]


def test_a_row_is_not_blamed_for_what_another_row_with_a_mistake_would_have_said(content: Project) -> None:
    later = {**ONE, "Number": 14, "New date": "1/3/2026", "New ends": "lead", "New reason": "It has no lead now."}
    rows = {FOURTEEN: {**ONE, "New lead": "Learning Group", "New due": "soon"}, 16: later}
    assert [line.partition(": ")[0] for line in problems(content, rows)] == ["Recommendations!S15"]


def test_what_is_wrong_with_a_later_update_because_of_a_new_one_is_told_at_the_new_ones_row(content: Project) -> None:
    # A promise before the first one makes that one a moved one, which has no reason.
    told = problems(content, {2: {**ONE, "New date": "9/11/2022", "New due": "2023"}})
    assert told == [
        "Recommendations!A2: recommendation 1: the due date moves from 2023 to 30 September 2024 without a reason "
        "(say why in the column 'New reason')"
    ]


def test_the_same_update_in_two_rows_is_told(content: Project) -> None:
    told = problems(content, {FOURTEEN: ONE, 16: {"Number": 14, **ONE}})
    assert told == [
        "Recommendations!L16: recommendation 14: the update of 14 February 2026 stands twice "
        "(empty the new cells of one of the two rows)"
    ]


def test_a_formula_is_told_whatever_it_came_to(content: Project) -> None:
    def formula(book: Any) -> None:
        book["Recommendations"]["Q13"] = '="a" & "b"'

    assert problems(content, {TWELVE: ONE}, more=formula) == [
        "Recommendations!Q13: recommendation 12: 'New reason' holds a formula "
        "(type what it should say, or paste it as a value only)"
    ]


def test_merged_cells_are_told(content: Project) -> None:
    def merged(book: Any) -> None:
        book["Recommendations"].merge_cells("N14:N15")

    assert problems(content, {TWELVE: ONE}, more=merged) == [
        "Recommendations!N14: cells are merged here (split them, and fill in each one)"
    ]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Comments", "'Comments' (take the column out, or put what it says into 'New note')"),
        ("New respones", "'New respones' (did you mean 'New response'? else take the column out, or put what it says into 'New note')"),
    ],
)  # fmt: skip
def test_a_column_that_would_be_lost_is_told_if_something_stands_in_it(content: Project, title: str, told: str) -> None:
    def more(book: Any) -> None:
        book["Recommendations"]["AA1"] = title
        book["Recommendations"]["AA13"] = "x"

    def empty(book: Any) -> None:
        book["Recommendations"]["AA1"] = title

    assert problems(content, {TWELVE: ONE}, more=more) == [
        f"Recommendations!AA1: no column of the register is called {told}"
    ]
    assert imported(content, filled(content, {TWELVE: ONE}, more=empty)).returncode == 0


def test_a_sheet_without_numbers_is_told(content: Project) -> None:
    def without(book: Any) -> None:
        book["Recommendations"]["A1"] = "No."

    assert problems(content, {TWELVE: ONE}, more=without) == [
        "Recommendations!A1: no column is called 'Number' "
        "(use the sheet 'Recommendations' as it was exported, with its first row)"
    ]


def test_a_workbook_from_before_a_change_of_the_register_can_still_be_imported(content: Project) -> None:
    path = filled(content, {TWELVE: ONE})
    content.edit("data/recommendations.yml", "- number: 14\n", "- number: 14\n  audiences: [police]\n")
    done = content.run_here("update", "12", "--yes", "--date", "1/3/2026", "--voice", "partnership",
                            "--note", "It met.", "--progress", "under-way")  # fmt: skip
    assert done.returncode == 0, done.stderr
    done = imported(content, path)
    assert done.returncode == 0, done.stderr


def test_a_note_on_a_cell_is_no_value(content: Project) -> None:
    def noted(book: Any) -> None:
        book["Recommendations"]["N15"].comment = Comment("Do we know?", "Chair")

    done = imported(content, filled(content, {TWELVE: ONE}, more=noted))
    assert "1 new update:" in done.stdout


def test_a_register_that_is_wrong_already_is_told_as_the_check_tells_it(content: Project) -> None:
    path = filled(content, {TWELVE: ONE})
    content.edit("data/recommendations.yml", "- number: 14\n", "- number: 14\n  theme: nowhere\n")
    done = imported(content, path)
    assert done.returncode == 1
    assert done.stderr.startswith("data/recommendations.yml:")


# ── CSV ─────────────────────────────────────────────────────────────────────────────────────────

TYPED = {**ONE, "New note": "The board – “all of it” – met;\r\nit took £5, or\nmore", "New due": "31/12/2026"}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "cp1252", "utf-16"])
def test_a_csv_file_says_the_same_however_it_was_saved(content: Project, delimiter: str, encoding: str) -> None:
    path = content.folder.parent / "From committee.csv"
    text = as_csv(content, {FOURTEEN: TYPED}, delimiter)
    path.write_bytes(text.encode(encoding, errors="replace"))
    done = imported(content, path, "--dry-run", "--yes")
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert "The board – “all of it” – met; it took £5, or more" in " ".join(done.stdout.split())
    assert "Promised by 31 December 2026." in done.stdout


def test_what_is_wrong_in_a_csv_file_is_told_at_column_and_row(content: Project) -> None:
    path = content.folder.parent / "From committee.csv"
    path.write_text(as_csv(content, {TWELVE: TYPED, FOURTEEN: {**TYPED, "New due": "31/13/2026"}}), "utf-8", newline="")
    done = imported(content, path)
    assert done.stderr.startswith(
        f"From committee!S15: recommendation 14: 'New due' is not a date: '31/13/2026' {A_DATE}\n"
    )


def test_a_csv_file_of_a_few_columns_is_enough(content: Project) -> None:
    path = content.folder.parent / "short.csv"
    path.write_text("number;date;voice;note;progress\n14;1/2/2026;Partnership;Begun.;Under way\n", "cp1252")
    done = imported(content, path)
    assert done.returncode == 0, done.stderr
    assert "note: Begun.\n      progress: under-way\n" in records(content)


# ── as it is typed ──────────────────────────────────────────────────────────────────────────────


def test_make_writes_the_workbook_and_asks_before_it_adds_what_was_filled_in(project: Project) -> None:
    (project.folder / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    for name in ("requirements.txt", "requirements-edit.txt"):
        (project.folder / name).write_bytes((ROOT / name).read_bytes())
    # The environment of this run, as one that is newer than the locks.
    (project.folder / ".venv").mkdir()
    for part in ("bin", "lib", "pyvenv.cfg"):
        (project.folder / ".venv" / part).symlink_to(Path(sys.prefix) / part)
    for stamp in ("ready", "ready-to-edit"):
        (project.folder / ".venv" / stamp).touch()

    def make(*arguments: str) -> subprocess.CompletedProcess:
        environment = {**os.environ, "SOURCE_DATE_EPOCH": SAMPLE_DAY, "MAKEFLAGS": ""}
        command = ["make", "--no-print-directory", *arguments]  # as if no other make had started this run
        return subprocess.run(
            command, cwd=project.folder, env=environment, input="yes\n", capture_output=True, text=True, check=False
        )

    done = make("workbook", "FILE=committee.xlsx")
    assert (done.stdout, done.stderr) == ("Wrote committee.xlsx: 14 recommendations, as known on 2026-03-31.\n", "")
    book = openpyxl.load_workbook(project.folder / "committee.xlsx")
    for title, text in ONE.items():
        column = next(cell.column for cell in book["Recommendations"][1] if cell.value == title)
        book["Recommendations"].cell(FOURTEEN, column).value = text
    book.save(project.folder / "committee.xlsx")
    done = make("import", "FILE=committee.xlsx")
    assert (done.returncode, done.stderr) == (0, "")
    assert records(project).endswith("      note: The board met.\n")


def test_the_mistake_that_editors_are_shown_is_told_like_that(content: Project) -> None:
    shown = re.search(r"(?m)^Recommendations!.*$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert shown and problems(content, {TWELVE: {**ONE, "New date": "31/02/2026"}}) == [shown[0]]


@pytest.mark.parametrize(
    "typed",
    [
        "Board minutes, March 2023; board minutes, february 2026",
        "board-minutes-2023-03, board-minutes-2026-02",
        "Board minutes, March 2023\nboard-minutes-2026-02",
    ],
)
def test_several_pages_are_named_by_ids_or_by_names_that_hold_commas(content: Project, typed: str) -> None:
    done = imported(content, filled(content, {FOURTEEN: {**ONE, "New evidence": typed}}))
    assert done.returncode == 0, done.stderr
    assert records(content).endswith("evidence:\n        - board-minutes-2023-03\n        - board-minutes-2026-02\n")
