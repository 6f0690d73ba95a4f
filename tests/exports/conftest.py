"""The sample register's exports, made once, as files that validators can open."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from exported import DAY, SITE, laid_out
from projects import SAMPLE
from register.exports.files import exports
from register.load.loader import load
from register.model import Register
from register.state.snapshot import Snapshot


@pytest.fixture(scope="session")
def register() -> Register:
    """The sample register."""
    return load(SAMPLE / "data", DAY)


@pytest.fixture(scope="session")
def snapshot(register: Register) -> Snapshot:
    """The sample register on the day for which it is written."""
    return Snapshot(register, DAY)


@pytest.fixture(scope="session")
def files(snapshot: Snapshot) -> dict[str, bytes]:
    """Every export of the sample, by its path."""
    return exports(snapshot, SITE)


@pytest.fixture
def folder(files: dict[str, bytes], tmp_path: Path) -> Path:
    """The exports on disk, in a folder that a test may spoil."""
    return laid_out(files, tmp_path)


@pytest.fixture(scope="session")
def clean_folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exports on disk; tests must not change them."""
    return laid_out(files, tmp_path_factory.mktemp("exports"))


@pytest.fixture
def changed(register: Register) -> Callable[..., dict[str, bytes]]:
    """Make the exports of the sample with parts of its header changed."""

    def make(site: str = SITE, day: datetime.date = DAY, **header: object) -> dict[str, bytes]:
        other = register.model_copy(update={"header": register.header.model_copy(update=header)})
        return exports(Snapshot(other, day), site)

    return make
