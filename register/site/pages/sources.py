"""Every outside page that this site names."""

from dataclasses import dataclass
from typing import ClassVar

from register.site.presenter import Presenter
from register.state.offered_link import OfferedLink
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class SourcesPage(Presenter):
    """Every outside page, in the order of the file."""

    template: ClassVar[str] = "sources.html"

    links: list[OfferedLink]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "SourcesPage":
        """Return the outside pages."""
        return cls(list(snapshot.links.values()))
