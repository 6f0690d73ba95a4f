"""Every kind of page in Firefox and WebKit, used by real keys and a real mouse."""

import ssl
from pathlib import Path

import pytest

from firefox import Firefox
from hosting import Host, SiteHandler, changed_copy
from reader import Page, back, click, comes_true, forward, is_at, tab_to
from visits import LARGE, NARROW, PAGES, PALE, SPACING, ZOOMED, fault_report, parts_of

# How a page is looked at, with what is added to its styles.
WAYS = {
    "320 px": (NARROW, ""),
    "400 %": (ZOOMED, ""),
    "wide spacing": (NARROW, SPACING),
    "text twice as large": (NARROW, LARGE),
}
# What reaches past the right edge of the page, if the page can be moved sideways.
WIDER = """document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('body *')]
    .filter(node => node.getBoundingClientRect().right > innerWidth + 1 && !node.closest('.table'))
    .slice(0, 3).map(node => node.outerHTML.slice(0, 80))"""


# A row of what can be touched, in CSS pixels (WCAG 2.5.5), with its edges.
ONE_ROW = 44 + 4


def add_style(page: Page, text: str) -> None:
    """Give the page other styles, as a reader's own stylesheet would: not through the page's policy."""
    page.script(
        f"(() => {{ const own = new CSSStyleSheet(); own.replaceSync({text!r}); document.adoptedStyleSheets = [own]; }})()"
    )


def faults_of(page: Page, url: str) -> list[str]:
    """What a page says in the console, and where it can be moved sideways."""
    page.go(url)
    faults = [f"says: {line}" for line in page.said()]
    for way, (screen, style) in WAYS.items():
        page.size(**screen)
        add_style(page, style)
        if way == "400 %" and page.script("document.querySelector('.bar').offsetHeight") > ONE_ROW:
            faults.append(f"{way}: what stays in sight is more than one row high")
        faults += [f"{way}: reaches too far to the right: {node}" for node in page.script(WIDER)]
    return faults


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_in_silence_and_never_scrolls_sideways(page: Page, address: str, name: str) -> None:
    faults = faults_of(page, address + PAGES[name])
    assert not faults, fault_report(faults, name)


def test_a_page_that_says_something_or_is_too_wide_is_found(
    page: Page, built_sample: Path, certificate: ssl.SSLContext, tmp_path: Path
) -> None:
    changes = {"index.html": {"</h1>": "</h1><hr width=2000><script>alert(1)</script>"}}
    site = changed_copy(built_sample, tmp_path, changes)
    with Host(SiteHandler, site, certificate) as host:
        faults = faults_of(page, host.address)
    assert any("policy: script-src-elem inline" in fault for fault in faults), faults
    assert [fault for fault in faults if "<hr" in fault] == [
        f'{way}: reaches too far to the right: <hr width="2000">' for way in WAYS
    ]


SEEN = "document.querySelector({part!r})?.checkVisibility()"


def faults_in_forced_colours(page: Firefox, url: str, parts: list[str]) -> list[str]:
    """Which parts of a page are not to be seen in a reader's own colours, and which text cannot be read."""
    page.go(url)
    page.force_colours(True)
    try:
        assert comes_true(page, "matchMedia('(forced-colors: active)').matches")
        hidden = [f"{part} is not seen" for part in parts if not page.script(SEEN.format(part=part))]
        return hidden + page.script(f"({PALE})()")
    finally:
        page.force_colours(False)


@pytest.mark.parametrize("engine", ["Firefox"], indirect=True)
def test_a_readers_own_colours_lose_nothing(page: Firefox, address: str) -> None:
    """Of the other engines, Chromium is asked in tests/browser; WebKit knows no such wish on Linux."""
    faults = []
    for name, path in PAGES.items():
        faults += [f"{name}: {fault}" for fault in faults_in_forced_colours(page, address + path, parts_of(name))]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("engine", ["Firefox"], indirect=True)
def test_what_own_colours_would_lose_is_found(
    page: Firefox, built_sample: Path, certificate: ssl.SSLContext, tmp_path: Path
) -> None:
    worse = "}@media (forced-colors:active){#leave{display:none}main p{forced-color-adjust:none;color:#ddd;background:#fff}}:root{"
    site = changed_copy(built_sample, tmp_path, {"*.css": {":root{": f":root{{{worse}"}})
    with Host(SiteHandler, site, certificate) as host:
        faults = faults_in_forced_colours(page, host.address, ["#leave", "h1"])
    assert faults[0] == "#leave is not seen"
    assert any(fault.startswith("p. has contrast") for fault in faults), faults


def test_menu_and_search_work_by_keys_alone(page: Page, address: str) -> None:
    page.size(**NARROW)
    page.go(address)
    click(page, "h1")  # a reader's first touch: only then does a browser give a page its keys
    page.script("scrollTo(0, 0)")
    page.go(address)
    assert tab_to(page, 'button[aria-controls="menu"]')
    page.screen.press("Return")
    assert comes_true(page, "document.querySelector('#menu').checkVisibility()")
    assert tab_to(page, "#menu a", 3), "Tab does not lead into what was opened"
    page.screen.press("Escape")
    assert comes_true(page, "document.activeElement.matches('[aria-controls=menu][aria-expanded=false]')")
    assert tab_to(page, 'button[aria-controls="search"]', 1), "Escape does not lead back to the button"
    page.screen.press("Return")
    assert comes_true(page, "document.activeElement.matches('#search-words')")
    page.screen.type("recommendation 3")
    assert comes_true(page, "document.querySelector('#search .results li a')")
    assert tab_to(page, "#search .results li:first-child a", 20)
    page.screen.press("Return")
    assert is_at(page, "/recommendations/3/")
    assert page.said() == []


COUNT = "document.querySelector('#register-count').textContent"
ROWS = "document.querySelectorAll('#register tbody tr').length"
# Whether the list shows what its fields ask for: asked once more, it shows the same.
IS_TRUE = f"""(() => {{
    const seen = () => [...document.querySelectorAll('#register tbody tr')].map(row => row.dataset.number).join() + {COUNT};
    const before = seen();
    document.querySelector('form[data-register]').requestSubmit();
    return before === seen();
}})()"""
# What comes back may take a moment to set itself right.
A_MOMENT = "new Promise(done => setTimeout(done, 500))"


def test_the_list_is_narrowed_by_keys_alone(page: Page, address: str) -> None:
    page.go(address + PAGES["register"])
    click(page, "h1")
    everything = page.script(ROWS)
    assert tab_to(page, "form[data-register] select")
    page.screen.press("Down")
    if not comes_true(page, "document.activeElement.value", 0.5):  # a list that opens, and wants an answer
        page.screen.press("Down", "Return")
    assert comes_true(page, "document.activeElement.value")
    assert comes_true(page, f"{ROWS} < {everything}")
    assert comes_true(page, "location.search.length > 1"), "what is chosen does not stand in the address"
    assert page.said() == []


def list_is_true_after_going_back(page: Page, address: str) -> bool:
    """Type into the list, read what it finds, go back, forward, back; say whether the list shows what its field says."""
    page.go(address + PAGES["register"])
    everything = page.script(ROWS)
    click(page, "form[data-register] input")
    page.screen.type("worry")
    assert comes_true(page, f"{ROWS} < {everything}")
    click(page, "#register tbody a")
    assert comes_true(page, r"/recommendations.\d+/.test(location.pathname) && document.readyState === 'complete'")
    for way in (back, forward, back):
        way(page)
        assert comes_true(page, f"{'!' if way is forward else ''}location.pathname.endsWith('/recommendations/')")
    assert comes_true(page, "document.readyState === 'complete'")
    page.script(A_MOMENT)
    return bool(page.script(IS_TRUE))


def search_is_true_after_going_back(page: Page, address: str) -> bool:
    """Search, read what is found, go back; say whether results are shown if there are words, and only then."""
    page.go(address)
    click(page, 'button[aria-controls="search"]')
    assert comes_true(page, "document.activeElement.matches('#search-words')")
    page.screen.type("worry")
    assert comes_true(page, "document.querySelector('#search .results li a')")
    click(page, "#search .results li a")
    assert comes_true(page, "location.pathname !== '/' && document.readyState === 'complete'")
    back(page)
    assert is_at(page, "/")
    page.script(A_MOMENT)
    shown = "document.querySelectorAll('#search .results li').length"
    return bool(page.script(f"({shown} > 0) === (document.querySelector('#search-words').value !== '')"))


def test_back_and_forward_bring_list_and_search_as_their_fields_say(page: Page, address: str) -> None:
    assert list_is_true_after_going_back(page, address), "rows are hidden by a word that nobody sees"
    assert search_is_true_after_going_back(page, address), "results are shown for words that nobody sees"


def test_webkit_would_show_a_list_and_results_for_words_that_it_has_taken_away(
    page: Page, built_sample: Path, certificate: ssl.SSLContext, tmp_path: Path
) -> None:
    """The same on a site whose scripts do not look again; other engines keep what was typed."""
    site = changed_copy(built_sample, tmp_path, {"*.js": {"event.persisted": "0"}})
    with Host(SiteHandler, site, certificate) as host:
        kept = [list_is_true_after_going_back(page, host.address), search_is_true_after_going_back(page, host.address)]
    assert kept == [page.name != "WebKit"] * 2
