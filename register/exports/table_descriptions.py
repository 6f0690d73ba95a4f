"""Descriptions of the tables for machines: CSV on the Web (W3C, 2015) and Frictionless Data Package (version 2)."""

import hashlib
import re

from pydantic import JsonValue
from pydantic.json_schema import JsonSchemaValue

from register.exports.json_values import JsonObject, json_file
from register.exports.published import Published
from register.exports.tables import SEPARATOR, Column, ForeignKey, Table, table_name
from register.site import urls

_PROFILES = "https://datapackage.org/profiles/2.0/"


def csvw(published: Published, table: Table) -> bytes:
    """Return the CSV on the Web metadata of one table (tabular-metadata, section 5.4)."""
    about, name = published.about, table.name
    description: JsonObject = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "url": table.route.file_name,
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "dc:title": f"{about.title}: {name}",
        "dc:description": table.description,
        "dc:identifier": f"{about.name}#{name}",
        "dc:publisher": published.header.partnership.name,
        "dc:rights": published.licence_in_words,
        "dcterms:hasVersion": about.version,
        "dcterms:temporal": about.as_of.isoformat(),
        "rdfs:comment": f"Help: {published.help_in_words}",
        "tableSchema": {
            "columns": [_csvw_column(published, column) for column in table.columns],
            "primaryKey": [table.key],
        },
    }
    if published.confirmed_licence:
        description["dc:license"] = {"@id": published.confirmed_licence}
    return json_file(description)


def _csvw_column(published: Published, column: Column) -> JsonObject:
    described: JsonObject = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": "json" if column.as_json else _csvw_datatype(column.schema),
    }
    if column.required and not column.listed:
        described["required"] = True
    if column.as_words:
        described["separator"] = SEPARATOR
    if column.inquiry_words:
        described["dc:rights"] = published.header.licence.wording
    return described


def _csvw_datatype(schema: JsonSchemaValue) -> JsonObject:
    """The datatype of a cell, or of each item of a list in a cell (tabular-metadata, section 5.11.2)."""
    datatype: JsonObject = {"base": _base(schema), **_kept(schema, "minimum", "maximum", "maxLength")}
    pattern = schema.get("pattern") or ("|".join(map(re.escape, schema["enum"])) if "enum" in schema else None)
    if pattern:
        datatype["format"] = pattern
    return datatype


def datapackage(published: Published, tables: list[Table]) -> bytes:
    """Return the Frictionless Data Package of all tables (datapackage.org, version 2)."""
    about = published.about
    package: JsonObject = {
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
        "about": published.about_object,
    }
    if published.confirmed_licence:
        package["licenses"] = [{"path": published.confirmed_licence, "title": about.licence.name}]
    return json_file(package)


def _resource(published: Published, table: Table) -> JsonObject:
    return {
        "$schema": f"{_PROFILES}dataresource.json",
        "name": table.name,
        "type": "table",
        "path": table.route.file_name,
        "description": table.description,
        "format": "csv",
        "mediatype": table.route.media,
        "encoding": "utf-8",
        "bytes": len(table.content),
        "hash": f"sha256:{hashlib.sha256(table.content).hexdigest()}",
        "schema": {
            "$schema": f"{_PROFILES}tableschema.json",
            "fields": [_field(published, column) for column in table.columns],
            "primaryKey": [table.key],
            "foreignKeys": [_foreign_key(table, key) for key in table.foreign_keys],
        },
    }


def _foreign_key(table: Table, key: ForeignKey) -> JsonObject:
    """A reference to a column; a table that refers to itself is not named (Table Schema, ``foreignKeys``)."""
    resource: JsonObject = {} if key.table == table.route else {"resource": table_name(key.table)}
    return {"fields": [key.column], "reference": {**resource, "fields": [key.referenced]}}


def _field(published: Published, column: Column) -> JsonObject:
    base = _base(column.schema)
    field: JsonObject = {"name": column.name, "type": base, "description": column.description}
    if column.as_words:
        field |= {"type": "list", "delimiter": SEPARATOR, "itemType": base}
    elif column.as_json:
        field["type"] = "array"
    else:
        field["constraints"] = _constraints(column)
    if column.inquiry_words:
        field["rights"] = published.header.licence.wording
    return field


def _constraints(column: Column) -> JsonObject:
    """The constraints of a cell (Table Schema); its patterns are those of XML Schema, which match the whole value."""
    constraints = _kept(column.schema, "minimum", "maximum", "maxLength", "enum")
    if "pattern" in column.schema:
        constraints["pattern"] = column.schema["pattern"].removeprefix("^").removesuffix("$")
    if column.required:
        constraints["required"] = True
    return constraints


def _base(schema: JsonSchemaValue) -> JsonValue:
    """The type of a value: both descriptions use JSON Schema's names, and ``date``, the model's only format."""
    base: JsonValue = schema.get("format", schema["type"])
    return base


def _kept(schema: JsonSchemaValue, *names: str) -> JsonObject:
    """Those keywords of a schema that a description holds under the same name."""
    return {name: schema[name] for name in names if name in schema}
