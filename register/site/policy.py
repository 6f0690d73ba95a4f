"""What a browser may do on this site, and what it may tell others: one list for the pages and for every web host.

Nothing is loaded from elsewhere, nothing inline is run, one style stands in each page, no page says where its reader came from. The content policy stands
in every page, so that a saved copy or a mirror keeps it; some protections work only as headers (Content Security Policy
Level 3, 4.1). ``web_hosts`` writes all of this in the form that each host reads.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from register.site import urls

# The little that a page needs where the style sheet does not arrive: it is no wider than a phone, shapes differ, and what is only for
# scripts, for paper or for wide screens is not shown. It stands in every page, so site.css does not say it again.
STYLE_IN_PAGE = (
    "body{overflow-wrap:break-word}pre{white-space:pre-wrap}.table{overflow-x:auto}svg{fill:none;stroke:currentColor;stroke-width:2}"
    ".js .nojs,html:not(.js) .js-only,.paper,.on-wide{display:none}"
)
# By its digest it alone is let through (Content Security Policy Level 3, 2.3.1, hash-source).
_DIGEST = base64.b64encode(hashlib.sha256(STYLE_IN_PAGE.encode()).digest()).decode()

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        f"style-src 'self' 'sha256-{_DIGEST}'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)

# Two years: what browsers require before they preload a host (hstspreload.org). Only the owner of the host may decide on that:
# it cannot be undone for months, and holds for every name below the host's.
_SECURE_TRANSPORT = "max-age=63072000"
_PRELOADED = "; includeSubDomains; preload"


def headers_everywhere(preload: bool) -> dict[str, str]:
    """Return the headers of every answer, that of an address at which nothing stands included, by their names.

    Args:
        preload: whether the host's owner wants browsers to know beforehand that it is reached by https only.
    """
    return {
        # frame-ancestors and upgrade-insecure-requests say nothing, or too much, inside a page read from a disk.
        "Content-Security-Policy": f"{CONTENT_POLICY}; frame-ancestors 'none'; upgrade-insecure-requests",
        "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": _SECURE_TRANSPORT + (_PRELOADED if preload else ""),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
        "Cross-Origin-Opener-Policy": "same-origin",
    }


@dataclass(frozen=True)
class PathKind:
    """A kind of address that has headers of its own, besides those of every answer."""

    name: str
    paths: tuple[
        str, ...
    ]  # from the site's root; "*" at the end stands for anything; empty: all that is of no other kind
    headers: Mapping[str, str]


# "no-cache" means: keep it, but ask each time whether it is still the same (RFC 9111, 5.2.2.4). A corrected help line must show at
# once.
_CHECKED_EACH_TIME = {"Cache-Control": "no-cache"}
_FOR_THIS_SITE = {"Cross-Origin-Resource-Policy": "same-origin"}

OPEN_DATA = PathKind(
    "open data: any site and any program may read it",
    (f"{urls.DATA}*",),
    {**_CHECKED_EACH_TIME, "Access-Control-Allow-Origin": "*"},
)
ADDRESSED_BY_CONTENT = PathKind(
    "asked for with a digest of what they hold: another content has another address",
    urls.ADDRESSED_BY_CONTENT,
    {**_FOR_THIS_SITE, "Cache-Control": "public, max-age=31536000, immutable"},
)
PAGES = PathKind("all others, pages above all", (), {**_FOR_THIS_SITE, **_CHECKED_EACH_TIME})
KINDS = (OPEN_DATA, ADDRESSED_BY_CONTENT, PAGES)

# What a file is, by the end of its name: with "nosniff" a browser believes it (IANA, media types).
MEDIA_TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "csv": "text/csv",
    "ttl": "text/turtle",
    "atom": "application/atom+xml",
    "ics": "text/calendar",
    "xml": "application/xml",
    "txt": "text/plain",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
    "ico": "image/vnd.microsoft.icon",
    "pdf": "application/pdf",
    "sqlite": "application/vnd.sqlite3",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
# Those of text, which is always in UTF-8. The types of JSON and XML have no such parameter, or say it in the file.
IN_UTF_8 = tuple(ending for ending, media in MEDIA_TYPES.items() if media.startswith("text/"))
# Those that are worth compressing: the others are compressed as they are.
COMPRESSED = ("html", "css", "js", "json", "jsonld", "csv", "ttl", "atom", "ics", "xml", "txt", "svg")

# How they are compressed beforehand: the coding (RFC 9110, 8.4.1; RFC 7932) and what it adds to a file's name, the best first.
CODINGS = {"br": ".br", "gzip": ".gz"}

# What is there for web hosts and never for readers.
FOR_HOSTS_ONLY = (urls.HEADERS, urls.REDIRECTS)  # and whatever begins with a dot
