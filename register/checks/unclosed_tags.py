"""Whether what a page opens is closed again: an element left open swallows or changes all that follows it, help included.

The standard library's parser reads the tags, because it alone says where each of them stands. lxml knows no place of an
end tag and takes ``<details/>`` for closed, which no browser does; html5lib reads as browsers do, but keeps the places
to itself and takes several times as long. Where the standard library departs from the HTML Standard, as most versions
before Python 3.14 do, ``_TagReader`` puts it right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate
from typing import Literal

# Elements without an end (HTML Standard, 13.1.2), and those whose end a browser knows by itself (13.1.2.4).
VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
))  # fmt: skip
_KNOWN_END = frozenset((
    "html", "head", "body", "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup",
    "caption", "option", "optgroup", "rp", "rt",
))  # fmt: skip
# Elements that hold text only, tags and all, up to their own end tag (13.2.6.2).
_TEXT_ONLY = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
# Drawings and formulas, and what in them holds HTML again (13.2.6.5; the integration points of 13.2.4).
_FOREIGN = {
    "svg": frozenset(("foreignobject", "desc", "title")),
    "math": frozenset(("mi", "mo", "mn", "ms", "mtext", "annotation-xml")),
}
# What cannot stand in a drawing or a formula: it ends there (13.2.6.5).
_ENDS_FOREIGN = frozenset((
    "b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed", "h1",
    "h2", "h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta", "nobr", "ol", "p",
    "pre", "ruby", "s", "small", "span", "strong", "strike", "sub", "sup", "table", "tt", "u", "ul", "var",
))  # fmt: skip
_COMMENT = re.compile(r"<!--(?:-?>|.*?--!?>)", re.DOTALL)  # 13.2.5.43 to 13.2.5.51
_END_TAG = re.compile(r"</[a-z]", re.IGNORECASE)  # anything else after '</' makes a comment of it (13.2.5.7)

Kind = Literal["unclosed-tag", "stray-end-tag", "self-closed-tag", "unclosed-comment"]


@dataclass(frozen=True)
class UnclosedTag:
    """A tag that is never closed, an end tag that closes nothing, or a comment without an end."""

    kind: Kind
    written: str  # as it stands in the page
    line: int
    what: str
    to_do: str


@dataclass(frozen=True)
class _OpenTag:
    name: str
    written: str
    line: int


def unclosed_tags(html: str) -> list[UnclosedTag]:
    """Return each tag that is never closed or closes nothing, with its line and what to do.

    Args:
        html: a whole page.
    """
    reader = _TagReader(html)
    reader.feed(html)
    return [*reader.found, *reader.left_open()]


class _TagReader(HTMLParser):
    """Reads a page; keeps the tags that are open, and what it found to be wrong."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[UnclosedTag] = []
        self._opened: list[_OpenTag] = []
        self._html = html
        self._line_starts = [0, *accumulate(len(line) + 1 for line in html.split("\n"))]

    def left_open(self) -> Iterator[UnclosedTag]:
        """Yield what is open at the end of the page; of an element that holds text only, it alone: the rest is its text."""
        if self._opened and self._opened[-1].name in _TEXT_ONLY:
            yield _never_closed(self._opened[-1])
        elif self.rawdata.startswith("<!--"):  # what the parser could not read to an end
            what, to_do = "'<!--' begins a comment that never ends", "write '-->' where it ends"
            yield UnclosedTag("unclosed-comment", "<!--", self.getpos()[0], what, to_do)
        elif re.match(r"</?[a-zA-Z]", self.rawdata):
            written = self.rawdata.partition("\n")[0].partition(">")[0]
            what, to_do = f"the tag that begins with '{written}' never ends", "is a quote or a '>' missing?"
            yield UnclosedTag("unclosed-tag", written, self.getpos()[0], what, to_do)
        else:
            yield from map(_never_closed, reversed(self._opened))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        """Note a tag that needs an end."""
        self._leave_foreign(tag)
        if self._needs_end(tag):
            self._opened.append(_OpenTag(tag, self.get_starttag_text() or "", self.getpos()[0]))
        if tag in _TEXT_ONLY:
            self.set_cdata_mode(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Note a tag that ends in '/>', which closes it in a drawing or a formula only (13.1.2.1)."""
        self._leave_foreign(tag)
        if self._needs_end(tag) and tag not in _FOREIGN and not _foreign(self._opened):
            written = self.get_starttag_text() or ""
            what, to_do = f"'{written}' is never closed", f"'/>' closes nothing in HTML: write '></{tag}>'"
            self.found.append(UnclosedTag("self-closed-tag", written, self.getpos()[0], what, to_do))

    def handle_endtag(self, tag: str) -> None:
        """Note an end: of the last tag of its name, and of all that were opened in it and not closed."""
        if not self._needs_end(tag):
            return
        if tag not in (opened.name for opened in self._opened):
            written, line = self._written(), self.getpos()[0]
            to_do = f"is a quote or a '<{tag}>' missing before it? else take it out"
            self.found.append(UnclosedTag("stray-end-tag", written, line, f"'{written}' closes nothing", to_do))
            return
        while (last := self._opened.pop()).name != tag:
            self.found.append(_never_closed(last))

    def set_cdata_mode(self, elem: str, **kind: bool) -> None:
        """Read what follows as text, but not in a drawing or a formula, where these elements are like any other."""
        if not _foreign(self._opened[:-1]):
            super().set_cdata_mode(elem, **kind)

    def _needs_end(self, tag: str) -> bool:
        """Whether a tag comes in a pair. In a drawing all do: an end that is only known keeps the drawing open (13.2.6.4.7)."""
        return tag not in VOID and (tag not in _KNOWN_END or any(opened.name in _FOREIGN for opened in self._opened))

    def _leave_foreign(self, tag: str) -> None:
        """Close a drawing or a formula that a tag ends, as browsers do."""
        while tag in _ENDS_FOREIGN and _foreign(self._opened):
            self.found.append(_never_closed(self._opened.pop()))

    def _written(self) -> str:
        """The tag at the present place, as it stands in the page."""
        line, column = self.getpos()
        start = self._line_starts[line - 1] + column
        return self._html[start : self._html.index(">", start) + 1]

    # ── where the standard library departs from the HTML Standard ────────────────────────────────

    def parse_comment(self, i: int, report: bool = True) -> int:
        """Return where a comment ends, or -1: the library took '-- >' for an end and '--!>' for none."""
        comment = _COMMENT.match(self.rawdata, i)
        return comment.end() if comment else -1

    def parse_html_declaration(self, i: int) -> int:
        """Return where '<!…' ends, or -1: '<![' is a comment, but in a drawing or a formula (13.2.5.42)."""
        if self.rawdata.startswith("<![", i):
            end = "]]>" if self.rawdata.startswith("<![CDATA[", i) and _foreign(self._opened) else ">"
            found = self.rawdata.find(end, i)
            return found + len(end) if found >= 0 else -1
        return super().parse_html_declaration(i)

    def parse_endtag(self, i: int) -> int:
        """Return where an end tag ends, or -1: the library took '</ div>' for one."""
        if _END_TAG.match(self.rawdata, i):
            return super().parse_endtag(i)
        return i + 2 if self.cdata_elem else self.rawdata.find(">", i) + 1 or -1


def _never_closed(tag: _OpenTag) -> UnclosedTag:
    what, to_do = f"'{tag.written}' is never closed", f"write '</{tag.name}>' where it ends"
    return UnclosedTag("unclosed-tag", tag.written, tag.line, what, to_do)


def _foreign(opened: list[_OpenTag]) -> bool:
    """Whether what stands within these elements belongs to a drawing or a formula, and not to HTML."""
    names = [tag.name for tag in opened]
    for place in reversed(range(len(names))):
        if names[place] in _FOREIGN:
            return not set(names[place + 1 :]) & _FOREIGN[names[place]]
    return False
