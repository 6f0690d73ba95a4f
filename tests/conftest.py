"""What several tests need: the sample project to break, and its site, built once."""

from pathlib import Path

import pytest

from projects import Project, make_project


def pytest_addoption(parser: pytest.Parser) -> None:
    """Offer to write anew what a screen reader says (make spoken)."""
    parser.addoption("--write-spoken", action="store_true", help="write tests/browser/spoken/ anew, for review")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The sample project, in a folder that a test may break."""
    folder = tmp_path / "project"
    folder.mkdir()
    return make_project(folder)


@pytest.fixture(scope="session")
def built_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's site, built once; tests must not change it."""
    folder = tmp_path_factory.mktemp("built") / "project"
    folder.mkdir()
    done = make_project(folder).run("site")
    assert done.returncode == 0, done.stderr
    return folder / "site"
