"""Turns a form that somebody sent into a change of the data files, with the same code as the commands."""

from collections.abc import Mapping
from pathlib import Path

from register import clock
from register.edit import entries, update
from register.edit.asking import Asking
from register.edit.finish import Editing
from register.edit.forms import FilledForm, UnusableForm, is_withdrawal, read_form
from register.ordinary_files import read_ordinary

_LARGEST = 300_000  # bytes: 65,536 signs of up to four bytes each


def from_form(project: Path, environment: Mapping[str, str], form: Path) -> None:
    """Change the data files as a filled-in form says.

    Args:
        project: the project's folder.
        environment: for today's date (see ``register.clock``).
        form: a file with the text that GitHub made of the form.

    Raises:
        UnusableForm: its answers cannot be used.
        ProblemsFound: what it says cannot stand in the register, or the file cannot be read.
    """
    body = read_ordinary(form, form.name, _LARGEST).decode("utf-8", "replace")
    today = clock.today(environment)
    editing = Editing.begin(project, environment, Asking(today, asks=False), dry_run=False)
    filled = read_form(body, editing.snapshot.register, today)
    for field, answer in filled.answers.items():
        editing = editing.with_given(field, answer)
    if filled.form.name == "update":
        update.add_update(editing, int(filled.answers["number"]))
    elif filled.form.name == "confirm-help-line":
        entries.confirm_contact(editing, filled.answers["contact"])
    else:
        _correct(editing, filled)


def _correct(editing: Editing, filled: FilledForm) -> None:
    answers = filled.answers
    if not answers["update"].isdecimal():
        raise UnusableForm(f"Update: is no number: '{answers['update'][:60]}' (write 3 for \"update 3\")")
    number, which = int(answers["number"]), int(answers["update"])
    if not is_withdrawal(filled):
        update.edit_update(editing, number, which, answers["why"], keep=True)
    elif "note" in answers or "reason" in answers:
        raise UnusableForm("New note, New reason: an update that is withdrawn keeps its words (leave them empty)")
    else:
        update.withdraw_update(editing.with_given("reason", answers["why"]), number, which)
