"""What is true of a recommendation on a date, and that no update is ever lost, hidden or counted twice."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from register.dates import PartialDate
from register.load.loader import load
from register.model import Header, Recommendation
from register.state.snapshot import Snapshot, changes
from register.state.status import Status, status_on

TODAY = datetime.date(2026, 3, 31)
SMALL = Path(__file__).parent / "small"
STEADY = settings(deadline=None)  # a busy machine is no failure


@pytest.fixture(scope="module")
def header() -> Header:
    """The small register's words: 'partnership' decides, 'done' closes, 'done' is the second step."""
    return load(SMALL / "data", TODAY).header


def fold(header: Header, *updates: dict, as_of: str = "2026-03-31") -> Status:
    """Where a recommendation with these updates stands; voice and note need not be given."""
    filled = [{"voice": "partnership", "note": "Something happened.", **update} for update in updates]
    record = Recommendation.model_validate({"number": 1, "updates": filled})
    return status_on(record, header, datetime.date.fromisoformat(as_of))


def ids(status: Status) -> tuple[str | None, str | None]:
    """Response and progress as ids."""
    return tuple(term.id if term else None for term in (status.response, status.progress))


def test_without_updates_nothing_is_decided(header: Header) -> None:
    stands = fold(header)
    assert ids(stands) == (None, None)
    assert (stands.last, stands.days_since, stands.due, stands.recheck) == (None, None, None, None)
    assert not (stands.stale or stands.overdue or stands.closed or stands.self_assessed or stands.disagreement)
    assert [position.said for position in stands.positions] == [None, None]


def test_response_and_progress_are_each_the_latest_that_was_stated(header: Header) -> None:
    stands = fold(
        header,
        {"date": "2024", "response": "applies", "progress": "under-way"},
        {"date": "2025-01", "response": "in-part", "reason": "Half of it."},
        {"date": "2025-02", "progress": "done"},
        {"date": "2025-03", "note": "A note states neither."},
    )
    assert ids(stands) == ("in-part", "done")
    assert stands.closed
    assert stands.last.note == "A note states neither."


def test_another_voice_never_overwrites_what_was_decided(header: Header) -> None:
    stands = fold(
        header,
        {"date": "2024", "response": "applies", "progress": "done"},
        {"date": "2025", "voice": "scrutineer", "response": "in-part", "progress": "under-way"},
    )
    assert ids(stands) == ("applies", "done")
    assert stands.closed
    assert stands.disagreement
    assert not stands.self_assessed
    assert not any(entry.reopens for entry in stands.entries)
    ours, theirs = stands.positions
    assert (ours.response.id, ours.progress.id) == ("applies", "done")
    assert (theirs.response.id, theirs.progress.id) == ("in-part", "under-way")


def test_another_voice_alone_decides_nothing(header: Header) -> None:
    stands = fold(header, {"date": "2025", "voice": "scrutineer", "response": "applies", "progress": "done"})
    assert ids(stands) == (None, None)
    assert not stands.closed
    assert not stands.disagreement


def test_voices_that_say_the_same_do_not_disagree(header: Header) -> None:
    stands = fold(
        header,
        {"date": "2024", "response": "applies"},
        {"date": "2025", "voice": "scrutineer", "response": "applies"},
    )
    assert not stands.disagreement


def test_a_verdict_keeps_what_a_voice_said_earlier_and_shows_its_latest_words(header: Header) -> None:
    stands = fold(
        header,
        {"date": "2024", "voice": "scrutineer", "response": "applies"},
        {"date": "2025", "voice": "scrutineer", "note": "I looked again."},
    )
    position = stands.positions[1]
    assert (position.said.note, position.response.id, position.progress) == ("I looked again.", "applies", None)
    assert (position.said.date.text, position.response_on.text, position.progress_on) == ("2025", "2024", None)
    assert stands.positions[0].said is None


def test_only_the_deciding_voice_has_spoken_is_self_assessed(header: Header) -> None:
    assert fold(header, {"date": "2024", "progress": "done"}).self_assessed


def test_a_promise_keeps_its_first_date_and_every_move(header: Header) -> None:
    stands = fold(
        header,
        {"date": "2024-01", "due": "2024-06"},
        {"date": "2024-05", "due": "2024-12", "reason": "It takes longer."},
        {"date": "2024-07", "due": "2024-12"},
        {"date": "2024-08"},
        {"date": "2024-11", "due": "2025-03-31", "reason": "It still takes longer."},
    )
    promise = stands.due
    assert (promise.first.text, promise.now.text) == ("2024-06", "2025-03-31")
    assert [(move.to.text, move.on.text, move.reason) for move in promise.moves] == [
        ("2024-12", "2024-05", "It takes longer."),
        ("2025-03-31", "2024-11", "It still takes longer."),
    ]


def test_a_promise_that_was_kept_was_never_moved(header: Header) -> None:
    promise = fold(header, {"date": "2024-01", "due": "2024-06"}).promise
    assert (promise.first, promise.now, promise.moves) == (PartialDate("2024-06"), PartialDate("2024-06"), ())


def test_work_is_overdue_only_when_the_whole_promised_month_has_passed(header: Header) -> None:
    update = {"date": "2024-01", "due": "2024-06"}
    assert not fold(header, update, as_of="2024-06-30").overdue
    assert fold(header, update, as_of="2024-07-01").overdue


def test_closed_work_is_neither_overdue_nor_stale(header: Header) -> None:
    stands = fold(header, {"date": "2020-01", "due": "2020-06", "progress": "done"})
    assert not stands.overdue
    assert not stands.stale


def test_work_is_stale_after_the_days_that_the_register_allows(header: Header) -> None:
    update = {"date": "2024-01-01"}
    assert fold(header, update, as_of="2024-06-29").days_since == header.review_every == 180
    assert not fold(header, update, as_of="2024-06-29").stale
    assert fold(header, update, as_of="2024-06-30").stale


def test_staleness_counts_from_the_last_day_that_a_vague_date_can_mean(header: Header) -> None:
    assert fold(header, {"date": "2024"}, as_of="2024-03-01").days_since == 0
    assert fold(header, {"date": "2024"}, as_of="2025-01-10").days_since == 10


def test_work_that_was_closed_and_goes_on_is_reopened_once(header: Header) -> None:
    stands = fold(
        header,
        {"date": "2024-01", "progress": "under-way"},
        {"date": "2024-02", "progress": "done"},
        {"date": "2024-03", "note": "A note does not reopen."},
        {"date": "2024-04", "progress": "under-way"},
        {"date": "2024-05", "progress": "under-way"},
        {"date": "2024-06", "progress": "done"},
    )
    assert [entry.reopens for entry in stands.entries] == [False, False, False, True, False, False]
    assert stands.closed


def test_a_response_that_closes_needs_no_progress_word(header: Header) -> None:
    assert fold(header, {"date": "2024-01", "response": "not-ours"}).closed
    assert not fold(header, {"date": "2024-01", "response": "not-ours", "progress": "under-way"}).closed
    assert not fold(header, {"date": "2024-01", "response": "applies"}).closed


def test_closed_work_counts_as_closed_since_it_was_first_said_after_the_last_reopening(header: Header) -> None:
    updates = [
        {"date": "2024-01", "progress": "done"},
        {"date": "2024-02", "progress": "under-way"},
        {"date": "2024-03", "progress": "done"},
        {"date": "2024-04", "progress": "done"},
        {"date": "2024-05", "voice": "scrutineer", "progress": "under-way"},
    ]
    assert fold(header, *updates).closed_on == PartialDate("2024-03")
    assert fold(header, *updates[:2]).closed_on is None


def test_a_recheck_is_dropped_when_the_work_is_reopened(header: Header) -> None:
    closed = {"date": "2024-02", "progress": "done", "recheck": "2025-02"}
    reopened = {"date": "2024-04", "progress": "under-way"}
    assert fold(header, closed).recheck == PartialDate("2025-02")
    assert fold(header, closed, {"date": "2024-03"}).recheck == PartialDate("2025-02")
    assert fold(header, closed, reopened).recheck is None
    assert fold(header, closed, {**reopened, "recheck": "2024-09"}).recheck == PartialDate("2024-09")


def test_evidence_is_listed_once_with_the_latest_first(header: Header) -> None:
    stands = fold(
        header,
        {"date": "2024-01", "evidence": ["minutes", "report"]},
        {"date": "2024-02", "evidence": ["plan", "minutes"]},
    )
    assert stands.evidence == ("plan", "minutes", "report")


def test_an_update_counts_from_the_first_day_that_its_date_can_mean(header: Header) -> None:
    update = {"date": "2022-10", "response": "applies"}
    assert ids(fold(header, update, as_of="2022-09-30")) == (None, None)
    assert ids(fold(header, update, as_of="2022-10-01")) == ("applies", None)


def test_an_earlier_day_shows_what_stood_then(header: Header) -> None:
    updates = (
        {"date": "2024-01-10", "response": "applies", "progress": "under-way", "due": "2024-06"},
        {"date": "2024-05-20", "due": "2024-12", "reason": "It takes longer."},
        {"date": "2024-11-30", "progress": "done", "recheck": "2025-11"},
        {"date": "2025-11-02", "progress": "under-way"},
    )
    then = fold(header, *updates, as_of="2024-05-19")
    assert (ids(then), then.due.now.text, then.due.moves) == (("applies", "under-way"), "2024-06", ())
    then = fold(header, *updates, as_of="2024-12-01")
    assert (then.closed, then.recheck.text, len(then.due.moves)) == (True, "2025-11", 1)
    assert not fold(header, *updates).closed


# ── whatever the updates are ───────────────────────────────────────────────────────────────────

DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2024, 12, 31))
DATES = st.builds(lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10]))
UPDATES = st.lists(
    st.fixed_dictionaries(
        {"date": DATES, "voice": st.sampled_from(["partnership", "scrutineer"])},
        optional={
            "response": st.sampled_from(["applies", "in-part"]),
            "progress": st.sampled_from(["under-way", "done"]),
            "due": DATES,
            "recheck": DATES,
            "evidence": st.lists(st.sampled_from(["minutes", "report"]), max_size=2),
        },
    ),
    max_size=8,
).map(lambda updates: sorted(updates, key=lambda update: update["date"]))


@STEADY
@given(updates=UPDATES, days=st.tuples(DAYS, DAYS).map(sorted))
def test_what_is_in_the_register_once_stays_in_it(
    header: Header, updates: list[dict], days: list[datetime.date]
) -> None:
    earlier, later = (fold(header, *updates, as_of=day.isoformat()) for day in days)
    assert later.entries[: len(earlier.entries)] == earlier.entries


@STEADY
@given(updates=UPDATES, day=DAYS)
def test_no_update_is_lost_or_counted_twice(header: Header, updates: list[dict], day: datetime.date) -> None:
    stands = fold(header, *updates, as_of=day.isoformat())
    happened = [update for update in stands.record.updates if update.date.first <= day]
    assert [entry.update for entry in stands.entries] == happened
    said = [position.said for position in stands.positions if position.said]
    assert (happened[-1] in said) if happened else not said


@STEADY
@given(updates=UPDATES, day=DAYS)
def test_what_other_voices_say_changes_nothing_that_was_decided(
    header: Header, updates: list[dict], day: datetime.date
) -> None:
    alone = [update for update in updates if update["voice"] == "partnership"]
    together, apart = (fold(header, *some, as_of=day.isoformat()) for some in (updates, alone))
    assert ids(together) == ids(apart)
    assert together.closed == apart.closed
    assert together.positions[0] == apart.positions[0]


@STEADY
@given(updates=UPDATES)
def test_a_promise_tells_every_date_in_turn(header: Header, updates: list[dict]) -> None:
    promise = fold(header, *updates).promise
    given_dates = [update["due"] for update in updates if update.get("due")]
    if not given_dates:
        assert promise is None
        return
    told = [promise.first.text, *(move.to.text for move in promise.moves)]
    assert told == [date for place, date in enumerate(given_dates) if place == 0 or date != given_dates[place - 1]]
    assert told[-1] == promise.now.text


@STEADY
@given(day=st.dates(datetime.date(2019, 1, 1), TODAY))
def test_what_has_changed_by_a_day_holds_each_event_once(day: datetime.date) -> None:
    register = load(SMALL / "data", TODAY)
    shown = [change for year in changes(Snapshot(register, day))["years"].values() for change in year]
    dated = [*register.timeline, *(update for record in register.recommendations for update in record.updates)]
    assert sorted(change.date for change in shown) == sorted(held.date for held in dated if held.date.first <= day)
    assert [change.date for change in shown] == sorted((change.date for change in shown), reverse=True)
