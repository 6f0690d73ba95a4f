"""Measures speed as ratios side by side in one run: `make bench`.

Nothing here is asserted: how fast a machine is at the moment proves nothing. Every figure is the median
of several runs that take turns, so that a slow moment falls on both sides.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from projects import SAMPLE_DAY, make_project  # noqa: E402
from register import clock  # noqa: E402
from register.checks.built_site import check_site  # noqa: E402
from register.exports.files import exports  # noqa: E402
from register.load.loader import load  # noqa: E402
from register.site.build import cited_hosts  # noqa: E402
from register.site.generated_pages import generated_pages  # noqa: E402
from register.site.macros import MACROS  # noqa: E402
from register.site.mkdocs_build import run_mkdocs  # noqa: E402
from register.site.render import Renderer  # noqa: E402
from register.site.site import Site  # noqa: E402
from register.state.snapshot import Snapshot  # noqa: E402

PLAIN_MKDOCS = """\
site_name: The same pages, plain
site_url: http://127.0.0.1:8000/
theme: {name: material, font: false}
plugins: [search]
markdown_extensions: [attr_list, def_list, tables, toc]
not_in_nav: "*.md"
nav: [index.md, recommendations/index.md]
validation: {nav: {omitted_files: ignore}, links: {not_found: ignore, anchors: ignore}}
"""
NOW = str(int(time.time()))
# As on an editor's machine: Python keeps what it compiled, of this package as of all others.
USUAL = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
QUIET = {**USUAL, "NO_MKDOCS_2_WARNING": "1"}


def main() -> None:
    """Print every figure."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        _real_register(folder)
        _growth(folder)


def _real_register(folder: Path) -> None:
    """The real register against plain MkDocs and Material on the same rendered pages."""
    ours = folder / "ours"
    ours.mkdir()
    partnership = folder / "partnership"
    partnership.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", partnership)
    for name in ("data", "docs"):
        shutil.copytree(ROOT / name, partnership / name)
    make_project(ours, partnership)
    plain = _plain_copy(ours, folder / "plain")
    times = _take_turns(7, again=lambda: _site(ours), pages=lambda: _build(ours), plain=lambda: _build(plain))
    print(f"make site again, the real register (aim: at most 2 s on two cores): {times['again']:.2f} s")
    print(f"Its pages by MkDocs' own command, with load and check:              {times['pages']:.2f} s")
    print(f"Plain MkDocs and Material on the same rendered pages:               {times['plain']:.2f} s")
    print(f"Ratios to plain: {times['again'] / times['plain']:.2f}, {times['pages'] / times['plain']:.2f}")
    times = _take_turns(7, ours=lambda: _run(ours, ours), plain=lambda: _run(plain, ours))
    print(f"Without start-up and checks, both in one process: {times['ours']:.2f} s, plain {times['plain']:.2f} s")
    print(f"Ratio (aim: at most 1.15): {times['ours'] / times['plain']:.2f}")
    today = clock.today(QUIET)
    snapshot = Snapshot(load(ours / "data", today), today)
    renderer = Renderer()
    extra = _median(5, lambda: exports(snapshot, "http://127.0.0.1:8000/", renderer, today))
    print(f"Of which downloads and feeds, which the plain site has not: {extra:.2f} s")
    check = _median(5, lambda: check_site(ours / "site", ours / "docs", cited_hosts(snapshot)))
    start = _median(5, lambda: _python("-c", "import register.cli"))
    nothing = _median(5, lambda: _python("-c", "pass"))
    print(f"Check of the built site (aim: under 0.5 s): {check:.2f} s")
    print(f"Start-up of a command (aim: under 0.5 s): {start:.2f} s, of which Python itself {nothing:.2f} s")


def _growth(folder: Path) -> None:
    """What one record costs as the sample register grows."""
    costs = {}
    for times in (1, 5):
        size = 470 * times
        project = folder / f"grown-{size}"
        project.mkdir()
        make_project(project)
        _grow(project, size)
        loading = _median(
            3, lambda project=project: load(project / "data", clock.today({"SOURCE_DATE_EPOCH": SAMPLE_DAY}))
        )
        building = _median(3 if times == 1 else 1, lambda project=project: _build(project, SAMPLE_DAY))
        costs[size] = (loading / size, building / size)
        print(f"{size} records: load {loading:.2f} s, build {building:.1f} s, {1000 * building / size:.2f} ms a record")
    small, large = costs[470], costs[2350]
    print(
        f"Cost of a record at 2,350 against 470 (aim: at most 1.2): load {large[0] / small[0]:.2f}, build {large[1] / small[1]:.2f}"
    )


def _grow(project: Path, size: int) -> None:
    """Repeat the sample's records until there are so many, each with a place of its own in the report."""
    data = project / "data"
    text = (data / "recommendations.yml").read_text(encoding="utf-8")
    records = re.split(r"(?m)^(?=- number: )", text)[1:]
    grown = [_renumbered(records[n % len(records)], n + 1) for n in range(size)]
    (data / "recommendations.yml").write_text("".join(grown), encoding="utf-8")
    header = (data / "register.yml").read_text(encoding="utf-8")
    (data / "register.yml").write_text(re.sub(r"(?m)^total: \d+", f"total: {size}", header), encoding="utf-8")
    results = (data / "reported_results.yml").read_text(encoding="utf-8")
    more = re.sub(r"count: (\d+)", lambda first: f"count: {int(first[1]) + size - len(records)}", results, count=1)
    (data / "reported_results.yml").write_text(more, encoding="utf-8")


def _renumbered(record: str, number: int) -> str:
    """A record of the sample under another number; no two may quote the same words from the same page."""
    return re.sub(
        r"(?m)^    page: \d+", f"    page: {number}", re.sub(r"^- number: \d+", f"- number: {number}", record)
    )


def _plain_copy(ours: Path, plain: Path) -> Path:
    """The same pages with every macro filled in, for an MkDocs without our machinery."""
    (plain / "docs" / "recommendations").mkdir(parents=True)
    (plain / "mkdocs.yml").write_text(PLAIN_MKDOCS, encoding="utf-8")
    today = clock.today(os.environ)
    snapshot, renderer = Snapshot(load(ours / "data", today), today), Renderer()

    def fill(found: re.Match, here: str) -> str:
        name, arguments = found[1], eval(f"({found[2]},)" if found[2] else "()")
        return str(renderer.render(MACROS[name].present(snapshot, *arguments), here))

    for path in sorted((ours / "docs").rglob("*.md")):
        name = path.relative_to(ours / "docs")
        text = path.read_text(encoding="utf-8")
        here = _address(name.as_posix())
        text = re.sub(r"\{\{ (\w+)\((.*?)\) \}\}", lambda found, here=here: fill(found, here), text)
        (plain / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (plain / "docs" / name).write_text(text, encoding="utf-8")
    for page in generated_pages(snapshot):
        path = plain / "docs" / page.uri
        path.parent.mkdir(parents=True, exist_ok=True)
        text = renderer.render(page.present(), page.route.path)
        path.write_text(f"---\ntitle: {page.uri}\n---\n\n{text}\n", encoding="utf-8")
    return plain


def _address(uri: str) -> str:
    """The address of a Markdown page from the site's root."""
    return uri.removesuffix("index.md") if uri.endswith("index.md") else f"{uri.removesuffix('.md')}/"


def _site(project: Path) -> None:
    """Do what ``make site`` does where a site stands already: check, build, check what was built, swap."""
    command = [sys.executable, "-m", "register", "site"]
    environment = {**QUIET, "SOURCE_DATE_EPOCH": NOW}
    subprocess.run(command, check=True, cwd=project, env=environment, stdout=subprocess.DEVNULL)


def _run(project: Path, ours: Path) -> None:
    """Load our register and build a project's pages as ``make site`` does, in this process; a plain one has no use for it."""
    today = clock.today(QUIET)
    site = Site.of(Snapshot(load(ours / "data", today), today), ours, QUIET)
    with tempfile.TemporaryDirectory() as fresh:
        run_mkdocs(project, Path(fresh), site, QUIET)


def _build(project: Path, epoch: str = NOW) -> None:
    """Build a project's pages by MkDocs' own command and put them in place; ours load and check the register in its hooks."""
    fresh = project / ".build-bench"
    environment = {**QUIET, "SOURCE_DATE_EPOCH": epoch}
    command = [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(project / "mkdocs.yml"), "-d", str(fresh)]
    subprocess.run(command, check=True, env=environment)
    shutil.rmtree(project / "site", ignore_errors=True)
    fresh.rename(project / "site")


def _python(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT, env=USUAL)


def _take_turns(rounds: int, **contenders: Callable[[], object]) -> dict[str, float]:
    """The median seconds of each contender, run in turn after one round to warm up."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds + 1):
        for name, run in contenders.items():
            taken[name].append(_seconds(run))
    return {name: statistics.median(times[1:]) for name, times in taken.items()}


def _median(rounds: int, run: Callable[[], object]) -> float:
    return statistics.median(_seconds(run) for _ in range(rounds))


def _seconds(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
