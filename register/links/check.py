"""Asks about every address, through LinkChecker and without it, as often as the schedule says, and ends in time."""

import time
from collections.abc import Callable, Iterable
from typing import Any

from register import clock
from register.links.fallback_fetch import fetch_all
from register.links.limits import Limits
from register.links.linkchecker import ask
from register.links.page_reader import PageReader, Reading
from register.links.retry import Schedule
from register.links.verdict import Failure, Judgement, Received, Target

OnVerdict = Callable[[Judgement], None]


def check(targets: Iterable[Target], limits: Limits, on_verdict: OnVerdict) -> dict[str, Judgement]:
    """Return the verdict on each target, by its address.

    Args:
        targets: each address once, without fragment.
        limits: of this run.
        on_verdict: called with each verdict once it is final, to show progress.

    Raises:
        CheckImpossible: LinkChecker, or the process that reads pages, cannot be run.
    """
    return {address: judgement for address, (judgement, _) in check_and_read(targets, limits, on_verdict, None).items()}


def check_and_read(
    targets: Iterable[Target], limits: Limits, on_verdict: OnVerdict, reading: Reading | None
) -> dict[str, tuple[Judgement, Any]]:
    """Do as ``check`` does, and return with each verdict what the answer was read for besides.

    Args:
        targets: each address once, without fragment.
        limits: of this run.
        on_verdict: called with each verdict once it is final, to show progress.
        reading: what else the answers are read for; what it returns is None for an address without an answer.

    Raises:
        CheckImpossible: LinkChecker, or the process that reads pages, cannot be run.
    """
    deadline = time.monotonic() + limits.whole_run
    by_address = {target.url: target for target in targets}
    schedule = Schedule(by_address.values(), limits, deadline)
    read: dict[str, Any] = {}
    with PageReader(limits, reading) as reader:

        def take(address: str, found: Received | Failure) -> None:
            judgement, read[address] = reader.judge(by_address[address], found, clock.moment())
            if final := schedule.take(address, judgement, time.monotonic()):
                on_verdict(final)

        while (now := time.monotonic()) < deadline and (batch := schedule.next_batch(now)):
            time.sleep(max(0.0, batch.due - now))
            fetch_all(ask(batch.addresses, limits, deadline, take), limits, deadline, take)
        for address in schedule.unfinished():
            take(address, Failure("out-of-time"))
    return {address: (judgement, read[address]) for address, judgement in schedule.verdicts.items()}
