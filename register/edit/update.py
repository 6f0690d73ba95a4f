"""Adds an update to a recommendation, withdraws one, or mends its words: one question at a time."""

from collections.abc import Iterator

import click

from register.edit.asking import Answers, say
from register.edit.change import Change
from register.edit.data_text import Value
from register.edit.finish import Editing
from register.edit.input_fields import InputField, input_fields
from register.edit.new_updates import add_updates
from register.model import Edit, Ended, Recommendation, Update, VoiceTerm, Withdrawal
from register.problems import InputError, ProblemsFound
from register.state.change_sentences import change_sentences
from register.state.facets import Choice
from register.state.snapshot import Snapshot
from register.state.status import HistoryEntry, Status, stating
from register.state.wording import recommendation_name

# Asked first, in this order; then what the words chosen demand; then whatever else the person names.
_FIRST = ("date", "voice", "note")
_WORDS = ("response", "progress")
_MORE = ("reason", "evidence", "due", "recheck", "lead", "meaning", "done_when", "related", "ends")
# What only the deciding voice may say; see load.rules.
_DECIDERS = ("due", "recheck", "lead", "meaning", "done_when", "related")


class NoSuchUpdate(InputError):
    """There is no such recommendation or update."""


def add_update(editing: Editing, number: int) -> None:
    """Add an update to a recommendation.

    Raises:
        NoSuchUpdate: there is no such recommendation.
        ProblemsFound: what was given cannot be used, and nothing may be asked.
    """
    status = _status(editing.snapshot, number)
    if editing.asking.asks:
        _say_where_it_stands(status, editing.snapshot)
    fields = input_fields(Update, editing.snapshot.register)
    answers: Answers = {}
    _ask(editing, status, fields, answers)
    change = _checked(editing, status, fields, answers)
    added = max(change.snapshot.statuses[number].history, key=lambda entry: entry.number)
    editing.finish(change, [f"Recommendation {number} will show:", *shown(change.snapshot, number, added)])


def _status(snapshot: Snapshot, number: int) -> Status:
    if number not in snapshot.statuses:
        raise NoSuchUpdate(f"there is no recommendation {number} (the numbers run from 1 to {snapshot.header.total})")
    return snapshot.statuses[number]


def _say_where_it_stands(status: Status, snapshot: Snapshot) -> None:
    record = status.record
    say(recommendation_name(record))
    response = status.response.label if status.response else snapshot.header.initial.label
    say(f"Response: {response}. Progress: {status.progress.label if status.progress else 'not published'}.")
    if status.last:
        say(f"Last update: {status.last.date}.")


def _ask(editing: Editing, status: Status, fields: dict[str, InputField], answers: Answers) -> None:
    asking = editing.asking
    asking.fill([fields[name] for name in _FIRST], answers)
    answers["recorded"] = asking.given.get("recorded", (editing.today,))[-1]
    voice = next(voice for voice in editing.snapshot.header.voices if voice.id == answers["voice"])
    for name in _WORDS:
        asking.fill([_without_todays(fields[name], status, voice)], answers)
    for name in _needed(editing.snapshot, answers):
        answers[name] = asking.answer(fields[name], required=True) or ""
    allowed = [fields[name] for name in _MORE if name not in answers and (voice.decides or name not in _DECIDERS)]
    _ask_more(editing, status, voice, allowed, answers)


def _without_todays(wanted: InputField, status: Status, voice: VoiceTerm) -> InputField:
    """A question for a word, without the one that the voice has said last: that would be no news."""
    stated = stating((entry for entry in status.entries if entry.voice == voice), wanted.name)
    today = getattr(stated.update, wanted.name) if stated else None
    return wanted.with_choices(choice for choice in wanted.choices if choice.id != today)


def _needed(snapshot: Snapshot, answers: Answers) -> list[str]:
    """What the words that were chosen demand, and was not answered yet."""
    header = snapshot.header
    chosen = [
        term
        for term in (*header.responses, *header.progress)
        if term.id in (answers.get("response"), answers.get("progress"))
    ]
    needs: dict[str, None] = dict.fromkeys(need for term in chosen for need in term.needs)
    return [need for need in needs if need not in answers]


def _ask_more(editing: Editing, status: Status, voice: VoiceTerm, allowed: list[InputField], answers: Answers) -> None:
    asking = editing.asking
    ended = _can_be_ended(status, voice)
    allowed = [
        wanted.with_choices(choice for choice in wanted.choices if choice.id in ended)
        if wanted.name == "ends"
        else wanted
        for wanted in allowed
        if wanted.name != "ends" or ended
    ]
    if not asking.asks:
        asking.fill(allowed, answers)
        return
    given = [wanted for wanted in allowed if wanted.name in asking.given]
    asking.fill(given, answers)
    rest = [wanted for wanted in allowed if wanted not in given]
    chosen = asking.answer(_what_else(rest))
    for wanted in rest:
        if isinstance(chosen, list) and wanted.name in chosen:
            answers[wanted.name] = asking.answer(wanted, required=True) or ""
    if _says_why(status, answers) and "reason" not in answers:
        reason = next(wanted for wanted in rest if wanted.name == "reason")
        answers["reason"] = asking.answer(reason, required=True) or ""


def _what_else(fields: list[InputField]) -> InputField:
    choices = tuple(Choice(wanted.name, wanted.label, wanted.description) for wanted in fields)
    return InputField("more", "Whatever else this update says.", "choice", True, False, choices, title="What else?")


def _can_be_ended(status: Status, voice: VoiceTerm) -> set[str]:
    own = [entry for entry in status.entries if entry.voice == voice]
    names: tuple[Ended, ...] = ("response", "progress", "due", "recheck", "lead", "meaning", "done_when", "related")
    return {name for name in names if stating(own, name)}


def _says_why(status: Status, answers: Answers) -> bool:
    """Whether a promised date moves, or something is ended: both need a reason."""
    before = status.due.now.text if status.due else None
    return bool(answers.get("ends") or (before and answers.get("due", before) != before))


def _checked(editing: Editing, status: Status, fields: dict[str, InputField], answers: Answers) -> Change:
    """The change; as long as something is wrong with it, the person may give other answers."""
    while True:
        edited = editing.data("recommendations.yml")
        add_updates(edited, status.record, [{name: answers[name] for name in fields if name in answers}])
        try:
            return editing.checked(edited)
        except ProblemsFound as found:
            if not editing.asking.asks:
                raise
            click.echo()
            for problem in found.problems:
                say(f"{problem.what} ({problem.to_do})" if problem.to_do else problem.what)
            again = InputField(
                "again", "What to answer again.", "choice", True, True, _choices(fields), title="Which answers?"
            )
            for name in _list(editing.asking.answer(again)):
                answers.pop(name, None)
                editing.asking.fill([fields[name]], answers)


def _choices(fields: dict[str, InputField]) -> tuple[Choice, ...]:
    return tuple(Choice(name, wanted.label) for name, wanted in fields.items() if wanted.holds != "group")


def _list(value: Value | None) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def shown(snapshot: Snapshot, number: int, entry: HistoryEntry) -> Iterator[str]:
    """Yield an update as its page shows it, line by line."""
    status, update = snapshot.statuses[number], entry.update
    yield f"{update.date}, said by {entry.voice.label}; update {entry.number}"
    yield update.note
    if update.reason:
        yield f"Why: {update.reason}"
    yield from change_sentences(status)[status.history.index(entry)]
    if update.evidence:
        yield f"Evidence: {', '.join(link.name for link in snapshot.cited(update.evidence))}"


# ── withdrawn and edited updates ────────────────────────────────────────────────────────────────


def withdraw_update(editing: Editing, number: int, update: int | None) -> None:
    """Say that an update was wrong: it stays on its page, struck through, and counts for nothing.

    Raises:
        NoSuchUpdate: there is no such update, or it is withdrawn already.
        ProblemsFound: what was given cannot be used.
    """
    entry = _chosen(editing, number, update)
    answers: Answers = {"on": editing.today}
    fields = input_fields(Withdrawal, editing.snapshot.register)
    editing.asking.fill([fields["by"], fields["reason"]], answers)
    _set(editing, number, entry, {"withdrawn": answers})


def edit_update(editing: Editing, number: int, update: int | None, why: str | None, keep: bool | None) -> None:
    """Mend the words of an update's note or reason; the page says that they were edited.

    Args:
        editing: the run.
        number: the recommendation's.
        update: the update's number, as its page shows it; asked for if None.
        why: why the words are mended; asked for if None.
        keep: whether the earlier words stay in the register; asked if None.

    Raises:
        NoSuchUpdate: there is no such update, or it is withdrawn.
        ProblemsFound: what was given cannot be used.
    """
    entry = _chosen(editing, number, update)
    answers: Answers = {}
    fields = input_fields(Update, editing.snapshot.register)
    for name in ("note", "reason"):
        if before := getattr(entry.update, name):
            say(f"{name.capitalize()} now: {before}", before="\n" if editing.asking.asks else "")
            if (
                value := editing.asking.answer(fields[name], required=False, empty="leave it as it is")
            ) and value != before:
                answers[name] = value
    if not answers:
        _set(editing, number, entry, {})
        return
    edit: Answers = {"on": editing.today}
    edit["reason"] = why or editing.asking.answer(input_fields(Edit, editing.snapshot.register)["reason"]) or ""
    if keep if keep is not None else editing.asking.asks and editing.asking.yes("May readers see the earlier words?"):
        edit |= {f"{name}_was": getattr(entry.update, name) for name in answers}
    _set(editing, number, entry, {**answers, "edited": edit})


def _chosen(editing: Editing, number: int, update: int | None) -> HistoryEntry:
    entries = {entry.number: entry for entry in _status(editing.snapshot, number).entries}
    if update is None and entries:
        choices = tuple(Choice(str(place), _in_short(entry)) for place, entry in sorted(entries.items()))
        wanted = InputField(
            "update", "Its number stands on its page.", "choice", False, True, choices, title="Which update?"
        )
        update = int(str(editing.asking.answer(wanted)))
    if update not in entries:
        known = f"one of: {', '.join(map(str, sorted(entries)))}" if entries else "it has none that counts"
        raise NoSuchUpdate(
            f"recommendation {number} has no update {update or ''} that counts ({known})".replace("  ", " ")
        )
    return entries[update]


def _in_short(entry: HistoryEntry) -> str:
    note = entry.update.note
    return f"{entry.update.date}, {entry.voice.label}: {note[:60]}{'…' if len(note) > 60 else ''}"


def _set(editing: Editing, number: int, entry: HistoryEntry, fields: Answers) -> None:
    record = editing.snapshot.statuses[number].record
    edited = editing.data("recommendations.yml")
    edited.set((str(number), "updates", _place(record, entry.update)), fields)
    change = editing.checked(edited)
    after = next(one for one in change.snapshot.statuses[number].history if one.number == entry.number)
    editing.finish(change, [f"Recommendation {number} will show:", *shown(change.snapshot, number, after)])


def _place(record: Recommendation, update: Update) -> int:
    return next(place for place, one in enumerate(record.updates) if one is update)
