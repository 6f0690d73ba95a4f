"""Writes the workbook: one row a recommendation, what is known locked, and cells for one update each.

The same register on the same day gives the same bytes. No cell is a formula: every text is written as text, and in a cell of
the format "text", so that one that begins with ``=`` stays a text when somebody edits it (OWASP, CSV Injection).
"""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from register.dates import PartialDate, midnight, say
from register.edit.input_fields import InputField
from register.model import Update, fields_of
from register.spreadsheet.columns import (
    CHECK,
    DATE_FOR_ALL,
    HISTORY,
    KNOWN,
    LINKS,
    RECOMMENDATIONS,
    START,
    VOICE_FOR_ALL,
    WORDS,
    digests,
    entry_fields,
    entry_title,
    known_texts,
)
from register.state.snapshot import Snapshot

SPARE_ROWS = 20  # for a second update of a recommendation
_LONGEST_PROMPT = 255  # signs of the text that a spreadsheet shows beside a chosen cell (ECMA-376, part 1, 18.3.1.32)
_ENTRY_WIDTHS = {"note": 50, "reason": 36, "meaning": 36, "done_when": 36, "evidence": 28, "lead": 24}
_USUAL_WIDTH = 18
_MOST_LINES = 25  # of a row; a row may have 409 points (Excel's limit)


def workbook(snapshot: Snapshot) -> bytes:
    """Return the workbook of a register as it stands on the snapshot's day, as an .xlsx file."""
    return _Workbook(snapshot).written()


class _Workbook:
    """One workbook while it is written."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.fields = entry_fields(snapshot.register)
        self.file = io.BytesIO()
        self.book: Any = xlsxwriter.Workbook(self.file, {"in_memory": True})
        self.book.set_properties(
            {
                "title": snapshot.header.title,
                "author": snapshot.header.partnership.name,
                "created": midnight(snapshot.as_of),
            }
        )
        text = {"num_format": "@", "text_wrap": True, "valign": "top", "border": 1, "border_color": "#767676"}
        known = {**text, "bg_color": "#E7E6E6"}
        self.formats = {
            "plain": self.book.add_format({"text_wrap": True, "valign": "top"}),
            "title": self.book.add_format({"bold": True, "font_size": 16}),
            "header": self.book.add_format({**text, "bold": True, "bg_color": "#E7E6E6"}),
            "entry header": self.book.add_format({**text, "bold": True, "italic": True, "bottom": 5}),
            "known": self.book.add_format(known),
            "number": self.book.add_format({**known, "num_format": "0"}),
            # With the month's name: by numbers alone, a computer set up for the United States swaps day and month.
            "date": self.book.add_format({**known, "num_format": "d mmmm yyyy", "align": "left"}),
            "entry": self.book.add_format({**text, "locked": False}),
        }

    def written(self) -> bytes:
        """The finished file."""
        sheets = {name: self.book.add_worksheet(name) for name in (START, RECOMMENDATIONS, HISTORY, LINKS, WORDS)}
        words = self._words(sheets[WORDS])
        self._links(sheets[LINKS])
        self._start(sheets[START], words)
        self._recommendations(sheets[RECOMMENDATIONS], words)
        self._history(sheets[HISTORY])
        for sheet in sheets.values():
            sheet.hide_gridlines(0)
            sheet.set_landscape()
            sheet.set_paper(9)  # A4
            if sheet in (sheets[RECOMMENDATIONS], sheets[HISTORY]):  # on one page's width nobody could read them
                sheet.repeat_columns(0, 1)
                sheet.set_paper(8)  # A3
                sheet.fit_to_pages(2, 0)
            else:
                sheet.fit_to_pages(1, 0)
        self.book.close()
        return self.file.getvalue()

    # ── sheets ──────────────────────────────────────────────────────────────────────────────────

    def _start(self, sheet: Any, words: dict[str, str]) -> None:
        header, day = self.snapshot.header, say(self.snapshot.as_of)
        sheet.set_column(0, 0, 34)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, header.title, self.formats["title"])
        sheet.set_row(0, 24)
        rows = [("As known on", day), *_HOW]
        for row, (name, told) in enumerate(rows, 2):
            sheet.write_string(row, 0, name, self.formats["plain"])
            sheet.write_string(row, 1, told, self.formats["plain"])
            sheet.set_row(row, _height([(told, 90)]))
        row = len(rows) + 3
        for name, field in ((DATE_FOR_ALL, self.fields["date"]), (VOICE_FOR_ALL, self.fields["voice"])):
            sheet.write_string(row, 0, name, self.formats["header"])
            sheet.write_blank(row, 1, None, self.formats["entry"])
            self._offer(sheet, (row, 1, row, 1), field, words)
            row += 1
        sheet.protect("", _ALLOWED)

    def _recommendations(self, sheet: Any, words: dict[str, str]) -> None:
        titles = [*(column.title for column in KNOWN), *map(entry_title, self.fields), CHECK]
        last, first_entry = len(self.snapshot.statuses) + SPARE_ROWS, len(KNOWN)
        self._header(sheet, titles, last, range(first_entry, first_entry + len(self.fields)))
        for column, known in enumerate(KNOWN):
            sheet.set_column(column, column, known.width)
            self._note(sheet, column, known.description)
        sheet.set_column(len(titles) - 1, len(titles) - 1, 12, None, {"hidden": True})
        for column, (name, field) in enumerate(self.fields.items(), first_entry):
            sheet.set_column(column, column, _ENTRY_WIDTHS.get(name, _USUAL_WIDTH))
            self._note(sheet, column, "\n".join([field.description, *_meanings(field)]))
            for row in range(1, last + 1):
                sheet.write_blank(row, column, None, self.formats["entry"])
            self._offer(sheet, (1, column, last, column), field, words)
        for row, status in enumerate(self.snapshot.statuses.values(), 1):
            texts = known_texts(status, self.snapshot.header)
            for column, known in enumerate(KNOWN):
                self._known_cell(sheet, row, column, texts[known.title], known.is_date)
            sheet.set_row(row, _height([(texts[known.title], known.width) for known in KNOWN]))
            check = digests(texts, self.snapshot.as_of)
            sheet.write_string(row, len(titles) - 1, check, self.formats["known"])
        for row in range(len(self.snapshot.statuses) + 1, last + 1):  # the number of a second update is typed
            sheet.write_blank(row, 0, None, self.formats["entry"])
        sheet.freeze_panes(1, 2)
        sheet.protect("", _ALLOWED)

    def _history(self, sheet: Any) -> None:
        fields = {name: info for name, info in fields_of(Update).items() if name not in ("edited", "withdrawn")}
        titles = ["Number", *(name.replace("_", " ").capitalize() for name in fields), "Withdrawn"]
        entries = [
            (number, entry.update) for number, status in self.snapshot.statuses.items() for entry in status.history
        ]
        self._header(sheet, titles, max(1, len(entries)))
        for column, name in enumerate(["number", *fields], 0):
            sheet.set_column(column, column, _ENTRY_WIDTHS.get(name, _USUAL_WIDTH))
        for row, (number, update) in enumerate(entries, 1):
            texts = [
                (getattr(update, name) or "", width) for name, width in _ENTRY_WIDTHS.items() if name != "evidence"
            ]
            sheet.set_row(row, _height(texts))
            self._known_cell(sheet, row, 0, str(number))
            for column, name in enumerate(fields, 1):
                self._known_cell(sheet, row, column, self._shown(name, getattr(update, name)), name in _dates(fields))
            self._known_cell(sheet, row, len(titles) - 1, update.withdrawn.reason if update.withdrawn else "")
        sheet.freeze_panes(1, 1)
        sheet.protect("", _ALLOWED)

    def _links(self, sheet: Any) -> None:
        links = self.snapshot.register.links
        self._table(sheet, ["Id", "Name", "Owner"], [[link.id, link.name, link.owner] for link in links], (34, 70, 50))

    def _words(self, sheet: Any) -> dict[str, str]:
        """The words of each field that has some; returned are their places, by the field's name."""
        rows, places = list[list[str]](), dict[str, str]()
        for name, field in self.fields.items():
            if field.choices and name != "evidence":
                first = len(rows) + 2
                rows += [[entry_title(name), choice.label, choice.definition] for choice in field.choices]
                places[name] = f"={WORDS}!$B${first}:$B${len(rows) + 1}"
        self._table(sheet, ["Column", "Word", "What it means"], rows, (24, 34, 90))
        return {**places, "evidence": f"={LINKS}!$A$2:$A${len(self.snapshot.register.links) + 1}"}

    # ── parts of sheets ─────────────────────────────────────────────────────────────────────────

    def _table(self, sheet: Any, titles: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        self._header(sheet, titles, max(1, len(rows)))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        for row, texts in enumerate(rows, 1):
            sheet.set_row(row, _height(list(zip(texts, widths, strict=True))))
            for column, text in enumerate(texts):
                self._known_cell(sheet, row, column, text)
        sheet.freeze_panes(1, 0)
        sheet.protect("", _ALLOWED)

    def _header(self, sheet: Any, titles: Sequence[str], last: int, entries: range = range(0)) -> None:
        """The first row, as the header of a table, which screen readers say with every cell."""
        columns = [
            {"header": title, "header_format": self.formats["entry header" if place in entries else "header"]}
            for place, title in enumerate(titles)
        ]
        name = sheet.get_name().replace(" ", "_") + "_table"
        sheet.add_table(0, 0, last, len(titles) - 1, {"name": name, "columns": columns, "style": None})
        sheet.set_row(0, 32)
        sheet.repeat_rows(0)

    def _known_cell(self, sheet: Any, row: int, column: int, text: str, is_date: bool = False) -> None:
        if not text:
            sheet.write_blank(row, column, None, self.formats["known"])
        elif is_date:
            self._date_cell(sheet, row, column, PartialDate(text))
        elif column == 0 and text.isdigit():
            sheet.write_number(row, column, int(text), self.formats["number"])
        else:
            sheet.write_string(row, column, text, self.formats["known"])

    def _date_cell(self, sheet: Any, row: int, column: int, date: PartialDate) -> None:
        """A day as a date; a month or a year as words, because every date of a spreadsheet is a day."""
        if date.exact:
            sheet.write_datetime(row, column, date.first, self.formats["date"])
        else:
            sheet.write_string(row, column, str(date), self.formats["known"])

    def _note(self, sheet: Any, column: int, told: str) -> None:
        sheet.write_comment(0, column, told, {"author": "", "x_scale": 3, "y_scale": 3})

    def _offer(self, sheet: Any, cells: tuple[int, int, int, int], field: InputField, words: dict[str, str]) -> None:
        """Say what belongs in some cells when one is chosen, and offer its words where there are some.

        Another text can be typed all the same: the import explains what is wrong better than a spreadsheet does.
        """
        told = field.description
        if field.holds == "date":
            told = f"{told} {_DATES}"
        elif field.many:
            told = f"{told} Several with ; between them."
        offered: dict[str, Any] = {
            "validate": "any",
            "input_title": field.label,
            "input_message": told if len(told) <= _LONGEST_PROMPT else field.description[:_LONGEST_PROMPT],
        }
        if field.name in words:
            offered |= {"validate": "list", "source": words[field.name], "show_error": False}
        sheet.data_validation(*cells, offered)

    def _shown(self, name: str, value: object) -> str:
        """A field's value in words, as the committee knows them."""
        if isinstance(value, PartialDate):
            return value.text
        if isinstance(value, list):
            return "; ".join(map(str, value))
        labels = {choice.id: choice.label for choice in self.fields[name].choices} if name in self.fields else {}
        return labels.get(str(value), str(value)) if value is not None else ""


def _height(texts: Sequence[tuple[str, int]]) -> int:
    """The height in points of a row with texts in columns of these widths, in signs: LibreOffice would not find it itself."""
    lines = [sum(-(-len(line) // max(1, width - 4)) or 1 for line in text.split("\n")) for text, width in texts]
    return 16 * min(max([1, *lines]), _MOST_LINES)


def _dates(names: Iterable[str]) -> set[str]:
    return {name for name in names if "PartialDate" in str(Update.model_fields[name].annotation)}


def _meanings(field: InputField) -> list[str]:
    """The words of a field with their meanings; those of links stand on a sheet of their own."""
    return [f"{choice.label}: {choice.definition}" for choice in field.choices if choice.definition]


_DATES = "Like 31/12/2026; October 2026 or 2026 if no more is known."
# What protection lets people do, which is all that hurts nothing.
_ALLOWED = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
    "autofilter": True,
    "insert_rows": True,
    "delete_rows": True,
}
_HOW = (
    (
        "What this is",
        "What the register says of each recommendation, and white cells in which you can say what is new.",
    ),
    (
        "Fill in",
        "On the sheet 'Recommendations', find the row of a recommendation. Leave its grey cells. In the columns that begin "
        "with 'New', write what happened: one row is one update. Leave empty what has not changed; an empty cell never "
        "takes anything away.",
    ),
    (
        "Always needed",
        "A date, a voice and a note. If date and voice are the same in all rows, write them below, once.",
    ),
    ("Dates", "Write 31/12/2026. If only the month or the year is known, write October 2026 or 2026."),
    (
        "Words",
        "Choose from the list that opens in a cell. What each word means stands in the note on the column's title, and on "
        "the sheet 'Words'.",
    ),
    ("Evidence", "The ids of pages from the sheet 'Links'; several with ; between them."),
    ("Two updates of one recommendation", "Use an empty row at the end, and write the number there."),
    ("What is never written", "The name of anybody who was harmed, and no address or telephone number."),
    (
        "Sorting and taking out rows",
        "You may, once the sheet is unprotected (there is no password). The number says which recommendation a row is about.",
    ),
    (
        "When it is done",
        "Save it as .xlsx, .ods or .csv and send it to the register's editor. Everything is checked before anything is "
        "published.",
    ),
)
