"""What must hold between records. Each rule's docstring is the rule, as the site prints it.

A rule takes the register and today's date and yields a ``Violation`` for each
place where it does not hold. Shape (types, lengths, required fields) is the
model's affair and has been checked before a rule runs. Rules that are about a
kind of field find its fields by the marks in the model's types.

What only grows old with time (a confirmation, a review, a promised repair) is advice and
never stops the site: otherwise a correction could not be published on that day either.
"""

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from register.dates import PartialDate
from register.load.kept_copy import NamedCopy
from register.load.telephone import EMERGENCY_NUMBERS, can_be_rung, is_kept_for_drama
from register.model import (
    CitesContact,
    CitesLink,
    Contact,
    Ended,
    Header,
    Link,
    Milestone,
    Past,
    Recommendation,
    Record,
    Register,
    Statement,
    Term,
    TermOf,
    Update,
    Vocabulary,
    VocabularyTerm,
    marked_fields,
)
from register.problems import nearest, nearest_id


@dataclass(frozen=True)
class Violation:
    """A field of a record in which a rule does not hold."""

    record: Record
    field: str
    what: str  # what is wrong
    to_do: str = ""  # how to mend it


Check_ = Callable[[Register, datetime.date], Iterator[Violation]]


@dataclass(frozen=True)
class Rule:
    """A check, with the parts of the register that it needs whole; one that advises does not stop the site."""

    check: Check_
    reads: tuple[str, ...]
    advises: bool = False

    @property
    def name(self) -> str:
        """The rule's name, as an anchor: ``numbers-run-without-a-gap``."""
        return self.check.__name__.replace("_", "-")

    @property
    def text(self) -> str:
        """The rule in plain words."""
        return " ".join((self.check.__doc__ or "").split())


RULES: list[Rule] = []


def rule(*reads: str, advises: bool = False) -> Callable[[Check_], Check_]:
    """Enter a check into ``RULES``.

    Args:
        reads: the parts of the register that the check needs whole.
        advises: whether what it finds only needs attention, and does not stop the site.
    """

    def enter(check: Check_) -> Check_:
        RULES.append(Rule(check, reads, advises))
        return check

    return enter


def marked_values(held: object, mark: type[Any]) -> Iterator[tuple[Record, str, Any, Any]]:
    """Yield each value within a record whose field carries a mark: its record, field, value and the mark.

    Items of a list are yielded one by one; what is absent is left out.
    """
    marked: dict[type[Record], dict[str, Any]] = {}
    for record in every_record(held):
        kind = type(record)
        if kind not in marked:
            marked[kind] = marked_fields(kind, mark)
        for name, found in marked[kind].items():
            value = getattr(record, name, None)
            for one in value if isinstance(value, list) else [value]:
                if one is not None:
                    yield record, name, one, found


def every_record(held: object) -> Iterator[Record]:
    """Yield every record within a record, itself included."""
    if isinstance(held, list):
        for inner in held:
            yield from every_record(inner)
    elif isinstance(held, Record):
        yield held
        for name in held.model_fields_set:
            yield from every_record(getattr(held, name))


def vocabularies(header: Header) -> Iterator[tuple[str, list[VocabularyTerm]]]:
    """Yield the header's vocabularies: the field that lists each, and its terms."""
    for name in marked_fields(Header, Vocabulary):
        yield name, getattr(header, name)


@rule("header", "recommendations")
def numbers_run_without_a_gap(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Every number from 1 to the total has exactly one record, and the records stand in order."""
    if wrong := _only_wrong_number(register):
        record, due = wrong
        what = f"number {record.number} stands where number {due} is due"
        yield Violation(record, "number", what, f"write 'number: {due}'")
        return
    total, before, seen = register.header.total, 0, set[int]()
    everything = {record.number for record in register.recommendations}
    for record in register.recommendations:
        number = record.number
        if number > total:
            to_do = f"the total in data/register.yml is {total}"
            yield Violation(record, "number", f"there is no number {number}", to_do)
        elif number in seen:
            yield Violation(record, "number", f"number {number} is used twice", "each recommendation has one record")
        elif number < before:
            yield Violation(record, "number", f"comes after {before}", "put the records in the order of their numbers")
        elif missing := [n for n in range(before + 1, number) if n not in everything]:
            yield Violation(record, "number", f"comes after {before}: {_missing(missing)}")
        seen.add(number)
        before = max(before, min(number, total))
    if missing := [n for n in range(before + 1, total + 1) if n not in everything]:
        if register.recommendations:
            yield Violation(register.recommendations[-1], "number", f"is the last record: {_missing(missing)}")
        else:
            yield Violation(register.header, "total", f"no recommendation has a record: {_missing(missing)}")


def _only_wrong_number(register: Register) -> tuple[Recommendation, int] | None:
    """The record whose number alone is wrong, and the right one; else all that follow would seem to stand wrongly."""
    wrong = [(record, due) for due, record in enumerate(register.recommendations, 1) if record.number != due]
    return wrong[0] if len(wrong) == 1 and len(register.recommendations) == register.header.total else None


def _missing(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"number {numbers[0]} is missing"
    if len(numbers) == numbers[-1] - numbers[0] + 1 and len(numbers) > 2:
        return f"numbers {numbers[0]} to {numbers[-1]} are missing"
    if len(numbers) > 20:
        return f"numbers {', '.join(map(str, numbers[:20]))} and {len(numbers) - 20} more are missing"
    return f"numbers {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} are missing"


@rule()
def ids_are_used_once(register: Register, today: datetime.date) -> Iterator[Violation]:
    """An id stands for one thing: no two links, contacts, topics, scales or words of one vocabulary share it."""
    for records in _lists_with_ids(register):
        seen = set[str]()
        for record in records:
            id_ = getattr(record, "id")  # noqa: B009 - any kind of record that has an id
            if id_ in seen:
                yield Violation(record, "id", f"the id '{id_}' is used twice", "give one of the two another id")
            seen.add(id_)


def _lists_with_ids(register: Register) -> Iterator[list[Record]]:
    """The lists of the register and its header whose records are known by an id."""
    for record in (register, register.header):
        for name in record.model_fields_set if record else ():
            held = getattr(record, name)
            if isinstance(held, list) and held and isinstance(held[0], Record) and hasattr(held[0], "id"):
                yield held


@rule("header")
def one_voice_decides(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Exactly one voice decides: response and progress are its words, the others stand beside them."""
    deciding = [voice for voice in register.header.voices if voice.decides]
    if not deciding:
        yield Violation(register.header, "voices", "no voice decides", "write 'decides: true' under one of them")
    for voice in deciding[1:]:
        what = f"'{deciding[0].id}' and '{voice.id}' both decide"
        yield Violation(voice, "decides", what, "leave 'decides' under one of them")


@rule("header", "recommendations")
def words_are_in_the_vocabulary(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Responses, progress, voices, bodies, themes and audiences are words of data/register.yml."""
    yield from _words_not_in_vocabularies(register.header, register.recommendations)


@rule("header", "topics")
def topics_name_known_audiences(register: Register, today: datetime.date) -> Iterator[Violation]:
    """The audiences of a reported subject are words of data/register.yml."""
    yield from _words_not_in_vocabularies(register.header, register.topics)


def _words_not_in_vocabularies(header: Header, records: Sequence[Record]) -> Iterator[Violation]:
    words = {name: dict.fromkeys(term.id for term in terms) for name, terms in vocabularies(header)}
    nouns = {name: mark.noun for name, mark in marked_fields(Header, Vocabulary).items()}
    for record, field, word, mark in marked_values(records, TermOf):
        if word not in words[mark.vocabulary]:
            renamed = _renamed(header, mark.vocabulary).get(word)
            to_do = f"it is called '{renamed}' now" if renamed else _right_word(word, mark.vocabulary, words)
            yield _unknown(record, field, nouns[mark.vocabulary], word, to_do)


def _renamed(header: Header, vocabulary: str) -> dict[str, str]:
    """The ids that words of a vocabulary had formerly, each with the id of today."""
    return {old: term.id for term in getattr(header, vocabulary) for old in term.formerly}


@rule("header")
def a_former_id_leads_to_one_word(register: Register, today: datetime.date) -> Iterator[Violation]:
    """An id that a word had formerly is no word's id now, and stands beside one word of its vocabulary."""
    for _, terms in vocabularies(register.header):
        taken = {term.id: term.id for term in terms}
        for term in terms:
            for old in term.formerly:
                if old in taken:
                    what = f"'formerly' names '{old}', to which '{taken[old]}' has a claim already"
                    yield Violation(term, "formerly", what, "take one of the two out")
                taken.setdefault(old, term.id)


@rule("redirects")
def redirects_lead_somewhere_at_once(register: Register, today: datetime.date) -> Iterator[Violation]:
    """An old address leads to one place, that place is not itself an old address, and its 'why' is said in words."""
    leads_to: dict[str, str] = {}
    for redirect in register.redirects:
        if redirect.from_ in leads_to:
            what = f"'{redirect.from_}' leads to '{leads_to[redirect.from_]}' already"
            yield Violation(redirect, "from", what, "keep one of the two")
        leads_to.setdefault(redirect.from_, redirect.to)
    for redirect in register.redirects:
        page = redirect.to.partition("#")[0]
        if page in leads_to:
            what = f"'to' names '{page}', an old address itself"
            back = leads_to[page].partition("#")[0] in (page, redirect.from_)
            to_do = "name another address" if back else f"write 'to: {leads_to[page]}'"
            yield Violation(redirect, "to", what, to_do)
        if not any(map(str.isalpha, redirect.why)):
            yield Violation(redirect, "why", "'why' says nothing", "say in one sentence what happened to the page")


def _right_word(word: str, vocabulary: str, words: Mapping[str, Collection[str]]) -> str:
    """What to write instead of an unknown word; an update's two axes are easily mistaken for each other."""
    other = {"responses": "progress", "progress": "responses"}.get(vocabulary)
    if other and word in words[other]:
        noun = {"responses": "response", "progress": "progress"}[other]
        return f"'{word}' is a {noun} word: write '{noun}: {word}'"
    if words[vocabulary]:
        return nearest(word, words[vocabulary])
    return f"add it first under '{vocabulary}' in data/register.yml"


def _unknown(record: Record, field: str, noun: str, word: str, to_do: str) -> Violation:
    return Violation(record, field, f"unknown {noun} '{word}'", to_do)


@rule("header")
def matches_are_words_of_a_scale(register: Register, today: datetime.date) -> Iterator[Violation]:
    """A word of ours is matched only with a word that the other scale has, and only with a scale for the same thing."""
    header = register.header
    for axis, terms in (("responses", header.responses), ("progress", header.progress)):
        words = {scale.id: dict.fromkeys(scale.words) for scale in header.scales if scale.axis == axis}
        for match in (match for term in terms for match in term.matches):
            scale, word = match.scale, match.word
            if scale not in words:
                yield _unknown(match, "scale", f"scale for {axis}", scale, nearest(scale, words))
            elif word not in words[scale]:
                yield _unknown(match, "word", f"word of '{scale}'", word, nearest(word, words[scale]))


@rule("header", "recommendations")
def words_get_what_they_demand(register: Register, today: datetime.date) -> Iterator[Violation]:
    """An update that uses a word gives what the word demands, such as evidence or a reason."""
    demands: dict[str, dict[str, Term]] = {
        "response": {term.id: term for term in register.header.responses},
        "progress": {term.id: term for term in register.header.progress},
    }
    for update in _updates(register):
        for field, terms in demands.items():
            term = terms.get(getattr(update, field))
            for need in term.needs if term else ():
                if not getattr(update, need):
                    given = "[an id from data/links.yml]" if need == "evidence" else "…"
                    what = f"{field} '{getattr(update, field)}' needs {need}"
                    yield Violation(update, field, what, f"add a line '{need}: {given}'")


def _updates(register: Register) -> Iterator[Update]:
    for record in register.recommendations:
        yield from record.updates


@rule("header", "reported_results")
def a_reported_result_adds_up(register: Register, today: datetime.date) -> Iterator[Violation]:
    """The parts of a reported result make up the number of recommendations, and each part has another shape."""
    for result in register.reported_results:
        counted = sum(part.count for part in result.parts)
        if counted != register.header.total:
            what = f"the parts make up {counted}, and there are {register.header.total} recommendations"
            yield Violation(result, "parts", what, "correct a count, or add the part that is missing")
        shapes = dict[str, str]()
        for part in result.parts:
            if part.shape in shapes:
                what = f"'{part.label}' has the shape '{part.shape}', like '{shapes[part.shape]}'"
                yield Violation(part, "shape", what, "give it another shape, to tell them apart without colour")
            shapes.setdefault(part.shape, part.label)


@rule("recommendations")
def updates_stand_oldest_first(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Updates stand oldest first, so that adding one never changes what was said before."""
    for record in register.recommendations:
        yield from _in_order(record.updates, "update")


@rule("timeline")
def milestones_stand_oldest_first(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Milestones stand oldest first."""
    yield from _in_order(register.timeline, "milestone")


def _in_order(dated: list[Update] | list[Milestone], noun: str) -> Iterator[Violation]:
    """What certainly lies before a record above it; a vague date may stand where it can be true."""
    latest: PartialDate | None = None
    for record in dated:
        if latest and record.date.last < latest.first:
            what = f"the {noun} of {record.date} stands after the one of {latest}"
            yield Violation(record, "date", what, "put the older one first")
        if latest is None or record.date.first > latest.first:
            latest = record.date


@rule("header", "recommendations")
def an_update_from_before_the_report_says_why(register: Register, today: datetime.date) -> Iterator[Violation]:
    """An update that is dated before the inquiry's report came out says why: it cannot have been an answer to it."""
    published = register.header.inquiry.published
    for update in _counting_updates(register) if published.first <= today else ():  # else another rule's affair
        if update.date.last < published.first and not update.reason:
            what = f"is dated {update.date}, before the inquiry's report of {published}"
            yield Violation(update, "date", what, "is the year right? if it is, add a line 'reason: …'")


def _counting_updates(register: Register) -> Iterator[Update]:
    """The updates that count: one that is withdrawn cannot be mended any more, nor need it be."""
    return (update for update in _updates(register) if not update.withdrawn)


@rule("recommendations")
def an_update_is_put_in_once(register: Register, today: datetime.date) -> Iterator[Violation]:
    """No update stands twice in one record, with the same date, voice and content: that is certainly a mistake."""
    for record in register.recommendations:
        seen = set[str]()
        for update in (update for update in record.updates if not update.withdrawn):
            content = update.model_dump_json(exclude={"recorded", "edited"})
            if content in seen:
                to_do = "take one of the two out; if both are published, mark one 'withdrawn'"
                yield Violation(update, "date", f"the update of {update.date} stands twice", to_do)
            seen.add(content)


@rule("recommendations")
def updates_are_recorded_after_they_happened(register: Register, today: datetime.date) -> Iterator[Violation]:
    """An update is put in on the day on which it happened, or later; it is edited or withdrawn after that."""
    for update in _updates(register):
        if update.recorded.first < update.date.first <= today:  # a date in the future is another rule's affair
            what = f"'recorded' ({update.recorded}) is before the update itself ({update.date})"
            yield Violation(update, "recorded", what, "one of the two dates is wrong")
        for name, changed in (("edited", update.edited), ("withdrawn", update.withdrawn)):
            if changed and changed.on.first < update.recorded.first:
                what = f"'{name}' ({changed.on}) is before the update was recorded ({update.recorded})"
                yield Violation(update, name, what, "one of the two dates is wrong")


@rule("recommendations")
def updates_of_one_date_stand_as_they_were_recorded(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Of updates with the same date the one that was recorded first stands first, so that none changes its place."""
    for record in register.recommendations:
        latest: dict[str, PartialDate] = {}
        for update in record.updates:
            before = latest.setdefault(update.date.text, update.recorded)
            if update.recorded < before:
                what = f"was recorded ({update.recorded}) before the update of the same date above it ({before})"
                yield Violation(update, "recorded", what, "put the one that was recorded first above the other")
            latest[update.date.text] = max(before, update.recorded)


@rule("header", "recommendations")
def only_the_deciding_voice_says_who_leads_and_when_it_is_done(
    register: Register, today: datetime.date
) -> Iterator[Violation]:
    """Only the voice that decides states who leads, what it means here, the test for done and related numbers."""
    yield from _only_deciding(register, ("lead", "meaning", "done_when", "related"), "stated")


def _only_deciding(register: Register, fields: tuple[str, ...], verb: str) -> Iterator[Violation]:
    """Where a voice that does not decide gives a field that is the deciding voice's."""
    deciding = {voice.id for voice in register.header.voices if voice.decides}
    for update in _updates(register) if deciding else ():
        for field in fields:
            if getattr(update, field) and update.voice not in deciding:
                what = f"'{field}' is {verb} by '{update.voice}', which does not decide"
                yield Violation(update, field, what, "say it in the note")


@rule("recommendations")
def what_is_ended_had_been_stated(register: Register, today: datetime.date) -> Iterator[Violation]:
    """An update ends only what the same voice had stated and not ended yet; it says why, and puts nothing in its place."""
    for record in register.recommendations:
        held: dict[str, set[str]] = {}
        for update in record.updates:
            own = held.setdefault(update.voice, set())
            own |= {field for field in get_args(Ended) if getattr(update, field)}
            if update.withdrawn:  # what it stated had been stated, and could be ended; what it ended was not
                continue
            for field in update.ends:
                if field not in own:
                    yield Violation(update, "ends", f"'ends' names '{field}', which does not hold", "take it out")
                if getattr(update, field):
                    what = f"'{field}' is ended and stated in one update"
                    yield Violation(update, "ends", what, "a new one takes the place of the old: take it out of 'ends'")
            if update.ends and not update.reason:
                yield Violation(update, "ends", "something is ended without a reason", "add a line 'reason: …'")
            own -= set(update.ends)


@rule()
def nothing_is_dated_in_the_future(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Nothing that is said to have happened is dated later than today; only promises look ahead."""
    for record, field, date, _ in marked_values(register, Past):
        if date.first > today:
            to_do = "is the year right? promises go in 'due' or 'recheck'"
            yield Violation(record, field, f"'{field}' is in the future: '{date.text}'", to_do)


_PROMISES = ("due", "recheck")


@rule("recommendations")
def promises_look_ahead(register: Register, today: datetime.date) -> Iterator[Violation]:
    """A due date or recheck date is not before the update that gives it."""
    for update in _updates(register):
        for field in _PROMISES:
            promised = getattr(update, field)
            if promised and promised.last < update.date.first:
                what = f"'{field}' ({promised}) is before the update itself ({update.date})"
                yield Violation(update, field, what, "one of the two dates is wrong")


MOST_YEARS_AHEAD = 10


@rule("recommendations")
def a_promise_for_far_ahead_says_why(register: Register, today: datetime.date) -> Iterator[Violation]:
    """An update that promises a due or recheck date more than 10 years ahead says why: a year is easily mistyped."""
    for update in _counting_updates(register):
        for field in _PROMISES:
            promised = getattr(update, field)
            if promised and not update.reason and _years_later(promised, update.date):
                what = f"'{field}' ({promised}) is more than {MOST_YEARS_AHEAD} years ahead"
                yield Violation(update, field, what, "is the year right? if it is, add a line 'reason: …'")


def _years_later(promised: PartialDate, date: PartialDate) -> bool:
    """Whether a promise certainly lies more than the years ahead; 29 February has no day of its own in most years."""
    early, late = promised.first, date.last
    return (early.year - MOST_YEARS_AHEAD, early.month, early.day) > (late.year, late.month, late.day)


@rule("header", "recommendations")
def only_the_deciding_voice_promises(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Only the voice that decides gives a due or recheck date: nobody promises for somebody else."""
    yield from _only_deciding(register, _PROMISES, "given")


@rule("recommendations")
def a_moved_date_has_a_reason(register: Register, today: datetime.date) -> Iterator[Violation]:
    """An update that moves a due date says why. The first date is never lost."""
    for record in register.recommendations:
        before = None
        for update in (update for update in record.updates if not update.withdrawn):
            if update.due and before and update.due != before and not update.reason:
                what = f"the due date moves from {before} to {update.due} without a reason"
                yield Violation(update, "due", what, "add a line 'reason: …'")
            before = update.due or before


@rule("header", "recommendations", advises=True)
def no_work_is_open_beside_a_response_that_closes(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Advice: when a response closes a recommendation, no progress stands that is still open.

    It may be right, where work goes on although it is not ours to do, so it stops nothing.
    """
    responses = {term.id: term for term in register.header.responses}
    progresses = {term.id: term for term in register.header.progress}
    for record in register.recommendations:
        held = _decided(record, register.header)
        response, progress = held.get("response"), held.get("progress")
        if not response or not progress:
            continue
        closing, open_ = responses.get(response.response or ""), progresses.get(progress.progress or "")
        if closing and open_ and closing.closed and not open_.closed:
            what = f"the response '{closing.id}' stands beside the progress '{open_.id}', which is open"
            yield Violation(
                response, "response", what, "add an update with 'ends: [progress]', or with another response"
            )


@rule("header", "recommendations", advises=True)
def what_is_done_has_a_test(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Advice: work that is done was judged by a test for done that is stated in an update.

    What was in place before the recommendations came had none, so it stops nothing. A test that is stated only
    afterwards is better than none: readers see when it was stated.
    """
    done = {term.id for term in register.header.progress if term.closed and term.step}
    deciding = _deciding(register.header)
    for record in register.recommendations:
        progress = _decided(record, register.header).get("progress")
        tested = any(u.done_when for u in record.updates if u.voice in deciding and not u.withdrawn)
        if progress and progress.progress in done and not tested:
            what = f"is '{progress.progress}', and no test for done was ever stated"
            yield Violation(progress, "progress", what, "add an update with 'done_when': by what was it judged?")


def _deciding(header: Header) -> set[str]:
    return {voice.id for voice in header.voices if voice.decides}


def _decided(record: Recommendation, header: Header) -> dict[str, Update]:
    """The updates by which the deciding voice's response and progress hold, each by the field's name."""
    held, deciding = dict[str, Update](), _deciding(header)
    for update in record.updates:
        if update.voice in deciding and not update.withdrawn:
            for field in ("response", "progress"):
                if getattr(update, field):
                    held[field] = update
                elif field in update.ends:
                    held.pop(field, None)
    return held


@rule("recommendations")
def a_wording_stands_in_one_record(register: Register, today: datetime.date) -> Iterator[Violation]:
    """No two recommendations have the same wording from the same place of the report: one of them is certainly wrong."""
    for record, other in _same_wordings(register):
        if _place(record) == _place(other):
            what = f"the same words, from the same place of the report, stand under number {other.number}"
            yield Violation(record.wording or record, "text", what, "copy this recommendation's own words")


@rule("recommendations", advises=True)
def wordings_differ(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Advice: no two recommendations have the same wording.

    An inquiry may say the same to two bodies, in two places of its report, so it stops nothing.
    """
    for record, other in _same_wordings(register):
        if _place(record) != _place(other):
            what = f"the same words stand under number {other.number}"
            yield Violation(record.wording or record, "text", what, "compare both with the report")


def _same_wordings(register: Register) -> Iterator[tuple[Recommendation, Recommendation]]:
    """Each record with the words of one above it, however they are spaced, and that one."""
    seen: dict[str, Recommendation] = {}
    for record in register.recommendations:
        if record.wording:
            words = " ".join(record.wording.text.split()).casefold()
            if words in seen:
                yield record, seen[words]
            seen.setdefault(words, record)


def _place(record: Recommendation) -> tuple[int | None, str, str | None] | None:
    """Where in the report a record's wording stands."""
    return (record.wording.volume, record.wording.page, record.wording.paragraph) if record.wording else None


@rule("recommendations")
def pages_run_forward(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Where a wording stands on several pages of the report, the last one comes after the first."""
    for record in register.recommendations:
        if record.wording:
            first, _, last = record.wording.page.partition("-")
            if first.isdigit() and last.isdigit() and int(last) <= int(first):
                what = f"'page' ends before it begins: '{record.wording.page}'"
                yield Violation(record.wording, "page", what, "write the first page, then the last")


@rule("recommendations")
def a_title_was_checked(register: Register, today: datetime.date) -> Iterator[Violation]:
    """A recommendation has a title only with a summary or wording that someone checked against the report."""
    for record in register.recommendations:
        if record.title and not (record.summary or record.wording):
            what = "'title' stands without a checked summary or wording"
            yield Violation(record, "title", what, "add one, or take the title out")


@rule("header", "recommendations")
def related_recommendations_exist(register: Register, today: datetime.date) -> Iterator[Violation]:
    """A related recommendation is another one of the same register."""
    total = register.header.total
    for record in register.recommendations:
        for update in record.updates:
            for other in update.related:
                if other == record.number or not 1 <= other <= total:
                    to_do = f"name other recommendations, from 1 to {total}"
                    yield Violation(update, "related", f"'related' names {other}", to_do)


@rule("header", "recommendations", "links", "contacts", "topics", "timeline", "reported_results")
def cited_links_exist(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Every page that is cited has an entry in data/links.yml."""
    ids = [link.id for link in register.links]
    known = set(ids)
    for record, field, cited, _ in marked_values(register, CitesLink):
        if cited not in known:
            yield _unknown(record, field, "link", cited, nearest_id(cited, ids, "data/links.yml"))


@rule("links")
def an_address_is_confirmed(register: Register, today: datetime.date) -> Iterator[Violation]:
    """An address is offered to readers only when it is confirmed. Until then it is a candidate."""
    for link in register.links:
        if link.url and not link.confirmed:
            to_do = "add 'confirmed' with 'by' and 'on', or call it 'candidate'"
            yield Violation(link, "url", "nobody has confirmed this address", to_do)
        if link.url and link.candidate:
            yield Violation(link, "candidate", "stands beside a confirmed 'url'", "take one of the two out")
        if link.confirmed and not link.url:
            to_do = "write 'url' in place of 'candidate', or take 'confirmed' out"
            yield Violation(link, "confirmed", "is confirmed but has no 'url'", to_do)
        if not link.url and not link.candidate and not link.file and not link.note:
            yield Violation(link, "id", "no address", "put one in, or say in 'note' what is known")


_OF_ADDRESSES = ("url", "candidate", "confirmed", "way_in", "expect", "archive", "must_work", "excuse")


@rule("links")
def a_document_of_our_own_needs_no_address(register: Register, today: datetime.date) -> Iterator[Violation]:
    """An entry of data/links.yml that names a file of this site has no address elsewhere, and nothing that is said of one."""
    for link in (link for link in register.links if link.file):
        for field in _OF_ADDRESSES:
            if field in link.model_fields_set:
                what = f"'{field}' stands beside 'file', which needs no address"
                yield Violation(link, field, what, "take one of the two out")


@rule("header", "recommendations", "links")
def links_that_must_work_are_confirmed(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Evidence, the inquiry's report, the entry to another page and the page that 'Leave this site' opens have confirmed addresses."""
    # A link of which something could not be used is another message's affair.
    without = [link for link in register.links if not link.url and not (link.origin and not link.origin.whole)]
    unconfirmed, documents = {link.id for link in without if not link.file}, {link.id for link in without if link.file}
    must_work: list[tuple[Record, str, str | None]] = [
        (register.header.inquiry, "report", register.header.inquiry.report),
        (register.header, "leave", register.header.leave),
        *((link, "way_in", link.way_in) for link in register.links),
        *((update, "evidence", cited) for update in _updates(register) for cited in update.evidence),
    ]
    for record, field, link_id in must_work:
        if link_id in unconfirmed:
            what = f"'{link_id}' has no confirmed address"
            yield Violation(record, field, what, "confirm it in data/links.yml: 'url' and 'confirmed'")
    if register.header.leave in documents:
        what = f"'{register.header.leave}' is a document of this site"
        yield Violation(register.header, "leave", what, "name a neutral page of another site")


@rule("links")
def a_kept_copy_is_of_that_page_and_that_day(register: Register, today: datetime.date) -> Iterator[Violation]:
    """A kept copy in a web archive whose addresses name page and day is of the entry's own page, and of the day that is given."""
    for link in register.links:
        address, copy = link.address, link.archive and NamedCopy.of(link.archive.url)
        if not (link.archive and address and copy):
            continue
        if not copy.is_of(address):
            what = f"the kept copy is of another page: '{copy.page}'"
            yield Violation(link.archive, "url", what, "open the copy, and take the address of one of this page")
        elif link.archive.taken.exact and not copy.was_made_on(link.archive.taken.first):
            to_do = f"write the day in the copy's address: {copy.day}"
            yield Violation(link.archive, "taken", f"the kept copy was not made on {link.archive.taken.text}", to_do)


@rule("links")
def an_address_has_one_entry(register: Register, today: datetime.date) -> Iterator[Violation]:
    """An address or file stands once in data/links.yml, so that it is checked once and mended once."""
    seen: dict[str, Link] = {}
    for link in register.links:
        address = link.address or link.file
        if address in seen:
            field = "url" if link.url else "candidate" if link.candidate else "file"
            noun = "file" if field == "file" else "address"
            yield Violation(link, field, f"this {noun} already stands under '{seen[address].id}'", "keep one entry")
        elif address:
            seen[address] = link


@rule("contacts")
def help_begins_with_emergency(register: Register, today: datetime.date) -> Iterator[Violation]:
    """The first contact is for emergencies, and is fit to show."""
    first = register.contacts[0] if register.contacts else None
    if first and (not first.emergency or first.use != "ok"):
        to_do = "put the record with 'emergency: true' and 'use: ok' first"
        yield Violation(first, "id", "the first contact must be for emergencies", to_do)


@rule("contacts")
def an_emergency_number_is_999_or_112(register: Register, today: datetime.date) -> Iterator[Violation]:
    """A contact for emergencies has the number 999 or 112 and no other. The first one has it; a later one may be a page."""
    for place, contact in enumerate(register.contacts):
        if contact.emergency and contact.number and contact.number not in EMERGENCY_NUMBERS:
            what = f"'number' is not an emergency number: '{contact.number}'"
            yield Violation(contact, "number", what, "write 999, or take 'emergency' out")
        elif contact.emergency and place == 0 and contact.link and not contact.number:
            yield Violation(
                contact, "emergency", "the first contact has no emergency number", "add a line 'number: 999'"
            )


@rule("contacts")
def a_number_can_be_rung(register: Register, today: datetime.date) -> Iterator[Violation]:
    """A telephone number fits the United Kingdom's numbering plan or is a known short one; one that is kept for drama, where nobody answers, belongs to a service with '(fictional)' in its name."""
    for contact in register.contacts:
        if not contact.number or contact.emergency:
            continue
        if is_kept_for_drama(contact.number):
            if "(fictional)" not in contact.name:
                what = f"'number' is kept for television drama, nobody answers: '{contact.number}'"
                to_do = "copy the service's own number; a made-up service has '(fictional)' in its name"
                yield Violation(contact, "number", what, to_do)
        elif not can_be_rung(contact.number):
            what = f"'number' is no number in the United Kingdom: '{contact.number}'"
            yield Violation(contact, "number", what, "compare it with the service's own page")


@rule("contacts")
def a_shown_contact_can_be_reached(register: Register, today: datetime.date) -> Iterator[Violation]:
    """A contact that is shown has a number or a page, and was confirmed or says why it is shown without."""
    for contact in register.contacts:
        if contact.is_shown and not (contact.number or contact.link):
            yield Violation(contact, "use", "has neither 'number' nor 'link'", "add one, or write 'use: check'")
        if contact.is_shown and not (contact.confirmed or contact.unconfirmed):
            to_do = "add 'confirmed', or say in 'unconfirmed' why it is shown all the same"
            yield Violation(contact, "use", "nobody has confirmed it", to_do)
        days = _days_since_confirmed(contact, today)
        if contact.unconfirmed and days is not None and days <= LONGEST_UNCONFIRMED:
            what = "stands beside a recent 'confirmed'"
            yield Violation(contact, "unconfirmed", what, "take 'unconfirmed' out")


@rule("contacts")
def contacts_of_one_card_stand_together(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Contacts that share a card stand one after the other, and each says which part of the card it is."""
    seen, before = set[str](), None
    for contact in register.contacts:
        if contact.card and contact.card != before and contact.card in seen:
            what = f"the card '{contact.card}' has another contact between its parts"
            yield Violation(contact, "card", what, "move this record to the others of its card")
        if contact.card and not contact.part:
            what = "does not say which part of its card it is"
            yield Violation(contact, "card", what, "add a line such as 'part: By day'")
        elif contact.part and not contact.card:
            what = "'part' stands without 'card'"
            yield Violation(contact, "part", what, "add the card's heading in a line 'card', or take 'part' out")
        before = contact.card
        seen.add(contact.card or "")


LONGEST_UNCONFIRMED = 180  # days: for so long a confirmation and a reason for having none cannot both be true
ASK_AGAIN_AFTER = 90  # days: then `make check` asks for a call


@rule("contacts", advises=True)
def a_number_is_confirmed_every_quarter(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Advice: a contact that is shown was confirmed with the service within 90 days."""
    for contact in register.contacts:
        days = _days_since_confirmed(contact, today)
        if contact.is_shown and days is None and contact.unconfirmed and not contact.emergency:
            to_do = "ring the service, then add 'confirmed'"
            yield Violation(contact, "unconfirmed", "nobody has confirmed it yet", to_do)
        elif contact.is_shown and was_confirmed_long_ago(contact, today):
            to_do = "ring the service, then change 'on'"
            yield Violation(contact, "confirmed", f"was last confirmed {days} days ago", to_do)


def was_confirmed_long_ago(contact: Contact, day: datetime.date) -> bool:
    """Return whether, on a day, a contact that was confirmed should have been rung again since."""
    days = _days_since_confirmed(contact, day)
    return days is not None and days > ASK_AGAIN_AFTER


def _days_since_confirmed(contact: Contact, today: datetime.date) -> int | None:
    return (today - contact.confirmed.on.last).days if contact.confirmed else None


@rule("search", "contacts")
def help_words_lead_to_services_that_are_shown(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Words of data/search.yml that lead to help lead to services of data/contacts.yml, one of which at least is shown."""
    shown = {contact.id: contact.is_shown for contact in register.contacts}
    for record, field, id_, _ in marked_values(register.search, CitesContact):
        if id_ not in shown:
            yield _unknown(record, field, "service", id_, nearest_id(id_, shown, "data/contacts.yml"))
    for help_words in register.search.help if register.search else ():
        if not any(shown.get(id_, True) for id_ in help_words.services):
            what = f"'{help_words.words[0]}' leads to no service that readers are shown"
            to_do = "name one that has 'use: ok' in data/contacts.yml"
            yield Violation(help_words, "services", what, to_do)


@rule("search")
def a_search_word_can_be_found_and_stands_once(register: Register, today: datetime.date) -> Iterator[Violation]:
    """A word of data/search.yml holds a letter or a digit, and stands once among those that lead to help and once among the equal ones."""
    for groups in (register.search.help, register.search.equal) if register.search else ():
        seen = set[str]()
        for group in groups:
            for words in group.words:
                if not any(map(str.isalnum, words)):
                    yield Violation(group, "words", f"nobody can search for '{words}'", "write words, or take it out")
                elif words.casefold() in seen:
                    yield Violation(group, "words", f"'{words}' stands twice", "keep one of the two")
                seen.add(words.casefold())


@rule("statement", advises=True)
def a_statement_is_reviewed_every_year(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Advice: the accessibility statement was reviewed within the last 12 months, as its regulators check."""
    statement = register.statement
    if statement and was_reviewed_long_ago(statement, today):
        what = f"the statement was last reviewed: {statement.reviewed}, over 12 months ago"
        yield Violation(statement, "reviewed", what, "review it, then change 'reviewed'")


def was_reviewed_long_ago(statement: Statement, day: datetime.date) -> bool:
    """Return whether, on a day, the accessibility statement should have been reviewed again since."""
    return (day - statement.reviewed.last).days > 365


@rule("statement")
def a_statement_claims_no_more_than_is_true(register: Register, today: datetime.date) -> Iterator[Violation]:
    """The accessibility statement does not claim full compliance beside known gaps."""
    statement = register.statement
    if statement and statement.status == "fully" and statement.gaps:
        to_do = "write 'partially', or take out the gaps that are mended"
        yield Violation(statement, "status", "'fully' stands beside gaps", to_do)


@rule("statement", advises=True)
def a_statement_promises_no_date_that_has_passed(register: Register, today: datetime.date) -> Iterator[Violation]:
    """Advice: the dates by which the accessibility statement promises repairs lie ahead."""
    for gap in register.statement.gaps if register.statement else ():
        if gap.fix_by and gap.fix_by.last < today:
            what = f"the date has passed: {gap.fix_by}"
            yield Violation(gap, "fix_by", what, "mend it and take the gap out, or give a new date")
