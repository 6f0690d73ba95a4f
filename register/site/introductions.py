"""Introductions to yearly reports: pages such as ``docs/changes/2024-25.md``, whose words stand above the computed report.

Such a page is written, checked and shown as any other; its address is the report's own.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from register.dates import PartialDate
from register.load.yaml_source import Fields, parse, read_text
from register.problems import Problem, nearest
from register.site import urls
from register.state.reporting_year import years
from register.state.snapshot import Snapshot

_NAMED_BY_YEAR = re.compile(rf"{urls.CHANGES}(\d[^/]*)\.md")


def year_of(name: str) -> str | None:
    """Return the year that a file of ``docs/`` introduces by its name, whether or not it exists; None for another file."""
    found = _NAMED_BY_YEAR.fullmatch(name)
    return found[1] if found else None


def introductions(names: Iterable[str], snapshot: Snapshot) -> frozenset[str]:
    """Return those files of ``docs/`` that introduce the report of a year that exists."""
    known = {year.name for year in years(snapshot)}
    return frozenset(name for name in names if year_of(name) in known)


def shown_introductions(docs: Path, names: Iterable[str], snapshot: Snapshot) -> frozenset[str]:
    """Return the introductions that the site of a snapshot shows: none that was written or changed after its day.

    Args:
        docs: the folder, whose pages were checked.
        names: the names of its files.
        snapshot: the register on the day that the site shows.
    """
    return frozenset(name for name in introductions(names, snapshot) if _updated(docs / name).first <= snapshot.as_of)


def _updated(page: Path) -> PartialDate:
    """When a page's words were last changed, by its front matter."""
    node, _ = parse(read_text(page, page.name).split("---\n")[1], page.name)
    return PartialDate(str(node["updated"]) if isinstance(node, Fields) else "")


def check_introductions(docs: str, names: Iterable[str], snapshot: Snapshot) -> list[Problem]:
    """Return each page that would introduce the report of a year that there is not.

    Args:
        docs: the folder of pages, as messages show it.
        names: the names of its files.
        snapshot: the register of today, whatever day the site shows.
    """
    known = [year.name for year in years(snapshot)]
    return [
        Problem(f"{docs}/{name}", 1, "", f"there is no yearly report '{year}'", nearest(year, known), "no-such-year")
        for name in names
        if (year := year_of(name)) and year not in known
    ]
