"""Reads a filled spreadsheet: .xlsx, .ods, or .csv as saved in the United Kingdom."""

import csv
import io
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from register.ordinary_files import read_ordinary
from register.problems import InputError, ProblemsFound
from register.spreadsheet.cells import SheetText
from register.spreadsheet.columns import recognised
from register.spreadsheet.zipped import MOST_COLUMNS, MOST_ROWS, RefusedFile, from_json

LARGEST = 10_000_000  # bytes
_LONGEST_READING = 40  # seconds; the process that reads ends itself before that
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DELIMITERS = ",;\t"


class UnreadableFile(InputError):
    """A file that is no spreadsheet, or none that is taken; the text says what it is and what to do."""

    def __init__(self, path: Path, what: str, to_do: str) -> None:
        super().__init__(f"{path.name} {what} ({to_do}; nothing was written)")


def need_spreadsheets() -> None:
    """Do nothing if what reads and writes spreadsheets is installed.

    Raises:
        InputError: it is not; says how to get it.
    """
    if find_spec("openpyxl") is None or find_spec("xlsxwriter") is None:
        raise InputError("what reads and writes spreadsheets is not installed (run 'make .venv/ready-to-edit')")


def read_sheets(path: Path) -> list[SheetText]:
    """Return the sheets of a spreadsheet file.

    Raises:
        ProblemsFound: the file is too large, or no ordinary file.
        UnreadableFile: it is none that is taken.
    """
    try:
        content = read_ordinary(path, path.name, LARGEST)
    except ProblemsFound as found:
        raise ProblemsFound(found.problems, "nothing was written") from None
    try:
        if content.startswith(_ZIP):
            need_spreadsheets()
            return _zipped(content)
        if content.startswith(_OLE):
            raise RefusedFile("is in an old format, or needs a password", "save it as .xlsx without a password")
        if path.suffix.lower() in (".xlsx", ".ods", ".xlsm", ".xls", ".pdf", ".docx"):
            raise RefusedFile(f"is no {path.suffix.lower()} file, whatever its name says", "save it as .xlsx again")
        return [SheetText(path.stem, _csv_rows(_decoded(content)))]
    except RefusedFile as refused:
        raise UnreadableFile(path, refused.what, refused.to_do) from None


def _zipped(content: bytes) -> list[SheetText]:
    """The sheets of a file that a process with bounds reads: a copy, which nobody changes meanwhile."""
    package = Path(__file__).resolve().parents[2]
    with tempfile.NamedTemporaryFile() as copy:
        copy.write(content)
        copy.flush()
        command = [sys.executable, "-m", "register.spreadsheet.zipped", copy.name]
        try:
            done = subprocess.run(command, cwd=package, capture_output=True, check=True, timeout=_LONGEST_READING)
        except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
            what = "cannot be read as a spreadsheet, or takes too much time or memory"
            raise RefusedFile(what, "open it, and save it as .xlsx again") from None
    return from_json(done.stdout.decode())


def _decoded(content: bytes) -> str:
    """The text of a CSV file: UTF-8, or UTF-16 by its mark ("Unicode text"), or else as Windows saves it in the West."""
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    for name in (encoding, "cp1252"):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RefusedFile("is no text that can be read", "save it as .xlsx, or as CSV with the encoding UTF-8")


def _csv_rows(text: str) -> list[list[str]]:
    """The rows, with the delimiter by which most columns are recognised."""
    return max((_parsed(text, delimiter) for delimiter in _DELIMITERS), key=_columns_recognised)


def _columns_recognised(rows: list[list[str]]) -> int:
    return max((sum(map(recognised, row)) for row in rows[:10]), default=0)


def _parsed(text: str, delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row])
            if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS:
                raise RefusedFile("is too large", f"the most is {MOST_ROWS:,} rows and {MOST_COLUMNS} columns")
    except csv.Error as error:
        raise RefusedFile(f"cannot be read as CSV: {error}, in row {len(rows) + 1}", "save it again") from None
    return rows
