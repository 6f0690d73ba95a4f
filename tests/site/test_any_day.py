"""Time never stops a publication: what is accepted today is accepted, and built, on every later day."""

import datetime
import shutil
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from projects import ROOT, SAMPLE, Project, make_project
from register.checks.project import check_project
from registers import latest_day

LAST = datetime.date(2040, 12, 31)
DAYS = (datetime.date(2028, 2, 29), datetime.date(2033, 4, 1), LAST)


def noon(day: datetime.date) -> str:
    """Noon of a day, as ``SOURCE_DATE_EPOCH`` has it."""
    moment = datetime.datetime.combine(day, datetime.time(12), datetime.UTC)
    return str(int(moment.timestamp()))


@pytest.mark.content
@pytest.mark.parametrize("folder", [ROOT, SAMPLE], ids=["real", "sample"])
def test_data_and_pages_are_accepted_on_any_day_to_the_end_of_2040(folder: Path) -> None:
    first = latest_day(folder)

    @settings(max_examples=20)
    @example(day=first)
    @example(day=LAST)
    @given(day=st.dates(first, LAST))
    def accepted(day: datetime.date) -> None:
        assert check_project(folder, {"SOURCE_DATE_EPOCH": noon(day)}).problems == []

    accepted()


@pytest.fixture
def real(tmp_path: Path) -> Project:
    """The real register, its pages and settings, in a folder that a test may write to."""
    content, folder = tmp_path / "content", tmp_path / "real"
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, content / name)
    shutil.copy(ROOT / "mkdocs.yml", content)
    folder.mkdir()
    return make_project(folder, content)


@pytest.mark.content
@pytest.mark.full_build
@pytest.mark.parametrize("which", ["real", "project"])
def test_the_site_is_built_again_and_again_though_nobody_changes_anything(
    which: str, request: pytest.FixtureRequest
) -> None:
    """Each build is also held against the site that it replaces: no address is lost as the years go by."""
    built: Project = request.getfixturevalue(which)
    for day in DAYS:
        done = built.run("site", SOURCE_DATE_EPOCH=noon(day))
        assert done.returncode == 0, f"{day}: {done.stderr}"
    help_page = (built.folder / "site" / "recommendations" / "1" / "index.html").read_text("utf-8")
    assert ("Last confirmed 14 years ago, so it may have changed" in help_page) == (which == "project")
