"""Text from outside is cleaned in one place: what no message, report or log may carry, and what it may."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from register.characters import as_code, from_outside, one_line, usable

# Default_Ignorable_Code_Point of Unicode 16 (DerivedCoreProperties.txt), and the Braille pattern without dots.
SHOWS_NOTHING = [
    "\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4", "\u17b5", *map(chr, range(0x180B, 0x1810)),
    *map(chr, range(0x200B, 0x2010)), *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2060, 0x2070)), "\u3164",
    *map(chr, range(0xFE00, 0xFE10)), "\ufeff", "\uffa0", *map(chr, range(0xFFF0, 0xFFF9)),
    *map(chr, range(0x1BCA0, 0x1BCA4)), *map(chr, range(0x1D173, 0x1D17B)), *map(chr, range(0xE0000, 0xE1000)), "\u2800",
]  # fmt: skip
CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("plain words, “quotes” and é", "plain words, “quotes” and é"),
        ("two\r\nlines\tand\u2028more", "two  lines and more"),
        ("\x1b[31mred\x9b0m", "\ufffd[31mred\ufffd0m"),
        ("\u202eturned", "\ufffdturned"),
        ("half \ud800", "half \ufffd"),
        ("::error::x", ": :error: :x"),
        ("a :::b", "a : : :b"),
        ("##[error]x", "# #[error]x"),
        ("###[x", "## #[x"),
        ("http://[fe80::1]/#a: b # [c]", "http://[fe80: :1]/#a: b # [c]"),
    ],
)
def test_text_from_outside_is_one_line_of_visible_signs_without_commands(text: str, cleaned: str) -> None:
    assert from_outside(text, 100) == cleaned


def test_every_sign_that_shows_nothing_is_replaced() -> None:
    for sign in SHOWS_NOTHING:
        assert one_line(sign) == "\ufffd", f"U+{ord(sign):04X}"


def test_every_control_character_is_replaced_or_a_space() -> None:
    for sign in CONTROLS:
        assert one_line(sign) in (" ", "\ufffd"), f"U+{ord(sign):04X}"


@pytest.mark.parametrize(
    ("length", "cleaned"), [(9, "x" * 9), (10, "x" * 10), (11, "x" * 9 + "…"), (10**6, "x" * 9 + "…")]
)
def test_longer_text_is_cut_off_and_says_so(length: int, cleaned: str) -> None:
    assert from_outside("x" * length, 10) == cleaned


def test_what_is_made_longer_by_cleaning_is_cut_off_too() -> None:
    assert from_outside(":" * 8, 10) == ": : : : :…"


def test_usable_text_keeps_its_lines_and_what_shows_nothing() -> None:
    assert usable("a\r\n\tb\u202e\u200b") == "a\r\n\tb\u202e\u200b"
    assert usable("\x00\x1b\x7f\x9b\ud800\ufffe\uffff") == "\ufffd" * 7


@given(st.text(st.characters() | st.sampled_from(":#[%\x1b\u202e")), st.integers(1, 40))
@example("::" * 40, 3)
def test_whatever_comes_from_outside_is_safe_to_show_and_stays_so(text: str, most: int) -> None:
    cleaned = from_outside(text, most)
    assert len(cleaned) <= most
    assert not re.search(r"::|##\[", cleaned)
    assert all(unicodedata.category(sign)[0] != "C" and sign not in SHOWS_NOTHING for sign in cleaned)
    assert from_outside(cleaned, most) == cleaned
    cleaned.encode()


@pytest.mark.parametrize(
    ("text", "code"),
    [("a  b", "`a b`"), ("a\nb", "`a b`"), ("`a` | @all", "`'a' ¦ @all`"), ("", ""), (" \n ", "")],
)
def test_as_markdown_code_nothing_ends_the_code_or_the_cell_of_a_table(text: str, code: str) -> None:
    assert as_code(text) == code
