"""Words about exploited children that are not used: those of ``data/language.yml``, in every form, wherever readers meet them.

A phrase is compared by the stems of its words (Snowball's English stemmer: 2 MB, loaded in a fiftieth of a second). A dictionary
of word forms, such as simplemma's, takes 19 MB and ten times as long, and would not find "prostituting" by "prostitute". Forms
that no stemmer knows, such as "sold", stand in the phrase: "sell/sold themselves".

Quotation marks excuse nothing: in "an older 'boyfriend'" they look just as they do where a word is explained, and those who are
blamed by a word read it either way. A page that must show one has an exception, with the reason.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from register.guards.guard import Finding, Guard, Words, or_except
from register.guards.passages import Passage
from register.model import AvoidedWords

_OWN_FILE = "data/language.yml"
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
# What may stand between two words of one phrase: "hard-to-reach", "older 'boyfriend'". Nothing that ends a clause.
_BETWEEN = re.compile(r"[\s\-\u2010\u2011*'\"\u2018\u2019\u201c\u201d()]*")
_FURTHEST = 4  # words that "…" stands for
_GAP = "…"
_LONGEST = 40  # letters of a word

# What "themselves" and "their" stand for in a phrase.
_THEMSELVES = re.compile(r"(?:them|her|him|it|your|my|our|one)sel(?:f|ves)")
_THEIR = re.compile(r"their|her|his|its|your|my|our")

# Plurals of the words most used here that no stemmer of endings knows.
_PLURALS = {"children": "child", "men": "man", "women": "woman"}

# "It is never a lifestyle choice", "A child cannot be a willing participant": the words are said in order to reject them.
_REJECTING = {"never", "cannot", "can't"}
_REJECTED_WITHIN = 5  # words


@dataclass(frozen=True)
class _Phrase:
    """Words that are looked for, and the entry that lists them."""

    parts: tuple[frozenset[str] | None, ...]  # the stems that each of its words may have; None for a gap
    entry: AvoidedWords


@dataclass(frozen=True)
class _StemmedWord:
    """A word of a passage."""

    stem: str
    start: int
    end: int
    joined: bool  # whether it may belong to one phrase with the word before it


class _Stems:
    """The stems of words, each worked out once."""

    def __init__(self) -> None:
        import snowballstemmer  # only where words are looked for: most commands need none

        self._stem: Callable[[str], str] = snowballstemmer.stemmer("english").stemWord
        self._known = dict[str, str]()

    def of(self, word: str) -> str:
        """Return a word's stem; all reflexive pronouns have one, and all possessive ones."""
        word = word.replace("\u2019", "'").casefold()
        if word not in self._known:
            self._known[word] = self._worked_out(word)
        return self._known[word]

    def _worked_out(self, word: str) -> str:
        if _THEMSELVES.fullmatch(word):
            return "themselves"
        word = word.removesuffix("'s")
        word = _PLURALS.get(word, word)
        # Of what is longer than any word only the beginning counts, so that hostile text takes no time.
        return "their" if _THEIR.fullmatch(word) else self._stem(word[:_LONGEST])


def language(words: Words) -> Iterator[Finding]:
    """No words blame exploited children, play down what was done to them or make a show of it. The list "Words we do not use" names
    them; every form of them counts. The check does not ask about the inquiry's exact words, since they are a quotation. A sentence may
    say that something is never, or cannot be, what such a word says.
    """
    if not words.register or not words.register.language:
        return
    stems = _Stems()
    phrases = _by_first_stem(words.register.language, stems)
    for passage in words.passages:
        if not passage.quoted and passage.path != _OWN_FILE:
            yield from _in_passage(passage, phrases, stems)


LANGUAGE = Guard(language, "language")


def _by_first_stem(entries: Iterable[AvoidedWords], stems: _Stems) -> dict[str, list[_Phrase]]:
    """The phrases by the stem of their first word, the longest first."""
    found = dict[str, list[_Phrase]]()
    for entry in entries:
        for typed in entry.words:
            phrase = _Phrase(tuple(_part(part, stems) for part in typed.replace("-", " ").split()), entry)
            for stem in phrase.parts[0] or ():
                found.setdefault(stem, []).append(phrase)
    for phrases in found.values():
        phrases.sort(key=lambda phrase: -len(phrase.parts))
    return found


def _part(typed: str, stems: _Stems) -> frozenset[str] | None:
    return None if typed == _GAP else frozenset(stems.of(word) for word in typed.split("/"))


def _in_passage(passage: Passage, phrases: dict[str, list[_Phrase]], stems: _Stems) -> Iterator[Finding]:
    held, at = _words_of(passage.text, stems), 0
    while at < len(held):
        for phrase in phrases.get(held[at].stem, ()):
            last = _end_of(phrase.parts, held, at)
            if last is not None and not _rejected(held, at):
                yield _finding(passage, held[at].start, held[last].end, phrase.entry)
                at = last
                break
        at += 1


def _words_of(text: str, stems: _Stems) -> list[_StemmedWord]:
    held, end = list[_StemmedWord](), 0
    for found in _WORD.finditer(text):
        joined = _BETWEEN.fullmatch(text, end, found.start()) is not None
        held.append(_StemmedWord(stems.of(found[0]), found.start(), found.end(), joined))
        end = found.end()
    return held


def _end_of(parts: tuple[frozenset[str] | None, ...], held: list[_StemmedWord], at: int) -> int | None:
    """The place of the last word of a phrase that begins at a place; None if it does not stand there."""
    for number, part in enumerate(parts):
        if part is None:
            rest = parts[number + 1 :]
            ends = (_end_of(rest, held, start) for start in range(at, at + _FURTHEST + 1) if _joined(held, at, start))
            return next((end for end in ends if end is not None), None)
        if at >= len(held) or (number and not held[at].joined) or held[at].stem not in part:
            return None
        at += 1
    return at - 1


def _joined(held: list[_StemmedWord], first: int, last: int) -> bool:
    """Whether the words from one place to another follow each other within a clause."""
    return last < len(held) and all(word.joined for word in held[first : last + 1])


def _rejected(held: list[_StemmedWord], at: int) -> bool:
    for word in reversed(held[max(0, at - _REJECTED_WITHIN) : at + 1]):
        if word.stem in _REJECTING:
            return True
        if not word.joined:
            return False
    return False


def _finding(passage: Passage, start: int, end: int, entry: AvoidedWords) -> Finding:
    words = passage.text[start:end]
    instead, why = entry.instead.rstrip("."), entry.why.rstrip(".")
    exception = or_except("language", "these are somebody's exact words")
    to_do = f"say instead: {instead}; why: {why}; {exception}"
    return Finding(passage, start, words, f"'{' '.join(words.split())}' blames or plays down", to_do)
