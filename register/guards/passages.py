"""The words that readers will see, without markup: one passage for each heading, paragraph, item, cell or field.

Pages are read with a CommonMark parser that knows the lines of each block. What a macro puts in is not there: it comes from
the register, whose texts are passages themselves.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from register.load.rules import marked_values
from register.model import Prose, Register

Kind = Literal["title", "description", "heading", "text", "field"]

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_READING_AGE = re.compile(r"(?m)^reading_age: *(\d{1,2})[ \t]*$")
_TITLE = re.compile(r"(?m)^(title|description): *(.*)$")
# What a macro puts in stands for a noun: a sentence with a hole in it is still one sentence.
_MACRO = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*[#.][^{}\n]*\}")
_TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
HOLE = "\N{OBJECT REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class LinkText:
    """The words of a link, or those that stand for a picture, and where they begin in their passage."""

    words: str
    at: int


@dataclass(frozen=True)
class Passage:
    """Words that readers read in one go."""

    path: str  # from the project's folder
    line: int  # of its first word, from 1
    kind: Kind
    text: str  # as typed, without markup; where a macro puts something in there is a ``HOLE``
    record: str = ""  # the record that holds it, as messages name it
    field: str = ""  # of the record
    level: int = 0  # of a heading
    quoted: bool = False  # whether these are somebody else's exact words
    links: tuple[LinkText, ...] = ()
    pictures: tuple[LinkText, ...] = ()  # their text alternatives

    def line_at(self, offset: int) -> int:
        """Return the line on which the sign at a place of the text stands; of a record's field only the first is known."""
        return self.line if self.kind == "field" else self.line + bisect_left(self._line_ends, offset)

    @cached_property
    def _line_ends(self) -> list[int]:
        return [found.start() for found in re.finditer("\n", self.text)]

    @cached_property
    def sentences(self) -> tuple[tuple[int, str], ...]:
        """Each sentence with the place at which it begins."""
        return tuple(_sentences(self.text))


# A full stop ends a sentence where a capital, a quotation mark or a hole follows; "e.g. a", "No. 5" and "2.4.3" go on.
# In a record's text an empty line, and an item of a list, end one as well.
_END = re.compile(
    r"[.!?](?<!\b[A-Z].)(?<!\bNo.)(?<!\bMr.)(?<!\bMrs.)(?<!\bMs.)(?<!\bDr.)(?<!\bSt.)[\"')\u2019\u201d]*"
    rf"(?=\s+[\"'(\u2018\u201c]?[A-Z0-9{HOLE}]|\s*\Z)|\n(?=[ \t]*(?:\n|[-*\u2022] |\d+[.)] |\([a-z]+\) ))"
)


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text, in order, each on one line."""
    return [" ".join(sentence.split()) for _, sentence in _sentences(text)]


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence of a text with the place at which it begins."""
    ends = [found.end() for found in _END.finditer(text)]
    pieces = [(begun, text[begun:end]) for begun, end in pairwise([0, *ends, len(text)])]
    return (
        (begun + len(piece) - len(piece.lstrip()), piece.strip())
        for begun, piece in pieces
        if piece and not piece.isspace()
    )


def reading_age_of_page(text: str) -> int | None:
    """Return the reading age that a page may ask of its readers, if it sets one."""
    front = _FRONT_MATTER.match(text)
    found = _READING_AGE.search(front[0]) if front else None
    return int(found[1]) if found else None


def without_front_matter(text: str) -> str:
    """Return a page's text with the front matter blanked, so that line numbers stay."""
    return _FRONT_MATTER.sub(lambda found: "\n" * found[0].count("\n"), text)


def passages_of_page(text: str, path: str) -> Iterator[Passage]:
    """Yield the passages of a written page, in order; code is left out.

    Args:
        text: the page as it was typed, front matter included.
        path: its file, from the project's folder.
    """
    front = _FRONT_MATTER.match(text)
    for found in _TITLE.finditer(front[0]) if front else ():
        line = 1 + text.count("\n", 0, found.start())
        yield Passage(path, line, "title" if found[1] == "title" else "description", found[2].strip().strip("\"'"))
    body = _MACRO.sub(lambda macro: HOLE + "\n" * macro[0].count("\n"), without_front_matter(text))
    tokens = MarkdownIt("commonmark").enable("table").parse(body)
    for before, token in zip([None, *tokens], tokens, strict=False):
        line = 1 + (token.map[0] if token.map else 0)
        if token.type == "html_block":
            yield from _html_passages(token, path, line)
        elif token.type == "inline":
            words, links, pictures = _read(token)
            heading = before is not None and before.type == "heading_open"
            if words.strip(f" \n{HOLE}"):
                level = int(before.tag[1]) if heading and before else 0
                yield Passage(
                    path, line, "heading" if heading else "text", words, level=level, links=links, pictures=pictures
                )


def _html_passages(token: Token, path: str, line: int) -> Iterator[Passage]:
    words = html.unescape(_TAG.sub(lambda tag: "\n" * tag[0].count("\n"), token.content))
    if words.strip(f" \n{HOLE}"):
        skipped = len(words) - len(words.lstrip("\n"))
        yield Passage(path, line + skipped, "text", words.strip("\n"))


def _read(inline: Token) -> tuple[str, tuple[LinkText, ...], tuple[LinkText, ...]]:
    """The words of a block, its links and its pictures."""
    words, links, pictures, begun = "", list[LinkText](), list[LinkText](), list[int]()
    for token in inline.children or ():
        if token.type == "link_open":
            begun.append(len(words))
        elif token.type == "link_close" and begun:
            at = begun.pop()
            links.append(LinkText(words[at:], at))
        elif token.type in ("softbreak", "hardbreak"):
            words += "\n"
        elif token.type == "code_inline":
            words += HOLE
        elif token.type in ("text", "image"):
            if token.type == "image":
                pictures.append(LinkText(token.content, len(words)))
            words += token.content
    return _ATTRIBUTES.sub("", words), tuple(links), tuple(pictures)


def passages_of_register(register: Register) -> Iterator[Passage]:
    """Yield the passages of a register: each field of each record that readers read as words."""
    for record, name, text, prose in marked_values(register, Prose):
        if origin := record.origin:
            yield Passage(origin.path, origin.line_of(name), "field", text, origin.record, name, quoted=prose.quoted)
