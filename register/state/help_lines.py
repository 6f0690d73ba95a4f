"""The short list of services that stands on every page and in every export."""

from dataclasses import dataclass

from register.model import Register


@dataclass(frozen=True)
class ContactLine:
    """A service in a few words. ``number`` and ``tel`` are empty if it has no telephone."""

    name: str
    number: str
    tel: str
    for_whom: str
    hours: str
    emergency: bool


def help_lines(register: Register) -> list[ContactLine]:
    """Return the services of the short list, in the order of the file; those that must be confirmed first are left out."""
    return [
        ContactLine(
            name=contact.name,
            number=contact.number or "",
            tel=telephone_address(contact.number) if contact.number else "",
            for_whom=contact.for_whom,
            hours=contact.hours,
            emergency=contact.emergency,
        )
        for contact in register.contacts
        if contact.use == "ok" and (contact.brief or contact.emergency)
    ]


def telephone_address(number: str) -> str:
    """Return the address that a telephone calls (RFC 3966), for digits in groups: ``tel:08001111``."""
    return f"tel:{number.replace(' ', '')}"
