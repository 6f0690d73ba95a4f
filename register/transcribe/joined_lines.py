"""Lines as text: words that were parted at a line's end are joined, paragraphs and lists stay what they are.

A hyphen at a line's end belongs to the word ("child-centred") or was put there by the printer ("safe-guarding"). The
report's other words decide: how the word is written elsewhere in it. What stays a guess is said.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from register.transcribe.layout import Line

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BEFORE_HYPHEN, _AFTER_HYPHEN = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)-$"), re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BULLET = re.compile(r"([•●▪■◦‣∙·\uf0b7\uf0a7]|[-–—o](?=\s))\s*(?=\S)")
_COUNTED = re.compile(r"(\(?(?:\d{1,2}|[a-z]|[ivx]{1,5})\)|\d{1,2}\.|[a-z]\.)\s+(?=\S)")
BULLETS = "•●▪■◦‣∙·\uf0b7\uf0a7–—o-"  # what printers put before the items of a list
_SURE_BULLET = re.compile(r"[•●▪■◦‣∙\uf0b7\uf0a7]")
_LIST_COMES = re.compile(r"([:;,.–—]|\band|\bor)$")
_ENDS = re.compile(r"[.!?:;][’”\"')\]]*$")
# In lines' heights: how far a line must be from the one above, and how far it must be moved in, to begin a paragraph.
_GAP, _INDENT = 0.35, 0.7
_COMMON = 0.05  # of all distances between lines: fewer are chance
_FULL = 0.88  # of the column's width: a line that goes on in the next one


@dataclass(frozen=True)
class Usage:
    """How often each word stands in a report within a line, where no printer could part it."""

    words: Counter[str]

    @classmethod
    def of(cls, lines: Iterable[Line]) -> "Usage":
        """Count the words of lines, but those that a line's end may have parted."""
        counted = Counter[str]()
        for before, line in _with_before(lines):
            held = [word.casefold() for word in _WORD.findall(line.text)]
            parted_before = before is not None and before.text.endswith("-")
            counted.update(held[int(parted_before) : len(held) - line.text.endswith("-")])
        return cls(counted)

    def joined(self, first: str, second: str) -> tuple[str, bool]:
        """Return a word that a line's end parted, and whether the report itself shows how it is written."""
        whole, hyphened = f"{first}{second}", f"{first}-{second}"
        as_one, as_two = self.words[whole.casefold()], self.words[hyphened.casefold()]
        if as_one != as_two:
            return (whole if as_one > as_two else hyphened), True
        both_words = self.words[first.casefold()] and self.words[second.casefold()]
        return (hyphened if both_words else whole), False


@dataclass
class JoinedText:
    """Lines as text."""

    paragraphs: list[str] = field(default_factory=list)
    listed: list[bool] = field(default_factory=list)  # for each, whether it is an item of a list
    guessed: list[str] = field(default_factory=list)  # words whose hyphen is a guess
    page_ends_sentence: bool = False  # whether a page ends with a sentence, so that a paragraph may end there, too
    _mark_at: float = 0.0
    _mark: str = ""

    @property
    def text(self) -> str:
        """Paragraphs with a blank line between, items of a list one a line."""
        made = ""
        for place, paragraph in enumerate(self.paragraphs):
            together = place and self.listed[place] and self.listed[place - 1]
            made += ("\n" if together else "\n\n" if place else "") + paragraph
        return made


def join(lines: Sequence[Line], usage: Usage, usual: float) -> JoinedText:
    """Return lines that follow one another as text.

    Args:
        lines: of one passage, in reading order.
        usage: how the report writes its words.
        usual: the usual distance from line to line in the volume.
    """
    made = JoinedText()
    gap = min((held for held in (usual_distance(lines), usual) if held), default=0.0)
    for before, line in _with_before(lines):
        item = _item(line, before, made)
        if item:
            _begin(made, item, True, line)
        elif before is None or _begins_paragraph(line, before, made, gap):
            _begin(made, line.text, False, line)
        else:
            made.paragraphs[-1] = _continued(made.paragraphs[-1], line.text, usage, made.guessed)
    return made


def _with_before(lines: Iterable[Line]) -> Iterator[tuple[Line | None, Line]]:
    before = None
    for line in lines:
        yield before, line
        before = line


def _begin(made: JoinedText, text: str, is_item: bool, line: Line) -> None:
    made.paragraphs.append(text)
    made.listed.append(is_item)
    made._mark_at = line.left


def _item(line: Line, before: Line | None, made: JoinedText) -> str:
    """A line that begins an item of a list, with its mark as typed; "" if it begins none."""
    in_list = bool(made.listed and made.listed[-1])
    comes = before is None or in_list or bool(_LIST_COMES.search(before.text))
    if match := _BULLET.match(line.text):
        sure = _SURE_BULLET.match(line.text) or (comes and (in_list or before is None or line.left > before.left + 2))
        return f"- {line.text[match.end() :]}" if sure else ""
    if (match := _COUNTED.match(line.text)) and comes:
        return f"{match[1]} {line.text[match.end() :]}"
    return ""


def usual_distance(lines: Sequence[Line]) -> float:
    """Return the usual distance from one line of a paragraph to the next: the smallest that is common; 0 if there is none."""
    counted = Counter(
        round(2 * (line.bottom - before.bottom)) / 2
        for before, line in _with_before(lines)
        if before and line.page == before.page and line.column == before.column and line.bottom > before.bottom
    )
    common = max(2, counted.total() * _COMMON)
    return min((distance for distance, count in counted.items() if count >= common), default=min(counted, default=0.0))


def _begins_paragraph(line: Line, before: Line, made: JoinedText, gap: float) -> bool:
    if line.page != before.page or line.column != before.column:
        return _begins_after_break(line, before, made)
    if line.bottom - before.bottom > gap + _GAP * line.height:
        return True
    if made.listed[-1]:  # an item goes on in what is moved in further than its mark, or below a full line
        hangs = before.left > made._mark_at + 1  # the item's own lines are moved in
        out = line.left - made._mark_at
        return out < -1 or (out <= 1 and (hangs or not _is_full(before)))
    moved_in = line.left - line.column[0] > _INDENT * line.height and before.left - before.column[0] < 1
    return moved_in and bool(_ENDS.search(before.text))


def _begins_after_break(line: Line, before: Line, made: JoinedText) -> bool:
    """Whether a paragraph begins at the top of a page or column: it does if the one before clearly ended."""
    if not _ENDS.search(before.text):
        return False
    made.page_ends_sentence = True
    return not _is_full(before) or line.left - line.column[0] > _INDENT * line.height


def _is_full(line: Line) -> bool:
    left, right = line.column
    return line.right - left > _FULL * (right - left)


def _continued(text: str, more: str, usage: Usage, guessed: list[str]) -> str:
    first, second = _BEFORE_HYPHEN.search(text), _AFTER_HYPHEN.match(more)
    if first and second and second[0][0].islower():
        word, known = usage.joined(first[1], second[0])
        if not known:
            guessed.append(word)
        return f"{text[: first.start()]}{word}{more[second.end() :]}"
    joins = text.endswith(("-", "/")) and not text.endswith((" -", " /"))
    return f"{text}{'' if joins else ' '}{more}"
