"""Runs MkDocs: once, for a site to publish, or as a server that shows every change.

The only module of the package that imports MkDocs. For a build MkDocs runs in this process, not as a command of its
own: so its warnings are log records and no printed lines, and the site that is loaded already is handed to the hooks in
``macros.py``.
"""

import logging
import os
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from mkdocs.__main__ import cli
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException
from mkdocs_macros.plugin import ERROR_MACRO

from register.problems import Problem
from register.site.site import Site
from register.time_limit import OutOfTime, time_limit

SETTINGS = "mkdocs.yml"
# 2,000 full records take 40 seconds; this leaves room for a machine that is twenty times slower.
LONGEST_BUILD = 900.0  # seconds
_QUIET = {"NO_MKDOCS_2_WARNING": "1"}  # Material's notice of its end of life is not for editors
_WITHOUT_COLOURS = {"NO_COLOR": "1"}  # in what goes into a message (no-color.org)


def run_mkdocs(
    project: Path, folder: Path, site: Site, environment: Mapping[str, str], longest: float = LONGEST_BUILD
) -> list[Problem]:
    """Build a project's pages into a folder; return what MkDocs warns of, which strict mode takes for an error.

    Nothing of this process is changed when it returns: the environment, the module search path and the loggers are
    as before.

    Args:
        project: the folder that holds ``mkdocs.yml``.
        folder: where the pages go; what it holds is removed.
        site: what the hooks show.
        environment: the environment that MkDocs gets.
        longest: after how many seconds it is ended.
    """
    with _environment({**environment, **_QUIET, **_WITHOUT_COLOURS}), _warnings() as messages:
        try:
            with time_limit(longest, "wall"):
                _build(project, folder, site)
        except OutOfTime:
            what, to_do = (
                f"mkdocs did not end within {longest:.0f} seconds",
                "take out what was changed last, and try again",
            )
            return [Problem(SETTINGS, 1, "", what, to_do, "mkdocs-timeout")]
        except MkDocsException as error:  # among them those of plugins
            if not messages:
                return [_stopped(error, project)]
        except SystemExit as stopped:
            if stopped.code != ERROR_MACRO or not messages:  # SIGTERM, for one
                raise
        except Exception:
            if not messages:  # nothing that an editor could mend
                raise
    typed = _Typed(project)
    return [problem for message in messages for problem in _problems(message, typed)]


def _build(project: Path, folder: Path, site: Site) -> None:
    config = load_config(config_file=str(project / SETTINGS), strict=True, site_dir=str(folder))
    config.extra["site"] = site
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


def serve(project: Path, port: int, environment: Mapping[str, str]) -> None:
    """Show a project's site at a port of this machine, and build it again after every change.

    What is wrong is printed as ``make check`` does; the server goes on, and answers again when it is mended. It is
    MkDocs' own command; each build loads the site again, in the hooks.

    Args:
        project: the folder that holds ``mkdocs.yml``.
        port: of 127.0.0.1.
        environment: the environment that MkDocs gets.
    """
    # The macros plugin logs every variable that it finds, at each build.
    logging.getLogger("mkdocs.plugins.mkdocs_macros.util").setLevel(logging.WARNING)
    with _environment({**environment, **_QUIET, "PREVIEW": "1"}):
        arguments = ["serve", "--config-file", str(project / SETTINGS), "--dev-addr", f"127.0.0.1:{port}"]
        cli.main(arguments, prog_name="mkdocs", standalone_mode=False)


@contextmanager
def _environment(environment: Mapping[str, str]) -> Iterator[None]:
    """Let MkDocs, its plugins and the settings' ``!ENV`` see an environment, and the hooks their own folder."""
    before, path = dict(os.environ), list(sys.path)
    os.environ.clear()
    os.environ.update(environment)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
        sys.path[:] = path


class _Messages(logging.Handler):
    """Keeps the text of each record."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(record.getMessage())


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """Collect what MkDocs and its plugins log as warnings or errors, and let nobody else show it."""
    logger, messages = logging.getLogger("mkdocs"), _Messages()
    propagate = logger.propagate
    logger.addHandler(messages)
    logger.propagate = False
    try:
        yield messages.texts
    finally:
        logger.propagate = propagate
        logger.removeHandler(messages)


def _stopped(error: MkDocsException, project: Path) -> Problem:
    """An error that MkDocs raised without having logged it: settings that are not YAML, for one."""
    lines = [line.strip() for line in error.format_message().splitlines() if line.strip()] or ["no reason given"]
    mark = getattr(error.__context__, "problem_mark", None)  # what a YAML parser knows of the place
    line = mark.line + 1 if mark else 1
    return Problem(SETTINGS, line, "", f"mkdocs stopped: {', '.join(lines[-3:])}", "", "mkdocs-stopped")


# ── what MkDocs says in words only ───────────────────────────────────────────────────────────────
# Its records carry no page and no link apart, so that they have to be read out of the text: here, and nowhere else.

_LINK = re.compile(r"Doc file '(?P<page>[^']+)' contains an? .*?(?:link|image) '(?P<link>[^']*)'")
_MEANT = re.compile(r"Did you mean '(?P<link>[^']+)'")
_NO_ANCHOR = re.compile(r"does not contain an anchor|there is no such anchor")
_MENU = re.compile(r"A reference to '(?P<page>[^']+)' is included in the 'nav' configuration, .*not found")
_PAGE = re.compile(r"Error (?:reading|building) page '(?P<page>[^']+)': (?P<why>[^\n]*)")
_LEFT_OUT = re.compile(r"^  - (?P<page>.+\.md)$", re.MULTILINE)


@dataclass
class _Typed:
    """The files that people typed; each is read once."""

    project: Path
    _texts: dict[str, str] = field(default_factory=dict)

    def line_with(self, name: str, words: str) -> int:
        """Return the line on which words stand, in brackets or quotes or at its end, or else as part of others; 1 without."""
        if name not in self._texts:
            path = self.project / name
            self._texts[name] = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
        text = self._texts[name]
        found = next(chain(_linked(text, words), _whole(text, words), _places(text, words)), 0)
        return text.count("\n", 0, found) + 1


def _linked(text: str, address: str) -> Iterator[int]:
    """Where an address is the end of a link or picture: its words may stand in a heading, too."""
    for before in ("](", "](<", "]: "):
        yield from _places(text, before + address)


def _whole(text: str, words: str) -> Iterator[int]:
    """Where words stand that are no part of longer ones."""
    for place in _places(text, words):
        before, behind = text[place - 1 : place], text[place + len(words) :][:1]
        if (not before or before in "(<\"'" or before.isspace()) and (
            not behind or behind in ")>\"'" or behind.isspace()
        ):
            yield place


def _places(text: str, words: str) -> Iterator[int]:
    place = text.find(words)
    while place >= 0:
        yield place
        place = text.find(words, place + 1)


def _problems(message: str, typed: _Typed) -> Iterator[Problem]:
    """One message of MkDocs as problems, each where an editor can mend it."""
    if message.startswith("The following pages exist"):
        for left_out in _LEFT_OUT.finditer(message):
            what, to_do = "the page is not in the menu", f"add it to 'nav' in {SETTINGS}"
            yield Problem(f"docs/{left_out['page']}", 1, "", what, to_do, "not-in-menu")
    elif menu := _MENU.match(message):
        what = f"the menu names '{menu['page']}', which is not in docs/"
        line = typed.line_with(SETTINGS, menu["page"])
        yield Problem(SETTINGS, line, "", what, "correct it", "menu-without-page")
    elif link := _LINK.match(message):
        yield _broken_link(link["page"], link["link"], message, typed)
    elif (page := _PAGE.match(message)) and (typed.project / "docs" / page["page"]).is_file():
        yield Problem(
            f"docs/{page['page']}", 1, "", f"mkdocs cannot read the page: {page['why']}", "", "mkdocs-warning"
        )
    elif lines := message.split("\n"):
        yield Problem(SETTINGS, 1, "", f"mkdocs says: {lines[0].strip()}", "", "mkdocs-warning")


def _broken_link(page: str, link: str, message: str, typed: _Typed) -> Problem:
    no_part = _NO_ANCHOR.search(message)
    where = "a part of a page that does not exist" if no_part else "no page or file in docs/"
    meant = _MEANT.search(message)
    to_do = f"did you mean '{meant['link']}'?" if meant else "correct it"
    line = typed.line_with(f"docs/{page}", link)
    kind = "missing-part" if no_part else "inside-link"
    return Problem(f"docs/{page}", line, "", f"the link '{link}' leads to {where}", to_do, kind)
