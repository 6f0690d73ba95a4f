"""How much the guards about people and language find, and how often they ask in vain: measured on two lists, and held.

Each list has a part on which the guards were tuned and a part that was held out: written afterwards, and measured before anything was
mended by it. At that first measurement all of its 69 planted faults were found, and 4 of its 176 ordinary sentences were asked about,
which are far richer in what is nearly a fault than any page is. Before that, half of the first part had been held out: 105 of its 111
planted faults were found, and 4 of its 223 ordinary sentences were asked about. What could be mended by a rule was mended each time.
"""

import datetime
from collections import Counter
from pathlib import Path

import pytest

from projects import ROOT
from register.guards.guard import Words
from register.guards.guards import GUARDS
from register.guards.passages import passages_of_page
from register.load.loader import load
from register.model import EMAIL, TELEPHONE, Register

LISTS = Path(__file__).resolve().parent
PARTS = ("tuned on", "held out")
MEASURED = ("language", "names", "personal", "contacts")
LEAST_FOUND = 0.95
MOST_ALARMS = 1 / 200


@pytest.fixture(scope="module")
def register() -> Register:
    """The real register: its list of words is what is measured."""
    return load(ROOT / "data", datetime.date.max)


def _lines(name: str, part: str) -> list[str]:
    tuned, _, held_out = (LISTS / name).read_text(encoding="utf-8").partition("# ── Held out")
    text = {"tuned on": tuned, "held out": held_out}[part]
    return [line for line in text.splitlines()[part == "held out" :] if line and not line.startswith("#")]


def _asked(sentences: list[str], register: Register) -> list[list[tuple[str, str]]]:
    """What the measured guards ask about in sentences that stand alone, each on a page of its own."""
    pages = [f"docs/{number}.md" for number in range(len(sentences))]
    passages = [one for page, text in zip(pages, sentences, strict=True) for one in passages_of_page(f"{text}\n", page)]
    asked: dict[str, list[tuple[str, str]]] = {page: [] for page in pages}
    for guard in GUARDS:
        if guard.name in MEASURED:
            for found in guard.ask(Words(passages, register)):
                asked[found.passage.path].append((guard.name, found.words))
    return list(asked.values())


def _refused(guard: str, sentence: str) -> bool:
    """Whether the checks that look for plain addresses and numbers refuse a sentence."""
    return guard == "contacts" and bool(EMAIL.search(sentence) or TELEPHONE.search(sentence))


@pytest.mark.parametrize("part", PARTS)
def test_nearly_all_planted_faults_are_found(part: str, register: Register) -> None:
    lines = _lines("planted_people.txt", part)
    planted = [line.split(": ", 1) for line in lines]
    asked = _asked([sentence for _, sentence in planted], register)
    missed = [
        sentence
        for (guard, sentence), found in zip(planted, asked, strict=True)
        if guard not in dict(found) and not _refused(guard, sentence)
    ]
    print(f"{len(lines) - len(missed)} of {len(lines)} planted faults found", *missed, sep="\n")
    assert 1 - len(missed) / len(lines) >= LEAST_FOUND, missed


def test_hardly_any_ordinary_sentence_is_asked_about(register: Register) -> None:
    lines = [line for part in PARTS for line in _lines("ordinary_sentences.txt", part)]
    alarms = [(line, asked) for line, asked in zip(lines, _asked(lines, register), strict=True) if asked]
    print(f"{len(alarms)} of {len(lines)} ordinary sentences asked about", *alarms, sep="\n")
    assert len(alarms) / len(lines) <= MOST_ALARMS, alarms


def test_the_lists_are_as_long_as_the_rates_need(register: Register) -> None:
    kinds = Counter(line.split(": ", 1)[0] for part in PARTS for line in _lines("planted_people.txt", part))
    assert set(kinds) == set(MEASURED)
    assert kinds.total() >= 150
    assert min(kinds.values()) >= 20
    assert sum(len(_lines("ordinary_sentences.txt", part)) for part in PARTS) >= 400
