"""The sample register's exports, made once, as files that validators can open."""

import datetime
from collections.abc import Callable
from pathlib import Path

import pytest

from exported import SITE, exported, laid_out
from register.model import Register
from register.state.snapshot import Snapshot
from registers import TODAY


@pytest.fixture(scope="session")
def files(sample: Snapshot) -> dict[str, bytes]:
    """Every export of the sample, by its path."""
    return exported(sample)


@pytest.fixture
def folder(files: dict[str, bytes], tmp_path: Path) -> Path:
    """The exports on disk, in a folder that a test may spoil."""
    return laid_out(files, tmp_path)


@pytest.fixture(scope="session")
def clean_folder(files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The exports on disk; tests must not change them."""
    return laid_out(files, tmp_path_factory.mktemp("exports"))


@pytest.fixture
def changed(sample_register: Register) -> Callable[..., dict[str, bytes]]:
    """Make the exports of the sample with parts of its header changed."""

    def make(site: str = SITE, day: datetime.date = TODAY, **header: object) -> dict[str, bytes]:
        other = sample_register.model_copy(update={"header": sample_register.header.model_copy(update=header)})
        return exported(Snapshot(other, day), site)

    return make
