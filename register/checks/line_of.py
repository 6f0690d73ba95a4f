"""Finds the line of a text on which something stands."""

from collections.abc import Iterable


def line_of(text: str, typed: Iterable[str]) -> int | None:
    """Return the line, from 1, of the first of some words that stands in a text; None if none of them does.

    Args:
        text: the text.
        typed: how it may stand there, the likeliest first; empty words are passed over. A line break before it says
            that it begins a line.
    """
    places = ((text.find(words), words) for words in typed if words)
    found = (place + len(words) - len(words.lstrip("\n")) for place, words in places if place >= 0)
    return next((text.count("\n", 0, place) + 1 for place in found), None)
