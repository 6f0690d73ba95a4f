"""The pages, and parts of pages, that other pages lead to must be there: without one, every page would hold a dead link."""

import re
from collections.abc import Iterator
from pathlib import Path

from register.checks.docs_files import published_names
from register.load.yaml_source import read_text
from register.problems import Problem, ProblemsFound
from register.site import urls


def check_needed(docs: Path) -> Iterator[Problem]:
    """Yield what is missing of the pages that templates, feeds and data lead to.

    Args:
        docs: the ``docs`` folder; if it is missing, another check says so.
    """
    pages = {urls.written(name): docs / name for name in published_names(docs) if name.endswith(".md")}
    for address in urls.NEEDED if docs.is_dir() else ():
        page, _, part = address.partition("#")
        if page not in pages:
            if not part:
                yield _problem(f"{docs.name}/{_usual_name(page)}", "the page is missing", "put it back")
        elif part and not _has_part(pages[page], part):
            name = f"{docs.name}/{pages[page].relative_to(docs).as_posix()}"
            to_do = f"write '{{#{part}}}' behind the heading of that part"
            yield _problem(name, f"the part '{part}' is missing", to_do)


def _problem(name: str, what: str, to_do: str) -> Problem:
    return Problem(name, 1, "", f"{what}, and other pages lead to it", to_do, "page-needed")


def _usual_name(address: str) -> str:
    """The file in which a page is usually written."""
    own_folder = address in ("", urls.RECOMMENDATIONS, urls.AUDIENCES)
    return f"{address}index.md" if own_folder else f"{address.rstrip('/')}.md"


def _has_part(page: Path, part: str) -> bool:
    """Whether a heading of a page has this id. A page that cannot be read is another check's affair."""
    try:
        text = read_text(page, page.name)
    except ProblemsFound:
        return True
    headings = (line.rpartition("{")[2] for line in text.split("\n") if line.startswith("#"))
    return any(f"#{part}" in re.split(r"[\s:}]+", attributes) for attributes in headings)
