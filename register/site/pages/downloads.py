"""Every file to take away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from register.dates import say
from register.site import urls
from register.site.presenter import Presenter
from register.site.urls import Route
from register.state.snapshot import Snapshot

_MOST_ROWS = 6  # of an answer that is shown whole


class Asked(Protocol):
    """A question to the database."""

    @property
    def words(self) -> str:
        """The question, as people ask it."""

    @property
    def sql(self) -> str:
        """The same in SQL."""


class Answered(Protocol):
    """A question with what the database answers today."""

    @property
    def question(self) -> Asked:
        """What was asked."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns of the answer."""

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Its rows, each value as text."""


@dataclass(frozen=True)
class ShownAnswer:
    """An answer as far as it is shown."""

    question: Asked
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int  # how many rows are not shown

    @classmethod
    def of(cls, answer: Answered) -> "ShownAnswer":
        """Return the first rows of an answer."""
        return cls(answer.question, answer.columns, answer.rows[:_MOST_ROWS], max(0, len(answer.rows) - _MOST_ROWS))


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
    answers: list[ShownAnswer]
    kept: Route
    version: str
    as_of: str
    dataset: Callable[[str], dict[str, Any]]  # for search engines: JSON-LD, from the site's address

    @classmethod
    def of(
        cls, snapshot: Snapshot, answers: Sequence[Answered], dataset: Callable[[str], dict[str, Any]]
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
            answers=[ShownAnswer.of(answer) for answer in answers],
            kept=urls.kept_version(snapshot.version)[0],
            version=snapshot.version,
            as_of=say(snapshot.as_of),
            dataset=dataset,
        )
