"""Whatever fonts a machine has, these tests read in the ones they bring."""

import dataclasses
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright

from fonts import FONT_SETS, MONOSPACE, NARROW_FONT, SERIF, WIDE_FONT, Browsers, FontSet, fonts_of, in_each_font, launch
from visits import PAGES, visit

# Every name of a font in the page's stylesheet, each written in a paragraph that asks for it. Returns the names.
WRITE_NAMES = """() => {
    const within = rules => [...rules].flatMap(rule => [rule, ...(rule.cssRules ? within(rule.cssRules) : [])]);
    const lists = [...document.styleSheets].flatMap(sheet => within(sheet.cssRules))
        .map(rule => rule.style?.fontFamily).filter(list => list && list !== 'inherit');
    lists.push(getComputedStyle(document.body).fontFamily); // in the stylesheet part of `font`, with a variable
    const names = [...new Set(lists.flatMap(list => list.split(',').map(name => name.trim())))];
    document.body.replaceChildren(...names.map(name => {
        const node = document.createElement('p');
        node.style.fontFamily = name;
        node.textContent = name;
        return node;
    }));
    return names.map(name => name.replaceAll('"', ''));
}"""


@in_each_font
def test_every_name_in_the_stylesheet_is_answered_with_a_font_of_the_set(
    browser: Browser, address: str, fonts: FontSet
) -> None:
    with visit(browser, address) as page:
        names = page.evaluate(WRITE_NAMES)
        shown = {name: fonts_of(page, f"p:nth-of-type({at})") for at, name in enumerate(names, start=1)}
    assert {"system-ui", "Segoe UI", "sans-serif", "Georgia", "serif", "ui-monospace", "monospace"} <= set(names)
    assert shown == {name: {fonts.family(name)} for name in names}


@in_each_font
def test_a_page_is_drawn_in_the_fonts_of_the_set(browser: Browser, address: str, fonts: FontSet) -> None:
    with visit(browser, address + PAGES["full record"]) as page:
        shown = {part: fonts_of(page, part) for part in (".leave", "h1", "main p", "blockquote p", "code")}
    assert shown == {
        ".leave": {fonts.sans},
        "h1": {fonts.sans},
        "main p": {fonts.sans},
        "blockquote p": {SERIF},
        "code": {MONOSPACE},
    }


def test_the_sets_differ_in_how_much_room_text_takes(browsers: Browsers) -> None:
    widths = {}
    for fonts in FONT_SETS:
        page = browsers.having(fonts)[0].new_page()
        page.set_content("<span style='font: 600 16px system-ui'>Leave this site</span>")
        widths[fonts.name] = page.locator("span").bounding_box()["width"]
        page.close()
    assert widths["wide font"] > 1.15 * widths["narrow font"]


def test_a_font_that_is_missing_stops_the_browser(playwright: Playwright, tmp_path: Path) -> None:
    fonts = dataclasses.replace(NARROW_FONT, files=(*NARROW_FONT.files, tmp_path / "NoSuchFont.ttf"))
    with pytest.raises(FileNotFoundError, match=r"NoSuchFont\.ttf"):
        launch(playwright, fonts, tmp_path)


def test_a_browser_that_shows_another_font_is_stopped(playwright: Playwright, tmp_path: Path) -> None:
    fonts = dataclasses.replace(NARROW_FONT, files=WIDE_FONT.files)
    with pytest.raises(RuntimeError, match="Chromium shows DejaVu Sans instead of Noto Sans"):
        launch(playwright, fonts, tmp_path)
