"""Whatever the servers do, the check ends in time and keeps its memory."""

import os
import subprocess
import sys
import time
from pathlib import Path

from standin import Reply, endless, page, silent_page

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 60
DAY = "1774958400"  # 31 March 2026, for which the small register is written

# Runs a command and writes the most memory (KiB) that it or anything it started ever held.
MEASURE = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:]); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)
ENTRY = (
    "- id: l{n}\n  name: L{n}\n  owner: O\n  url: https://host{host}.test/{n}\n  confirmed: {{by: E, on: 2024-01-05}}\n"
)


def _many(place, world, links: int, hosts: int, behaviour) -> None:
    text = []
    for n in range(links):
        host = n % hosts
        text.append(ENTRY.format(n=n, host=host))
        world.answer(f"host{host}.test/{n}", behaviour(n))
    place.add_links("".join(text))


def _measured(place, world, *arguments: str) -> tuple[float, int, str]:
    """Seconds, kibibytes and what was said."""
    command = [sys.executable, "-m", "register", "--project", str(place.folder), "links", *arguments]
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *command], cwd=ROOT, env={**os.environ, **world.environment, "SOURCE_DATE_EPOCH": DAY},
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    return time.monotonic() - begun, int(done.stdout.splitlines()[-1]), done.stdout


def test_20_of_200_links_that_hang_cost_the_time_of_two_tries_not_of_twenty(place, world):
    ordinary = Reply(page("An ordinary page", "words " * 2000))
    _many(place, world, 200, 40, lambda n: silent_page if n % 10 == 3 else ordinary)
    seconds, memory, out = _measured(place, world, "--timeout", "2", "--pause", "0.2", "--limit", str(LIMIT))
    assert "205 links: 184 working, 20 timeout, 1 unconfirmed." in out
    assert seconds < 20 * 2 * 2 / 2  # half of what two tries of each take one after the other; `make bench` measures it
    assert memory < 250 * 1024


def test_20_links_that_hang_on_one_host_do_not_wait_for_each_other(place, world):
    _many(place, world, 20, 1, lambda n: silent_page)
    world.answer("host0.test/robots.txt", silent_page)
    seconds, _, out = _measured(place, world, "--timeout", "1", "--pause", "0.2", "--limit", "100")
    assert "25 links: 4 working, 20 timeout, 1 unconfirmed." in out
    assert seconds < 20 * 2 * 1  # what two tries of each would take, one after the other


def test_the_whole_run_is_bounded_and_says_what_it_did_not_reach(place, world):
    _many(place, world, 60, 1, lambda n: Reply(page("p", "words")) if n == 0 else silent_page)
    seconds, _, out = _measured(place, world, "--timeout", "30", "--limit", "6")
    out = " ".join(out.split())
    assert seconds < 6 + 14  # far from the 30 seconds of a single try, however slow the machine is
    assert "not reached before the whole check had to end (run it again, or raise --limit)" in out


def test_memory_stays_flat_with_endless_pages(place, world):
    _many(place, world, 16, 16, lambda n: endless)
    _, memory, out = _measured(place, world, "--timeout", "3", "--pause", "0.2")
    assert "21 links: 20 working, 1 unconfirmed." in out
    assert memory < 250 * 1024
