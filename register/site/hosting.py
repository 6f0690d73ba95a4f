"""Writes settings for nginx and Caddy into ``hosting/``, beside the site, where no reader can fetch them."""

from collections.abc import Mapping
from pathlib import Path

from register.checks.project import check_project
from register.checks.site_settings import extra_settings, site_url
from register.ordinary_files import write_whole
from register.site import urls
from register.site.web_hosts import WebHosting

HOSTING = "hosting"


def write_hosting(project: Path, environment: Mapping[str, str]) -> list[Path]:
    """Write files to include in the settings of nginx or Caddy; return their paths from the project's folder.

    Args:
        project: the folder with ``data/``, ``docs/`` and ``mkdocs.yml``.
        environment: for the day, and for ``SITE_URL``.

    Raises:
        ProblemsFound: something is wrong in data, pages or settings; nothing is written.
    """
    snapshot = check_project(project, environment).good
    url, _ = site_url(project, environment)
    extra = extra_settings(project)
    files = WebHosting(tuple(urls.moves(snapshot)), url, bool(extra and extra.preload)).beside_site()
    (project / HOSTING).mkdir(exist_ok=True)
    for name, text in files.items():
        write_whole(project / HOSTING / name, text.encode())
    return [Path(HOSTING, name) for name in files]
