"""What was published stays: a recommendation cannot be taken out unseen."""

import shutil
import subprocess
from pathlib import Path

import pytest

from projects import SAMPLE, Project
from register.checks.permalinks import lost_from_site

REPAIR = "put back what it was made from"
UNLESS_NEVER_PUBLISHED = "if it was never published, run 'make clean' first"
GONE = ("data/feeds/recommendation-14.atom", "data/recommendations/14.json", "recommendations/14/")


def take_out_the_last(project: Project) -> None:
    """Take recommendation 14 out, with all that would give it away to the rules."""
    project.edit("data/register.yml", "total: 14", "total: 13")
    records = (project.folder / "data" / "recommendations.yml").read_text()
    project.write("data/recommendations.yml", records.replace("\n- number: 14\n", "\n").replace("        - 14\n", ""))


def take_out_an_audience(project: Project) -> None:
    """Take the audience 'licensing' out, wherever it is named."""
    records = (project.folder / "data" / "recommendations.yml").read_text()
    project.write("data/recommendations.yml", records.replace("    - licensing\n", "    - voluntary\n"))
    project.edit("data/register.yml", "  - id: licensing\n    label: Licensing\n", "")


@pytest.mark.full_build
def test_a_recommendation_that_was_built_before_cannot_be_taken_out(project: Project, built_sample: Path) -> None:
    shutil.copytree(built_sample, project.folder / "site")
    take_out_the_last(project)
    assert project.run_here("check").returncode == 0  # the rules alone cannot see it
    done = project.run_here("site")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        *(
            f"data/register.yml:1: the published address /{path} would disappear ({REPAIR}; {UNLESS_NEVER_PUBLISHED})"
            for path in GONE
        ),
        "3 problems in 1 file; the site was not changed",
    ]
    assert (project.folder / "site" / "recommendations" / "14" / "index.html").is_file()


def site(folder: Path, *names: str) -> Path:
    """A site that holds these files."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    return folder


@pytest.mark.parametrize(
    "name",
    [
        "recommendations/14/index.html",
        "recommendations/response/applies/index.html",
        "for/schools/index.html",
        "data/feeds/audience-schools.atom",
        "data/updates.csv",
        "data/index.html",
    ],
)
def test_a_page_of_the_register_or_a_file_to_take_away_that_would_disappear_is_reported(
    tmp_path: Path, name: str
) -> None:
    last, fresh = site(tmp_path / "last", "index.html", name), site(tmp_path / "fresh", "index.html")
    [problem] = lost_from_site(last, fresh)
    address = name.removesuffix("index.html")
    assert (problem.kind, problem.message) == (
        "lost-address",
        f"the published address /{address} would disappear ({REPAIR}; {UNLESS_NEVER_PUBLISHED})",
    )
    assert lost_from_site(last, last) == []


@pytest.mark.parametrize("name", ["short/index.html", "for/index.html", "404.html", "search/search_index.json"])
def test_a_page_that_is_written_by_hand_may_go(tmp_path: Path, name: str) -> None:
    assert lost_from_site(site(tmp_path / "last", "index.html", name), site(tmp_path / "fresh", "index.html")) == []


def test_a_site_that_was_never_published_can_be_cleaned_away(tmp_path: Path) -> None:
    assert lost_from_site(tmp_path / "site", site(tmp_path / "fresh", "index.html")) == []


# ── without a site, against an earlier commit ──────────────────────────────────────────────────


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as somebody of no account."""
    who = ["-c", "user.name=x", "-c", "user.email=x@x.test"]
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True)


@pytest.fixture
def committed(content: Project) -> Project:
    """The sample's data and pages, all of it committed."""
    git(content.folder, "init", "--quiet")
    git(content.folder, "add", ".")
    git(content.folder, "commit", "--quiet", "--message", "published")
    return content


def test_a_copy_without_a_site_is_compared_with_an_earlier_commit(committed: Project) -> None:
    done = committed.run_here("kept", "HEAD")
    assert (done.returncode, done.stdout) == (
        0,
        "Every address that was published as of 'HEAD' is still there, and nothing that was said is rewritten.\n",
    )
    take_out_the_last(committed)
    done = committed.run_here("kept", "HEAD")
    assert done.returncode == 1
    assert done.stderr == (
        "data/register.yml:1: the published address /recommendations/14/ would disappear "
        f"({REPAIR}; it stands in 'HEAD')\n1 problem in 1 file; the site was not changed\n"
    )


def test_an_audience_is_compared_with_an_earlier_commit_too(committed: Project) -> None:
    take_out_an_audience(committed)
    lines = committed.run_here("kept", "HEAD").stderr.splitlines()
    assert [line.partition(" (")[0] for line in lines[:-1]] == [
        "data/register.yml:1: the published address /data/feeds/audience-licensing.atom would disappear",
        "data/register.yml:1: the published address /for/licensing/ would disappear",
    ]


@pytest.mark.parametrize("commit", ["nonsense", "--help"])
def test_a_commit_that_git_does_not_have_is_reported(committed: Project, commit: str) -> None:
    done = committed.run_here("kept", "--", commit)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"data/register.yml:1: git cannot show it as of '{commit}' (name a commit that has it)",
        "1 problem in 1 file; the site was not changed",
    ]


@pytest.mark.parametrize(
    "header", ["- not\n- a header\n", "total: many\naudiences: none\n", "audiences:\n  - schools\n  - label: x\n"]
)
def test_an_earlier_header_that_says_little_keeps_little(committed: Project, header: str) -> None:
    committed.write("data/register.yml", header)
    git(committed.folder, "add", ".")
    git(committed.folder, "commit", "--quiet", "--message", "odd")
    shutil.copy(SAMPLE / "data" / "register.yml", committed.folder / "data")
    done = committed.run_here("kept", "HEAD")
    assert (done.returncode, done.stderr) == (0, "")


def test_an_earlier_header_that_is_not_yaml_is_reported(committed: Project) -> None:
    committed.write("data/register.yml", "title: 'never closed\n")
    git(committed.folder, "add", ".")
    git(committed.folder, "commit", "--quiet", "--message", "broken")
    shutil.copy(SAMPLE / "data" / "register.yml", committed.folder / "data")
    done = committed.run_here("kept", "HEAD")
    assert done.returncode == 1
    assert done.stderr.startswith("data/register.yml of HEAD:1: ")
