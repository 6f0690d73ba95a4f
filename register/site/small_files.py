"""The stylesheet and the scripts of the theme as browsers get them: without comments and spaces, a fifth of a first view."""

import hashlib
import re
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
# What joins modules (ECMAScript, 16.2).
_IMPORT = re.compile(r"^import (?:\{ )?(?P<name>\w+)(?: \})? from '\./(?P<file>[\w./]+)';$", re.MULTILINE)
_EXPORT = re.compile(r"^export (?:\{ \w+ as default \};|(?=function ))", re.MULTILINE)
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
    return f"{_SMALLER[uri](_joined(theme / uri))}\n"


def _joined(path: Path) -> str:
    """A stylesheet or script of the theme. One that imports others becomes one plain script with them inside.

    Each import stands on a line of its own, and names the one thing that the other file exports.
    """
    text = path.read_text(encoding="utf-8")
    if not _IMPORT.search(text):
        return text
    whole = _IMPORT.sub(
        lambda found: _exported((path.parent / found["file"]).read_text(encoding="utf-8"), found["name"]), text
    )
    return f"(function () {{\n'use strict';\n{whole}}}());\n"


def _exported(module: str, name: str) -> str:
    """A statement that gives a name to what a module exports under it."""
    return f"const {name} = (function () {{\n{_EXPORT.sub('', module)}\nreturn {name};\n}}());"
