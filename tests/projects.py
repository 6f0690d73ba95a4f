"""A project in miniature that tests may break, and its commands."""

import contextlib
import io
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from register.cli import main

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "tests" / "sample"
MACHINERY = ("macros.py", "mkdocs.base.yml", "register", "theme")

# The sample register is written to be read on this day: 31 March 2026, noon UTC.
SAMPLE_DAY = "1774958400"


@dataclass
class Project:
    """A copy of the sample project with the real machinery, in a folder of its own."""

    folder: Path

    def edit(self, name: str, old: str, new: str) -> int:
        """Replace text that stands once in a file; return the line on which it stood."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file of the project, in place of what it held."""
        data = content.encode() if isinstance(content, str) else content
        (self.folder / name).write_bytes(data)

    def run(self, *arguments: str, typed: str | None = None, **environment: str) -> subprocess.CompletedProcess:
        """Run ``python -m register`` in the project, on the sample's day unless another day is given.

        ``typed`` is what a person types at the questions that it asks.
        """
        return subprocess.run(
            [sys.executable, "-m", "register", *arguments],
            cwd=self.folder,
            env={**os.environ, "SOURCE_DATE_EPOCH": SAMPLE_DAY, **environment},
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )

    def run_here(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        """Do as ``run`` does, but in this process: nothing is started, and nothing is loaded twice."""
        out, error, called_off = io.StringIO(), io.StringIO(), signal.getsignal(signal.SIGTERM)
        given = {name: value for name, value in os.environ.items() if name != "AS_OF"}
        with (
            mock.patch.dict(os.environ, {**given, "SOURCE_DATE_EPOCH": SAMPLE_DAY, **environment}, clear=True),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(error),
        ):
            status = main(["--project", str(self.folder), *arguments])
        signal.signal(signal.SIGTERM, called_off)
        return subprocess.CompletedProcess(arguments, status, out.getvalue(), error.getvalue())


def make_project(folder: Path, content: Path = SAMPLE) -> Project:
    """Lay the machinery and a partnership's own files together, as an adopter would."""
    for name in MACHINERY:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        else:
            shutil.copy(source, folder / name)
    shutil.copytree(content, folder, dirs_exist_ok=True)
    return Project(folder)


def git(folder: Path, *arguments: str, **environment: str) -> str:
    """Run git in a folder, as a made-up editor; return what it prints."""
    who = ["-c", "user.name=Editor", "-c", "user.email=editor@exampleshire.test"]
    done = subprocess.run(
        ["git", *who, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout
