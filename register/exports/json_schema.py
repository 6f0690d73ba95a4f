"""What a JSON Schema (2020-12), as pydantic derives it from the model, says of a record's fields.

Besides the standard's own words, a field can carry two marks of the model: ``withheld``
(published nowhere) and ``rights`` (whose words it holds); see ``register.model``.
"""

from collections.abc import Iterator
from functools import cache

from pydantic.json_schema import JsonSchemaValue

from register.model import Record


def published_fields(node: JsonSchemaValue) -> dict[str, JsonSchemaValue]:
    """Return the schemas of a record's fields by name, in the model's order, without those that are withheld."""
    return {name: field for name, field in node.get("properties", {}).items() if not field.get("withheld")}


def resolved(node: JsonSchemaValue, schema: JsonSchemaValue) -> JsonSchemaValue:
    """Return the schema of the value itself, or of a list's items: references and "or nothing" are followed.

    Args:
        node: a field's schema.
        schema: the whole document, whose ``$defs`` its references name.
    """
    while True:
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rpartition("/")[2]]
        elif "anyOf" in node:
            node = next(option for option in node["anyOf"] if option.get("type") != "null")
        elif node.get("type") == "array":
            node = node["items"]
        else:
            return node


def holds_inquiry_words(field: JsonSchemaValue, schema: JsonSchemaValue) -> bool:
    """Return whether a field holds the inquiry's own words: the mark is the field's own, or that of a list's items."""
    return "inquiry" in (field.get("rights"), resolved(field, schema).get("rights"))


@cache
def inquiry_fields(kind: type[Record]) -> tuple[str, ...]:
    """Return the paths of the fields of a kind that hold the inquiry's own words: ``recommendations.wording.text``."""
    schema = kind.model_json_schema()
    return tuple(_inquiry_fields(schema, schema, ()))


def _inquiry_fields(node: JsonSchemaValue, schema: JsonSchemaValue, path: tuple[str, ...]) -> Iterator[str]:
    for name, field in published_fields(resolved(node, schema)).items():
        if holds_inquiry_words(field, schema):
            yield ".".join((*path, name))
        else:
            yield from _inquiry_fields(field, schema, (*path, name))
