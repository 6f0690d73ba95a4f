"""What was published stays: a recommendation cannot be taken out unseen."""

import shutil
import subprocess
from pathlib import Path

import pytest

from projects import Project

REPAIR = "put back what it was made from"
GONE = ("data/feeds/recommendation-14.atom", "data/recommendations/14.json", "recommendations/14/")


@pytest.fixture
def published(project: Project, built_sample: Path) -> Project:
    """The sample project, with its site beside it."""
    shutil.copytree(built_sample, project.folder / "site")
    return project


def take_out_the_last(project: Project) -> None:
    """Take recommendation 14 out, with all that would give it away to the rules."""
    project.edit("data/register.yml", "total: 14", "total: 13")
    records = (project.folder / "data" / "recommendations.yml").read_text()
    project.write("data/recommendations.yml", records.replace("\n- number: 14\n", "\n").replace("    - 14\n", ""))


def test_a_recommendation_that_was_built_before_cannot_be_taken_out(published: Project) -> None:
    take_out_the_last(published)
    assert published.run("check").returncode == 0  # the rules alone cannot see it
    done = published.run("site")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        *(
            f"data/register.yml:1: the published address /{path} would disappear "
            f"({REPAIR}; if it was never published, run 'make clean' first)"
            for path in GONE
        ),
        "3 problems in 1 file; the site was not changed",
    ]
    assert (published.folder / "site" / "recommendations" / "14" / "index.html").is_file()


def test_an_audience_that_was_built_before_cannot_be_taken_out(published: Project) -> None:
    path = published.folder / "data" / "recommendations.yml"
    path.write_text(path.read_text().replace("    - licensing\n", "    - voluntary\n"))
    published.edit("data/register.yml", "  - id: licensing\n    label: Licensing\n", "")
    done = published.run("site")
    assert done.returncode == 1
    assert "the published address /data/feeds/audience-licensing.atom would disappear" in done.stderr


def test_a_site_that_was_never_published_can_be_cleaned_away(published: Project) -> None:
    take_out_the_last(published)
    (published.folder / "site").rename(published.folder / "elsewhere")
    assert published.run("site").returncode == 0


@pytest.fixture
def committed(project: Project) -> Project:
    """The sample project, all of it committed."""
    for command in (
        ["init", "--quiet"],
        ["add", "."],
        ["-c", "user.name=x", "-c", "user.email=x@x.test", "commit", "--quiet", "--message", "published"],
    ):
        subprocess.run(["git", *command], cwd=project.folder, check=True)
    return project


def test_a_copy_without_a_site_is_compared_with_an_earlier_commit(committed: Project) -> None:
    done = committed.run("kept", "HEAD")
    assert (done.returncode, done.stdout) == (0, "Every address that was published as of 'HEAD' is still there.\n")
    take_out_the_last(committed)
    done = committed.run("kept", "HEAD")
    assert done.returncode == 1
    assert done.stderr == (
        "data/register.yml:1: the published address /recommendations/14/ would disappear "
        f"({REPAIR}; it stands in 'HEAD')\n1 problem in 1 file; the site was not changed\n"
    )


def test_an_audience_is_compared_with_an_earlier_commit_too(committed: Project) -> None:
    path = committed.folder / "data" / "recommendations.yml"
    path.write_text(path.read_text().replace("    - licensing\n", "    - voluntary\n"))
    committed.edit("data/register.yml", "  - id: licensing\n    label: Licensing\n", "")
    assert "/data/feeds/audience-licensing.atom would disappear" in committed.run("kept", "HEAD").stderr


@pytest.mark.parametrize("commit", ["nonsense", "--help"])
def test_a_commit_that_git_does_not_have_is_told(committed: Project, commit: str) -> None:
    done = committed.run("kept", "--", commit)
    assert done.returncode == 1
    assert f"git cannot show it as of '{commit}' (name a commit that has it)" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_earlier_header_that_says_little_promises_little(committed: Project, tmp_path: Path) -> None:
    committed.write("data/register.yml", "- not\n- a header\n")
    for command in (["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x.test", "commit", "-qm", "odd"]):
        subprocess.run(["git", *command], cwd=committed.folder, check=True)
    subprocess.run(["git", "checkout", "--quiet", "HEAD~1", "--", "."], cwd=committed.folder, check=True)
    assert committed.run("kept", "HEAD").returncode == 0
