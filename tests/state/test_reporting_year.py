"""The yearly report: each update in one year only, and the years add up to the whole."""

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.dates import PartialDate
from register.model import Register
from register.site.pages.yearly_report import YearlyReportPage, runs
from register.site.render import Renderer
from register.state.comparison import compare
from register.state.reporting_year import ReportingYear, YearlyReport, year_of, years
from register.state.snapshot import Snapshot
from register.state.status import Status, status_on
from registers import TODAY, with_updates


def report(snapshot: Snapshot, name: str) -> YearlyReport:
    """The report of the year with this name."""
    return next(YearlyReport(snapshot, year) for year in years(snapshot) if year.name == name)


def numbers(statuses: list[Status]) -> list[int]:
    return [status.record.number for status in statuses]


# ── the years ──────────────────────────────────────────────────────────────────────────────────


def test_a_reporting_year_is_named_after_its_two_years(sample: Snapshot) -> None:
    header = sample.register.header
    year = year_of(header, datetime.date(2025, 3, 31))
    assert (year.first, year.last) == (datetime.date(2024, 4, 1), datetime.date(2025, 3, 31))
    assert (year.name, year.span) == ("2024-25", "1 April 2024 to 31 March 2025")
    assert year_of(header, datetime.date(2025, 4, 1)).name == "2025-26"
    assert year_of(header, datetime.date(1999, 4, 1)).name == "1999-00"


def test_a_reporting_year_that_is_a_calendar_year_has_one_number(sample: Snapshot) -> None:
    header = sample.register.header.model_copy(update={"reporting_year_starts": "01-01"})
    assert year_of(header, datetime.date(2025, 12, 31)).name == "2025"


def test_a_year_may_start_on_a_day_that_some_years_lack(sample: Snapshot) -> None:
    header = sample.register.header.model_copy(update={"reporting_year_starts": "02-29"})
    year = year_of(header, datetime.date(2023, 2, 28))
    assert (year.first, year.last) == (datetime.date(2023, 2, 28), datetime.date(2024, 2, 28))


def test_the_years_run_from_the_inquiry_to_the_day_shown(sample: Snapshot) -> None:
    assert [year.name for year in years(sample)] == ["2022-23", "2023-24", "2024-25", "2025-26"]
    assert [year.name for year in years(Snapshot(sample.register, datetime.date(2023, 4, 1)))] == ["2022-23", "2023-24"]
    assert years(Snapshot(sample.register, datetime.date(2022, 5, 11))) == []


# ── what a report says ─────────────────────────────────────────────────────────────────────────


def test_a_report_says_what_closed_reopened_and_is_still_open(sample: Snapshot) -> None:
    found = report(sample, "2025-26")
    assert [(one.after.record.number, entry.update.date.text) for one, entry in found.reopened] == [(5, "2025-07-01")]
    assert found.closed == []
    assert [one.after.record.number for one in found.changed] == [4, 5]
    assert [one.after.record.number for one in found.updated] == [1, 3, 4, 5, 6, 7, 8, 11, 13]
    assert numbers(found.closed_at_end) == [1, 2, 6, 10]
    assert numbers(found.still_open) == [3, 4, 5, 7, 8, 9, 11, 13]
    assert numbers(found.never_updated) == [12, 14]


def test_a_response_that_closes_counts_as_closed(sample: Snapshot) -> None:
    found = report(sample, "2022-23")
    assert [(one.after.record.number, entry.update.date.text) for one, entry in found.closed] == [(6, "2023-02-15")]


def test_a_report_says_what_was_due_and_what_became_of_it(sample: Snapshot) -> None:
    due = [(due.date.text, due.status.record.number, due.outcome) for due in report(sample, "2024-25").due]
    assert due == [
        ("2024-06-30", 5, "closed"),
        ("2024-09-30", 1, "closed"),
        ("2024-12", 3, "moved"),
        ("2024-12-31", 10, "closed"),
    ]


def test_a_report_of_a_year_that_is_not_over_ends_on_the_day_shown(sample: Snapshot) -> None:
    found = report(Snapshot(sample.register, datetime.date(2024, 5, 15)), "2024-25")
    assert (found.until, found.over) == (datetime.date(2024, 5, 15), False)
    assert [(due.date.text, due.outcome) for due in found.due][:1] == [("2024-06-30", "open")]


def test_a_due_date_is_missed_by_being_moved_or_by_passing(sample: Snapshot) -> None:
    def missed(name: str) -> list[tuple]:
        found = report(sample, name).missed
        return [(s.status.record.number, s.date.text, s.move.to.text if s.move else "passed") for s in found]

    assert missed("2023-24") == [(3, "2024-03-31", "2024-12")]
    assert missed("2024-25") == [(3, "2024-12", "2026-09-30")]
    assert missed("2025-26") == [(4, "2025", "2027"), (5, "2024-06-30", "2026-06-30"), (8, "2026-01-31", "passed")]


def test_a_date_on_the_last_day_of_a_year_passes_in_the_next(small_register: Register) -> None:
    given_ = {"date": "2024-01-01", "due": "2024-03-31"}
    snapshot = Snapshot(with_updates(small_register, [given_]), TODAY)
    assert report(snapshot, "2023-24").missed == []
    assert [missed.date.text for missed in report(snapshot, "2024-25").missed] == ["2024-03-31"]


def test_a_date_that_passed_stays_missed_when_the_promise_is_ended_later(small_register: Register) -> None:
    updates = [
        {"date": "2024-01-01", "due": "2024-06-30"},
        {"date": "2024-09-01", "ends": ["due"], "reason": "There is no money."},
    ]
    found = report(Snapshot(with_updates(small_register, updates), TODAY), "2024-25")
    assert [missed.date.text for missed in found.missed] == ["2024-06-30"]
    assert [(due.date.text, due.outcome) for due in found.due] == [("2024-06-30", "ended")]


def test_an_earlier_new_date_is_not_missed(small_register: Register) -> None:
    updates = [
        {"date": "2024-01-01", "due": "2025-12"},
        {"date": "2024-05-01", "due": "2025-06", "reason": "It goes well."},
        {"date": "2024-06-01", "progress": "done", "evidence": ["minutes"]},
    ]
    snapshot = Snapshot(with_updates(small_register, updates), TODAY)
    assert report(snapshot, "2024-25").missed == []


def test_a_date_that_an_earlier_one_took_the_place_of_is_not_missed_when_it_passes(small_register: Register) -> None:
    updates = [
        {"date": "2024-01-01", "due": "2024-12-31"},
        {"date": "2024-05-01", "due": "2024-06-30", "reason": "It goes well."},
    ]
    snapshot = Snapshot(with_updates(small_register, updates), TODAY)
    every = [missed for year in years(snapshot) for missed in YearlyReport(snapshot, year).missed]
    assert [missed.date.text for missed in every] == ["2024-06-30"]


def test_a_date_is_missed_from_the_day_after_it(small_register: Register) -> None:
    register = with_updates(small_register, [{"date": "2024-01-01", "due": "2024-06-30"}])

    def missed(day: datetime.date) -> list[str]:
        return [one.date.text for one in report(Snapshot(register, day), "2024-25").missed]

    assert missed(datetime.date(2024, 6, 30)) == []
    assert missed(datetime.date(2024, 7, 1)) == ["2024-06-30"]


@pytest.mark.parametrize(
    ("due", "years_with_it"),
    [
        ("2024-03-31", ["2023-24"]),
        ("2024-04-01", ["2024-25"]),
        ("2025-03", ["2024-25"]),
        ("2025-03-31", ["2024-25"]),
        ("2024", ["2024-25"]),
    ],
)
def test_a_date_is_due_in_the_year_of_its_last_day(
    small_register: Register, due: str, years_with_it: list[str]
) -> None:
    snapshot = Snapshot(with_updates(small_register, [{"date": "2023-05-01", "due": due}]), TODAY)
    assert [year.name for year in years(snapshot) if YearlyReport(snapshot, year).due] == years_with_it


def test_what_became_of_a_due_date_is_told_as_of_the_end_of_the_report(small_register: Register) -> None:
    updates = [
        {"date": "2024-04-01", "due": "2024-06-30"},
        {"date": "2024-05-01", "due": "2024-09-30", "reason": "It takes longer."},
        {"date": "2024-10-01", "progress": "done"},
    ]
    register = with_updates(small_register, updates)

    def outcomes(day: datetime.date) -> list[tuple[str, str, str | None]]:
        due = report(Snapshot(register, day), "2024-25").due
        return [(one.date.text, one.outcome, one.move and one.move.reason) for one in due]

    moved = ("2024-06-30", "moved", "It takes longer.")
    assert outcomes(datetime.date(2024, 4, 30)) == [("2024-06-30", "open", None)]
    assert outcomes(datetime.date(2024, 9, 30)) == [moved, ("2024-09-30", "open", None)]
    assert outcomes(TODAY) == [moved, ("2024-09-30", "closed", None)]
    late = with_updates(small_register, updates[:2])
    snapshot = Snapshot(late, datetime.date(2024, 10, 1))
    assert [one.outcome for one in report(snapshot, "2024-25").due] == ["moved", "passed"]


def test_a_year_is_over_on_its_last_day(sample: Snapshot) -> None:
    assert report(sample, "2025-26").over
    assert not report(Snapshot(sample.register, TODAY - datetime.timedelta(days=1)), "2025-26").over


@pytest.mark.parametrize(
    ("date", "listed"), [("2024-03-31", False), ("2024-04-01", True), ("2024-05-15", True), ("2024-05-16", False)]
)
def test_an_event_belongs_to_the_year_from_its_first_day_to_the_day_shown(
    small_register: Register, date: str, listed: bool
) -> None:
    event = small_register.timeline[0].model_copy(update={"date": PartialDate(date)})
    register = with_updates(small_register, []).model_copy(update={"timeline": [event]})
    found = report(Snapshot(register, datetime.date(2024, 5, 15)), "2024-25").milestones
    assert bool(found) == listed


def test_public_events_of_the_year_are_listed(sample: Snapshot) -> None:
    assert [event.date.text for event in report(sample, "2022-23").milestones] == [
        "2022-05-12",
        "2022-06",
        "2022-06-01",
    ]


def test_numbers_without_a_gap_are_given_as_runs() -> None:
    assert runs([1, 2, 3, 7, 9, 10]) == [(1, 3), (7, 7), (9, 10)]
    assert runs([]) == []


# ── the pages ──────────────────────────────────────────────────────────────────────────────────


def test_every_year_has_a_page_that_is_linked_from_what_has_changed(built_sample: Path) -> None:
    page = (built_sample / "changes" / "index.html").read_text(encoding="utf-8")
    for name in ("2022-23", "2023-24", "2024-25", "2025-26"):
        assert f'<a href="{name}/">Yearly report {name}</a>' in page
        assert (built_sample / "changes" / name / "index.html").is_file()


def page_of(register: Register, name: str) -> str:
    """The page of a year's report, as HTML."""
    snapshot = Snapshot(register, TODAY)
    year = next(year for year in years(snapshot) if year.name == name)
    return Renderer().render(YearlyReportPage.of(snapshot, year), f"changes/{name}/")


def test_a_year_without_updates_reads_as_a_sentence_not_as_an_empty_form(sample_register: Register) -> None:
    """As nearly the whole real register does: nothing is published yet."""
    page = page_of(with_updates(sample_register, *([] for _ in range(14))), "2024-25")
    assert "No update to any of the 14 recommendations is dated in this year." in page
    assert "It says how things stood on 31 March 2025. What came later stands in later reports" in page
    assert "Now:" not in page
    for empty in ("Contents", "The year in figures", "What was closed", "What had no update yet", "Every update"):
        assert empty not in page


def test_a_year_without_updates_still_says_what_was_due_and_open(sample_register: Register) -> None:
    promised = [{"date": "2023-05-01", "response": "under-consideration", "due": "2024-06-30"}]
    page = page_of(with_updates(sample_register, promised, *([] for _ in range(13))), "2024-25")
    assert "No update to any of the 14 recommendations is dated in this year." in page
    for part in ("Contents", "The year in figures", "What was due", "What was still open", "What had no update yet"):
        assert part in page


# ── whatever the updates are ───────────────────────────────────────────────────────────────────

DAYS = st.dates(datetime.date(2019, 1, 1), datetime.date(2026, 3, 31))
DATES = st.builds(lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10]))
UPDATES = st.lists(
    st.fixed_dictionaries(
        {"date": DATES, "voice": st.sampled_from(["partnership", "scrutineer"])},
        optional={
            "response": st.sampled_from(["applies", "in-part", "not-ours"]),
            "progress": st.sampled_from(["under-way", "done"]),
            "due": DATES,
            "reason": st.just("A reason."),
        },
    ),
    max_size=8,
).map(lambda updates: sorted(updates, key=lambda update: update["date"]))


@given(records=st.lists(UPDATES, min_size=1, max_size=3), day=DAYS)
def test_the_reports_of_all_years_hold_each_update_once(
    small_register: Register, records: list[list[dict]], day: datetime.date
) -> None:
    register = with_updates(small_register, *records)
    snapshot = Snapshot(register, day)
    held = [
        id(e.update)
        for year in years(snapshot)
        for one in YearlyReport(snapshot, year).comparisons
        for e in one.entries
    ]
    happened = [id(u) for record in register.recommendations for u in record.updates if u.date.first <= day]
    assert sorted(held) == sorted(happened)


@given(records=st.lists(UPDATES, min_size=1, max_size=3), day=DAYS)
def test_consecutive_years_add_up_to_the_whole(
    small_register: Register, records: list[list[dict]], day: datetime.date
) -> None:
    """Each year begins where the one before ended, and what closed and reopened explains how many are closed."""
    snapshot = Snapshot(with_updates(small_register, *records), day)
    reports = [YearlyReport(snapshot, year) for year in years(snapshot)]
    closed = 0
    for number, one in enumerate(reports):
        if number:
            assert one.year.first - reports[number - 1].until == datetime.timedelta(days=1)
            ends, begins = reports[number - 1].comparisons, one.comparisons
            assert [d.after.entries for d in ends] == [d.before.entries for d in begins]
            assert [d.after.closed for d in ends] == [d.before.closed for d in begins]
        closed += len(one.closed) - len(one.reopened)
        assert closed == len(one.closed_at_end)
        assert len(one.closed_at_end) + len(one.still_open) + len(one.never_updated) == len(records)


@given(updates=UPDATES)
def test_every_missed_date_stands_in_one_year_only(small_register: Register, updates: list[dict]) -> None:
    snapshot = Snapshot(with_updates(small_register, updates), TODAY)
    status = snapshot.statuses[1]
    every = [missed for year in years(snapshot) for missed in YearlyReport(snapshot, year).missed]
    moves = [missed.move for missed in every if missed.move]
    assert len({id(move) for move in moves}) == len(moves)
    passed = [missed.date for missed in every if not missed.move]
    assert len(set(passed)) == len(passed)
    if status.overdue and status.due.now.last.year >= 2020:
        then = status_on(status.record, small_register.header, status.due.now.last + datetime.timedelta(days=1))
        assert (status.due.now in passed) == (then.overdue and then.due.now == status.due.now)


@given(updates=UPDATES, days=st.lists(DAYS, min_size=3, max_size=3).map(sorted))
def test_a_comparison_and_the_next_one_are_together_the_comparison_over_both(
    small_register: Register, updates: list[dict], days: list[datetime.date]
) -> None:
    register = with_updates(small_register, updates)
    first, middle, last = days
    after = middle + datetime.timedelta(days=1)
    snapshot = Snapshot(register, TODAY)
    (early,) = compare(snapshot, first, middle)
    (late,) = compare(snapshot, after, max(after, last))
    (whole,) = compare(snapshot, first, max(after, last))
    assert early.entries + late.entries == whole.entries
    assert early.moves + late.moves == whole.moves
    assert early.closings + late.closings == whole.closings
    assert early.after == late.before


@given(updates=UPDATES, days=st.tuples(DAYS, DAYS).map(sorted))
def test_the_register_as_at_a_later_day_holds_all_of_an_earlier_one(
    small_register: Register, updates: list[dict], days: list[datetime.date]
) -> None:
    register = with_updates(small_register, updates)
    earlier, later = (Snapshot(register, day) for day in days)
    assert later.statuses[1].entries[: len(earlier.statuses[1].entries)] == earlier.statuses[1].entries
    names = [year.name for year in years(earlier)]
    assert [year.name for year in years(later)][: len(names)] == names


@given(text=DATES, starts=st.sampled_from(["01-01", "04-01", "02-29", "09-01", "12-31"]))
def test_a_date_of_any_precision_lies_in_exactly_one_year(small_register: Register, text: str, starts: str) -> None:
    header = small_register.header.model_copy(update={"reporting_year_starts": starts})
    first = PartialDate(text).first
    year = year_of(header, first)
    assert year.first <= first <= year.last
    assert year_of(header, year.last + datetime.timedelta(days=1)).first == year.last + datetime.timedelta(days=1)
    assert isinstance(year, ReportingYear)
