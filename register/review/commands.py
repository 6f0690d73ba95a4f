"""The commands that say what a change does. Each loads the comparison when it runs: no other command needs it."""

from pathlib import Path

import click

from register.ordinary_files import read_ordinary
from register.problems import InputError
from register.run import Run

_LARGEST_REVIEW = 5_000_000  # bytes
_FORMAT = click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="How to show it."
)


@click.command("changes")
@click.argument("since", metavar="COMMIT")
@_FORMAT
@click.pass_obj
def changes_command(run: Run, since: str, form: str) -> None:
    """Say in words what was changed since COMMIT: a branch such as origin/main, a commit or a tag of git."""
    from register.review.earlier_project import common_commit
    from register.review.reporters import WAYS
    from register.review.review import check_today, review

    commit = common_commit(run.project, since)
    print(WAYS[form](review(commit, check_today(run.project, run.environment), run.environment)))


@click.command("show-changes")
@click.argument("file", type=click.Path(path_type=Path))
@_FORMAT
def show_changes_command(file: Path, form: str) -> None:
    """Show the review that 'changes --format json' wrote into FILE. The file may come from anybody: it is shown as plain words."""
    from register.review.reporters import WAYS, from_json

    try:
        held = from_json(read_ordinary(file, file.name, _LARGEST_REVIEW).decode("utf-8", errors="replace"))
    except ValueError:
        raise InputError(f"{file.name} does not hold what 'changes --format json' writes") from None
    print(WAYS[form](held))


@click.command("review-page")
@click.argument("since", metavar="COMMIT")
@click.option("--out", "folder", type=click.Path(path_type=Path), default=Path("review-page"), help="Where it goes.")
@click.pass_obj
def review_page_command(run: Run, since: str, folder: Path) -> None:
    """Write a page that shows what was changed since COMMIT, in words and in pictures before and after."""
    from register.review.reporters import as_text
    from register.review.review_folder import write_review

    held = write_review(run.project, since, folder, run.environment)
    print(as_text(held))
    print(f"\nWritten: {(folder / 'index.html').as_posix()}")


REVIEW_COMMANDS = (changes_command, show_changes_command, review_page_command)
