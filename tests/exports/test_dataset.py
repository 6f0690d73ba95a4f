"""What search engines for data read (schema.org): exactly, for the small register, whose licence is not confirmed."""

from exported import SITE
from register.exports.dataset import dataset
from register.exports.identifiers import urn
from register.model import Register
from register.site import urls
from register.state.snapshot import Snapshot
from registers import TODAY


def test_the_description_of_the_small_register_is_exactly_this(small_register: Register) -> None:
    snapshot = Snapshot(small_register, TODAY)
    described = dataset(snapshot, SITE)
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
        "description": f"Register version {snapshot.version}, with what is dated up to 10 February 2026. {licence} "
        "Help: Police: 999 (Any time).",
        "url": "https://register.exampleshire.test/data/",
        "sameAs": "https://register.exampleshire.test/data/catalogue.jsonld",
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "version": snapshot.version,
        "keywords": ["Inquiry into Great Wyrley Ponds", "Great Pond", "Smallshire", "Training"],
        "dateModified": "2026-02-10",
        "datePublished": "2020-05",
        "temporalCoverage": "2020-05/2026-02-10",
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
    assert [download["contentUrl"] for download in downloads][:2] == [
        "https://register.exampleshire.test/data/recommendations.csv",
        "https://register.exampleshire.test/data/updates.csv",
    ]
    assert downloads == [
        {
            "@type": "DataDownload",
            "name": route.title,
            "encodingFormat": route.media,
            "contentUrl": f"{SITE}{route.path}",
        }
        for route in urls.OFFERED
    ]


def test_a_confirmed_licence_is_linked(sample: Snapshot) -> None:
    assert dataset(sample, SITE)["license"] == "https://www.exampleshire.test/licence"
