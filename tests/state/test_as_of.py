"""The register of an earlier day is what it was on that day: built from every commit of a history, and as at its day."""

import datetime
import re
from collections.abc import Callable

import pytest

from projects import Project, git, make_project
from register.load.loader import load
from register.model import Register
from register.state.as_of import known_on
from register.state.snapshot import Snapshot


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


# ── a history, as an editor would have written it ──────────────────────────────────────────────


def first_decision(project: Project) -> None:
    """A first update, with new evidence, put in a week after it happened."""
    path = project.folder / "data" / "links.yml"
    entry = """
- id: minutes-2027
  recorded: 2027-02-10
  name: Minutes of February 2027
  owner: Exampleshire Safeguarding Partnership
  url: https://www.exampleshire.test/minutes-2027
  confirmed:
    by: The partnership's editor
    on: 2027-02-09
"""
    path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")
    update = """  updates:
    - date: 2027-02-03
      recorded: 2027-02-10
      voice: partnership
      note: The board agreed to act on all of it.
      response: applies
      progress: not-started
      due: 2028-01-31
      lead: Exampleshire Learning Group
      done_when: Each place can say whom to ring.
      evidence:
        - minutes-2027
"""
    add_before(project, "\n# Scripts that run from right to left", update)


def corrections(project: Project) -> None:
    """That update is withdrawn, the words of another are edited, a wording is copied, older events are added."""
    withdrawn = """      withdrawn:
        on: 2027-03-10
        by: The partnership's editor
        reason: The board had not decided yet.
"""
    add_before(project, "\n# Scripts that run from right to left", withdrawn)
    note = "      note: The try-out has run for three months. Seven of ten worries were shared on the same day.\n"
    edit = """      note: The try-out has run for three months. Seven of ten worries were passed on the same day.
      edited:
        on: 2027-03-10
        reason: A word was wrong.
        note_was: The try-out has run for three months. Seven of ten worries were shared on the same day.
"""
    project.edit("data/recommendations.yml", note, edit)
    wording = """- number: 14
  title: Say who keeps the minutes
  summary:
    text: It should be known who keeps the minutes.
    checked: {by: The partnership's editor, on: 2027-03-10}
  addressed_to: [council]
  theme: sharing
  audiences: [police]
"""
    project.edit("data/recommendations.yml", "- number: 14\n", wording)
    timeline = project.folder / "data" / "timeline.yml"
    event = """
- date: 2027-02-01
  recorded: 2027-03-10
  place: Exampleshire
  text: The board met in public.
  sources: [minutes-2027]
"""
    timeline.write_text(timeline.read_text(encoding="utf-8") + event, encoding="utf-8")
    topics = project.folder / "data" / "topics.yml"
    topic = """
- id: minutes
  recorded: 2027-03-10
  title: Minutes
  gist: Minutes should be kept.
  sources: [minutes-2027]
  confidence: low
"""
    topics.write_text(topics.read_text(encoding="utf-8") + topic, encoding="utf-8")


def an_old_event(project: Project) -> None:
    """Something that happened before all of that, and is known only now."""
    late = """    - date: 2026-12-01
      recorded: 2027-04-10
      voice: partnership
      note: The group had agreed on one way of counting.
      progress: under-way
"""
    add_before(project, "\n- number: 10\n", late)


def add_before(project: Project, mark: str, text: str) -> None:
    project.edit("data/recommendations.yml", mark, f"{text.rstrip()}\n{mark}")


Change = Callable[[Project], None]
HISTORY: list[tuple[str, Change]] = [
    ("2027-01-10", lambda project: None),
    ("2027-02-10", first_decision),
    ("2027-03-10", corrections),
    ("2027-04-10", an_old_event),
]


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A repository with a commit for each day of the history, each tagged with its day."""
    folder = tmp_path_factory.mktemp("history") / "project"
    folder.mkdir()
    project = make_project(folder)
    git(folder, "init", "--quiet")
    for date, change in HISTORY:
        change(project)
        git(folder, "add", "data", "docs", "mkdocs.yml")
        git(folder, "commit", "--quiet", "--allow-empty", "--message", date)
        git(folder, "tag", date)
    return project


def built(project: Project, **environment: str) -> dict[str, str]:
    """Every file of the site; the notice that it shows an earlier day left out."""
    done = project.run_here("site", **environment)
    assert (done.returncode, done.stderr) == (0, "")
    site = project.folder / "site"
    return {
        path.relative_to(site).as_posix(): re.sub(
            r'\s*<p class="earlier">.*?</p>', "", path.read_bytes().decode("utf-8", "replace")
        )
        for path in site.rglob("*")
        if path.is_file() and path.suffix != ".gz"
    }


def seconds(date: str) -> str:
    return str(int(datetime.datetime.combine(day(date), datetime.time(12), datetime.UTC).timestamp()))


@pytest.mark.full_build
def test_a_site_as_at_a_day_is_the_site_that_was_built_on_that_day(history: Project) -> None:
    last = HISTORY[-1][0]
    for date, _ in HISTORY:
        git(history.folder, "checkout", "--quiet", date)
        then = built(history, SOURCE_DATE_EPOCH=seconds(date))
        git(history.folder, "checkout", "--quiet", last)
        as_at = built(history, SOURCE_DATE_EPOCH=seconds(last), AS_OF=date)
        assert then.keys() == as_at.keys(), date
        differing = {name.rpartition("/")[2] for name in then if then[name] != as_at[name]}
        assert differing in (set(), {"build.json"}), date  # which says on which day it was built


# ── each kind of later knowledge ───────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def later(history: Project) -> Register:
    """The register after the whole history."""
    git(history.folder, "checkout", "--quiet", HISTORY[-1][0])
    return load(history.folder / "data", day("2027-04-10"))


def test_an_update_is_known_from_the_day_on_which_it_was_recorded(later: Register) -> None:
    assert [len(known_on(later, day(date)).recommendations[11].updates) for date in ("2027-02-09", "2027-02-10")] == [
        0,
        1,
    ]
    status = Snapshot(known_on(later, day("2027-02-10")), day("2027-02-10")).statuses[12]
    assert (status.response and status.response.id, status.lead) == ("applies", "Exampleshire Learning Group")


def test_a_withdrawn_update_counts_until_the_day_on_which_it_was_withdrawn(later: Register) -> None:
    for date, response, due in (("2027-03-09", "applies", "2028-01-31"), ("2027-03-10", None, None)):
        status = Snapshot(known_on(later, day(date)), day(date)).statuses[12]
        assert (status.response.id if status.response else None) == response
        assert (status.due.now.text if status.due else None) == due
        assert len(status.history) == 1


def test_edited_words_are_shown_from_the_day_on_which_they_were_edited(later: Register) -> None:
    for date, word in (("2027-03-09", "shared on"), ("2027-03-10", "passed on")):
        update = known_on(later, day(date)).recommendations[2].updates[-1]
        assert word in update.note
        assert bool(update.edited) == (word == "passed on")


def test_what_was_read_out_of_the_report_is_known_from_the_day_on_which_it_was_checked(later: Register) -> None:
    before, after = (known_on(later, day(date)).recommendations[13] for date in ("2027-03-09", "2027-03-10"))
    assert (before.grade, before.title, before.addressed_to, before.theme, before.audiences) == (
        "number-only", None, [], None, [],
    )  # fmt: skip
    assert (after.grade, after.title, after.addressed_to) == ("summary", "Say who keeps the minutes", ["council"])


def test_links_events_and_topics_are_listed_from_the_day_on_which_they_were_recorded(later: Register) -> None:
    for date, there in (("2027-02-09", False), ("2027-02-10", True)):
        assert ("minutes-2027" in {link.id for link in known_on(later, day(date)).links}) == there
    for date, there in (("2027-03-09", False), ("2027-03-10", True)):
        known = known_on(later, day(date))
        assert ("minutes" in {topic.id for topic in known.topics}) == there
        assert ("2027-02-01" in {milestone.date.text for milestone in known.timeline}) == there


def test_help_lines_are_always_todays_without_a_later_confirmation(later: Register) -> None:
    known = known_on(later, day("2000-01-01"))
    assert [(contact.id, contact.number) for contact in known.contacts] == [
        (contact.id, contact.number) for contact in later.contacts
    ]
    assert [contact for contact in known.contacts if contact.confirmed] == []
    assert known.header.leave in {link.id for link in known.links if link.url}


def test_confirmations_of_a_later_day_are_left_out(later: Register) -> None:
    known = known_on(later, day("2000-01-01"))
    assert (known.header.licence.confirmed, known.header.scales, known.statement) == (None, [], None)
    assert [link for link in known.links if link.confirmed or link.archive or link.seen] == []
    assert [term for term in (*known.header.responses, *known.header.progress) if term.matches] == []


def test_today_nothing_is_left_out(later: Register) -> None:
    assert known_on(later, day("2027-04-10")) == later
