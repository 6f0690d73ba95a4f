"""Reads and judges what servers sent, in a process of its own: a page that takes too much time or memory ends only that.

The process is kept from page to page. It is ended, and another one started for the next page, when a page takes longer
than its time; by itself it ends when the system gives it no more memory.
"""

import datetime
import multiprocessing
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Any, NamedTuple, Self

from lxml import etree

from register.links.limits import Limits
from register.links.linkchecker import CheckImpossible
from register.links.verdict import Answer, Failure, Judgement, Received, Target, judge

_STARTS_WITHIN = 60  # seconds: far more than the start of a Python process takes on a busy machine

# What else an answer is read for, within the same bounds: a function of a module, since it is called in the other process.
Reading = Callable[[Target, Received, Answer], Any]


class _Work(NamedTuple):
    """One answer to judge."""

    target: Target
    received: Received
    moment: datetime.datetime
    timeout: int
    reading: Reading | None


class _Reply(NamedTuple):
    """The verdict on it, and what else was read in it."""

    judgement: Judgement
    read: Any


class PageReader:
    """Judges answers, each within its own bounds. Used with ``with``: its process is ended behind it."""

    def __init__(self, limits: Limits, reading: Reading | None = None) -> None:
        """Begin.

        Args:
            limits: for one answer.
            reading: what else each answer is read for.
        """
        self._limits = limits
        self._reading = reading
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self._end()

    def judge(self, target: Target, found: Received | Failure, moment: datetime.datetime) -> tuple[Judgement, Any]:
        """Return the verdict on what was found at an address; one on the answer itself if it cannot be read.

        With it comes what the answer was read for besides; None if there is no answer, or it cannot be read.

        Args:
            target: the address and what its page must show.
            found: the answer, unread, or why there is none.
            moment: the present one.

        Raises:
            CheckImpossible: the process that reads does not start.
        """
        if isinstance(found, Received):
            reply = self._reply(_Work(target, found, moment, self._limits.timeout, self._reading))
            if isinstance(reply, _Reply):
                return reply
            found = Failure("unreadable", reply)
        return judge(target, found, moment, self._limits.timeout), None

    def _reply(self, work: _Work) -> _Reply | str:
        """The verdict, or why there is none."""
        connection = self._connection or self._start()
        try:
            connection.send(work)
            if connection.poll(self._limits.page_seconds):
                reply: _Reply | str = connection.recv()
                return reply
        except (EOFError, OSError):
            self._end()
            return "the program that reads it broke down"
        self._end()
        return f"to read it takes more than {self._limits.page_seconds:g} seconds"

    def _start(self) -> Connection:
        context = multiprocessing.get_context("spawn")
        own, other = context.Pipe()
        self._process = context.Process(target=_read_and_judge, args=(other, self._limits.page_memory), daemon=True)
        with suppress(EOFError, OSError):
            _start_deaf(self._process)
            other.close()
            if own.poll(_STARTS_WITHIN) and own.recv() == "ready":
                self._connection = own
                return own
        self._end()
        raise CheckImpossible("the process that reads pages does not start (is there enough memory?)")

    def _end(self) -> None:
        if self._process and self._process.pid:
            self._process.kill()
            self._process.join()
        if self._connection:
            self._connection.close()
        self._process = self._connection = None


def _start_deaf(process: SpawnProcess) -> None:
    """Start a process that Ctrl-C does not reach.

    Ctrl-C goes to every process of a terminal. This one is ended by us, and would write a traceback.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# ── in the other process ───────────────────────────────────────────────────────────────────────


def _read_and_judge(connection: Connection, memory: int) -> None:
    """Judge one answer after the other until the other side is gone."""
    _limit_memory(memory)
    connection.send("ready")
    with suppress(EOFError):
        while True:
            connection.send(_judged(connection.recv(), memory))


def _judged(work: _Work, memory: int) -> _Reply | str:
    """The verdict on one answer, or why there is none. Whatever goes wrong with one answer concerns no other."""
    try:
        answer = work.received.read()
        read = work.reading and work.reading(work.target, work.received, answer)
        return _Reply(judge(work.target, answer, work.moment, work.timeout), read)
    except (MemoryError, etree.XMLSyntaxError):  # the second is libxml2's; it never refuses HTML for another reason
        return f"to read it takes more than {memory // 1_000_000} MB of memory"
    except Exception as error:
        return f"to read it ends in an error ({type(error).__name__})"


def _limit_memory(most: int) -> None:
    """Limit this process's memory where the system can: macOS refuses, and Windows has no such limit."""
    if sys.platform == "win32":
        return
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
