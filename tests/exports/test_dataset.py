"""What search engines for data read (schema.org): exactly, for the small register, whose licence is not confirmed."""

from register.exports.dataset import dataset
from register.exports.identifiers import urn
from register.model import Register
from register.site import urls
from register.state.snapshot import Snapshot
from registers import TODAY


def test_the_description_of_the_small_register_is_exactly_this(small_register: Register) -> None:
    snapshot = Snapshot(small_register, TODAY)
    described = dataset(snapshot)
    downloads = described.pop("distribution")
    custodian = {"@type": "Organization", "name": "Smallshire Partnership"}
    licence = (
        "Proposed for this register’s own words and data, not yet confirmed: Open Licence. "
        "The inquiry's words are its own."
    )
    assert described == {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": urn(small_register.header),
        "identifier": urn(small_register.header),
        "name": "The Smallshire register",
        "description": f"Register version {snapshot.version}, as at 31 March 2026. {licence} "
        "Help: Police: 999 (Any time).",
        "url": "./",
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "version": snapshot.version,
        "temporalCoverage": "2020-05/2026-03-31",
        "spatialCoverage": "Smallshire",
        "creator": custodian,
        "publisher": custodian,
        "about": "Inquiry into Great Wyrley Ponds",
        "copyrightNotice": licence,
        "mentions": [
            {
                "@type": "ContactPoint",
                "name": "Police",
                "telephone": "999",
                "description": "Anyone in danger. Any time",
            }
        ],
    }
    assert downloads == [
        {"@type": "DataDownload", "name": route.title, "encodingFormat": route.media, "contentUrl": relative}
        for route, relative in (
            (urls.RECOMMENDATIONS_TABLE, "recommendations.csv"),
            (urls.UPDATES_TABLE, "updates.csv"),
            (urls.LINKS_TABLE, "links.csv"),
            (urls.CROSSWALK_TABLE, "crosswalk.csv"),
            (urls.REGISTER_DOCUMENT, "register.json"),
            (urls.SCHEMA_DOCUMENT, "schema.json"),
            (urls.DATA_PACKAGE, "datapackage.json"),
            (urls.ADDRESSES, "addresses.json"),
            (urls.UPDATES_FEED, "feeds/updates.atom"),
            (urls.CALENDAR, "calendar.ics"),
        )
    ]


def test_a_confirmed_licence_is_linked(sample: Snapshot) -> None:
    assert dataset(sample)["license"] == "https://www.exampleshire.test/licence"
