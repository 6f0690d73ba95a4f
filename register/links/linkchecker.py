"""Asks addresses through the real LinkChecker, in a process of its own that can be ended at any time.

LinkChecker gets a configuration file, our plugin through its plugin folder, and the addresses on its
standard input. It writes one CSV row for each address to its standard output; the plugin writes one JSON
line for each answer to a pipe. What is known of LinkChecker 10.6 and handled here:

* as root it becomes ``nobody``: all that it reads lies in a folder that anyone can read, and the plugin
  writes to a pipe that is already open;
* it verifies certificates by its own setting, and robots.txt by ``REQUESTS_CA_BUNDLE``: both are set;
* ``~/.linkchecker`` has priority over ``$XDG_DATA_HOME``: it gets a home of its own;
* it translates its messages: it is started with English as its language;
* it reads the bodies of redirects and robots.txt to their end, whatever their size: its memory is limited, and
  addresses for which it writes no row are returned to the caller;
* it would follow redirects into private networks: our plugin lets it follow none, and addresses with redirects are
  returned to the caller;
* while it waits for a slow host it holds the lock for all hosts: addresses are sorted so that hosts take turns.
"""

import base64
import csv
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from register.characters import from_outside
from register.links.limits import Limits
from register.links.verdict import Failure, Received

_PLUGIN = Path(__file__).with_name("plugin") / "page_report.py"
_COLUMNS = ("urlname", "result", "infostring", "valid", "url")

# Receives an address and what was found there.
OnResult = Callable[[str, Received | Failure], None]


class CheckImpossible(Exception):
    """LinkChecker could not be run; the text says why and what to do."""


def ask(addresses: Iterable[str], limits: Limits, deadline: float, on_result: OnResult) -> set[str]:
    """Ask each address once through LinkChecker.

    Args:
        addresses: without fragments, each once.
        limits: for one address and for memory.
        deadline: the moment (``time.monotonic``) at which this must be over.
        on_result: called with each address and what was found, as it comes in, in this thread.

    Returns:
        The addresses for which ``on_result`` was not called: LinkChecker wrote no row for them, or an error that
        needs a closer look.

    Raises:
        CheckImpossible: LinkChecker is not installed or does not start.
    """
    waiting = set(addresses)
    if not waiting:
        return set()
    with _readable_folder() as folder, _process(folder, in_turns(waiting), limits) as process:
        listener = _Listener(waiting, limits, deadline)
        for address, found in listener.of(process):
            on_result(address, found)
        # The plugin's lines can explain every address before the first row is read.
        if (
            listener.waiting
            and process.ended
            and (not listener.started or (process.ended_badly and listener.rows == 0))
        ):
            raise CheckImpossible(_why(process.errors.read_text(errors="replace")))
        if listener.plugin_missing:
            raise CheckImpossible("LinkChecker runs without our plugin (is it another version than 10.6?)")
    return listener.waiting


def in_turns(addresses: Iterable[str]) -> list[str]:
    """Return addresses so that hosts take turns: the first of each host, then the second of each, and so on."""
    hosts = by_host(addresses).values()
    return [address for turn in zip_longest(*hosts) for address in turn if address]


def by_host(addresses: Iterable[str]) -> dict[str, list[str]]:
    """Return the addresses of each host, sorted."""
    hosts: dict[str, list[str]] = {}
    for address in sorted(addresses):
        hosts.setdefault(_host(address), []).append(address)
    return hosts


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower()


def certificate_authorities() -> str | None:
    """Return the certificate authorities that this machine's owner has set; None where the usual ones are meant."""
    names = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
    return next((os.environ[name] for name in names if os.environ.get(name)), None)


# ── the process ────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _readable_folder() -> Iterator[Path]:
    """A folder that LinkChecker can read even as ``nobody``, with our plugin where LinkChecker looks for it."""
    with tempfile.TemporaryDirectory(prefix="link-check-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        plugins = folder / "linkchecker" / "plugins"
        plugins.mkdir(parents=True)
        shutil.copy(_PLUGIN, plugins)
        yield folder


@dataclass(frozen=True)
class _Process:
    """LinkChecker at work. The two pipes are closed by the threads that read them."""

    popen: "subprocess.Popen[bytes]"
    rows: int  # the end of the pipe from which its CSV rows are read
    answers: int  # the end of the pipe from which the plugin's lines are read
    errors: Path  # what it writes to standard error

    @property
    def ended(self) -> bool:
        """Whether it ended by itself."""
        return self.popen.poll() is not None

    @property
    def ended_badly(self) -> bool:
        """Whether it ended by itself with neither "all well" (0) nor "some links are broken" (1).

        Python's own status for a module that is missing is 1, too.
        """
        return self.popen.poll() not in (None, 0, 1)


@contextmanager
def _process(folder: Path, addresses: list[str], limits: Limits) -> Iterator[_Process]:
    authorities = _readable_authorities(folder)
    rows, rows_written = os.pipe()
    answers, answers_written = os.pipe()
    config, listed, errors = folder / "linkcheckerrc", folder / "addresses", folder / "errors"
    config.write_text(_configuration(limits, answers_written, authorities), encoding="utf-8")
    listed.write_text("\n".join(addresses) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "linkcheck", "--config", str(config), "--stdin", "--check-extern"]
    command += ["--recursion-level", "0", "--output", "csv/utf-8", "--verbose", "--no-status"]
    with listed.open("rb") as standard_input, errors.open("wb") as standard_error:
        popen = subprocess.Popen(
            command,
            stdin=standard_input,
            stdout=rows_written,
            stderr=standard_error,
            cwd=folder,
            env=_environment(folder, authorities),
            pass_fds=[answers_written],
            start_new_session=True,
        )
    os.close(rows_written)
    os.close(answers_written)
    try:
        _limit_memory(popen.pid, limits.memory)
        yield _Process(popen, rows, answers, errors)
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(popen.pid, signal.SIGKILL)
        popen.wait()


def _limit_memory(pid: int, most: int) -> None:
    """Limit a process's memory where the system can (Linux)."""
    try:
        import resource

        resource.prlimit(pid, resource.RLIMIT_AS, (most, most))
    except (ImportError, AttributeError, OSError):
        return


def _configuration(limits: Limits, descriptor: int, authorities: str | None) -> str:
    verify = f"sslverify={authorities}\n" if authorities else ""
    return (
        f"[checking]\nthreads={limits.threads}\ntimeout={limits.timeout}\n{verify}"
        f'[csv]\nparts={",".join(_COLUMNS)}\nseparator=,\nquotechar="\n'
        f"[PageReport]\ndescriptor={descriptor}\nlargest={limits.page_bytes}\nseconds={limits.timeout}\n"
    )


def _environment(folder: Path, authorities: str | None) -> dict[str, str]:
    environment = dict(os.environ)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        environment[name] = str(folder)
    # Few memory arenas, because the limit is one on address space and each arena takes some without using it.
    environment |= {"LANGUAGE": "en", "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8", "MALLOC_ARENA_MAX": "2"}
    if authorities:
        environment["REQUESTS_CA_BUNDLE"] = authorities
    return environment


def _readable_authorities(folder: Path) -> str | None:
    """The certificate authorities as a file that LinkChecker can read as ``nobody``."""
    named = certificate_authorities()
    if not named or Path(named).is_dir():
        return named
    try:
        return str(shutil.copy(named, folder / "authorities.pem"))
    except OSError as error:
        raise CheckImpossible(f"the certificate authorities in '{named}' cannot be read ({error.strerror})") from None


def _why(errors: str) -> str:
    """Why LinkChecker did not start, from what it wrote to standard error."""
    last = [line.strip() for line in errors.splitlines() if line.strip()] or ["no reason given"]
    if "No module named" in errors:
        return "LinkChecker is not installed (run 'make links', which installs it)"
    reason = from_outside(last[-1], 300)
    return f"LinkChecker did not start: {reason} (as root it becomes 'nobody': can anyone read its folder?)"


# ── what it writes ─────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class _CsvRow:
    """One row of LinkChecker's CSV; LinkChecker is done with this address."""

    address: str
    result: str
    infos: str
    shown: bool  # whether LinkChecker calls the address good because a page was shown

    @property
    def is_silence(self) -> bool:
        """Whether nothing answered in time. LinkChecker names the class of requests' exception, and nothing more."""
        return self.result.startswith(("ReadTimeout", "ConnectTimeout"))

    @property
    def failure(self) -> Failure | None:
        """What it says for certain; None where a closer look is needed."""
        if self.is_silence:
            return Failure("timeout")
        return Failure("robots") if "denied by robots.txt" in self.infos else None


@dataclass(frozen=True)
class _Ended:
    """One of the two pipes has ended."""


class _Listener:
    """Reads what a LinkChecker process writes, until all is known or waiting longer makes no sense."""

    def __init__(self, waiting: set[str], limits: Limits, deadline: float) -> None:
        self.waiting = set(waiting)  # neither answered nor explained
        self.started = False  # whether LinkChecker wrote its first row, the names of the columns
        self.rows = 0
        self._shown = self._answered = 0  # addresses that LinkChecker calls good, and the plugin's lines
        self._done: set[str] = set()  # addresses that have a row; some of them are still waiting
        self._limits = limits
        self._deadline = deadline
        self._silent_hosts: set[str] = set()
        # Short, because each answer holds a page: a full queue stops the readers, and memory stays flat.
        self._events: queue.Queue[_CsvRow | tuple[str, Received] | _Ended] = queue.Queue(maxsize=8)
        self._over = threading.Event()
        self._ended = False  # whether both pipes were read to their end

    @property
    def plugin_missing(self) -> bool:
        """Whether pages were shown and the plugin, which has ended, reported none of them."""
        return self._ended and self._shown > 0 and self._answered == 0

    def of(self, process: _Process) -> Iterator[tuple[str, Received | Failure]]:
        """Yield what comes in; end when all is known, the process has ended or the time is over."""
        for read, pipe in ((self._read_rows, process.rows), (self._read_answers, process.answers)):
            threading.Thread(target=read, args=(pipe,), daemon=True).start()
        pipes, last_event = 2, time.monotonic()
        while pipes and self.waiting and time.monotonic() < self._patience_ends(last_event):
            try:
                event = self._events.get(timeout=0.1)
            except queue.Empty:
                continue
            if isinstance(event, _Ended):
                pipes -= 1
            else:
                yield from self._certain(event)
            last_event = time.monotonic()  # after what it led to, which can take some time and is not LinkChecker's
        self._over.set()
        self._ended = not pipes
        if self._ended:
            with suppress(subprocess.TimeoutExpired):
                process.popen.wait(timeout=2)

    def _patience_ends(self, last_event: float) -> float:
        """Until when to wait for another event: less long where little is to be expected."""
        left = self.waiting - self._done
        if not left:  # an answer may still be in its pipe
            patience = 0.5
        elif all(_host(address) in self._silent_hosts for address in left):
            # Less than it takes LinkChecker to give up on one of them: it asks for robots.txt before each address.
            patience = 0.75 * self._limits.timeout
        else:
            patience = 3.0 * self._limits.timeout + 2
        return min(self._deadline, last_event + patience)

    def _certain(self, event: _CsvRow | tuple[str, Received]) -> Iterator[tuple[str, Received | Failure]]:
        """What an answer or a row says for certain; every other address stays waiting for a closer look."""
        found: Received | Failure | None
        if isinstance(event, _CsvRow):
            address, found = event.address, event.failure
            self.rows += 1
            self._done.add(address)
            self._shown += event.shown
            if event.is_silence:
                self._silent_hosts.add(_host(address))
        else:
            address, found = event
            self._answered += 1
        if found and address in self.waiting:
            self.waiting.discard(address)
            yield address, found

    def _read_rows(self, pipe: int) -> None:
        """Read CSV rows; the first names the columns."""
        with suppress(ValueError, OSError, csv.Error), os.fdopen(pipe, encoding="utf-8", errors="replace") as lines:
            columns: list[str] | None = None
            for row in csv.reader(line for line in lines if not line.startswith("#")):
                if columns is None:
                    columns = row if "urlname" in row else None
                    self.started = columns is not None
                elif len(row) == len(columns):
                    self._put(_row(dict(zip(columns, row, strict=True))))
        self._put(_Ended())

    def _read_answers(self, pipe: int) -> None:
        with suppress(ValueError, OSError), os.fdopen(pipe, "rb") as lines:
            for line in lines:
                answer = json.loads(line)
                self._put((answer["address"], _answer(answer)))
        self._put(_Ended())

    def _put(self, event: _CsvRow | tuple[str, Received] | _Ended) -> None:
        while not self._over.is_set():
            with suppress(queue.Full):
                self._events.put(event, timeout=0.2)
                return


def _row(fields: dict[str, str]) -> _CsvRow:
    shown = fields["valid"] == "True" and fields["result"].startswith("2")
    return _CsvRow(fields["urlname"], fields["result"], fields["infostring"], shown)


def _answer(fields: dict[str, Any]) -> Received:
    body = base64.b64decode(fields["body"])
    return Received(
        fields["status"], fields["final_url"], fields["headers"], body, fields["extent"], tuple(fields["expiries"])
    )
