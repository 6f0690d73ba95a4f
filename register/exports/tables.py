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
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from register.exports.crosswalk import Comparison, comparisons
from register.exports.published import Published, PublishedRecommendation, PublishedUpdate, Stamp, resolved
from register.model import Link, Record
from register.site import urls
from register.site.urls import Route

WORDS = " "  # between the words of a list in one cell; no id and no number holds one


@dataclass(frozen=True)
class Column:
    """A column, read off the model: its name, the way to its value, and the schema of the value or of a list's items."""

    name: str
    path: tuple[str, ...]
    schema: dict
    description: str
    required: bool
    listed: bool

    @property
    def as_words(self) -> bool:
        """Whether a list stands in the cell as words with spaces between."""
        return self.listed and ("pattern" in self.schema or self.schema["type"] == "integer")

    @property
    def as_json(self) -> bool:
        """Whether a list stands in the cell as a JSON array."""
        return self.listed and not self.as_words

    def cell(self, row: dict) -> str:
        """The cell's text; nothing where there is no value."""
        value: Any = row
        for name in self.path:
            value = value[name] if value is not None else None
        if value is None or value == []:
            return ""
        if self.as_words:
            return WORDS.join(map(str, value))
        if isinstance(value, (list, bool)):
            return json.dumps(value, ensure_ascii=False)
        return str(value)


@dataclass(frozen=True)
class Table:
    """A table as published."""

    route: Route
    text: str
    key: tuple[str, ...]
    refers: tuple[tuple[str, str, str], ...]  # a column of this table, another table, its column
    columns: tuple[Column, ...]
    content: bytes

    @property
    def name(self) -> str:
        """Its name, by which other tables refer to it."""
        return str(self.route.of[0])


def tables(published: Published) -> list[Table]:
    """Return every table."""
    recommendations = published.recommendations.values()
    updates = [update for record in recommendations for update in record.updates]
    links = published.register.links
    return [
        _table(published, PublishedRecommendation, urls.RECOMMENDATIONS_TABLE, ("number",), (), recommendations),
        _table(
            published,
            PublishedUpdate,
            urls.UPDATES_TABLE,
            ("key",),
            (("recommendation", "recommendations", "number"),),
            updates,
        ),
        _table(published, Link, urls.LINKS_TABLE, ("id",), (("way_in", "links", "id"),), links),
        _table(
            published,
            Comparison,
            urls.CROSSWALK_TABLE,
            ("key",),
            (("source", "links", "id"),),
            comparisons(published.header),
        ),
    ]


def columns(kind: type[Record]) -> tuple[Column, ...]:
    """Return the columns of a kind of record, in the model's order; nothing that is withheld."""
    schema = kind.model_json_schema(mode="serialization")
    return tuple(_columns(schema, schema, (), True))


def _columns(node: dict, schema: dict, path: tuple[str, ...], needed: bool) -> Iterable[Column]:
    for name, field in node["properties"].items():
        if field.get("withheld"):
            continue
        here = (*path, name)
        inner = resolved(field, schema)
        listed = field.get("type") == "array"
        required = needed and name in node.get("required", ()) and "anyOf" not in field
        if "properties" not in inner:
            yield Column("_".join(here), here, inner, field.get("description", ""), required, listed)
        elif not listed:
            yield from _columns(inner, schema, here, required)


def _table(
    published: Published,
    kind: type[Record],
    route: Route,
    key: tuple[str, ...],
    refers: tuple[tuple[str, str, str], ...],
    records: Iterable[Record],
) -> Table:
    stamp = published.stamp.model_dump(mode="json")
    held = (*columns(kind), *columns(Stamp))
    rows = [{**record.model_dump(mode="json"), **stamp} for record in records]
    text = " ".join((kind.__doc__ or "").split())
    return Table(route, text, key, refers, held, written(held, rows))


def written(held: Iterable[Column], rows: Iterable[dict]) -> bytes:
    """Return rows as a CSV file (RFC 4180), with the columns' names on its first line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in held])
    writer.writerows([column.cell(row) for column in held] for row in rows)
    return text.getvalue().encode()
