"""Records as JSON values, and JSON values as files."""

import json
from typing import TypeAlias

from pydantic import JsonValue

from register.model import WITHHELD, Record

JsonObject: TypeAlias = dict[str, JsonValue]


def json_object(record: Record) -> JsonObject:
    """Return a record as a JSON object, without the fields that are withheld, at any depth."""
    dumped = record.model_dump(mode="json", by_alias=True)
    return {
        info.alias or name: _value(getattr(record, name), dumped[info.alias or name])
        for name, info in type(record).model_fields.items()
        if info.json_schema_extra != WITHHELD
    }


def _value(value: object, dumped: JsonValue) -> JsonValue:
    """A field's value as JSON; in ``dumped``, made by pydantic, what is withheld within a record still stands."""
    if isinstance(value, Record):
        return json_object(value)
    if isinstance(value, list) and value and isinstance(value[0], Record):
        return [json_object(record) for record in value]
    return dumped


def json_file(value: JsonValue) -> bytes:
    """Return a value as a JSON file: two spaces for each level, letters as they are, a line end at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()
