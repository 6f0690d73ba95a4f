"""What is different between two days: for each recommendation what was, what is, and what happened between.

A difference is two standings, so it holds nothing that the fold does not say. The
yearly report and ``python -m register diff`` both read it.
"""

import datetime
from dataclasses import dataclass

from register.dates import PartialDate, say
from register.fold import Entry, Move, Standing
from register.model import Register, Term
from register.views import Snapshot, heading

_A_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Difference:
    """One recommendation as it stood before the first day and at the end of the last."""

    before: Standing
    after: Standing

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The updates of these days, oldest first. (Updates stand in order, so the earlier ones come first.)"""
        return self.after.entries[len(self.before.entries) :]

    @property
    def changed(self) -> bool:
        """Whether another response or progress was decided."""
        return (self.before.response, self.before.progress) != (self.after.response, self.after.progress)

    @property
    def closings(self) -> tuple[Entry, ...]:
        """The updates that closed it."""
        return tuple(entry for entry in self.entries if entry.closes)

    @property
    def reopenings(self) -> tuple[Entry, ...]:
        """The updates that opened it again."""
        return tuple(entry for entry in self.entries if entry.reopens)

    @property
    def promised(self) -> PartialDate | None:
        """The first date that was ever promised for it, if that happened in these days."""
        return self.after.promise.first if self.after.promise and not self.before.promise else None

    @property
    def moves(self) -> tuple[tuple[PartialDate, Move], ...]:
        """Each move of the promised date, with the date it moved from."""
        promise = self.after.promise
        if not promise:
            return ()
        dates = [promise.first, *(move.to for move in promise.moves)]
        known = len(self.before.promise.moves) if self.before.promise else 0
        return tuple(zip(dates, promise.moves, strict=False))[known:]


def differences(register: Register, first: datetime.date, last: datetime.date) -> list[Difference]:
    """Return each recommendation's difference over a span of days, both ends included, in the order of the numbers."""
    before = Snapshot(register, max(first, datetime.date.min + _A_DAY) - _A_DAY).standings
    after = Snapshot(register, last).standings
    return [Difference(before[number], after[number]) for number in after]


def told(register: Register, first: datetime.date, last: datetime.date) -> str:
    """Return the difference over a span of days in words, for a terminal: recommendations without one are left out.

    Args:
        register: the checked register.
        first: the first day whose updates count.
        last: the last.
    """
    found = [one for one in differences(register, first, last) if one.entries]
    total, updates = register.header.total, sum(len(one.entries) for one in found)
    span = f"From {say(first)} to {say(last)}"
    if not found:
        return f"{span}: no update to any of the {total} recommendations."
    noun = "update" if updates == 1 else "updates"
    parts = [f"{span}: {updates} {noun}, to {len(found)} of {total} recommendations."]
    return "\n\n".join(parts + ["\n".join(_words(one, register.header.initial.label)) for one in found])


def _words(one: Difference, initial: str) -> list[str]:
    """One recommendation's difference, a line for each thing that is different."""
    lines = [f"Recommendation {one.after.record.number}: {heading(one.after)}"]
    lines += _axis("Response", one.before.response, one.after.response, initial)
    lines += _axis("Progress", one.before.progress, one.after.progress, "not published")
    lines += [f"  Closed on {entry.update.date}." for entry in one.closings]
    lines += [f"  Reopened on {entry.update.date}." for entry in one.reopenings]
    if one.promised:
        lines.append(f"  Promised by {one.promised}.")
    lines += [f"  Promise moved on {move.on}, from {was} to {move.to}. {move.reason}" for was, move in one.moves]
    lines += [f"  {_said(entry)}" for entry in one.entries if not entry.voice.decides]
    if len(lines) == 1:
        lines.append("  Updated; response, progress and promise stayed as they were.")
    return lines


def _axis(name: str, before: Term | None, after: Term | None, nothing: str) -> list[str]:
    if before == after:
        return []
    return [f"  {name}: {after.label}. Before: {before.label if before else nothing}."]


def _said(entry: Entry) -> str:
    """What a voice that does not decide has said, in its words for response and progress."""
    words = " and ".join(term.label for term in (entry.response, entry.progress) if term)
    label = entry.voice.label[:1].upper() + entry.voice.label[1:]
    return f"{label}, {entry.update.date}: {words or 'a note'}."
