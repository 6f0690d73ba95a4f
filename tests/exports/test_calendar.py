"""The calendar: whole days, honest about how much of a date is known, and right for any reader."""

import datetime
import re

import icalendar
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from exported import SITE, exported
from register.exports.calendar import DatedEvent, calendar, events
from register.exports.published import Published
from register.load.loader import load
from register.model import Register
from register.state.snapshot import Snapshot
from register.state.status import status_on
from registers import SMALL, TODAY, recommendation, with_updates

PATH = "data/calendar.ics"
UID = r"urn:uuid:[0-9a-f-]{36}"


@pytest.fixture(scope="module")
def read(files: dict[str, bytes]) -> icalendar.Calendar:
    """The sample's calendar as a reader sees it."""
    return icalendar.Calendar.from_ical(files[PATH])


def event(read: icalendar.Calendar, number: int, kind: str) -> icalendar.Event:
    """The one event of a kind and recommendation."""
    url = f"{SITE}recommendations/{number}/"
    (found,) = [one for one in read.walk("VEVENT") if one["URL"] == url and one.categories == [kind]]
    return found


def days(event: icalendar.Event) -> tuple[datetime.date, datetime.date]:
    """An event's first day and the day after its last."""
    return event["DTSTART"].dt, event["DTEND"].dt


def unfolded(content: bytes) -> str:
    """The lines of a calendar, joined again where they were folded (RFC 5545, section 3.1)."""
    return content.decode().replace("\r\n ", "")


def test_the_calendar_and_its_events_have_all_that_rfc_5545_demands(read: icalendar.Calendar) -> None:
    assert (read["VERSION"], read["METHOD"], read["CALSCALE"]) == ("2.0", "PUBLISH", "GREGORIAN")
    assert read["PRODID"] == "-//exampleshire-sampleton-14//recommendations register//EN"
    events = read.walk("VEVENT")
    assert len(events) == 16
    for one in events:
        assert one.errors == []
        assert re.fullmatch(UID, one["UID"])
        assert one["DTSTAMP"].dt.tzinfo is not None
        assert one["DTSTART"].params["VALUE"] == "DATE"
        assert one["DTEND"].dt > one["DTSTART"].dt
        assert one["TRANSP"] == "TRANSPARENT"
    assert len({one["UID"] for one in events}) == len(events)


def test_the_calendar_of_a_small_register_is_exactly_this(small_register: Register) -> None:
    register = with_updates(
        small_register,
        [
            {"date": "2026-01-10", "response": "applies", "progress": "under-way", "due": "2026-12"},
            {"date": "2026-02-01", "due": "2027-06-30", "reason": "Fewer trainers; more wardens, too."},
        ],
        [],
    )
    content = calendar(Published(Snapshot(register, TODAY), SITE))
    text = re.sub(UID, "UID", unfolded(content)).replace(Snapshot(register, TODAY).version, "VERSION")
    about = (
        "DESCRIPTION:Register version VERSION\\, with what is dated up to 10 February 2026. Proposed for this register’s own words and data\\, "
        "not yet confirmed: Open Licence. The inquiry's words are its own. "
        "Help: Police: 999 (Any time)."
    )
    assert text.split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//smallshire//recommendations register//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-RELCALID:UID",
        "NAME:The Smallshire register",
        "X-WR-CALNAME:The Smallshire register",
        about,
        "URL:https://register.exampleshire.test/data/",
        "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
        "BEGIN:VEVENT",
        "UID:UID",
        "DTSTAMP:20260201T000000Z",
        "SEQUENCE:2102",
        "DTSTART;VALUE=DATE:20270630",
        "DTEND;VALUE=DATE:20270701",
        "SUMMARY:Recommendation 1: promised (30 June 2027)",
        "DESCRIPTION:Title not copied here yet. Promised by 30 June 2027. First promised by December 2026. "
        "On 1 February 2026 moved to 30 June 2027: Fewer trainers\\; more wardens\\, too.",
        "CATEGORIES:due",
        "TRANSP:TRANSPARENT",
        "URL:https://register.exampleshire.test/recommendations/1/",
        "END:VEVENT",
        "BEGIN:VEVENT",
        "UID:UID",
        "DTSTAMP:20260201T000000Z",
        "SEQUENCE:2102",
        "DTSTART;VALUE=DATE:20260801",
        "DTEND;VALUE=DATE:20260802",
        "SUMMARY:Recommendation 1: update due",
        "DESCRIPTION:Title not copied here yet. The last update is of 1 February 2026. "
        "The register promises the next within 180 days.",
        "CATEGORIES:review",
        "TRANSP:TRANSPARENT",
        "URL:https://register.exampleshire.test/recommendations/1/",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_due_date_is_the_one_that_holds_now_and_names_its_moves(read: icalendar.Calendar) -> None:
    due = event(read, 3, "due")
    assert days(due) == (datetime.date(2026, 9, 30), datetime.date(2026, 10, 1))
    assert due["DESCRIPTION"] == (
        "Share a worry about a child on the same day. Promised by 30 September 2026. First promised by 31 March 2024. "
        "On 19 March 2024 moved to December 2024: "
        "Two of the nine organisations could not find staff for the rota in time. "
        "On 26 November 2024 moved to 30 September 2026: "
        "The people with lived experience asked for it to be tried out with young people first."
    )


def test_a_date_known_to_the_month_or_year_covers_all_days_that_it_can_be(read: icalendar.Calendar) -> None:
    month, year = event(read, 3, "recheck"), event(read, 4, "due")
    assert days(month) == (datetime.date(2027, 3, 1), datetime.date(2027, 4, 1))
    assert days(year) == (datetime.date(2027, 1, 1), datetime.date(2028, 1, 1))
    for one in (month, year):
        assert one["DESCRIPTION"].endswith(" The day is not known, so this entry covers all days that it can be.")
    assert "The day is not known" not in event(read, 3, "due")["DESCRIPTION"]


def test_a_second_look_is_the_one_that_was_set_last(small_register: Register) -> None:
    updates = [
        {"date": "2025-01-10", "response": "applies", "progress": "done", "recheck": "2026"},
        {"date": "2025-02-10", "note": "Only a note."},
        {"date": "2025-03-10", "recheck": "2026-07-01"},
        {"date": "2025-04-10", "note": "Only a note."},
    ]
    status = status_on(recommendation(1, updates), small_register.header, TODAY)
    assert list(events(status)) == [
        DatedEvent(
            kind="recheck",
            title="second look (1 July 2026)",
            text="Someone will look at it again: 1 July 2026.",
            first=datetime.date(2026, 7, 1),
            last=datetime.date(2026, 7, 1),
        )
    ]


def test_a_due_date_that_was_said_again_has_not_moved(small_register: Register) -> None:
    updates = [
        {"date": "2025-01", "response": "applies", "progress": "under-way"},
        {"date": "2025-02", "due": "2027-01-01"},
        {"date": "2025-03", "due": "2027-01-01"},
    ]
    status = status_on(recommendation(1, updates), small_register.header, TODAY)
    due, _ = events(status)
    assert due == DatedEvent(
        kind="due",
        title="promised (1 January 2027)",
        text="Promised by 1 January 2027.",
        first=datetime.date(2027, 1, 1),
        last=datetime.date(2027, 1, 1),
    )


def test_a_review_falls_on_the_first_day_on_which_the_work_counts_as_stale(
    read: icalendar.Calendar, sample_register: Register
) -> None:
    day = event(read, 3, "review")["DTSTART"].dt
    assert Snapshot(sample_register, day).statuses[3].stale
    assert not Snapshot(sample_register, day - datetime.timedelta(days=1)).statuses[3].stale


def test_closed_work_has_no_review_and_says_that_no_more_work_is_expected(read: icalendar.Calendar) -> None:
    kinds = [one.categories[0] for one in read.walk("VEVENT") if one["URL"] == f"{SITE}recommendations/1/"]
    assert kinds == ["due", "recheck"]
    assert event(read, 1, "due")["DESCRIPTION"].endswith("No more work is expected.")


def test_work_past_its_date_says_so(read: icalendar.Calendar) -> None:
    assert event(read, 8, "due")["DESCRIPTION"].endswith("That date has passed.")


def test_an_event_keeps_its_uid_when_its_date_moves(sample_register: Register, read: icalendar.Calendar) -> None:
    earlier = icalendar.Calendar.from_ical(exported(Snapshot(sample_register, datetime.date(2023, 6, 1)))[PATH])
    before, now = event(earlier, 3, "due"), event(read, 3, "due")
    assert before["UID"] == now["UID"]
    assert before["DTSTART"].dt < now["DTSTART"].dt
    assert before["SEQUENCE"] < now["SEQUENCE"]
    assert before["DTSTAMP"].dt < now["DTSTAMP"].dt


def test_an_event_is_a_new_revision_on_the_day_on_which_its_words_change(small_register: Register) -> None:
    """RFC 5545, 3.8.7.4: programs that follow a calendar take over an event again only if the number has grown."""
    updates = [{"date": "2026-01-10", "response": "applies", "progress": "under-way", "due": "2026-02-28"}]
    register = with_updates(small_register, updates)

    def due(day: str) -> tuple[str, int, datetime.datetime]:
        snapshot = Snapshot(register, datetime.date.fromisoformat(day))
        made = event(icalendar.Calendar.from_ical(calendar(Published(snapshot, SITE))), 1, "due")
        return str(made["DESCRIPTION"]), made["SEQUENCE"], made["DTSTAMP"].dt

    promised, late = due("2026-02-28"), due("2026-03-01")
    assert promised == due("2026-01-10")  # a day alone changes nothing
    assert late == due("2026-03-31")
    assert late[0] == f"{promised[0]} That date has passed."
    assert (promised[1] < late[1], late[2]) == (True, datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC))


def test_the_calendars_own_name_is_no_uid_which_programs_would_take_for_that_of_every_event(
    files: dict[str, bytes],
) -> None:
    """vdirsyncer reads the first UID of an item; with one before the events it kept one of them all."""
    before_the_first_event = unfolded(files[PATH]).partition("BEGIN:VEVENT")[0]
    assert not re.search("(?m)^UID", before_the_first_event)
    assert re.search(f"(?m)^X-WR-RELCALID:{UID}\r$", before_the_first_event)


def test_a_calendar_without_a_date_still_has_the_component_that_is_demanded(
    small_register: Register, read: icalendar.Calendar
) -> None:
    assert {part.name for part in read.subcomponents} == {"VEVENT"}
    content = calendar(Published(Snapshot(with_updates(small_register, []), TODAY), SITE))
    assert [part.name for part in icalendar.Calendar.from_ical(content).subcomponents] == ["VJOURNAL"]


def test_an_event_can_last_until_the_last_day_that_can_be_typed(small_register: Register) -> None:
    register = with_updates(small_register, [{"date": "2026-03", "due": "2199"}])
    made = icalendar.Calendar.from_ical(calendar(Published(Snapshot(register, TODAY), SITE)))
    due = event(made, 1, "due")
    assert due["DTSTART"].dt == datetime.date(2199, 1, 1)
    assert due["DTEND"].dt == datetime.date(2200, 1, 1)


def test_every_line_ends_with_crlf_and_is_short_enough(files: dict[str, bytes]) -> None:
    lines = files[PATH].split(b"\r\n")
    assert lines[-1] == b""
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)


# ── Any text ──────────────────────────────────────────────────────────────────────────────────────────────────────────

REGISTER = load(SMALL / "data", TODAY)
TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\\,;:\r\n\t\0\x1b\x7fNnñ€🏴"))


def named(title: str) -> bytes:
    """The calendar of a register with this title in which nothing is dated: a note says what it is."""
    silent = with_updates(REGISTER, [])
    register = silent.model_copy(update={"header": silent.header.model_copy(update={"title": title})})
    return calendar(Published(Snapshot(register, TODAY), SITE))


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("a, b; c\\d", r"a\, b\; c\\d"),
        ("a\r\nb\nc\rd", r"a\nb\nc\nd"),
        (r"C:\New \\North", r"C:\\New \\\\North"),
        ("a\0b\x1bc\x7fd\ufffee", "a\ufffdb\ufffdc\ufffdd\ufffde"),
    ],
)
def test_text_is_escaped_and_cleaned_as_rfc_5545_says(title: str, line: str) -> None:
    """Section 3.3.11. Readers are lenient here, the standard is not."""
    content = unfolded(named(title)).split("\r\n")
    assert {f"NAME:{line}", f"X-WR-CALNAME:{line}", f"SUMMARY:{line}"} < set(content)


@given(TEXT)
@example(r"\N\\N\n")
@example("long, and long; " * 20)
def test_any_text_comes_back_from_the_calendar_but_for_what_it_cannot_hold(title: str) -> None:
    content = named(title)
    for folded in content.split(b"\r\n"):
        assert len(folded) <= 75
        folded.decode()  # would raise if a fold cut a character in two
    # A byte-order mark at the beginning means nothing, and icalendar drops it.
    expected = re.sub("\r\n|\r", "\n", title.removeprefix("\ufeff"))
    expected = re.sub("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", expected)
    (line,) = re.findall(r"(?m)^NAME:([^\r\n]*)\r$", unfolded(content))
    assert re.sub(r"\\(.)", lambda escaped: "\n" if escaped[1] == "n" else escaped[1], line) == expected
    (journal,) = icalendar.Calendar.from_ical(content).walk("VJOURNAL")
    assert str(journal["SUMMARY"]) == expected


def test_a_recommendations_title_stands_before_what_an_event_says(small_register: Register) -> None:
    record = recommendation(1, [{"date": "2026-03", "due": "2027"}]).model_copy(update={"title": "A\\Na"})
    register = small_register.model_copy(update={"recommendations": [record]})
    made = icalendar.Calendar.from_ical(calendar(Published(Snapshot(register, TODAY), SITE)))
    assert event(made, 1, "due")["DESCRIPTION"].startswith("A\\Na. Promised by 2027. ")
