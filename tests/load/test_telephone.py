"""Which telephone numbers are taken for ones that can be rung, and which are kept for drama."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import ROOT, SAMPLE
from register.load.loader import load
from register.load.telephone import SHORT_NUMBERS, can_be_rung, is_kept_for_drama
from register.model import Contact
from registers import TODAY, latest_day


@pytest.mark.parametrize(
    "number",
    ["0800 1111", "0808 800 5000", "116 123", "101", "18000", "+44 808 800 5000", "+44 1534 440000", "01905 822 666"],
)
def test_numbers_of_the_country_and_known_short_ones_can_be_rung(number: str) -> None:
    assert can_be_rung(number)


@pytest.mark.parametrize(
    "number",
    [
        "0808 800 500",
        "0808 800 50000",
        "99",
        "1111",
        "116 124",
        "01905 768",
        "01999 123 456",
        "+33 1 42 68 53 00",
        "+999 1",
        "0",
    ],
)
def test_what_lacks_a_digit_or_belongs_elsewhere_cannot(number: str) -> None:
    assert not can_be_rung(number)


@pytest.mark.parametrize(
    "number", ["01632 960 000", "+44 1632 960 999", "020 7946 0123", "07700 900 123", "0808 157 0001"]
)
def test_numbers_that_are_kept_for_drama_are_known(number: str) -> None:
    assert is_kept_for_drama(number)


@pytest.mark.parametrize(
    "number", ["01632 961 000", "01632 960 00", "01632 960 0000", "020 7947 0123", "0808 158 0001"]
)
def test_numbers_beside_them_are_not(number: str) -> None:
    assert not is_kept_for_drama(number)


@given(st.from_regex(r"\A\+?[0-9]{1,12}( [0-9]{1,6}){0,3}\Z"))
def test_every_number_that_can_be_typed_has_an_answer(number: str) -> None:
    assert can_be_rung(number) in (True, False)
    assert is_kept_for_drama(number) in (True, False)


def test_each_short_number_has_a_meaning_of_its_own() -> None:
    assert all(SHORT_NUMBERS.values())
    assert all(number.isdigit() and len(number) <= 6 for number in SHORT_NUMBERS)


def numbers(contacts: list[Contact]) -> list[str]:
    return [contact.number for contact in contacts if contact.number]


@pytest.mark.content
def test_every_number_of_the_real_register_can_be_rung_and_none_of_the_fictional_one_reaches_anybody() -> None:
    assert all(map(can_be_rung, numbers(load(ROOT / "data", latest_day(ROOT)).contacts)))
    assert all(
        number == "999" or is_kept_for_drama(number) for number in numbers(load(SAMPLE / "data", TODAY).contacts)
    )
