"""From what an address answered to a verdict in one word, with what to do. Pure: no sockets, no files.

Every message reads: what was seen (what to do). The order of the checks is part of the meaning: a page
that asks whether its visitor is a person proves nothing, so it is told apart before the status counts.
"""

import datetime
import email.utils
import math
import re
import ssl
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, urljoin, urlsplit

from register.links.fetched_page import PARKED_HOSTS, Page, login_path
from register.links.report import Verdict

SOON = 14  # days: a weekly run then says it at least once before a certificate ends
# A server's passing troubles (RFC 9110, 15.6; 520 to 526 are Cloudflare's names for an origin's).
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, *range(520, 527)})

Kind = Literal[
    "timeout", "unanswered", "host-silent", "out-of-time", "no-host", "certificate", "tls", "loop", "refused", "broken",
    "robots", "proxy-refused", "proxy-failed", "proxy-away",
]  # fmt: skip


@dataclass(frozen=True)
class Target:
    """One address to check and what its page must show."""

    url: str
    host: str = ""  # where it must end; its own host if empty
    phrases: tuple[str, ...] = ()
    aliases: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Answer:
    """What a server answered, redirects followed."""

    status: int
    final: str
    headers: dict[str, str]
    page: Page
    expiries: tuple[str, ...] = ()  # last days of the certificates met on the way, as OpenSSL writes them


@dataclass(frozen=True)
class Failure:
    """Why there is no answer."""

    kind: Kind
    words: str = ""


@dataclass(frozen=True)
class Judgement:
    """The verdict on one address."""

    verdict: Verdict
    detail: str
    final: str | None = None
    again: float | None = None  # seconds after which another try may give another answer; None if none will


def judge(target: Target, found: Answer | Failure, now: datetime.datetime, seconds: int) -> Judgement:
    """Return the verdict on what was found at an address.

    Args:
        target: the address and what its page must show.
        found: the answer, or why there is none.
        now: for the days a certificate has left and for dates in ``Retry-After``.
        seconds: how long a server was given to answer, for the message.
    """
    if isinstance(found, Failure):
        return _failed(target, found, seconds)
    if found.page.challenge and not _shows_all(target, found):
        text = "the site asks whether its visitor is a person"
        return Judgement("blocked", f"{text} ({_LOOK})", found.final)
    if found.status >= 400:
        return _refused(found, now)
    return _certificate(found, now) or _shown(target, found, seconds)


_LOOK = "not proof of anything: open it by hand, and say so under 'excuse' in data/links.yml"


def _shows_all(target: Target, found: Answer) -> bool:
    return found.status < 300 and bool(target.phrases) and not found.page.missing(list(target.phrases))


def _failed(target: Target, failure: Failure, seconds: int) -> Judgement:
    """The verdict where there is no answer at all."""
    host = urlsplit(target.url).hostname
    words = failure.words
    again = 0.0
    told: dict[Kind, tuple[Verdict, str, float | None]] = {
        "timeout": ("timeout", f"no answer within {seconds} seconds (open it by hand; if it stays so, tell its owner)", again),
        "unanswered": ("timeout", f"no answer that comes to an end, given up after {seconds} seconds (open it by hand)", None),
        "host-silent": ("timeout", f"'{host}' was silent for another address, so this one was not waited for (open it by hand)", None),
        "out-of-time": ("timeout", "not reached before the whole check had to end (run it again, or raise --limit)", None),
        "no-host": ("no-host", f"there is no host '{host}' (check the spelling; if the domain has lapsed, take the address out)", None),
        "certificate": ("certificate", f"{words} (tell its owner; readers are warned off by their browsers)", None),
        "tls": ("certificate", f"no secure connection can be made: {words} (tell its owner; open it by hand)", None),
        "loop": ("loop", "redirects without end (open it by hand and put in the address that shows the page)", None),
        "refused": ("server-fault", "the server refuses the connection (if it stays so, tell its owner)", again),
        "broken": ("server-fault", f"the connection breaks off: {words} (if it stays so, tell its owner)", again),
        "robots": ("blocked", f"its robots.txt asks programs to stay away ({_LOOK})", None),
        "proxy-refused": ("blocked", f"this network's proxy does not let it through: {words} ({_LOOK})", None),
        "proxy-failed": ("server-fault", f"this network's proxy cannot reach it: {words} (if it stays so, tell its owner)", again),
        "proxy-away": ("blocked", "this network's proxy does not answer, so nothing was asked (mend https_proxy, run it again)", None),
    }  # fmt: skip
    verdict, detail, wait = told[failure.kind]
    return Judgement(verdict, detail, None, wait)


def _refused(found: Answer, now: datetime.datetime) -> Judgement:
    """The verdict on an answer that is an error (RFC 9110, 15.5 and 15.6)."""
    status, final = found.status, found.final
    wait = _retry_after(found, now) if status in _PASSING else None
    if status == 404:
        return Judgement(
            "gone", "the server says 404, there is no such page (find its new address, or take it out)", final
        )
    if status == 410:
        return Judgement("gone", "the server says 410, the page was taken away (find another, or take it out)", final)
    if status >= 500 or status in (408, 425):
        return Judgement("server-fault", f"the server answers {status} (if it stays so, tell its owner)", final, wait)
    if status == 429:
        asked = found.headers.get("retry-after", "")
        after = f" and asks to wait: {asked}" if asked else ""
        return Judgement("blocked", f"the server says 429, too many requests{after} ({_LOOK})", final, wait)
    return Judgement("blocked", f"the server says {status} to this program ({_LOOK})", final)


def _retry_after(found: Answer, now: datetime.datetime) -> float:
    """The seconds that ``Retry-After`` asks to wait, as a number or a date (RFC 9110, 10.2.3); 0 if it does not."""
    asked = found.headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}", asked):
        return float(asked)
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(asked) - now).total_seconds())
    except (ValueError, TypeError):
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
    return Judgement("certificate", f"the certificate ends in {days} (tell its owner to renew it)", found.final)


def _shown(target: Target, found: Answer, seconds: int) -> Judgement:
    """The verdict on a page that was shown: is it the page?"""
    final = found.final
    expected = target.host or urlsplit(target.url).hostname or ""
    arrived = _arrived(found)
    host = urlsplit(arrived).hostname or ""
    if sign := _impostor(target, found, host):
        text = f"answers, but is not the page: {sign} (open it by hand; if the page is gone, take the address out)"
        return Judgement("impostor", text, final)
    if _without_www(host) != _without_www(expected):
        text = f"leads to another host: {arrived} (if that is the page, put it in and confirm it; if not, take it out)"
        return Judgement("moved-away", text, arrived)
    missing = found.page.missing(list(target.phrases))
    if missing and not found.page.readable:
        text = f"is a file ({found.page.kind}) in which words cannot be looked for"
        return Judgement("blocked", f"{text} ({_LOOK})", final)
    if missing and found.page.whole in ("slow", "broken"):
        return Judgement(
            "timeout", f"the page did not come whole within {seconds} seconds (open it by hand)", final, 0.0
        )
    if missing:
        words = " and ".join(f"'{phrase}'" for phrase in missing)
        stand = "stands" if len(missing) == 1 else "stand"
        beginning = "the beginning of the page" if found.page.whole == "large" else "the page"
        text = f"answers, but is not the page: {words} {stand} nowhere on {beginning} (open it by hand; it may be another's now)"
        return Judgement("impostor", text, final)
    return _good(target, final)


def _good(target: Target, final: str) -> Judgement:
    if _same_address(target.url, final):
        words = " and ".join(f"'{phrase}'" for phrase in target.phrases)
        return Judgement(
            "working", f"shows {words}" if words else "answers; no words are given to know the page by", final
        )
    return Judgement("redirected", f"leads to {final} of the same owner (put that address in)", final)


def _arrived(found: Answer) -> str:
    """Where a reader's browser ends, a page's own immediate refresh included."""
    return urljoin(found.final, found.page.refresh) if found.page.refresh else found.final


def _impostor(target: Target, found: Answer, host: str) -> str:
    """What a page is that is not the page; "" if there is no sign of that."""
    page = found.page
    if PARKED_HOSTS.search(host):
        return f"a parked domain, at {host}"
    if page.parked:
        return f"a parked or lapsed domain ('{page.parked}')"
    if login_path(urlsplit(found.final).path) and not login_path(urlsplit(target.url).path):
        return f"a login page, {found.final}"
    if page.login:
        return f"a login page ('{page.login}')"
    if page.not_found:
        return f"a page that says '{page.not_found}' with status {found.status}"
    if found.status == 204 or (page.empty and page.whole == "whole"):
        return "an empty page"
    if _home(found, host) and not _home_path(urlsplit(target.url)):
        return "the home page in its place"
    return ""


def _home(found: Answer, host: str) -> bool:
    """Whether what was shown is a site's home page, by its address or by what it calls its own address."""
    if _home_path(urlsplit(found.final)):
        return True
    canonical = urlsplit(urljoin(found.final, found.page.canonical)) if found.page.canonical else None
    return bool(canonical and canonical.path in ("", "/") and not canonical.query and canonical.hostname == host)


def _home_path(parts: SplitResult) -> bool:
    return not parts.query and bool(re.fullmatch(r"/?((en|en-gb|home|index|default)(\.\w+)?/?)?", parts.path.lower()))


def _without_www(host: str) -> str:
    return host.lower().removeprefix("www.")


def _same_address(one: str, other: str) -> bool:
    """Whether two addresses are the same but for an empty path, a fragment and the host's case (RFC 3986, 6.2)."""
    first, second = urlsplit(one), urlsplit(other)
    keys = [(p.scheme, p.netloc.lower(), p.path or "/", p.query) for p in (first, second)]
    return keys[0] == keys[1]
