"""Builds a commit again, apart from everything that its first build could have depended on by chance.

It is built in a fresh clone in a folder of its own, in another time zone and language and with other hashes and rights than are usual.
What a publication does depend on is given: the site's own address, the address for changes, the day, and the report of the link
check, which no commit holds.
"""

import datetime
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from register.links.report import NAME as LINK_REPORT
from register.problems import InputError

# Far from the usual: the first time zone of the earth, no language, hashes and rights that nobody chooses.
_ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "4242"}
_NO_RIGHTS_FOR_OTHERS = 0o077
_NOT_HANDED_ON = ("AS_OF", "SITE_URL", "EDIT_URI", "PREVIEW", "LANGUAGE")


class CannotRebuild(InputError):
    """A commit cannot be built again; the text says why."""


@dataclass(frozen=True)
class BuildSettings:
    """What a published site was built with, as far as it says so itself."""

    site: str  # its own address
    edit: str  # the address under which its pages can be changed; "" if it offers none
    as_of: datetime.date  # the day whose register it shows
    built: datetime.date  # the day on which it was built
    published: bool  # whether it was built for readers, with compressed files beside the others


@contextmanager
def rebuilt(project: Path, commit: str, settings: BuildSettings, link_report: Path | None) -> Iterator[Path]:
    """Build a commit and hand out the folder of its site, which is taken away afterwards.

    Args:
        project: the project's folder, inside a git repository.
        commit: its full name.
        settings: what the site is to be built with.
        link_report: the report of the link check that it is to show, if any.

    Raises:
        CannotRebuild: git cannot clone it, or its own build fails.
    """
    with tempfile.TemporaryDirectory(prefix="register again ") as folder:
        clone = Path(folder, "clone")
        top = _run(["git", "rev-parse", "--show-toplevel"], project, None).strip()
        within = _run(["git", "rev-parse", "--show-prefix"], project, None).strip()
        _run(["git", "-c", "core.autocrlf=false", "clone", "--quiet", "--no-checkout", top, str(clone)], project, None)
        _run(["git", "-c", "core.autocrlf=false", "checkout", "--quiet", "--detach", commit], clone, None)
        if link_report:
            shutil.copyfile(link_report, clone / within / LINK_REPORT)
        publish = ["--publish"] if settings.published else []
        _run([sys.executable, "-m", "register", "site", *publish], clone / within, _environment(settings))
        yield clone / within / "site"


def _environment(settings: BuildSettings) -> dict[str, str]:
    built = settings.built
    noon = datetime.datetime(built.year, built.month, built.day, 12, tzinfo=datetime.UTC)
    usual = {name: value for name, value in os.environ.items() if name not in _NOT_HANDED_ON and name[:3] != "LC_"}
    given = {"SITE_URL": settings.site, "EDIT_URI": settings.edit, "SOURCE_DATE_EPOCH": str(int(noon.timestamp()))}
    earlier = {"AS_OF": settings.as_of.isoformat()} if settings.as_of < settings.built else {}
    return {**usual, **_ELSEWHERE, **given, **earlier}


def _run(command: list[str], folder: Path, environment: dict[str, str] | None) -> str:
    """What a program prints.

    Raises:
        CannotRebuild: it fails; its own last words are quoted.
    """
    umask = _NO_RIGHTS_FOR_OTHERS if environment else -1
    done = subprocess.run(
        command, cwd=folder, env=environment, umask=umask, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        said = done.stderr.strip() or done.stdout.strip() or f"exit status {done.returncode}"
        raise CannotRebuild(f"the commit cannot be built again; this was said:\n{said}")
    return done.stdout
