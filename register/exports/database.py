"""The tables in one SQLite file, with views that answer what people ask of a register in one line.

The same register gives the same bytes: nothing in the file says when or by which version of SQLite it was written.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from register.exports.published import Published
from register.exports.tables import Column, Table, table_name
from register.exports.tables import tables as all_tables

# Every view is written in words that DuckDB understands, too.
VIEWS: Mapping[str, str] = {
    "responses_by_day": """
        SELECT days.day, responses.id AS response, responses.label, count(held.recommendation) AS how_many
        FROM (SELECT DISTINCT since AS day FROM as_recorded) AS days
        CROSS JOIN responses
        LEFT JOIN as_recorded AS held ON held.response = responses.id
            AND days.day BETWEEN held.since AND coalesce(held.until, '9999-12-31')
        GROUP BY days.day, responses.id, responses.label""",
    "promises_moved": """
        SELECT recommendation AS number, was AS before, now, days AS days_later, moved_on, reason
        FROM moved_dates""",
    "views_differ": """
        SELECT verdicts.recommendation AS number, voices.label AS voice, verdicts.response, verdicts.progress,
            recommendations.today_response AS decided, recommendations.today_progress AS work
        FROM verdicts
        JOIN voices ON voices.id = verdicts.voice
        JOIN recommendations ON recommendations.number = verdicts.recommendation
        WHERE verdicts.differs""",
    "said": """
        SELECT recommendation AS number, since, coalesce(until, '9999-12-31') AS until, response, progress, closed, due
        FROM as_recorded""",
}


@dataclass(frozen=True)
class Question:
    """A question that the database answers in one line."""

    words: str
    sql: str


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question with what the database answers today."""

    question: Question
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def questions(day: str) -> list[Question]:
    """Return the questions that the page "Use the data" shows.

    Args:
        day: for what was said on one day, like ``2026-03-31``.
    """
    return [
        Question(
            "How many recommendations had which response, by date? Those without one are not counted.",
            "SELECT day, label, how_many FROM responses_by_day WHERE how_many > 0 ORDER BY day DESC, label",
        ),
        Question(
            "Which promised dates were moved, and by how many days?",
            "SELECT number, before, now, days_later FROM promises_moved ORDER BY days_later DESC, number",
        ),
        Question(
            "Where do voices differ today?",
            "SELECT number, voice, response, progress, decided, work FROM views_differ ORDER BY number, voice",
        ),
        Question(
            "What did the register say on a day?",
            f"SELECT number, response, progress, due FROM said WHERE '{day}' BETWEEN since AND until ORDER BY number",
        ),
    ]


def database(published: Published, tables: list[Table]) -> bytes:
    """Return the tables as one SQLite file, with what each column means and with ``VIEWS``."""
    with contextlib.closing(_filled(published, tables)) as connection:
        content = connection.serialize()
    # Bytes 24 to 27 and 92 to 95 count changes, 96 to 99 name the version of SQLite that wrote (sqlite.org, "Database File
    # Format", 1.3): no reader needs them, and they differ from machine to machine.
    count, version = (1).to_bytes(4, "big"), bytes(4)
    return content[:24] + count + content[28:92] + count + version + content[100:]


def answers(published: Published) -> list[AnsweredQuestion]:
    """Return what the database answers to ``questions``, each value as text."""
    day = published.about.changed.isoformat()
    with contextlib.closing(_filled(published, all_tables(published))) as connection:
        return [_answer(connection, question) for question in questions(day)]


def _answer(connection: sqlite3.Connection, question: Question) -> AnsweredQuestion:
    found = connection.execute(question.sql)
    names = tuple(column[0] for column in found.description)
    return AnsweredQuestion(
        question, names, tuple(tuple("" if held is None else str(held) for held in row) for row in found)
    )


def _filled(published: Published, tables: list[Table]) -> sqlite3.Connection:
    """A database in memory that holds the tables."""
    connection = sqlite3.connect(":memory:")
    with connection:
        for table in tables:
            _add(connection, table)
        _add_words(connection, "about", ("name", "value"), _about(published))
        described = ((table.name, column.name, column.description) for table in tables for column in table.columns)
        _add_words(connection, "fields", ("table_name", "column_name", "description"), described)
        for name, query in VIEWS.items():
            connection.execute(f"CREATE VIEW {name} AS {query}")
    return connection


def _add(connection: sqlite3.Connection, table: Table) -> None:
    columns = [_declared(table, column) for column in table.columns]
    keys = [
        f'FOREIGN KEY ("{key.column}") REFERENCES "{table_name(key.table)}" ("{key.referenced}")'
        for key in table.foreign_keys
    ]
    connection.execute(f'CREATE TABLE "{table.name}" ({", ".join([*columns, *keys])})')
    places = ", ".join("?" * len(table.columns))
    rows = ([column.value(row) for column in table.columns] for row in table.rows)
    connection.executemany(f'INSERT INTO "{table.name}" VALUES ({places})', rows)


def _declared(table: Table, column: Column) -> str:
    """A column as SQL declares it. SQLite keeps true and false as 1 and 0, and days as text that sorts as days do."""
    kind = "INTEGER" if column.schema["type"] in ("integer", "boolean") and not column.listed else "TEXT"
    needed = " PRIMARY KEY" if column.name == table.key else " NOT NULL" if column.required else ""
    return f'"{column.name}" {kind}{needed}'


def _add_words(
    connection: sqlite3.Connection, name: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> None:
    """Add a table of text."""
    connection.execute(f"CREATE TABLE {name} ({', '.join(f'{column} TEXT NOT NULL' for column in columns)})")
    connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows)


def _about(published: Published) -> Iterator[tuple[str, str]]:
    """What goes with every export."""
    about = published.about
    yield "title", about.title
    yield "site", about.site
    yield "without_response", published.header.initial.label
    yield "version", about.version
    yield "format", about.format
    yield "changed", about.changed.isoformat()
    yield "licence", published.licence_in_words
    yield "help", published.help_in_words
