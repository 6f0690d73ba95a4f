"""Reads a lock file as ``uv pip compile --generate-hashes`` writes it: requirements of pip with exact versions and hashes."""

import re
from dataclasses import dataclass

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


@dataclass(frozen=True)
class LockedPackage:
    """One package of a lock file."""

    name: str  # normalised: small letters, hyphens (PyPA, "Names and normalization")
    version: str
    marker: Marker | None  # on which systems and Pythons it is installed; None for all
    sha256: tuple[str, ...]  # of each file that may be installed
    needed_by: tuple[str, ...]  # the packages that require it, normalised; the project itself where pyproject.toml does


@dataclass(frozen=True)
class LockFile:
    """What a lock file holds."""

    packages: tuple[LockedPackage, ...]
    python: str  # the oldest Python for which it was made; "" if it does not say


def read_lock(text: str) -> LockFile:
    """Return what a lock file holds.

    Args:
        text: the file's text.

    Raises:
        packaging.requirements.InvalidRequirement: a line is no requirement of pip.
        ValueError: a requirement does not name one exact version.
    """
    python = re.search(r"--python-version (\S+)", text)
    entries = re.split(r"(?m)^(?=[A-Za-z0-9])", text)[1:]
    return LockFile(tuple(map(_package, entries)), python[1] if python else "")


def _package(entry: str) -> LockedPackage:
    stated, *_ = re.split(r"\s+\\\n|\s+--hash|\n", entry, maxsplit=1)
    requirement = Requirement(stated)
    exact = re.fullmatch(r"==([^,*]+)", str(requirement.specifier))
    if not exact:
        raise ValueError(f"'{stated}' does not name one exact version")
    comments = (line.strip().removeprefix("#").strip() for line in entry.splitlines() if line.lstrip().startswith("#"))
    needing = (comment.removeprefix("via ") for comment in comments if comment != "via")
    return LockedPackage(
        canonicalize_name(requirement.name),
        exact[1],
        requirement.marker,
        tuple(re.findall(r"--hash=sha256:([0-9a-f]{64})(?![0-9a-f])", entry)),
        tuple(canonicalize_name(name.partition(" ")[0]) for name in needing),
    )
