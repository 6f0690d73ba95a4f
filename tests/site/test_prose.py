"""Text from data as HTML: paragraphs and lists, and every other sign as it was typed."""

import html as html_entities
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from register.site.prose import literal, prose


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("One line.", '<p dir="auto">One line.</p>'),
        ("Two\nlines.", '<p dir="auto">Two lines.</p>'),
        ("  Two \n  lines. ", '<p dir="auto">Two lines.</p>'),
        ("One.\n\nTwo.", '<p dir="auto">One.</p><p dir="auto">Two.</p>'),
        ("One.\n \t\n\nTwo.", '<p dir="auto">One.</p><p dir="auto">Two.</p>'),
        ("- a\n- b", '<ul><li dir="auto">a</li><li dir="auto">b</li></ul>'),
        ("Said:\n- a\n- b\nAnd so.", '<p dir="auto">Said:</p><ul><li dir="auto">a</li><li dir="auto">b</li></ul><p dir="auto">And so.</p>'),
        ("-a", '<p dir="auto">-a</p>'),
        ("<b>&{{ 7*7 }}", '<p dir="auto">&lt;b&gt;&amp;{{ 7*7 }}</p>'),
        ("• a\n•b\n• c", '<ul><li dir="auto">a</li></ul><p dir="auto">•b</p><ul><li dir="auto">c</li></ul>'),
        ("1. a\n2. b", '<ol><li dir="auto">a</li><li dir="auto">b</li></ol>'),
        ("7. a\n8. b\n10. c", '<ol><li value="7" dir="auto">a</li><li dir="auto">b</li><li value="10" dir="auto">c</li></ol>'),
        ("(a) a\n(b) b", '<ul class="as-typed"><li dir="auto">(a) a</li><li dir="auto">(b) b</li></ul>'),
        ("(i) a\n(ii) b", '<ul class="as-typed"><li dir="auto">(i) a</li><li dir="auto">(ii) b</li></ul>'),
        ("Said:\n1. a\n(a) b\n2. c", '<p dir="auto">Said:</p><ol><li dir="auto">a</li></ol><ul class="as-typed"><li dir="auto">(a) b</li></ul>'
         '<ol><li value="2" dir="auto">c</li></ol>'),
        ("It began in\n1999. Then it ended in\n12. That is all.", '<p dir="auto">It began in 1999. Then it ended in 12. That is all.</p>'),
        ("As said in (see\n(b) too) it is.", '<p dir="auto">As said in (see (b) too) it is.</p>'),
        ("- a long\n  item\n- b\nAnd so.", '<ul><li dir="auto">a long item</li><li dir="auto">b</li></ul><p dir="auto">And so.</p>'),
        ("1. a\n   b\n\n2. c", '<ol><li dir="auto">a b</li></ol><ol><li value="2" dir="auto">c</li></ol>'),
        ("1.4 million", '<p dir="auto">1.4 million</p>'),
        ("- <i>", '<ul><li dir="auto">&lt;i&gt;</li></ul>'),
        ("", ""),
    ],
)  # fmt: skip
def test_blank_lines_part_paragraphs_and_marks_make_lists(text: str, shown: str) -> None:
    assert prose(text) == shown


@given(st.text())
def test_whatever_is_typed_is_shown_and_nothing_else_is_made_of_it(text: str) -> None:
    made = str(prose(text))
    assert set(re.findall(r"<(/?\w+)", made)) <= {"p", "/p", "ul", "/ul", "ol", "/ol", "li", "/li"}
    shown = html_entities.unescape(re.sub(r"<[^>]*>", " ", made))
    typed = " ".join(re.sub(r"^[-•]\s+(?=\S)", "", line.strip()) for line in text.splitlines())
    numbers = re.compile(r"\d{1,3}\.")  # which a browser shows before the items of a numbered list
    assert [word for word in shown.split() if not numbers.fullmatch(word)] == [
        word for word in typed.split() if not numbers.fullmatch(word)
    ]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])))
def test_literal_text_reads_as_typed_and_holds_no_sign_of_html_or_markdown(text: str) -> None:
    made = str(literal(text))
    assert html_entities.unescape(made) == text
    assert not re.search(r"[<>\"'*_`\[\]{}()|~!\\]", re.sub(r"&#\d+;", "", made))


def test_literal_text_is_a_link_text_in_a_page() -> None:
    made = literal('A "name" <b> [x](y) *z* _w_ {{ 7*7 }}')
    assert html.fromstring(f"<a>{made}</a>").text == 'A "name" <b> [x](y) *z* _w_ {{ 7*7 }}'
