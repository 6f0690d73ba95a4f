"""What named public sources say the recommendations cover."""

from dataclasses import dataclass
from typing import ClassVar

from register.model import Topic
from register.site.presenter import Presenter
from register.state.offered_link import OfferedLink
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class SourcedTopic:
    """A topic and who reported it."""

    topic: Topic
    sources: list[OfferedLink]


@dataclass(frozen=True)
class TopicsPage(Presenter):
    """Every topic, in the order of the file."""

    template: ClassVar[str] = "topics.html"

    topics: list[SourcedTopic]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "TopicsPage":
        """Return the topics."""
        return cls([SourcedTopic(topic, snapshot.cited(topic.sources)) for topic in snapshot.register.topics])
