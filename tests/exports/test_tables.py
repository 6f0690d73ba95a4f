"""The tables: right for validators that nobody here wrote, and enough to rebuild the register from."""

import csv
import datetime
import io
import json
import warnings
from pathlib import Path
from typing import Annotated

import duckdb
import frictionless
import pytest
from csvw import CSVW, TableGroup
from csvw.db import Database
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from exported import SITE, exported, laid_out
from register.dates import PartialDate
from register.exports.json_values import json_object
from register.exports.published import Published
from register.exports.published_records import PublishedRecommendation, PublishedUpdate
from register.exports.tables import Column, columns, csv_file, tables
from register.model import (
    CSV_PREFIX,
    Check,
    Edit,
    Id,
    Link,
    Recommendation,
    Record,
    Register,
    Update,
    Withdrawal,
    Wording,
)
from register.site import urls
from register.state.snapshot import Snapshot
from registers import TODAY

TABLES = tuple(str(route.of[0]) for route in (*urls.TABLES, *urls.JOINS))
TEXT_TABLES = ("recommendations", "updates", "links", "crosswalk")


PARTS = ("first", "last", "precision")
VOCABULARIES = ("responses", "progress", "voices", "bodies", "themes", "audiences")


def csvw_errors(folder: Path, name: str) -> list[str]:
    """What the CSV on the Web validator finds in a table and its metadata: nothing if all is well."""
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        try:
            valid = CSVW(str(folder / f"{name}.csv-metadata.json"), validate=True).is_valid
        except ValueError as error:
            return [str(error)]
    return [] if valid and not said else [f"valid: {valid}", *(str(one.message) for one in said)]


def spoil(path: Path, old: str, new: str) -> None:
    """Replace text that stands in a file, the first time."""
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def test_frictionless_finds_the_data_package_valid(clean_folder: Path) -> None:
    report = frictionless.validate(str(clean_folder / "datapackage.json"))
    assert report.valid, report.flatten(["type", "note"])
    assert [task.name for task in report.tasks] == list(TABLES)


@pytest.mark.parametrize(
    ("name", "old", "new", "error"),
    [
        ("updates", "\r\n1/2022-11-08/partnership,1,", "\r\n1/2022-11-08/partnership,99,", "foreign-key"),
        ("updates", "\r\n1/2022-11-08/partnership,1,", "\r\n1/2023-04-19/partnership,1,", "primary-key"),
        ("updates", ",2022-11-08,", ",8.11.2022,", "constraint-error"),
        ("updates", ",2022-11-08,2022-11-08,day,", ",2022-11-08,8.11.2022,day,", "type-error"),
        ("updates_evidence", ",1,", ",0,", "constraint-error"),
        ("links", "\r\nlicence,", "\r\nLICENCE,", "constraint-error"),
    ],
)
def test_frictionless_refuses_a_table_that_was_spoilt(folder: Path, name: str, old: str, new: str, error: str) -> None:
    spoil(folder / f"{name}.csv", old, new)
    report = frictionless.validate(str(folder / "datapackage.json"))
    assert {"hash-count", error} <= {kind for (kind,) in report.flatten(["type"])}


@pytest.mark.parametrize("name", TABLES)
def test_a_csvw_validator_finds_table_and_metadata_valid(clean_folder: Path, name: str) -> None:
    assert csvw_errors(clean_folder, name) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("recommendations", "\r\n2,", "\r\n1,"),
        ("updates", ",2022-11-08,", ",8.11.2022,"),
        ("links", "\r\nlicence,,Exampleshire Sample Licence,", "\r\nlicence,,,"),
        ("crosswalk", ",close,", ",nearly,"),
    ],
)
def test_a_csvw_validator_refuses_a_table_that_was_spoilt(folder: Path, name: str, old: str, new: str) -> None:
    spoil(folder / f"{name}.csv", old, new)
    assert csvw_errors(folder, name)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_is_as_rfc_4180_and_the_page_say(files: dict[str, bytes], name: str) -> None:
    content = files[f"data/{name}.csv"]
    text = content.decode("utf-8")
    assert not text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(set(rows[0])) == len(rows[0])
    again = io.StringIO(newline="")
    csv.writer(again, lineterminator="\r\n", quoting=csv.QUOTE_MINIMAL).writerows(rows)
    assert again.getvalue() == text


def test_every_field_of_the_model_is_a_column_in_its_place() -> None:
    nested = {"edited": [f"edited_{name}" for name in Edit.model_fields]}
    nested["withdrawn"] = [f"withdrawn_{name}" for name in Withdrawal.model_fields]
    nested |= {name: [name, *(f"{name}_{part}" for part in PARTS)] for name in ("date", "due", "recheck")}
    expected = [column for name in Update.model_fields for column in nested.get(name, [name])]
    assert [column.name for column in columns(Update)] == expected
    names = [column.name for column in columns(Recommendation)]
    assert names[:6] == [
        "number",
        "title",
        "summary_text",
        "summary_checked_by",
        "summary_checked_on",
        "summary_checked_on_first",
    ]
    assert set(names) < {column.name for column in columns(PublishedRecommendation)}


def test_every_table_of_the_route_table_is_made_in_its_order_and_no_other(sample: Snapshot) -> None:
    assert [table.route for table in tables(Published(sample, SITE))] == [*urls.TABLES, *urls.JOINS]


def test_the_tables_have_these_keys(sample: Snapshot) -> None:
    made = {table.name: table for table in tables(Published(sample, SITE))}
    assert {name: table.key for name, table in made.items() if table.key != "key"} == {
        "recommendations": "number",
        **dict.fromkeys(("links", "topics", *VOCABULARIES), "id"),
    }
    refers = {
        name: [f"{key.column} -> {key.table.of[0]}.{key.referenced}" for key in table.foreign_keys]
        for name, table in made.items()
    }
    said = ["response -> responses.id", "progress -> progress.id"]
    of_recommendation = "recommendation -> recommendations.number"
    assert {name: keys for name, keys in refers.items() if keys} == {
        "recommendations": ["theme -> themes.id", "today_response -> responses.id", "today_progress -> progress.id"],
        "updates": [of_recommendation, "voice -> voices.id", *said],
        "links": ["way_in -> links.id"],
        "crosswalk": ["source -> links.id"],
        "verdicts": [of_recommendation, "voice -> voices.id", *said],
        "moved_dates": [of_recommendation],
        "as_recorded": [of_recommendation, *said],
        "recommendations_addressed_to": [of_recommendation, "addressed_to -> bodies.id"],
        "recommendations_audiences": [of_recommendation, "audiences -> audiences.id"],
        "recommendations_today_related": [of_recommendation, "today_related -> recommendations.number"],
        "updates_evidence": ["update_key -> updates.key", "evidence -> links.id"],
        "updates_related": ["update_key -> updates.key", "related -> recommendations.number"],
        "timeline_sources": ["milestone_key -> timeline.key", "sources -> links.id"],
        "topics_audiences": ["topic -> topics.id", "audiences -> audiences.id"],
        "topics_sources": ["topic -> topics.id", "sources -> links.id"],
    }


def test_a_table_is_described_by_what_a_row_is(sample: Snapshot) -> None:
    described = {table.name: table.description for table in tables(Published(sample, SITE))}
    assert described["recommendations"] == "A recommendation as published, with where it stands."
    assert described["moved_dates"] == "A promised date that was moved."
    assert described["updates_evidence"] == "Which update names which: one row for each id in 'evidence'."


def test_every_column_of_a_table_is_described(sample: Snapshot) -> None:
    for table in tables(Published(sample, SITE)):
        assert [column.name for column in table.columns if not column.description] == []


def test_these_columns_are_never_empty(sample: Snapshot) -> None:
    found = {table.name: [c.name for c in table.columns if c.required] for table in tables(Published(sample, SITE))}
    stamp = ["register_version"]
    today = ["grade", "closed", "stale", "self_assessed", "disagreement", "due_moved", "overdue"]
    date = ["date", *(f"date_{part}" for part in PARTS)]
    expected = {
        "recommendations": ["number", *(f"today_{name}" for name in today), *stamp],
        "updates": [
            "key",
            "recommendation",
            *date,
            "recorded",
            "voice",
            "note",
            "number",
            "reopens",
            "digest",
            *stamp,
        ],
        "links": ["id", "name", "owner", *stamp],
        "crosswalk": ["key", "axis", "our_word", "our_label", "scale", "scale_label", "source", *stamp],
        "updates_evidence": ["key", "update_key", "place", "evidence", *stamp],
        "responses": ["id", "label", "definition", *stamp],
    }
    assert {name: found[name] for name in expected} == expected


class Row(Record):
    """A row of every kind of column."""

    number: Annotated[int, Field(ge=1, le=99, description="How many.")]
    day: datetime.date | None = None
    words: list[Id] = []
    numbers: list[int] = []
    texts: list[str] = []
    yes: bool = False
    part: Check | None = None
    whole: Check
    parts: list[Check] = []


def test_columns_are_derived_from_the_fields() -> None:
    found = {column.name: column for column in columns(Row)}
    assert found["number"] == Column(
        name="number",
        path=("number",),
        schema={"description": "How many.", "maximum": 99, "minimum": 1, "title": "Number", "type": "integer"},
        description="How many.",
        required=True,
        listed=False,
    )
    assert list(found) == [
        "number",
        "day",
        "words",
        "numbers",
        "texts",
        "yes",
        "part_by",
        "part_on",
        *(f"part_on_{part}" for part in PARTS),
        "whole_by",
        "whole_on",
        *(f"whole_on_{part}" for part in PARTS),
    ]
    assert [name for name, column in found.items() if column.required] == [
        "number",
        "whole_by",
        "whole_on",
        *(f"whole_on_{part}" for part in PARTS),
    ]
    assert [name for name, column in found.items() if column.listed] == ["words", "numbers", "texts"]
    assert [name for name, column in found.items() if column.as_words] == ["words", "numbers"]
    assert [name for name, column in found.items() if column.as_json] == ["texts"]
    assert found["part_on"].path == ("part", "on")
    assert found["yes"].description == ""


def test_a_cell_holds_a_value_as_text() -> None:
    full = Row(
        number=12,
        day=datetime.date(2026, 1, 2),
        words=["a", "b-c"],
        numbers=[1, 22],
        texts=["é, x", "y"],
        yes=True,
        part=Check(by="Someone", on=PartialDate("2026-03")),
        whole=Check(by="Someone", on=PartialDate("2026")),
    )
    empty = Row(number=1, whole=Check(by="Someone", on=PartialDate("2026")))
    assert csv_file(columns(Row), [json_object(full), json_object(empty)]).decode() == (
        "number,day,words,numbers,texts,yes,"
        "part_by,part_on,part_on_first,part_on_last,part_on_precision,"
        "whole_by,whole_on,whole_on_first,whole_on_last,whole_on_precision\r\n"
        '12,2026-01-02,a b-c,1 22,"[""é, x"", ""y""]",true,'
        "Someone,2026-03,2026-03-01,2026-03-31,month,Someone,2026,2026-01-01,2026-12-31,year\r\n"
        "1,,,,,false,,,,,,Someone,2026,2026-01-01,2026-12-31,year\r\n"
    )


def test_a_new_field_of_the_model_becomes_a_column_by_itself() -> None:
    class Wider(Update):
        mood: list[str] = []

    assert [column.name for column in columns(Wider)][-1] == "mood"


def test_an_address_that_nobody_confirmed_has_no_column() -> None:
    assert "candidate" in Link.model_fields
    assert "candidate" not in {column.name for column in columns(Link)}


def test_dates_keep_their_precision(files: dict[str, bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(files["data/updates.csv"].decode(), newline="")))
    assert {len(row["date"]) for row in rows} == {4, 7, 10}


def test_no_cell_of_any_table_begins_with_a_sign_that_a_spreadsheet_takes_for_a_formula(
    files: dict[str, bytes],
) -> None:
    for name in TABLES:
        for row in csv.reader(io.StringIO(files[f"data/{name}.csv"].decode(), newline="")):
            assert [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == [], name


def test_a_paragraph_number_stays_one_for_a_program_that_guesses_types(
    small_register: Register, tmp_path: Path
) -> None:
    """DuckDB's reader took a column of 3.10 for numbers, and gave 3.1 back."""
    checked = Check(by="Editor", on=PartialDate("2026"))
    wording = Wording(text="Do it.", page="7", paragraph="3.10", checked=checked)
    record = small_register.recommendations[0].model_copy(update={"wording": wording})
    register = small_register.model_copy(update={"recommendations": [record]})
    table = tables(Published(Snapshot(register, TODAY), SITE))[0]
    (tmp_path / "table.csv").write_bytes(table.content)
    read = duckdb.read_csv(str(tmp_path / "table.csv"))
    assert read.select("wording_paragraph", "register_version").fetchall() == [
        ("para 3.10", table.rows[0]["register_version"])
    ]
    (column,) = [column for column in table.columns if column.name == "wording_paragraph"]
    assert column.value(table.rows[0]) == "3.10"


# ── The round trip: a foreign reader reads the tables by their own metadata, and the register comes back ──────────────


def read(folder: Path, name: str) -> list[dict]:
    """A table's rows, as the CSV on the Web reader makes them of the file and its metadata."""
    return list(CSVW(str(folder / f"{name}.csv-metadata.json")).t)


def nested(kind: type[Record], row: dict, prefix: str = "") -> dict:
    """The values of a record from its columns; the records inside it from columns with its name before theirs."""
    values = {}
    for name, info in kind.model_fields.items():
        before = (info.json_schema_extra or {}).get(CSV_PREFIX, "")
        parts = getattr(info.annotation, "__args__", (info.annotation,))
        inner = [part for part in parts if isinstance(part, type) and issubclass(part, Record)]
        is_list = getattr(info.annotation, "__origin__", None) is list
        value = nested(inner[0], row, f"{prefix}{name}_") if inner and not is_list else row.get(f"{prefix}{name}")
        value = value.date().isoformat() if isinstance(value, datetime.datetime) else value
        value = value.removeprefix(before) if before and value else value
        if value not in (None, [], {}):
            values[name] = value
    return values


def test_the_register_rebuilt_from_the_tables_equals_the_register(clean_folder: Path, sample: Snapshot) -> None:
    whole = json.loads((clean_folder / "register.json").read_bytes())
    updates: dict[int, list] = {}
    for row in read(clean_folder, "updates"):
        updates.setdefault(row["recommendation"], []).append(nested(Update, row))
    recommendations = [
        nested(Recommendation, row) | {"updates": updates.get(row["number"], [])}
        for row in read(clean_folder, "recommendations")
    ]
    rebuilt = Register.model_validate(
        {
            **{name: part for name, part in whole.items() if name not in ("$schema", "about", "links")},
            "recommendations": recommendations,
            "links": [nested(Link, row) for row in read(clean_folder, "links")],
        }
    )
    published = Published(sample, "").register
    assert rebuilt == published
    held = sample.register
    assert rebuilt.recommendations == held.recommendations
    assert [link.model_copy(update={"candidate": None}) for link in held.links] == rebuilt.links


TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(st.lists(st.tuples(TEXT, TEXT | st.sampled_from(['"', ",", "\r\n", "\r", "\n", '","', "=1+1", "'", "\0"]))))
def test_any_text_comes_back_from_a_table_as_it_was(pairs: list[tuple[str, str]]) -> None:
    rows = [
        PublishedUpdate.model_construct(
            key="1/2024/x",
            recommendation=1,
            number=1,
            date=PartialDate("2024"),
            recorded=PartialDate("2024-01-01"),
            voice="x",
            note=note,
            reason=reason,
            reopens=False,
            digest="",
        ).model_dump(mode="json", warnings=False)
        for note, reason in pairs
    ]
    content = csv_file(columns(PublishedUpdate), rows)
    assert content.endswith(b"\r\n")
    back = list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))
    assert [(row["note"], row["reason"]) for row in back] == pairs


@given(st.lists(TEXT, min_size=1))
def test_any_list_of_texts_comes_back_from_its_cell_as_it_was(phrases: list[str]) -> None:
    (column,) = [column for column in columns(Link) if column.name == "expect_phrases"]
    assert json.loads(column.cell({"expect": {"phrases": phrases}})) == phrases


def test_a_register_in_which_nothing_has_happened_yet_is_valid_too(sample_register: Register, tmp_path: Path) -> None:
    silent = [record.model_copy(update={"updates": []}) for record in sample_register.recommendations]
    bare = sample_register.model_copy(update={"recommendations": silent})
    folder = laid_out(exported(Snapshot(bare, TODAY)), tmp_path)
    assert frictionless.validate(str(folder / "datapackage.json")).valid
    assert {name: csvw_errors(folder, name) for name in TABLES} == {name: [] for name in TABLES}


# ── All tables together ────────────────────────────────────────────────────────────────────────


def test_the_tables_fill_a_database_by_their_own_description(
    clean_folder: Path, tmp_path: Path, sample: Snapshot
) -> None:
    """As ``csvw2sqlite`` does: all tables, with keys between them, from csv-metadata.json alone."""
    group = TableGroup.from_file(clean_folder / "csv-metadata.json")
    filled = Database(group, fname=tmp_path / "filled.sqlite")
    filled.write_from_tg()
    held = {Path(name).stem: len(rows) for name, rows in filled.read().items()}
    assert held == {table.name: len(table.rows) for table in tables(Published(sample, SITE))}


def test_rows_have_subjects_and_cells_that_name_rows_are_links(clean_folder: Path) -> None:
    """Read as RDF or JSON (csv2json, W3C, 4.2) a row is about an address, and what refers to it names that address."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = CSVW(str(clean_folder / "csv-metadata.json")).to_json(minimal=True)
    subjects = [row["@id"] for row in rows]
    assert len(set(subjects)) == len(subjects)
    assert f"{SITE}recommendations/3/" in subjects
    linked = {
        value
        for row in rows
        for name, held in row.items()
        if name
        in ("recommendation", "voice", "response", "progress", "theme", "evidence", "update_key", "addressed_to")
        for value in ([] if isinstance(held, list) else [held])  # a list's items are rows of a table of their own
    }
    assert len(linked) > 50
    assert linked <= set(subjects)


def test_the_tables_together_are_valid_and_refused_once_a_reference_leads_nowhere(folder: Path) -> None:
    def errors() -> list[str]:
        try:
            return [] if CSVW(str(folder / "csv-metadata.json"), validate=True).is_valid else ["not valid"]
        except ValueError as error:
            return [str(error)]

    assert errors() == []
    spoil(folder / "updates_evidence.csv", ",1,", ",1,x")
    assert errors()
