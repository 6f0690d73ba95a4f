"""Each rule of the verdict: where it holds, where it just does not, and its exact message."""

import datetime
from typing import get_args

import pytest

from register.links.fetched_page import FetchedPage
from register.links.verdict import Answer, Failure, FailureKind, Judgement, Target, judge

NOW = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)
URL = "https://a.test/page"
LOOK = "not proof of anything: open it by hand, and say so under 'excuse' in data/links.yml"
OWNER = "if it stays so, tell its owner"
NOT_IT = "open it by hand; if the page is gone, take the address out"
ORDINARY = FetchedPage("text/html", True, "whole", title="The report", text="the report of the inquiry")


def answer(
    status: int = 200,
    final_url: str = URL,
    page: FetchedPage = ORDINARY,
    headers: dict[str, str] | None = None,
    expiries: tuple[str, ...] = (),
) -> Answer:
    """An answer, an ordinary page if nothing else is said."""
    return Answer(status, final_url, headers or {}, page, expiries)


def html(**fields: object) -> FetchedPage:
    """A page of HTML that was read whole, with some words if nothing else is said."""
    return FetchedPage(**{"media_type": "text/html", "is_text": True, "extent": "whole", "text": "words", **fields})


def verdict(found: Answer | Failure, url: str = URL, phrases: tuple[str, ...] = (), host: str = "") -> Judgement:
    """The verdict on what was found at an address."""
    return judge(Target(url, host, phrases), found, NOW, 10)


# ── no answer ──────────────────────────────────────────────────────────────────────────────────


FAILURES: list[tuple[FailureKind, Judgement]] = [
    ("timeout", Judgement("timeout", "no answer within 10 seconds", f"open it by hand; {OWNER}", None, 0.0)),
    (
        "unanswered",
        Judgement("timeout", "no answer that comes to an end, given up after 10 seconds", "open it by hand"),
    ),
    (
        "host-silent",
        Judgement(
            "timeout", "'a.test' was silent for another address, so this one was not waited for", "open it by hand"
        ),
    ),
    (
        "out-of-time",
        Judgement("timeout", "not reached before the whole check had to end", "run it again, or raise --limit"),
    ),
    (
        "no-host",
        Judgement(
            "no-host",
            "there is no host 'a.test'",
            "check the spelling; if the domain has lapsed, take the address out",
        ),
    ),
    ("certificate", Judgement("certificate", "why", "tell its owner; readers are warned off by their browsers")),
    (
        "tls",
        Judgement("certificate", "no secure connection can be made: why", "tell its owner; open it by hand"),
    ),
    (
        "loop",
        Judgement("loop", "redirects without end", "open it by hand and put in the address that shows the page"),
    ),
    ("refused", Judgement("server-fault", "the server refuses the connection", OWNER, None, 0.0)),
    ("broken", Judgement("server-fault", "the connection breaks off: why", OWNER, None, 0.0)),
    ("robots", Judgement("blocked", "its robots.txt asks programs to stay away", LOOK)),
    ("proxy-refused", Judgement("blocked", "this network's proxy does not let it through: why", LOOK)),
    (
        "proxy-failed",
        Judgement("server-fault", "this network's proxy cannot reach it: why", OWNER, None, 0.0),
    ),
    (
        "proxy-away",
        Judgement(
            "blocked",
            "this network's proxy does not answer, so nothing was asked",
            "mend https_proxy, run it again",
        ),
    ),
    ("unreadable", Judgement("blocked", "it answers, and its answer cannot be judged: why", LOOK)),
    (
        "private",
        Judgement("server-fault", "it redirects to why, which is not in the public internet and was not asked", OWNER),
    ),
    ("bad-redirect", Judgement("server-fault", "it redirects to 'why', which is no address of a page", OWNER)),
]


@pytest.mark.parametrize(("kind", "judgement"), FAILURES)
def test_each_kind_of_failure_has_its_verdict(kind: FailureKind, judgement: Judgement) -> None:
    assert verdict(Failure(kind, "why")) == judgement


def test_there_are_no_other_kinds_of_failure() -> None:
    assert list(get_args(FailureKind)) == [kind for kind, _ in FAILURES]


def test_a_failure_without_a_reason_quotes_nothing() -> None:
    assert verdict(Failure("broken")).seen == "the connection breaks off: "


def test_what_a_server_wrote_is_quoted_as_it_is() -> None:
    assert verdict(Failure("broken", "{host} %s (x)")).seen == "the connection breaks off: {host} %s (x)"


# ── answers that are errors ────────────────────────────────────────────────────────────────────


def test_404_and_410_are_gone() -> None:
    assert verdict(answer(404)) == Judgement(
        "gone", "the server says 404, there is no such page", "find its new address, or take it out", URL
    )
    assert verdict(answer(410)) == Judgement(
        "gone", "the server says 410, the page was taken away", "find another, or take it out", URL
    )


@pytest.mark.parametrize("status", [408, 425, 500, 502, 503, 504, 520, 526])
def test_an_error_of_the_server_that_may_pass_is_a_server_fault_and_may_be_tried_again(status: int) -> None:
    assert verdict(answer(status)) == Judgement("server-fault", f"the server answers {status}", OWNER, URL, 0.0)


@pytest.mark.parametrize("status", [501, 505, 519, 527])
def test_another_error_of_the_server_is_a_server_fault_and_is_not_tried_again(status: int) -> None:
    assert verdict(answer(status)) == Judgement("server-fault", f"the server answers {status}", OWNER, URL)


@pytest.mark.parametrize("status", [400, 401, 403, 407, 409, 411, 424, 426, 451, 499])
def test_a_refusal_is_blocked_and_is_not_tried_again(status: int) -> None:
    assert verdict(answer(status)) == Judgement("blocked", f"the server says {status} to this program", LOOK, URL)


def test_what_is_no_error_is_a_page() -> None:
    assert verdict(answer(399)).verdict == "working"


def test_too_many_requests_is_blocked_and_says_how_long_the_server_asks_to_wait() -> None:
    assert verdict(answer(429)) == Judgement("blocked", "the server says 429, too many requests", LOOK, URL, 0.0)
    assert verdict(answer(429, headers={"retry-after": "90"})) == Judgement(
        "blocked", "the server says 429, too many requests and asks to wait: 90", LOOK, URL, 90.0
    )


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 7 ", 7.0),
        ("0", 0.0),
        ("999999999", 999999999.0),
        ("9999999999", 9999999999.0),
        ("7.5", 0.0),
        ("-5", 0.0),
        ("soon", 0.0),
        ("", 0.0),
        ("Tue, 24 Nov 2026 12:00:30 GMT", 30.0),
        ("Tue, 24 Nov 2026 12:30:00 +0030", 0.0),
        ("Tue, 24 Nov 2026 13:30:00 +0100", 1800.0),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0.0),
        ("Tue, 24 Nov 2026 12:00:30 -0000", 0.0),
        ("Tue, 24 Nov 99999999999 12:00:30 GMT", 0.0),
        ("Tue, 99 Nov 2026 12:00:30 GMT", 0.0),
    ],
)
def test_retry_after_is_a_number_or_a_date_and_anything_else_says_nothing(header: str, seconds: float) -> None:
    assert verdict(answer(503, headers={"retry-after": header})).retry_after == seconds


def test_retry_after_means_nothing_where_the_error_does_not_pass() -> None:
    assert verdict(answer(404, headers={"retry-after": "7"})).retry_after is None
    assert verdict(answer(403, headers={"retry-after": "7"})).retry_after is None


# ── a question whether one is a person ─────────────────────────────────────────────────────────

CHALLENGE = Judgement("blocked", "the site asks whether its visitor is a person", LOOK, URL)


@pytest.mark.parametrize("status", [200, 403, 404, 503])
@pytest.mark.parametrize(
    "page", [html(title="Just a moment..."), html(headings=("Human verification",)), html(challenge_source=True)]
)
def test_a_challenge_proves_nothing_whatever_its_status(status: int, page: FetchedPage) -> None:
    assert verdict(answer(status, page=page), phrases=("report",)) == CHALLENGE
    assert verdict(answer(status, page=page)) == CHALLENGE


def test_a_page_that_shows_its_words_is_no_challenge_whatever_scripts_it_loads() -> None:
    page = html(challenge_source=True, text="the report")
    assert verdict(answer(200, page=page), phrases=("report",)).verdict == "working"
    assert verdict(answer(299, page=page), phrases=("report",)).verdict == "working"
    assert verdict(answer(300, page=page), phrases=("report",)) == CHALLENGE
    assert verdict(answer(404, page=page), phrases=("report",)) == CHALLENGE


# ── certificates ───────────────────────────────────────────────────────────────────────────────


def days_from_now(days: float) -> str:
    """A certificate's last day, as OpenSSL writes it."""
    return (NOW + datetime.timedelta(days=days)).strftime("%b %d %H:%M:%S %Y GMT")


@pytest.mark.parametrize(
    ("days", "words"), [(13.999, "13 days"), (2, "2 days"), (1.99999, "1 day"), (1, "1 day"), (0.5, "0 days")]
)
def test_a_certificate_that_soon_ends_says_in_how_many_days(days: float, words: str) -> None:
    assert verdict(answer(expiries=(days_from_now(days),))) == Judgement(
        "certificate", f"the certificate ends in {words}", "tell its owner to renew it", URL
    )


def test_a_certificate_with_14_days_left_is_in_order() -> None:
    assert verdict(answer(expiries=(days_from_now(14),))).verdict == "working"


def test_the_certificate_that_ends_first_counts_of_all_that_were_met_on_the_way() -> None:
    expiries = (days_from_now(90), days_from_now(3), days_from_now(60))
    assert verdict(answer(expiries=expiries)).seen == "the certificate ends in 3 days"


def test_an_error_counts_more_than_a_certificate_that_soon_ends() -> None:
    assert verdict(answer(404, expiries=(days_from_now(3),))).verdict == "gone"


# ── working, redirected, moved away ────────────────────────────────────────────────────────────


def test_a_page_that_shows_its_words_is_working() -> None:
    assert verdict(answer(), phrases=("Report", "inquiry")) == Judgement(
        "working", "shows 'Report' and 'inquiry'", "", URL
    )


def test_a_page_without_words_to_know_it_by_is_working() -> None:
    assert verdict(answer()) == Judgement("working", "answers; no words are given to know the page by", "", URL)


@pytest.mark.parametrize(
    ("url", "final_url"),
    [
        ("https://a.test", "https://a.test/"),
        ("https://A.test/page", "https://a.test/page"),
        ("https://a.test/page", "https://a.test/page#part"),
        ("https://a.test/page?x=1", "https://a.test/page?x=1"),
    ],
)
def test_the_same_address_in_another_form_is_no_redirect(url: str, final_url: str) -> None:
    assert verdict(answer(final_url=final_url), url) == Judgement(
        "working", "answers; no words are given to know the page by", "", final_url
    )


@pytest.mark.parametrize(
    ("url", "final_url"),
    [
        ("https://a.test/page", "https://a.test/other"),
        ("https://a.test/page", "https://a.test/Page"),
        ("https://a.test/page", "https://a.test/page/"),
        ("https://a.test/page", "https://a.test/page?x=1"),
        ("https://a.test/page", "https://www.a.test/page"),
        ("https://www.a.test/page", "https://a.test/page"),
        ("http://a.test/page", "https://a.test/page"),
    ],
)
def test_another_address_of_the_same_owner_is_redirected(url: str, final_url: str) -> None:
    assert verdict(answer(final_url=final_url), url) == Judgement(
        "redirected", f"leads to {final_url} of the same owner", "put that address in", final_url
    )


MOVED = "if that is the page, put it in and confirm it; if not, take it out"


@pytest.mark.parametrize("final_url", ["https://b.test/page", "https://a.test.b.test/page", "https://w.a.test/page"])
def test_another_host_is_moved_away(final_url: str) -> None:
    assert verdict(answer(final_url=final_url)) == Judgement(
        "moved-away", f"leads to another host: {final_url}", MOVED, final_url
    )


def test_the_host_that_an_entry_expects_counts_instead_of_its_own() -> None:
    assert verdict(answer(final_url="https://www.b.test/page"), host="b.test").verdict == "redirected"
    assert verdict(answer(final_url="https://b.test/page"), host="WWW.B.test").verdict == "redirected"
    assert verdict(answer(), host="b.test").verdict == "moved-away"


def test_a_page_that_sends_browsers_on_counts_as_the_place_where_they_arrive() -> None:
    away = html(refresh="https://b.test/new")
    assert verdict(answer(page=away)) == Judgement(
        "moved-away", "leads to another host: https://b.test/new", MOVED, "https://b.test/new"
    )
    assert verdict(answer(page=html(refresh="/elsewhere"))).verdict == "working"
    assert verdict(answer(page=html(refresh="http:///x"))).seen == "leads to another host: http:///x"


# ── what is not the page ───────────────────────────────────────────────────────────────────────


def impostor(sign: str, final_url: str = URL) -> Judgement:
    """The verdict on a page that is not the page."""
    return Judgement("impostor", f"answers, but is not the page: {sign}", NOT_IT, final_url)


def test_a_page_at_a_parking_host_is_an_impostor() -> None:
    final_url = "https://ww1.a.test/?x=1"
    assert verdict(answer(final_url=final_url)) == impostor("a parked domain, at ww1.a.test", final_url)
    assert verdict(answer(page=html(refresh="https://www.sedo.com/x"))) == impostor("a parked domain, at www.sedo.com")
    assert verdict(answer(final_url="https://www1.a.test/page"), host="www1.a.test").verdict == "redirected"


def test_a_page_with_the_words_or_script_of_a_parked_domain_is_an_impostor() -> None:
    page = html(text="buy this domain now")
    assert verdict(answer(page=page)) == impostor("a parked or lapsed domain ('buy this domain')")
    assert verdict(answer(page=html(parked_source=True))) == impostor(
        "a parked or lapsed domain ('a parking service's script')"
    )


def test_a_redirect_to_a_login_page_is_an_impostor_unless_the_address_is_one_itself() -> None:
    final_url = "https://a.test/login?next=/page"
    assert verdict(answer(final_url=final_url)) == impostor(f"a login page, {final_url}", final_url)
    assert verdict(answer(final_url=final_url), "https://a.test/sign-in").verdict == "redirected"


def test_a_login_form_is_an_impostor() -> None:
    page = html(title="Sign in to continue", asks_password=True)
    assert verdict(answer(page=page)) == impostor("a login page ('sign in to continue')")


def test_a_page_that_says_it_is_not_there_is_an_impostor() -> None:
    page = html(title="Page not found")
    assert verdict(answer(203, page=page)) == impostor("a page that says 'page not found' with status 203")


def test_an_empty_page_is_an_impostor_and_one_that_came_late_or_in_part_is_not() -> None:
    empty = impostor("an empty page")
    assert verdict(answer(page=html(text=""))) == empty
    assert verdict(answer(204)) == empty
    assert verdict(answer(205)).verdict == "working"
    assert verdict(answer(page=html(text="", extent="slow"))).verdict == "working"
    assert verdict(answer(page=FetchedPage("application/pdf", False, "whole"))).verdict == "working"


@pytest.mark.parametrize(
    "final_url",
    ["https://a.test", "https://a.test/", "https://a.test/en/", "https://a.test/Home", "https://a.test/index.html",
     "https://a.test/default.aspx", "https://a.test/en-GB"],
)  # fmt: skip
def test_the_home_page_instead_of_the_page_is_an_impostor(final_url: str) -> None:
    assert verdict(answer(final_url=final_url)) == impostor("the home page in its place", final_url)


@pytest.mark.parametrize(
    "final_url",
    ["https://a.test/homes", "https://a.test/en/page", "https://a.test/?page=3", "https://a.test/index.a.b"],
)
def test_a_page_that_is_not_the_home_page_is_no_impostor(final_url: str) -> None:
    assert verdict(answer(final_url=final_url)).verdict == "redirected"


def test_the_home_page_is_right_where_it_is_what_was_asked_for() -> None:
    assert verdict(answer(final_url="https://a.test/en/"), "https://a.test/").verdict == "redirected"
    assert verdict(answer(final_url="https://a.test/en/"), "https://a.test/?p=1").verdict == "impostor"


def test_a_page_that_calls_the_home_page_its_own_address_is_an_impostor() -> None:
    home = impostor("the home page in its place")
    for canonical in ("https://a.test/", "https://a.test", "/"):
        assert verdict(answer(page=html(canonical=canonical))) == home
    for canonical in ("https://a.test/page", "https://a.test/?page=3", "https://b.test/", ""):
        assert verdict(answer(page=html(canonical=canonical))).verdict == "working"


# ── words that are not there ───────────────────────────────────────────────────────────────────


def test_a_page_without_its_words_is_an_impostor_and_names_the_words() -> None:
    to_do = "open it by hand; it may be another's now"
    one = "answers, but is not the page: 'Telford' stands nowhere on the page"
    assert verdict(answer(), phrases=("Report", "Telford")) == Judgement("impostor", one, to_do, URL)
    two = "answers, but is not the page: 'Dawley' and 'Telford' stand nowhere on the page"
    assert verdict(answer(), phrases=("Dawley", "Telford")) == Judgement("impostor", two, to_do, URL)
    large = "answers, but is not the page: 'Telford' stands nowhere on the beginning of the page"
    assert verdict(answer(page=html(extent="large")), phrases=("Telford",)) == Judgement("impostor", large, to_do, URL)


@pytest.mark.parametrize("extent", ["slow", "broken"])
def test_a_page_that_did_not_come_whole_without_its_words_is_a_timeout_and_may_be_tried_again(extent: str) -> None:
    assert verdict(answer(page=html(extent=extent)), phrases=("Telford",)) == Judgement(
        "timeout", "the page did not come whole within 10 seconds", "open it by hand", URL, 0.0
    )


def test_a_file_whose_words_cannot_be_looked_for_is_blocked() -> None:
    page = FetchedPage("application/pdf", False, "slow")
    assert verdict(answer(page=page), phrases=("Telford",)) == Judgement(
        "blocked", "is a file (application/pdf) in which words cannot be looked for", LOOK, URL
    )


def test_another_host_counts_before_missing_words() -> None:
    assert verdict(answer(final_url="https://b.test/page"), phrases=("Telford",)).verdict == "moved-away"


# ── text from outside ──────────────────────────────────────────────────────────────────────────


def test_no_character_of_a_server_can_turn_or_hide_a_message() -> None:
    busy = verdict(answer(429, headers={"retry-after": "\x1b]0;x\x07\u202e"}))
    assert busy.seen == "the server says 429, too many requests and asks to wait: \ufffd]0;x\ufffd\ufffd"
    moved = verdict(answer(final_url="https://b.test/\u202etxt"))
    assert (moved.seen, moved.final_url) == (
        "leads to another host: https://b.test/\ufffdtxt",
        "https://b.test/\ufffdtxt",
    )
    assert verdict(Failure("broken", "one\r\ntwo")).seen == "the connection breaks off: one  two"
