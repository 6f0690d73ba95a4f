"""Builds the site beside the last good one and puts it in place only if everything is right."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from register.checks.built_site import check_site
from register.checks.permalinks import lost_from_site
from register.problems import ProblemsFound
from register.site.mkdocs_build import run_mkdocs
from register.site.site import Site
from register.state.snapshot import Snapshot


def build(project: Path, snapshot: Snapshot, environment: Mapping[str, str]) -> Path:
    """Build a project's site and put it in place of the last one.

    Args:
        project: the folder that holds ``mkdocs.yml``, ``docs/`` and, if links were checked, their report.
        snapshot: the register, checked, as at the day that the site shows.
        environment: for today's date, and what MkDocs' settings read.

    Returns:
        The folder of the built site.

    Raises:
        ProblemsFound: the report of the link check cannot be used, MkDocs or the check of the built pages found
            something, or a published address would disappear; the last site stays as it was.
    """
    environment = {**environment, "PREVIEW": ""}  # what is published always has its content policy
    site = Site.of(snapshot, project, environment)
    fresh = Path(tempfile.mkdtemp(prefix=".build-", dir=project))
    try:
        problems = run_mkdocs(project, fresh, site, environment)
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
    try:
        if site.exists():
            site.rename(old)
        fresh.rename(site)
    finally:  # called off between the two, or refused
        if old.exists() and not site.exists():
            old.rename(site)
    shutil.rmtree(old, ignore_errors=True)
    return site
