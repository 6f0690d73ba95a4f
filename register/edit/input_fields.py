"""The fields that a person fills in, read off the model: what each is called, what it is for, and what it may hold.

Questions in a terminal, forms on the web and the columns of a spreadsheet are all made from these.
"""

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast, get_args, get_origin, get_type_hints

from pydantic import AfterValidator, StringConstraints

from register.dates import PartialDate
from register.edit.data_text import Value
from register.edit.typed_dates import typed_date
from register.model import CitesLink, Record, Register, TermOf, fields_of, kinds_in, marked_fields, whole_number
from register.problems import UnusableValue, nearest
from register.state.facets import Choice

Holds = Literal["text", "date", "number", "choice", "yes-no", "group"]
Check_ = Callable[[Any], object]
_YES, _NO = {"yes", "y", "true"}, {"no", "n", "false"}


@dataclass(frozen=True)
class InputField:
    """One field of a kind of record."""

    name: str
    description: str
    holds: Holds
    many: bool  # whether it is a list
    required: bool
    choices: tuple[Choice, ...] = ()
    kind: type[Record] | None = None  # of a group of fields
    longest: int = 0  # signs of a text; 0 if nothing is said of it
    title: str = ""  # what it is called, if not by its name
    checks: tuple[Check_, ...] = ()  # of the value: each raises UnusableValue

    @property
    def label(self) -> str:
        """Its name as a person reads it: ``Done when``."""
        return self.title or self.name.replace("_", " ").capitalize()

    def with_choices(self, choices: Iterable[Choice]) -> "InputField":
        """Return the field with other choices."""
        return replace(self, choices=tuple(choices))

    def read(self, typed: str, today: datetime.date) -> Value:
        """Return what somebody typed as the data files hold it; several values stand with commas or ``;`` between them.

        Raises:
            UnusableValue: it cannot be that.
        """
        if not self.many:
            return self._one(typed.strip(), today)
        return [self._one(part, today) for part in self._parts(typed)]

    def _parts(self, typed: str) -> list[str]:
        """What stands between ``;``, line ends and commas; a label that holds a comma stays whole."""
        labels = {choice.label.casefold() for choice in self.choices}
        parts = [part.strip() for part in typed.replace("\n", ";").split(";")]
        whole = [[part] if part.casefold() in labels else part.split(",") for part in parts]
        return [piece.strip() for pieces in whole for piece in pieces if piece.strip()]

    def _one(self, typed: str, today: datetime.date) -> str | int | bool:
        if self.holds == "date":
            return self._date(typed_date(typed, today))
        if self.holds == "choice":
            return self._choice(typed)
        if self.holds == "number":
            return int(str(whole_number(typed)))
        if self.holds == "yes-no":
            return self._yes_or_no(typed)
        for check in self.checks:
            check(typed)
        return typed

    def _date(self, date: PartialDate) -> str:
        for check in self.checks:
            check(date)
        return date.text

    def _choice(self, typed: str) -> str:
        wanted = typed.casefold()
        for choice in self.choices:
            if wanted in (choice.id.casefold(), choice.label.casefold()):
                return choice.id
        raise UnusableValue(
            "unknown-choice", f"cannot be '{typed[:60]}'", nearest(typed, [one.id for one in self.choices])
        )

    def _yes_or_no(self, typed: str) -> bool:
        if typed.casefold() not in _YES | _NO:
            raise UnusableValue("yes-or-no", f"cannot be '{typed[:60]}'", "write yes or no")
        return typed.casefold() in _YES


def input_fields(kind: type[Record], register: Register) -> dict[str, InputField]:
    """Return the fields of a kind of record by their names as they are typed, in the model's order."""
    hints = get_type_hints(kind, include_extras=True)
    attributes = {info.alias or name: name for name, info in kind.model_fields.items()}
    return {
        name: _input_field(kind, name, attributes[name], hints[attributes[name]], register) for name in fields_of(kind)
    }


def _input_field(kind: type[Record], name: str, attribute: str, hint: Any, register: Register) -> InputField:
    info = fields_of(kind)[name]
    choices = tuple(_choices(kind, attribute, hint, register))
    return InputField(
        name=name,
        description=info.description or "",
        holds="choice" if choices else _holds(hint),
        many=get_origin(_bare(hint)) is list,
        required=info.is_required(),
        choices=choices,
        kind=next(kinds_in(info.annotation), None),
        longest=next((part.max_length for part in _parts(hint) if isinstance(part, StringConstraints)), None) or 0,
        checks=tuple(cast(Check_, mark.func) for mark in _parts(hint) if isinstance(mark, AfterValidator)),
    )


def _choices(kind: type[Record], attribute: str, hint: Any, register: Register) -> Iterator[Choice]:
    """The values that a field may have, if they are known: words of a vocabulary, links, or words of the model itself."""
    if mark := marked_fields(kind, TermOf).get(attribute):
        for term in getattr(register.header, mark.vocabulary):
            yield Choice(term.id, term.label, term.definition or "")
    elif attribute in marked_fields(kind, CitesLink):
        yield from (Choice(link.id, link.name) for link in register.links)
    else:
        words = [word for part in _parts(hint) if get_origin(part) is Literal for word in get_args(part)]
        yield from (Choice(word, word.replace("_", " ")) for word in words)


def _holds(hint: Any) -> Holds:
    parts = list(_parts(hint))
    kinds: Sequence[tuple[type, Holds]] = ((PartialDate, "date"), (bool, "yes-no"), (int, "number"), (Record, "group"))
    for wanted, holds in kinds:
        if any(isinstance(part, type) and issubclass(part, wanted) for part in parts):
            return holds
    return "text"


def _bare(hint: Any) -> Any:
    """A type without its marks."""
    return hint.__origin__ if hasattr(hint, "__metadata__") else hint


def _parts(hint: Any) -> Iterator[Any]:
    """A type and all the types and marks within it."""
    yield hint
    inner = (hint.__origin__, *hint.__metadata__) if hasattr(hint, "__metadata__") else getattr(hint, "__args__", ())
    for part in inner:
        yield from _parts(part)
