"""The register as a dataset in a catalogue of open data: DCAT 3 (W3C, 2024) as JSON-LD, as DCAT-AP 3 wants it."""

from collections.abc import Mapping

from pydantic import JsonValue

from register.exports.json_values import JsonObject, json_file
from register.exports.published import Published
from register.site import urls
from register.site.urls import Route

# Lists of the Publications Office of the European Union, which DCAT-AP asks for.
_AUTHORITY = "http://publications.europa.eu/resource/authority"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types"

_CONTEXT: JsonObject = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def catalogue(published: Published, files: Mapping[str, bytes]) -> bytes:
    """Return the description of the register for catalogues.

    Args:
        published: the register, with the address of its site.
        files: the content of the files that are offered, by path: how large each is stands beside it.
    """
    about, header = published.about, published.header
    publisher: JsonObject = {
        "@id": f"{published.address(urls.ABOUT)}#custodian",
        "@type": "foaf:Agent",
        "foaf:name": _words(header.partnership.name),
    }
    description: JsonObject = {
        "@context": _CONTEXT,
        "@id": published.address(urls.CATALOGUE.path),
        "@type": "dcat:Catalog",
        "dct:title": _words(about.title),
        "dct:description": _words(published.about_in_words),
        "dct:publisher": publisher,
        "dct:language": _is("dct:LinguisticSystem", f"{_AUTHORITY}/language/ENG"),
        "dct:modified": _day(published),
        "foaf:homepage": _is("foaf:Document", published.address(urls.HOME)),
        "dcat:dataset": _dataset(published, publisher, files),
    }
    return json_file(description)


def _dataset(published: Published, publisher: JsonObject, files: Mapping[str, bytes]) -> JsonObject:
    about, header = published.about, published.header
    keywords: list[JsonValue] = [_words(word) for word in published.keywords]
    distributions: list[JsonValue] = [
        _distribution(published, route, files[route.path]) for route in urls.OFFERED if route.path in files
    ]
    described: JsonObject = {
        "@id": about.name,
        "@type": "dcat:Dataset",
        "dct:identifier": about.name,
        "dct:title": _words(about.title),
        "dct:description": _words(published.about_in_words),
        "dct:publisher": {"@id": publisher["@id"]},
        "dct:issued": {"@type": "xsd:date", "@value": header.inquiry.published.first.isoformat()},
        "dct:modified": _day(published),
        # When somebody has something to say: no rhythm is promised.
        "dct:accrualPeriodicity": _is("dct:Frequency", f"{_AUTHORITY}/frequency/IRREG"),
        "dct:language": _is("dct:LinguisticSystem", f"{_AUTHORITY}/language/ENG"),
        "dct:spatial": {"@type": "dct:Location", "rdfs:label": _words(header.partnership.area)},
        "dct:rights": {"@type": "dct:RightsStatement", "rdfs:label": _words(published.licence_in_words)},
        "dcat:version": about.version,
        "dcat:keyword": keywords,
        "dcat:landingPage": _is("foaf:Document", published.address(urls.DATA)),
        "dcat:distribution": distributions,
    }
    if header.partnership.email:
        address: JsonObject = {"@id": f"mailto:{header.partnership.email}"}
        described["dcat:contactPoint"] = {
            "@type": "vcard:Kind",
            "vcard:fn": header.partnership.name,
            "vcard:hasEmail": address,
        }
    return described


def _distribution(published: Published, route: Route, content: bytes) -> JsonObject:
    described: JsonObject = {
        "@id": f"{published.address(urls.DATA)}#{route.file_name}",
        "@type": "dcat:Distribution",
        "dct:title": _words(route.title),
        "dct:description": _words(route.text or route.title),
        "dcat:accessURL": {"@id": published.address(urls.DATA)},
        "dcat:downloadURL": {"@id": published.address(route.path)},
        "dcat:mediaType": _is("dct:MediaType", f"{_MEDIA_TYPES}/{route.media}"),
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(len(content))},
    }
    if published.confirmed_licence:
        described["dct:license"] = _is("dct:LicenseDocument", published.confirmed_licence)
    return described


def _is(kind: str, address: str) -> JsonObject:
    """Something by its address, with what it is: validators see only what stands in the file."""
    return {"@id": address, "@type": kind}


def _day(published: Published) -> JsonObject:
    return {"@type": "xsd:date", "@value": published.about.changed.isoformat()}


def _words(text: str) -> JsonObject:
    return {"@language": "en", "@value": text}
