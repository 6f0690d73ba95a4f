"""The register as JSON documents, the list of all published addresses, and the JSON Schema (2020-12) that describes them."""

import json
import re
from collections.abc import Iterable

from pydantic import JsonValue
from pydantic.json_schema import JsonSchemaValue, models_json_schema

from register.exports.identifiers import urn
from register.exports.json_schema import published_fields
from register.exports.json_values import JsonObject, json_file, json_object
from register.exports.published import Published
from register.exports.published_records import RecommendationDocument, RegisterDocument
from register.site.manifest import as_json, manifest

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def register_document(published: Published) -> bytes:
    """Return the whole register as JSON; ``schema.json`` describes it."""
    recommendations: list[JsonValue] = list(published.recommendation_objects.values())
    whole: JsonObject = {
        "about": published.about_object,
        **json_object(published.register),
        "recommendations": recommendations,
        "links": [json_object(link) for link in published.links],
    }
    return json_file(whole)


def recommendation_document(published: Published, number: int) -> bytes:
    """Return one recommendation as JSON; ``#/$defs/RecommendationDocument`` in ``schema.json`` describes it."""
    return json_file({"about": published.about_object, "recommendation": published.recommendation_objects[number]})


def addresses(published: Published, docs: Iterable[str]) -> bytes:
    """Return the manifest of all that is published as JSON; ``docs`` names the files of ``docs/``."""
    return json_file({"about": published.about_object, **as_json(manifest(published.snapshot, docs))})


def schema(published: Published) -> bytes:
    """Return the JSON Schema of the documents, derived from the model."""
    return json_file(
        {
            "$schema": _DIALECT,
            "$id": urn(published.header, "schema.json"),
            "title": published.header.title,
            "$comment": published.about_in_words,
            "$ref": "#/$defs/RegisterDocument",
            "$defs": _definitions(),
        }
    )


def _definitions() -> dict[str, JsonValue]:
    """The published schema of each kind of record that a document holds, by the kind's name."""
    documents = (RegisterDocument, RecommendationDocument)
    _, schema = models_json_schema([(kind, "serialization") for kind in documents])
    kinds: dict[str, JsonValue] = {name: _published(kind) for name, kind in schema["$defs"].items()}
    held, seen = [kind.__name__ for kind in documents], set[str]()
    while held:  # a kind of record that stands only in fields that are withheld is withheld, too
        name = held.pop()
        if name not in seen:
            seen.add(name)
            held += re.findall(r'"#/\$defs/(\w+)"', json.dumps(kinds[name]))
    return {name: kind for name, kind in kinds.items() if name in seen}


def _published(kind: JsonSchemaValue) -> JsonSchemaValue:
    """A kind's schema without the fields that are withheld."""
    return {**kind, "properties": published_fields(kind)}
