"""The parts of the accessibility statement that change."""

from dataclasses import dataclass
from typing import ClassVar

from register.model import Statement
from register.site.presenter import Presenter
from register.state.snapshot import Snapshot

PARTS = ("status", "gaps", "preparation")


@dataclass(frozen=True)
class StatementPage(Presenter):
    """One part of the accessibility statement."""

    template: ClassVar[str] = "statement.html"

    part: str  # one of ``PARTS``
    statement: Statement | None  # None in the register of an earlier day for which none is kept

    @classmethod
    def of(cls, snapshot: Snapshot, part: str) -> "StatementPage":
        """Return a part of the statement."""
        return cls(part, snapshot.register.statement)
