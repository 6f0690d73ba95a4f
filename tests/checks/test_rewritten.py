"""`make kept` against a commit: adding passes, and each way of rewriting is refused at its line with its repair."""

import pytest

from projects import Project, git

RECORDS = "data/recommendations.yml"


def commit(project: Project) -> None:
    """Commit all that git knows, on the day before the sample's."""
    moment = "2026-03-30T12:00:00Z"
    dates = {"GIT_COMMITTER_DATE": moment, "GIT_AUTHOR_DATE": moment}
    git(project.folder, "commit", "--quiet", "--all", "--message", "published", **dates)


@pytest.fixture
def committed(content: Project) -> Project:
    git(content.folder, "init", "--quiet")
    git(content.folder, "add", ".")
    commit(content)
    return content


def kept(project: Project) -> list[str]:
    done = project.run_here("kept", "HEAD")
    if done.returncode == 0:
        return []
    return done.stderr.splitlines()[:-1]


UPDATE = """    - date: 2026-03-30
      recorded: {recorded}
      voice: scrutineer
      note: I saw it.
"""
BEFORE_NUMBER_9 = "\n- number: 9\n"


def test_a_new_update_an_edit_and_a_withdrawal_pass(committed: Project) -> None:
    committed.edit(RECORDS, BEFORE_NUMBER_9, UPDATE.format(recorded="2026-03-31") + BEFORE_NUMBER_9)
    committed.edit(
        RECORDS,
        "      note: The first 300 drivers have been trained.\n",
        "      note: The first 301 drivers have been trained.\n"
        "      edited: {on: 2026-03-31, reason: The number was wrong.}\n",
    )
    committed.edit(
        RECORDS,
        "      note: The committee agreed to act on all of it, at its meeting in spring.\n",
        "      note: The committee agreed to act on all of it, at its meeting in spring.\n"
        "      withdrawn: {on: 2026-03-31, by: The licensing officer, reason: It was another committee.}\n",
    )
    assert kept(committed) == []


THE_UPDATE = "the update of 2024-09-10 by 'partnership'"
REWRITTEN = [
    ("      note: The first 300 drivers have been trained.\n", "      note: All drivers have been trained.\n", -3,
     f"recommendation 8: {THE_UPDATE}: its words were changed, and nothing says so (add 'edited' with 'on' and 'reason')"),
    ("    - date: 2024-09-10\n      recorded: 2024-09-10\n", "    - date: 2024-09-10\n      recorded: 2024-09-11\n", 0,
     f"recommendation 8: {THE_UPDATE}: 'recorded' was '2024-09-10' and is '2024-09-11' (add an update instead)"),
    ("      due: 2026-01-31\n", "      due: 2027-01-31\n", -6,
     "recommendation 8: the update of 2023-09-13 by 'partnership': 'due' was '2026-01-31' and is '2027-01-31' (add an update instead)"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "offset", "message"), REWRITTEN)
def test_what_was_said_cannot_be_changed(committed: Project, old: str, new: str, offset: int, message: str) -> None:
    line = committed.edit(RECORDS, old, new)
    assert kept(committed) == [f"{RECORDS}:{line + offset}: {message}"]


def test_an_update_cannot_be_taken_out(committed: Project) -> None:
    gone = "    - date: 2024-09-10\n      recorded: 2024-09-10\n      voice: partnership\n"
    gone += "      note: The first 300 drivers have been trained.\n      progress: under-way\n"
    committed.edit(RECORDS, gone, "")
    [message] = kept(committed)
    assert message.endswith(
        f": recommendation 8: {THE_UPDATE} would disappear from feeds "
        "(put it back; a wrong one is marked 'withdrawn'; it stands in 'HEAD')"
    )


def test_an_update_cannot_be_slipped_into_the_past(committed: Project) -> None:
    text = UPDATE.replace("date: 2026-03-30", "date: 2026-01-05").format(recorded="2026-01-06")
    line = committed.edit(RECORDS, BEFORE_NUMBER_9, text + BEFORE_NUMBER_9)
    assert kept(committed) == [
        f"{RECORDS}:{line}: recommendation 8: the update of 2026-01-05 by 'scrutineer' says that it was recorded on "
        "2026-01-06, but the copy of 2026-03-30 lacks it (write the day on which it was really put in)"
    ]


def test_a_word_keeps_its_meaning(committed: Project) -> None:
    committed.edit("data/register.yml", "    label: not for us\n", "    label: not for them\n")
    assert kept(committed) == [
        "data/register.yml:1: the word 'not-for-us' of 'responses' has another label than before "
        "(add a new word with an id of its own, and keep this one)"
    ]


def test_a_register_of_an_older_form_is_said_to_be_not_comparable(committed: Project) -> None:
    text = (committed.folder / RECORDS).read_text(encoding="utf-8")
    committed.write(RECORDS, text.replace("      recorded: 2022-11-08\n", ""))
    commit(committed)
    committed.write(RECORDS, text)
    done = committed.run_here("kept", "HEAD")
    assert (done.returncode, done.stdout) == (0, "Every address that was published as of 'HEAD' is still there.\n")
    [message] = done.stderr.splitlines()
    assert message.startswith(
        "Not compared: the register as of 'HEAD' is not of today's form (data/recommendations.yml:"
    )
    assert message.endswith("; see by hand whether anything that was said is changed")
