"""The same pages without movement, in forced colours, with more contrast, on paper, without pictures, without scripts."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from visits import NARROW, PAGES, PALE, PARTS, WIDE, Tabs, fault_report, parts_of, search, visit

# Whether the edges of controls stand out 3:1 from what is around them (WCAG 1.4.11).
EDGES = """() => {
    const light = colour => colour.match(/[\\d.]+/g).slice(0, 3).map(part => part / 255)
        .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [.2126, .7152, .0722][at], 0);
    const ground = node => {
        for (let at = node; at; at = at.parentElement) {
            const colour = getComputedStyle(at).backgroundColor;
            if (!/, 0\\)$/.test(colour)) { return colour; }
        }
        return 'rgb(255, 255, 255)';
    };
    return [...document.querySelectorAll('button, input, select, .tag, .line, .bar .leave')].filter(node => node.checkVisibility())
        .flatMap(node => {
            const one = light(getComputedStyle(node).borderTopColor);
            const two = light(ground(node.parentElement));
            const ratio = (Math.max(one, two) + .05) / (Math.min(one, two) + .05);
            return ratio < 3 ? [node.tagName.toLowerCase() + '.' + node.className + ' has an edge of ' + ratio.toFixed(1)] : [];
        });
}"""

MOVING = """() => {
    const seconds = text => Math.max(...text.split(',').map(one => parseFloat(one) * (/ms$/.test(one.trim()) ? .001 : 1)));
    return [...document.querySelectorAll('*')].filter(node => {
        const style = getComputedStyle(node);
        return (style.animationName !== 'none' && seconds(style.animationDuration) > 0)
            || seconds(style.transitionDuration) > 0 || style.scrollBehavior === 'smooth';
    }).map(node => node.tagName.toLowerCase() + '.' + node.className + ' moves');
}"""


def missing(page: Page, parts: list[str]) -> list[str]:
    """The parts of a page that are not to be seen."""
    return [f"{part} is not seen" for part in parts if not page.locator(part).first.is_visible()]


@pytest.mark.parametrize("name", PAGES)
def test_nothing_moves_and_forced_colours_and_more_contrast_lose_nothing(tabs: Tabs, address: str, name: str) -> None:
    faults = []
    page = tabs.at(address + PAGES[name], WIDE, bypass_csp=True)
    search(page)
    faults += page.evaluate(MOVING)  # with or without the reader's wish: nothing to switch off
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        faults += [f"{scheme}: {fault}" for fault in page.evaluate(EDGES)]
        page.emulate_media(color_scheme=scheme, contrast="more")
        faults += [f"more contrast, {scheme}: {fault}" for fault in page.evaluate(PALE) + page.evaluate(EDGES)]
        page.emulate_media(color_scheme=scheme, contrast="no-preference", forced_colors="active")
        found = missing(page, parts_of(name)) + page.evaluate(PALE)
        page.keyboard.press("Tab")
        page.focus("#leave")
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        found += [] if ring == "solid" else ["the focus ring is not seen"]
        faults += [f"forced colours, {scheme}: {fault}" for fault in found]
        page.emulate_media(forced_colors="none")
    assert not faults, fault_report(faults, name)


@pytest.mark.parametrize("name", PAGES)
def test_paper_has_help_first_no_menus_and_every_outside_address(tabs: Tabs, address: str, name: str) -> None:
    page = tabs.at(address + PAGES[name], {"width": 794, "height": 1123}, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    first = page.evaluate(
        """() => [...document.querySelectorAll('body *')].filter(node => node.checkVisibility() &&
            [...node.childNodes].some(child => child.nodeType === 3 && child.textContent.trim()))
            .map(node => node.closest('.paper, .name, main')).find(node => node && !node.matches('.name'))?.className"""
    )
    shown = page.evaluate(
        """() => [...document.querySelectorAll('button, input, select, nav:not(.contents), .bar')].filter(node => node.checkVisibility())
            .map(node => node.tagName.toLowerCase() + '.' + node.className + ' is printed')"""
    )
    silent = page.evaluate(
        """() => [...document.querySelectorAll('main a[href^="http"]')].filter(node =>
            !getComputedStyle(node, '::after').content.includes(node.getAttribute('href')))
            .map(node => 'the address of "' + node.textContent.trim() + '" is not written out')"""
    )
    dark = list(page.evaluate(PALE))
    wide = page.evaluate("document.documentElement.scrollWidth")
    faults = shown + silent + dark + missing(page, ["h1", ".paper"])
    faults += [] if first == "paper" else [f"{first} is printed before the help lines"]
    faults += [] if wide <= 794 else [f"{wide} px wide on paper of 794"]
    assert not faults, fault_report(faults, name)


def test_a_printed_page_carries_its_words_and_the_help_lines(browser: Browser, address: str) -> None:
    """A real PDF, tagged, with a language and a title; closed definitions are printed open."""
    with visit(browser, address + PAGES["full record"]) as page:
        pdf = page.pdf(format="A4", tagged=True)
        still_closed = page.locator("details:not([open])").count()
    assert pdf.startswith(b"%PDF")
    for part in (b"/StructTreeRoot", b"/Lang (en-GB)", b"/Title"):
        assert part in pdf, part
    assert 1 <= len(re.findall(rb"/Type /Page\b", pdf)) <= 6
    assert still_closed > 0, "what was closed on the screen is closed again after printing"


@pytest.mark.parametrize("name", PAGES)
def test_without_scripts_everything_can_be_read_and_reached(
    tabs: Tabs, address: str, built_sample: Path, name: str
) -> None:
    where = address + PAGES[name]
    page = tabs.at(where, WIDE, bypass_csp=True)
    page.evaluate(
        """() => {
            document.querySelectorAll('details').forEach(node => { node.open = true; });
            document.querySelectorAll('main form, main button, main .count').forEach(node => node.remove());
        }"""
    )
    words = lines_of(page.inner_text("main"))
    page = tabs.at(where, WIDE, java_script_enabled=False)
    faults = missing(page, parts_of(name))
    for summary in page.locator("details:not([open]) > summary:visible").all()[::-1]:
        summary.click()
    text = lines_of(page.inner_text("main"))
    links = {link.get_attribute("href") for link in page.locator("#pages a").all()}
    page.set_viewport_size(NARROW)
    faults += [f"320 px: {fault}" for fault in missing(page, [*parts_of(name), ".nojs"])]
    dead = page.locator(":is(button, input, select, form) >> visible=true").count()
    page.click(".nojs")
    faults += [] if page.url.endswith("#pages") else ["the link to all pages leads nowhere"]
    page.click("#pages [aria-current]" if name == "help" else "#help a >> nth=-1")
    faults += [] if page.url.endswith("help/") else ["the link to more help leads nowhere"]
    at_top = [path.parent.name for path in built_sample.glob("*/index.html")]
    # Those that are made from the register are reached from what they are about.
    not_listed = {PAGES["old address"], PAGES["promises"], PAGES["views differ"]}
    pages = len([page for page in at_top if f"{page}/" not in not_listed]) + 1
    faults += [] if len(links) == pages else [f"{len(links)} of {pages} pages are linked"]
    faults += [] if not dead else [f"{dead} controls that do nothing without scripts"]
    faults += [f"cannot be read: {line}" for line in words if line not in text]
    assert not faults, fault_report(faults, name)


def lines_of(text: str) -> list[str]:
    """The lines of a page's text."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


@pytest.mark.parametrize("name", PAGES)
def test_without_pictures_no_word_is_lost(tabs: Tabs, address: str, name: str) -> None:
    """Every picture is a shape beside its word: hidden from screen readers, and nothing is left out with it."""
    page = tabs.at(address + PAGES[name], bypass_csp=True)
    before = page.inner_text("body").split()
    spoken = page.evaluate(
        """() => [...document.querySelectorAll('svg:not(svg svg), img')].filter(node => node.tagName === 'IMG'
            ? !node.hasAttribute('alt') : node.getAttribute('aria-hidden') !== 'true').map(node => node.outerHTML.slice(0, 80))"""
    )
    lonely = page.evaluate(
        """() => [...document.querySelectorAll('svg:not(svg svg)')].filter(node => !node.parentElement.textContent.trim())
            .map(node => node.parentElement.outerHTML.slice(0, 80))"""
    )
    page.add_style_tag(content="svg, img { display: none !important; } * { background-image: none !important; }")
    after = page.inner_text("body").split()
    assert before == after, name
    assert (spoken, lonely) == ([], []), name


def test_these_proofs_see_a_page_made_bad(browser: Browser, address: str) -> None:
    with visit(browser, address, bypass_csp=True) as page:
        page.add_style_tag(
            content="""h1 { transition: color 1s; } main p { color: #bbb; } button { border-color: #eee; }
                @media print { .paper { display: none; } nav { display: block !important; } }
                @media (forced-colors: active) { #leave { display: none !important; } }"""
        )
        assert "h1. moves" in page.evaluate(MOVING)
        assert any("has contrast" in fault for fault in page.evaluate(PALE))
        assert any("has an edge of" in fault for fault in page.evaluate(EDGES))
        page.emulate_media(forced_colors="active")
        assert missing(page, PARTS) == ["#leave is not seen"]
        page.emulate_media(forced_colors="none", media="print")
        assert missing(page, [".paper"]) == [".paper is not seen"]
        assert page.locator("nav >> visible=true").count() > 0
