"""MkDocs run in this process: what it warns of, each at its line, and nothing of the process changed afterwards."""

import logging
import os
import signal
import sys
from pathlib import Path

import pytest

from projects import Project
from register.problems import Problem
from register.site.mkdocs_build import run_mkdocs
from register.site.site import Site
from register.state.snapshot import Snapshot
from registers import TODAY

SETTINGS = """site_name: A small site
site_url: https://register.exampleshire.test/
theme: {name: null, custom_dir: theme}
plugins: []
hooks: [hooks.py]
nav:
  - index.md
  - About: about.md
validation:
  nav: {omitted_files: warn, not_found: warn}
  links: {not_found: warn, anchors: warn, absolute_links: warn, unrecognized_links: warn}
"""


@pytest.fixture
def small_site(tmp_path: Path) -> Project:
    """A site of two pages that MkDocs builds in a moment, with a theme and hooks of its own."""
    for folder in ("docs", "theme"):
        (tmp_path / folder).mkdir()
    project = Project(tmp_path)
    project.write("mkdocs.yml", SETTINGS)
    project.write("hooks.py", "")
    project.write("theme/main.html", "<title>{{ page.title }}</title>{{ page.content }}{{ config.extra.site.today }}")
    project.write("docs/index.md", "# Home\n\n[About](about.md)\n")
    project.write("docs/about.md", "# About\n")
    return project


def run(project: Project, sample: Snapshot, **environment: str) -> list[Problem]:
    """Build a small site into its folder ``site``."""
    return run_mkdocs(project.folder, project.folder / "site", Site(sample, TODAY), environment)


def test_the_site_that_is_loaded_already_is_handed_to_the_hooks(small_site: Project, sample: Snapshot) -> None:
    assert run(small_site, sample) == []
    assert "2026-03-31" in (small_site.folder / "site" / "about" / "index.html").read_text()


# Page, what is added to it, the kind and the whole message.
LINKS = [
    ("[a](nowhere.md)", "inside-link", "the link 'nowhere.md' leads to no page or file in docs/ (correct it)"),
    ("[b](about.md#nope)", "missing-part",
     "the link 'about.md#nope' leads to a part of a page that does not exist (correct it)"),
    ("[c](#nope)", "missing-part", "the link '#nope' leads to a part of a page that does not exist (correct it)"),
    ("[d](/about/)", "inside-link", "the link '/about/' leads to no page or file in docs/ (did you mean 'about.md'?)"),
    ("[e](about/)", "inside-link", "the link 'about/' leads to no page or file in docs/ (did you mean 'about.md'?)"),
    ("[f](anchor.md)", "inside-link", "the link 'anchor.md' leads to no page or file in docs/ (correct it)"),
    ("![g](none.png)", "inside-link", "the link 'none.png' leads to no page or file in docs/ (correct it)"),
    ("[h]\n\n[h]: none.md", "inside-link", "the link 'none.md' leads to no page or file in docs/ (correct it)"),
]  # fmt: skip


@pytest.mark.parametrize(("markdown", "kind", "message"), LINKS)
def test_a_broken_link_is_reported_at_its_line(
    small_site: Project, sample: Snapshot, markdown: str, kind: str, message: str
) -> None:
    small_site.write("docs/about.md", f"# About nowhere.md and none.png\n\nabout.mdx, nope, none.mdx.\n\n{markdown}\n")
    line = 5 + markdown.count("\n")
    assert [(problem.kind, str(problem)) for problem in run(small_site, sample)] == [
        (kind, f"docs/about.md:{line}: {message}")
    ]


def test_pages_and_menu_are_compared_both_ways(small_site: Project, sample: Snapshot) -> None:
    line = small_site.edit("mkdocs.yml", "about.md", "abuot.md")
    small_site.write("docs/A new page.md", "# A new page\n")
    assert sorted((problem.kind, str(problem)) for problem in run(small_site, sample)) == [
        ("menu-without-page", f"mkdocs.yml:{line}: the menu names 'abuot.md', which is not in docs/ (correct it)"),
        ("not-in-menu", "docs/A new page.md:1: the page is not in the menu (add it to 'nav' in mkdocs.yml)"),
        ("not-in-menu", "docs/about.md:1: the page is not in the menu (add it to 'nav' in mkdocs.yml)"),
    ]


@pytest.mark.parametrize(
    ("settings", "kind", "message"),
    [
        (SETTINGS + "no_such_setting: true\n", "mkdocs-warning",
         "mkdocs.yml:1: mkdocs says: Config value 'no_such_setting': Unrecognised configuration name: no_such_setting"),
        (SETTINGS.replace("plugins: []", "plugins: [none]"), "mkdocs-warning",
         "mkdocs.yml:1: mkdocs says: Config value 'plugins': The \"none\" plugin is not installed"),
        (SETTINGS + "\tx: y\n", "mkdocs-stopped", "mkdocs.yml:12: mkdocs stopped: "),
        (None, "mkdocs-stopped", "mkdocs.yml:1: mkdocs stopped: Config file '"),
    ],
    ids=["an unknown setting", "an unknown plugin", "a tab", "no settings"],
)  # fmt: skip
def test_settings_that_mkdocs_cannot_use_are_reported(
    small_site: Project, sample: Snapshot, settings: str | None, kind: str, message: str
) -> None:
    path = small_site.folder / "mkdocs.yml"
    path.unlink() if settings is None else path.write_text(settings)
    [problem] = run(small_site, sample)
    assert problem.kind == kind
    assert str(problem).startswith(message)


@pytest.mark.parametrize(
    ("hook", "messages"),
    [
        ("from mkdocs.exceptions import PluginError\ndef on_nav(nav, **_):\n    raise PluginError('no menu')",
         ["mkdocs.yml:1: mkdocs says: no menu"]),
        ("def on_page_markdown(markdown, **_):\n    raise ValueError('not a page')",
         ["docs/index.md:1: mkdocs cannot read the page: not a page"]),
        ("import logging\nlogging.getLogger('mkdocs.plugins.x').warning('beware\\nof this')",
         ["mkdocs.yml:1: mkdocs says: beware"]),
    ],
    ids=["an error of a plugin", "an error in a page", "a warning"],
)  # fmt: skip
def test_what_plugins_and_hooks_complain_of_is_reported(
    small_site: Project, sample: Snapshot, hook: str, messages: list[str]
) -> None:
    small_site.write("hooks.py", hook)
    assert [str(problem) for problem in run(small_site, sample)] == messages


def test_a_macro_that_fails_is_reported(small_site: Project, sample: Snapshot) -> None:
    small_site.edit("mkdocs.yml", "plugins: []", "plugins: [macros: {on_undefined: strict, on_error_fail: true}]")
    small_site.write("docs/about.md", "# About\n\n{{ nothing }}\n")
    [problem] = run(small_site, sample)
    assert str(problem).startswith("mkdocs.yml:1: mkdocs says: [macros] - ERROR")


def test_an_error_that_no_editor_can_mend_is_not_hidden(small_site: Project, sample: Snapshot) -> None:
    small_site.write("hooks.py", "def on_nav(nav, **_):\n    raise KeyError('a mistake of the program')")
    with pytest.raises(KeyError, match="a mistake of the program"):
        run(small_site, sample)


@pytest.mark.parametrize("held_up", ["time.sleep(60)", "while True: pass"])
def test_a_build_that_does_not_end_is_ended(small_site: Project, sample: Snapshot, held_up: str) -> None:
    caught = f"    try:\n        {held_up}\n    except Exception:\n        pass\n"
    small_site.write("hooks.py", f"import time\ndef on_nav(nav, **_):\n{caught}")
    problems = run_mkdocs(small_site.folder, small_site.folder / "site", Site(sample, TODAY), {}, longest=0.5)
    assert [(problem.kind, str(problem)) for problem in problems] == [
        (
            "mkdocs-timeout",
            "mkdocs.yml:1: mkdocs did not end within 0 seconds (take out what was changed last, and try again)",
        )
    ]
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.parametrize("status", [143, 1])
def test_a_build_that_is_called_off_stops(small_site: Project, sample: Snapshot, status: int) -> None:
    small_site.write("hooks.py", f"import sys\ndef on_nav(nav, **_):\n    sys.exit({status})")
    with pytest.raises(SystemExit) as stopped:
        run(small_site, sample)
    assert stopped.value.code == status


def test_mkdocs_gets_the_environment_that_it_is_given_and_no_other(
    small_site: Project, sample: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHOWN", "of this process")
    monkeypatch.setenv("HIDDEN", "of this process")
    small_site.edit("mkdocs.yml", "A small site", "!ENV [SHOWN, nothing]")
    small_site.edit("mkdocs.yml", "nav:\n", "site_description: !ENV [HIDDEN, nothing]\nnav:\n")
    small_site.write("theme/main.html", "{{ config.site_name }}, {{ config.site_description }}")
    assert run(small_site, sample, SHOWN="as given") == []
    assert (small_site.folder / "site" / "index.html").read_text() == "as given, nothing"


@pytest.mark.parametrize("hook", ["", "def on_nav(nav, **_):\n    raise KeyError('x')"], ids=["built", "failed"])
def test_nothing_of_the_process_is_changed_by_a_build(small_site: Project, sample: Snapshot, hook: str) -> None:
    small_site.write("hooks.py", f"import os, sys\nos.environ['LEFT'] = 'x'\nsys.path.insert(0, 'x')\n{hook}\n")
    logger = logging.getLogger("mkdocs")

    def state() -> tuple[object, ...]:
        return dict(os.environ), list(sys.path), list(logger.handlers), logger.propagate, logger.level, Path.cwd()

    before = state()
    if hook:
        with pytest.raises(KeyError):
            run(small_site, sample)
    else:
        assert run(small_site, sample) == []
    assert state() == before


def test_nothing_is_printed(small_site: Project, sample: Snapshot, capfd: pytest.CaptureFixture[str]) -> None:
    small_site.write("docs/about.md", "# About\n\n[a](nowhere.md)\n")
    assert len(run(small_site, sample)) == 1
    assert capfd.readouterr() == ("", "")
