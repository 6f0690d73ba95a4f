"""Flat tables of the records: RFC 4180 (commas, CRLF, quotes where needed), UTF-8 without a byte-order mark.

A record within a record becomes columns named with an underscore (``summary_text``).
A list of words becomes one cell with single spaces between; a list of texts becomes
a JSON array, because no separator is safe in text. A list of records is not a column:
it has a table of its own. Nothing is altered: a date keeps its precision, and text
that begins with ``=`` stays as it was written. A spreadsheet may take such text for a
formula, so the page "Use the data" says how to open a table as text; an apostrophe put
before it (OWASP, CSV Injection) would be passed on as if somebody had written it.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pydantic import JsonValue
from pydantic.json_schema import JsonSchemaValue

from register.exports.crosswalk import CrosswalkRow, crosswalk
from register.exports.json_schema import holds_inquiry_words, published_fields, resolved
from register.exports.json_values import JsonObject, json_object
from register.exports.published import Published
from register.exports.published_records import PublishedLink, PublishedRecommendation, PublishedUpdate, Stamp
from register.model import Record
from register.site import urls
from register.site.urls import Route

SEPARATOR = " "  # between the words of a list in one cell; no id and no number holds one


@dataclass(frozen=True)
class Column:
    """A column, derived from a field of the model."""

    name: str
    path: tuple[str, ...]  # the names of the fields that lead to its value
    schema: JsonSchemaValue  # of its value, or of each item of a list
    description: str
    required: bool  # whether a record always has a value here
    listed: bool  # whether its value is a list
    inquiry_words: bool = False  # whether it holds the inquiry's own words, for which the licence does not hold

    @property
    def as_words(self) -> bool:
        """Whether a list stands in the cell as words with spaces between."""
        return self.listed and ("pattern" in self.schema or self.schema["type"] == "integer")

    @property
    def as_json(self) -> bool:
        """Whether a list stands in the cell as a JSON array."""
        return self.listed and not self.as_words

    def cell(self, row: JsonObject) -> str:
        """Return the cell's text in a row; nothing where there is no value."""
        value: JsonValue = row
        for name in self.path:
            value = value[name] if isinstance(value, dict) else None
        if value is None or value == []:
            return ""
        if isinstance(value, list) and self.as_words:
            return SEPARATOR.join(map(str, value))
        if isinstance(value, list | bool):
            return json.dumps(value, ensure_ascii=False)
        return str(value)


@dataclass(frozen=True)
class ForeignKey:
    """A column of one table whose values stand in a column of another, or of the same."""

    column: str
    table: Route
    referenced: str


@dataclass(frozen=True)
class Table:
    """A table as published."""

    route: Route
    description: str
    key: str  # its primary key: a column
    foreign_keys: tuple[ForeignKey, ...]
    columns: tuple[Column, ...]
    content: bytes

    @property
    def name(self) -> str:
        """The name by which descriptions and foreign keys know it."""
        return table_name(self.route)


def table_name(route: Route) -> str:
    """Return a table's name by its route: ``recommendations``."""
    return str(route.of[0])


def tables(published: Published) -> list[Table]:
    """Return every table, in the order of ``urls.TABLES``."""
    recommendations = list(published.recommendations.values())
    updates = [update for record in recommendations for update in record.updates]
    links = published.links
    comparisons = crosswalk(published.header)
    of_recommendation = ForeignKey("recommendation", urls.RECOMMENDATIONS_TABLE, "number")
    way_in = ForeignKey("way_in", urls.LINKS_TABLE, "id")
    source = ForeignKey("source", urls.LINKS_TABLE, "id")
    stamp = published.stamp
    return [
        _table(urls.RECOMMENDATIONS_TABLE, PublishedRecommendation, recommendations, stamp, "number"),
        _table(urls.UPDATES_TABLE, PublishedUpdate, updates, stamp, "key", of_recommendation),
        _table(urls.LINKS_TABLE, PublishedLink, links, stamp, "id", way_in),
        _table(urls.CROSSWALK_TABLE, CrosswalkRow, comparisons, stamp, "key", source),
    ]


def _table(
    route: Route, kind: type[Record], records: Iterable[Record], stamp: Stamp, key: str, *foreign_keys: ForeignKey
) -> Table:
    """One table; its description is the docstring of the kind of record that is a row of it."""
    all_columns = (*columns(kind), *columns(Stamp))
    rows = [{**json_object(record), **json_object(stamp)} for record in records]
    description = " ".join((kind.__doc__ or "").split())
    return Table(route, description, key, foreign_keys, all_columns, csv_file(all_columns, rows))


def columns(kind: type[Record]) -> tuple[Column, ...]:
    """Return the columns of a kind of record, in the model's order; nothing that is withheld."""
    schema = kind.model_json_schema(mode="serialization")
    return tuple(_columns(schema, schema, (), True))


def _columns(node: JsonSchemaValue, schema: JsonSchemaValue, path: tuple[str, ...], needed: bool) -> Iterator[Column]:
    """The columns of a record within another; ``needed`` says whether the outer one always has it."""
    for name, field in published_fields(node).items():
        here = (*path, name)
        inner = resolved(field, schema)
        listed = field.get("type") == "array"
        # A list that is always there may be empty, and so is its cell.
        required = needed and name in node.get("required", ()) and "anyOf" not in field and not listed
        if "properties" not in inner:
            of_inquiry = holds_inquiry_words(field, schema)
            yield Column("_".join(here), here, inner, field.get("description", ""), required, listed, of_inquiry)
        elif not listed:
            yield from _columns(inner, schema, here, required)


def csv_file(columns: Iterable[Column], rows: Iterable[JsonObject]) -> bytes:
    """Return rows as a CSV file, with the columns' names on its first line."""
    columns = tuple(columns)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([column.cell(row) for column in columns] for row in rows)
    return text.getvalue().encode()
