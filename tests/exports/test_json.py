"""Records as JSON, and what a JSON Schema says of their fields."""

from typing import Annotated

from pydantic import Field

from register.exports.json_schema import inquiry_fields, published_fields, resolved
from register.exports.json_values import json_file, json_object
from register.model import THE_INQUIRYS, WITHHELD, Record


class Part(Record):
    """A record within another."""

    words: Annotated[str, Field(json_schema_extra=THE_INQUIRYS)] = "theirs"
    secret: Annotated[str, Field(json_schema_extra=WITHHELD)] = "hidden"
    ours: str = "ours"


class Whole(Record):
    """A record of every shape that the model uses."""

    number: int = 1
    secret: Annotated[str | None, Field(json_schema_extra=WITHHELD)] = None
    names: list[str] = ["é"]
    part: Part = Part()
    perhaps: Part | None = None
    parts: list[Part] = [Part(ours="a"), Part(ours="b")]
    quotes: list[Annotated[str, Field(json_schema_extra=THE_INQUIRYS)]] = []
    quote: Annotated[str | None, Field(json_schema_extra=THE_INQUIRYS)] = None


SCHEMA = Whole.model_json_schema(mode="serialization")


def test_a_record_becomes_a_json_object_without_what_is_withheld_at_any_depth() -> None:
    assert json_object(Whole()) == {
        "number": 1,
        "names": ["é"],
        "part": {"words": "theirs", "ours": "ours"},
        "perhaps": None,
        "parts": [{"words": "theirs", "ours": "a"}, {"words": "theirs", "ours": "b"}],
        "quotes": [],
        "quote": None,
    }


def test_a_json_file_is_indented_keeps_letters_and_ends_with_a_line_end() -> None:
    assert json_file({"a": ["é", 1, None]}) == '{\n  "a": [\n    "é",\n    1,\n    null\n  ]\n}\n'.encode()


def test_the_published_fields_are_all_but_those_that_are_withheld() -> None:
    assert list(published_fields(SCHEMA)) == ["number", "names", "part", "perhaps", "parts", "quotes", "quote"]
    assert published_fields({"type": "string"}) == {}


def test_references_lists_and_nothing_are_seen_through() -> None:
    fields = published_fields(SCHEMA)
    part = SCHEMA["$defs"]["Part"]
    assert [resolved(fields[name], SCHEMA) for name in ("part", "perhaps", "parts")] == [part, part, part]
    assert resolved(fields["names"], SCHEMA) == {"type": "string"}
    assert resolved(fields["number"], SCHEMA) == fields["number"]


def test_nothing_may_stand_first_among_the_options() -> None:
    assert resolved({"anyOf": [{"type": "null"}, {"type": "integer"}]}, SCHEMA) == {"type": "integer"}


def test_the_inquirys_own_words_are_found_at_any_depth() -> None:
    assert inquiry_fields(Whole) == ("part.words", "perhaps.words", "parts.words", "quotes", "quote")
