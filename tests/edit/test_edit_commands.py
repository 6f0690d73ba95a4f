"""The commands that change a project's files, as people use them in a terminal and scripts with options."""

import subprocess

import pytest

from projects import Project

TRIED = ["--date", "14/2/2026", "--voice", "partnership", "--note", "The board met."]


def lines_added(done: subprocess.CompletedProcess) -> list[str]:
    """What was written, without line numbers."""
    return [line.split("+ ", 1)[1] for line in done.stdout.splitlines() if " + " in line]


def test_an_update_is_asked_for_one_question_at_a_time_and_written_after_a_yes(project: Project) -> None:
    typed = [
        "last Tuesday",
        "1",
        "The board looked at it.",
        "applies in part",
        "3",
        "It is a national rule.",
        "due",
        "06/2026",
        "yes",
    ]
    done = project.run("update", "14", typed="\n".join(typed) + "\n")

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(
        "Recommendation 14\nResponse: waiting for its first meeting. Progress: not published.\n\n"
        "Date. When it happened: 2026-10-14, or 2026-10 or 2026 if that is all that is\nknown.\n> \nVoice."
    )
    assert (
        "\nRecommendation 14 will show:\n24 March 2026, said by the partnership; update 1\nThe board looked at it.\n"
        "Why: It is a national rule.\nResponse: applies in part.\nProgress: under way.\n"
        "Promised by June 2026.\n\nThis is written:\ndata/recommendations.yml:\n"
    ) in done.stdout
    assert done.stdout.endswith("Write it? yes or no > Written. 'make site' shows it.\n")
    assert project.run("check").returncode == 0
    assert lines_added(done) == [
        "  updates:",
        "    - date: 2026-03-24",
        "      recorded: 2026-03-31",
        "      voice: partnership",
        "      note: The board looked at it.",
        "      response: applies-in-part",
        "      progress: under-way",
        "      reason: It is a national rule.",
        "      due: 2026-06",
    ]


def test_nothing_that_moves_the_cursor_or_colours_a_word_is_printed(project: Project) -> None:
    done = project.run("update", "14", typed="today\n1\nIt met.\n\n\n\nno\n", TERM="xterm-256color", FORCE_COLOR="1")
    assert done.stdout.endswith("Nothing was written.\n")
    assert not set(done.stdout) & {"\x1b", "\r", "\b"}


def test_what_a_word_demands_is_asked_for_and_cannot_be_left_out(project: Project) -> None:
    done = project.run("update", "14", typed="today\n1\nNo.\nnot-for-us\n\n\nIt is not ours.\n\nno\n")
    assert (
        "\nReason. Why, where the word used demands it or a promised date moves.\n> This is needed.\n>" in done.stdout
    )
    assert "      reason: It is not ours." in lines_added(done)


def test_an_answer_that_cannot_be_is_explained_and_asked_again(project: Project) -> None:
    done = project.run("update", "14", typed="soon\ntoday\nme\n1\nWrite to a@b.test\nIt met.\n\n\n\nno\n")
    assert "> That is not a date: 'soon' (write it like 2026-02-28, 28/02/2026," in done.stdout
    assert "> That cannot be 'me' (one of: partnership, scrutineer, lived-experience).\n" in done.stdout
    assert "> That holds an email address: 'a@b.test' (take it out;" in done.stdout


def test_a_word_that_holds_already_is_not_offered_and_a_voice_is_offered_only_what_it_may_say(project: Project) -> None:
    done = project.run("update", "1", typed="today\npartnership\nIt met.\n\n\n\nno\n")
    response = done.stdout.partition("\nResponse. ")[2].partition("\nProgress. ")[0]
    assert "under-consideration" in response
    assert " applies:" not in response
    other = project.run("update", "1", typed="today\nscrutineer\nI read it.\n\n\n\nno\n")
    more = other.stdout.partition("What else?")[2]
    assert "evidence" in more and "ends" in more
    assert not any(name in more for name in ("due", "lead", "meaning"))


def test_what_the_check_refuses_can_be_answered_again_without_losing_the_rest(project: Project) -> None:
    done = project.run("update", "14", typed="2026-12-01\n1\nIt met.\n\n\n\ndate\ntoday\nyes\n")
    assert "\n'date' is in the future: '2026-12-01' (" in done.stdout
    assert "      note: It met." in lines_added(done)
    assert done.stdout.endswith("Written. 'make site' shows it.\n")


def test_an_update_of_an_earlier_day_is_put_before_the_later_ones(project: Project) -> None:
    project.run("update", "14", *TRIED, "--yes")
    done = project.run("update", "14", "--date", "Dec 2025", "--voice", "partnership", "--note", "Before.", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    text = (project.folder / "data/recommendations.yml").read_text("utf-8")
    assert text.index("Before.") < text.index("The board met.")


def test_a_script_gives_all_as_options_and_is_asked_nothing(project: Project) -> None:
    done = project.run(
        "update", "14", *TRIED, "--evidence", "board-minutes-2026-02", "--done-when", "All sign.", "--yes", typed=""
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert lines_added(done)[-3:] == [
        "      evidence:",
        "        - board-minutes-2026-02",
        "      done_when: All sign.",
    ]


def test_a_try_shows_all_and_writes_nothing(project: Project) -> None:
    before = (project.folder / "data/recommendations.yml").read_bytes()
    done = project.run("update", "14", *TRIED, "--yes", "--dry-run")
    assert done.stdout.endswith("\nNothing was written: this was a try.\n")
    assert (project.folder / "data/recommendations.yml").read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["update", "99", "--yes"], "there is no recommendation 99 (the numbers run from 1 to 14)"),
        (["update", "14", "--yes"], "'date' is needed (give --date)"),
        (
            ["update", "14", "--yes", "--date", "soon"],
            "--date is not a date: 'soon' (write it like 2026-02-28, 28/02/2026, 28 February 2026, February 2026, 2026, "
            "today or last Tuesday)",
        ),
        (["withdraw", "2", "7", "--yes"], "recommendation 2 has no update 7 that counts (one of: 1)"),
        (["withdraw", "14", "1", "--yes"], "recommendation 14 has no update 1 that counts (it has none that counts)"),
        (
            ["confirm-contact", "sampel-line", "--yes"],
            "there is no contact 'sampel-line' (did you mean 'sample-line'? one of: ",
        ),
        (
            ["add-link", "--yes", "--name", "Inquiry", "--owner", "The inquiry"],
            "there is a link 'inquiry' already (give another one with --id)",
        ),
        (
            ["new-page", "--yes", "--title", "About", "--description", "What it is."],
            "docs/about.md is there already (open it, or give the page another title)",
        ),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(project: Project, arguments: list[str], said: str) -> None:
    done = project.run_here(*arguments)
    assert done.stderr.startswith(said)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1


def test_what_the_check_refuses_is_reported_and_nothing_is_written(project: Project) -> None:
    before = (project.folder / "data/recommendations.yml").read_bytes()
    done = project.run_here("update", "14", *TRIED, "--related", "99", "--yes")
    assert done.returncode == 1
    assert done.stderr.endswith("\n1 problem in 1 file; nothing was written\n")
    assert (project.folder / "data/recommendations.yml").read_bytes() == before


def test_an_update_is_withdrawn_with_its_reason(project: Project) -> None:
    done = project.run("withdraw", "2", typed="1\nPolicy officer\nIt was another county.\nyes\n")
    assert done.returncode == 0, done.stderr
    assert "\nWithdrawn on 31 March 2026 by Policy officer: It was another county.\n" in done.stdout
    assert lines_added(done) == [
        "      withdrawn:",
        "        on: 2026-03-31",
        "        by: Policy officer",
        "        reason: It was another county.",
    ]
    assert project.run("check").returncode == 0


def test_the_words_of_an_update_are_mended_and_the_earlier_ones_are_kept_or_not(project: Project) -> None:
    kept = project.run("edit", "1", "3", typed="Five of nine have named one.\nA word was missing.\nyes\nyes\n")
    assert kept.returncode == 0, kept.stderr
    assert lines_added(kept)[1:] == [
        "      edited:",
        "        on: 2026-03-31",
        "        reason: A word was missing.",
        "        note_was: Five of the nine organisations have named their person.",
    ]
    dropped = project.run("edit", "1", "1", "--note", "The board met.", "--why", "It was wrong.", "--drop", "--yes")
    assert "note_was" not in dropped.stdout
    assert dropped.stdout.endswith("Written. 'make site' shows it.\n")


def test_an_answer_that_is_left_empty_keeps_the_words_and_asks_nothing_more(project: Project) -> None:
    done = project.run("edit", "1", "3", typed="\n")
    assert "\nPress Enter to leave it as it is.\n> Nothing changes: this is already there.\n" in done.stdout
    assert done.returncode == 0


def test_words_that_stay_as_they_are_change_nothing(project: Project) -> None:
    done = project.run("edit", "1", "3", "--why", "Nothing.", "--yes")
    assert done.stdout.endswith("Nothing changes: this is already there.\n")


def test_a_link_that_was_read_gets_its_address_and_another_one_stays_a_candidate(project: Project) -> None:
    typed = "Minutes of May\nThe board (fictional)\n{}\nhttps://www.exampleshire.test/may\n{}\nyes\n"
    read = project.run("add-link", typed=typed.format("yes", "Policy officer\n"))
    assert read.returncode == 0, read.stderr
    assert lines_added(read)[1:] == [
        "- id: minutes-of-may",
        "  recorded: 2026-03-31",
        "  name: Minutes of May",
        "  owner: The board (fictional)",
        "  url: https://www.exampleshire.test/may",
        "  confirmed:",
        "    by: Policy officer",
        "    on: 2026-03-31",
    ]
    other = project.run(
        "add-link",
        "--id",
        "june",
        "--name",
        "June",
        "--owner",
        "B",
        "--candidate",
        "https://www.exampleshire.test/june",
        "--yes",
    )
    assert (
        "\nReaders see 'June' without a link, until somebody confirms its address. Cite it\nas 'june'.\n"
        in other.stdout
    )
    confirmed = project.run("confirm-link", "june", "--by", "Policy officer", "--yes")
    assert lines_added(confirmed) == [
        "  url: https://www.exampleshire.test/june",
        "  confirmed:",
        "    by: Policy officer",
        "    on: 2026-03-31",
    ]
    assert project.run("check").returncode == 0


def test_a_service_that_was_rung_is_confirmed_and_no_longer_excused(project: Project) -> None:
    done = project.run("confirm-contact", "night-team", typed="Duty officer, who rang it\nyes\n")
    assert done.returncode == 0, done.stderr
    assert lines_added(done) == ["  confirmed:", "    by: Duty officer, who rang it", "    on: 2026-03-31"]
    assert "-   unconfirmed:" in done.stdout
    assert project.run("check").returncode == 0


def test_an_event_is_put_where_it_belongs(project: Project) -> None:
    done = project.run(
        "add-event",
        "--date",
        "1 May 2023",
        "--place",
        "Exampleshire",
        "--text",
        "A meeting.",
        "--sources",
        "inquiry",
        "--yes",
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert project.run("check").returncode == 0


def test_a_page_is_begun_and_stands_last_in_the_menu(project: Project) -> None:
    done = project.run("new-page", typed='What\'s next: "a" plan\nWhat comes next.\nyes\n')
    assert done.returncode == 0, done.stderr
    page = (project.folder / "docs/whats-next-a-plan.md").read_text("utf-8")
    assert page == (
        '---\ntitle: "What\'s next: \\"a\\" plan"\ndescription: What comes next.\nupdated: 2026-03-31\n---\n\n'
        '# What\'s next: "a" plan\n'
    )
    assert (
        (project.folder / "mkdocs.yml")
        .read_text("utf-8")
        .endswith('  - "What\'s next: \\"a\\" plan": whats-next-a-plan.md\n')
    )
    assert project.run("check").returncode == 0


def test_a_project_with_a_mistake_in_it_is_mended_first(project: Project) -> None:
    project.edit("data/recommendations.yml", "number: 14", "number: 15")
    done = project.run_here("update", "1", *TRIED, "--yes")
    assert done.returncode == 1
    assert "recommendation 15" in done.stderr


def test_a_new_link_is_known_to_editors_at_once_where_the_project_has_schemas(project: Project) -> None:
    link = ["add-link", "--name", "June", "--owner", "B", "--candidate", "https://www.exampleshire.test/june", "--yes"]
    project.run_here("forms")
    project.run_here(*link)
    schema = project.folder / ".vscode" / "schemas" / "recommendations.json"
    assert '"june"' in schema.read_text("utf-8")
    assert "run 'make forms'" not in project.run_here("check").stdout
