"""What an update changed, in sentences: each word beside the same voice's earlier one, each date beside the one before."""

from register.dates import PartialDate
from register.model import Register
from register.state.change_sentences import change_sentences, promise_moved, promised, reopened, stated
from register.state.status import status_on
from registers import TODAY, recommendation


def sentences(register: Register, *updates: dict) -> list[list[str]]:
    """What each of these updates changed; voice and note need not be given."""
    return change_sentences(status_on(recommendation(1, list(updates)), register.header, TODAY))


def test_a_first_word_has_no_earlier_one_beside_it(small_register: Register) -> None:
    assert sentences(small_register, {"date": "2024", "response": "applies", "progress": "under-way"}) == [
        ["Response: applies.", "Progress: under way."]
    ]


def test_another_word_stands_beside_the_earlier_one(small_register: Register) -> None:
    assert sentences(
        small_register,
        {"date": "2024", "response": "applies", "progress": "under-way"},
        {"date": "2024-02", "note": "Only a note."},
        {"date": "2025", "response": "in-part", "progress": "done"},
    ) == [
        ["Response: applies.", "Progress: under way."],
        [],
        ["Response: applies in part (before: applies).", "Progress: done (before: under way)."],
    ]


def test_the_same_word_again_is_no_change(small_register: Register) -> None:
    same = {"response": "applies", "progress": "under-way", "due": "2025", "recheck": "2026"}
    found = sentences(small_register, {"date": "2024", **same}, {"date": "2024-02", **same})
    assert (len(found[0]), found[1]) == (4, [])


def test_a_word_is_compared_with_those_of_the_same_voice_only(small_register: Register) -> None:
    assert sentences(
        small_register,
        {"date": "2024", "response": "applies", "progress": "done"},
        {"date": "2025", "voice": "scrutineer", "response": "in-part", "progress": "under-way"},
        {"date": "2025-06", "response": "applies", "progress": "done"},
        {"date": "2025-07", "voice": "scrutineer", "progress": "done"},
    )[1:] == [["Response: applies in part.", "Progress: under way."], [], ["Progress: done (before: under way)."]]


def test_dates_stand_beside_those_that_were_given_before(small_register: Register) -> None:
    assert sentences(
        small_register,
        {"date": "2024", "due": "2024-12", "recheck": "2025-03"},
        {"date": "2024-02", "note": "Only a note."},
        {"date": "2024-03", "due": "2025-06-30", "recheck": "2025-09"},
    ) == [
        ["Promised by December 2024.", "To be looked at again: March 2025."],
        [],
        ["Promise moved from December 2024 to 30 June 2025.", "Second look moved from March 2025 to September 2025."],
    ]


def test_a_reopening_is_said_first(small_register: Register) -> None:
    assert sentences(
        small_register,
        {"date": "2024", "response": "applies", "progress": "done", "due": "2024"},
        {"date": "2025", "progress": "under-way", "due": "2026"},
    )[1] == ["Reopened.", "Progress: under way (before: done).", "Promise moved from 2024 to 2026."]


def test_each_sentence_is_worded_so() -> None:
    year, month, day = PartialDate("2024"), PartialDate("2025-06"), PartialDate("2024-03-01")
    assert stated("Response", "applies", None) == "Response: applies."
    assert stated("Progress", "done", "not published") == "Progress: done (before: not published)."
    assert reopened() == "Reopened."
    assert reopened(day) == "Reopened on 1 March 2024."
    assert promised(month) == "Promised by June 2025."
    assert promise_moved(year, month) == "Promise moved from 2024 to June 2025."
    assert promise_moved(year, month, day) == "Promise moved on 1 March 2024, from 2024 to June 2025."
