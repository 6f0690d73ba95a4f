"""A walk with the Tab key through every kind of page, forwards and backwards, as it is and at 400 % zoom."""

import pytest
from playwright.sync_api import Browser, Page

from fonts import in_each_font
from visits import LARGE, NARROW, PAGES, SPACING, WIDE, ZOOMED, Tabs, fault_report, visit

# Where the focus is (a number for each stop, its name) and what is wrong with it: WCAG 2.1.1, 2.4.3, 2.4.7, 2.4.11,
# 2.4.13. None when nothing has the focus.
STOP = """() => {
    const node = document.activeElement;
    if (!node || node === document.body || node === document.documentElement) { return null; }
    const box = node.getBoundingClientRect();
    const style = getComputedStyle(node);
    /* With text twice as large on a phone only the way out stays in sight. */
    const stays = document.querySelector(document.documentElement.classList.contains('large') ? '.leave' : '.bar');
    const top = node.closest('.bar') ? 0 : stays.getBoundingClientRect().bottom;
    const words = (node.textContent || node.value || '').trim().replace(/\\s+/g, ' ').slice(0, 40);
    const name = node.tagName.toLowerCase() + (node.id ? '#' + node.id : '') + ' "' + words + '"';
    const faults = [];
    if (box.width < 5 || box.height < 5) { faults.push('is hidden (take it out of the tab order while it cannot be seen)'); }
    if (box.right <= 0 || box.left >= innerWidth || box.bottom <= 0 || box.top >= innerHeight) {
        faults.push('is off the screen (it must scroll into sight)');
    } else {
        /* Of a link over several lines, the line that is wholly in sight counts. */
        const seen = [...node.getClientRects()].some(line => {
            const at = document.elementFromPoint(
                Math.min(innerWidth - 1, Math.max(0, line.left + line.width / 2)),
                Math.max(0, Math.min(innerHeight - 1, Math.max(line.top + line.height / 2, top + 1))));
            return at && (node.contains(at) || at.contains(node)) && line.bottom > top;
        });
        if (!seen) { faults.push('is covered (keep room for the bar: scroll-padding-top)'); }
        const room = innerHeight - (parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || top);
        if (box.height < room && (box.top < top - 1 || box.bottom > innerHeight + 1)) {
            faults.push('is partly out of sight');
        }
    }
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2 || style.boxShadow === 'none') {
        faults.push('shows no focus ring of two colours (see :focus-visible in site.css)');
    }
    window.met = window.met || [];
    if (!window.met.includes(node)) { window.met.push(node); }
    return {at: window.met.indexOf(node), name, faults};
}"""


# The page itself notes each stop, so that a walk takes one question for many presses.
LISTEN = f"""() => {{
    const look = {STOP};
    window.stops = [];
    window.onkeyup = event => {{ if (event.key === 'Tab') {{ window.stops.push(look()); }} }};
}}"""
AT_ONCE = 20


def walk(page: Page, backwards: bool = False) -> list[dict]:
    """Press Tab until the focus leaves the page or comes round to the first stop; return each stop with its faults."""
    page.evaluate(LISTEN)
    stops: list[dict] = []
    while heard := press_tab(page, backwards):
        for stop in heard:
            if stop is None or (stops and stop["at"] == stops[0]["at"]):
                return stops
            if any(stop["at"] == before["at"] for before in stops):
                return [*stops, {**stop, "faults": ["is reached again before the walk has ended: a trap"]}]
            stops.append(stop)
    return stops


def press_tab(page: Page, backwards: bool) -> list[dict | None]:
    """Press Tab several times; return where the focus was after each, None for nowhere."""
    if backwards:
        page.keyboard.down("Shift")
    for _ in range(AT_ONCE):
        page.keyboard.press("Tab")
    if backwards:
        page.keyboard.up("Shift")
    return page.evaluate("window.stops.splice(0)")


def faults_of(stops: list[dict], where: str) -> list[str]:
    """The stops that something is wrong with, one line each."""
    return [f"{where}: {stop['name']} {fault}" for stop in stops for fault in stop["faults"]]


def to_the_end(page: Page) -> None:
    """Put the place from which Tab goes on after everything on the page, without a stop there."""
    page.evaluate(
        """() => { const end = document.createElement('p'); end.textContent = 'end'; end.tabIndex = -1;
            document.body.append(end); end.focus(); }"""
    )


@in_each_font
@pytest.mark.parametrize("screen", [WIDE, ZOOMED], ids=["1280 px", "320 x 256 px"])
@pytest.mark.parametrize("name", PAGES)
def test_every_stop_of_the_tab_key_is_seen_both_ways(
    tabs: Tabs, address: str, name: str, screen: dict[str, int]
) -> None:
    page = tabs.at(address + PAGES[name], screen, reduced_motion="reduce")
    forwards = walk(page)
    to_the_end(page)
    backwards = walk(page, backwards=True)
    faults = faults_of(forwards, "Tab") + faults_of(backwards, "Shift+Tab")
    names = [stop["name"] for stop in forwards]
    assert not faults, fault_report(faults, name)
    assert names[:3] == [
        'a "Skip to content"',
        'a#leave "Leave this site"',
        'a "Get help now"',
    ]
    assert [stop["name"] for stop in backwards] == names[::-1]


@in_each_font
@pytest.mark.parametrize("name", ["home", "register", "full record"])
def test_every_stop_is_seen_with_large_text_and_wide_spacing_on_a_phone(tabs: Tabs, address: str, name: str) -> None:
    """WCAG 2.4.11 together with 1.4.4 and 1.4.12, which make the bar as high as it gets."""
    page = tabs.at(address + PAGES[name], NARROW, reduced_motion="reduce", bypass_csp=True)
    page.add_style_tag(content=LARGE + SPACING)
    page.evaluate(
        "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )  # laid out anew
    assert faults_of(walk(page), "Tab") == []
    to_the_end(page)
    assert faults_of(walk(page, backwards=True), "Shift+Tab") == []


@in_each_font
@pytest.mark.parametrize("screen", [WIDE, ZOOMED], ids=["1280 px", "320 x 256 px"])
def test_what_a_button_opens_is_walked_next_and_escape_closes_it(
    browser: Browser, address: str, screen: dict[str, int]
) -> None:
    buttons = ["search"] if screen == WIDE else ["menu", "search"]
    with visit(browser, address, screen, reduced_motion="reduce") as page:
        for panel in buttons:
            button = page.locator(f'button[aria-controls="{panel}"]')
            button.focus()
            page.keyboard.press("Enter")
            if panel == "search":
                page.keyboard.type("recommendation")
                page.wait_for_selector("#search .results li")
            else:
                page.keyboard.press("Tab")  # past the button of the search
                page.keyboard.press("Tab")
                page.keyboard.press("Tab")
            assert page.evaluate(f"document.getElementById('{panel}').contains(document.activeElement)"), panel
            inside = [page.evaluate(STOP)]
            while page.evaluate(f"document.getElementById('{panel}').contains(document.activeElement)"):
                page.keyboard.press("Tab")
                inside.append(page.evaluate(STOP))
            assert faults_of([stop for stop in inside if stop], panel) == []
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Escape")
            assert button.evaluate("node => node === document.activeElement"), f"Escape in {panel} loses the focus"
            assert not page.is_visible(f"#{panel}")


@in_each_font
def test_the_skip_link_leads_past_everything_to_the_page_itself(browser: Browser, address: str) -> None:
    with visit(browser, address + PAGES["full record"], ZOOMED) as page:
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
        assert page.evaluate(STOP)["faults"] == []


def test_a_walk_sees_what_is_wrong_on_a_page_made_bad(browser: Browser, address: str) -> None:
    with visit(browser, address, bypass_csp=True) as page:
        page.add_style_tag(content="main a { outline: none !important; box-shadow: none !important; }")
        page.evaluate(
            """() => {
                document.querySelector('main').insertAdjacentHTML('afterbegin',
                    '<button style="position:fixed;left:-99px">far</button>' +
                    '<button style="width:1px;min-height:1px;height:1px;padding:0;border:0;opacity:0"></button>' +
                    '<button style="position:fixed;top:0;left:40%;z-index:1">under</button>');
                document.body.insertAdjacentHTML('beforeend', '<input id="trap">');
                document.getElementById('trap').onkeydown = event => event.preventDefault();
            }"""
        )
        found = "\n".join(faults_of(walk(page), "Tab"))
    for fault in ("is off the screen", "is hidden", "is covered", "shows no focus ring", "a trap"):
        assert fault in found, fault
