"""The recommendations on which another voice sees it otherwise than the one that decides."""

from dataclasses import dataclass
from typing import ClassVar

from register.dates import say
from register.site.presenter import Presenter
from register.state.snapshot import Snapshot
from register.state.status import Status


@dataclass(frozen=True)
class ViewsDifferPage(Presenter):
    """Each of them, with what every voice says."""

    template: ClassVar[str] = "views_differ.html"

    statuses: list[Status]
    total: int
    asked: int  # on how many a voice that does not decide has spoken
    as_of: str

    @classmethod
    def of(cls, snapshot: Snapshot) -> "ViewsDifferPage":
        """Return what the page shows."""
        statuses = snapshot.statuses.values()
        return cls(
            statuses=[status for status in statuses if status.disagreement],
            total=snapshot.header.total,
            asked=sum(any(not entry.voice.decides for entry in status.entries) for status in statuses),
            as_of=say(snapshot.as_of),
        )
