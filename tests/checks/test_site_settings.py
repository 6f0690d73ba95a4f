"""mkdocs.yml holds names, addresses and the menu; what MkDocs would run is refused before MkDocs reads it."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import SAMPLE_DAY, Project
from register.checks.site_settings import check_settings
from register.problems import Problem

SETTINGS = """INHERIT: mkdocs.base.yml
site_name: A small site
site_description: A made-up site, for tests only.
site_url: !ENV [SITE_URL, "https://register.exampleshire.test/"]
edit_uri: !ENV [EDIT_URI, ""]
extra:
  short_name: Small
nav:
  - Home: index.md
  - About:
      - about.md
      - Work: for/index.md
"""
NAV = SETTINGS.partition("nav:")[0] + "nav:\n"


@pytest.fixture
def small(tmp_path: Path) -> Project:
    (tmp_path / "docs" / "for").mkdir(parents=True)
    for page in ("index.md", "about.md", "for/index.md"):
        (tmp_path / "docs" / page).write_text("# A page\n")
    (tmp_path / "mkdocs.yml").write_text(SETTINGS)
    return Project(tmp_path)


def messages(project: Project) -> list[str]:
    return [str(problem) for problem in check_settings(project.folder)]


def test_names_addresses_and_the_menu_may_be_set(small: Project) -> None:
    assert messages(small) == []


def test_a_host_may_be_preloaded_and_a_contact_for_weaknesses_named(small: Project) -> None:
    for contact in ("weaknesses@exampleshire.test", "https://www.exampleshire.test/report?kind=site"):
        more = f"  preload: true\n  security: {{contact: '{contact}', expires: 2027-01-31}}\n"
        small.write("mkdocs.yml", SETTINGS.replace("nav:\n", f"{more}nav:\n"))
        assert messages(small) == []


def test_addresses_may_be_written_in(small: Project) -> None:
    small.edit("mkdocs.yml", '!ENV [SITE_URL, "https://register.exampleshire.test/"]', "https://www.sampleton.test/x/")
    small.edit("mkdocs.yml", '!ENV [EDIT_URI, ""]', "https://code.exampleshire.test/edit/main/docs/")
    assert messages(small) == []


@pytest.mark.parametrize(
    "setting", ["hooks", "plugins", "theme", "docs_dir", "site_dir", "markdown_extensions", "extra_javascript", "watch"]
)
def test_what_decides_how_the_site_is_built_cannot_be_set_here(small: Project, setting: str) -> None:
    small.write("mkdocs.yml", SETTINGS + f"{setting}: [evil.py]\n")
    [message] = messages(small)
    assert message.startswith(f"mkdocs.yml:13: unknown field '{setting}' (")
    assert "one of: INHERIT, site_name, site_description, site_url, edit_uri, extra" in message


TAG = "text that begins with '!' must stand in double quotes"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("A small site", "!!python/object/apply:os.system [touch pwned]", f"2: {TAG}"),
        ("A small site", "!!python/name:os.system", f"2: {TAG}"),
        ("A small site", "!ENV SECRET", f"2: {TAG}"),
        ("A small site", "!ENV [SECRET, x]",
         "2: 'site_name' is a list where text is due (write it on the same line, in quotes if it holds ': ')"),
        ("[SITE_URL,", "[SECRET,",
         "4: 'site_url' is a list where text is due (write it on the same line, in quotes if it holds ': ')"),
        ("[EDIT_URI, \"\"]", "[EDIT_URI, SECRET, \"\"]",
         "5: 'edit_uri' is a list where text is due (write it on the same line, in quotes if it holds ': ')"),
        ("short_name: Small", "short_name: !ENV [SECRET, x]",
         "7: 'short_name' is a list where text is due (write it on the same line, in quotes if it holds ': ')"),
        ("short_name: Small", "short_name: Small\n  generator: true",
         "8: unknown field 'generator' (one of: short_name, preload, security)"),
        ("short_name: Small", "short_name: Small\n  preload: maybe", "8: 'preload' is neither true nor false: 'maybe' (write true, or take the line out)"),
        ("short_name: Small", "short_name: Small\n  security: {contact: a@b.test}", "8: 'expires' is missing (add it: until which day that is sure to be so: at most a year from today)"),
        ("short_name: Small", "short_name: Small\n  security: {contact: a@b.test, expires: 2027-01}",
         "8: 'expires' is not a day: '2027-01' (write the day, like 2026-02-28)"),
        ("short_name: Small", "short_name: Small\n  security: {contact: 'http://b.test/', expires: 2027-01-31}",
         "8: 'contact' is neither an email address nor an address that begins with 'https://': 'http://b.test/' "
         "(write where a weakness of the site can be reported)"),
        ("short_name: Small", "short_name: Small\n  security: {contact: 'https://localhost/', expires: 2027-01-31}",
         "8: 'contact' is no public address: 'https://localhost/' (write the address at which everybody can open the page)"),
        ("mkdocs.base.yml", "../evil.yml", "1: unknown INHERIT '../evil.yml' (one of: mkdocs.base.yml)"),
        ("INHERIT: mkdocs.base.yml\n", "", "1: 'INHERIT' is missing (add it: where all other settings stand: mkdocs.base.yml)"),
        ("A small site", "&a x", "2: '&' and '*' names are not read here (write the text out, or put it in quotes)"),
        ("site_name: A small site", "site_name: a\nsite_name: b",
         "3: 'site_name' stands twice in one record, first on line 2 (keep one of the two)"),
        ('[EDIT_URI, ""]', '[EDIT_URI, "javascript:alert(1)"]',
         "5: 'edit_uri' is a placeholder, not an address: 'javascript:alert(1)' (put the real address in, or take the line out)"),
        ('[EDIT_URI, ""]', '[EDIT_URI, "../x"]',
         "5: 'edit_uri' is not a web address: '../x' (write it like https://www.gov.uk/page)"),
        ("https://register.exampleshire.test/", "ftp://x.test/",
         "4: 'site_url' is not a web address: 'ftp://x.test/' (write it like https://www.gov.uk/page)"),
    ],
)  # fmt: skip
def test_nothing_that_mkdocs_would_run_or_read_is_let_through(
    small: Project, old: str, new: str, expected: str
) -> None:
    small.edit("mkdocs.yml", old, new)
    assert messages(small) == [f"mkdocs.yml:{expected}"]


NO_ENTRY = "this is no entry of a menu (write a line like '- About: about.md')"
OWN_PAGES = "(correct it; the menu holds pages of this site only)"


@pytest.mark.parametrize(
    ("menu", "expected"),
    [
        ("  - About: abuot.md", f"9: the menu names 'abuot.md', which is not in docs/ {OWN_PAGES}"),
        ("  - A site: https://www.sampleton.test/",
         f"9: the menu names 'https://www.sampleton.test/', which is not in docs/ {OWN_PAGES}"),
        ("  - A site: javascript:alert(1)", f"9: the menu names 'javascript:alert(1)', which is not in docs/ {OWN_PAGES}"),
        ("  - A file: ../mkdocs.yml", f"9: the menu names '../mkdocs.yml', which is not in docs/ {OWN_PAGES}"),
        ("  - About:", f"9: {NO_ENTRY}"),
        ("  - {About: about.md, Work: x.md}", f"9: {NO_ENTRY}"),
        ("  - {}", f"9: {NO_ENTRY}"),
        ("  - [about.md]", f"9: {NO_ENTRY}"),
        ("  - About: {x: y}", f"9: {NO_ENTRY}"),
        ("  - About: !ENV [SECRET, x.md]", f"9: {NO_ENTRY}"),
    ],
)  # fmt: skip
def test_the_menu_holds_pages_of_this_site_only(small: Project, menu: str, expected: str) -> None:
    small.write("mkdocs.yml", f"{NAV}{menu}\n  - about.md\n  - for/index.md\n  - index.md\n")
    assert messages(small) == [f"mkdocs.yml:{expected}"]


def test_a_page_stands_in_the_menu_once(small: Project) -> None:
    small.edit("mkdocs.yml", "Work: for/index.md", "Home: index.md\n      - Work: for/index.md")
    assert messages(small) == ["mkdocs.yml:12: the menu names 'index.md' twice, first on line 9 (keep one of the two)"]


@pytest.mark.parametrize(
    ("menu", "line"), [("nav: index.md\n", 8), ("", 1), ("nav:\n", 8), ("nav: !ENV [A, b]\n", 8), ("nav: {a: b}\n", 8)]
)
def test_the_menu_is_a_list(small: Project, menu: str, line: int) -> None:
    small.write("mkdocs.yml", NAV.removesuffix("nav:\n") + menu)
    assert messages(small) == [f"mkdocs.yml:{line}: 'nav', the menu, must be a list (lines like '- About: about.md')"]


def test_every_page_stands_in_the_menu(small: Project) -> None:
    small.write("docs/A new page.md", "# A new page\n")
    small.edit("mkdocs.yml", "      - about.md\n", "")
    assert messages(small) == [
        "docs/A new page.md:1: the page is not in the menu (add it to 'nav' in mkdocs.yml)",
        "docs/about.md:1: the page is not in the menu (add it to 'nav' in mkdocs.yml)",
    ]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (None, "1: the file is missing (put it back)"),
        ("", "1: the file is empty (put back what stood in it)"),
        ("- x\n", "1: settings are due here (lines like 'site_name: text')"),
        ("site_name: x\n\tsite_url: y\n", "2: a tab is used to indent this line (use spaces)"),
    ],
)
def test_settings_that_cannot_be_read_are_reported(small: Project, settings: str | None, expected: str) -> None:
    path = small.folder / "mkdocs.yml"
    path.unlink() if settings is None else path.write_text(settings)
    assert messages(small) == [f"mkdocs.yml:{expected}"]


@given(st.lists(st.tuples(st.integers(0, len(SETTINGS)), st.text("!&*{}[]:-#'\"\n\t aé<%>|", max_size=6)), max_size=4))
def test_whatever_is_typed_each_problem_has_its_file_and_line(
    tmp_path_factory: pytest.TempPathFactory, typed: list[tuple[int, str]]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "typed"
    folder.mkdir(exist_ok=True)
    text = SETTINGS
    for place, added in typed:
        text = text[:place] + added + text[place:]
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    for problem in check_settings(folder):
        assert isinstance(problem, Problem) and re.fullmatch(r"mkdocs\.yml", problem.path)
        assert 1 <= problem.line <= text.count("\n") + 1


@pytest.mark.full_build
@pytest.mark.parametrize("command", ["check", "site", "serve"])
def test_no_command_runs_what_settings_name(project: Project, command: str) -> None:
    """Each of these leaves a file when MkDocs itself reads them."""
    settings = (project.folder / "mkdocs.yml").read_text(encoding="utf-8")
    project.write("evil.py", "open('pwned', 'w')\n")
    project.write(
        "mkdocs.yml", f"{settings}\nhooks: [evil.py]\ncopyright: !!python/object/apply:os.system [touch pwned]\n"
    )
    done = project.run(command)
    last = settings.count("\n") + 3
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[0] == f"mkdocs.yml:{last}: {TAG}"
    assert not (project.folder / "pwned").exists()
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", "x"],
        cwd=project.folder,
        env={"SOURCE_DATE_EPOCH": SAMPLE_DAY, "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=False,
    )
    assert (project.folder / "pwned").exists()


def test_a_menu_that_is_indented_too_far_is_reported_at_its_line_and_still_checked(small: Project) -> None:
    line = small.edit("mkdocs.yml", "nav:\n", "  nav:\n")
    assert messages(small) == [
        f"mkdocs.yml:{line}: 'nav' stands too far right (give it as many spaces as 'extra' has)",
    ]


def test_a_setting_that_is_not_indented_is_reported_at_its_line(small: Project) -> None:
    line = small.edit("mkdocs.yml", "  short_name:", "short_name:")
    assert messages(small) == [f"mkdocs.yml:{line}: 'short_name' belongs to 'extra' (move it right, under 'extra')"]
