"""Newer versions of everything that is locked are proposed every week, in one pull request for each sort."""

import subprocess
from pathlib import Path

import pytest
import yaml

from projects import ROOT

# Which files of git show that there is something to update, and what updates it.
LOCKED_BY = {
    "pip": ("requirements*.txt", "pyproject.toml"),
    "npm": ("*package-lock.json",),
    "github-actions": (".github/workflows/*.yml",),
}


def locked(root: Path) -> set[tuple[str, str]]:
    """Each ecosystem with each folder in which something of it is locked."""
    found = set()
    for ecosystem, patterns in LOCKED_BY.items():
        listed = subprocess.run(
            ["git", "ls-files", "--", *patterns], cwd=root, capture_output=True, text=True, check=True
        ).stdout
        for name in listed.splitlines():
            folder = "" if ecosystem == "github-actions" else Path(name).parent.as_posix().removeprefix(".")
            found.add((ecosystem, f"/{folder}"))
    return found


def not_updated(root: Path, settings: str) -> set[tuple[str, str]]:
    """What is locked somewhere and not updated."""
    updates = yaml.safe_load(settings)["updates"]
    return locked(root) - {(one["package-ecosystem"], one["directory"]) for one in updates}


SETTINGS = (ROOT / ".github" / "dependabot.yml").read_text(encoding="utf-8")


def test_every_folder_with_a_lock_is_updated() -> None:
    assert locked(ROOT) == {
        ("pip", "/"),
        ("npm", "/tests/browser"),
        ("npm", "/bench/lighthouse"),
        ("github-actions", "/"),
    }
    assert not_updated(ROOT, SETTINGS) == set()


@pytest.mark.parametrize("folder", ["/tests/browser", "/bench/lighthouse"])
def test_a_folder_that_is_left_out_is_found(folder: str) -> None:
    assert not_updated(ROOT, SETTINGS.replace(f"directory: {folder}\n", "directory: /docs\n")) == {("npm", folder)}


def test_what_is_updated_is_there_weekly_grouped_and_not_fresh() -> None:
    updates = yaml.safe_load(SETTINGS)["updates"]
    assert {(one["package-ecosystem"], one["directory"]) for one in updates} == locked(ROOT)
    for one in updates:
        assert one["schedule"] == {"interval": "weekly", "day": "monday"}
        assert one["cooldown"] == {"default-days": 7}
        assert [group["patterns"] for group in one["groups"].values()] == [["*"]]
