"""What changed, in sentences: one wording for the feeds, update by update, and for the comparison of two days."""

from collections.abc import Iterator, Sequence
from typing import Any

from register.dates import PartialDate
from register.state.status import HistoryEntry, Status, counting, stating

# What ends, in words.
_ENDED = {
    "response": "The response",
    "progress": "The progress",
    "due": "The promise",
    "recheck": "The second look",
    "lead": "The lead",
    "meaning": "What it means here",
    "done_when": "The test for done",
    "related": "The list of related recommendations",
}


def change_sentences(status: Status) -> list[list[str]]:
    """Return, for each update of a recommendation's history, oldest first, the sentences that say what it changed.

    A word is compared with the same voice's earlier one; a date with the one that was given
    before. An update that changed nothing but what is known has no sentence. Of a withdrawn one
    it is said that it was withdrawn, and of an edited one that it was edited.
    """
    return [_sentences(entry, counting(status.history[:place])) for place, entry in enumerate(status.history)]


def _sentences(entry: HistoryEntry, earlier: Sequence[HistoryEntry]) -> list[str]:
    if entry.update.withdrawn:
        return [withdrawn(entry)]
    changed = [*_reopened(entry), *_words(entry, earlier), *_dates(entry, earlier), *_statements(entry, earlier)]
    return [*changed, *_edited(entry)]


def withdrawn(entry: HistoryEntry) -> str:
    """Return the sentence for an update that was withdrawn."""
    found = entry.update.withdrawn
    return f"Withdrawn on {found.on} by {found.by}: {found.reason}" if found else ""


def _edited(entry: HistoryEntry) -> Iterator[str]:
    if edit := entry.update.edited:
        yield f"Its words were edited on {edit.on}: {edit.reason}"


def _reopened(entry: HistoryEntry) -> Iterator[str]:
    if entry.reopens:
        yield reopened()


def _words(entry: HistoryEntry, earlier: Sequence[HistoryEntry]) -> Iterator[str]:
    own = [one for one in earlier if one.voice == entry.voice]
    response, progress = stating(own, "response"), stating(own, "progress")
    for name, before, after in (
        ("Response", response.response if response else None, entry.response),
        ("Progress", progress.progress if progress else None, entry.progress),
    ):
        if after and after != before:
            yield stated(name, after.label, before.label if before else None)


def _dates(entry: HistoryEntry, earlier: Sequence[HistoryEntry]) -> Iterator[str]:
    due, recheck = entry.update.due, entry.update.recheck
    due_stated, recheck_stated = stating(earlier, "due"), stating(earlier, "recheck")
    due_before = due_stated.update.due if due_stated else None
    recheck_before = recheck_stated.update.recheck if recheck_stated else None
    if due and due != due_before:
        yield promise_moved(due_before, due) if due_before else promised(due)
    if recheck and recheck != recheck_before:
        yield _recheck_moved(recheck_before, recheck) if recheck_before else _recheck(recheck)


def statement_sentences(status: Status) -> list[list[str]]:
    """Return, for each update of a recommendation's history, oldest first, the sentences for what else it states.

    That is who leads, what it means here, the test for done, related numbers, and what ended. Of a withdrawn update there
    are none.
    """
    return [
        [] if entry.update.withdrawn else list(_statements(entry, counting(status.history[:place])))
        for place, entry in enumerate(status.history)
    ]


def _statements(entry: HistoryEntry, earlier: Sequence[HistoryEntry]) -> Iterator[str]:
    update = entry.update
    before = {field: _before(field, entry, earlier) for field in ("lead", "meaning", "done_when", "related")}
    if update.lead and update.lead != before["lead"]:
        yield stated("Led by", update.lead, before["lead"])
    if update.meaning and update.meaning != before["meaning"]:
        yield "What it means here was changed." if before["meaning"] else "What it means here was added."
    if update.done_when and update.done_when != before["done_when"]:
        yield "The test for done was changed." if before["done_when"] else "The test for done was set."
    if update.related and update.related != before["related"]:
        yield f"Related recommendations: {', '.join(map(str, update.related))}."
    yield from (f"{_ENDED[ended]} holds no longer." for ended in update.ends)


def _before(field: str, entry: HistoryEntry, earlier: Sequence[HistoryEntry]) -> Any:
    found = stating([one for one in earlier if one.voice == entry.voice], field)
    return getattr(found.update, field) if found else None


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
