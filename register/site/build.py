"""Builds the site beside the last good one and puts it in place only if everything is right."""

import shutil
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from register.checks.built_site import check_site
from register.checks.permalinks import lost_from_site
from register.checks.redirects import missing_parts
from register.load.loader import load
from register.load.yaml_source import read_text
from register.problems import ProblemsFound
from register.site import urls
from register.site.compressed import compress
from register.site.mkdocs_build import run_mkdocs
from register.site.policy import CODINGS
from register.site.site import Site
from register.site.swap import SITE, fresh_folder, publish
from register.state.snapshot import Snapshot


def build(project: Path, snapshot: Snapshot, environment: Mapping[str, str], compressed: bool = False) -> Path:
    """Build a project's site and put it in place of the last one, which is kept as ``site.previous``.

    Args:
        project: the folder that holds ``mkdocs.yml``, ``docs/`` and, if links were checked, their report.
        snapshot: the register, checked, as at the day that the site shows.
        environment: for today's date, and what MkDocs' settings read.
        compressed: whether each file of text stands there compressed, too, for web hosts.

    Returns:
        The folder of the built site.

    Raises:
        ProblemsFound: a file that MkDocs needs or the report of the link check cannot be used, MkDocs or the check of
            the built pages found something, or a published address would disappear; the last site stays as it was.
        BuildUnderWay: another process is building this project.
    """
    for name in ("mkdocs.base.yml", "macros.py"):
        read_text(project / name, name)  # no pipe, on which MkDocs would wait, no folder, not too large
    # CI hands on as empty what nobody has set: MkDocs would take it for an address.
    environment = {name: value for name, value in environment.items() if value}
    environment["PREVIEW"] = ""  # what is published always has its content policy
    site = Site.of(snapshot, project, environment)
    with fresh_folder(project) as fresh:
        problems = run_mkdocs(project, fresh, site, environment)
        problems = problems or list(missing_parts(fresh, snapshot))
        problems = problems or check_site(fresh, project / "docs", cited_hosts(snapshot))
        problems = problems or lost_from_site(project / SITE, _whole(project, site), site.docs)
        if problems:
            raise ProblemsFound(problems)
        _copy_moved_files(fresh, snapshot)
        if compressed:
            compress(fresh)
            _keep_versions(project / SITE, fresh)
        return publish(fresh, project)


def _whole(project: Path, site: Site) -> Snapshot:
    """The register of today, where the site shows an earlier day: what that day lacks is not lost."""
    if site.snapshot.as_of >= site.today:
        return site.snapshot
    return Snapshot(load(project / "data", site.today), site.today)


def _keep_versions(last: Path, fresh: Path) -> None:
    """Take over the versions of the register from the last site that was built for readers, as they were first published."""
    kept = last / urls.VERSIONS
    if kept.is_dir() and any((last / f"index.html{ending}").is_file() for ending in CODINGS.values()):
        shutil.copytree(kept, fresh / urls.VERSIONS, dirs_exist_ok=True)


def _copy_moved_files(folder: Path, snapshot: Snapshot) -> None:
    """Put a file that has moved at its old address, too: a program that fetches it follows no page."""
    for move in urls.moves(snapshot):
        if move.is_copied:
            (folder / move.old).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / move.new, folder / move.old)


def cited_hosts(snapshot: Snapshot) -> frozenset[str]:
    """Return the hosts that pages may link to: those of data/links.yml and of the kept copies."""
    links = snapshot.register.links
    addresses = [*(link.url for link in links), *(link.archive.url for link in links if link.archive)]
    return frozenset(urlsplit(address).netloc for address in addresses if address)
