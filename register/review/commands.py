"""The commands that say what a change does."""

from pathlib import Path

import click

from register.ordinary_files import read_ordinary
from register.problems import InputError
from register.review.earlier_project import common_commit
from register.review.reporters import as_json, as_markdown, as_text, from_json
from register.review.review import check_today, review
from register.run import Run

_LARGEST_REVIEW = 5_000_000  # bytes
_WAYS = {"text": as_text, "markdown": as_markdown, "json": as_json}
_FORMAT = click.option("--format", "form", type=click.Choice(list(_WAYS)), default="text", help="How to show it.")


@click.command("changes")
@click.argument("since", metavar="COMMIT")
@_FORMAT
@click.pass_obj
def changes_command(run: Run, since: str, form: str) -> None:
    """Say in words what was changed since COMMIT: a branch such as origin/main, a commit or a tag of git."""
    commit = common_commit(run.project, since)
    print(_WAYS[form](review(commit, check_today(run.project, run.environment), run.environment)))


@click.command("show-changes")
@click.argument("file", type=click.Path(path_type=Path))
@_FORMAT
def show_changes_command(file: Path, form: str) -> None:
    """Show the review that 'changes --format json' wrote into FILE. The file may come from anybody: it is shown as plain words."""
    try:
        held = from_json(read_ordinary(file, file.name, _LARGEST_REVIEW).decode("utf-8", errors="replace"))
    except ValueError:
        raise InputError(f"{file.name} does not hold what 'changes --format json' writes") from None
    print(_WAYS[form](held))


@click.command("review-page")
@click.argument("since", metavar="COMMIT")
@click.option("--out", "folder", type=click.Path(path_type=Path), default=Path("review-page"), help="Where it goes.")
@click.pass_obj
def review_page_command(run: Run, since: str, folder: Path) -> None:
    """Write a page that shows what was changed since COMMIT, in words and in pictures before and after."""
    from register.review.review_folder import write_review  # the browser's driver is there only for reviews

    held = write_review(run.project, since, folder, run.environment)
    print(as_text(held))
    print(f"\nWritten: {(folder / 'index.html').as_posix()}")


REVIEW_COMMANDS = (changes_command, show_changes_command, review_page_command)
