"""Stand-ins for the web: servers on the loopback interface, reached under their real names over TLS.

A CONNECT proxy (RFC 9110, 9.3.6) leads every name to this process, which then speaks TLS with a
certificate from a test authority. So nothing on the machine is changed, and the real LinkChecker runs.
"""

import datetime
import os
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
    """One request as a stand-in receives it."""

    method: str
    host: str
    path: str
    headers: dict[str, str]
    count: int  # the number of requests to this address, this one included
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
        """Return the answer as it is sent."""
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
    """Return an HTML page with a title, a heading and paragraphs."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in words)
    return f"<!DOCTYPE html><html lang=en><head><title>{title}</title>{head}</head><body><h1>{title}</h1>{text}</body></html>"


class World:
    """Every host and what it answers, and a record of the requests."""

    def __init__(self, folder: Path):
        self.answers: dict[tuple[str, str], Behaviour] = {}
        # Hosts to which the proxy does not simply connect: what it writes, or does with the connection, instead.
        self.tunnels: dict[str, Callable[[socket.socket], None] | bytes] = {}
        self.certificates: dict[str, dict] = {}
        self.ending = ".test"  # some tools do not ask for names in .test: another ending can be used instead
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
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    @property
    def proxy(self) -> str:
        """Return the proxy's address."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def environment(self) -> dict[str, str]:
        """Return what a machine behind this proxy has set."""
        proxies = dict.fromkeys(("https_proxy", "http_proxy"), self.proxy)
        return {**proxies, "no_proxy": "", "NO_PROXY": "", "REQUESTS_CA_BUNDLE": str(self.authorities)}

    @property
    def machine(self) -> dict[str, str]:
        """Return the whole environment of a program on that machine."""
        return {**os.environ, **self.environment}

    def answer(self, address: str, behaviour: Behaviour) -> None:
        """Set what an address (``host/path``) answers."""
        host, _, path = address.partition("/")
        self.answers[(host, f"/{path}")] = behaviour

    def certificate(self, host: str, name: str | None = None, days: float = 90) -> None:
        """Give a host a certificate for a name, valid for so many more days."""
        now = datetime.datetime.now(datetime.UTC)
        begins = now - datetime.timedelta(days=100)
        ends = now + datetime.timedelta(days=days, hours=1)
        self.certificates[host] = {"name": name, "not_before": begins, "not_after": ends}

    def unknown_authority(self, host: str) -> None:
        """Give a host a certificate from an authority that the check does not trust."""
        self.certificates[host] = {"name": None, "authority": trustme.CA()}

    def known(self, host: str) -> str:
        """Return the name under which the answers of a requested host are kept."""
        return host.removesuffix(self.ending) + ".test" if host.endswith(self.ending) else host

    def context(self, asked: str) -> ssl.SSLContext:
        """Return the TLS settings of a host."""
        with self._lock:
            if asked not in self._contexts:
                how = dict(self.certificates.get(self.known(asked), {}))
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                authority = how.pop("authority", self._authority)
                authority.issue_cert(how.pop("name", None) or asked, **how).configure_cert(context)
                self._contexts[asked] = context
            return self._contexts[asked]

    def called(self, method: str, host: str, path: str) -> int:
        """Record a request; return the number of requests to its address."""
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
        """Say nothing: clients may close a connection at any time."""


class _Connection(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        """Be the proxy first, and then the server to which it leads."""
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
    """The request line and headers; None when the client is gone or does not speak HTTP."""
    data = b""
    while b"\r\n\r\n" not in data:
        try:
            part = connection.recv(65536)
        except OSError:
            return None
        if not part or b"\0" in part:
            # A client that speaks TLS to the proxy is left waiting, as by real proxies.
            if part:
                time.sleep(20)
            return None
        data += part
    lines = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, target, _ = lines[0].split(" ", 2)
    headers = dict(line.split(": ", 1) for line in lines[1:] if ": " in line)
    return method, target, headers


# ── behaviours that are not ordinary answers ───────────────────────────────────────────────────


class Rendezvous:
    """Holds every request back until a number of requests are held at the same time, then answers them all.

    So an answer proves that so many requests were open at once, however fast or slow the machine is, if the client's
    time limit is so long that it gives up none of them.
    """

    def __init__(self, number: int, reply: Reply) -> None:
        self._barrier = threading.Barrier(number)
        self._reply = reply

    def __call__(self, call: Call) -> Reply:
        """Answer once enough requests are held."""
        self._barrier.wait()
        return self._reply


def silent(connection: socket.socket) -> None:
    """Accept the connection and never answer."""
    connection.settimeout(None)
    while connection.recv(65536):
        pass


def silent_page(call: Call) -> None:
    """Accept the request and never answer."""
    silent(call.socket)


def endless(call: Call) -> None:
    """Send a page that never ends."""
    call.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    call.send(_chunk(page("Get Safe", "Get Safe at Worcestershire County Council").encode()))
    while True:
        call.send(_chunk(b"<p>and on and on</p>" * 3000))


def dripping_head(call: Call) -> None:
    """Send headers a byte at a time, each before the client's time limit."""
    call.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while True:
        time.sleep(0.5)
        call.send(b"a")


def dripping_body(call: Call) -> None:
    """Send a page a few letters at a time."""
    call.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000000\r\n\r\n<title>Slow</title>")
    while True:
        time.sleep(0.3)
        call.send(b"slow ")


def endless_redirect(call: Call) -> None:
    """Send a redirect whose own body never ends; LinkChecker reads it."""
    call.send(b"HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        call.send(_chunk(b"moved " * 10000))


def five_gigabytes(call: Call) -> None:
    """Send a page of five gigabytes."""
    call.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5368709120\r\n\r\n")
    call.send(page("A very long page", "Report").encode())
    while True:
        call.send(b"<p>more</p>" * 6000)


def _chunk(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"
