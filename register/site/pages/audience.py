"""What the recommendations mean for one kind of work: schools, police and so on."""

from dataclasses import dataclass
from typing import ClassVar

from register.model import Header, NamedTerm
from register.site.pages.topics import SourcedTopic, sourced_topics
from register.site.presenter import Presenter
from register.state.snapshot import Snapshot
from register.state.status import Status


@dataclass(frozen=True)
class AudiencePage(Presenter):
    """The recommendations that matter to one kind of work, and how many have not been sorted by work at all."""

    template: ClassVar[str] = "audience.html"

    term: NamedTerm
    statuses: list[Status]
    topics: list[SourcedTopic]  # reported subjects that touch this work; none is tied to a number
    unmarked: int
    total: int
    header: Header
    others: list[NamedTerm]

    @classmethod
    def of(cls, snapshot: Snapshot, term: NamedTerm) -> "AudiencePage":
        """Return what the page shows."""
        statuses = list(snapshot.statuses.values())
        return cls(
            term=term,
            statuses=[status for status in statuses if term.id in status.record.audiences],
            topics=sourced_topics(
                snapshot, [topic for topic in snapshot.register.topics if term.id in topic.audiences]
            ),
            unmarked=sum(not status.record.audiences for status in statuses),
            total=snapshot.header.total,
            header=snapshot.header,
            others=[other for other in snapshot.header.audiences if other != term],
        )
