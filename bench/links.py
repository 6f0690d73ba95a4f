"""Measures the link check against LinkChecker alone and lychee, on the same stand-ins in one run: `make bench`.

Speed is shown as ratios side by side, each figure the median of runs that take turns. Besides speed it counts
what a link check is for: how many wrong pages each tool calls good. Nothing here is asserted.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "links")]

from cases import CASES, Case, stage  # noqa: E402
from conftest import make_small_project  # noqa: E402
from standin import Reply, World, page, silent_page  # noqa: E402

from register.links.report import GOOD, NAME, read  # noqa: E402

SECONDS = "2"
RUNS = 3
PATIENCE = 60
# A redirect whose body never ends takes all memory of LinkChecker alone; lychee waits the hour that Retry-After asks for.
LEFT_OUT = ("endlessredirect", "busier")
ENDING = ".stand-in.uk"  # lychee does not ask for names in .test
ENTRY = "- id: l{n}\n  name: L{n}\n  owner: O\n  url: {url}\n  confirmed: {{by: E, on: 2024-01-05}}\n"
Tool = Callable[[list[str], World, Path], set[str] | None]


def main() -> None:
    """Print every figure."""
    _speed("200 links on 40 hosts, all answer", lambda n: False)
    _speed("200 links on 40 hosts, 20 never answer", lambda n: n % 10 == 3)
    _wrong_pages()


def ours(urls: list[str], world: World, folder: Path) -> set[str]:
    """Our check; returns the addresses it calls good."""
    small = make_small_project(folder)
    small.add_links("".join(ENTRY.format(n=n, url=url) for n, url in enumerate(urls)))
    small.run("--timeout", SECONDS, "--pause", "0.2", **world.environment)
    report = read(folder / NAME)
    return {checked.url for checked in report.links if checked.verdict in GOOD}


def linkchecker(urls: list[str], world: World, folder: Path) -> set[str]:
    """LinkChecker alone, with as many threads and the same time limit; returns what it calls valid."""
    folder.chmod(0o755)
    config = folder / "linkcheckerrc"
    config.write_text(
        f"[checking]\nthreads=32\ntimeout={SECONDS}\nsslverify={world.authorities}\n[csv]\nparts=urlname,valid\nseparator=,\n"
    )
    command = [sys.executable, "-m", "linkcheck", "--config", str(config), "--stdin", "--check-extern", "-r0"]
    done = _run([*command, "--verbose", "--no-status", "-ocsv/utf-8"], world, "\n".join(urls))
    return {line.rsplit(",", 1)[0] for line in done.splitlines() if line.endswith(",True")}


def lychee(urls: list[str], world: World, folder: Path) -> set[str] | None:
    """lychee with the same time limit and one further try; returns what it calls good, None if it is not installed."""
    program = shutil.which("lychee", path=f"{Path(sys.executable).parent}:{os.environ.get('PATH', '')}")
    if not program:
        return None
    command = [program, "--no-progress", "--timeout", SECONDS, "--max-retries", "1", "--retry-wait-time", "1"]
    listed = folder / "links.txt"
    listed.write_text("\n".join(urls) + "\n")
    done = _run([*command, "--format", "detailed", "--mode", "plain", str(listed)], world, "")
    bad = {line.split()[1] for line in done.splitlines() if line.startswith("[") and " (at " in line}
    return set(urls) - bad


TOOLS: dict[str, Tool] = {"ours": ours, "LinkChecker alone": linkchecker, "lychee": lychee}


def _run(command: list[str], world: World, given: str) -> str:
    """What a tool writes; what it wrote until then if it does not end."""
    environment = {**os.environ, **world.environment, "SSL_CERT_FILE": str(world.authorities)}
    environment.pop("SSL_CERT_DIR", None)  # lychee would trust that folder instead
    try:
        done = subprocess.run(
            command, input=given, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        return done.stdout + done.stderr
    except subprocess.TimeoutExpired as late:
        print(f"  {Path(command[0]).name} {' '.join(command[1:3])}: stopped after {PATIENCE} seconds, it had not ended")
        return (late.stdout or b"").decode() + (late.stderr or b"").decode()


def _speed(title: str, hangs: Callable[[int], bool]) -> None:
    """Time every tool in turn on the same addresses."""
    taken: dict[str, list[float]] = {}
    for _ in range(RUNS):
        for name, tool in TOOLS.items():
            with tempfile.TemporaryDirectory() as scratch:
                world, urls = _world(Path(scratch), hangs)
                begun = time.monotonic()
                if tool(urls, world, _inside(scratch)) is not None:
                    taken.setdefault(name, []).append(time.monotonic() - begun)
                world.close()
    print(title)
    base = statistics.median(taken["ours"])
    for name, seconds in taken.items():
        median = statistics.median(seconds)
        print(f"  {name:<20} {median:6.1f} s   {median / base:5.2f} of ours")


def _world(folder: Path, hangs: Callable[[int], bool]) -> tuple[World, list[str]]:
    folder.chmod(0o755)
    world = World(folder)
    world.ending = ENDING
    ordinary = Reply(page("An ordinary page", "words " * 2000))
    urls = [f"https://host{n % 40}{ENDING}/{n}" for n in range(200)]
    for n in range(200):
        world.answer(f"host{n % 40}.test/{n}", silent_page if hangs(n) else ordinary)
    for name in ("www.gov.uk", "www.metoffice.gov.uk"):
        world.answer(f"{name}/*", ordinary)
    return world, urls


def _inside(scratch: str) -> Path:
    folder = Path(scratch) / "run"
    folder.mkdir()
    return folder


def _wrong_pages() -> None:
    """Count the addresses that lead readers wrong or nowhere, and yet are called good."""
    cases = [case for case in CASES if case.key == "url" and not case.more and not any(n in case.url for n in LEFT_OUT)]
    wrong = [case for case in cases if case.verdict not in GOOD]
    right = [case for case in cases if case.verdict in GOOD]
    print(f"{len(wrong)} addresses that do not show their page, {len(right)} that do")
    for name, tool in TOOLS.items():
        with tempfile.TemporaryDirectory() as scratch:
            Path(scratch).chmod(0o755)
            world = World(Path(scratch))
            world.ending = ENDING
            stage(world, cases)
            good = _judged(tool, cases, world, _inside(scratch))
            world.close()
        if good is not None:
            missed, refused = sum(_url(case) in good for case in wrong), sum(_url(case) not in good for case in right)
            print(f"  {name:<20} {missed:3} wrong ones called good, {refused:3} right ones called broken")


def _url(case: Case) -> str:
    return case.url.replace(".test", ENDING)


def _judged(tool: Tool, cases: list, world: World, folder: Path) -> set[str] | None:
    if tool is not ours:
        return tool([_url(case) for case in cases], world, folder)
    small = make_small_project(folder)
    small.add_links("".join(case.entry() for case in cases).replace(".test", ENDING))
    small.run("--timeout", SECONDS, "--pause", "0.2", **world.environment)
    return {checked.url for checked in read(folder / NAME).links if checked.verdict in GOOD}


if __name__ == "__main__":
    main()
