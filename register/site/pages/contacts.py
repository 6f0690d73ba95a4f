"""Who to turn to: the services that may be shown, all that is known of each, or a few of them in brief."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from register.model import Contact
from register.site.presenter import Presenter
from register.state.help_lines import age, cards
from register.state.offered_link import OfferedLink
from register.state.snapshot import Snapshot

PARTS = ("emergency", "others")


@dataclass(frozen=True)
class LinkedContact:
    """A service with its page."""

    contact: Contact
    link: OfferedLink | None
    age: str  # how long ago it was confirmed, if that is so long that it may have changed; else ""

    @property
    def card(self) -> str | None:
        """The heading of the card that it shares with its neighbours."""
        return self.contact.card


@dataclass(frozen=True)
class UnconfirmedReason:
    """Why services are shown unconfirmed, with the names it holds for; no names if it holds for all that are shown."""

    why: str
    names: list[str]


@dataclass(frozen=True)
class ContactsPage(Presenter):
    """Services in the order of the file: those for danger now, the others, or all."""

    template: ClassVar[str] = "contacts.html"

    cards: list[list[LinkedContact]]
    unconfirmed: list[UnconfirmedReason]

    @classmethod
    def of(cls, snapshot: Snapshot, part: str | None = None) -> "ContactsPage":
        """Return the services of a part; see ``PARTS``."""
        shown = [
            contact
            for contact in snapshot.register.contacts
            if contact.is_shown and (part is None or contact.emergency == (part == "emergency"))
        ]
        return cls(
            cards=_cards(snapshot, shown),
            unconfirmed=_unconfirmed([contact for contact in shown if not contact.emergency]),
        )


@dataclass(frozen=True)
class HelpLinesPage(Presenter):
    """A few services in brief, for one kind of reader."""

    template: ClassVar[str] = "help_lines.html"

    cards: list[list[LinkedContact]]

    @classmethod
    def of(cls, snapshot: Snapshot, ids: Sequence[str]) -> "HelpLinesPage":
        """Return the services of these ids, in this order.

        Raises:
            KeyError: there is no such service.
        """
        known = {contact.id: contact for contact in snapshot.register.contacts}
        return cls(_cards(snapshot, [known[id_] for id_ in ids]))


def _cards(snapshot: Snapshot, shown: Sequence[Contact]) -> list[list[LinkedContact]]:
    return cards(
        LinkedContact(contact, snapshot.links.get(contact.link or ""), age(contact, snapshot.as_of))
        for contact in shown
    )


def _unconfirmed(shown: Sequence[Contact]) -> list[UnconfirmedReason]:
    """Each reason once."""
    reasons: dict[str, list[str]] = {}
    for contact in shown:
        if contact.unconfirmed and not contact.confirmed:
            reasons.setdefault(contact.unconfirmed, []).append(contact.name)
    return [UnconfirmedReason(why, names if len(names) < len(shown) else []) for why, names in reasons.items()]
