"""Whether every wording of the register stands in the report, word for word, at the page given; and the record of it.

Only what printing does to a text is undone before the two are compared: line ends and other white space, words parted at a
line's end, joined letters, the shape of quotation marks, and the marks before the items of a list.
"""

import bisect
import difflib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from register.model import Recommendation, Wording
from register.problems import Problem
from register.state.wording import place_in_report
from register.state.wording_proof import wording_digest
from register.transcribe.joined_lines import BULLETS
from register.transcribe.layout import LaidOut, Line, plain_letters

_PARTED = "\x02"  # stands in a report's text where a line ends with a hyphen, which may or may not belong to the word
_QUOTES = str.maketrans({"‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"'})
_ITEM = re.compile(rf"(?:^|\n)[ \t]*(?:[{re.escape(BULLETS)}])[ \t]+")
_SHOWN = 240  # characters of the nearest text in a message
_RUN = 2  # words that follow one another, by which pages are compared with a wording
_ALIKE = 0.25  # of a wording's runs of words: fewer in common are chance


@dataclass(frozen=True)
class ReportText:
    """A volume's own text in one piece, and where each page begins in it."""

    laid_out: LaidOut
    text: str
    begins: list[int]  # for each line
    pages: list[int]  # for each line

    @classmethod
    def of(cls, laid_out: LaidOut) -> "ReportText":
        """Join a volume's lines."""
        text, begins = "", list[int]()
        parts = list[str]()
        length = 0
        for line in laid_out.lines:
            part = _in_stream(line)
            begins.append(length)
            parts.append(part)
            length += len(part)
        text = "".join(parts)
        return cls(laid_out, text, begins, [line.page for line in laid_out.lines])

    def page(self, at: int) -> str:
        """The printed page on which a character stands."""
        return self.laid_out.printed[self.pages[bisect.bisect_right(self.begins, at) - 1]].text

    def printed(self, start: int, end: int) -> str:
        """The printed page of a passage, or first and last page, as the register writes it."""
        first, last = self.page(start), self.page(end - 1)
        return first if first == last else f"{first}-{last}"


def _in_stream(line: Line) -> str:
    """A line as part of a volume's text."""
    text = line.text.translate(_QUOTES)
    if text.endswith("-") and not text.endswith(" -"):
        return text[:-1] + _PARTED
    return text if text.endswith("/") else f"{text} "


def pattern(wording: str) -> re.Pattern[str]:
    """Return what finds a wording in a report's text, however it is printed there."""
    text = _ITEM.sub("\n\x03", plain_letters(wording).translate(_QUOTES).strip())
    made, before = list[str](), ""
    for part in re.findall(r"\s*\x03|\s+|.", text):
        if part.endswith("\x03"):
            made.append(rf"(?:^|(?<=\s)){_bullet()}" if not before else rf"\s+{_bullet()}")
        elif part.isspace():
            made.append(r"\s+")
        elif part == "-":
            made.append(f"[-{_PARTED}]")
        else:
            joined = before.isalnum() and part.isalnum()
            made.append(f"{_PARTED}?{re.escape(part)}" if joined else re.escape(part))
        before = part
    return re.compile("".join(made))


def _bullet() -> str:
    return rf"[{re.escape(BULLETS)}]\s*"


def mistakes(records: Sequence[Recommendation], volumes: Sequence[LaidOut]) -> list[Problem]:
    """Return where a wording of the register is not what the report says, or not where it says it."""
    texts = [ReportText.of(volume) for volume in volumes]
    return [problem for record in records if record.wording for problem in _mistakes(record, record.wording, texts)]


def _mistakes(record: Recommendation, wording: Wording, texts: Sequence[ReportText]) -> Iterator[Problem]:
    held = [text for text in texts if _is_volume(text, wording.volume)]
    if not held:
        yield _problem(
            record,
            "volume",
            f"no file of the report is volume {wording.volume}",
            "name that file, too",
            "volume-missing",
        )
        return
    looked_for = pattern(wording.text)
    found = [
        (text, text.printed(match.start(), match.end())) for text in held for match in looked_for.finditer(text.text)
    ]
    if not found:
        yield _not_found(record, wording, held)
    elif all(page != wording.page for _, page in found):
        pages = " or ".join(dict.fromkeys(page for _, page in found))
        what = f"the wording does not stand at {place_in_report(wording)}; the report has it at page {pages}"
        yield _problem(record, "page", what, f"write page: {found[0][1]}", "wording-page")


def _is_volume(text: ReportText, number: int | None) -> bool:
    own = text.laid_out.volume.number
    return number is None or own is None or own == number


def _problem(record: Recommendation, field: str, what: str, to_do: str, kind: str) -> Problem:
    origin = record.wording.origin if record.wording else None
    path, line = (origin.path, origin.line_of(field)) if origin else ("data/recommendations.yml", 1)
    return Problem(path, line, f"recommendation {record.number}", what, to_do, kind)


def _not_found(record: Recommendation, wording: Wording, texts: Sequence[ReportText]) -> Problem:
    near = _nearest(wording.text, texts)
    if near is None:
        what, to_do = "the wording does not stand in the report, and nothing like it does", "copy it from the report"
    else:
        volume = near.text.laid_out.volume.number
        where = f"{f'volume {volume}, ' if volume else ''}page {near.page}"
        what = f"the wording does not stand in the report; the nearest text is at {where}: '{_short(near.words)}'"
        to_do = f"the report says {near.theirs} where the register says {near.ours}: copy the report's words"
    return _problem(record, "text", what, to_do, "wording-not-found")


# ── the nearest text ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _Near:
    text: ReportText
    page: str
    words: str
    theirs: str  # the first words that differ, in the report
    ours: str


def _nearest(wording: str, texts: Sequence[ReportText]) -> _Near | None:
    """The passage that has most runs of words in common with a wording, and the first words that differ."""
    words = _plain(wording).split()
    runs = set(_runs(_folded(words)))
    best: tuple[int, ReportText, int] | None = None
    for text in texts:
        for at in _page_begins(text):
            alike = len(runs & set(_runs(_folded(_plain(text.text[at : _after(text, at, wording)]).split()))))
            if alike and (best is None or alike > best[0]):
                best = alike, text, at
    if best is None or best[0] < _ALIKE * len(runs):
        return None
    _, text, at = best
    theirs = _plain(text.text[at : _after(text, at, wording)]).split()
    return _compared(text, at, theirs, words)


def _compared(text: ReportText, at: int, theirs: list[str], ours: list[str]) -> _Near:
    matcher = difflib.SequenceMatcher(None, _folded(theirs), _folded(ours), autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    longest = max(blocks, key=lambda block: block.size)
    start = max(0, longest.a - longest.b)
    end = min(len(theirs), blocks[-1].a + len(ours) - blocks[-1].b)
    theirs = theirs[start:end]
    changes = difflib.SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes()
    _, a, b, c, d = next((change for change in changes if change[0] != "equal"), ("", 0, 0, 0, 0))
    page = text.page(at + len(_first_characters(text.text[at:], start)))
    return _Near(text, page, " ".join(theirs), _named(theirs[a:b]), _named(ours[c:d]))


def _folded(words: Sequence[str]) -> list[str]:
    return [word.casefold() for word in words]


def _first_characters(text: str, words: int) -> str:
    """A text up to its word of this number."""
    match = re.match(rf"(?:\S+\s+){{{words}}}", text)
    return match[0] if match else ""


def _named(words: Sequence[str]) -> str:
    return f"'{_short(' '.join(words))}'" if words else "nothing"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def _plain(text: str) -> str:
    """A text for comparing words: words that a line's end parted are one, or stay two with a hyphen, by how they begin."""
    return _ITEM.sub(" ", text).translate(_QUOTES).replace(_PARTED, "-")


def _runs(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    yield from (tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def _page_begins(text: ReportText) -> Iterator[int]:
    last = None
    for begin, page in zip(text.begins, text.pages, strict=True):
        if page != last:
            yield begin
        last = page


def _after(text: ReportText, at: int, wording: str) -> int:
    """Where to stop looking: a page after the one that begins here, or further for a long wording."""
    return min(len(text.text), at + 6000 + 2 * len(wording))


# ── the record of it ───────────────────────────────────────────────────────────────────────────

_TOP = """\
# yaml-language-server: $schema=../.vscode/schemas/proved.json
# Which wordings stand in the published report, word for word. Written by 'make verify'; do not change it by hand.
# A wording that is changed afterwards is not proved any more, until 'make verify' has found it again.
"""


def proof_text(records: Sequence[Recommendation], volumes: Sequence[LaidOut], day: str) -> str:
    """Return the text of the file that records which wordings were found in which files, and when."""
    lines = [f"{_TOP}on: {day}", "files:"]
    for laid_out in volumes:
        volume = laid_out.volume
        lines.append(f"  - name: {json.dumps(volume.path.name, ensure_ascii=False)}")
        lines += [f"    volume: {volume.number}"] if volume.number else []
        lines += [f"    pages: {len(volume.pages)}", f"    sha256: {volume.sha256}"]
    lines.append("wordings:")
    for record in records:
        if record.wording:
            lines += [f"  - number: {record.number}", f"    sha256: {wording_digest(record.wording)}"]
    return "\n".join(lines) + "\n"
