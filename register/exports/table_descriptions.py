"""Descriptions of the tables for machines: CSV on the Web (W3C, 2015) and Frictionless Data Package (version 2)."""

import hashlib
import re

from pydantic import JsonValue
from pydantic.json_schema import JsonSchemaValue

from register.exports.json_values import JsonObject, json_file
from register.exports.published import Published
from register.exports.tables import SEPARATOR, Column, ForeignKey, Table, table_name
from register.site import urls
from register.site.urls import Route

_PROFILES = "https://datapackage.org/profiles/2.0/"


_CONTEXT: JsonValue = ["http://www.w3.org/ns/csvw", {"@language": "en"}]


def csvw_group(published: Published, tables: list[Table]) -> bytes:
    """Return the CSV on the Web metadata of all tables together, with what refers to what (tabular-metadata, section 5.3)."""
    return json_file(
        {
            "@context": _CONTEXT,
            **_csvw_about(published, published.about.title, published.about.name),
            "tables": [_csvw_table(published, table, _csvw_keys(table)) for table in tables],
        }
    )


def csvw(published: Published, table: Table) -> bytes:
    """Return the CSV on the Web metadata of one table by itself (tabular-metadata, section 5.4).

    Alone it cannot say what refers to another table; ``csvw_group`` does.
    """
    about = published.about
    of_all = _csvw_about(published, f"{about.title}: {table.name}", f"{about.name}#{table.name}")
    return json_file({"@context": _CONTEXT, **_csvw_table(published, table, {}), **of_all})


def _csvw_about(published: Published, title: str, name: str) -> JsonObject:
    """What goes with every description."""
    about = published.about
    described: JsonObject = {
        "dc:title": title,
        "dc:identifier": name,
        "dc:publisher": published.header.partnership.name,
        "dc:rights": published.licence_in_words,
        "dcterms:hasVersion": about.version,
        "dcterms:modified": about.changed.isoformat(),
        "rdfs:comment": f"Help: {published.help_in_words}",
    }
    if published.confirmed_licence:
        described["dc:license"] = {"@id": published.confirmed_licence}
    return described


def _csvw_table(published: Published, table: Table, keys: JsonObject) -> JsonObject:
    return {
        "url": table.route.file_name,
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "dc:description": table.description,
        "tableSchema": {
            "aboutUrl": _subject(published, table.route, table.key),
            "columns": [_csvw_column(published, column) for column in table.columns],
            "primaryKey": [table.key],
            **keys,
        },
    }


def _csvw_keys(table: Table) -> JsonObject:
    """What always refers to another row: strict validators refuse an empty cell. ``valueUrl`` says so of the others, too."""
    always = {column.name for column in table.columns if column.required}
    keys: list[JsonValue] = [
        {
            "columnReference": key.column,
            "reference": {"resource": key.table.file_name, "columnReference": key.referenced},
        }
        for key in table.foreign_keys
        if key.column in always
    ]
    return {"foreignKeys": keys} if keys else {}


def _subject(published: Published, table: Route, column: str) -> str:
    """The address of what a row is about, as a URI template (RFC 6570): a recommendation's page, else the row itself."""
    if table == urls.RECOMMENDATIONS_TABLE:
        return published.address(urls.recommendation(f"{{{column}}}"))
    return f"{published.address(table.path)}#{{{column}}}"


def _csvw_column(published: Published, column: Column) -> JsonObject:
    described: JsonObject = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.description,
        "datatype": "json" if column.as_json else _csvw_datatype(column),
    }
    if column.required and not column.listed:
        described["required"] = True
    if column.as_words:
        described["separator"] = SEPARATOR
    if column.refers_to and not column.listed:  # of a list it would make one address
        described["valueUrl"] = _subject(published, column.refers_to[0], column.name)
    if column.inquiry_words:
        described["dc:rights"] = published.header.licence.wording
    return described


def _csvw_datatype(column: Column) -> JsonObject:
    """The datatype of a cell, or of each item of a list in a cell (tabular-metadata, section 5.11.2).

    Bounds of a list's items stand in the table that joins them: csvw2sqlite would hold the whole cell against them.
    """
    schema = column.schema
    bounds = {} if column.listed else _kept(schema, "minimum", "maximum", "maxLength")
    datatype: JsonObject = {"base": _base(schema), **bounds}
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
        "created": f"{about.changed.isoformat()}T00:00:00Z",
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
            **_foreign_keys(table),
        },
    }


def _foreign_keys(table: Table) -> JsonObject:
    """What refers to what: one reference at least, or none of this name (Table Schema profile, ``foreignKeys``)."""
    keys: list[JsonValue] = [_foreign_key(table, key) for key in table.foreign_keys]
    return {"foreignKeys": keys} if keys else {}


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
