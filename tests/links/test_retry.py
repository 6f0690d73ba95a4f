"""When an address is asked again: the waiting time, the number of tries, the limit on the run."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.links.fetched_page import FetchedPage
from register.links.limits import Limits
from register.links.report import LinkVerdict
from register.links.retry import Batch, Schedule, waiting_time, with_tries
from register.links.verdict import Answer, Failure, Judgement, Target, judge

LIMITS = Limits(timeout=10, whole_run=600, tries=3, pause=2, longest_wait=60)
NOW = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC)
URL, OTHER = "https://a.test/", "https://b.test/"
GOOD = Answer(200, URL, {}, FetchedPage("text/html", True, "whole", text="words"))
GONE = Answer(404, URL, {}, FetchedPage("text/html", True, "whole", text="words"))
BROKEN = Failure("broken", "why")


def take(schedule: Schedule, url: str, found: Answer | Failure, now: float) -> Judgement | None:
    """Let a schedule take in the verdict on what was found at an address."""
    return schedule.take(url, judge(Target(url), found, NOW, LIMITS.timeout), now)


def passing(retry_after: float | None, verdict: LinkVerdict = "server-fault") -> Judgement:
    """A verdict after which another try may help."""
    return Judgement(verdict, "seen", "do", URL, retry_after)


# ── how long to wait ───────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("tries", "seconds"), [(1, 2.0), (2, 4.0)])
def test_the_pause_doubles_with_each_try(tries: int, seconds: float) -> None:
    assert waiting_time(passing(0.0), tries, LIMITS) == seconds


def test_there_are_no_more_tries_than_the_limit() -> None:
    assert waiting_time(passing(0.0), 3, LIMITS) is None
    assert waiting_time(passing(0.0), 3, Limits(tries=4, pause=2)) == 8.0


def test_where_nothing_answers_there_are_two_tries() -> None:
    assert waiting_time(passing(0.0, "timeout"), 1, LIMITS) == 2.0
    assert waiting_time(passing(0.0, "timeout"), 2, LIMITS) is None


def test_what_cannot_change_is_not_tried_again() -> None:
    assert waiting_time(passing(None), 1, LIMITS) is None


@pytest.mark.parametrize(("asked", "seconds"), [(1.0, 2.0), (2.0, 2.0), (3.5, 3.5), (60.0, 60.0)])
def test_a_server_that_asks_for_more_time_than_the_pause_gets_it(asked: float, seconds: float) -> None:
    assert waiting_time(passing(asked), 1, LIMITS) == seconds


def test_a_server_that_asks_for_more_time_than_there_is_is_not_tried_again() -> None:
    assert waiting_time(passing(60.5), 1, LIMITS) is None


# ── what the verdict says of it ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("tries", "seen"), [(1, "seen"), (2, "seen, tried twice"), (3, "seen, tried 3 times")])
def test_a_verdict_says_how_often_an_address_was_tried(tries: int, seen: str) -> None:
    assert with_tries(passing(0.0), tries) == Judgement("server-fault", seen, "do", URL, 0.0)


def test_a_verdict_that_cannot_change_does_not_say_how_often_it_was_tried() -> None:
    assert with_tries(passing(None), 3) == passing(None)


def test_brackets_in_what_was_seen_stay_where_they_are() -> None:
    judgement = Judgement("server-fault", "breaks off: reset (by peer)", "do", None, 0.0)
    assert with_tries(judgement, 2).seen == "breaks off: reset (by peer), tried twice"


# ── the schedule ───────────────────────────────────────────────────────────────────────────────


def schedule(*urls: str, deadline: float = 700.0, limits: Limits = LIMITS) -> Schedule:
    """A schedule that begins at 100 seconds."""
    return Schedule([Target(url) for url in urls], limits, deadline)


def test_every_address_is_asked_at_once_in_the_first_batch() -> None:
    assert schedule(URL, OTHER).next_batch(100.0) == Batch([URL, OTHER], 100.0)


def test_without_addresses_there_is_no_batch() -> None:
    assert schedule().next_batch(100.0) is None


def test_a_final_verdict_is_returned_and_kept_and_its_address_is_not_asked_again() -> None:
    held = schedule(URL)
    held.next_batch(100.0)
    judgement = take(held, URL, GOOD, 101.0)
    assert judgement == Judgement("working", "answers; no words are given to know the page by", "", URL)
    assert held.verdicts == {URL: judgement}
    assert (held.unfinished(), held.next_batch(101.0)) == ([], None)


def test_an_error_that_may_pass_is_asked_about_again_after_the_pause() -> None:
    held = schedule(URL)
    held.next_batch(100.0)
    assert take(held, URL, BROKEN, 101.0) is None
    assert (held.verdicts, held.unfinished()) == ({}, [URL])
    assert held.next_batch(101.0) == Batch([URL], 103.0)
    assert take(held, URL, BROKEN, 104.0) is None
    assert held.next_batch(104.0) == Batch([URL], 108.0)
    judgement = take(held, URL, BROKEN, 109.0)
    assert judgement is not None
    assert judgement.seen == "the connection breaks off: why, tried 3 times"
    assert held.verdicts == {URL: judgement}


def test_an_address_that_works_at_last_says_nothing_of_its_tries() -> None:
    held = schedule(URL)
    held.next_batch(100.0)
    take(held, URL, BROKEN, 101.0)
    held.next_batch(103.0)
    judgement = take(held, URL, GOOD, 104.0)
    assert judgement is not None
    assert judgement.seen == "answers; no words are given to know the page by"


def test_tries_that_fall_due_within_a_second_share_a_batch_that_waits_for_the_last_of_them() -> None:
    held = schedule(URL, OTHER)
    held.next_batch(100.0)
    take(held, URL, BROKEN, 101.0)
    take(held, OTHER, BROKEN, 102.0)
    assert held.next_batch(102.0) == Batch([URL, OTHER], 104.0)


def test_tries_that_fall_due_more_than_a_second_apart_are_batches_of_their_own() -> None:
    held = schedule(URL, OTHER)
    held.next_batch(100.0)
    take(held, URL, BROKEN, 101.0)
    take(held, OTHER, BROKEN, 102.5)
    assert held.next_batch(102.5) == Batch([URL], 103.0)


def test_tries_that_are_overdue_are_asked_now() -> None:
    held = schedule(URL, OTHER)
    held.next_batch(100.0)
    take(held, URL, BROKEN, 101.0)
    take(held, OTHER, BROKEN, 150.0)
    assert held.next_batch(151.5) == Batch([URL, OTHER], 152.0)
    assert schedule(URL).next_batch(300.0) == Batch([URL], 300.0)


def test_another_try_that_would_come_after_the_end_of_the_run_is_not_waited_for() -> None:
    early, late = schedule(URL, deadline=103.1), schedule(URL, deadline=103.0)
    for held in (early, late):
        held.next_batch(100.0)
    assert take(early, URL, BROKEN, 101.0) is None
    judgement = take(late, URL, BROKEN, 101.0)
    assert judgement is not None
    assert judgement.seen == "the connection breaks off: why"


def test_an_address_that_the_run_could_not_reach_is_a_timeout() -> None:
    held = schedule(URL)
    held.next_batch(100.0)
    assert take(held, URL, Failure("out-of-time"), 700.0) == Judgement(
        "timeout", "not reached before the whole check had to end", "run it again, or raise --limit"
    )


FOUND = st.sampled_from(
    [GOOD, GONE, BROKEN, Failure("timeout"), Failure("refused"), Answer(429, URL, {"retry-after": "30"}, GOOD.page)]
)


@given(st.lists(st.lists(FOUND, min_size=4, max_size=4), min_size=1, max_size=5))
def test_whatever_is_found_every_address_gets_one_final_verdict_after_at_most_three_tries(
    found: list[list[Answer | Failure]],
) -> None:
    urls = [f"https://a.test/{n}" for n in range(len(found))]
    held, now, tries, final = schedule(*urls), 100.0, dict.fromkeys(urls, 0), list[str]()
    while batch := held.next_batch(now):
        assert batch.due >= now
        now = batch.due
        for url in batch.addresses:
            judgement = take(held, url, found[urls.index(url)][tries[url]], now)
            tries[url] += 1
            final += [url] if judgement else []
    assert sorted(final) == urls == sorted(held.verdicts)
    assert max(tries.values()) <= 3
    assert now < 700.0
