"""A small project whose links lead to the stand-ins, and runs of the real link check over it."""

import fcntl
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cases import CASES, SECONDS, SLOW_SECONDS, Case, stage
from quick_linkchecker import Program
from standin import Reply, World, page

from register.links.report import CheckedLink, LinkReport, read

ROOT = Path(__file__).resolve().parents[2]
# Another user, who may read what this Python needs: it can lie in a home that is closed to others.
READ_ALL = "+dac_read_search"
BECOME = ["setpriv", "--regid", "nogroup", "--clear-groups", "--inh-caps", READ_ALL, "--ambient-caps", READ_ALL]
NOON = "1774958400"  # 31 March 2026, for which the small register and the cases are written
PAGE = '<!DOCTYPE html><html lang="en"><head><title>{}</title><meta name="description" content="{}"></head><body><h1>x</h1>{}</body></html>'
# How long a run may take before a test gives it up. Only a run that never ends by itself takes as long.
PATIENCE = 180


@dataclass
class Run:
    """What one run of the link check wrote."""

    status: int
    out: str
    err: str
    report: LinkReport | None

    def of(self, url: str) -> CheckedLink:
        """Return what the report says of an address."""
        found = [checked for checked in self.report.links if checked.url == url] if self.report else []
        assert len(found) == 1, f"{url}: {len(found)} in the report\n{self.out}{self.err}"
        return found[0]


@dataclass
class SmallProject:
    """A project with the small register and a built site that is written by hand."""

    folder: Path

    def add_links(self, text: str) -> int:
        """Add entries to data/links.yml; return the line after which they stand."""
        path = self.folder / "data" / "links.yml"
        before = path.read_text(encoding="utf-8")
        path.write_text(before + text, encoding="utf-8")
        return before.count("\n")

    def line_of(self, text: str) -> int:
        """Return the line of data/links.yml that holds a text."""
        before, found, _ = (self.folder / "data" / "links.yml").read_text(encoding="utf-8").partition(text)
        assert found, text
        return before.count("\n") + 1

    def add_page(self, address: str, body: str) -> None:
        """Add a built page."""
        path = self.folder / "site" / address / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(address or "home", address or "home", body), encoding="utf-8")

    def command(self, *arguments: str) -> list[str]:
        """Return the command ``python -m register links`` for this project; no archive is asked unless ``--copies`` says so."""
        return [sys.executable, "-m", "register", "--project", str(self.folder), "links", "--no-copies", *arguments]

    def start(self, *arguments: str, user: str | None = None, **environment: str) -> "subprocess.Popen[str]":
        """Start the link check, as another user if one is named."""
        become = [*BECOME, "--reuid", user] if user else []
        return subprocess.Popen(
            [*become, *self.command(*arguments)],
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "SOURCE_DATE_EPOCH": NOON, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self, process: "subprocess.Popen[str]") -> Run:
        """Wait for the end of a run."""
        try:
            out, err = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
        return Run(process.returncode, out, err, read(self.folder / "link-report.json"))

    def run(self, *arguments: str, user: str | None = None, **environment: str) -> Run:
        """Run the link check to its end."""
        return self.finish(self.start(*arguments, user=user, **environment))


def make_small_project(folder: Path) -> SmallProject:
    """Make a project with the small register, a home page and one more page."""
    shutil.copytree(ROOT / "tests" / "small" / "data", folder / "data")
    (folder / "docs").mkdir()
    small = SmallProject(folder)
    small.add_page("", "<a href='about/'>About</a>")
    small.add_page("about", "<a href='../'>Home</a>")
    return small


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that run the real LinkChecker over the stand-ins."""
    for item in items:
        if {"world", "case_runs"} & set(getattr(item, "fixturenames", ())):
            item.add_marker("linkchecker")


@pytest.fixture
def small(tmp_path: Path) -> SmallProject:
    """A small project that the test may change."""
    return make_small_project(tmp_path)


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Program:
    """A quick program in LinkChecker's place."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    return Program(tmp_path)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user can enter; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def world(open_folder: Path) -> Iterator[World]:
    """A world in which the small register's own links work."""
    world = World(open_folder)
    for name in ("www.gov.uk", "www.metoffice.gov.uk"):
        world.answer(f"{name}/*", Reply(page("A page", "with words")))
    yield world
    world.close()


@dataclass
class CasesRun:
    """A run over cases, and what the stand-ins saw of it: plain data, so that test processes can share it."""

    run: Run
    lines: dict[str, int]  # the line of data/links.yml that holds the address of each case, by the case's id
    files: dict[str, str]
    calls: Counter[tuple[str, str]]
    methods: Counter[str]
    moments: dict[tuple[str, str], list[float]]


TYPED = (
    '<a href="#">Empty</a> <a href="">None</a> <a href="javascript:void(0)">Script</a> '
    '<a href="https://www.example.org/">Example</a> <a href="../nowhere/">Nowhere</a> '
    '<a href="https://typed.test/page#part">Typed</a> <a href="//typed.test/other">Typed</a> '
    '<a href="mailto:a@b.test">Mail</a> <a href="https://edit.test/x" rel="nofollow">Suggest a change</a>'
)


@dataclass
class _Started:
    """A run over cases that has been started."""

    process: "subprocess.Popen[str]"
    small: SmallProject
    world: World
    lines: dict[str, int]

    def finish(self) -> CasesRun:
        """Wait for its end."""
        run = self.small.finish(self.process)
        self.world.close()
        assert run.report, run.err
        names = ("summary.md", "junit.xml", "step.md", "link-report.json")
        files = {name: (self.small.folder / name).read_text(encoding="utf-8") for name in names}
        return CasesRun(run, self.lines, files, self.world.calls, self.world.methods, self.world.moments)


def _start(folder: Path, cases: list[Case], seconds: int, user: str | None) -> _Started:
    """Start the check over some cases."""
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    world = World(folder)
    stage(world, cases)
    small = make_small_project(folder)
    lines = {case.id: small.add_links(case.entry()) + 4 for case in cases}
    small.add_page("help", " ".join(f'<a href="{case.url}">x</a>' for case in cases if case.key == "url"))
    small.add_page("typed", TYPED)
    for path in (folder / "site", folder):
        path.chmod(0o777)
    arguments = ["--timeout", str(seconds), "--pause", "0.2"]
    arguments += ["--summary", str(folder / "summary.md"), "--junit", str(folder / "junit.xml")]
    github = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(folder / "step.md")}
    return _Started(small.start(*arguments, user=user, **world.environment, **github), small, world, lines)


def _run_all(closed: Path) -> dict[str, CasesRun]:
    """Check the quick and the slow cases as the present user in a closed folder, the quick also as an ordinary user."""
    quick, slow = [case for case in CASES if not case.slow], [case for case in CASES if case.slow]
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        started = {"slow": _start(closed / "slow", slow, SLOW_SECONDS, None)}
        started["quick"] = _start(closed / "quick", quick, SECONDS, None)
        if os.geteuid() == 0:
            started["nobody"] = _start(Path(name) / "nobody", quick, SECONDS, "nobody")
        return {which: run.finish() for which, run in started.items()}


@pytest.fixture(scope="session")
def case_runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, CasesRun]:
    """The runs over all cases, made once for all test processes."""
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "case-runs"
    with Path(f"{shared}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            shared.write_bytes(pickle.dumps(_run_all(tmp_path_factory.mktemp("cases"))))
        held: dict[str, CasesRun] = pickle.loads(shared.read_bytes())
        return held


@pytest.fixture(scope="session")
def quick(case_runs: dict[str, CasesRun]) -> CasesRun:
    """The run over all cases that need no time limit, as the present user."""
    return case_runs["quick"]


@pytest.fixture(scope="session")
def slow(case_runs: dict[str, CasesRun]) -> CasesRun:
    """The run over the cases that only a limit ends, as the present user."""
    return case_runs["slow"]
