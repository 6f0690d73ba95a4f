"""Building the site: whole or not at all, the same bytes every time, and no word written anywhere else."""

import os
import re
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from projects import MACHINERY, SAMPLE_DAY, Project, make_project

pytestmark = pytest.mark.full_build


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes; what Python keeps of its own modules left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


@pytest.fixture
def built(built_sample: Path, tmp_path: Path) -> Project:
    """A copy of the sample with a good site in it, to be broken."""
    shutil.copytree(built_sample.parent, tmp_path / "project")
    return Project(tmp_path / "project")


@pytest.mark.parametrize(
    ("name", "added"),
    [
        ("docs/short.md", "\n[broken](nowhere.md)\n"),
        ("docs/short.md", '\n<a href="../nowhere/">broken</a>\n'),
        ("docs/short.md", "\n{{ total() }}\n"),
        ("mkdocs.yml", "\nno_such_setting: true\n"),
    ],
    ids=["found by mkdocs", "found in the built pages", "found in the check", "found in the settings"],
)
def test_a_build_that_fails_leaves_the_last_site_as_it_was(built: Project, name: str, added: str) -> None:
    path = built.folder / name
    path.write_text(path.read_text(encoding="utf-8") + added, encoding="utf-8")
    before = contents(built.folder)
    done = built.run_here("site")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("1 problem in 1 file; the site was not changed\n")
    assert contents(built.folder) == before


def test_a_build_takes_the_place_of_the_last_site_with_the_same_bytes_and_writes_nothing_else(
    built_sample: Path, tmp_path: Path
) -> None:
    """In another place, over a spoilt site, with machinery that nobody may change: a checkout that is read-only."""
    folder = tmp_path / "another place"
    folder.mkdir()
    project = make_project(folder)
    before = contents(folder)
    shutil.copytree(built_sample, folder / "site")
    (folder / "site" / "left-over.html").write_text("from an earlier build")
    (folder / "site" / "short" / "index.html").write_text("from an earlier build")
    for name in MACHINERY:
        for path in [folder / name, *(folder / name).rglob("*")]:
            path.chmod(path.stat().st_mode & ~0o222)
    done = project.run("site")
    assert (done.returncode, done.stderr) == (0, "")
    built_line, version_line, *rest = done.stdout.splitlines()
    assert re.fullmatch(r"Built 14 recommendations into \d+ pages, in site/\.", built_line)
    assert re.fullmatch(r"Register version v[0-9a-f]{12}, as at 2026-03-31\.", version_line)
    assert rest[:-1] == ["To look at it: make serve, then open http://127.0.0.1:8000/"]
    assert re.fullmatch(r"It took \d+\.\d seconds\.", rest[-1])
    one, two = contents(built_sample), contents(folder / "site")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    assert "sitemap.xml.gz" in one
    assert stat.S_IMODE((folder / "site").stat().st_mode) == 0o755
    shutil.rmtree(folder / "site")
    assert (folder / "site.previous" / "left-over.html").read_text() == "from an earlier build"
    shutil.rmtree(folder / "site.previous")
    assert contents(folder) == before


def test_an_earlier_day_shows_the_register_as_it_stood_then_and_no_preview_is_published(project: Project) -> None:
    done = project.run_here("--as-of", "2024-01-31", "site", PREVIEW="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "as at 2024-01-31." in done.stdout
    page = (project.folder / "site" / "recommendations" / "1" / "index.html").read_text(encoding="utf-8")
    assert "Five of the nine organisations have named their person." in page
    assert "All nine have named their person" not in page
    assert "31 January 2024" in page
    assert "Content-Security-Policy" in page
    changes = (project.folder / "site" / "changes" / "index.html").read_text(encoding="utf-8")
    assert "All nine have named their person" not in changes


def test_a_build_that_is_called_off_leaves_nothing_behind(project: Project) -> None:
    """As CI does when a newer change comes in."""
    building = subprocess.Popen(
        [sys.executable, "-m", "register", "site"],
        cwd=project.folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": SAMPLE_DAY},
    )
    until = time.monotonic() + 60
    while building.poll() is None and not list(project.folder.glob(".build-*/*")) and time.monotonic() < until:
        time.sleep(0.01)
    building.terminate()
    assert building.wait(timeout=60) == 143
    assert list(project.folder.glob(".build-*")) == []
    assert not (project.folder / "site").exists()


@pytest.mark.full_build
def test_versions_that_were_published_stay_in_the_site_as_they_were(project: Project) -> None:
    assert project.run_here("site", "--publish").returncode == 0
    versions = project.folder / "site" / "data" / "versions"
    (first,) = (path.name for path in versions.iterdir())
    (versions / first / "register.json").write_text("as it was first published")
    project.edit("data/contacts.yml", "hours: Any time", "hours: At any time")
    assert project.run_here("site", "--publish").returncode == 0
    assert len({path.name for path in versions.iterdir()} - {first}) == 1
    assert (versions / first / "register.json").read_text() == "as it was first published"
    assert project.run_here("site").returncode == 0  # for this machine: it is not what is published
    assert first not in {path.name for path in versions.iterdir()}
