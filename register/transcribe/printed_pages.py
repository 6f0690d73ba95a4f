"""The number that is printed on each page, which is seldom the page's place in the file, and how it was found.

A number at a page's head or foot counts if it grows with the pages, like those of other pages: a year or a paragraph's
number there does not.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from register.transcribe.report import Piece, SourcePage

# The parts of a page's height in which its number and running head stand.
HEAD, FOOT = 0.11, 0.89
_FEWEST = 3  # pages that must agree; in a shorter file, all but one
_ALONE = re.compile(r"(?:page\s+|p\.\s*)?[-–—|\[\s]*(\d{1,4}|[ivxlc]+)[-–—|\]\s]*(?:of\s+\d+)?", re.IGNORECASE)
_IN_LINE = re.compile(
    r"^(?:page\s+)?(\d{1,4})(?=\s*[|–—•·]|\s{2,}|\s)|(?:[|–—•·]|\bpage|\s)\s*(\d{1,4})(?:\s+of\s+\d+)?$", re.IGNORECASE
)
_LABEL = re.compile(r"[1-9]\d{0,3}|(?=.)c{0,3}(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})")
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True)
class PrintedPage:
    """A page's number as printed, and where it was read."""

    text: str
    how: str


def in_margin(piece: Piece, page: SourcePage) -> bool:
    """Return whether a piece stands at the head or the foot of its page."""
    return piece.bottom < HEAD * page.height or piece.top > FOOT * page.height


def printed_pages(pages: Sequence[SourcePage]) -> list[PrintedPage]:
    """Return the printed number of each page."""
    found = [set(_numbers(page)) for page in pages]
    votes = Counter((roman, number - index) for index, numbers in enumerate(found) for roman, number in numbers)
    needed = min(_FEWEST, max(1, len(pages) - 1))
    usual = {offset for offset, count in votes.items() if count >= needed}
    read = [_best(index, numbers, usual, votes) for index, numbers in enumerate(found)]
    return [_page(index, page, read) for index, page in enumerate(pages)]


def number_alone(piece: Piece, printed: PrintedPage) -> bool:
    """Return whether a piece is nothing but its page's printed number."""
    match = _ALONE.fullmatch(piece.text.strip())
    return bool(match and match[1].casefold() == printed.text)


def _numbers(page: SourcePage) -> Iterator[tuple[bool, int]]:
    """Numbers that could be the page's: each with whether it is Roman."""
    for piece in page.pieces:
        if in_margin(piece, page):
            text = piece.text.strip()
            if match := _ALONE.fullmatch(text):
                yield (False, int(match[1])) if match[1].isdigit() else (True, _roman(match[1].casefold()))
            else:
                yield from ((False, int(one[1] or one[2])) for one in _IN_LINE.finditer(text))


def _best(
    index: int, numbers: set[tuple[bool, int]], usual: set[tuple[bool, int]], votes: Counter[tuple[bool, int]]
) -> tuple[bool, int] | None:
    """How far the page's number is from its place in the file, if one of its numbers is as far as those of other pages."""
    offsets = [(roman, number - index) for roman, number in numbers if (roman, number - index) in usual]
    return max(offsets, key=lambda offset: (votes[offset], not offset[0]), default=None)


def _page(index: int, page: SourcePage, read: Sequence[tuple[bool, int] | None]) -> PrintedPage:
    if here := read[index]:
        return PrintedPage(_as_printed(here, index), "printed on the page")
    before = next((one for one in reversed(read[:index]) if one), None)
    after = next((one for one in read[index + 1 :] if one), None)
    if (near := before or after) and (before == after or not (before and after)):
        number = _as_printed(near, index)
        if number:
            return PrintedPage(number, "counted from the pages around it")
    if _LABEL.fullmatch(page.label):
        return PrintedPage(page.label, "the file's own name for the page")
    return PrintedPage(str(index + 1), "its place in the file, for no number was found on it")


def _as_printed(offset: tuple[bool, int], index: int) -> str:
    number = index + offset[1]
    if number < 1:
        return ""
    return _to_roman(number) if offset[0] else str(number)


def _roman(text: str) -> int:
    values = [_ROMAN[sign] for sign in text]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


def _to_roman(number: int) -> str:
    signs = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    made = ""
    for value, sign in signs:
        made, number = made + sign * (number // value), number % value
    return made
