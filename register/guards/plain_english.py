"""Whether what is written can be read with ease: how old readers must be, how long sentences are, and who does what."""

import itertools
import re
from collections.abc import Iterator

from register.guards.guard import READ_FIRST, Finding, Words, or_except
from register.guards.passages import HOLE, Passage
from register.model import HIGHEST_READING_AGE, READING_AGE

GUARD = "plain-english"
ADULT = 18  # a higher reading age says no more
LONGEST_SENTENCE = 25  # words, as the style guide of GOV.UK has it
MOST_PASSIVES = 2  # in one sentence, or in sentences in a row
_FEWEST_WORDS = 60  # of a page whose reading age says anything
_NAMED_WORDS = 6  # by which a message, and an exception, name a sentence

_LETTERS = re.compile(r"[^\W\d_]+")


def reading_ages(words: Words) -> Iterator[Finding]:
    """Each page can be read at 11 years of age, or at the reading age that its editors set for it at its top.

    It is worked out from the lengths of sentences and words (Flesch-Kincaid). On Home, Get help now and the short version it
    is never more than 11.
    """
    for path, passages in words.pages():
        sentences = [(one, at, text) for one in passages if one.kind == "text" for at, text in one.sentences]
        if sum(_counts(text)[0] for _, _, text in sentences) < _FEWEST_WORDS:
            continue
        first = path in READ_FIRST
        allowed = READING_AGE if first else words.reading_ages.get(path, READING_AGE)
        age = int(reading_age([text for _, _, text in sentences]))
        if age > allowed:
            passage, at, hardest = max(sentences, key=lambda held: _hardness(held[2]))
            needed = str(age) if age <= ADULT else f"over {ADULT}"
            what = f"readers need a reading age of {needed}, more than {allowed}; the hardest sentence begins '{_begin(hardest)}'"
            to_do = "write shorter sentences and plainer words"
            can_be_set = not first and age <= HIGHEST_READING_AGE
            more = f"; or, if few but editors need this page, set 'reading_age: {age}' at its top" if can_be_set else ""
            yield Finding(passage, at, f"reading age of {needed}", what, to_do + more, advises=not first)


def sentences_are_short(words: Words) -> Iterator[Finding]:
    """A sentence has 25 words at most."""
    found = list[tuple[int, Finding]]()
    for passage in _prose(words):
        for at, text in passage.sentences:
            if (count := _length(text)) > LONGEST_SENTENCE:
                what = f"a sentence of {count} words, more than {LONGEST_SENTENCE}: '{_begin(text)} …'"
                to_do = f"make two of it; {or_except(GUARD, 'its words must stay', 'these first words')}"
                finding = Finding(passage, at, _begin(text), what, to_do, passage.path not in READ_FIRST)
                found.append((count, finding))
    yield from (finding for _, finding in sorted(found, key=lambda held: -held[0]))


def passives_are_few(words: Words) -> Iterator[Finding]:
    """No more than two passives ("was recorded", "is reviewed") stand in one sentence, or in sentences in a row.

    Readers want to know who does what.
    """
    for passage in _prose(words):
        sentences = [(at, [found[0] for found in PASSIVE.finditer(text)]) for at, text in passage.sentences]
        for is_passive, row in itertools.groupby(sentences, key=lambda held: bool(held[1])):
            passives = [(at, one) for at, held in row for one in held]
            if is_passive and len(passives) > MOST_PASSIVES:
                yield _stack(passage, passives)


def _stack(passage: Passage, passives: list[tuple[int, str]]) -> Finding:
    named = [" ".join(one.split()) for _, one in passives[: MOST_PASSIVES + 1]]
    what = f"several passives stand close together: {', '.join(repr(one) for one in named)}"
    to_do = f"say who does it, as in 'The board agreed'; {or_except(GUARD, 'it does not matter who', repr(named[0]))}"
    return Finding(passage, passives[0][0], named[0], what, to_do, passage.path not in READ_FIRST)


def _prose(words: Words) -> Iterator[Passage]:
    return (one for one in words.passages if not one.quoted and one.kind in ("text", "field", "description"))


def _length(sentence: str) -> int:
    """How many words it has, signs that stand alone left out; what a macro puts in counts as one."""
    words = sentence.replace(HOLE, " 0 ").split()
    if len(words) <= LONGEST_SENTENCE:
        return len(words)  # soon told, and near enough
    return sum(1 for word in words if any(map(str.isalnum, word)))


def _begin(sentence: str) -> str:
    """The first words of a sentence, as messages and exceptions name it."""
    return " ".join(sentence.replace(HOLE, "…").split()[:_NAMED_WORDS])[:100]


# ── how old readers must be ──────────────────────────────────────────────────────────────────────


def reading_age(sentences: list[str]) -> float:
    """Return the age at which sentences can be read: the school grade of Flesch and Kincaid (1975), and five years.

    No library counts syllables here. What textstat needs for it is fetched from the web, or was taken out of setuptools; and
    hyphenation (pyphen) misses one syllable in six, since a line is not broken at each.
    """
    counts = [_counts(text) for text in sentences]
    words, syllables = (sum(count[place] for count in counts) for place in (0, 1))
    spoken = sum(1 for count in counts if count[0])
    return 0.39 * words / spoken + 11.8 * syllables / words - 15.59 + 5 if words else 0


def _hardness(sentence: str) -> float:
    return reading_age([sentence]) if len(_LETTERS.findall(sentence)) > _NAMED_WORDS else 0


def _counts(sentence: str) -> tuple[int, int]:
    """The words of a sentence that are spelled with letters, and their syllables."""
    held = _LETTERS.findall(re.sub(r"['\u2019]", "", sentence))
    return len(held), sum(map(syllables, held))


_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?<![aeiouyl])e$|(?<=[aeiouy]l)e$|(?<![aeiouytd])ed$|(?<![aeiouysxzcg])(?<![sc]h)es$|(?<=[^l])e(?=ly$|ful|less|ment)"
)
_APART = re.compile(r"(?<![tcsg])i[ao]|(?<!g)eo(?!u)(?!p)|ua(?!r)|ie[tn](?!d)(?!c)|iu|[aeiouy]ing$|ism$")


def syllables(word: str) -> int:
    """Return how many syllables a word has, nearly: one for each group of vowels, with the commonest exceptions."""
    word = word.lower()
    return max(1, len(_VOWELS.findall(word)) - len(_SILENT.findall(word)) + len(_APART.findall(word)))


# ── passives ─────────────────────────────────────────────────────────────────────────────────────

_IRREGULAR = (
    "begun|bought|brought|built|caught|chosen|done|drawn|driven|fed|felt|found|forgotten|given|heard|held|hidden|hurt|kept|"
    "laid|led|left|lost|made|meant|met|misunderstood|overseen|paid|put|read|rung|said|seen|sent|set|shown|shut|sold|spent|spoken|"
    "spread|struck|taken|taught|thought|told|understood|undertaken|withdrawn|won|worn|written"
)  # fmt: skip
# They say how somebody or something is, or, as "who was harmed", leave out on purpose who did it.
_ADJECTIVES = (
    "committed|complicated|concerned|dedicated|detailed|determined|experienced|frightened|harmed|hundred|indeed|interested|involved|"
    "known|limited|pleased|prepared|qualified|related|scared|supposed|surprised|tired|undated|used|worried"
)  # fmt: skip
_BETWEEN = r"(?:not|also|then|now|still|already|never|often|always|only|well|first|\w{2,20}ly)"
PASSIVE = re.compile(
    rf"(?i)\b(?:am|is|are|was|were|be|been|being)(?:\s+{_BETWEEN}){{0,2}}\s+(?!(?:{_ADJECTIVES})\b)(?:[^\W\d_]{{2,20}}ed|(?:re|mis|over|un)?(?:{_IRREGULAR}))\b"
)
