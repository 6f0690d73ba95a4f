"""What named public sources say the recommendations cover."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from markdown.extensions.toc import slugify

from register.model import NamedTerm, Topic
from register.site.presenter import Presenter
from register.state.offered_link import OfferedLink
from register.state.snapshot import Snapshot

NOT_SAID = "Not said for whom"
_INFERRED = " (inferred)"


@dataclass(frozen=True)
class SourcedTopic:
    """A topic, who reported it, and whose work it touches."""

    topic: Topic
    sources: list[OfferedLink]
    audiences: list[NamedTerm]

    @property
    def addressee(self) -> str:
        """The first body that it was reported to be for; a body that was inferred counts like one that was named."""
        return self.topic.reported_for[0].removesuffix(_INFERRED) if self.topic.reported_for else NOT_SAID


@dataclass(frozen=True)
class TopicsFor:
    """The topics that were reported for one addressee."""

    addressee: str
    topics: list[SourcedTopic]

    @property
    def id(self) -> str:
        """The name of its part of the page."""
        return f"for-{slugify(self.addressee, '-')}"


@dataclass(frozen=True)
class TopicsPage(Presenter):
    """Every topic by addressee; both in the order of the file."""

    template: ClassVar[str] = "topics.html"

    groups: list[TopicsFor]
    count: int

    @classmethod
    def of(cls, snapshot: Snapshot) -> "TopicsPage":
        """Return the topics."""
        groups: dict[str, list[SourcedTopic]] = {}
        for topic in sourced_topics(snapshot, snapshot.register.topics):
            groups.setdefault(topic.addressee, []).append(topic)
        return cls(
            [TopicsFor(addressee, topics) for addressee, topics in groups.items()], len(snapshot.register.topics)
        )


def sourced_topics(snapshot: Snapshot, topics: Iterable[Topic]) -> list[SourcedTopic]:
    """Return topics with what they name looked up."""
    known = {term.id: term for term in snapshot.header.audiences}
    return [
        SourcedTopic(topic, snapshot.cited(topic.sources), [known[id_] for id_ in topic.audiences]) for topic in topics
    ]
