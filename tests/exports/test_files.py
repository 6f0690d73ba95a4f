"""Every export: each file of the route table, made by what makes it, and the same on every run."""

import re

from exported import SITE, exported
from register.exports.calendar import calendar
from register.exports.documents import addresses, recommendation_document, register_document, schema
from register.exports.feeds import feeds
from register.exports.published import Published
from register.exports.table_descriptions import csvw, datapackage
from register.exports.tables import tables
from register.model import Register
from register.site import urls
from register.site.render import Renderer
from register.state.snapshot import Snapshot
from registers import TODAY


def test_each_file_is_what_its_maker_gives(small_register: Register) -> None:
    published = Published(Snapshot(small_register, TODAY), SITE)
    made = tables(published)
    assert exported(published.snapshot) == {
        **{table.route.path: table.content for table in made},
        **{f"{table.route.path}-metadata.json": csvw(published, table) for table in made},
        "data/datapackage.json": datapackage(published, made),
        "data/schema.json": schema(published),
        "data/register.json": register_document(published),
        **{f"data/recommendations/{number}.json": recommendation_document(published, number) for number in range(1, 5)},
        **feeds(published, Renderer()),
        "data/addresses.json": addresses(published, ()),
        "data/calendar.ics": calendar(published),
    }


def test_the_route_table_lists_exactly_the_files_that_are_made(
    files: dict[str, bytes], sample: Snapshot, small_register: Register
) -> None:
    assert sorted(route.path for route in urls.files(sample)) == sorted(files)
    small = Snapshot(small_register, TODAY)
    assert sorted(route.path for route in urls.files(small)) == sorted(exported(small))


def test_the_same_register_on_the_same_day_gives_the_same_bytes(
    sample_register: Register, sample: Snapshot, files: dict[str, bytes]
) -> None:
    assert exported(Snapshot(sample_register, TODAY, files=sample.files)) == files


def test_the_files_that_were_published_are_still_made(files: dict[str, bytes]) -> None:
    """The page "Use the data" says that these addresses stay."""
    kept = {path for path in files if not re.search(r"recommendation-\d|recommendations/\d|audience-", path)}
    assert kept == {
        "data/addresses.json",
        "data/calendar.ics",
        "data/crosswalk.csv",
        "data/crosswalk.csv-metadata.json",
        "data/datapackage.json",
        "data/feeds/updates.atom",
        "data/links.csv",
        "data/links.csv-metadata.json",
        "data/recommendations.csv",
        "data/recommendations.csv-metadata.json",
        "data/register.json",
        "data/schema.json",
        "data/updates.csv",
        "data/updates.csv-metadata.json",
    }
    assert {"data/recommendations/1.json", "data/feeds/recommendation-14.atom", "data/feeds/audience-police.atom"} < {
        *files
    }
