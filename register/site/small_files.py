"""The stylesheet and the scripts of the theme as browsers get them: without comments and spaces, a fifth of a first view."""

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
    for uri, smaller in _SMALLER.items():
        yield uri, f"{smaller((theme / uri).read_text(encoding='utf-8'))}\n"
