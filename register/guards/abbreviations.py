"""Whether an abbreviation is explained where readers meet it."""

import re
from collections.abc import Iterator

from register.guards.guard import READ_FIRST, Finding, Words, or_except
from register.guards.passages import HOLE, Passage

GUARD = "abbreviations"

# What everybody in the United Kingdom knows better by its letters than by its words. A name that only one place knows, such as
# a local team's, belongs in data/exceptions.yml.
KNOWN = frozenset((
    "A&E", "AM", "BBC", "BST", "CCTV", "CD", "COVID", "DIY", "DNA", "DVD", "EU", "FAQ", "GCSE",
    "GMT", "GOV", "GP", "HIV", "HM", "HR", "ID", "IQ", "IT", "ITV", "JP", "KC", "LGBT", "LGBTQ", "MP",
    "NHS", "NSPCC", "OK", "PC", "PDF", "PhD", "PIN", "PM", "QC", "QR", "SIM", "SMS", "TV", "UK", "UN",
    "US", "USA", "USB", "VAT", "VIP", "WC",
))  # fmt: skip
# Words in capitals that mean what they say.
_EMPHASIS = frozenset((
    "ALL", "ALSO", "AND", "ANY", "ARE", "AS", "AT", "BE", "BEFORE", "BUT", "BY", "CAN", "DO", "DOES", "EVERY",
    "FIRST", "FOR", "HELP", "HOW", "IF", "IN", "IS", "IT", "MAY", "MUST", "NEVER", "NEW", "NO", "NONE", "NOT",
    "NOTE", "NOW", "OF", "OFF", "OLD", "ON", "ONE", "ONLY", "OR", "OUT", "PLEASE", "SAFE", "SO", "STOP", "THE",
    "THIS", "TO", "UP", "WE", "WHAT", "WHEN", "WHO", "WHY", "WILL", "WITH", "YES", "YOU", "YOUR",
))  # fmt: skip
_ROMAN = re.compile(r"[IVXLC]+")
# MASH, LADOs, DfE, S&P; not what is joined to digits, such as a postcode or a standard's number, nor a single letter.
_ABBREVIATION = re.compile(
    r"(?<![\w.@&-])(?:[A-Z]+(?:&[A-Z]+)+|[A-Z]{2,}|[A-Z][a-z]{1,2}[A-Z]+)(?=s?(?![\w&@]|[-.]\w))"
)
_SHORT = r"([A-Z][A-Za-z&]{0,12}[A-Z])s?"
_BEFORE = re.compile(rf"\((?:the |or )?[\"'\u2018\u201c]?{_SHORT}[\"'\u2019\u201d]?(?=[),; ])")
_BEHIND = (
    re.compile(rf"\b{_SHORT}\s\((?!\d)[^()\s]+\s[^()]*\)"),
    re.compile(rf"\b{_SHORT},?\s(?:means?|stands?\sfor|is\sshort\sfor)"),
)
_TYPED_WORD = re.compile(r"[^\W\d_]+")


def abbreviations_are_explained(words: Words) -> Iterator[Finding]:
    """An abbreviation stands once on each page, and in each record, beside its long form: "safeguarding hub (MASH)".

    What everybody knows, such as NHS, need not.
    """
    known = KNOWN | _EMPHASIS | _of_register(words)
    read_together: dict[tuple[str, str], list[Passage]] = {}
    for passage in words.passages:
        if not passage.quoted:
            read_together.setdefault((passage.path, passage.record), []).append(passage)
    for passages in read_together.values():
        yield from _unexplained(passages, known)


def _unexplained(passages: list[Passage], known: frozenset[str]) -> Iterator[Finding]:
    seen = {*known, *_explained("\n".join(passage.text for passage in passages))}
    for passage in passages:
        for found in _ABBREVIATION.finditer(passage.text):
            short = found[0]
            if short in seen or _ROMAN.fullmatch(short) or _in_capitals(passage.text, found):
                continue
            seen.add(short)
            what = f"what does '{short}' stand for?"
            exception = or_except(GUARD, "everybody who reads it knows it", "it")
            to_do = f"write its long form once, with '({short})' behind it; {exception}"
            yield Finding(passage, found.start(), short, what, to_do, passage.path not in READ_FIRST)


def _of_register(words: Words) -> frozenset[str]:
    """What the register itself explains: the macro of the partnership's name shows both forms."""
    return frozenset({words.register.header.partnership.short_name}) if words.register else frozenset()


def _in_capitals(text: str, found: re.Match[str]) -> bool:
    """Whether a word beside it stands in capitals, too: then a whole phrase does, as some people write for emphasis."""
    before, after = (
        text[max(0, found.start() - 30) : found.start()].split(),
        text[found.end() : found.end() + 30].split(),
    )
    return any(re.fullmatch(r"[A-Z]{4,}[.,!?]?", near) for near in (*before[-1:], *after[:1]))


def _explained(text: str) -> set[str]:
    """What is explained: words stand before ``(MASH)``, or ``MASH (words)``, or ``MASH means words``."""
    return {found[1] for found in _BEFORE.finditer(text) if _can_mean(text, found)} | {
        found[1] for pattern in _BEHIND for found in pattern.finditer(text)
    }


def _can_mean(text: str, found: re.Match[str]) -> bool:
    """Whether words that can be its long form stand before an abbreviation in brackets: a macro, or one with its first letter."""
    before = text[max(0, found.start() - 150) : found.start()]
    words = _TYPED_WORD.findall(before)[-2 * len(found[1]) - 2 :]
    return HOLE in before[-3:] or any(word[0].lower() == found[1][0].lower() for word in words)
