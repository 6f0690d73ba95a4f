"""The parts of the accessibility statement that change."""

import datetime
from dataclasses import dataclass
from typing import ClassVar

from register.load.rules import was_reviewed_long_ago
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
    day: datetime.date  # on which it is shown
    old: bool  # whether it should have been reviewed again since

    @classmethod
    def of(cls, snapshot: Snapshot, part: str) -> "StatementPage":
        """Return a part of the statement."""
        statement, day = snapshot.register.statement, snapshot.as_of
        return cls(part, statement, day, bool(statement and was_reviewed_long_ago(statement, day)))
