"""Asks a person one question at a time, in plain lines.

No line is ever written over and no cursor is moved, so that it works in every terminal, for screen readers, and with
answers from a file. Whatever was given beforehand, as options of the command, is not asked.
"""

import datetime
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import click

from register.edit.data_text import Value
from register.edit.input_fields import InputField
from register.problems import InputError, UnusableValue
from register.state.facets import Choice

_WIDTH = 79
# With more choices than this, only those with a typed word in them are listed.
_MOST_LISTED = 12

Answers = dict[str, Value]


class NotGiven(InputError):
    """Something is needed that was neither given as an option nor can be asked."""


@dataclass
class Asking:
    """Questions to one person.

    Args:
        today: for words such as "yesterday".
        given: what was given as options, by the names of fields.
        asks: whether anything may be asked; else what was not given is left out.
    """

    today: datetime.date
    given: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asks: bool = True

    def fill(self, fields: Iterable[InputField], answers: Answers) -> None:
        """Ask for fields one after the other; what is left empty is left out.

        Raises:
            NotGiven: one is required, was not given, and nothing may be asked.
        """
        for wanted in fields:
            value = self.answer(wanted)
            if value not in (None, [], ""):
                answers[wanted.name] = value

    def answer(self, wanted: InputField, required: bool | None = None, empty: str = "leave it out") -> Value | None:
        """Return what is answered to one question; None if nothing is, which means what ``empty`` says.

        Raises:
            NotGiven: it is required, was not given, and nothing may be asked.
        """
        needed = wanted.required if required is None else required
        if wanted.name in self.given:
            return self._given(wanted)
        if not self.asks:
            if needed:
                raise NotGiven(f"'{wanted.name}' is needed (give --{wanted.name.replace('_', '-')})")
            return None
        return self._asked(wanted, needed, empty)

    def yes(self, question: str) -> bool:
        """Return whether a person says yes."""
        while True:
            typed = _read(f"\n{question} yes or no").casefold()
            if typed in ("y", "yes"):
                return True
            if typed in ("n", "no"):
                return False

    def _given(self, wanted: InputField) -> Value:
        try:
            return wanted.read(
                ", ".join(self.given[wanted.name]) if wanted.many else self.given[wanted.name][-1], self.today
            )
        except UnusableValue as wrong:
            raise NotGiven(f"--{wanted.name.replace('_', '-')} {wrong}") from None

    def _asked(self, wanted: InputField, needed: bool, empty: str) -> Value | None:
        stop = "" if wanted.label.endswith("?") else "."
        say(f"{wanted.label}{stop} {wanted.description}", before="\n")
        if wanted.choices:
            _list(wanted.choices[:_MOST_LISTED], numbered=_are_numbered(wanted))
            if len(wanted.choices) > _MOST_LISTED:
                say(f"… and {len(wanted.choices) - _MOST_LISTED} more: type a word of its name to find one.")
        how = "Several with commas between them." if wanted.many else ""
        say(f"{how} {'' if needed else f'Press Enter to {empty}.'}".strip())
        while True:
            typed = _read()
            if not typed:
                if not needed:
                    return None
                say("This is needed.")
                continue
            value = self._understood(wanted, typed)
            if value is not None:
                return value

    def _understood(self, wanted: InputField, typed: str) -> Value | None:
        """What was meant; None if it cannot be used, after saying why."""
        try:
            return wanted.read(_numbers_as_ids(typed, wanted), self.today)
        except UnusableValue as wrong:
            if found := [
                choice for choice in wanted.choices if typed.casefold() in f"{choice.id} {choice.label}".casefold()
            ]:
                _list(found[:_MOST_LISTED], numbered=False)
            else:
                say(f"That {wrong}.")
            return None


def say(text: str, before: str = "") -> None:
    """Print a text in lines of a usual width; an empty one prints nothing."""
    if text:
        click.echo(before + "\n".join(textwrap.wrap(text, _WIDTH, break_long_words=False, break_on_hyphens=False)))


def _list(choices: Iterable[Choice], numbered: bool = True) -> None:
    for number, choice in enumerate(choices, 1):
        label = "" if choice.label.casefold() == choice.id.replace("-", " ") else f" ({choice.label})"
        told = f"{choice.id}{label}{': ' + choice.definition if choice.definition else ''}"
        mark = f"{number:>4}  " if numbered else "      "
        click.echo(textwrap.fill(told, _WIDTH, initial_indent=mark, subsequent_indent="      ", break_on_hyphens=False))


def _are_numbered(wanted: InputField) -> bool:
    """Whether choices can be named by their places in the list: not if they have numbers of their own."""
    return bool(wanted.choices) and not any(choice.id.isdecimal() for choice in wanted.choices)


def _numbers_as_ids(typed: str, wanted: InputField) -> str:
    """The ids of the choices whose numbers were typed; everything else as it was typed."""
    if not _are_numbered(wanted):
        return typed
    numbers = {str(number): choice.id for number, choice in enumerate(wanted.choices[:_MOST_LISTED], 1)}
    return ", ".join(numbers.get(part.strip(), part.strip()) for part in typed.split(","))


def _read(question: str = "") -> str:
    """One line that a person types.

    Raises:
        click.Abort: there is no more to read, or Ctrl-C was pressed.
    """
    click.echo(f"{question} > " if question else "> ", nl=False)
    try:
        return input().strip()
    except EOFError:
        click.echo("\nThe answers ended; nothing was written.")
        raise click.Abort from None
    except UnicodeDecodeError:
        click.echo("That is not text.")
        return ""
