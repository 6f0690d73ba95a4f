"""The same pages in this project's theme and in Material's own: what is sent, what axe finds, what the policy stops.

The numbers in docs-dev/decisions on the theme come from here: `.venv/bin/python bench/theme.py`, after `make test` has set
up the browser. Nothing is asserted.
"""

import os
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from test_engines import AXE, TAGS  # noqa: E402

from hosting import Host, SiteHandler  # noqa: E402
from projects import SAMPLE_DAY, Project, make_project  # noqa: E402
from visits import FLAGS, NARROW, PAGES, SCREENS, find_browser, visit  # noqa: E402

# Kinds of files that a theme ships; pages, the search index and what is made from the register are the same in both.
SHIPPED = {".js", ".css", ".map", ".png", ".svg", ".ico", ".woff2", ".json"}


@dataclass
class Measured:
    """What was found in one theme."""

    files: int = 0
    bytes: int = 0
    fetched: dict[str, int] = field(default_factory=dict)  # bytes that a first visit fetches, by page
    violations: Counter[str] = field(default_factory=Counter)  # axe's rules, by pages and screens that break them
    stopped: Counter[str] = field(default_factory=Counter)  # what the content policy stops, by pages
    kept: set[str] = field(default_factory=set)  # what is in the browser's storage after a visit
    stops: int = 0  # how often Tab stops on a phone's screen
    unseen: int = 0  # … at something that is out of sight


def main() -> None:
    """Build both, look at both, print the figures."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_browser(), args=FLAGS)
        for name, build in (("this project's theme", _ours), ("Material's own", _stock)):
            folder = Path(scratch, name)
            folder.mkdir()
            _show(name, _measured(build(make_project(folder)), browser))


def _ours(project: Project) -> Path:
    _run(project, "register", "site")
    return project.folder / "site"


def _stock(project: Project) -> Path:
    """The same project without our theme; what it leaves out of Material's files is left in."""
    project.edit("mkdocs.base.yml", "  custom_dir: theme\n", "")
    project.edit("mkdocs.base.yml", "  favicon: assets/icon.svg\n", "")
    project.edit("macros.py", "if site.is_unused(file.src_uri)", "if False")
    _run(project, "mkdocs", "build", "--quiet")
    return project.folder / "site"


def _run(project: Project, *module: str) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": SAMPLE_DAY, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([sys.executable, "-m", *module], cwd=project.folder, env=environment, check=True)


def _measured(site: Path, browser: Browser) -> Measured:
    found = Measured()
    shipped = [path for path in site.rglob("*") if path.is_file() and path.suffix in SHIPPED and _of_theme(path, site)]
    found.files, found.bytes = len(shipped), sum(path.stat().st_size for path in shipped)
    with Host(SiteHandler, directory=site) as host:
        for name, path in PAGES.items():
            _visit_once(found, browser, host.address + path, name)
            for screen in SCREENS.values():
                with visit(browser, host.address + path, screen, bypass_csp=True) as page:
                    found.violations.update(_broken_rules(page))
        with visit(browser, f"{host.address}{PAGES['about']}", NARROW, bypass_csp=True) as page:
            found.stops, found.unseen = _tab_stops(page)
    return found


def _of_theme(path: Path, site: Path) -> bool:
    return path.relative_to(site).parts[0] not in ("data", "search")


def _visit_once(found: Measured, browser: Browser, url: str, name: str) -> None:
    """One first visit, with the content policy in force, and what it fetches."""
    with browser.new_context() as context:
        page = context.new_page()
        page.add_init_script(
            "window.stopped = []; addEventListener('securitypolicyviolation',"
            " event => stopped.push(event.effectiveDirective))"
        )
        answers = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(url)
        page.wait_for_load_state("networkidle")
        found.fetched[name] = sum(len(answer.body()) for answer in answers)
        found.stopped.update(page.evaluate("stopped"))
        found.kept.update(page.evaluate("Object.keys(localStorage).concat(Object.keys(sessionStorage))"))


def _broken_rules(page: Page) -> list[str]:
    page.add_script_tag(path=AXE)
    return page.evaluate(
        "tags => axe.run({runOnly: tags, resultTypes: ['violations']}).then(r => r.violations.map(one => one.id))", TAGS
    )


def _tab_stops(page: Page) -> tuple[int, int]:
    """How often Tab stops before it leaves the page, and how often at something left or right of the screen."""
    page.wait_for_timeout(1000)
    stops = unseen = 0
    while stops < 500:
        page.keyboard.press("Tab")
        box = page.evaluate(
            "document.activeElement === document.body ? null : document.activeElement.getBoundingClientRect().toJSON()"
        )
        if box is None:
            break
        stops += 1
        unseen += box["right"] <= 0 or box["left"] >= NARROW["width"]
    return stops, unseen


def _show(name: str, found: Measured) -> None:
    print(f"\n{name}")
    print(f"  files of the theme: {found.files}, {found.bytes:,} bytes")
    most = max(found.fetched, key=lambda page: found.fetched[page])
    for page in ("home", "full record", most):
        print(f"  a first visit fetches: {found.fetched[page]:,} bytes ({page})")
    views = len(PAGES) * len(SCREENS)
    rules = ", ".join(f"{rule} {count}" for rule, count in found.violations.most_common()) or "none"
    print(
        f"  axe, WCAG 2.2 A and AA and good practice, rules broken in {views} views: {sum(found.violations.values())} ({rules})"
    )
    stops = ", ".join(f"{rule} {count}" for rule, count in found.stopped.most_common()) or "none"
    print(f"  stopped by the content policy on {len(PAGES)} pages: {sum(found.stopped.values())} ({stops})")
    print(f"  Tab stops on the page 'about' at {NARROW['width']} px: {found.stops}, out of sight: {found.unseen}")
    print(f"  kept in the browser after a visit: {', '.join(sorted(found.kept)) or 'nothing'}")


if __name__ == "__main__":
    main()
