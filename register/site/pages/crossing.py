"""Response and progress together: how many recommendations stand at each pair of words."""

from collections import Counter
from dataclasses import dataclass
from typing import ClassVar

from register.model import Term
from register.site.presenter import Presenter
from register.state.facets import PROGRESS, RESPONSE, Choice
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class CrossingWord:
    """A word of one of the two, and how many stand at it; no term: for there being no word."""

    choice: Choice
    term: Term | None
    count: int


@dataclass(frozen=True)
class CrossingRow:
    """A response, with the number for each progress word."""

    word: CrossingWord
    counts: list[int]


@dataclass(frozen=True)
class CrossingPage(Presenter):
    """The table; words at which nothing stands are left out."""

    template: ClassVar[str] = "crossing.html"

    rows: list[CrossingRow]
    columns: list[CrossingWord]
    total: int
    shown: bool  # whether any word is published: an empty table says nothing

    @classmethod
    def of(cls, snapshot: Snapshot) -> "CrossingPage":
        """Return the table on the day of the snapshot."""
        header, statuses = snapshot.header, snapshot.statuses.values()
        found = Counter((RESPONSE.ids(status)[0], PROGRESS.ids(status)[0]) for status in statuses)
        terms: dict[str, dict[str, Term]] = {
            RESPONSE.name: {term.id: term for term in header.responses},
            PROGRESS.name: {term.id: term for term in header.progress},
        }
        responses, columns = (
            [
                CrossingWord(choice, terms[facet.name].get(choice.id), count)
                for choice in facet.choices(header)
                if (count := sum(number for pair, number in found.items() if pair[place] == choice.id))
            ]
            for place, facet in enumerate((RESPONSE, PROGRESS))
        )
        return cls(
            rows=[
                CrossingRow(word, [found[word.choice.id, column.choice.id] for column in columns]) for word in responses
            ],
            columns=columns,
            total=header.total,
            shown=any(word.term for word in [*responses, *columns]),
        )
