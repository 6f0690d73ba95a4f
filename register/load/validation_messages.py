"""What pydantic found wrong with a record, in an editor's words and at its line."""

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from register.load.yaml_source import Fields, Items, Node
from register.model import Recommendation, Record, Update, fields_of, kind_at
from register.problems import Problem, UnusableValue, nearest

Location = tuple[int | str, ...]


def problems_of(errors: list[ErrorDetails], node: Fields, kind: type[Record], path: str, name: str) -> list[Problem]:
    """Return ``ValidationError.errors()`` as problems; a misspelt field is one problem, not one more for what it lacks.

    Args:
        errors: what pydantic says.
        node: the record as typed, with its lines.
        kind: the class it was checked against.
        path: the file, as messages show it.
        name: the record, as messages show it.
    """
    misspelt = {_meant(error, kind) for error in errors if error["type"] == "extra_forbidden"}
    return [
        _problem(error, node, kind, path, name)
        for error in errors
        if not (error["type"] == "missing" and error["loc"] in misspelt)
    ]


@dataclass(frozen=True)
class _Message:
    """What is wrong, what to do, and the permanent word for it."""

    kind: str
    what: str
    to_do: str


def _problem(error: ErrorDetails, node: Fields, kind: type[Record], path: str, name: str) -> Problem:
    message = _message(_Mistake(error, kind))
    return Problem(path, _line(node, error), name, message.what, message.to_do, message.kind)


@dataclass(frozen=True)
class _Mistake:
    """One thing that pydantic found, with the class of the record in which it lies."""

    error: ErrorDetails
    kind: type[Record]

    @property
    def location(self) -> Location:
        """The way to it from the record: names of fields and places in lists."""
        return self.error["loc"]

    @property
    def name(self) -> str:
        """The field that it is about."""
        return next((part for part in reversed(self.location) if isinstance(part, str)), "")

    @property
    def given(self) -> str:
        """What was typed, short enough for one line."""
        return _short(str(self.error["input"]))

    @property
    def context(self) -> dict[str, Any]:
        """What pydantic says besides."""
        return self.error.get("ctx", {})

    @property
    def holder(self) -> type[Record]:
        """The class of the record that holds the field."""
        return kind_at(self.kind, self.location[:-1])


def _message(mistake: _Mistake) -> _Message:
    error = mistake.error
    if error["input"] == "" and error["type"] not in ("missing", "extra_forbidden"):
        to_do = "write something" if _required(mistake) else "write something, or take the line out"
        return _Message("empty", f"'{mistake.name}' is empty", to_do)
    if words := _WORDS.get(error["type"]):
        return words(mistake)
    return _Message("unreadable", f"'{mistake.name}' cannot be read: {error['msg'].lower()}", "see the field reference")


def _meant(error: ErrorDetails, kind: type[Record]) -> Location:
    """Where the field would stand that a misspelt one was meant to be."""
    *parent, name = error["loc"]
    near = difflib.get_close_matches(str(name)[:60].casefold(), fields_of(kind_at(kind, tuple(parent))), n=1)
    return (*parent, *near)


def _required(mistake: _Mistake) -> bool:
    """Whether a record cannot be without the field."""
    info = fields_of(mistake.holder).get(str(mistake.location[-1]))
    return bool(info and info.is_required())


def _line(node: Node, error: ErrorDetails) -> int:
    """The line of the deepest part of a mistake's location that exists."""
    if error["type"] == "list_type" and isinstance(error["input"], Fields):
        return error["input"].line  # where the missing '- ' belongs
    line = node.line if isinstance(node, Fields) else 1
    for part in error["loc"]:
        if isinstance(node, Fields) and isinstance(part, str) and part in node:
            line, node = node.lines[part], node[part]
        elif isinstance(node, Items) and isinstance(part, int) and part < len(node):
            line, node = node.lines[part], node[part]
        else:
            break
    return line


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"


def _missing(mistake: _Mistake) -> _Message:
    description = fields_of(mistake.holder)[str(mistake.location[-1])].description or ""
    to_do = "add it: " + description[0].lower() + description[1:].rstrip(".")
    return _Message("missing-field", f"'{mistake.name}' is missing", to_do)


def _unknown(mistake: _Mistake) -> _Message:
    name = mistake.name
    if name in Update.model_fields and mistake.kind is Recommendation and len(mistake.location) == 1:
        return _Message("misplaced-field", f"'{name}' belongs to an update", "move it right, under the update's 'date'")
    if mistake.error["input"] == "" and " " in name:
        to_do = "put text that holds a comma in double quotes"
        return _Message("comma", f"'{_short(name)}' stands after a comma", to_do)
    return _Message("unknown-field", f"unknown field '{_short(name)}'", nearest(name, fields_of(mistake.holder)))


def _one_of(mistake: _Mistake) -> _Message:
    allowed = re.findall(r"'([^']+)'", mistake.context["expected"])
    to_do = nearest(str(mistake.error["input"]), allowed)
    return _Message("unknown-word", f"unknown {mistake.name} '{mistake.given}'", to_do)


def _text_due(mistake: _Mistake) -> _Message:
    what = "a list" if isinstance(mistake.error["input"], list) else "a group of fields"
    to_do = "write it on the same line, in quotes if it holds ': '"
    return _Message("wrong-shape", f"'{mistake.name}' is {what} where text is due", to_do)


def _list_due(mistake: _Mistake) -> _Message:
    what = f"'{mistake.name}' must be a list"
    if isinstance(mistake.error["input"], Fields):
        first = next(iter(mistake.error["input"]), "its first field")
        return _Message("wrong-shape", what, f"put '- ' before '{first}' here")
    return _Message("wrong-shape", what, f"write {mistake.name}: [{mistake.given}]")


def _fields_due(mistake: _Mistake) -> _Message:
    fields = fields_of(kind_at(mistake.kind, mistake.location))
    needed = ", ".join(f"{field}: …" for field, info in fields.items() if info.is_required()) or "name: …"
    what = f"'{mistake.name}' must be a group of fields"
    return _Message("wrong-shape", what, f"write {mistake.name}: {{{needed}}}")


def _unusable(mistake: _Mistake) -> _Message:
    """What the model's own checks say; a long value is shortened in it."""
    found: UnusableValue = mistake.context["error"]
    typed = mistake.error["input"]
    what, to_do = (
        text.replace(typed, mistake.given) if isinstance(typed, str) else text for text in (found.what, found.to_do)
    )
    return _Message(found.kind, f"'{mistake.name}' {what}", to_do)


def _too_long(mistake: _Mistake) -> _Message:
    length, most = len(mistake.error["input"]), mistake.context["max_length"]
    return _Message("too-long", f"'{mistake.name}' has {length} characters", f"the most is {most}: shorten it")


def _not_whole(mistake: _Mistake) -> _Message:
    what = f"'{mistake.name}' is not a whole number: '{mistake.given}'"
    return _Message("whole-number", what, "write digits only")


def _not_bool(mistake: _Mistake) -> _Message:
    what = f"'{mistake.name}' is neither true nor false: '{mistake.given}'"
    return _Message("true-or-false", what, "write true, or take the line out")


def _out_of_range(mistake: _Mistake) -> _Message:
    bound = "at least {ge}" if "ge" in mistake.context else "at most {le}"
    to_do = f"it must be {bound.format(**mistake.context)}"
    return _Message("out-of-range", f"'{mistake.name}' is {mistake.given}", to_do)


def _pattern(mistake: _Mistake) -> _Message:
    to_do = FORMS.get(mistake.context["pattern"], "see the field reference")
    return _Message("wrong-form", f"'{mistake.name}' is not of the right form: '{mistake.given}'", to_do)


def _long_list(mistake: _Mistake) -> _Message:
    length, most = len(mistake.error["input"]), mistake.context["max_length"]
    return _Message("too-long", f"'{mistake.name}' has {length} items", f"the most is {most}: take some out")


def _empty_list(mistake: _Mistake) -> _Message:
    return _Message("empty", f"'{mistake.name}' has no items", "give at least one")


_WORDS: dict[str, Callable[[_Mistake], _Message]] = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _one_of,
    "string_type": _text_due,
    "list_type": _list_due,
    "model_type": _fields_due,
    "model_attributes_type": _fields_due,
    "value_error": _unusable,
    "string_too_long": _too_long,
    "int_parsing": _not_whole,
    "int_parsing_size": _not_whole,
    "int_type": _not_whole,
    "bool_parsing": _not_bool,
    "bool_type": _not_bool,
    "greater_than_equal": _out_of_range,
    "less_than_equal": _out_of_range,
    "string_pattern_mismatch": _pattern,
    "too_short": _empty_list,
    "too_long": _long_list,
}
# What is to be written where a pattern of the model is not met.
FORMS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "small letters, digits and single hyphens, like get-safe",
    r"^[a-z0-9-]+(\.[a-z0-9-]+)+$": "a host's name, like www.gov.uk",
    r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$": "an email address",
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$": "month and day, like 04-01",
}
