"""This partnership's own pages, as they are published: what they promise of themselves, and what must be seen at once."""

import io
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from first_views import MOST, first_views
from fonts import NARROW_FONT, Browsers, in_each_font
from hosting import Host, SiteHandler
from projects import ROOT, Project, make_project
from visits import WIDE, Tabs

pytestmark = [pytest.mark.content, pytest.mark.full_build]

PHONES = [{"width": 360, "height": 640}, {"width": 320, "height": 640}]


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This partnership's site, built today from what is published."""
    folder: Path = tmp_path_factory.mktemp("own")
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, folder / "own" / name)
    shutil.copy(ROOT / "mkdocs.yml", folder / "own")
    project: Project = make_project(folder, folder / "own")
    built = project.run("site", SOURCE_DATE_EPOCH=str(int(time.time())))
    assert built.returncode == 0, built.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def own(own_site: Path) -> Iterator[str]:
    """Its address on this machine."""
    with Host(SiteHandler, directory=own_site) as host:
        yield host.address


@in_each_font
@pytest.mark.parametrize("screen", PHONES, ids=["360 px", "320 px"])
def test_home_says_what_this_is_and_whom_to_call_on_a_phones_first_screen(
    tabs: Tabs, own: str, screen: dict[str, int]
) -> None:
    page = tabs.at(own, screen)
    expect(page.locator("h1")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="Call 999", exact=True)).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize("who", ["A young person", "Worried about a child", "At work with children"])
def test_help_has_a_number_in_sight_after_who_you_are(tabs: Tabs, own: str, who: str) -> None:
    page = tabs.at(f"{own}help/", PHONES[0])
    link = page.get_by_role("link", name=who, exact=True)
    expect(link).to_be_in_viewport(ratio=1)
    link.click()
    part = page.url.partition("#")[2]
    expect(page.locator(f"#{part} ~ ul").first.get_by_role("link").first).to_be_in_viewport(ratio=1)


@in_each_font
def test_the_menu_is_one_row_on_every_page_that_it_leads_to(tabs: Tabs, own: str) -> None:
    page = tabs.at(own, WIDE)
    addresses = [item.get_attribute("href") for item in page.locator("#menu a").all()]
    for address in addresses:
        page = tabs.at(f"{own}{address}", WIDE)
        rows = {item.bounding_box()["y"] for item in page.locator("#menu li").all() if item.is_visible()}
        assert len(rows) == 1, address


def test_the_questions_fit_on_one_sheet(browsers: Browsers, own: str) -> None:
    browser, _ = browsers.having(NARROW_FONT)
    page = browser.new_page()
    page.goto(f"{own}questions/")
    printed = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(PdfReader(io.BytesIO(printed)).pages) == 1


def test_every_first_view_is_small(own_site: Path) -> None:
    assert {page: size for page, size in first_views(own_site).items() if size > MOST} == {}


def test_the_sources_take_half_the_room_that_they_took(tabs: Tabs, own: str) -> None:
    """24,000 px before what is the same for all was said once."""
    page = tabs.at(f"{own}sources/", PHONES[0])
    assert page.evaluate("document.documentElement.scrollHeight") <= 12_000
