"""One day beside another: for each recommendation what was, what is, and what happened between.

A comparison is two statuses, so it holds nothing that they do not say. The yearly
report and ``python -m register diff`` both read it.
"""

import datetime
from dataclasses import dataclass

from register.characters import capital
from register.dates import PartialDate, say
from register.model import Header, Register, Term
from register.problems import counted
from register.state.change_sentences import promise_moved, promised, reopened, stated, statement_sentences
from register.state.snapshot import Snapshot
from register.state.status import DueDateMove, HistoryEntry, Status
from register.state.wording import NOT_PUBLISHED, heading

_A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Comparison:
    """One recommendation as it stood before the first day and at the end of the last."""

    before: Status
    after: Status

    @property
    def entries(self) -> tuple[HistoryEntry, ...]:
        """The updates of these days that count, oldest first. (Updates stand in order, so the earlier ones come first.)"""
        return self.after.entries[len(self.before.entries) :]

    @property
    def statements(self) -> list[tuple[HistoryEntry, list[str]]]:
        """Each of these updates with the sentences for what else it states: the lead, the meaning, the test for done."""
        told = zip(self.after.history, statement_sentences(self.after), strict=True)
        counting = [(entry, sentences) for entry, sentences in told if not entry.update.withdrawn]
        return counting[len(self.before.entries) :]

    @property
    def changed(self) -> bool:
        """Whether another response or progress was decided."""
        return (self.before.response, self.before.progress) != (self.after.response, self.after.progress)

    @property
    def closings(self) -> tuple[HistoryEntry, ...]:
        """The updates that closed it."""
        return tuple(entry for entry in self.entries if entry.closes)

    @property
    def reopenings(self) -> tuple[HistoryEntry, ...]:
        """The updates that opened it again."""
        return tuple(entry for entry in self.entries if entry.reopens)

    @property
    def first_due(self) -> PartialDate | None:
        """The first date that was ever promised for it, if that happened in these days."""
        return self.after.due.first if self.after.due and not self.before.due else None

    @property
    def moves(self) -> tuple[tuple[PartialDate, DueDateMove], ...]:
        """Each move of the promised date, with the date it moved from."""
        if not self.after.due:
            return ()
        known = len(self.before.due.moves) if self.before.due else 0
        return tuple(zip(self.after.due.dates, self.after.due.moves, strict=False))[known:]


def compare(snapshot: Snapshot, first: datetime.date, last: datetime.date) -> list[Comparison]:
    """Return each recommendation's comparison over a span of days, both ends included, in the order of the numbers."""
    before = snapshot.statuses_on(max(first, datetime.date.min + _A_DAY) - _A_DAY)
    after = snapshot.statuses_on(last)
    return [Comparison(before[number], after[number]) for number in after]


def describe(register: Register, first: datetime.date, last: datetime.date) -> str:
    """Return what is different after a span of days in words, for a terminal; what did not change is left out.

    Args:
        register: the checked register.
        first: the first day whose updates count.
        last: the last.
    """
    found = [one for one in compare(Snapshot(register, last), first, last) if one.entries]
    total, updates = register.header.total, sum(len(one.entries) for one in found)
    span = f"From {say(first)} to {say(last)}"
    if not found:
        return f"{span}: no update to any of the {total} recommendations."
    heading_line = f"{span}: {counted(updates, 'update')}, to {len(found)} of {total} recommendations."
    return "\n\n".join([heading_line, *("\n".join(_lines(one, register.header)) for one in found)])


def _lines(one: Comparison, header: Header) -> list[str]:
    """One recommendation's comparison, a line for each thing that is different."""
    lines = [f"Recommendation {one.after.record.number}: {heading(one.after.record)}"]
    lines += _axis("Response", one.before.response, one.after.response, header.initial.label)
    lines += _axis("Progress", one.before.progress, one.after.progress, NOT_PUBLISHED)
    lines += [f"  Closed on {entry.update.date}." for entry in one.closings]
    lines += [f"  {reopened(entry.update.date)}" for entry in one.reopenings]
    if one.first_due:
        lines.append(f"  {promised(one.first_due)}")
    lines += [f"  {promise_moved(was, move.to, move.on)} {move.reason}" for was, move in one.moves]
    lines += [f"  {entry.update.date}: {sentence}" for entry, changed in one.statements for sentence in changed]
    lines += [f"  {_said(entry)}" for entry in one.entries if not entry.voice.decides]
    if len(lines) == 1:
        lines.append("  Updated; response, progress and promise stayed as they were.")
    return lines


def _axis(name: str, before: Term | None, after: Term | None, nothing: str) -> list[str]:
    if before == after or after is None:  # what was ended is said among the statements
        return []
    return [f"  {stated(name, after.label, before.label if before else nothing)}"]


def _said(entry: HistoryEntry) -> str:
    """What a voice that does not decide has said, in its words for response and progress."""
    words = " and ".join(term.label for term in (entry.response, entry.progress) if term)
    return f"{capital(entry.voice.label)}, {entry.update.date}: {words or 'a note'}."
