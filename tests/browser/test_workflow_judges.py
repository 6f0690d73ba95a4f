"""The workflows, judged by zizmor and actionlint, which nobody here wrote; what they need comes with the browser tests."""

import subprocess
import sys
from pathlib import Path

import pytest

from projects import ROOT
from visits import NODE, NODE_MODULES

pytestmark = pytest.mark.browser

WORKFLOWS = ROOT / ".github" / "workflows"


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    """What zizmor finds in a folder of workflows at its strictest; it asks nobody."""
    program = Path(sys.executable).with_name("zizmor")
    asked = [program, "--offline", "--persona", "pedantic", "--no-progress", folder]
    return subprocess.run(asked, capture_output=True, text=True, check=False)


def actionlint(folder: Path) -> subprocess.CompletedProcess[str]:
    """What actionlint finds in a folder of workflows."""
    program = NODE_MODULES / "@tktco" / "node-actionlint" / "bin" / "node-actionlint.js"
    return subprocess.run([NODE, program, f"{folder}/*.yml"], capture_output=True, text=True, check=False)


def test_zizmor_finds_nothing_in_the_workflows() -> None:
    done = zizmor(WORKFLOWS)
    assert (done.returncode, "No findings to report" in done.stdout) == (0, True), done.stdout


def test_actionlint_finds_nothing_in_the_workflows() -> None:
    done = actionlint(WORKFLOWS)
    assert done.returncode == 0, done.stdout


BAD = """on: issue_comment
jobs:
  read:
    runs-on: ubuntu-latest
    steps:
      - run: echo ${{ github.event.comment.body }}
"""


def test_a_bad_workflow_is_found_by_both(tmp_path: Path) -> None:
    folder = tmp_path / ".github" / "workflows"
    folder.mkdir(parents=True)
    (folder / "bad.yml").write_text(BAD)
    judged = zizmor(folder)
    assert judged.returncode != 0 and "template-injection" in judged.stdout
    judged = actionlint(folder)
    assert (
        judged.returncode == 1
        and '"github.event.comment.body" is potentially untrusted' in judged.stdout + judged.stderr
    )


def test_what_is_passed_over_has_a_reason_beside_it() -> None:
    lines = [line for path in WORKFLOWS.iterdir() for line in path.read_text().splitlines() if "zizmor: ignore" in line]
    assert sorted(lines) == [
        "  workflow_run: # zizmor: ignore[dangerous-triggers] nothing that a pull request holds is run, and its words are read as data",
        "  workflow_run: # zizmor: ignore[dangerous-triggers] only the run of main is followed, and nothing of it is read",
    ]
