"""Reads the text of a PDF with its places, and draws parts of its pages, in a process of its own.

A PDF can come from anywhere, and PDFium is written in C++, so it is read where a crash, or a small file that unfolds into a
large one, harms nothing:

- ``python -m register.transcribe.pdf_text text FILE`` writes a JSON object for each page, one a line.
- ``python -m register.transcribe.pdf_text pictures FILE`` reads ``[[page, [left, top, right, bottom], path], …]`` as JSON and
  writes each part of a page as a PNG file.

What is wrong with a file is written as ``{"refused": "encrypted"}``. Places are points from a page's upper left corner.
"""

import ctypes
import json
import resource
import statistics
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

# What one file may take: seconds of processor time, bytes of memory, pages, and characters. The longest report of an
# inquiry in the United Kingdom has some 2,600 pages in its largest volume.
SECONDS, MEMORY = 300, 2_000_000_000
MOST_PAGES, MOST_CHARACTERS = 5_000, 20_000_000
MOST_PIECES = 4_000  # pieces of lines that are read of one page; a full page of a newspaper has some 1,500
DOTS_PER_INCH = 110
LONGEST_NAME = 200  # of a font
# In lines' heights: how far apart two signs of a line are when they belong to two columns, and where a sign is not on the line.
_COLUMN_GAP, _OFF_LINE = 1.1, 0.6
# A sign that is this much smaller than its line, and stands higher, is a mark of a footnote.
_SMALLER, _HIGHER = 0.8, 0.1

Box = tuple[float, float, float, float]
Sign = tuple[str, Box, int]  # its place among the page's characters


def pages(document: pdfium.PdfDocument) -> Iterator[dict[str, Any]]:
    """Yield what stands on each page: its size, its label, whether it holds pictures, pieces of lines, and whether there are more."""
    characters = 0
    for index in range(len(document)):
        page = document[index]
        text = page.get_textpage()
        characters += text.count_chars()
        if characters > MOST_CHARACTERS:
            raise _Refused("large")
        width, height = page.get_size()
        lines = list(islice(_lines(_signs(page, text)), MOST_PIECES + 1))
        yield {
            "width": width,
            "height": height,
            "label": document.get_page_label(index),
            "picture": text.count_chars() == 0 and _has_picture(page),
            "cut": len(lines) > MOST_PIECES,
            "pieces": [_piece(signs, text) for signs in lines[:MOST_PIECES]],
        }
        text.close()
        page.close()


def _has_picture(page: pdfium.PdfPage) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=3))


def _signs(page: pdfium.PdfPage, text: pdfium.PdfTextPage) -> Iterator[Sign]:
    """The characters of a page as PDFium orders them, with their places on the page as it is shown."""
    left, bottom, right, top = page.get_bbox()
    turn = page.get_rotation()
    box = pdfium_c.FS_RECTF()
    reference = ctypes.byref(box)
    for place in range(text.count_chars()):
        code = pdfium_c.FPDFText_GetUnicode(text, place)
        if code in (0, 10, 13) or not pdfium_c.FPDFText_GetLooseCharBox(text, place, reference):
            continue
        # What ends a line with a hyphen, PDFium shows as U+0002.
        sign = "-" if code == 2 else chr(code) if code < 0xD800 or 0xDFFF < code < 0x110000 else "\ufffd"
        x0, y0, x1, y1 = box.left - left, box.bottom - bottom, box.right - left, box.top - bottom
        yield sign, _shown((x0, y0, x1, y1), turn, right - left, top - bottom), place


def _shown(box: Box, turn: int, width: float, height: float) -> Box:
    """A place from the upper left corner of the page as it is shown, when it is turned clockwise."""
    x0, y0, x1, y1 = box
    if turn == 90:
        return y0, x0, y1, x1
    if turn == 180:
        return width - x1, y0, width - x0, y1
    if turn == 270:
        return height - y1, width - x1, height - y0, width - x0
    return x0, height - y1, x1, height - y0


def _lines(signs: Iterator[Sign]) -> Iterator[list[Sign]]:
    """Runs of signs that follow one another on one line of one column."""
    run = list[Sign]()
    for sign in signs:
        if run and _breaks(run[-1][1], sign[1], run[0][1]):
            yield run
            run = []
        if not (sign[0].isspace() and (not run or sign[1][3] <= sign[1][1])):
            run.append(sign)
        elif run:  # a space that PDFium adds has no place of its own
            run.append((" ", run[-1][1], sign[2]))
    if run:
        yield run


def _breaks(last: Box, here: Box, first: Box) -> bool:
    height = max(last[3] - last[1], first[3] - first[1], 1)
    if here[3] <= here[1]:
        return False
    off_line = min(here[3], last[3]) - max(here[1], last[1]) < 0
    lower = here[1] - first[1] > _OFF_LINE * height or first[3] - here[3] > _OFF_LINE * height
    return off_line or lower or here[0] - last[2] > _COLUMN_GAP * height or here[0] < last[0] - height


def _piece(signs: list[Sign], text: pdfium.PdfTextPage) -> list[Any]:
    """A piece of a line: its place, whether it is bold, and its text in runs, each with whether it is a raised mark."""
    seen = [sign for sign in signs if not sign[0].isspace()] or signs
    height = statistics.mode(round(box[3] - box[1], 1) for _, box, _ in seen)
    foot = statistics.median(box[3] for _, box, _ in seen if box[3] - box[1] >= _SMALLER * height)
    runs = list[list[Any]]()
    for sign, box, _ in signs:
        tall = box[3] - box[1]
        raised = 0 < tall < _SMALLER * height and foot - box[3] > _HIGHER * height
        if runs and runs[-1][1] == raised:
            runs[-1][0] += sign
        else:
            runs.append([sign, raised])
    level = [box for _, box, _ in seen if box[3] - box[1] >= _SMALLER * height]
    place = [min(box[0] for _, box, _ in seen), min(box[1] for box in level), max(box[2] for _, box, _ in seen), foot]
    return [*(round(value, 1) for value in place), height, _is_bold(text, seen), runs]


def _is_bold(text: pdfium.PdfTextPage, signs: list[Sign]) -> bool:
    """Whether a piece begins and ends in a bold face, by the name of its font."""
    return all("bold" in _font(text, place) or "black" in _font(text, place) for place in (signs[0][2], signs[-1][2]))


def _font(text: pdfium.PdfTextPage, place: int) -> str:
    name = ctypes.create_string_buffer(LONGEST_NAME)
    pdfium_c.FPDFText_GetFontInfo(text, place, name, LONGEST_NAME, ctypes.byref(ctypes.c_int()))
    return name.value.decode("utf-8", "replace").casefold()


def draw(document: pdfium.PdfDocument, parts: list[tuple[int, Box, str]]) -> None:
    """Write parts of pages as grey PNG files."""
    for index, (left, top, right, bottom), path in parts:
        page = document[index]
        width, height = page.get_size()
        crop = (max(0, left), max(0, height - bottom), max(0, width - right), max(0, top))
        page.render(scale=DOTS_PER_INCH / 72, crop=crop, grayscale=True).to_pil().save(path, "PNG")
        page.close()


class _Refused(Exception):
    """The file is not read; the text says why in one word."""


def _opened(path: Path) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        raise _Refused("encrypted" if "password" in str(error).casefold() else "unreadable") from None
    if not 0 < len(document) <= MOST_PAGES:
        raise _Refused("long" if len(document) else "unreadable")
    return document


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        opened = _opened(Path(sys.argv[2]))
        if sys.argv[1] == "pictures":
            draw(opened, json.load(sys.stdin))
        else:
            for found in pages(opened):
                print(json.dumps(found))
    except _Refused as refused:
        print(json.dumps({"refused": str(refused)}))
