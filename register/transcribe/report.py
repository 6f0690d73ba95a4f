"""The published report as it is read: its volumes, with the pieces of text on each page; or what is wrong with a file."""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from register.problems import InputError, Problem, ProblemsFound

LARGEST_FILE = 1_000_000_000  # bytes
_LONGEST_READING = 900  # seconds; the process that reads a file has a limit of its own, for the processor's time
_PACKAGE = Path(__file__).resolve().parents[2]
_PROCESS = "register.transcribe.pdf_text"

_REFUSED = {
    "encrypted": ("is encrypted", "save it without a password"),
    "unreadable": ("cannot be read as a PDF", "get it from the publisher again"),
    "long": ("has more than 5,000 pages", "split it"),
    "large": ("holds more than 20 million characters", "split it"),
    "failed": ("cannot be read as a PDF, or takes too much time or memory", "get it again, or save it as a PDF again"),
}
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")


@dataclass(frozen=True)
class Piece:
    """A run of text on one line, in points from the page's upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    height: float
    bold: bool
    runs: tuple[tuple[str, bool], ...]  # each with whether it is raised and small

    @property
    def text(self) -> str:
        """All its text, raised marks included."""
        return "".join(text for text, _ in self.runs)


@dataclass(frozen=True)
class SourcePage:
    """A page of a file, from 0."""

    index: int
    width: float
    height: float
    label: str  # the page's name in the file's own list of page names; "" if it has none
    is_picture: bool  # a picture without text
    is_cut: bool  # it holds more text than is read of a page
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Volume:
    """One file of the report."""

    path: Path
    number: int | None  # None where the report is one file
    sha256: str
    pages: tuple[SourcePage, ...]

    @property
    def named(self) -> str:
        """How messages name it."""
        return f"volume {self.number}" if self.number else "the report"


def read_report(paths: Sequence[Path]) -> list[Volume]:
    """Return the volumes of a report, in order.

    A volume's number is taken from its file's name ("volume-2.pdf"); where not every file has one, they count as given.

    Raises:
        InputError: the library that reads PDFs is not installed.
        ProblemsFound: a file cannot be read; names every such file.
    """
    if find_spec("pypdfium2") is None:
        raise InputError("what reads a PDF is not installed (run 'make .venv/ready-to-edit')")
    numbers = volume_numbers([path.name for path in paths])
    with ThreadPoolExecutor() as pool:
        read = list(pool.map(_read, paths, numbers))
    problems = [found for found in read if isinstance(found, Problem)]
    doubled = {number for number in numbers if number and numbers.count(number) > 1}
    problems += [
        _problem(
            path, f"is volume {number} by its name, and so is another file", "give each volume once", "doubled-volume"
        )
        for path, number in zip(paths, numbers, strict=True)
        if number in doubled
    ]
    if problems:
        raise ProblemsFound(problems)
    return sorted((found for found in read if isinstance(found, Volume)), key=lambda volume: volume.number or 0)


def volume_numbers(names: Sequence[str]) -> list[int | None]:
    """Return the number of each volume by the files' names; as they stand where a name has none; None for a single file."""
    found = [_volume_number(name) for name in names]
    if None not in found:
        return found
    return [None] if len(names) == 1 else list(range(1, len(names) + 1))


def _volume_number(name: str) -> int | None:
    match = re.search(r"vol(?:ume)?[\s._-]*(\d{1,2}|[a-z]+)(?![a-z0-9])", name.casefold())
    if not match:
        return None
    word = match[1]
    if word.isdigit():
        return int(word) or None
    return next((words.index(word) + 1 for words in (_NUMBERS, _ROMAN) if word in words), None)


def _problem(path: Path, what: str, to_do: str, kind: str) -> Problem:
    return Problem(path.as_posix(), 1, "", what, to_do, kind)


def _read(path: Path, number: int | None) -> Volume | Problem:
    if not path.is_file():
        return _problem(path, "there is no such file", "name the report's PDF files", "file-missing")
    if path.stat().st_size > LARGEST_FILE:
        return _problem(path, "the file has more than 1,000 million bytes", "split it", "too-large")
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    try:
        held = [json.loads(line) for line in _run("text", path).splitlines()]
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, ValueError):
        held = [{"refused": "failed"}]
    if held and "refused" in held[-1]:
        return _problem(path, *_REFUSED[held[-1]["refused"]], "file-content")
    return Volume(path, number, sha256, tuple(_page(index, page) for index, page in enumerate(held)))


def _run(what: str, path: Path, asked: str = "") -> str:
    command = [sys.executable, "-m", _PROCESS, what, str(path.resolve())]
    return subprocess.run(
        command, cwd=_PACKAGE, input=asked, capture_output=True, text=True, check=True, timeout=_LONGEST_READING
    ).stdout


def _page(index: int, held: dict[str, Any]) -> SourcePage:
    pieces = tuple(
        Piece(left, top, right, bottom, height, bold, tuple((text, raised) for text, raised in runs))
        for left, top, right, bottom, height, bold, runs in held["pieces"]
    )
    return SourcePage(index, held["width"], held["height"], held["label"], held["picture"], held["cut"], pieces)


def draw_parts(volume: Volume, parts: Sequence[tuple[int, tuple[float, float, float, float], Path]]) -> None:
    """Write parts of a volume's pages as pictures: page, place, and the file to write."""
    asked = json.dumps([[index, place, str(path.resolve())] for index, place, path in parts])
    try:
        _run("pictures", volume.path, asked)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        raise ProblemsFound([_problem(volume.path, *_REFUSED["failed"], "file-content")]) from None


def pages_not_read(volume: Volume) -> Iterator[str]:
    """Yield in words which pages hold a picture and no text, or too much of it, so that not all on them can be found."""
    for first, last in _runs([page.index + 1 for page in volume.pages if page.is_cut]):
        yield f"{_pages(first, last)} of {volume.named}: only the first part was read, because there is so much; look there yourself"
    pictures = [page.index + 1 for page in volume.pages if page.is_picture]
    if pictures and len(pictures) == len(volume.pages):
        yield f"{volume.named} holds pictures of pages and no text: get it as text, or run text recognition (OCR) over it first"
        return
    for first, last in _runs(pictures):
        hold = "holds" if first == last else "hold"
        yield f"{_pages(first, last)} of {volume.named} {hold} a picture and no text: nothing there was read, so look there yourself"


def _pages(first: int, last: int) -> str:
    return f"page {first}" if first == last else f"pages {first} to {last}"


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Numbers that follow one another, as first and last."""
    first = None
    for number in numbers:
        first = number if first is None else first
        if number + 1 not in numbers:
            yield first, number
            first = None
