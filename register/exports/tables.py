"""Flat tables of the records: RFC 4180 (commas, CRLF, quotes where needed), UTF-8 without a byte-order mark.

A record within a record becomes columns named with an underscore (``summary_text``).
A date that may be known only to the month or year becomes four columns: as it is
known, its first and last possible day, and how precise it is. A list of words becomes
one cell with single spaces between; a list of texts becomes a JSON array, because no
separator is safe in text. A list of ids of other records has a table of its own besides,
which joins the two. A list of records is not a column: it has a table of its own.

No cell begins with a sign that a spreadsheet takes for a formula (OWASP, CSV Injection): the model refuses such text
where it is typed, so nothing is altered here.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import Literal

from pydantic import JsonValue
from pydantic.json_schema import JsonSchemaValue

from register import dates
from register.dates import PartialDate
from register.exports.crosswalk import CrosswalkRow, crosswalk
from register.exports.json_schema import holds_inquiry_words, published_fields, resolved
from register.exports.json_values import JsonObject, json_object
from register.exports.published import Published
from register.exports.published_records import (
    MovedDate,
    PublishedLink,
    PublishedMilestone,
    PublishedRecommendation,
    PublishedUpdate,
    RecordedRow,
    Stamp,
    VerdictRow,
)
from register.load.rules import vocabularies
from register.model import (
    CSV_PREFIX,
    CitesLink,
    NamedTerm,
    OfRecommendation,
    ProgressTerm,
    Record,
    Term,
    TermOf,
    Topic,
    VoiceTerm,
    kinds_in,
    marked_fields,
)
from register.site import urls
from register.site.urls import Route
from register.state.permanent_keys import milestone_keys
from register.state.recorded_status import recorded_statuses

SEPARATOR = " "  # between the words of a list in one cell; no id and no number holds one
Value = str | int | bool | None
DatePart = Literal["", "first", "last", "precision"]

_DAY: JsonSchemaValue = {"type": "string", "format": "date"}
_DATE_PARTS: tuple[tuple[DatePart, JsonSchemaValue, str], ...] = (
    ("first", _DAY, "The first possible day of"),
    ("last", _DAY, "The last possible day of"),
    ("precision", {"type": "string", "enum": ["day", "month", "year"]}, "How precisely it is known:"),
)


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
    part: DatePart = ""  # which part of a date that may be known only to the month or year
    csv_prefix: str = ""  # what stands before the value in a CSV file (see ``model.CSV_PREFIX``)
    refers_to: tuple[Route, str] | None = None  # the table and the column in which its values stand

    @property
    def as_words(self) -> bool:
        """Whether a list stands in the cell as words with spaces between."""
        of_words = "pattern" in self.schema or "enum" in self.schema or self.schema["type"] == "integer"
        return self.listed and (of_words or self.refers_to is not None)

    @property
    def as_json(self) -> bool:
        """Whether a list stands in the cell as a JSON array."""
        return self.listed and not self.as_words

    def held(self, row: JsonObject) -> JsonValue:
        """Return what the field itself holds in a row."""
        value: JsonValue = row
        for name in self.path:
            value = value[name] if isinstance(value, dict) else None
        return value

    def value(self, row: JsonObject) -> Value:
        """Return the value in a row, for formats that know numbers from text; None where there is none."""
        value = self.held(row)
        if value is None or value == []:
            return None
        if isinstance(value, list):
            return SEPARATOR.join(map(str, value)) if self.as_words else json.dumps(value, ensure_ascii=False)
        if self.part:
            return _part(PartialDate(str(value)), self.part)
        return value if isinstance(value, bool | int) else str(value)

    def cell(self, row: JsonObject) -> str:
        """Return the cell's text in a row of a CSV file; nothing where there is no value."""
        value = self.value(row)
        if value is None:
            return ""
        return json.dumps(value) if isinstance(value, bool) else f"{self.csv_prefix}{value}"


def _part(date: PartialDate, part: str) -> str:
    """The first or the last possible day of a date, or how precise it is."""
    if part == "precision":
        return {4: "year", 7: "month"}.get(len(date.text), "day")
    return (date.first if part == "first" else date.last).isoformat()


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
    rows: tuple[JsonObject, ...]

    @property
    def name(self) -> str:
        """The name by which descriptions and foreign keys know it."""
        return table_name(self.route)

    @cached_property
    def content(self) -> bytes:
        """The table as a CSV file."""
        return csv_file(self.columns, self.rows)


def table_name(route: Route) -> str:
    """Return a table's name by its route: ``recommendations``."""
    return str(route.of[0])


def tables(published: Published) -> list[Table]:
    """Return every table: those of ``urls.TABLES`` in their order, then those that join two of them."""
    made = [_table(route, kind, records, published.stamp) for route, kind, records in _kinds(published)]
    return [*made, *(joined for table in made for joined in _joins(table))]


def _kinds(published: Published) -> Iterator[tuple[Route, type[Record], Iterable[Record]]]:
    """Each table with the kind of record that is a row of it, and those records."""
    recommendations = list(published.recommendations.values())
    updates = [update for record in recommendations for update in record.updates]
    yield urls.RECOMMENDATIONS_TABLE, PublishedRecommendation, recommendations
    yield urls.UPDATES_TABLE, PublishedUpdate, updates
    yield urls.LINKS_TABLE, PublishedLink, published.links
    yield urls.CROSSWALK_TABLE, CrosswalkRow, crosswalk(published.header)
    yield urls.VERDICTS_TABLE, VerdictRow, _verdicts(recommendations)
    yield urls.MOVED_DATES_TABLE, MovedDate, _moved_dates(recommendations)
    yield urls.AS_RECORDED_TABLE, RecordedRow, _as_recorded(published)
    yield urls.TIMELINE_TABLE, PublishedMilestone, _timeline(published)
    yield urls.TOPICS_TABLE, Topic, published.register.topics
    for name, terms in vocabularies(published.header):
        yield urls.vocabulary_table(name), _TERMS.get(name, NamedTerm), terms


_TERMS: dict[str, type[Record]] = {"responses": Term, "progress": ProgressTerm, "voices": VoiceTerm}


def _verdicts(records: Iterable[PublishedRecommendation]) -> Iterator[VerdictRow]:
    for record in records:
        for verdict in record.today.verdicts:
            key = f"{record.number}/{verdict.voice}"
            yield VerdictRow(**dict(verdict), key=key, recommendation=record.number)


def _moved_dates(records: Iterable[PublishedRecommendation]) -> Iterator[MovedDate]:
    for record in records:
        for place, move in enumerate(record.today.due_moves, 1):
            yield MovedDate(**dict(move), key=f"{record.number}/{place}", recommendation=record.number)


def _as_recorded(published: Published) -> Iterator[RecordedRow]:
    for number, status in published.snapshot.statuses.items():
        for place, held in enumerate(recorded_statuses(status.record, published.header), 1):
            said = held.status
            yield RecordedRow(
                key=f"{number}/{place}",
                recommendation=number,
                since=held.since,
                until=held.until,
                response=said.response.id if said.response else None,
                progress=said.progress.id if said.progress else None,
                closed=said.closed,
                due=said.due.now if said.due else None,
            )


def _timeline(published: Published) -> Iterator[PublishedMilestone]:
    timeline = published.register.timeline
    for key, milestone in zip(milestone_keys(timeline), timeline, strict=True):
        yield PublishedMilestone(**dict(milestone), key=key)


def _table(route: Route, kind: type[Record], records: Iterable[Record], stamp: Stamp) -> Table:
    """One table; its description is the docstring of the kind of record that is a row of it."""
    all_columns = (*columns(kind), *columns(Stamp))
    rows = tuple({**json_object(record), **json_object(stamp)} for record in records)
    description = " ".join((kind.__doc__ or "").split())
    key = next(name for name in ("key", "id", "number") if name in kind.model_fields)
    return Table(route, description, key, tuple(_foreign_keys(all_columns, route, key)), all_columns, rows)


def _foreign_keys(columns: Iterable[Column], route: Route, key: str) -> Iterator[ForeignKey]:
    """The columns that name a row of a table; the key of a row does not name another."""
    for column in columns:
        if column.refers_to and not column.listed and (column.refers_to[0], column.name) != (route, key):
            yield ForeignKey(column.name, *column.refers_to)


# ── what refers to another record ──────────────────────────────────────────────────────────────


def _references(kind: type[Record], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[Route, str]]]:
    """The fields of a kind of record that name other records, each with the table and the column where those stand."""
    for name, mark in marked_fields(kind, TermOf).items():
        yield (*path, name), (urls.vocabulary_table(mark.vocabulary), "id")
    for name in marked_fields(kind, CitesLink):
        yield (*path, name), (urls.LINKS_TABLE, "id")
    for name in marked_fields(kind, OfRecommendation):
        yield (*path, name), (urls.RECOMMENDATIONS_TABLE, "number")
    for name, info in kind.model_fields.items():
        for inner in kinds_in(info.annotation):
            yield from _references(inner, (*path, name))


def _joins(table: Table) -> Iterator[Table]:
    """For each list of ids a table of its own: one row for each id."""
    for column in table.columns:
        if column.refers_to and column.listed:
            yield _join(table, column)


def _join(table: Table, column: Column) -> Table:
    """The table that joins the rows of a table with those that one of its lists names."""
    own = next(held for held in table.columns if held.name == table.key)
    of = urls.ROWS_OF[table.name]
    name = f"{of}_key" if table.key == "key" else of  # "update" alone is a word of SQL
    owner = replace(own, name=name, path=("of",), description=f"Which {of}.", refers_to=(table.route, table.key))
    place = Column("place", ("place",), {"type": "integer", "minimum": 1}, "Its place in the list.", True, False)
    item = replace(column, path=("names",), listed=False, required=True)
    key = Column("key", ("key",), {"type": "string"}, "The row's key.", True, False)
    stamp = (held for held in table.columns if held.name in Stamp.model_fields)
    all_columns = (key, owner, place, item, *stamp)
    rows = tuple(
        {"key": f"{own.value(row)}/{at}", "of": own.held(row), "place": at, "names": held, **_stamp_of(row)}
        for row in table.rows
        for at, held in enumerate(_items(column, row), 1)
    )
    route = urls.join_table(table.name, column.name)
    return Table(route, route.text, "key", tuple(_foreign_keys(all_columns, route, "key")), all_columns, rows)


def _items(column: Column, row: JsonObject) -> list[JsonValue]:
    held = column.held(row)
    return held if isinstance(held, list) else []


def _stamp_of(row: JsonObject) -> JsonObject:
    return {name: row[name] for name in Stamp.model_fields}


# ── columns ────────────────────────────────────────────────────────────────────────────────────


@cache
def columns(kind: type[Record]) -> tuple[Column, ...]:
    """Return the columns of a kind of record, in the model's order; nothing that is withheld."""
    schema = kind.model_json_schema(mode="serialization")
    refers_to = dict(_references(kind, ()))
    found = (replace(column, refers_to=refers_to.get(column.path)) for column in _columns(schema, schema, (), True))
    return tuple(part for column in found for part in _parts(column))


def _columns(node: JsonSchemaValue, schema: JsonSchemaValue, path: tuple[str, ...], needed: bool) -> Iterator[Column]:
    """The columns of a record within another; ``needed`` says whether the outer one always has it."""
    for name, field in published_fields(node).items():
        here = (*path, name)
        inner = resolved(field, schema)
        listed = field.get("type") == "array"
        # A list that is always there may be empty, and so is its cell.
        required = needed and name in node.get("required", ()) and "anyOf" not in field and not listed
        if "properties" not in inner:
            yield Column(
                name="_".join(here),
                path=here,
                schema=inner,
                description=field.get("description", ""),
                required=required,
                listed=listed,
                inquiry_words=holds_inquiry_words(field, schema),
                csv_prefix=field.get(CSV_PREFIX, ""),
            )
        elif not listed:
            yield from _columns(inner, schema, here, required)


def _parts(column: Column) -> Iterator[Column]:
    """A column, and where it holds a date that may be known only to the month or year, what is certain of it."""
    pattern = column.schema.get("pattern")
    if pattern == dates.DAYS:
        yield replace(column, schema=_DAY)
        return
    yield column
    if pattern == dates.DATES and not column.listed:
        for part, schema, says in _DATE_PARTS:
            described = f"{says} '{column.name}'."
            yield replace(column, name=f"{column.name}_{part}", schema=schema, description=described, part=part)


def csv_file(columns: Iterable[Column], rows: Iterable[JsonObject]) -> bytes:
    """Return rows as a CSV file, with the columns' names on its first line."""
    columns = tuple(columns)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.name for column in columns])
    writer.writerows([column.cell(row) for column in columns] for row in rows)
    return text.getvalue().encode()
