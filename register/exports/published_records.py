"""The records that are published: the model's own, with what is derived from them and what goes with all.

These classes only add to the model's. Their names, docstrings and descriptions are
themselves published, in the schemas and in the descriptions of the tables.
"""

import datetime

from pydantic import Field

from register.dates import PartialDate
from register.model import Grade, Id, Licence, Link, Number, Recommendation, Record, Register, Text, Title, Update


class UpdateKey(Record):
    """The identity of an update."""

    key: str = Field(description="The update's permanent key: recommendation, date, voice, and a count if needed.")
    recommendation: Number = Field(description="The recommendation that the update is about.")


class PublishedUpdate(Update, UpdateKey):
    """An update as published, with its key."""

    reopens: bool = Field(description="Whether it opens again what had been closed.")
    digest: str = Field(
        description="SHA-256 over the digest of the update that was put in before it and this one's canonical JSON."
    )


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

    digest: str | None = Field(description="The digest of the update that was put in last; all others are in it.")
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
    lead: Title | None = Field(description="The body that leads on it here.")
    meaning: Text | None = Field(description="What it means here.")
    done_when: Text | None = Field(description="How everyone will know that it is done.")
    related: list[Number] = Field(description="Numbers of related recommendations.")
    review: datetime.date | None = Field(
        description="The day from which open work counts as stale if no update comes.",
    )
    due_moves: list[DueMove] = Field(description="Every move of the promised date, oldest first.")
    verdicts: list[Verdict] = Field(description="What each voice last said.")


class PublishedRecommendation(Recommendation):
    """A recommendation as published, with where it stands."""

    # Nothing changes a record's lists, so a list of a narrower kind is as good as the model's own.
    updates: list[PublishedUpdate] = Field(  # type: ignore[assignment]
        description="What happened, oldest first."
    )
    today: Today = Field(description="Where it stands on the as-of date.")


class PublishedLink(Link):
    """A page outside this site, or a document that this site publishes itself, as published."""

    file_url: str | None = Field(
        description="The address of the document, if it is one that this site publishes itself."
    )
    file_bytes: int | None = Field(description="Its size in bytes.")
    file_language: str | None = Field(description="Its language, as a tag such as en-GB (BCP 47).")


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
    digest: str = Field(description="SHA-256 over the latest digest of each recommendation: of the whole history.")
    licence: PublishedLicence = Field(description="What others may do with it.")
    help: list[HelpLine] = Field(description="Services to turn to. Show them where you show this data.")


class Document(Record):
    """What every document begins with."""

    about: About


class RegisterDocument(Register, Document):
    """The whole register as published: every part of the model, and what goes with it."""

    recommendations: list[PublishedRecommendation]  # type: ignore[assignment]  # as above
    links: list[PublishedLink]  # type: ignore[assignment]


class RecommendationDocument(Document):
    """One recommendation as published."""

    recommendation: PublishedRecommendation


class Stamp(Record):
    """What every row of a table carries, so that a sheet that was passed on still says what it is."""

    register_version: str = Field(description="The version of the register that this row comes from.")
    as_of: datetime.date = Field(description="The end of the day that is shown.")
