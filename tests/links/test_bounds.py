"""Whatever the servers do, the check ends in time and its memory stays limited.

None of these tests measures seconds: they count requests, or compare what ends before what.
"""

import subprocess
import sys

from conftest import NOON, PATIENCE, ROOT, SmallProject
from standin import Behaviour, Rendezvous, Reply, World, endless, page, silent_page

MOST_MEMORY = 250 * 1024  # KiB; LinkChecker alone takes about a third of it
# Runs a command and writes the most memory (KiB) that it, or any process it started, held at any time.
MEASURE = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:]); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)
ENTRY = (
    "- id: l{n}\n  name: L{n}\n  owner: O\n  url: https://host{host}.test/{n}\n  confirmed: {{by: E, on: 2024-01-05}}\n"
)


def add_links(small: SmallProject, world: World, behaviours: list[Behaviour], hosts: int) -> None:
    """Add a link for each behaviour; the links are on so many hosts, in turns."""
    small.add_links("".join(ENTRY.format(n=n, host=n % hosts) for n in range(len(behaviours))))
    for n, behaviour in enumerate(behaviours):
        world.answer(f"host{n % hosts}.test/{n}", behaviour)


def measured(small: SmallProject, world: World, *arguments: str) -> tuple[int, str]:
    """Run the check; return the most memory that it took, in kibibytes, and what it wrote."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *small.command(*arguments)], cwd=ROOT, env={**world.machine, "SOURCE_DATE_EPOCH": NOON},
        capture_output=True, text=True, check=True, timeout=PATIENCE,
    )  # fmt: skip
    *out, memory = done.stdout.splitlines()
    return int(memory), "\n".join(out)


def test_20_of_80_links_that_do_not_answer_are_waited_for_at_the_same_time(small: SmallProject, world: World) -> None:
    ordinary = Reply(page("An ordinary page", "words " * 2000))
    together = Rendezvous(20, ordinary)  # none of the 20 is answered before all of them have been asked
    add_links(small, world, [together if n % 4 == 3 else ordinary for n in range(80)], hosts=40)
    memory, out = measured(small, world, "--timeout", "3600")  # no wait for a single one would end within PATIENCE
    assert "\n85 links: 84 working, 1 unconfirmed.\n" in out
    assert memory < MOST_MEMORY


def test_20_links_on_one_host_that_never_answers_are_not_waited_for_one_after_the_other(
    small: SmallProject, world: World
) -> None:
    add_links(small, world, [silent_page] * 20, hosts=1)
    world.answer("host0.test/robots.txt", silent_page)
    run = small.run("--timeout", "1", "--pause", "0.2", **world.environment)
    assert "\n25 links: 4 working, 20 timeout, 1 unconfirmed.\n" in run.out
    requests = sum(number for (host, _), number in world.calls.items() if host == "host0.test")
    assert 0 < requests < 20  # two tries of each would be 40, each with a wait of its own


def test_the_limit_ends_a_run_that_would_still_be_waiting_without_it(small: SmallProject, world: World) -> None:
    add_links(small, world, [silent_page] * 60, hosts=1)
    limited = small.start("--timeout", "3600", "--limit", "4", **world.environment)
    unlimited = small.start("--timeout", "3600", "--limit", "3600", **world.environment)
    run = small.finish(limited)
    still_waiting = unlimited.poll() is None
    unlimited.terminate()
    unlimited.communicate(timeout=PATIENCE)
    assert still_waiting
    assert run.status == 1
    assert len(run.report.links) == 65
    late = run.of("https://host0.test/59")
    assert (late.verdict, late.detail) == (
        "timeout",
        "not reached before the whole check had to end (run it again, or raise --limit)",
    )


def test_memory_stays_limited_with_endless_pages(small: SmallProject, world: World) -> None:
    add_links(small, world, [endless] * 16, hosts=16)
    memory, out = measured(small, world, "--timeout", "20")
    assert "\n21 links: 20 working, 1 unconfirmed.\n" in out
    assert memory < MOST_MEMORY
