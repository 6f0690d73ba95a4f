"""What several tests need: the sample project to break, and its site, built once."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import Phase, settings

from projects import Project, make_project
from register.checks.docs_files import check_files
from register.load.loader import load
from register.model import Register
from register.state.snapshot import Snapshot
from registers import SAMPLE, SMALL, TESTS, TODAY

if TYPE_CHECKING:
    from playwright.sync_api import Playwright

# The same examples on every run and however slow the machine is: a change is only stopped by what it changes.
settings.register_profile("gate", derandomize=True, deadline=None)
# For `make test-fast`: enough to see a mistake that most inputs show.
settings.register_profile("fast", settings.get_profile("gate"), max_examples=20)
# For `make mutants`: a few examples, and none made smaller, for that a mutant fails is all there is to know.
settings.register_profile(
    "mutants", settings.get_profile("gate"), max_examples=20, phases=[Phase.explicit, Phase.generate]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "gate"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to record again what screen readers say (make spoken, make spoken-aloud)."""
    parser.addoption("--write-spoken", action="store_true", help="write again what screen readers say, for review")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow by what it uses, so that ``make test-fast`` can leave it out."""
    for item in items:
        folder = item.path.relative_to(TESTS).parts[0]
        if folder in {"browser", "engines"}:
            item.add_marker("browser")
        if {"built_sample", "published_sample"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("shared_build")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The sample project, in a folder that a test may break."""
    folder = tmp_path / "project"
    folder.mkdir()
    return make_project(folder)


@pytest.fixture
def content(tmp_path: Path) -> Project:
    """The sample's data, pages and settings without the machinery, for ``run_here`` to check."""
    shutil.copytree(SAMPLE, tmp_path / "content")
    return Project(tmp_path / "content")


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """The smallest register, in a folder that a test may break."""
    shutil.copytree(SMALL, tmp_path / "small")
    return Project(tmp_path / "small")


@pytest.fixture(scope="session")
def built_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's site, built once for all workers of a run; tests must not change it."""
    return _shared_site(tmp_path_factory, "built-sample")


@pytest.fixture(scope="session")
def published_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same as it is published: compressed files beside the others; tests must not change it."""
    return _shared_site(tmp_path_factory, "published-sample", "--publish")


def _shared_site(tmp_path_factory: pytest.TempPathFactory, name: str, *options: str) -> Path:
    shared = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        shared = shared.parent  # each worker has a folder of its own within the run's
    folder = shared / name
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "site").is_dir():
            folder.mkdir()
            done = make_project(folder).run("site", *options)
            assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="session")
def playwright() -> "Iterator[Playwright]":
    """The driver of the browsers of one worker. Imported here: the fast tests have no need of it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        yield driver


@pytest.fixture(scope="session")
def sample_register() -> Register:
    """The sample's register, as checked; it cannot be changed."""
    return load(SAMPLE / "data", TODAY)


@pytest.fixture(scope="session")
def sample(sample_register: Register) -> Snapshot:
    """The sample's register and documents on the day for which it is written."""
    return Snapshot(sample_register, TODAY, files=check_files(SAMPLE / "docs", {}).hosted)


@pytest.fixture(scope="session")
def small_register() -> Register:
    """The smallest register, as checked; it cannot be changed."""
    return load(SMALL / "data", TODAY)
