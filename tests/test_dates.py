"""Dates keep the precision they were typed with, stand in a sensible order and read as people say them."""

import calendar
import datetime
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from register import dates
from register.dates import PartialDate, ago, say
from register.problems import UnusableValue

FORM = "write it like 2026-02-28, 2026-02 or 2026"
STEADY = settings(deadline=None)  # a busy machine is no failure


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    """Any date of any of the three forms; few years, so that dates often share one."""
    day = draw(st.dates(datetime.date(2019, 11, 1), datetime.date(2021, 3, 1)) | st.dates())
    return PartialDate(day.isoformat()[: draw(st.sampled_from([4, 7, 10]))])


@pytest.mark.parametrize(
    ("text", "said", "first", "last", "exact"),
    [
        ("2022-10-04", "4 October 2022", "2022-10-04", "2022-10-04", True),
        ("2022-10", "October 2022", "2022-10-01", "2022-10-31", False),
        ("2022-12", "December 2022", "2022-12-01", "2022-12-31", False),
        ("2024-02", "February 2024", "2024-02-01", "2024-02-29", False),
        ("2022", "2022", "2022-01-01", "2022-12-31", False),
        ("0001", "1", "0001-01-01", "0001-12-31", False),
        ("9999-12", "December 9999", "9999-12-01", "9999-12-31", False),
    ],
)
def test_a_date_says_what_is_known_and_no_more(text: str, said: str, first: str, last: str, exact: bool) -> None:
    date = PartialDate(text)
    assert (str(date), date.text) == (said, text)
    assert (date.first.isoformat(), date.last.isoformat(), date.exact) == (first, last, exact)


def test_a_day_is_said_without_a_leading_zero() -> None:
    assert say(datetime.date(2026, 3, 1)) == "1 March 2026"


def test_every_month_is_said_by_its_name() -> None:
    assert [say(datetime.date(2026, month, 1)) for month in range(1, 13)] == [
        "1 January 2026", "1 February 2026", "1 March 2026", "1 April 2026", "1 May 2026", "1 June 2026",
        "1 July 2026", "1 August 2026", "1 September 2026", "1 October 2026", "1 November 2026", "1 December 2026",
    ]  # fmt: skip
    assert str(PartialDate("2026-01")) == "January 2026"


def test_the_vaguer_of_two_dates_that_begin_together_comes_first() -> None:
    typed = ["2023", "2022-01-01", "2022-02", "2022-01", "2022", "2021-12-31", "2022-01-02"]
    assert [date.text for date in sorted(map(PartialDate, typed))] == [
        "2021-12-31",
        "2022",
        "2022-01",
        "2022-01-01",
        "2022-01-02",
        "2022-02",
        "2023",
    ]


def test_a_year_is_not_the_same_as_its_first_day() -> None:
    assert PartialDate("2022") != PartialDate("2022-01-01")
    assert PartialDate("2022") == PartialDate("2022")
    assert PartialDate("2022") != "2022"
    assert len({PartialDate("2022"), PartialDate("2022"), PartialDate("2022-01")}) == 2
    assert hash(PartialDate("2022")) != hash(PartialDate("2023"))


@pytest.mark.parametrize(
    ("text", "repair"),
    [
        ("2026-02-30", "that month ends on 2026-02-28"),
        ("2024-02-30", "that month ends on 2024-02-29"),
        ("2026-04-31", "that month ends on 2026-04-30"),
        ("2026-12-32", "that month ends on 2026-12-31"),
        ("2026-01-00", "that month ends on 2026-01-31"),
        ("0001-02-29", "that month ends on 0001-02-28"),
        ("2026-00-10", FORM),
        ("2026-13", FORM),
        ("2026-13-01", FORM),
        ("2026-00", FORM),
        ("0000", FORM),
        ("0000-02-30", FORM),
        ("", FORM),
        ("22", FORM),
        ("2026-2", FORM),
        ("2026-02-3", FORM),
        ("2026-02-03 ", FORM),
        ("2026-02-03\n", FORM),
        ("2026-02-03T10:00", FORM),
        ("2026/02/03", FORM),
        ("3 February 2026", FORM),
        ("٢٠٢٢", FORM),
    ],
)
def test_what_is_no_date_is_refused_with_its_repair(text: str, repair: str) -> None:
    with pytest.raises(UnusableValue) as refused:
        PartialDate(text)
    assert (refused.value.kind, refused.value.what) == ("date", f"is not a date: '{text}'")
    assert refused.value.to_do == repair
    assert str(refused.value) == f"is not a date: '{text}' ({repair})"


# ── as a field of a record ─────────────────────────────────────────────────────────────────────

FIELD = TypeAdapter(PartialDate)


def test_a_field_takes_a_date_or_its_text_and_is_written_as_the_text() -> None:
    date = PartialDate("2022-10")
    assert FIELD.validate_python("2022-10") == date
    assert FIELD.validate_python(date) is date
    assert FIELD.dump_python(date) == "2022-10"
    assert FIELD.dump_json(date) == b'"2022-10"'


@pytest.mark.parametrize("value", [2022, None, ["2022"], datetime.date(2022, 10, 1)])
def test_a_field_takes_nothing_but_text(value: object) -> None:
    with pytest.raises(ValueError) as refused:
        FIELD.validate_python(value)
    [error] = refused.value.errors()
    cause = error["ctx"]["error"]
    assert (cause.kind, cause.what, cause.to_do) == ("date", "is not a date", FORM)


def test_the_schema_says_the_three_forms() -> None:
    assert FIELD.json_schema() == {
        "type": "string",
        "pattern": dates.DATES,
        "description": "A date known to the day, month or year: 2026-02-28, 2026-02 or 2026.",
    }


def takes(text: str) -> bool:
    """Whether a field takes this text as a date."""
    try:
        FIELD.validate_python(text)
    except ValueError:
        return False
    return True


def test_the_schemas_pattern_knows_every_day_that_there_is() -> None:
    years = [*range(dates.FIRST_YEAR - 1, dates.LAST_YEAR + 2)]
    days = [
        f"{year}-{month:02}-{day:02}" for year in years for month in (1, 2, 4, 12) for day in (0, 1, 28, 29, 30, 31, 32)
    ]
    months = [f"{year}-{month:02}" for year in years for month in (0, 1, 10, 12, 13)]
    for text in [*days, *months, *map(str, years)]:
        assert bool(re.search(dates.DATES, text)) == takes(text), text
    for text in [*days, *months]:
        assert bool(re.search(dates.DAYS, text)) == (takes(text) and len(text) == 10), text


@STEADY
@given(st.text("0123456789- ", max_size=11) | st.from_regex(r"[12]\d{3}-[01]\d-[0-3]\d", fullmatch=True))
def test_the_schemas_pattern_takes_what_a_field_takes(text: str) -> None:
    assert bool(re.search(dates.DATES, text)) == takes(text)


@STEADY
@given(partial_dates(), partial_dates(), partial_dates())
def test_the_order_of_dates_is_total(one: PartialDate, two: PartialDate, three: PartialDate) -> None:
    assert (one < two) + (one == two) + (one > two) == 1
    assert (one <= two) == (one < two or one == two)
    if one <= two <= three:
        assert one <= three
    if one.last < two.first:
        assert one < two


@STEADY
@given(partial_dates())
def test_a_date_survives_being_written_and_read(date: PartialDate) -> None:
    again = PartialDate(date.text)
    assert again == date
    assert hash(again) == hash(date)
    assert eval(repr(date), {"PartialDate": PartialDate}) == date


@STEADY
@given(partial_dates())
def test_a_date_spans_its_day_its_month_or_its_year(date: PartialDate) -> None:
    days = (date.last - date.first).days + 1
    year, month = date.first.year, date.first.month
    assert days == {4: 365 + calendar.isleap(year), 7: calendar.monthrange(year, month)[1], 10: 1}[len(date.text)]


@STEADY
@given(st.text(max_size=12) | st.from_regex(r"\d{4}(-\d\d){0,2}", fullmatch=True))
def test_any_text_is_a_date_or_is_refused_in_an_editors_words(text: str) -> None:
    try:
        date = PartialDate(text)
    except ValueError as refused:
        assert str(refused).startswith(f"is not a date: '{text}' (")
    else:
        assert date.text == text
        assert date.first.isoformat().startswith(text)


@pytest.mark.parametrize(
    ("date", "day", "told"),
    [
        ("2026-03-31", "2026-03-31", "less than a month ago"),
        ("2026-02-28", "2026-03-27", "less than a month ago"),
        ("2026-02-28", "2026-03-28", "1 month ago"),
        ("2026-02", "2026-03-28", "1 month ago"),
        ("2025-07-31", "2026-03-31", "8 months ago"),
        ("2024-04-01", "2026-03-31", "23 months ago"),
        ("2024-03-31", "2026-03-31", "2 years ago"),
        ("2023-04-01", "2026-03-31", "2 years ago"),
        ("2025", "2026-03-31", "3 months ago"),
    ],
)
def test_how_long_ago_a_date_was_is_said_in_whole_months_and_years(date: str, day: str, told: str) -> None:
    assert ago(PartialDate(date), datetime.date.fromisoformat(day)) == told
