"""Text from data as HTML: paragraphs and lists, everything else shown as it was typed.

Each block carries ``dir="auto"``, so that text in a right-to-left script reads
rightly and cannot disturb what stands around it (HTML, 3.2.6.4).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

# What begins an item of a list, with the kind of list. What is counted with brackets is shown as typed, "(a)", which no
# kind of list in HTML does; the site's styles leave such a list's own mark out.
_MARKS = (
    ("bullets", re.compile(r"[-•]\s+(?P<text>\S.*)")),
    ("numbers", re.compile(r"(?P<number>\d{1,3})\.\s+(?P<text>\S.*)")),
    ("as-typed", re.compile(r"(?P<text>\((?P<number>\d{1,3}|[a-z]|[ivx]{1,6})\)\s+\S.*)")),
)
_FIRST = {"1", "a", "i"}


@dataclass
class _ProseLine:
    """A paragraph's words, or an item of a list."""

    kind: str  # of list; "" for a paragraph
    text: str
    number: str = ""


def prose(text: str) -> Markup:
    """Return text as paragraphs and lists; a blank line parts blocks.

    Lines that begin ``- `` or ``•`` form a list, and so do those that begin ``1.`` or ``(a)``. In the middle of a paragraph
    only the first number or letter begins a list, for a line can also begin with a number by chance (CommonMark, 5.3).
    An item goes on in lines that are indented further than its mark.
    """
    blocks = re.split(r"\n[ \t]*\n", text)
    return Markup("").join(part for block in blocks for part in _parts(block))


def _parts(block: str) -> Iterator[Markup]:
    for kind, run in groupby(_lines(block), key=lambda line: line.kind):
        if kind:
            yield _LISTS[kind].format(Markup("").join(_items(kind, list(run))))
        else:
            yield Markup('<p dir="auto">{}</p>').format(" ".join(line.text for line in run))


_LISTS = {
    "bullets": Markup("<ul>{}</ul>"),
    "numbers": Markup("<ol>{}</ol>"),
    "as-typed": Markup('<ul class="as-typed">{}</ul>'),
}


def _lines(block: str) -> Iterator[_ProseLine]:
    """The lines of a block; those that go on with an item are part of it."""
    last, mark_at = _ProseLine("", ""), 0
    for typed in block.splitlines():
        text = typed.strip()
        indent = len(typed) - len(typed.lstrip())
        if not text:
            continue
        line = _read(text, last)
        if last.kind and not line.kind and indent > mark_at:
            last.text += f" {text}"
            continue
        if last.text:
            yield last
        last, mark_at = line, indent
    if last.text:
        yield last


def _read(text: str, last: _ProseLine) -> _ProseLine:
    for kind, mark in _MARKS:
        if found := mark.fullmatch(text):
            number = found.groupdict().get("number", "")
            if not number or number in _FIRST or not last.text or last.kind:
                return _ProseLine(kind, found["text"], number)
    return _ProseLine("", text)


def _items(kind: str, lines: list[_ProseLine]) -> Iterator[Markup]:
    due = 1
    for line in lines:
        if kind == "numbers" and int(line.number) != due:
            yield Markup('<li value="{}" dir="auto">{}</li>').format(int(line.number), line.text)
        else:
            yield Markup('<li dir="auto">{}</li>').format(line.text)
        due = int(line.number) + 1 if kind == "numbers" else due


def literal(text: str) -> Markup:
    """Return text for a place inside a line of Markdown: every sign that HTML or Markdown would read is a reference."""
    return Markup(re.sub(r"[^\w\s.,:;/?=%-]", lambda sign: f"&#{ord(sign[0])};", text).replace("_", "&#95;"))
