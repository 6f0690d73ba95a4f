"""What search engines for data read on the page "Use the data" (schema.org, ``Dataset``)."""

from register.exports.json_values import JsonObject
from register.exports.published import Published
from register.exports.published_records import HelpLine
from register.site import urls
from register.site.urls import Route
from register.state.snapshot import Snapshot


def dataset(snapshot: Snapshot, site_url: str) -> JsonObject:
    """Return the description of the register as a dataset, as JSON-LD for the page "Use the data".

    Args:
        snapshot: the register.
        site_url: where the site is published, ending in ``/``.
    """
    published = Published(snapshot, site_url)
    header, about = published.header, published.about
    custodian: JsonObject = {"@type": "Organization", "name": header.partnership.name}
    described: JsonObject = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": about.name,
        "identifier": about.name,
        "name": about.title,
        "description": published.about_in_words,
        "url": published.address(urls.DATA),
        "sameAs": published.address(urls.CATALOGUE.path),
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "version": about.version,
        "keywords": [*published.keywords],
        "dateModified": about.changed.isoformat(),
        "datePublished": header.inquiry.published.text,
        "temporalCoverage": f"{header.inquiry.published.text}/{about.changed.isoformat()}",
        "spatialCoverage": header.partnership.area,
        "creator": custodian,
        "publisher": custodian,
        "about": header.inquiry.name,
        "copyrightNotice": published.licence_in_words,
        "mentions": [_contact(line) for line in about.help],
        "distribution": [_download(published, route) for route in urls.OFFERED],
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


def _download(published: Published, route: Route) -> JsonObject:
    return {
        "@type": "DataDownload",
        "name": route.title,
        "encodingFormat": route.media,
        "contentUrl": published.address(route.path),
    }
