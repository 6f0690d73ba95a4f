"""The fresh site in the place of the last one: at once, never half, and one step back."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from projects import ROOT, Project
from register.site import swap
from register.site.swap import BuildUnderWay, fresh_folder, publish, roll_back


def lay(folder: Path, text: str) -> None:
    """A site with one page."""
    (folder / "help").mkdir(parents=True, exist_ok=True)
    (folder / "help" / "index.html").write_text(text)


def shown(folder: Path) -> str | None:
    """What the page of a site says; None if there is no such site."""
    path = folder / "help" / "index.html"
    return path.read_text() if path.exists() else None


def build(project: Path, text: str) -> None:
    with fresh_folder(project) as fresh:
        lay(fresh, text)
        publish(fresh, project)


@pytest.fixture(params=["in one step", "in three steps"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways of changing places: the system's own, and the one for systems that have none."""
    if request.param == "in three steps":
        monkeypatch.setattr(swap, "_exchange", lambda one, other: False)
    return str(request.param)


def test_each_build_takes_the_place_of_the_last_and_keeps_it(tmp_path: Path, way: str) -> None:
    kept = []
    for text in "abc":
        build(tmp_path, text)
        kept.append((shown(tmp_path / "site"), shown(tmp_path / "site.previous")))
    assert kept == [("a", None), ("b", "a"), ("c", "b")]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site", "site.previous"]


def test_a_step_back_and_one_more_is_where_it_began(tmp_path: Path, way: str) -> None:
    build(tmp_path, "a")
    assert not roll_back(tmp_path)
    assert shown(tmp_path / "site") == "a"
    build(tmp_path, "b")
    assert roll_back(tmp_path)
    assert (shown(tmp_path / "site"), shown(tmp_path / "site.previous")) == ("a", "b")
    assert roll_back(tmp_path)
    assert (shown(tmp_path / "site"), shown(tmp_path / "site.previous")) == ("b", "a")


def test_a_build_that_fails_leaves_the_last_site_and_nothing_else(tmp_path: Path) -> None:
    build(tmp_path, "a")
    with pytest.raises(ZeroDivisionError), fresh_folder(tmp_path) as fresh:
        lay(fresh, "b")
        raise ZeroDivisionError
    assert shown(tmp_path / "site") == "a"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_what_an_interrupted_build_left_behind_is_taken_away(tmp_path: Path) -> None:
    lay(tmp_path / ".build-x1", "half")
    build(tmp_path, "a")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    message = "another build of this project is under way"
    with fresh_folder(tmp_path):
        with pytest.raises(BuildUnderWay, match=message), fresh_folder(tmp_path):
            pass
        with pytest.raises(BuildUnderWay, match=message):
            roll_back(tmp_path)
    build(tmp_path, "a")
    assert shown(tmp_path / "site") == "a"


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_a_web_server_can_read_all_of_it_whatever_the_umask(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        build(tmp_path, "a")
    finally:
        os.umask(before)
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "site").rglob("*")}
    assert modes == {"help": 0o755, "index.html": 0o644}
    assert (tmp_path / "site").stat().st_mode & 0o777 == 0o755


def test_a_reader_always_finds_a_whole_site(tmp_path: Path) -> None:
    """With the system's own exchange; elsewhere there is a gap of microseconds."""
    build(tmp_path, "0")
    over, missed = threading.Event(), list[str]()

    def read() -> None:
        while not over.is_set():
            try:
                (tmp_path / "site" / "help" / "index.html").read_text()
            except FileNotFoundError as error:
                missed.append(str(error))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(200):
        build(tmp_path, str(number))
    over.set()
    reader.join()
    assert missed == []


# Stops the process by a signal at the n-th call into the system that changes a name.
INTERRUPTED = """
import os, signal, sys
from pathlib import Path
from register.site import swap
project, moment, kind, steps = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
calls = 0
def interrupting(call):
    def interrupted(*arguments):
        global calls
        calls += 1
        if calls == moment:
            os.kill(os.getpid(), kind)
        result = call(*arguments)
        calls += 1
        if calls == moment:
            os.kill(os.getpid(), kind)
        return result
    return interrupted
Path.rename = interrupting(Path.rename)
swap._exchange = interrupting(swap._exchange) if steps == "one" else lambda one, other: False
with swap.fresh_folder(project) as fresh:
    (fresh / "help").mkdir()
    (fresh / "help" / "index.html").write_text("new")
    swap.publish(fresh, project)
"""


def interrupted_builds(folder: Path, kinds: list[signal.Signals], steps: str) -> Iterator[tuple[int, str | None]]:
    """Builds over an old site that are stopped at each moment in turn; what the site shows afterwards."""
    for kind in kinds:
        for moment in range(1, 13):
            project = folder / f"{kind.name}-{moment}"
            project.mkdir()
            for text in ("older", "old"):
                build(project, text)
            command = [sys.executable, "-c", INTERRUPTED, str(project), str(moment), str(int(kind)), steps]
            subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
            yield moment, shown(project / "site")
            build(project, "newer")
            assert shown(project / "site") == "newer"
            assert [path.name for path in project.glob(".build*")] == []
            shutil.rmtree(project)


def test_no_signal_at_any_moment_loses_the_site(tmp_path: Path) -> None:
    kinds = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL]
    found = list(interrupted_builds(tmp_path, kinds, "one"))
    assert [moment for moment, site in found if site not in ("old", "new")] == []
    assert {site for _, site in found} == {"old", "new"}


def test_where_places_change_in_three_steps_no_signal_that_can_be_heard_loses_the_site(tmp_path: Path) -> None:
    found = list(interrupted_builds(tmp_path, [signal.SIGINT, signal.SIGTERM], "three"))
    assert [moment for moment, site in found if site not in ("old", "new")] == []


# ── the command ────────────────────────────────────────────────────────────────────────────────


def test_rollback_says_what_it_did(tmp_path: Path) -> None:
    project = Project(tmp_path)

    def run() -> tuple[int, str, str]:
        command = [sys.executable, "-m", "register", "--project", str(tmp_path), "rollback"]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout, done.stderr

    build(project.folder, "a")
    assert run() == (1, "", "there is no earlier site in site.previous/ (nothing was changed)\n")
    build(project.folder, "b")
    said = "The site before the last build is in site/ again; the other one is in site.previous/.\n"
    assert run() == (0, said, "")
    assert shown(project.folder / "site") == "a"
