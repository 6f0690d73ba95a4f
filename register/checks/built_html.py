"""What a built page may hold: a list of elements and attributes, for all that made it: theme, register, pages, MkDocs.

The last look at what readers get. What is written in ``docs/`` was held against a stricter list before (``allowed_html``);
this one would notice if anything had come through in another way. The page is read as browsers read it (HTML Living
Standard, 13.2), by a parser that is one: it has no depth below which it stops looking.
"""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from register.checks.allowed_html import COMMENT, ELEMENTS
from register.site.policy import STYLE_IN_PAGE

_EVERYWHERE = frozenset({"class", "id", "lang", "dir", "title", "hidden", "role", "tabindex"})
_BEGINNINGS = ("aria-", "data-")  # attributes that say something and do nothing by themselves
# What written pages may hold, and what theme and register add: each element with its own attributes.
_ELEMENTS: dict[str, frozenset[str]] = {
    **ELEMENTS,
    **dict.fromkeys(("html", "head", "body", "title", "main", "header", "footer"), frozenset()),
    **dict.fromkeys(("nav", "aside", "section"), frozenset()),
    "a": frozenset({"href", "rel", "type"}),
    "meta": frozenset({"charset", "name", "property", "content", "http-equiv"}),
    "link": frozenset({"rel", "href", "type"}),
    "script": frozenset({"src", "type", "defer"}),
    "style": frozenset(),
    # Lists that can be narrowed, and the search: no form is ever sent, the policy forbids it.
    "form": frozenset(),
    "label": frozenset({"for"}),
    "input": frozenset({"type", "name", "autocomplete", "autocapitalize", "spellcheck"}),
    "select": frozenset({"name", "autocomplete"}),
    "option": frozenset({"value"}),
    "button": frozenset({"type"}),
    # Drawings that stand in the page itself.
    "svg": frozenset({"viewBox", "focusable", "preserveAspectRatio", "x", "y", "width", "height"}),
    "circle": frozenset({"cx", "cy", "r", "fill", "stroke-dasharray"}),
    "rect": frozenset({"x", "y", "width", "height", "rx", "fill"}),
    "path": frozenset({"d", "fill"}),
    "line": frozenset({"x1", "x2", "y1", "y2"}),
    "pattern": frozenset({"width", "height", "patternUnits"}),
}
# Attributes of which only some values are harmless.
_VALUES = {
    ("input", "type"): frozenset({"search"}),
    ("meta", "http-equiv"): frozenset({"content-security-policy"}),
    ("link", "rel"): frozenset({"stylesheet", "icon", "apple-touch-icon", "canonical", "alternate", "license"}),
}
# A colour by name, or what is drawn in the page itself: elsewhere a filling could be fetched from.
_FILLING = re.compile(r"none|currentColor|url\(#[\w-]+\)")
_DATA = "application/ld+json"  # a script of this type is data, which no browser runs


def not_allowed(content: bytes) -> Iterator[str]:
    """Yield each element and attribute of a page that is not on the list, as it might be typed: ``<iframe>``.

    Args:
        content: the HTML, in UTF-8.
    """
    root = LexborHTMLParser(content).root
    for node in root.traverse() if root else ():
        yield from _element(node)


def _element(node: LexborNode) -> Iterator[str]:
    tag, attributes = str(node.tag), node.attributes
    if tag == COMMENT:
        return
    inline_script = tag == "script" and "src" not in attributes and attributes.get("type") != _DATA
    other_style = tag == "style" and node.text() != STYLE_IN_PAGE
    if tag not in _ELEMENTS or inline_script or other_style:
        yield f"<{tag}>"
        return
    for name, value in attributes.items():
        listed = name in _ELEMENTS[tag] or name in _EVERYWHERE or name.startswith(_BEGINNINGS)
        values = _VALUES.get((tag, name))
        from_elsewhere = name == "fill" and not _FILLING.fullmatch(value or "")
        if not listed or from_elsewhere or (values and (value or "").lower() not in values):
            yield f'{name}="{value or ""}"'
