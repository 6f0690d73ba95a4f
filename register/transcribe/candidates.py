"""Where in a report each recommendation stands, by its headings and numbers, and how sure that is."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from register.model import LONGEST_TEXT, NamedTerm
from register.transcribe.joined_lines import Usage, join, usual_distance
from register.transcribe.layout import LaidOut, Line

Confidence = Literal["high", "medium", "low"]
MOST_PAGES = 4  # over which a wording is followed

_PARAGRAPH = r"(?P<paragraph>\d{1,3}(?:\.\d{1,3}){1,3})\.?"
_HEADING = re.compile(
    rf"(?:{_PARAGRAPH}\s+)?(?:recommendation|rec\.?)\s+(?:no\.?\s*|number\s+)?(?P<number>\d{{1,4}})(?!\d|\.\d)\s*(?P<sign>[.:)\]–—-]*)\s*(?P<rest>.*)",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(?P<number>\d{1,4})(?P<sign>[.)])\s+(?P<rest>\S.*)")
_SECTION = re.compile(r"(?:[\dA-Z.]+\s+)?(?:[\w’'-]+\s+){0,5}recommendations(?:\s+\w+){0,4}", re.IGNORECASE)
_OWN_PARAGRAPH = re.compile(rf"{_PARAGRAPH}\s+(?=\S)")
_LISTED_PAGE = re.compile(r".*(\.\s?){4,}\s*\d*|[A-Za-z ]+\d+[\s.]+\d+")  # a line of a table of contents
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
_DUTY = re.compile(r"\b(?:should|must|shall|needs? to|is to|are to)\b", re.IGNORECASE)

_LONGEST_LINE = 1_000  # characters of a line in which a heading is looked for
_SECTION_LINES = 400  # above a recommendation, in which the heading of its section is looked for
_SAME_EDGE = 8.0  # points by which lines may begin apart and still stand at one edge

Place = tuple[int, tuple[float, float, float, float]]  # a page from 0, and a part of it


@dataclass(frozen=True)
class Candidate:
    """A passage that may be the wording of a recommendation."""

    number: int
    text: str
    volume: int | None
    page: str  # as printed: 147, or 147-148
    page_found: str  # how the number was found
    paragraph: str | None
    addressed_to: tuple[str, ...]  # ids of bodies
    confidence: Confidence
    reasons: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True)
class _Start:
    """A line at which a recommendation may begin."""

    at: int  # the place of the line
    number: int
    rest: str  # what follows the number on its line
    paragraph: str | None
    is_heading: bool  # "Recommendation 12", and not a mere "12."
    stands_out: bool  # in a bold or larger face, or alone on its line


def candidates(laid_out: LaidOut, usage: Usage, total: int, bodies: Sequence[NamedTerm]) -> list[Candidate]:
    """Return the passages of a volume that may be recommendations, in the order of the report.

    Args:
        laid_out: the volume's own text.
        usage: how the report writes its words.
        total: the greatest number that a recommendation has.
        bodies: those that a recommendation may be addressed to.
    """
    starts = [start for start in _starts(laid_out) if 1 <= start.number <= total]
    around = _Around(laid_out, usage, usual_distance(laid_out.lines), {start.at for start in starts}, bodies)
    return [found for start in starts if (found := _candidate(around, start))]


@dataclass(frozen=True)
class _Around:
    """What a passage is read with."""

    laid_out: LaidOut
    usage: Usage
    distance: float  # from line to line
    starts: set[int]  # where a recommendation begins
    bodies: Sequence[NamedTerm]


# ── where one begins ───────────────────────────────────────────────────────────────────────────


def _starts(laid_out: LaidOut) -> list[_Start]:
    headings = list(_headings(laid_out))
    return sorted([*headings, *_numbered(laid_out, headings)], key=lambda start: start.at)


def _headings(laid_out: LaidOut) -> Iterator[_Start]:
    """Lines such as "Recommendation 12" and "6.21 Recommendation 12: The council …", but no sentence that names one."""
    for at, line in enumerate(laid_out.lines):
        match = _HEADING.fullmatch(line.text) if len(line.text) <= _LONGEST_LINE else None
        if not match or _LISTED_PAGE.fullmatch(line.text):
            continue
        rest, alone = match["rest"], not match["rest"]
        stands_out = alone or _stands_out(line, laid_out.height)
        before = laid_out.lines[at - 1] if at else None
        goes_on = before is not None and not alone and not match["sign"] and not _is_apart(before, line)
        if stands_out or (match["sign"] and not goes_on) or (rest[:1].isupper() and not goes_on):
            yield _Start(at, int(match["number"]), rest, match["paragraph"], True, stands_out)


def _numbered(laid_out: LaidOut, headings: Sequence[_Start]) -> Iterator[_Start]:
    """Numbers that grow by one below a heading that speaks of recommendations: "12. The council …"."""
    own, due, left = {start.at for start in headings}, 0, 0.0
    for at, line in enumerate(laid_out.lines):
        if len(line.text) > _LONGEST_LINE:
            continue
        if at in own:
            due = 0  # each has a heading of its own here: what is counted below it is a list in it
        elif _is_section(line, laid_out):
            due = -1
        elif due and (match := _NUMBERED.fullmatch(line.text)) and not _LISTED_PAGE.fullmatch(line.text):
            number = int(match["number"])
            # A list inside a recommendation is moved in.
            if due == -1 or (due == number and abs(line.left - line.column[0] - left) < _SAME_EDGE):
                due, left = number + 1, line.left - line.column[0]
                yield _Start(at, number, match["rest"], None, False, _stands_out(line, laid_out.height))


def _is_section(line: Line, laid_out: LaidOut) -> bool:
    return bool(_SECTION.fullmatch(line.text.rstrip(".:"))) and _stands_out(line, laid_out.height)


def _stands_out(line: Line, usual: float) -> bool:
    return line.bold or line.height > 1.1 * usual


def _is_apart(before: Line, line: Line) -> bool:
    """Whether there is more room above a line than between the lines of a paragraph."""
    if before.page != line.page or before.column != line.column:
        return bool(re.search(r"[.!?:]\W*$", before.text))
    return line.top - before.bottom > 0.35 * line.height or bool(before.bold and not line.bold)


# ── what belongs to it ─────────────────────────────────────────────────────────────────────────


def _candidate(around: _Around, start: _Start) -> Candidate | None:
    laid_out = around.laid_out
    lines, ended, sure = _passage(around, start)
    title = _title(lines, laid_out.height) if start.is_heading else 0
    lines, titled = lines[title:], lines[:title]
    if not lines:
        return None
    paragraph = start.paragraph
    if own := _OWN_PARAGRAPH.match(lines[0].text):
        paragraph = own["paragraph"]
        lines[0] = replace(lines[0], text=lines[0].text[own.end() :])
    joined = join(lines, around.usage, around.distance)
    text = joined.text
    reasons, doubts = [_beginning(start), ended], list[str]()
    if titled:
        reasons.append(f"its heading was left out: '{' '.join(line.text for line in titled)[:120]}'")
    if not sure:
        doubts.append("look whether it ends there")
    if joined.guessed:
        words = ", ".join(f"'{word}'" for word in dict.fromkeys(joined.guessed))
        doubts.append(f"parted at a line's end, and written nowhere else: {words}")
    if joined.page_ends_sentence:
        doubts.append("a page or column ends with a sentence: look whether a paragraph ends there, too")
    if marks := [mark for line in lines for mark in line.marks]:
        reasons.append(f"marks of footnotes were left out: {', '.join(marks)}")
    if pages := sorted(laid_out.footnotes & {line.page for line in lines}):
        reasons.append(f"footnotes were left out at the foot of {_pages_in_words(laid_out, pages)}")
    if len(text) > LONGEST_TEXT:
        doubts.append(f"it has {len(text)} characters, and a wording may have {LONGEST_TEXT}")
    addressed, named = _addressees(around, start, text)
    reasons += [named] if named else []
    page, how = _printed(laid_out, lines)
    weak = not start.is_heading or not start.stands_out
    confidence: Confidence = "low" if len(doubts) > 1 else "medium" if doubts or weak else "high"
    return Candidate(
        start.number, text, laid_out.volume.number, page, how, paragraph, addressed, confidence,
        (*reasons, *doubts), tuple(_places(laid_out.lines[start.at], lines)),
    )  # fmt: skip


def _title(lines: Sequence[Line], usual: float) -> int:
    """How many of a passage's first lines are a title: they stand out, what follows does not, and they ask nothing of anybody."""
    first = next((place for place, line in enumerate(lines) if not _stands_out(line, usual)), 0)
    return 0 if _DUTY.search(" ".join(line.text for line in lines[:first])) else first


def _beginning(start: _Start) -> str:
    if not start.is_heading:
        return f"begins with the number {start.number} below a heading that speaks of recommendations"
    how = "a heading of its own" if start.stands_out else "words that do not stand out as a heading"
    return f"begins with {how}, 'Recommendation {start.number}'"


def _passage(around: _Around, start: _Start) -> tuple[list[Line], str, bool]:
    """The lines of a recommendation, where they end in words, and whether that is sure."""
    laid_out = around.laid_out
    first = laid_out.lines[start.at]
    lines = [replace(first, text=start.rest)] if start.rest else []
    for at in range(start.at + 1, len(laid_out.lines)):
        line = laid_out.lines[at]
        if at in around.starts:
            return lines, "ends where the next one begins", True
        if line.page - first.page >= MOST_PAGES:
            return lines, f"was followed over {MOST_PAGES} pages only", False
        if lines and (ended := _end(line, lines, laid_out.height, around.distance)):
            return lines, *ended
        if len(lines) == 1 and start.rest and line.page == first.page and line.column == first.column:
            lines[0] = replace(
                lines[0], left=max(first.left, line.left)
            )  # the number stands out to the left of the text
        lines.append(line)
    return lines, "ends where the volume ends", False


def _end(line: Line, lines: Sequence[Line], usual: float, distance: float) -> tuple[str, bool] | None:
    """Whether a line does not belong to the passage any more: why, and whether that is sure."""
    before = lines[-1]
    stood_out = _stands_out(before, usual)
    if not stood_out and _stands_out(line, usual) and line.height >= before.height:
        return f"ends at the heading '{line.text[:60]}'", True
    if stood_out and not _stands_out(line, usual) and _DUTY.search(" ".join(one.text for one in lines)):
        return "ends where the bold or larger text ends", True
    if stood_out and not _DUTY.search(" ".join(one.text for one in lines)):
        return None  # so far there is only a title
    if (own := _OWN_PARAGRAPH.match(line.text)) and _is_apart(before, line):
        return f"ends where paragraph {own['paragraph']} begins", True
    if line.left - line.column[0] < min(one.left - one.column[0] for one in lines) - _SAME_EDGE and _is_apart(
        before, line
    ):
        return "ends where the text is no longer moved in", True
    same = line.page == before.page and line.column == before.column
    if same and line.bottom - before.bottom > 2.6 * distance > 0:
        return "ends where much room follows", False
    return None


# ── what is said of it ─────────────────────────────────────────────────────────────────────────


def _printed(laid_out: LaidOut, lines: Sequence[Line]) -> tuple[str, str]:
    first, last = laid_out.printed[lines[0].page], laid_out.printed[lines[-1].page]
    grows = not (first.text.isdigit() and last.text.isdigit()) or int(first.text) < int(last.text)
    return f"{first.text}-{last.text}" if grows and first.text != last.text else first.text, first.how


def _pages_in_words(laid_out: LaidOut, pages: Iterable[int]) -> str:
    texts = [laid_out.printed[page].text for page in pages]
    return f"page {texts[0]}" if len(texts) == 1 else f"pages {', '.join(texts)}"


def _places(heading: Line, lines: Sequence[Line]) -> Iterator[Place]:
    """The parts of pages on which a passage stands, each with a little around it."""
    for page in dict.fromkeys(line.page for line in lines):
        held = [line for line in [heading, *lines] if line.page == page]
        left, top = min(line.column[0] for line in held), min(line.top for line in held)
        right, bottom = max(line.column[1] for line in held), max(line.bottom for line in held)
        yield page, (left - 24, top - 18, right + 24, bottom + 18)


def _addressees(around: _Around, start: _Start, text: str) -> tuple[tuple[str, ...], str]:
    """The bodies to which a recommendation is addressed, by their ids, and why; none if nothing says so.

    They are named in a sentence before its "should", or else in the heading of the section in which it stands.
    """
    subjects = " … ".join(
        sentence[: duty.start()] for sentence in _SENTENCE.split(text) if (duty := _DUTY.search(sentence))
    )
    if named := _named(subjects, around.bodies):
        return tuple(body.id for body in named), f"names {_labels(named)} before 'should' or the like"
    heading = _section(around, start)
    named = _named(heading, around.bodies)
    why = f"stands below the heading '{heading[:80]}', which names {_labels(named)}" if named else ""
    return tuple(body.id for body in named), why


def _named(text: str, bodies: Sequence[NamedTerm]) -> list[NamedTerm]:
    return [body for body in bodies if re.search(rf"(?i)(?<!\w){re.escape(body.label)}(?!\w)", text)]


def _labels(bodies: Sequence[NamedTerm]) -> str:
    return ", ".join(body.label for body in bodies)


def _section(around: _Around, start: _Start) -> str:
    """The nearest heading above a recommendation that is not a recommendation's own."""
    lines, usual = around.laid_out.lines, around.laid_out.height
    for at in range(start.at - 1, max(-1, start.at - _SECTION_LINES), -1):
        if at not in around.starts and at - 1 not in around.starts and _stands_out(lines[at], usual):
            return lines[at].text
    return ""


def compared(found: Sequence[Candidate]) -> dict[int, list[str]]:
    """Return what is to be said of candidates that have their number in common, by their place in the sequence."""
    said: dict[int, list[str]] = {}
    for place, one in enumerate(found):
        others = [other for other in found if other.number == one.number and other is not one]
        same = [other for other in others if other.text == one.text]
        if same:
            said.setdefault(place, []).append(f"the same words stand in {_where(same[0])}, too")
        if len(same) < len(others):
            other = next(other for other in others if other.text != one.text)
            said.setdefault(place, []).append(f"other words stand under the same number in {_where(other)}: refuse one")
    return said


def _where(candidate: Candidate) -> str:
    volume = f"volume {candidate.volume}, " if candidate.volume else ""
    return f"{volume}page {candidate.page}"
