"""The stylesheet and the scripts of the theme as browsers get them: without comments and spaces, a fifth of a first view."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

import rcssmin
import rjsmin

from register.site import urls

_SMALLER: dict[str, Callable[[str], str]] = {
    urls.STYLES: rcssmin.cssmin,
    urls.LEAVE_SCRIPT: rjsmin.jsmin,
    urls.SITE_SCRIPT: rjsmin.jsmin,
    urls.LIST_SCRIPT: rjsmin.jsmin,
    urls.SEARCH_SCRIPT: rjsmin.jsmin,
}
MADE_SMALL = frozenset(_SMALLER)  # their addresses


def small_files(theme: Path) -> Iterator[tuple[str, str]]:
    """Yield the address and the text of each, as it is published.

    Args:
        theme: the folder of the theme.
    """
    for uri in _SMALLER:
        yield uri, _small(theme, uri)


def with_digest(theme: Path, uri: str) -> str:
    """Return the address by which pages ask for one of them: ``assets/site.css?0123456789ab``.

    Another content has another address, so that browsers may keep a file for good (RFC 8246).
    """
    return f"{uri}?{hashlib.sha256(_small(theme, uri).encode()).hexdigest()[:12]}"


def _small(theme: Path, uri: str) -> str:
    return f"{_SMALLER[uri]((theme / uri).read_text(encoding='utf-8'))}\n"
