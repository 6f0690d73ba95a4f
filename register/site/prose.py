"""Text from data as HTML: paragraphs and simple lists, everything else shown as it was typed.

Each block carries ``dir="auto"``, so that text in a right-to-left script reads
rightly and cannot disturb what stands around it (HTML, 3.2.6.4).
"""

import re
from collections.abc import Iterator
from itertools import groupby

from markupsafe import Markup


def prose(text: str) -> Markup:
    """Return text as paragraphs and lists; a blank line parts blocks, lines that begin ``- `` form a list."""
    blocks = re.split(r"\n[ \t]*\n", text)
    return Markup("").join(part for block in blocks for part in _parts(block))


def _parts(block: str) -> Iterator[Markup]:
    lines = [line.strip() for line in block.splitlines() if line.strip()]
    for listed, run in groupby(lines, key=lambda line: line.startswith("- ")):
        if listed:
            items = Markup("").join(Markup('<li dir="auto">{}</li>').format(line[2:]) for line in run)
            yield Markup("<ul>{}</ul>").format(items)
        else:
            yield Markup('<p dir="auto">{}</p>').format(" ".join(run))


def literal(text: str) -> Markup:
    """Return text for a place inside a line of Markdown: every sign that HTML or Markdown would read is a reference."""
    return Markup(re.sub(r"[^\w\s.,:;/?=%-]", lambda sign: f"&#{ord(sign[0])};", text).replace("_", "&#95;"))
