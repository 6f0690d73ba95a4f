"""``make changes``: what was changed since another branch, asked in a real repository."""

import json

import pytest

from projects import Project, git


@pytest.fixture
def change(project: Project) -> Project:
    """A project in a repository: 'main' has moved on since the branch 'change' was begun."""
    git(project.folder, "init", "--initial-branch", "main")
    git(project.folder, "add", ".")
    git(project.folder, "commit", "--message", "Begin")
    git(project.folder, "checkout", "-b", "change")
    git(project.folder, "checkout", "main")
    project.edit("docs/about.md", "This register is a sample.", "This register is but a sample.")
    git(project.folder, "commit", "--all", "--message", "Meanwhile")
    git(project.folder, "checkout", "change")
    return project


def test_what_others_changed_meanwhile_is_no_part_of_a_change(change: Project) -> None:
    done = change.run_here("changes", "main")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "What this change does, compared with main\n\nNothing that readers see is different.\n"


def test_changes_are_said_before_they_are_committed_and_after(change: Project) -> None:
    change.edit("docs/short.md", "# ", "# Really ")
    change.write(
        "docs/new.md", "---\ntitle: New\ndescription: A new page.\nupdated: 2026-03-02\n---\n\n# New\n\nWe meet.\n"
    )
    before = change.run_here("changes", "main").stdout
    assert "  New\n    - A new page. It begins: “New We meet.”\n" in before
    assert "Addresses\n  A new page\n    - /new/\n" in before
    git(change.folder, "add", ".")
    git(change.folder, "commit", "--message", "Change")
    assert change.run_here("changes", "main").stdout == before


def test_what_has_to_be_mended_and_what_will_need_somebody_are_said_with_the_change_that_brings_it(
    change: Project,
) -> None:
    change.edit(
        "data/contacts.yml",
        "  confirmed:\n    by: The partnership's editor, who rang it\n    on: 2026-03-02\n",
        "  unconfirmed: It has moved.\n",
    )
    change.edit("docs/about.md", "This register is a sample.", "This register is a [sample] (short.md).")
    review = json.loads(change.run_here("changes", "main", "--format", "json").stdout)
    assert [(one["path"], one["what"]) for one in review["problems"]] == [
        ("docs/about.md", "a space stands between ] and (")
    ]
    assert [one["record"] for one in review["advice"]] == ["exampleshire-front-door"]


def test_what_was_published_and_is_lost_or_reworded_has_to_be_mended(change: Project) -> None:
    (change.folder / "docs" / "safe-together.md").unlink()
    change.edit(
        "data/recommendations.yml",
        "note: Five of the nine organisations have",
        "note: Six of the nine organisations have",
    )
    text = change.run_here("changes", "main").stdout
    assert "the published address /safe-together/ would disappear" in text
    change.run("check")
    git(change.folder, "checkout", "docs/safe-together.md")
    text = change.run_here("changes", "main").stdout
    assert "its words were changed, and nothing says so" in text


def test_the_program_and_the_settings_are_named_when_they_change(change: Project) -> None:
    change.edit("mkdocs.yml", "site_name: ", "site_name: New ")
    change.write("register/new.py", "")
    (change.folder / ".vscode" / "schemas").mkdir(parents=True)
    change.write(".vscode/schemas/links.json", "{}")
    change.write("docs/picture.svg", '<svg xmlns="http://www.w3.org/2000/svg"><title>A</title></svg>')
    text = change.run_here("changes", "main").stdout
    settings = "The site's name, address and menu\n    - “site_name: "
    assert (
        settings in text
        and "becomes “site_name: New " in text
        and "    - Make sure: it is right, for it stands on every page.\n" in text
    )
    assert "  The program behind the site\n    - Changed: register/new.py.\n    - Make sure: somebody who knows" in text
    assert "  For editors\n    - The forms, or what editors are shown while they type, are made anew.\n" in text
    assert "  The file picture.svg\n    - It is new.\n    - Make sure: open it.\n" in text


def test_an_earlier_register_of_another_form_is_said_not_to_be_compared(project: Project) -> None:
    good = (project.folder / "data" / "topics.yml").read_text()
    project.write("data/topics.yml", good.replace("title:", "heading:", 1))
    git(project.folder, "init", "--initial-branch", "main")
    git(project.folder, "add", ".")
    git(project.folder, "commit", "--message", "Begin")
    project.write("data/topics.yml", good)
    text = project.run_here("changes", "main").stdout
    assert "Not compared\n  - The earlier register is of another form, so what changes in it is not said here" in text


def test_a_branch_that_git_does_not_know_is_said_to_be_unknown(change: Project) -> None:
    done = change.run_here("changes", "mian")
    assert (done.returncode, done.stderr) == (
        1,
        "mkdocs.yml:1: git knows no 'mian' from which this change was begun (name a branch or commit, like "
        "SINCE=origin/main; 'git fetch origin' gets the branches)\n1 problem in 1 file; nothing was compared\n",
    )


def test_what_was_written_for_programs_can_be_shown_and_nothing_else_can(change: Project) -> None:
    change.edit("docs/about.md", "This register is a sample.", "This register is a trial.")
    written = change.run_here("changes", "main", "--format", "json").stdout
    file = str(change.folder.parent / "review.json")
    (change.folder.parent / "review.json").write_text(written)
    assert change.run_here("show-changes", file).stdout == change.run_here("changes", "main").stdout
    (change.folder.parent / "review.json").write_text(written[:-9])
    done = change.run_here("show-changes", file)
    assert (done.returncode, done.stderr) == (2, "review.json does not hold what 'changes --format json' writes\n")


def test_of_more_than_anybody_reads_the_rest_is_counted(change: Project) -> None:
    sentences = "".join(f"\nSentence number {number} is here.\n" for number in range(2_050))
    change.edit("docs/about.md", "This register is a sample.", f"This register is a sample.{sentences}")
    review = json.loads(change.run_here("changes", "main", "--format", "json").stdout)
    assert len(review["differences"]) == 2_000
    assert "There are 50 more differences, which are left out." in review["not_compared"]
