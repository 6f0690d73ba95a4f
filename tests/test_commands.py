"""README's commands, as a new user would type them, in a clean copy of what git holds."""

import datetime
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from projects import ROOT
from registers import latest_day


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clean copy of the project's own files, with the environment that `make test` has already made."""
    folder = tmp_path_factory.mktemp("clone")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in listed.stdout.decode().split("\0"):
        if name and (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes((ROOT / name).read_bytes())
    # No network in tests: the environment is this run's own, marked as newer than the lock files.
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / ".venv" / "ready").touch()
    return folder


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess:
    """Run make in a folder on a fixed day, with nothing of this test's environment that a user would not have."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("MAKE", "AS_OF", "SITE_URL", "PUBLISH"))
    }
    day = datetime.datetime.combine(latest_day(ROOT), datetime.time(12), datetime.UTC)
    environment["SOURCE_DATE_EPOCH"] = str(int(day.timestamp()))
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=120
    )


def test_make_alone_prints_every_command(clone: Path) -> None:
    said = make(clone).stdout
    commands = re.findall(r"(?m)^  ([\w-]+) ", said)
    assert commands == re.findall(r"(?m)^([\w-]+):.*## ", (clone / "Makefile").read_text())
    assert {"site", "serve", "check", "test", "clean"} <= set(commands)


@pytest.mark.content
@pytest.mark.full_build
def test_make_site_builds_the_real_register_and_says_so_in_five_lines(clone: Path) -> None:
    done = make(clone, "site")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert re.fullmatch(r"Built \d+ recommendations into \d+ pages, in site/\.", lines[0])
    assert re.fullmatch(r"Register version v[0-9a-f]{12}, as at \d{4}-\d\d-\d\d\.", lines[1])
    assert lines[2].startswith("Its addresses are for this machine only: http://127.0.0.1:8000/ (")
    assert lines[3] == "To look at it: make serve, then open http://127.0.0.1:8000/"
    assert re.fullmatch(r"It took \d+\.\d seconds\.", lines[4])
    assert len(lines) == 5
    assert (clone / "site" / "index.html").is_file()


@pytest.mark.content
@pytest.mark.full_build
def test_make_site_publishes_the_real_register_under_its_address_only(clone: Path) -> None:
    refused = make(clone, "site", "PUBLISH=1")
    assert refused.returncode == 2  # make's own status for a failed recipe
    assert "the site's address is no public address: 'http://127.0.0.1:8000/'" in refused.stderr
    done = make(clone, "site", "PUBLISH=1", "SITE_URL=https://register.exampleshire.test/")
    assert done.returncode == 0, done.stderr
    held = [path for path in (clone / "site").rglob("*") if path.is_file()]
    assert [path for path in held if b"127.0.0.1" in path.read_bytes()] == []


@pytest.mark.parametrize(
    ("command", "run"),
    [
        (["publish-earlier"], 'sh tools/publish_earlier.sh ""\n'),
        (["publish-earlier", "PUBLICATION=0123abc"], 'sh tools/publish_earlier.sh "0123abc"\n'),
        (["last-versions"], "sh tools/last_versions.sh\n"),
        (["hosting"], 'AS_OF="" .venv/bin/python -m register hosting\n'),
        (["offline"], 'AS_OF="" .venv/bin/python -m register offline\n'),
        (["site", "PUBLISH=1"], 'AS_OF="" .venv/bin/python -m register site --publish\n'),
    ],
)
def test_commands_of_publication_hand_on_what_they_are_given(clone: Path, command: list[str], run: str) -> None:
    assert make(clone, "--dry-run", *command).stdout.endswith(run)


def test_make_test_published_tests_the_file_that_it_is_given(clone: Path) -> None:
    said = make(clone, "--dry-run", "test-published", "FILE=site.tar").stdout
    assert f'PUBLISHED="{clone}/site.tar" ' in said
    assert said.endswith("tests/browser/test_published_site.py\n")


@pytest.mark.content
def test_make_check_says_in_one_line_that_all_is_well(clone: Path) -> None:
    done = make(clone, "check")
    assert done.returncode == 0, done.stderr
    *soon, last = done.stdout.splitlines()
    assert all(line.startswith(("Soon: data/", "Soon: .vscode/schemas/")) for line in soon)
    assert last.startswith("All is well: ")


@pytest.mark.content
def test_make_check_can_write_json_and_nothing_else_to_standard_output(clone: Path) -> None:
    done = make(clone, "check", "FORMAT=json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["problems"] == []


def test_make_check_of_a_broken_register_ends_with_the_count_and_an_error(clone: Path) -> None:
    path = clone / "data" / "topics.yml"
    good = path.read_bytes()
    path.write_text("- id: x\n\ttitle: y\n")
    done = make(clone, "check")
    path.write_bytes(good)
    assert done.returncode == 2  # make's own status for a failed recipe
    assert "data/topics.yml:2: a tab is used to indent this line (use spaces)" in done.stderr
    assert "1 problem in 1 file; the site was not changed" in done.stderr
    assert "Traceback" not in done.stderr


def test_workflows_use_make_targets_and_pinned_actions_only() -> None:
    for path in (ROOT / ".github" / "workflows").glob("*.yml"):
        text = path.read_text()
        for used in re.findall(r"uses: (\S+)", text):
            assert re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", used), f"{path.name}: {used} is not pinned by commit"
        assert re.search(r"(?m)^permissions:(\n  contents: read| \{\})$", text), (
            f"{path.name} asks for more than it needs"
        )


SCRIPTS = re.findall(r"\$\(BIN\)/python ((?:tests|bench)/\S+\.py)", (ROOT / "Makefile").read_text(encoding="utf-8"))


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_that_make_runs_finds_all_that_it_needs(script: str, tmp_path: Path) -> None:
    path = ROOT / script
    load = f"import runpy, sys; sys.path[0] = {str(path.parent)!r}; runpy.run_path({str(path)!r}, run_name='loaded')"
    done = subprocess.run([sys.executable, "-c", load], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
