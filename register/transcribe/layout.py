"""What is a page's own text, line by line in reading order: without running heads, page numbers and footnotes."""

import math
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from register.characters import usable
from register.transcribe.printed_pages import PrintedPage, in_margin, number_alone, printed_pages
from register.transcribe.report import Piece, SourcePage, Volume

_REPEATED = 2  # pages on which the same words stand at the same height make them a running head
_RECOMMENDATION = re.compile(r"recommendations?\b.*\d", re.IGNORECASE)  # what is looked for can begin each page
_SMALLER = 0.92  # of the usual height: the text of a footnote
_FEWEST_LINES = 2  # of a column
_NARROWEST = 0.2  # of the text's width: a column, and no list of numbers beside a text
_GUTTER = 7.0  # points between two columns
_FOOTNOTE = re.compile(r"\s*(\d{1,3}|[*†‡§])")
_MARK = re.compile(r"[\d*†‡§,\s]+")
_SMALL_DIGITS = re.compile(r"(?<=[^\W\d]|[.,;:!?’”\"')\]])[¹²³⁰⁴⁵⁶⁷⁸⁹]+")
# Letters that printers join (Unicode, Alphabetic Presentation Forms), and spaces that only lay text out.
_PLAIN = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u2010": "-", "\u2011": "-"}
    | dict.fromkeys("\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\t", " ")
    | dict.fromkeys("\u00ad\u200b\ufeff\u2060", "")
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A line of a page's own text."""

    page: int  # from 0, of its volume
    column: tuple[float, float]  # left and right edge of the column's text
    left: float
    top: float
    right: float
    bottom: float
    height: float
    bold: bool
    text: str
    marks: tuple[str, ...] = ()  # marks of footnotes that were left out


@dataclass(frozen=True)
class LaidOut:
    """A volume's own text."""

    volume: Volume
    printed: list[PrintedPage]  # for each page
    lines: list[Line]
    footnotes: frozenset[int]  # pages on which footnotes were left out
    height: float  # of the usual line


def lay_out(volume: Volume) -> LaidOut:
    """Return a volume's own text in reading order."""
    printed = printed_pages(volume.pages)
    heads = _running_heads(volume.pages)
    usual = _usual_height(volume.pages)
    lines, with_footnotes = list[Line](), set[int]()
    for page, number in zip(volume.pages, printed, strict=True):
        held = [piece for piece in page.pieces if piece.text.strip() and not _is_furniture(piece, page, number, heads)]
        notes = _footnotes(held, usual)
        if notes:
            with_footnotes.add(page.index)
        for column in _columns([piece for piece in held if piece not in notes]):
            lines += _lines(column, page.index)
    return LaidOut(volume, printed, lines, frozenset(with_footnotes), usual)


# ── what is printed on every page ──────────────────────────────────────────────────────────────

_Head = tuple[int, str]


def _head(piece: Piece) -> _Head:
    """A piece by its height on the page and its words, whatever numbers stand in it."""
    return round(piece.top / 6), re.sub(r"\d+|\b[ivxlc]+\b", "#", " ".join(piece.text.casefold().split()))


def _running_heads(pages: Sequence[SourcePage]) -> set[_Head]:
    """What stands at the same height with the same words on several pages."""
    counted = Counter(
        head for page in pages for head in {_head(piece) for piece in page.pieces if in_margin(piece, page)}
    )
    return {head for head, count in counted.items() if count >= _REPEATED and head[1] != "#"}


def _is_furniture(piece: Piece, page: SourcePage, number: PrintedPage, heads: set[_Head]) -> bool:
    if not in_margin(piece, page) or _RECOMMENDATION.match(piece.text.strip()):
        return False
    height, words = _head(piece)
    near = any((height + by, words) in heads for by in (-1, 0, 1))
    return near or number_alone(piece, number)


# ── footnotes ──────────────────────────────────────────────────────────────────────────────────


def _usual_height(pages: Sequence[SourcePage]) -> float:
    """The height of most of the volume's text, heads and feet left out."""
    counted = Counter[float]()
    for page in pages:
        for piece in page.pieces:
            counted[piece.height] += 0 if in_margin(piece, page) else len(piece.text)
    return counted.most_common(1)[0][0] if counted else 10.0


def _footnotes(pieces: Sequence[Piece], usual: float) -> list[Piece]:
    """The small text below all other text of its column, if it begins with a mark."""
    body = [piece for piece in pieces if piece.height >= _SMALLER * usual]
    small = [piece for piece in pieces if piece.height < _SMALLER * usual and _stands_below(piece, body)]
    first = min((piece.top for piece in small if _FOOTNOTE.match(piece.text)), default=None)
    return [piece for piece in small if first is not None and piece.bottom >= first]


def _stands_below(piece: Piece, body: Sequence[Piece]) -> bool:
    """Whether there is text above a piece, and none below it."""
    beside = [other for other in body if other.left < piece.right and piece.left < other.right]
    return bool(beside or body) and all(other.bottom <= piece.top + piece.height / 2 for other in beside)


# ── columns ────────────────────────────────────────────────────────────────────────────────────


def _columns(pieces: list[Piece]) -> Iterator[list[Piece]]:
    """The page's pieces column by column, as they are read; what spans the columns parts them."""
    middle = _gutter(pieces)
    if middle is None:
        if pieces:
            yield pieces
        return
    spanning = sorted((piece for piece in pieces if piece.left < middle < piece.right), key=lambda piece: piece.top)
    edges = [*(piece.top for piece in spanning), float("inf")]
    above = float("-inf")
    for place, edge in enumerate(edges):
        band = [piece for piece in pieces if piece not in spanning and above <= piece.top < edge]
        for side in (
            [piece for piece in band if piece.right <= middle],
            [piece for piece in band if piece.left >= middle],
        ):
            yield from _columns(side)
        if place < len(spanning):
            yield [spanning[place]]
        above = edge


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where the empty strip between two columns stands; None if there is none."""
    if len(pieces) < 2 * _FEWEST_LINES:
        return None
    left, right = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    # Every second point is near enough, and bounds the time that a page full of single letters takes.
    edges = sorted({2 * math.ceil(piece.right / 2) for piece in pieces})
    best: tuple[int, float] | None = None
    for edge in edges:
        after = min((piece.left for piece in pieces if piece.left >= edge), default=None)
        if after is None or after - edge < _GUTTER:
            continue
        middle = (edge + after) / 2
        spanning = sum(piece.left < middle < piece.right for piece in pieces)
        if _parts_columns(pieces, middle, right - left, spanning) and (best is None or spanning < best[0]):
            best = spanning, middle
    return best[1] if best else None


def _parts_columns(pieces: Sequence[Piece], middle: float, width: float, spanning: int) -> bool:
    sides = ([one for one in pieces if one.right <= middle], [one for one in pieces if one.left >= middle])
    if any(len(_baselines(side)) < _FEWEST_LINES for side in sides) or spanning > min(map(len, sides)):
        return False
    if any(statistics.median(one.right - one.left for one in side) < _NARROWEST * width for side in sides):
        return False
    top, bottom = (
        max(min(one.top for one in side) for side in sides),
        min(max(one.bottom for one in side) for side in sides),
    )
    return bottom - top > pieces[0].height


def _baselines(pieces: Iterable[Piece]) -> set[int]:
    return {round(piece.bottom / 3) for piece in pieces}


# ── lines ──────────────────────────────────────────────────────────────────────────────────────


def _lines(pieces: Sequence[Piece], page: int) -> Iterator[Line]:
    """The lines of a column, from its top."""
    column = min(piece.left for piece in pieces), max(piece.right for piece in pieces)
    row = list[Piece]()
    for piece in sorted(pieces, key=lambda piece: (piece.bottom, piece.left)):
        if row and piece.bottom - max(one.bottom for one in row) > 0.45 * min(piece.height, row[0].height):
            yield _line(row, page, column)
            row = []
        row.append(piece)
    if row:
        yield _line(row, page, column)


def plain_letters(text: str) -> str:
    """Return text with joined letters as letters, spaces that only lay text out as spaces, and nothing invisible in it."""
    return usable(re.sub("\u00ad$", "-", text.rstrip()).translate(_PLAIN))


def _line(row: list[Piece], page: int, column: tuple[float, float]) -> Line:
    row.sort(key=lambda piece: piece.left)
    text, marks = "", list[str]()
    for piece in row:
        text += " " * bool(text)
        for part, raised in piece.runs:
            if raised and _MARK.fullmatch(part):
                marks.append(part.strip())
            else:
                text += part
    plain = plain_letters(text)
    marks += _SMALL_DIGITS.findall(plain)
    plain = " ".join(_SMALL_DIGITS.sub("", plain).split())
    return Line(
        page,
        column,
        row[0].left,
        min(piece.top for piece in row),
        max(piece.right for piece in row),
        max(piece.bottom for piece in row),
        statistics.mode(piece.height for piece in row),
        all(piece.bold for piece in row),
        plain,
        tuple(marks),
    )
