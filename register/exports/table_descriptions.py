"""Descriptions of the tables for machines: CSV on the Web (W3C, 2015) and Frictionless Data Package (version 2)."""

import hashlib
import re

from register.exports.documents import as_json
from register.exports.published import Published
from register.exports.tables import WORDS, Column, Table
from register.site import urls

_PROFILES = "https://datapackage.org/profiles/2.0/"


def csvw(published: Published, table: Table) -> bytes:
    """Return the CSV on the Web metadata of one table (tabular-metadata, section 5.4)."""
    about = published.about
    description = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": f"{table.name}.csv",
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "dc:title": f"{about.title}: {table.name}",
        "dc:description": table.text,
        "dc:identifier": f"{about.name}#{table.name}",
        "dc:publisher": published.header.partnership.name,
        "dc:rights": published.licence_in_words,
        "dcterms:hasVersion": about.version,
        "dcterms:temporal": about.as_of.isoformat(),
        "rdfs:comment": f"Help: {published.help_in_words}",
        "tableSchema": {
            "columns": [_csvw_column(published, column) for column in table.columns],
            "primaryKey": list(table.key),
        },
    }
    if about.licence.confirmed and about.licence.url:
        description["dc:license"] = {"@id": about.licence.url}
    return as_json(description)


def _csvw_column(published: Published, column: Column) -> dict:
    described = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": "json" if column.as_json else _csvw_datatype(column.schema),
    }
    if column.required and not column.listed:
        described["required"] = True
    if column.as_words:
        described["separator"] = WORDS
    if column.schema.get("rights"):
        described["dc:rights"] = published.header.licence.wording
    return described


def _csvw_datatype(schema: dict) -> dict:
    """The datatype of a cell, or of each item of a list in a cell (tabular-metadata, section 5.11.2)."""
    datatype = {"base": schema.get("format", schema["type"])}  # the only format is "date"
    for ours, theirs in (("minimum", "minimum"), ("maximum", "maximum"), ("maxLength", "maxLength")):
        if ours in schema:
            datatype[theirs] = schema[ours]
    pattern = schema.get("pattern") or ("|".join(map(re.escape, schema["enum"])) if "enum" in schema else None)
    if pattern:
        datatype["format"] = pattern
    return datatype


def datapackage(published: Published, tables: list[Table]) -> bytes:
    """Return the Frictionless Data Package of all tables (datapackage.org, version 2)."""
    about = published.about
    package = {
        "$schema": f"{_PROFILES}datapackage.json",
        "name": published.header.id,
        "id": about.name,
        "title": about.title,
        "description": published.about_in_words,
        "homepage": published.address(urls.DATA),
        "version": about.version,
        "created": f"{about.as_of.isoformat()}T00:00:00Z",
        "contributors": [{"title": published.header.partnership.name, "roles": ["publisher"]}],
        "sources": [{"title": published.header.inquiry.name}],
        "resources": [_resource(published, table) for table in tables],
        "about": published.about_plain,
    }
    if about.licence.confirmed and about.licence.url:
        package["licenses"] = [{"path": about.licence.url, "title": about.licence.name}]
    return as_json(package)


def _resource(published: Published, table: Table) -> dict:
    return {
        "$schema": f"{_PROFILES}dataresource.json",
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "description": table.text,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(table.content),
        "hash": f"sha256:{hashlib.sha256(table.content).hexdigest()}",
        "schema": {
            "$schema": f"{_PROFILES}tableschema.json",
            "fields": [_field(published, column) for column in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": [column],
                    "reference": {"fields": [theirs]}
                    if other == table.name
                    else {"resource": other, "fields": [theirs]},
                }
                for column, other, theirs in table.refers
            ],
        },
    }


def _field(published: Published, column: Column) -> dict:
    kind = column.schema.get("format", column.schema["type"])  # the only format is "date"
    field = {"name": column.name, "type": kind, "description": column.description}
    if column.as_words:
        field |= {"type": "list", "delimiter": WORDS, "itemType": kind}
    elif column.as_json:
        field["type"] = "array"
    else:
        field["constraints"] = _constraints(column)
    if column.schema.get("rights"):
        field["rights"] = published.header.licence.wording
    return field


def _constraints(column: Column) -> dict:
    """The constraints of a cell (Table Schema); its patterns are those of XML Schema, which match the whole value."""
    kept = {name: column.schema[name] for name in ("minimum", "maximum", "maxLength", "enum") if name in column.schema}
    if "pattern" in column.schema:
        kept["pattern"] = column.schema["pattern"].removeprefix("^").removesuffix("$")
    if column.required:
        kept["required"] = True
    return kept
