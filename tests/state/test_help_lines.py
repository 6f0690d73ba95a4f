"""The short list of services: those that may be shown and are marked for it, in a few words each."""

import pytest

from register.model import Contact, Register
from register.state.help_lines import ContactLine, help_lines, telephone_address


def contact(name: str, **fields: object) -> Contact:
    """A service; for whom, hours and use need not be given."""
    least = {"id": "a", "name": name, "for_whom": "Anyone.", "hours": "Any time", "use": "ok"}
    return Contact.model_validate({**least, **fields})


def listed(register: Register, *contacts: Contact) -> list[str]:
    return [line.name for line in help_lines(register.model_copy(update={"contacts": list(contacts)}))]


def test_a_line_says_who_answers_for_whom_when_and_at_which_number(small_register: Register) -> None:
    register = small_register.model_copy(update={"contacts": [contact("Pond Line", number="0800 1111", brief=True)]})
    assert help_lines(register) == [
        ContactLine(
            name="Pond Line",
            number="0800 1111",
            tel="tel:08001111",
            for_whom="Anyone.",
            hours="Any time",
            emergency=False,
        )
    ]


def test_a_service_without_a_telephone_has_no_number(small_register: Register) -> None:
    register = small_register.model_copy(update={"contacts": [contact("Chat", brief=True, emergency=True)]})
    [line] = help_lines(register)
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
