"""What changed, in sentences: one wording for the feeds, update by update, and for the comparison of two days."""

from collections.abc import Iterator, Sequence

from register.dates import PartialDate
from register.state.status import HistoryEntry, Status, last_said


def change_sentences(status: Status) -> list[list[str]]:
    """Return, for each update of a recommendation, oldest first, the sentences that say what it changed.

    A word is compared with the same voice's earlier one; a date with the one that was given
    before. An update that changed nothing but what is known has no sentence.
    """
    entries = status.entries
    return [
        [*_reopened(entry), *_words(entry, entries[:place]), *_dates(entry, entries[:place])]
        for place, entry in enumerate(entries)
    ]


def _reopened(entry: HistoryEntry) -> Iterator[str]:
    if entry.reopens:
        yield reopened()


def _words(entry: HistoryEntry, earlier: Sequence[HistoryEntry]) -> Iterator[str]:
    own = [one for one in earlier if one.voice == entry.voice]
    for name, before, after in (
        ("Response", last_said(one.response for one in own), entry.response),
        ("Progress", last_said(one.progress for one in own), entry.progress),
    ):
        if after and after != before:
            yield stated(name, after.label, before.label if before else None)


def _dates(entry: HistoryEntry, earlier: Sequence[HistoryEntry]) -> Iterator[str]:
    due, due_before = entry.update.due, last_said(one.update.due for one in earlier)
    if due and due != due_before:
        yield promise_moved(due_before, due) if due_before else promised(due)
    recheck, recheck_before = entry.update.recheck, last_said(one.update.recheck for one in earlier)
    if recheck and recheck != recheck_before:
        yield _recheck_moved(recheck_before, recheck) if recheck_before else _recheck(recheck)


def stated(name: str, after: str, before: str | None) -> str:
    """Return the sentence for another response or progress: ``Response: applies (before: under consideration).``

    Args:
        name: ``Response`` or ``Progress``.
        after: the label that holds now.
        before: what was stated before; None if nothing was.
    """
    return f"{name}: {after} (before: {before})." if before else f"{name}: {after}."


def reopened(on: PartialDate | None = None) -> str:
    """Return the sentence for work that was closed and is open again; the day is left out where it is said beside it."""
    return f"Reopened on {on}." if on else "Reopened."


def promised(due: PartialDate) -> str:
    """Return the sentence for a first due date."""
    return f"Promised by {due}."


def promise_moved(before: PartialDate, after: PartialDate, on: PartialDate | None = None) -> str:
    """Return the sentence for a due date that was moved; the day is left out where it is said beside it."""
    return f"Promise moved{f' on {on},' if on else ''} from {before} to {after}."


def _recheck(recheck: PartialDate) -> str:
    return f"To be looked at again: {recheck}."


def _recheck_moved(before: PartialDate, after: PartialDate) -> str:
    return f"Second look moved from {before} to {after}."
