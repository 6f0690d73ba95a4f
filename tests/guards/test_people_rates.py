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
from register.guards.guard import Guard, Words
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


def _asked(sentence: str, register: Register, *names: str) -> list[tuple[str, str]]:
    """What the guards of these names ask about in a sentence that stands alone on a page."""
    words = Words(list(passages_of_page(f"{sentence}\n", "docs/about.md")), register)
    guards: list[Guard] = [guard for guard in GUARDS if guard.name in names]
    return [(guard.name, found.words) for guard in guards for found in guard.ask(words)]


def _found(line: str, register: Register) -> bool:
    """Whether a planted fault is found by its guard, or refused by the checks that look for plain addresses and numbers."""
    guard, sentence = line.split(": ", 1)
    refused = guard == "contacts" and (EMAIL.search(sentence) or TELEPHONE.search(sentence))
    return bool(refused or _asked(sentence, register, guard))


@pytest.mark.parametrize("part", PARTS)
def test_nearly_all_planted_faults_are_found(part: str, register: Register) -> None:
    lines = _lines("planted_people.txt", part)
    missed = [line for line in lines if not _found(line, register)]
    print(f"{len(lines) - len(missed)} of {len(lines)} planted faults found", *missed, sep="\n")
    assert 1 - len(missed) / len(lines) >= LEAST_FOUND, missed


def test_hardly_any_ordinary_sentence_is_asked_about(register: Register) -> None:
    lines = [line for part in PARTS for line in _lines("ordinary_sentences.txt", part)]
    alarms = [(line, asked) for line in lines if (asked := _asked(line, register, *MEASURED))]
    print(f"{len(alarms)} of {len(lines)} ordinary sentences asked about", *alarms, sep="\n")
    assert len(alarms) / len(lines) <= MOST_ALARMS, alarms


def test_the_lists_are_as_long_as_the_rates_need(register: Register) -> None:
    kinds = Counter(line.split(": ", 1)[0] for part in PARTS for line in _lines("planted_people.txt", part))
    assert set(kinds) == set(MEASURED)
    assert kinds.total() >= 150
    assert min(kinds.values()) >= 20
    assert sum(len(_lines("ordinary_sentences.txt", part)) for part in PARTS) >= 400
