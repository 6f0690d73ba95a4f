"""What is asked about the words of pages and records, and which words stay nevertheless, each with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from register.guards.guard import Guard
from register.guards.guards import GUARDS
from register.model import GuardException
from register.site.presenter import Presenter
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class GuardsPage(Presenter):
    """Every guard, and every exception that was made."""

    template: ClassVar[str] = "guards.html"

    guards: Sequence[Guard]
    exceptions: Sequence[GuardException]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "GuardsPage":
        """Return the guards, which are the same for every register, and this one's exceptions."""
        return cls(GUARDS, snapshot.register.exceptions)
