"""What a screen reader says on every kind of page, compared with a text that people can review.

``make spoken`` writes the texts anew; read the difference as a listener would before it is committed.
"""

import itertools
import re

import pytest
from playwright.sync_api import Browser, Page

from spoken import TEXTS, indented, listen
from visits import NARROW, PAGES, SCREENS, WIDE, Tabs, fault_report, open_menu, search, visit

LANDMARKS = [
    "region, Leave or get help",
    "banner",
    "main",
    "complementary, Help lines",
    "contentinfo",
]

# Printed from the code, so that its words change with every rule: only its outline is kept.
PRINTED = {"how it is checked"}


def compare(name: str, text: str, write: bool) -> None:
    """Compare what was said with the text kept for it, or keep it."""
    path = TEXTS / f"{name.replace(' ', '-')}.txt"
    if write:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.exists(), f"{path.name} is missing: make spoken"
    assert text == path.read_text(encoding="utf-8"), (
        f"{name} is spoken differently: make spoken, then review {path.name}"
    )


@pytest.fixture
def write(request: pytest.FixtureRequest) -> bool:
    """Whether the texts are to be written anew."""
    return request.config.getoption("--write-spoken")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_spoken_as_reviewed(tabs: Tabs, address: str, name: str, write: bool) -> None:
    """The page's own part; the frame around it is the same everywhere and has a text of its own."""
    page = tabs.at(address + PAGES[name], WIDE, bypass_csp=True)
    phrases = listen(page)
    outline = [phrase for phrase in phrases if phrase in LANDMARKS]
    headings = levels(phrases)
    own = listen(page, "main")
    # On the help page itself the lines stand in the page, not again below it.
    landmarks = [mark for mark in LANDMARKS if name != "help" or not mark.startswith("complementary")]
    assert outline == landmarks, fault_report([f"landmarks: {outline}"], name)
    assert headings.count(1) == 1, fault_report([f"headings of level 1: {headings.count(1)}"], name)
    main = levels(own)
    assert main[0] == 1, fault_report(["the first heading of the page's own part is not of level 1"], name)
    gaps = [(above, below) for above, below in itertools.pairwise(main) if below > above + 1]
    assert not gaps, fault_report(
        [f"a heading of level {below} follows one of level {above}" for above, below in gaps], name
    )
    if name in PRINTED:
        own = [phrase for phrase in own if phrase.startswith(("main", "heading", "table", "link"))]
    compare(name, indented(own), write)


def levels(phrases: list[str]) -> list[int]:
    """The levels of the headings, in the order of reading."""
    return [int(found[1]) for phrase in phrases if (found := re.fullmatch(r"heading, .*level (\d)", phrase))]


@pytest.mark.parametrize("screen", SCREENS)
def test_the_frame_is_spoken_as_reviewed(browser: Browser, address: str, screen: str, write: bool) -> None:
    """What stands around every page, on the wide screen and, with the menu open, on a phone."""
    with visit(browser, address + PAGES["statement"], SCREENS[screen], bypass_csp=True) as page:
        if SCREENS[screen] == NARROW:
            open_menu(page)
        page.evaluate("document.querySelector('main').textContent = '(the page itself)'")
        page.locator(".state code").first.evaluate("node => { node.textContent = '(version)'; }")
        compare(f"frame {screen.split()[0]}", indented(listen(page)), write)


def test_results_of_a_search_are_spoken_as_reviewed(browser: Browser, address: str, write: bool) -> None:
    with visit(browser, address + PAGES["statement"], WIDE, bypass_csp=True) as page:
        search(page, "record")
        compare("search", indented(listen(page, "#search")), write)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_table_keeps_its_header_cells_as_a_table_and_as_cards(browser: Browser, address: str, screen: str) -> None:
    """Read from the browser's own accessibility tree: cards must not lose what the table says."""
    with visit(browser, address + PAGES["register"], SCREENS[screen]) as page:
        assert roles(page, "#register") >= {"table", "row", "rowheader", "columnheader", "cell"}


def roles(page: Page, selector: str) -> set[str]:
    """The roles in the part of the browser's accessibility tree below an element."""
    driver = page.context.new_cdp_session(page)
    node = driver.send("Runtime.evaluate", {"expression": f"document.querySelector('{selector}')"})["result"]
    tree = driver.send("Accessibility.queryAXTree", {"objectId": node["objectId"]})["nodes"]
    return {one["role"]["value"] for one in tree if not one["ignored"]}


def test_a_change_of_order_or_heading_is_heard(browser: Browser, address: str) -> None:
    with visit(browser, address + PAGES["statement"], WIDE, bypass_csp=True) as page:
        before = indented(listen(page, "main"))
        page.evaluate("document.querySelector('main').append(document.querySelector('main h1'))")
        after = indented(listen(page, "main"))
        page.evaluate("document.querySelector('main h2').outerHTML = '<h4>Too deep</h4>'")
        found = levels(listen(page, "main"))
    assert before != after
    assert 4 in found
    with pytest.raises(AssertionError, match="make spoken"):
        compare("statement", after, write=False)
