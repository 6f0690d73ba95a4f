"""What a change does to written pages: which sentences, where links lead, what they show of the register."""

from hypothesis import given
from hypothesis import strategies as st

from register.review.difference import Difference
from register.review.page_differences import page_differences

PAGE = """---
title: About
description: What it is.
updated: 2026-01-31
---

# About

We meet every month. Nobody is left out.

See [the list](list.md). {{ contacts("others") }}
"""


LINKS = {"minutes": "Minutes of June", "plan": "The plan"}


def said(before: str, after: str, path: str = "docs/about.md") -> list[tuple[str, str, str]]:
    """What is different between two texts of a page."""
    return [(one.about, one.what, one.risk) for one in page_differences({path: before}, {path: after}, LINKS)]


def test_a_page_that_is_the_same_is_not_named() -> None:
    assert said(PAGE, PAGE) == []


def test_sentences_that_come_go_and_change_are_quoted() -> None:
    after = PAGE.replace("every month", "twice a year").replace(
        "Nobody is left out.", "Nobody is left out. You can come."
    )
    assert said(PAGE, after) == [
        ("About", "“We meet every month.” becomes “We meet twice a year.”", ""),
        ("About", "New: “You can come.”", ""),
    ]
    assert ("About", "Taken out: “Nobody is left out.”", "") in said(PAGE, PAGE.replace(" Nobody is left out.", ""))


def test_a_sentence_that_is_broken_into_other_lines_is_the_same() -> None:
    only_layout = "Only how it is laid out, or its date, is different; no word is."
    assert said(PAGE, PAGE.replace("We meet every month. Nobody", "We meet every\nmonth. Nobody")) == [
        ("About", only_layout, "")
    ]
    assert said(PAGE, PAGE.replace("2026-01-31", "2026-02-28")) == [("About", only_layout, "")]


def test_title_description_links_and_what_is_shown_of_the_register_are_compared() -> None:
    after = PAGE.replace("title: About", "title: Who we are").replace("What it is.", "Who meets.")
    after = after.replace("list.md", "other.md").replace('contacts("others")', "totals()")
    assert [what for _, what, _ in said(PAGE, after)] == [
        "Its title was “About”.",
        "Its description, which search engines show: “What it is.” becomes “Who meets.”",
        "The link “the list” leads elsewhere: list.md → other.md",
        "It does not show this of the register any more: contacts (others)",
        "It shows this of the register: totals",
    ]


def test_a_link_to_another_site_stands_by_its_name_and_what_else_is_put_in_by_dots() -> None:
    before = PAGE.replace("See ", 'It is in {{ link("minutes") }} and {{ name("x") }}. See ')
    assert said(before, before.replace('"minutes"', '"plan"')) == [
        ("About", "“It is in Minutes of June and […].” becomes “It is in The plan and […].”", "")
    ]


def test_any_change_of_the_help_page_is_to_be_looked_at_first() -> None:
    [(_, _, risk)] = said(PAGE, PAGE.replace("every month", "twice a year"), "docs/help.md")
    assert risk == "it is what people in need should read"


def test_pages_that_come_and_go_are_named_with_their_address() -> None:
    assert list(page_differences({}, {"docs/about.md": PAGE}, {})) == [
        Difference(
            "pages", "About", "A new page. It begins: “About We meet every month. Nobody is left out.”", "", "about/"
        )
    ]
    assert list(page_differences({"docs/about.md": PAGE}, {}, {})) == [
        Difference(
            "pages", "About", "The page is taken out.", "whoever kept its address finds something in its place", None
        )
    ]


def test_a_text_that_is_too_long_to_be_compared_is_said_to_be() -> None:
    sentences = "".join(f"Sentence {number} is here. " for number in range(2_000))
    found = said(PAGE + sentences, PAGE + sentences.upper())
    assert [what for _, what, _ in found] == ["The text is too long to be compared; read it as a whole"]


@given(before=st.text(max_size=300), after=st.text(max_size=300))
def test_any_two_texts_are_compared(before: str, after: str) -> None:
    found = said(before, after)
    assert (before == after) == (found == [])
