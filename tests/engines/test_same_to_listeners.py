"""What Firefox and WebKit give to screen readers, beside what Chromium gives: the same things by the same names, but for a known list."""

import json
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from difflib import unified_diff
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from chromium import Chromium
from firefox import Firefox
from hosting import Host, SiteHandler, changed_copy
from reader import Page
from screen import Screen
from visits import PAGES, fault_report
from webkit import PYTHON, WebKit

# What a listener moves by, or hears as a thing of its own; the rest is text.
KINDS = {
    "landmark", "heading", "link", "push button", "entry", "combo box", "form", "list", "list item", "description term",
    "description value", "block quote", "table", "table row", "column header", "row header", "table cell",
}  # fmt: skip
# Of these the name is compared, too; the others are named by the text in them, or not at all.
NAMED = {"landmark", "heading", "link", "push button", "entry", "combo box", "form", "table"}
# The same thing by another name in AT-SPI: what opens a definition, a list of terms, the rows of a table.
ALSO_CALLED = {"toggle button": "push button", "description list": "list"}
# The differences that are known, with no one to whom they matter.
KNOWN = {
    "Firefox": {"description value"},  # text beside its term
    "WebKit": {"block quote"},  # text between the words that say whose it is
}
SUMMARY = "unknown"  # how WebKit calls what opens a definition; it is said by its name, and as something that opens


def things(tree: list[list], left_out: set[str]) -> list[str]:
    """What a listener meets on a page, in order: kind, level of a heading, name."""
    found = []
    for _, role, kind, level, name in tree:
        words = " ".join(name.split())
        kind = ALSO_CALLED.get(kind, "push button" if kind == SUMMARY and words else kind)
        if kind in KINDS - left_out:
            parts = [role if kind == "landmark" else kind, level * (kind == "heading"), words * (kind in NAMED)]
            found.append(" ".join(part for part in parts if part))
    return found


def tree_of(page: Page, url: str) -> list[list]:
    """What a page gives to screen readers, when it has come to rest."""
    page.go(url)
    title = page.script("document.title")
    before = None
    for _ in range(40):
        done = subprocess.run(
            [PYTHON, str(Path(__file__).with_name("accessible_tree.py"))],
            env={**page.screen.environment, "PYTHONPATH": ""},
            capture_output=True,
            text=True,
        )
        now = next((tree for tree in json.loads(done.stdout) if tree[0][4] == title and len(tree) > 20), None)
        if now and now == before:
            return now
        before = now
        time.sleep(0.2)
    raise AssertionError(f"{page.name} shows screen readers no page called {title!r}")


@pytest.fixture(scope="session")
def chromium(new_screen: Callable[[], Screen], playwright: Playwright) -> Iterator[Chromium]:
    """Chromium as it is where somebody uses a screen reader."""
    running = Chromium(new_screen(), playwright, "--force-renderer-accessibility")
    yield running
    running.close()


def differences(chromium: Chromium, engine: Firefox | WebKit, url: str) -> list[str]:
    """What one engine gives and the other does not: lines that begin with - (Chromium) or + (the other)."""
    known = KNOWN[engine.name]
    sides = [things(tree_of(page, url), known) for page in (chromium, engine)]
    return [line for line in unified_diff(*sides, lineterm="", n=0) if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize(
    "name",
    [
        "home",
        "register",
        "full record",
        "number only",
        "topics",
        "yearly report",
        "promises",
        "help",
        "use the data",
        "wrong address",
    ],
)
def test_a_listener_meets_the_same_things_as_in_chromium(
    chromium: Chromium, page: Firefox | WebKit, address: str, name: str
) -> None:
    page.size(1033, 893)  # as wide as Chromium's page, so that no other layout applies
    found = differences(chromium, page, address + PAGES[name])
    assert not found, fault_report(found, name)


@pytest.mark.parametrize("engine", ["WebKit"], indirect=True)
def test_a_list_that_only_one_engine_knows_is_found(
    chromium: Chromium, page: WebKit, built_sample: Path, certificate: ssl.SSLContext, tmp_path: Path
) -> None:
    """The same on a site that hides the marks of its lists in the usual way."""
    changes = {"*.css": {'list-style-type:""': ""}, "site.js": {"setAttribute('role','list')": "normalize()"}}
    with Host(SiteHandler, changed_copy(built_sample, tmp_path, changes), certificate) as host:
        found = differences(chromium, page, host.address + PAGES["full record"])
    assert found
    assert set(found) <= {"-list", "-list item", "+list"}, found
