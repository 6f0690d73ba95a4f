"""When to ask: every address once, those with passing errors again, and all of it within a time limit.

LinkChecker never retries. Here an error that may pass is asked about again after a pause that doubles, or after the
time that ``Retry-After`` asks for; where nothing answers, once more only. No clock, no sockets.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from register.links.limits import Limits
from register.links.verdict import Judgement, Target

_BATCH = 1.0  # seconds: tries that fall due within this time share one run of LinkChecker


@dataclass(frozen=True)
class Batch:
    """Addresses that are asked in one run of LinkChecker."""

    addresses: list[str]
    due: float  # the moment at which all of them may be asked


@dataclass
class _Waiting:
    """An address without a final verdict."""

    target: Target
    tries: int = 0
    due: float = 0.0


class Schedule:
    """Which addresses are asked when. It reads no clock: every moment is an argument, in seconds of one clock."""

    def __init__(self, targets: Iterable[Target], limits: Limits, deadline: float) -> None:
        self.verdicts: dict[str, Judgement] = {}  # by address; final ones only
        self._limits = limits
        self._deadline = deadline
        self._waiting = {target.url: _Waiting(target) for target in targets}

    def next_batch(self, now: float) -> Batch | None:
        """Return what to ask next and count it as a try; None once every verdict is final."""
        if not self._waiting:
            return None
        first = max(now, min(waiting.due for waiting in self._waiting.values()))
        batch = [waiting for waiting in self._waiting.values() if waiting.due <= first + _BATCH]
        for waiting in batch:
            waiting.tries += 1
        return Batch([waiting.target.url for waiting in batch], max(now, *(waiting.due for waiting in batch)))

    def take(self, address: str, judgement: Judgement, now: float) -> Judgement | None:
        """Take in the verdict on what was found at an address.

        Args:
            address: one of the last batch.
            judgement: on what it answered this time, or why it did not.
            now: the present moment, in the schedule's own seconds.

        Returns:
            The verdict if it is final; None if the address is to be asked again.
        """
        waiting = self._waiting[address]
        wait = waiting_time(judgement, waiting.tries, self._limits)
        if wait is not None and now + wait < self._deadline:
            waiting.due = now + wait
            return None
        del self._waiting[address]
        final = with_tries(judgement, waiting.tries)
        self.verdicts[address] = final
        return final

    def unfinished(self) -> list[str]:
        """Return the addresses without a final verdict."""
        return list(self._waiting)


def waiting_time(judgement: Judgement, tries: int, limits: Limits) -> float | None:
    """Return how many seconds to wait before another try; None if there is to be none.

    Args:
        judgement: what the last try found.
        tries: how many there were.
        limits: of this run.
    """
    most = 2 if judgement.verdict == "timeout" else limits.tries
    if judgement.retry_after is None or tries >= most or judgement.retry_after > limits.longest_wait:
        return None
    return max(judgement.retry_after, limits.pause * 2.0 ** (tries - 1))


def with_tries(judgement: Judgement, tries: int) -> Judgement:
    """Return the verdict, saying how often the address was asked where that matters."""
    if tries < 2 or judgement.retry_after is None:
        return judgement
    times = "twice" if tries == 2 else f"{tries} times"
    return replace(judgement, seen=f"{judgement.seen}, tried {times}")
