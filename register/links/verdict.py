"""From what an address answered to a verdict in one word, with what was seen and what to do. No sockets, no files.

The order of the checks is part of the meaning: a page that asks whether its visitor is a person proves nothing
about the page behind it, so it is recognised before the status counts.
"""

import datetime
import email.utils
import math
import re
import ssl
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple
from urllib.parse import SplitResult, urljoin, urlsplit

from register.characters import from_outside
from register.links.fetched_page import PARKED_HOSTS, Extent, FetchedPage, is_login_path, read_page
from register.links.report import LinkVerdict

# Days before a certificate ends from which on it is reported: a weekly run then says so at least once in time.
SOON = 14
# In characters. What is longer is cut off.
_MOST_SEEN = 600
_MOST_QUOTED = 100  # of a header or an error that is quoted within what was seen
_LONGEST_ADDRESS = 2000  # RFC 9110, 4.1 asks for 8000; browsers and search engines show far less
# Errors that may pass (RFC 9110, 15.5 and 15.6; RFC 8470, 5.2; RFC 6585, 4; 520 to 526 are Cloudflare's own).
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 527)})

FailureKind = Literal[
    "timeout", "unanswered", "host-silent", "out-of-time", "no-host", "certificate", "tls", "loop", "refused", "broken",
    "robots", "proxy-refused", "proxy-failed", "proxy-away", "unreadable", "private",
    "bad-redirect",
]  # fmt: skip


@dataclass(frozen=True)
class Target:
    """One address to check and what its page must show."""

    url: str
    host: str = ""  # where it must end; its own host if empty
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Received:
    """What a server sent, redirects followed; nothing of its body has been looked at."""

    status: int
    final_url: str
    headers: dict[str, str]  # names in small letters
    body: bytes  # its beginning, already unpacked
    extent: Extent  # how much of the body that is
    expiries: tuple[str, ...] = ()  # last days of the certificates met on the way, as OpenSSL writes them

    def read(self) -> "Answer":
        """Read the body: it can be made to take much time and memory (see ``register.links.page_reader``)."""
        page = read_page(self.body, self.headers.get("content-type", ""), self.extent)
        return Answer(self.status, self.final_url, self.headers, page, self.expiries)


@dataclass(frozen=True)
class Answer:
    """What a server answered, redirects followed, and what its page shows."""

    status: int
    final_url: str
    headers: dict[str, str]  # names in small letters
    page: FetchedPage
    expiries: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failure:
    """Why there is no answer."""

    kind: FailureKind
    reason: str = ""  # what the server, the proxy or OpenSSL said, for kinds whose message quotes it


@dataclass(frozen=True)
class Judgement:
    """The verdict on one address: what was seen and what to do, apart."""

    verdict: LinkVerdict
    seen: str
    to_do: str = ""  # "" where nothing needs doing
    final_url: str | None = None
    retry_after: float | None = None  # seconds after which another try may give another answer; None if none will


def judge(target: Target, found: Answer | Failure, now: datetime.datetime, timeout: int) -> Judgement:
    """Return the verdict on what was found at an address.

    Whatever text comes from a server, a proxy, OpenSSL or LinkChecker is cleaned here, where it enters a verdict, and
    nowhere later.

    Args:
        target: the address and what its page must show.
        found: the answer, or why there is none.
        now: for the days that a certificate has left and for dates in ``Retry-After``.
        timeout: how many seconds a server was given to answer, for the message.
    """
    judgement = (
        _failed(target, found, timeout) if isinstance(found, Failure) else _answered(target, found, now, timeout)
    )
    final_url = judgement.final_url and from_outside(judgement.final_url, _LONGEST_ADDRESS)
    return replace(judgement, seen=from_outside(judgement.seen, _MOST_SEEN), final_url=final_url)


_LOOK = "not proof of anything: open it by hand, and say so under 'excuse' in data/links.yml"
_TELL_OWNER = "if it stays so, tell its owner"


class _Meaning(NamedTuple):
    """What one kind of failure means."""

    verdict: LinkVerdict
    seen: str  # may name {host}, {timeout} and {reason}
    to_do: str
    passing: bool = False  # whether another try may give another answer


_FAILURES: dict[FailureKind, _Meaning] = {
    "timeout": _Meaning(
        "timeout", "no answer within {timeout} seconds", "open it by hand; if it stays so, tell its owner", passing=True
    ),
    "unanswered": _Meaning(
        "timeout", "no answer that comes to an end, given up after {timeout} seconds", "open it by hand"
    ),
    "host-silent": _Meaning(
        "timeout", "'{host}' was silent for another address, so this one was not waited for", "open it by hand"
    ),
    "out-of-time": _Meaning(
        "timeout", "not reached before the whole check had to end", "run it again, or raise --limit"
    ),
    "no-host": _Meaning(
        "no-host", "there is no host '{host}'", "check the spelling; if the domain has lapsed, take the address out"
    ),
    "certificate": _Meaning("certificate", "{reason}", "tell its owner; readers are warned off by their browsers"),
    "tls": _Meaning("certificate", "no secure connection can be made: {reason}", "tell its owner; open it by hand"),
    "loop": _Meaning("loop", "redirects without end", "open it by hand and put in the address that shows the page"),
    "refused": _Meaning("server-fault", "the server refuses the connection", _TELL_OWNER, passing=True),
    "broken": _Meaning("server-fault", "the connection breaks off: {reason}", _TELL_OWNER, passing=True),
    "unreadable": _Meaning("blocked", "it answers, and its answer cannot be judged: {reason}", _LOOK),
    "private": _Meaning(
        "server-fault", "it redirects to {reason}, which is not in the public internet and was not asked", _TELL_OWNER
    ),
    "bad-redirect": _Meaning("server-fault", "it redirects to '{reason}', which is no address of a page", _TELL_OWNER),
    "robots": _Meaning("blocked", "its robots.txt asks programs to stay away", _LOOK),
    "proxy-refused": _Meaning("blocked", "this network's proxy does not let it through: {reason}", _LOOK),
    "proxy-failed": _Meaning(
        "server-fault", "this network's proxy cannot reach it: {reason}", _TELL_OWNER, passing=True
    ),
    "proxy-away": _Meaning(
        "blocked", "this network's proxy does not answer, so nothing was asked", "mend https_proxy, run it again"
    ),
}


def _failed(target: Target, failure: Failure, timeout: int) -> Judgement:
    """The verdict where there is no answer at all."""
    meaning = _FAILURES[failure.kind]
    reason = from_outside(failure.reason, _MOST_QUOTED)
    seen = meaning.seen.format(host=_host(target.url), timeout=timeout, reason=reason)
    return Judgement(meaning.verdict, seen, meaning.to_do, None, 0.0 if meaning.passing else None)


def _answered(target: Target, found: Answer, now: datetime.datetime, timeout: int) -> Judgement:
    """The verdict on an answer of any status."""
    if found.page.is_challenge and not _shows_all(target, found):
        return Judgement("blocked", "the site asks whether its visitor is a person", _LOOK, found.final_url)
    if found.status >= 400:
        return _refused(found, now)
    return _certificate(found, now) or _shown(target, found, timeout)


def _shows_all(target: Target, found: Answer) -> bool:
    return found.status < 300 and bool(target.phrases) and not found.page.missing(target.phrases)


def _refused(found: Answer, now: datetime.datetime) -> Judgement:
    """The verdict on an answer that is an error (RFC 9110, 15.5 and 15.6)."""
    status, final_url = found.status, found.final_url
    wait = _retry_after(found, now) if status in _PASSING else None
    if status == 404:
        seen, to_do = "the server says 404, there is no such page", "find its new address, or take it out"
        return Judgement("gone", seen, to_do, final_url)
    if status == 410:
        seen, to_do = "the server says 410, the page was taken away", "find another, or take it out"
        return Judgement("gone", seen, to_do, final_url)
    if status >= 500 or status in (408, 425):
        return Judgement("server-fault", f"the server answers {status}", _TELL_OWNER, final_url, wait)
    if status == 429:
        asked = found.headers.get("retry-after")
        after = f" and asks to wait: {from_outside(asked, _MOST_QUOTED)}" if asked else ""
        return Judgement("blocked", f"the server says 429, too many requests{after}", _LOOK, final_url, wait)
    return Judgement("blocked", f"the server says {status} to this program", _LOOK, final_url)


def _retry_after(found: Answer, now: datetime.datetime) -> float:
    """The seconds that ``Retry-After`` asks to wait, as a number or a date (RFC 9110, 10.2.3); 0 if it does not."""
    if "retry-after" not in found.headers:
        return 0.0
    asked = found.headers["retry-after"].strip()
    if re.fullmatch(r"[0-9]+", asked):
        return float(asked[:20])  # longer than anybody waits, however many digits follow
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(asked) - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def _certificate(found: Answer, now: datetime.datetime) -> Judgement | None:
    """The verdict on a certificate that soon ends; one that has ended gives no answer at all."""
    ends = [ssl.cert_time_to_seconds(text) for text in found.expiries]
    if not ends:
        return None
    left = math.floor((min(ends) - now.timestamp()) / 86400)
    if left >= SOON:
        return None
    days = "1 day" if left == 1 else f"{left} days"
    return Judgement("certificate", f"the certificate ends in {days}", "tell its owner to renew it", found.final_url)


def _shown(target: Target, found: Answer, timeout: int) -> Judgement:
    """The verdict on a page that was shown: is it the page?"""
    arrived = urljoin(found.final_url, found.page.refresh)  # where a browser ends that obeys the page
    host = _host(arrived)
    if sign := _impostor(target, found, host):
        seen = f"answers, but is not the page: {sign}"
        return Judgement(
            "impostor", seen, "open it by hand; if the page is gone, take the address out", found.final_url
        )
    if _without_www(host) != _without_www(target.host or _host(target.url)):
        to_do = "if that is the page, put it in and confirm it; if not, take it out"
        return Judgement("moved-away", f"leads to another host: {arrived}", to_do, arrived)
    if missing := found.page.missing(target.phrases):
        return _without_phrases(found, missing, timeout)
    if not _same_address(target.url, found.final_url):
        seen = f"leads to {found.final_url} of the same owner"
        return Judgement("redirected", seen, "put that address in", found.final_url)
    seen = f"shows {_quoted(target.phrases)}" if target.phrases else "answers; no words are given to know the page by"
    return Judgement("working", seen, "", found.final_url)


def _without_phrases(found: Answer, missing: list[str], timeout: int) -> Judgement:
    """The verdict on a page that lacks some of the words to know it by."""
    page, final_url = found.page, found.final_url
    if not page.is_text:
        kind = from_outside(page.media_type, _MOST_QUOTED)
        return Judgement("blocked", f"is a file ({kind}) in which words cannot be looked for", _LOOK, final_url)
    if page.extent in ("slow", "broken"):
        seen = f"the page did not come whole within {timeout} seconds"
        return Judgement("timeout", seen, "open it by hand", final_url, 0.0)
    stand = "stands" if len(missing) == 1 else "stand"
    place = "the beginning of the page" if page.extent == "large" else "the page"
    seen = f"answers, but is not the page: {_quoted(missing)} {stand} nowhere on {place}"
    return Judgement("impostor", seen, "open it by hand; it may be another's now", final_url)


def _quoted(phrases: list[str] | tuple[str, ...]) -> str:
    return " and ".join(f"'{phrase}'" for phrase in phrases)


def _impostor(target: Target, found: Answer, host: str) -> str:
    """What a page is that is not the page; "" if there is no sign of that."""
    page = found.page
    if PARKED_HOSTS.search(host):
        return f"a parked domain, at {host}"
    if page.parked:
        return f"a parked or lapsed domain ('{page.parked}')"
    if is_login_path(urlsplit(found.final_url).path) and not is_login_path(urlsplit(target.url).path):
        return f"a login page, {found.final_url}"
    if page.login:
        return f"a login page ('{page.login}')"
    if page.not_found:
        return f"a page that says '{page.not_found}' with status {found.status}"
    if found.status == 204 or (page.is_empty and page.extent == "whole"):
        return "an empty page"
    if _is_home(found, host) and not _is_home_path(urlsplit(target.url)):
        return "the home page in its place"
    return ""


def _is_home(found: Answer, host: str) -> bool:
    """Whether what was shown is a site's home page, by its address or by what it calls its own address."""
    if _is_home_path(urlsplit(found.final_url)):
        return True
    canonical = urlsplit(urljoin(found.final_url, found.page.canonical))
    return canonical.path in ("", "/") and not canonical.query and canonical.hostname == host


def _is_home_path(parts: SplitResult) -> bool:
    return not parts.query and bool(re.fullmatch(r"/?((en|en-gb|home|index|default)(\.\w+)?/?)?", parts.path.lower()))


def _host(url: str) -> str:
    return urlsplit(url).hostname or ""


def _without_www(host: str) -> str:
    return host.lower().removeprefix("www.")


def _same_address(one: str, other: str) -> bool:
    """Whether two addresses are the same but for an empty path, a fragment and the host's case (RFC 3986, 6.2)."""
    first, second = urlsplit(one), urlsplit(other)
    keys = [(parts.scheme, parts.netloc.lower(), parts.path or "/", parts.query) for parts in (first, second)]
    return keys[0] == keys[1]
