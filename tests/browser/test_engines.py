"""Every kind of page in every state, judged by two engines: axe-core and IBM Equal Access."""

import pytest
from playwright.sync_api import Browser, Page

from visits import NODE_MODULES, PAGES, Tabs, each_state, fault_report, visit

AXE = NODE_MODULES / "axe-core" / "axe.min.js"
ACE = NODE_MODULES / "accessibility-checker-engine" / "ace.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]

# Rules that axe keeps off unless asked: text contrast of 7:1, past AA, and targets of 24 px.
ASKED = ["color-contrast-enhanced", "target-size"]

# Dark changes nothing but colours (a test below holds the stylesheet to that), so dark is asked only about colours.
COLOURS = ["color-contrast-enhanced", "link-in-text-block"]

# IBM's engine takes twice as long as axe: it sees each screen in both schemes, with all open in one and all used in the other.
IBM = {"light": ["menu and search open, with results"], "dark": ["after use"]}


def axe(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds on the page as it stands, one line each: rule, selector, what to do."""
    found = page.evaluate(
        """([tags, asked, only]) => axe.run(only ? {runOnly: only, resultTypes: ['violations']} : {
            runOnly: tags, resultTypes: ['violations'], rules: Object.fromEntries(asked.map(id => [id, {enabled: true}])),
        }).then(result => result.violations)""",
        [TAGS, ASKED, rules],
    )
    return [
        f"axe {rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found
        for node in rule["nodes"]
    ]


def ibm(page: Page) -> list[str]:
    """What IBM's engine holds to be a definite violation by its own rules, which are WCAG 2.2 and more. No exceptions."""
    found = page.evaluate(
        """() => new ace.Checker().check(document, ['IBM_Accessibility']).then(report => report.results
            .filter(one => one.value[0] === 'VIOLATION' && one.value[1] === 'FAIL')
            .map(one => [one.ruleId, one.path.dom, one.message]))"""
    )
    return [f"IBM {rule}: {place}: {words}" for rule, place, words in found]


@pytest.mark.parametrize("name", PAGES)
def test_two_engines_find_nothing(tabs: Tabs, address: str, name: str) -> None:
    faults = []
    page = tabs.at(address + PAGES[name], bypass_csp=True, reduced_motion="reduce")
    page.add_script_tag(path=AXE)
    page.add_script_tag(path=ACE)
    for state, screen in each_state(page):
        page.emulate_media(color_scheme="light")
        found = [f"light: {fault}" for fault in axe(page) + (ibm(page) if state in IBM["light"] else [])]
        if state != "as it comes":  # all that is seen then is seen with everything open, too
            page.emulate_media(color_scheme="dark")
            found += [f"dark: {fault}" for fault in axe(page, COLOURS) + (ibm(page) if state in IBM["dark"] else [])]
        faults += [f"{screen}, {state}, {fault}" for fault in found]
    assert not faults, fault_report(faults, name)


def test_dark_changes_nothing_but_colours(browser: Browser, address: str) -> None:
    with visit(browser, address) as page:
        touched = page.evaluate(
            """() => [...document.styleSheets].flatMap(sheet => [...sheet.cssRules])
                .filter(rule => rule.media && rule.media.mediaText.includes('prefers-color-scheme'))
                .flatMap(rule => [...rule.cssRules])
                .flatMap(rule => [...rule.style].map(name => rule.selectorText + ' ' + name))"""
        )
    assert touched
    assert [name for name in touched if not name.startswith(":root --")] == []


def test_the_engines_find_faults_on_a_page_made_bad(browser: Browser, address: str) -> None:
    with visit(browser, address, bypass_csp=True, color_scheme="dark") as page:
        page.evaluate(
            """document.querySelector('main').innerHTML +=
                '<img src="x.png"><a href="#"></a><p style="color:#888">pale</p><input><ul><p>stray</p></ul>'"""
        )
        page.add_script_tag(path=AXE)
        page.add_script_tag(path=ACE)
        by_axe = {line.split(":")[0] for line in axe(page)}
        by_colour = {line.split(":")[0] for line in axe(page, COLOURS)}
        by_ibm = {line.split(":")[0] for line in ibm(page)}
    assert {"axe image-alt", "axe link-name", "axe label", "axe list", "axe color-contrast-enhanced"} <= by_axe
    assert "axe color-contrast-enhanced" in by_colour
    assert {"IBM img_alt_valid", "IBM a_text_purpose", "IBM input_label_exists"} <= by_ibm
