"""What search engines for data read on the page "Use the data" (schema.org, ``Dataset``)."""

from register.exports.json_values import JsonObject
from register.exports.published import Published
from register.exports.published_records import HelpLine
from register.site import urls
from register.site.urls import Route
from register.state.snapshot import Snapshot


def dataset(snapshot: Snapshot) -> JsonObject:
    """Return the description of the register as a dataset, as JSON-LD for the page "Use the data".

    Addresses in it are relative to that page (JSON-LD 1.1, section 4.1.3), so it needs no address of the site.
    """
    published = Published(snapshot)
    header, about = published.header, published.about
    custodian: JsonObject = {"@type": "Organization", "name": header.partnership.name}
    described: JsonObject = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": about.name,
        "identifier": about.name,
        "name": about.title,
        "description": published.about_in_words,
        "url": urls.relative(urls.DATA, urls.DATA),
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "version": about.version,
        "temporalCoverage": f"{header.inquiry.published.text}/{about.as_of.isoformat()}",
        "spatialCoverage": header.partnership.area,
        "creator": custodian,
        "publisher": custodian,
        "about": header.inquiry.name,
        "copyrightNotice": published.licence_in_words,
        "mentions": [_contact(line) for line in about.help],
        "distribution": [
            _download(route) for route in (*urls.TABLES, *urls.DOCUMENTS, urls.UPDATES_FEED, urls.CALENDAR)
        ],
    }
    if published.confirmed_licence:
        described["license"] = published.confirmed_licence
    return described


def _contact(line: HelpLine) -> JsonObject:
    return {
        "@type": "ContactPoint",
        "name": line.name,
        "telephone": line.number,
        "description": f"{line.for_whom} {line.hours}",
    }


def _download(route: Route) -> JsonObject:
    return {
        "@type": "DataDownload",
        "name": route.title,
        "encodingFormat": route.media,
        "contentUrl": urls.relative(urls.DATA, route.path),
    }
