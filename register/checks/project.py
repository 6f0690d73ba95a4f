"""Checks a project's data, pages and settings together, so that one run names all that is wrong in them."""

import datetime
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from register import clock
from register.checks.docs_files import check_files, published_names, written_pages
from register.checks.hosted_files import missing_files, unnamed_files
from register.checks.markdown_pages import check_pages
from register.checks.needed_pages import check_needed
from register.checks.redirects import check_redirects
from register.checks.site_settings import check_settings, passages_of_settings
from register.dates import say
from register.edit.made_files import made_files_advice
from register.guards.guards import check_words
from register.links import report as link_report
from register.load.data_files import FILES
from register.load.loader import UnusableData, load_with_advice
from register.load.yaml_source import read_text
from register.model import Register
from register.problems import Problem, ProblemsFound
from register.site import urls
from register.site.introductions import check_introductions, introductions
from register.state.as_of import known_on
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class CheckedProject:
    """What the check of a project found."""

    snapshot: Snapshot | None  # None if the data cannot be used
    problems: list[Problem]
    advice: list[Problem]  # what stops nothing, but needs somebody's attention soon

    @property
    def good(self) -> Snapshot:
        """The snapshot of a project in which nothing is wrong.

        Raises:
            ProblemsFound: something is.
        """
        if self.problems or not self.snapshot:
            raise ProblemsFound(self.problems)
        return self.snapshot


def check_project(project: Path, environment: Mapping[str, str]) -> CheckedProject:
    """Return what is wrong in a project's data and written pages, and its register.

    Args:
        project: the folder with ``data/``, ``docs/`` and ``mkdocs.yml``.
        environment: for today's date and the day whose register is shown (see ``register.clock``).

    Raises:
        WrongDay: a day that was asked for is none.
    """
    today = clock.today(environment)
    snapshot, problems, advice = None, list[Problem](), list[Problem]()
    readable: Register | None = None
    try:
        loaded = load_with_advice(project / "data", today)
        as_of = clock.as_of(environment)
        # Today nothing is left out, so that a usual check need not look for it.
        register = loaded.register if as_of >= today else known_on(loaded.register, as_of)
        snapshot = Snapshot(register, as_of)
        readable = loaded.register
        advice = [*loaded.advice, *made_files_advice(project, loaded.register)]
    except UnusableData as found:
        problems += found.problems
        readable = found.readable
    docs, taken = project / "docs", _published_elsewhere(project, snapshot)
    names = published_names(docs)
    introduced = {urls.written(name) for name in introductions(names, snapshot)} if snapshot else set()
    not_written = {address: made_from for address, made_from in taken.items() if address not in introduced}
    files = check_files(docs, not_written)
    problems += [*check_settings(project), *files.problems, *check_needed(docs)]
    if snapshot:
        snapshot = replace(snapshot, files=files.hosted)
        problems += missing_files(loaded.register, names)
        advice += unnamed_files(docs.name, loaded.register, names)
        problems += check_introductions(docs.name, names, Snapshot(loaded.register, today))
        problems += check_redirects(snapshot, taken, names)
    unusable, old = _link_report(project, today)
    problems, advice = [*problems, *unusable], [*advice, *old]
    problems += check_pages(docs, snapshot, today)
    asked, gentle = check_words(page_texts(docs), readable, passages_of_settings(project), _data_lines(project))
    typed = {(problem.path, problem.line) for problem in problems if problem.kind == "typed-by-hand"}
    problems += [problem for problem in asked if (problem.path, problem.line) not in typed]
    advice += gentle if snapshot else []  # half a register has too little to say that an exception is not needed
    return CheckedProject(snapshot, sorted(set(problems)), advice)


def page_texts(docs: Path) -> dict[str, str]:
    """Return the text of each written page of a ``docs`` folder that can be read, by its path: ``docs/about.md``."""
    texts = dict[str, str]()
    for path in sorted(written_pages(docs)):
        name = f"{docs.name}/{path.relative_to(docs).as_posix()}"
        with suppress(ProblemsFound):  # said by the check of the pages
            texts[name] = read_text(path, name)
    return texts


def _data_lines(project: Path) -> dict[str, list[str]]:
    """The lines of each data file that can be read, by its path."""
    lines = dict[str, list[str]]()
    for file in FILES:
        with suppress(ProblemsFound):  # said by the loader
            lines[file.path] = read_text(project / file.path, file.path).split("\n")
    return lines


def _link_report(project: Path, today: datetime.date) -> tuple[list[Problem], list[Problem]]:
    """What is wrong with the report of the last link check, and whether another check is due: problems and advice."""
    try:
        report = link_report.read(project / link_report.NAME)
    except ProblemsFound as found:
        return found.problems, []
    if not report or not report.is_old(today):
        return [], []
    what = f"the links were last checked on {say(report.checked_at.date())}, over {link_report.CHECKED_AGAIN_AFTER} days ago"
    to_do = "see on GitHub, under Actions, Links, whether the weekly run is switched off; or run 'make links'"
    return [], [Problem(link_report.NAME, 1, "", what, to_do, "old-link-report")]


def _published_elsewhere(project: Path, snapshot: Snapshot | None) -> dict[str, str]:
    """The addresses of what theme and register publish, each with where it comes from; no page and no redirect may take their place."""
    theme = project / "theme"
    of_theme = [path.relative_to(theme).as_posix() for path in theme.rglob("*") if path.is_file()]
    taken = dict.fromkeys([*of_theme, *urls.OWN_FILES], "the site itself")
    if not snapshot:
        return taken
    old = [(move.old, move.typed_in) for move in urls.moves(snapshot) if move.word]
    made = [(route.path, "the register") for route in urls.routes(snapshot) if route.shows != "moved"]
    return {**dict(old), **dict(made), **taken}
