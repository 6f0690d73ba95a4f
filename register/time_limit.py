"""Ends what takes too long: code of others that reads strangers' text, whose time does not grow in step with its size.

Only Python code, and what waits for the system, can be ended in this way, and only in a program's main thread (PEP 475,
``signal``); elsewhere there is no limit.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

# What is counted: the seconds that the processor works for this program, or those that pass.
_CLOCKS = {"processor": (signal.ITIMER_PROF, signal.SIGPROF), "wall": (signal.ITIMER_REAL, signal.SIGALRM)}
_AGAIN = 5.0  # seconds until the same again, should something have swallowed it


class OutOfTime(BaseException):
    """The time is over. No ``Exception``, so that code that catches all of those does not go on."""


@contextmanager
def time_limit(seconds: float, clock: Literal["processor", "wall"]) -> Iterator[None]:
    """Run a block of code for some seconds at most.

    Raises:
        OutOfTime: in the block, when they are over.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    timer, sign = _CLOCKS[clock]
    before = signal.signal(sign, _end)
    signal.setitimer(timer, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.signal(sign, before)


def _end(*_: object) -> None:
    raise OutOfTime
