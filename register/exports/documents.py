"""The register as JSON, its JSON Schema (2020-12), and what search engines for data read (schema.org)."""

import json
from typing import Any

from pydantic.json_schema import models_json_schema

from register.exports.names import urn
from register.exports.published import Published, RecommendationDocument, RegisterDocument, own
from register.model import WITHHELD, Record

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def as_json(value: Any) -> bytes:
    """Return a value as a JSON file: two spaces for each level, letters as they are, a line end at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def register_document(published: Published) -> bytes:
    """Return the whole register as JSON; ``schema.json`` describes it."""
    held = {**own(published.register), "recommendations": list(published.recommendations.values())}
    return as_json(plain(RegisterDocument(about=published.about, **held)))


def recommendation_document(published: Published, number: int) -> bytes:
    """Return one recommendation as JSON; ``#/$defs/RecommendationDocument`` in ``schema.json`` describes it."""
    document = RecommendationDocument(about=published.about, recommendation=published.recommendations[number])
    return as_json(plain(document))


def plain(record: Record) -> dict:
    """Return a record as JSON values, without the fields that are withheld."""
    return _without(record.model_dump(mode="json"), record)


def _without(value: Any, held: Any) -> Any:
    """The dumped value of a record or list, without what is withheld anywhere within."""
    if isinstance(held, Record):
        return {
            name: _without(value[name], getattr(held, name))
            for name, info in type(held).model_fields.items()
            if info.json_schema_extra != WITHHELD
        }
    if isinstance(held, list):
        return [_without(*pair) for pair in zip(value, held, strict=True)]
    return value


def schema(published: Published) -> bytes:
    """Return the JSON Schema of the documents, derived from the model."""
    kinds = [(RegisterDocument, "serialization"), (RecommendationDocument, "serialization")]
    _, held = models_json_schema(kinds)
    for kind in held["$defs"].values():
        for name, field in list(kind.get("properties", {}).items()):
            if field.get("withheld"):
                del kind["properties"][name]
    return as_json(
        {
            "$schema": _DIALECT,
            "$id": urn(published.header, "schema.json"),
            "title": published.header.title,
            "$comment": published.about_in_words,
            "$ref": "#/$defs/RegisterDocument",
            **held,
        }
    )
