"""Records as people type them in YAML: good ones, and ones in which one value is something else.

A record is drawn as text, because the loader and an editor read the same text in different ways.
"""

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import jsonschema
import yaml
from hypothesis import strategies as st

from register import model
from register.load.data_files import DataFile
from register.load.validation import validate
from register.load.yaml_source import Fields, Items, parse
from register.model import Record, Register, fields_of, marked_fields, record_kinds
from register.problems import Problem, ProblemsFound

# A value as it stands behind a colon, the values of a list, or the fields of a group.
Typed = str | list["Typed"] | dict[str, "Typed"]

# Values of every kind that YAML knows, and what people type for them. What an editor cannot know is not among them:
# see DIFFERENCES in tests/edit/test_input_schema.py.
ODD = (
    "", "~", "null", "NULL", "'null'", '""', "'  '", "true", "false", "yes", "No", "on", "'true'", "t",
    "0", "1", "7", "-7", "12", "012", "'12'", "47", "9999", "10000", ".5", "1_0", "2026", "1899", "2200", "'2026'",
    "2026-10", "2026-13", "2026-10-14", "2026-02-30", "2024-02-29", "2025-02-29", "1900-02-29", "14/10/2026", "14 October 2026",
    "a", "a-b", "A", "a_b", "a b", "a--b", "é", "[]", "[a]", "[1, 2]", "{}", "{a: b}", "{by: somebody, on: 2024}",
    "a" * 61, "a" * 120, "a" * 121, "a" * 160, "a" * 161, "'" + "word " * 1000 + "word'",
    "https://www.gov.uk/page", "www.gov", "ftp://www.gov.uk", "0800 1111", "'0800  1111'", "+44 1632 960001", "ok", "check",
    "04-01", "13-01", "no such word", ".inf", ".nan", "'{{ totals() }}'", "'a \"\"b'", "a.pdf", "a.PDF",
)  # fmt: skip


@dataclass(frozen=True)
class TypedRecord:
    """One record as typed, and the file of data/ to which it belongs."""

    data_file: DataFile
    fields: dict[str, Typed]

    @property
    def text(self) -> str:
        """The record's lines: an item of the list that the file is, or the whole file."""
        return "\n".join(_item(self.fields) if self.data_file.many else _lines(self.fields)) + "\n"


def _lines(fields: dict[str, Typed]) -> list[str]:
    lines = []
    for name, value in fields.items():
        if isinstance(value, str) or not value:
            lines.append(f"{name}: {value if isinstance(value, str) else '[]' if value == [] else '{}'}".rstrip())
        elif isinstance(value, dict):
            lines += [f"{name}:", *(f"  {line}" for line in _lines(value))]
        else:
            lines += [f"{name}:", *(f"  {line}" for item in value for line in _item(item))]
    return lines


def _item(value: Typed) -> list[str]:
    """The lines of one item of a list."""
    if not isinstance(value, dict) or not value:
        return [f"- {value if isinstance(value, str) else '{}'}".rstrip()]
    first, *more = _lines(value)
    return [f"- {first}", *(f"  {line}" for line in more)]


def refusals(typed: TypedRecord) -> list[Problem]:
    """What the loader finds wrong with a record by itself: with its shape, not with what must hold between records."""
    data_file = typed.data_file
    try:
        node, problems = parse(typed.text, data_file.path)
    except ProblemsFound as found:
        return found.problems
    record = node[0] if isinstance(node, Items) else node
    assert isinstance(record, Fields), typed.text
    return [*problems, *validate(record, data_file.kind, data_file.path, "record").problems]


# ── as an editor reads them ────────────────────────────────────────────────────────────────────


class EditorsLoader(yaml.CSafeLoader):
    """Reads YAML as editors do: by the core schema of YAML 1.2 (10.3.2), not by PyYAML's 1.1."""

    yaml_implicit_resolvers: dict = {}


def _resolve(tag: str, pattern: str, read: Any) -> None:
    EditorsLoader.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(rf"(?:{pattern})\Z"), None)
    EditorsLoader.add_constructor(f"tag:yaml.org,2002:{tag}", lambda loader, node: read(loader.construct_scalar(node)))


_resolve("null", "null|Null|NULL|~|", lambda text: None)
_resolve("bool", "true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true")
_resolve("int", "[-+]?[0-9]+", lambda text: int(text))
_resolve("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)",
         lambda text: float(re.sub(r"\.(?=[ni])", "", text.lower())))  # fmt: skip


def schema_errors(typed: TypedRecord, schema: dict[str, Any]) -> list[jsonschema.ValidationError]:
    """What the schema of a file says of one of its records."""
    return list(jsonschema.Draft7Validator(schema).iter_errors(yaml.load(typed.text, EditorsLoader)))


# ── records that are good ──────────────────────────────────────────────────────────────────────


def good_records(data_file: DataFile, register: Register) -> st.SearchStrategy[TypedRecord]:
    """Records of one file with any of the fields that may be left out; ids and words are those of a register."""
    return _fields(data_file.kind, register).map(lambda fields: TypedRecord(data_file, fields))


def _fields(kind: type[Record], register: Register) -> st.SearchStrategy[dict[str, Typed]]:
    schema = kind.model_json_schema()
    kinds = {inner.__name__: inner for inner in record_kinds(kind)}
    known = _known(kind, register)
    values = {name: _value(schema["properties"][name], kinds, known.get(name), register) for name in fields_of(kind)}
    needed = {name: value for name, value in values.items() if fields_of(kind)[name].is_required()}
    return st.fixed_dictionaries(needed, optional={name: values[name] for name in values if name not in needed})


def _known(kind: type[Record], register: Register) -> dict[str, list[str]]:
    """The fields whose values a register lists."""
    header = register.header
    terms = {name: getattr(header, mark.vocabulary) for name, mark in marked_fields(kind, model.TermOf).items()}
    lists = {
        **terms,
        **dict.fromkeys(marked_fields(kind, model.CitesLink), register.links),
        **dict.fromkeys(marked_fields(kind, model.CitesContact), register.contacts),
        **dict.fromkeys(marked_fields(kind, model.CitesScale), header.scales),
    }
    known = {name: [one.id for one in listed] for name, listed in lists.items()}
    for name in marked_fields(kind, model.OfRecommendation):
        known[name] = [str(number) for number in range(1, header.total + 1)]
    return known


def _value(node: Any, kinds: dict[str, type[Record]], known: list[str] | None, register: Register) -> st.SearchStrategy:
    if "anyOf" in node:
        options = [option for option in node["anyOf"] if option.get("type") != "null"]
        return st.one_of(*(_value(option, kinds, known, register) for option in options))
    if "$ref" in node:
        return _fields(kinds[node["$ref"].rpartition("/")[2]], register)
    if node.get("type") == "array":
        items = _value(node["items"], kinds, known, register)
        return st.lists(items, min_size=node.get("minItems", 0), max_size=min(2, node.get("maxItems", 2)))
    return st.sampled_from(known if known is not None else _good(node))


def _good(node: Any) -> list[str]:
    """Good values of one form, the shortest and longest among them."""
    if "enum" in node:
        return list(node["enum"])
    if node["type"] == "boolean":
        return ["true", "false", "True", "yes", "No", "on", "'1'", "0"]
    if node["type"] == "integer":
        return [str(node["minimum"]), str(node["maximum"]), "7", "'12'", "012"]
    if "pattern" in node:
        return [
            text
            for text in _OF_FORM
            if re.search(node["pattern"], text.strip("'")) and len(text) <= node.get("maxLength", 99)
        ]
    most = node.get("maxLength", 99)
    return (
        ["a", "a" * most, "'Words: of a text'", "2026", "1.5", "true", "/a/", "/b.pdf"]
        if most != 300
        else ["/a/", "/b.pdf"]
    )


_OF_FORM = (
    "ab" * 32, "147-148", "xii", "docs/about.md",
    "2026", "2026-10", "2024-02-29", "1900", "2199-12-31", "'2026'", "a", "a-1", "a.pdf", "a" * 60, "7", "true", "www.gov.uk",
    "https://www.gov.uk/page?a=b", "http://a.gov.uk", "999", "0800 1111", "+44 1632 960001", "jo@exampleshire.test", "04-01", "12-31",
)  # fmt: skip


# ── records in which one value is something else ───────────────────────────────────────────────


@st.composite
def odd_records(draw: st.DrawFn, data_file: DataFile, register: Register) -> TypedRecord:
    """Good records in which one value, at any depth, is something else, is taken out, or has a stranger beside it."""
    fields = copy.deepcopy(draw(good_records(data_file, register)).fields)
    holder, place = draw(st.sampled_from([*_places(fields)]))
    change = draw(st.sampled_from(["replace", "replace", "replace", "take out", "add"]))
    if change == "replace":
        holder[place] = draw(st.sampled_from(ODD))
    elif change == "take out":
        del holder[place]
    elif isinstance(holder, dict):
        holder["stranger"] = "a"
    return TypedRecord(data_file, fields)


def _places(held: Any) -> Iterator[tuple[Any, Any]]:
    """Every value within fields: what holds it, and where."""
    for place in held if isinstance(held, dict) else range(len(held)):
        yield held, place
        if not isinstance(held[place], str):
            yield from _places(held[place])
