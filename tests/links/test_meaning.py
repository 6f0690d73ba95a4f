"""What single errors, headers and dates mean, where a stand-in would say no more."""

import datetime
import socket
import ssl

import pytest
import requests

from register.links import opinion
from register.links.fetched_page import read_page
from register.links.linkchecker import Limits, in_turn
from register.links.verdict import Answer, Failure, Target, judge

NOW = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)


def explained(error: Exception) -> Failure:
    """What an error behind requests' own means, on a machine without proxy."""
    return opinion._explained(requests.ConnectionError(error), "https://a.test/", Limits())


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch):
    """A machine without proxy."""
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        (socket.gaierror(socket.EAI_NONAME, "Name or service not known"), Failure("no-host")),
        (
            socket.gaierror(socket.EAI_AGAIN, "Temporary failure"),
            Failure("broken", "its name could not be looked up just now"),
        ),
        (ConnectionRefusedError(111, "Connection refused"), Failure("refused")),
        (ConnectionResetError(104, "Connection reset by peer"), Failure("broken", "the server resets it")),
        (TimeoutError("timed out"), Failure("timeout")),
        (ssl.SSLError(1, "[SSL: SSLV3_ALERT_HANDSHAKE_FAILURE] x"), Failure("tls", "sslv3 alert handshake failure")),
    ],
)
def test_an_error_is_known_by_its_cause(error, failure):
    if isinstance(error, ssl.SSLError):
        error.reason = "SSLV3_ALERT_HANDSHAKE_FAILURE"
    assert explained(error) == failure


def test_a_refused_connection_is_a_server_fault():
    judgement = judge(Target("https://a.test/"), Failure("refused"), NOW, 10)
    assert (judgement.verdict, judgement.detail) == (
        "server-fault",
        "the server refuses the connection (if it stays so, tell its owner)",
    )


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7),
        ("Tue, 24 Nov 2026 12:00:30 GMT", 30),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0),
        ("soon", 0),
        ("-5", 0),
        ("", 0),
    ],
)
def test_retry_after_is_a_number_or_a_date(header, seconds):
    answer = Answer(503, "https://a.test/", {"retry-after": header}, read_page(b"", "", "whole"))
    assert judge(Target("https://a.test/"), answer, NOW, 10).again == seconds


@pytest.mark.parametrize(("days", "words"), [(13.9, "13 days"), (1.5, "1 day"), (0.5, "0 days")])
def test_a_certificate_says_how_many_days_it_has_left(days, words):
    ends = (NOW + datetime.timedelta(days=days)).strftime("%b %d %H:%M:%S %Y GMT")
    answer = Answer(200, "https://a.test/", {}, read_page(b"<p>x", "text/html", "whole"), (ends,))
    assert (
        judge(Target("https://a.test/"), answer, NOW, 10).detail
        == f"the certificate ends in {words} (tell its owner to renew it)"
    )


def test_a_certificate_with_14_days_left_is_in_order():
    ends = (NOW + datetime.timedelta(days=14.1)).strftime("%b %d %H:%M:%S %Y GMT")
    answer = Answer(200, "https://a.test/", {}, read_page(b"<p>x", "text/html", "whole"), (ends,))
    assert judge(Target("https://a.test/"), answer, NOW, 10).verdict == "working"


@pytest.mark.parametrize(
    "title",
    ["Getting help for a child", "Section 404 of the report", "Missing People", "Report not yet published", "Signs of abuse",
     "Log of decisions", "Find your local council", "Domain-wide review", "Accessing help"],
)  # fmt: skip
def test_ordinary_titles_are_no_sign_of_an_impostor(title):
    body = f"<html><head><title>{title}</title></head><body><h1>{title}</h1><p>words</p></body></html>".encode()
    answer = Answer(200, "https://a.test/page", {}, read_page(body, "text/html", "whole"))
    assert judge(Target("https://a.test/page"), answer, NOW, 10).verdict == "working"


@pytest.mark.parametrize(
    "title",
    ["404", "404 - Page Not Found", "Error 404", "Sorry, page not found", "This page does not exist", "Page no longer exists",
     "The page you are looking for does not exist", "We can't find that page", "Page unavailable", "This page has been removed"],
)  # fmt: skip
def test_titles_that_say_there_is_no_page_are_signs_of_an_impostor(title):
    body = f"<html><head><title>Site</title></head><body><h1>{title}</h1><p>words</p></body></html>".encode()
    answer = Answer(200, "https://a.test/page", {}, read_page(body, "text/html", "whole"))
    assert judge(Target("https://a.test/page"), answer, NOW, 10).verdict == "impostor"


@pytest.mark.parametrize(
    "body", [b"", b"\0\xff", b"<" * 5000, b"<!--" * 999, "é".encode()[:1], b"<?xml version='1.0' encoding='x'?><p>a"]
)
def test_whatever_comes_as_a_page_is_read_without_a_fault(body):
    for kind in ("", "text/html", "text/html; charset=nonsense", "application/xhtml+xml"):
        read_page(body, kind, "large")


def test_hosts_take_turns():
    given = ["https://a.test/1", "https://a.test/2", "https://b.test/1", "https://c.test/1", "https://c.test/2"]
    assert in_turn(given) == [
        "https://a.test/1",
        "https://b.test/1",
        "https://c.test/1",
        "https://a.test/2",
        "https://c.test/2",
    ]
