"""A publication from build to branch, tried on a repository of its own: what is kept, what is carried on, how it is undone."""

import datetime
import os
import subprocess
from pathlib import Path

import pytest

from projects import ROOT, Project, git
from register.links.report import NAME, CheckedLink, LinkReport, write
from workflow_steps import run, with_gh, workflow

WHO = {
    f"GIT_{role}_{field}": value
    for role in ("AUTHOR", "COMMITTER")
    for field, value in (("NAME", "Editor"), ("EMAIL", "editor@exampleshire.test"))
}


@pytest.fixture
def origin(tmp_path: Path) -> Path:
    """The repository on GitHub's side, without a publication."""
    folder = tmp_path / "origin"
    folder.mkdir()
    git(folder, "init", "--bare", "--initial-branch", "main")
    return folder


@pytest.fixture
def clone(tmp_path: Path, origin: Path) -> Path:
    """A person's clone, with one commit on main."""
    folder = tmp_path / "clone"
    folder.mkdir()
    git(folder, "init", "--initial-branch", "main")
    git(folder, "remote", "add", "origin", origin.as_uri())
    git(folder, "commit", "--allow-empty", "--message", "Begin")
    return folder


def keep(folder: Path, origin: Path, files: dict[str, str]) -> str:
    """What the workflow does with a site of these files, from where it is packed to the branch; the publication's commit."""
    folder.mkdir()
    for name, text in files.items():
        (folder / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "site" / name).write_text(text)
    run("publish.yml", "build", "Pack the site", folder)
    packed = folder.with_name(f"{folder.name}-packed")
    packed.mkdir()
    (folder / "site.tar").rename(packed / "site.tar")
    step = "Put the site on top of the branch published"
    given = {"REPOSITORY": origin.as_uri(), "BUILT_FROM": "abc", "RUN": "https://run.test/1", "GH_TOKEN": "t"}
    return run("publish.yml", "keep", step, packed, **given)["publication"]


def published(origin: Path, commit: str = "published") -> dict[str, str]:
    """The files of a publication."""
    names = git(origin, "ls-tree", "-r", "--name-only", commit).split()
    return {name: git(origin, "show", f"{commit}:{name}") for name in names}


def script(folder: Path, name: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    """Run a script as make does, without GitHub's program unless the environment has one."""
    without_gh = {"PATH": "/usr/bin:/bin"} if "PATH" not in environment else {}
    return subprocess.run(
        ["sh", str(ROOT / "tools" / name), *arguments],
        cwd=folder,
        env={**os.environ, **WHO, **without_gh, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


# ── what is kept ───────────────────────────────────────────────────────────────────────────────

FIRST = {"index.html": "first", ".well-known/security.txt": "Contact", "_headers": "/*"}
SECOND = {"index.html": "second", "about/index.html": "new"}


def test_each_publication_is_one_commit_whose_tree_is_the_site(tmp_path: Path, origin: Path) -> None:
    one = keep(tmp_path / "one", origin, FIRST)
    two = keep(tmp_path / "two", origin, SECOND)
    assert (published(origin, one), published(origin)) == (FIRST, SECOND)
    assert git(origin, "rev-list", "published").split() == [two, one]
    assert (
        git(origin, "log", "-1", "--format=%B", "published").strip()
        == "Publish abc\n\nBuilt and tested by https://run.test/1"
    )


def test_the_same_site_again_makes_no_commit(tmp_path: Path, origin: Path) -> None:
    assert keep(tmp_path / "one", origin, FIRST) == keep(tmp_path / "two", origin, FIRST)
    assert git(origin, "rev-list", "--count", "published").strip() == "1"


def test_where_the_branch_cannot_be_asked_for_nothing_is_published(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError):
        keep(tmp_path / "one", tmp_path / "nowhere", FIRST)


def test_the_same_site_is_packed_in_the_same_bytes(tmp_path: Path) -> None:
    packed = []
    for name in ("one", "two"):
        for file in ("b.html", "a/index.html"):
            (tmp_path / name / "site" / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name / "site" / file).write_text(file)
        os.utime(tmp_path / name / "site" / "b.html", (len(packed), len(packed)))
        run("publish.yml", "build", "Pack the site", tmp_path / name)
        packed.append((tmp_path / name / "site.tar").read_bytes())
    assert packed[0] == packed[1]


# ── an earlier publication, again ──────────────────────────────────────────────────────────────


def test_one_command_publishes_the_earlier_site_again_and_says_by_which_it_is_undone(
    tmp_path: Path, origin: Path, clone: Path
) -> None:
    good = keep(tmp_path / "one", origin, FIRST)
    bad = keep(tmp_path / "two", origin, SECOND)
    done = script(clone, "publish_earlier.sh", "")  # make hands on an empty word
    assert (done.returncode, done.stderr) == (0, "")
    first, undo, second, third = done.stdout.splitlines()
    day = git(origin, "log", "-1", "--format=%cs", good).strip()
    assert first == f"The branch 'published' holds the site of {good[:7]}, published on {day}, again."
    assert undo == f"To undo it: make publish-earlier PUBLICATION={bad[:7]}"
    assert (
        second == "To bring it to readers: on GitHub, under Actions, Publish, choose 'Run workflow' and tick 'again'."
    )
    assert third == "The next change of the branch main is published over it: mend what was wrong there first."
    assert published(origin) == FIRST
    assert git(origin, "rev-parse", "published~1").strip() == bad
    assert script(clone, "publish_earlier.sh", bad[:7]).returncode == 0
    assert published(origin) == SECOND
    assert git(origin, "rev-list", "--count", "published").strip() == "4"
    assert git(clone, "status", "--porcelain") == ""


def test_any_publication_can_be_named_and_github_is_asked_to_bring_it_to_readers(
    tmp_path: Path, origin: Path, clone: Path
) -> None:
    one = keep(tmp_path / "one", origin, FIRST)
    keep(tmp_path / "two", origin, SECOND)
    keep(tmp_path / "three", origin, {"index.html": "third"})
    github = with_gh(tmp_path)
    done = script(clone, "publish_earlier.sh", one, **github)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[2] == "The workflow 'Publish' brings it to readers now; it takes a minute."
    assert published(origin) == FIRST
    assert (tmp_path / "calls").read_text() == "workflow run publish.yml\n"


def test_where_there_is_nothing_to_publish_again_nothing_is_changed(tmp_path: Path, origin: Path, clone: Path) -> None:
    refused = script(clone, "publish_earlier.sh")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == "nothing was published yet: 'origin' has no branch 'published' (nothing was changed)\n"
    one = keep(tmp_path / "one", origin, FIRST)
    assert script(clone, "publish_earlier.sh").stderr == "there is no earlier publication (nothing was changed)\n"
    unknown = script(clone, "publish_earlier.sh", "no-such")
    assert unknown.stderr == "there is no such earlier publication: 'no-such' (nothing was changed)\n"
    other = git(clone, "rev-parse", "main").strip()
    git(clone, "remote", "set-url", "origin", str(tmp_path / "nowhere"))
    unreached = script(clone, "publish_earlier.sh")
    assert unreached.stderr == "'origin' cannot be reached (nothing was changed; try again when it can)\n"
    git(clone, "remote", "set-url", "origin", origin.as_uri())
    elsewhere = script(clone, "publish_earlier.sh", other)
    assert (
        elsewhere.stderr == f"'{other}' is no publication: it is not in the branch 'published' (nothing was changed)\n"
    )
    assert git(origin, "rev-parse", "published").strip() == one


# ── versions of the register ───────────────────────────────────────────────────────────────────


def test_versions_that_were_published_are_carried_on_and_stay_as_they_were_first_published(
    tmp_path: Path, origin: Path, clone: Path
) -> None:
    held = {
        "index.html": "earlier",
        "data/register.json": "earlier",
        "data/versions/aaa/register.json": "a",
        "data/versions/aaa/register.json.gz": "a, packed",
        "data/versions/bbb/register.json": "b, as it was published",
    }
    keep(tmp_path / "one", origin, held)
    fresh = {"index.html": "new", "data/versions/bbb/register.json": "b", "data/versions/ccc/register.json": "c"}
    for name, text in fresh.items():
        (clone / "site" / name).parent.mkdir(parents=True, exist_ok=True)
        (clone / "site" / name).write_text(text)
    done = script(clone, "last_versions.sh")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Every version of the last publication stands in site/data/versions/.\n"
    site = clone / "site"
    assert {path.relative_to(site).as_posix(): path.read_text() for path in site.rglob("*") if path.is_file()} == {
        **fresh,
        "data/versions/aaa/register.json": "a",
        "data/versions/aaa/register.json.gz": "a, packed",
        "data/versions/bbb/register.json": "b, as it was published",
    }


def test_a_first_publication_and_one_without_versions_have_nothing_to_carry_on(
    tmp_path: Path, origin: Path, clone: Path
) -> None:
    none = script(clone, "last_versions.sh")
    assert (none.returncode, none.stderr) == (1, "there is no built site in site/ (run 'make site PUBLISH=1' first)\n")
    (clone / "site").mkdir()
    first = script(clone, "last_versions.sh")
    assert (first.returncode, first.stdout) == (
        0,
        "Nothing was published before: 'origin' has no branch 'published'.\n",
    )
    keep(tmp_path / "one", origin, FIRST)
    done = script(clone, "last_versions.sh")
    assert (done.returncode, done.stdout) == (0, "The last publication holds no versions of the register.\n")
    assert list((clone / "site").iterdir()) == []


def test_versions_are_not_lost_in_silence_where_they_cannot_be_had(tmp_path: Path, origin: Path, clone: Path) -> None:
    (clone / "site").mkdir()
    git(clone, "remote", "set-url", "origin", (tmp_path / "nowhere").as_uri())
    done = script(clone, "last_versions.sh")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "'origin' cannot be asked what was published last (try again when it can be reached)\n"


def test_a_link_to_another_file_is_no_version(tmp_path: Path, origin: Path, clone: Path) -> None:
    (clone / "data" / "versions").mkdir(parents=True)
    (clone / "data" / "versions" / "aaa").symlink_to("/etc/passwd")
    (clone / "site").mkdir()
    git(clone, "add", "data")
    git(clone, "commit", "--message", "A link")
    git(clone, "push", "origin", "HEAD:refs/heads/published")
    done = script(clone, "last_versions.sh")
    assert (done.returncode, done.stdout) == (1, "")
    assert (
        done.stderr == "data/versions/ of the branch 'published' holds what is no ordinary file (take it out there)\n"
    )
    assert list((clone / "site").iterdir()) == []


# ── what the weekly check found ────────────────────────────────────────────────────────────────


@pytest.mark.full_build
def test_a_link_that_has_become_anothers_is_withdrawn_from_the_next_publication(
    built_sample: Path, project: Project, origin: Path
) -> None:
    """As the workflow does after the weekly check: no person changes anything."""
    link = "board-minutes-2024-09"
    url = f"https://www.exampleshire.test/{link}"
    assert leads_to(built_sample / "recommendations" / "1" / "index.html", url)
    found = CheckedLink(url=url, id=link, verdict="impostor", detail="sells shoes", final_url=url, found_on=[])
    report = LinkReport(checked_at=datetime.datetime(2026, 3, 30, 5, 17, tzinfo=datetime.UTC), links=[found])
    git(project.folder, "init", "--initial-branch", "link-report")
    git(project.folder, "remote", "add", "origin", origin.as_uri())
    write(report, project.folder / NAME)
    git(project.folder, "add", "--force", NAME)
    git(project.folder, "commit", "--message", "The link check's last report")
    git(project.folder, "push", "origin", "HEAD")
    (project.folder / NAME).unlink()
    for command in (["last-links"], ["site", "--publish"]):
        done = project.run_here(*command)
        assert (done.returncode, done.stderr) == (0, "")
    read = [*(project.folder / "site").rglob("*.html"), *(project.folder / "site").rglob("*.atom")]
    assert [path for path in read if leads_to(path, url)] == []
    assert "sells shoes" not in (project.folder / "site" / "sources" / "index.html").read_text(encoding="utf-8")


def leads_to(path: Path, url: str) -> bool:
    """Whether a page or a feed has a link to an address."""
    return f'href="{url}"' in path.read_text(encoding="utf-8")


# ── who does what ──────────────────────────────────────────────────────────────────────────────


def test_nothing_is_published_that_was_not_tested_and_what_is_published_is_what_was_tested() -> None:
    jobs = workflow("publish.yml")["jobs"]
    assert {name: job.get("needs") for name, job in jobs.items()} == {
        "build": None,
        "test": "build",
        "attest": ["build", "test"],
        "keep": ["build", "test", "attest"],
        "pages": "keep",
        "rsync": "keep",
    }
    built = [step.get("run", "") for job in jobs.values() for step in job["steps"]]
    assert [command for command in built if command.startswith("make site")] == ["make site PUBLISH=1"]
    assert [step.get("run") for step in jobs["test"]["steps"]][-2:] == [
        "make test-published FILE=site.tar",
        "make test",
    ]
    for name in ("test", "attest", "keep"):
        assert {"name": "site"} in [step.get("with") for step in jobs[name]["steps"]]
    for name in ("pages", "rsync"):
        checkout = jobs[name]["steps"][0]["with"]
        assert checkout["ref"] == "${{ needs.keep.outputs.publication || 'published' }}"
        assert "needs.keep.result == 'success' || inputs.again" in jobs[name]["if"]


def test_the_report_is_taken_over_before_the_build_and_versions_are_carried_on_after_it() -> None:
    commands = [step.get("run", "") for step in workflow("publish.yml")["jobs"]["build"]["steps"]]
    assert [command for command in commands if command.startswith("make")] == [
        "make last-links", "make site PUBLISH=1", "make last-versions", "make sbom",
    ]  # fmt: skip


def test_what_the_site_is_made_of_is_kept_and_attested_with_it() -> None:
    jobs = workflow("publish.yml")["jobs"]
    (kept,) = [step["with"]["path"] for step in jobs["build"]["steps"] if "upload-artifact" in step.get("uses", "")]
    (attested,) = [step["with"]["subject-path"] for step in jobs["attest"]["steps"] if "attest" in step["uses"]]
    assert kept.split() == attested.split() == ["site.tar", "sbom.cdx.json"]


def test_it_runs_for_main_only_after_each_change_after_the_weekly_check_and_by_hand() -> None:
    held = workflow("publish.yml")
    started = held[True]  # YAML reads 'on' as true
    assert started["push"] == {"branches": ["main"]}
    assert started["workflow_run"] == {"workflows": [workflow("links.yml")["name"]], "types": ["completed"]}
    assert set(started) == {"push", "workflow_run", "workflow_dispatch"}
    first = held["jobs"]["build"]["if"]
    for condition in (
        "vars.SITE_URL != ''",
        "github.ref == 'refs/heads/main'",
        "!inputs.again",
        "github.event.workflow_run.event != 'pull_request' && github.event.workflow_run.head_branch == 'main'",
    ):
        assert condition in first
    assert held["concurrency"] == {"group": "publish", "cancel-in-progress": False}


def test_what_may_write_or_sign_runs_none_of_the_repositorys_code() -> None:
    held = workflow("publish.yml")
    assert held["permissions"] == {}
    for name, job in held["jobs"].items():
        if name in ("build", "test"):
            assert job["permissions"] == {"contents": "read"}
            continue
        assert not any("make " in step.get("run", "") for step in job["steps"]), name
        for step in job["steps"]:
            if "checkout" in step.get("uses", ""):
                assert step["with"]["ref"].endswith("'published' }}"), "only what is published"
    permitted = {name: job["permissions"] for name, job in held["jobs"].items()}
    assert permitted["attest"] == {"attestations": "write", "id-token": "write"}
    assert permitted["keep"] == {"contents": "write"}
    assert permitted["pages"] == {"contents": "read", "pages": "write", "id-token": "write"}
    assert permitted["rsync"] == {"contents": "read"}
