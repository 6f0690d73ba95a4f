"""A project whose links are the stand-ins, and runs of the real link check over it."""

import fcntl
import os
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest
from cases import CASES, stage
from standin import Reply, World, page

from register.links.report import CheckedLink, LinkReport, read

ROOT = Path(__file__).resolve().parents[2]
# Another user, who may read what this Python needs: it can lie in a home that is closed to others.
READ_ALL = "+dac_read_search"
BECOME = ["setpriv", "--regid", "nogroup", "--clear-groups", "--inh-caps", READ_ALL, "--ambient-caps", READ_ALL]
NOON = "1774958400"  # 31 March 2026, the day on which the cases are told
PAGE = '<!DOCTYPE html><html lang="en"><head><title>{}</title><meta name="description" content="{}"></head><body><h1>x</h1>{}</body></html>'


@dataclass
class Place:
    """A project with data and a built site, laid out by hand."""

    folder: Path

    def add_links(self, text: str) -> int:
        """Add entries to data/links.yml; return the line after which they stand."""
        path = self.folder / "data" / "links.yml"
        before = path.read_text(encoding="utf-8")
        path.write_text(before + text, encoding="utf-8")
        return before.count("\n")

    def line_of(self, text: str) -> int:
        """The line of data/links.yml on which something stands."""
        before, found, _ = (self.folder / "data" / "links.yml").read_text(encoding="utf-8").partition(text)
        assert found, text
        return before.count("\n") + 1

    def add_page(self, address: str, body: str) -> None:
        """Add a built page."""
        path = self.folder / "site" / address / "index.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(address or "home", address or "home", body), encoding="utf-8")

    def start(self, *arguments: str, user: str | None = None, **environment: str) -> subprocess.Popen:
        """Start ``python -m register links``, as another user if one is named."""
        become = [*BECOME, "--reuid", user] if user else []
        return subprocess.Popen(
            [*become, sys.executable, "-m", "register", "--project", str(self.folder), "links", *arguments],
            cwd=ROOT,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "SOURCE_DATE_EPOCH": NOON, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, user: str | None = None, **environment: str) -> "Told":
        """Run it to its end."""
        process = self.start(*arguments, user=user, **environment)
        out, err = process.communicate(timeout=120)
        return Told(process.returncode, out, err, read(self.folder / "link-report.json"))


@dataclass
class Told:
    """What one run said."""

    status: int
    out: str
    err: str
    report: LinkReport | None

    def of(self, url: str) -> CheckedLink:
        """What the report says of an address."""
        found = [checked for checked in self.report.links if checked.url == url] if self.report else []
        assert len(found) == 1, f"{url}: {len(found)} in the report\n{self.out}{self.err}"
        return found[0]


def lay_out(folder: Path) -> Place:
    """The small register with a home page and nothing else."""
    shutil.copytree(ROOT / "tests" / "small" / "data", folder / "data")
    (folder / "docs").mkdir()
    place = Place(folder)
    place.add_page("", "<a href='about/'>About</a>")
    place.add_page("about", "<a href='../'>Home</a>")
    return place


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """A project of one's own."""
    return lay_out(tmp_path)


@pytest.fixture
def open_folder():
    """A folder that anyone can enter, as no folder of pytest's is."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def world(open_folder: Path):
    """A world in which the small register's own links work."""
    world = World(open_folder)
    for name in ("www.gov.uk", "www.metoffice.gov.uk"):
        world.answer(f"{name}/*", Reply(page("A page", "with words")))
    yield world
    world.close()


@dataclass
class Staged:
    """A run over all cases, and what the world saw of it: plain data, so that test processes can share it."""

    told: Told
    lines: dict[str, int]  # case id to the line of its address in data/links.yml
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


def start_all(folder: Path, user: str | None) -> tuple[subprocess.Popen, Place, World, dict[str, int]]:
    """Start the check over all cases."""
    world = World(folder)
    stage(world)
    place = lay_out(folder)
    lines = {}
    for case in CASES:
        before = place.add_links(case.entry())
        lines[case.id] = before + 4
    place.add_page("help", " ".join(f'<a href="{case.url}">x</a>' for case in CASES if case.key == "url"))
    place.add_page("typed", TYPED)
    for path in (place.folder / "site", place.folder):
        path.chmod(0o777)
    arguments = [
        "--timeout",
        "2",
        "--pause",
        "0.2",
        "--summary",
        str(folder / "s.md"),
        "--junit",
        str(folder / "j.xml"),
    ]
    github = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(folder / "step.md")}
    return place.start(*arguments, user=user, **world.environment, **github), place, world, lines


def run_all(closed: Path) -> dict[str, Staged]:
    """Check all cases, at once as the present user in a closed folder and as an ordinary user in an open one."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        started = {"self": start_all(closed, None)}
        if os.geteuid() == 0:
            started["nobody"] = start_all(Path(name), "nobody")
        staged = {}
        for who, (process, place, world, lines) in started.items():
            out, err = process.communicate(timeout=120)
            assert (place.folder / "link-report.json").exists(), err
            files = {
                file: (place.folder / file).read_text() for file in ("s.md", "j.xml", "step.md", "link-report.json")
            }
            told = Told(process.returncode, out, err, read(place.folder / "link-report.json"))
            staged[who] = Staged(told, lines, files, world.calls, world.methods, world.moments)
            world.close()
        return staged


@pytest.fixture(scope="session")
def everyone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Staged]:
    """The check over all cases, made once for all test processes."""
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if os.environ.get("PYTEST_XDIST_WORKER") else own) / "all-cases"
    with Path(f"{shared}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            shared.write_bytes(pickle.dumps(run_all(tmp_path_factory.mktemp("all"))))
        return pickle.loads(shared.read_bytes())


@pytest.fixture(scope="session")
def all_cases(everyone: dict[str, Staged]) -> Staged:
    """The check over all cases as the present user."""
    return everyone["self"]
