"""The version of the register: another for every word that changes, the same whatever the layout."""

import re
from pathlib import Path

import pytest

from projects import Project
from register.load.loader import load
from register.state.snapshot import Snapshot
from registers import TODAY


def version_of(folder: Path) -> str:
    """The version id of the register in a project's folder."""
    return Snapshot(load(folder / "data", TODAY), TODAY).version


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("recommendations.yml", "note: Work began.", "note: Work begun."),
        ("recommendations.yml", "date: 2024-02\n", "date: 2024-02-01\n"),
        ("register.yml", "label: under way", "label: on the way"),
        ("links.yml", "name: The plan", "name: A plan"),
        ("contacts.yml", "hours: Not known", "hours: Unknown"),
        ("topics.yml", "confidence: high", "confidence: low"),
        ("timeline.yml", "text: The partnership read it.", "text: The partnership has read it."),
    ],
)
def test_the_version_differs_when_a_word_of_any_file_changes(small: Project, name: str, old: str, new: str) -> None:
    before = version_of(small.folder)
    small.edit(f"data/{name}", old, new)
    assert re.fullmatch(r"v[0-9a-f]{12}", before)
    assert version_of(small.folder) != before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("recommendations.yml", "- number: 2\n", "\n# A comment.\n- number: 2  # another\n"),
        ("recommendations.yml", "related: [2]", "related:\n        - 2"),
        ("recommendations.yml", "note: Work began.", "note: >-\n        Work\n        began."),
        ("links.yml", "  name: The plan\n  owner: Pond Council\n", "  owner: 'Pond Council'\n  name: \"The plan\"\n"),
    ],
)
def test_the_version_stays_when_only_comments_or_layout_change(small: Project, name: str, old: str, new: str) -> None:
    before = version_of(small.folder)
    small.edit(f"data/{name}", old, new)
    assert version_of(small.folder) == before
