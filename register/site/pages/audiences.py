"""The kinds of work that recommendations matter to."""

from dataclasses import dataclass
from typing import ClassVar

from register.model import NamedTerm
from register.site.presenter import Presenter
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class CountedAudience:
    """A kind of work, and how many recommendations and reported subjects matter to it."""

    term: NamedTerm
    count: int
    topics: int  # how many reported subjects touch it


@dataclass(frozen=True)
class AudiencesPage(Presenter):
    """The kinds of work, each with the number of recommendations that matter to it."""

    template: ClassVar[str] = "audiences.html"

    audiences: list[CountedAudience]
    total: int
    unmarked: int

    @classmethod
    def of(cls, snapshot: Snapshot) -> "AudiencesPage":
        """Return what the list shows."""
        marked = [status.record.audiences for status in snapshot.statuses.values()]
        return cls(
            audiences=[
                CountedAudience(
                    term,
                    sum(term.id in ids for ids in marked),
                    sum(term.id in topic.audiences for topic in snapshot.register.topics),
                )
                for term in snapshot.header.audiences
            ],
            total=snapshot.header.total,
            unmarked=sum(not ids for ids in marked),
        )
