"""The field with which a reader goes straight to a recommendation. It shows nothing of the register."""

from dataclasses import dataclass
from typing import ClassVar

from register.site.presenter import Presenter
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class FindPage(Presenter):
    """The field to find a recommendation by number or word."""

    template: ClassVar[str] = "find.html"

    @classmethod
    def of(cls, snapshot: Snapshot) -> "FindPage":
        """Return the field."""
        return cls()
