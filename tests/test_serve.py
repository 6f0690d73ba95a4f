"""``make serve``: the site as it is typed, what is wrong in the terminal, and a server that goes on."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from projects import ROOT, SAMPLE_DAY, Project, make_project

pytestmark = pytest.mark.full_build

PATIENCE = 90  # seconds until something is given up; a busy machine needs a few of them


@dataclass
class Served:
    """A project whose site is served."""

    project: Project
    address: str
    log: Path
    process: subprocess.Popen

    def page(self, path: str) -> str:
        """What a browser gets; nothing while the server is not there yet."""
        try:
            with urllib.request.urlopen(f"{self.address}{path}", timeout=PATIENCE) as answer:
                return answer.read().decode()
        except urllib.error.URLError:
            return ""

    def wait(self, what: str, seen: Callable[[], bool]) -> None:
        """Wait until something is seen."""
        until = time.monotonic() + PATIENCE
        while not seen():
            assert time.monotonic() < until, f"waited in vain for {what}:\n{self.log.read_text()}"
            time.sleep(0.1)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The sample, served by ``make serve`` at a free port."""
    folder = tmp_path / "project"
    folder.mkdir()
    project = make_project(folder)
    for name in ("Makefile", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    # No network in tests: the environment is this run's own, marked as newer than the lock files.
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / ".venv" / "ready").touch()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log"
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "AS_OF", "SOURCE_"))
    }
    with log.open("w") as output:
        process = subprocess.Popen(
            ["make", "serve", f"PORT={port}"],
            cwd=folder,
            env={**environment, "SOURCE_DATE_EPOCH": SAMPLE_DAY, "TMPDIR": str(tmp_path)},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield Served(project, f"http://127.0.0.1:{port}/", log, process)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def test_make_serve_follows_every_change_and_goes_on_when_something_is_wrong(served: Served) -> None:
    project, log = served.project, served.log
    served.wait("the first page", lambda: "<h1" in served.page("short/"))
    # Live reload is a script between tags, which the content policy of a published site stops.
    assert "Content-Security-Policy" not in served.page("short/")
    assert "livereload" in served.page("short/")
    assert "[macros]" not in log.read_text()

    project.edit(
        "data/recommendations.yml", "note: Five of the nine organisations", "note: Six of the nine organisations"
    )
    served.wait("the change of data", lambda: "Six of the nine organisations" in served.page("recommendations/1/"))

    line = project.edit("data/register.yml", "\nleave: weather\n", "\nleave: wether\n") + 1
    message = f"data/register.yml:{line}: register: unknown link 'wether' (did you mean 'weather'?)"
    served.wait("the message about data", lambda: message in log.read_text())
    project.edit("data/register.yml", "\nleave: wether\n", "\nleave: weather\n")

    path = project.folder / "docs" / "short.md"
    good = path.read_text()
    path.write_text(f"{good}\n{{{{ total() }}}}\n")
    message = f"docs/short.md:{good.count(chr(10)) + 2}: there is no total() (did you mean 'totals'?"
    served.wait("the message about a page", lambda: message in log.read_text())

    path.write_text(f"{good}\nA last word.\n")
    served.wait("the page put right", lambda: "A last word." in served.page("short/"))
    assert "Traceback" not in log.read_text()

    os.killpg(served.process.pid, signal.SIGTERM)
    served.wait("the end of what it kept", lambda: list(project.folder.parent.glob("mkdocs_*")) == [])
    assert not (project.folder / "site").exists()
