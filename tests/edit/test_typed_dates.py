"""Dates are understood as people in the United Kingdom type and say them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.dates import MONTHS, PartialDate
from register.edit.typed_dates import typed_date
from register.problems import UnusableValue

TODAY = datetime.date(2026, 11, 27)  # a Friday


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2026-10-14", "2026-10-14"),
        ("2026-10", "2026-10"),
        ("2026", "2026"),
        ("31/12/2026", "2026-12-31"),
        ("1.2.26", "2026-02-01"),
        ("01-02-2026", "2026-02-01"),
        ("1/2/85", "1985-02-01"),
        ("10/2026", "2026-10"),
        ("2026-10-14 00:00:00", "2026-10-14"),
        ("14 October 2026", "2026-10-14"),
        ("Wednesday, 14th of Oct 2026.", "2026-10-14"),
        ("October 14, 2026", "2026-10-14"),
        ("Sept 2026", "2026-09"),
        ("  may   2026 ", "2026-05"),
        ("today", "2026-11-27"),
        ("Yesterday", "2026-11-26"),
        ("last Tuesday", "2026-11-24"),
        ("on Friday", "2026-11-20"),
        ("thursday", "2026-11-26"),
        ("3 days ago", "2026-11-24"),
        ("a week ago", "2026-11-20"),
    ],
)
def test_a_date_is_what_a_person_means_by_it(typed: str, meant: str) -> None:
    assert typed_date(typed, TODAY).text == meant


@pytest.mark.parametrize(
    "typed",
    ["12/31/2026", "30 February 2026", "31/02/2026", "soon", "next Tuesday", "2026/10", "1/2", "0/0/0000", "١/٢/٢٠٢٦"],
)
def test_what_is_no_date_or_can_mean_two_is_refused_with_the_forms(typed: str) -> None:
    with pytest.raises(UnusableValue) as raised:
        typed_date(typed, TODAY)
    assert (raised.value.what, raised.value.to_do) == (
        f"is not a date: '{typed}'",
        "write it like 2026-02-28, 28/02/2026, 28 February 2026, February 2026, 2026, today or last Tuesday",
    )


@given(st.dates(datetime.date(1970, 1, 1), datetime.date(2069, 12, 31)))
def test_every_day_is_understood_in_every_form(day: datetime.date) -> None:
    month = MONTHS[day.month - 1]
    for typed in (
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d/%m/%y}",
        f"{day.day} {month} {day.year}",
        f"{day.day} {month[:3].upper()} {day.year}",
        day.isoformat(),
    ):
        assert typed_date(typed, TODAY) == PartialDate(day.isoformat())


@given(st.text(st.sampled_from(list("0123456789/.- toayMarchlsTuesdybgk'\n٣")), max_size=20))
def test_any_text_is_a_date_or_is_refused(typed: str) -> None:
    try:
        assert isinstance(typed_date(typed, TODAY), PartialDate)
    except UnusableValue as refused:
        assert refused.what.startswith("is not a date")
