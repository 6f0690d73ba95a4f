"""The tables in one file: SQLite for questions, a workbook for people, a zip of all; the same bytes on every machine."""

import datetime
import io
import sqlite3
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pytest

from exported import SITE
from register.exports.database import VIEWS, AnsweredQuestion, answers, database
from register.exports.published import Published
from register.exports.tables import Table, tables
from register.exports.workbook import workbook
from register.model import Register
from register.state.as_of import known_on
from register.state.snapshot import Snapshot
from register.zip_archive import zip_archive
from registers import TODAY, with_updates


@pytest.fixture(scope="module")
def made(sample: Snapshot) -> list[Table]:
    """Every table of the sample."""
    return tables(Published(sample, SITE))


@pytest.fixture
def connection(files: dict[str, bytes]) -> sqlite3.Connection:
    """The sample's database, opened."""
    opened = sqlite3.connect(":memory:")
    opened.deserialize(files["data/register.sqlite"])
    return opened


@pytest.fixture(scope="module")
def shown(sample: Snapshot) -> list[AnsweredQuestion]:
    """What the page shows."""
    return answers(Published(sample, SITE))


def test_the_database_holds_every_row_of_every_table_with_its_types(
    connection: sqlite3.Connection, made: list[Table]
) -> None:
    for table in made:
        rows = connection.execute(f'SELECT * FROM "{table.name}"').fetchall()
        assert rows == [tuple(column.value(row) for column in table.columns) for row in table.rows]


def test_sqlite_finds_nothing_wrong_with_the_database(connection: sqlite3.Connection) -> None:
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.execute("PRAGMA foreign_keys = ON")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY constraint failed"):
        connection.execute(
            "INSERT INTO updates_related SELECT 'x', 'no-such-update', 1, 1, register_version FROM updates_related LIMIT 1"
        )


def test_the_database_says_what_it_is_and_where_to_find_help(connection: sqlite3.Connection, sample: Snapshot) -> None:
    about = dict(connection.execute("SELECT name, value FROM about").fetchall())
    assert list(about) == ["title", "site", "without_response", "version", "format", "changed", "licence", "help"]
    assert (about["site"], about["version"]) == (SITE, sample.version)
    assert "999" in about["help"]


def test_every_column_is_explained_in_the_database(connection: sqlite3.Connection, made: list[Table]) -> None:
    explained = connection.execute("SELECT table_name, column_name, description FROM fields").fetchall()
    assert explained == [(table.name, column.name, column.description) for table in made for column in table.columns]


def test_the_database_names_neither_the_version_of_sqlite_nor_how_often_it_was_changed(files: dict[str, bytes]) -> None:
    """Both differ from machine to machine."""
    content = files["data/register.sqlite"]
    assert (content[24:28], content[92:96], content[96:100]) == (b"\0\0\0\1", b"\0\0\0\1", b"\0\0\0\0")


def test_duckdb_gives_the_same_answers_from_the_tables(
    files: dict[str, bytes], shown: list[AnsweredQuestion], tmp_path: Path
) -> None:
    """Its reader of CSV files guesses the types; the same questions in the same words must still have the same answers."""
    asked = duckdb.connect()
    for path, content in files.items():
        if path.endswith(".csv"):
            file = tmp_path / Path(path).name
            file.write_bytes(content)
            asked.execute(f"CREATE TABLE {file.stem} AS SELECT * FROM read_csv('{file}')")
    for name, query in VIEWS.items():
        asked.execute(f"CREATE VIEW {name} AS {query}")
    for answer in shown:
        rows = asked.execute(answer.question.sql).fetchall()
        assert [tuple("" if value is None else str(value) for value in row) for row in rows] == list(answer.rows)


def test_each_question_is_one_line_and_has_an_answer(shown: list[AnsweredQuestion]) -> None:
    assert len(shown) == 4
    for answer in shown:
        assert "\n" not in answer.question.sql
        assert answer.rows


@pytest.mark.parametrize("day", ["2023-06-01", "2024-11-26", "2025-07-02", "2026-03-31"])
def test_what_the_register_said_on_a_day_is_what_a_site_of_that_day_shows(
    connection: sqlite3.Connection, sample_register: Register, day: str
) -> None:
    then = datetime.date.fromisoformat(day)
    statuses = Snapshot(known_on(sample_register, then), then).statuses
    shown = {
        number: (status.response and status.response.id, status.progress and status.progress.id, status.closed)
        for number, status in statuses.items()
        if status.history
    }
    rows = connection.execute(
        "SELECT number, response, progress, closed FROM said WHERE ? BETWEEN since AND until", [day]
    ).fetchall()
    assert {number: (response, progress, bool(closed)) for number, response, progress, closed in rows} == shown


def test_how_many_apply_is_counted_for_every_day_on_which_anything_changed(small_register: Register) -> None:
    register = with_updates(
        small_register,
        [
            {"date": "2025-01-10", "response": "applies"},
            {"date": "2025-03-01", "response": "in-part", "reason": "Half."},
        ],
        [{"date": "2025-02-01", "response": "applies"}],
    )
    opened = sqlite3.connect(":memory:")
    published = Published(Snapshot(register, TODAY), SITE)
    opened.deserialize(database(published, tables(published)))
    rows = opened.execute("SELECT day, how_many FROM responses_by_day WHERE response = 'applies' ORDER BY day")
    assert rows.fetchall() == [("2025-01-10", 1), ("2025-02-01", 2), ("2025-03-01", 1)]


# ── workbook and zip ───────────────────────────────────────────────────────────────────────────


def test_the_workbook_holds_every_row_with_its_types(files: dict[str, bytes], made: list[Table]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["data/register.xlsx"]))
    assert book.sheetnames == ["about", *(table.name for table in made)]
    for table in made:
        header, *rows = book[table.name].iter_rows(values_only=True)
        assert header == tuple(column.name for column in table.columns)
        expected = [tuple(column.value(row) for column in table.columns) for row in table.rows]
        assert [tuple(map(_as_held, row)) for row in rows] == expected


def _as_held(value: object) -> object:
    """A cell's value as the table holds it."""
    return value.date().isoformat() if isinstance(value, datetime.datetime) else value


def test_the_workbook_holds_no_formula_and_says_where_to_find_help(files: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(files["data/register.xlsx"]))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b"}
    assert any("999" in str(cell.value) for (cell,) in book["about"].iter_rows())


def test_a_workbook_is_the_same_whenever_it_is_written(sample: Snapshot, made: list[Table]) -> None:
    assert workbook(Published(sample, SITE), made) == workbook(Published(sample, SITE), made)


def test_the_zip_holds_tables_documents_and_descriptions_in_one_folder(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["data/register.zip"])) as packed:
        assert packed.testzip() is None
        held = {name: packed.read(name) for name in packed.namelist()}
    assert {"data/register.json", "data/updates.csv", "data/datapackage.json", "data/register.sqlite"} < set(held)
    assert "data/build.json" not in held  # else the zip would change because a day has passed
    assert held == {path: files[path] for path in held}


def test_a_zip_does_not_say_when_or_in_which_order_it_was_packed() -> None:
    one = zip_archive({"data/a": b"1", "data/b": b"2"})
    assert zip_archive({"data/b": b"2", "data/a": b"1"}) == one
    with zipfile.ZipFile(io.BytesIO(one)) as packed:
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
