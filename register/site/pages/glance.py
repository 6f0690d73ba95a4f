"""All recommendations at a glance: one tile for each, in the inquiry's order."""

from dataclasses import dataclass
from typing import ClassVar

from register.model import Header, Term
from register.site.presenter import Presenter
from register.state.snapshot import Snapshot
from register.state.status import Status


@dataclass(frozen=True)
class KeyEntry:
    """A word of the picture's key (None: no response yet), and how many tiles stand for it."""

    term: Term | None
    count: int


@dataclass(frozen=True)
class Glance:
    """The tiles, what their shapes mean, and what the picture says in numbers."""

    statuses: list[Status]
    header: Header
    key: list[KeyEntry]  # in the vocabulary's order; a word at which nothing stands is left out
    published: int  # with a response
    late: int
    reopened: int
    promised: int  # for how many a date was ever promised
    differing: int  # on how many views differ

    @property
    def bare(self) -> bool:
        """Whether the tiles have nothing to show but their numbers."""
        return not (self.published or self.late or self.reopened)

    @classmethod
    def of(cls, snapshot: Snapshot) -> "Glance":
        """Return what the picture shows on the day of the snapshot."""
        header, statuses = snapshot.header, list(snapshot.statuses.values())
        held = [status.response for status in statuses]
        key = [KeyEntry(term, held.count(term)) for term in [*header.responses, None]]
        return cls(
            statuses=statuses,
            header=header,
            key=[entry for entry in key if entry.count],
            published=len(statuses) - held.count(None),
            late=sum(status.overdue for status in statuses),
            reopened=sum(status.reopened for status in statuses),
            promised=sum(bool(status.promised) for status in statuses),
            differing=sum(status.disagreement for status in statuses),
        )


@dataclass(frozen=True)
class GlancePage(Presenter):
    """The picture alone, for a written page."""

    template: ClassVar[str] = "glance.html"

    glance: Glance

    @classmethod
    def of(cls, snapshot: Snapshot) -> "GlancePage":
        """Return the picture on the day of the snapshot."""
        return cls(Glance.of(snapshot))
