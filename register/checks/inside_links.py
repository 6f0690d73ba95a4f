"""Whether an address in a built page leads somewhere in the site, and every link that the pages carry."""

import posixpath
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from register.checks.built_pages import BuiltPage, BuiltSite, PageLink
from register.checks.typed_places import Place, TypedPlaces, quoted
from register.problems import Problem

# Domains that are reserved for examples (RFC 2606, RFC 6761), and the word by itself as editors type it.
_SCHEMES = ("", "http", "https", "mailto", "tel")
_EXAMPLE_HOST = re.compile(r"(?i)(.*\.)?example(\.[a-z]+){0,2}$")


@dataclass(frozen=True)
class LinkMistake:
    """What is wrong with an address; the message names what carries it."""

    kind: str  # "placeholder", "not-an-address", "inside-link" or "missing-part"
    what: str
    to_do: str


@dataclass(frozen=True)
class CarriedLink:
    """One link of a built page, or one entry of data/links.yml that is named there."""

    address: str  # as it stands in the page; "" where an entry is only named
    page: str  # the page's own address, from the site's root
    place: Place  # where it was typed
    problem: Problem | None = None  # what is wrong with a placeholder or an inside link
    names: str = ""  # the entry of data/links.yml that is named here, with or without a link
    for_programs: bool = True  # False for links that lead to a login by their nature, as "suggest a change" does


def carried_links(site: Path, docs: Path) -> list[CarriedLink]:
    """Return every link of a built site: inside, outside and placeholders; links to the site's own address left out.

    Args:
        site: the folder that MkDocs wrote.
        docs: the folder of Markdown pages, to say in which of them a link was typed.
    """
    built, places = BuiltSite.read(site), TypedPlaces(docs)
    carried = []
    for page in built.pages:
        for link in page.links:
            if not (built.url and link.address.startswith(built.url)):
                carried.append(_carried(page, link, built, places))
        for named in page.named:
            carried.append(CarriedLink("", page.address, Place(f"site/{page.path}", named.line), names=named.text))
    return carried


def _carried(page: BuiltPage, link: PageLink, built: BuiltSite, places: TypedPlaces) -> CarriedLink:
    place = places.find(page, link.line, typed_as(link.address))
    mistake = link_mistake(page, link, built)
    problem = Problem(place.path, place.line, "", mistake.what, mistake.to_do, mistake.kind) if mistake else None
    return CarriedLink(
        link.address, page.address, place, problem, for_programs=link.address not in page.not_for_programs
    )


def typed_as(address: str) -> tuple[str, ...]:
    """Return how an address of a built page may stand in Markdown, the likeliest first."""
    return quoted(address) if address else ("]()", 'href=""', "href=''")


def link_mistake(page: BuiltPage, link: PageLink, built: BuiltSite) -> LinkMistake | None:
    """Return what is wrong with a link of a page; None if nothing is, or if it leads outside."""
    address = link.address
    named = f"<{link.element} {link.attribute}> '{address}'"
    if _is_placeholder(address):
        return LinkMistake("placeholder", f"{named} is a placeholder", "put the real address in")
    if not _is_address(address) or urlsplit(address).scheme not in _SCHEMES:
        return LinkMistake("not-an-address", f"{named} is not an address", "put the real address in")
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    target = _target(page, unquote(parts.path), built.base)
    if target is None or not ({target, posixpath.join(target, "index.html")} & built.files):
        return LinkMistake("inside-link", f"{named} leads nowhere in this site", "correct it")
    target = target.removesuffix("index.html")
    shown = built.by_address.get(target) or built.by_address.get(f"{target}/")
    fragment = unquote(parts.fragment)
    if fragment and shown and fragment not in shown.ids:
        what = f"{named} names a part that its page does not have: '#{fragment}'"
        return LinkMistake("missing-part", what, "correct it")
    return None


def _is_placeholder(address: str) -> bool:
    if address.strip() in ("", "#") or address.strip().lower().startswith("javascript:"):
        return True
    return bool(_EXAMPLE_HOST.match(host_of(address)))


def _is_address(address: str) -> bool:
    """Whether an address can be taken apart (RFC 3986); ``http://[x`` cannot."""
    try:
        urlsplit(address)
    except ValueError:
        return False
    return True


def host_of(address: str) -> str:
    """Return the host and port that an address names; "" if it names none or is not an address."""
    return urlsplit(address).netloc if _is_address(address) else ""


def _target(page: BuiltPage, path: str, base: str) -> str | None:
    """The address from the site's root that a path leads to (RFC 3986, 5.2); None if it leaves the site."""
    if not path:
        return page.address
    joined = posixpath.normpath(posixpath.join(base, posixpath.dirname(page.address), path)).rstrip("/") + "/"
    if not joined.startswith(base):
        return None
    target = joined.removeprefix(base)
    return target if path.rpartition("/")[2] in ("", ".", "..") else target.rstrip("/")
