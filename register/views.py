"""What pages need to know: register and date in, values for a template out.

Views are pure and hold no HTML. A view that a page can ask for by name is
entered in ``nouns``; the template of the same name in ``templates/`` shows it.
"""

import datetime
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pydantic import BaseModel

from register import fold
from register.dates import PartialDate, say
from register.links.report import WITHDRAWN, Checked, Report
from register.load import FILES
from register.model import Contact, Link, Record, Register
from register.rules import RULES, vocabularies

GRADES = {
    "number-only": "Number only: the wording is not copied here yet. The page points to the report.",
    "summary": "Summary: our own words, with who checked them against the report and when.",
    "wording": "Exact words: the report's own, with volume, page and paragraph.",
}


@dataclass(frozen=True)
class Snapshot:
    """A checked register as it stood at the end of one day."""

    register: Register
    as_of: datetime.date
    report: Report | None = None  # what the last link check found, if it is at hand

    @cached_property
    def version(self) -> str:
        """The register's version: 12 hexadecimal digits of the SHA-256 of its content, however it is laid out."""
        return hashlib.sha256(self.register.model_dump_json().encode()).hexdigest()[:12]

    @cached_property
    def standings(self) -> dict[int, fold.Standing]:
        """Where each recommendation stands, by number."""
        header = self.register.header
        return {record.number: fold.standing(record, header, self.as_of) for record in self.register.recommendations}

    @cached_property
    def links(self) -> dict[str, "Offered"]:
        """The links by id, as readers get them."""
        return {link.id: Offered(link, self.report) for link in self.register.links}

    @cached_property
    def labels(self) -> dict[str, dict[str, str]]:
        """For each vocabulary, its labels by id."""
        return {name: {term.id: term.label for term in terms} for name, terms in vocabularies(self.register.header)}


# What the link check found, in readers' words.
FOUND = {
    "working": "works",
    "redirected": "works; it leads on to another address of the same owner",
    "moved-away": "leads on to another site",
    "impostor": "shows something else now, so it is not linked here",
    "gone": "the page is gone, so it is not linked here",
    "server-fault": "its server had a fault",
    "blocked": "could not be checked by a program",
    "no-host": "its site was not found",
    "certificate": "its security certificate is faulty or ends soon",
    "timeout": "did not answer in time",
    "loop": "leads in a circle",
    "placeholder": "is not an address",
    "unconfirmed": "looked at by a program; nobody has confirmed it",
}


@dataclass(frozen=True)
class Offered:
    """A page outside this site as readers get it: linked, or named with the reason why it is not linked.

    The one place where it is decided whether an address is offered. It is not if nobody has confirmed it,
    nor if the last check found the page gone or another in its place.
    """

    link: Link
    report: Report | None

    @property
    def id(self) -> str:
        """Its id in data/links.yml."""
        return self.link.id

    @property
    def name(self) -> str:
        """The words that readers see."""
        return self.link.name

    @property
    def owner(self) -> str:
        """Who publishes it."""
        return self.link.owner

    @property
    def note(self) -> str | None:
        """What readers should know about it."""
        return self.link.note

    @property
    def url(self) -> str | None:
        """The address that is offered; None if none is."""
        return None if self.withdrawn else self.link.url

    @property
    def unconfirmed(self) -> bool:
        """Whether it has no address that anybody vouches for."""
        return not self.link.url

    @property
    def checked(self) -> Checked | None:
        """What the last check found at its present address; None if it was not checked."""
        address = self.link.url or self.link.candidate
        return self.report.of(self.id, address) if self.report and address else None

    @property
    def withdrawn(self) -> str:
        """Why a confirmed address is not offered: ``gone`` or ``impostor``; "" if it is."""
        verdict = self.checked.verdict if self.checked and self.link.url else ""
        return verdict if verdict in WITHDRAWN else ""

    @property
    def last_check(self) -> str:
        """When it was last checked and what was found, in one line."""
        if not self.checked:
            return "not checked in this build"
        return f"{say(self.report.checked_at.date())}: {FOUND[self.checked.verdict]}"


def recommendation(snapshot: Snapshot, number: int) -> dict:
    """Everything one recommendation's page shows."""
    standing = snapshot.standings[number]
    header = snapshot.register.header
    neighbours = sorted(snapshot.standings)
    place = neighbours.index(number)
    return {
        "standing": standing,
        "record": standing.record,
        "header": header,
        "report": snapshot.links[header.inquiry.report],
        "source": snapshot.links[header.initial.source],
        "addressed_to": [snapshot.labels["bodies"][body] for body in standing.record.addressed_to],
        "theme": snapshot.labels["themes"].get(standing.record.theme),
        "audiences": [term for term in header.audiences if term.id in standing.record.audiences],
        "history": [_told(snapshot, entry) for entry in reversed(standing.entries)],
        "steps": steps(header.progress),
        "reached": _reached(standing),
        "reopenings": [entry for entry in standing.entries if entry.reopens],
        "terms": [term for term in (standing.response, standing.progress) if term],
        "related": [snapshot.standings[other] for other in standing.record.related],
        "previous": neighbours[place - 1] if place else None,
        "next": neighbours[place + 1] if place + 1 < len(neighbours) else None,
        "as_of": say(snapshot.as_of),
    }


def heading(standing: fold.Standing) -> str:
    """A recommendation's short title, or plain words for there being none."""
    return standing.record.title or "Title not copied here yet"


def steps(progress: list) -> list:
    """The progress words that form a line, in its order."""
    return sorted((term for term in progress if term.step), key=lambda term: term.step)


def _reached(standing: fold.Standing) -> int:
    """The furthest step of the line that the deciding voice has last named; 0 if none."""
    named = [e.progress.step for e in standing.entries if e.voice.decides and e.progress and e.progress.step]
    return named[-1] if named else 0


def _told(snapshot: Snapshot, entry: fold.Entry) -> dict:
    return {"entry": entry, "evidence": [snapshot.links[cited] for cited in entry.update.evidence]}


def totals(snapshot: Snapshot) -> dict:
    """How many recommendations stand where, always with the number they are counted out of."""
    standings = list(snapshot.standings.values())
    header = snapshot.register.header
    published = [standing for standing in standings if standing.response]
    return {
        "total": header.total,
        "published": len(published),
        "self_assessed": sum(standing.self_assessed for standing in published),
        "axes": [
            _axis("response", "Response", header.responses, header.initial.label, standings),
            _axis("progress", "Progress", header.progress, "none published", standings),
        ],
        "initial": header.initial,
        "as_of": say(snapshot.as_of),
    }


def _axis(name: str, label: str, terms: list, nothing: str, standings: list[fold.Standing]) -> dict:
    """For each word of an axis how many recommendations hold it, and how many of those only their doers have judged."""
    held = [(getattr(standing, name), standing.self_assessed) for standing in standings]
    counts = [
        {
            "term": term,
            "count": sum(word == term for word, _ in held),
            "self_assessed": sum(word == term and alone for word, alone in held),
        }
        for term in [*terms, None]
    ]
    return {"name": name, "label": label, "nothing": nothing, "rows": counts}


def grades(snapshot: Snapshot) -> dict:
    """How many recommendations stand at each grade of what the inquiry said."""
    held = [standing.record.grade for standing in snapshot.standings.values()]
    return {
        "total": snapshot.register.header.total,
        "grades": [{"text": text, "count": held.count(grade)} for grade, text in GRADES.items()],
    }


def find(snapshot: Snapshot) -> dict:
    """The numbers a reader can go straight to."""
    return {"numbers": sorted(snapshot.standings)}


def initial(snapshot: Snapshot) -> dict:
    """What is true of a recommendation without an update, and who says so."""
    held = snapshot.register.header.initial
    return {"initial": held, "source": snapshot.links[held.source]}


def vocabulary(snapshot: Snapshot, name: str) -> dict:
    """The words of one vocabulary with their meanings, and whether they are shown as tags elsewhere."""
    return {"terms": getattr(snapshot.register.header, name), "tagged": name in ("responses", "progress")}


def topics(snapshot: Snapshot) -> dict:
    """What named public sources say the recommendations cover."""
    return {
        "topics": [
            {"topic": topic, "sources": [snapshot.links[cited] for cited in topic.sources]}
            for topic in snapshot.register.topics
        ]
    }


@dataclass(frozen=True)
class Change:
    """Something that happened: a public milestone, or an update to a recommendation."""

    date: PartialDate
    place: str
    text: str
    sources: list[Offered]
    entry: fold.Entry | None = None
    number: int | None = None


def changes(snapshot: Snapshot, latest: int | None = None) -> dict:
    """What has happened, newest first: milestones and updates together; all of it by year, or the latest few."""
    happened = sorted([*_milestones(snapshot), *_updates(snapshot)], key=lambda change: change.date)
    happened.reverse()  # not sort(reverse=True), which would leave what happened on one day oldest first
    shown = happened[:latest]
    years: dict[int, list[Change]] = {}
    for change in shown:
        years.setdefault(change.date.first.year, []).append(change)
    return {"years": years, "latest": shown, "short": latest is not None}


def _milestones(snapshot: Snapshot) -> Iterator[Change]:
    for milestone in snapshot.register.timeline:
        if milestone.date.first <= snapshot.as_of:
            sources = [snapshot.links[cited] for cited in milestone.sources]
            yield Change(milestone.date, milestone.place, milestone.text, sources)


def _updates(snapshot: Snapshot) -> Iterator[Change]:
    area = snapshot.register.header.partnership.area
    for number, standing in snapshot.standings.items():
        for entry in standing.entries:
            sources = [snapshot.links[cited] for cited in entry.update.evidence]
            yield Change(entry.update.date, area, entry.update.note, sources, entry, number)


CONTACT_PARTS = ("emergency", "others")


def contacts(snapshot: Snapshot, part: str | None = None) -> dict:
    """The services that may be shown, in the order of the file: those for danger now, the others, or all."""
    shown = [
        contact
        for contact in snapshot.register.contacts
        if contact.use == "ok" and (part is None or contact.emergency == (part == "emergency"))
    ]
    return {
        "contacts": [{"contact": contact, "link": snapshot.links.get(contact.link)} for contact in shown],
        "unconfirmed": _unconfirmed([contact for contact in shown if not contact.emergency]),
    }


def _unconfirmed(shown: list[Contact]) -> list[dict]:
    """Why services are shown unconfirmed: each reason once, with the names it holds for; no names if for all."""
    reasons: dict[str, list[str]] = {}
    for contact in shown:
        if contact.unconfirmed and not contact.confirmed:
            reasons.setdefault(contact.unconfirmed, []).append(contact.name)
    return [{"why": why, "names": names if len(names) < len(shown) else []} for why, names in reasons.items()]


def help_lines(snapshot: Snapshot) -> list[dict]:
    """The short list of services for every page: name, number, ``tel:`` address (RFC 3966), for whom, hours."""
    return [
        {
            "name": contact.name,
            "number": contact.number or "",
            "tel": f"tel:{contact.number.replace(' ', '')}" if contact.number else "",
            "for_whom": contact.for_whom,
            "hours": contact.hours,
            "emergency": contact.emergency,
        }
        for contact in snapshot.register.contacts
        if contact.use == "ok" and (contact.brief or contact.emergency)
    ]


def link(snapshot: Snapshot, link_id: str) -> dict:
    """One outside page, by its name; with its address only if that is confirmed."""
    held = snapshot.links[link_id]
    return {"link": held, "way_in": snapshot.links.get(held.link.way_in)}


def leave_address(snapshot: Snapshot) -> str:
    """Where 'Leave this site' leads: whatever the last check found, for staying is worse."""
    return snapshot.links[snapshot.register.header.leave].link.url


def sources(snapshot: Snapshot) -> dict:
    """Every outside page that this site names."""
    return {"links": list(snapshot.links.values())}


def licence(snapshot: Snapshot) -> dict:
    """What others may do with the register."""
    held = snapshot.register.header.licence
    return {"licence": held, "link": snapshot.links[held.link]}


STATEMENT_PARTS = ("status", "gaps", "preparation")


def statement(snapshot: Snapshot, part: str) -> dict:
    """One part of the accessibility statement, and the name of the body that makes it."""
    return {
        "part": part,
        "statement": snapshot.register.statement,
        "partnership": snapshot.register.header.partnership,
    }


def rules(snapshot: Snapshot) -> dict:
    """The rules that hold between records, as the code states them."""
    return {"rules": RULES}


@dataclass(frozen=True)
class FieldRow:
    """A field of a kind of record, as the reference shows it."""

    name: str
    required: bool
    description: str


def fields(snapshot: Snapshot) -> dict:
    """The field reference: for each file its kinds of record and their fields, read off the model."""
    return {
        "files": [
            {"name": f"data/{data_file.name}", "kinds": [_kind(kind) for kind in _kinds(data_file.kind)]}
            for data_file in FILES
        ]
    }


def _kinds(kind: type[BaseModel]) -> list[type[BaseModel]]:
    """A kind of record and the kinds within it, outermost first, each once."""
    found = [kind]
    for info in kind.model_fields.values():
        found += [inner for held in _records_in(info.annotation) for inner in _kinds(held)]
    return list(dict.fromkeys(found))


def _records_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return [annotation]
    return [kind for inner in getattr(annotation, "__args__", ()) for kind in _records_in(inner)]


def _kind(kind: type[BaseModel]) -> dict:
    rows = [FieldRow(name, info.is_required(), info.description or "") for name, info in kind.model_fields.items()]
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).capitalize()
    return {"name": name, "text": " ".join((kind.__doc__ or "").split()), "fields": rows}
