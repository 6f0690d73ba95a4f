"""The status of a recommendation on a date: worked out from its updates up to that date.

Nothing here is typed by an editor and nothing is stored; the same register and
date always give the same status. An update counts from its first possible
day: one dated ``2022-10`` is part of the register as at 1 October 2022.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from register.dates import PartialDate
from register.model import Ended, Header, ProgressTerm, Recommendation, Term, Update, VoiceTerm
from register.state.wording import NOT_ASKED, NOT_DECIDED, NOT_PUBLISHED


@dataclass(frozen=True)
class HistoryEntry:
    """An update with its words looked up, and what it changed."""

    update: Update
    voice: VoiceTerm
    response: Term | None
    progress: ProgressTerm | None
    number: int  # its place among the recommendation's updates in the order in which they were put in, from 1
    closes: bool = False
    reopens: bool = False


@dataclass(frozen=True)
class VoicePosition:
    """The latest that one voice has said, each word with its own date; ``said`` is None if it was not yet asked."""

    voice: VoiceTerm
    said: Update | None
    response: Term | None
    response_on: PartialDate | None
    progress: ProgressTerm | None
    progress_on: PartialDate | None

    @property
    def silence(self) -> str:
        """What stands in place of its words while it has said nothing: who decides is not asked by anyone."""
        return NOT_DECIDED if self.voice.decides else NOT_ASKED


@dataclass(frozen=True)
class DueDateMove:
    """A due date that was moved."""

    to: PartialDate
    on: PartialDate
    reason: str


@dataclass(frozen=True)
class DueDate:
    """By when the work is promised: the first date ever given, today's, and every move between them."""

    first: PartialDate
    now: PartialDate
    moves: tuple[DueDateMove, ...]

    @property
    def dates(self) -> tuple[PartialDate, ...]:
        """Every date that was ever given, in turn."""
        return (self.first, *(move.to for move in self.moves))


@dataclass(frozen=True)
class Status:
    """Where a recommendation stands on a date. Response and progress are None while nothing is decided."""

    record: Recommendation
    as_of: datetime.date
    response: Term | None
    progress: ProgressTerm | None
    history: tuple[HistoryEntry, ...]  # every update, withdrawn ones too, oldest first
    positions: tuple[VoicePosition, ...]  # one for each voice, in the header's order
    promised: DueDate | None  # by when it was ever promised, also if that was ended since
    promise_ended: Update | None  # the update that ended the promise, if none was made since
    stale_after: int

    @cached_property
    def entries(self) -> tuple[HistoryEntry, ...]:
        """The updates that count, oldest first."""
        return counting(self.history)

    @property
    def progress_words(self) -> str:
        """How far the work is, or plain words for nothing being known of it."""
        if self.progress:
            return self.progress.label
        return "nothing more expected" if self.closed else NOT_PUBLISHED

    @property
    def due(self) -> DueDate | None:
        """By when it is promised; None if no promise was made, or if it was ended."""
        return None if self.promise_ended else self.promised

    @property
    def recheck(self) -> PartialDate | None:
        """When someone will look again; None once the work was reopened after that was said."""
        return _recheck(self.entries)

    @property
    def recheck_is_due(self) -> bool:
        """Whether the day of the second look has come and nobody has said anything since."""
        if not (recheck := self.recheck):
            return False
        updates = [entry.update for entry in self.entries]
        given = max(place for place, update in enumerate(updates) if update.recheck)
        # Promised for the very month in which that was said, it is to be made by the end of it.
        day = recheck.first if recheck.first > updates[given].date.last else recheck.last
        return day <= self.as_of and all(update.date.last < day for update in updates[given + 1 :])

    @property
    def lead(self) -> str | None:
        """The body that leads on it here."""
        update = self._stating("lead")
        return update.lead if update else None

    @property
    def meaning(self) -> str | None:
        """What it means here."""
        update = self._stating("meaning")
        return update.meaning if update else None

    @property
    def done_when(self) -> str | None:
        """How everyone will know that it is done."""
        update = self._stating("done_when")
        return update.done_when if update else None

    @property
    def related(self) -> list[int]:
        """Numbers of related recommendations."""
        update = self._stating("related")
        return update.related if update else []

    @property
    def tests_for_done(self) -> tuple[Update, ...]:
        """Every update that stated how everyone will know that it is done, oldest first."""
        return tuple(entry.update for entry in self.entries if entry.update.done_when)

    def _stating(self, field: str) -> Update | None:
        """The deciding voice's update that states what holds of a field."""
        entry = stating((entry for entry in self.entries if entry.voice.decides), field)
        return entry.update if entry else None

    @property
    def last(self) -> Update | None:
        """The latest update, of any voice."""
        return self.entries[-1].update if self.entries else None

    @property
    def closed(self) -> bool:
        """Whether nothing more is expected: by the progress, or by the response where there is no progress."""
        return _closes(self.response, self.progress)

    @property
    def closed_on(self) -> PartialDate | None:
        """When the work was closed, since it was last open; None while it is open."""
        return [entry.update.date for entry in self.entries if entry.closes][-1] if self.closed else None

    @property
    def days_since(self) -> int | None:
        """Whole days since the latest update could last have happened; None without updates."""
        return max(0, (self.as_of - _latest_day(self.last)).days) if self.last else None

    @property
    def stale(self) -> bool:
        """Whether open work has had no update for longer than the register allows."""
        return self.stale_from is not None and self.stale_from <= self.as_of

    @property
    def stale_from(self) -> datetime.date | None:
        """The first day on which it is stale if no other update comes; None while it is closed or has no update."""
        if self.closed or not self.last:
            return None
        return _latest_day(self.last) + datetime.timedelta(days=self.stale_after + 1)

    @property
    def overdue(self) -> bool:
        """Whether open work is past the date now promised for it."""
        return bool(self.due and not self.closed and self.due.now.last < self.as_of)

    @property
    def days_late(self) -> int:
        """Whole days since the date now promised, or a date that was promised only roughly, had passed; 0 unless overdue."""
        return (self.as_of - self.due.now.last).days if self.due and self.overdue else 0

    @property
    def reopened(self) -> bool:
        """Whether it was closed once and is open again."""
        return not self.closed and any(entry.reopens for entry in self.entries)

    @property
    def evidence(self) -> tuple[str, ...]:
        """The link ids cited as evidence, each once, latest first."""
        cited = [link for entry in reversed(self.entries) for link in entry.update.evidence]
        return tuple(dict.fromkeys(cited))

    @property
    def self_assessed(self) -> bool:
        """Whether only the deciding voice has said anything."""
        return bool(self.entries) and all(entry.voice.decides for entry in self.entries)

    @property
    def disagreement(self) -> bool:
        """Whether another voice's latest response or progress differs from what the deciding voice has said of it."""
        return any(self.differs_on(position) for position in self.positions)

    def differs_on(self, position: VoicePosition) -> tuple[str, ...]:
        """Return on what a voice differs from the deciding one: ``response``, ``progress``, both or nothing.

        Where either of the two has said nothing, they do not differ.
        """
        pairs = {
            "response": (position.response, self.response),
            "progress": (position.progress, self.progress),
        }
        return tuple(name for name, (theirs, ours) in pairs.items() if theirs and ours and theirs != ours)


def status_on(record: Recommendation, header: Header, as_of: datetime.date) -> Status:
    """Return where a recommendation stands at the end of a day.

    The response and progress shown are the deciding voice's: the latest of its
    updates that states each. What other voices say stands beside them and never
    overwrites them, so that no voice can hide another.
    """
    history = _history(record, header, as_of)
    entries = counting(history)
    deciding = [entry for entry in entries if entry.voice.decides]
    response, progress = stating(deciding, "response"), stating(deciding, "progress")
    return Status(
        record=record,
        as_of=as_of,
        response=response.response if response else None,
        progress=progress.progress if progress else None,
        history=history,
        positions=tuple(_position(voice, entries) for voice in header.voices),
        promised=_promised(entries),
        promise_ended=_ended(entries, "due"),
        stale_after=header.review_every,
    )


def _latest_day(update: Update) -> datetime.date:
    """The last day on which an update can have happened: what is known only to the year had happened once it was put in."""
    return min(update.date.last, max(update.date.first, update.recorded.first))


def counting(history: Iterable[HistoryEntry]) -> tuple[HistoryEntry, ...]:
    """Return the updates that count: a withdrawn one counts for nothing."""
    return tuple(entry for entry in history if not entry.update.withdrawn)


def stating(entries: Iterable[HistoryEntry], field: str) -> HistoryEntry | None:
    """Return the entry that states what holds of something; None if none does, or if it was ended since.

    Args:
        entries: of one voice, or of the deciding one, oldest first.
        field: of ``Update``, such as ``response``.
    """
    holds = None
    for entry in entries:
        if field in entry.update.ends:
            holds = None
        if getattr(entry.update, field):
            holds = entry
    return holds


def _history(record: Recommendation, header: Header, as_of: datetime.date) -> tuple[HistoryEntry, ...]:
    voices = {voice.id: voice for voice in header.voices}
    responses = {term.id: term for term in header.responses}
    progresses = {term.id: term for term in header.progress}
    numbers = _numbers(record.updates)
    entries, decided, closed = list[HistoryEntry](), _Decided(), False
    for update, number in zip(record.updates, numbers, strict=True):
        if update.date.first > as_of:
            continue
        voice = voices[update.voice]
        entry = HistoryEntry(
            update, voice, responses.get(update.response or ""), progresses.get(update.progress or ""), number
        )
        if voice.decides and not update.withdrawn:
            decided.take(entry)
            before, closed = closed, _closes(decided.response, decided.progress)
            entry = replace(entry, closes=closed and not before, reopens=before and not closed)
        entries.append(entry)
    return tuple(entries)


def _numbers(updates: list[Update]) -> list[int]:
    """For each update, its place in the order in which they were put in; of one day, the order in which they stand."""
    order = sorted(range(len(updates)), key=lambda place: (updates[place].recorded.first, place))
    places = {place: number for number, place in enumerate(order, 1)}
    return [places[place] for place in range(len(updates))]


@dataclass
class _Decided:
    """What the deciding voice has said so far and has not ended."""

    response: Term | None = None
    progress: ProgressTerm | None = None

    def take(self, entry: HistoryEntry) -> None:
        """Take one more of its updates into account."""
        ends = entry.update.ends
        self.response = entry.response or (None if "response" in ends else self.response)
        self.progress = entry.progress or (None if "progress" in ends else self.progress)


def _closes(response: Term | None, progress: ProgressTerm | None) -> bool:
    """Whether nothing more is expected once these words are the latest."""
    word = progress or response
    return bool(word and word.closed)


def _position(voice: VoiceTerm, entries: tuple[HistoryEntry, ...]) -> VoicePosition:
    own = [entry for entry in entries if entry.voice == voice]
    with_response, with_progress = stating(own, "response"), stating(own, "progress")
    return VoicePosition(
        voice=voice,
        said=own[-1].update if own else None,
        response=with_response.response if with_response else None,
        response_on=with_response.update.date if with_response else None,
        progress=with_progress.progress if with_progress else None,
        progress_on=with_progress.update.date if with_progress else None,
    )


def _ended(entries: Iterable[HistoryEntry], field: Ended) -> Update | None:
    """The update that ended what was stated of a field; None if nothing was stated, or if something was stated since."""
    stated, ended = False, None
    for update in (entry.update for entry in entries):
        if getattr(update, field):
            stated, ended = True, None
        elif stated and field in update.ends:
            ended = ended or update
    return ended


def _promised(entries: tuple[HistoryEntry, ...]) -> DueDate | None:
    given = [(entry.update, entry.update.due) for entry in entries if entry.update.due]
    if not given:
        return None
    moves = [
        DueDateMove(due, update.date, update.reason or "")
        for (_, before), (update, due) in pairwise(given)
        if due != before
    ]
    return DueDate(given[0][1], given[-1][1], tuple(moves))


def _recheck(entries: tuple[HistoryEntry, ...]) -> PartialDate | None:
    """The latest recheck date; none once the work was reopened after it was set, or it was ended."""
    recheck = None
    for entry in entries:
        recheck = None if entry.reopens or "recheck" in entry.update.ends else recheck
        recheck = entry.update.recheck or recheck
    return recheck
