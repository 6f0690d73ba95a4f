"""Plain requests to the addresses that LinkChecker could not explain, and to those that lead on to another address.

LinkChecker would follow a redirect wherever it leads. Here one that starts at a public address is followed to public
addresses only (``register.links.public_addresses``).

LinkChecker passes on the words of an error, cut off at 240 characters. Here the error itself is at hand, so that a
lapsed name, a wrong certificate and a proxy's refusal can be told apart. And some errors are LinkChecker's own: behind
a proxy, it times out on an answer with ``Connection: close``, because it then connects to the proxy as if that spoke TLS.

Each host is asked by one thread, one address at a time. No thread can stop the run from ending: one that is late is
abandoned, and holds nothing but its connection.
"""

import base64
import errno
import importlib.metadata
import queue
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

import requests
from requests.cookies import extract_cookies_to_jar
from requests.utils import get_environ_proxies, prepend_scheme_if_needed, select_proxy

from register.links.fetched_page import Extent
from register.links.limits import Limits
from register.links.linkchecker import OnResult, by_host, certificate_authorities
from register.links.public_addresses import NotPublic, PublicOnly, leads_inside
from register.links.verdict import Failure, Received

_MOST_HOSTS = 16
_MOST_REDIRECTS = 10
_CHUNK = 65536
_SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"  # LinkChecker's own first choice
# What proxies write when a name cannot be found (Squid's ERR_DNS_FAIL and what others say). There is no status for it.
_NO_NAME = re.compile(
    r"(?i)ERR_DNS_FAIL|dns_unresolved|NXDOMAIN|no such host|(host|name|domain)\S* (was )?not (found|known|resolved)|"
    r"name or service not known|unable to (determine ip address|resolve)|could not (be )?resolved?|getaddrinfo"
)


def fetch_all(addresses: Iterable[str], limits: Limits, deadline: float, on_result: OnResult) -> None:
    """Ask each address once and call ``on_result`` with it and what was found.

    Args:
        addresses: those that LinkChecker could not explain.
        limits: for one address.
        deadline: the moment (``time.monotonic``) at which this must be over.
        on_result: called once for each address, in this thread.
    """
    waiting = [_Host(held) for held in by_host(addresses).values()]
    working: list[_Host] = []
    results: queue.Queue[_Result] = queue.Queue(maxsize=4)
    while (waiting or working) and time.monotonic() < deadline:
        while waiting and len(working) < _MOST_HOSTS:
            working.append(waiting.pop())
            working[-1].start(limits, results)
        _take_one(results, on_result)
        for host in [host for host in working if not host.left or host.is_late(limits)]:
            working.remove(host)
            for place, address in enumerate(host.abandon()):
                on_result(address, Failure("host-silent" if place else "unanswered"))
    for host in (*working, *waiting):
        for address in host.abandon():
            on_result(address, Failure("out-of-time"))


def _take_one(results: "queue.Queue[_Result]", on_result: OnResult) -> None:
    """Pass on the next result, if one comes soon and its host has not been abandoned."""
    try:
        result = results.get(timeout=0.1)
    except queue.Empty:
        return
    if result.address in result.host.left:
        result.host.left.remove(result.address)
        on_result(result.address, result.found)


@dataclass(eq=False)
class _Host:
    """The addresses of one host, and the thread that asks them."""

    left: list[str]  # without a result; only the main thread changes it
    begun: float = 0.0  # the moment at which the present address was first asked
    abandoned: bool = False

    def start(self, limits: Limits, results: "queue.Queue[_Result]") -> None:
        """Begin to ask."""
        self.begun = time.monotonic()
        threading.Thread(target=self._work, args=(limits, results), daemon=True).start()

    def _work(self, limits: Limits, results: "queue.Queue[_Result]") -> None:
        """Ask each address in turn; once the host was silent for one, its other addresses are not asked."""
        silent = False
        for address in list(self.left):
            self.begun = time.monotonic()
            found = Failure("host-silent") if silent else fetch(address, limits)
            silent = silent or found == Failure("timeout")
            while not self.abandoned:
                try:
                    results.put(_Result(self, address, found), timeout=0.2)
                    break
                except queue.Full:
                    continue

    def is_late(self, limits: Limits) -> bool:
        """Return whether one address has taken longer than any working server needs."""
        return time.monotonic() - self.begun > 3.0 * limits.timeout + 1

    def abandon(self) -> list[str]:
        """Accept nothing more from the thread; return the addresses without a result."""
        self.abandoned = True
        left, self.left = self.left, []
        return left


@dataclass(frozen=True)
class _Result:
    """What one thread found."""

    host: _Host
    address: str
    found: Received | Failure


def fetch(address: str, limits: Limits) -> Received | Failure:
    """Return what one address answers, or why it does not. The bodies of redirects are never read."""
    with requests.Session() as session:
        session.headers["User-Agent"] = _user_agent()
        default = _SYSTEM_AUTHORITIES if Path(_SYSTEM_AUTHORITIES).is_file() else True
        session.verify = certificate_authorities() or default
        try:
            return _follow(session, address, limits)
        except Exception as error:  # whatever a server brings about concerns this address only
            return explain(error, address, limits)


def _user_agent() -> str:
    """What LinkChecker calls itself, so that a site sees one visitor."""
    version = importlib.metadata.version("LinkChecker")
    return f"Mozilla/5.0 (compatible; LinkChecker/{version}; +https://linkchecker.github.io/linkchecker/)"


def _follow(session: requests.Session, address: str, limits: Limits) -> Received | Failure:
    expiries: list[str] = []
    here = address
    kept_outside = not _leads_inside(session, address)
    if kept_outside:
        for scheme in ("http://", "https://"):
            session.mount(scheme, PublicOnly())
    for _ in range(_MOST_REDIRECTS + 1):
        if kept_outside and here != address and _leads_inside(session, here):
            return Failure("private", here)
        with _get(session, here, limits) as response:
            expiries += _expiry(response)
            target = session.get_redirect_target(response)
            if not target:
                body, extent = _body(response, limits)
                headers = {name.lower(): value for name, value in response.headers.items()}
                return Received(response.status_code, here, headers, body, extent, tuple(expiries))
        following = _next_address(here, target)
        if not following:
            return Failure("bad-redirect", target)
        here = following
    return Failure("loop")


def _leads_inside(session: requests.Session, address: str) -> bool:
    """Whether an address leads to this machine or into a network behind it, as far as can be known from here."""
    # As it will be asked: requests turns some spellings of a host into others.
    asked = session.prepare_request(requests.Request("GET", address)).url or ""
    return leads_inside(urlsplit(asked).hostname or "", resolve=not _proxy(asked))


def _next_address(here: str, target: str) -> str:
    """Where a redirect leads; "" if that is no address of a page."""
    try:
        address = urljoin(here, target)
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
            return ""
        requests.Request("GET", address).prepare()
    except ValueError:  # such as ``http://[``, a port of a million, a name that no registry would take
        return ""
    return address


def _get(session: requests.Session, address: str, limits: Limits) -> requests.Response:
    """One request and the headers of its answer.

    Not by ``session.get``: even when told not to follow redirects, that reads a redirect's whole body.
    """
    request = session.prepare_request(requests.Request("GET", address))
    settings: dict[str, Any] = {**session.merge_environment_settings(address, {}, True, session.verify, None)}
    response = session.get_adapter(address).send(request, timeout=limits.timeout, **settings)
    extract_cookies_to_jar(session.cookies, request, response.raw)  # type: ignore[no-untyped-call]
    return response


def _body(response: requests.Response, limits: Limits) -> tuple[bytes, Extent]:
    """The beginning of the body and how much of it that is.

    The plugin for LinkChecker holds the same few lines: it runs in another process and has another licence.
    """
    read, end = bytearray(), time.monotonic() + limits.timeout
    while len(read) < limits.page_bytes and time.monotonic() < end:
        try:
            part = response.raw.read1(_CHUNK, decode_content=True)
        except Exception:  # whatever ends a page early, its beginning still shows what it is
            return bytes(read), "broken"
        if not part:
            return bytes(read), "whole"
        read += part
    return bytes(read[: limits.page_bytes]), "large" if len(read) >= limits.page_bytes else "slow"


def _expiry(response: requests.Response) -> list[str]:
    """The last day of the certificate, where the connection is still at hand."""
    raw: Any = response.raw  # urllib3 has no public way to the connection's certificate
    ways: tuple[Callable[[], Any], ...] = (
        lambda: raw.connection.sock,
        lambda: raw._fp.fp.raw._sock,  # after ``Connection: close``, when urllib3 has given the connection back
    )
    for socket_of in ways:
        try:
            return [socket_of().getpeercert()["notAfter"]]
        except (AttributeError, KeyError, TypeError, ValueError):
            continue
    return []


# ── what an error means ────────────────────────────────────────────────────────────────────────


def explain(error: Exception, address: str, limits: Limits) -> Failure:
    """Return the failure that an error stands for, found by the classes of the errors that caused it.

    Args:
        error: what ``requests`` raised.
        address: what was asked, to know whether it was asked through a proxy.
        limits: for one more request to the proxy.
    """
    causes = list(_causes(error))
    if (proxy := _proxy(address)) and (found := _proxy_failure(causes, proxy, address, limits)):
        return found
    for kind, failure_of in _EXPLANATIONS:
        for cause in causes:
            if isinstance(cause, kind) and (found := failure_of(cause)):
                return found
    return Failure("broken", _short(error))


def _causes(error: BaseException, seen: set[int] | None = None) -> Iterator[BaseException]:
    """An error and all errors behind it: chained, or held as argument or reason as requests and urllib3 do."""
    seen = set() if seen is None else seen
    if id(error) in seen:
        return
    seen.add(id(error))
    yield error
    for cause in (error.__cause__, error.__context__, getattr(error, "reason", None), *error.args):
        if isinstance(cause, BaseException):
            yield from _causes(cause, seen)


# OpenSSL's X509_V_ERR_… numbers (x509_vfy.h) and what they mean to a reader.
_CERTIFICATE = {
    9: "the certificate is not valid yet",
    10: "the certificate has expired",
    18: "the certificate vouches for itself",
    19: "the certificate comes from an authority that nobody knows",
    20: "the certificate comes from an authority that nobody knows",
    21: "the certificate comes from an authority that nobody knows",
    62: "the certificate is for another name",
}


def _certificate_failure(error: ssl.SSLCertVerificationError) -> Failure:
    reason = _CERTIFICATE.get(error.verify_code, f"the certificate is refused: {error.verify_message}")
    return Failure("certificate", reason)


def _name_failure(error: socket.gaierror) -> Failure:
    if error.errno == socket.EAI_AGAIN:
        return Failure("broken", "its name could not be looked up just now")
    return Failure("no-host")


def _tls_failure(error: ssl.SSLError) -> Failure:
    return Failure("tls", (error.reason or _short(error)).lower().replace("_", " "))


def _system_failure(error: OSError) -> Failure | None:
    if error.errno in (errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH):
        return Failure("refused")
    if error.errno == errno.ECONNRESET:
        return Failure("broken", "the server resets it")
    return None


# The classes of errors, the most specific first, and what each means.
_EXPLANATIONS: tuple[tuple[type[BaseException], Callable[[Any], Failure | None]], ...] = (
    (NotPublic, lambda error: Failure("private", str(error))),
    (ssl.SSLCertVerificationError, _certificate_failure),
    (socket.gaierror, _name_failure),
    (requests.Timeout, lambda error: Failure("timeout")),
    (TimeoutError, lambda error: Failure("timeout")),
    (ssl.SSLError, _tls_failure),
    (OSError, _system_failure),
    (requests.exceptions.InvalidURL, lambda error: Failure("no-host")),
)


def _short(error: BaseException) -> str:
    """The words of the innermost error, without addresses in memory."""
    last = list(_causes(error))[-1]
    text = re.sub(r"<[^>]*>|\(?object at 0x\w+\)?", "", str(last)).strip(" :()'\"") or type(last).__name__
    return text[:100]


# ── what a proxy means ─────────────────────────────────────────────────────────────────────────


def _proxy(address: str) -> str | None:
    """The proxy through which an address is asked, with its scheme, which may be left out of ``https_proxy``."""
    proxy = select_proxy(address, get_environ_proxies(address))
    if not proxy:
        return None
    whole: str = prepend_scheme_if_needed(proxy, "http")  # type: ignore[no-untyped-call]
    return whole


def _proxy_failure(causes: list[BaseException], proxy: str, address: str, limits: Limits) -> Failure | None:
    """What a proxy says about an address; None if it let the connection through."""
    # ``http.client`` raises a bare OSError for a refused tunnel: its words are the only sign.
    if any("Tunnel connection failed" in str(cause) for cause in causes):
        return _tunnel_failure(proxy, address, limits)
    at_proxy = any(isinstance(cause, requests.exceptions.ProxyError) for cause in causes)
    return Failure("proxy-away") if at_proxy else None


def _tunnel_failure(proxy: str, address: str, limits: Limits) -> Failure:
    """Why a proxy refuses a tunnel. Python keeps its status only, so it is asked once more (RFC 9110, 9.3.6)."""
    try:
        reply = _proxy_reply(proxy, address, limits)
    except (OSError, ValueError):
        return Failure("proxy-away")
    found = re.match(r"HTTP/\d\.\d (\d{3}) ?([^\r\n]*)", reply)
    if not found:
        return Failure("proxy-away")
    status, reason = int(found[1]), f"{found[1]} {found[2]}".strip()
    if _NO_NAME.search(reply):
        return Failure("no-host")
    if status == 504:
        return Failure("timeout")
    return Failure("proxy-failed" if status >= 500 else "proxy-refused", reason)


def _proxy_reply(proxy: str, address: str, limits: Limits) -> str:
    """The beginning of a proxy's reply to the request for a tunnel."""
    parts, target = urlsplit(proxy), urlsplit(address)
    authority = f"{target.hostname}:{target.port or 443}"
    lines = [f"CONNECT {authority} HTTP/1.1", f"Host: {authority}"]
    if parts.username:
        secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        lines.append(f"Proxy-Authorization: Basic {base64.b64encode(secret).decode()}")
    with socket.create_connection((parts.hostname, parts.port or 8080), timeout=limits.timeout) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        reply, end = b"", time.monotonic() + min(2.0, limits.timeout)
        while len(reply) < 8192 and time.monotonic() < end and (part := connection.recv(4096)):
            reply += part
    return reply.decode("latin-1")
