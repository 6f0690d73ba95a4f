"""Finds the line of a text on which something stands."""

from collections.abc import Iterable


def line_of(text: str, typed: Iterable[str]) -> int | None:
    """Return the line, from 1, of the first of some words that stands in a text; None if none of them does.

    Args:
        text: the text.
        typed: how it may stand there, the likeliest first; empty words are passed over.
    """
    places = (text.find(words) for words in typed if words)
    return next((text.count("\n", 0, place) + 1 for place in places if place >= 0), None)
