"""Every export. A snapshot and the site's address go in, files come out; the same input gives the same bytes."""

from collections.abc import Sequence

from register.exports import documents
from register.exports.calendar import calendar
from register.exports.feeds import feeds
from register.exports.published import Published
from register.exports.table_descriptions import csvw, datapackage
from register.exports.tables import tables
from register.site import urls
from register.site.render import Renderer
from register.state.snapshot import Snapshot


def exports(snapshot: Snapshot, site_url: str, renderer: Renderer, docs: Sequence[str] = ()) -> dict[str, bytes]:
    """Return every export, by its path from the site's root.

    Args:
        snapshot: the register as it stood on a day.
        site_url: where the site is published, ending in ``/``. It stands in links, never in an identifier.
        renderer: fills the entries of feeds.
        docs: the names of the files of ``docs/``, whose addresses are listed with all others.
    """
    published = Published(snapshot, site_url)
    all_tables = tables(published)
    files: dict[str, bytes] = {}
    for table in all_tables:
        files[table.route.path] = table.content
        files[urls.table_description(table.route).path] = csvw(published, table)
    files[urls.DATA_PACKAGE.path] = datapackage(published, all_tables)
    files[urls.SCHEMA_DOCUMENT.path] = documents.schema(published)
    files[urls.REGISTER_DOCUMENT.path] = documents.register_document(published)
    files[urls.ADDRESSES.path] = documents.addresses(published, docs)
    for number in snapshot.statuses:
        files[urls.recommendation_document(number).path] = documents.recommendation_document(published, number)
    files |= feeds(published, renderer)
    files[urls.CALENDAR.path] = calendar(published)
    return files
