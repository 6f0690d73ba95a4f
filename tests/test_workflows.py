"""What the workflows decide, tried on real repositories."""

import datetime
import os
import re
import subprocess
from pathlib import Path

import pytest

from projects import ROOT, git
from register.links.last_report import take_over
from register.links.report import NAME, CheckedLink, LinkReport, read, write
from workflow_steps import run, with_gh, workflow


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with one commit on its branch 'main' and a change begun on another."""
    git(tmp_path, "init", "--initial-branch", "main")
    (tmp_path / "README.md").write_text("A project.\n")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--message", "Begin")
    git(tmp_path, "checkout", "-b", "change")
    return tmp_path


@pytest.mark.parametrize(
    ("paths", "content_only"),
    [
        (["data/links.yml"], True),
        ([".vscode/schemas/links.json", ".github/ISSUE_TEMPLATE/update.yml", "data/links.yml"], True),
        ([".github/workflows/build.yml"], False),
        (["docs/about.md", "docs/for/index.md", "data/register.yml"], True),
        (["docs/about.md", "register/model.py"], False),
        (["theme/assets/site.css"], False),
        (["tests/sample/data/links.yml"], False),
        (["database/links.yml"], False),
        ([], False),
    ],
)
def test_only_a_change_of_content_alone_is_spared_the_browser(
    repository: Path, paths: list[str], content_only: bool
) -> None:
    for path in paths:
        (repository / path).parent.mkdir(parents=True, exist_ok=True)
        (repository / path).write_text("new\n")
    git(repository, "add", ".")
    git(repository, "commit", "--allow-empty", "--message", "Change")
    done = subprocess.run(["sh", str(ROOT / "tools" / "content_only.sh"), "main"], cwd=repository, check=False)
    assert (done.returncode == 0) == content_only


@pytest.mark.parametrize(
    ("path", "browser", "target"),
    [
        ("data/links.yml", "yes", {"target": "test-content"}),
        ("data/links.yml", "no", {}),
        ("register/model.py", "yes", {"target": "test"}),
        ("register/model.py", "no", {"target": "test-without-browser"}),
    ],
)
def test_a_change_of_content_is_tried_by_the_tests_that_read_content_on_one_python(
    repository: Path, path: str, browser: str, target: dict[str, str]
) -> None:
    (repository / path).parent.mkdir()
    (repository / path).write_text("new\n")
    git(repository, "add", ".")
    git(repository, "commit", "--message", "Change")
    git(repository, "update-ref", "refs/remotes/origin/main", "main")
    (repository / "tools").symlink_to(ROOT / "tools")
    decided = run("build.yml", "test", "Decide which tests this change needs", repository, BASE="main", BROWSER=browser)
    assert decided == target


def test_no_test_that_a_change_of_content_waits_for_drives_a_browser() -> None:
    recipe = re.search(r"(?m)^test-content:.*\n\t.*-m \"(.*)\"$", (ROOT / "Makefile").read_text())
    assert recipe and recipe[1] == "content and not browser"


def test_what_changed_on_main_meanwhile_does_not_count(repository: Path) -> None:
    (repository / "data").mkdir()
    (repository / "data" / "links.yml").write_text("new\n")
    git(repository, "add", ".")
    git(repository, "commit", "--message", "Content")
    git(repository, "checkout", "main")
    (repository / "code.py").write_text("new\n")
    git(repository, "add", ".")
    git(repository, "commit", "--message", "Code")
    git(repository, "checkout", "change")
    done = subprocess.run(["sh", str(ROOT / "tools" / "content_only.sh"), "main"], cwd=repository, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("name", ["build.yml", "comment.yml", "forms.yml", "links.yml", "review.yml"])
def test_what_may_write_to_the_repository_runs_none_of_its_code(name: str) -> None:
    held = workflow(name)
    assert held["permissions"] in ({"contents": "read"}, {})
    assert held["jobs"]
    for job in held["jobs"].values():
        if "write" in job.get("permissions", {}).values():
            assert [step["uses"] for step in job["steps"] if "uses" in step] == [], "nothing is checked out"
            assert not any("make " in step["run"] for step in job["steps"])


# ── the report of the weekly link check ────────────────────────────────────────────────────────


def run_step(job: str, name: str, folder: Path, **environment: str) -> dict[str, str]:
    """Run one step of the workflow that checks the links."""
    return run("links.yml", job, name, folder, **environment)


def report(day: int, links: int = 1) -> LinkReport:
    """A report of a day in March 2026."""
    held = [
        CheckedLink(
            url=f"https://a.test/{n}", id=f"a{n}", verdict="gone", detail="é ‘x’", final_url=None, found_on=["help/"]
        )
        for n in range(links)
    ]
    return LinkReport(checked_at=datetime.datetime(2026, 3, day, 5, 17, tzinfo=datetime.UTC), links=held)


def week(folder: Path, origin: Path, found: LinkReport) -> None:
    """What the workflow does with a report, from the job that makes it to the job that keeps it."""
    folder.mkdir()
    write(found, folder / NAME)
    outputs = run_step("check", "Hand the result on", folder, OUTCOME="success")
    assert outputs["broken"] == "success"
    run_step(
        "keep", "Keep the report in the branch link-report", folder, REPORT=outputs["report"], REPOSITORY=str(origin)
    )


@pytest.fixture
def origin(tmp_path: Path, repository: Path) -> Path:
    """The repository on GitHub's side, of which 'repository' is a clone."""
    bare = tmp_path.with_name(f"{tmp_path.name}-origin")
    subprocess.run(["git", "clone", "--quiet", "--bare", str(repository), str(bare)], check=True)
    git(repository, "remote", "add", "origin", str(bare))
    return bare


def test_what_the_weekly_run_finds_is_what_the_next_build_takes_over(
    tmp_path: Path, repository: Path, origin: Path
) -> None:
    week(tmp_path / "first", origin, report(23, links=500))
    assert take_over(repository) == "The link report of 23 March 2026 is taken over: the next 'make site' shows it."
    assert read(repository / NAME) == report(23, links=500)
    week(tmp_path / "second", origin, report(30))
    take_over(repository)
    assert read(repository / NAME) == report(30)


def test_the_branch_holds_the_last_report_and_nothing_else(tmp_path: Path, repository: Path, origin: Path) -> None:
    for day in (23, 30):
        week(tmp_path / str(day), origin, report(day))
    held = ["git", "-C", str(origin), "ls-tree", "-r", "--name-only", "link-report"]
    commits = ["git", "-C", str(origin), "rev-list", "--count", "link-report"]
    assert subprocess.run(held, capture_output=True, text=True, check=True).stdout.split() == [NAME]
    assert subprocess.run(commits, capture_output=True, text=True, check=True).stdout.strip() == "1"


def test_a_check_that_could_not_be_made_keeps_nothing(tmp_path: Path) -> None:
    outputs = run_step("check", "Hand the result on", tmp_path, OUTCOME="failure")
    assert outputs == {"broken": "failure", "summary": "The link check itself did not run; see this run's log."}


def test_a_report_that_is_too_large_to_be_handed_on_is_left_out(tmp_path: Path) -> None:
    noise = os.urandom(200_000).hex()
    (tmp_path / NAME).write_text(noise)
    assert "report" not in run_step("check", "Hand the result on", tmp_path, OUTCOME="success")


def test_only_a_run_on_main_that_is_no_pull_request_may_keep_a_report() -> None:
    links = workflow("links.yml")
    keeping = links["jobs"]["keep"]
    assert keeping["permissions"] == {"contents": "write"}
    assert "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'" in keeping["if"]
    assert set(links[True]) == {"pull_request", "schedule", "workflow_dispatch"}  # YAML reads 'on' as true
    result = [step for step in links["jobs"]["check"]["steps"] if step.get("id") == "result"]
    assert "github.event_name != 'pull_request'" in result[0]["if"]


def test_web_archives_are_asked_for_copies_every_week_and_not_with_every_change() -> None:
    [step] = [step for step in workflow("links.yml")["jobs"]["check"]["steps"] if step.get("id") == "links"]
    assert "${{ github.event_name == 'pull_request' && 'must-work --no-copies' || 'all' }}" in step["env"]["LINKS"]


# ── what is due for a person ───────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("listed", "open_issue", "calls"),
    [
        ("- [ ] `a:1: ring`", "", ["issue create --title"]),
        ("- [ ] `a:1: ring`", "7", ["issue edit 7"]),
        ("", "7", ["issue close 7"]),
        ("", "", []),
    ],
)
def test_what_is_due_stands_in_one_issue_which_is_closed_when_nothing_is(
    tmp_path: Path, listed: str, open_issue: str, calls: list[str]
) -> None:
    run_step(
        "attention", "Open, update or close the one issue", tmp_path, ATTENTION=listed, RUN="https://run.test/1", TITLE="Due",
        **with_gh(tmp_path, open_issue),
    )  # fmt: skip
    assert (tmp_path / "calls").read_text().splitlines() == ["label create attention", "issue list --label", *calls]
    if listed:
        assert (tmp_path / "calls.body").read_text() == f"{listed}\n\nListed by https://run.test/1\n"


@pytest.mark.parametrize("markdown", ["1 thing is due.\n\n- [ ] `a:1: $(touch x) é`\nattention<<end", ""])
def test_the_list_is_handed_on_as_it_is(tmp_path: Path, markdown: str) -> None:
    (tmp_path / "Makefile").write_text("attention:\n\t@printf '%s' \"$$LISTED\"\n")
    outputs = run_step("check", "List what is due for a person", tmp_path, LISTED=markdown)
    assert (outputs["listed"], outputs["attention"]) == ("true", markdown)
    assert not (tmp_path / "x").exists()


def test_no_list_is_handed_on_where_it_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text("attention:\n\t@exit 1\n")
    with pytest.raises(subprocess.CalledProcessError):
        run_step("check", "List what is due for a person", tmp_path)
    assert (tmp_path / "output").read_text() == ""


def test_the_issue_of_what_is_due_is_kept_on_main_and_by_a_job_that_may_do_nothing_else() -> None:
    job = workflow("links.yml")["jobs"]["attention"]
    assert job["permissions"] == {"issues": "write"}
    assert "github.event_name != 'pull_request' && github.ref == 'refs/heads/main'" in job["if"]
    assert "needs.check.outputs.listed == 'true'" in job["if"]


def test_the_build_takes_the_report_over_and_says_what_is_old_before_it_makes_the_site() -> None:
    commands = [step.get("run", "") for step in workflow("build.yml")["jobs"]["site"]["steps"]]
    assert commands[-3:] == ["make last-links", "make check", "make site"]


def test_every_workflow_is_looked_at() -> None:
    assert {path.name for path in (ROOT / ".github" / "workflows").iterdir()} == {
        "build.yml", "comment.yml", "forms.yml", "links.yml", "publish.yml", "review.yml",
    }  # fmt: skip
