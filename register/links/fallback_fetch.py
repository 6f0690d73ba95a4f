"""A second look by plain requests at addresses that LinkChecker could not explain.

LinkChecker gives the words of an error, cut at 240 characters; here the error itself is at hand, so that
a lapsed name, a wrong certificate and a proxy's refusal are told apart. And some faults are LinkChecker's
own: behind a proxy, an answer with ``Connection: close`` makes it time out (see docs on ``linkchecker``).

Each host is asked by one thread, one address at a time. No thread can hold the run: one that is late is
left behind, holding a connection and nothing else.
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
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import requests
from requests.cookies import extract_cookies_to_jar
from requests.utils import select_proxy

from register.links.fetched_page import read_page
from register.links.linkchecker import Limits, Take, authorities, in_turn
from register.links.verdict import Answer, Failure

_MOST_HOSTS = 16
_MOST_REDIRECTS = 10
_CHUNK = 65536
_SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"  # LinkChecker's own first choice
# What proxies write when a name cannot be found (Squid's ERR_DNS_FAIL and others' words).
_NO_NAME = re.compile(
    r"(?i)ERR_DNS_FAIL|dns_unresolved|NXDOMAIN|no such host|(host|name|domain)\S* (was )?not (found|known|resolved)|"
    r"name or service not known|unable to (determine ip address|resolve)|could not (be )?resolved?|getaddrinfo"
)


def look_again(addresses: Iterable[str], limits: Limits, end: float, take: Take) -> None:
    """Ask each address once more and call ``take`` with it and what was found.

    Args:
        addresses: those that LinkChecker could not explain.
        limits: for one address.
        end: the moment (``time.monotonic``) at which this must be over.
        take: called in this thread, once for each address.
    """
    waiting = [_Host(found) for found in _by_host(addresses)]
    working: list[_Host] = []
    told: queue.Queue[tuple[_Host, str, Answer | Failure]] = queue.Queue(maxsize=4)
    while waiting or working:
        while waiting and len(working) < _MOST_HOSTS and time.monotonic() < end:
            working.append(waiting.pop())
            threading.Thread(target=working[-1].work, args=(limits, told), daemon=True).start()
        try:
            host, address, found = told.get(timeout=0.1)
            if address in host.left:
                host.left.remove(address)
                take(address, found)
        except queue.Empty:
            pass
        for host in [host for host in working if not host.left or host.late(limits) or time.monotonic() >= end]:
            working.remove(host)
            for place, address in enumerate(host.give_up()):
                kind = "out-of-time" if time.monotonic() >= end else "unanswered" if place == 0 else "host-silent"
                take(address, Failure(kind))
        if time.monotonic() >= end:
            for host in waiting:
                for address in host.give_up():
                    take(address, Failure("out-of-time"))
            waiting.clear()


def _by_host(addresses: Iterable[str]) -> list[list[str]]:
    hosts: dict[str, list[str]] = {}
    for address in in_turn(addresses):
        hosts.setdefault(urlsplit(address).netloc.lower(), []).append(address)
    return list(hosts.values())


@dataclass(eq=False)
class _Host:
    """The addresses of one host, and the thread that asks them."""

    left: list[str]
    begun: float = field(default_factory=time.monotonic)
    over: bool = False

    def work(self, limits: Limits, told: queue.Queue) -> None:
        """Ask each address in turn; after a silence the others are not waited for."""
        silent = False
        for address in list(self.left):
            self.begun = time.monotonic()
            found = Failure("host-silent") if silent else fetch(address, limits)
            silent = silent or found == Failure("timeout")
            while not self.over:
                try:
                    told.put((self, address, found), timeout=0.2)
                    break
                except queue.Full:
                    continue

    def late(self, limits: Limits) -> bool:
        """Whether one address has taken longer than any honest server needs."""
        return time.monotonic() - self.begun > 3.0 * limits.seconds + 1

    def give_up(self) -> list[str]:
        """End the thread's say; return the addresses it has not told."""
        self.over = True
        left, self.left = self.left, []
        return left


def fetch(address: str, limits: Limits) -> Answer | Failure:
    """Return what one address answers, or why it does not. Redirects' bodies are never read."""
    with requests.Session() as session:
        session.headers["User-Agent"] = _name()
        session.verify = authorities() or (_SYSTEM_AUTHORITIES if Path(_SYSTEM_AUTHORITIES).is_file() else True)
        try:
            return _follow(session, address, limits)
        except (requests.RequestException, OSError, ValueError) as error:
            return _explained(error, address, limits)


def _name() -> str:
    """What LinkChecker calls itself, so that a site sees one visitor."""
    version = importlib.metadata.version("LinkChecker")
    return f"Mozilla/5.0 (compatible; LinkChecker/{version}; +https://linkchecker.github.io/linkchecker/)"


def _follow(session: requests.Session, address: str, limits: Limits) -> Answer | Failure:
    expiries: list[str] = []
    here = address
    for _ in range(_MOST_REDIRECTS + 1):
        with _get(session, here, limits) as response:
            expiries += _expiry(response)
            target = session.get_redirect_target(response)
            if not target:
                body, whole = _body(response, limits)
                headers = {name.lower(): value for name, value in response.headers.items()}
                page = read_page(body, headers.get("content-type", ""), whole)
                return Answer(response.status_code, here, headers, page, tuple(expiries))
        here = urljoin(here, target)
        if urlsplit(here).scheme not in ("http", "https"):
            return Failure("broken", f"it redirects to '{here[:80]}'")
    return Failure("loop")


def _get(session: requests.Session, address: str, limits: Limits) -> requests.Response:
    """One request and its answer's headers.

    Not by ``session.get``: even when told not to follow redirects, that reads a redirect's whole body.
    """
    request = session.prepare_request(requests.Request("GET", address))
    settings = session.merge_environment_settings(address, {}, True, session.verify, None)
    response = session.get_adapter(address).send(request, timeout=limits.seconds, **settings)
    extract_cookies_to_jar(session.cookies, request, response.raw)
    return response


def _body(response: requests.Response, limits: Limits) -> tuple[bytes, str]:
    """The beginning of the body, and whether it is whole; see ``Page.whole``."""
    read, end = bytearray(), time.monotonic() + limits.seconds
    while len(read) < limits.largest and time.monotonic() < end:
        try:
            part = response.raw.read1(_CHUNK, decode_content=True)
        except Exception:  # whatever stops a page halfway, its beginning still tells what it is
            return bytes(read), "broken"
        if not part:
            return bytes(read), "whole"
        read += part
    return bytes(read[: limits.largest]), "large" if len(read) >= limits.largest else "slow"


def _expiry(response: requests.Response) -> list[str]:
    """The last day of the certificate, where the connection is still at hand."""
    for reach in (
        lambda: response.raw.connection.sock,
        lambda: response.raw._fp.fp.raw._sock,  # after ``Connection: close``, where urllib3 lets go of it
    ):
        try:
            return [reach().getpeercert()["notAfter"]]
        except (AttributeError, KeyError, TypeError, ValueError):
            continue
    return []


# ── what an error means ────────────────────────────────────────────────────────────────────────


def _explained(error: Exception, address: str, limits: Limits) -> Failure:
    """The failure behind an error, by the errors that caused it."""
    causes = list(_causes(error))
    if (proxy := _proxy(address)) and (found := _of_proxy(causes, proxy, address, limits)):
        return found
    for kind, explain in _EXPLANATIONS:
        for cause in causes:
            if isinstance(cause, kind) and (found := explain(cause)):
                return found
    return Failure("broken", _short(error))


def _causes(error: BaseException, seen: set[int] | None = None) -> Iterator[BaseException]:
    """An error and all errors behind it: chained, or held as argument or reason as requests and urllib3 do."""
    seen = set() if seen is None else seen
    if id(error) in seen:
        return
    seen.add(id(error))
    yield error
    behind = [error.__cause__, error.__context__, getattr(error, "reason", None), *error.args]
    for cause in behind:
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


def _of_certificate(error: ssl.SSLCertVerificationError) -> Failure:
    words = _CERTIFICATE.get(error.verify_code, f"the certificate is refused: {error.verify_message}")
    return Failure("certificate", words)


def _of_name(error: socket.gaierror) -> Failure:
    if error.errno == socket.EAI_AGAIN:
        return Failure("broken", "its name could not be looked up just now")
    return Failure("no-host")


def _of_system(error: OSError) -> Failure | None:
    if error.errno in (errno.ECONNREFUSED, errno.EHOSTUNREACH, errno.ENETUNREACH):
        return Failure("refused")
    if error.errno == errno.ECONNRESET:
        return Failure("broken", "the server resets it")
    return None


_EXPLANATIONS: tuple[tuple[type[BaseException], Callable], ...] = (
    (ssl.SSLCertVerificationError, _of_certificate),
    (socket.gaierror, _of_name),
    (requests.Timeout, lambda error: Failure("timeout")),
    (TimeoutError, lambda error: Failure("timeout")),
    (ssl.SSLError, lambda error: Failure("tls", (error.reason or _short(error)).lower().replace("_", " "))),
    (OSError, _of_system),
    (requests.exceptions.InvalidURL, lambda error: Failure("no-host")),
)


def _short(error: BaseException) -> str:
    """An error's own last words, without addresses in memory."""
    last = list(_causes(error))[-1]
    text = re.sub(r"<[^>]*>|\(?object at 0x\w+\)?", "", str(last)).strip(" :()'\"") or type(last).__name__
    return text[:100]


# ── what a proxy means ─────────────────────────────────────────────────────────────────────────


def _proxy(address: str) -> str | None:
    proxies = requests.utils.get_environ_proxies(address)
    return select_proxy(address, proxies)


def _of_proxy(causes: list[BaseException], proxy: str, address: str, limits: Limits) -> Failure | None:
    """What a proxy says about an address; None if it let the connection through."""
    words = " ".join(str(cause) for cause in causes)
    if "Tunnel connection failed" in words:
        return _tunnel_refused(proxy, address, limits)
    at_proxy = any(isinstance(cause, requests.exceptions.ProxyError) for cause in causes)
    return Failure("proxy-away") if at_proxy else None


def _tunnel_refused(proxy: str, address: str, limits: Limits) -> Failure:
    """Why a proxy refuses a tunnel. Python keeps its status only, so it is asked once more (RFC 9110, 9.3.6)."""
    try:
        reply = _ask_proxy(proxy, address, limits)
    except (OSError, ValueError):
        return Failure("proxy-away")
    found = re.match(r"HTTP/\d\.\d (\d{3}) ?([^\r\n]*)", reply)
    if not found:
        return Failure("proxy-away")
    status, words = int(found[1]), f"{found[1]} {found[2]}".strip()
    if _NO_NAME.search(reply):
        return Failure("no-host")
    if status == 504:
        return Failure("timeout")
    return Failure("proxy-failed" if status >= 500 else "proxy-refused", words)


def _ask_proxy(proxy: str, address: str, limits: Limits) -> str:
    parts, target = urlsplit(proxy), urlsplit(address)
    authority = f"{target.hostname}:{target.port or 443}"
    lines = [f"CONNECT {authority} HTTP/1.1", f"Host: {authority}"]
    if parts.username:
        secret = f"{unquote(parts.username)}:{unquote(parts.password or '')}".encode()
        lines.append(f"Proxy-Authorization: Basic {base64.b64encode(secret).decode()}")
    with socket.create_connection((parts.hostname, parts.port or 8080), timeout=limits.seconds) as connection:
        connection.sendall("\r\n".join([*lines, "", ""]).encode())
        reply, end = b"", time.monotonic() + min(2.0, limits.seconds)
        while len(reply) < 8192 and time.monotonic() < end and (part := connection.recv(4096)):
            reply += part
    return reply.decode("latin-1")
