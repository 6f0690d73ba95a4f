"""Puts a fresh site in the place of the last one: at once where the system can, and never leaving a site half there.

Readers of ``site/`` (a web server that serves the folder, a copy that is being made) see the old site or the new one. The
old one is kept beside it as ``site.previous``, so that one step leads back.
"""

import ctypes
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from register.problems import InputError

SITE, PREVIOUS = "site", "site.previous"
_FRESH = ".build-"

# Linux: renameat2(2). The two names change places in one step.
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


class BuildUnderWay(InputError):
    """Another build of the same project has not ended."""

    def __init__(self) -> None:
        super().__init__("another build of this project is under way (wait until it has ended)")


@contextmanager
def fresh_folder(project: Path) -> Iterator[Path]:
    """Give an empty folder for a build, and take it away at the end, whatever happened.

    Folders that an interrupted build left behind are taken away first.

    Raises:
        BuildUnderWay: another process is building this project.
    """
    with _locked(project):
        for left_behind in project.glob(f"{_FRESH}*"):
            shutil.rmtree(left_behind, ignore_errors=True)
        folder = Path(tempfile.mkdtemp(prefix=_FRESH, dir=project))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(project: Path) -> Iterator[None]:
    """Hold a project's folder for one build; the lock ends with the process, however it ends (flock(2))."""
    folder = os.open(project, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise BuildUnderWay from None
    finally:
        os.close(folder)


def publish(fresh: Path, project: Path) -> Path:
    """Put a fresh folder in the place of a project's site and keep the last site as ``site.previous``.

    Args:
        fresh: the folder from ``fresh_folder``; afterwards it holds what was the site before the last.
        project: the project's folder.

    Returns:
        The site's folder.
    """
    site = project / SITE
    _make_readable(fresh)
    _put(fresh, site)
    if fresh.exists():  # now the last site
        _put(fresh, project / PREVIOUS)
    return site


def roll_back(project: Path) -> bool:
    """Let site and previous site change places; return whether there was a previous one.

    Raises:
        BuildUnderWay: another process is building this project.
    """
    with _locked(project):
        previous = project / PREVIOUS
        if not previous.is_dir():
            return False
        _put(previous, project / SITE)
        return True


def _put(folder: Path, place: Path) -> None:
    """Move a folder to a place. What stood there, if anything did, stands where the folder came from."""
    if not place.exists():
        folder.rename(place)
    elif not _exchange(folder, place):
        _exchange_in_steps(folder, place)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places in one step; return False where the system cannot."""
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    if renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.ENOSYS, errno.EINVAL, errno.EPERM):  # an older kernel, or a file system that cannot
        return False
    raise OSError(code, os.strerror(code), str(other))


def _exchange_in_steps(one: Path, other: Path) -> None:
    """The same in three steps; if it is called off between them, ``other`` is put back."""
    aside = one.with_name(f"{_FRESH}aside")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        other.rename(aside)
        one.rename(other)
        aside.rename(one)
    finally:
        if not other.exists() and aside.exists():
            aside.rename(other)


def _make_readable(folder: Path) -> None:
    """Let a web server read everything, whatever the umask of whoever built it: files 0644, folders 0755."""
    folder.chmod(0o755)
    for path in folder.rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
