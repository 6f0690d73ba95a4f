"""What search engines for data read on the page "Use the data" (schema.org, ``Dataset``)."""

from typing import Any

from register.exports.published import Published
from register.site import urls
from register.state.snapshot import Snapshot

_HERE = urls.DATA  # addresses are relative to the page "Use the data" (JSON-LD 1.1, section 4.1.3)


def dataset(snapshot: Snapshot) -> dict[str, Any]:
    """Return the description of the register as a dataset, as JSON-LD for the page "Use the data"."""
    published = Published(snapshot, "")
    header, about = published.header, published.about
    keeper = {"@type": "Organization", "name": header.partnership.name}
    described = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": about.name,
        "identifier": about.name,
        "name": about.title,
        "description": published.about_in_words,
        "url": "./",
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "version": about.version,
        "temporalCoverage": f"{header.inquiry.published.text}/{about.as_of.isoformat()}",
        "spatialCoverage": header.partnership.area,
        "creator": keeper,
        "publisher": keeper,
        "about": header.inquiry.name,
        "copyrightNotice": published.licence_in_words,
        "mentions": [
            {
                "@type": "ContactPoint",
                "name": line.name,
                "telephone": line.number,
                "description": f"{line.for_whom} {line.hours}",
            }
            for line in about.help
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": route.title,
                "encodingFormat": route.media,
                "contentUrl": route.path.removeprefix(_HERE),
            }
            for route in (*urls.TABLES, *urls.DOCUMENTS, urls.UPDATES_FEED, urls.CALENDAR)
        ],
    }
    if about.licence.confirmed and about.licence.url:
        described["license"] = about.licence.url
    return described
