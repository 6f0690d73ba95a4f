"""The records that are published: the model's own, with what is derived from them and what goes with all.

These classes only add to the model's. Their names, docstrings and descriptions are
themselves published, in the schemas and in the descriptions of the tables.
"""

import datetime
from typing import Annotated, Literal

from pydantic import Field

from register.dates import PartialDate
from register.model import (
    Grade,
    Licence,
    Link,
    Milestone,
    ProgressId,
    Recommendation,
    RecommendationNumber,
    Record,
    Register,
    ResponseId,
    Text,
    Title,
    Update,
    VoiceId,
)

Count = Annotated[int, Field(ge=0, le=9999)]
Version = Annotated[str, Field(pattern="^v[0-9a-f]{12}$")]
FormatVersion = Annotated[str, Field(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]


class UpdateKey(Record):
    """The identity of an update."""

    key: str = Field(description="The update's permanent key: recommendation, date, voice, and a count if needed.")
    recommendation: RecommendationNumber = Field(description="The recommendation that the update is about.")


class PublishedUpdate(Update, UpdateKey):
    """An update as published, with its key."""

    number: Count = Field(
        description="Its place among the recommendation's updates as they were put in, from 1: the order of the digests."
    )
    reopens: bool = Field(description="Whether it opens again what had been closed.")
    digest: str = Field(
        description="SHA-256 over the digest of the update that was put in before it and this one's canonical JSON."
    )


class DueMove(Record):
    """A due date that was moved."""

    was: PartialDate = Field(description="The date before.")
    now: PartialDate = Field(description="The new date.")
    moved_on: PartialDate = Field(description="When it was moved.")
    reason: str = Field(description="Why.")
    days: int = Field(
        description="By how many days, from the last day that the one can mean to the last that the other can; fewer than 0 if earlier."
    )


class Verdict(Record):
    """The latest that one voice has said; without 'said' it has not been asked yet."""

    voice: VoiceId = Field(description="The voice.")
    said: PartialDate | None = Field(description="When it last said anything.")
    response: ResponseId | None = Field(description="The latest response it named.")
    response_on: PartialDate | None = Field(description="When it named that.")
    progress: ProgressId | None = Field(description="The latest progress it named.")
    progress_on: PartialDate | None = Field(description="When it named that.")
    differs: bool = Field(description="Whether it sees the response or the progress otherwise than the deciding voice.")


class Today(Record):
    """Where a recommendation stands on the day that is shown. Derived from the updates, never typed."""

    changed: datetime.date | None = Field(
        description="The latest day on which any of this changed; empty if nothing dated is known of it."
    )
    digest: str | None = Field(description="The digest of the update that was put in last; all others are in it.")
    grade: Grade = Field(description="How much of what the inquiry said is held here.")
    response: ResponseId | None = Field(description="What was decided; empty while the header's initial state holds.")
    progress: ProgressId | None = Field(description="How far the work is.")
    closed: bool = Field(description="Whether nothing more is expected.")
    closed_on: PartialDate | None = Field(description="Since when nothing more is expected.")
    last_update: PartialDate | None = Field(description="The date of the latest update, of any voice.")
    stale: bool = Field(description="Whether open work has had no update for longer than the register allows.")
    self_assessed: bool = Field(description="Whether only the deciding voice has said anything.")
    disagreement: bool = Field(description="Whether another voice sees it otherwise than the deciding voice.")
    due_at_first: PartialDate | None = Field(description="The first date that was ever promised.")
    due_now: PartialDate | None = Field(description="The date that is promised now.")
    due_moved: Count = Field(description="How often the promised date was moved.")
    overdue: bool = Field(description="Whether open work is past the date promised now.")
    recheck: PartialDate | None = Field(description="When someone will look again.")
    lead: Title | None = Field(description="The body that leads on it here.")
    meaning: Text | None = Field(description="What it means here.")
    done_when: Text | None = Field(description="How everyone will know that it is done.")
    related: list[RecommendationNumber] = Field(description="Numbers of related recommendations.")
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
    today: Today = Field(description="Where it stands on the day that is shown.")


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
    version: Version = Field(description="The register's version: v and the beginning of a SHA-256 of its content.")
    format: FormatVersion = Field(description="The version of the form of these files (semver.org).")
    changed: datetime.date = Field(
        description="The latest day on which anything dated changed: an update, a check, a promise that passed. Words without a day of their own can change without it, and then the version does. The day of the build stands in build.json."
    )
    digest: str = Field(description="SHA-256 over the latest digest of each recommendation: of the whole history.")
    licence: PublishedLicence = Field(description="What others may do with it.")
    help: list[HelpLine] = Field(description="Services to turn to. Show them where you show this data.")


class Document(Record):
    """What every document begins with."""

    schema_: str = Field(alias="$schema", description="The address of the JSON Schema that this document meets.")
    about: About


class RegisterDocument(Register, Document):
    """The whole register as published: every part of the model, and what goes with it."""

    recommendations: list[PublishedRecommendation]  # type: ignore[assignment]  # as above
    links: list[PublishedLink]  # type: ignore[assignment]


class RecommendationDocument(Document):
    """One recommendation as published."""

    recommendation: PublishedRecommendation


class PublishedName(Record):
    """A published name that stays, and what it hangs on."""

    kind: Literal["page", "part", "file", "feed", "entry", "event", "word"] = Field(description="What it names.")
    name: str = Field(description="An address from the site's root, a URN, or the id of a word.")
    of: str = Field(description="What it is made from.")
    says: str | None = Field(
        default=None, description="For a URN, what it stands for; for an old address, where it leads."
    )


class AddressesDocument(Document):
    """Every published name that stays."""

    register_: str = Field(alias="register", description="The register's id.")
    reporting_year_starts: str = Field(description="The first day of its reporting year.")
    addresses: list[PublishedName] = Field(description="Every name, in order.")


class BuildDocument(Record):
    """Which register this site shows, and on which day. It alone changes because a day has passed."""

    schema_: str = Field(alias="$schema", description="The address of the JSON Schema that this document meets.")
    site: str = Field(description="Where the site is published.")
    version: Version = Field(description="The register's version.")
    format: FormatVersion = Field(description="The version of the form of the data.")
    as_of: datetime.date = Field(description="The end of the day that the site shows.")
    built: datetime.date = Field(
        description="The day on which it was built; later than that if an earlier day is shown."
    )
    digest: str = Field(description="SHA-256 over the latest digest of each recommendation: of the whole history.")


# ── the rows of tables that are no records of the model ────────────────────────────────────────


class Stamp(Record):
    """What every row of a table carries, so that a sheet that was passed on still says what it is."""

    register_version: Version = Field(description="The version of the register that this row comes from.")


class OfRecommendationRow(Record):
    """A row that is about one recommendation."""

    key: str = Field(description="The row's key.")
    recommendation: RecommendationNumber = Field(description="The recommendation.")


class VerdictRow(Verdict, OfRecommendationRow):
    """What one voice last said of one recommendation; without 'said' it has not been asked yet."""


class MovedDate(DueMove, OfRecommendationRow):
    """A promised date that was moved."""


class RecordedRow(OfRecommendationRow):
    """What the register said of a recommendation, from one day to another, by when its updates were put in."""

    since: datetime.date = Field(description="The first day on which the register said so.")
    until: datetime.date | None = Field(description="The last such day; empty while it says so still.")
    response: ResponseId | None = Field(description="What was decided.")
    progress: ProgressId | None = Field(description="How far the work was.")
    closed: bool = Field(description="Whether nothing more was expected.")
    due: PartialDate | None = Field(description="By when it was promised.")


class PublishedMilestone(Milestone):
    """A dated public event, with its source."""

    key: str = Field(description="The milestone's permanent key: its date, and a count if needed.")
