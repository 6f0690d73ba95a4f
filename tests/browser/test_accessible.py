"""Every kind of page, judged by axe in a real browser: wide and narrow, light and dark."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
PAGES = {
    "home": "",
    "register": "recommendations/",
    "full record": "recommendations/3/",
    "number only": "recommendations/14/",
    "updates but no words": "recommendations/7/",
    "topics": "topics/",
    "changes": "changes/",
    "help": "help/",
    "about": "about/",
    "how it is checked": "checked/",
    "use the data": "data/",
    "sources": "sources/",
    "statement": "accessibility/",
    "safety": "privacy/",
    "short version": "short/",
    "wrong address": "no-such-page/",
}


def violations(page: Page) -> list[str]:
    """What axe finds on the page as it stands, one line each: rule, selector, what to do."""
    found = page.evaluate("tags => axe.run({runOnly: tags}).then(result => result.violations)", TAGS)
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {rule['help']}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser: Browser, address: str, name: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(address + PAGES[name])
    page.add_script_tag(path=AXE)
    found = violations(page)
    context.close()
    assert not found, f"{name}, {width} px, {scheme}:\n" + "\n".join(found)


def test_axe_would_find_something_on_a_page_made_bad(browser: Browser, address: str) -> None:
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(address)
    page.evaluate("document.querySelector('main').innerHTML += '<img src=\"x.png\"><a href=\"#\"></a>'")
    page.add_script_tag(path=AXE)
    found = {line.split(":")[0] for line in violations(page)}
    context.close()
    assert {"image-alt", "link-name"} <= found


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_a_small_phone(browser: Browser, address: str, name: str) -> None:
    """WCAG 1.4.10 Reflow: at 320 px nothing makes the page scroll sideways."""
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto(address + PAGES[name])
    width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert width <= 320, f"{name} is {width} px wide"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_from_elsewhere_and_stores_nothing(browser: Browser, address: str, name: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(address + PAGES[name])
    page.wait_for_load_state("networkidle")
    stored = page.evaluate("[localStorage.length, sessionStorage.length]")
    cookies = context.cookies()
    context.close()
    elsewhere = [url for url in asked if not url.startswith((address, "data:"))]
    loud = [text for text in said if "404" not in text]
    assert (elsewhere, stored, cookies, loud) == ([], [0, 0], [], [])
