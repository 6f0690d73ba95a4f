"""Makes every export. A snapshot and the site's address go in, files come out; the same input gives the same bytes."""

from register.exports import catalogue, documents
from register.exports.calendar import calendar
from register.exports.described import csvw, datapackage
from register.exports.feeds import feeds
from register.exports.published import Published
from register.exports.tables import tables
from register.views import Snapshot


def exports(snapshot: Snapshot, site_url: str) -> dict[str, bytes]:
    """Return every export, by its path from the site's root.

    Args:
        snapshot: the register as it stood on a day.
        site_url: where the site is published, ending in ``/``. It stands in links, never in an id.
    """
    published = Published(snapshot, site_url)
    files: dict[str, bytes] = {}
    written = tables(published)
    for table in written:
        path = f"{catalogue.FOLDER}{table.name}.csv"
        files[path] = table.content
        files[f"{path}-metadata.json"] = csvw(published, table)
    files[f"{catalogue.FOLDER}datapackage.json"] = datapackage(published, written)
    files[f"{catalogue.FOLDER}schema.json"] = documents.schema(published)
    files[f"{catalogue.FOLDER}register.json"] = documents.register_document(published)
    for number in snapshot.standings:
        path = catalogue.recommendation_document(number).path
        files[path] = documents.recommendation_document(published, number)
    files |= feeds(published)
    files[catalogue.CALENDAR.path] = calendar(published)
    return files
