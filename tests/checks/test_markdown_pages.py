"""Written pages: what an editor can mistype in one, and the line and words that say so."""

import json
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import Project
from register.checks.markdown_pages import check_pages
from register.site.macros import MACROS
from register.state.snapshot import Snapshot
from registers import TODAY

FRONT = "---\ntitle: An extra page\ndescription: It holds what the test puts into it.\nupdated: 2026-03-02\n---\n"
# The body begins on line 9.
TOP = FRONT + "\n# An extra page\n\n"

NO_BRACKETS = "lacks its brackets (write it like {{ totals() }})"
NO_STATEMENT = "{% cannot stand in a page (put a space between the two signs, or write {{ totals() }}, for example)"
NOT_UNDERSTOOD = "what stands in {{ }} is not understood (write {{ totals() }}, for example; {% cannot stand in a page)"
MACRO_LIST = ", ".join(MACROS)
VOCABULARIES = "responses, progress, voices, bodies, themes, audiences"


Check = Callable[[str], list[str]]


@pytest.fixture
def check(content: Project) -> Check:
    """Write docs/extra.md, run the check and return its messages, without the last line."""
    content.edit("mkdocs.yml", "  - Home: index.md\n", "  - Home: index.md\n  - extra.md\n")

    def run(text: str) -> list[str]:
        content.write("docs/extra.md", text)
        done = content.run_here("check")
        if done.returncode == 0:
            assert done.stderr == ""
            return []
        assert (done.returncode, done.stdout) == (1, "")
        *problems, count = done.stderr.splitlines()
        assert count.endswith("the site was not changed")
        return problems

    return run


def test_a_page_with_every_macro_is_good(check: Check) -> None:
    filled = {
        "recommendation": "3",
        "vocabulary": '"responses"',
        "link": '"safe-together"',
        "changes": "2",
        "help_lines": '"sample-line"',
        "statement": '"gaps"',
        "recommendations_with": '"theme", "travel"',
        "yearly_report": '"2024-25"',
        "reported_result": '"sampleton-review-2023"',
        "audience": '"schools"',
    }
    calls = "\n\n".join(f"{{{{ {macro}({filled.get(macro, '')}) }}}}" for macro in MACROS)
    assert check(f"{TOP}{calls}\n\n{{{{ changes() }}}}\n") == []


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
     ["2: unknown field 'titel' (did you mean 'title'? one of: title, description, updated, index, reading_age)"]),
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


@pytest.mark.parametrize(("text", "messages"), FRONT_MATTER)
def test_a_mistake_at_the_top_of_a_page_is_reported_at_its_line(check: Check, text: str, messages: list[str]) -> None:
    assert check(text) == [f"docs/extra.md:{message}" for message in messages]


BODIES = [
    # macros
    ("{{ total() }}", [f"9: there is no total() (did you mean 'totals'? one of: {MACRO_LIST})"]),
    ("{{ help_lines() }}", ['9: help_lines: help_lines() names no service (write their ids, like help_lines("childline"))']),
    ('{{ help_lines("sample-lien") }}',
     ["9: help_lines: there is no service 'sample-lien' (did you mean 'sample-line'?)"]),
    ('{{ help_lines("hidden-line") }}',
     ["9: help_lines: the service 'hidden-line' is not shown to readers yet (confirm it in data/contacts.yml and write 'use: ok' there, or take it out here)"]),
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
    ('{{ partnership("adress") }}',
     ["9: partnership: there is no part 'adress' of the partnership (did you mean 'area'? one of: name, short, area)"]),
    ("{{ inquiry(2) }}", ["9: inquiry: there is no part 2 of the inquiry (one of: name, place, published)"]),
    ('{{ email("us") }}', ["9: email: the words in the brackets do not fit (email() takes nothing; put words in double quotes)"]),
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
    ("{{ totals }}", [f"9: 'totals' {NO_BRACKETS}"]),
    ("{{ 7*7 }}", [f"9: what stands in {{{{ }}}} {NO_BRACKETS}"]),
    ("{{ totals()|upper }}", [f"9: what stands in {{{{ }}}} {NO_BRACKETS}"]),
    ("{{ config.site_name }}", [f"9: what stands in {{{{ }}}} {NO_BRACKETS}"]),
    ("{{ ''.__class__.mro() }}", [f"9: what stands in {{{{ }}}} {NO_BRACKETS}"]),
    ("{{ totals( }}", [f"9: {NOT_UNDERSTOOD}"]),
    ("{{ totals()", [f"9: {NOT_UNDERSTOOD}"]),
    ("{{ }}", [f"9: {NOT_UNDERSTOOD}"]),
    ("{% if totals %}x{% endif %}", [f"9: {NO_STATEMENT}"]),
    ("{% for x in y %}x{% endfor %}", [f"9: {NO_STATEMENT}"]),
    ("{% set x = 1 %}", [f"9: {NO_STATEMENT}"]),
    ("Words.\n\n{% if %}", [f"11: {NO_STATEMENT}"]),
    ("{% nonsense %}", [f"9: {NO_STATEMENT}"]),
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
     ["9: an email address is typed by hand: 'help@council.gov.uk' (write {{ email() }} for the partnership's own; a service's belongs in data/contacts.yml)"]),
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
    ('See {{ link("safe-together") }.',
     ["9: a curly bracket is missing: '{{ link(\"safe-together\") }' (write {{ link(\"safe-together\") }})"]),
    ("See [the help page](help.md and more.",
     ["9: the link '[the help page](help.md' does not end (write [the help page](help.md))"]),
    ("See [the help page](help.md#now",
     ["9: the link '[the help page](help.md#now' does not end (write [the help page](help.md#now))"]),
    ("See (the help page)[help.md#now].",
     ["9: the brackets of a link are swapped: '(the help page)[help.md#now]' (write [the help page](help.md#now))"]),
    ("\u2022 one\n\n\u00b7\ttwo", ["9: '\u2022' makes no list (begin the line with '- ')", "11: '\u00b7' makes no list (begin the line with '- ')"]),
    ("[Help](help#now) and ![a](b)", ["9: the link leads to 'help', which is no page (write 'help.md#now': a page is named by its file)"]),
    ("[Help](help.md), [up](../for/index.md), [data](data.csv), [part](#now)", []),
    ("![](map.png)", ["9: the picture has no words for those who cannot see it (write between [ and ] what it shows)"]),
    ("<!-- a note\n", ["9: the note that begins with '<!--' does not end on its line, and readers would see it (end it with '-->')"]),
    ("These are:\n1. one\n2. two", ["10: a list needs an empty line before it (add one above this line)"]),
    ("{% raw %}{{ totals() }}{% endraw %}", [f"9: {NO_STATEMENT}"]),
    # headings
    ("# Another heading", ["9: a second main heading (begin it with '## ': a page has one '# ')"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "messages"), BODIES)
def test_a_mistake_in_the_words_of_a_page_is_reported_at_its_line(check: Check, body: str, messages: list[str]) -> None:
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
        "See [the help page](help.md 'Help (now)'), [more](a(b)c) and (see)[1]; the dot \u2022 within a line.",
    ],
)
def test_what_only_looks_like_a_mistake_is_let_through(check: Check, body: str) -> None:
    assert check(f"{TOP}{body}\n") == []


def test_a_page_without_a_main_heading_is_reported(check: Check) -> None:
    assert check(FRONT + "\n## Only a section\n") == [
        "docs/extra.md:1: the page has no main heading (write one line that begins with '# ')"
    ]


def test_a_page_that_is_not_utf_8_is_reported(check: Check, content: Project) -> None:
    content.write("docs/about.md", TOP.encode() + b"caf\xe9\n")
    assert check(TOP) == ["docs/about.md:9: the file is not UTF-8 text (save it again with the encoding UTF-8)"]


def test_a_page_saved_on_windows_is_good(check: Check) -> None:
    assert check("\ufeff" + TOP.replace("\n", "\r\n")) == []


def test_mistakes_in_data_and_pages_are_reported_together(check: Check, content: Project) -> None:
    line = content.edit("data/register.yml", "\nleave: weather\n", "\nleave: wether\n") + 1
    assert check(f"{TOP}{{{{ total() }}}}\n{{{{ recommendation(99) }}}}\n") == [
        f"data/register.yml:{line}: register: unknown link 'wether' (did you mean 'weather'?)",
        f"docs/extra.md:9: there is no total() (did you mean 'totals'? one of: {MACRO_LIST})",
    ]


MISREAD = [
    ("These are:\n- one\n- two", "LINE+1: a list needs an empty line before it (add one above this line)"),
    ("{ totals() }}", "LINE: a curly bracket is missing: '{ totals() }}' (write {{ totals() }})"),
    (
        "{{ link(\u201cget-safe\u201d) }}",
        'LINE: curly quotes stand between {{ and }} (type straight ones: ")',
    ),
]


@pytest.mark.parametrize(("body", "message"), MISREAD)
def test_what_markdown_reads_otherwise_than_it_is_meant_is_reported(check: Check, body: str, message: str) -> None:
    start = TOP.count("\n") + 1
    offset, rest = message.removeprefix("LINE").split(":", 1)
    assert f"docs/extra.md:{start + int(offset or 0)}:{rest}" in check(f"{TOP}{body}\n")


def test_a_page_is_not_updated_tomorrow(check: Check) -> None:
    assert check(f"{FRONT.replace('2026-03-02', '2027-03-02')}\n# An extra page\n") == [
        "docs/extra.md:4: 'updated' is in the future: '2027-03-02' (is the year right?)"
    ]


def test_the_help_page_must_show_the_contacts(content: Project) -> None:
    page = content.folder / "docs" / "help.md"
    page.write_text(re.sub(r"\{\{ contacts\(.*?\}\}", "", page.read_text()))
    assert content.run_here("check").stderr.splitlines()[0] == (
        "docs/help.md:1: the page shows no contacts (put {{ contacts() }} back in)"
    )


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("", ["no-front-matter", "no-main-heading"]),
        ("---\n- a list\n---\n# A\n", ["wrong-shape"]),
        (FRONT.replace("2026-03-02", "2027-03-02") + "# A\n# B\n", ["future-date", "second-main-heading"]),
        (FRONT.replace("An extra page", "About this register") + "# A\n", ["not-unique"]),
        (TOP + "See www.gov.uk", ["typed-by-hand"]),
        (TOP + "<<<<<<< HEAD", ["conflict"]),
        (TOP + "See [it] (help.md)", ["no-link"]),
        (TOP + "![](map.png)", ["no-text-alternative"]),
        (TOP + "<!-- a note", ["open-note"]),
        (TOP + "{{ link(\u201cx\u201d) }}", ["curly-quotes", "macro-argument"]),
        (TOP + "These are:\n- one", ["list-without-empty-line"]),
        (TOP + "{ totals() }}", ["curly-bracket"]),
        (TOP + "{% raw %}{% endraw %} and {% set x = 1 %} in words", ["template-statement"]),
        (TOP + "{{ totals }}", ["macro-brackets"]),
        (TOP + "{{ total() }}", ["unknown-macro"]),
        (TOP + "{{ totals(5) }} {{ recommendation(99) }}", ["macro-argument", "macro-argument"]),
    ],
)
def test_each_kind_of_mistake_has_its_permanent_name(
    check: Check, content: Project, text: str, kinds: list[str]
) -> None:
    check(text)
    found = json.loads(content.run_here("check", "--format", "json").stdout)["problems"]
    assert sorted(problem["kind"] for problem in found) == sorted(kinds)


# ── whatever is typed ──────────────────────────────────────────────────────────────────────────

PIECES = st.one_of(
    st.sampled_from(["---\n", "title: a\n", "updated: 2026-01-01\n", "# A\n", "- a\n", "https://x.y", "0800 1111", "&#104;ttp://a.b"]),
    st.sampled_from(["{{ ", " }}", "{%", "%}", "{##", "raw", "totals()", "link(", "recommendation(", "3", '"x"', "(", ")", "[", "]", "**", "|"]),
    st.text(max_size=4),
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join))
def test_any_text_is_checked_to_its_end(tmp_path_factory: pytest.TempPathFactory, sample: Snapshot, text: str) -> None:
    docs = tmp_path_factory.getbasetemp() / "docs"
    docs.mkdir(exist_ok=True)
    (docs / "extra.md").write_bytes(text.encode(errors="surrogatepass"))
    for problem in check_pages(docs, sample, TODAY):
        assert problem.kind and problem.what
        assert 1 <= problem.line <= len(text.splitlines()) + 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (f"{{{{ {'(' * 5000} }}}}", f"9: {NOT_UNDERSTOOD}"),
        (f"{{{{ totals({'[' * 3000}{']' * 3000}) }}}}", f"9: {NOT_UNDERSTOOD}"),
        (f"{{{{ recommendation({'9' * 5000}) }}}}", f"9: {NOT_UNDERSTOOD}"),
        (
            "{{ totals(9**9**9**9) }}",
            "9: totals: the words in the brackets do not fit (totals() takes nothing; put words in double quotes)",
        ),
    ],
    ids=["brackets", "lists", "digits", "a power"],
)
def test_what_would_take_for_ever_is_not_worked_out(check: Check, call: str, message: str) -> None:
    assert check(f"{TOP}{call}\n") == [f"docs/extra.md:{message}"]
