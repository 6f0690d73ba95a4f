"""What a listener hears: pages read by Orca with Firefox, compared with transcripts that people can review.

``make spoken-aloud`` runs this; ``make test`` does not. ``make spoken-aloud WRITE=1`` writes the transcripts again: read the
difference as a listener would before it is committed.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hosting import Host, SiteHandler, changed_copy
from listening import Listener
from readings import (
    READINGS,
    Reading,
    all_words,
    bare,
    difference,
    landmarks,
    missing_from,
    numbers_left_out,
    said_twice,
    transcript,
)

TRANSCRIPTS = Path(__file__).parent / "transcripts"

HELP_LINES = [
    "Police, emergency. Telephone 999. Anyone in immediate danger. Any time.",
    "Exampleshire Front Door (fictional). Telephone 01632 960 001. Monday to Friday, 9am to 5pm.",
    "Exampleshire Night Team (fictional). Telephone 01632 960 002. Weekday evenings and nights. All day at weekends.",
    "Sample Line (fictional). Telephone 0808 157 0001. Children and young people under 19. 24 hours.",
]  # fmt: skip


def read(url: str, keys: Callable[[Reading], None]) -> Reading:
    """Read a page aloud by some keys."""
    with Listener(url) as listener:
        reading = Reading(listener, listener.rest())
        keys(reading)
    return reading


@pytest.fixture(scope="session")
def heard(built_sample: Path) -> Iterator[Callable[[str], Reading]]:
    """What was heard of a page, by its name; each is read once."""
    known: dict[str, Reading] = {}
    with Host(SiteHandler, directory=built_sample) as host:

        def once(name: str) -> Reading:
            if name not in known:
                path, keys = READINGS[name]
                known[name] = read(host.address + path, keys)
            return known[name]

        yield once


@pytest.mark.parametrize("name", READINGS)
def test_a_page_is_heard_as_reviewed(
    heard: Callable[[str], Reading], name: str, request: pytest.FixtureRequest
) -> None:
    path, now = TRANSCRIPTS / f"{name}.txt", transcript(heard(name))
    if request.config.getoption("--write-spoken"):
        path.write_text(now, encoding="utf-8")
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    if now != before:
        pytest.fail(
            f"{name} is heard differently: review it, then make spoken-aloud WRITE=1\n{difference(before, now)}",
            pytrace=False,
        )


@pytest.mark.parametrize("name", READINGS)
def test_nothing_is_said_twice_in_one_breath(heard: Callable[[str], Reading], name: str) -> None:
    assert said_twice(heard(name)) == []


@pytest.mark.parametrize("name", ["record", "help"])
def test_a_page_that_is_read_out_in_one_go_leaves_out_no_date(heard: Callable[[str], Reading], name: str) -> None:
    assert numbers_left_out(heard(name)) == []


@pytest.mark.parametrize("name", ["home", "record"])
def test_each_help_line_is_said_once_with_name_number_and_hours(heard: Callable[[str], Reading], name: str) -> None:
    said = all_words(heard(name))
    below = said[said.rindex("Get help now heading level 2.") :]
    assert missing_from(bare(below), list(map(bare, HELP_LINES))) is None
    for number in ("Telephone 999 link", "01632 960 001", "01632 960 002", "0808 157 0001"):
        assert below.count(number) == 1, number


def test_the_state_of_a_recommendation_is_said_before_its_history(heard: Callable[[str], Reading]) -> None:
    order = [
        "Share a worry about a child on the same day heading level 1.", "Response: applies.", "Progress: under way.", "step 3 of 4",
        "By 30 September 2026", "What happened heading level 2.", "24 February 2026 heading level 3.", "update 10",
    ]  # fmt: skip
    assert missing_from(all_words(heard("record")), order) is None


def test_a_record_has_no_more_landmarks_than_a_reader_would_jump_to(heard: Callable[[str], Reading]) -> None:
    assert landmarks(heard("record")) == 7


def test_how_many_are_found_is_said_when_the_list_is_narrowed_and_when_the_search_answers(
    heard: Callable[[str], Reading],
) -> None:
    narrowed = ["1 of 14 found", "14 of 14 found", "under consideration (1) 1 of 14 found", "applies (6) 6 of 14 found"]
    assert missing_from(all_words(heard("list")), narrowed) is None
    assert missing_from(all_words(heard("search")), ["7 results", "Help first."]) is None


def worst_parts(reading: Reading) -> None:
    """Two parts of the record that are made worse."""
    reading.jump_to("h", "In short")
    reading.press(*["Down"] * 3)
    reading.jump_to("h", "Get help now")
    reading.press(*["Down"] * 3)


def test_a_page_made_worse_is_heard(built_sample: Path, tmp_path: Path) -> None:
    worse = {
        "<dd>24 February 2026</dd>": '<dd><time datetime="2044-04-04">4 April 2044</time></dd>',
        'aria-label="Telephone 999">': ">",
        '<section>\n<h2 id="promised">': '<section aria-labelledby="promised">\n<h2 id="promised">',
    }
    copy = changed_copy(built_sample, tmp_path, {"recommendations/3/index.html": worse})
    with Host(SiteHandler, directory=copy) as host:
        reading = read(host.address + "recommendations/3/", worst_parts)
    assert said_twice(reading) == ["4 April 2044"]
    assert "2044" in numbers_left_out(reading)
    assert missing_from(bare(all_words(reading)), list(map(bare, HELP_LINES))) == bare(HELP_LINES[0])
    assert landmarks(reading) == 8
