"""The tables in one workbook for people, a sheet each: numbers as numbers, days as days, and text always as text.

The same register gives the same bytes. No cell is a formula.
"""

import datetime
import io
from typing import Any

import xlsxwriter

from register.dates import midnight
from register.exports.published import Published
from register.exports.tables import Column, Table, Value

_ABOUT = "about"
_WIDTHS = {"string": 24, "integer": 10, "boolean": 10}
_WIDE = 60  # for whole sentences
_SENTENCE = 200  # signs; a field that can hold more holds sentences


def workbook(published: Published, tables: list[Table]) -> bytes:
    """Return the tables as an .xlsx file, behind a sheet that says what they are and where to find help."""
    file = io.BytesIO()
    book: Any = xlsxwriter.Workbook(file, {"in_memory": True})
    about = published.about
    book.set_properties(
        {
            "title": about.title,
            "author": published.header.partnership.name,
            "created": midnight(about.changed),
            "comments": about.version,
        }
    )
    formats = {
        "header": book.add_format({"bold": True, "bottom": 1}),
        "text": book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"}),
        # With the month's name: by numbers alone, a computer set up for the United States swaps day and month.
        "day": book.add_format({"num_format": "d mmmm yyyy", "align": "left", "valign": "top"}),
        "value": book.add_format({"align": "left", "valign": "top"}),
    }
    _about(book.add_worksheet(_ABOUT), published, formats)
    for table in tables:
        _sheet(book.add_worksheet(table.name), table, formats)
    book.close()
    return file.getvalue()


def _about(sheet: Any, published: Published, formats: dict[str, Any]) -> None:
    sheet.set_column(0, 0, 110, formats["text"])
    lines = [published.about.title, published.licence_in_words, "Help:"]
    lines += [
        f"{line.name}: {line.number}. {line.for_whom} {line.hours}" for line in published.about.help if line.number
    ]
    lines += [f"Version {published.about.version}. Format {published.about.format}. {published.about.site}"]
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line, formats["header" if row == 0 else "text"])


def _sheet(sheet: Any, table: Table, formats: dict[str, Any]) -> None:
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(column))
        sheet.write_string(0, place, column.name, formats["header"])
        for row, held in enumerate(table.rows, 1):
            _write(sheet, (row, place), column, column.value(held), formats)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _write(sheet: Any, place: tuple[int, int], column: Column, value: Value, formats: dict[str, Any]) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(*place, value, formats["value"])
    elif isinstance(value, int):
        sheet.write_number(*place, value, formats["value"])
    elif value is not None and column.schema.get("format") == "date":
        sheet.write_datetime(*place, datetime.datetime.fromisoformat(value), formats["day"])
    elif value is not None:
        sheet.write_string(*place, value, formats["text"])


def _width(column: Column) -> int:
    if column.schema.get("maxLength", 0) > _SENTENCE:
        return _WIDE
    return _WIDTHS[column.schema["type"]]
