"""A fault that pydantic found, in an editor's words and at its line."""

import difflib
import re
from collections.abc import Iterator

from pydantic import BaseModel

from register.model import Recommendation, Update
from register.problems import Problem, nearest
from register.source import Fields, Items, Node


def problems_of(faults: list[dict], node: Fields, kind: type[BaseModel], path: str, which: str) -> list[Problem]:
    """Return ``ValidationError.errors()`` as problems.

    Args:
        faults: what pydantic says.
        node: the record as typed, with its lines.
        kind: the class it was checked against.
        path: the file, as messages show it.
        which: the record, as messages show it.
    """
    misspelt = {_meant(fault, kind) for fault in faults if fault["type"] == "extra_forbidden"}
    return [
        Problem(path, _line(node, fault), which, _text(fault, kind))
        for fault in faults
        if not (fault["type"] == "missing" and fault["loc"] in misspelt)
    ]


def _meant(fault: dict, kind: type[BaseModel]) -> tuple:
    """Where the field would stand that a misspelt one was meant to be; one slip is told once."""
    *parent, name = fault["loc"]
    near = difflib.get_close_matches(name.casefold(), _class_at(kind, tuple(parent)).model_fields, n=1)
    return (*parent, *near)


def _text(fault: dict, kind: type[BaseModel]) -> str:
    name = next((part for part in reversed(fault["loc"]) if isinstance(part, str)), "")
    if fault["input"] == "" and fault["type"] not in ("missing", "extra_forbidden"):
        return f"'{name}' is empty (write something{'' if _required(fault, kind) else ', or take the line out'})"
    speak = _WORDS.get(fault["type"])
    if speak:
        return speak(name, fault, kind)
    return f"'{name}' cannot be read: {fault['msg'].lower()} (see the field reference)"


def _required(fault: dict, kind: type[BaseModel]) -> bool:
    """Whether a record cannot be without the field that a fault is about."""
    *parent, name = fault["loc"]
    info = _class_at(kind, tuple(parent)).model_fields.get(name)
    return bool(info and info.is_required())


def _line(node: Node, fault: dict) -> int:
    """The line of the deepest part of a fault's place that exists."""
    if fault["type"] == "list_type" and isinstance(fault["input"], Fields):
        return fault["input"].line  # where the missing '- ' belongs
    line = node.line
    for part in fault["loc"]:
        if isinstance(node, Fields) and part in node:
            node, line = node[part], node.lines[part]
        elif isinstance(node, Items) and isinstance(part, int) and part < len(node):
            node, line = node[part], node.lines[part]
        else:
            break
    return line


def _given(fault: dict) -> str:
    """What was typed, short enough for one line."""
    return _short(str(fault["input"]))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"


def _missing(name: str, fault: dict, kind: type[BaseModel]) -> str:
    return f"'{name}' is missing ({_described(kind, fault['loc'])})"


def _unknown(name: str, fault: dict, kind: type[BaseModel]) -> str:
    if name in Update.model_fields and kind is Recommendation and len(fault["loc"]) == 1:
        return f"'{name}' belongs to an update (move it right, under the update's 'date')"
    if fault["input"] == "" and " " in name:
        return f"'{_short(name)}' stands after a comma (put text that holds a comma in double quotes)"
    return f"unknown field '{_short(name)}' ({nearest(name, _class_at(kind, fault['loc'][:-1]).model_fields)})"


def _one_of(name: str, fault: dict, kind: type[BaseModel]) -> str:
    allowed = re.findall(r"'([^']+)'", fault["ctx"]["expected"])
    return f"unknown {name} '{_given(fault)}' ({nearest(str(fault['input']), allowed)})"


def _text_due(name: str, fault: dict, kind: type[BaseModel]) -> str:
    what = "a list" if isinstance(fault["input"], list) else "a group of fields"
    return f"'{name}' is {what} where text is due (write it on the same line, in quotes if it holds ': ')"


def _list_due(name: str, fault: dict, kind: type[BaseModel]) -> str:
    if isinstance(fault["input"], Fields):
        first = next(iter(fault["input"]), "its first field")
        return f"'{name}' must be a list (put '- ' before '{first}' here)"
    return f"'{name}' must be a list (write {name}: [{_given(fault)}])"


def _fields_due(name: str, fault: dict, kind: type[BaseModel]) -> str:
    fields = _class_at(kind, fault["loc"]).model_fields
    needed = ", ".join(f"{field}: …" for field, info in fields.items() if info.is_required()) or "name: …"
    return f"'{name}' must be a group of fields (write {name}: {{{needed}}})"


def _own_words(name: str, fault: dict, kind: type[BaseModel]) -> str:
    said = str(fault["ctx"]["error"])
    return f"'{name}' {said.replace(fault['input'], _given(fault)) if isinstance(fault['input'], str) else said}"


def _too_long(name: str, fault: dict, kind: type[BaseModel]) -> str:
    length, most = len(fault["input"]), fault["ctx"]["max_length"]
    return f"'{name}' has {length} characters (the most is {most}: shorten it)"


def _not_whole(name: str, fault: dict, kind: type[BaseModel]) -> str:
    return f"'{name}' is not a whole number: '{_given(fault)}' (write digits only)"


def _not_bool(name: str, fault: dict, kind: type[BaseModel]) -> str:
    return f"'{name}' is neither true nor false: '{_given(fault)}' (write true, or take the line out)"


def _out_of_range(name: str, fault: dict, kind: type[BaseModel]) -> str:
    bound = "at least {ge}" if "ge" in fault["ctx"] else "at most {le}"
    return f"'{name}' is {_given(fault)} (it must be {bound.format(**fault['ctx'])})"


def _pattern(name: str, fault: dict, kind: type[BaseModel]) -> str:
    form = _FORMS.get(fault["ctx"]["pattern"], "see the field reference")
    return f"'{name}' is not of the right form: '{_given(fault)}' ({form})"


def _empty_list(name: str, fault: dict, kind: type[BaseModel]) -> str:
    return f"'{name}' has no items (give at least one)"


_WORDS = {
    "missing": _missing,
    "extra_forbidden": _unknown,
    "literal_error": _one_of,
    "string_type": _text_due,
    "list_type": _list_due,
    "model_type": _fields_due,
    "model_attributes_type": _fields_due,
    "value_error": _own_words,
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
}
_FORMS = {
    r"^[a-z0-9]+(-[a-z0-9]+)*$": "small letters, digits and single hyphens, like get-safe",
    r"^[a-z0-9-]+(\.[a-z0-9-]+)+$": "a host's name, like www.gov.uk",
    r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$": "an email address",
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$": "month and day, like 04-01",
}


def _class_at(kind: type[BaseModel], location: tuple) -> type[BaseModel]:
    """The class of the record at a location, by following the fields' types."""
    for part in location:
        if isinstance(part, str) and part in kind.model_fields:
            kind = next(_classes(kind.model_fields[part].annotation), kind)
    return kind


def _classes(annotation: object) -> Iterator[type[BaseModel]]:
    """The record classes named in a type such as ``list[Update]`` or ``Summary | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _classes(inner)


def _described(kind: type[BaseModel], location: tuple) -> str:
    """The repair for a missing field: what it holds, from its own description."""
    description = _class_at(kind, location[:-1]).model_fields[location[-1]].description
    return "add it: " + description[0].lower() + description[1:].rstrip(".")
