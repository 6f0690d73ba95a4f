"""Takes over the report that the weekly link check keeps in the repository, so that a build can show it.

The weekly workflow puts ``link-report.json`` alone into a branch that holds nothing else. What cannot be fetched, or is not
a report that this version can read, stops nothing: the site is then built without it, and says so.
"""

import os
import subprocess
from pathlib import Path

from pydantic import ValidationError

from register.dates import say
from register.links.report import MOST_BYTES, NAME, LinkReport, read, write
from register.problems import ProblemsFound

BRANCH = "link-report"
_SECONDS = 60  # for git to fetch it


def take_over(project: Path) -> str:
    """Write the kept report into a project's folder if it is newer than the one that is there; return what came of it.

    Args:
        project: the project's folder, the top of a git repository with a remote ``origin``.
    """
    text = _kept(project)
    if text is None:
        return f"There is no link report to take over: 'origin' has no branch '{BRANCH}', or cannot be reached."
    try:
        kept = LinkReport.model_validate_json(text)
    except ValidationError:
        return f"The link report in the branch '{BRANCH}' is not one that this version can read; it is left out."
    day = say(kept.checked_at.date())
    if (present := _present(project / NAME)) and present.checked_at >= kept.checked_at:
        return f"The link report that is here is as new as the kept one, of {day}."
    write(kept, project / NAME)
    return f"The link report of {day} is taken over: the next 'make site' shows it."


def _present(path: Path) -> LinkReport | None:
    """The report that is there, if it is one."""
    try:
        return read(path)
    except ProblemsFound:
        return None


def _kept(project: Path) -> bytes | None:
    """What stands in the branch; None if it cannot be had."""
    git = ["git", "-C", str(project)]
    # Nobody is asked for a password: without the right to read, there is no report.
    environment = {**os.environ, "GIT_TERMINAL_PROMPT": "0"}
    try:
        for command in (
            ["fetch", "--quiet", "--no-tags", "origin", f"refs/heads/{BRANCH}"],
            ["cat-file", "-s", f"FETCH_HEAD:{NAME}"],
            ["cat-file", "blob", f"FETCH_HEAD:{NAME}"],
        ):
            done = subprocess.run([*git, *command], capture_output=True, check=True, timeout=_SECONDS, env=environment)
            if command[1] == "-s" and int(done.stdout) > MOST_BYTES:
                return None
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout
