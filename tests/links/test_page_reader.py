"""An answer is judged within its own bounds of time and memory, and what exceeds them concerns no other answer."""

import datetime
import multiprocessing
import multiprocessing.spawn

import pytest
from cases import MANY_ATTRIBUTES

from register.links.limits import Limits
from register.links.linkchecker import CheckImpossible
from register.links.page_reader import PageReader
from register.links.verdict import Failure, Judgement, Received, Target

NOW = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)
URL = "https://a.test/"
LOOK = "not proof of anything: open it by hand, and say so under 'excuse' in data/links.yml"
ORDINARY = b"<title>The report</title><p>words"
PATIENT = 300.0  # seconds: more than any of these pages takes, so that only the other bound can end it
SLOW_PAGE = MANY_ATTRIBUTES.encode()


def received(body: bytes = ORDINARY, expiries: tuple[str, ...] = ()) -> Received:
    """An answer with a body."""
    return Received(200, URL, {"content-type": "text/html"}, body, "whole", expiries)


def judged(reader: PageReader, found: Received | Failure, *phrases: str) -> tuple[str, str]:
    """The verdict on what was found, and what was seen."""
    judgement, _ = reader.judge(Target(URL, "", phrases), found, NOW)
    return judgement.verdict, judgement.seen


WORKING = ("working", "shows 'report'")


def test_an_answer_is_read_and_judged() -> None:
    with PageReader(Limits()) as reader:
        assert judged(reader, received(), "report") == WORKING
        assert judged(reader, received(), "absent")[0] == "impostor"
        soon = received(expiries=("Nov 25 13:00:00 2026 GMT",))
        assert judged(reader, soon) == ("certificate", "the certificate ends in 1 day")


def test_no_answer_is_judged_without_the_other_process() -> None:
    with PageReader(Limits()) as reader:
        assert judged(reader, Failure("loop"))[0] == "loop"
        assert multiprocessing.active_children() == []


def test_a_page_that_takes_too_long_gets_a_verdict_and_the_next_is_read() -> None:
    with PageReader(Limits(page_seconds=0.5)) as reader:
        judgement, _ = reader.judge(Target(URL), received(SLOW_PAGE), NOW)
    seen = "it answers, and its answer cannot be judged: to read it takes more than 0.5 seconds"
    assert judgement == Judgement("blocked", seen, LOOK)
    with PageReader(Limits(page_seconds=2)) as reader:
        for _ in range(2):
            assert judged(reader, received(SLOW_PAGE))[0] == "blocked"
            assert judged(reader, received(), "report") == WORKING


def test_a_page_that_takes_too_much_memory_gets_a_verdict_and_the_next_is_read() -> None:
    with PageReader(Limits(page_seconds=PATIENT)) as reader:
        verdict, seen = judged(reader, received(b"<p>x" * 5_000_000))
        assert (verdict, seen) == (
            "blocked",
            "it answers, and its answer cannot be judged: to read it takes more than 500 MB of memory",
        )
        assert judged(reader, received(), "report") == WORKING


def test_a_process_that_breaks_down_gets_a_verdict_and_the_next_page_is_read() -> None:
    with PageReader(Limits()) as reader:
        assert judged(reader, received(), "report") == WORKING
        (process,) = multiprocessing.active_children()
        process.kill()
        process.join()
        broken = "it answers, and its answer cannot be judged: the program that reads it broke down"
        assert judged(reader, received(), "report") == ("blocked", broken)
        assert judged(reader, received(), "report") == WORKING


def test_an_error_in_judging_one_answer_concerns_no_other() -> None:
    wrong = received(expiries=("not a date",))
    with PageReader(Limits()) as reader:
        error = "it answers, and its answer cannot be judged: to read it ends in an error (ValueError)"
        assert judged(reader, wrong) == ("blocked", error)
        assert judged(reader, received(), "report") == WORKING


def test_the_process_is_kept_from_page_to_page_and_ended_in_the_end() -> None:
    with PageReader(Limits()) as reader:
        judged(reader, received())
        first = multiprocessing.active_children()
        judged(reader, received())
        assert multiprocessing.active_children() == first
        assert len(first) == 1
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("program", ["/bin/false", "/nowhere/python"])
def test_a_process_that_does_not_start_makes_the_check_impossible(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(multiprocessing.spawn, "_python_exe", program.encode())
    with PageReader(Limits()) as reader, pytest.raises(CheckImpossible) as raised:
        judged(reader, received())
    assert str(raised.value) == "the process that reads pages does not start (is there enough memory?)"
