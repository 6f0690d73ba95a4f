"""Pages that other pages lead to are there, and so are the parts of them that are named."""

import re
from pathlib import Path

import pytest

from projects import ROOT, Project
from register.site import urls


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("index.md", "index.md"),
        ("recommendations/index.md", "recommendations/index.md"),
        ("topics.md", "topics.md"),
        ("changes.md", "changes.md"),
        ("help.md", "help.md"),
        ("about.md", "about.md"),
        ("checked.md", "checked.md"),
        ("data.md", "data.md"),
    ],
)
def test_a_page_that_is_needed_and_missing_is_named_at_its_own_path(content: Project, name: str, shown: str) -> None:
    (content.folder / "docs" / name).unlink()
    said = content.run_here("check").stderr.splitlines()
    assert f"docs/{shown}:1: the page is missing, and other pages lead to it (put it back)" in said


def test_a_needed_page_may_stand_in_a_folder_of_its_own(content: Project) -> None:
    (content.folder / "docs" / "about").mkdir()
    (content.folder / "docs" / "about.md").rename(content.folder / "docs" / "about" / "index.md")
    assert "the page is missing" not in content.run_here("check").stderr


@pytest.mark.parametrize(("name", "part"), [("about.md", "help-complete"), ("checked.md", "history")])
def test_a_part_that_is_needed_and_missing_is_named_at_its_page(content: Project, name: str, part: str) -> None:
    content.edit(f"docs/{name}", f"{{#{part}}}", "{#another}")
    assert content.run_here("check").stderr.splitlines() == [
        f"docs/{name}:1: the part '{part}' is missing, and other pages lead to it "
        f"(write '{{#{part}}}' behind the heading of that part)",
        "1 problem in 1 file; the site was not changed",
    ]


@pytest.mark.parametrize("typed", ["{: #help-complete }", "{ .x #help-complete }", "{#help-complete .x}"])
def test_an_id_may_be_typed_in_any_way_that_markdown_knows(content: Project, typed: str) -> None:
    content.edit("docs/about.md", "{#help-complete}", typed)
    assert "the part" not in content.run_here("check").stderr


@pytest.mark.parametrize("typed", ["{#help-completed}", "#help-complete", "{#not-help-complete}"])
def test_another_id_is_not_taken_for_it(content: Project, typed: str) -> None:
    content.edit("docs/about.md", "{#help-complete}", typed)
    assert "the part 'help-complete' is missing" in content.run_here("check").stderr


def used_in(path: Path) -> set[str]:
    """The addresses of the route table that a template or module leads to, by their names there."""
    text = path.read_text(encoding="utf-8")
    return set(re.findall(r"""(?<!equalto", )(?<!== )\burls\.([A-Z][A-Z_]+)\b""", text))


def test_every_page_that_templates_feeds_and_data_lead_to_is_needed() -> None:
    paths = [path for folder in ("register", "theme") for path in (ROOT / folder).rglob("*.html")]
    paths += (ROOT / "register" / "exports").glob("*.py")
    names = {name for path in paths for name in used_in(path)}
    addresses = [getattr(urls, name) for name in names]
    pages = {address for address in addresses if isinstance(address, str) and re.search(r"(^|/)(#.*)?$", address)}
    assert {"ABOUT", "HELP", "CHANGES", "DATA"} < names
    made = {urls.PROMISES, urls.VIEWS_DIFFER}  # nobody writes these, so they cannot be missing
    assert pages - made == set(urls.NEEDED)
