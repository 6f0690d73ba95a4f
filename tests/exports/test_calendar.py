"""The calendar: read by a reader that nobody here wrote, honest about how much of a date is known."""

import datetime
import re

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exported import SITE, exported
from register.exports.calendar import folded, text
from register.model import Register
from register.state.snapshot import Snapshot
from registers import TODAY

PATH = "data/calendar.ics"


@pytest.fixture(scope="module")
def read(files: dict[str, bytes]) -> icalendar.Calendar:
    """The calendar as the foreign reader sees it."""
    return icalendar.Calendar.from_ical(files[PATH])


def event(read: icalendar.Calendar, number: int, kind: str) -> icalendar.Event:
    """The one event of a kind and recommendation."""
    url = f"{SITE}recommendations/{number}/"
    (found,) = [one for one in read.walk("VEVENT") if one["URL"] == url and one.categories == [kind]]
    return found


def days(event: icalendar.Event) -> tuple[datetime.date, datetime.date]:
    """An event's first day and the day after its last."""
    return event["DTSTART"].dt, event["DTEND"].dt


def test_the_calendar_and_its_events_have_all_that_rfc_5545_demands(read: icalendar.Calendar) -> None:
    assert (read["VERSION"], read["METHOD"]) == ("2.0", "PUBLISH")
    assert read["PRODID"]
    events = read.walk("VEVENT")
    assert len(events) == 17
    for one in events:
        assert one.errors == []
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one["UID"])
        assert one["DTSTAMP"].dt.tzinfo is not None
        assert one["DTSTART"].params["VALUE"] == "DATE"
        assert one["DTEND"].dt > one["DTSTART"].dt
        assert one["TRANSP"] == "TRANSPARENT"
    assert len({one["UID"] for one in events}) == len(events)


def test_a_promised_date_is_the_one_that_holds_now_and_tells_of_its_moves(read: icalendar.Calendar) -> None:
    due = event(read, 3, "due")
    assert days(due) == (datetime.date(2026, 9, 30), datetime.date(2026, 10, 1))
    assert due["SEQUENCE"] == 2
    assert due["SUMMARY"] == "Recommendation 3: promised (30 September 2026)"
    assert (
        "First promised by 31 March 2024. On 19 March 2024 moved to December 2024: Two of the nine"
        in due["DESCRIPTION"]
    )


def test_a_date_known_to_the_month_or_year_covers_all_days_that_it_can_be(read: icalendar.Calendar) -> None:
    month, year = event(read, 3, "recheck"), event(read, 4, "due")
    assert days(month) == (datetime.date(2027, 3, 1), datetime.date(2027, 4, 1))
    assert days(year) == (datetime.date(2027, 1, 1), datetime.date(2028, 1, 1))
    for one in (month, year):
        assert "The day is not known, so this entry covers all days that it can be." in one["DESCRIPTION"]
    assert "The day is not known" not in event(read, 3, "due")["DESCRIPTION"]


def test_a_review_falls_on_the_first_day_on_which_the_work_counts_as_stale(sample_register: Register) -> None:
    made = icalendar.Calendar.from_ical(exported(Snapshot(sample_register, TODAY))[PATH])
    day = event(made, 3, "review")["DTSTART"].dt
    assert Snapshot(sample_register, day).statuses[3].stale
    assert not Snapshot(sample_register, day - datetime.timedelta(days=1)).statuses[3].stale


def test_closed_work_has_no_review_and_says_that_nothing_more_is_expected(read: icalendar.Calendar) -> None:
    kinds = [one.categories[0] for one in read.walk("VEVENT") if one["URL"] == f"{SITE}recommendations/1/"]
    assert kinds == ["due", "recheck"]
    assert event(read, 1, "due")["DESCRIPTION"].endswith("Nothing more is expected.")


def test_work_past_its_date_says_so(read: icalendar.Calendar) -> None:
    assert event(read, 8, "due")["DESCRIPTION"].endswith("That date has passed.")


def test_an_event_keeps_its_uid_when_its_date_moves(sample_register: Register, read: icalendar.Calendar) -> None:
    earlier = icalendar.Calendar.from_ical(exported(Snapshot(sample_register, datetime.date(2023, 6, 1)))[PATH])
    before, now = event(earlier, 3, "due"), event(read, 3, "due")
    assert before["UID"] == now["UID"]
    assert before["DTSTART"].dt < now["DTSTART"].dt
    assert before["SEQUENCE"] < now["SEQUENCE"]
    assert before["DTSTAMP"].dt < now["DTSTAMP"].dt


def test_a_calendar_without_a_date_still_has_the_component_that_is_demanded(sample_register: Register) -> None:
    silent = [record.model_copy(update={"updates": []}) for record in sample_register.recommendations]
    bare = sample_register.model_copy(update={"recommendations": silent})
    made = icalendar.Calendar.from_ical(exported(Snapshot(bare, TODAY))[PATH])
    assert [part.name for part in made.subcomponents] == ["VJOURNAL"]


def test_the_last_day_there_is_does_not_break_the_calendar(sample_register: Register) -> None:
    record = sample_register.recommendations[2]
    far = record.updates[2].model_copy(update={"due": type(record.updates[2].due)("9999")})
    changed = sample_register.model_copy(
        update={"recommendations": [record.model_copy(update={"updates": [far]}), *sample_register.recommendations[3:]]}
    )
    made = icalendar.Calendar.from_ical(exported(Snapshot(changed, TODAY))[PATH])
    assert event(made, 3, "due")["DTSTART"].dt == datetime.date(9999, 1, 1)


def test_every_line_ends_with_crlf_and_is_short_enough(files: dict[str, bytes]) -> None:
    lines = files[PATH].split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)


def test_the_signs_that_a_calendar_reads_are_escaped() -> None:
    assert text("a, b; c\\d\r\ne") == r"a\, b\; c\\d\ne"  # readers are lenient here, the standard is not


TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\\,;:\r\n\t\0\x1bñ€🏴"))


@settings(deadline=None)
@given(TEXT)
def test_any_text_comes_back_from_the_calendar_but_for_what_it_cannot_hold(value: str) -> None:
    line = folded(f"DESCRIPTION:{text(value)}")
    raw = line.encode()
    assert all(len(part) <= 75 for part in raw.split(b"\r\n"))
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", raw)
    assert all(part.decode() is not None for part in raw.split(b"\r\n "))
    made = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VJOURNAL\r\nUID:x\r\n{line}\r\nEND:VJOURNAL\r\nEND:VCALENDAR\r\n"
    (journal,) = icalendar.Calendar.from_ical(made.encode()).walk("VJOURNAL")
    expected = re.sub("\r\n|\r", "\n", value)
    assert str(journal["DESCRIPTION"]) == re.sub("[\x00-\x08\x0b-\x1f\x7f]", "\ufffd", expected)
