"""The short list of services: those that may be shown and are marked for it, in a few words each."""

import pytest

from register.model import Contact, Register
from register.state.help_lines import ContactLine, age, help_lines, telephone_address
from registers import TODAY


def contact(name: str, **fields: object) -> Contact:
    """A service; for whom, hours and use need not be given."""
    least = {"id": "a", "name": name, "for_whom": "Anyone.", "hours": "Any time", "use": "ok"}
    return Contact.model_validate({**least, **fields})


def listed(register: Register, *contacts: Contact) -> list[str]:
    return [line.name for line in help_lines(register.model_copy(update={"contacts": list(contacts)}), TODAY)]


def test_a_line_says_who_answers_for_whom_when_and_at_which_number(small_register: Register) -> None:
    register = small_register.model_copy(update={"contacts": [contact("Pond Line", number="0800 1111", brief=True)]})
    assert help_lines(register, TODAY) == [
        ContactLine(
            name="Pond Line",
            number="0800 1111",
            tel="tel:08001111",
            for_whom="Anyone.",
            hours="Any time",
            emergency=False,
            age="",
        )
    ]


def test_a_service_without_a_telephone_has_no_number(small_register: Register) -> None:
    register = small_register.model_copy(update={"contacts": [contact("Chat", brief=True, emergency=True)]})
    [line] = help_lines(register, TODAY)
    assert (line.number, line.tel, line.emergency) == ("", "", True)


def test_the_short_list_holds_those_marked_for_it_and_those_for_danger(small_register: Register) -> None:
    assert listed(
        small_register,
        contact("brief", brief=True),
        contact("neither"),
        contact("danger", emergency=True),
        contact("both", brief=True, emergency=True),
        contact("to be confirmed", use="check", brief=True, emergency=True),
    ) == ["brief", "danger", "both"]


@pytest.mark.parametrize(("number", "address"), [("999", "tel:999"), ("+44 20 7946 0000", "tel:+442079460000")])
def test_a_telephone_calls_the_digits_without_spaces(number: str, address: str) -> None:
    assert telephone_address(number) == address


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2025-07-31", "8 months ago"),
        ("2025-12-30", "3 months ago"),
        ("2025-12-31", ""),
        ("2025", ""),
        ("2024", "15 months ago"),
    ],
)
def test_a_confirmation_of_long_ago_has_an_age(on: str, told: str) -> None:
    """90 days are not long; a vague date may have been its last day."""
    assert age(contact("A", confirmed={"by": "The editor", "on": on}), TODAY) == told


def test_what_nobody_has_confirmed_has_no_age() -> None:
    assert age(contact("A", unconfirmed="It is new."), TODAY) == ""


def test_a_line_of_the_short_list_says_its_age(small_register: Register) -> None:
    held = contact("A", brief=True, confirmed={"by": "The editor", "on": "2025-07"})
    [line] = help_lines(small_register.model_copy(update={"contacts": [held]}), TODAY)
    assert line.age == "8 months ago"
