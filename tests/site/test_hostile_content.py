"""Content is never code: whatever a stranger's pages hold, neither the check nor MkDocs itself evaluates any of it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from projects import SAMPLE_DAY, Project

# Runs a command if it is ever rendered as a template; and reads the environment.
RUN = "''.__class__.__mro__[1].__subclasses__()"
SHELL = "{{ cycler.__init__.__globals__.os.popen('touch pwned').read() }}"
SECRET = "{{ cycler.__init__.__globals__.os.environ }}"


def as_escapes(text: str) -> str:
    """Text as YAML's own escapes, so that no scan of what was typed finds a curly bracket in it."""
    return "".join(f"\\x{ord(sign):02x}" for sign in text)


def mkdocs(project: Project) -> subprocess.CompletedProcess[str]:
    """Run MkDocs by itself, as a reviewer may, without any check before it."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", "site"],
        cwd=project.folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": SAMPLE_DAY, "SECRET": "do not publish", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.full_build
def test_a_template_hidden_in_a_title_by_escapes_is_found_and_never_run(project: Project) -> None:
    page = project.folder / "docs" / "short.md"
    text = page.read_text(encoding="utf-8").split("---\n", 2)
    hidden = f'title: "Short {as_escapes(SHELL)}"\ndescription: "Short {as_escapes(SECRET)}"\nupdated: 2026-01-01\n'
    page.write_text(f"---\n{hidden}---\n{text[2]}", encoding="utf-8")
    messages = [
        "docs/short.md:2: 'title' holds '{{', which shows nothing here (take it out)",
        "docs/short.md:3: 'description' holds '{{', which shows nothing here (take it out)",
    ]
    assert project.run("check").stderr.splitlines()[:2] == messages
    done = mkdocs(project)
    assert done.returncode != 0
    assert all(message in done.stderr for message in messages)
    assert not (project.folder / "pwned").exists()
    assert "do not publish" not in done.stdout + done.stderr


@pytest.mark.full_build
@pytest.mark.parametrize("body", [SHELL, SECRET, f"{{{{ {RUN} }}}}", "{% import os %}", '{{ link("a" * 4000000000) }}'])
def test_mkdocs_alone_stops_at_a_template_in_a_page(project: Project, body: str) -> None:
    page = project.folder / "docs" / "short.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n{body}\n", encoding="utf-8")
    done = mkdocs(project)
    assert done.returncode != 0
    assert "docs/short.md:" in done.stderr
    assert not (project.folder / "pwned").exists()
    assert "do not publish" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "argument",
    [
        '"".x.__init__.__globals__',
        "'a' * 4000000000",
        "lipsum.__globals__",
        "range(9)",
        "[1]",
        "{'a': 1}",
        "x if y else z",
    ],
)
def test_the_check_evaluates_no_argument(project: Project, argument: str) -> None:
    page = project.folder / "docs" / "short.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(f"{text}\n{{{{ vocabulary({argument}) }}}}\n", encoding="utf-8")
    line = text.count("\n") + 2
    done = project.run("check", SECRET="do not publish")
    assert done.returncode == 1
    assert done.stderr.startswith(
        f"docs/short.md:{line}: vocabulary: the words in the brackets do not fit (vocabulary("
    )
    assert "do not publish" not in done.stderr


@pytest.mark.full_build
def test_a_page_that_asks_for_the_macros_plugin_does_not_get_it(project: Project) -> None:
    page = project.folder / "docs" / "short.md"
    text = page.read_text(encoding="utf-8").replace("---\n", "---\nrender_macros: true\nsecret: x\n", 1)
    page.write_text(text + "\n{{ secret }}\n", encoding="utf-8")
    done = mkdocs(project)
    assert done.returncode != 0
    assert "'secret' lacks its brackets" in done.stderr


def test_nothing_of_the_macros_plugin_is_asked_to_render(tmp_path: Path) -> None:
    """The settings leave it nothing either, should the hooks ever be left out."""
    settings = (Path(__file__).parents[2] / "mkdocs.base.yml").read_text(encoding="utf-8")
    assert "    render_by_default: false\n" in settings
