"""The commands that change a project's files: ``update``, ``withdraw``, ``edit``, ``add-link``, ``new-page``, …"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from register import clock
from register.edit import entries, update
from register.edit.asking import Asking
from register.edit.finish import Editing
from register.edit.from_form import from_form
from register.model import Archive, Check, FrontMatter, Link, Milestone, Record, Update, Withdrawal, fields_of
from register.run import Run

_Command = Callable[..., None]


def _command(name: str, kind: type[Record], fields: str) -> Callable[[_Command], click.Command]:
    """Make a command of a function that changes files.

    Args:
        name: the command's.
        kind: the kind of record whose fields can be given as options; they are described by the model.
        fields: the names of those fields, with spaces between them.
    """

    def make(function: _Command) -> click.Command:
        def run(run: Run, /, yes: bool, dry_run: bool, **options: Any) -> None:
            given = {field: options.pop(field) for field in fields.split()}
            today = clock.today(run.environment)
            asking = Asking(today, {field: values for field, values in given.items() if values}, asks=not yes)
            function(Editing.begin(run.project, run.environment, asking, dry_run), **options)

        run.__doc__ = function.__doc__
        made: _Command = click.pass_obj(run)
        made = click.option("--dry-run", is_flag=True, help="Show everything and write nothing.")(made)
        made = click.option("--yes", is_flag=True, help="Ask nothing: what is not given is left out.")(made)
        for field in reversed(fields.split()):
            made = _option(kind, field)(made)
        command = click.command(name)(made)
        command.params += reversed(getattr(function, "__click_params__", []))
        return command

    return make


def _option(kind: type[Record], field: str) -> Callable[[_Command], _Command]:
    flag = f"--{field.replace('_', '-')}"
    return click.option(flag, field, multiple=True, metavar="TEXT", help=fields_of(kind)[field].description)


@_command(
    "update",
    Update,
    "date recorded voice note response progress reason evidence due recheck lead meaning done_when related ends",
)
@click.argument("number", type=int)
def update_command(editing: Editing, number: int) -> None:
    """Add an update to recommendation NUMBER."""
    update.add_update(editing, number)


@_command("withdraw", Withdrawal, "by reason")
@click.argument("number", type=int)
@click.argument("which", metavar="[UPDATE]", type=int, required=False)
def withdraw_command(editing: Editing, number: int, which: int | None) -> None:
    """Say that an UPDATE of recommendation NUMBER was wrong."""
    update.withdraw_update(editing, number, which)


@_command("edit", Update, "note reason")
@click.argument("number", type=int)
@click.argument("which", metavar="[UPDATE]", type=int, required=False)
@click.option("--why", metavar="TEXT", help="Why the words are mended.")
@click.option("--keep/--drop", default=None, help="Whether readers may see the earlier words.")
def edit_command(editing: Editing, number: int, which: int | None, why: str | None, keep: bool | None) -> None:
    """Mend the note or reason of an UPDATE of recommendation NUMBER; the page says so."""
    update.edit_update(editing, number, which, why, keep)


@_command("add-link", Link, "id name owner url candidate note")
@click.option("--by", metavar="TEXT", help="Who opened the page and read it.")
def add_link_command(editing: Editing, by: str | None) -> None:
    """Add a page outside this site, which pages and updates can then cite."""
    entries.add_link(editing.with_given("by", by))


@_command("confirm-link", Check, "by")
@click.argument("link", metavar="ID")
def confirm_link_command(editing: Editing, link: str) -> None:
    """Note that somebody opened the page of link ID today and read it."""
    entries.confirm_link(editing, link)


@_command("keep-link", Archive, "url taken")
@click.argument("link", metavar="ID")
def keep_link_command(editing: Editing, link: str) -> None:
    """Give link ID the kept copy that the link check found, for when its page goes."""
    from register.edit import proposals  # with what asks the network, which no other command here needs

    proposals.keep_link(editing, link)


@_command("accept-words", Link, "")
@click.argument("link", metavar="[ID]", required=False)
def accept_words_command(editing: Editing, link: str | None) -> None:
    """Expect the words that were found on the page of link ID; without ID, of one page after the other."""
    from register.edit import proposals  # see keep_link_command

    proposals.accept_words(editing, link)


@_command("confirm-contact", Check, "by")
@click.argument("contact", metavar="ID")
def confirm_contact_command(editing: Editing, contact: str) -> None:
    """Note that somebody rang or asked the service ID today."""
    entries.confirm_contact(editing, contact)


@_command("add-event", Milestone, "date place text sources")
def add_event_command(editing: Editing) -> None:
    """Add a public event to the timeline."""
    entries.add_event(editing)


@_command("new-page", FrontMatter, "title description")
def new_page_command(editing: Editing) -> None:
    """Begin a page, at the end of the menu."""
    entries.new_page(editing)


@click.command("from-form")
@click.argument("form", type=click.Path(path_type=Path))
@click.pass_obj
def from_form_command(run: Run, form: Path) -> None:
    """Change the data files as a filled-in form says: FORM is a file with the text of an issue on GitHub."""
    from_form(run.project, run.environment, form)


EDIT_COMMANDS = (
    update_command,
    withdraw_command,
    edit_command,
    add_link_command,
    confirm_link_command,
    keep_link_command,
    accept_words_command,
    confirm_contact_command,
    add_event_command,
    new_page_command,
    from_form_command,
)
