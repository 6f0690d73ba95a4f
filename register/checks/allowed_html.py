"""What a written page may hold once Markdown has made HTML of it: a list of elements, attributes and kinds of address.

Markdown lets raw HTML through, and people can write what a program reads otherwise than a browser does. So the page is
turned into HTML as the build does it, parsed as a browser parses it (HTML Living Standard, 13.2), and whatever is not on
the list is refused. A list of what is forbidden is never complete.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

import html5lib
import markdown

from register.problems import Problem

# As in mkdocs.base.yml, with MkDocs' own three.
_EXTENSIONS = ("toc", "tables", "fenced_code", "attr_list", "def_list")

_EVERYWHERE = frozenset({"id", "lang", "dir", "title"})
_ELEMENTS: dict[str, frozenset[str]] = {
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
    html = markdown.markdown(body, extensions=list(_EXTENSIONS))
    small = body.lower()
    fragment = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    for found in dict.fromkeys(
        one for element in fragment.iter() for one in _element(element.tag, dict(element.attrib))
    ):
        yield Problem(name, _line_with(small, found.typed), "", found.what, found.to_do, found.kind)


def _element(tag: object, attributes: dict[str, str]) -> Iterator[_NotAllowed]:
    if not isinstance(tag, str) or tag == "DOCUMENT_FRAGMENT":  # a comment; the root
        return
    if tag not in _ELEMENTS:
        name = tag.rpartition("}")[2]  # of SVG and MathML the parser gives the namespace, too
        yield _NotAllowed(f"'<{name}>' is not allowed in a page", (f"<{name}",), "take it out", "not-allowed")
        return
    for attribute, value in attributes.items():
        if attribute not in _ELEMENTS[tag] | _EVERYWHERE:
            what = f"'{attribute}' is not allowed in '<{tag}>'"
            yield _NotAllowed(what, (f"{attribute}=", attribute), "take it out", "not-allowed")
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


def _line_with(body: str, typed: tuple[str, ...]) -> int:
    """The first line of a page, given in small letters, on which something stands; the first of all if it is not found."""
    places = (body.find(words.lower()) for words in typed if words)
    return next((body.count("\n", 0, place) + 1 for place in places if place >= 0), 1)
