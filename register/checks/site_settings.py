"""Checks ``mkdocs.yml``: it may hold what a partnership sets, and the menu; nothing that MkDocs would run.

MkDocs builds Python objects from tags in this file and runs what it names under ``hooks`` and ``plugins``. So it is read
here first, as text, and MkDocs reads it only if it holds nothing but names, addresses and the menu.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from register.checks.docs_files import written_pages
from register.guards.passages import Passage
from register.load.validation import validate
from register.load.yaml_source import Fields, Items, Node, read
from register.model import ExtraSettings, SiteSettings
from register.problems import Problem, ProblemsFound
from register.site.introductions import year_of

SETTINGS = "mkdocs.yml"
# MkDocs' way of reading a variable of the environment, with what holds without it; and which setting may read which.
_FROM_ENVIRONMENT = "!ENV"
_VARIABLES = {"site_url": "SITE_URL", "edit_uri": "EDIT_URI"}


@dataclass(frozen=True)
class _Entry:
    """A page in the menu."""

    page: str  # its path in docs/
    line: int


def check_settings(project: Path) -> list[Problem]:
    """Return what is wrong in a project's ``mkdocs.yml``, in order of line, and which pages its menu leaves out.

    Args:
        project: the folder that holds ``mkdocs.yml`` and ``docs/``.
    """
    try:
        node, problems = read(project / SETTINGS, SETTINGS, frozenset({_FROM_ENVIRONMENT}))
    except ProblemsFound as found:
        return found.problems
    if not isinstance(node, Fields):
        return [Problem(SETTINGS, 1, "", "settings are due here", "lines like 'site_name: text'", "wrong-shape")]
    menu, line, moved = _menu(node)
    problems += moved
    problems += validate(_without_variables(node), SiteSettings, SETTINGS, "").problems
    return sorted([*problems, *_menu_problems(menu, line, _page_names(project / "docs"))])


def site_url(project: Path, environment: Mapping[str, str]) -> tuple[str, int]:
    """Return where a site is published, as MkDocs reads it, and the line of ``mkdocs.yml`` that says so.

    Args:
        project: the folder that holds ``mkdocs.yml``, in which ``check_settings`` finds nothing wrong.
        environment: for ``SITE_URL``; an empty one counts as none.
    """
    node, _ = read(project / SETTINGS, SETTINGS, frozenset({_FROM_ENVIRONMENT}))
    if not isinstance(node, Fields):
        return "", 1
    typed = node.get("site_url", "")
    if isinstance(typed, Items):
        typed = environment.get(_VARIABLES["site_url"]) or typed[-1]
    return str(typed), node.lines.get("site_url", 1)


def extra_settings(project: Path) -> ExtraSettings | None:
    """Return what is set below ``extra`` in a project's ``mkdocs.yml``; None if that cannot be used."""
    try:
        node, _ = read(project / SETTINGS, SETTINGS, frozenset({_FROM_ENVIRONMENT}))
    except ProblemsFound:
        return None  # said by the check of the settings
    extra = node.get("extra") if isinstance(node, Fields) else None
    return validate(extra, ExtraSettings, SETTINGS, "").record if isinstance(extra, Fields) else None


def passages_of_settings(project: Path) -> Iterator[Passage]:
    """Yield the words of a project's ``mkdocs.yml`` that readers see: the site's names, its description, and the menu's."""
    try:
        node, _ = read(project / SETTINGS, SETTINGS, frozenset({_FROM_ENVIRONMENT}))
    except ProblemsFound:
        return  # said by the check of the settings
    if not isinstance(node, Fields):
        return
    menu, _, _ = _menu(node)
    extra = node.get("extra")
    for fields, name in ((node, "site_name"), (node, "site_description"), (extra, "short_name")):
        text = fields.get(name) if isinstance(fields, Fields) else None
        if isinstance(fields, Fields) and isinstance(text, str):
            yield Passage(SETTINGS, fields.lines[name], "field", text, field=name)
    yield from _menu_words(menu)


def _menu_words(menu: Node) -> Iterator[Passage]:
    for item, line in zip(menu, menu.lines, strict=True) if isinstance(menu, Items) else ():
        for words, held in item.items() if isinstance(item, Fields) else ():
            yield Passage(SETTINGS, line, "field", words, field="menu")
            yield from _menu_words(held)


def _menu(settings: Fields) -> tuple[Node, int, list[Problem]]:
    """Take the menu out of the settings: what it is, its line, and that it stands too far right, if it does."""
    extra = settings.get("extra")
    if "nav" in settings or not isinstance(extra, Fields) or "nav" not in extra:
        return settings.pop("nav", ""), settings.lines.get("nav", 1), []
    line = extra.lines["nav"]
    what, to_do = "'nav' stands too far right", "give it as many spaces as 'extra' has"
    return extra.pop("nav"), line, [Problem(SETTINGS, line, "", what, to_do, "misplaced-field")]


def _without_variables(settings: Fields) -> Fields:
    """The settings with the value of each ``!ENV [NAME, value]`` in its place; any other list of this kind stays."""
    for name, variable in _VARIABLES.items():
        value = settings.get(name)
        if isinstance(value, Items) and value.tag and value[:1] == [variable] and len(value) == 2:
            settings[name] = value[1]
    return settings


def _page_names(docs: Path) -> set[str]:
    return {path.relative_to(docs).as_posix() for path in written_pages(docs)}


def _menu_problems(menu: Node, line: int, pages: set[str]) -> Iterator[Problem]:
    """What is wrong with the menu: every page stands in it, once, and nothing else does.

    The introduction to a yearly report need not: it is reached as the report is.
    """
    if not isinstance(menu, Items) or menu.tag:
        yield Problem(
            SETTINGS, line, "", "'nav', the menu, must be a list", "lines like '- About: about.md'", "no-menu"
        )
        return
    seen: dict[str, int] = {}
    for found in _entries(menu):
        if isinstance(found, Problem):
            yield found
        elif found.page in seen:
            what = f"the menu names '{found.page}' twice, first on line {seen[found.page]}"
            yield Problem(SETTINGS, found.line, "", what, "keep one of the two", "menu-twice")
        else:
            seen[found.page] = found.line
            if found.page not in pages:
                what = f"the menu names '{found.page}', which is not in docs/"
                to_do = "correct it; the menu holds pages of this site only"
                yield Problem(SETTINGS, found.line, "", what, to_do, "menu-without-page")
    for page in (page for page in pages - set(seen) if not year_of(page)):
        what, to_do = "the page is not in the menu", f"add it to 'nav' in {SETTINGS}"
        yield Problem(f"docs/{page}", 1, "", what, to_do, "not-in-menu")


def _entries(menu: Items) -> Iterator[_Entry | Problem]:
    """The pages of a menu and of the sections in it."""
    for item, line in zip(menu, menu.lines, strict=True):
        held = next(iter(item.values())) if isinstance(item, Fields) and len(item) == 1 else item
        if isinstance(held, str) and held:
            yield _Entry(held, line)
        elif isinstance(held, Items) and held is not item and not held.tag:
            yield from _entries(held)
        else:
            what, to_do = "this is no entry of a menu", "write a line like '- About: about.md'"
            yield Problem(SETTINGS, line, "", what, to_do, "menu-entry")
