"""Every address that this site publishes, once. Addresses stand from the site's root: ``recommendations/12/``.

Each function gives one address; ``routes`` yields the whole table of what is made from the register. Links in
templates, pages, feeds, calendar, downloads, search and redirects read it here. Addresses depend on numbers and ids
only: an address once published stays. Where a page has moved, its old address is in the table, too.
"""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from register.model import Header, Vocabulary, marked_fields
from register.state import facets
from register.state.reporting_year import years
from register.state.snapshot import Snapshot

HTML, CSV, CSVW, JSON = "text/html", "text/csv", "application/csvm+json", "application/json"
SQLITE, XLSX = "application/vnd.sqlite3", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP, JSONLD = "application/zip", "application/ld+json"
SCHEMA, ATOM, ICALENDAR, TEXT = "application/schema+json", "application/atom+xml", "text/calendar", "text/plain"


@dataclass(frozen=True)
class Route:
    """One address and what stands there."""

    path: str
    shows: str  # the kind of thing that it shows: "recommendation", "updates-feed"
    of: tuple[int | str, ...] = ()  # … and which one: (12,)
    media: str = HTML
    title: str = ""  # in a few words; pages have theirs from their presenter
    text: str = ""  # more about it, where it is offered for download

    @property
    def id(self) -> str:
        """Its permanent name in the table: ``recommendation/12``."""
        return "/".join(map(str, (self.shows, *self.of)))

    @property
    def file_name(self) -> str:
        """A file's address relative to any other in its folder: ``links.csv``."""
        return posixpath.basename(self.path)


# ── pages that are written in docs/ ──────────────────────────────────────────────────────────────

HOME = ""
RECOMMENDATIONS = "recommendations/"
CHANGES = "changes/"
TOPICS = "topics/"
AUDIENCES = "for/"
HELP = "help/"
ABOUT = "about/"
ABOUT_HELP_COMPLETE = f"{ABOUT}#help-complete"
CHECKED_HISTORY = "checked/#history"
DATA = "data/"
SAFETY = "privacy/"

# What pages, feeds or data lead to: without one of them the site would have links that lead nowhere.
NEEDED = (HOME, RECOMMENDATIONS, TOPICS, CHANGES, HELP, ABOUT, ABOUT_HELP_COMPLETE, CHECKED_HISTORY, DATA)


FILES = "files/"  # the documents that the register itself cites


def hosted_file(name: str) -> str:
    """Return the address of a document in ``docs/files/``, which is also its place in ``docs/``."""
    return f"{FILES}{name}"


def written(name: str) -> str:
    """Return the address of a file of ``docs/``: ``for/`` for ``for/index.md``; that of a picture is its name."""
    if not name.endswith(".md"):
        return name
    folder, _, page = name.removesuffix(".md").rpartition("/")
    inside = f"{folder}/" if folder else ""
    return inside if page in ("index", "README") else f"{inside}{page}/"


# ── what MkDocs and the theme publish ────────────────────────────────────────────────────────────

SEARCH_INDEX = "search/search_index.js"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
HEADERS = "_headers"
REDIRECTS, HTACCESS = "_redirects", ".htaccess"
WELL_KNOWN = ".well-known/"  # what programs look for on every site (RFC 8615)
SECURITY = f"{WELL_KNOWN}security.txt"
NOT_FOUND = "404.html"
LEAVE_SCRIPT = "assets/leave.js"
SITE_SCRIPT = "assets/site.js"
SEARCH_SCRIPT = "assets/search.js"
LIST_SCRIPT = "assets/register.js"
PARTS_OF_SEARCH = (
    "assets/minisearch/index.js",
    "assets/stemmer/index.js",
)  # others' work, inside the script of the search
STYLES = "assets/site.css"
# Pages ask for these with a digest of what they hold.
ADDRESSED_BY_CONTENT = (LEAVE_SCRIPT, SITE_SCRIPT, SEARCH_SCRIPT, LIST_SCRIPT, STYLES)
ICON, TOUCH_ICON, SHARE_PICTURE = "assets/icon.svg", "assets/icon.png", "assets/share.png"

# What no page of a partnership may take the place of.
OWN_FILES = (
    SEARCH_INDEX,
    SITEMAP,
    f"{SITEMAP}.gz",
    ROBOTS,
    HEADERS,
    REDIRECTS,
    HTACCESS,
    SECURITY,
    NOT_FOUND,
    SHARE_PICTURE,
)

# What Material would publish and no page uses: its own scripts, styles and pictures.
UNUSED_FOLDERS = ("assets/javascripts/", "assets/stylesheets/", "assets/images/")

# ── pages that are made from the register ────────────────────────────────────────────────────────


PROMISES = "promises/"
VIEWS_DIFFER = "views-differ/"


def recommendation(number: int | str) -> str:
    """Return the address of a recommendation's page. ``number`` may be a placeholder, for scripts to fill."""
    return f"{RECOMMENDATIONS}{number}/"


def update(number: int, key: str) -> str:
    """Return the place of an update on its recommendation's page, by the update's permanent key."""
    return f"{recommendation(number)}#{place_of_update(key)}"


def place_of_update(key: str) -> str:
    """Return the name of that place: ``update-2025-07-01-partnership`` for ``3/2025-07-01/partnership``."""
    return f"update-{key.partition('/')[2].replace('/', '-')}"


def milestone(key: str) -> str:
    """Return the place of a milestone among all changes, by its permanent key."""
    return f"{CHANGES}#{place_of_milestone(key)}"


def place_of_milestone(key: str) -> str:
    """Return the name of that place: ``event-2022-05-12``."""
    return f"event-{key.replace('/', '-')}"


def recommendation_list(facet: str, choice: str) -> str:
    """Return the address of the list of recommendations under one choice of a facet."""
    return f"{RECOMMENDATIONS}{facet}/{choice}/"


def yearly_report(year: str) -> str:
    """Return the address of a reporting year's report, by the year's name."""
    return f"{CHANGES}{year}/"


def topic(id_: str) -> str:
    """Return the address of a reported subject, in the list of all."""
    return f"{TOPICS}#{id_}"


def audience(id_: str) -> str:
    """Return the address of the page for one kind of work."""
    return f"{AUDIENCES}{id_}/"


# ── files to take away ───────────────────────────────────────────────────────────────────────────

_FEEDS = f"{DATA}feeds/"

UPDATES_FEED = Route(f"{_FEEDS}updates.atom", "updates-feed", (), ATOM, "Everything that has happened")
CALENDAR = Route(
    f"{DATA}calendar.ics",
    "calendar",
    (),
    ICALENDAR,
    "Calendar",
    "When something is promised, looked at again, or due for an update.",
)
RECOMMENDATIONS_TABLE = Route(
    f"{DATA}recommendations.csv",
    "table",
    ("recommendations",),
    CSV,
    "Recommendations",
    "One row for each, with where it stands.",
)
UPDATES_TABLE = Route(
    f"{DATA}updates.csv",
    "table",
    ("updates",),
    CSV,
    "Updates",
    "Everything that happened or was said about them, with its date.",
)
LINKS_TABLE = Route(
    f"{DATA}links.csv", "table", ("links",), CSV, "Links", "Every page outside this site that the register names."
)
CROSSWALK_TABLE = Route(
    f"{DATA}crosswalk.csv",
    "table",
    ("crosswalk",),
    CSV,
    "Words compared",
    "Our words beside those that others use for the same.",
)
VERDICTS_TABLE = Route(
    f"{DATA}verdicts.csv",
    "table",
    ("verdicts",),
    CSV,
    "Who says what",
    "What each voice last said of each recommendation, and whether it differs.",
)
MOVED_DATES_TABLE = Route(
    f"{DATA}moved_dates.csv",
    "table",
    ("moved_dates",),
    CSV,
    "Moved dates",
    "Every promised date that was moved, by how many days, and why.",
)
AS_RECORDED_TABLE = Route(
    f"{DATA}as_recorded.csv",
    "table",
    ("as_recorded",),
    CSV,
    "What was said when",
    "What this register said of each recommendation, from which day until which.",
)
TIMELINE_TABLE = Route(f"{DATA}timeline.csv", "table", ("timeline",), CSV, "Timeline", "Dated public events.")
TOPICS_TABLE = Route(
    f"{DATA}topics.csv", "table", ("topics",), CSV, "Reported subjects", "What public sources report, in our words."
)


def vocabulary_table(name: str) -> Route:
    """Return the table of one vocabulary, by its name: ``responses``."""
    return Route(f"{DATA}{name}.csv", "table", (name,), CSV, f"Words: {name}", "Each word with its meaning.")


# What one row of a table is, in a table that joins it with another.
ROWS_OF = {"recommendations": "recommendation", "updates": "update", "timeline": "milestone", "topics": "topic"}


def join_table(table: str, column: str) -> Route:
    """Return the table that has a row for each id in a list: ``updates_evidence`` for ``evidence`` in ``updates``."""
    name, row, listed = f"{table}_{column}", ROWS_OF[table], column.replace("_", " ")
    text = f"Which {row} names which: one row for each id in '{column}'."
    return Route(f"{DATA}{name}.csv", "table", (name,), CSV, f"{row.capitalize()} and {listed}", text)


# The tables that most people want come first.
MAIN_TABLES = (
    RECOMMENDATIONS_TABLE,
    UPDATES_TABLE,
    LINKS_TABLE,
    CROSSWALK_TABLE,
    VERDICTS_TABLE,
    MOVED_DATES_TABLE,
    AS_RECORDED_TABLE,
    TIMELINE_TABLE,
    TOPICS_TABLE,
)
TABLES = (*MAIN_TABLES, *map(vocabulary_table, marked_fields(Header, Vocabulary)))
# The lists of ids in those tables, each with a table of its own.
JOINS = (
    join_table("recommendations", "addressed_to"),
    join_table("recommendations", "audiences"),
    join_table("recommendations", "today_related"),
    join_table("updates", "evidence"),
    join_table("updates", "related"),
    join_table("timeline", "sources"),
    join_table("topics", "audiences"),
    join_table("topics", "sources"),
)
REGISTER_DOCUMENT = Route(
    f"{DATA}register.json",
    "register-document",
    (),
    JSON,
    "The whole register",
    "Everything that is published here, in one file.",
)
SCHEMA_DOCUMENT = Route(f"{DATA}schema.json", "schema", (), SCHEMA, "JSON Schema", "What each field is.")
DATA_PACKAGE = Route(
    f"{DATA}datapackage.json", "data-package", (), JSON, "Data package", "The tables described for Frictionless tools."
)
ADDRESSES = Route(
    f"{DATA}addresses.json",
    "addresses",
    (),
    JSON,
    "Every address",
    "Every page, file, feed, name and word that is published here and stays.",
)
TABLES_DESCRIPTION = Route(
    f"{DATA}csv-metadata.json",
    "tables-description",
    (),
    CSVW,
    "Tables and what joins them",
    "All tables described for CSV on the Web tools.",
)
BUILD = Route(
    f"{DATA}build.json",
    "build",
    (),
    JSON,
    "Which day",
    "Which version is shown, and on which day: the only file that changes because a day has passed.",
)
RECOMMENDATION_SCHEMA = Route(
    f"{DATA}recommendations/schema.json", "schema", ("recommendation",), SCHEMA, "JSON Schema of one recommendation"
)
ADDRESSES_SCHEMA = Route(
    f"{DATA}addresses.schema.json", "schema", ("addresses",), SCHEMA, "JSON Schema of the addresses"
)
BUILD_SCHEMA = Route(f"{DATA}build.schema.json", "schema", ("build",), SCHEMA, "JSON Schema of the build")
SCHEMAS = (SCHEMA_DOCUMENT, RECOMMENDATION_SCHEMA, ADDRESSES_SCHEMA, BUILD_SCHEMA)
CATALOGUE = Route(
    f"{DATA}catalogue.jsonld",
    "catalogue",
    (),
    JSONLD,
    "Catalogue",
    "What there is, for catalogues of open data (DCAT 3).",
)
DOCUMENTS = (REGISTER_DOCUMENT, *SCHEMAS, DATA_PACKAGE, TABLES_DESCRIPTION, CATALOGUE, ADDRESSES, BUILD)


DATABASE = Route(
    f"{DATA}register.sqlite",
    "database",
    (),
    SQLITE,
    "Database",
    "All tables in one SQLite file, with views that answer questions in one line.",
)
WORKBOOK = Route(
    f"{DATA}register.xlsx", "workbook", (), XLSX, "Workbook", "All tables in one file for a spreadsheet program."
)
EVERYTHING = Route(
    f"{DATA}register.zip", "everything", (), ZIP, "Everything", "All tables, documents and descriptions in one zip."
)
WHOLE = (DATABASE, WORKBOOK, EVERYTHING)
OFFERED = (*TABLES, REGISTER_DOCUMENT, *WHOLE, UPDATES_FEED, CALENDAR)  # to people; the others describe these


VERSIONS = f"{DATA}versions/"  # of the register, each as it was first published


def kept_version(version: str) -> tuple[Route, Route]:
    """Return what stays of one version of the register for those who cite it: its whole register, and which day it was."""
    folder = f"{VERSIONS}{version}/"
    title = f"Version {version}"
    return (
        Route(f"{folder}{REGISTER_DOCUMENT.file_name}", "version", (version, "register"), JSON, title),
        Route(f"{folder}{BUILD.file_name}", "version", (version, "build"), JSON, f"{title}: which day"),
    )


def table_description(table: Route) -> Route:
    """Return the description that stands beside a table, where CSV on the Web looks for it (tabular-metadata, 5.2)."""
    return Route(f"{table.path}-metadata.json", "table-description", table.of, CSVW, f"{table.title}: CSV on the Web")


def recommendation_feed(number: int) -> Route:
    """Return the feed of one recommendation."""
    title = f"What happened to recommendation {number}"
    return Route(f"{_FEEDS}recommendation-{number}.atom", "recommendation-feed", (number,), ATOM, title)


def recommendation_document(number: int) -> Route:
    """Return the JSON of one recommendation."""
    title = f"Recommendation {number} as data"
    return Route(f"{DATA}recommendations/{number}.json", "recommendation-document", (number,), JSON, title)


def audience_feed(id_: str, title: str = "What is new for this kind of work") -> Route:
    """Return the feed of one audience, by its id."""
    return Route(f"{_FEEDS}audience-{id_}.atom", "audience-feed", (id_,), ATOM, title)


def feed_name(feed: Route) -> tuple[str | int, ...]:
    """Return what the permanent id of a feed is made from: ``("feed", "audience", "schools")``."""
    return ("feed", feed.shows.removesuffix("-feed"), *feed.of)


# ── the table ────────────────────────────────────────────────────────────────────────────────────


def routes(snapshot: Snapshot) -> Iterator[Route]:
    """Yield every page and file that is made from the register."""
    yield from pages(snapshot)
    yield from files(snapshot)


def pages(snapshot: Snapshot) -> Iterator[Route]:
    """Yield every page that is made from the register, in the order in which they are built."""
    header = snapshot.header
    for number in snapshot.statuses:
        yield Route(recommendation(number), "recommendation", (number,))
    yield from _lists(header)
    for year in years(snapshot):
        yield Route(yearly_report(year.name), "yearly_report", (year.name,))
    yield from _audiences(header)
    yield Route(PROMISES, "promises")
    yield Route(VIEWS_DIFFER, "views_differ")
    for move in moves(snapshot):
        if move.has_page:
            yield Route(move.old, "moved", (move.old,))


def _lists(header: Header) -> Iterator[Route]:
    for facet, choice in facets.choices(header):
        yield Route(recommendation_list(facet.name, choice.id), "recommendations_with", (facet.name, choice.id))


def _audiences(header: Header) -> Iterator[Route]:
    for term in header.audiences:
        yield Route(audience(term.id), "audience", (term.id,))


def files(snapshot: Snapshot) -> Iterator[Route]:
    """Yield every file to take away."""
    tables = (*TABLES, *JOINS)
    yield from (*tables, *map(table_description, tables), *DOCUMENTS, *WHOLE, UPDATES_FEED, CALENDAR)
    for number in snapshot.statuses:
        yield recommendation_document(number)
        yield recommendation_feed(number)
    yield from _audience_feeds(snapshot.header)
    for was, _ in former_feeds(snapshot.header):
        yield was


def _audience_feeds(header: Header) -> Iterator[Route]:
    for term in header.audiences:
        yield audience_feed(term.id, term.label)


def alternates(page: Route | None) -> list[Route]:
    """Return what a page names in its head as the same in another form (HTML, 4.6.7.1): its own, and the feed of all.

    Args:
        page: the page's route; None for a page that is not made from the register.
    """
    own: list[Route] = []
    if page and page.shows == "recommendation":
        own = [recommendation_feed(int(page.of[0])), recommendation_document(int(page.of[0]))]
    elif page and page.shows == "audience":
        own = [audience_feed(str(page.of[0]))]
    return [*own, UPDATES_FEED]


# ── what has moved ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Move:
    """An old address, and where what stood there is now."""

    old: str
    new: str  # may name a part of a page
    word: str = ""  # the old id that made the old address, with its vocabulary: "themes/travel"; "" if none did
    since: str = ""  # the day, as typed; "" where it is not known
    why: str = ""

    @property
    def typed_in(self) -> str:
        """The file that says so."""
        return "data/register.yml" if self.word else "data/redirects.yml"

    @property
    def has_page(self) -> bool:
        """Whether a page stands at the old address and leads on; a file has none."""
        return self.old.endswith("/")

    @property
    def is_copied(self) -> bool:
        """Whether the new file stands at the old address as well: a program that fetches it follows no page."""
        kind, now = posixpath.splitext(self.old)[1], posixpath.splitext(self.new)[1]
        return bool(kind) and kind == now


def moves(snapshot: Snapshot) -> Iterator[Move]:
    """Yield each old address at which nothing else stands: of words that were renamed, then of ``data/redirects.yml``.

    The old feed of a renamed word is not among them: it goes on.
    """
    for was, now, word, label in _renamed(snapshot.header):
        if was.media == HTML:
            yield Move(was.path, now.path, word, why=f"What it is about is called “{label}” now.")
    for redirect in snapshot.register.redirects:
        yield Move(redirect.old, redirect.new, "", redirect.since.text, redirect.why)


def former_feeds(header: Header) -> Iterator[tuple[Route, Route]]:
    """Yield the old feed of each renamed word, with the feed that has the same entries today."""
    yield from ((was, now) for was, now, *_ in _renamed(header) if was.shows == "audience-feed")


def _renamed(header: Header) -> Iterator[tuple[Route, Route, str, str]]:
    """The routes that had another address while a word had another id: then and now, the old word and today's label.

    They are found by giving the word its old id: what its id is part of is said in one place only.
    """
    for name in marked_fields(Header, Vocabulary):
        terms = getattr(header, name)
        for place, term in enumerate(terms):
            for old in term.formerly:
                then = [*terms[:place], term.model_copy(update={"id": old}), *terms[place + 1 :]]
                before = header.model_copy(update={name: then})
                for was, now in zip(_of_words(before), _of_words(header), strict=True):
                    if was.path != now.path:
                        yield was, now, f"{name}/{old}", term.label


def _of_words(header: Header) -> Iterator[Route]:
    """The pages and files whose addresses can hold the id of a word."""
    yield from _lists(header)
    yield from _audiences(header)
    yield from _audience_feeds(header)


# ── one address as seen from elsewhere ───────────────────────────────────────────────────────────


def relative(here: str, there: str) -> str:
    """Return the address of one page of the site relative to another: ``../../help/``."""
    path, _, fragment = there.partition("#")
    address = posixpath.relpath(f"/{path}", f"/{here}")
    address = "./" if address == "." else address + ("/" if path.endswith("/") or not path else "")
    return address + (f"#{fragment}" if fragment else "")


def absolute(site_url: str, path: str) -> str:
    """Return the full address of a page or file.

    Args:
        site_url: where the site is published, ending in ``/``.
        path: the address from the site's root.
    """
    return f"{site_url}{path}"
