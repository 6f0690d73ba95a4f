"""Tries strangers' text for some minutes, and prints what came of it: `make fuzz MINUTES=60`.

Hypothesis keeps what made something fail in `.hypothesis/fuzz`, and tries it first the next time. What fails is mended, and
becomes a test of its own beside what it tries.
"""

import argparse
import sys
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.database import DirectoryBasedExampleDatabase

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(Path(__file__).parent)]

from targets import TARGETS, Target  # noqa: E402

EXAMPLES = 200  # of one target, before it is another's turn


@dataclass
class Tally:
    """What came of one target."""

    examples: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    slowest_text: str = ""
    failures: dict[str, str] = field(default_factory=dict)  # the place of each, with its whole traceback

    def count(self, taken: float, text: Any) -> None:
        """Note one example."""
        self.examples += 1
        self.seconds += taken
        if taken > self.slowest:
            self.slowest, self.slowest_text = taken, repr(text)[:100]


def try_once(target: Target, tally: Tally, examples: int, **chosen: Any) -> None:
    """Try a target with some texts; a failure is noted with the smallest text that makes it.

    Args:
        target: what is tried.
        tally: where it is noted.
        examples: how many texts.
        chosen: further settings of Hypothesis.
    """

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), print_blob=False, **chosen)
    @given(target.texts)
    def attempt(text: Any) -> None:
        begun = time.process_time()
        try:
            with tempfile.TemporaryDirectory() as folder:
                target.answer(Path(folder), text)
        finally:
            tally.count(time.process_time() - begun, text)

    try:
        attempt()
    except BaseException as failure:  # an exception of any kind is what is looked for
        if isinstance(failure, KeyboardInterrupt):
            raise
        for one in failure.exceptions if isinstance(failure, BaseExceptionGroup) else [failure]:
            place = traceback.extract_tb(one.__traceback__)[-1]
            name = f"{type(one).__name__} at {Path(place.filename).name}:{place.lineno}"
            tally.failures.setdefault(name, "".join(traceback.format_exception(one)))


def run(minutes: float, say: Callable[[str], None] = print) -> int:
    """Try every target in turn until the minutes are over; return how many different failures there were."""
    tallies = {name: Tally() for name in TARGETS}
    database = DirectoryBasedExampleDatabase(ROOT / ".hypothesis" / "fuzz")
    until = time.monotonic() + 60 * minutes
    while time.monotonic() < until:
        for name, target in TARGETS.items():
            if time.monotonic() < until:
                try_once(
                    target,
                    tallies[name],
                    EXAMPLES,
                    database=database,
                    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
                )
    for name, tally in tallies.items():
        for place, whole in tally.failures.items():
            say(f"── {name}: {place}\n{whole}")
    say(f"{'target':14}{'examples':>10}{'seconds':>10}{'slowest':>10}{'failures':>10}")
    for name, tally in tallies.items():
        say(
            f"{name:14}{tally.examples:>10,}{tally.seconds:>10.0f}{tally.slowest:>10.2f}{len(tally.failures):>10}  slowest: {tally.slowest_text}"
        )
    return sum(len(tally.failures) for tally in tallies.values())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=5)
    sys.exit(1 if run(parser.parse_args().minutes) else 0)
