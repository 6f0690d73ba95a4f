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
    (urls.CROSSWALK_TABLE, "data/crosswalk.csv", "table/crosswalk", "text/csv", "Words"),
    (urls.REGISTER_DOCUMENT, "data/register.json", "register-document", "application/json", "The whole register"),
    (urls.SCHEMA_DOCUMENT, "data/schema.json", "schema", "application/schema+json", "JSON Schema"),
    (urls.DATA_PACKAGE, "data/datapackage.json", "data-package", "application/json", "Data package"),
    (urls.ADDRESSES, "data/addresses.json", "addresses", "application/json", "Every address"),
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


def test_every_table_and_document_and_the_calendar_say_what_is_in_them() -> None:
    assert [route.text for route in (*urls.TABLES, *urls.DOCUMENTS, urls.CALENDAR)] == [
        "One row for each, with where it stands.",
        "Everything that happened or was said about them, with its date.",
        "Every page outside this site that the register names.",
        "Our words beside those that others use for the same.",
        "Everything that is published here, in one file.",
        "What each field is.",
        "The tables described for Frictionless tools.",
        "Every page, file, feed, name and word that is published here and stays.",
        "When something is promised, looked at again, or due for an update.",
    ]


def test_the_files_of_a_register_are_these_in_this_order(small_register: Register) -> None:
    assert [route.path for route in urls.files(Snapshot(small_register, TODAY))] == [
        "data/recommendations.csv",
        "data/updates.csv",
        "data/links.csv",
        "data/crosswalk.csv",
        "data/recommendations.csv-metadata.json",
        "data/updates.csv-metadata.json",
        "data/links.csv-metadata.json",
        "data/crosswalk.csv-metadata.json",
        "data/register.json",
        "data/schema.json",
        "data/datapackage.json",
        "data/addresses.json",
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
