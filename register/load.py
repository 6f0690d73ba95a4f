"""From the files in ``data/`` to a checked register: the only way in.

Nobody else meets raw YAML. ``load`` returns a register in which every rule
holds, or raises with every problem found, each with its file and line.
"""

import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel, ValidationError

from register import model
from register.faults import problems_of
from register.problems import Problem, ProblemsFound
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
    DataFile("register.yml", "header", model.Header, many=False, noun="register"),
    DataFile("recommendations.yml", "recommendations", model.Recommendation, noun="recommendation", key="number"),
    DataFile("links.yml", "links", model.Link),
    DataFile("contacts.yml", "contacts", model.Contact),
    DataFile("topics.yml", "topics", model.Topic),
    DataFile("timeline.yml", "timeline", model.Milestone, noun="milestone of", key="date"),
    DataFile("accessibility.yml", "statement", model.Statement, many=False, noun="accessibility statement"),
)


def load(folder: Path, today: datetime.date, advice: list[Problem] | None = None) -> model.Register:
    """Return the checked register held in a folder of YAML files.

    Args:
        folder: the ``data`` folder.
        today: no record may be dated later than this.
        advice: receives what is not wrong yet but needs somebody's attention.

    Raises:
        ProblemsFound: anything is wrong; carries every problem in every file.
    """
    loading = _Loading(folder)
    for data_file in FILES:
        loading.read(data_file)
    loading.apply_rules(today)
    if loading.problems:
        raise ProblemsFound(loading.problems)
    if advice is not None:
        advice += sorted(loading.advice)
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
    advice: list[Problem] = field(default_factory=list)
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
            self.filled[data_file.fills] = self._record(data_file, path, node, data_file.noun, 1)
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
        record, problems, usable = validate(node, data_file.kind, path, which)
        self.problems += problems
        if record is None or (problems and not data_file.many):
            self.incomplete.add(data_file.fills)
        if record is not None:
            self._remember(record, usable, path, which)
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
        """Run every rule whose files could be read whole; a rule over half a file, or half a record, would mislead."""
        register = model.Register.model_construct(**self.filled)
        for rule in RULES:
            if not self.incomplete & set(rule.reads):
                told = self.advice if rule.advises else self.problems
                for finding in rule.check(register, today):
                    place = self.places[id(finding.record)]
                    if place.node.whole:
                        told.append(_located(finding, place))


def _located(finding: Finding, place: _Place) -> Problem:
    line = place.node.lines.get(finding.field, place.node.line)
    return Problem(place.path, line, place.which, finding.text)


def _which(data_file: DataFile, node: Node, place: int) -> str:
    """How messages name a record: by its key where it has a usable one, else by its place in the file."""
    key = node.get(data_file.key) if isinstance(node, Fields) else None
    if not isinstance(key, str) or not re.fullmatch(r"[^\n]{1,60}", key):
        return f"record {place}"
    return f"{data_file.noun} {key}".strip()


def validate(
    node: Fields, kind: type[model.Record], path: str, which: str
) -> tuple[model.Record | None, list[Problem], Fields | None]:
    """Check one record against its kind.

    Returns:
        The record made of what is usable (None if nothing is), every problem, and the fields it was made of.
    """
    problems: list[Problem] = []
    usable: Fields | None = node
    while usable is not None:
        try:
            return kind.model_validate(usable), problems, usable
        except ValidationError as error:
            faults = error.errors()
            problems = problems or problems_of(faults, node, kind, path, which)
            usable = _without(usable, {_cut(fault) for fault in faults})
    return None, problems, None


def _cut(fault: dict) -> tuple:
    """The smallest part to leave out so that the rest may still be valid: the faulty value, or the record without it."""
    location = fault["loc"]
    return location[:-1] if fault["type"] == "missing" else location


def _without(node: Node, cuts: set[tuple], at: tuple = ()) -> Node | None:
    """A copy of the tree without the parts at these locations; None if nothing is left of a record."""
    if at in cuts:
        return None
    if isinstance(node, Fields):
        kept = Fields(node.line)
        kept.whole = node.whole
        for name, value in node.items():
            inner = _without(value, cuts, (*at, name))
            if inner is None or (isinstance(inner, Items) and not inner.whole):
                kept.whole = False
            if inner is not None:
                kept[name], kept.lines[name] = inner, node.lines[name]
        return kept
    if isinstance(node, Items):
        kept = Items(node.line)
        kept.whole = node.whole
        for place, value in enumerate(node):
            inner = _without(value, cuts, (*at, place))
            if inner is None and isinstance(value, str):
                kept.whole = False
            if inner is not None:
                kept.append(inner)
                kept.lines.append(node.lines[place])
        return kept
    return node
