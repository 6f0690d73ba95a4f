"""What search engines for data read on the page "Use the data" (schema.org, ``Dataset``)."""

from register.dates import say
from register.exports import catalogue
from register.exports.published import Published
from register.model import Scale, Term
from register.views import Snapshot

_HERE = catalogue.FOLDER  # addresses are relative to the page "Use the data" (JSON-LD 1.1, section 4.1.3)


def dataset(snapshot: Snapshot) -> dict:
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
                "name": offer.title,
                "encodingFormat": offer.media,
                "contentUrl": offer.path.removeprefix(_HERE),
            }
            for offer in (*catalogue.TABLES, *catalogue.DOCUMENTS, catalogue.UPDATES_FEED, catalogue.CALENDAR)
        ],
    }
    if about.licence.confirmed and about.licence.url:
        described["license"] = about.licence.url
    return described


def downloads(snapshot: Snapshot) -> dict:
    """Every file to take away, with what goes with all of them."""
    published = Published(snapshot, "")
    return {
        "tables": [(table, catalogue.beside(table)) for table in catalogue.TABLES],
        "documents": catalogue.DOCUMENTS,
        "calendar": catalogue.CALENDAR,
        "everything": catalogue.UPDATES_FEED,
        "audiences": [catalogue.audience_feed(audience.id, audience.label) for audience in published.header.audiences],
        "numbers": sorted(snapshot.standings),
        "of_one": [catalogue.recommendation_document, catalogue.recommendation_feed],
        "version": snapshot.version,
        "as_of": say(snapshot.as_of),
        "dataset": dataset(snapshot),
    }


def crosswalk(snapshot: Snapshot) -> dict:
    """Our words beside those of every other scale."""
    header = snapshot.register.header
    return {
        "scales": [
            {
                "scale": scale,
                "source": snapshot.links[scale.source],
                "terms": [
                    {"term": term, "matches": [match for match in term.matches if match.scale == scale.id]}
                    for term in getattr(header, scale.axis)
                ],
                "unmatched": _unmatched(scale, getattr(header, scale.axis)),
            }
            for scale in header.scales
        ]
    }


def _unmatched(scale: Scale, terms: list[Term]) -> list[str]:
    """The words of another scale that none of ours comes near."""
    near = {match.word for term in terms for match in term.matches if match.scale == scale.id}
    return [word for word in scale.words if word not in near]
