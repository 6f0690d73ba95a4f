"""One outside page, by its name; with its address only if that is confirmed."""

from dataclasses import dataclass
from typing import ClassVar

from register.site.presenter import Presenter
from register.state.offered_link import OfferedLink
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class LinkPage(Presenter):
    """An outside page, and the one through which readers get there while its address is not confirmed."""

    template: ClassVar[str] = "link.html"

    link: OfferedLink
    way_in: OfferedLink | None

    @classmethod
    def of(cls, snapshot: Snapshot, link_id: str) -> "LinkPage":
        """Return the outside page of an id.

        Raises:
            KeyError: there is no such id.
        """
        link = snapshot.links[link_id]
        return cls(link, snapshot.links.get(link.link.way_in or ""))
