"""What others may do with the register."""

from dataclasses import dataclass
from typing import ClassVar

from register.model import Licence
from register.site.presenter import Presenter
from register.state.offered_link import OfferedLink
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class LicencePage(Presenter):
    """The licence and its page."""

    template: ClassVar[str] = "licence.html"

    licence: Licence
    link: OfferedLink

    @classmethod
    def of(cls, snapshot: Snapshot) -> "LicencePage":
        """Return the licence."""
        licence = snapshot.header.licence
        return cls(licence, snapshot.links[licence.link])
