"""What pydantic found wrong with a record, in an editor's words and at its line."""

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from pydantic_core import ErrorDetails

from register.load.yaml_source import Fields, Items, Node
from register.model import BelongsInLinks, Recommendation, Record, Update, fields_of, kind_at, kinds_in
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
    unknown = [error for error in errors if error["type"] == "extra_forbidden"]
    misspelt = {_meant(error, kind) for error in unknown}
    mistakes = [_Mistake(error, kind, node) for error in errors]
    explained = {place for mistake in mistakes for place in _explained_by(mistake)}
    return [
        _problem(mistake, path, name)
        for mistake in mistakes
        if mistake.location not in explained
        and not (mistake.error["type"] == "missing" and mistake.location in misspelt)
    ]


@dataclass(frozen=True)
class _Message:
    """What is wrong, what to do, and the permanent word for it."""

    kind: str
    what: str
    to_do: str


def swallowed(
    node: Node, kind: type[Record], path: str, name: str, location: Location = ()
) -> Iterator[tuple[Problem, Location]]:
    """Yield each field of a record that was indented so far that it became part of the text above it, and where it belongs.

    Args:
        node: the record as typed, or a part of it.
        kind: the class of the record.
        path: the file, as messages show it.
        name: the record, as messages show it.
        location: the way from the record to the part.
    """
    if isinstance(node, Fields):
        fields = fields_of(kind_at(kind, location)) if node.swallowed else {}
        for field, (above, line) in node.swallowed.items():
            if field in fields and field not in node:
                what = f"'{field}' stands too far right, and is read as part of '{above}'"
                to_do = f"give it as many spaces as '{above}' has; if it is text, begin the line otherwise"
                yield Problem(path, line, name, what, to_do, "swallowed-field"), (*location, field)
    inner = node.items() if isinstance(node, Fields) else enumerate(node) if isinstance(node, Items) else ()
    for part, value in inner:
        yield from swallowed(value, kind, path, name, (*location, part))


def _problem(mistake: "_Mistake", path: str, name: str) -> Problem:
    message = _message(mistake)
    return Problem(path, _line(mistake.record, mistake.error), name, message.what, message.to_do, message.kind)


@dataclass(frozen=True)
class _Mistake:
    """One thing that pydantic found, with the class of the record in which it lies."""

    error: ErrorDetails
    kind: type[Record]
    record: Fields  # as typed

    @property
    def beside(self) -> Fields:
        """The fields among which it stands, as typed."""
        node: Node = self.record
        for part in self.location[:-1]:
            node = node[part]  # type: ignore[index]  # pydantic names only what is there
        return node if isinstance(node, Fields) else Fields(0)

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
    if cut := _cut_at_comma(mistake):
        field, rest = cut
        begun = str(mistake.beside[field])
        to_do = f'put the whole text in double quotes: {field}: "{_short(", ".join([begun, *rest]))}"'
        return _Message("comma", f"'{field}' ends at a comma: '{_short(begun)}'", to_do)
    if owner := _empty_owner(mistake):
        return _Message("misplaced-field", f"'{name}' belongs to '{owner}'", f"move it right, under '{owner}'")
    if above := _field_above(mistake):
        what, to_do = f"'{name}' stands too far right", f"give it as many spaces as '{above}' has"
        return _Message("misplaced-field", what, to_do)
    return _Message("unknown-field", f"unknown field '{_short(name)}'", nearest(name, fields_of(mistake.holder)))


def _explained_by(mistake: _Mistake) -> Iterator[Location]:
    """Where else something is wrong only because of this mistake."""
    if mistake.error["type"] == "extra_forbidden":
        parent = mistake.location[:-1]
        if cut := _cut_at_comma(mistake):
            yield from ((*parent, rest) for rest in cut[1] if rest != cut[1][0])
        elif owner := _empty_owner(mistake):
            yield (*parent, owner)


def _cut_at_comma(mistake: _Mistake) -> tuple[str, list[str]] | None:
    """The field whose text a comma cuts in ``{by: A, B, on: …}``, and the names that YAML makes of the rest of it."""
    beside, names = mistake.beside, list(mistake.beside)
    if not beside.in_one_line or mistake.error["input"] != "" or mistake.name not in names:
        return None
    known = fields_of(mistake.holder)
    rest = [name for name in names if beside[name] == "" and name not in known]
    before = names[: names.index(rest[0])]
    held = beside[before[-1]] if before else None
    return (before[-1], rest) if isinstance(held, str) and held else None


def _empty_owner(mistake: _Mistake) -> str | None:
    """The field above that stands empty and whose group an unknown field belongs to: it was not indented."""
    for field, info in fields_of(mistake.holder).items():
        kinds = kinds_in(info.annotation) if mistake.beside.get(field) == "" else ()
        if any(mistake.name in fields_of(kind) for kind in kinds):
            return field
    return None


def _field_above(mistake: _Mistake) -> str | None:
    """The field in whose group an unknown field stands, if it belongs beside that: it is indented too far."""
    *way, field = [part for part in mistake.location[:-1] if isinstance(part, str)] or [""]
    outer = kind_at(mistake.kind, tuple(way))
    return field if field and mistake.name in fields_of(outer) else None


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
    if "text" in fields and isinstance(mistake.error["input"], str):
        to_do = f"write 'text: |-' below '{mistake.name}:', indent every line of the text further than 'text', then add {needed}"
        return _Message("wrong-shape", what, to_do.replace("text: …, ", ""))
    return _Message("wrong-shape", what, f"write {mistake.name}: {{{needed}}}")


_CITING = ("evidence", "sources")  # the lists in which a record names the pages that it rests on


def _unusable(mistake: _Mistake) -> _Message:
    """What the model's own checks say; a long value is shortened in it."""
    found: UnusableValue = mistake.context["error"]
    typed = mistake.error["input"]
    cites = next((name for name in _CITING if name in fields_of(mistake.holder)), None)
    repair = found.to_do
    if isinstance(found, BelongsInLinks) and cites:
        repair = f"say it in words, and add the page's id from data/links.yml to '{cites}'"
    what, to_do = (
        text.replace(typed, mistake.given) if isinstance(typed, str) else text for text in (found.what, repair)
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
    r"^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+$": "a host's name, like www.gov.uk",
    r"^[a-z0-9]+([.-][a-z0-9]+)*\.pdf$": "the name of a file in docs/files/: small letters, digits and hyphens, then .pdf",
    r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$": "an email address",
    r"^[0-9a-f]{64}$": "64 digits and letters from a to f",
    r"^[^/\\]+$": "a file's name without its folder",
    r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$": "month and day, like 04-01",
}
