"""What descriptions say of the tables to programs: CSV on the Web and Frictionless Data Package, exactly."""

import datetime
import hashlib
import json
from typing import Annotated

import pytest
from pydantic import Field

from exported import SITE
from register.exports.identifiers import urn
from register.exports.published import Published
from register.exports.table_descriptions import csvw, datapackage
from register.exports.tables import ForeignKey, Table, columns
from register.model import THE_INQUIRYS, Fit, Id, Record, Register, Title
from register.site import urls
from register.state.snapshot import Snapshot
from registers import TODAY


class Row(Record):
    """A row of every kind of column."""

    number: Annotated[int, Field(ge=1, le=99, description="How many.")]
    title: Title | None = None
    word: Id
    fit: Fit | None = None
    day: datetime.date
    words: list[Id] = []
    numbers: list[int]
    texts: list[Title] = []
    said: Annotated[str | None, Field(json_schema_extra=THE_INQUIRYS)] = None


TABLE = Table(
    urls.LINKS_TABLE,
    "A row.",
    "word",
    (ForeignKey("word", urls.LINKS_TABLE, "id"), ForeignKey("number", urls.RECOMMENDATIONS_TABLE, "number")),
    columns(Row),
    (),
)
WORDS = "^[a-z0-9]+(-[a-z0-9]+)*$"
LICENCE = "Proposed for this register’s own words and data, not yet confirmed: Open Licence."


@pytest.fixture(scope="module")
def published(small_register: Register) -> Published:
    """The small register, whose licence is not confirmed."""
    return Published(Snapshot(small_register, TODAY), SITE)


def test_the_csvw_metadata_of_a_table_are_exactly_these(published: Published) -> None:
    described = json.loads(csvw(published, TABLE))
    schema = described.pop("tableSchema")
    assert described == {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": "links.csv",
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "dc:title": "The Smallshire register: links",
        "dc:description": "A row.",
        "dc:identifier": f"{urn(published.header)}#links",
        "dc:publisher": "Smallshire Partnership",
        "dc:rights": f"{LICENCE} The inquiry's words are its own.",
        "dcterms:hasVersion": published.snapshot.version,
        "dcterms:modified": "2026-02-10",
        "rdfs:comment": "Help: Police: 999 (Any time).",
    }
    assert schema["primaryKey"] == ["word"]
    assert schema["aboutUrl"] == f"{SITE}data/links.csv#{{word}}"
    assert "foreignKeys" not in schema  # of a table by itself
    assert all(column["titles"] == column["name"] for column in schema["columns"])
    assert [column["dc:description"] for column in schema["columns"]] == ["How many.", *[""] * 8]
    left = [
        {name: column[name] for name in column if name not in ("titles", "dc:description")}
        for column in schema["columns"]
    ]
    assert left == [
        {"name": "number", "datatype": {"base": "integer", "minimum": 1, "maximum": 99}, "required": True},
        {"name": "title", "datatype": {"base": "string", "maxLength": 120}},
        {"name": "word", "datatype": {"base": "string", "maxLength": 60, "format": WORDS}, "required": True},
        {"name": "fit", "datatype": {"base": "string", "format": "exact|close|broader|narrower"}},
        {"name": "day", "datatype": {"base": "date"}, "required": True},
        {"name": "words", "datatype": {"base": "string", "format": WORDS}, "separator": " "},
        {"name": "numbers", "datatype": {"base": "integer"}, "separator": " "},
        {"name": "texts", "datatype": "json"},
        {"name": "said", "datatype": {"base": "string"}, "dc:rights": "The inquiry's words are its own."},
    ]


def test_the_data_package_is_exactly_this(published: Published) -> None:
    package = json.loads(datapackage(published, [TABLE]))
    (resource,) = package.pop("resources")
    assert package == {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "smallshire",
        "id": urn(published.header),
        "title": "The Smallshire register",
        "description": published.about_in_words,
        "homepage": "https://register.exampleshire.test/data/",
        "version": published.snapshot.version,
        "created": "2026-02-10T00:00:00Z",
        "contributors": [{"title": "Smallshire Partnership", "roles": ["publisher"]}],
        "sources": [{"title": "Inquiry into Great Wyrley Ponds"}],
        "about": published.about_object,
    }
    schema = resource.pop("schema")
    assert resource == {
        "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
        "name": "links",
        "type": "table",
        "path": "links.csv",
        "description": "A row.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(TABLE.content),
        "hash": f"sha256:{hashlib.sha256(TABLE.content).hexdigest()}",
    }
    fields = schema.pop("fields")
    assert schema == {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "primaryKey": ["word"],
        "foreignKeys": [
            {"fields": ["word"], "reference": {"fields": ["id"]}},
            {"fields": ["number"], "reference": {"resource": "recommendations", "fields": ["number"]}},
        ],
    }
    assert [field.pop("description") for field in fields] == ["How many.", *[""] * 8]
    pattern = WORDS.strip("^$")
    assert fields == [
        {"name": "number", "type": "integer", "constraints": {"minimum": 1, "maximum": 99, "required": True}},
        {"name": "title", "type": "string", "constraints": {"maxLength": 120}},
        {"name": "word", "type": "string", "constraints": {"maxLength": 60, "pattern": pattern, "required": True}},
        {"name": "fit", "type": "string", "constraints": {"enum": ["exact", "close", "broader", "narrower"]}},
        {"name": "day", "type": "date", "constraints": {"required": True}},
        {"name": "words", "type": "list", "delimiter": " ", "itemType": "string"},
        {"name": "numbers", "type": "list", "delimiter": " ", "itemType": "integer"},
        {"name": "texts", "type": "array"},
        {"name": "said", "type": "string", "constraints": {}, "rights": "The inquiry's words are its own."},
    ]


def test_a_confirmed_licence_is_linked(sample: Snapshot) -> None:
    published = Published(sample, SITE)
    address = "https://www.exampleshire.test/licence"
    assert json.loads(csvw(published, TABLE))["dc:license"] == {"@id": address}
    assert json.loads(datapackage(published, []))["licenses"] == [
        {"path": address, "title": "Exampleshire Sample Licence (fictional)"}
    ]
