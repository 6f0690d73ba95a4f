"""What is published of a register, as records: the model's own fields, what is derived from them, and what goes with all.

These classes only add to the model's; their descriptions go into the schemas and
tables as the model's do.
"""

import dataclasses
import datetime
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import Field

from register.dates import PartialDate, say
from register.exports.identifiers import update_keys, urn
from register.model import (
    WITHHELD,
    Grade,
    Header,
    Id,
    Licence,
    Number,
    Recommendation,
    Record,
    Register,
    Update,
)
from register.state.help_lines import help_lines
from register.state.snapshot import Snapshot
from register.state.status import Status, VoicePosition


class UpdateKey(Record):
    """What tells one update from all others."""

    key: str = Field(description="The update's permanent key: recommendation, date, voice, and a count if needed.")
    recommendation: Number = Field(description="The recommendation that the update is about.")


class PublishedUpdate(Update, UpdateKey):
    """An update as published, with its key."""

    reopens: bool = Field(description="Whether it opens again what had been closed.")


class DueMove(Record):
    """A due date that was moved."""

    to: PartialDate = Field(description="The new date.")
    on: PartialDate = Field(description="When it was moved.")
    reason: str = Field(description="Why.")


class Verdict(Record):
    """The latest that one voice has said; without 'said' it has not been asked yet."""

    voice: Id = Field(description="The voice.")
    said: PartialDate | None = Field(description="When it last said anything.")
    response: Id | None = Field(description="The latest response it named.")
    response_on: PartialDate | None = Field(description="When it named that.")
    progress: Id | None = Field(description="The latest progress it named.")
    progress_on: PartialDate | None = Field(description="When it named that.")


class Today(Record):
    """Where a recommendation stands on the as-of date. Derived from the updates, never typed."""

    grade: Grade = Field(description="How much of what the inquiry said is held here.")
    response: Id | None = Field(description="What was decided; empty while the header's initial state holds.")
    progress: Id | None = Field(description="How far the work is.")
    closed: bool = Field(description="Whether nothing more is expected.")
    closed_on: PartialDate | None = Field(description="When the progress that closes it was first said.")
    last_update: PartialDate | None = Field(description="The date of the latest update, of any voice.")
    stale: bool = Field(description="Whether open work has had no update for longer than the register allows.")
    self_assessed: bool = Field(description="Whether only the deciding voice has said anything.")
    disagreement: bool = Field(description="Whether another voice sees it otherwise than the deciding voice.")
    due_first: PartialDate | None = Field(description="The first date that was ever promised.")
    due_now: PartialDate | None = Field(description="The date that is promised now.")
    due_moved: int = Field(description="How often the promised date was moved.")
    overdue: bool = Field(description="Whether open work is past the date promised now.")
    recheck: PartialDate | None = Field(description="When someone will look again.")
    review: datetime.date | None = Field(
        description="The day from which open work counts as stale if no update comes.",
    )
    due_moves: list[DueMove] = Field(description="Every move of the promised date, oldest first.")
    verdicts: list[Verdict] = Field(description="What each voice last said.")


class PublishedRecommendation(Recommendation):
    """A recommendation as published, with where it stands."""

    updates: list[PublishedUpdate] = Field(description="What happened, oldest first.")
    today: Today = Field(description="Where it stands on the as-of date.")


class HelpLine(Record):
    """A service to turn to."""

    name: str = Field(description="The service's name.")
    number: str = Field(description="Its telephone number; empty if it has none.")
    tel: str = Field(description="The number as an address (RFC 3966).")
    for_whom: str = Field(description="Whom it is for.")
    hours: str = Field(description="When it answers.")
    emergency: bool = Field(description="Whether it is for immediate danger.")


class PublishedLicence(Licence):
    """What others may do, and with which fields."""

    url: str | None = Field(description="The licence's address, if it is confirmed.")
    not_ours: list[str] = Field(description="Fields that hold the inquiry's own words: see 'wording' for what holds.")


class About(Record):
    """What goes with every export: which register, which state of it, what may be done with it, where to find help."""

    name: str = Field(description="The register's permanent name (a URN).")
    title: str = Field(description="The register's title.")
    site: str = Field(description="Where the site is published.")
    version: str = Field(description="The register's version: the beginning of a SHA-256 of its content.")
    as_of: datetime.date = Field(description="The end of the day that is shown.")
    licence: PublishedLicence = Field(description="What others may do with it.")
    help: list[HelpLine] = Field(description="Services to turn to. Show them where you show this data.")


class Document(Record):
    """What every document begins with."""

    about: About


class RegisterDocument(Register, Document):
    """The whole register as published: every part of the model, and what goes with it."""

    recommendations: list[PublishedRecommendation]


class RecommendationDocument(Document):
    """One recommendation as published."""

    recommendation: PublishedRecommendation


class Stamp(Record):
    """What every row of a table carries, so that a sheet that was passed on still says what it is."""

    register_version: str = Field(description="The version of the register that this row comes from.")
    as_of: datetime.date = Field(description="The end of the day that is shown.")


@dataclass(frozen=True)
class Published:
    """A snapshot as the exports see it: nothing later than its day, no address or contact that readers are not offered."""

    snapshot: Snapshot
    site_url: str

    @property
    def header(self) -> Header:
        """The register's header."""
        return self.snapshot.register.header

    @cached_property
    def register(self) -> Register:
        """What of the register may be published: the model's own records, without what is withheld or came later."""
        held, day = self.snapshot.register, self.snapshot.as_of
        return held.model_copy(
            update={
                "recommendations": [
                    status.record.model_copy(update={"updates": [entry.update for entry in status.entries]})
                    for status in self.snapshot.statuses.values()
                ],
                "links": [
                    link.model_copy(update={"candidate": None, "url": self.snapshot.links[link.id].url})
                    for link in held.links
                ],
                "contacts": [contact for contact in held.contacts if contact.use == "ok"],
                "timeline": [milestone for milestone in held.timeline if milestone.date.first <= day],
            }
        )

    @cached_property
    def recommendations(self) -> dict[int, PublishedRecommendation]:
        """Each recommendation as published, by number."""
        return {number: _recommendation(status) for number, status in self.snapshot.statuses.items()}

    @cached_property
    def recommendations_plain(self) -> dict[int, dict]:
        """Each recommendation as published, as JSON values, by number."""
        return {number: plain(held) for number, held in self.recommendations.items()}

    @cached_property
    def about_plain(self) -> dict:
        """What goes with every export, as JSON values."""
        return plain(self.about)

    @cached_property
    def about(self) -> About:
        """What goes with every export."""
        header = self.header
        return About(
            name=urn(header),
            title=header.title,
            site=self.site_url,
            version=self.snapshot.version,
            as_of=self.snapshot.as_of,
            licence=PublishedLicence(
                **own(header.licence),
                url=self.snapshot.links[header.licence.link].url,
                not_ours=not_ours(Register.model_json_schema()),
            ),
            help=[HelpLine(**dataclasses.asdict(line)) for line in help_lines(self.snapshot.register)],
        )

    @property
    def stamp(self) -> Stamp:
        """What every row of a table carries."""
        return Stamp(register_version=self.about.version, as_of=self.about.as_of)

    @cached_property
    def licence_in_words(self) -> str:
        """The licence and its limits, in two sentences."""
        held = self.header.licence
        granted = f"This register’s own words and data: {held.name}."
        proposed = f"Proposed for this register’s own words and data, not yet confirmed: {held.name}."
        return f"{granted if held.confirmed else proposed} {held.wording}"

    @cached_property
    def help_in_words(self) -> str:
        """The help lines, in a few words each."""
        return " ".join(f"{line.name}: {line.number} ({line.hours})." for line in self.about.help if line.number)

    @cached_property
    def about_in_words(self) -> str:
        """Version, date, licence and help lines for formats that carry them as text."""
        about = self.about
        state = f"Register version {about.version}, as at {say(about.as_of)}."
        return f"{state} {self.licence_in_words} Help: {self.help_in_words}"

    def address(self, path: str) -> str:
        """The full address of a page or file of the site."""
        return f"{self.site_url}{path}"


def plain(record: Record) -> dict:
    """Return a record as JSON values, without the fields that are withheld."""
    return _without(record.model_dump(mode="json"), record)


def _without(value: Any, held: Any) -> Any:
    """The dumped value of a record or list, without what is withheld anywhere within."""
    if isinstance(held, Record):
        return {
            name: _without(value[name], getattr(held, name))
            for name, info in type(held).model_fields.items()
            if info.json_schema_extra != WITHHELD
        }
    if isinstance(held, list):
        return [_without(*pair) for pair in zip(value, held, strict=True)]
    return value


def own(record: Record) -> dict[str, Any]:
    """A record's fields as they are held, to make a fuller record of."""
    return {name: getattr(record, name) for name in type(record).model_fields}


def _recommendation(status: Status) -> PublishedRecommendation:
    record = status.record
    keys = update_keys(record.number, (entry.update for entry in status.entries))
    updates = [
        PublishedUpdate(**own(entry.update), key=key, recommendation=record.number, reopens=entry.reopens)
        for key, entry in zip(keys, status.entries, strict=True)
    ]
    return PublishedRecommendation(**{**own(record), "updates": updates, "today": _today(status)})


def _today(status: Status) -> Today:
    promise = status.due
    return Today(
        grade=status.record.grade,
        response=_id(status.response),
        progress=_id(status.progress),
        closed=status.closed,
        closed_on=status.closed_on,
        last_update=status.last.date if status.last else None,
        stale=status.stale,
        self_assessed=status.self_assessed,
        disagreement=status.disagreement,
        due_first=promise.first if promise else None,
        due_now=promise.now if promise else None,
        due_moved=len(promise.moves) if promise else 0,
        overdue=status.overdue,
        recheck=status.recheck,
        review=review_day(status),
        due_moves=[DueMove(to=move.to, on=move.on, reason=move.reason) for move in promise.moves] if promise else [],
        verdicts=[_verdict(position) for position in status.positions],
    )


def review_day(status: Status) -> datetime.date | None:
    """The first day on which open work without another update is stale; None if it is closed or has no update."""
    if status.closed or not status.last:
        return None
    return status.last.date.last + datetime.timedelta(days=status.stale_after + 1)


def _verdict(position: VoicePosition) -> Verdict:
    return Verdict(
        voice=position.voice.id,
        said=position.said.date if position.said else None,
        response=_id(position.response),
        response_on=position.response_on,
        progress=_id(position.progress),
        progress_on=position.progress_on,
    )


def _id(term: Any) -> str | None:
    return term.id if term else None


def not_ours(schema: dict) -> list[str]:
    """Return the paths of the fields that hold the inquiry's own words, read off a schema's marks."""

    def within(node: dict, path: str) -> list[str]:
        found = []
        for name, field in resolved(node, schema).get("properties", {}).items():
            here = f"{path}.{name}" if path else name
            found += [here] if field.get("rights") == "inquiry" else within(field, here)
        return found

    return within(schema, "")


def resolved(node: dict, schema: dict) -> dict:
    """Return what a schema's node describes, through lists, references and "or nothing"."""
    while True:
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
        elif "anyOf" in node:
            node = next(option for option in node["anyOf"] if option.get("type") != "null")
        elif node.get("type") == "array":
            node = node["items"]
        else:
            return node
