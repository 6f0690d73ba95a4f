"""The register in a catalogue of open data (DCAT 3), validated as DCAT-AP wants it by a validator that nobody here wrote."""

import json
from collections.abc import Callable
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from exported import SITE
from register.exports.identifiers import urn
from register.model import Register
from register.site import urls

DCAT, DCT = Namespace("http://www.w3.org/ns/dcat#"), Namespace("http://purl.org/dc/terms/")
SHAPES = Graph().parse(Path(__file__).with_name("dcat_ap.ttl"))
PATH = "data/catalogue.jsonld"


def graph(content: bytes | str) -> Graph:
    """A catalogue as a reader of RDF sees it."""
    return Graph().parse(data=content, format="json-ld")


def violations(catalogue: Graph) -> str:
    """What the validator finds: nothing if all is well."""
    conforms, _, words = pyshacl.validate(catalogue, shacl_graph=SHAPES)
    return "" if conforms else words


def test_the_catalogue_is_valid(files: dict[str, bytes]) -> None:
    assert violations(graph(files[PATH])) == ""


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ('"dct:publisher": {', '"dct:creator": {', "dct:publisher"),
        ('"@type": "dct:MediaType"', '"@type": "dct:Standard"', "dcat:mediaType"),
        ('"dcat:accessURL"', '"dcat:accessService"', "dcat:accessURL"),
        ('"@type": "xsd:date"', '"@type": "xsd:gYear"', "dct:modified"),
        ('"foaf:name"', '"foaf:nick"', "foaf:name"),
    ],
)
def test_a_catalogue_that_was_spoilt_is_refused(files: dict[str, bytes], old: str, new: str, path: str) -> None:
    text = files[PATH].decode()
    assert old in text
    assert f"Result Path: {path}" in violations(graph(text.replace(old, new)))


def test_every_file_that_is_offered_is_a_distribution_with_its_size(files: dict[str, bytes]) -> None:
    read = graph(files[PATH])
    offered = {
        str(read.value(one, DCAT.downloadURL)): read.value(one, DCAT.byteSize)
        for one in read.subjects(RDF.type, DCAT.Distribution)
    }
    assert {address: size.toPython() for address, size in offered.items()} == {
        f"{SITE}{route.path}": len(files[route.path]) for route in urls.OFFERED
    }


def test_the_dataset_has_its_permanent_name_keywords_and_the_day_of_the_latest_change(
    files: dict[str, bytes], sample_register: Register
) -> None:
    read, name = graph(files[PATH]), URIRef(urn(sample_register.header))
    assert {str(word) for word in read.objects(name, DCAT.keyword)} >= {"Exampleshire", "Sampleton"}
    changed = json.loads(files["data/register.json"])["about"]["changed"]
    assert str(read.value(name, DCT.modified)) == changed


def test_the_licence_is_named_only_once_it_is_confirmed(
    changed: Callable[..., dict[str, bytes]], files: dict[str, bytes], sample_register: Register
) -> None:
    assert set(graph(files[PATH]).objects(None, DCT.license)) == {URIRef("https://www.exampleshire.test/licence")}
    licence = sample_register.header.licence.model_copy(update={"confirmed": None})
    proposed = changed(licence=licence)[PATH]
    assert set(graph(proposed).objects(None, DCT.license)) == set()
    assert b"not yet confirmed" in proposed
