"""Every file to take away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from register.dates import say
from register.site import urls
from register.site.presenter import Presenter
from register.site.urls import Route
from register.state.snapshot import Snapshot

_MOST_ROWS = 6  # of an answer that is shown whole


@dataclass(frozen=True)
class ShownAnswer:
    """A question to the database, with its answer as far as that is shown."""

    question: str  # as people ask it
    sql: str  # the same in SQL
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]  # each value as text
    more: int  # how many rows are not shown

    @classmethod
    def of(cls, question: str, sql: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> "ShownAnswer":
        """Return the first rows of an answer."""
        return cls(question, sql, columns, rows[:_MOST_ROWS], max(0, len(rows) - _MOST_ROWS))


@dataclass(frozen=True)
class DownloadsPage(Presenter):
    """Every file to take away, with what goes with all of them."""

    template: ClassVar[str] = "downloads.html"

    whole: Sequence[Route]
    tables: Sequence[Route]
    other_tables: Sequence[Route]  # of words, and those that join two tables
    documents: Sequence[Route]
    calendar: Route
    everything: Route
    audiences: list[Route]
    of_one: list[tuple[int, Route, Route]]  # each recommendation's number, document and feed
    answers: Sequence[ShownAnswer]
    kept: Route
    version: str
    as_of: str
    dataset: Callable[[str], dict[str, Any]]  # for search engines: JSON-LD, from the site's address

    @classmethod
    def of(
        cls, snapshot: Snapshot, answers: Sequence[ShownAnswer], dataset: Callable[[str], dict[str, Any]]
    ) -> "DownloadsPage":
        """Return the downloads.

        Args:
            snapshot: the register.
            answers: what the database answers to the questions that are shown.
            dataset: describes all downloads, as JSON-LD, once it is given the site's address.
        """
        return cls(
            whole=urls.WHOLE,
            tables=urls.MAIN_TABLES,
            other_tables=[table for table in (*urls.TABLES, *urls.JOINS) if table not in urls.MAIN_TABLES],
            documents=urls.DOCUMENTS,
            calendar=urls.CALENDAR,
            everything=urls.UPDATES_FEED,
            audiences=[urls.audience_feed(term.id, term.label) for term in snapshot.header.audiences],
            of_one=[
                (number, urls.recommendation_document(number), urls.recommendation_feed(number))
                for number in sorted(snapshot.statuses)
            ],
            answers=answers,
            kept=urls.kept_version(snapshot.version)[0],
            version=snapshot.version,
            as_of=say(snapshot.as_of),
            dataset=dataset,
        )
