"""Every export: each file of the route table, made by what makes it, and the same on every run."""

import re

from exported import SITE, exported
from register.exports.calendar import calendar
from register.exports.catalogue import catalogue
from register.exports.database import database
from register.exports.documents import addresses, build_document, recommendation_document, register_document, schema
from register.exports.feeds import feeds
from register.exports.published import Published
from register.exports.table_descriptions import csvw, csvw_group, datapackage
from register.exports.tables import tables
from register.exports.workbook import workbook
from register.model import Register
from register.site import urls
from register.site.render import Renderer
from register.state.snapshot import Snapshot
from register.zip_archive import zip_archive
from registers import TODAY


def test_each_file_is_what_its_maker_gives(small_register: Register) -> None:
    published = Published(Snapshot(small_register, TODAY), SITE)
    made = tables(published)
    files = exported(published.snapshot)
    packed = {
        path: content
        for path, content in files.items()
        if not re.search(r"feeds/|calendar|catalogue|addresses\.json|build\.json|register\.zip|versions/", path)
    }
    kept = f"data/versions/{published.about.version}"
    assert files == {
        **{table.route.path: table.content for table in made},
        **{f"{table.route.path}-metadata.json": csvw(published, table) for table in made},
        "data/datapackage.json": datapackage(published, made),
        "data/csv-metadata.json": csvw_group(published, made),
        **{route.path: schema(published, route) for route in urls.SCHEMAS},
        "data/register.sqlite": database(published, made),
        "data/register.xlsx": workbook(published, made),
        "data/register.zip": zip_archive(packed),
        "data/catalogue.jsonld": catalogue(published, files),
        "data/build.json": build_document(published, TODAY),
        f"{kept}/register.json": register_document(published),
        f"{kept}/build.json": build_document(published, TODAY),
        "data/register.json": register_document(published),
        **{f"data/recommendations/{number}.json": recommendation_document(published, number) for number in range(1, 5)},
        **feeds(published, Renderer()),
        "data/addresses.json": addresses(published, ()),
        "data/calendar.ics": calendar(published),
    }


def test_the_route_table_lists_exactly_the_files_that_are_made(
    files: dict[str, bytes], sample: Snapshot, small_register: Register
) -> None:
    small = Snapshot(small_register, TODAY)
    for snapshot, made in ((sample, files), (small, exported(small))):
        kept = {route.path for route in urls.kept_version(snapshot.version)}
        assert sorted([*(route.path for route in urls.files(snapshot)), *kept]) == sorted(made)


def test_the_same_register_on_the_same_day_gives_the_same_bytes(
    sample_register: Register, sample: Snapshot, files: dict[str, bytes]
) -> None:
    assert exported(Snapshot(sample_register, TODAY, files=sample.files)) == files


def test_the_files_that_were_published_are_still_made(files: dict[str, bytes]) -> None:
    """The page "Use the data" says that these addresses stay."""
    kept = {path for path in files if not re.search(r"recommendation-\d|recommendations/\d|audience-|versions/", path)}
    tables = [
        "recommendations",
        "updates",
        "links",
        "crosswalk",
        "verdicts",
        "moved_dates",
        "as_recorded",
        "timeline",
        "topics",
        "responses",
        "progress",
        "voices",
        "bodies",
        "themes",
        "audiences",
        "recommendations_addressed_to",
        "recommendations_audiences",
        "recommendations_today_related",
        "updates_evidence",
        "updates_related",
        "timeline_sources",
        "topics_audiences",
        "topics_sources",
    ]
    assert kept == {
        *(f"data/{name}.csv" for name in tables),
        *(f"data/{name}.csv-metadata.json" for name in tables),
        "data/addresses.json",
        "data/addresses.schema.json",
        "data/build.json",
        "data/build.schema.json",
        "data/calendar.ics",
        "data/catalogue.jsonld",
        "data/csv-metadata.json",
        "data/datapackage.json",
        "data/feeds/updates.atom",
        "data/recommendations/schema.json",
        "data/register.json",
        "data/register.sqlite",
        "data/register.xlsx",
        "data/register.zip",
        "data/schema.json",
    }
    assert {"data/recommendations/1.json", "data/feeds/recommendation-14.atom", "data/feeds/audience-police.atom"} < {
        *files
    }
