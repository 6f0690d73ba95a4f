"""What is true of a recommendation without an update, and who says so."""

from dataclasses import dataclass
from typing import ClassVar

from register.model import Initial
from register.site.presenter import Presenter
from register.state.offered_link import OfferedLink
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class InitialPage(Presenter):
    """The initial state and its source."""

    template: ClassVar[str] = "initial.html"

    initial: Initial
    source: OfferedLink

    @classmethod
    def of(cls, snapshot: Snapshot) -> "InitialPage":
        """Return the initial state."""
        return cls(snapshot.header.initial, snapshot.links[snapshot.header.initial.source])
