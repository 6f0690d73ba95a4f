"""Makes published reports of a fictional inquiry, as PDF files in many layouts, for the tests of what reads them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 595.0, 842.0  # A4, in points
TOP, BOTTOM, LEFT, RIGHT = 740.0, 110.0, 72.0, 523.0
GUTTER = 24.0
MARKS = ("• ", "(a) ", "(b) ", "(c) ", "1. ", "2. ", "3. ")


@dataclass(frozen=True)
class Style:
    """How a report is laid out."""

    columns: int = 1
    size: float = 10.0
    head: str = "Exampleshire Inquiry"
    first_page: int | None = 1  # the number printed on the first page; None if none is printed
    heading: Literal["Recommendation {}", "RECOMMENDATION {}", "{}."] = "Recommendation {}"
    justified: bool = False
    hyphens: frozenset[str] = frozenset()  # words that a line's end may part, each at one place, marked with |
    pages_before: int = 0


@dataclass
class Printer:
    """Lays text out on pages, from the top of the first column to the foot of the last."""

    path: Path
    style: Style
    pages: int = 0
    y: float = TOP
    column: int = 0

    def __post_init__(self) -> None:
        self.canvas = Canvas(str(self.path), pagesize=(WIDTH, HEIGHT), invariant=1)
        self.parts = {word.replace("|", ""): word.split("|") for word in self.style.hyphens}
        self._furnish()

    # ── pages ──────────────────────────────────────────────────────────────────────────────────

    @property
    def width(self) -> float:
        """Of a column."""
        return (RIGHT - LEFT - GUTTER * (self.style.columns - 1)) / self.style.columns

    @property
    def x(self) -> float:
        """The left edge of the column."""
        return LEFT + self.column * (self.width + GUTTER)

    def _furnish(self) -> None:
        """Print what stands on every page."""
        if self.style.head:
            self.write(LEFT, 800, self.style.head, "Times-Italic", 9)
        if self.style.first_page is not None:
            self.write(290, 40, str(self.style.first_page + self.pages), "Times-Roman", 9)

    def write(
        self, x: float, y: float, text: str, font: str = "Times-Roman", size: float | None = None, spread: float = 0.0
    ) -> None:
        """Print text at a place, with this much more room between its words."""
        self.canvas.setFont(font, size or self.style.size)
        self.canvas.drawString(x, y, text, wordSpace=spread)

    def next_page(self, furnished: bool = True) -> None:
        """Go on at the top of the next page; one that is not furnished has no head and no number."""
        self.canvas.showPage()
        self.pages, self.y, self.column = self.pages + 1, TOP, 0
        if furnished:
            self._furnish()

    def picture_page(self, picture: Path) -> None:
        """A scanned page: a picture and nothing else."""
        self.canvas.showPage()
        self.canvas.drawImage(ImageReader(str(picture)), 0, 0, WIDTH, HEIGHT)
        self.canvas.showPage()
        self.pages, self.y, self.column = self.pages + 2, TOP, 0
        self._furnish()

    def save(self, password: str = "") -> Path:
        """Write the file."""
        if password:
            self.canvas.setEncrypt(password)
        self.canvas.save()
        return self.path

    def room(self, lines: float) -> None:
        """Go on in the next column or on the next page if there is no room for some lines."""
        if self.y - lines * self.style.size * 1.3 < BOTTOM:
            if self.column + 1 < self.style.columns:
                self.column, self.y = self.column + 1, TOP
            else:
                self.next_page()

    # ── text ───────────────────────────────────────────────────────────────────────────────────

    def heading(self, text: str) -> None:
        """A bold line, with room around it."""
        self.room(4)
        self.y -= self.style.size * 1.2
        self.write(self.x, self.y, text, "Times-Bold", self.style.size * 1.05)
        self.y -= self.style.size * 1.9

    def paragraph(self, text: str, indent: float = 0.0, font: str = "Times-Roman") -> None:
        """A paragraph, or an item of a list, whose mark stands out to the left."""
        mark = next((mark for mark in MARKS if text.startswith(mark)), "")
        indent += 16.0 if mark else 0.0
        first = True
        for line, is_last in self.wrapped(text.removeprefix(mark), self.width - indent, font):
            self.room(1)
            if first and mark:
                self.write(self.x + indent - 14, self.y, mark, font)
            spread = 0.0 if is_last else self._spread(line, self.width - indent, font)
            self.write(self.x + indent, self.y, line, font, spread=spread)
            self.y -= self.style.size * 1.3
            first = False
        if not mark:
            self.y -= self.style.size * 0.8

    def _spread(self, line: str, width: float, font: str) -> float:
        spaces = line.count(" ")
        if not self.style.justified or not spaces:
            return 0.0
        return (width - stringWidth(line, font, self.style.size)) / spaces

    def wrapped(self, text: str, width: float, font: str) -> Iterator[tuple[str, bool]]:
        """The lines of a text, each with whether it is the last; words are parted where the style says so."""
        line, words = "", text.split()
        while words:
            word = words.pop(0)
            longer = f"{line} {word}".strip()
            if stringWidth(longer, font, self.style.size) <= width:
                line = longer
                continue
            first, second = self._parted(word)
            if second and stringWidth(f"{line} {first}", font, self.style.size) <= width:
                yield f"{line} {first}".strip(), False
                line = ""
                words.insert(0, second)
            else:
                yield line, False
                line = word
        yield line, True

    def _parted(self, word: str) -> tuple[str, str]:
        """A word in two parts for a line's end: "safe-", "guarding"."""
        bare = word.strip(".,:;")
        if bare in self.parts and len(self.parts[bare]) == 2:
            first = self.parts[bare][0]
            return f"{first.removesuffix('-')}-", word.replace(first, "", 1)
        return word, ""


def print_report(path: Path, wordings: dict[int, Sequence[str]], style: Style, before: Sequence[str] = ()) -> Path:
    """Make a report with these recommendations, one after another; the text before them stands at its beginning."""
    printer = Printer(path, style)
    for text in before:
        printer.paragraph(text)
    for _ in range(style.pages_before):
        printer.next_page()
        printer.paragraph(f"What was heard in part {printer.pages} of the inquiry stands in this part of the report.")
    if style.heading == "{}.":
        printer.heading("Summary of recommendations")
    for number, paragraphs in wordings.items():
        print_recommendation(printer, number, paragraphs)
    printer.heading("What happens next")
    printer.paragraph("The inquiry has ended.")
    return printer.save()


def print_recommendation(printer: Printer, number: int, paragraphs: Sequence[str]) -> None:
    """One recommendation with its heading, or with its number before its first words."""
    if printer.style.heading == "{}.":
        printer.room(1)
        printer.write(printer.x, printer.y, f"{number}.")
        for paragraph in paragraphs:
            printer.paragraph(paragraph, indent=22.0)
    else:
        printer.heading(printer.style.heading.format(number))
        for paragraph in paragraphs:
            printer.paragraph(paragraph)
    printer.y -= printer.style.size * 0.8


def as_typed(paragraphs: Sequence[str]) -> str:
    """The text that the register holds of paragraphs that were printed."""
    made = ""
    for place, paragraph in enumerate(paragraphs):
        listed = paragraph.startswith(MARKS)
        together = place and listed and paragraphs[place - 1].startswith(MARKS)
        made += ("\n" if together else "\n\n" if place else "") + paragraph.replace("• ", "- ", 1)
    return made
