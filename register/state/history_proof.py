"""Proof that a register was only added to: digests that anyone can compute again, and the comparison of two copies.

Both work on the register as JSON, as it is published in ``register.json``, so that a reader can do the same with a copy that
was kept for years, in any language. What may change in an update: it may be withdrawn, and its note and reason may be
edited, both with the day. Everything else that was once said stays.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from register.model import Update

Json = dict[str, Any]

# What is derived of an update when it is published, and so is no part of what was said.
_DERIVED = {"key", "number", "reopens", "digest"}
_EDITABLE = {"note", "reason"}
_MARKS = {"edited", "withdrawn"}


# ── digests ────────────────────────────────────────────────────────────────────────────────────


def update_digests(number: int, updates: list[Update]) -> list[str]:
    """Return the digest of each update of a recommendation, in the order in which they stand; see ``digests``."""
    return digests([{**update.model_dump(mode="json"), "recommendation": number} for update in updates])


def digests(updates: list[Json]) -> list[str]:
    """Return the digest of each update: SHA-256 over the digest before it and its canonical JSON, in hexadecimal digits.

    The order of the chain is that in which they were put in (``recorded``; of one day, as they stand), so that a later
    one changes none before it. Before the first stands nothing.

    Args:
        updates: of one recommendation, as published, in the order in which they stand.
    """
    found, before = dict[int, str](), ""
    for place in _in_order_of_recording(updates):
        before = hashlib.sha256((before + canonical(updates[place])).encode()).hexdigest()
        found[place] = before
    return [found[place] for place in range(len(updates))]


def register_digest(latest: Iterable[tuple[int, str]]) -> str:
    """Return the digest of a register: SHA-256 over a line ``NUMBER DIGEST`` for each recommendation that has an update.

    Args:
        latest: each number with the latest digest of its updates.
    """
    lines = "".join(f"{number} {digest}\n" for number, digest in sorted(latest) if digest)
    return hashlib.sha256(lines.encode()).hexdigest()


def _in_order_of_recording(updates: list[Json]) -> list[int]:
    """The places of updates in the order in which they were put in."""
    return sorted(range(len(updates)), key=lambda place: (updates[place]["recorded"], place))


def canonical(update: Json) -> str:
    """Return an update as canonical JSON: keys in order, no spaces, letters as they are, what says nothing left out."""
    said = {name: value for name, value in update.items() if name not in _DERIVED and value not in (None, [], {})}
    return json.dumps(_without_nothing(said), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _without_nothing(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nothing(held) for name, held in value.items() if held is not None}
    return value


# ── two copies ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Rewriting:
    """Something that was said in the earlier copy and is not said any more, or was slipped in afterwards."""

    number: int | None  # of the recommendation; None for the register as a whole
    place: int | None  # of the update in the later copy; None if it is gone, or if it is about no update
    what: str
    to_do: str

    def __str__(self) -> str:
        return f"recommendation {self.number}: {self.what}" if self.number else self.what


@dataclass(frozen=True)
class Extension:
    """How much of a later copy is new."""

    unchanged: int
    added: int
    edited: int
    withdrawn: int


def rewritings(old: Json, new: Json) -> list[Rewriting]:
    """Return what was rewritten between two copies of a register as JSON; nothing if the later one only adds.

    Args:
        old: the earlier copy, with ``about.as_of``, ``header``, ``recommendations`` and ``links``.
        new: the later one.
    """
    if old["header"]["id"] != new["header"]["id"]:
        what = f"these are two registers: '{old['header']['id']}' and '{new['header']['id']}'"
        return [Rewriting(None, None, what, "put the id back")]
    found = [*_words(old["header"], new["header"]), *_terms_of_promise(old["header"], new["header"])]
    later = {record["number"]: record for record in new["recommendations"]}
    for record in old["recommendations"]:
        found += _record(record, later.get(record["number"]), old["about"]["as_of"])
    return [*found, *_evidence(old, new)]


def extension(old: Json, new: Json) -> Extension:
    """Return how much is new in a copy that only adds to an earlier one."""
    later = {record["number"]: record["updates"] for record in new["recommendations"]}
    pairs = [
        (before, after)
        for record in old["recommendations"]
        for before, after in zip(record["updates"], matched(record["updates"], later[record["number"]]), strict=True)
    ]
    changed = [(before, after[1]) for before, after in pairs if after and canonical(before) != canonical(after[1])]
    total = sum(len(updates) for updates in later.values())
    withdrawn = sum(not before.get("withdrawn") and bool(after.get("withdrawn")) for before, after in changed)
    edited = sum(before.get("edited") != after.get("edited") for before, after in changed)
    return Extension(len(pairs) - len(changed), total - len(pairs), edited, withdrawn)


_ADD = "add an update instead"


def _record(old: Json, new: Json | None, as_of: str) -> Iterator[Rewriting]:
    number = old["number"]
    if new is None:
        yield Rewriting(number, None, "it is gone", "put it back")
        return
    for name in ("summary", "wording"):
        if old.get(name) and _unchecked_change(old[name], new.get(name)):
            yield Rewriting(number, None, f"its {name} was changed without a new check", "check it again: 'checked'")
    pairs = matched(old["updates"], new["updates"])
    for before, after in zip(old["updates"], pairs, strict=True):
        if after is None:
            yield Rewriting(
                number, None, f"{_named(before)} is gone", "put it back; if it was wrong, mark it withdrawn"
            )
        else:
            yield from (Rewriting(number, after[0], what, to_do) for what, to_do in _changes(before, after[1], as_of))
    known = {after[0] for after in pairs if after}
    for place, update in enumerate(new["updates"]):
        if place not in known and update["recorded"] < as_of:
            what = (
                f"{_named(update)} says that it was recorded on {update['recorded']}, but the copy of {as_of} lacks it"
            )
            yield Rewriting(number, place, what, "write the day on which it was really put in")


def _unchecked_change(old: Json, new: Json | None) -> bool:
    return new is None or (_unchecked(old) != _unchecked(new) and old["checked"] == new["checked"])


def _unchecked(said: Json) -> Json:
    """What was said without who checked it. Copies that were published before pages could be ranges hold a number."""
    page = {"page": str(said["page"])} if "page" in said else {}
    return {name: value for name, value in {**said, **page}.items() if name != "checked" and value is not None}


def matched(old: list[Json], new: list[Json]) -> list[tuple[int, Json] | None]:
    """Return for each earlier update the later one that has its date and voice, with its place; None if there is none.

    Of several such the first goes with the first.
    """
    waiting: dict[tuple[str, str], list[tuple[int, Json]]] = {}
    for place, update in enumerate(new):
        waiting.setdefault((update["date"], update["voice"]), []).append((place, update))
    found = list[tuple[int, Json] | None]()
    for update in old:
        same = waiting.get((update["date"], update["voice"]), [])
        found.append(same.pop(0) if same else None)
    return found


def _named(update: Json) -> str:
    return f"the update of {update['date']} by '{update['voice']}'"


def _changes(old: Json, new: Json, as_of: str) -> Iterator[tuple[str, str]]:
    """What was changed in an update that may not be, with what to do instead."""
    named = _named(old)
    for name in sorted((set(old) | set(new)) - _DERIVED - _MARKS - _EDITABLE):
        before, after = old.get(name) or None, new.get(name) or None
        if before != after:
            yield f"{named}: '{name}' was {_shown(before)} and is {_shown(after)}", _ADD
    yield from _mark_changes(named, old, new, as_of)
    words = [name for name in sorted(_EDITABLE) if old.get(name) != new.get(name)]
    edit = new.get("edited")
    if words and (not edit or edit == old.get("edited")):
        yield f"{named}: its words were changed, and nothing says so", "add 'edited' with 'on' and 'reason'"
    for name in words:
        was = (edit or {}).get(f"{name}_was")
        if was is not None and was != old.get(name):
            yield f"{named}: '{name}_was' is not what stood there", "copy it from the earlier text, or leave it out"


def _mark_changes(named: str, old: Json, new: Json, as_of: str) -> Iterator[tuple[str, str]]:
    """Marks of withdrawing and editing that were taken away, changed, or dated before they were made."""
    for mark in sorted(_MARKS):
        before, after = old.get(mark), new.get(mark)
        if before and not after:
            yield f"{named}: it was marked '{mark}', and is no longer", "put the mark back"
        elif before and after and before != after and (mark == "withdrawn" or after["on"] < before["on"]):
            yield f"{named}: '{mark}' was changed", "put it back"
        elif after and before != after and after["on"] < as_of:
            yield f"{named}: '{mark}' is dated {after['on']}, but the copy of {as_of} lacks it", "write today's date"


def _shown(value: object) -> str:
    if value is None:
        return "not there"
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
    return f"'{text if len(text) <= 60 else text[:57] + '…'}'"


# What of a word is its meaning; how it is shown may change.
_MEANING = ("label", "definition", "closed", "needs", "step", "decides")


def _words(old: Json, new: Json) -> Iterator[Rewriting]:
    """Words whose meaning was changed under the same id: what was said with them would now say something else."""
    for vocabulary in ("responses", "progress", "voices"):
        later = {term["id"]: term for term in new[vocabulary]}
        for term in old[vocabulary]:
            after = later.get(term["id"], term)  # what is gone altogether is another check's affair
            for name in _MEANING:
                if (term.get(name) or None) != (after.get(name) or None):
                    what = f"the word '{term['id']}' of '{vocabulary}' has another {name} than before"
                    yield Rewriting(None, None, what, "add a new word with an id of its own, and keep this one")


def _terms_of_promise(old: Json, new: Json) -> Iterator[Rewriting]:
    """What the register promises of itself."""
    for name in ("total", "review_every", "reporting_year_starts"):
        if old[name] != new[name]:
            what = f"'{name}' was {_shown(old[name])} and is {_shown(new[name])}"
            yield Rewriting(None, None, what, "put it back, or say on a page since when and why it is another")


def _evidence(old: Json, new: Json) -> Iterator[Rewriting]:
    """Evidence that leads to another page under the same id."""
    cited = {id_ for record in old["recommendations"] for update in record["updates"] for id_ in update["evidence"]}
    later = {link["id"]: link for link in new["links"]}
    for link in old["links"]:
        after = later.get(link["id"])
        if link["id"] not in cited or (after and not link.get("url")):
            continue
        if after is None or (after.get("url") and after["url"] != link["url"]):
            what = (
                f"the evidence '{link['id']}' led to '{link['url']}' and leads to {_shown(after and after.get('url'))}"
            )
            yield Rewriting(None, None, what, "give the other page an id of its own, and keep this one")
