"""Records as JSON values, and JSON values as files."""

import json
from typing import TypeAlias

from pydantic import JsonValue

from register.model import WITHHELD, Record

JsonObject: TypeAlias = dict[str, JsonValue]


def json_object(record: Record) -> JsonObject:
    """Return a record as a JSON object, without the fields that are withheld, at any depth."""
    dumped = record.model_dump(mode="json")
    return {
        name: _without_withheld(dumped[name], getattr(record, name))
        for name, info in type(record).model_fields.items()
        if info.json_schema_extra != WITHHELD
    }


def _without_withheld(dumped: JsonValue, value: object) -> JsonValue:
    """A field's value as JSON; only the value itself says what is withheld within it."""
    if isinstance(value, Record):
        return json_object(value)
    if isinstance(value, list) and isinstance(dumped, list):
        return [_without_withheld(*pair) for pair in zip(dumped, value, strict=True)]
    return dumped


def json_file(value: JsonValue) -> bytes:
    """Return a value as a JSON file: two spaces for each level, letters as they are, a line end at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
