"""A change of data files is checked, shown, and written whole or not at all."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from projects import ROOT, SAMPLE_DAY, Project
from register.edit.change import Change, ChangedMeanwhile, FileText
from register.edit.data_text import DataText
from register.load.data_files import FILES
from register.problems import ProblemsFound

DAY = {"SOURCE_DATE_EPOCH": SAMPLE_DAY}
FILE = {file.name: file for file in FILES}


def with_theme(project: Project, theme: str) -> Change:
    """A change of the theme of recommendation 14."""
    edited = DataText(FileText.read(project.folder, "data/recommendations.yml").text, FILE["recommendations.yml"])
    edited.set(("14",), {"theme": theme})
    return Change.of(project.folder, {"data/recommendations.yml": edited.text}, DAY)


def test_a_change_is_shown_with_its_lines_and_then_written(project: Project) -> None:
    path = project.folder / "data/recommendations.yml"
    before = path.read_text("utf-8")
    change = with_theme(project, "sharing")
    line = before.split("\n").index("- number: 14") + 2

    assert list(change.lines()) == ["data/recommendations.yml:", f"  {line} +   theme: sharing"]
    assert path.read_text("utf-8") == before
    change.write()
    assert path.read_text("utf-8") == before.replace("- number: 14\n", "- number: 14\n  theme: sharing\n")
    assert change.snapshot.statuses[14].record.theme == "sharing"


def test_what_would_be_wrong_is_reported_at_its_line_and_nothing_is_written(project: Project) -> None:
    path = project.folder / "data/recommendations.yml"
    before = path.read_bytes()
    line = before.decode().split("\n").index("- number: 14") + 2
    with pytest.raises(ProblemsFound) as raised:
        with_theme(project, "nowhere")
    assert str(raised.value) == (
        f"data/recommendations.yml:{line}: recommendation 14: unknown theme 'nowhere' "
        "(one of: sharing, learning, listening, travel)\n1 problem in 1 file; nothing was written"
    )
    assert path.read_bytes() == before


def test_what_somebody_else_wrote_meanwhile_is_not_lost(project: Project) -> None:
    change = with_theme(project, "sharing")
    project.edit("data/recommendations.yml", "- number: 14\n", "- number: 14\n  audiences: [police]\n")
    with pytest.raises(ChangedMeanwhile) as raised:
        change.write()
    assert str(raised.value) == (
        "data/recommendations.yml was changed by somebody else meanwhile (nothing was written; do it again)"
    )
    assert "audiences: [police]\n" in (project.folder / "data/recommendations.yml").read_text("utf-8")


def test_line_ends_and_byte_order_mark_stay_as_they_are(project: Project) -> None:
    path = project.folder / "data/recommendations.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    before = path.read_bytes()
    with_theme(project, "sharing").write()
    assert path.read_bytes() == before.replace(b"- number: 14\r\n", b"- number: 14\r\n  theme: sharing\r\n")


def test_nobody_else_may_read_a_file_that_nobody_else_could_read_before(project: Project) -> None:
    path = project.folder / "data/recommendations.yml"
    path.chmod(0o640)
    with_theme(project, "sharing").write()
    assert path.stat().st_mode & 0o777 == 0o640


WRITING = """
import itertools, sys
from pathlib import Path
from register.edit.change import Change, FileText
project, large = Path(sys.argv[1]), "x" * 400_000 + "\\n"
print("writing", flush=True)
for letter in itertools.cycle("ab"):
    content = (project / "data" / "links.yml").read_bytes()
    Change(project, {"data/links.yml": FileText("", content)}, {"data/links.yml": letter + large}, None).write()
"""


def test_a_file_is_the_old_one_or_the_new_one_at_whatever_moment_the_program_is_killed(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    path = tmp_path / "data" / "links.yml"
    whole = [f"{letter}{'x' * 400_000}\n" for letter in "ab"]
    path.write_text(whole[0])
    for wait in range(12):
        running = subprocess.Popen(
            [sys.executable, "-c", WRITING, str(tmp_path)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
        )
        running.stdout.readline()
        time.sleep(0.003 * wait)
        running.kill()
        running.communicate()
        assert path.read_text() in whole
