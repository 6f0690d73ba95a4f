"""What a reader does with a page, by real keys and a real mouse, and how a test waits for what comes of it."""

import contextlib
import json

from chromium import Chromium
from firefox import Firefox
from visits import wait_for
from webkit import WebKit

Page = Chromium | Firefox | WebKit


def is_true(page: Page, expression: str) -> bool:
    """Whether something is true in the page now. While one page takes over from another, nothing is."""
    with contextlib.suppress(RuntimeError):
        return bool(page.script(f"!!({expression})"))
    return False


def comes_true(page: Page, expression: str, seconds: float = 20) -> bool:
    """Wait until something is true in the page; return whether it became true within so many seconds."""
    return wait_for(lambda: is_true(page, expression), seconds)


def is_at(page: Page, path: str) -> bool:
    """Wait until all of a page is there whose address ends so, before its query; return whether it came."""
    return comes_true(page, f"location.pathname.endsWith({json.dumps(path)}) && document.readyState === 'complete'")


def place_of(page: Page, selector: str) -> tuple[float, float]:
    """Bring the first such element that is shown into sight; return a place on it, from the page's upper left corner."""
    return tuple(
        page.script(
            f"""(() => {{
                const node = [...document.querySelectorAll({json.dumps(selector)})].find(one => one.getClientRects().length);
                node.scrollIntoView({{block: 'center', behavior: 'instant'}});
                const box = node.getClientRects()[0];
                return [box.x + Math.min(20, box.width / 2), box.y + box.height / 2];
            }})()"""
        )
    )


def click(page: Page, selector: str) -> None:
    """Click on the first such element that is shown, with the mouse."""
    x, y = place_of(page, selector)
    left, top = page.corner()
    page.screen.click(left + x, top + y)


def tab_to(page: Page, selector: str, most: int = 60) -> bool:
    """Press Tab until such an element has focus; return whether it got it."""
    for _ in range(most):
        page.screen.press("Tab")
        if comes_true(page, f"document.activeElement.matches({json.dumps(selector)})", 0.15):
            return True
    return False


def back(page: Page) -> None:
    """Press the keys for Back."""
    page.screen.press("alt+Left")


def forward(page: Page) -> None:
    """Press the keys for Forward."""
    page.screen.press("alt+Right")
