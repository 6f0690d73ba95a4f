"""Stand-ins for the world: web servers on loopback, reached under their real names over TLS.

A CONNECT proxy (RFC 9110, 9.3.6) takes every name to this process, which then speaks TLS with a
certificate from a test authority. So nothing is changed on the machine, and LinkChecker is the real one.
"""

import datetime
import socket
import socketserver
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import trustme


@dataclass
class Call:
    """One request as a stand-in sees it."""

    method: str
    host: str
    path: str
    headers: dict[str, str]
    count: int  # how often this address was asked, this time included
    socket: socket.socket

    def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.socket.sendall(data)


@dataclass
class Reply:
    """An ordinary answer."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str | None = "text/html; charset=utf-8"

    def bytes_(self) -> bytes:
        """The answer as it goes over the wire."""
        body = self.body.encode() if isinstance(self.body, str) else self.body
        headers = {
            "Content-Length": str(len(body)),
            **({"Content-Type": self.kind} if self.kind else {}),
            **self.headers,
        }
        lines = [f"HTTP/1.1 {self.status} Status", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + body


Behaviour = Reply | Callable[[Call], Reply | None]


def page(title: str, *words: str, head: str = "") -> str:
    """An HTML page with a title, a heading and paragraphs."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in words)
    return f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{text}</body></html>"


class World:
    """Every host there is, and what it answers."""

    def __init__(self, folder: Path):
        self.answers: dict[tuple[str, str], Behaviour] = {}
        self.tunnels: dict[str, Callable[[socket.socket], None] | bytes] = {}  # hosts the proxy does not simply connect
        self.certificates: dict[str, dict] = {}
        self.ending = ".test"  # some tools will not ask names in .test: another ending can stand for it
        self.calls: Counter[tuple[str, str]] = Counter()
        self.methods: Counter[str] = Counter()
        self.moments: dict[tuple[str, str], list[float]] = {}
        self._authority = trustme.CA()
        self.authorities = folder / "authorities.pem"
        self._authority.cert_pem.write_to_path(self.authorities)
        self.authorities.chmod(0o644)
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._lock = threading.Lock()
        self._server = _Server(("127.0.0.1", 0), _Connection)
        self._server.world = self
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def proxy(self) -> str:
        """The proxy's address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def environment(self) -> dict[str, str]:
        """What a machine behind this proxy has set."""
        proxies = dict.fromkeys(("https_proxy", "http_proxy"), self.proxy)
        return {**proxies, "no_proxy": "", "NO_PROXY": "", "REQUESTS_CA_BUNDLE": str(self.authorities)}

    def answer(self, address: str, behaviour: Behaviour) -> None:
        """Let an address (``host/path``) answer so."""
        host, _, path = address.partition("/")
        self.answers[(host, f"/{path}")] = behaviour

    def certificate(self, host: str, name: str | None = None, days: float = 90) -> None:
        """Give a host a certificate for a name that ends in so many days."""
        now = datetime.datetime.now(datetime.UTC)
        begins = now - datetime.timedelta(days=100)
        ends = now + datetime.timedelta(days=days, hours=1)
        self.certificates[host] = {"name": name, "not_before": begins, "not_after": ends}

    def unknown_authority(self, host: str) -> None:
        """Give a host a certificate from an authority that nobody trusts."""
        self.certificates[host] = {"name": None, "authority": trustme.CA()}

    def known(self, host: str) -> str:
        """The name under which a host that is asked for is known here."""
        return host.removesuffix(self.ending) + ".test" if host.endswith(self.ending) else host

    def context(self, asked: str) -> ssl.SSLContext:
        """The TLS side of a host."""
        with self._lock:
            if asked not in self._contexts:
                how = dict(self.certificates.get(self.known(asked), {}))
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                authority = how.pop("authority", self._authority)
                authority.issue_cert(how.pop("name", None) or asked, **how).configure_cert(context)
                self._contexts[asked] = context
            return self._contexts[asked]

    def called(self, method: str, host: str, path: str) -> int:
        """Note a request; return how often its address was asked."""
        with self._lock:
            self.calls[(host, path)] += 1
            self.methods[method] += 1
            self.moments.setdefault((host, path), []).append(time.monotonic())
            return self.calls[(host, path)]

    def close(self) -> None:
        """Close the proxy."""
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256
    world: World

    def handle_error(self, request, client_address):
        """A visitor that hangs up is nothing to speak of."""


class _Connection(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        """Be the proxy first, and then whatever it leads to."""
        world, connection = self.server.world, self.request
        connection.settimeout(60)
        head = _head(connection)
        if head is None:
            return
        method, target, _ = head
        if method != "CONNECT":
            self._serve(connection, "", head)
            return
        asked = target.partition(":")[0]
        host = world.known(asked)
        tunnel = world.tunnels.get(host)
        if isinstance(tunnel, bytes):
            connection.sendall(tunnel)
            return
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        if tunnel:
            tunnel(connection)
            return
        with world.context(asked).wrap_socket(connection, server_side=True) as secure:
            self._serve(secure, host, None)

    def _serve(self, connection: socket.socket, host: str, head: tuple | None) -> None:
        while head := head or _head(connection):
            method, target, headers = head
            key = host
            if not host and target.startswith("/"):  # asked without the proxy
                key = f"http:{headers['Host'].partition(':')[0]}"
            elif not host:  # a plain http request to a proxy names the whole address
                name, _, path = target.removeprefix("http://").partition("/")
                key, target = f"http:{name}", f"/{path}"
            if self._answer(connection, key, method, target, headers):
                return
            head = None

    def _answer(self, connection: socket.socket, host: str, method: str, path: str, headers: dict) -> bool:
        world = self.server.world
        behaviour = world.answers.get((host, path)) or world.answers.get((host, "/*"))
        if behaviour is None:
            missing = path == "/robots.txt"
            behaviour = Reply("no robots" if missing else page("Nothing here"), 404)
        count = world.called(method, host, path)
        call = Call(method, host, path, headers, count, connection)
        reply = behaviour(call) if callable(behaviour) else behaviour
        if reply is None:
            return True
        connection.sendall(reply.bytes_())
        return reply.headers.get("Connection") == "close"


def _head(connection: socket.socket) -> tuple[str, str, dict[str, str]] | None:
    """The request line and headers; None when the visitor is gone or does not speak HTTP."""
    data = b""
    while b"\r\n\r\n" not in data:
        try:
            part = connection.recv(65536)
        except OSError:
            return None
        if not part or b"\0" in part:
            # A visitor that speaks TLS to the proxy is left waiting, as real proxies do.
            if part:
                time.sleep(20)
            return None
        data += part
    lines = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, target, _ = lines[0].split(" ", 2)
    headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
    return method, target, headers


# ── behaviours that are not ordinary answers ───────────────────────────────────────────────────


def silent(connection: socket.socket) -> None:
    """Accept, and never answer."""
    connection.settimeout(None)
    while connection.recv(65536):
        pass


def silent_page(call: Call) -> None:
    """Take the request, and never answer."""
    silent(call.socket)


def endless(call: Call) -> None:
    """A page that goes on for ever."""
    call.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    call.send(_chunk(page("Get Safe", "Get Safe at Worcestershire County Council").encode()))
    while True:
        call.send(_chunk(b"<p>and on and on</p>" * 3000))


def dripping_head(call: Call) -> None:
    """Headers that come one byte a second, each just in time."""
    call.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        time.sleep(0.5)
        call.send(b"a")


def dripping_body(call: Call) -> None:
    """A page that comes a few letters a second."""
    call.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000000\r\n\r\n<title>Slow</title>")
    while True:
        time.sleep(0.3)
        call.send(b"slow ")


def endless_redirect(call: Call) -> None:
    """A redirect whose own body goes on for ever; LinkChecker reads it."""
    call.send(b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        call.send(_chunk(b"moved " * 10000))


def five_gigabytes(call: Call) -> None:
    """A download of five gigabytes."""
    call.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5368709120\r\n\r\n")
    call.send(page("A very long page", "Report").encode())
    while True:
        call.send(b"<p>more</p>" * 6000)


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"
