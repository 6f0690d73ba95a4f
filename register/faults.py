"""A fault that pydantic found, in an editor's words and at its line."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from register.problems import Problem, nearest
from register.source import Fields, Items, Node


def problem_of(fault: dict, node: Fields, kind: type[BaseModel], path: str, which: str) -> Problem:
    """Return one of ``ValidationError.errors()`` as a problem.

    Args:
        fault: what pydantic says.
        node: the record as typed, with its lines.
        kind: the class it was checked against.
        path: the file, as messages show it.
        which: the record, as messages show it.
    """
    location = fault["loc"]
    line = _line(node, location)
    name = next((part for part in reversed(location) if isinstance(part, str)), "")
    speak = _WORDS.get(fault["type"])
    if speak:
        text = speak(name, fault, kind)
    elif fault["input"] == "":
        text = _empty(name)
    else:
        text = f"'{name}' cannot be read: {fault['msg'].lower()} (see the field reference)"
    return Problem(path, line, which, text)


def _line(node: Node, location: tuple) -> int:
    """The line of the deepest part of a location that exists."""
    line = node.line
    for part in location:
        if isinstance(node, Fields) and part in node:
            node, line = node[part], node.lines[part]
        elif isinstance(node, Items) and isinstance(part, int) and part < len(node):
            node, line = node[part], node.lines[part]
        else:
            break
    return line


def _empty(name: str) -> str:
    return f"'{name}' is empty (write something, or take the line out)"


def _given(fault: dict) -> str:
    """What was typed, short enough for one line."""
    return _short(str(fault["input"]))


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else text[:57] + "…"


def _missing(name: str, fault: dict, kind: type[BaseModel]) -> str:
    return f"'{name}' is missing ({_described(kind, fault['loc'])})"


def _unknown(name: str, fault: dict, kind: type[BaseModel]) -> str:
    return f"unknown field '{_short(name)}' ({nearest(name, _class_at(kind, fault['loc'][:-1]).model_fields)})"


def _one_of(name: str, fault: dict, kind: type[BaseModel]) -> str:
    if fault["input"] == "":
        return _empty(name)
    allowed = re.findall(r"'([^']+)'", fault["ctx"]["expected"])
    return f"unknown {name} '{_given(fault)}' ({nearest(str(fault['input']), allowed)})"


def _text_due(name: str, fault: dict, kind: type[BaseModel]) -> str:
    what = "a list" if isinstance(fault["input"], list) else "a group of fields"
    return f"'{name}' is {what} where text is due (write it on the same line, in quotes if it holds ': ')"


def _list_due(name: str, fault: dict, kind: type[BaseModel]) -> str:
    if fault["input"] == "":
        return _empty(name)
    return f"'{name}' must be a list (begin each item on a line of its own with '- ')"


def _fields_due(name: str, fault: dict, kind: type[BaseModel]) -> str:
    if fault["input"] == "":
        return _empty(name)
    names = ", ".join(_class_at(kind, fault["loc"]).model_fields)
    return f"'{name}' must be a group of fields (indented lines like 'name: text'; its fields: {names})"


def _own_words(name: str, fault: dict, kind: type[BaseModel]) -> str:
    if fault["input"] == "":
        return _empty(name)
    said = str(fault["ctx"]["error"])
    return f"'{name}' {said.replace(fault['input'], _given(fault)) if isinstance(fault['input'], str) else said}"


def _too_long(name: str, fault: dict, kind: type[BaseModel]) -> str:
    length, most = len(fault["input"]), fault["ctx"]["max_length"]
    return f"'{name}' has {length} characters (the most is {most}: shorten it)"


def _not_whole(name: str, fault: dict, kind: type[BaseModel]) -> str:
    if fault["input"] == "":
        return _empty(name)
    return f"'{name}' is not a whole number: '{_given(fault)}' (write digits only)"


def _not_bool(name: str, fault: dict, kind: type[BaseModel]) -> str:
    return f"'{name}' is neither true nor false: '{_given(fault)}' (write true, or take the line out)"


def _out_of_range(name: str, fault: dict, kind: type[BaseModel]) -> str:
    bound = "at least {ge}" if "ge" in fault["ctx"] else "at most {le}"
    return f"'{name}' is {_given(fault)} (it must be {bound.format(**fault['ctx'])})"


def _pattern(name: str, fault: dict, kind: type[BaseModel]) -> str:
    if fault["input"] == "":
        return _empty(name)
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
    "string_too_short": lambda name, fault, kind: _empty(name),
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
