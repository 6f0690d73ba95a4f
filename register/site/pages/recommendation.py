"""The page of one recommendation: everything that is known about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from register.dates import PartialDate, say
from register.model import Header, NamedTerm, ProgressTerm, Recommendation, ReportFile, Term
from register.site import urls
from register.site.presenter import Presenter
from register.site.urls import Route
from register.state.change_sentences import statement_sentences
from register.state.offered_link import OfferedLink
from register.state.permanent_keys import update_keys
from register.state.snapshot import Snapshot
from register.state.status import HistoryEntry, Status
from register.state.wording import place_in_report
from register.state.wording_proof import proved_on


@dataclass(frozen=True)
class HistoryRow:
    """An update, with the pages that show it."""

    entry: HistoryEntry
    place: str  # its permanent place on the page
    evidence: list[OfferedLink]
    changed: list[str]  # in sentences: what it states besides response, progress and dates


@dataclass(frozen=True)
class RecommendationPage(Presenter):
    """Everything that one recommendation's page shows."""

    template: ClassVar[str] = "recommendation.html"

    status: Status
    sections: dict[str, str]  # those that it has, in their order: their ids, with their headings
    record: Recommendation
    header: Header
    report: OfferedLink
    source: OfferedLink  # who says what is true of a recommendation without an outcome
    addressed_to: list[str]
    place: str  # where in the report the wording stands; "" without one
    proved: PartialDate | None  # the day on which the wording, as it stands, was found in the report
    files: list[ReportFile]  # those in which it was found
    theme: str | None
    audiences: list[NamedTerm]
    history: list[HistoryRow]  # newest first
    steps: list[ProgressTerm]
    reached: int  # the furthest step of the line that the deciding voice has last named; 0 if none
    reopenings: list[HistoryEntry]
    terms: list[Term]  # the words in which it stands
    related: list[Status]
    subjects: int  # how many subjects are reported for the recommendations, of any number
    feed: Route
    previous: int | None
    next: int | None
    as_of: str
    digest: str  # of its whole history; "" if it has none

    @classmethod
    def of(cls, snapshot: Snapshot, number: int) -> "RecommendationPage":
        """Return what is shown of a recommendation.

        Raises:
            KeyError: there is no such number.
        """
        status = snapshot.statuses[number]
        record, header = status.record, snapshot.header
        numbers = sorted(snapshot.statuses)
        keys = update_keys(number, (entry.update for entry in status.history))
        place = numbers.index(number)
        return cls(
            status=status,
            sections=dict(_sections(status, header)),
            record=record,
            header=header,
            report=snapshot.links[header.inquiry.report],
            source=snapshot.links[header.initial.source],
            addressed_to=[snapshot.labels["bodies"][body] for body in record.addressed_to],
            place=place_in_report(record.wording) if record.wording else "",
            proved=proved_on(snapshot.register.proof, record),
            files=snapshot.register.proof.files if snapshot.register.proof else [],
            theme=snapshot.labels["themes"].get(record.theme or ""),
            audiences=[term for term in header.audiences if term.id in record.audiences],
            history=[
                HistoryRow(entry, urls.place_of_update(key), snapshot.cited(entry.update.evidence), changed)
                for entry, key, changed in reversed(
                    [*zip(status.history, keys, statement_sentences(status), strict=True)]
                )
            ],
            steps=_steps(header.progress),
            reached=_reached(status),
            reopenings=[entry for entry in status.entries if entry.reopens],
            terms=[term for term in (status.response, status.progress) if term],
            related=[snapshot.statuses[other] for other in status.related],
            subjects=len(snapshot.register.topics),
            feed=urls.recommendation_feed(number),
            previous=numbers[place - 1] if place else None,
            next=numbers[place + 1] if place + 1 < len(numbers) else None,
            as_of=say(snapshot.as_of),
            digest=snapshot.latest_digest(number),
        )


def _sections(status: Status, header: Header) -> Iterator[tuple[str, str]]:
    """Answers first: what it means here, what is promised, who says what. Then the inquiry's words, and the history."""
    record = status.record
    if status.meaning:
        yield "meaning", f"What this means in {header.partnership.area}"
    if status.promised:
        yield "promised", "What was promised"
    if status.done_when or status.recheck:
        yield "closure", "How we will know it is done"
    if status.history:
        yield "voices", "Who says what"
    if not status.response:
        yield "known", "What we know"
    if record.grade == "number-only":
        yield "unknown", "What we do not know yet"
        yield "read", "How to read it"
    else:
        yield "said", "What the inquiry said"
    if status.history:
        yield "history", "What happened"
    if status.related:
        yield "related", "Related recommendations"


def _steps(progress: Sequence[ProgressTerm]) -> list[ProgressTerm]:
    """The progress words that form a line, in its order."""
    return sorted((term for term in progress if term.step), key=lambda term: term.step or 0)


def _reached(status: Status) -> int:
    steps = [entry.progress.step for entry in status.entries if entry.voice.decides and entry.progress]
    return next((step for step in reversed(steps) if step), 0)
