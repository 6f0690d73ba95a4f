"""Where readers can write to the partnership."""

from dataclasses import dataclass
from typing import ClassVar

from register.site.presenter import Presenter
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class EmailPage(Presenter):
    """The partnership's own address; "" while it is not known."""

    template: ClassVar[str] = "email.html"

    email: str

    @classmethod
    def of(cls, snapshot: Snapshot) -> "EmailPage":
        """Return the address of the register's header."""
        return cls(snapshot.header.partnership.email or "")
