"""Builds the site beside the last good one and puts it in place only if everything is right."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from register.checks.built_site import check_site
from register.checks.permalinks import lost_from_site
from register.problems import Problem, ProblemsFound

_LINK = re.compile(r"Doc file '(?P<page>[^']+)' contains (?:a|an) .*?(?:link|image) '(?P<link>[^']*)'.*")
_MENU = re.compile(r"A reference to '(?P<page>[^']+)' is included in the 'nav' configuration, .*not found.*")
_LEVEL = re.compile(r"^(WARNING|ERROR)\s+-\s+")
# Lines that follow MkDocs' heading for pages that its menu leaves out.
_LEFT_OUT = re.compile(r"^  - (?P<page>.+\.md)$")


def build(project: Path, environment: dict[str, str]) -> Path:
    """Build a project's site and put it in place of the last one.

    Args:
        project: the folder that holds ``mkdocs.yml``.
        environment: the environment that MkDocs gets.

    Returns:
        The folder of the built site.

    Raises:
        ProblemsFound: MkDocs or the check of the built pages found something, or a published address would
            disappear; the last site stays as it was.
    """
    fresh = Path(tempfile.mkdtemp(prefix=".build-", dir=project))
    try:
        problems = _run_mkdocs(project, fresh, environment)
        problems = problems or check_site(fresh, project / "docs")
        problems = problems or lost_from_site(project / "site", fresh)
        if problems:
            raise ProblemsFound(problems)
        fresh.chmod(0o755)
        return _swap(fresh, project / "site")
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(fresh: Path, site: Path) -> Path:
    """Put a fresh folder in the place of the old one; the old one goes only when the new one stands."""
    old = site.with_name(".build-old")
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        site.rename(old)
    try:
        fresh.rename(site)
    except OSError:
        old.rename(site)
        raise
    shutil.rmtree(old, ignore_errors=True)
    return site


def _run_mkdocs(project: Path, fresh: Path, environment: dict[str, str]) -> list[Problem]:
    """Run MkDocs into a folder; return what it warns of. Its own summary lines are not for editors."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(fresh)]
    quiet = {"NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [*command, "--config-file", str(project / "mkdocs.yml")],
        env={**os.environ, **environment, **quiet},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    problems = [problem for line in done.stderr.splitlines() if (problem := _spoken(line, project))]
    if done.returncode and not problems:
        last = [line for line in done.stderr.splitlines() if line.strip()] or ["no reason given"]
        reason = ", ".join(line.strip().removeprefix("Error: ") for line in last[-3:])
        line = re.search(r"\bline (\d+)", reason)
        problems = [Problem("mkdocs.yml", int(line[1]) if line else 1, "", f"mkdocs stopped: {reason}")]
    return problems


def _spoken(line: str, project: Path) -> Problem | None:
    """A warning or error of MkDocs as a problem; None for any other line."""
    if left_out := _LEFT_OUT.match(line):
        return Problem(f"docs/{left_out['page']}", 1, "", "the page is not in the menu (add it to 'nav' in mkdocs.yml)")
    level = _LEVEL.match(line)
    said = line[level.end() :].strip() if level else ""
    if not said or said.startswith("The following pages exist"):
        return None
    if menu := _MENU.match(said):
        text = f"the menu names '{menu['page']}', which is not in docs/ (correct it)"
        return Problem("mkdocs.yml", _line_with(project / "mkdocs.yml", menu["page"]), "", text)
    if link := _LINK.match(said):
        return _broken_link(link["page"], link["link"], said, project)
    return Problem("mkdocs.yml", 1, "", f"mkdocs says: {said}")


def _broken_link(page: str, link: str, said: str, project: Path) -> Problem:
    where = "a part of a page that does not exist" if "anchor" in said else "no page or file in docs/"
    meant = re.search(r"Did you mean '([^']+)'", said)
    repair = f"did you mean '{meant[1]}'?" if meant else "correct it"
    line = _line_with(project / "docs" / page, link)
    return Problem(f"docs/{page}", line, "", f"the link '{link}' leads to {where} ({repair})")


def _line_with(path: Path, words: str) -> int:
    """The line on which words stand as a whole, in brackets or quotes or at its end, or else as part of others."""
    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.is_file() else []
    whole = re.compile(r"(?:^|[(<\"'\s])" + re.escape(words) + r"(?:[)>\"'\s]|$)")
    found = [number for number, line in enumerate(lines, 1) if whole.search(line)]
    found += [number for number, line in enumerate(lines, 1) if words in line]
    return found[0] if found else 1
