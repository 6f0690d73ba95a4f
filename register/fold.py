"""What is true of a recommendation on a date: the fold of its updates up to that date.

Nothing here is typed by an editor and nothing is stored; the same register and
date always give the same standing. An update counts from its first possible
day: one dated ``2022-10`` is part of the register as at 1 October 2022.
"""

import datetime
from dataclasses import dataclass
from itertools import pairwise

from register.dates import PartialDate
from register.model import Header, ProgressTerm, Recommendation, Term, Update, VoiceTerm


@dataclass(frozen=True)
class Entry:
    """An update with its words looked up, and what it changed."""

    update: Update
    voice: VoiceTerm
    response: Term | None
    progress: ProgressTerm | None
    closes: bool
    reopens: bool


@dataclass(frozen=True)
class Verdict:
    """The latest that one voice has said, each word with its own date; ``said`` is None if it was not yet asked."""

    voice: VoiceTerm
    said: Update | None
    response: Term | None
    response_on: PartialDate | None
    progress: ProgressTerm | None
    progress_on: PartialDate | None


@dataclass(frozen=True)
class Move:
    """A due date that was moved."""

    to: PartialDate
    on: PartialDate
    reason: str


@dataclass(frozen=True)
class Promise:
    """When the work is promised: the first date ever given, today's, and every move between them."""

    first: PartialDate
    now: PartialDate
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class Standing:
    """Where a recommendation stands on a date. Response and progress are None while nothing is decided."""

    record: Recommendation
    as_of: datetime.date
    response: Term | None
    progress: ProgressTerm | None
    entries: tuple[Entry, ...]  # oldest first
    verdicts: tuple[Verdict, ...]  # one for each voice, in the header's order
    promise: Promise | None
    recheck: PartialDate | None
    stale_after: int

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
        return max(0, (self.as_of - self.last.date.last).days) if self.last else None

    @property
    def stale(self) -> bool:
        """Whether open work has had no update for longer than the register allows."""
        return not self.closed and self.days_since is not None and self.days_since > self.stale_after

    @property
    def overdue(self) -> bool:
        """Whether open work is past the date now promised for it."""
        return bool(self.promise and not self.closed and self.promise.now.last < self.as_of)

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
        pairs = [
            pair
            for verdict in self.verdicts
            if not verdict.voice.decides
            for pair in ((verdict.response, self.response), (verdict.progress, self.progress))
        ]
        return any(theirs and ours and theirs != ours for theirs, ours in pairs)


def standing(record: Recommendation, header: Header, as_of: datetime.date) -> Standing:
    """Return where a recommendation stands at the end of a day.

    The response and progress shown are the deciding voice's: the latest of its
    updates that states each. What other voices say stands beside them and never
    overwrites them, so that no voice can hide another.
    """
    entries = _entries(record, header, as_of)
    return Standing(
        record=record,
        as_of=as_of,
        response=_latest(entries, "response"),
        progress=_latest(entries, "progress"),
        entries=entries,
        verdicts=tuple(_verdict(voice, entries) for voice in header.voices),
        promise=_promise(entries),
        recheck=_recheck(entries),
        stale_after=header.review_every,
    )


def _entries(record: Recommendation, header: Header, as_of: datetime.date) -> tuple[Entry, ...]:
    voices = {voice.id: voice for voice in header.voices}
    responses = {term.id: term for term in header.responses}
    progress = {term.id: term for term in header.progress}
    entries, decided, closed = [], {"response": None, "progress": None}, False
    for update in record.updates:
        if update.date.first > as_of:
            continue
        voice = voices[update.voice]
        said = {"response": responses.get(update.response), "progress": progress.get(update.progress)}
        if voice.decides:
            decided.update({axis: term for axis, term in said.items() if term})
        before, closed = closed, _closes(**decided)
        entries.append(Entry(update, voice, **said, closes=closed and not before, reopens=before and not closed))
    return tuple(entries)


def _closes(response: Term | None, progress: ProgressTerm | None) -> bool:
    """Whether nothing more is expected once these words are the latest."""
    word = progress or response
    return bool(word and word.closed)


def _latest(entries: tuple[Entry, ...], axis: str) -> Term | None:
    stated = [getattr(entry, axis) for entry in entries if entry.voice.decides and getattr(entry, axis)]
    return stated[-1] if stated else None


def _verdict(voice: VoiceTerm, entries: tuple[Entry, ...]) -> Verdict:
    own = [entry for entry in entries if entry.voice == voice]

    def latest(axis: str) -> tuple[Term, PartialDate] | tuple[None, None]:
        stated = ((getattr(entry, axis), entry.update.date) for entry in reversed(own) if getattr(entry, axis))
        return next(stated, (None, None))

    return Verdict(voice, own[-1].update if own else None, *latest("response"), *latest("progress"))


def _promise(entries: tuple[Entry, ...]) -> Promise | None:
    given = [entry.update for entry in entries if entry.update.due]
    if not given:
        return None
    moves = [
        Move(later.due, later.date, later.reason or "")
        for earlier, later in pairwise(given)
        if later.due != earlier.due
    ]
    return Promise(given[0].due, given[-1].due, tuple(moves))


def _recheck(entries: tuple[Entry, ...]) -> PartialDate | None:
    """The latest recheck date; none once the work was reopened after it was set."""
    recheck = None
    for entry in entries:
        recheck = None if entry.reopens else recheck
        recheck = entry.update.recheck or recheck
    return recheck
