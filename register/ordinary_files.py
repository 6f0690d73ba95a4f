"""Reads files that strangers may have put there: ordinary ones only, of a bounded size, and never through a link.

And writes files whole, so that nobody ever finds half of one.
"""

import os
import shutil
import stat
from pathlib import Path

from register.problems import Problem, ProblemsFound


def read_ordinary(path: Path, name: str, largest: int) -> bytes:
    """Return an ordinary file's bytes.

    A link is not followed: it could lead to any file of the machine that builds the site. The file is opened without
    waiting, so that a named pipe, to which nobody writes, holds nothing up.

    Args:
        path: the file.
        name: the file, as messages show it.
        largest: how many bytes it may have.

    Raises:
        ProblemsFound: the file is missing, too large, a link, a pipe, a folder or the like, or cannot be read.
    """
    try:
        with os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise _stop(name, "special-file", "is no ordinary file", "take it out")
            if status.st_size > largest:
                what = f"the file has {status.st_size / 1e6:.0f} million bytes"
                raise _stop(name, "too-large", what, f"the most is {largest // 1_000_000} million")
            return file.read(largest)
    except FileNotFoundError:
        raise _stop(name, "file-missing", "the file is missing", "put it back") from None
    except OSError as error:
        if path.is_symlink():
            raise _stop(name, "symbolic-link", "is a link to another file", "put the file itself here") from None
        raise _stop(name, "file-unreadable", "the file cannot be read", str(error.strerror)) from None


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step (rename(2)): whatever happens meanwhile, it is the old one or the new one, never a part.

    Who may read it stays as it was.
    """
    fresh = path.with_name(f".{path.name}.new")
    try:
        with fresh.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, fresh)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)


def _stop(name: str, kind: str, what: str, to_do: str) -> ProblemsFound:
    return ProblemsFound([Problem(name, 1, "", what, to_do, kind)])
