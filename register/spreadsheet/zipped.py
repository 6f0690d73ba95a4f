"""Reads .xlsx and .ods files, which strangers may have made, in a process of its own.

A small file can unfold into a very large one, so ``python -m register.spreadsheet.zipped FILE`` has little time and memory.
It writes JSON: the sheets, or why the file is refused. If it cannot read the file, it fails.

openpyxl reads .xlsx (ECMA-376). .ods (OpenDocument 1.3, part 3, chapter 9) is read here: the one library that tells a formula
from a value, odfpy, has not been kept since 2020.
"""

import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from lxml import etree

from register.spreadsheet.cells import Mark, SheetText

# What reading one file may take: seconds of processor time, and bytes.
SECONDS, MEMORY = 20, 1_000_000_000
MOST_UNFOLDED = 25_000_000  # bytes of all that is in the file
MOST_PARTS = 500
MOST_ROWS, MOST_COLUMNS = 5_000, 200
# Parts of a file that do something, or bring something from elsewhere (ECMA-376, part 1, 12.3 and 15.2; OpenDocument, part 2).
_REFUSED = (
    (r"(?i)vbaProject|(^|/)macrosheets/|^(Basic|Scripts)/.", "holds macros", "save it without them, as .xlsx or .ods"),
    (r"(?i)(^|/)externalLinks/", "refers to another workbook", "paste those cells again as values only"),
    (r"(?i)(^|/)(connections\.xml|queryTables/)", "fetches data from elsewhere", "paste the data as values only"),
    (r"(?i)(^|/)(embeddings|activeX)/|^ObjectReplacements/|^Object ", "holds other files", "take them out"),
)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"


class RefusedFile(Exception):
    """A file that is not read: what is wrong with it, and what to do."""

    def __init__(self, what: str, to_do: str) -> None:
        super().__init__(what, to_do)
        self.what, self.to_do = what, to_do


_TOO_MANY = f"the most is {MOST_ROWS:,} rows and {MOST_COLUMNS} columns: delete what is empty, and save it again"


def sheets_of(path: Path) -> list[SheetText]:
    """Return a file's sheets. It has no bounds of time, and may raise anything.

    Raises:
        RefusedFile: it is of another kind, too large, or holds what does something.
    """
    with zipfile.ZipFile(path) as packed:
        _refuse(packed)
        names = set(packed.namelist())
        if "mimetype" in names and packed.read("mimetype").strip() == _ODS:
            return list(_ods_sheets(packed))
        types = packed.read("[Content_Types].xml") if "[Content_Types].xml" in names else b""
        if b"macroEnabled" in types:
            raise RefusedFile("holds macros", "save it without them, as .xlsx or .ods")
        if b"spreadsheetml.sheet.main" not in types:
            raise RefusedFile("is no spreadsheet", "save it as .xlsx, .ods or .csv")
    with path.open("rb") as file:  # by its name openpyxl would judge it by how that ends
        return list(_xlsx_sheets(file))


def _refuse(packed: zipfile.ZipFile) -> None:
    parts = packed.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNFOLDED:
        raise RefusedFile("unfolds into too much", f"the most is {MOST_UNFOLDED // 1_000_000} million bytes")
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedFile("needs a password", "save it without one")
    for pattern, what, to_do in _REFUSED:
        if any(re.search(pattern, part.filename) and not part.is_dir() for part in parts):
            raise RefusedFile(what, to_do)
    for part in parts:
        # Neither format has document types (ECMA-376, part 2, 6.3.3), with which a few lines can mean millions.
        if part.filename.endswith((".xml", ".rels", ".vml")) and b"<!DOCTYPE" in packed.read(part).replace(b"\0", b""):
            raise RefusedFile("holds definitions that no spreadsheet needs", "save it again as .xlsx or .ods")


# ── .xlsx ───────────────────────────────────────────────────────────────────────────────────────


def _xlsx_sheets(file: BinaryIO) -> Iterator[SheetText]:
    from openpyxl import load_workbook

    book = load_workbook(file, data_only=False, keep_links=False)
    for sheet in book.worksheets:
        if sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS:
            raise RefusedFile(f"is too large: '{sheet.title}' has {sheet.max_row:,} rows", _TOO_MANY)
        read = SheetText(sheet.title, [])
        for row, cells in enumerate(sheet.iter_rows()):
            read.rows.append([_xlsx_text(cell) for cell in cells])
            for column, cell in enumerate(cells):
                if mark := _XLSX_MARKS.get(getattr(cell, "data_type", "")):
                    read.marks[row, column] = mark
        read.merged.extend((held.min_row - 1, held.min_col - 1) for held in sheet.merged_cells.ranges)
        yield read


_XLSX_MARKS: dict[str, Mark] = {"f": "formula", "e": "error"}


def _xlsx_text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if getattr(cell, "is_date", False) and hasattr(value, "isoformat"):
        return _shown_part(value.isoformat(), cell.number_format)
    if isinstance(value, str):
        return _unescaped(value)
    return _number(value) if isinstance(value, int | float) else str(value)


def _shown_part(date: str, number_format: str) -> str:
    """As much of a date as a cell shows: Excel makes the first of October of "Oct 2026"; what nobody sees, nobody meant."""
    shown = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.', "", number_format).lower().partition(";")[0]
    day = date.partition("T")[0]
    if "d" in shown:
        return day
    return day[:7] if "m" in shown else day[:4]


def _unescaped(text: str) -> str:
    """Text without the escapes of control characters (ECMA-376, part 1, 22.9.2.19): ``_x000D_`` is a line end."""
    plain = re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)
    return plain.replace("\r\n", "\n").replace("\r", "\n")


def _number(value: float) -> str:
    """A number as people type it: a spreadsheet keeps 12 as 12.0."""
    if isinstance(value, bool):
        return str(value).upper()
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


# ── .ods ────────────────────────────────────────────────────────────────────────────────────────


def _ods_sheets(packed: zipfile.ZipFile) -> Iterator[SheetText]:
    if b"encryption-data" in packed.read("META-INF/manifest.xml"):
        raise RefusedFile("needs a password", "save it without one")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for table in etree.fromstring(packed.read("content.xml"), parser).iter(f"{_TABLE}table"):
        read = SheetText(table.get(f"{_TABLE}name", ""), [])
        for row in table.iter(f"{_TABLE}table-row"):
            _add_ods_row(read, row)
        while read.rows and not any(read.rows[-1]):
            read.rows.pop()
        yield read


def _add_ods_row(read: SheetText, row: Any) -> None:
    cells = [found for cell in row for found in _ods_cells(cell)]
    while cells and not (cells[-1].text or cells[-1].mark or cells[-1].spans):
        cells.pop()
    if not cells and _repeated(row, "rows") > MOST_ROWS:
        return  # the empty end of the sheet
    for _ in range(_repeated(row, "rows")):
        if len(read.rows) >= MOST_ROWS or len(cells) > MOST_COLUMNS:
            if not cells:
                return
            raise RefusedFile(f"is too large: '{read.name}' has more than {MOST_ROWS:,} rows", _TOO_MANY)
        place = len(read.rows)
        read.rows.append([cell.text for cell in cells])
        for column, cell in enumerate(cells):
            if cell.mark:
                read.marks[place, column] = cell.mark
            if cell.spans:
                read.merged.append((place, column))


def _repeated(node: Any, what: str) -> int:
    return int(node.get(f"{_TABLE}number-{what}-repeated", "1"))


@dataclass(frozen=True)
class _OdsCell:
    text: str = ""
    mark: Mark | None = None
    spans: bool = False  # whether others are merged into it


def _ods_cells(cell: Any) -> list[_OdsCell]:
    """A cell as often as it stands there; empty ones no oftener than a sheet may have columns, and one."""
    if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
        return []
    spans = any(int(cell.get(f"{_TABLE}number-{way}-spanned", "1")) > 1 for way in ("columns", "rows"))
    mark: Mark | None = None
    if cell.get(f"{_CALC}value-type") == "error":
        mark = "error"
    elif cell.get(f"{_TABLE}formula") is not None:
        mark = "formula"
    read = _OdsCell(_ods_text(cell), mark, spans)
    return [read] * min(_repeated(cell, "columns"), MOST_COLUMNS + 1)


def _ods_text(cell: Any) -> str:
    kind = cell.get(f"{_OFFICE}value-type")
    shown = "\n".join(_paragraph(inner) for inner in cell if inner.tag == f"{_TEXT}p")
    if kind == "date":
        return _shown_date(cell.get(f"{_OFFICE}date-value", ""), shown)
    if kind in ("float", "percentage", "currency"):
        return _number(float(cell.get(f"{_OFFICE}value", "0")))
    return cell.get(f"{_OFFICE}string-value") or shown


def _shown_date(date: str, shown: str) -> str:
    """As much of a date as a cell shows: day, month and year, or month and year, or the year."""
    parts = len(re.findall(r"\w+", shown))
    day = date.partition("T")[0]
    return day[: {1: 4, 2: 7}.get(parts, 10)]


def _paragraph(node: Any) -> str:
    """The text of a paragraph, with the spaces and line ends that OpenDocument writes as elements (part 3, 6.1)."""
    text = node.text or ""
    for inner in node:
        if inner.tag == f"{_TEXT}s":
            text += " " * min(int(inner.get(f"{_TEXT}c", "1")), 1000)
        elif inner.tag == f"{_TEXT}tab":
            text += "\t"
        elif inner.tag == f"{_TEXT}line-break":
            text += "\n"
        elif inner.tag in (f"{_TEXT}span", f"{_TEXT}a"):
            text += _paragraph(inner)
        text += inner.tail or ""
    return text


# ── as JSON ─────────────────────────────────────────────────────────────────────────────────────


def as_json(path: Path) -> str:
    """Return a file's sheets, or why it is refused, as JSON that ``from_json`` reads."""
    try:
        sheets = sheets_of(path)
    except RefusedFile as refused:
        return json.dumps({"refused": refused.args})
    return json.dumps({"sheets": [{**asdict(sheet), "marks": list(sheet.marks.items())} for sheet in sheets]})


def from_json(text: str) -> list[SheetText]:
    """Return the sheets that ``as_json`` wrote.

    Raises:
        RefusedFile: it wrote why the file is refused.
    """
    read = json.loads(text)
    if "refused" in read:
        raise RefusedFile(*read["refused"])
    return [
        SheetText(
            sheet["name"],
            sheet["rows"],
            {(row, column): mark for (row, column), mark in sheet["marks"]},
            [(row, column) for row, column in sheet["merged"]],
        )
        for sheet in read["sheets"]
    ]


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.write(as_json(Path(sys.argv[1])))
