"""Runs tests on a mutant, in a fork of a worker that has read nearly everything already.

A worker owns one copy of the project. It reads pytest, all packages, and those modules that do not import the mutated one.
For a mutant it writes the changed module into its copy, forks, and lets the fork run pytest; nothing that the fork reads or
does comes back but which test failed. The fork is bounded in processor time, so that a mutant that runs on and on is
stopped however busy the machine is.
"""

import compileall
import contextlib
import gc
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Container, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Original:
    """How the tests of a module run on the code as it is."""

    seconds: dict[str, float]  # each test that counts, with how long it takes
    packages: list[str]  # the modules that they read from outside the project
    modules: list[str]  # the package's own that they read


def start(copies: Path, numbers: "Queue[int]") -> None:
    """Begin a worker's life: take a copy of the project."""
    global _project
    _project = copies / str(numbers.get())
    os.chdir(_project)
    sys.path.insert(0, str(_project))
    os.environ |= {"HYPOTHESIS_PROFILE": "mutants", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    # Read by content and not by time: a mutant is written within the same second as the original.
    compileall.compile_dir(_project / "register", quiet=2, invalidation_mode=PycInvalidationMode.CHECKED_HASH)


def start_on(copies: Path, numbers: "Queue[int]", original: Original, unaffected: Container[str]) -> None:
    """Begin the life of a worker that tries the mutants of one module: read what no mutant of it changes."""
    global _tests
    start(copies, numbers)
    for name in (*original.packages, *(name for name in original.modules if name in unaffected)):
        with contextlib.suppress(ImportError):  # a test may have read a file by another way
            importlib.import_module(name)
    _tests = _Tests(original.seconds)
    gc.freeze()  # what is read stays shared with the forks


def try_original(tests: Sequence[str]) -> Original:
    """Return how tests run on the code as it is.

    Raises:
        NotGreen: one of them fails.
    """
    code, report = _run(tests, _Recorder([], {}), bound=600, keep=True)
    if code != 0:
        raise NotGreen((_project / _SAID).read_text(encoding="utf-8"))
    return Original(report["seconds"], report["packages"], report["modules"])


def survives(mutant: Mutant, tests: Sequence[str]) -> bool:
    """Return whether no test notices a mutant."""
    path = _project / mutant.module
    original = path.read_bytes()
    path.write_text(mutant.source, encoding="utf-8")
    try:
        code, report = _run(tests, _Recorder(_tests.killers(), _tests.seconds), _tests.bound)
    finally:
        path.write_bytes(original)
    _tests.remember(report.get("failed", ""))
    return code == 0


class _Tests:
    """What a worker knows of the tests."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self.seconds = seconds
        self.bound = int(10 + 5 * sum(seconds.values()))  # seconds of processor time for one mutant
        self._killers: dict[str, None] = {}

    def killers(self) -> list[str]:
        """Return the tests that killed a mutant, the latest first: mutants of one line are noticed by the same tests."""
        return list(reversed(self._killers))

    def remember(self, failed: str) -> None:
        """Remember which test killed a mutant."""
        self._killers.pop(failed, None)
        if failed in self.seconds:
            self._killers[failed] = None


def _run(tests: Sequence[str], recorder: "_Recorder", bound: int, keep: bool = False) -> tuple[int, dict[str, Any]]:
    """Run tests in a fork: its exit code (below 0: it was stopped), and what it reports."""
    read, write = os.pipe()
    if not (child := os.fork()):
        try:
            os.close(read)
            code = _in_fork(tests, recorder, bound, keep)
            os.write(write, json.dumps(recorder.report(keep)).encode())
        except BaseException:  # the fork must end here, whatever a mutant does
            code = 70
        os._exit(code)
    os.close(write)
    with open(read, encoding="utf-8") as pipe:  # noqa: PTH123 - a pipe has no path
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), json.loads(said or "{}")


def _in_fork(tests: Sequence[str], recorder: "_Recorder", bound: int, keep: bool) -> int:
    said = os.open(_SAID if keep else os.devnull, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
    for stream in (0, 1, 2):
        os.dup2(said, stream)
    resource.setrlimit(resource.RLIMIT_CPU, (bound, bound))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(WAITING)
    subprocess.Popen.__init__ = _no_process  # type: ignore[method-assign,assignment]
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
        self._took[report.nodeid] = self._took.get(report.nodeid, 0) + report.duration
        if report.skipped:
            self._skipped.add(report.nodeid)
        if report.failed:
            self._failed = report.nodeid

    def report(self, whole: bool) -> dict[str, Any]:
        """Return which test failed; of the original also how long each test took and which packages were read."""
        if not whole:
            return {"failed": self._failed}
        seconds = {name: took for name, took in self._took.items() if name not in self._skipped}
        outside = [name for name, module in sys.modules.items() if _is_outside(module)]
        own = [name for name in sys.modules if name.partition(".")[0] == "register"]
        return {"failed": self._failed, "seconds": seconds, "packages": outside, "modules": own}


def _is_outside(module: object) -> bool:
    file = getattr(module, "__file__", None)
    return bool(file) and not Path(file).is_relative_to(_project) and getattr(module, "__name__", "") != "__main__"
