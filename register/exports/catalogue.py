"""Which files the exports consist of, and where they stand. These addresses are promised: they do not change.

The page "Use the data", the links in a page's head, the description for search
engines and the files themselves all follow this list.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from register.views import Snapshot

FOLDER = "data/"
CSV, CSVW, JSON, SCHEMA = "text/csv", "application/csvm+json", "application/json", "application/schema+json"
ATOM, ICALENDAR = "application/atom+xml", "text/calendar"


@dataclass(frozen=True)
class Offer:
    """A file to take away: its path from the site's root, its media type, and what it is in a few words."""

    path: str
    media: str
    title: str
    text: str = ""


UPDATES_FEED = Offer(f"{FOLDER}feeds/updates.atom", ATOM, "Everything that has happened")
CALENDAR = Offer(
    f"{FOLDER}calendar.ics", ICALENDAR, "Calendar", "When something is promised, looked at again, or due for an update."
)
TABLES = (
    Offer(f"{FOLDER}recommendations.csv", CSV, "Recommendations", "One row for each, with where it stands."),
    Offer(f"{FOLDER}updates.csv", CSV, "Updates", "Everything that happened or was said about them, with its date."),
    Offer(f"{FOLDER}links.csv", CSV, "Links", "Every page outside this site that the register names."),
    Offer(f"{FOLDER}crosswalk.csv", CSV, "Words", "Our words beside those that others use for the same."),
)
DOCUMENTS = (
    Offer(f"{FOLDER}register.json", JSON, "The whole register", "Everything that is published here, in one file."),
    Offer(f"{FOLDER}schema.json", SCHEMA, "JSON Schema", "What each field is."),
    Offer(f"{FOLDER}datapackage.json", JSON, "Data package", "The tables described for Frictionless tools."),
)


def beside(table: Offer) -> Offer:
    """Return the description that stands beside a table, where CSV on the Web looks for it."""
    return Offer(f"{table.path}-metadata.json", CSVW, f"{table.title}: CSV on the Web")


def recommendation_feed(number: int) -> Offer:
    """Return the feed of one recommendation."""
    return Offer(f"{FOLDER}feeds/recommendation-{number}.atom", ATOM, f"What happened to recommendation {number}")


def recommendation_document(number: int) -> Offer:
    """Return the JSON of one recommendation."""
    return Offer(f"{FOLDER}recommendations/{number}.json", JSON, f"Recommendation {number} as data")


def audience_feed(audience: str, label: str = "") -> Offer:
    """Return the feed of one audience, by its id."""
    return Offer(f"{FOLDER}feeds/audience-{audience}.atom", ATOM, label)


def offers(snapshot: Snapshot) -> Iterator[Offer]:
    """Every file that the exports of a register consist of."""
    yield from (*TABLES, *map(beside, TABLES), *DOCUMENTS, UPDATES_FEED, CALENDAR)
    for number in snapshot.standings:
        yield recommendation_document(number)
        yield recommendation_feed(number)
    for audience in snapshot.register.header.audiences:
        yield audience_feed(audience.id, audience.label)


def alternates(address: str) -> list[Offer]:
    """The files that a page names in its head (``rel="alternate"``): its own if it has any, and the feed of everything.

    ``address`` is the page's, from the site's root: ``recommendations/12/``, ``for/police/``.
    """
    folder, _, name = address.rstrip("/").rpartition("/")
    own: list[Offer] = []
    if folder == "recommendations" and name.isdigit():
        own = [recommendation_feed(int(name)), recommendation_document(int(name))]
    elif folder == "for":
        own = [audience_feed(name, "What is new for this kind of work")]
    return [*own, UPDATES_FEED]
