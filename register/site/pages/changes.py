"""What has happened: public milestones and updates together, newest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from register.dates import PartialDate
from register.model import Recommendation
from register.site import urls
from register.site.presenter import Presenter
from register.state.offered_link import OfferedLink
from register.state.permanent_keys import milestone_keys
from register.state.snapshot import Snapshot
from register.state.status import HistoryEntry


@dataclass(frozen=True)
class ListedChange:
    """Something that happened: a public milestone, or an update to a recommendation."""

    date: PartialDate
    place: str
    text: str
    sources: list[OfferedLink]
    entry: HistoryEntry | None = None  # of an update
    record: Recommendation | None = None  # that an update is about
    part: str = ""  # the permanent place of a milestone on the page


@dataclass(frozen=True)
class ChangesPage(Presenter):
    """All that has happened by year, or the latest few."""

    template: ClassVar[str] = "changes.html"

    years: dict[int, list[ListedChange]]
    latest: list[ListedChange]
    short: bool  # whether only the latest few are shown

    @classmethod
    def of(cls, snapshot: Snapshot, latest: int | None = None) -> "ChangesPage":
        """Return the latest changes; all of them if no number is given."""
        happened = sorted([*_milestones(snapshot), *_updates(snapshot)], key=lambda change: change.date)
        happened.reverse()  # not sort(reverse=True), which would leave what happened on one day oldest first
        shown = happened[:latest]
        years: dict[int, list[ListedChange]] = {}
        for change in shown:
            years.setdefault(change.date.first.year, []).append(change)
        return cls(years=years, latest=shown, short=latest is not None)


def _milestones(snapshot: Snapshot) -> Iterator[ListedChange]:
    timeline = [milestone for milestone in snapshot.register.timeline if milestone.date.first <= snapshot.as_of]
    for key, held in zip(milestone_keys(timeline), timeline, strict=True):
        part = urls.place_of_milestone(key)
        yield ListedChange(held.date, held.place, held.text, snapshot.cited(held.sources), part=part)


def _updates(snapshot: Snapshot) -> Iterator[ListedChange]:
    area = snapshot.header.partnership.area
    for status in snapshot.statuses.values():
        for entry in status.history:
            update = entry.update
            yield ListedChange(update.date, area, update.note, snapshot.cited(update.evidence), entry, status.record)
