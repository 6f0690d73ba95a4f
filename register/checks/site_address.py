"""Whether readers can open the site at the address that stands in its pages, feeds, calendar and data."""

import re
from collections.abc import Mapping
from pathlib import Path

from register.checks.site_settings import SETTINGS, site_url
from register.model import public_address
from register.problems import Problem, ProblemsFound, UnusableValue

# A host and its folders, as every address of the site begins (RFC 3986): nothing can follow a query or a fragment.
_FORM = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]+)?/([\w.~-]+/)*", re.ASCII)
_TO_DO = "give the address at which everybody opens the site: make site PUBLISH=1 SITE_URL=https://…/"


def check_published(project: Path, environment: Mapping[str, str]) -> None:
    """Make sure that a site can be published under the address that it names.

    Args:
        project: the folder that holds ``mkdocs.yml``, in which nothing is wrong.
        environment: for ``SITE_URL``.

    Raises:
        ProblemsFound: the address is none that everybody can open, or not one by https that ends in ``/``.
    """
    url, line = site_url(project, environment)
    if fault := _fault(url):
        raise ProblemsFound([Problem(SETTINGS, line, "", f"the site's address {fault}", _TO_DO, "site-address")])


def said_of_local_addresses(project: Path, environment: Mapping[str, str]) -> str:
    """Return what is said of a site whose addresses are of no use to others; "" if the site can be published as it is."""
    url, _ = site_url(project, environment)
    return f"Its addresses are for this machine only: {url} (to publish it, {_TO_DO})." if _fault(url) else ""


def _fault(url: str) -> str:
    """What is wrong with the address of a site that is to be published; "" if nothing is."""
    try:
        public_address(url)
    except UnusableValue as unusable:
        return str(unusable).partition(" (")[0]
    if not url.startswith("https://"):
        return f"does not begin with 'https://': '{url}'"
    if not _FORM.fullmatch(url):
        return f"is not a host, or a host and folders, with '/' at the end: '{url}'"
    return ""
