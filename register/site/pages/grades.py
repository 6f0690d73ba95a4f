"""How many recommendations stand at each grade of what the inquiry said."""

from dataclasses import dataclass
from typing import ClassVar

from register.site.presenter import Presenter
from register.state.snapshot import Snapshot

GRADES = {
    "number-only": "Number only: the wording is not copied here yet. The page points to the report.",
    "summary": "Summary: our own words, with who checked them against the report and when.",
    "wording": "Exact words: the report's own, with the place where they stand in it.",
}


@dataclass(frozen=True)
class CountedGrade:
    """What a grade means and how many recommendations stand at it."""

    text: str
    count: int


@dataclass(frozen=True)
class GradesPage(Presenter):
    """How many recommendations stand at each grade."""

    template: ClassVar[str] = "grades.html"

    total: int
    grades: list[CountedGrade]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "GradesPage":
        """Return the grades with their numbers."""
        held = [status.record.grade for status in snapshot.statuses.values()]
        return cls(
            total=snapshot.header.total,
            grades=[CountedGrade(text, sum(one == grade for one in held)) for grade, text in GRADES.items()],
        )
