"""Pages of prose with holes: what an editor can mistype in one, and the line and words that say so."""

import re
import shutil
from pathlib import Path

import pytest

from projects import SAMPLE, SAMPLE_DAY, Project
from register.cli import main
from register.site.macros import MACROS

FRONT = "---\ntitle: An extra page\ndescription: It holds what the test puts into it.\nupdated: 2026-03-02\n---\n"
# The body begins on line 9.
TOP = FRONT + "\n# An extra page\n\n"

NO_HOLE = "lacks its brackets (write it like {{ totals() }})"
NOT_READ = "{% cannot stand in a page (put a space between the two signs, or write {{ totals() }}, for example)"
NOT_UNDERSTOOD = "what stands in {{ }} is not understood (write {{ totals() }}, for example; {% cannot stand in a page)"
MACRO_LIST = ", ".join(MACROS)
VOCABULARIES = "responses, progress, voices, bodies, themes, audiences"


@pytest.fixture
def extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """The sample's data and pages, to be read in this process on the sample's day."""
    shutil.copytree(SAMPLE / "data", tmp_path / "data")
    shutil.copytree(SAMPLE / "docs", tmp_path / "docs")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", SAMPLE_DAY)
    monkeypatch.delenv("AS_OF", raising=False)
    return Project(tmp_path)


@pytest.fixture
def check(extra: Project, capsys: pytest.CaptureFixture[str]):
    """Write docs/extra.md, run the check and return what it says, without the last line."""

    def run(content: str) -> list[str]:
        extra.write("docs/extra.md", content)
        status = main(["--project", str(extra.folder), "check"])
        said = capsys.readouterr()
        if status == 0:
            assert said.err == ""
            return []
        assert (status, said.out) == (1, "")
        *problems, count = said.err.splitlines()
        assert count.endswith("the site was not changed")
        return problems

    return run


def test_a_page_with_every_noun_is_good(check) -> None:
    filled = {
        "recommendation": "3",
        "vocabulary": '"responses"',
        "link": '"safe-together"',
        "changes": "2",
        "statement": '"gaps"',
        "recommendations_with": '"theme", "travel"',
        "yearly_report": '"2024-25"',
        "audience": '"schools"',
    }
    holes = "\n\n".join(f"{{{{ {noun}({filled.get(noun, '')}) }}}}" for noun in MACROS)
    assert check(f"{TOP}{holes}\n\n{{{{ changes() }}}}\n") == []


FRONT_MATTER = [
    ("", ["1: the page does not begin with title, description and updated between two '---' lines (copy them from another page)",
          "1: the page has no main heading (write one line that begins with '# ')"]),
    ("# An extra page\n",
     ["1: the page does not begin with title, description and updated between two '---' lines (copy them from another page)"]),
    ("---\ntitle: An extra page\n\n# An extra page\n",
     ["1: the page does not begin with title, description and updated between two '---' lines (copy them from another page)"]),
    ("---\njust words\n---\n\n# An extra page\n", ["2: fields are due between the '---' lines (lines like 'title: About')"]),
    ("---\n- a list\n---\n\n# An extra page\n", ["2: fields are due between the '---' lines (lines like 'title: About')"]),
    ("---\ntitle: An extra page\n---\n\n# An extra page\n",
     ["2: 'description' is missing (add it: what the page holds, in one sentence; search engines and previews show it)",
      "2: 'updated' is missing (add it: when the page's own words were last changed)"]),
    (FRONT.replace("title:", "titel:") + "\n# An extra page\n",
     ["2: unknown field 'titel' (did you mean 'title'? one of: title, description, updated, index)"]),
    (FRONT.replace("2026-03-02", "2 March") + "\n# An extra page\n",
     ["4: 'updated' is not a date: '2 March' (write it like 2026-02-28, 2026-02 or 2026)"]),
    (FRONT.replace("An extra page", "") + "\n# An extra page\n",
     ["2: 'title' is empty (write something)"]),
    (FRONT.replace("An extra page", "x" * 121) + "\n# An extra page\n",
     ["2: 'title' has 121 characters (the most is 120: shorten it)"]),
    (FRONT.replace("It holds what the test puts into it.", "x" * 161) + "\n# An extra page\n",
     ["3: 'description' has 161 characters (the most is 160: shorten it)"]),
    (FRONT.replace("title: ", "title: 'An open quote ") + "\n# An extra page\n",
     ["2: the sign ' begins this text and is never closed (close it, or put the whole text in double quotes)"]),
    (FRONT.replace("title:", "title: Extra:") + "\n# An extra page\n",
     ["2: text that holds ': ' must stand in double quotes (put one at its beginning and one at its end)"]),
    (FRONT.replace("title:", "\ttitle:") + "\n# An extra page\n",
     ["2: a tab is used to indent this line (use spaces)"]),
    (FRONT.replace("updated:", "title: Twice\nupdated:") + "\n# An extra page\n",
     ["4: 'title' stands twice in one record, first on line 2 (keep one of the two)"]),
    (FRONT.replace("An extra page", "About this register") + "\n# An extra page\n",
     ["2: 'title' is the same as in docs/about.md (make it its own)"]),
]  # fmt: skip


@pytest.mark.parametrize(("content", "messages"), FRONT_MATTER)
def test_a_fault_at_the_top_of_a_page_is_told_at_its_line(check, content: str, messages: list[str]) -> None:
    assert check(content) == [f"docs/extra.md:{message}" for message in messages]


BODIES = [
    # holes
    ("{{ total() }}", [f"9: there is no total() (did you mean 'totals'? one of: {MACRO_LIST})"]),
    ("{{ xyz() }}", [f"9: there is no xyz() (one of: {MACRO_LIST})"]),
    ("Words.\n\n{{ recommendation(15) }}",
     ["11: recommendation: there is no recommendation 15 (write a number from 1 to 14)"]),
    ('{{ recommendation("3") }}', ["9: recommendation: there is no recommendation '3' (write a number from 1 to 14)"]),
    ("{{ recommendation(0) }}", ["9: recommendation: there is no recommendation 0 (write a number from 1 to 14)"]),
    ('{{ link("safe-togehter") }}', ["9: link: there is no link 'safe-togehter' (did you mean 'safe-together'?)"]),
    ('{{ link("xyz") }}', ["9: link: there is no link 'xyz' (add it to data/links.yml first)"]),
    ("{{ link(3) }}", ["9: link: there is no link 3 (add it to data/links.yml first)"]),
    ('{{ vocabulary("respones") }}',
     [f"9: vocabulary: there is no vocabulary 'respones' (did you mean 'responses'? one of: {VOCABULARIES})"]),
    ('{{ vocabulary("x") }}', [f"9: vocabulary: there is no vocabulary 'x' (one of: {VOCABULARIES})"]),
    ('{{ contacts("emergencies") }}',
     ["9: contacts: there is no part 'emergencies' of the contacts (did you mean 'emergency'? "
      "one of: emergency, others)"]),
    ("{{ changes(0) }}",
     ["9: changes: changes(0) is not a number of entries (write changes(), or changes(5))"]),
    ('{{ changes("5") }}',
     ["9: changes: changes('5') is not a number of entries (write changes(), or changes(5))"]),
    ("{{ totals(5) }}", ["9: totals: the words in the brackets do not fit (totals() takes nothing; put words in double quotes)"]),
    ("{{ recommendation() }}",
     ["9: recommendation: the words in the brackets do not fit (recommendation(12): everything known about one recommendation; put words in double quotes)"]),
    ("{{ recommendation(number=3) }}",
     ["9: recommendation: the words in the brackets do not fit (recommendation(12): everything known about one recommendation; put words in double quotes)"]),
    ("{{ changes(*[5]) }}",
     ["9: changes: the words in the brackets do not fit (changes() or changes(5): what has happened, newest first, all of it or the latest few; put words in double quotes)"]),
    ("{{ link(safe-together) }}",
     ['9: link: the words in the brackets do not fit '
      '(link("get-safe"): a page outside this site, by its id in data/links.yml; put words in double quotes)']),
    ('{{ link(["safe-together"]) }}',
     ['9: link: the words in the brackets do not fit '
      '(link("get-safe"): a page outside this site, by its id in data/links.yml; put words in double quotes)']),
    ("{{ totals }}", [f"9: 'totals' {NO_HOLE}"]),
    ("{{ 7*7 }}", [f"9: what stands in {{{{ }}}} {NO_HOLE}"]),
    ("{{ totals()|upper }}", [f"9: what stands in {{{{ }}}} {NO_HOLE}"]),
    ("{{ config.site_name }}", [f"9: what stands in {{{{ }}}} {NO_HOLE}"]),
    ("{{ ''.__class__.mro() }}", [f"9: what stands in {{{{ }}}} {NO_HOLE}"]),
    ("{{ totals( }}", [f"9: {NOT_UNDERSTOOD}"]),
    ("{{ totals()", [f"9: {NOT_UNDERSTOOD}"]),
    ("{{ }}", [f"9: {NOT_UNDERSTOOD}"]),
    ("{% if totals %}x{% endif %}", [f"9: {NOT_READ}"]),
    ("{% for x in y %}x{% endfor %}", [f"9: {NOT_READ}"]),
    ("{% set x = 1 %}", [f"9: {NOT_READ}"]),
    ("Words.\n\n{% if %}", [f"11: {NOT_UNDERSTOOD}"]),
    ("{% nonsense %}", [f"9: {NOT_UNDERSTOOD}"]),
    # what belongs into data
    ("See https://www.gov.uk/page.",
     ["9: a web address is typed by hand: 'https://www.gov.uk/page.' "
      '(cite it from data/links.yml: {{ link("…") }})']),
    ("See [it](https://www.gov.uk/page).",
     ["9: a web address is typed by hand: 'https://www.gov.uk/page' "
      '(cite it from data/links.yml: {{ link("…") }})']),
    ("See www.gov.uk",
     ["9: a web address is typed by hand: 'www.gov.uk' (cite it from data/links.yml: {{ link(\"…\") }})"]),
    ("Write to help@council.gov.uk.",
     ["9: an email address is typed by hand: 'help@council.gov.uk' (put it in data/register.yml or data/contacts.yml)"]),
    *[(f"Ring {number} now.",
       [f"9: a telephone number is typed by hand: '{number.replace(chr(160), ' ')}' (put it in data/contacts.yml)"])
      for number in ("0800 1111", "01632 960 001", "01632960001", "020 7946 0000", "07700 900123", "+44 1632 960001",
                     "(01632) 960 001", "+44 (0)1632 960001", "01632\u2013960\u2013001", "01632\u00a0960\u00a0001", "116 123")],
    ("See gov.uk/help.",
     ["9: a web address is typed by hand: 'gov.uk/help.' (cite it from data/links.yml: {{ link(\"…\") }})"]),
    # what git and Markdown make of it
    ("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> theirs",
     ["9: two people's changes to these lines met here (keep one of the two, and take out the lines of '<<<<<<<', '=======' and '>>>>>>>')"]),
    ("See [it] (help.md).", ["9: a space stands between ] and ( (take it out: then it becomes a link)"]),
    ("![](map.png)", ["9: the picture has no words for those who cannot see it (write between [ and ] what it shows)"]),
    ("<!-- a note\n", ["9: the note that begins with '<!--' does not end on its line, and readers would see it (end it with '-->')"]),
    ("These are:\n1. one\n2. two", ["10: a list needs an empty line before it (add one above this line)"]),
    ("{% raw %}{{ totals() }}{% endraw %}", [f"9: {NOT_READ}"]),
    # headings
    ("# Another heading", ["9: a second main heading (begin it with '## ': a page has one '# ')"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "messages"), BODIES)
def test_a_fault_in_the_words_of_a_page_is_told_at_its_line(check, body: str, messages: list[str]) -> None:
    assert check(f"{TOP}{body}\n") == [f"docs/extra.md:{message}" for message in messages]


@pytest.mark.parametrize(
    "body",
    [
        "In 2022-10-14 and 2019 to 2023, 1 of 47.",
        "Ring 999 or 101.",
        "## A section {#its-id}",
        "100% sure, {braces} and { more }",
        "Section 5.2.10 of 2022; e.g. this, i.e. that. In 1160 there were 116 of 123. About com and net.",
        "<!-- a note --> and ![a map](help.md)",
        "1. one\n2. two",
        "<script>no hole</script>",
    ],
)
def test_what_only_looks_like_a_fault_is_let_through(check, body: str) -> None:
    assert check(f"{TOP}{body}\n") == []


def test_a_page_without_a_main_heading_is_told(check) -> None:
    assert check(FRONT + "\n## Only a section\n") == [
        "docs/extra.md:1: the page has no main heading (write one line that begins with '# ')"
    ]


def test_a_page_that_is_not_utf_8_is_told(check, extra: Project) -> None:
    extra.write("docs/latin.md", TOP.encode() + b"caf\xe9\n")
    assert check(TOP) == ["docs/latin.md:9: the file is not UTF-8 text (save it again with the encoding UTF-8)"]


def test_a_page_saved_on_windows_is_good(check) -> None:
    assert check("\ufeff" + TOP.replace("\n", "\r\n")) == []


def test_faults_of_data_and_pages_are_told_together(check, extra: Project) -> None:
    line = extra.edit("data/register.yml", "\nleave: weather\n", "\nleave: wether\n") + 1
    assert check(f"{TOP}{{{{ total() }}}}\n{{{{ recommendation(99) }}}}\n") == [
        f"data/register.yml:{line}: register: unknown link 'wether' (did you mean 'weather'?)",
        f"docs/extra.md:9: there is no total() (did you mean 'totals'? one of: {MACRO_LIST})",
    ]


def test_a_good_project_is_said_to_be_good_in_one_line(extra: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--project", str(extra.folder), "check"]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    *soon, last = said.out.splitlines()
    assert all(line.startswith("Soon: data/contacts.yml:") for line in soon)
    assert last.startswith("All is well: 14 recommendations, ")


SLIPS = [
    ("These are:\n- one\n- two", "LINE+1: a list needs an empty line before it (add one above this line)"),
    ("{ totals() }}", "LINE: a curly bracket is missing: '{ totals() }' (write {{ totals() }})"),
    (
        "{{ link(\u201cget-safe\u201d) }}",
        'LINE: curly quotes stand between {{ and }} (type straight ones: ")',
    ),
]


@pytest.mark.parametrize(("body", "message"), SLIPS)
def test_what_markdown_would_read_otherwise_is_told(check, body: str, message: str) -> None:
    start = TOP.count("\n") + 1
    offset, rest = message.removeprefix("LINE").split(":", 1)
    assert f"docs/extra.md:{start + int(offset or 0)}:{rest}" in check(f"{TOP}{body}\n")


def test_a_page_is_not_updated_tomorrow(extra: Project, check) -> None:
    assert check(f"{FRONT.replace('2026-03-02', '2027-03-02')}\n# An extra page\n") == [
        "docs/extra.md:4: 'updated' is in the future: '2027-03-02' (is the year right?)"
    ]


def test_the_help_page_must_show_the_contacts(project: Project) -> None:
    page = project.folder / "docs" / "help.md"
    page.write_text(re.sub(r"\{\{ contacts\(.*?\}\}", "", page.read_text()))
    assert project.run("check").stderr.splitlines()[0] == (
        "docs/help.md:1: the page shows no contacts (put {{ contacts() }} back in)"
    )


# ── what only the built site can tell ──────────────────────────────────────────────────────────


def appended(project: Project, words: str) -> int:
    """Add words to the end of docs/short.md; return the line on which they begin."""
    path = project.folder / "docs" / "short.md"
    text = path.read_text(encoding="utf-8").rstrip("\n") + "\n\n"
    path.write_text(f"{text}{words}\n", encoding="utf-8")
    return text.count("\n") + 1


def site_problems(project: Project) -> list[str]:
    """What building the site says, without the last line."""
    done = project.run("site")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert not (project.folder / "site").exists()
    return done.stderr.splitlines()[:-1]


def test_a_broken_link_or_anchor_in_markdown_stops_the_site_at_its_line(project: Project) -> None:
    links = {
        "[a](nowhere.md)": "'nowhere.md' leads to no page or file in docs/ (correct it)",
        "[b](about.md#nope)": "'about.md#nope' leads to a part of a page that does not exist (correct it)",
        "[c](#nope)": "'#nope' leads to a part of a page that does not exist (correct it)",
        "[d](/about/)": "'/about/' leads to no page or file in docs/ (did you mean 'about.md'?)",
        "[e](about/)": "'about/' leads to no page or file in docs/ (did you mean 'about.md'?)",
        "![f](none.png)": "'none.png' leads to no page or file in docs/ (correct it)",
    }
    line = appended(project, "\n".join(links))
    assert site_problems(project) == [
        f"docs/short.md:{line + place}: the link {message}" for place, message in enumerate(links.values())
    ]


def test_what_the_content_policy_stops_and_links_without_words_are_told_at_their_lines(project: Project) -> None:
    line = appended(project, '[](help.md)\n\n<p style="color:red">x</p>\n\n<script>alert(1)</script>')
    policy = "is not allowed in a page, and browsers are told to ignore it (take it out)"
    said = site_problems(project)
    assert said[:2] == [
        f"docs/short.md:{line + 2}: 'style=\"color:red\"' {policy}",
        f"docs/short.md:{line + 4}: '<script>' {policy}",
    ]
    assert "the link '../help/' has no words (write them between the square brackets)" in said[2]


def test_an_element_that_is_left_open_is_told_and_nothing_that_only_follows_from_it(project: Project) -> None:
    line = appended(project, '<textarea onclick="x()">\n\n<a href="#nope">c</a>')
    assert site_problems(project) == [
        f"docs/short.md:{line}: '<textarea onclick=\"x()\">' is never closed (write '</textarea>' where it ends)",
        f"docs/short.md:{line}: 'onclick=\"x()\"' is not allowed in a page, and browsers are told to ignore it (take it out)",
    ]


def test_a_broken_link_in_raw_html_stops_the_site_at_its_line(project: Project) -> None:
    links = {
        '<a href="../nowhere/">a</a>': "<a href> '../nowhere/' leads nowhere in this site (correct it)",
        '<a href="../about/#nope">b</a>': "<a href> '../about/#nope' names a part that its page does not have: '#nope' (correct it)",
        '<a href="#nope">c</a>': "<a href> '#nope' names a part that its page does not have: '#nope' (correct it)",
        '<a href="#">d</a>': "<a href> '#' is a placeholder (put the real address in)",
        "<a href='javascript:void(0)'>e</a>": "<a href> 'javascript:void(0)' is a placeholder (put the real address in)",
        '<a href="//example.org/x">f</a>': "<a href> '//example.org/x' is a placeholder (put the real address in)",
        '<a href="">g</a>': "<a href> '' is a placeholder (put the real address in)",
        '<a href="/recommendations/99/">h</a>': "<a href> '/recommendations/99/' leads nowhere in this site (correct it)",
        '<img src="none.png" alt="i">': "<img src> 'none.png' leads nowhere in this site (correct it)",
        '<img src="//elsewhere.test/x.png" alt="j">': "the page fetches '//elsewhere.test/x.png' from elsewhere (put the file into this site)",
        '<span id="help">k</span>': "the id 'help' is used 2 times on the page (ids must differ)",
    }
    good = '<a href="../about/">l</a> <a href="/help/">m</a> <a href="#help">n</a> <a href="tel:999">o</a>'
    line = appended(project, "\n".join([*links, good]))
    assert site_problems(project) == [
        f"docs/short.md:{line + place}: {message}" for place, message in enumerate(links.values())
    ]


def test_a_page_that_the_menu_leaves_out_and_a_menu_entry_without_a_page_are_told(project: Project) -> None:
    line = project.edit("mkdocs.yml", "about.md", "abuot.md")
    new = FRONT.replace("An extra page", "A new page") + "\n# A new page\n"
    project.write("docs/A new page.md", new)
    assert site_problems(project) == [
        "docs/A new page.md:1: the page is not in the menu (add it to 'nav' in mkdocs.yml)",
        "docs/about.md:1: the page is not in the menu (add it to 'nav' in mkdocs.yml)",
        f"mkdocs.yml:{line}: the menu names 'abuot.md', which is not in docs/ (correct it)",
    ]


def test_settings_that_mkdocs_cannot_read_are_told_without_a_traceback(project: Project) -> None:
    path = project.folder / "mkdocs.yml"
    line = path.read_text(encoding="utf-8").count("\n") + 1
    path.write_text(path.read_text(encoding="utf-8") + "\tx: y\n", encoding="utf-8")
    [problem] = site_problems(project)
    assert problem.startswith(f"mkdocs.yml:{line}: mkdocs stopped: ")
