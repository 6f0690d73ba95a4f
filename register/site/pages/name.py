"""A name or another fact of the register's header, to stand in a sentence of a page."""

from dataclasses import dataclass
from typing import ClassVar

from register.site.presenter import Presenter
from register.state.snapshot import Snapshot

PARTNERSHIP_PARTS = ("name", "short", "area")
INQUIRY_PARTS = ("name", "place", "published")


@dataclass(frozen=True)
class NamePage(Presenter):
    """A few words."""

    template: ClassVar[str] = "name.html"

    words: str

    @classmethod
    def of_partnership(cls, snapshot: Snapshot, part: str) -> "NamePage":
        """Return the full name with the short form behind it, or one of ``PARTNERSHIP_PARTS``."""
        partnership = snapshot.header.partnership
        both = f"{partnership.name} ({partnership.short_name})"
        words = {"name": partnership.name, "short": partnership.short_name, "area": partnership.area}
        return cls(words.get(part, both))

    @classmethod
    def of_inquiry(cls, snapshot: Snapshot, part: str) -> "NamePage":
        """Return one of ``INQUIRY_PARTS``."""
        inquiry = snapshot.header.inquiry
        return cls({"name": inquiry.name, "place": inquiry.place, "published": str(inquiry.published)}[part])
