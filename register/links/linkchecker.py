"""Asks addresses through the real LinkChecker, in a process of its own that can be ended at any time.

LinkChecker gets a configuration file, our plugin through its plugin folder, and the addresses on its
standard input. It gives one CSV row for each address on its standard output; the plugin gives one JSON
line for each answer through a pipe. What is known of LinkChecker 10.6 and handled here:

* as root it becomes ``nobody``: all that it reads lies in a folder that anyone can read, and the plugin
  writes to a pipe that is already open;
* it verifies certificates by its own setting, and robots.txt by ``REQUESTS_CA_BUNDLE``: both are set;
* ``~/.linkchecker`` would win over ``$XDG_DATA_HOME``: it gets a home of its own;
* it translates its messages: it is asked for English ones;
* it reads redirects' bodies and robots.txt to their end, whatever their size: its memory is bounded, and
  an address without a row is the caller's to look at again;
* it waits for a slow host while it holds the lock for all hosts: addresses are given host by host in turn.
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
from urllib.parse import urlsplit

from register.links.fetched_page import read_page
from register.links.verdict import Answer, Failure

_PLUGIN = Path(__file__).with_name("plugin") / "page_report.py"
_COLUMNS = ("urlname", "result", "infostring", "valid", "url")
_ENDED = object()


class CheckImpossible(Exception):
    """LinkChecker could not be run; the text says why and what to do."""


@dataclass(frozen=True)
class Limits:
    """How much time, memory and patience one run may take."""

    seconds: int = 10  # for one server to begin its answer, and again for the page to come
    whole: float = 600.0  # seconds for the whole run
    tries: int = 3  # for a passing fault; two for silence
    pause: float = 2.0  # seconds before the second try, doubled before the third
    longest_wait: float = 60.0  # seconds that Retry-After may ask for
    largest: int = 512 * 1024  # bytes of a page that are read
    threads: int = 32  # addresses that are asked at once; LinkChecker itself asks one host at most ten times a second
    memory: int = 768 * 1024 * 1024  # bytes that LinkChecker's process may take


Take = Callable[[str, Answer | Failure], None]


def ask(addresses: Iterable[str], limits: Limits, end: float, take: Take) -> set[str]:
    """Ask each address once through LinkChecker.

    Args:
        addresses: without fragments, each once.
        limits: for one address and for memory.
        end: the moment (``time.monotonic``) at which this must be over.
        take: called with each address and what was found, as it comes in. What LinkChecker could not
            explain is not passed on.

    Returns:
        The addresses that were not explained: LinkChecker gave no row, or a fault that needs a closer look.

    Raises:
        CheckImpossible: LinkChecker is not there or does not start.
    """
    waiting = set(addresses)
    if not waiting:
        return set()
    with _folder() as folder, _process(folder, in_turn(waiting), limits) as process:
        listening = _Listening(waiting, limits, end)
        for address, found in listening.to(process):
            take(address, found)
        if process.ended_badly and listening.rows == 0:
            raise CheckImpossible(_why(process.complaints.read_text(errors="replace")))
        if listening.plugin_missing:
            raise CheckImpossible("LinkChecker runs without our plugin (is it another version than 10.6?)")
    return listening.waiting


def in_turn(addresses: Iterable[str]) -> list[str]:
    """Return addresses so that the hosts take turns: the first of each host, then the second of each, …"""
    hosts: dict[str, list[str]] = {}
    for address in sorted(addresses):
        hosts.setdefault(urlsplit(address).netloc.lower(), []).append(address)
    return [address for turn in zip_longest(*hosts.values()) for address in turn if address]


@contextmanager
def _folder() -> Iterator[Path]:
    """A folder that LinkChecker can read even as ``nobody``."""
    with tempfile.TemporaryDirectory(prefix="link-check-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        plugins = folder / "linkchecker" / "plugins"
        plugins.mkdir(parents=True)
        shutil.copy(_PLUGIN, plugins)
        yield folder


@dataclass(frozen=True)
class _Process:
    """LinkChecker at work."""

    popen: subprocess.Popen
    answers: int  # the pipe's end from which the plugin's lines are read; its reader closes it
    complaints: Path  # what it writes to standard error

    @property
    def ended_badly(self) -> bool:
        """Whether it ended by itself with neither "all well" (0) nor "some links are broken" (1)."""
        return self.popen.poll() not in (None, 0, 1)


@contextmanager
def _process(folder: Path, addresses: list[str], limits: Limits) -> Iterator[_Process]:
    reading, writing = os.pipe()
    authorities = _authorities(folder)
    config = folder / "linkcheckerrc"
    config.write_text(_configuration(limits, writing, authorities), encoding="utf-8")
    (folder / "addresses").write_text("\n".join(addresses) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "linkcheck", "--config", str(config), "--stdin", "--check-extern"]
    command += ["--recursion-level", "0", "--output", "csv/utf-8", "--verbose", "--no-status"]
    with (folder / "addresses").open("rb") as given, (folder / "complaints").open("wb") as complaints:
        popen = subprocess.Popen(
            command,
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=complaints,
            cwd=folder,
            env=_environment(folder, authorities),
            pass_fds=[writing],
            start_new_session=True,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        os.close(writing)
        process = _Process(popen, reading, folder / "complaints")
        try:
            _bound_memory(popen.pid, limits.memory)
            yield process
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(popen.pid, signal.SIGKILL)
            popen.wait()
            popen.stdout.close()


def _bound_memory(pid: int, most: int) -> None:
    """Bound a process's memory where the system can (Linux)."""
    try:
        import resource

        resource.prlimit(pid, resource.RLIMIT_AS, (most, most))
    except (ImportError, AttributeError, OSError):
        return


def _configuration(limits: Limits, descriptor: int, authorities: Path | str | None) -> str:
    verify = f"sslverify={authorities}\n" if authorities else ""
    return (
        f"[checking]\nthreads={limits.threads}\ntimeout={limits.seconds}\n{verify}"
        f'[csv]\nparts={",".join(_COLUMNS)}\nseparator=,\nquotechar="\n'
        f"[PageReport]\ndescriptor={descriptor}\nlargest={limits.largest}\nseconds={limits.seconds}\n"
    )


def _environment(folder: Path, authorities: Path | str | None) -> dict[str, str]:
    environment = dict(os.environ)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
        environment[name] = str(folder)
    # Few memory arenas, so that the bound on address space is a bound on memory.
    environment |= {"LANGUAGE": "en", "LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "utf-8", "MALLOC_ARENA_MAX": "2"}
    if authorities:
        environment["REQUESTS_CA_BUNDLE"] = str(authorities)
    return environment


def authorities() -> str | None:
    """Return the certificate authorities that this machine's owner has set; None where the usual ones are meant."""
    names = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")
    return next((os.environ[name] for name in names if os.environ.get(name)), None)


def _authorities(folder: Path) -> Path | str | None:
    """The same, as a file that LinkChecker can read as ``nobody``."""
    named = authorities()
    if not named or Path(named).is_dir():
        return named
    try:
        return Path(shutil.copy(named, folder / "authorities.pem"))
    except OSError as error:
        raise CheckImpossible(f"the certificate authorities in '{named}' cannot be read ({error.strerror})") from None


class _Listening:
    """Follows a LinkChecker process until it has told all, or until waiting longer makes no sense."""

    def __init__(self, waiting: set[str], limits: Limits, end: float):
        self.waiting = set(waiting)  # neither answered nor explained
        self.rows = 0
        self._shown = self._answered = 0  # addresses that LinkChecker calls good, and the plugin's lines
        self._rowed: set[str] = set()  # waiting, though LinkChecker is done with them
        self._limits = limits
        self._end = end
        self._silent_hosts: set[str] = set()
        # Short, because each answer holds a page: the pipes wait meanwhile, and memory stays flat.
        self._events: queue.Queue = queue.Queue(maxsize=8)
        self._over = threading.Event()

    @property
    def plugin_missing(self) -> bool:
        """Whether pages were shown and the plugin told of none."""
        return self._shown > 0 and self._answered == 0

    def to(self, process: _Process) -> Iterator[tuple[str, Answer | Failure]]:
        """Yield what comes in; end when all is told, the process has ended or the time is up."""
        for read, source in ((self._read_rows, process.popen.stdout), (self._read_answers, process.answers)):
            threading.Thread(target=read, args=(source,), daemon=True).start()
        sources, heard = 2, time.monotonic()
        while sources and self.waiting and time.monotonic() < self._until(heard):
            try:
                event = self._events.get(timeout=0.1)
            except queue.Empty:
                continue
            heard = time.monotonic()
            if event is _ENDED:
                sources -= 1
            else:
                yield from self._explained(*event)
        self._over.set()
        if not sources:
            with suppress(subprocess.TimeoutExpired):
                process.popen.wait(timeout=2)

    def _until(self, heard: float) -> float:
        """How long to go on listening: silence ends it, sooner where little is to be hoped for."""
        left = self.waiting - self._rowed
        if not left:  # an answer may still be in its pipe
            patience = 0.5
        elif all(_host(address) in self._silent_hosts for address in left):
            # Less than it takes LinkChecker to give up on one of them: it asks each address's robots.txt in turn.
            patience = 0.75 * self._limits.seconds
        else:
            patience = 3.0 * self._limits.seconds + 2
        return min(self._end, heard + patience)

    def _explained(self, address: str, told: Answer | dict) -> Iterator[tuple[str, Answer | Failure]]:
        """What an answer or a row says for certain; all else stays waiting for a closer look."""
        if isinstance(told, dict):
            self.rows += 1
            self._rowed.add(address)
            self._shown += told["valid"] == "True" and told["result"][:1] == "2"
            told = self._certain(address, told)
        else:
            self._answered += 1
        if told and address in self.waiting:
            self.waiting.discard(address)
            yield address, told

    def _certain(self, address: str, row: dict[str, str]) -> Failure | None:
        if row["result"].startswith(("ReadTimeout", "ConnectTimeout")):
            self._silent_hosts.add(_host(address))
            return Failure("timeout")
        if row["result"].startswith("TooManyRedirects"):
            return Failure("loop")
        return Failure("robots") if "denied by robots.txt" in row["infostring"] else None

    def _read_rows(self, stream: Iterable[str]) -> None:
        """Read CSV rows; the first names the columns."""
        with suppress(ValueError, OSError, csv.Error):
            columns = None
            for row in csv.reader(line for line in stream if not line.startswith("#")):
                if columns is None:
                    columns = row if "urlname" in row else None
                elif len(row) == len(columns):
                    told = dict(zip(columns, row, strict=True))
                    self._tell((told["urlname"], told))
        self._tell(_ENDED)

    def _read_answers(self, descriptor: int) -> None:
        with suppress(ValueError, OSError), os.fdopen(descriptor, "rb") as lines:
            for line in lines:
                told = json.loads(line)
                self._tell((told["address"], _answer(told)))
        self._tell(_ENDED)

    def _tell(self, event: object) -> None:
        while not self._over.is_set():
            with suppress(queue.Full):
                self._events.put(event, timeout=0.2)
                return


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower()


def _answer(told: dict) -> Answer:
    page = read_page(base64.b64decode(told["body"]), told["headers"].get("content-type", ""), told["whole"])
    return Answer(told["status"], told["final"], told["headers"], page, tuple(told["expiries"]))


def _why(said: str) -> str:
    last = [line for line in said.splitlines() if line.strip()] or ["no reason given"]
    if "No module named" in said:
        return "LinkChecker is not installed (run 'make links', which installs it)"
    return f"LinkChecker did not start: {last[-1].strip()} (as root it becomes 'nobody': can anyone read its folder?)"
