"""When to ask: every address once, the passing faults again, and all of it within a bound.

LinkChecker never retries. Here a server's passing fault is asked again after a pause that doubles, or after
the time that ``Retry-After`` asks for; silence is asked once more. Whatever happens, the run ends in time.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from register import clock
from register.links.fallback_fetch import look_again
from register.links.linkchecker import Limits, ask
from register.links.verdict import Answer, Failure, Judgement, Target, judge

_TOGETHER = 1.0  # seconds: tries that fall due so close together share one run of LinkChecker


@dataclass
class _Waiting:
    """An address that is asked again."""

    target: Target
    tries: int = 0
    due: float = 0.0


def check(
    targets: Iterable[Target], limits: Limits, told: Callable[[Target, Judgement], None]
) -> dict[Target, Judgement]:
    """Return the verdict on each target.

    Args:
        targets: each address once, without fragment.
        limits: see ``Limits``.
        told: called with each verdict once it is final, to show progress.

    Raises:
        CheckImpossible: LinkChecker cannot be run.
    """
    end = time.monotonic() + limits.whole
    waiting = {target.url: _Waiting(target) for target in targets}
    final: dict[Target, Judgement] = {}

    def take(address: str, found: Answer | Failure) -> None:
        held = waiting[address]
        judgement = judge(held.target, found, clock.moment(), limits.seconds)
        wait = _wait(held, judgement, limits)
        if wait is not None and time.monotonic() + wait < end:
            held.due = time.monotonic() + wait
            return
        del waiting[address]
        final[held.target] = _tried(judgement, held.tries)
        told(held.target, final[held.target])

    while waiting and time.monotonic() < end:
        first = max(time.monotonic(), min(held.due for held in waiting.values()))
        now = [url for url, held in waiting.items() if held.due <= first + _TOGETHER]
        _sleep_until(max(waiting[url].due for url in now))
        for url in now:
            waiting[url].tries += 1
        look_again(ask(now, limits, end, take), limits, end, take)
    for address in list(waiting):
        take(address, Failure("out-of-time"))
    return final


def _wait(held: _Waiting, judgement: Judgement, limits: Limits) -> float | None:
    """How long to wait before another try; None if there is to be none."""
    most = 2 if judgement.verdict == "timeout" else limits.tries
    if judgement.again is None or held.tries >= most or judgement.again > limits.longest_wait:
        return None
    return max(judgement.again, limits.pause * 2 ** (held.tries - 1))


def _tried(judgement: Judgement, tries: int) -> Judgement:
    """The verdict, saying how often it was tried where that matters."""
    if tries < 2 or judgement.again is None:
        return judgement
    times = {2: "twice"}.get(tries, f"{tries} times")
    seen, bracket, advice = judgement.detail.partition(" (")
    return Judgement(judgement.verdict, f"{seen}, tried {times}{bracket}{advice}", judgement.final)


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))
