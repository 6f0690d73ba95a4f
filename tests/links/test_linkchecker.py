"""What is read from LinkChecker's process, shown with a program that takes LinkChecker's place and is quick."""

import time

import pytest
from quick_linkchecker import Program, line

from register.links.limits import Limits
from register.links.linkchecker import CheckImpossible, ask, by_host, in_turns
from register.links.verdict import Failure, Received

ONE, TWO = "https://a.test/1", "https://a.test/2"


def asked(*addresses: str, timeout: int = 10, seconds: float = 60) -> tuple[dict[str, Received | Failure], set[str]]:
    """What was found at some addresses, and which were left without an explanation."""
    found: dict[str, Received | Failure] = {}
    left = ask(addresses, Limits(timeout=timeout), time.monotonic() + seconds, found.__setitem__)
    return found, left


# ── what its rows and lines say ────────────────────────────────────────────────────────────────


def test_an_answer_is_what_the_plugin_wrote(program: Program) -> None:
    program.writes(f"{ONE},200 OK,,True,{ONE}", lines=(line(ONE, final_url=TWO, status=203),))
    found, left = asked(ONE)
    answer = found[ONE]
    assert isinstance(answer, Received)
    assert (answer.status, answer.final_url, answer.headers) == (203, TWO, {"content-type": "text/html"})
    assert (answer.read().page.title, answer.extent) == ("Report", "whole")
    assert answer.expiries == ("Nov 24 12:00:00 2026 GMT",)
    assert left == set()


@pytest.mark.parametrize(
    ("row", "failure"),
    [
        ("ReadTimeout: HTTPSConnectionPool,,False,", Failure("timeout")),
        ("ConnectTimeout: HTTPSConnectionPool,,False,", Failure("timeout")),
        ('200 OK,"one\nAccess denied by robots.txt, checked only syntax.",True,', Failure("robots")),
    ],
)
def test_a_row_that_says_for_certain_why_there_is_no_answer_is_a_failure(
    row: str, failure: Failure, program: Program
) -> None:
    program.writes(f"{ONE},{row}{ONE}", f"{TWO},200 OK,,True,{TWO}", lines=(line(TWO),))
    found, left = asked(ONE, TWO)
    assert (found[ONE], left) == (failure, set())


@pytest.mark.parametrize(
    "row",
    [
        "ConnectionError: HTTPSConnectionPool,,False,",
        "TooManyRedirects: Exceeded 0 redirects.,,False,",
        "Error: ReadTimeout,,False,",
        "200 OK,,True,",
        "404,,False,",
    ],
)
def test_a_row_that_says_nothing_for_certain_leaves_its_address_to_a_closer_look(row: str, program: Program) -> None:
    program.writes(f"{ONE},{row}{ONE}", lines=(line(TWO),))
    found, left = asked(ONE, TWO)
    assert (list(found), left) == ([TWO], {ONE})


def test_an_address_without_a_row_is_left_to_a_closer_look(program: Program) -> None:
    program.writes(f"{ONE},200 OK,,True,{ONE}", lines=(line(ONE),))
    found, left = asked(ONE, TWO)
    assert (list(found), left) == ([ONE], {TWO})


def test_lines_and_rows_that_nobody_asked_for_or_that_are_cut_off_change_nothing(program: Program) -> None:
    program.writes(f"{TWO},200 OK,,True,{TWO}", "cut,off", lines=(line(TWO), line(TWO), line(ONE)))
    found, left = asked(ONE)
    assert (list(found), left) == ([ONE], set())


def test_without_addresses_nothing_is_started(program: Program) -> None:
    program.does("raise SystemExit(3)")
    assert asked() == ({}, set())


def test_a_program_that_falls_silent_is_left_as_soon_as_every_address_has_its_row(program: Program) -> None:
    program.writes(f"{ONE},404 Not Found,,False,{ONE}", then="time.sleep(3600)")
    assert asked(ONE) == ({}, {ONE})


def test_a_program_that_falls_silent_is_left_at_the_deadline(program: Program) -> None:
    program.writes(then="time.sleep(3600)")
    assert asked(ONE, timeout=3600, seconds=1) == ({}, {ONE})


# ── when it does not run ───────────────────────────────────────────────────────────────────────


def test_without_linkchecker_the_message_says_how_to_install_it(program: Program) -> None:
    with pytest.raises(CheckImpossible) as raised:
        asked(ONE)
    assert str(raised.value) == "LinkChecker is not installed (run 'make links', which installs it)"


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("import sys; sys.stderr.write('first\\nlast \\n\\n'); sys.exit(3)", "last"),
        ("raise SystemExit(3)", "no reason given"),
    ],
)
def test_a_linkchecker_that_does_not_start_is_quoted(code: str, reason: str, program: Program) -> None:
    program.does(code)
    with pytest.raises(CheckImpossible) as raised:
        asked(ONE)
    assert str(raised.value) == (
        f"LinkChecker did not start: {reason} (as root it becomes 'nobody': can anyone read its folder?)"
    )


@pytest.mark.parametrize("status", [0, 1])
def test_a_linkchecker_that_ends_without_a_word_did_not_start_whatever_its_status(
    status: int, program: Program
) -> None:
    program.does(f"raise SystemExit({status})")
    with pytest.raises(CheckImpossible, match="LinkChecker did not start: no reason given"):
        asked(ONE)


@pytest.mark.parametrize(("status", "runs"), [(0, True), (1, True), (3, False)])
def test_a_linkchecker_without_rows_has_run_if_its_status_says_so(status: int, runs: bool, program: Program) -> None:
    program.writes(then=f"sys.exit({status})")
    if runs:
        assert asked(ONE) == ({}, {ONE})
    else:
        with pytest.raises(CheckImpossible, match="LinkChecker did not start: no reason given"):
            asked(ONE)


def test_a_linkchecker_that_breaks_down_after_its_first_row_has_run(program: Program) -> None:
    program.writes(f"{ONE},404 Not Found,,False,{ONE}", then="sys.exit(3)")
    assert asked(ONE) == ({}, {ONE})


def test_a_linkchecker_that_did_not_load_our_plugin_is_refused(program: Program) -> None:
    program.writes(f"{ONE},200 OK,,True,{ONE}")
    with pytest.raises(CheckImpossible) as raised:
        asked(ONE)
    assert str(raised.value) == "LinkChecker runs without our plugin (is it another version than 10.6?)"


def test_authorities_that_cannot_be_read_are_named(monkeypatch: pytest.MonkeyPatch, program: Program) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere.pem")
    with pytest.raises(CheckImpossible) as raised:
        asked(ONE)
    assert str(raised.value) == (
        "the certificate authorities in '/nowhere.pem' cannot be read (No such file or directory)"
    )


# ── in which order ─────────────────────────────────────────────────────────────────────────────


def test_hosts_take_turns() -> None:
    given = ["https://c.test/2", "https://a.test/1", "https://a.test/2", "https://b.test/1", "https://c.test/1"]
    assert in_turns(given) == [
        "https://a.test/1",
        "https://b.test/1",
        "https://c.test/1",
        "https://a.test/2",
        "https://c.test/2",
    ]


def test_a_host_is_the_same_in_any_letter_case_and_another_at_another_port() -> None:
    assert by_host(["https://a.test/2", "https://A.test/1", "https://a.test:8443/1"]) == {
        "a.test": ["https://A.test/1", "https://a.test/2"],
        "a.test:8443": ["https://a.test:8443/1"],
    }
