"""A JSON Schema of each file of ``data/``, by which an editor completes, explains and underlines while somebody types.

Derived from pydantic's schema of the model, which describes every field, and from the register, which holds the words that
records use and the ids of links. The dialect is draft-07, which every version of yaml-language-server reads, with three
words of its own: ``enumDescriptions``, ``errorMessage`` and ``patternErrorMessage``.

The loader takes every value as the text that was typed; an editor first takes it for a number, for true or false, or for
text (YAML 1.2, 10.3.2). So a schema allows each of these where the same text would do: a title may be ``2026``.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from pydantic import JsonValue
from pydantic.json_schema import JsonSchemaValue

from register import dates, model
from register.exports.json_schema import resolved
from register.exports.json_values import json_file
from register.load import validation_messages
from register.load.data_files import FILES, DataFile
from register.model import Header, Record, Register, marked_fields, record_kinds

FOLDER = ".vscode/schemas"
_DIALECT = "http://json-schema.org/draft-07/schema#"
_MADE_BY = "Made by 'make forms' of the model and the register. Do not change it by hand."

# What pydantic's schema and ours say in the same words.
_SHARED = (
    "description", "properties", "required", "additionalProperties", "items", "enum", "enumDescriptions", "errorMessage",
    "minItems", "maxItems", "minLength", "maxLength", "minimum", "maximum", "pattern",
)  # fmt: skip

_NO_TEXT = "(?!)"  # a pattern that nothing meets

# What to write where a pattern is not met.
_WORDS = {
    **validation_messages.FORMS,
    dates.DATES: dates.FORM,
    **{
        form.pattern: form.words
        for form in (
            model.WEB_ADDRESS,
            model.TELEPHONE_NUMBER,
            model.PRINTED_PAGES,
            model.WHOLE_DAY,
            model.CONTENT_PATH,
            model.AVOIDED_PHRASE,
        )
    },
}
# What pydantic takes for true or false, in small or capital letters (its conversion table, "str to bool").
_TRUE_OR_FALSE = ("true", "t", "yes", "y", "on", "1", "false", "f", "no", "n", "off", "0")


def path_of(data_file: DataFile) -> str:
    """Return where the schema of a file of ``data/`` stands in the project's folder: ``.vscode/schemas/links.json``."""
    return f"{FOLDER}/{data_file.name.removesuffix('.yml')}.json"


def input_schemas(register: Register) -> dict[str, bytes]:
    """Return the schema files of a register by their paths. They do not depend on the day."""
    return {path_of(data_file): json_file(input_schema(data_file, register)) for data_file in FILES}


def input_schema(data_file: DataFile, register: Register) -> dict[str, JsonValue]:
    """Return the schema of one file of ``data/``, with the words and ids of a register."""
    definitions = _definitions(data_file.kind, register)
    record = _typed(definitions[data_file.kind.__name__], definitions)
    of_file = _list({"type": "array", "items": record}) if data_file.many else record
    return {"$schema": _DIALECT, "$comment": _MADE_BY, **of_file}


# ── what the register adds to the model ────────────────────────────────────────────────────────


def _definitions(kind: type[Record], register: Register) -> dict[str, JsonSchemaValue]:
    """The schemas of a kind of record and of all within it, by name; what the register offers for a field stands in it."""
    schema = kind.model_json_schema()
    definitions = {**schema.pop("$defs", {}), kind.__name__: schema}
    for inner in record_kinds(kind):
        names = {name: info.alias or name for name, info in inner.model_fields.items()}
        for field, offered in _offered(inner, register):
            value = resolved(definitions[inner.__name__]["properties"][names[field]], {"$defs": definitions})
            value.update(offered)
    return definitions


def _offered(kind: type[Record], register: Register) -> Iterator[tuple[str, JsonSchemaValue]]:
    """The fields of a kind of record whose values the register lists, each with what that adds to its schema."""
    header = register.header
    nouns = {name: mark.noun for name, mark in marked_fields(Header, model.Vocabulary).items()}
    for field, mark in marked_fields(kind, model.TermOf).items():
        terms = {term.id: _meaning(term) for term in getattr(header, mark.vocabulary)}
        yield field, _one_of(terms, nouns[mark.vocabulary], "data/register.yml")
    for field in marked_fields(kind, model.CitesLink):
        links = {link.id: f"{link.name} ({link.owner})" for link in register.links}
        yield field, _one_of(links, "link", "data/links.yml")
    for field in marked_fields(kind, model.CitesContact):
        services = {contact.id: contact.name for contact in register.contacts}
        yield field, _one_of(services, "service", "data/contacts.yml")
    for field in marked_fields(kind, model.CitesScale):
        yield field, _one_of({scale.id: scale.label for scale in header.scales}, "scale", "data/register.yml")
    for field in marked_fields(kind, model.OfRecommendation):
        yield field, {"maximum": header.total}


def _meaning(term: model.VocabularyTerm) -> str:
    return f"{term.label}: {term.definition}" if term.definition else term.label


def _one_of(meanings: Mapping[str, str], noun: str, path: str) -> JsonSchemaValue:
    """One of some ids, with what each means. An editor learns of a new one by ``make forms``, and its message says so."""
    message = f"no {noun} in {path} has this id (if it was added there just now, run 'make forms')"
    return {"enum": list(meanings), "enumDescriptions": list(meanings.values()), "errorMessage": message}


# ── what an editor takes for a number, or for true or false ────────────────────────────────────


def _typed(node: JsonSchemaValue, definitions: Mapping[str, JsonSchemaValue]) -> JsonSchemaValue:
    """A part of pydantic's schema as a part of ours: references followed, "or nothing" left out, for typed values."""
    node = _resolved(node, definitions)
    if "anyOf" in node:
        return {**_shared(node), "anyOf": [_typed(option, definitions) for option in node["anyOf"]]}
    if "enum" in node:
        return _words(node)
    return _OF_TYPE[node["type"]](_with_typed_parts(node, definitions))


def _resolved(node: JsonSchemaValue, definitions: Mapping[str, JsonSchemaValue]) -> JsonSchemaValue:
    """A node without reference and without "or nothing": a line with nothing behind its colon is refused."""
    while True:
        beside = {name: value for name, value in node.items() if name not in ("$ref", "anyOf")}
        options = [option for option in node.get("anyOf", ()) if option.get("type") != "null"]
        if "$ref" in node:
            node = {**definitions[node["$ref"].rpartition("/")[2]], **beside}
        elif len(options) == 1:
            node = {**options[0], **beside}
        else:
            return {**beside, "anyOf": options} if options else beside


def _with_typed_parts(node: JsonSchemaValue, definitions: Mapping[str, JsonSchemaValue]) -> JsonSchemaValue:
    title = node.get("title")
    node = {"type": node["type"], **_shared(node)}
    if "properties" in node:
        node["title"] = title  # editors name the kind of record with all that they say of its fields
        node["properties"] = {name: _typed(inner, definitions) for name, inner in node["properties"].items()}
    if "items" in node:
        node["items"] = _typed(node["items"], definitions)
    return node


def _shared(node: JsonSchemaValue) -> JsonSchemaValue:
    return {name: node[name] for name in _SHARED if name in node}


def _words(node: JsonSchemaValue) -> JsonSchemaValue:
    """One of some words. A word that an editor takes for a number, or for true, stands there as both."""
    named: JsonSchemaValue = {
        name: node[name] for name in ("description", "enumDescriptions", "errorMessage") if name in node
    }
    if not node["enum"]:  # draft-07 wants one word at least (6.1.2)
        return {**named, "type": "string", "pattern": _NO_TEXT}
    twins = [twin for word in node["enum"] if (twin := _twin(word)) is not None]
    if twins:
        return {**named, "enum": [*node["enum"], *twins]}
    return {**named, "type": "string", "enum": node["enum"]}


def _twin(word: str) -> int | bool | None:
    """What an editor takes a word for, if not for text."""
    if word.isdecimal():
        return int(word)
    return {"true": True, "false": False}.get(word)


def _text(node: JsonSchemaValue) -> JsonSchemaValue:
    """Text, or what is text to the loader. A text of spaces alone is none: the loader takes them away."""
    if pattern := node.get("pattern"):
        words = _WORDS.get(pattern, f"write it like this pattern: {pattern}")
        return {**node, **_types_of_form(pattern), "patternErrorMessage": words, "errorMessage": words}
    to_do = "text is due here: write it on the same line, in quotes if it holds ': '"
    may_be = {"type": ["string", "number", "boolean"], "pattern": r"\S"}
    return {**node, **may_be, "errorMessage": to_do, "patternErrorMessage": "write something, or take the line out"}


def _types_of_form(pattern: str) -> JsonSchemaValue:
    """What an editor may take a text of some form for: a year for a number, an id for true."""
    if pattern == dates.DATES:
        return {"type": ["string", "integer"], "minimum": dates.FIRST_YEAR, "maximum": dates.LAST_YEAR}
    types = ["string"]
    types += ["integer"] if re.search(pattern, "7") else []
    types += ["boolean"] if re.search(pattern, "true") else []
    bounds: JsonSchemaValue = {} if re.search(pattern, "-7") else {"minimum": 0}
    return {"type": types, **bounds} if len(types) > 1 else {"type": "string"}


def _whole_number(node: JsonSchemaValue) -> JsonSchemaValue:
    words = "write digits only"
    quoted = {"type": ["integer", "string"], "pattern": "^-?[0-9]+$"}
    return {**node, **quoted, "patternErrorMessage": words, "errorMessage": words}


def _truth(node: JsonSchemaValue) -> JsonSchemaValue:
    """True or false, in all the words that pydantic takes for them."""
    alike = "|".join("".join(f"[{sign}{sign.upper()}]" for sign in word) for word in _TRUE_OR_FALSE)
    words = "write true, or take the line out"
    may_be = {"type": ["boolean", "string", "integer"], "pattern": f"^({alike})$", "minimum": 0, "maximum": 1}
    return {**node, **may_be, "patternErrorMessage": words, "errorMessage": words}


def _list(node: JsonSchemaValue) -> JsonSchemaValue:
    return {**node, "errorMessage": "a list is due here: lines that begin with '- ', or [one, two]"}


_OF_TYPE: dict[str, Callable[[JsonSchemaValue], JsonSchemaValue]] = {
    "string": _text,
    "integer": _whole_number,
    "boolean": _truth,
    "array": _list,
    "object": dict,
}
