"""What the weekly link check keeps in the repository is taken over where it can be, and stops nothing where it cannot."""

import datetime
from pathlib import Path

import pytest

from projects import Project, git
from register.links.last_report import take_over
from register.links.report import LinkReport, read, write

NONE = "There is no link report to take over: 'origin' has no branch 'link-report', or cannot be reached."


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """A repository on its branch for the report."""
    folder = tmp_path / "origin"
    folder.mkdir()
    git(folder, "init", "--quiet", "--initial-branch", "link-report")
    return folder


@pytest.fixture
def here(tmp_path: Path, origin: Path) -> Path:
    """A project whose 'origin' is that repository."""
    folder = tmp_path / "here"
    folder.mkdir()
    git(folder, "init", "--quiet")
    git(folder, "remote", "add", "origin", str(origin))
    return folder


def report(day: int) -> LinkReport:
    """A report of a day in March 2026."""
    return LinkReport(checked_at=datetime.datetime(2026, 3, day, tzinfo=datetime.UTC), links=[])


def keep(origin: Path, text: str | None = None, day: int = 23) -> None:
    """Keep a report, or some other text in its place."""
    write(report(day), origin / "link-report.json")
    if text is not None:
        (origin / "link-report.json").write_text(text)
    git(origin, "add", ".")
    git(origin, "commit", "--quiet", "--message", "Report")


def test_a_kept_report_is_taken_over(origin: Path, here: Path) -> None:
    keep(origin)
    assert take_over(here) == "The link report of 23 March 2026 is taken over: the next 'make site' shows it."
    assert read(here / "link-report.json") == report(23)


@pytest.mark.parametrize(("present", "kept"), [(22, 23), (23, 23), (24, 24)])
def test_only_a_newer_report_takes_the_place_of_the_one_that_is_there(
    present: int, kept: int, origin: Path, here: Path
) -> None:
    keep(origin)
    write(report(present), here / "link-report.json")
    said = take_over(here)
    assert read(here / "link-report.json") == report(kept)
    assert (said == "The link report that is here is as new as the kept one, of 23 March 2026.") == (present > 22)


def test_a_file_that_is_no_report_gives_way_to_the_kept_one(origin: Path, here: Path) -> None:
    keep(origin)
    (here / "link-report.json").write_text("{}")
    take_over(here)
    assert read(here / "link-report.json") == report(23)


@pytest.mark.parametrize("text", ["{}", "", '{"checked_at": "2026-03-23T00:00:00Z", "links": [{"url": 3}]}', "\0"])
def test_what_is_no_report_is_left_out(text: str, origin: Path, here: Path) -> None:
    keep(origin, text)
    assert take_over(here) == (
        "The link report in the branch 'link-report' is not one that this version can read; it is left out."
    )
    assert not (here / "link-report.json").exists()


def test_a_report_that_is_too_large_is_not_read(origin: Path, here: Path) -> None:
    keep(origin, " " * 5_000_001)
    assert take_over(here) == NONE


def test_without_such_a_branch_or_a_remote_or_a_repository_nothing_is_stopped(
    origin: Path, here: Path, tmp_path: Path
) -> None:
    assert take_over(here) == NONE  # no branch
    git(here, "remote", "set-url", "origin", str(tmp_path / "nowhere"))
    assert take_over(here) == NONE
    (tmp_path / "plain").mkdir()
    assert take_over(tmp_path / "plain") == NONE


def test_without_git_nothing_is_stopped(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert take_over(here) == NONE


# ── when the last check is long ago ────────────────────────────────────────────────────────────

OLD = (
    "Soon: link-report.json:1: the links were last checked on 16 March 2026, over 14 days ago (see on GitHub, under Actions, "
    "Links, whether the weekly run is switched off; or run 'make links')"
)


@pytest.mark.parametrize(("day", "told"), [(16, True), (17, False), (31, False)])
def test_a_check_that_is_long_ago_is_told_and_stops_nothing(day: int, told: bool, content: Project) -> None:
    write(report(day), content.folder / "link-report.json")
    done = content.run_here("check")
    assert (done.returncode, OLD in done.stdout.splitlines()) == (0, told)


def test_a_file_that_is_no_report_is_a_problem(content: Project) -> None:
    content.write("link-report.json", "{}")
    done = content.run_here("check")
    assert done.returncode == 1
    assert (
        "link-report.json:1: this is not a report of the link check (take it out, or run 'make links' again)"
        in done.stderr
    )


def test_the_command_says_what_came_of_it_and_is_good_either_way(content: Project) -> None:
    done = content.run_here("last-links")
    assert (done.returncode, done.stdout) == (0, f"{NONE}\n")
