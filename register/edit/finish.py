"""How every command that changes files ends: it shows what readers will see and what is written, asks, and writes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from register.checks.project import check_project
from register.edit.asking import Asking, say
from register.edit.change import Change, FileText
from register.edit.data_text import DataText
from register.edit.made_files import renew_made_files
from register.load.data_files import FILES
from register.state.snapshot import Snapshot

_FILE = {file.name: file for file in FILES}


@dataclass(frozen=True)
class Editing:
    """One run of a command that changes a project's files."""

    project: Path
    environment: Mapping[str, str]
    asking: Asking
    snapshot: Snapshot  # before the change
    dry_run: bool = False

    @classmethod
    def begin(cls, project: Path, environment: Mapping[str, str], asking: Asking, dry_run: bool) -> "Editing":
        """Begin with a project in which nothing is wrong.

        Raises:
            ProblemsFound: something is.
        """
        snapshot = check_project(project, {**environment, "AS_OF": ""}).good
        return cls(project, environment, asking, snapshot, dry_run)

    def with_given(self, field: str, value: str | None) -> "Editing":
        """Return the run with one more answer that was given as an option."""
        given = {**self.asking.given, **({field: (value,)} if value else {})}
        return replace(self, asking=replace(self.asking, given=given))

    @property
    def today(self) -> str:
        """Today's date, as files hold it."""
        return self.asking.today.isoformat()

    def data(self, name: str) -> DataText:
        """Return the text of a data file by its name, to be changed."""
        return DataText(FileText.read(self.project, _FILE[name].path).text, _FILE[name])

    def checked(self, *edited: DataText) -> Change:
        """Return the change of some data files.

        Raises:
            ProblemsFound: something would be wrong then.
        """
        return Change.of(self.project, {text.path: text.text for text in edited}, self.environment)

    def finish(self, change: Change, seen: Iterable[str]) -> None:
        """Show a change, ask whether to write it, and write it.

        Args:
            change: what is to be written.
            seen: what readers will see, line by line.
        """
        if not change.after:
            click.echo("Nothing changes: this is already there.")
            return
        click.echo()
        for line in seen:
            say(line)
        click.echo("\nThis is written:")
        for line in change.lines():
            click.echo(line)
        if self.dry_run:
            click.echo("\nNothing was written: this was a try.")
            return
        if self.asking.asks and not self.asking.yes("Write it?"):
            click.echo("Nothing was written.")
            return
        change.write()
        renew_made_files(self.project, change.snapshot.register)
        click.echo("Written. 'make site' shows it.")
