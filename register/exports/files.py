"""Every export. A snapshot and the site's address go in, files come out; the same input gives the same bytes."""

import datetime
from collections.abc import Sequence

from register.exports import documents
from register.exports.calendar import calendar
from register.exports.catalogue import catalogue
from register.exports.database import database
from register.exports.feeds import feeds
from register.exports.published import Published
from register.exports.table_descriptions import csvw, csvw_group, datapackage
from register.exports.tables import tables
from register.exports.workbook import workbook
from register.site import urls
from register.site.render import Renderer
from register.state.snapshot import Snapshot
from register.zip_archive import zip_archive


def exports(
    snapshot: Snapshot, site_url: str, renderer: Renderer, built: datetime.date, docs: Sequence[str] = ()
) -> dict[str, bytes]:
    """Return every export, by its path from the site's root.

    Args:
        snapshot: the register as it stood on a day.
        site_url: where the site is published, ending in ``/``. It stands in links, never in an identifier.
        renderer: fills the entries of feeds.
        built: the day of the build, which is later than the snapshot's if an earlier day is shown.
        docs: the names of the files of ``docs/``, whose addresses are listed with all others.
    """
    published = Published(snapshot, site_url)
    files = _described(published)
    files[urls.REGISTER_DOCUMENT.path] = documents.register_document(published)
    for number in snapshot.statuses:
        files[urls.recommendation_document(number).path] = documents.recommendation_document(published, number)
    files[urls.EVERYTHING.path] = zip_archive(files)
    files |= feeds(published, renderer)
    files[urls.CALENDAR.path] = calendar(published)
    files[urls.CATALOGUE.path] = catalogue(published, files)
    files[urls.ADDRESSES.path] = documents.addresses(published, docs)
    files[urls.BUILD.path] = documents.build_document(published, built)
    register, build = urls.kept_version(published.about.version)
    files[register.path], files[build.path] = files[urls.REGISTER_DOCUMENT.path], files[urls.BUILD.path]
    return files


def _described(published: Published) -> dict[str, bytes]:
    """The tables in all their forms, and what describes tables and documents."""
    made = tables(published)
    files = {urls.table_description(table.route).path: csvw(published, table) for table in made}
    files |= {table.route.path: table.content for table in made}
    files |= {route.path: documents.schema(published, route) for route in urls.SCHEMAS}
    files[urls.TABLES_DESCRIPTION.path] = csvw_group(published, made)
    files[urls.DATA_PACKAGE.path] = datapackage(published, made)
    files[urls.DATABASE.path] = database(published, made)
    files[urls.WORKBOOK.path] = workbook(published, made)
    return files
