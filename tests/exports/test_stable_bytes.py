"""A file in which nothing changed stays the same, byte for byte: a day that passes changes one small file."""

import datetime
import itertools

from exported import exported
from register.model import Register
from register.state.change_days import register_changed, status_changed
from register.state.snapshot import Snapshot
from registers import TODAY, with_updates

DAY = datetime.timedelta(days=1)
COMING = [
    TODAY + DAY * passed for passed in range(400)
]  # in which promises of the sample come due, and work grows stale


def changed(one: dict[str, bytes], other: dict[str, bytes]) -> set[str]:
    """The paths of the files that differ."""
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


def test_a_day_that_passes_changes_the_day_of_the_build_alone(sample_register: Register) -> None:
    one, other = (Snapshot(sample_register, day) for day in COMING[1:3])  # within one reporting year
    assert register_changed(one) == register_changed(other)
    kept = f"data/versions/{one.version}/build.json"
    assert changed(exported(one), exported(other)) == {"data/build.json", kept}


def test_files_change_on_the_days_on_which_a_promise_is_missed_or_work_grows_stale_and_on_no_other(
    sample_register: Register,
) -> None:
    days = {day: register_changed(Snapshot(sample_register, day)) for day in COMING}
    passed = [day for before, day in itertools.pairwise(COMING) if days[before] != days[day]]
    assert len(passed) >= 3
    assert all(days[day] == day for day in passed)
    for day in passed[:3]:
        before, then, after = (exported(Snapshot(sample_register, day + DAY * by)) for by in (-1, 0, 1))
        assert "data/register.json" in changed(before, then)
        assert day + DAY in passed or {path for path in changed(then, after) if "build.json" not in path} == set()


def test_a_recommendation_that_did_not_change_keeps_its_feed_and_the_day_of_its_change(
    small_register: Register,
) -> None:
    updates = [{"date": "2026-01-10", "response": "applies"}]
    one, two = with_updates(small_register, updates, updates), with_updates(small_register, updates, [])
    before, now = Snapshot(one, TODAY), Snapshot(two, TODAY)
    assert status_changed(before.statuses[1]) == status_changed(now.statuses[1]) == datetime.date(2026, 1, 10)
    assert status_changed(now.statuses[2]) is None
