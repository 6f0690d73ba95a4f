"""What is written into a review is read back as it was, whatever stands in it; a later run keeps what was decided."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from register.problems import ProblemsFound
from register.transcribe.candidates import Candidate
from register.transcribe.review_file import ReviewEntry, entries, in_words, merged, read_review, write_review


def entry(id_: str, number: int, **changes: object) -> ReviewEntry:
    """An entry that nobody has decided about."""
    least = {"id": id_, "number": str(number), "text": "All should listen.", "page": "3"}
    return ReviewEntry.model_validate({**least, **changes})


def candidate(text: str, page: int = 0) -> Candidate:
    return Candidate(7, text, 1, str(page + 1), "printed on the page", None, (), "high", (), ((page, (0, 0, 9, 9)),))


# Text as the layout leaves it: lines without white space around them and no invisible signs.
LINES = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=60).map(
    lambda line: " ".join(line.split())
)
TEXTS = st.lists(LINES, min_size=1, max_size=6).map("\n".join).map(str.strip).filter(bool)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS, reasons=st.lists(LINES.filter(bool), max_size=2), note=LINES.filter(bool))
def test_any_text_is_read_back_as_it_was_written(tmp_path: Path, text: str, reasons: list[str], note: str) -> None:
    held = [entry("7-v1-p1", 7, text=text, reasons=reasons, note=note, decision="accept"), entry("8-v1-p1", 8)]
    write_review(tmp_path, held)
    assert read_review(tmp_path) == held


def test_no_entry_at_all_is_read_back_too(tmp_path: Path) -> None:
    write_review(tmp_path, [])
    assert read_review(tmp_path) == []
    assert read_review(tmp_path / "elsewhere") == []


def test_what_somebody_decided_or_noted_stays_and_the_rest_is_found_anew() -> None:
    earlier = [
        entry("1-v1-p1", 1, decision="accept", text="Mended."),
        entry("2-v1-p1", 2, decision="refuse"),
        entry("3-v1-p1", 3, note="Ask about it."),
        entry("4-v1-p1", 4, text="As it was found."),
        entry("6-v1-p1", 6, text="Found no more."),
    ]
    found = [entry(f"{number}-v1-p1", number, text="As it is found now.") for number in (5, 1, 2, 3, 4)]
    assert [(one.number, one.text) for one in merged(found, earlier)] == [
        (1, "Mended."),
        (2, "All should listen."),
        (3, "All should listen."),
        (4, "As it is found now."),
        (5, "As it is found now."),
    ]


def test_candidates_that_differ_are_never_sure_and_name_each_other() -> None:
    first, second = entries([candidate("This."), candidate("That.", page=4)])
    assert (first.confidence, second.confidence) == ("low", "low")
    assert "other words stand under the same number in volume 1, page 5: refuse one" in first.reasons
    assert "other words stand under the same number in volume 1, page 1: refuse one" in second.reasons


def test_candidates_with_the_same_words_support_each_other() -> None:
    first, second = entries([candidate("This."), candidate("This.", page=4)])
    assert (first.confidence, second.confidence) == ("high", "high")
    assert "the same words stand in volume 1, page 5, too" in first.reasons


def test_how_far_a_review_is_and_what_was_not_found_is_said() -> None:
    held = [entry("1-v1-p1", 1, decision="accept"), entry("2-v1-p1", 2, decision="refuse"), entry("3-v1-p1", 3)]
    assert in_words(held, 4) == "3 passages: 1 accepted, 1 refused, 1 open. Nothing for 2 numbers of 4: 2, 4."
    assert in_words(held[:1], 1) == "1 passage: 1 accepted, 0 refused, 0 open. Every number from 1 to 1 has one."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("number: 1\n", "1: : a list of entries is due here (begin each with '- ')"),
        ("- one\n", "1: entry 1: the fields of an entry are due here (lines like 'number: 12')"),
        ("- id: a\n  number: 1\n  page: 3\n", "1: entry a: 'text' is missing (add it: the wording as it will stand in the register. Mend it here)"),
        ("- {id: a, number: 1, page: 3, text: A, decison: accept}\n",
         "1: entry a: unknown field 'decison' (did you mean 'decision'? one of: id, number, decision, text, volume, page, paragraph, addressed_to, confidence, reasons, pictures, note)"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_its_line(tmp_path: Path, typed: str, said: str) -> None:
    (tmp_path / "review.yml").write_text(typed, encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        read_review(tmp_path)
    assert [f"{problem.line}: {problem.record}: {problem.message}" for problem in found.value.problems] == [said]
