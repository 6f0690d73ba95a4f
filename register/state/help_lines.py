"""The short list of services that stands on every page and in every export, and services that share a card."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Protocol, TypeVar

from register.dates import ago
from register.load.rules import was_confirmed_long_ago
from register.model import Contact, Register


@dataclass(frozen=True)
class ContactLine:
    """A service in a few words. ``number`` and ``tel`` are empty if it has no telephone."""

    name: str
    number: str
    tel: str
    for_whom: str
    hours: str
    emergency: bool
    age: str  # how long ago it was confirmed, "8 months ago", if that is so long that it may have changed; else ""
    card: str = ""  # the heading of the card that it shares with its neighbours
    part: str = ""  # which part of that card it is


class OnCard(Protocol):
    """What can share a card with its neighbours."""

    @property
    def card(self) -> str | None:
        """The heading of the card."""


_Shown = TypeVar("_Shown", bound=OnCard)


def cards(shown: Iterable[_Shown]) -> list[list[_Shown]]:
    """Return services card by card, in their order: those beside each other that share a heading are one card."""
    numbered = enumerate(shown)
    groups = groupby(numbered, key=lambda place: place[1].card or place[0])
    return [[line for _, line in group] for _, group in groups]


def help_lines(register: Register, day: datetime.date) -> list[ContactLine]:
    """Return the services of the short list, in the order of the file; those that must be confirmed first are left out.

    Args:
        register: the checked register.
        day: on which they are shown.
    """
    return [
        contact_line(contact, day)
        for contact in register.contacts
        if contact.is_shown and (contact.brief or contact.emergency)
    ]


def contact_line(contact: Contact, day: datetime.date) -> ContactLine:
    """Return a service in a few words, as it is shown on a day."""
    return ContactLine(
        name=contact.name,
        number=contact.number or "",
        tel=telephone_address(contact.number) if contact.number else "",
        for_whom=contact.for_whom,
        hours=contact.hours,
        emergency=contact.emergency,
        age=age(contact, day),
        card=contact.card or "",
        part=contact.part or "",
    )


def age(contact: Contact, day: datetime.date) -> str:
    """Return how long before a day a service was confirmed; "" if that is not long ago, or if nobody has confirmed it."""
    return ago(contact.confirmed.on, day) if contact.confirmed and was_confirmed_long_ago(contact, day) else ""


def telephone_address(number: str) -> str:
    """Return the address that a telephone calls (RFC 3966), for digits in groups: ``tel:08001111``."""
    return f"tel:{number.replace(' ', '')}"
