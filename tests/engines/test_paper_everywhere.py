"""What Firefox and WebKit print: nothing cut in two, no heading alone, read back by a tool that nobody here wrote."""

import io
import ssl
import unicodedata
from pathlib import Path

import pytest
from pypdf import PdfReader

from hosting import Host, SiteHandler, changed_copy
from reader import Page
from visits import PAGES

# What must stand on one sheet.
WHOLE = ".card, .line, .voices > li, .missing"
WORDS = (
    "[...document.querySelectorAll({selector!r})].filter(node => node.checkVisibility()).map(node => node.textContent)"
)


def bare(text: str) -> str:
    """Text without white space and with joined letters apart: how it was set in lines does not matter."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def faults_on_paper(page: Page, url: str) -> list[str]:
    """Print a page; say what is cut in two, which heading stands alone at the end of a sheet, and what is missing."""
    page.go(url)
    sheets = [bare(sheet.extract_text()) for sheet in PdfReader(io.BytesIO(page.pdf())).pages]
    whole = [bare(text) for text in page.script(WORDS.format(selector=f"main :is({WHOLE})"))]
    headings = [bare(text) for text in page.script(WORDS.format(selector="main :is(h1, h2, h3)"))]
    everything = "".join(sheets)
    # By its first and last words: the address of a link is printed between.
    ends = [(text[:12], text[-12:]) for text in whole if text[:12] in everything and text[-12:] in everything]
    cut = [first for first, last in ends if not any(first in sheet and last in sheet for sheet in sheets)]
    return [
        *([] if sheets[0].find("Gethelpnow.") in range(200) else ["the help lines do not stand at the start"]),
        *(f"cut in two: {text}" for text in cut),
        *(f"alone at the end of a sheet: {text}" for text in headings if stands_alone(text, sheets)),
    ]


def stands_alone(heading: str, sheets: list[str]) -> bool:
    """Whether the last place of some words, which the list of contents may say before, is the end of a sheet."""
    last = max((at for at, sheet in enumerate(sheets) if heading in sheet), default=None)
    return last is not None and last < len(sheets) - 1 and sheets[last].endswith(heading)


@pytest.mark.parametrize("name", ["register", "full record", "help", "yearly report", "promises"])
def test_nothing_is_cut_in_two_and_no_heading_stands_alone(page: Page, address: str, name: str) -> None:
    assert faults_on_paper(page, address + PAGES[name]) == []


# As they stand in the stylesheet that goes out: what keeps cards whole, and headings with what follows.
RULE_FOR_CARDS = ".voices,.voices li,.lines,.contacts,.totals{display:block}"
RULE_FOR_HEADINGS = "height:5em;margin-bottom:-5em"
MANY_CARDS = "".join(
    f'<li class="line"><h3>First of {number}</h3><p>{"Words. " * 60}</p><p>{number} ends here</p></li>'
    for number in range(100, 140)
)
MANY_HEADINGS = "".join(
    f"<h2>Part {number} of many</h2><p>{'Words. ' * (number % 5 * 9 + 1)}</p>" for number in range(100, 160)
)


@pytest.mark.parametrize("engine", ["WebKit"], indirect=True)
def test_what_is_cut_and_what_stands_alone_is_found(
    page: Page, built_sample: Path, certificate: ssl.SSLContext, tmp_path: Path
) -> None:
    """The same on a site without the rules for that, and with so many headings and cards that some come to a sheet's end."""
    many = {"privacy/index.html": {"</h1>": f'</h1><ul class="contacts">{MANY_CARDS}</ul>{MANY_HEADINGS}'}}
    better, worse = tmp_path / "better", tmp_path / "worse"
    for folder, changes in ((better, many), (worse, {**many, "*.css": {RULE_FOR_CARDS: "", RULE_FOR_HEADINGS: ""}})):
        with Host(SiteHandler, changed_copy(built_sample, folder, changes), certificate) as host:
            found = faults_on_paper(page, f"{host.address}{PAGES['safety']}")
        assert bool(found) == (folder == worse), found
    assert {fault.split(":")[0] for fault in found} == {"cut in two", "alone at the end of a sheet"}


def test_a_choice_of_numbers_alone_is_not_printed(
    page: Page, built_sample: Path, certificate: ssl.SSLContext, tmp_path: Path
) -> None:
    """Numbers to choose from, as in a register that knows no more than numbers, say nothing on paper."""
    site = changed_copy(built_sample, tmp_path, {"index.html": {'<div class="glance"': '<div class="glance bare"'}})
    with Host(SiteHandler, site, certificate) as host:
        page.go(host.address)
        printed = bare("".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages))
    said = bare(page.script(WORDS.format(selector=".glance .says"))[0])
    assert "Wherethingsstand" in printed
    assert said not in printed
