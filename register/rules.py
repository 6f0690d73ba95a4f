"""What must hold between records. Each rule's docstring is the rule, as the site prints it.

A rule takes the register and today's date and yields a ``Finding`` for each
place where it does not hold. Shape (types, lengths, required fields) is the
model's affair and has been checked before a rule runs.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from register.dates import PartialDate
from register.model import Check, Contact, Header, Link, Record, Register, Update
from register.problems import nearest, nearest_id


@dataclass(frozen=True)
class Finding:
    """A field of a record in which a rule does not hold, and the words for it."""

    record: Record
    field: str
    text: str


Check_ = Callable[[Register, datetime.date], Iterator[Finding]]


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


@rule("header", "recommendations")
def numbers_run_without_a_gap(register: Register, today: datetime.date) -> Iterator[Finding]:
    """Every number from 1 to the total has exactly one record, and the records stand in order."""
    total, before, seen = register.header.total, 0, set()
    everything = {record.number for record in register.recommendations}
    for record in register.recommendations:
        number = record.number
        if number > total:
            yield Finding(record, "number", f"there is no number {number} (the total in data/register.yml is {total})")
        elif number in seen:
            yield Finding(record, "number", f"number {number} is used twice (each recommendation has one record)")
        elif number < before:
            yield Finding(record, "number", f"comes after {before} (put the records in the order of their numbers)")
        elif missing := [n for n in range(before + 1, number) if n not in everything]:
            yield Finding(record, "number", f"comes after {before}: {_missing(missing)}")
        seen.add(number)
        before = max(before, min(number, total))
    if missing := [n for n in range(before + 1, total + 1) if n not in everything]:
        if register.recommendations:
            yield Finding(register.recommendations[-1], "number", f"is the last record: {_missing(missing)}")
        else:
            yield Finding(register.header, "total", f"no recommendation has a record: {_missing(missing)}")


def _missing(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"number {numbers[0]} is missing"
    if len(numbers) == numbers[-1] - numbers[0] + 1 and len(numbers) > 2:
        return f"numbers {numbers[0]} to {numbers[-1]} are missing"
    return f"numbers {', '.join(map(str, numbers[:-1]))} and {numbers[-1]} are missing"


@rule()
def ids_are_used_once(register: Register, today: datetime.date) -> Iterator[Finding]:
    """An id stands for one thing: no two links, contacts, topics, scales or words of one vocabulary share it."""
    lists = [register.links, register.contacts, register.topics]
    if register.header:
        lists += [register.header.scales, *(terms for _, terms in vocabularies(register.header))]
    for records in lists:
        seen = set()
        for record in records:
            if record.id in seen:
                yield Finding(record, "id", f"the id '{record.id}' is used twice (give one of the two another id)")
            seen.add(record.id)


def vocabularies(header: Header) -> Iterator[tuple[str, list]]:
    """The header's lists of words, with their field names."""
    for name in ("responses", "progress", "voices", "bodies", "themes", "audiences"):
        yield name, getattr(header, name)


@rule("header")
def one_voice_decides(register: Register, today: datetime.date) -> Iterator[Finding]:
    """Exactly one voice decides: response and progress are its words, the others stand beside them."""
    deciding = [voice for voice in register.header.voices if voice.decides]
    if not deciding:
        yield Finding(register.header, "voices", "no voice decides (write 'decides: true' under one of them)")
    for voice in deciding[1:]:
        yield Finding(
            voice, "decides", f"'{deciding[0].id}' and '{voice.id}' both decide (leave 'decides' under one of them)"
        )


@rule("header", "recommendations")
def words_are_in_the_vocabulary(register: Register, today: datetime.date) -> Iterator[Finding]:
    """Responses, progress, voices, bodies, themes and audiences are words of data/register.yml."""
    words = {name: [term.id for term in terms] for name, terms in vocabularies(register.header)}
    for record in register.recommendations:
        for body in record.addressed_to:
            yield from _known(record, "addressed_to", "body", body, words)
        for audience in record.audiences:
            yield from _known(record, "audiences", "audience", audience, words)
        yield from _known(record, "theme", "theme", record.theme, words)
        for update in record.updates:
            yield from _known(update, "voice", "voice", update.voice, words)
            yield from _known(update, "response", "response", update.response, words)
            yield from _known(update, "progress", "progress", update.progress, words)


def _known(record: Record, field: str, noun: str, word: str | None, words: dict[str, list[str]]) -> Iterator[Finding]:
    """A finding if a word is not in the vocabulary of its kind; ``words`` holds them all, to see where it belongs."""
    vocabulary = _VOCABULARY_OF[noun]
    if word is None or word in words[vocabulary]:
        return
    other = {"response": "progress", "progress": "response"}.get(noun)
    if other and word in words[_VOCABULARY_OF[other]]:
        repair = f"'{word}' is a {other} word: write '{other}: {word}'"
    elif words[vocabulary]:
        repair = nearest(word, words[vocabulary])
    else:
        repair = f"add it first under '{vocabulary}' in data/register.yml"
    yield _unknown(record, field, noun, word, repair)


def _unknown(record: Record, field: str, noun: str, word: str, repair: str) -> Finding:
    return Finding(record, field, f"unknown {noun} '{word}' ({repair})")


_VOCABULARY_OF = {
    "response": "responses",
    "progress": "progress",
    "voice": "voices",
    "body": "bodies",
    "theme": "themes",
    "audience": "audiences",
}


@rule("header")
def matches_are_words_of_a_scale(register: Register, today: datetime.date) -> Iterator[Finding]:
    """A word of ours is matched only with a word that the other scale has, and only with a scale for the same thing."""
    for axis in ("responses", "progress"):
        words = {scale.id: scale.words for scale in register.header.scales if scale.axis == axis}
        for term in getattr(register.header, axis):
            for match in term.matches:
                scale, word = match.scale, match.word
                if scale not in words:
                    yield _unknown(match, "scale", f"scale for {axis}", scale, nearest(scale, words))
                elif word not in words[scale]:
                    yield _unknown(match, "word", f"word of '{scale}'", word, nearest(word, words[scale]))


@rule("header", "recommendations")
def words_get_what_they_demand(register: Register, today: datetime.date) -> Iterator[Finding]:
    """An update that uses a word gives what the word demands, such as evidence or a reason."""
    demands = {"response": register.header.responses, "progress": register.header.progress}
    for record in register.recommendations:
        for update in record.updates:
            for field in ("response", "progress"):
                term = next((term for term in demands[field] if term.id == getattr(update, field)), None)
                for need in term.needs if term else ():
                    if not getattr(update, need):
                        given = "[an id from data/links.yml]" if need == "evidence" else "…"
                        yield Finding(update, field, f"{field} '{term.id}' needs {need} (add a line '{need}: {given}')")


@rule("recommendations")
def updates_stand_oldest_first(register: Register, today: datetime.date) -> Iterator[Finding]:
    """Updates stand oldest first, so that adding one never changes what was said before."""
    for record in register.recommendations:
        yield from _in_order(record.updates, "update")


@rule("timeline")
def milestones_stand_oldest_first(register: Register, today: datetime.date) -> Iterator[Finding]:
    """Milestones stand oldest first."""
    yield from _in_order(register.timeline, "milestone")


def _in_order(dated: list, noun: str) -> Iterator[Finding]:
    """Findings for records that certainly lie before one above them; a vague date may stand where it can be true."""
    latest: PartialDate | None = None
    for record in dated:
        if latest and record.date.last < latest.first:
            text = f"the {noun} of {record.date} stands after the one of {latest} (put the older one first)"
            yield Finding(record, "date", text)
        if latest is None or record.date.first > latest.first:
            latest = record.date


@rule()
def nothing_is_dated_in_the_future(register: Register, today: datetime.date) -> Iterator[Finding]:
    """Nothing that is said to have happened is dated later than today; only promises look ahead."""
    for record, field, date in _past_dates(register):
        if date.first > today:
            text = f"'{field}' is in the future: '{date.text}' (is the year right? promises go in 'due' or 'recheck')"
            yield Finding(record, field, text)


def _past_dates(register: Register) -> Iterator[tuple[Record, str, PartialDate]]:
    """Every date in the register that must lie in the past."""
    for record in _every_record(register):
        if isinstance(record, Check):
            yield record, "on", record.on
        for field in ("date", "published", "taken", "seen", "prepared", "reviewed", "tested"):
            if isinstance(date := getattr(record, field, None), PartialDate):
                yield record, field, date


def _every_record(held: object) -> Iterator[Record]:
    """Every record within a record, itself included."""
    if isinstance(held, list):
        for inner in held:
            yield from _every_record(inner)
    elif isinstance(held, Record):
        yield held
        for name in held.model_fields_set:
            yield from _every_record(getattr(held, name))


@rule("recommendations")
def promises_look_ahead(register: Register, today: datetime.date) -> Iterator[Finding]:
    """A due date or recheck date is not before the update that gives it."""
    for record in register.recommendations:
        for update in record.updates:
            for field in ("due", "recheck"):
                promised = getattr(update, field)
                if promised and promised.last < update.date.first:
                    text = f"'{field}' ({promised}) is before the update itself ({update.date})"
                    yield Finding(update, field, f"{text} (one of the two dates is wrong)")


@rule("header", "recommendations")
def only_the_deciding_voice_promises(register: Register, today: datetime.date) -> Iterator[Finding]:
    """Only the voice that decides gives a due or recheck date: nobody promises for somebody else."""
    deciding = {voice.id for voice in register.header.voices if voice.decides}
    for record in register.recommendations if deciding else []:
        for update in record.updates:
            for field in ("due", "recheck"):
                if getattr(update, field) and update.voice not in deciding:
                    text = f"'{field}' is given by '{update.voice}', which does not decide (say it in the note)"
                    yield Finding(update, field, text)


@rule("recommendations")
def a_moved_date_has_a_reason(register: Register, today: datetime.date) -> Iterator[Finding]:
    """An update that moves a due date says why. The first date is never lost."""
    for record in register.recommendations:
        before = None
        for update in record.updates:
            if update.due and before and update.due != before and not update.reason:
                text = f"the due date moves from {before} to {update.due} without a reason (add a line 'reason: …')"
                yield Finding(update, "due", text)
            before = update.due or before


@rule("recommendations")
def a_title_was_checked(register: Register, today: datetime.date) -> Iterator[Finding]:
    """A recommendation has a title only with a summary or wording that someone checked against the report."""
    for record in register.recommendations:
        if record.title and not (record.summary or record.wording):
            text = "'title' stands without a checked summary or wording (add one, or take the title out)"
            yield Finding(record, "title", text)


@rule("header", "recommendations")
def related_recommendations_exist(register: Register, today: datetime.date) -> Iterator[Finding]:
    """A related recommendation is another one of the same register."""
    numbers = range(1, register.header.total + 1)
    for record in register.recommendations:
        for other in record.related:
            if other == record.number or other not in numbers:
                text = f"'related' names {other} (name other recommendations, from 1 to {register.header.total})"
                yield Finding(record, "related", text)


@rule("header", "recommendations", "links", "contacts", "topics", "timeline")
def cited_links_exist(register: Register, today: datetime.date) -> Iterator[Finding]:
    """Every page that is cited has an entry in data/links.yml."""
    ids = [link.id for link in register.links]
    known = set(ids)
    for record, field, cited in _citations(register):
        if cited not in known:
            yield Finding(record, field, f"unknown link '{cited}' ({nearest_id(cited, ids, 'data/links.yml')})")


def _citations(register: Register) -> Iterator[tuple[Record, str, str]]:
    """Every link id that a record cites, with the record and field that cite it."""
    header = register.header
    for record, field in (
        (header.inquiry, "report"),
        (header.initial, "source"),
        (header.licence, "link"),
        (header, "leave"),
    ):
        yield record, field, getattr(record, field)
    for scale in header.scales:
        yield scale, "source", scale.source
    for link in register.links:
        if link.way_in:
            yield link, "way_in", link.way_in
    for contact in register.contacts:
        if contact.link:
            yield contact, "link", contact.link
    for record in [*register.topics, *register.timeline]:
        for cited in record.sources:
            yield record, "sources", cited
    for update, cited in _evidence(register):
        yield update, "evidence", cited


def _evidence(register: Register) -> Iterator[tuple[Update, str]]:
    for record in register.recommendations:
        for update in record.updates:
            for cited in update.evidence:
                yield update, cited


@rule("links")
def an_address_is_confirmed(register: Register, today: datetime.date) -> Iterator[Finding]:
    """An address is offered to readers only when it is confirmed. Until then it is a candidate."""
    for link in register.links:
        if link.url and not link.confirmed:
            text = "nobody has confirmed this address (add 'confirmed' with 'by' and 'on', or call it 'candidate')"
            yield Finding(link, "url", text)
        if link.url and link.candidate:
            yield Finding(link, "candidate", "stands beside a confirmed 'url' (take one of the two out)")
        if link.confirmed and not link.url:
            text = "is confirmed but has no 'url' (write 'url' in place of 'candidate', or take 'confirmed' out)"
            yield Finding(link, "confirmed", text)
        if not link.url and not link.candidate and not link.note:
            yield Finding(link, "id", "no address (put one in, or say in 'note' what is known)")


@rule("header", "recommendations", "links")
def links_that_must_work_are_confirmed(register: Register, today: datetime.date) -> Iterator[Finding]:
    """Evidence, the inquiry's report, the entry to another page and the page that 'Leave this site' opens have confirmed addresses."""
    unconfirmed = {link.id: link for link in register.links if not link.url}
    must_work = [(register.header.inquiry, "report"), (register.header, "leave")]
    must_work += [(link, "way_in") for link in register.links if link.way_in]
    cited = [(record, field, getattr(record, field)) for record, field in must_work]
    cited += [(update, "evidence", evidence) for update, evidence in _evidence(register)]
    for record, field, link_id in cited:
        if link_id in unconfirmed:
            text = f"'{link_id}' has no confirmed address (confirm it in data/links.yml: 'url' and 'confirmed')"
            yield Finding(record, field, text)


@rule("links")
def an_address_has_one_entry(register: Register, today: datetime.date) -> Iterator[Finding]:
    """An address stands once in data/links.yml, so that it is checked once and mended once."""
    seen: dict[str, Link] = {}
    for link in register.links:
        address = link.url or link.candidate
        if address in seen:
            field = "url" if link.url else "candidate"
            yield Finding(link, field, f"this address already stands under '{seen[address].id}' (keep one entry)")
        elif address:
            seen[address] = link


@rule("contacts")
def help_begins_with_emergency(register: Register, today: datetime.date) -> Iterator[Finding]:
    """The first contact is for emergencies, and is fit to show."""
    if not register.contacts:
        return
    first = register.contacts[0]
    if not first.emergency or first.use != "ok":
        text = "the first contact must be for emergencies (put the record with 'emergency: true' and 'use: ok' first)"
        yield Finding(first, "id", text)


@rule("contacts")
def a_shown_contact_can_be_reached(register: Register, today: datetime.date) -> Iterator[Finding]:
    """A contact that is shown has a number or a page, and was confirmed or says why it is shown without."""
    for contact in register.contacts:
        if contact.use == "ok" and not (contact.number or contact.link):
            yield Finding(contact, "use", "has neither 'number' nor 'link' (add one, or write 'use: check')")
        if contact.use == "ok" and not (contact.confirmed or contact.unconfirmed):
            text = "nobody has confirmed it (add 'confirmed', or say in 'unconfirmed' why it is shown all the same)"
            yield Finding(contact, "use", text)
        if contact.confirmed and contact.unconfirmed and _recent(contact, today):
            text = "stands beside a recent 'confirmed' (take 'unconfirmed' out)"
            yield Finding(contact, "unconfirmed", text)


ASK_AGAIN_AFTER = 90  # days: then `make check` asks for a call
LONGEST_UNCONFIRMED = 180  # days: then the site is not built, unless a reason is given


@rule("contacts")
def a_number_does_not_grow_old(register: Register, today: datetime.date) -> Iterator[Finding]:
    """A contact that is shown was confirmed within 180 days, or says why it is shown all the same."""
    for contact in register.contacts:
        days = _days_since_confirmed(contact, today)
        if contact.use == "ok" and days is not None and days > LONGEST_UNCONFIRMED and not contact.unconfirmed:
            text = f"was last confirmed {days} days ago (ring the service and change 'on', or say why in 'unconfirmed')"
            yield Finding(contact, "confirmed", text)


@rule("contacts", advises=True)
def a_number_is_confirmed_every_quarter(register: Register, today: datetime.date) -> Iterator[Finding]:
    """Advice: a contact that is shown was confirmed with the service within 90 days."""
    for contact in register.contacts:
        days = _days_since_confirmed(contact, today)
        if contact.use == "ok" and days is None and contact.unconfirmed and not contact.emergency:
            yield Finding(
                contact, "unconfirmed", "nobody has confirmed it yet (ring the service, then add 'confirmed')"
            )
        elif contact.use == "ok" and days is not None and days > ASK_AGAIN_AFTER:
            text = f"was last confirmed {days} days ago (ring the service, then change 'on')"
            yield Finding(contact, "confirmed", text)


def _recent(contact: Contact, today: datetime.date) -> bool:
    return (_days_since_confirmed(contact, today) or 0) <= LONGEST_UNCONFIRMED


def _days_since_confirmed(contact: Contact, today: datetime.date) -> int | None:
    return (today - contact.confirmed.on.last).days if contact.confirmed else None


@rule("statement")
def a_statement_is_reviewed_every_year(register: Register, today: datetime.date) -> Iterator[Finding]:
    """The accessibility statement was reviewed within the last 12 months, as its regulators check."""
    reviewed = register.statement.reviewed
    if (today - reviewed.last).days > 365:
        text = f"the statement was last reviewed: {reviewed}, over 12 months ago (review it, then change 'reviewed')"
        yield Finding(register.statement, "reviewed", text)


@rule("statement")
def a_statement_claims_no_more_than_is_true(register: Register, today: datetime.date) -> Iterator[Finding]:
    """The accessibility statement does not claim full compliance beside known gaps, and promises no date that has passed."""
    statement = register.statement
    if statement.status == "fully" and statement.gaps:
        text = "'fully' stands beside gaps (write 'partially', or take out the gaps that are mended)"
        yield Finding(statement, "status", text)
    for gap in statement.gaps:
        if gap.fix_by and gap.fix_by.last < today:
            text = f"the date has passed: {gap.fix_by} (mend it and take the gap out, or give a new date)"
            yield Finding(gap, "fix_by", text)
