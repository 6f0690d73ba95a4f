"""What an error means, found by its class and causes, and what is found by plain requests to the stand-ins."""

import errno
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from standin import Reply, World, page, silent_page

from register.links.fallback_fetch import explain, fetch, fetch_all
from register.links.limits import Limits
from register.links.verdict import Failure, Received

LIMITS = Limits(timeout=60)
REPORT = Reply(page("The report", "words"))


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without proxy."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The stand-ins, reached from this process."""
    world = World(tmp_path)
    for name, value in world.environment.items():
        monkeypatch.setenv(name, value)
    yield world
    world.close()


# ── what an error means ────────────────────────────────────────────────────────────────────────


def tls_error(reason: str | None) -> ssl.SSLError:
    """An error of OpenSSL with a reason."""
    error = ssl.SSLError(1, "[SSL: X] handshake failed")
    error.reason = reason  # type: ignore[assignment]
    return error


def certificate_error(code: int) -> ssl.SSLCertVerificationError:
    """An error of OpenSSL about a certificate."""
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_code, error.verify_message = code, "the words of OpenSSL"
    return error


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), Failure("no-host")),
        (
            socket.gaierror(socket.EAI_AGAIN, "Temporary failure"),
            Failure("broken", "its name could not be looked up just now"),
        ),
        (ConnectionRefusedError(errno.ECONNREFUSED, "Connection refused"), Failure("refused")),
        (OSError(errno.EHOSTUNREACH, "No route to host"), Failure("refused")),
        (OSError(errno.ENETUNREACH, "Network is unreachable"), Failure("refused")),
        (ConnectionResetError(errno.ECONNRESET, "Connection reset by peer"), Failure("broken", "the server resets it")),
        (OSError(errno.EPIPE, "Broken pipe"), Failure("broken", "[Errno 32] Broken pipe")),
        (TimeoutError("timed out"), Failure("timeout")),
        (requests.ReadTimeout("timed out"), Failure("timeout")),
        (tls_error("SSLV3_ALERT_HANDSHAKE_FAILURE"), Failure("tls", "sslv3 alert handshake failure")),
        (certificate_error(9), Failure("certificate", "the certificate is not valid yet")),
        (certificate_error(10), Failure("certificate", "the certificate has expired")),
        (certificate_error(18), Failure("certificate", "the certificate vouches for itself")),
        (certificate_error(20), Failure("certificate", "the certificate comes from an authority that nobody knows")),
        (certificate_error(62), Failure("certificate", "the certificate is for another name")),
        (certificate_error(23), Failure("certificate", "the certificate is refused: the words of OpenSSL")),
        (requests.exceptions.InvalidURL("no host"), Failure("no-host")),
        (ValueError("<socket object at 0x7f> cut (x"), Failure("broken", "cut (x")),
        (ValueError(), Failure("broken", "ValueError")),
        (ValueError("x" * 200), Failure("broken", "x" * 100)),
    ],
)
def test_an_error_is_known_by_its_class_however_deep_it_lies(error: Exception, failure: Failure) -> None:
    assert explain(error, "https://a.test/", LIMITS) == failure
    assert explain(requests.ConnectionError(error), "https://a.test/", LIMITS) == failure
    outer = requests.ConnectionError("outer")
    outer.__cause__ = error
    assert explain(outer, "https://a.test/", LIMITS) == failure


# ── what is found ──────────────────────────────────────────────────────────────────────────────


def test_a_page_is_fetched_with_its_headers_and_its_certificates_last_day(web: World) -> None:
    web.certificate("a.test", days=5)
    web.answer("a.test/page", Reply(page("The report"), 203, {"Retry-After": "7"}))
    found = fetch("https://a.test/page", LIMITS)
    assert isinstance(found, Received)
    assert (found.status, found.final_url, found.headers["retry-after"]) == (203, "https://a.test/page", "7")
    assert (found.read().page.title, found.read().page.extent) == ("The report", "whole")
    assert len(found.expiries) == 1


@pytest.mark.parametrize("closing", [{}, {"Connection": "close"}])
def test_the_certificate_of_every_redirect_is_met_on_the_way(closing: dict[str, str], web: World) -> None:
    web.answer("a.test/", Reply("", 302, {"Location": "https://b.test/", **closing}))
    web.answer("b.test/", Reply(page("The report"), headers=closing))
    found = fetch("https://a.test/", LIMITS)
    assert isinstance(found, Received)
    assert (found.final_url, len(found.expiries)) == ("https://b.test/", 2)


def test_a_large_page_is_cut_off(web: World) -> None:
    web.answer("a.test/", Reply(page("The report", "words " * 1000)))
    found = fetch("https://a.test/", Limits(timeout=60, page_bytes=1000))
    assert isinstance(found, Received)
    assert (found.read().page.extent, found.read().page.title) == ("large", "The report")


def test_a_page_that_breaks_off_shows_its_beginning(web: World) -> None:
    def breaks_off(call) -> None:
        call.send(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<title>The report</title>"
        )

    web.answer("a.test/", breaks_off)
    found = fetch("https://a.test/", LIMITS)
    assert isinstance(found, Received)
    assert (found.read().page.extent, found.read().page.title) == ("broken", "The report")


def test_ten_redirects_are_followed_and_eleven_are_a_loop(web: World) -> None:
    for n in range(11):
        web.answer(f"a.test/{n}", Reply("", 302, {"Location": f"/{n + 1}"}))
    web.answer("a.test/11", REPORT)
    assert fetch("https://a.test/0", LIMITS) == Failure("loop")
    found = fetch("https://a.test/1", LIMITS)
    assert isinstance(found, Received)
    assert found.final_url == "https://a.test/11"


def test_a_redirect_out_of_the_web_is_not_followed(web: World) -> None:
    web.answer("a.test/", Reply("", 302, {"Location": "file:///etc/passwd"}))
    assert fetch("https://a.test/", LIMITS) == Failure("bad-redirect", "file:///etc/passwd")


@pytest.mark.parametrize(
    ("reply", "failure"),
    [
        (b"HTTP/1.1 403 Forbidden\r\n\r\n", Failure("proxy-refused", "403 Forbidden")),
        (b"HTTP/1.1 407\r\n\r\n", Failure("proxy-refused", "407")),
        (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", Failure("proxy-failed", "502 Bad Gateway")),
        (b"HTTP/1.1 504 Gateway Timeout\r\n\r\n", Failure("timeout")),
        (b"HTTP/1.1 503 Service Unavailable\r\nX-Squid-Error: ERR_DNS_FAIL 0\r\n\r\n", Failure("no-host")),
        (b"HTTP/1.1 502 Bad Gateway\r\n\r\nThe host was not found", Failure("no-host")),
    ],
)
def test_a_proxy_that_refuses_is_asked_why(reply: bytes, failure: Failure, web: World) -> None:
    web.tunnels["a.test"] = reply
    assert fetch("https://a.test/", LIMITS) == failure


@pytest.mark.parametrize("scheme", ["http://", ""])
def test_a_proxy_that_is_not_there_is_not_held_against_the_page(scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", f"{scheme}127.0.0.1:9")
    assert fetch("https://a.test/", LIMITS) == Failure("proxy-away")


def test_a_proxy_without_scheme_is_asked_why_it_refuses(web: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", web.proxy.removeprefix("http://"))
    web.tunnels["a.test"] = b"HTTP/1.1 403 Forbidden\r\n\r\n"
    assert fetch("https://a.test/", LIMITS) == Failure("proxy-refused", "403 Forbidden")


def test_a_proxys_name_and_password_are_sent(web: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[bytes] = []

    def listen(server: socket.socket) -> None:
        for _ in range(2):
            connection, _ = server.accept()
            with connection:
                sent.append(connection.recv(65536))
                connection.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=listen, args=(server,), daemon=True).start()
        monkeypatch.setenv("https_proxy", f"http://me:s%40cret@127.0.0.1:{server.getsockname()[1]}")
        assert fetch("https://a.test/", LIMITS) == Failure("proxy-refused", "403 Forbidden")
    assert b"Proxy-Authorization: Basic bWU6c0BjcmV0\r\n" in sent[1]  # me:s@cret


# ── many at once ───────────────────────────────────────────────────────────────────────────────


def fetched(*addresses: str, seconds: float = 60, limits: Limits = LIMITS) -> dict[str, Received | Failure]:
    """What was found at some addresses."""
    found: dict[str, Received | Failure] = {}

    def take(address: str, result: Received | Failure) -> None:
        assert address not in found
        found[address] = result

    fetch_all(addresses, limits, time.monotonic() + seconds, take)
    return found


def test_every_address_is_reported_once(web: World) -> None:
    addresses = [f"https://host{n % 20}.test/{n}" for n in range(40)]
    for n in range(40):
        web.answer(f"host{n % 20}.test/{n}", REPORT)
    found = fetched(*addresses)
    assert sorted(found) == sorted(addresses)
    assert {held.status for held in found.values() if isinstance(held, Received)} == {200}


def test_once_a_host_was_silent_its_other_addresses_are_not_asked(web: World) -> None:
    web.answer("a.test/*", silent_page)
    assert fetched("https://a.test/1", "https://a.test/2", "https://a.test/3", limits=Limits(timeout=1)) == {
        "https://a.test/1": Failure("timeout"),
        "https://a.test/2": Failure("host-silent"),
        "https://a.test/3": Failure("host-silent"),
    }
    assert web.calls[("a.test", "/2")] == 0


def test_what_was_not_reached_at_the_deadline_is_out_of_time(web: World) -> None:
    hosts = [f"host{n}.test" for n in range(20)]  # four more than are asked at once
    for host in hosts:
        web.answer(f"{host}/", silent_page)
    addresses = [f"https://{host}/" for host in hosts]
    found = fetched(*addresses, seconds=1, limits=Limits(timeout=3600))
    assert found == dict.fromkeys(addresses, Failure("out-of-time"))
