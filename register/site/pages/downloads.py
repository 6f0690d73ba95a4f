"""Every file to take away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from register.dates import say
from register.site import urls
from register.site.presenter import Presenter
from register.site.urls import Route
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class DownloadsPage(Presenter):
    """Every file to take away, with what goes with all of them."""

    template: ClassVar[str] = "downloads.html"

    tables: list[tuple[Route, Route]]  # each with its description
    documents: Sequence[Route]
    calendar: Route
    everything: Route
    audiences: list[Route]
    of_one: list[tuple[int, Route, Route]]  # each recommendation's number, document and feed
    version: str
    as_of: str
    dataset: dict[str, Any]  # for search engines: JSON-LD

    @classmethod
    def of(cls, snapshot: Snapshot, dataset: dict[str, Any]) -> "DownloadsPage":
        """Return the downloads; ``dataset`` describes them all."""
        return cls(
            tables=[(table, urls.table_description(table)) for table in urls.TABLES],
            documents=urls.DOCUMENTS,
            calendar=urls.CALENDAR,
            everything=urls.UPDATES_FEED,
            audiences=[urls.audience_feed(term.id, term.label) for term in snapshot.header.audiences],
            of_one=[
                (number, urls.recommendation_document(number), urls.recommendation_feed(number))
                for number in sorted(snapshot.statuses)
            ],
            version=snapshot.version,
            as_of=say(snapshot.as_of),
            dataset=dataset,
        )
