"""From the files in ``data/`` to a checked register: the only way in.

Nobody else meets raw YAML. ``load`` returns a register in which every rule
holds, or raises with every problem found, each with its file and line.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ValidationError

from register import model
from register.problems import Problem, ProblemsFound, nearest
from register.rules import RULES, Finding
from register.source import Fields, Items, Node, read


@dataclass(frozen=True)
class DataFile:
    """One file of ``data/``: the register's field it fills and the kind of record it holds."""

    name: str
    fills: str
    kind: type[model.Record]
    many: bool = True
    noun: str = ""  # how messages name a record, with its key: "recommendation 12"; the key alone if empty
    key: str = "id"


FILES = (
    DataFile("register.yml", "header", model.Header, many=False),
    DataFile("recommendations.yml", "recommendations", model.Recommendation, noun="recommendation", key="number"),
    DataFile("links.yml", "links", model.Link),
    DataFile("contacts.yml", "contacts", model.Contact),
    DataFile("topics.yml", "topics", model.Topic),
    DataFile("timeline.yml", "timeline", model.Milestone, noun="milestone of", key="date"),
)


def load(folder: Path, today: datetime.date) -> model.Register:
    """Return the checked register held in a folder of YAML files.

    Args:
        folder: the ``data`` folder.
        today: no record may be dated later than this.

    Raises:
        ProblemsFound: anything is wrong; carries every problem in every file.
    """
    loading = _Loading(folder)
    for data_file in FILES:
        loading.read(data_file)
    loading.apply_rules(today)
    if loading.problems:
        raise ProblemsFound(loading.problems)
    return model.Register(**loading.filled)


@dataclass
class _Place:
    """Where a record of the model was typed."""

    path: str
    which: str
    node: Fields


@dataclass
class _Loading:
    """The state of one load: what is filled, what went wrong, where each record was typed."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    filled: dict[str, object] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)
    places: dict[int, _Place] = field(default_factory=dict)

    def read(self, data_file: DataFile) -> None:
        """Read one file; keep what is usable of it, so that the rules can still speak of the rest."""
        path = f"{self.folder.name}/{data_file.name}"
        self.filled[data_file.fills] = [] if data_file.many else None
        try:
            node, problems = read(self.folder / data_file.name, path)
        except ProblemsFound as found:
            self.problems += found.problems
            self.incomplete.add(data_file.fills)
            return
        self.problems += problems
        if not data_file.many:
            self.filled[data_file.fills] = self._record(data_file, path, node, "register", 1)
        elif isinstance(node, Items):
            records = [
                self._record(data_file, path, item, _which(data_file, item, place), line)
                for place, (item, line) in enumerate(zip(node, node.lines, strict=True), 1)
            ]
            self.filled[data_file.fills] = [record for record in records if record is not None]
        else:
            self._wrong_shape(data_file, path, node)

    def _wrong_shape(self, data_file: DataFile, path: str, node: Node) -> None:
        line = node.line if isinstance(node, Fields) else 1
        text = "a list of records is due here (begin each record with '- ')"
        self.problems.append(Problem(path, line, "", text))
        self.incomplete.add(data_file.fills)

    def _record(self, data_file: DataFile, path: str, node: Node, which: str, line: int) -> BaseModel | None:
        """One record, checked against its kind; what is wrong is noted and left out, to let the rest be checked."""
        if not isinstance(node, Fields):
            text = "the fields of a record are due here (lines like 'name: text')"
            self.problems.append(Problem(path, line, which, text))
            self.incomplete.add(data_file.fills)
            return None
        record, problems = None, None
        while record is None and node is not None:
            try:
                record = data_file.kind.model_validate(node)
            except ValidationError as error:
                if problems is None:
                    problems = [_problem(fault, node, data_file.kind, path, which) for fault in error.errors()]
                node = _without(node, {_cut(node, fault) for fault in error.errors()})
        self.problems += problems or []
        if record is None:
            self.incomplete.add(data_file.fills)
        else:
            self._remember(record, node, path, which)
        return record

    def _remember(self, record: BaseModel, node: Fields, path: str, which: str) -> None:
        """Note where a record and the records inside it were typed."""
        self.places[id(record)] = _Place(path, which, node)
        for name, value in node.items():
            held = getattr(record, name)
            if isinstance(held, BaseModel):
                self._remember(held, value, path, which)
            elif isinstance(held, list):
                for inner, inner_node in zip(held, value, strict=True):
                    if isinstance(inner, BaseModel):
                        self._remember(inner, inner_node, path, which)

    def apply_rules(self, today: datetime.date) -> None:
        """Run every rule whose files could be read whole; a rule over half a file would mislead."""
        register = model.Register.model_construct(**self.filled)
        for rule in RULES:
            if not self.incomplete & set(rule.reads):
                self.problems += [self._locate(finding) for finding in rule.check(register, today)]

    def _locate(self, finding: Finding) -> Problem:
        place = self.places[id(finding.record)]
        line = place.node.lines.get(finding.field, place.node.line)
        return Problem(place.path, line, place.which, finding.text)


def _which(data_file: DataFile, node: Node, place: int) -> str:
    """How messages name a record: by its key where it has a usable one, else by its place in the file."""
    key = node.get(data_file.key) if isinstance(node, Fields) else None
    if not isinstance(key, str) or not re.match(r"^[\w-]{1,60}$", key):
        return f"record {place}"
    return f"{data_file.noun} {key}".strip()


def _problem(fault: dict, node: Fields, kind: type[BaseModel], path: str, which: str) -> Problem:
    """A fault found by pydantic, in an editor's words and at its line."""
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


def _cut(node: Fields, fault: dict) -> tuple:
    """The smallest part to leave out so that the rest may still be valid: the faulty value, or the record without it."""
    location = fault["loc"]
    return location[:-1] if fault["type"] == "missing" else location


def _without(node: Node, cuts: set[tuple], at: tuple = ()) -> Node | None:
    """A copy of the tree without the parts at these locations; None if nothing is left of a record."""
    if at in cuts:
        return None
    if isinstance(node, Fields):
        kept = Fields(node.line)
        for name, value in node.items():
            inner = _without(value, cuts, (*at, name))
            if inner is not None:
                kept[name], kept.lines[name] = inner, node.lines[name]
        return kept
    if isinstance(node, Items):
        kept = Items(node.line)
        for place, value in enumerate(node):
            inner = _without(value, cuts, (*at, place))
            if inner is not None:
                kept.append(inner)
                kept.lines.append(node.lines[place])
        return kept
    return node


def _empty(name: str) -> str:
    return f"'{name}' is empty (write something, or take the line out)"


def _given(fault: dict) -> str:
    """What was typed, short enough for one line."""
    text = str(fault["input"]).split("\n")[0]
    return text if len(text) <= 60 else text[:57] + "…"


def _missing(name: str, fault: dict, kind: type[BaseModel]) -> str:
    return f"'{name}' is missing ({_described(kind, fault['loc'])})"


def _unknown(name: str, fault: dict, kind: type[BaseModel]) -> str:
    return f"unknown field '{name}' ({nearest(name, _class_at(kind, fault['loc'][:-1]).model_fields)})"


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
    return _empty(name) if fault["input"] == "" else f"'{name}' {fault['ctx']['error']}"


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
