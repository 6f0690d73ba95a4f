"""What a written page may hold once Markdown has made HTML of it: a list of elements, attributes and kinds of address.

Markdown lets raw HTML through, and people can write what a program reads otherwise than a browser does. So the page is
turned into HTML as the build does it, parsed as a browser parses it (HTML Living Standard, 13.2; by Lexbor, for html5lib
loses elements: the drawing of ``<table><svg>``), and whatever is not on the list is refused. A list of what is forbidden is never complete.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import markdown
from selectolax.lexbor import LexborHTMLParser

from register.checks.line_of import line_of
from register.problems import Problem

# As in mkdocs.base.yml, with MkDocs' own three.
_EXTENSIONS = ("toc", "tables", "fenced_code", "attr_list", "def_list")

# Each element that a page may hold, with its own attributes; and the attributes that any of them may have.
EVERYWHERE = frozenset({"id", "lang", "dir", "title"})
ELEMENTS: dict[str, frozenset[str]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span", "br", "hr"), frozenset()),
    **dict.fromkeys(
        ("em", "strong", "code", "pre", "kbd", "samp", "sub", "sup", "small", "cite", "q", "bdi"), frozenset()
    ),
    **dict.fromkeys(("abbr", "b", "i", "del", "ins", "mark", "figure", "figcaption", "blockquote"), frozenset()),
    **dict.fromkeys(("ul", "dl", "dt", "dd", "summary", "caption", "thead", "tbody", "tr"), frozenset()),
    "ol": frozenset({"start", "reversed"}),
    "li": frozenset({"value"}),
    "details": frozenset({"open"}),
    "time": frozenset({"datetime"}),
    "table": frozenset(),
    # Markdown's own way of aligning a column, which the policy ignores.
    "th": frozenset({"scope", "colspan", "rowspan"}),
    "td": frozenset({"colspan", "rowspan"}),
    "a": frozenset({"href"}),
    "img": frozenset({"src", "alt", "width", "height"}),
}
COMMENT = "-comment"  # what the parser calls one
# What stands around every page. A tag typed again only adds its attributes to it (HTML, 13.2.6.4.7).
_OUTER = {"html", "head", "body"}
_ADDRESSES = {("a", "href"), ("img", "src")}


@dataclass(frozen=True)
class _NotAllowed:
    """Something that is not on the list: what it is, how it may stand in Markdown, what to do."""

    what: str
    typed: tuple[str, ...]
    to_do: str
    kind: str


def check_html(body: str, name: str) -> Iterator[Problem]:
    """Yield what a page holds that is not on the list, each once, at the line where it was typed.

    Args:
        body: the page without its front matter, its lines in their places. Macro calls are left as they are: they are
            text here.
        name: the page's file, as messages show it.
    """
    html = as_html(body)
    small = body.lower()
    root = LexborHTMLParser(f"<!doctype html><body>{html}").root
    elements = root.traverse() if root else ()
    for found in dict.fromkeys(one for node in elements for one in _element(str(node.tag), node.attributes)):
        line = line_of(small, map(str.lower, found.typed)) or 1
        yield Problem(name, line, "", found.what, found.to_do, found.kind)


def as_html(body: str) -> str:
    """Return a page's Markdown as HTML, as the build makes it."""
    return markdown.markdown(body, extensions=list(_EXTENSIONS))


def _element(tag: str, attributes: dict[str, str | None]) -> Iterator[_NotAllowed]:
    if tag == COMMENT or (tag in _OUTER and not attributes):
        return
    if tag not in ELEMENTS:
        yield _NotAllowed(f"'<{tag}>' is not allowed in a page", (f"<{tag}",), "take it out", "not-allowed")
        return
    for attribute, value in ((name, value or "") for name, value in attributes.items()):
        if attribute not in ELEMENTS[tag] | EVERYWHERE:
            what = f"'{attribute}' is not allowed in '<{tag}>'"
            yield _NotAllowed(what, (f"{attribute}=", attribute), "take it out", "not-allowed")
        elif "{{" in value:
            what = f"a macro stands inside the tag '<{tag}>'"  # what it shows could end the tag
            yield _NotAllowed(what, (f"{attribute}=", value, "{{"), "put it between tags", "macro-in-tag")
        elif (tag, attribute) in _ADDRESSES:
            yield from _address(value)


def _address(value: str) -> Iterator[_NotAllowed]:
    """What is wrong with an address of a link or picture: pages link to pages of this site, all else is cited."""
    parts = as_browsers_read(value)
    if parts is None or parts.scheme not in ("", "http", "https"):
        yield _NotAllowed(f"the address '{value}' is not allowed in a page", (value,), "take it out", "not-allowed")
    elif parts.scheme or parts.netloc:
        what, to_do = f"a web address is typed by hand: '{value}'", 'cite it from data/links.yml: {{ link("…") }}'
        yield _NotAllowed(what, (value, parts.netloc), to_do, "typed-by-hand")


def as_browsers_read(address: str) -> SplitResult | None:
    """Return the parts of an address as a browser reads them (WHATWG URL, 4.4); None if it can be read as none.

    White space and control characters around it, and tabs and line breaks anywhere, do not count; ``\\`` counts as ``/``;
    ``https:x`` and ``https:/x`` lead to the host ``x``.
    """
    text = re.sub(r"[\t\n\r]", "", address).strip("".join(map(chr, range(33)))).replace("\\", "/")
    if found := re.match(r"(?i)(https?):/*", text):
        text = f"{found[1]}://{text[found.end() :]}"
    elif re.match(r"/{2,}", text):
        text = "//" + text.lstrip("/")
    try:
        return urlsplit(text)
    except ValueError:
        return None
