"""By which words a page could be known: its own and its owner's, never those that any page may show."""

import datetime
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.characters import one_line
from register.links.fetched_page import comparable
from register.links.page_words import Known, PageWords, read_words
from register.links.verdict import Received, Target, judge
from register.model import Expectation

URL = "https://council.test/page"
NOW = datetime.datetime(2026, 3, 31, 12, tzinfo=datetime.UTC)
KNOWN = Known("Minutes of the board", "Pond Council")


def words(html: str, known: Known = KNOWN) -> PageWords:
    """What is read of a page."""
    received = Received(200, URL, {"content-type": "text/html; charset=utf-8"}, html.encode(), "whole")
    return read_words({URL: known}, Target(URL), received, received.read())


def page(title: str, heading: str = "", text: str = "") -> str:
    """A page with a title, a main heading and a text."""
    return f"<title>{title}</title><h1>{heading}</h1><p>{text}</p>"


@pytest.mark.parametrize(
    ("html", "phrases"),
    [
        (page("Board minutes, June | Pond Council", "Board minutes, June"), ["Board minutes, June", "Pond Council"]),
        (
            page("Pond Council - Board minutes", "Minutes of the whole board"),
            ["Minutes of the whole board", "Pond Council"],
        ),
        (page("The report", "", "By Pond Council."), ["The report", "Pond Council"]),
        (page("Home | Pond Council", "Welcome"), ["Pond Council"]),
        (page("The Pond Council's plan", "The Pond Council's plan"), ["The Pond Council's plan"]),
        (page("The plan of 2023 – Duck Trust", "The plan of 2023"), ["The plan of 2023", "Duck Trust"]),
        (page("Get <b>Safe</b> today", "Keep <b>sa</b>fe today"), ["Keep safe today"]),
        (page("Pond", "Pond"), ["Pond"]),
        (page("Cookies policy", "Latest news"), []),
        (page("Home page", "Untitled document"), []),
        (page("abc", "x y"), []),
        (page("", ""), []),
        (page("Write to clerk@pond.test", "See www.pond.test"), []),
        (page("A word\u202e turned round", ""), []),
        (page("w " * 300, ""), []),
    ],
)
def test_a_page_is_known_by_its_own_name_and_its_owners(html: str, phrases: list[str]) -> None:
    assert words(html, Known("The pond", "Pond Council")).phrases == phrases


@pytest.mark.parametrize(
    "title",
    [
        "Before you continue to Pond Council",
        "We value your privacy",
        "Pond Council: cookie consent",
        "This site uses cookies",
        "Sign in to Pond Council",
        "Pond Council log in",
        "Error 500",
        "503 Backend fetch failed",
        "Something went wrong",
        "Sorry, this cannot be shown",
        "403 Forbidden",
        "Down for maintenance",
        "This domain may be for sale",
        "Please enable JavaScript",
    ],
)
def test_nothing_is_learnt_of_a_page_that_stands_before_the_page_or_in_its_place(title: str) -> None:
    held = words(page(title, "Minutes of the board", "Pond Council"))
    assert (held.phrases, held.unfit) == ([], comparable(title))
    assert words(page("Minutes of the board", title)).unfit == comparable(title)


PARTS = st.sampled_from(
    [
        "Home",
        "Pond Council",
        "Board minutes",
        "::error::x",
        "\x1b[31m red",
        "<b>bold words</b>",
        "&amp; more of it",
        "  ",
        "a@b.test",
    ]
) | st.text(max_size=30)


@given(title=st.lists(PARTS, max_size=4), heading=PARTS, text=PARTS, raw=st.booleans())
def test_what_is_proposed_is_found_on_the_same_page_by_the_verdict_and_taken_by_the_model(
    title: list[str], heading: str, text: str, raw: bool
) -> None:
    made = (
        page(" | ".join(title), heading, text)
        if raw
        else page(escape(" | ".join(title)), escape(heading), escape(text))
    )
    received = Received(
        200, URL, {"content-type": "text/html; charset=utf-8"}, made.encode("utf-8", "replace"), "whole"
    )
    held = read_words({URL: KNOWN}, Target(URL), received, received.read())
    assert held.title == one_line(held.title)
    assert len(held.phrases) <= 2
    if held.phrases:
        judgement = judge(Target(URL, "", tuple(held.phrases)), received.read(), NOW, 10)
        assert judgement.verdict != "impostor" or "stand" not in judgement.seen, judgement
        assert Expectation.model_validate({"phrases": held.phrases}).phrases == held.phrases
        assert all(phrase == one_line(phrase) for phrase in held.phrases)
