"""What is different between two days, in words, and the register as it stood on an earlier day."""

import datetime
import re
from pathlib import Path

import pytest

from projects import Project
from register.model import Register
from register.state.comparison import compare, describe
from register.state.snapshot import Snapshot
from registers import TODAY, with_updates

YEAR = """\
From 1 April 2023 to 31 March 2024: 12 updates, to 9 of 14 recommendations.

Recommendation 1: Name one person who answers for children's safety
  Response: applies (before: under consideration).
  Progress: under way (before: exploring).
  Promised by 30 September 2024.

Recommendation 2: Teach new staff what to do in their first month
  Response: already in place (before: waiting for its first meeting).
  Progress: done (before: not published).
  Closed on 17 May 2023.
  17 May 2023: Led by: Exampleshire Learning Group.

Recommendation 3: Share a worry about a child on the same day
  Progress: under way (before: not started).
  Promise moved on 19 March 2024, from 31 March 2024 to December 2024. \
Two of the nine organisations could not find staff for the rota in time.

Recommendation 4: Give every school a link worker
"""


def between(register: Register, first: str, last: str) -> str:
    """What is different after a span of days, by ISO dates."""
    return describe(register, datetime.date.fromisoformat(first), datetime.date.fromisoformat(last))


def test_the_command_describes_a_reporting_year_in_words(project: Project, sample_register: Register) -> None:
    done = project.run("diff", "2023-04-01", "2024-03-31")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(YEAR)
    assert done.stdout == between(sample_register, "2023-04-01", "2024-03-31") + "\n"


def test_both_days_of_a_span_belong_to_it(sample_register: Register) -> None:
    assert between(sample_register, "2023-05-17", "2023-05-17") == (
        "From 17 May 2023 to 17 May 2023: 1 update, to 1 of 14 recommendations.\n\n"
        "Recommendation 2: Teach new staff what to do in their first month\n"
        "  Response: already in place (before: waiting for its first meeting).\n"
        "  Progress: done (before: not published).\n"
        "  Closed on 17 May 2023.\n"
        "  17 May 2023: Led by: Exampleshire Learning Group."
    )


def test_the_first_day_there_is_can_begin_a_span(sample_register: Register) -> None:
    assert between(sample_register, "0001-01-01", "2022-11-08").startswith(
        "From 1 January 1 to 8 November 2022: 2 updates, to 2 of 14 recommendations.\n"
    )


def test_reopening_and_what_another_voice_says_are_described(sample_register: Register) -> None:
    assert between(sample_register, "2025-07-01", "2025-07-31") == (
        "From 1 July 2025 to 31 July 2025: 2 updates, to 1 of 14 recommendations.\n\n"
        "Recommendation 5: Tell children what came of what they said\n"
        "  Progress: under way (before: done).\n"
        "  Reopened on 1 July 2025.\n"
        "  Promise moved on 1 July 2025, from 30 June 2024 to 30 June 2026. "
        "The check after a year found that the letters had stopped in one town.\n"
        "  The independent scrutineer, 1 July 2025: under way."
    )


def test_an_update_that_changes_nothing_decided_says_so(sample_register: Register) -> None:
    assert between(sample_register, "2025-11-18", "2025-11-18").endswith(
        "Recommendation 8: Check every taxi driver's training each year\n"
        "  Updated; response, progress and promise stayed as they were."
    )


def test_a_span_without_updates_says_so(sample_register: Register) -> None:
    assert between(sample_register, "2010-01-01", "2010-12-31") == (
        "From 1 January 2010 to 31 December 2010: no update to any of the 14 recommendations."
    )


def test_another_voice_says_two_words_or_only_a_note(small_register: Register) -> None:
    updates = [
        {"date": "2024-01-01", "voice": "scrutineer", "response": "applies", "progress": "under-way"},
        {"date": "2024-02-01", "voice": "scrutineer"},
    ]
    assert between(with_updates(small_register, updates), "2024-01-01", "2024-12-31").split("\n")[2:] == [
        "Recommendation 1: Title not copied here yet",
        "  Independent scrutineer, 1 January 2024: applies and under way.",
        "  Independent scrutineer, 1 February 2024: a note.",
    ]


def test_only_moves_of_a_due_date_within_the_span_are_described(small_register: Register) -> None:
    updates = [
        {"date": "2024-01-01", "due": "2024-06-30"},
        {"date": "2024-05-01", "due": "2024-12-31", "reason": "One."},
        {"date": "2024-11-01", "due": "2024-10-31", "reason": "Two."},
        {"date": "2025-02-01", "due": "2025-06-30", "reason": "Three."},
    ]
    register = with_updates(small_register, updates)

    def dates(first: str, last: str) -> tuple[str | None, list[tuple[str, str]]]:
        [one] = compare(
            Snapshot(register, TODAY), datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
        )
        return one.first_due and one.first_due.text, [(was.text, move.to.text) for was, move in one.moves]

    assert dates("2023-01-01", "2023-12-31") == (None, [])
    assert dates("2023-01-01", "2024-05-01") == ("2024-06-30", [("2024-06-30", "2024-12-31")])
    assert dates("2024-01-01", "2024-04-30") == ("2024-06-30", [])
    assert dates("2024-01-02", "2024-04-30") == (None, [])
    assert dates("2024-05-01", "2024-12-31") == (None, [("2024-06-30", "2024-12-31"), ("2024-12-31", "2024-10-31")])
    assert dates("2024-11-01", "2025-12-31") == (None, [("2024-12-31", "2024-10-31"), ("2024-10-31", "2025-06-30")])
    assert between(register, "2024-01-01", "2024-04-30").split("\n")[3:] == ["  Promised by 30 June 2024."]


def test_only_another_response_or_progress_is_a_change(sample_register: Register) -> None:
    spring = compare(Snapshot(sample_register, TODAY), datetime.date(2025, 7, 1), datetime.date(2025, 11, 18))
    assert [one.after.record.number for one in spring if one.changed] == [5]
    assert [one.after.record.number for one in spring if one.entries] == [3, 5, 6, 8]


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2024-04-01", "2024-02-30", "LAST is not a date: '2024-02-30' (write it like 2026-02-28)\n"),
        ("April", "2024-02-28", "FIRST is not a date: 'April' (write it like 2026-02-28)\n"),
        (
            "2024-04-01",
            "2023-03-31",
            "FIRST is later than LAST: '2024-04-01', '2023-03-31' (put the earlier day first)\n",
        ),
        ("2024-04-01", "2030-01-01", "LAST is in the future: '2030-01-01' (today is 2026-03-31)\n"),
    ],
)
def test_a_wrong_day_is_refused_in_one_line(content: Project, first: str, last: str, said: str) -> None:
    done = content.run_here("diff", first, last)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


@pytest.mark.full_build
def test_a_site_of_an_earlier_day_says_so_on_every_page_and_knows_nothing_later(project: Project) -> None:
    done = project.run("site", AS_OF="2024-03-31")
    assert done.returncode == 0, done.stderr
    pages = list((project.folder / "site").rglob("*.html"))
    banner = "You see the register as it stood on 31 March 2024. Later updates and events are left out."
    silent = [page for page in pages if banner not in page.read_text(encoding="utf-8")]
    assert pages
    assert silent == []
    # The first is the note of the reopening in 2025; the second is a public event of 2023.
    everything = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert "The board has opened this again." not in everything
    assert "Sampleton Council published its own first review." in everything
    assert not (project.folder / "site" / "changes" / "2024-25").exists()
    third = (project.folder / "site" / "recommendations" / "3" / "index.html").read_text(encoding="utf-8")
    assert re.search(r"Promised by</dt> <dd>December 2024</dd>", third)


def test_a_site_of_today_has_no_such_words(built_sample: Path) -> None:
    pages = list(built_sample.rglob("*.html"))
    assert pages
    assert [page for page in pages if "This is an earlier day" in page.read_text("utf-8")] == []
