"""What guards read: the words of pages and records without markup, each with its line."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from projects import Project
from register.guards.guard import Finding
from register.guards.guards import check_words
from register.guards.passages import HOLE, LinkText, Passage, passages_of_page, passages_of_register
from register.guards.typed_line import typed_line
from register.load.loader import load

PAGE = """---
title: "About: us"
description: What it is.
updated: 2026-01-31
---

# About *us* {#about}

First line with [a **bold** link](x.md)
and {{ link("a") }}. Second sentence, e.g. this one. "Third."

- an item &amp; more

| a | b |
| - | - |
| cell one | `code` |

<div class="x" markdown>
Words in a div.

</div>

```
no words
```
"""


def test_the_words_of_a_page_stand_without_markup_at_their_lines() -> None:
    found = [(one.line, one.kind, one.level, one.text) for one in passages_of_page(PAGE, "docs/about.md")]
    assert found == [
        (2, "title", 0, "About: us"),
        (3, "description", 0, "What it is."),
        (7, "heading", 1, "About us"),
        (9, "text", 0, f'First line with a bold link\nand {HOLE}. Second sentence, e.g. this one. "Third."'),
        (12, "text", 0, "an item & more"),
        (14, "text", 0, "a"),
        (14, "text", 0, "b"),
        (16, "text", 0, "cell one"),
        (19, "text", 0, "Words in a div."),
    ]


def test_a_passage_knows_its_links_its_sentences_and_the_line_of_each_sign() -> None:
    passage = list(passages_of_page(PAGE, "docs/about.md"))[3]
    assert passage.links == (LinkText("a bold link", 16),)
    assert [sentence for _, sentence in passage.sentences] == [
        f"First line with a bold link\nand {HOLE}.",
        "Second sentence, e.g. this one.",
        '"Third."',
    ]
    assert [passage.line_at(at) for at, _ in passage.sentences] == [9, 10, 10]


def test_in_a_records_text_an_empty_line_and_an_item_of_a_list_end_a_sentence() -> None:
    text = "It means\n\none agreement:\n- who is told. And when\n(a) first\n1. second, on\ntwo lines"
    sentences = Passage("data/x.yml", 1, "field", text).sentences
    assert [sentence for _, sentence in sentences] == [
        *["It means", "one agreement:", "- who is told.", "And when", "(a) first", "1. second, on\ntwo lines"]
    ]
    assert [text[at] for at, _ in sentences] == ["I", "o", "-", "A", "(", "1"]


def test_a_passage_knows_its_pictures() -> None:
    [passage] = passages_of_page("See ![a chart](x.png) here.\n", "docs/x.md")
    assert passage.pictures == (LinkText("a chart", 4),)
    assert passage.text == "See a chart here."


def test_the_words_of_records_stand_with_the_line_of_their_field(small: Project) -> None:
    register = load(small.folder / "data", datetime.date(2026, 3, 1))
    held = {(one.path, one.field): one for one in passages_of_register(register)}
    assert held["data/links.yml", "note"].text == "Its address is not known."
    text = (small.folder / "data" / "links.yml").read_text()
    assert held["data/links.yml", "note"].line == text[: text.index("note: Its address")].count("\n") + 1
    assert ("data/links.yml", "url") not in held


def test_only_the_inquirys_own_words_are_a_quotation(small: Project) -> None:
    register = load(small.folder / "data", datetime.date(2026, 3, 1))
    assert {(one.path, one.field) for one in passages_of_register(register) if one.quoted} <= {
        ("data/recommendations.yml", "text")
    }


def test_an_exception_that_nothing_needs_is_advice(small: Project) -> None:
    small.write("data/exceptions.yml", "- guard: language\n  words: bad word\n  reason: It is quoted.\n")
    register = load(small.folder / "data", datetime.date(2026, 3, 1))
    problems, advice = check_words({}, register)
    assert problems == []
    assert [str(one) for one in advice] == [
        "data/exceptions.yml:1: exception for bad word: nothing needs this exception (take it out; if it is new, write the words as the message shows them)"
    ]


def test_nothing_is_asked_while_the_data_cannot_be_used_since_its_exceptions_are_not_known() -> None:
    assert check_words({"docs/x.md": "Helen Marsh\n"}, None) == ([], [])


SEVERAL_LINES = """- id: several
  title: A title
  gist: >-
    The board met in June and asked
    Helen Marsh to lead.

    Helen Marsh agreed, and so did Helen
    Marsh of another team.
  reported_for:
    - Helen Marsh
  sources: [report]
  confidence: low
- id: one
  title: Another
  gist: 'It isn''t Helen Marsh.'
  sources: [report]
  confidence: low
"""


def test_words_in_a_text_of_several_lines_are_told_at_their_own_line(small: Project) -> None:
    small.write("data/topics.yml", SEVERAL_LINES)
    register = load(small.folder / "data", datetime.date(2026, 3, 1))
    lines = {"data/topics.yml": SEVERAL_LINES.split("\n")}
    problems, _ = check_words({}, register, (), lines)
    assert [(one.line, one.record) for one in problems if one.kind == "names"] == [
        (5, "several"),
        (7, "several"),
        (7, "several"),
        (10, "several"),
        (15, "one"),
    ]


@given(text=st.text(max_size=200), words=st.text(max_size=30), at=st.integers(0, 200), line=st.integers(1, 9))
def test_any_words_have_a_line_of_the_file_or_that_of_their_field(text: str, words: str, at: int, line: int) -> None:
    passage = Passage("data/links.yml", line, "field", text)
    found = typed_line(Finding(passage, at, words, "", ""), text.split("\n"))
    assert line <= found <= line + text.count("\n")
