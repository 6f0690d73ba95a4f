"""From the files in ``data/`` to a checked register: the only way in.

Nobody else meets raw YAML. ``load`` returns a register in which every rule
holds, or raises with every problem found, each with its file and line.
"""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from register import model
from register.load.data_files import FILES, DataFile
from register.load.rules import RULES, Rule, Violation
from register.load.validation import validate
from register.load.yaml_source import MORE_PROBLEMS, MOST_FOUND, PUT_BACK, Fields, Items, Node, read
from register.problems import Problem, ProblemsFound


@dataclass(frozen=True)
class Loaded:
    """A checked register, and what is not wrong yet but needs somebody's attention."""

    register: model.Register
    advice: list[Problem]


# Without these nobody can ask about words: they hold what is known, what is not used, and what was answered.
_NEEDED_TO_ASK = {"header", "language", "exceptions"}


class UnusableData(ProblemsFound):
    """Data that cannot be used, with what could be read of them, so that their words can be asked about all the same."""

    def __init__(self, problems: list[Problem], readable: model.Register | None) -> None:
        super().__init__(problems)
        self.readable = readable


def load(folder: Path, today: datetime.date) -> model.Register:
    """Return the checked register held in a folder of YAML files; see ``load_with_advice``."""
    return load_with_advice(folder, today).register


def load_with_advice(folder: Path, today: datetime.date) -> Loaded:
    """Return the checked register held in a folder of YAML files, and advice in order of file and line.

    Args:
        folder: the ``data`` folder.
        today: no record may be dated later than this.

    Raises:
        UnusableData: anything is wrong; carries every problem in every file.
    """
    loading = _Loading(folder)
    for data_file in FILES:
        loading.read(data_file)
    loading.apply_rules(today)
    if loading.problems:
        raise UnusableData(loading.problems, None if loading.incomplete & _NEEDED_TO_ASK else loading.register())
    return Loaded(loading.register(), sorted(loading.advice))


def _to_do_if_empty(data_file: DataFile) -> str:
    """What to do about a file in which nothing stands."""
    if not data_file.many or data_file.never_empty:
        return PUT_BACK
    return "put its records back, or write [] if there are none"


@dataclass
class _Loading:
    """The state of one load: what is filled so far and what went wrong."""

    folder: Path
    problems: list[Problem] = field(default_factory=list)
    advice: list[Problem] = field(default_factory=list)
    filled: dict[str, Any] = field(default_factory=dict)
    incomplete: set[str] = field(default_factory=set)

    def register(self) -> model.Register:
        """The register, unchecked: its records were checked one by one, and are None or missing where not usable."""
        return model.Register.model_construct(**self.filled)

    def read(self, data_file: DataFile) -> None:
        """Read one file; keep what is usable of it, so that the rules can still speak of the rest."""
        path = f"{self.folder.name}/{data_file.name}"
        self.filled[data_file.fills] = [] if data_file.many else None
        if data_file.optional and not (self.folder / data_file.name).exists():
            return
        try:
            node, problems = read(self.folder / data_file.name, path, if_empty=_to_do_if_empty(data_file))
        except ProblemsFound as found:
            self.problems += found.problems
            self.incomplete.add(data_file.fills)
            return
        self.problems += problems
        if not data_file.many:
            self.filled[data_file.fills] = self._record(data_file, path, node, data_file.noun, 1)
        elif isinstance(node, Items) and data_file.never_empty and not node:
            self._wrong_shape(data_file, path, node.line, "", "the list is empty", _to_do_if_empty(data_file))
        elif isinstance(node, Items):
            self.filled[data_file.fills] = list(self._records(data_file, path, node))
        else:
            line = node.line if isinstance(node, Fields) else 1
            self._wrong_shape(data_file, path, line, "", "a list of records is due here", "begin each record with '- '")

    def _records(self, data_file: DataFile, path: str, node: Items) -> Iterator[model.Record]:
        """The records that can be used; when too much is wrong, those that follow are not looked at."""
        enough = len(self.problems) + MOST_FOUND
        for place, (item, line) in enumerate(zip(node, node.lines, strict=True), 1):
            if len(self.problems) >= enough:
                self.problems.append(Problem(path, line, "", *MORE_PROBLEMS, "more-problems"))
                self.incomplete.add(data_file.fills)
                return
            if record := self._record(data_file, path, item, _name(data_file, item, place), line):
                yield record

    def _wrong_shape(self, data_file: DataFile, path: str, line: int, name: str, what: str, to_do: str) -> None:
        self.problems.append(Problem(path, line, name, what, to_do, "wrong-shape"))
        self.incomplete.add(data_file.fills)

    def _record(self, data_file: DataFile, path: str, node: Node, name: str, line: int) -> model.Record | None:
        """One record, checked against its kind; what is wrong is noted and left out, to let the rest be checked."""
        if not isinstance(node, Fields):
            what, to_do = "the fields of a record are due here", "lines like 'name: text'"
            self._wrong_shape(data_file, path, line, name, what, to_do)
            return None
        checked = validate(node, data_file.kind, path, name)
        self.problems += checked.problems
        if checked.record is None or (checked.problems and not data_file.many):
            self.incomplete.add(data_file.fills)
        return checked.record

    def apply_rules(self, today: datetime.date) -> None:
        """Run every rule whose files could be read whole; a rule over half a file, or half a record, would mislead."""
        register = self.register()
        for rule in RULES:
            if not self.incomplete & set(rule.reads):
                found = (_problem(violation, rule) for violation in rule.check(register, today))
                kept = islice((one for one in found if one), MOST_FOUND)
                (self.advice if rule.advises else self.problems).extend(kept)


def _problem(violation: Violation, rule: Rule) -> Problem | None:
    """A violation where it was typed; None in a record of which something was left out."""
    origin = violation.record.origin
    if not origin or not origin.whole:
        return None
    line = origin.line_of(violation.field)
    return Problem(origin.path, line, origin.record, violation.what, violation.to_do, rule.name)


def _name(data_file: DataFile, node: Node, place: int) -> str:
    """How messages name a record: by its key where it has a usable one, else by its place in the file."""
    key = node.get(data_file.key) if isinstance(node, Fields) else None
    if not isinstance(key, str) or not re.fullmatch(r"[^\n]{1,60}", key):
        return f"record {place}"
    return f"{data_file.noun} {key}".strip()
