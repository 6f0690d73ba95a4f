"""What is asked of everything that was heard: each rule, and what breaks it. Nothing is read aloud here."""

import pytest

from readings import Reading, all_words, difference, missing_from, numbers_left_out, said_twice, transcript


def heard(*said: list[str], opened: str = "") -> Reading:
    """A reading in which each press of a key was answered by some phrases."""
    return Reading(None, [opened], [("Down", phrases) for phrases in said])


@pytest.mark.parametrize(
    ("phrases", "twice"),
    [
        (["What was promised heading level 2."], []),
        (["region What was promised", "What was promised heading level 2."], ["What was promised"]),
        (["24 February 2026 description value.", "24 February 2026."], ["24 February 2026"]),
        (["applies.", "under way.", "applies."], []),
        (["List with 3 items.", "leaving list."], []),
    ],
)
def test_words_of_the_page_that_come_twice_for_one_key_are_found(phrases: list[str], twice: list[str]) -> None:
    assert said_twice(heard(phrases)) == twice


def test_a_date_that_is_left_out_when_a_page_is_read_in_one_go_is_found() -> None:
    assert numbers_left_out(heard(["By 30 June 2026."], opened="By 30 June 2026.")) == []
    assert numbers_left_out(heard(["By 30 June 2026."], opened="By .")) == ["2026", "30"]
    assert numbers_left_out(heard(["What was promised heading level 2."], opened="What was promised")) == []


def test_words_in_another_order_are_found() -> None:
    said = all_words(heard(["Response: applies."], ["What happened heading level 2."]))
    assert missing_from(said, ["Response: applies.", "What happened"]) is None
    assert missing_from(said, ["What happened", "Response: applies."]) == "Response: applies."


def test_a_transcript_has_a_line_for_each_key_and_differences_are_shown_in_words() -> None:
    before, after = heard(["One."], []), heard(["One.", "Two."], [])
    assert transcript(before) == "Down       One.\nDown       (nothing)\n"
    assert difference(transcript(before), transcript(after)) == "- Down       One.\n+ Down       One. Two."
    assert difference(transcript(after), transcript(after)) == ""
