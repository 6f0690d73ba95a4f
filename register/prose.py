"""Text from data as HTML: paragraphs and simple lists, everything else shown as it was typed.

Each block carries ``dir="auto"``, so that text in a right-to-left script reads
rightly and cannot disturb what stands around it (HTML, 3.2.6.4).
"""

import re

from markupsafe import Markup


def prose(text: str) -> Markup:
    """Return text as paragraphs; blocks are parted by blank lines, and lines that begin ``- `` form a list."""
    return Markup("").join(_block(block) for block in re.split(r"\n[ \t]*\n", text) if block.strip())


def _block(block: str) -> Markup:
    lines = [line.strip() for line in block.splitlines() if line.strip()]
    if all(line.startswith("- ") for line in lines):
        items = Markup("").join(Markup('<li dir="auto">{}</li>').format(line[2:]) for line in lines)
        return Markup("<ul>{}</ul>").format(items)
    return Markup('<p dir="auto">{}</p>').format(" ".join(lines))
