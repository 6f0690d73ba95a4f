"""The addresses of the files to take away: published once, they stay as they are here."""

import pytest

from register.model import Register
from register.site import urls
from register.site.urls import Route
from register.state.snapshot import Snapshot
from registers import TODAY

# Address, id in the route table, media type and title of each file that every register has.
OF_EVERY_REGISTER = [
    (urls.RECOMMENDATIONS_TABLE, "data/recommendations.csv", "table/recommendations", "text/csv", "Recommendations"),
    (urls.UPDATES_TABLE, "data/updates.csv", "table/updates", "text/csv", "Updates"),
    (urls.LINKS_TABLE, "data/links.csv", "table/links", "text/csv", "Links"),
    (urls.CROSSWALK_TABLE, "data/crosswalk.csv", "table/crosswalk", "text/csv", "Words compared"),
    (urls.REGISTER_DOCUMENT, "data/register.json", "register-document", "application/json", "The whole register"),
    (urls.SCHEMA_DOCUMENT, "data/schema.json", "schema", "application/schema+json", "JSON Schema"),
    (urls.DATA_PACKAGE, "data/datapackage.json", "data-package", "application/json", "Data package"),
    (urls.ADDRESSES, "data/addresses.json", "addresses", "application/json", "Every address"),
    (urls.VERDICTS_TABLE, "data/verdicts.csv", "table/verdicts", "text/csv", "Who says what"),
    (urls.AS_RECORDED_TABLE, "data/as_recorded.csv", "table/as_recorded", "text/csv", "What was said when"),
    (urls.vocabulary_table("themes"), "data/themes.csv", "table/themes", "text/csv", "Words: themes"),
    (
        urls.join_table("updates", "evidence"),
        "data/updates_evidence.csv",
        "table/updates_evidence",
        "text/csv",
        "Update and evidence",
    ),
    (urls.BUILD, "data/build.json", "build", "application/json", "Which day"),
    (urls.DATABASE, "data/register.sqlite", "database", "application/vnd.sqlite3", "Database"),
    (urls.EVERYTHING, "data/register.zip", "everything", "application/zip", "Everything"),
    (urls.CATALOGUE, "data/catalogue.jsonld", "catalogue", "application/ld+json", "Catalogue"),
    (
        urls.UPDATES_FEED,
        "data/feeds/updates.atom",
        "updates-feed",
        "application/atom+xml",
        "Everything that has happened",
    ),
    (urls.CALENDAR, "data/calendar.ics", "calendar", "text/calendar", "Calendar"),
]
OF_ONE = [
    (
        urls.table_description(urls.LINKS_TABLE),
        "data/links.csv-metadata.json",
        "table-description/links",
        "application/csvm+json",
        "Links: CSV on the Web",
    ),
    (
        urls.recommendation_document(12),
        "data/recommendations/12.json",
        "recommendation-document/12",
        "application/json",
        "Recommendation 12 as data",
    ),
    (
        urls.recommendation_feed(12),
        "data/feeds/recommendation-12.atom",
        "recommendation-feed/12",
        "application/atom+xml",
        "What happened to recommendation 12",
    ),
    (
        urls.audience_feed("schools", "Schools"),
        "data/feeds/audience-schools.atom",
        "audience-feed/schools",
        "application/atom+xml",
        "Schools",
    ),
    (
        urls.audience_feed("schools"),
        "data/feeds/audience-schools.atom",
        "audience-feed/schools",
        "application/atom+xml",
        "What is new for this kind of work",
    ),
]


@pytest.mark.parametrize(("route", "path", "id_", "media", "title"), [*OF_EVERY_REGISTER, *OF_ONE])
def test_a_file_keeps_its_address_its_id_and_its_kind(
    route: Route, path: str, id_: str, media: str, title: str
) -> None:
    assert (route.path, route.id, route.media, route.title) == (path, id_, media, title)


def test_every_file_that_is_offered_says_what_is_in_it() -> None:
    offered = (*urls.TABLES, *urls.JOINS, *urls.WHOLE, urls.REGISTER_DOCUMENT, urls.SCHEMA_DOCUMENT, urls.CALENDAR)
    assert [route.path for route in offered if not route.text] == []
    assert urls.RECOMMENDATIONS_TABLE.text == "One row for each, with where it stands."
    assert urls.join_table("updates", "evidence").text == "Which update names which: one row for each id in 'evidence'."


def test_the_files_of_a_register_are_these_in_this_order(small_register: Register) -> None:
    tables = [route.path for route in (*urls.TABLES, *urls.JOINS)]
    assert [route.path for route in urls.files(Snapshot(small_register, TODAY))] == [
        *tables,
        *(f"{path}-metadata.json" for path in tables),
        "data/register.json",
        "data/schema.json",
        "data/recommendations/schema.json",
        "data/addresses.schema.json",
        "data/build.schema.json",
        "data/datapackage.json",
        "data/csv-metadata.json",
        "data/catalogue.jsonld",
        "data/addresses.json",
        "data/build.json",
        "data/register.sqlite",
        "data/register.xlsx",
        "data/register.zip",
        "data/feeds/updates.atom",
        "data/calendar.ics",
        "data/recommendations/1.json",
        "data/feeds/recommendation-1.atom",
        "data/recommendations/2.json",
        "data/feeds/recommendation-2.atom",
        "data/recommendations/3.json",
        "data/feeds/recommendation-3.atom",
        "data/recommendations/4.json",
        "data/feeds/recommendation-4.atom",
        "data/feeds/audience-schools.atom",
    ]


def test_the_feed_of_an_audience_is_offered_under_the_audiences_name(small_register: Register) -> None:
    *_, last = urls.files(Snapshot(small_register, TODAY))
    assert last == urls.audience_feed("schools", "Schools")


def test_a_file_is_known_to_its_neighbours_by_its_last_part() -> None:
    assert urls.LINKS_TABLE.file_name == "links.csv"
    assert urls.recommendation_feed(3).file_name == "recommendation-3.atom"


def test_a_full_address_begins_with_the_sites() -> None:
    assert urls.absolute("https://a.test/x/", "data/links.csv") == "https://a.test/x/data/links.csv"
