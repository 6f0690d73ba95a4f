"""What is different between two registers, as sentences for somebody who knows the work."""

import datetime
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from register.characters import capital
from register.guards.passages import sentences_of
from register.model import Contact, Link, Record, Register, Statement, Update, fields_of
from register.problems import counted
from register.review.difference import Difference, Part
from register.review.record_differences import field_differences
from register.review.text_differences import changed_sentences, quoted
from register.review.value_words import ValueWords, label
from register.site import urls
from register.state.change_sentences import change_sentences, promise_moved
from register.state.history_proof import matched
from register.state.snapshot import Snapshot
from register.state.status import HistoryEntry, Status
from register.state.wording import recommendation_name

_RING = "ring the number or ask the service, since people in need rely on it"
_EMERGENCY = "it is the line for immediate danger, and it is right"
_MOVED = "the reason is one that readers understand"
_WITHDRAWN = "what was said counts for nothing from now on, and the reason is plain"
_QUOTED = "compare it with the report, since these are the inquiry's exact words"
_EXCEPTION = "the reason is good, since a check would ask about these words and lets them stand"
_SOUGHT = "people who type these words are shown the right services"
_WORDS_MEANING = "what was said before still holds"
_MEANT = "it is meant to go"
_OPEN = "open it, and see whether it is the page that it is taken for"
_TIMES = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def register_differences(before: Register, after: Register, today: datetime.date) -> Iterator[Difference]:
    """Yield what is different between two checked registers, in the order of the files.

    Args:
        before: the earlier one.
        after: the later one.
        today: the day on which both are looked at.
    """
    words = ValueWords([before, after])
    yield from (replace(one, page=urls.HELP) for one in _contacts(before, after, words))
    for sentence in field_differences(before.header, after.header, words):
        yield Difference("register", "The register", sentence, _WORDS_MEANING)
    yield from _recommendations(before, after, today, words)
    for listed in _LISTS:
        yield from _records(listed, before, after, words)
    if before.statement != after.statement:
        yield from _statement(before.statement, after.statement, words)
    if after.proof and before.proof != after.proof:
        wordings = counted(len(after.proof.wordings), "wording")
        yield Difference("register", "The proof", f"Found in the report on {after.proof.on}: {wordings}.")
    elif before.proof and not after.proof:
        yield Difference("register", "The proof", "Taken out: no wording is proved any more.", _MEANT)


def _statement(old: Statement | None, new: Statement | None, words: ValueWords) -> Iterator[Difference]:
    about = "The accessibility statement"
    if old and new:
        yield from (Difference("register", about, sentence) for sentence in field_differences(old, new, words))
    elif new:
        yield Difference("register", about, f"New. {capital(words.all_of(new))}")
    else:
        yield Difference("register", about, "Taken out.", _MEANT)


# ── recommendations ────────────────────────────────────────────────────────────────────────────


def _recommendations(
    before: Register, after: Register, today: datetime.date, words: ValueWords
) -> Iterator[Difference]:
    earlier, later = Snapshot(before, today).statuses, Snapshot(after, today).statuses
    for number, status in later.items():
        if number not in earlier:
            yield Difference("register", recommendation_name(status.record), "New.", "the report has as many")
        elif earlier[number].record != status.record:
            page = urls.recommendation(number)
            yield from (replace(one, page=page) for one in _recommendation(earlier[number], status, words))


def _recommendation(before: Status, after: Status, words: ValueWords) -> Iterator[Difference]:
    about = recommendation_name(after.record)
    for field in ("title", "summary", "wording", "addressed_to", "theme", "audiences"):
        others = [name for name in fields_of(type(after.record)) if name != field]
        risk = _QUOTED if field == "wording" else ""
        for sentence in field_differences(before.record, after.record, words, others):
            yield Difference("register", about, sentence, risk)
    old, new = ([one.model_dump(mode="json") for one in status.record.updates] for status in (before, after))
    pairs = matched(old, new)
    for update, found in zip(before.record.updates, pairs, strict=True):
        if found and update != after.record.updates[found[0]]:
            yield from _marked(update, after.record.updates[found[0]], about, words)
    known = {found[0] for found in pairs if found}
    added = [update for place, update in enumerate(after.record.updates) if place not in known]
    for entry, sentences in zip(after.history, change_sentences(after), strict=True):
        if any(entry.update is update for update in added):
            yield from _added(entry, after, sentences, about, words)
    yield from _consequences(before, after, added, about)


def _said_by(entry: HistoryEntry) -> str:
    date = entry.update.date
    return f"said by {entry.voice.label} {'on' if date.exact else 'in'} {date}"


def _added(
    entry: HistoryEntry, status: Status, sentences: list[str], about: str, words: ValueWords
) -> Iterator[Difference]:
    """What a new update says: a moved date by itself, all else together."""
    update, rest, move = entry.update, list(sentences), _move(entry, status)
    if move and move.sentence in rest:
        rest.remove(move.sentence)
        yield Difference("register", about, f"{move.in_words} {capital(_said_by(entry))}.", _MOVED)
    said = [*rest, f"{capital(_said_by(entry))}: {quoted(update.note)}"]
    said += ["This closes it."] if entry.closes else []
    said += [f"{capital(label(field))}: {quoted(text)}" for field, text in _texts(update)]
    said += [f"Reason: {quoted(update.reason)}"] if update.reason and not move else []
    said += [f"Evidence: {words.of(update, 'evidence')}."] if update.evidence else []
    risk = _WITHDRAWN if update.withdrawn else ""
    yield Difference("register", about, " ".join(said), risk)


def _texts(update: Update) -> Iterator[tuple[str, str]]:
    """What an update states in a text of its own."""
    for field in ("meaning", "done_when"):
        if text := getattr(update, field):
            yield field, text


@dataclass(frozen=True)
class MoveInWords:
    """A moved promise: the sentence by which feeds say it, and the one for a reviewer."""

    sentence: str
    in_words: str


def _move(entry: HistoryEntry, status: Status) -> MoveInWords | None:
    """How an update moves the promised date; None if it does not."""
    promised = status.promised
    for place, move in enumerate(promised.moves if promised else ()):
        if promised and (move.on, move.to) == (entry.update.date, entry.update.due):
            earlier = promised.dates[place]
            nth = _TIMES[place - 1] if place <= len(_TIMES) else f"{place + 1}th"
            again = f" for the {nth} time" if place else ""
            in_words = f"The promised date moves{again}, from {earlier} to {move.to}, because: {quoted(move.reason)}"
            return MoveInWords(promise_moved(earlier, move.to), in_words)
    return None


def _marked(old: Update, new: Update, about: str, words: ValueWords) -> Iterator[Difference]:
    """What became of an update that was there: withdrawn, or its words edited. What may not change another check refuses."""
    named = f"The update of {new.date}"
    if new.withdrawn and not old.withdrawn:
        mark = new.withdrawn
        what = f"{named} is withdrawn by {mark.by} on {mark.on}: {quoted(mark.reason)} It had said: {quoted(old.note)}"
        yield Difference("register", about, what, _WITHDRAWN)
    elif new.withdrawn != old.withdrawn:
        yield Difference("register", about, f"{named}: how it was withdrawn is changed.", _WITHDRAWN)
    for field in ("note", "reason"):
        before, after = (sentences_of(getattr(update, field) or "") for update in (old, new))
        why = f" Why: {quoted(new.edited.reason)}" if new.edited and new.edited != old.edited else ""
        for sentence in changed_sentences(before, after):
            yield Difference("register", about, f"{named} has other words: {sentence}{why}")


def _consequences(before: Status, after: Status, added: Sequence[Update], about: str) -> Iterator[Difference]:
    """What holds now by what was withdrawn or ended, and not by a new update that says it itself."""
    for name in ("response", "progress"):
        old, new = getattr(before, name), getattr(after, name)
        said = any(getattr(update, name) or name in update.ends for update in added)
        if old != new and not said:
            was, now = (term.label if term else "nothing decided" for term in (old, new))
            yield Difference("register", about, f"{capital(name)} is now: {now} (before: {was}).", _WITHDRAWN)


# ── lists of records ───────────────────────────────────────────────────────────────────────────


def _contacts(before: Register, after: Register, words: ValueWords) -> Iterator[Difference]:
    """Help lines: whatever is different in one may send somebody in need the wrong way."""
    old, new = ({contact.id: contact for contact in held.contacts} for held in (before, after))
    for id_, contact in new.items():
        risk = _EMERGENCY if contact.emergency else _RING
        if id_ not in old:
            yield Difference(
                "help", contact.name, f"New. {capital(words.all_of(contact, ('id', 'name', 'use')))}", risk
            )
            yield Difference("help", contact.name, _whether_shown(contact), risk)
        else:
            for sentence in field_differences(old[id_], contact, words, ("use",)):
                yield Difference("help", contact.name, sentence, risk)
            checked = contact.confirmed
            if checked and old[id_].number != contact.number and checked == old[id_].confirmed:
                what = f"It was last confirmed on {checked.on}, before the number changed."
                yield Difference("help", contact.name, what, risk)
            if old[id_].use != contact.use:
                yield Difference("help", contact.name, _whether_shown(contact), risk)
    for id_, contact in old.items():
        if id_ not in new:
            yield Difference("help", contact.name, "Taken out.", "readers are meant to lose this place to turn to")
    kept = [[id_ for id_ in one if id_ in other] for one, other in ((old, new), (new, old))]
    if kept[0] != kept[1]:
        order = ", ".join(new[id_].name for id_ in kept[1])
        yield Difference("help", "Help lines", f"Another order: {order}.", "those that most people need come first")


def _whether_shown(contact: Contact) -> str:
    return f"Readers {'see it' if contact.use == 'ok' else 'do not see it'} from now on."


@dataclass(frozen=True)
class ListOfRecords:
    """A list of the register whose records are compared one by one."""

    field: str  # of the register, or of a part of it: "search.help"
    part: Part
    about: str  # where a record has no name of its own; the key is put in
    key: str
    risk: str = ""


_LISTS = (
    ListOfRecords("topics", "register", "{title}", "id"),
    ListOfRecords("timeline", "register", "What happened: {date}, {place}", "date"),
    ListOfRecords("reported_results", "register", "What was reported of {place}, {on}", "id"),
    ListOfRecords("language", "register", "Words that are not used: {words}", "words"),
    ListOfRecords("exceptions", "register", "An exception from the checks: {words}", "words", _EXCEPTION),
    ListOfRecords("search.help", "help", "Words that lead to help: “{say}”", "say", _SOUGHT),
    ListOfRecords("search.equal", "register", "Words that the search takes for the same: {words}", "words"),
    ListOfRecords("links", "links", "{name}", "id"),
    ListOfRecords("redirects", "addresses", "The old address {from}", "from"),
)


def _records(listed: ListOfRecords, before: Register, after: Register, words: ValueWords) -> Iterator[Difference]:
    old, new = (_keyed(_list_in(held, listed.field), listed.key, words) for held in (before, after))
    came, went = [key for key in new if key not in old], [key for key in old if key not in new]
    for key, record in new.items():
        about = _about(listed, record, words)
        if key in came:
            said = words.all_of(record, ("id", "recorded", *_fields_in(listed.about)))
            yield Difference(listed.part, about, f"New. {capital(said)}", listed.risk or _risk_of_new(record))
        else:
            for sentence in field_differences(old[key], record, words):
                yield Difference(listed.part, about, sentence, listed.risk or _risk_of_link(old[key], record))
    for key in went:
        yield Difference(listed.part, _about(listed, old[key], words), "Taken out.", listed.risk)


def _list_in(held: Any, field: str) -> Sequence[Record]:
    """The records of a field of a register, or of a field of a part of it: ``search.help``."""
    for part in field.split("."):
        held = getattr(held, part, None)
    return cast(Sequence[Record] | None, held) or ()


def _keyed(records: Sequence[Record], key: str, words: ValueWords) -> dict[tuple[str, int], Record]:
    """Records by their key; of several with one key, such as milestones of a day, the first goes with the first."""
    seen, keyed = Counter[str](), dict[tuple[str, int], Record]()
    for record in records:
        value = words.of(record, key)
        keyed[value, seen[value]] = record
        seen[value] += 1
    return keyed


def _about(listed: ListOfRecords, record: Record, words: ValueWords) -> str:
    return listed.about.format(**{field: words.of(record, field) for field in _fields_in(listed.about)})


def _fields_in(about: str) -> list[str]:
    return [part.partition("}")[0] for part in about.split("{")[1:]]


def _risk_of_new(record: Record) -> str:
    if isinstance(record, Link) and record.url:
        return _OPEN
    return ""


def _risk_of_link(old: Record, new: Record) -> str:
    if isinstance(old, Link) and isinstance(new, Link) and old.url != new.url:
        return _OPEN
    return ""
