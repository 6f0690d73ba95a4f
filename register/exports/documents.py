"""The register as JSON, its JSON Schema (2020-12), and what search engines for data read (schema.org)."""

import json
from typing import Any

from pydantic.json_schema import models_json_schema

from register.exports.identifiers import urn
from register.exports.published import Published, RecommendationDocument, RegisterDocument, plain

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def as_json(value: Any) -> bytes:
    """Return a value as a JSON file: two spaces for each level, letters as they are, a line end at the end."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def register_document(published: Published) -> bytes:
    """Return the whole register as JSON; ``schema.json`` describes it."""
    rest = plain(published.register)
    recommendations = list(published.recommendations_plain.values())
    return as_json({"about": published.about_plain, **rest, "recommendations": recommendations})


def recommendation_document(published: Published, number: int) -> bytes:
    """Return one recommendation as JSON; ``#/$defs/RecommendationDocument`` in ``schema.json`` describes it."""
    return as_json({"about": published.about_plain, "recommendation": published.recommendations_plain[number]})


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
