"""Whether what a page opens is closed again: an element left open swallows or changes all that follows it, help included."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

# A comment, or a tag with its attributes: whether it closes, its name, whether it closes itself.
_TAG = re.compile(
    r"""<!--.*?(?:-->|\Z)|<(/?)([a-z][\w-]*)(?:"[^"]*"|'[^']*'|[^>"'])*?(/?)>""", re.DOTALL | re.IGNORECASE
)

# Elements without an end, and those whose end a browser knows by itself (HTML Living Standard, 13.1.2 and 13.1.2.4).
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_KNOWN_END = {
    "html",
    "head",
    "body",
    "p",
    "li",
    "dt",
    "dd",
    "tr",
    "td",
    "th",
    "thead",
    "tbody",
    "tfoot",
    "colgroup",
    "caption",
    "option",
    "optgroup",
    "rp",
    "rt",
}
_ALONE = _VOID | _KNOWN_END


@dataclass(frozen=True)
class UnclosedTag:
    """A tag that is never closed, or an end tag that closes nothing."""

    kind: str
    written: str  # the tag as it stands in the page
    line: int
    what: str
    to_do: str


def unclosed_tags(html: str) -> Iterator[UnclosedTag]:
    """Yield each tag that is never closed or closes nothing, with its line and what to do.

    Args:
        html: a whole page.
    """
    opened: list[tuple[str, str, int]] = []
    for closes, name, written, line in _tags(html):
        if not closes:
            opened.append((name, written, line))
        elif name not in (one[0] for one in opened):
            what, to_do = (
                f"'{written}' closes nothing",
                f"is a quote or a '<{name}>' missing before it? else take it out",
            )
            yield UnclosedTag("stray-end-tag", written, line, what, to_do)
        else:
            while (last := opened.pop())[0] != name:
                yield _left_open(*last)
    for last in reversed(opened):
        yield _left_open(*last)


def _left_open(name: str, written: str, line: int) -> UnclosedTag:
    what, to_do = f"'{written}' is never closed", f"write '</{name}>' where it ends"
    return UnclosedTag("unclosed-tag", written, line, what, to_do)


def _tags(html: str) -> Iterator[tuple[bool, str, str, int]]:
    """The tags that must come in pairs: whether it closes, its name, as written, its line."""
    line, at = 1, 0
    for found in _TAG.finditer(html):
        closes, name, itself = found.groups()
        line, at = line + html.count("\n", at, found.start()), found.start()
        if name and not itself and name.lower() not in _ALONE:
            yield bool(closes), name.lower(), found[0], line
