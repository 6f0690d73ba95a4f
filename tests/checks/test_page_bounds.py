"""Every page is read in a moment: what exceeds its bounds is named at its line, and what is left is ended by the clock."""

import datetime
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.checks import markdown_pages
from register.checks.docs_files import LARGEST_PAGE
from register.checks.markdown_pages import check_pages
from register.checks.page_bounds import DEEPEST_HTML, LONGEST_LINE, MOST_CALLS, MOST_HEADINGS, MOST_TAGS, check_bounds
from register.model import EMAIL

TODAY = datetime.date(2026, 3, 31)
TOP = "---\ntitle: A page\ndescription: What it holds.\nupdated: 2026-01-01\n---\n\n# A page\n\n"
CONTROL = "an invisible control character stands on this line (type the line again)"
OPEN = "elements are open inside one another (close them, or take them out)"
SLOW = (
    "the page is not read within 2 seconds: it has too many signs such as [ < * or `, most of them here (take them out)"
)


def messages(body: str) -> list[str]:
    return [str(problem) for problem in check_bounds(body, "p.md")]


def test_a_line_may_be_as_long_as_the_limit_and_no_longer() -> None:
    assert messages(f"# A\n\n{'x' * LONGEST_LINE}") == []
    assert messages(f"# A\n\n{'x' * (LONGEST_LINE + 1)}\n") == [
        f"p.md:3: the line has {LONGEST_LINE + 1} signs (the most is {LONGEST_LINE}: begin a new one at a space)"
    ]


@pytest.mark.parametrize("sign", ["\0", "\x01", "\x0b", "\x0c", "\x1f", "\x7f", "\ufffe", "\uffff"])
def test_a_control_character_is_refused_at_its_line(sign: str) -> None:
    assert messages(f"# A\n\na{sign}b\n") == [f"p.md:3: {CONTROL}"]


def test_elements_may_stand_so_deep_inside_one_another_and_no_deeper() -> None:
    assert messages("<div>\n" * DEEPEST_HTML + "</div>\n" * DEEPEST_HTML) == []
    assert messages("<DIV>\n" * (DEEPEST_HTML + 5)) == [f"p.md:{DEEPEST_HTML + 1}: more than {DEEPEST_HTML} {OPEN}"]


def test_what_is_closed_again_or_closes_itself_is_not_counted() -> None:
    assert messages("<div>a</div>\n" * 200 + "<br>\n<img>\n<p>\n<li>\n" * 200 + "</b>" * 200) == []


def test_a_page_may_hold_so_many_macro_calls_and_no_more() -> None:
    assert messages("{{ totals() }}\n" * MOST_CALLS) == []
    assert messages("{{ totals() }}\n" * (MOST_CALLS + 2)) == [
        f"p.md:{MOST_CALLS + 1}: the page has {MOST_CALLS + 2} macro calls "
        f"(the most is {MOST_CALLS}: make two pages of it)"
    ]


@pytest.mark.parametrize("tag", ["<p>", "<li>a\n", "</b>", "<br>\n"])
def test_a_page_may_hold_so_many_tags_and_no_more(tag: str) -> None:
    assert messages(tag * MOST_TAGS) == []
    [found] = messages(tag * (MOST_TAGS + 1))
    assert found == (
        f"p.md:{(tag * MOST_TAGS).count(chr(10)) + 1}: the page has more than 2,000 HTML tags (make two pages of it)"
    )


@pytest.mark.parametrize("heading", ["# A\n", "A\n=\n", "A\n---\n", "<h2>A</h2>\n", "> a\n\n   ### A\n"])
def test_a_page_may_hold_so_many_headings_and_no_more(heading: str) -> None:
    assert messages(heading * MOST_HEADINGS) == []
    [found] = messages(heading * (MOST_HEADINGS + 2))
    assert found.endswith(f": the page has more than {MOST_HEADINGS} headings (make two pages of it)")


# ── whole pages ────────────────────────────────────────────────────────────────────────────────


def check(folder: Path, body: str) -> list[str]:
    """What is wrong in a folder with one page, found within a time that no machine needs."""
    (folder / "docs").mkdir()
    (folder / "docs" / "p.md").write_text(TOP + body, encoding="utf-8")
    begun = time.process_time()
    found = [str(problem) for problem in check_pages(folder / "docs", None, TODAY)]
    assert time.process_time() - begun < 10
    return found


def filled(sign: str, line: int = LONGEST_LINE) -> str:
    """The largest page of one sign, in lines of one length."""
    one = (sign * line)[:line] + "\n"
    return one * ((LARGEST_PAGE - len(TOP)) // len(one))


@pytest.mark.parametrize("sign", ["[", "[a]("])
def test_what_markdown_takes_for_ever_to_read_is_ended_at_the_line_that_holds_it_up(tmp_path: Path, sign: str) -> None:
    assert check(tmp_path, f"A line.\n\n{filled(sign)[:50_000]}") == [f"docs/p.md:11: {SLOW}"]


@pytest.mark.parametrize("sign", ["a", "a@", "a.", "0", "01 ", "-", "www.", "//a", "<!--", "{{", "{a(", "] (", "é"])
def test_no_pattern_takes_longer_than_the_page_is_long(tmp_path: Path, sign: str) -> None:
    check(tmp_path, filled(sign, LONGEST_LINE // 2))


def test_lists_that_are_too_deep_are_reported_at_the_line_that_is_too_much(tmp_path: Path) -> None:
    [found] = check(tmp_path, "Some words.\n\n" + "1. " * 900 + "a\n\nMore words.\n")
    assert found == "docs/p.md:11: too many levels inside one another (take some out)"


def test_a_page_that_is_too_large_is_not_read_at_all(tmp_path: Path) -> None:
    assert check(tmp_path, "[" * LARGEST_PAGE) == []  # docs_files says so


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda docs: None, "docs:1: the folder is missing (put the folder with the pages back)"),
        (lambda docs: docs.write_text("x"), "docs:1: is no folder (put the folder with the pages back)"),
    ],
    ids=["missing", "a file"],
)
def test_without_the_folder_of_pages_it_is_said_that_it_is_missing(tmp_path: Path, make, message: str) -> None:  # type: ignore[no-untyped-def]
    make(tmp_path / "docs")
    assert [str(problem) for problem in check_pages(tmp_path / "docs", None, TODAY)] == [message]


def test_there_may_be_so_many_pages_and_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markdown_pages, "MOST_PAGES", 3)
    (tmp_path / "docs").mkdir()
    for number in range(3):
        page = TOP.replace("A page", f"Page {number}").replace("What it", f"What page {number}")
        (tmp_path / "docs" / f"{number}.md").write_text(page)
    assert check_pages(tmp_path / "docs", None, TODAY) == []
    (tmp_path / "docs" / "3.md").write_text("")
    assert [str(problem) for problem in check_pages(tmp_path / "docs", None, TODAY)] == [
        "docs:1: there are more than 3 pages (take some out: only the first ones were checked)"
    ]


def test_the_second_page_that_holds_things_up_waits_for_the_next_check(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("a", "b"):
        page = TOP.replace("A page", name).replace("What it", f"What {name}") + filled("[")
        (tmp_path / "docs" / f"{name}.md").write_text(page)
    begun = time.process_time()
    assert [str(problem) for problem in check_pages(tmp_path / "docs", None, TODAY)] == [f"docs/a.md:9: {SLOW}"]
    assert time.process_time() - begun < 4


# The pattern for email addresses as it was before it was made linear: what it finds has not changed.
PLAIN_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


@given(st.text(alphabet="ab@.+- é_", max_size=40))
def test_the_quick_pattern_for_email_addresses_finds_what_the_plain_one_finds(text: str) -> None:
    assert [found[0] for found in EMAIL.finditer(text)] == [found[0] for found in PLAIN_EMAIL.finditer(text)]


def test_pages_that_take_too_long_only_together_are_reported_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(markdown_pages, "SECONDS_FOR_ALL", 0.3)
    (tmp_path / "docs").mkdir()
    for number in range(150):
        page = TOP.replace("A page", f"Page {number}").replace("What it", f"What page {number}")
        (tmp_path / "docs" / f"{number:03}.md").write_text(page + "- *a* [b](about.md)\n" * 200)
    [found] = check_pages(tmp_path / "docs", None, TODAY)
    assert found.message == (
        "with this page all the time is used up that there is to read pages "
        "(make pages shorter: those after this one were not read)"
    )
