"""A report's file is read in bounds: what cannot be read is said plainly, and so is a page without text."""

import zlib
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import EncodedStreamObject, NameObject

from made_reports import Printer, Style
from register.problems import InputError, ProblemsFound
from register.transcribe import report
from register.transcribe.report import pages_not_read, read_report, volume_numbers

FAILED = "a.pdf: cannot be read as a PDF, or takes too much time or memory (get it again, or save it as a PDF again)"


def made(path: Path, pages: int = 1, password: str = "") -> Path:
    """A report of some pages."""
    printer = Printer(path, Style())
    printer.paragraph("What was heard stands here.")
    for _ in range(pages - 1):
        printer.next_page()
        printer.paragraph("And more of it here.")
    return printer.save(password)


def refused(*paths: Path) -> list[str]:
    """What is said of files that cannot be read."""
    with pytest.raises(ProblemsFound) as found:
        read_report(paths)
    return [f"{Path(problem.path).name}: {problem.message}" for problem in found.value.problems]


def test_every_file_that_cannot_be_read_is_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"no PDF at all")
    made(tmp_path / "b.pdf", password="secret")
    (tmp_path / "d.pdf").write_bytes(made(tmp_path / "whole.pdf").read_bytes()[:400])
    assert refused(*(tmp_path / f"{name}.pdf" for name in "abcd")) == [
        "a.pdf: cannot be read as a PDF (get it from the publisher again)",
        "b.pdf: is encrypted (save it without a password)",
        "c.pdf: there is no such file (name the report's PDF files)",
        "d.pdf: cannot be read as a PDF (get it from the publisher again)",
    ]


def test_a_good_file_is_read_whole(tmp_path: Path) -> None:
    [volume] = read_report([made(tmp_path / "a.pdf", pages=3)])
    assert [page.index for page in volume.pages] == [0, 1, 2]
    assert "What was heard stands here." in [piece.text for piece in volume.pages[0].pieces]
    assert len(volume.sha256) == 64


def test_two_files_of_one_volume_are_refused(tmp_path: Path) -> None:
    assert refused(made(tmp_path / "volume-1.pdf"), made(tmp_path / "vol 1 again.pdf")) == [
        "vol 1 again.pdf: is volume 1 by its name, and so is another file (give each volume once)",
        "volume-1.pdf: is volume 1 by its name, and so is another file (give each volume once)",
    ]


@pytest.mark.parametrize(
    ("names", "numbers"),
    [
        (["report.pdf"], [None]),
        (["report-volume-2.pdf"], [2]),
        (["Volume Three.pdf", "VOL_I.pdf", "vol2.pdf"], [3, 1, 2]),
        (["first.pdf", "second.pdf"], [1, 2]),
        (["volume-2.pdf", "annex.pdf"], [1, 2]),
        (["volunteers.pdf"], [None]),
    ],
)
def test_a_volume_is_numbered_by_its_name_else_by_its_place(names: list[str], numbers: list[int | None]) -> None:
    assert volume_numbers(names) == numbers


def scanned(path: Path, pictures: list[bool], picture: Path) -> Path:
    """A report in which some pages are pictures."""
    Image.new("L", (60, 80), 200).save(picture)
    printer = Printer(path, Style())
    for place, is_picture in enumerate(pictures):
        if is_picture:
            printer.canvas.drawImage(str(picture), 0, 0, 595, 842)
        else:
            printer.paragraph("Text.")
        if place + 1 < len(pictures):
            printer.next_page(furnished=not pictures[place + 1])
    return printer.save()


def test_scanned_pages_are_said_plainly(tmp_path: Path) -> None:
    pictures = [False, True, False, True, True]
    path = scanned(tmp_path / "volume-1.pdf", pictures, tmp_path / "scan.png")
    [volume] = read_report([path])
    assert list(pages_not_read(volume)) == [
        "page 2 of volume 1 holds a picture and no text: nothing there was read, so look there yourself",
        "pages 4 to 5 of volume 1 hold a picture and no text: nothing there was read, so look there yourself",
    ]


def test_a_report_that_is_scanned_from_end_to_end_is_said_once(tmp_path: Path) -> None:
    Image.new("L", (60, 80), 200).save(tmp_path / "scan.pdf", "PDF")
    [volume] = read_report([tmp_path / "scan.pdf"])
    assert list(pages_not_read(volume)) == [
        "the report holds pictures of pages and no text: get it as text, or run text recognition (OCR) over it first"
    ]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_is_turned_is_read_as_it_is_shown(tmp_path: Path, turn: int) -> None:
    """Its text is turned back, so that it reads from left to right when the page is shown."""
    printer = Printer(tmp_path / "a.pdf", Style(head="", first_page=None))
    printer.canvas.setPageRotation(turn)
    printer.canvas.saveState()
    printer.canvas.translate(300, 400)
    printer.canvas.rotate(turn)
    printer.write(0, 0, "First line of a turned page")
    printer.write(0, -20, "and its second line")
    printer.canvas.restoreState()
    printer.save()
    [volume] = read_report([tmp_path / "a.pdf"])
    first, second = volume.pages[0].pieces
    assert first.text == "First line of a turned page"
    assert (first.bottom < second.top, abs(first.left - second.left) < 1) == (True, True)
    assert first.right - first.left > first.bottom - first.top
    page = volume.pages[0]
    assert 0 < first.left < first.right < page.width
    assert 0 < first.top < second.bottom < page.height


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "_LONGEST_READING", 0.01)
    assert refused(made(tmp_path / "a.pdf")) == [FAILED]


def test_a_small_file_that_unfolds_into_a_large_one_is_refused_in_its_bounds(tmp_path: Path) -> None:
    """A page whose content is two thousand million spaces, packed into two million bytes."""
    packer = zlib.compressobj(9)
    packed = b"".join([packer.compress(b" " * 10_000_000) for _ in range(200)] + [packer.flush()])
    writer = PdfWriter()
    page = writer.add_blank_page(100, 100)
    content = EncodedStreamObject()
    content._data = packed
    content[NameObject("/Filter")] = NameObject("/FlateDecode")
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.write(tmp_path / "a.pdf")
    assert refused(tmp_path / "a.pdf") == [FAILED]


def test_without_the_tools_for_editors_it_is_said_how_to_get_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "find_spec", lambda name: None)
    with pytest.raises(InputError, match=r"^what reads a PDF is not installed \(run 'make .venv/ready-to-edit'\)$"):
        read_report([made(tmp_path / "a.pdf")])
