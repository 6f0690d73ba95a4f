"""Workbooks as the program exports them, filled in as by a committee."""

import csv
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl

from projects import Project

# The cells for the whole sheet, on "Start here".
DATE_FOR_ALL, VOICE_FOR_ALL = "Date for the whole sheet", "Voice for the whole sheet"


def exported(project: Project) -> Path:
    """The workbook of a project, in its folder."""
    path = project.folder.parent / "exported.xlsx"
    done = project.run_here("export", "--xlsx", str(path), "--replace")
    assert done.returncode == 0, done.stderr
    return path


def filled(
    project: Project,
    rows: Mapping[int, Mapping[str, Any]],
    for_all: Mapping[str, str] | None = None,
    more: Callable[[Any], None] = lambda book: None,
) -> Path:
    """The workbook of a project with some cells filled in, saved by openpyxl.

    Args:
        project: whose workbook.
        rows: by the row of the sheet, what is put under which title.
        for_all: what is put beside which name on "Start here".
        more: whatever else is done to the workbook.
    """
    book = openpyxl.load_workbook(exported(project))
    sheet = book["Recommendations"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    for row, cells in rows.items():
        for title, value in cells.items():
            put(sheet.cell(row, columns[title]), value)
    for line in book["Start here"].iter_rows():
        if line[0].value in (for_all or {}):
            put(line[1], (for_all or {})[line[0].value])
    more(book)
    path = project.folder.parent / "filled.xlsx"
    book.save(path)
    return path


def put(cell: Any, value: Any) -> None:
    """Put a value into a cell; a text stays one, whatever it begins with."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"


def as_csv(project: Project, rows: Mapping[int, Mapping[str, str]], delimiter: str = ",") -> str:
    """The sheet "Recommendations" of a project as the text of a CSV file, filled in."""
    sheet = openpyxl.load_workbook(exported(project))["Recommendations"]
    titles = [str(cell.value) for cell in sheet[1]]
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    for place, cells in enumerate(sheet.iter_rows(), 1):
        texts = [_shown(cell) for cell in cells]
        for title, text in rows.get(place, {}).items():
            texts[titles.index(title)] = text
        writer.writerow(texts)
    return written.getvalue()


def _shown(cell: Any) -> str:
    """A cell as a spreadsheet shows it, and saves it in a CSV file."""
    return cell.value.strftime("%d %B %Y") if cell.is_date else str(cell.value if cell.value is not None else "")


def with_parts(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A copy of a workbook with other or more parts in it."""
    copy = path.with_name("changed.xlsx")
    with zipfile.ZipFile(path) as held, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as written:
        for name in held.namelist():
            written.writestr(name, parts.get(name, held.read(name)))
        for name in parts.keys() - set(held.namelist()):
            written.writestr(name, parts[name])
    return copy


def records(project: Project) -> str:
    """The text of a project's recommendations."""
    return (project.folder / "data/recommendations.yml").read_text("utf-8")
