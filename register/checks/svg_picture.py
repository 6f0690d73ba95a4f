"""What a drawing (SVG) in ``docs/`` may hold: shapes and words. A browser runs and loads whatever else stands in one."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
_ELEMENTS = frozenset((
    "svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "text", "tspan", "linearGradient", "radialGradient", "stop", "clipPath", "mask", "pattern", "marker",
))  # fmt: skip
_ATTRIBUTES = frozenset((
    "id", "version", "viewBox", "preserveAspectRatio", "x", "y", "x1", "y1", "x2", "y2", "dx", "dy", "cx", "cy", "r",
    "rx", "ry", "fx", "fy", "width", "height", "d", "points", "transform", "pathLength", "offset", "gradientUnits",
    "gradientTransform", "spreadMethod", "clipPathUnits", "maskUnits", "maskContentUnits", "patternUnits",
    "patternContentUnits", "patternTransform", "markerUnits", "markerWidth", "markerHeight", "refX", "refY", "orient",
    "fill", "fill-opacity", "fill-rule", "stroke", "stroke-width", "stroke-opacity", "stroke-linecap",
    "stroke-linejoin", "stroke-miterlimit", "stroke-dasharray", "stroke-dashoffset", "color", "opacity", "clip-path",
    "clip-rule", "mask", "marker-start", "marker-mid", "marker-end", "stop-color", "stop-opacity", "display",
    "visibility", "vector-effect", "paint-order", "font-family", "font-size", "font-style", "font-weight",
    "letter-spacing", "word-spacing", "text-anchor", "dominant-baseline", "role", "aria-hidden", "aria-label",
    "aria-labelledby",
))  # fmt: skip
_OWN_PART = re.compile(r"#[\w-]+")
_FROM_ELSEWHERE = re.compile(r"(?i)url\(\s*(?!#[\w-]+\s*\))|@import|expression\(|\\")


def svg_mistakes(content: bytes) -> Iterator[tuple[int, str, str]]:
    """Yield what is wrong with a drawing: the line, what it is and what to do.

    Args:
        content: the file.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: Any = etree.fromstring(content, parser)  # the types of lxml do not know comments and doctypes
    except etree.XMLSyntaxError as error:
        yield error.lineno or 1, f"is no SVG drawing: {error.msg}", "save it as plain SVG again"
        return
    if root.getroottree().docinfo.doctype:
        yield 1, "a '<!DOCTYPE' is not allowed in a drawing", "save it as plain SVG, without a DOCTYPE"
        return
    if root.tag != f"{_SVG}svg":
        yield root.sourceline or 1, "is no SVG drawing", "its first element is '<svg>' with the namespace of SVG"
        return
    for element in root.getroottree().iter():
        yield from _element(element)


def _element(element: Any) -> Iterator[tuple[int, str, str]]:
    line = element.sourceline or 1
    if element.tag is etree.Comment:
        return
    if not isinstance(element.tag, str):
        yield line, "an instruction ('<?' or '&') is not allowed in a drawing", "take it out"
        return
    if not element.tag.startswith(_SVG) or element.tag.removeprefix(_SVG) not in _ELEMENTS:
        yield (
            line,
            f"'<{etree.QName(element).localname}>' is not allowed in a drawing",
            "save it as plain SVG, or take it out",
        )
        return
    for name, value in element.attrib.items():
        name, value = str(name), str(value)
        if name in (_XLINK_HREF, "href"):
            if not _OWN_PART.fullmatch(value):
                yield (
                    line,
                    f"the address '{value[:60]}' is not allowed in a drawing",
                    "it may lead to a part of itself only",
                )
        elif name not in _ATTRIBUTES or _FROM_ELSEWHERE.search(value):
            what = f"'{etree.QName(name).localname}' is not allowed in '<{etree.QName(element).localname}>'"
            yield line, what, "save it as plain SVG, or take it out"
