"""An entry of data/links.yml as readers get it: a page elsewhere, linked or named with the reason why it is not, or a document."""

from dataclasses import dataclass

from register.dates import say
from register.links.report import WITHDRAWN, CheckedLink, LinkReport
from register.model import Link
from register.state.hosted_file import HostedFile

# What the link check found, in readers' words.
FOUND = {
    "working": "works",
    "redirected": "works; it leads on to another address of the same owner",
    "moved-away": "leads on to another site",
    "impostor": "shows something else now, so it is not linked here",
    "gone": "the page is gone, so it is not linked here",
    "server-fault": "its server had a fault",
    "blocked": "could not be checked by a program",
    "no-host": "its site was not found",
    "certificate": "its security certificate is faulty or ends soon",
    "timeout": "did not answer in time",
    "loop": "leads in a circle",
    "placeholder": "is not an address",
    "unconfirmed": "looked at by a program; nobody has confirmed it",
}


@dataclass(frozen=True)
class OfferedLink:
    """An entry of data/links.yml, and whether its address is offered.

    The one place where that is decided. An address is not offered if nobody has confirmed it, nor if the last
    check found the page gone or another in its place.
    """

    link: Link
    report: LinkReport | None
    read: HostedFile | None = None  # the document that it names, as it was read

    @property
    def file(self) -> HostedFile | None:
        """The document of this site that it names; None if it is a page elsewhere."""
        return (self.read or HostedFile(self.link.file)) if self.link.file else None

    @property
    def id(self) -> str:
        """Its id in data/links.yml."""
        return self.link.id

    @property
    def name(self) -> str:
        """The words that readers see."""
        return self.link.name

    @property
    def owner(self) -> str:
        """Who publishes it."""
        return self.link.owner

    @property
    def note(self) -> str | None:
        """What readers should know about it."""
        return self.link.note

    @property
    def url(self) -> str | None:
        """The address that is offered; None if none is."""
        return None if self.withdrawn else self.link.url

    @property
    def unconfirmed(self) -> bool:
        """Whether it has no address that anybody vouches for."""
        return not self.link.url and not self.link.file

    @property
    def checked(self) -> CheckedLink | None:
        """What the last check found at its present address; None if it was not checked."""
        address = self.link.address
        return self.report.of(self.id, address) if self.report and address else None

    @property
    def withdrawn(self) -> str:
        """Why a confirmed address is not offered: ``gone`` or ``impostor``; "" if it is."""
        checked = self.checked if self.link.url else None
        return checked.verdict if checked and checked.verdict in WITHDRAWN else ""

    @property
    def missing_site(self) -> bool:
        """Whether the last check found no site at all at a confirmed address. It is offered still: names come back."""
        return bool(self.link.url and self.checked and self.checked.verdict == "no-host")

    @property
    def last_check(self) -> str:
        """When it was last checked and what was found, in one line."""
        if self.link.file:
            return "published on this site, and checked with every build"
        if not (self.report and self.checked):
            return "not checked in this build"
        return f"{say(self.report.checked_at.date())}: {FOUND[self.checked.verdict]}"
