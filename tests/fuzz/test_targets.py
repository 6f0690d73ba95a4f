"""What `make fuzz` tries, a little of it on every run; and that a failure does not go unseen."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzzing import Tally, try_once
from projects import ROOT, SAMPLE
from register.problems import Problem
from targets import TARGETS, Target, answered, check_problems


@pytest.mark.parametrize("name", TARGETS)
def test_strangers_text_is_used_or_its_mistakes_are_said(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(TARGETS[name].texts)
    def attempt(text: object) -> None:
        folder = tmp_path_factory.mktemp("tried")
        TARGETS[name].answer(folder, text)
        shutil.rmtree(folder)

    attempt()


def _fails_with_a(folder: Path, text: str) -> None:
    if "a" in text:
        raise KeyError(text)


def _writes(folder: Path, text: str) -> None:
    with answered():
        (folder / "left").write_text(text)


def _starts(folder: Path, text: str) -> None:
    with answered():
        subprocess.run(["true"], check=False)


@pytest.mark.parametrize(
    ("answer", "kind"), [(_fails_with_a, "KeyError"), (_writes, "AssertionError"), (_starts, "AssertionError")]
)
def test_what_fails_writes_or_starts_something_is_noted_with_its_place(answer, kind: str) -> None:  # type: ignore[no-untyped-def]
    tally = Tally()
    try_once(Target(st.text(alphabet="ab"), answer), tally, 50, database=None)
    assert tally.examples > 1
    [place] = tally.failures
    assert place.startswith(f"{kind} at test_targets.py:") or place.startswith(f"{kind} at targets.py:")


@pytest.mark.parametrize(
    "problem",
    [
        Problem("data/topics.yml", 0, "", "x", "", "k"),
        Problem("data/topics.yml", 999, "", "x", "", "k"),
        Problem("data/none.yml", 2, "", "x", "", "k"),
        Problem("data/topics.yml", 1, "", "x", "", ""),
    ],
)
def test_a_problem_at_a_place_that_does_not_exist_is_a_failure(problem: Problem) -> None:
    check_problems([Problem("data/topics.yml", 1, "", "x", "", "k")], SAMPLE)
    with pytest.raises(AssertionError):
        check_problems([problem], SAMPLE)


def test_the_command_prints_what_was_tried_and_ends_in_time() -> None:
    command = [sys.executable, str(ROOT / "tests" / "fuzz" / "fuzzing.py"), "--minutes", "0"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert [line.split("  ")[0] for line in done.stdout.splitlines()] == ["target", *TARGETS]
