"""A review as words for a terminal, a pull request and programs; whatever it holds, it does nothing there."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from register.problems import Problem
from register.review.difference import Difference
from register.review.picture_page import picture_page
from register.review.pictures import PagePictures
from register.review.reporters import LONGEST_COMMENT, as_json, as_markdown, as_text, from_json
from register.review.review import Review

HELP = Difference("help", "Night line", "Number: 1 → 2", "ring it")
RECORD = Difference("register", "Recommendation 2", "Progress: done.")
WITHDRAWN = Difference("register", "Recommendation 2", "It is withdrawn.", "the reason is plain")
PAGE = Difference("pages", "About", "New: “We meet.”", "", "about/")


def reviewed(*differences: Difference, problems: tuple[Problem, ...] = (), advice: tuple[Problem, ...] = ()) -> Review:
    """A review of these differences."""
    return Review(
        since="main", problems=list(problems), advice=list(advice), differences=list(differences), not_compared=[]
    )


def test_what_is_to_be_made_sure_of_comes_first_and_nothing_is_said_twice() -> None:
    soon = Problem("data/contacts.yml", 3, "night-line", "nobody has confirmed it yet", "ring it", "a-rule")
    assert as_text(reviewed(RECORD, HELP, PAGE, WITHDRAWN, HELP, advice=(soon,))).split("\n") == [
        "What this change does, compared with main",
        "",
        "Look at these first",
        "  Night line",
        "    - Number: 1 → 2",
        "    - Make sure: ring it.",
        "  Recommendation 2",
        "    - It is withdrawn.",
        "    - Make sure: the reason is plain.",
        "",
        "The register",
        "  Recommendation 2",
        "    - Progress: done.",
        "",
        "Pages",
        "  About",
        "    - New: “We meet.”",
        "",
        "Advice that this change brings",
        "  - night-line: nobody has confirmed it yet (ring it)",
    ]


def test_each_part_of_a_change_has_its_title_and_its_place() -> None:
    parts = ("program", "addresses", "links", "pages", "register", "help")
    text = as_text(reviewed(*(Difference(part, part, "It is other.") for part in parts)))
    titles = [line for line in text.split("\n")[2:] if line and not line.startswith(" ")]
    assert titles == ["Help lines", "The register", "Pages", "Links to other sites", "Addresses", "Besides the content"]


def test_what_must_be_mended_comes_before_all_else_with_its_line() -> None:
    wrong = Problem("docs/a.md", 3, "", "a space stands between ] and (", "take it out", "no-link")
    text = as_text(reviewed(PAGE, problems=(wrong,)))
    assert text.startswith(
        "What this change does, compared with main\n\nNot ready to be published: 1 problem\n"
        "  - docs/a.md:3: a space stands between ] and ( (take it out)\n\nPages\n"
    )


def test_a_change_that_readers_do_not_see_is_said_to_be_one() -> None:
    assert as_text(reviewed()).endswith("\n\nNothing that readers see is different.")


def test_a_review_is_the_same_when_it_was_written_and_read_again() -> None:
    wrong = Problem("docs/a.md", 3, "", "what", "to do", "kind")
    held = reviewed(HELP, PAGE, problems=(wrong,))
    assert from_json(as_json(held)) == held


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"since": 1}', as_json(reviewed()).replace("main", "m" * 201), "[" * 9000]
)
def test_what_is_no_review_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        from_json(text)


def test_more_than_a_comment_can_hold_is_cut_at_a_line() -> None:
    many = [Difference("pages", f"Page {number}", "é" * 390) for number in range(300)]
    text = as_markdown(reviewed(*many))
    assert text.count("é" * 390) > 70
    assert LONGEST_COMMENT - 900 < len(text.encode()) < LONGEST_COMMENT + 200
    assert text.endswith("\n\nThere is more; the summary of the check has all of it.")


def test_of_very_many_sentences_about_one_thing_the_rest_is_counted() -> None:
    many = [Difference("pages", "About", f"Sentence {number}.") for number in range(203)]
    assert "    - Sentence 199.\n    - … and 3 more" in as_text(reviewed(*many))
    assert "  - Sentence 199.\n  - … and 3 more" in as_markdown(reviewed(*many))


# ── words that do nothing ──────────────────────────────────────────────────────────────────────

HOSTILE = [
    "@octocat and @github/security, see #12, GH-12 and octo/repo#3",
    "https://evil.test www.evil.test mailto:a@evil.test <a@evil.test>",
    "[x](https://evil.test) ![x](https://evil.test/x.png) [x]: https://evil.test",
    "<img src=x onerror=alert(1)> <!-- hidden --> </details><script>alert(1)</script> &lt;b&gt;",
    "# heading", "- list", "+ list", "1. list", "1) list", "> quote", "    code", "| a | b |", "***", "```", "~~~", "===", "$x$",
    "**bold** _thin_ `code` ~~gone~~ \\* :rocket: :+1: 0123456789abcdef0123456789abcdef01234567",
    "::error file=a::x ##[error]x\n::add-mask::a\r\n- more\u2028- more",
    "\u202egnp.exe \u200b \x1b[31m",
]  # fmt: skip


def blocks(markdown: str) -> set[str]:
    """The kinds of block and inline element that a renderer makes of Markdown."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)
    return {child.type for token in tokens for child in [token, *(token.children or [])]}


WORDS_ONLY = {
    "heading_open", "heading_close", "inline", "text", "bullet_list_open", "bullet_list_close", "list_item_open",
    "list_item_close", "paragraph_open", "paragraph_close", "strong_open", "strong_close",
}  # fmt: skip
# What GitHub makes of the text when the Markdown has been read: mentions, issues, commits, links, emoji.
LINKED = re.compile(r"@\w|#\w|\bGH-\d|://|www\.|:[a-z0-9_+-]*[a-z_+-][a-z0-9_+-]*:|\b[0-9a-f]{7,40}\b", re.IGNORECASE)


def shown(markdown: str) -> str:
    """The text that a reader sees."""
    rendered = MarkdownIt("commonmark", {"html": True}).render(markdown)
    return html.unescape(re.sub("<[^>]*>", "", rendered))


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words_in_a_comment(words: str) -> None:
    wrong = Problem(words, 3, words, words, words, words)
    markdown = as_markdown(
        Review(
            since=words, problems=[wrong], advice=[wrong], not_compared=[words],
            differences=[Difference("pages", words, words, words), Difference("help", words, words)],
        )
    )  # fmt: skip
    assert blocks(markdown) <= WORDS_ONLY
    assert not LINKED.search(shown(markdown))
    assert "<!--" not in markdown


@given(about=st.text(max_size=80), what=st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_words_are_words_in_a_comment(about: str, what: str) -> None:
    markdown = as_markdown(reviewed(Difference("pages", about, what, about)))
    assert blocks(markdown) <= WORDS_ONLY
    assert not LINKED.search(shown(markdown))


@pytest.mark.parametrize("words", HOSTILE)
def test_githubs_runner_finds_no_command_in_the_words_that_are_printed(words: str) -> None:
    wrong = Problem("docs/a.md", 3, words, words, words)
    printed = as_text(reviewed(Difference("pages", words, words, words), problems=(wrong,)))
    assert "##[" not in printed
    assert not re.search(r"(?m)^\s*::", printed)
    assert "\x1b" not in printed and "\u202e" not in printed


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_words_on_the_page_with_pictures(words: str) -> None:
    page = picture_page(
        reviewed(Difference("pages", words, words, words)),
        [PagePictures(words, words, {words: "01.png"})],
        words,
        words,
    )
    assert "<script" not in page and "<img src=x" not in page
    assert page.count("<img") == 1
    assert "default-src 'none'" in page
