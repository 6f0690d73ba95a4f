"""Fetches the files of a published site, to hold them against what a commit builds: the same plain requests as the link check's.

The site may stand on this machine; it may not lead elsewhere into a private network (``register.links.fallback_fetch``).
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote

from register import clock
from register.links.fallback_fetch import fetch_all
from register.links.limits import Limits
from register.links.verdict import Failure, Received, Target, judge

_PAGE = "index.html"
_LIMITS = replace(Limits(), timeout=30, page_bytes=100_000_000)


@dataclass(frozen=True)
class NotFetched:
    """Why a file of a published site could not be had; the text is clean."""

    why: str


def fetch_files(at: str, names: Iterable[str]) -> dict[str, bytes | NotFetched | None]:
    """Return the files of a site by their names: the bytes of each, None where there is none, or why it could not be had.

    Args:
        at: the site's address, which ends in "/".
        names: paths from the site's root, such as ``help/index.html``; the page of a folder is asked for by the folder's address.
    """
    asked = {address(at, name): name for name in names}
    found: dict[str, bytes | NotFetched | None] = {}

    def take(url: str, answer: Received | Failure) -> None:
        found[asked[url]] = _content(url, answer)

    fetch_all(asked, _LIMITS, time.monotonic() + _LIMITS.whole_run, take)
    return found


def address(at: str, name: str) -> str:
    """Return the address under which a site shows a file: that of the folder for a folder's own page."""
    shown = name.removesuffix(_PAGE) if name == _PAGE or name.endswith(f"/{_PAGE}") else name
    return at + quote(shown)


def _content(url: str, answer: Received | Failure) -> bytes | NotFetched | None:
    if isinstance(answer, Failure):
        return NotFetched(judge(Target(url), answer, clock.moment(), _LIMITS.timeout).seen)
    if answer.status in (404, 410):
        return None
    if answer.status != 200:
        return NotFetched(f"the server answers {answer.status}")
    if answer.extent != "whole":
        return NotFetched("it did not come whole")
    return answer.body
