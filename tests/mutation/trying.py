"""Runs tests on a mutant, in a fork of a worker that has read all packages already.

A worker owns one copy of the project. For a mutant it writes the changed module there, forks, and lets the fork run
pytest; nothing that the fork reads or does comes back but which test failed. The fork is bounded in processor time, so
that a mutant that runs on and on is killed however busy the machine is.
"""

import compileall
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Sequence
from multiprocessing.queues import Queue
from pathlib import Path
from py_compile import PycInvalidationMode
from typing import Any

import pytest
from mutating import Mutant

MEMORY = 4 << 30  # bytes; a mutant that collects without end stops here
WAITING = 300  # seconds by the clock, for a mutant that waits for what never comes
_SAID = "said.txt"  # what pytest says of the original, in the copy
_FAST = "not browser and not linkchecker and not full_build and not shared_build"


class NotGreen(Exception):
    """The tests do not pass on the code as it is, so they say nothing of a mutant."""


def start(copies: Path, numbers: "Queue[int]") -> None:
    """Begin a worker's life: take a copy of the project, for good."""
    global _worker
    _worker = _Worker(copies / str(numbers.get()))


def survives(mutant: Mutant, tests: Sequence[str]) -> bool:
    """Return whether no test notices a mutant.

    Raises:
        NotGreen: the tests do not pass on the code as it is.
    """
    return _worker.survives(mutant, tuple(tests))


class _Worker:
    """A process with a copy of the project."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._seconds: dict[
            tuple[str, ...], dict[str, float]
        ] = {}  # for each choice of tests, how long each test takes
        self._killers: dict[str, None] = {}  # tests that killed a mutant, the latest last
        os.chdir(project)
        sys.path.insert(0, str(project))
        os.environ |= {"HYPOTHESIS_PROFILE": "mutants", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        # Read by content and not by time: a mutant is written within the same second as the original.
        compileall.compile_dir(project / "register", quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)

    def survives(self, mutant: Mutant, tests: tuple[str, ...]) -> bool:
        if tests not in self._seconds:
            self._seconds[tests] = self._of_the_original(tests)
        path = self._project / mutant.module
        original = path.read_bytes()
        path.write_text(mutant.source, encoding="utf-8")
        try:
            code, report = self._run(tests)
        finally:
            path.write_bytes(original)
        if report.get("failed"):
            self._killers.pop(report["failed"], None)
            self._killers[report["failed"]] = None
        return code == 0

    def _of_the_original(self, tests: tuple[str, ...]) -> dict[str, float]:
        """How long each test takes; what they read is read into the worker too."""
        code, report = self._run(tests, first=True)
        if code != 0:
            raise NotGreen((self._project / _SAID).read_text(encoding="utf-8"))
        for name in report["packages"]:
            importlib.import_module(name)
        return report["seconds"]

    def _run(self, tests: tuple[str, ...], first: bool = False) -> tuple[int, dict[str, Any]]:
        """Run tests in a fork: its exit code (below 0: it was stopped), and what it reports."""
        seconds = self._seconds.get(tests, {})
        latest = list(reversed(self._killers))
        recorder = _Recorder([name for name in latest if name in seconds], seconds)
        bound = 600 if first else int(10 + 5 * sum(seconds.values()))
        read, write = os.pipe()
        if not (child := os.fork()):
            try:
                os.close(read)
                code = _in_fork(tests, recorder, bound, keep=first)
                os.write(write, json.dumps(recorder.report(self._project if first else None)).encode())
            except BaseException:  # the fork must end here, whatever a mutant does
                code = 70
            os._exit(code)
        os.close(write)
        with open(read, encoding="utf-8") as pipe:  # noqa: PTH123 - a pipe has no path
            said = pipe.read()
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status), json.loads(said or "{}")


def _in_fork(tests: tuple[str, ...], recorder: "_Recorder", bound: int, keep: bool) -> int:
    said = os.open(_SAID if keep else os.devnull, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    for stream in (0, 1, 2):
        os.dup2(said, stream)
    resource.setrlimit(resource.RLIMIT_CPU, (bound, bound))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(WAITING)
    subprocess.Popen = _no_process  # type: ignore[misc,assignment]
    sys.dont_write_bytecode = not keep
    return int(
        pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--tb=short", "-m", _FAST, *tests], plugins=[recorder])
    )


def _no_process(*arguments: object, **named: object) -> None:
    """Skips a test that runs a command: it takes seconds, and what it would find the tests of the module must find."""
    pytest.skip("starts a process")


class _Recorder:
    """Puts the tests in order, those that killed before and then the fastest first, and notes how they went.

    Tests that were skipped on the original are left out.
    """

    def __init__(self, killers: list[str], seconds: dict[str, float]) -> None:
        self._place = {name: place for place, name in enumerate(killers)}
        self._seconds = seconds
        self._took: dict[str, float] = {}
        self._skipped: set[str] = set()
        self._failed = ""

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Called by pytest."""
        if self._seconds:
            items[:] = [item for item in items if item.nodeid in self._seconds]
        last = len(self._place)
        items.sort(key=lambda item: (self._place.get(item.nodeid, last), self._seconds.get(item.nodeid, 0)))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called by pytest."""
        if report.skipped:
            self._skipped.add(report.nodeid)
        self._took[report.nodeid] = self._took.get(report.nodeid, 0) + report.duration
        if report.failed:
            self._failed = report.nodeid

    def report(self, project: Path | None) -> dict[str, Any]:
        """What the worker is to know; for the original also the packages that were read."""
        if project is None:
            return {"failed": self._failed}
        outside = [name for name, module in sys.modules.items() if _is_outside(module, project)]
        seconds = {name: took for name, took in self._took.items() if name not in self._skipped}
        return {"failed": self._failed, "seconds": seconds, "packages": outside}


def _is_outside(module: object, project: Path) -> bool:
    file = getattr(module, "__file__", None)
    return bool(file) and not Path(file).is_relative_to(project) and getattr(module, "__name__", "") != "__main__"
