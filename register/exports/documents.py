"""The register as JSON documents, the list of all published addresses, and the JSON Schemas (2020-12) that describe them.

Each document names its schema, and each schema holds all that it needs. Where the register lists what may stand in a field
(the words of a vocabulary, the ids of links), the schema lists it, too, and names the table in which each is explained.
"""

import datetime
import json
import re
from collections.abc import Iterable, Iterator

from pydantic import JsonValue
from pydantic.json_schema import JsonSchemaValue, models_json_schema

from register.exports.json_schema import published_fields, resolved
from register.exports.json_values import JsonObject, json_file, json_object
from register.exports.published import Published
from register.exports.published_records import (
    AddressesDocument,
    BuildDocument,
    RecommendationDocument,
    RegisterDocument,
)
from register.model import CSV_PREFIX, CitesLink, Record, TermOf, VocabularyTerm, marked_fields, record_kinds
from register.site import urls
from register.site.manifest import as_json, manifest
from register.site.urls import Route

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_KINDS: dict[Route, type[Record]] = {
    urls.SCHEMA_DOCUMENT: RegisterDocument,
    urls.RECOMMENDATION_SCHEMA: RecommendationDocument,
    urls.ADDRESSES_SCHEMA: AddressesDocument,
    urls.BUILD_SCHEMA: BuildDocument,
}


def register_document(published: Published) -> bytes:
    """Return the whole register as JSON; ``schema.json`` describes it."""
    recommendations: list[JsonValue] = list(published.recommendation_objects.values())
    return _document(
        published,
        urls.SCHEMA_DOCUMENT,
        {
            "about": published.about_object,
            **json_object(published.register),
            "recommendations": recommendations,
            "links": [json_object(link) for link in published.links],
        },
    )


def recommendation_document(published: Published, number: int) -> bytes:
    """Return one recommendation as JSON; ``recommendations/schema.json`` describes it."""
    held = published.recommendation_objects[number]
    return _document(published, urls.RECOMMENDATION_SCHEMA, {"about": published.about_object, "recommendation": held})


def addresses(published: Published, docs: Iterable[str]) -> bytes:
    """Return the manifest of all that is published as JSON; ``docs`` names the files of ``docs/``."""
    names = as_json(manifest(published.snapshot, docs))
    return _document(published, urls.ADDRESSES_SCHEMA, {"about": published.about_object, **names})


def build_document(published: Published, built: datetime.date) -> bytes:
    """Return which register the site shows, and on which day, as JSON; ``built`` is the day of the build."""
    about = published.about
    return _document(
        published,
        urls.BUILD_SCHEMA,
        {
            "site": about.site,
            "version": about.version,
            "format": about.format,
            "as_of": published.snapshot.as_of.isoformat(),
            "built": built.isoformat(),
            "digest": about.digest,
        },
    )


def _document(published: Published, schema: Route, content: JsonObject) -> bytes:
    return json_file({"$schema": published.address(schema.path), **content})


# ── schemas ────────────────────────────────────────────────────────────────────────────────────


def schema(published: Published, route: Route) -> bytes:
    """Return one of ``urls.SCHEMAS``, derived from the model and the register."""
    kind = _KINDS[route]
    return json_file(
        {
            "$schema": _DIALECT,
            "$id": published.address(route.path),
            "title": published.header.title,
            "$comment": published.about_in_words,
            "$ref": f"#/$defs/{kind.__name__}",
            "$defs": _definitions(published, kind),
        }
    )


def _definitions(published: Published, document: type[Record]) -> dict[str, JsonValue]:
    """The published schema of each kind of record that a document holds, by the kind's name."""
    _, whole = models_json_schema([(document, "serialization")])
    definitions = whole["$defs"]
    for kind in record_kinds(document):
        for name, offered in _offered(published, kind):
            resolved(definitions[kind.__name__]["properties"][name], whole).update(offered)
    kinds: dict[str, JsonValue] = {name: _published(published, kind) for name, kind in definitions.items()}
    held, seen = [document.__name__], set[str]()
    while held:  # a kind of record that stands only in fields that are withheld is withheld, too
        name = held.pop()
        if name not in seen:
            seen.add(name)
            held += re.findall(r'"#/\$defs/(\w+)"', json.dumps(kinds[name]))
    return {name: kind for name, kind in kinds.items() if name in seen}


def _offered(published: Published, kind: type[Record]) -> Iterator[tuple[str, JsonSchemaValue]]:
    """The fields of a kind whose values the register lists, each with those values and the table that explains them."""
    for name, mark in marked_fields(kind, TermOf).items():
        terms: list[VocabularyTerm] = getattr(published.header, mark.vocabulary)
        if terms:
            yield name, _one_of(published, [term.id for term in terms], urls.vocabulary_table(mark.vocabulary))
    for name in marked_fields(kind, CitesLink):
        yield name, _one_of(published, [link.id for link in published.register.links], urls.LINKS_TABLE)


def _one_of(published: Published, ids: list[str], table: Route) -> JsonSchemaValue:
    return {"enum": ids, "$comment": f"Explained in {published.address(table.path)}"}


def _published(published: Published, kind: JsonSchemaValue) -> JsonSchemaValue:
    """A kind's schema without the fields that are withheld, in the words of JSON Schema alone."""
    fields = {name: _standard(published, field) for name, field in published_fields(kind).items()}
    return {**kind, "properties": fields} if "properties" in kind else kind


def _standard(published: Published, field: JsonSchemaValue) -> JsonSchemaValue:
    """A field's schema without the marks of our own; whose words it holds is said in a comment."""
    standard = {name: value for name, value in field.items() if name not in ("rights", CSV_PREFIX)}
    if "rights" in field:
        standard["$comment"] = published.header.licence.wording
    return standard
