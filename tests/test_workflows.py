"""What the workflows decide, tried on real repositories."""

import subprocess
from pathlib import Path

import pytest
import yaml

from projects import ROOT


def git(folder: Path, *arguments: str) -> None:
    who = ["-c", "user.name=Editor", "-c", "user.email=editor@exampleshire.test"]
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


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


@pytest.mark.parametrize("name", ["build.yml", "links.yml"])
def test_what_may_write_to_the_repository_runs_none_of_its_code(name: str) -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / name).read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert workflow["jobs"]
    for job in workflow["jobs"].values():
        if "write" in job.get("permissions", {}).values():
            assert [step["uses"] for step in job["steps"] if "uses" in step] == [], "nothing is checked out"
            assert not any("make " in step["run"] for step in job["steps"])


def test_both_workflows_are_looked_at() -> None:
    assert {path.name for path in (ROOT / ".github" / "workflows").iterdir()} == {"build.yml", "links.yml"}
