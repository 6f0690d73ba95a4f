"""What the documents for developers say of the project is so: paths, names, commands, links."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from projects import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs-dev").rglob("*.md"), *(ROOT / ".github").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs-dev" / "decisions").glob("[0-9]*.md"))
# Made by a command, so not there in a fresh copy.
MADE = {"site/", "link-report.json", "data/proved.yml"}
# What editors are told to make.
MADE_BY_EDITORS = {"docs/changes/2026-27.md", "docs/files", "docs/files/"}


def named(path: Path) -> str:
    """A path from the project's folder."""
    return path.relative_to(ROOT).as_posix()


def prose(path: Path) -> str:
    """A document without its blocks of code."""
    return re.sub(r"(?ms)^```.*?^```$", "", path.read_text(encoding="utf-8"))


def anchors(path: Path) -> set[str]:
    """The fragments by which GitHub links to the headings of a document."""
    titles = re.findall(r"(?m)^#+ (.+)$", prose(path))
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_link_between_documents_leads_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)\s]+)\)", prose(path))
    for address, _, fragment in (link.partition("#") for link in links if not link.startswith("https://")):
        target = path.parent / address if address else path
        assert target.exists(), f"{named(path)} links to {address}"
        assert not fragment or fragment in anchors(target), f"{named(path)} links to {address}#{fragment}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_path_that_is_named_exists(path: Path) -> None:
    quoted = re.findall(r"`([^`\s]+)`", prose(path))
    top = {entry.name for entry in ROOT.iterdir()} - {"site"}
    paths = [text for text in quoted if text.split("/")[0] in top and re.fullmatch(r"[\w./-]+", text)]
    missing = [text for text in paths if text not in MADE | MADE_BY_EDITORS and not (ROOT / text).exists()]
    assert missing == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_command_that_is_named_exists(path: Path) -> None:
    named_commands = set(re.findall(r"(?:`|^)make ([a-z-]+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    known = set(re.findall(r"(?m)^([\w-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8")))
    assert named_commands - known == set()


def test_every_function_on_the_way_through_is_where_it_is_said_to_be() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    pairs = re.findall(r"`([\w/]+\.py)`\s+`([\w.]+)`", text)
    assert len(pairs) > 15
    assert [f"{path}: {name}" for path, name in pairs if not defines(ROOT / path, name.split("."))] == []


def defines(path: Path, names: list[str]) -> bool:
    """Whether a module defines a name, or a class with a name in it."""
    body: list[ast.stmt] = ast.parse(path.read_text(encoding="utf-8")).body
    for name in names:
        found = [node for node in body if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name]
        if not found:
            return False
        body = found[0].body
    return True


def test_architecture_names_every_package() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    packages = {named(path.parent) for path in (ROOT / "register").rglob("__init__.py")} - {"register"}
    assert "register/state" in packages
    assert [package for package in sorted(packages) if package not in text] == []


def test_decisions_are_numbered_listed_and_have_the_same_parts() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    listed = (ROOT / "docs-dev" / "decisions" / "README.md").read_text(encoding="utf-8")
    for path in DECISIONS:
        text = path.read_text(encoding="utf-8")
        title = re.match(r"# (\d{4}) (.+)\n", text)
        assert title and title[1] == path.name[:4], path.name
        assert f"[{title[1]}]({path.name}) | {title[2]} |" in listed
        assert re.findall(r"(?m)^## (.+)$", text) == ["Context", "Decision", "Consequences"], path.name


def test_the_changelog_begins_with_what_is_unreleased_and_the_version_of_the_package() -> None:
    versions = re.findall(r"(?m)^## (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    released = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert versions[0] == "Unreleased"
    assert versions[1].startswith(f"{released} – ")


# ── settings of other tools ────────────────────────────────────────────────────────────────────


def test_editors_are_told_the_line_length_that_ruff_checks() -> None:
    settings = (ROOT / ".editorconfig").read_text(encoding="utf-8")
    checked = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["ruff"]["line-length"]
    assert re.findall(r"(?m)^max_line_length = (\d+)$", settings) == [str(checked)]


def test_text_files_are_written_as_editors_are_told() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout.decode()
    files = [ROOT / name for name in listed.split("\0") if name and not name.endswith((".png", ".ico", ".pdf", ".ttf"))]
    texts = {named(path): path.read_bytes() for path in files if path.is_file()}
    assert len(texts) > 100
    assert [name for name, text in texts.items() if text and not text.endswith(b"\n")] == []
    assert [name for name, text in texts.items() if re.search(rb"[ \t\r]$", text, re.MULTILINE)] == []


def test_hooks_before_a_commit_download_nothing() -> None:
    settings = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    assert [repo["repo"] for repo in settings["repos"]] == ["local"]
    hooks = settings["repos"][0]["hooks"]
    assert {hook["language"] for hook in hooks} == {"system"}
    for hook in hooks:
        command = hook["entry"].split()
        assert command[0] in ("make", ".venv/bin/ruff"), hook["id"]


FORMS = sorted(set((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")) - {ROOT / ".github/ISSUE_TEMPLATE/config.yml"})


@pytest.mark.parametrize("path", FORMS, ids=named)
def test_a_form_for_issues_begins_by_saying_what_must_not_be_written(path: Path) -> None:
    form = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert {"name", "description", "body"} <= form.keys()
    first, *fields = form["body"]
    assert first["type"] == "markdown"
    assert "Everything you write here is public." in first["attributes"]["value"]
    assert "Do not name or describe anyone who was harmed" in first["attributes"]["value"]
    fields = [field for field in fields if field["type"] != "markdown"]
    ids = [field["id"] for field in fields]
    assert ids and len(ids) == len(set(ids))
    assert all(field["attributes"]["label"] for field in fields)
