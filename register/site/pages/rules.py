"""The rules that hold between records, as the code states them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from register.load.rules import RULES, Rule
from register.site.presenter import Presenter
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class RulesPage(Presenter):
    """Every rule."""

    template: ClassVar[str] = "rules.html"

    rules: Sequence[Rule]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "RulesPage":
        """Return the rules; they are the same for every register."""
        return cls(RULES)
