"""What readers get where the style sheet does not arrive: the same page, no wider than a phone, with what is hidden hidden."""

import pytest
from playwright.sync_api import Browser, Page

from visits import NARROW, PAGES, fault_report, visit

# What is wider than the screen, but for a table that scrolls in its own box; what is shown and should not be; drawings without a size.
FAULTS = """() => {
    const wide = document.documentElement.clientWidth;
    const name = node => node.tagName.toLowerCase() + (node.getAttribute('class') ? '.' + node.getAttribute('class') : '');
    const faults = [];
    if (document.documentElement.scrollWidth > wide) { faults.push('the page scrolls sideways'); }
    for (const node of document.querySelectorAll('body *')) {
        if (!node.checkVisibility()) { continue; }
        const box = node.getBoundingClientRect();
        if (box.right > wide && !node.closest('.table > *')) { faults.push(name(node) + ' is wider than the screen'); }
        if (node.matches('[hidden], .paper')) { faults.push(name(node) + ' is shown'); }
        if (node.matches('main svg:not(.time)') && box.height > 100) { faults.push(name(node) + ' fills the screen'); }
    }
    return [...new Set(faults)];
}"""


def without_styles(page: Page, url: str) -> None:
    """Go to a page from a host that does not send the style sheet."""
    page.route("**/*.css*", lambda route: route.abort())
    page.goto(url)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_without_its_style_sheet_fits_a_phone_and_shows_nothing_that_is_hidden(
    browser: Browser, address: str, name: str
) -> None:
    with visit(browser, "about:blank", NARROW) as page:
        without_styles(page, address + PAGES[name])
        assert page.evaluate("getComputedStyle(document.body).margin") == "8px", "the browser's own styles"
        faults = page.evaluate(FAULTS)
    assert not faults, fault_report(faults, name)


def test_without_styles_and_scripts_no_button_is_shown_that_needs_them(browser: Browser, address: str) -> None:
    with visit(browser, "about:blank", NARROW, java_script_enabled=False) as page:
        without_styles(page, address + PAGES["register"])
        assert [button.text_content() for button in page.locator("button").all() if button.is_visible()] == []
        assert page.locator(".nojs >> nth=0").is_visible()


def test_a_page_that_needs_its_style_sheet_is_found(browser: Browser, address: str) -> None:
    with visit(browser, "about:blank", NARROW, bypass_csp=True) as page:
        without_styles(page, address + PAGES["full record"])
        page.evaluate("document.querySelector('style').remove()")
        page.evaluate("document.querySelector('main svg').outerHTML = '<svg viewBox=\"0 0 16 16\"></svg>'")
        page.add_style_tag(content="[hidden] { display: inline !important }")
        faults = page.evaluate(FAULTS)
    assert {"the page scrolls sideways", "code.digest is wider than the screen", "p.paper is shown"} <= set(faults)
    assert {"svg fills the screen", "span is shown"} <= set(faults)
