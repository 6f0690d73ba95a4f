"""Words about exploited children: which forms of them are found, what the message says, and what is let stand."""

import datetime
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import ROOT, Project
from register.guards.guard import Words
from register.guards.guards import check_words
from register.guards.language import LANGUAGE
from register.guards.passages import Passage, passages_of_page
from register.load.loader import load
from register.model import AvoidedWords, Register
from register.problems import ProblemsFound

PHRASES = [
    "child/teenage prostitute",
    "promiscuous",
    "put/place themselves at risk",
    "their own fault",
    "hard-to-reach child",
    "sex with … girl/boy",
    "sell/sold themselves",
]


def _register(small_register: Register, *phrases: str) -> Register:
    entry = AvoidedWords(words=list(phrases), instead="What was done.", why="It blames.", source="report")
    return small_register.model_copy(update={"language": [entry], "exceptions": []})


def _found(text: str, register: Register) -> list[str]:
    passage = Passage("docs/about.md", 1, "text", text)
    return [finding.words for finding in LANGUAGE.ask(Words([passage], register))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She was a child prostitute.", ["child prostitute"]),
        ("Teenage prostitutes, child prostitution.", ["Teenage prostitutes", "child prostitution"]),
        ("Her promiscuity, PROMISCUOUS girls", ["promiscuity", "PROMISCUOUS"]),
        (
            "putting herself at risk, placing yourselves at risk",
            ["putting herself at risk", "placing yourselves at risk"],
        ),
        ("It was her own fault, or its own fault.", ["her own fault", "its own fault"]),
        ("Hard-to-reach children; hard to reach\nchildren", ["Hard-to-reach children", "hard to reach\nchildren"]),
        ("sex with a 14-year-old girl", ["sex with a 14-year-old girl"]),
        ("sex with boys", ["sex with boys"]),
        ("a child 'prostitute' and “child” prostitutes", ["child 'prostitute", "child” prostitutes"]),
        ("They sold themselves.", ["sold themselves"]),
    ],
)
def test_every_form_of_a_phrase_is_found(text: str, found: list[str], small_register: Register) -> None:
    assert _found(text, _register(small_register, *PHRASES)) == found


@pytest.mark.parametrize(
    "text",
    [
        "The child told of a prostitute.",
        "Work with the child. Prostitutes were not asked.",
        "The child, prostitute and others",
        "The money was put at risk.",
        "sex with a man who later on had known another girl",
        "Villages are hard to reach.",
        "It is never a child's fault, and a child cannot be a child prostitute.",
    ],
)
def test_words_that_are_harmless_are_not_asked_about(text: str, small_register: Register) -> None:
    assert _found(text, _register(small_register, *PHRASES)) == []


def test_never_and_cannot_reject_only_what_follows_soon_in_their_sentence(small_register: Register) -> None:
    register = _register(small_register, "lifestyle choice")
    assert _found("Abuse is never a lifestyle choice. It can't be a lifestyle choice.", register) == []
    assert _found("It never ended. It was a lifestyle choice.", register) == ["lifestyle choice"]
    long = "Nobody ever could and never did see that what they had before them was a lifestyle choice."
    assert _found(long, register) == ["lifestyle choice"]


def test_the_message_says_what_to_say_instead_and_why(small: Project) -> None:
    pages = {"docs/x.md": "---\ntitle: X\n---\n\n# X\n\nOne line\nwith a bad word in it.\n"}
    problems, advice = check_words(pages, load(small.folder / "data", datetime.date(2026, 3, 1)))
    assert [str(one) for one in problems] == [
        "docs/x.md:8: 'bad word' blames or plays down (say instead: The plain name of what was done; why: It blames somebody; or, if "
        "these are somebody's exact words, add them to data/exceptions.yml with 'guard: language' and why)"
    ]
    assert advice == []


def test_an_exception_lets_words_stand_where_it_says(small: Project) -> None:
    kept = "- guard: language\n  words: Bad words\n  page: docs/x.md\n  reason: It is the title of a report.\n"
    small.write("data/exceptions.yml", kept)
    register = load(small.folder / "data", datetime.date(2026, 3, 1))
    assert check_words({"docs/x.md": "bad\nwords\n"}, register) == ([], [])
    problems, advice = check_words({"docs/y.md": "bad words\n"}, register)
    assert [(one.path, one.what) for one in [*problems, *advice]] == [
        ("docs/y.md", "'bad words' blames or plays down"),
        ("data/exceptions.yml", "nothing needs this exception"),
    ]


def test_a_note_in_the_data_is_asked_about_and_the_inquirys_words_are_not(small: Project) -> None:
    line = small.edit("data/links.yml", "Its address is not known.", "Its bad words are not known.")
    problems, _ = check_words({}, load(small.folder / "data", datetime.date(2026, 3, 1)))
    assert [(one.path, one.line, one.what) for one in problems] == [
        ("data/links.yml", line, "'bad words' blames or plays down")
    ]
    quoted = Passage("data/recommendations.yml", 1, "field", "a bad word", quoted=True)
    register = load(small.folder / "data", datetime.date(2026, 3, 1))
    assert list(LANGUAGE.ask(Words([quoted], register))) == []


def test_the_list_may_say_in_its_own_reasons_what_it_advises_against(small: Project) -> None:
    small.edit("data/language.yml", "It blames somebody.", "A bad word blames somebody.")
    assert check_words({}, load(small.folder / "data", datetime.date(2026, 3, 1)))[0] == []


@pytest.mark.parametrize("phrase", ["… child", "sex with …", "a … b … c", "child/ prostitute", "/child", "a//b"])
def test_a_phrase_that_cannot_be_looked_for_is_refused(phrase: str, small: Project) -> None:
    line = small.edit("data/language.yml", "- words: [bad word]", f"- words:\n    - {phrase!r}") + 1
    with pytest.raises(ProblemsFound) as found:
        load(small.folder / "data", datetime.date(2026, 3, 1))
    assert str(found.value.problems[0]) == (
        f"data/language.yml:{line}: words The plain name of what was done.: 'words' cannot be looked for: '{phrase}' (write it like 'child/teenage prostitute' or "
        "'sex with … girl': '/' between words of which either will do, '…' once, for up to four words)"
    )


def test_every_phrase_of_the_real_list_is_found_as_it_is_typed() -> None:
    register = load(ROOT / "data", datetime.date.max)
    phrases = [phrase for entry in register.language for phrase in entry.words]
    typed = [" ".join(part.split("/")[0] for part in phrase.split() if part != "…") for phrase in phrases]
    passages = [Passage(phrase, 1, "text", words) for phrase, words in zip(phrases, typed, strict=True)]
    found = {finding.passage.path: finding.words for finding in LANGUAGE.ask(Words(passages, register))}
    assert found == dict(zip(phrases, typed, strict=True))


def test_the_real_list_is_as_long_as_it_needs_to_be_and_each_guide_is_named() -> None:
    register = load(ROOT / "data", datetime.date.max)
    assert 25 <= len(register.language) <= 45
    links = {link.id: link for link in register.links}
    assert all(links[entry.source].url is None for entry in register.language), "no editor has read these guides yet"


@given(st.text(max_size=300))
def test_any_text_can_be_asked_about(text: str) -> None:
    register = load(ROOT / "tests" / "small" / "data", datetime.date(2026, 3, 1))
    for passage in passages_of_page(text, "docs/x.md"):
        list(LANGUAGE.ask(Words([passage], register)))


@pytest.mark.parametrize(
    "text",
    [
        "sex with " * 60_000,
        "a " * 200_000,
        "z" * 500_000,
        "put themselves at " * 40_000,
        "never " * 80_000,
        "sex " * 90_000,
    ],
)
def test_long_text_takes_no_time(text: str) -> None:
    register, begun = load(ROOT / "data", datetime.date.max), time.process_time()
    _found(text, register)
    assert time.process_time() - begun < 10
