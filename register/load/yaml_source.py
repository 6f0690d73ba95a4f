"""Reads a YAML file as text with line numbers, and nothing else.

PyYAML guesses what a value is: ``no`` becomes False, ``10:00`` becomes 600, the
last of two equal keys wins. Here every value stays the text that was typed;
the model converts it. Anchors, aliases and tags are refused, so that a small
file cannot unfold into a large one, and nesting is bounded.
"""

import re
from itertools import islice
from pathlib import Path
from typing import Any

import yaml

from register.load import yaml_hints
from register.ordinary_files import read_ordinary
from register.problems import Problem, ProblemsFound

# What 2,000 recommendations need in which every field is filled and 10 updates stand: 7.5 million bytes, 358,000 values.
LARGEST_FILE = 8_000_000  # bytes
MOST_VALUES = 400_000  # texts, lists and groups of fields
MOST_FOUND = 1_000  # problems in one file; then the rest is not looked at
DEEPEST_NESTING = 12  # the model needs 5
# Said at the line on which the check of a file ends early.
MORE_PROBLEMS = ("the file was not looked at from here on, because there is so much wrong above", "mend that first")
PUT_BACK = "put back what stood in it"
_ABSENT = {"", "~", "null", "Null", "NULL"}


class Fields(dict[str, "Node"]):
    """A YAML mapping of text keys, with the line of each."""

    def __init__(self, line: int, in_one_line: bool = False) -> None:
        super().__init__()
        self.line = line
        self.in_one_line = in_one_line  # typed between curly brackets, with commas
        self.lines: dict[str, int] = {}
        # What looks like a field within a text in several lines: the field that holds the text, and the line.
        self.swallowed: dict[str, tuple[str, int]] = {}
        self.whole = True  # False in a copy from which something mistaken was left out


class Items(list["Node"]):
    """A YAML sequence, with the line of each item."""

    def __init__(self, line: int, tag: str = "") -> None:
        super().__init__()
        self.line = line
        self.tag = tag  # one of those that the caller allows, such as ``!ENV``
        self.lines: list[int] = []
        self.whole = True


Node = str | Fields | Items


def read(
    path: Path, name: str, tags: frozenset[str] = frozenset(), if_empty: str = PUT_BACK
) -> tuple[Node, list[Problem]]:
    """Return the file's content as nested ``Fields``, ``Items`` and text, and its small mistakes.

    Doubled keys and the like are returned as problems, so that the rest of the file can still be checked.

    Args:
        path: the file.
        name: the file, as messages show it.
        tags: those that a list may have.
        if_empty: what to do about a file in which nothing stands.

    Raises:
        ProblemsFound: the file is missing, too large, not UTF-8 or not readable as YAML.
    """
    return parse(read_text(path, name), name, tags, if_empty)


def read_text(path: Path, name: str) -> str:
    """Return the file's text without byte-order mark and with ``\\n`` line ends.

    Raises:
        ProblemsFound: the file is missing, too large or not UTF-8.
    """
    content = read_ordinary(path, name, LARGEST_FILE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = "the file is not UTF-8 text"
        raise _stop(name, line, "not-utf-8", what, "save it again with the encoding UTF-8") from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parse(
    text: str, name: str, tags: frozenset[str] = frozenset(), if_empty: str = PUT_BACK
) -> tuple[Node, list[Problem]]:
    """Return YAML text as nested ``Fields``, ``Items`` and text, and its small mistakes; see ``read``."""
    # YAML takes these for line ends, too (1.1, 5.4), which editors do not: every line after them would be counted wrongly.
    text = re.sub("[\x85\u2028\u2029]", " ", text)
    reader = _Reader(name, text.split("\n"), tags)
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            reader.take(event)
    except ProblemsFound as stopped:
        raise ProblemsFound([*reader.end_early(), *stopped.problems]) from None
    except yaml.YAMLError as error:
        raise ProblemsFound([*reader.end_early(), *_broken(error, text, name)]) from None
    if reader.root is None or reader.root == "":
        raise _stop(name, 1, "file-empty", "the file is empty", if_empty)
    return reader.root, reader.problems


def _stop(name: str, line: int, kind: str, what: str, to_do: str = "") -> ProblemsFound:
    """A mistake that leaves nothing of the file to read."""
    return ProblemsFound([Problem(name, line, "", what, to_do, kind)])


class _Reader:
    """Builds the tree from YAML events, without recursion, so that no depth of nesting can exhaust the stack."""

    def __init__(self, name: str, lines: list[str], tags: frozenset[str]) -> None:
        self.name = name
        self.lines = lines
        self.tags = tags
        self.problems: list[Problem] = []
        self.values = 0
        self.root: Node | None = None
        self.open: list[Fields | Items] = []
        self.keys: list[tuple[str, int] | None] = []  # for each open mapping, the key that waits for its value
        self.doubled: list[dict[str, int]] = []  # for each open mapping, its keys that came again, and the line of that

    def take(self, event: yaml.Event) -> None:
        """Add one event of libyaml's to the tree."""
        line = _line_of(event.start_mark)
        self.values += not isinstance(event, yaml.CollectionEndEvent)
        if self.values > MOST_VALUES:
            raise self._stop(line, "too-large", f"the file has more than {MOST_VALUES:,} values", "take some out")
        if len(self.problems) >= MOST_FOUND:
            raise self._stop(line, "more-problems", *MORE_PROBLEMS)
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise self._stop(line, "yaml-document", "a second document begins here", "take the '---' line out")
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            what = "'&' and '*' names are not read here"
            raise self._stop(line, "yaml-alias", what, "write the text out, or put it in quotes")
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, line)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._begin(event, line)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._end()

    def _stop(self, line: int, kind: str, what: str, to_do: str = "") -> ProblemsFound:
        return _stop(self.name, line, kind, what, to_do)

    def end_early(self) -> list[Problem]:
        """Close everything, where the file cannot be read further; return all problems."""
        while self.open:
            self._end()
        return self.problems

    def _end(self) -> None:
        """Close what is open; several doubled keys in it are one mistake: a record that was not begun."""
        ended, doubled = self.open.pop(), self.doubled.pop()
        self.keys.pop()
        if not isinstance(ended, Fields):
            return
        for key, line in islice(doubled.items(), 1):
            what, to_do = f"'{key}' stands twice in one record, first on line {ended.lines[key]}", "keep one of the two"
            if isinstance(ended[key], Items):
                to_do = "put what stands below it at the end of the first list, and take this line out"
            once = Problem(self.name, line, "", what, to_do, "doubled-key")
            self.problems.append(once if len(doubled) == 1 else self._not_begun(key, line))

    def _not_begun(self, key: str, line: int) -> Problem:
        holder = next((held for held in reversed(self.open) if isinstance(held, Fields)), None)
        noun = "update" if holder and next(reversed(holder)) == "updates" else "record"
        what = f"a new {noun} begins here without '- '"
        return Problem(self.name, line, "", what, f"put '- ' before '{key}'", "record-not-begun")

    def _begin_again_at(self, key: str, line: int) -> None:
        """Begin the next record of a list where the first key of the one before comes again: its '- ' is missing.

        So what follows is checked as the record that it is. Right below itself, or between brackets, a key is only doubled.
        """
        record, list_of_records = self.open[-1], self.open[-2:-1]
        if not isinstance(record, Fields) or record.in_one_line or len(record) < 2 or key != next(iter(record)):
            return
        if list_of_records and isinstance(list_of_records[0], Items):
            self._end()
            self.problems.append(self._not_begun(key, line))
            self._open(Fields(line), line)

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        self._refuse_tag(event, line)
        if event.style in ("|", ">") and self.open and isinstance(holder := self.open[-1], Fields):
            self._note_swallowed(holder, line, _line_of(event.end_mark) - 1)
        plain = not event.style  # libyaml says "" where PyYAML's own reader says None
        value = "" if plain and event.value in _ABSENT else event.value.strip()
        if plain and value and event.end_mark and self._cut_short(event.end_mark):
            lost = f"what follows '{value[-40:]}' would be lost: ' #' begins a comment"
            repair = "put the whole text in double quotes; two spaces before # if it is a note to editors"
            self.problems.append(Problem(self.name, _line_of(event.end_mark), "", lost, repair, "cut-short"))
        if self.open and isinstance(self.open[-1], Fields) and self.keys[-1] is None:
            self._begin_again_at(value, line)
            self.keys[-1] = (value, line)
        else:
            self._place(value, line)

    def _note_swallowed(self, holder: Fields, first: int, last: int) -> None:
        """Remember which lines of a text in several lines look like fields: one that is indented too far becomes text."""
        for number, line in enumerate(self.lines[first:last], first + 1):
            if self.keys[-1] and (found := re.match(r" +([a-z][a-z_]*):(?: |$)", line)):
                holder.swallowed.setdefault(found[1], (self.keys[-1][0], number))

    def _cut_short(self, end: Any) -> bool:
        """Whether one space and '#' follow text: to YAML a comment, to an editor most likely the rest of a sentence.

        Two spaces before '#' are how comments are written, and mean one.
        """
        line = self.lines[end.line] if end.line < len(self.lines) else ""
        return line.startswith(" #", end.column)

    def _begin(self, event: yaml.CollectionStartEvent, line: int) -> None:
        tag = event.tag if isinstance(event, yaml.SequenceStartEvent) and event.tag in self.tags else ""
        if not tag:
            self._refuse_tag(event, line)
        flow = bool(event.flow_style)
        node = Fields(line, flow) if isinstance(event, yaml.MappingStartEvent) else Items(line, tag)
        if len(self.open) >= DEEPEST_NESTING:
            what = "too many levels inside one another"
            raise self._stop(line, "yaml-nesting", what, "check the indentation and the brackets")
        self._open(node, line)

    def _open(self, node: Fields | Items, line: int) -> None:
        self._place(node, line)
        self.open.append(node)
        self.keys.append(None)
        self.doubled.append({})

    def _refuse_tag(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, line: int) -> None:
        if event.tag and event.tag != "!":
            raise self._stop(line, "yaml-tag", "text that begins with '!' must stand in double quotes")

    def _place(self, value: Node, line: int) -> None:
        if not self.open:
            self.root = value
        elif isinstance(parent := self.open[-1], Items):
            parent.append(value)
            parent.lines.append(line)
        else:
            self._place_field(parent, value, line)

    def _place_field(self, parent: Fields, value: Node, line: int) -> None:
        if self.keys[-1] is None:
            raise self._group_for_a_name(line)
        key, key_line = self.keys[-1]
        self.keys[-1] = None
        if key in parent:
            self.doubled[-1].setdefault(key, key_line)
            return
        parent[key] = value
        parent.lines[key] = key_line

    def _group_for_a_name(self, line: int) -> ProblemsFound:
        """What is wrong where a group or list stands in the place of a name: to YAML, ``{{ link("x") }}`` is one."""
        if "{{" in self.lines[line - 1]:
            macro = yaml_hints.MACRO
            return self._stop(line, macro.kind, macro.what, macro.to_do)
        what = "a field's name cannot be a list or a group"
        return self._stop(line, "yaml-key", what, "a ':' or quotes may be missing")


def _line_of(mark: Any) -> int:
    """The line of one of libyaml's marks, from 1. It gives every event one, though its types do not say so."""
    return int(mark.line) + 1


def _broken(error: yaml.YAMLError, text: str, name: str) -> list[Problem]:
    """The problems behind a file that is not YAML: its tabs if it has any, else the first mistake."""
    lines = text.split("\n")
    indented = (number for number, line in enumerate(lines, 1) if re.match(r"[ -]*\t", line))
    tabs = list(islice(indented, MOST_FOUND))
    said = getattr(error, "problem", None) or getattr(error, "reason", None) or ""
    where = getattr(error, "problem_mark", None)
    if yaml_hints.begins_earlier(said):
        where = getattr(error, "context_mark", None) or where
    first = min(where.line + 1, len(lines)) if where else _line_of_bad_character(text)
    stopped = getattr(error, "problem_mark", None)
    column = stopped.column if stopped and stopped.line == first - 1 else None
    if nothing := [number for number, line in enumerate(lines[: first - 1], 1) if line.strip() == "[]"]:
        what, to_do = "'[]' says that there is none, and more follows below", "take this line out"
        return [Problem(name, nothing[0], "", what, to_do, "none-and-more")]
    hints = [
        (line, yaml_hints.pasted_text(said, lines, line) or yaml_hints.hint(said, lines[line - 1], column))
        for line in tabs or [first]
    ]
    return [Problem(name, line, "", hint.what, hint.to_do, hint.kind) for line, hint in hints]


def _line_of_bad_character(text: str) -> int:
    """The line of the first character that YAML 1.1 does not allow in a file (section 5.1)."""
    found = re.search("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    return text.count("\n", 0, found.start()) + 1 if found else 1
