"""The workbook, opened, filled in and saved in the real LibreOffice, says the same in every format that it saves."""

import json
import subprocess
import uuid
from pathlib import Path

import openpyxl
import pytest

from projects import Project, make_project
from workbooks import exported, records

pytestmark = pytest.mark.office

FILLING = Path(__file__).with_name("fill_in_libreoffice.py")
NOTE = 'The board met;\nit said "yes" – and ’ + = @ stay, 007 too'
# Under each title, what is typed in the row of recommendation 12; recommendation 14 has only a note of its own.
TWELVE = {
    "New note": NOTE,
    "New response": "applies in part",
    "New reason": "007",
    "New progress": "under way",
    "New evidence": "board-minutes-2026-02; sharing-pilot-2026",
    "New due": "31/12/2026",
    "New recheck": "October 2027",
    "New lead": "Exampleshire Learning Group",
    "New related": "1; 3",
}
SAID = """\
  updates:
    - date: 2026-02-14
      recorded: 2026-03-31
      voice: partnership
      note: |-
        The board met;
        it said "yes" – and ’ + = @ stay, 007 too
      response: applies-in-part
      progress: under-way
      reason: '007'
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
FORMATS = ["filled.xlsx", "filled.ods", "semicolons-Recommendations.csv", "commas-Recommendations.csv"]


def fill_in(workbook: Path, cells: list[list], folder: Path) -> list[str]:
    """Fill in cells in LibreOffice and save; return how it showed them."""
    (folder / "cells.json").write_text(json.dumps(cells), "utf-8")
    pipe = f"register-{uuid.uuid4().hex}"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", "--headless", "--norestore", profile, f"--accept=pipe,name={pipe};urp"]
    office = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        filling = ["/usr/bin/python3", FILLING, pipe, workbook, folder / "cells.json", folder]
        done = subprocess.run(filling, capture_output=True, text=True, check=False, timeout=180)
        assert done.returncode == 0, done.stderr
        office.wait(60)
    finally:
        office.kill()
        office.wait()
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample's workbook, filled in and saved in every format."""
    folder = tmp_path_factory.mktemp("libreoffice")
    (folder / "project").mkdir()
    workbook = exported(make_project(folder / "project"))
    book = openpyxl.load_workbook(workbook)
    titles = [cell.value for cell in book["Recommendations"][1]]
    for_all = {row[0].value: row[0].row - 1 for row in book["Start here"].iter_rows()}
    cells = [["Recommendations", titles.index(title), 12, text] for title, text in TWELVE.items()]
    cells.append(["Recommendations", titles.index("New note"), 14, "(=SUM(A1:A3))"])
    cells.append(["Start here", 1, for_all["Date for the whole sheet"], "14/2/2026"])
    cells.append(["Start here", 1, for_all["Voice for the whole sheet"], "the partnership"])
    shown = fill_in(workbook, cells, folder)
    assert shown == [text for *_, text in cells]  # nothing was taken for a date, a number or a formula
    return folder


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_filled_in_in_libreoffice_becomes_the_same_updates_in_every_format(
    content: Project, saved: Path, name: str
) -> None:
    before = records(content)
    for_all = ["--date", "14/2/2026", "--voice", "partnership"] if name.endswith(".csv") else []
    done = content.run_here("import", str(saved / name), "--yes", *for_all)
    assert done.stderr == ""
    twelve, _, after = records(content).partition("- number: 12\n")[2].partition("\n\n")
    assert twelve.endswith(SAID.rstrip("\n"))
    assert after.endswith(
        "- number: 14\n  updates:\n    - date: 2026-02-14\n      recorded: 2026-03-31\n"
        "      voice: partnership\n      note: (=SUM(A1:A3))\n"
    )
    assert len(records(content).splitlines()) == len(before.splitlines()) + SAID.count("\n") + 5
    again = content.run_here("import", str(saved / name), "--yes", *for_all)
    assert "There is nothing new in it; nothing was written.\n" in again.stdout


def test_libreoffice_opens_what_it_saved_itself_as_the_same_workbook(content: Project, saved: Path) -> None:
    again = saved / "again"
    again.mkdir(exist_ok=True)
    cells = [["Recommendations", 16, 12, "Another reason."]]
    fill_in(saved / "filled.ods", cells, again)
    done = content.run_here("import", str(again / "filled.xlsx"), "--dry-run", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Why: Another reason." in done.stdout
