"""The stylesheet and the scripts of the theme as browsers get them: without comments and spaces, a fifth of a first view."""

from collections.abc import Callable

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


def is_made_small(uri: str) -> bool:
    """Return whether a file of the theme, by its address, is published without comments."""
    return uri in _SMALLER


def made_small(uri: str, text: str) -> str:
    """Return such a file as it is published.

    Raises:
        KeyError: it is not one of them.
    """
    return f"{_SMALLER[uri](text)}\n"
