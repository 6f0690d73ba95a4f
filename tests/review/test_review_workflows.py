"""What a reviewer is shown of a pull request: the workflows' own steps, run on real repositories."""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from projects import ROOT, SAMPLE_DAY, Project, git, make_project
from workflow_steps import run, workflow

pytestmark = [pytest.mark.browser, pytest.mark.full_build]

# Stands in for GitHub's program: hands over what a run kept, and knows of one pull request and of one comment or none.
GH = """#!/bin/sh
printf '%s\\n' "$*" >> "$CALLS"
case "$*" in
  "run download "*) mkdir found && cp -P "$KEPT"/* found/ ;;
  "api --method GET repos/"*/pulls*) echo "$PULL" ;;
  "api --method GET --paginate "*) echo "$COMMENTED" ;;
  *body=@body.md) cp body.md "$CALLS.body" ;;
esac
"""


@dataclass
class PullRequest:
    """A pull request: its branch in a clone of a bare repository, as GitHub checks it out."""

    project: Project
    main: Path  # a clone of the main branch
    outside: Path  # where this test keeps what is not in a repository

    def reviewed(self) -> str:
        """Run the steps of 'Review'; return the run's summary."""
        summary = self.outside / "summary"
        environment = {"BASE": "main", "SOURCE_DATE_EPOCH": SAMPLE_DAY, "GITHUB_STEP_SUMMARY": str(summary)}
        with_log = self.project.folder
        run("review.yml", "review", "Write what changes, and make pictures of it", with_log, **environment)
        run("review.yml", "review", "Show the words as this run's summary", with_log, **environment)
        return summary.read_text(encoding="utf-8")

    def commented(self, kept: Path, commented: str = "", **event: str) -> tuple[str, list[str]]:
        """Run the steps of 'Review comment' with what 'Review' kept; return the comment and what was asked of GitHub."""
        tools, calls, posting = (self.outside / name for name in ("bin", "calls", "posting"))
        shutil.rmtree(self.main / "found", ignore_errors=True)
        tools.mkdir(exist_ok=True)
        posting.mkdir(exist_ok=True)
        (tools / "gh").write_text(GH)
        (tools / "gh").chmod(0o755)
        calls.write_text("")
        gh = {
            "PATH": f"{tools}:{os.environ['PATH']}", "CALLS": str(calls), "KEPT": str(kept), "PULL": "7", "COMMENTED": commented,
            "GH_TOKEN": "t", "GH_REPO": "octo/site", "RUN_ID": "5", "RUN": "https://github.test/octo/site/actions/runs/5",
            "HEAD_SHA": "0" * 40, "HEAD_OWNER": "somebody", "HEAD_BRANCH": "change", **event,
        }  # fmt: skip
        run("comment.yml", "words", "Fetch the words", self.main, **gh)
        comment = run("comment.yml", "words", "Turn the words into a comment", self.main, **gh)["comment"]
        run("comment.yml", "post", "Post or renew the one comment", posting, **gh, COMMENT=comment)
        body = Path(f"{calls}.body")
        return body.read_text(encoding="utf-8") if body.exists() else "", calls.read_text().splitlines()

    def kept(self) -> Path:
        """What 'Review' keeps for 'Review comment'."""
        folder = self.outside / "kept"
        folder.mkdir(exist_ok=True)
        shutil.copy(self.project.folder / "review-page" / "review.json", folder)
        return folder

    def commit(self) -> None:
        """Commit all that was changed."""
        git(self.project.folder, "add", "--all")
        git(self.project.folder, "commit", "--message", "Change")


@pytest.fixture
def pull_request(tmp_path: Path) -> PullRequest:
    """A pull request that changes nothing yet."""
    first, origin, main, change = (tmp_path / name for name in ("first", "origin", "main", "change"))
    first.mkdir()
    make_project(first)
    for name in ("Makefile", ".gitignore", *(path.name for path in ROOT.glob("requirements*.txt"))):
        shutil.copy(ROOT / name, first)
    git(first, "init", "--initial-branch", "main")
    git(first, "add", ".")
    git(first, "commit", "--message", "Begin", GIT_COMMITTER_DATE="2026-02-02T12:00:00Z")
    subprocess.run(["git", "clone", "--quiet", "--bare", str(first), str(origin)], check=True)
    for folder in (main, change):
        subprocess.run(["git", "clone", "--quiet", str(origin), str(folder)], check=True)
        (folder / ".venv").symlink_to(sys.prefix)
        (folder / ".git" / "info" / "exclude").write_text("/output\n")  # where a step's outputs go
    for ready in ("ready", "ready-to-review"):
        (main / ".venv" / ready).touch()
    git(change, "checkout", "-b", "change")
    return PullRequest(Project(change), main, tmp_path)


UPDATE = """      evidence:
        - scrutineer-report-2025
    - date: 2026-03-03
      recorded: 2026-03-04
      voice: partnership
      note: The board met and agreed a plan.
      progress: under-way
"""


def test_an_update_is_said_in_the_summary_and_in_one_comment_that_is_renewed(pull_request: PullRequest) -> None:
    end = "      evidence:\n        - scrutineer-report-2025\n"
    old = f"      progress: done\n{end}\n- number: 2\n"
    pull_request.project.edit("data/recommendations.yml", old, f"      progress: done\n{UPDATE}\n- number: 2\n")
    pull_request.commit()
    said = (
        "- **Recommendation 1: Name one person who answers for children's safety**\n"
        "  - Reopened. Progress: under way (before: done). Said by the partnership on 3 March 2026: “The board met and agreed a plan.”\n"
    )
    summary = pull_request.reviewed()
    assert summary == f"## What this change does, compared with origin/main\n\n### The register\n\n{said}"
    pictures = {path.name for path in (pull_request.project.folder / "review-page" / "pictures").iterdir()}
    assert {"01-before-phone.png", "01-after-phone.png", "01-before-wide.png", "01-after-wide.png"} <= pictures
    body, calls = pull_request.commented(pull_request.kept())
    assert body == (
        f"<!-- what this change does -->\n{summary}\n"
        "Pages before and after, in pictures: at the end of [this run](https://github.test/octo/site/actions/runs/5), under "
        "Artifacts, get *what-readers-will-see*, unpack it and open *index.html*. This comment is renewed with every change.\n"
    )
    assert calls[0] == "run download 5 --name review-words --dir found"
    assert calls[-1] == "api --silent --method POST repos/octo/site/issues/7/comments -F body=@body.md"
    assert pull_request.commented(pull_request.kept(), commented="99")[1][-1] == (
        "api --silent --method PATCH repos/octo/site/issues/comments/99 -F body=@body.md"
    )


def test_what_breaks_the_data_is_said_in_summary_and_comment_and_marked_on_its_line(pull_request: PullRequest) -> None:
    line = pull_request.project.edit("data/recommendations.yml", "date: 2022-11-08", "date: 2022-13-08")
    pull_request.commit()
    summary = pull_request.reviewed()
    wrong = f"data/recommendations.yml:{line}: recommendation 1: 'date' is not a date: '2022-13-08'"
    assert f"### Not ready to be published: 1 problem\n\n- {wrong}" in summary
    assert f"- {wrong}" in pull_request.commented(pull_request.kept())[0]
    printed = pull_request.project.run("check").stderr.splitlines()[0]
    [matcher, _] = json.loads((ROOT / ".github" / "problem-matcher.json").read_text())["problemMatcher"]
    marked = re.match(matcher["pattern"][0]["regexp"], printed)
    assert marked and marked.groups()[:2] == ("data/recommendations.yml", str(line))


NASTY = "$(touch made) `touch made` ; touch made # ::error::x ##[add-mask]x </details><script>alert(1)</script> @octocat #1 [x](https://evil.test)"


def test_nothing_of_a_hostile_fork_runs_and_its_words_are_words(pull_request: PullRequest) -> None:
    project = pull_request.project
    branch = "$(touch${IFS}made);`touch${IFS}made`"
    git(project.folder, "checkout", "-b", branch)
    project.edit("data/topics.yml", "title: Training for taxi drivers", f"title: '{NASTY[:110]}'")
    project.edit(
        "data/topics.yml", "title: Lessons in schools", 'title: !!python/object/apply:os.system ["touch made"]'
    )
    project.write("docs/$(touch made).md", f"# {NASTY}\n\n{{{{ 7*7 }}}} {NASTY}\n")
    project.write("docs/::error::x.md", NASTY)
    project.edit("docs/about.md", "# About this register", f"# About this register\n\n{NASTY}")
    pull_request.commit()
    summary = pull_request.reviewed()
    body, calls = pull_request.commented(pull_request.kept(), HEAD_BRANCH=branch, HEAD_OWNER="$(touch made)")
    assert f"-f head=$(touch made):{branch}" in calls[1]
    for text in (summary, body):
        assert "Not ready to be published" in text
        assert not re.search(
            r"<(?!!-- what this)|@\w|#\d(?!\d*;)|://(?!github\.test)|\]\((?!https://github\.test)", text
        )
    assert not list(pull_request.outside.rglob("made"))


@pytest.mark.parametrize(
    "handed_over",
    [
        "{}",
        "{" * 100_000,
        "x" * 6_000_000,
        json.dumps({"since": NASTY, "problems": [], "advice": [], "differences": [], "not_compared": [], "more": 1}),
    ],
    ids=["nothing in it", "too deep", "too large", "more in it"],
)
def test_what_a_fork_hands_over_is_posted_only_if_it_is_a_review(pull_request: PullRequest, handed_over: str) -> None:
    kept = pull_request.outside / "kept"
    kept.mkdir()
    (kept / "review.json").write_text(handed_over)
    body, _ = pull_request.commented(kept)
    assert body.startswith(
        "<!-- what this change does -->\nWhat this change does could not be said; [the run](https://github.test/octo/site/"
        "actions/runs/5) says why.\n"
    )


def test_a_link_to_a_file_of_the_runner_is_not_followed(pull_request: PullRequest) -> None:
    secret = pull_request.outside / "secret.json"
    secret.write_text(
        json.dumps({"since": "secret", "problems": [], "advice": [], "differences": [], "not_compared": []})
    )
    kept = pull_request.outside / "kept"
    kept.mkdir()
    (kept / "review.json").symlink_to(secret)
    body, _ = pull_request.commented(kept)
    assert "could not be said" in body and "secret" not in body


def test_hostile_words_of_a_good_form_are_posted_as_words(pull_request: PullRequest) -> None:
    kept = pull_request.outside / "kept"
    kept.mkdir()
    held = {"part": "help", "about": NASTY, "what": NASTY, "risk": NASTY, "page": NASTY}
    review = {"since": NASTY[:190], "problems": [], "advice": [], "differences": [held], "not_compared": [NASTY]}
    (kept / "review.json").write_text(json.dumps(review))
    body, _ = pull_request.commented(kept)
    words, _, _ = body.partition("Pages before and after")
    assert "Look at these first" in words
    assert not re.search(r"<(?!!-- what this)|@\w|#\d(?!\d*;)|://|\]\(", words)


def test_where_no_open_pull_request_stands_at_the_commit_nothing_is_posted(pull_request: PullRequest) -> None:
    kept = pull_request.outside / "kept"
    kept.mkdir()
    (kept / "review.json").write_text("{}")
    body, calls = pull_request.commented(kept, PULL="")
    assert body == ""
    assert len(calls) == 2


def test_what_may_comment_runs_nothing_of_a_pull_request() -> None:
    held = workflow("comment.yml")
    assert held["permissions"] == {}
    assert held[True] == {"workflow_run": {"workflows": ["Review"], "types": ["completed"]}}  # YAML reads 'on' as true
    checked_out = [
        step["with"] for job in held["jobs"].values() for step in job["steps"] if "checkout" in step.get("uses", "")
    ]
    assert checked_out == [{"ref": "${{ github.event.repository.default_branch }}", "persist-credentials": False}]
    assert held["jobs"]["words"]["permissions"] == {"contents": "read", "actions": "read"}
    assert held["jobs"]["post"]["permissions"] == {"pull-requests": "write"}
    assert workflow("review.yml")["name"] == "Review"


def test_the_reviewer_gets_the_site_and_the_pictures_from_a_job_that_may_write_nothing() -> None:
    held = workflow("review.yml")
    assert (held[True], held["permissions"]) == ({"pull_request": None}, {"contents": "read"})
    [job] = held["jobs"].values()
    assert "permissions" not in job
    assert "secrets" not in (ROOT / ".github" / "workflows" / "review.yml").read_text()
    uploads = {
        step["with"]["name"]: step["with"]["path"] for step in job["steps"] if "upload-artifact" in step.get("uses", "")
    }
    assert uploads == {"what-readers-will-see": "review-page/", "review-words": "review-page/review.json"}
