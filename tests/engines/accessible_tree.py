"""Prints, as JSON, what the browser on a screen shows to screen readers: [[depth, role, kind, level, name], …] of each web page.

Run by Debian's own Python, which has the bindings of AT-SPI, the interface that Orca reads.
"""

import json
from collections.abc import Iterator

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402


def inside(node: Atspi.Accessible) -> Iterator[Atspi.Accessible]:
    """What is in a node. What goes away meanwhile is left out."""
    try:
        for at in range(node.get_child_count()):
            child = node.get_child_at_index(at)
            if child:
                yield child
    except GLib.Error:
        return


def pages(node: Atspi.Accessible) -> Iterator[Atspi.Accessible]:
    """The web pages in a program or a part of it that are shown."""
    for child in inside(node):
        if child.get_role() == Atspi.Role.DOCUMENT_WEB:
            if child.get_state_set().contains(Atspi.StateType.SHOWING):
                yield child
        else:
            yield from pages(child)


def walk(node: Atspi.Accessible, depth: int = 0) -> Iterator[list]:
    """A node and all in it, in the order in which it is read."""
    attributes = node.get_attributes() or {}
    role = attributes.get("xml-roles") or node.get_role_name()
    yield [depth, role, node.get_role_name(), attributes.get("level", ""), node.get_name() or ""]
    for child in inside(node):
        yield from walk(child, depth + 1)


Atspi.init()
print(json.dumps([list(walk(page)) for page in pages(Atspi.get_desktop(0))]))
