"""The yearly report on paper: Chromium's own print to PDF, read back by a tool that nobody here wrote."""

import io
import unicodedata

import pytest
from pypdf import PdfReader

from fonts import NARROW_FONT, Browsers


@pytest.fixture(scope="module")
def printed(browsers: Browsers, address: str) -> PdfReader:
    browser, _ = browsers.having(NARROW_FONT)
    page = browser.new_page()
    page.goto(f"{address}changes/2024-25/")
    data = page.pdf(tagged=True, outline=True, prefer_css_page_size=True)
    page.close()
    return PdfReader(io.BytesIO(data))


def plain(text: str) -> str:
    """Text with any run of white space as one space and joined letters apart."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


@pytest.fixture(scope="module")
def words(printed: PdfReader) -> str:
    """All the words of the report."""
    return plain(" ".join(page.extract_text() for page in printed.pages))


def test_it_is_tagged_and_has_a_title_and_a_language(printed: PdfReader) -> None:
    catalog = printed.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"] is True or catalog["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "en-GB"
    assert printed.metadata.title == "Yearly report 2024-25 – Fictional register"


def test_its_headings_are_an_outline(printed: PdfReader) -> None:
    def titles(entries: list) -> list[str]:
        return [name for one in entries for name in (titles(one) if isinstance(one, list) else [one.title])]

    found = titles(printed.outline)
    assert "What changed in 2024-25" in found
    assert {
        "Contents",
        "What was due",
        "What was moved or passed",
        "What was still open",
        "Every update of the year",
    } <= set(found)


def test_its_pages_are_a4(printed: PdfReader) -> None:
    sizes = {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in printed.pages}
    assert sizes <= {(595, 842), (594, 841), (595, 841), (594, 842)}, sizes
    assert len(printed.pages) >= 2


@pytest.mark.parametrize("year", ["2022-23", "2023-24", "2024-25", "2025-26"])
def test_a_report_fits_on_five_sheets(browsers: Browsers, address: str, year: str) -> None:
    browser, _ = browsers.having(NARROW_FONT)
    page = browser.new_page()
    page.goto(f"{address}changes/{year}/")
    data = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(PdfReader(io.BytesIO(data)).pages) <= 5


def test_every_page_says_which_it_is_of_how_many(printed: PdfReader) -> None:
    total = len(printed.pages)
    for number, page in enumerate(printed.pages, 1):
        assert f"{number} of {total}" in plain(page.extract_text())


def test_there_is_room_for_questions_and_notes(words: str) -> None:
    assert "Questions and notes" in words


def test_figures_are_not_split(printed: PdfReader) -> None:
    [page] = [page for page in printed.pages if "The year in figures" in plain(page.extract_text())]
    figures = plain(page.extract_text())
    assert "Updates published" in figures
    assert "No update yet on 31 March 2025" in figures


def test_contents_stand_on_the_first_page_and_help_lines_come_first(printed: PdfReader) -> None:
    first = plain(printed.pages[0].extract_text())
    assert first.index("999") < first.index("What changed in 2024-25")
    assert "Sample Line (fictional): 0808 157 0001" in first
    assert first.index("Contents") < first.index("What had no update yet")


def test_addresses_are_written_out(words: str) -> None:
    assert "<https://www.exampleshire.test/" in words.replace(" ", "")
    assert "https://register.exampleshire.test/changes/2024-25/" in words.replace(" ", "")


def test_nothing_that_only_a_screen_can_use_is_printed(words: str) -> None:
    for furniture in ("All pages", "Skip to content", "Leave this site", "Search", "Menu"):
        assert furniture not in words
