"""The commands for spreadsheets: ``export`` writes a workbook, ``import`` takes over what was filled in."""

from pathlib import Path

import click

from register import clock
from register.edit.asking import Asking
from register.edit.finish import Editing
from register.run import Run


@click.command("export")
@click.option(
    "--xlsx", "file", type=click.Path(path_type=Path), required=True, metavar="FILE", help="The workbook to write."
)
@click.option("--replace", is_flag=True, help="Write over a file that is there already.")
@click.pass_obj
def export_command(run: Run, file: Path, replace: bool) -> None:
    """Write a workbook in which others can fill in updates."""
    from register.spreadsheet.command import export_workbook

    print(export_workbook(run.project, file, run.environment, replace))


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--date", metavar="DATE", help="When it happened, in rows that do not say; like 31/12/2026.")
@click.option("--voice", metavar="VOICE", help="Who says it, in rows that do not say.")
@click.option("--recorded", metavar="DATE", help="The day on which it is put in, like 2026-02-28; today if left out.")
@click.option("--dry-run", is_flag=True, help="Show everything and write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before writing.")
@click.pass_obj
def import_command(
    run: Run, file: Path, date: str | None, voice: str | None, recorded: str | None, dry_run: bool, yes: bool
) -> None:
    """Add the updates that were filled in: FILE is the workbook, as .xlsx, .ods or .csv."""
    from register.spreadsheet.command import import_updates

    asking = Asking(clock.today(run.environment), asks=not yes)
    editing = Editing.begin(run.project, run.environment, asking, dry_run)
    import_updates(editing, file, {"date": date, "voice": voice, "recorded": recorded})


SPREADSHEET_COMMANDS = (export_command, import_command)
