"""The status of a recommendation on a date, and that no update is ever lost, hidden or counted twice."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.dates import PartialDate
from register.model import Header, Register
from register.site.pages.changes import ChangesPage
from register.state.snapshot import Snapshot
from register.state.status import Status, status_on
from registers import TODAY, recommendation


@pytest.fixture(scope="module")
def header(small_register: Register) -> Header:
    """The small register's words: 'partnership' decides, 'done' closes, 'done' is the second step."""
    return small_register.header


def status_after(header: Header, *updates: dict, as_of: str = "2026-03-31") -> Status:
    """The status of a recommendation with these updates; voice and note need not be given."""
    return status_on(recommendation(1, list(updates)), header, datetime.date.fromisoformat(as_of))


def ids(status: Status) -> tuple[str | None, str | None]:
    """Response and progress as ids."""
    return tuple(term.id if term else None for term in (status.response, status.progress))


def test_without_updates_nothing_is_decided(header: Header) -> None:
    status = status_after(header)
    assert ids(status) == (None, None)
    assert (status.last, status.days_since, status.due, status.recheck) == (None, None, None, None)
    assert not (status.stale or status.overdue or status.closed or status.self_assessed or status.disagreement)
    assert [position.said for position in status.positions] == [None, None]


def test_response_and_progress_are_each_the_latest_that_was_stated(header: Header) -> None:
    status = status_after(
        header,
        {"date": "2024", "response": "applies", "progress": "under-way"},
        {"date": "2025-01", "response": "in-part", "reason": "Half of it."},
        {"date": "2025-02", "progress": "done"},
        {"date": "2025-03", "note": "A note states neither."},
    )
    assert ids(status) == ("in-part", "done")
    assert status.closed
    assert status.last.note == "A note states neither."


def test_another_voice_never_overwrites_what_was_decided(header: Header) -> None:
    status = status_after(
        header,
        {"date": "2024", "response": "applies", "progress": "done"},
        {"date": "2025", "voice": "scrutineer", "response": "in-part", "progress": "under-way"},
    )
    assert ids(status) == ("applies", "done")
    assert status.closed
    assert status.disagreement
    assert not status.self_assessed
    assert not any(entry.reopens for entry in status.entries)
    ours, theirs = status.positions
    assert (ours.response.id, ours.progress.id) == ("applies", "done")
    assert (theirs.response.id, theirs.progress.id) == ("in-part", "under-way")


def test_another_voice_alone_decides_nothing(header: Header) -> None:
    status = status_after(header, {"date": "2025", "voice": "scrutineer", "response": "applies", "progress": "done"})
    assert ids(status) == (None, None)
    assert not status.closed
    assert not status.disagreement


def test_voices_that_say_the_same_do_not_disagree(header: Header) -> None:
    status = status_after(
        header,
        {"date": "2024", "response": "applies"},
        {"date": "2025", "voice": "scrutineer", "response": "applies"},
    )
    assert not status.disagreement


def test_a_position_keeps_what_a_voice_said_earlier_and_shows_its_latest_words(header: Header) -> None:
    status = status_after(
        header,
        {"date": "2024", "voice": "scrutineer", "response": "applies"},
        {"date": "2025", "voice": "scrutineer", "note": "I looked again."},
    )
    position = status.positions[1]
    assert (position.said.note, position.response.id, position.progress) == ("I looked again.", "applies", None)
    assert (position.said.date.text, position.response_on.text, position.progress_on) == ("2025", "2024", None)
    assert status.positions[0].said is None


def test_a_position_dates_each_word_by_the_update_that_said_it(header: Header) -> None:
    status = status_after(
        header,
        {"date": "2023", "response": "in-part"},
        {"date": "2024", "response": "applies"},
        {"date": "2025", "progress": "done"},
    )
    position = status.positions[0]
    assert (position.response.id, position.response_on.text) == ("applies", "2024")
    assert (position.progress.id, position.progress_on.text) == ("done", "2025")


def test_only_the_deciding_voice_has_spoken_is_self_assessed(header: Header) -> None:
    assert status_after(header, {"date": "2024", "progress": "done"}).self_assessed


def test_a_due_date_keeps_its_first_date_and_every_move(header: Header) -> None:
    status = status_after(
        header,
        {"date": "2024-01", "due": "2024-06"},
        {"date": "2024-05", "due": "2024-12", "reason": "It takes longer."},
        {"date": "2024-07", "due": "2024-12"},
        {"date": "2024-08"},
        {"date": "2024-11", "due": "2025-03-31", "reason": "It still takes longer."},
    )
    due = status.due
    assert (due.first.text, due.now.text) == ("2024-06", "2025-03-31")
    assert [(move.to.text, move.on.text, move.reason) for move in due.moves] == [
        ("2024-12", "2024-05", "It takes longer."),
        ("2025-03-31", "2024-11", "It still takes longer."),
    ]


def test_a_due_date_that_was_given_once_was_never_moved(header: Header) -> None:
    due = status_after(header, {"date": "2024-01", "due": "2024-06"}).due
    assert (due.first, due.now, due.moves) == (PartialDate("2024-06"), PartialDate("2024-06"), ())


def test_a_date_that_moved_without_a_reason_has_none_to_show(header: Header) -> None:
    due = status_after(header, {"date": "2024-01", "due": "2024-06"}, {"date": "2024-02", "due": "2024-07"}).due
    assert [move.reason for move in due.moves] == [""]


def test_work_is_not_overdue_on_the_promised_day_itself(header: Header) -> None:
    update = {"date": "2024-01", "due": "2024-06-15"}
    assert not status_after(header, update, as_of="2024-06-15").overdue
    assert status_after(header, update, as_of="2024-06-16").overdue


def test_work_is_overdue_only_when_the_whole_promised_month_has_passed(header: Header) -> None:
    update = {"date": "2024-01", "due": "2024-06"}
    assert not status_after(header, update, as_of="2024-06-30").overdue
    assert status_after(header, update, as_of="2024-07-01").overdue


def test_closed_work_is_neither_overdue_nor_stale(header: Header) -> None:
    status = status_after(header, {"date": "2020-01", "due": "2020-06", "progress": "done"})
    assert not status.overdue
    assert not status.stale


def test_work_is_stale_after_the_days_that_the_register_allows(header: Header) -> None:
    update = {"date": "2024-01-01"}
    assert status_after(header, update, as_of="2024-06-29").days_since == header.review_every == 180
    assert not status_after(header, update, as_of="2024-06-29").stale
    assert status_after(header, update, as_of="2024-06-30").stale


def test_it_is_known_beforehand_from_which_day_work_will_be_stale(header: Header) -> None:
    update = {"date": "2024-01-01"}
    assert status_after(header, update, as_of="2024-01-01").stale_from == datetime.date(2024, 6, 30)
    later = {"date": "2024-02", "recorded": "2024-03-10"}
    assert status_after(header, update, later).stale_from == datetime.date(2024, 8, 28)
    assert status_after(header, {**update, "progress": "done"}).stale_from is None
    assert status_after(header).stale_from is None


def test_staleness_counts_from_the_last_day_that_a_vague_date_can_mean(header: Header) -> None:
    update = {"date": "2024", "recorded": "2025-01-05"}
    assert status_after(header, update, as_of="2024-03-01").days_since == 0
    assert status_after(header, update, as_of="2025-01-10").days_since == 10


def test_what_is_known_only_to_the_year_had_happened_by_the_day_on_which_it_was_put_in(header: Header) -> None:
    update = {"date": "2024", "recorded": "2024-02-10"}
    assert status_after(header, update, as_of="2024-02-20").days_since == 10
    assert status_after(header, update, as_of="2024-02-20").stale_from == datetime.date(2024, 8, 9)


def test_work_that_was_closed_and_goes_on_is_reopened_once(header: Header) -> None:
    status = status_after(
        header,
        {"date": "2024-01", "progress": "under-way"},
        {"date": "2024-02", "progress": "done"},
        {"date": "2024-03", "note": "A note does not reopen."},
        {"date": "2024-04", "progress": "under-way"},
        {"date": "2024-05", "progress": "under-way"},
        {"date": "2024-06", "progress": "done"},
    )
    assert [entry.reopens for entry in status.entries] == [False, False, False, True, False, False]
    assert status.closed


def test_work_that_a_response_closed_stays_closed_until_another_word_opens_it(header: Header) -> None:
    updates = [
        {"date": "2024-01", "response": "not-ours"},
        {"date": "2024-02", "note": "A note does not reopen."},
        {"date": "2024-03", "response": "applies"},
    ]
    assert [entry.closes for entry in status_after(header, *updates).entries] == [True, False, False]
    assert [entry.reopens for entry in status_after(header, *updates).entries] == [False, False, True]


def test_a_response_that_closes_needs_no_progress_word(header: Header) -> None:
    assert status_after(header, {"date": "2024-01", "response": "not-ours"}).closed
    assert not status_after(header, {"date": "2024-01", "response": "not-ours", "progress": "under-way"}).closed
    assert not status_after(header, {"date": "2024-01", "response": "applies"}).closed


def test_closed_work_counts_as_closed_since_it_was_first_said_after_the_last_reopening(header: Header) -> None:
    updates = [
        {"date": "2024-01", "progress": "done"},
        {"date": "2024-02", "progress": "under-way"},
        {"date": "2024-03", "progress": "done"},
        {"date": "2024-04", "progress": "done"},
        {"date": "2024-05", "voice": "scrutineer", "progress": "under-way"},
    ]
    assert status_after(header, *updates[:1]).closed_on == PartialDate("2024-01")
    assert status_after(header, *updates[:2]).closed_on is None
    assert status_after(header, *updates).closed_on == PartialDate("2024-03")


@pytest.mark.parametrize(
    ("recheck", "later", "as_of", "due"),
    [
        ("2025-02-03", [], "2025-02-02", False),
        ("2025-02-03", [], "2025-02-03", True),
        ("2025-02", [], "2025-01-31", False),
        ("2025-02", [], "2025-02-01", True),
        ("2025-02-03", [{"date": "2025-02-02"}], "2025-02-03", True),
        ("2025-02-03", [{"date": "2025-02-03", "voice": "scrutineer"}], "2025-02-03", False),
        ("2025-02-03", [{"date": "2025-02"}], "2025-02-03", False),
        # Promised for the month in which it was said.
        ("2024-02", [], "2024-02-28", False),
        ("2024-02", [], "2024-02-29", True),
        ("2025-02-03", [{"date": "2025-01", "progress": "under-way", "reason": "It stopped."}], "2025-03-01", False),
    ],
)
def test_a_recheck_is_due_when_its_day_has_come_until_somebody_says_something(
    header: Header, recheck: str, later: list[dict], as_of: str, due: bool
) -> None:
    closed = {"date": "2024-02-05", "progress": "done", "recheck": recheck}
    assert status_after(header, closed, *later, as_of=as_of).recheck_is_due == due


def test_a_recheck_is_dropped_when_the_work_is_reopened(header: Header) -> None:
    closed = {"date": "2024-02", "progress": "done", "recheck": "2025-02"}
    reopened = {"date": "2024-04", "progress": "under-way"}
    assert status_after(header, closed).recheck == PartialDate("2025-02")
    assert status_after(header, closed, {"date": "2024-03"}).recheck == PartialDate("2025-02")
    assert status_after(header, closed, reopened).recheck is None
    assert status_after(header, closed, {**reopened, "recheck": "2024-09"}).recheck == PartialDate("2024-09")


def test_evidence_is_listed_once_with_the_latest_first(header: Header) -> None:
    status = status_after(
        header,
        {"date": "2024-01", "evidence": ["minutes", "report"]},
        {"date": "2024-02", "evidence": ["plan", "minutes"]},
    )
    assert status.evidence == ("plan", "minutes", "report")


def test_an_update_counts_from_the_first_day_that_its_date_can_mean(header: Header) -> None:
    update = {"date": "2022-10", "response": "applies"}
    assert ids(status_after(header, update, as_of="2022-09-30")) == (None, None)
    assert ids(status_after(header, update, as_of="2022-10-01")) == ("applies", None)


def test_a_vague_date_that_stands_after_a_later_one_counts_from_its_own_first_day(header: Header) -> None:
    updates = [{"date": "2024-02-10", "response": "applies"}, {"date": "2024", "progress": "under-way"}]
    assert ids(status_after(header, *updates, as_of="2024-01-31")) == (None, "under-way")
    assert ids(status_after(header, *updates, as_of="2024-02-10")) == ("applies", "under-way")


def test_an_earlier_day_shows_what_stood_then(header: Header) -> None:
    updates = (
        {"date": "2024-01-10", "response": "applies", "progress": "under-way", "due": "2024-06"},
        {"date": "2024-05-20", "due": "2024-12", "reason": "It takes longer."},
        {"date": "2024-11-30", "progress": "done", "recheck": "2025-11"},
        {"date": "2025-11-02", "progress": "under-way"},
    )
    then = status_after(header, *updates, as_of="2024-05-19")
    assert (ids(then), then.due.now.text, then.due.moves) == (("applies", "under-way"), "2024-06", ())
    then = status_after(header, *updates, as_of="2024-12-01")
    assert (then.closed, then.recheck.text, len(then.due.moves)) == (True, "2025-11", 1)
    assert not status_after(header, *updates).closed


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


@given(updates=UPDATES, days=st.tuples(DAYS, DAYS).map(sorted))
def test_what_is_in_the_register_once_stays_in_it(
    header: Header, updates: list[dict], days: list[datetime.date]
) -> None:
    earlier, later = (status_after(header, *updates, as_of=day.isoformat()) for day in days)
    assert later.entries[: len(earlier.entries)] == earlier.entries


@given(updates=UPDATES, day=DAYS)
def test_no_update_is_lost_or_counted_twice(header: Header, updates: list[dict], day: datetime.date) -> None:
    status = status_after(header, *updates, as_of=day.isoformat())
    happened = [update for update in status.record.updates if update.date.first <= day]
    assert [entry.update for entry in status.entries] == happened
    said = [position.said for position in status.positions if position.said]
    assert (happened[-1] in said) if happened else not said


@given(updates=UPDATES, day=DAYS)
def test_what_other_voices_say_changes_nothing_that_was_decided(
    header: Header, updates: list[dict], day: datetime.date
) -> None:
    alone = [update for update in updates if update["voice"] == "partnership"]
    together, apart = (status_after(header, *some, as_of=day.isoformat()) for some in (updates, alone))
    assert ids(together) == ids(apart)
    assert together.closed == apart.closed
    assert together.positions[0] == apart.positions[0]


@given(updates=UPDATES)
def test_a_due_date_keeps_every_date_in_turn(header: Header, updates: list[dict]) -> None:
    due = status_after(header, *updates).due
    given_dates = [update["due"] for update in updates if update.get("due")]
    if not given_dates:
        assert due is None
        return
    dates = [due.first.text, *(move.to.text for move in due.moves)]
    assert dates == [date for place, date in enumerate(given_dates) if place == 0 or date != given_dates[place - 1]]
    assert dates[-1] == due.now.text


@given(day=st.dates(datetime.date(2019, 1, 1), TODAY))
def test_what_has_changed_by_a_day_holds_each_event_once(small_register: Register, day: datetime.date) -> None:
    shown = [change for year in ChangesPage.of(Snapshot(small_register, day)).years.values() for change in year]
    updates = [update for record in small_register.recommendations for update in record.updates]
    dated = [*small_register.timeline, *updates]
    assert sorted(change.date for change in shown) == sorted(held.date for held in dated if held.date.first <= day)
    assert [change.date for change in shown] == sorted((change.date for change in shown), reverse=True)


def test_a_promise_that_was_ended_keeps_its_dates_and_says_when_it_ended(header: Header) -> None:
    promised = {"date": "2024-01-10", "due": "2024-06-30"}
    ended = {"date": "2024-05-01", "reason": "No money.", "ends": ["due"]}

    status = status_after(header, promised, ended)

    assert (status.due, status.overdue) == (None, False)
    assert status.promised and status.promised.now.text == "2024-06-30"
    assert status.promise_ended and status.promise_ended.date.text == "2024-05-01"


def test_a_promise_made_after_one_was_ended_holds_and_is_a_move(header: Header) -> None:
    promised = {"date": "2024-01-10", "due": "2024-06-30"}
    ended = {"date": "2024-05-01", "reason": "No money.", "ends": ["due"]}
    again = {"date": "2024-09-01", "reason": "Money.", "due": "2025-06-30"}

    status = status_after(header, promised, ended, again)

    assert status.promise_ended is None
    assert status.due and [date.text for date in status.due.dates] == ["2024-06-30", "2025-06-30"]


def test_what_was_never_promised_cannot_be_ended(header: Header) -> None:
    ended = {"date": "2024-05-01", "reason": "No money.", "ends": ["due"]}

    assert status_after(header, ended).promise_ended is None
