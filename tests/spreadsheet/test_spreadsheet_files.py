"""What strangers send as a spreadsheet is read as it was typed, or refused plainly and quickly."""

import csv
import datetime
import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import Project
from register.load.loader import load
from register.problems import InputError
from register.spreadsheet.cells import column_letters
from register.spreadsheet.filled_rows import Defaults, read_rows
from register.spreadsheet.read_file import read_sheets
from register.spreadsheet.zipped import RefusedFile, as_json, from_json
from register.state.snapshot import Snapshot
from registers import SMALL, TODAY
from workbooks import exported, put, with_parts

# What people type, paste and mistype: not what no XML can hold, nor the escapes that Excel writes for that.
TEXTS = st.text(
    st.one_of(st.characters(exclude_categories=("Cs", "Cc", "Cn")), st.sampled_from("\n\"';,=+-@#0 é–’\t")), max_size=60
).filter(lambda text: "_x" not in text and "\ufeff" not in text)


def lines(text: str) -> str:
    """A text as a cell is read: without white space around it."""
    return text.strip()


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_what_openpyxl_writes_comes_back_as_it_was_typed(texts: list[str]) -> None:
    book = openpyxl.Workbook()
    for column, text in enumerate(texts, 1):
        if text:
            put(book.active.cell(1, column), text)
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        book.save(file.name)
        (sheet,) = from_json(as_json(Path(file.name)))
    assert [sheet.text(0, column) for column in range(len(texts))] == list(map(lines, texts))
    assert sheet.marks == {}


@given(
    st.lists(TEXTS, min_size=1, max_size=5), st.sampled_from(",;\t"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"])
)
def test_what_is_written_as_csv_comes_back_as_it_was_typed(texts: list[str], delimiter: str, encoding: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written, delimiter=delimiter).writerows([["Number", "Date", "Voice"], texts])
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        Path(file.name).write_bytes(written.getvalue().encode(encoding))
        (sheet,) = read_sheets(Path(file.name))
    assert [sheet.text(1, column) for column in range(len(texts))] == list(map(lines, texts))


@pytest.mark.parametrize(
    ("value", "number_format", "read"),
    [
        (datetime.datetime(2026, 12, 31), "dd/mm/yyyy", "2026-12-31"),
        (datetime.date(2026, 12, 31), "d mmmm yyyy", "2026-12-31"),
        (datetime.datetime(2026, 10, 1), "mmm\\-yy", "2026-10"),  # what Excel makes of "Oct 2026"
        (datetime.datetime(2026, 10, 1), '[$-809]mmmm" "yyyy', "2026-10"),
        (datetime.datetime(2026, 1, 1), "yyyy", "2026"),
        (2026, "General", "2026"),
        (12.0, "General", "12"),
        (0.5, "General", "0.5"),
        (True, "General", "TRUE"),
        ("007", "@", "007"),
        ("a_x000D_\nb", "@", "a\nb"),
    ],
)
def test_what_a_cell_of_excel_shows_is_read(tmp_path: Path, value: Any, number_format: str, read: str) -> None:
    book = openpyxl.Workbook()
    book.active["B2"] = value
    book.active["B2"].number_format = number_format
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read_sheets(tmp_path / "a.xlsx")
    assert sheet.text(1, 1) == read


def ods(folder: Path, content: str, **parts: str) -> Path:
    """An .ods file with one sheet."""
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    root = f"<office:document-content{names} {calc}><office:body><office:spreadsheet>"
    end = "</office:spreadsheet></office:body></office:document-content>"
    path = folder / "a.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        held = {
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f'{root}<table:table table:name="S">{content}</table:table>{end}',
        }
        for name, text in {**held, **parts}.items():
            packed.writestr(name, text)
    return path


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('<table:table-cell office:value-type="string"><text:p>a<text:s text:c="2"/>b</text:p><text:p>c<text:line-break/>d</text:p></table:table-cell>', "a  b\nc\nd"),
        ('<table:table-cell office:value-type="string"><office:annotation><text:p>no</text:p></office:annotation><text:p><text:span>a</text:span> <text:a>b</text:a>!</text:p></table:table-cell>', "a b!"),
        ('<table:table-cell office:value-type="date" office:date-value="2026-12-31"><text:p>31/12/26</text:p></table:table-cell>', "2026-12-31"),
        ('<table:table-cell office:value-type="date" office:date-value="2026-10-01T00:00:00"><text:p>Oct 2026</text:p></table:table-cell>', "2026-10"),
        ('<table:table-cell office:value-type="float" office:value="12"><text:p>12.00</text:p></table:table-cell>', "12"),
        ('<table:table-cell table:number-columns-repeated="2"/><table:table-cell office:value-type="string"><text:p>c</text:p></table:table-cell>', ""),
    ],
)  # fmt: skip
def test_what_a_cell_of_libreoffice_shows_is_read(tmp_path: Path, cell: str, read: str) -> None:
    rows = f'<table:table-row table:number-rows-repeated="2"><table:table-cell/>{cell}</table:table-row>'
    end = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    (sheet,) = read_sheets(ods(tmp_path, rows + end))
    assert (sheet.name, [sheet.text(row, 1) for row in (0, 1)], len(sheet.rows)) == ("S", [read, read], 2)


def test_formulas_errors_and_merged_cells_of_libreoffice_are_seen(tmp_path: Path) -> None:
    row = (
        '<table:table-row><table:table-cell table:formula="of:=[.B1]" office:value-type="float" office:value="1"/>'
        '<table:table-cell table:formula="of:=#REF!" calcext:value-type="error"><text:p>#REF!</text:p></table:table-cell>'
        '<table:table-cell table:number-columns-spanned="2"/><table:covered-table-cell/></table:table-row>'
    )
    (sheet,) = read_sheets(ods(tmp_path, row))
    assert (sheet.marks, sheet.merged) == ({(0, 0): "formula", (0, 1): "error"}, [(0, 2)])


# ── refused ─────────────────────────────────────────────────────────────────────────────────────


def refused(path: Path) -> str:
    with pytest.raises(InputError) as raised:
        read_sheets(path)
    return str(raised.value).removeprefix(path.name).strip()


AS_XLSX = "(save it as .xlsx again; nothing was written)"
PARTS = {
    "xl/vbaProject.bin": "holds macros (save it without them, as .xlsx or .ods; nothing was written)",
    "xl/externalLinks/externalLink1.xml": "refers to another workbook (paste those cells again as values only; nothing was written)",
    "xl/connections.xml": "fetches data from elsewhere (paste the data as values only; nothing was written)",
    "xl/embeddings/oleObject1.bin": "holds other files (take them out; nothing was written)",
}


@pytest.mark.parametrize("part", PARTS)
def test_a_workbook_that_does_something_or_brings_something_is_refused(content: Project, part: str) -> None:
    assert refused(with_parts(exported(content), {part: b"x"})) == PARTS[part]


def test_macros_in_an_ods_file_are_refused(tmp_path: Path) -> None:
    assert refused(ods(tmp_path, "", **{"Basic/Standard/a.xml": "x"})).startswith("holds macros (")


def test_a_workbook_with_macros_enabled_is_refused(content: Project) -> None:
    with zipfile.ZipFile(exported(content)) as packed:
        types = packed.read("[Content_Types].xml").replace(
            b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main", b"vnd.ms-excel.sheet.macroEnabled.main"
        )
    assert refused(with_parts(exported(content), {"[Content_Types].xml": types})).startswith("holds macros (")


def test_files_with_a_password_are_refused(content: Project, tmp_path: Path) -> None:
    told = "needs a password (save it without one; nothing was written)"
    packed = bytearray(exported(content).read_bytes())
    packed[packed.index(b"PK\x01\x02") + 8] |= 1  # the flag of a part that is encrypted (APPNOTE, 4.4.4)
    (tmp_path / "locked.xlsx").write_bytes(packed)
    assert refused(tmp_path / "locked.xlsx") == told
    assert refused(ods(tmp_path, "", **{"META-INF/manifest.xml": "<manifest:encryption-data/>"})) == told


BILLION = '<!DOCTYPE a [<!ENTITY b "lol">' + "".join(
    f'<!ENTITY {chr(99 + i)} "{f"&{chr(98 + i)};" * 10}">' for i in range(9)
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_whatever_encoding(content: Project, encoding: str) -> None:
    bomb = f'<?xml version="1.0" encoding="{encoding}"?>{BILLION}]><sst>&k;</sst>'.encode(encoding)
    assert refused(with_parts(exported(content), {"xl/sharedStrings.xml": bomb})) == (
        "holds definitions that no spreadsheet needs (save it again as .xlsx or .ods; nothing was written)"
    )


def test_a_small_file_that_unfolds_into_a_large_one_is_refused(content: Project) -> None:
    path = with_parts(exported(content), {"xl/worksheets/sheet9.xml": b" " * 30_000_000})
    assert path.stat().st_size < 100_000
    assert refused(path) == "unfolds into too much (the most is 25 million bytes; nothing was written)"


def test_more_rows_than_anybody_fills_in_are_refused(content: Project) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (row, row) for row in range(1, 5_002))
    main = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (main, rows)
    assert refused(with_parts(exported(content), {"xl/worksheets/sheet2.xml": sheet})) == (
        "is too large: 'Recommendations' has 5,001 rows (the most is 5,000 rows and 200 columns: delete what is empty, "
        "and save it again; nothing was written)"
    )


def test_a_million_rows_are_refused(tmp_path: Path, content: Project) -> None:
    row = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>'
    assert refused(ods(tmp_path, row)).startswith("is too large: 'S' has more than 5,000 rows (")
    path = tmp_path / "a.csv"
    path.write_text("1,2\n" * 1_000_000)
    assert refused(path) == "is too large (the most is 5,000 rows and 200 columns; nothing was written)"


def test_what_is_no_spreadsheet_is_refused(tmp_path: Path) -> None:
    csv.field_size_limit(131_072)  # Python's own; the tests' frictionless raises it for the whole process
    held: dict[str, tuple[bytes, str]] = {
        "old.xls": (b"\xd0\xcf\x11\xe0rest", "is in an old format, or needs a password (save it as .xlsx without a password; nothing was written)"),
        "a.xlsx": (b"Number,Date", f"is no .xlsx file, whatever its name says {AS_XLSX}"),
        "broken.xlsx": (b"PK\x03\x04rest", "cannot be read as a spreadsheet, or takes too much time or memory (open it, and save it as .xlsx again; nothing was written)"),
        "a.csv": (b"Number\x00\x81", "is no text that can be read (save it as .xlsx, or as CSV with the encoding UTF-8; nothing was written)"),
        "long.csv": (b"Number\n" + b"x" * 200_000, "cannot be read as CSV: field larger than field limit (131072), in row 2 (save it again; nothing was written)"),
    }  # fmt: skip
    for name, (bytes_, told) in held.items():
        (tmp_path / name).write_bytes(bytes_)
        assert refused(tmp_path / name) == told, name
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as packed:
        packed.writestr("[Content_Types].xml", "wordprocessingml.document.main")
    assert refused(tmp_path / "a.docx").startswith("is no spreadsheet (save it as .xlsx, .ods or .csv; ")


def test_a_file_that_is_too_large_or_missing_is_told_and_nothing_is_written(content: Project) -> None:
    path = content.folder / "large.csv"
    with path.open("wb") as file:
        file.truncate(11_000_000)
    done = content.run_here("import", str(path), "--yes")
    assert (
        done.stderr
        == "large.csv:1: the file has 11 million bytes (the most is 10 million)\n1 problem in 1 file; nothing was written\n"
    )
    done = content.run_here("import", str(content.folder / "none.csv"), "--yes")
    assert done.returncode == 2
    assert "does not exist" in done.stderr


@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe"]))
def test_no_bytes_are_more_than_refused(rest: bytes, start: bytes) -> None:
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(start + rest)
        try:
            if start == b"PK\x03\x04":
                from_json(as_json(Path(file.name)))
            else:
                read_sheets(Path(file.name))
        except (InputError, RefusedFile, zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
            pass  # the process that reads zipped files ends then, which is reported in one sentence


@pytest.mark.parametrize(("place", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_named_as_spreadsheets_name_them(place: int, letters: str) -> None:
    assert column_letters(place) == letters


SNAPSHOT = Snapshot(load(SMALL / "data", TODAY), TODAY)


@given(TEXTS, TEXTS)
def test_a_note_that_is_filled_in_is_taken_over_as_it_was_typed_or_told_at_its_cell(note: str, reason: str) -> None:
    written = io.StringIO(newline="")
    csv.writer(written).writerows([["Number", "New note", "New reason"], ["2", note, reason]])
    with tempfile.NamedTemporaryFile(suffix=".csv") as file:
        Path(file.name).write_text(written.getvalue(), "utf-8", newline="")
        (sheet,) = read_sheets(Path(file.name))
    defaults = Defaults("2026-03-31", {"date": "2026-02-14", "voice": "partnership"})
    filled = read_rows("a.csv", sheet, SNAPSHOT, defaults)
    if note.strip() or reason.strip():
        assert bool(filled.new) is not bool(filled.problems)
    for row in filled.new:
        assert (row.fields["note"], row.fields.get("reason", "")) == (note.strip(), reason.strip())
    assert all(problem.column in (1, 2) and problem.line == 2 for problem in filled.problems)
