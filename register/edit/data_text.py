"""Changes the text of a data file, and leaves every other character of it as it was typed.

A whole file that a YAML library writes again loses its layout: ruamel.yaml, asked to keep everything, changed up to 900
lines of the sample's records, because lists are indented in two ways in one file. So the places are found in the parsed
file, and only what is new is written there. What comes out is read again and must hold what was asked for, no more and no
less; else nothing comes out.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from register.load.data_files import DataFile
from register.load.yaml_source import Fields, Items, Node, parse
from register.model import Record, fields_of, kind_at

# What a field can be given: nested as in the file. Text is written as YAML needs it; None is not a value.
Value = str | int | bool | Mapping[str, "Value"] | Sequence["Value"]
# Where something stands: a record's key (a number or an id), then names of fields and places in lists.
Place = tuple[str | int, ...]

_WIDTH = 110  # columns; longer texts are folded
_FOLDED_FROM = 90  # signs


class NoSuchPlace(LookupError):
    """There is no such record, field or item in the file; the text says what was looked for."""


@dataclass(frozen=True)
class _Splice:
    """Text that takes the place of what stands between two offsets of the file."""

    start: int
    end: int
    text: str


class DataText:
    """The text of one data file, and the changes asked of it so far.

    Every place is one in the text as it was given: what a change adds cannot be the place of the next one.
    """

    def __init__(self, text: str, file: DataFile) -> None:
        """Take a file's text, which the check has found to be good YAML."""
        self._text = text
        self._file = file
        # The signs that YAML counts as line ends and editors do not: see load.yaml_source.
        self._root: Any = yaml.compose(re.sub("[\x85\u2028\u2029]", " ", text), Loader=yaml.CSafeLoader)
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._splices: list[_Splice] = []
        self._asked: list[Callable[[Node], None]] = []
        self._inserted: list[tuple[Place, str, int | None, Sequence[Value]]] = []

    @property
    def path(self) -> str:
        """The file's path from the project's folder."""
        return self._file.path

    def add_record(self, fields: Mapping[str, Value], at: int | None = None) -> None:
        """Add a record to a file that is a list of records: at its end, or before the one at a place in it."""
        self._insert(self._root, [fields], at, blank_line=self._records_are_apart())
        self._inserted.append(((), "", at, [fields]))

    def set(self, place: Place, fields: Mapping[str, Value]) -> None:
        """Give fields of a record, or of a part of one, new values; those that are missing are added in the model's order.

        Raises:
            NoSuchPlace: nothing stands there.
        """
        self._set(*self._node(place), fields)
        self._asked.append(lambda tree: self._fields(tree, place).update(_as_read_fields(fields)))

    def append(self, place: Place, name: str, values: Sequence[Value], at: int | None = None) -> None:
        """Add items to a record's list, which may be missing: at its end, or before the item at a place in it.

        Raises:
            NoSuchPlace: there is no such record.
        """
        record, kind = self._node(place)
        held = _value_of(record, name)
        if isinstance(held, yaml.SequenceNode) and held.value:
            self._insert(held, values, at)
        else:
            self._set(record, kind, {name: list(values)})
        self._inserted.append((place, name, at, values))

    def remove(self, place: Place, name: str) -> None:
        """Take a field out.

        Raises:
            NoSuchPlace: there is no such field.
        """
        record, _ = self._node(place)
        key, value = _field(record, name)
        if record.flow_style:
            self._rewrite(record, {held.value: _plain(inner) for held, inner in record.value if held is not key})
        elif record.value[0][0] is key and len(record.value) > 1:  # what follows takes its place behind the '-'
            self._splices.append(_Splice(key.start_mark.index, record.value[1][0].start_mark.index, ""))
        else:
            self._splice_lines(key, value, "")
        self._asked.append(lambda tree: self._fields(tree, place).__delitem__(name))

    @property
    def text(self) -> str:
        """The file's text with every change.

        Raises:
            RuntimeError: it does not hold what was asked for, which is a mistake in this module; nothing may be written then.
        """
        text = self._text
        in_order = sorted(
            self._splices, key=lambda splice: splice.start
        )  # of one place, in the order in which they were asked
        for splice in in_order[::-1]:
            text = text[: splice.start] + splice.text + text[splice.end :]
        wanted, _ = parse(self._text, self._file.path)
        for ask in self._asked:
            ask(wanted)
        self._insert_into(wanted)
        if parse(text, self._file.path)[0] != wanted:
            raise RuntimeError(f"the change of {self._file.path} would change something else, too")
        return text

    # ── finding places ──────────────────────────────────────────────────────────────────────────

    def _node(self, place: Place) -> tuple[Any, type[Record]]:
        """What stands at a place, and the kind of record that it is, or is part of."""
        node: Any = self._root
        for step, name in enumerate(place):
            found = self._record(node, str(name)) if not step and self._file.many else _within(node, name)
            if found is None:
                raise NoSuchPlace(f"{self._file.path} has no {' / '.join(map(str, place[: step + 1]))}")
            node = found
        return node, kind_at(self._file.kind, place[1:] if self._file.many else place)

    def _record(self, node: Any, key: str) -> Any:
        records = node.value if isinstance(node, yaml.SequenceNode) else []
        found = [record for record in records if _text_of(_value_of(record, self._file.key)) == key]
        return found[0] if len(found) == 1 else None  # two events of one day are not told apart

    def _insert_into(self, tree: Node) -> None:
        """Put what was inserted into the lists of the tree that the loader reads, from their ends, so that no place moves."""
        wanted: dict[int, tuple[Items, list[tuple[int, Node]]]] = {}
        for place, name, at, values in self._inserted:
            fields = self._fields(tree, place) if place else Fields(0)
            listed = _items((fields.get(name) or fields.setdefault(name, Items(0))) if place else tree)
            _, into = wanted.setdefault(id(listed), (listed, []))
            into.extend((len(listed) if at is None else at, _as_read(value)) for value in values)
        for listed, into in wanted.values():
            for at, value in sorted(into, key=lambda one: one[0])[::-1]:
                listed.insert(at, value)

    def _fields(self, tree: Node, place: Place) -> Fields:
        """The same place in the tree that the loader reads."""
        for step, name in enumerate(place):
            if not step and self._file.many:
                tree = next(
                    one for one in _items(tree) if isinstance(one, Fields) and one.get(self._file.key) == str(name)
                )
            else:
                tree = _items(tree)[name] if isinstance(name, int) else _mapping(tree)[name]
        return _mapping(tree)

    # ── writing ─────────────────────────────────────────────────────────────────────────────────

    def _set(self, record: Any, kind: type[Record], fields: Mapping[str, Value]) -> None:
        if record.flow_style:
            self._rewrite(record, {**_plain(record), **fields})
            return
        for name, value in fields.items():
            if (held := _value_of(record, name)) is None:
                self._add_field(record, kind, name, value)
            elif isinstance(value, Mapping) and _is_part_of(held, value):  # so that comments between its fields stay
                self._set(held, kind_at(kind, [name]), value)
            else:
                self._replace(record, name, value)

    def _add_field(self, record: Any, kind: type[Record], name: str, value: Value) -> None:
        order = list(fields_of(kind))
        after = order.index(name) if name in order else len(order)  # the check says what is wrong with it
        before = [pair for pair in record.value if pair[0].value in order[:after]] or record.value[:1]
        end = max(self._last_line(held) for _, held in before)
        self._insert_after(end, _field_text(name, value, record.start_mark.column))

    def _replace(self, record: Any, name: str, value: Value) -> None:
        key, held = _field(record, name)
        written = _field_text(name, value, record.start_mark.column)
        indent = " " * record.start_mark.column
        one_line = written.count("\n") == 1 and held.start_mark.line == held.end_mark.line == key.start_mark.line
        if one_line and isinstance(held, yaml.ScalarNode) and held.value:
            start = key.start_mark.index
            self._splices.append(_Splice(start, held.end_mark.index, written.removeprefix(indent).rstrip("\n")))
        else:
            self._splice_lines(key, held, written)

    def _insert(self, listed: Any, values: Sequence[Value], at: int | None, blank_line: bool = False) -> None:
        if listed.flow_style or not listed.value:
            held = _plain(listed)
            self._rewrite(listed, [*held[:at], *values, *(held[at:] if at is not None else [])])
            return
        written = [_indented(as_yaml([value]), listed.start_mark.column) for value in values]
        if at == 0:
            end = "\n" if blank_line else ""
            self._insert_before(listed.value[0].start_mark.line, "".join(text + end for text in written))
        else:
            before = "\n" if blank_line else ""
            last = listed.value[at - 1] if at else listed.value[-1]
            self._insert_after(self._last_line(last), "".join(before + text for text in written))

    def _rewrite(self, node: Any, value: Value) -> None:
        """Put a value in the place of one that is written between brackets, or of an empty one; as a block at the root."""
        if node is self._root:
            self._splices.append(_Splice(node.start_mark.index, node.end_mark.index, as_yaml(value).rstrip("\n")))
            return
        flow = as_yaml(value, flow=True).rstrip("\n")
        self._splices.append(_Splice(node.start_mark.index, node.end_mark.index, flow))

    def _splice_lines(self, key: Any, value: Any, written: str) -> None:
        """Put text in the place of a field's lines; what stands before the field on its first line stays."""
        start = key.start_mark.index
        line_start = self._starts[key.start_mark.line]
        before = self._text[line_start:start]
        if not before.strip():
            start, before = line_start, ""
        self._splices.append(
            _Splice(start, self._after_line(self._last_line(value)), written.removeprefix(" " * len(before)))
        )

    def _insert_after(self, line: int, written: str) -> None:
        at = self._after_line(line)
        if at and self._text[at - 1] != "\n":  # the last line of a file without a line end
            written = "\n" + written.rstrip("\n")
        self._splices.append(_Splice(at, at, written))

    def _insert_before(self, line: int, written: str) -> None:
        self._splices.append(_Splice(self._starts[line], self._starts[line], written))

    def _after_line(self, line: int) -> int:
        return self._starts[line + 1] if line + 1 < len(self._starts) else len(self._text)

    def _last_line(self, node: Any) -> int:
        """The last line on which something of a node stands, comments and blank lines after it left out."""
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return self._last_line_of_block(node)
        if isinstance(node, yaml.ScalarNode) or node.flow_style or not node.value:
            return int(node.end_mark.line if node.value or node.style else node.start_mark.line)
        last = node.value[-1]
        return self._last_line(last[1] if isinstance(last, tuple) else last)

    def _last_line_of_block(self, node: Any) -> int:
        end = node.end_mark.line if node.end_mark.column else node.end_mark.line - 1
        lines = self._text.split("\n")
        while end > node.start_mark.line and (not lines[end].strip() or self._is_comment_below(lines, node, end)):
            end -= 1
        return int(end)

    def _is_comment_below(self, lines: list[str], node: Any, line: int) -> bool:
        """Whether a line after a block of text is a comment: it begins further left than the text."""
        first = next((held for held in lines[node.start_mark.line + 1 :] if held.strip()), "")
        return _indent(lines[line]) < _indent(first)

    def _records_are_apart(self) -> bool:
        """Whether a blank line stands between the file's records."""
        records = self._root.value
        if len(records) < 2:
            return False
        return "\n\n" in self._text[records[-2].start_mark.index : records[-1].start_mark.index]


def _within(node: Any, name: str | int) -> Any:
    """A field of a mapping, or an item of a list; None if there is none."""
    if isinstance(name, str):
        return _value_of(node, name)
    held = node.value if isinstance(node, yaml.SequenceNode) else []
    return held[name] if name < len(held) else None


def _value_of(node: Any, name: str) -> Any:
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    return next((value for key, value in pairs if key.value == name), None)


def _is_part_of(held: Any, value: Mapping[str, Value]) -> bool:
    """Whether a node is a group of fields that are all among those of a value."""
    return isinstance(held, yaml.MappingNode) and bool(held.value) and all(key.value in value for key, _ in held.value)


def _field(node: Any, name: str) -> tuple[Any, Any]:
    """A field's name and value, as nodes."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else []
    for key, value in pairs:
        if key.value == name:
            return key, value
    raise NoSuchPlace(f"there is no '{name}'")


def _text_of(node: Any) -> str | None:
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else None


def _plain(node: Any) -> Any:
    """What a node holds, as text, lists and mappings."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    return _number_or_text(node)


def _number_or_text(node: Any) -> str | int:
    return int(node.value) if not node.style and re.fullmatch("[0-9]{1,9}", node.value) else str(node.value)


# ── the tree that is wanted, as the loader reads it ─────────────────────────────────────────────


def _items(tree: Node) -> Items:
    assert isinstance(tree, Items)
    return tree


def _mapping(tree: Node) -> Fields:
    assert isinstance(tree, Fields)
    return tree


def _as_read(value: Value) -> Node:
    """A value as the loader would read it."""
    if isinstance(value, Mapping):
        fields = Fields(0)
        fields.update(_as_read_fields(value))
        return fields
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str | int):
        return _tidy(str(value))
    items = Items(0)
    items.extend(_as_read(inner) for inner in value)
    return items


def _tidy(text: str) -> str:
    """A text with plain spaces and line ends, and none of either around it."""
    text = re.sub("[\\t\x85\u2028\u2029]", " ", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def _as_read_fields(fields: Mapping[str, Value]) -> dict[str, Node]:
    return {name: _as_read(value) for name, value in fields.items()}


# ── YAML text ───────────────────────────────────────────────────────────────────────────────────


class _Dumper(yaml.SafeDumper):
    """Writes what the loader reads: dates without quotes, lists further in than their names, long texts folded."""

    # What looks like a date, or like "yes" and "on", is read as the text that it is: here, and by YAML 1.2.
    yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in held if not tag.endswith((":timestamp", ":bool"))]
        for first, held in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Begin a level; PyYAML would not indent lists."""
        super().increase_indent(flow, False)


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    text = _tidy(text)
    style = None
    if "\n" in text:
        style = "|"
    elif len(text) > _FOLDED_FROM and "  " not in text:
        style = ">"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _represent_text)
_Dumper.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("(?i:true|false)$"), list("tTfF"))


def as_yaml(value: object, flow: bool = False) -> str:
    """Return a value as YAML text: as a block, or in one line with brackets (``flow``)."""
    width = 10**9 if flow else _WIDTH
    return str(
        yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=width)
    )


def _field_text(name: str, value: Value, column: int) -> str:
    """A field's lines, each begun with as many spaces as its record's fields stand in."""
    return _indented(as_yaml({name: value}), column)


def _indented(written: str, column: int) -> str:
    return "".join(" " * column + line if line.strip() else line for line in written.splitlines(keepends=True))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))
