"""The JSON documents and what goes with every export."""

import csv
import datetime
import io
import json
import re
import zipfile
from collections.abc import Callable

import jsonschema
import pytest

from exported import SITE, exported
from register.exports.dataset import dataset
from register.exports.documents import recommendation_document, register_document, schema
from register.exports.json_values import json_object
from register.exports.published import Published
from register.exports.published_records import (
    About,
    DueMove,
    HelpLine,
    PublishedLicence,
    PublishedLink,
    PublishedRecommendation,
    PublishedUpdate,
    RegisterDocument,
    Today,
    Verdict,
)
from register.model import Link, Recommendation, Register
from register.site import urls
from register.state.help_lines import help_lines
from register.state.snapshot import Snapshot
from registers import TODAY


def validator(files: dict[str, bytes], path: str = "data/schema.json") -> jsonschema.Draft202012Validator:
    """A validator by one published schema alone; dates are looked at, too."""
    schema = json.loads(files[path])
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER)


def unfolded(content: bytes) -> str:
    """Text of a file as people read it: packed files unpacked, folded lines of a calendar joined, its escapes taken back."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "".join(unfolded(packed.read(name)) for name in packed.namelist())
    return re.sub(r"\\([,;])", r"\1", content.decode(errors="replace").replace("\r\n ", ""))


def test_a_document_holds_what_goes_with_all_and_the_records(small_register: Register) -> None:
    published = Published(Snapshot(small_register, TODAY), SITE)
    whole, one = register_document(published), recommendation_document(published, 1)
    records = list(published.recommendation_objects.values())
    assert json.loads(whole) == {
        "$schema": f"{SITE}data/schema.json",
        "about": published.about_object,
        **json_object(published.register),
        "recommendations": records,
        "links": [json_object(link) for link in published.links],
    }
    assert json.loads(one) == {
        "$schema": f"{SITE}data/recommendations/schema.json",
        "about": published.about_object,
        "recommendation": records[0],
    }
    assert records[0]["number"] == 1


def test_the_schema_says_of_itself_what_it_is(small_register: Register) -> None:
    published = Published(Snapshot(small_register, TODAY), SITE)
    described = json.loads(schema(published, urls.SCHEMA_DOCUMENT))
    kinds = described.pop("$defs")
    assert described == {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{SITE}data/schema.json",
        "title": "The Smallshire register",
        "$comment": published.about_in_words,
        "$ref": "#/$defs/RegisterDocument",
    }
    assert list(kinds["RegisterDocument"]["properties"])[:2] == ["$schema", "about"]
    derived = ["file_url", "file_bytes", "file_language"]
    assert [*kinds["PublishedLink"]["properties"]] == [
        name for name in Link.model_fields if name != "candidate"
    ] + derived


def test_the_schema_describes_what_is_derived_and_says_that_it_is_always_there(small_register: Register) -> None:
    kinds = json.loads(schema(Published(Snapshot(small_register, TODAY), SITE), urls.SCHEMA_DOCUMENT))["$defs"]
    for kind in (
        About,
        DueMove,
        HelpLine,
        PublishedLicence,
        PublishedLink,
        PublishedRecommendation,
        PublishedUpdate,
        Today,
        Verdict,
    ):
        described = kinds[kind.__name__]
        assert described["description"] == " ".join((kind.__doc__ or "").split())
        assert [name for name, field in described["properties"].items() if not field.get("description")] == []
        assert [name for name in kind.__annotations__ if name not in described["required"]] == []


def test_every_document_is_as_the_published_schema_says(files: dict[str, bytes]) -> None:
    whole = json.loads(files["data/register.json"])
    assert list(validator(files).iter_errors(whole)) == []
    one = validator(files, "data/recommendations/schema.json")
    for recommendation in whole["recommendations"]:
        document = json.loads(files[f"data/recommendations/{recommendation['number']}.json"])
        assert list(one.iter_errors(document)) == []
        assert document == {
            "$schema": f"{SITE}data/recommendations/schema.json",
            "about": whole["about"],
            "recommendation": recommendation,
        }
    for name in ("addresses", "build"):
        assert (
            list(validator(files, f"data/{name}.schema.json").iter_errors(json.loads(files[f"data/{name}.json"]))) == []
        )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: whole["recommendations"][0].update(number="one"),
        lambda whole: whole["recommendations"][0]["updates"][0].update(date="8 November"),
        lambda whole: whole["recommendations"][0]["updates"][0].update(date="2025-02-29"),
        lambda whole: whole["recommendations"][0]["updates"][0].update(recorded="2025-02"),
        lambda whole: whole["recommendations"][0]["updates"][0].update(response="perhaps"),
        lambda whole: whole["recommendations"][0]["updates"][0].update(evidence=["no-such-page"]),
        lambda whole: whole["recommendations"][0].update(theme="no-such-theme"),
        lambda whole: whole["recommendations"][0]["today"].update(review="2026-02-30"),
        lambda whole: whole["about"].update(version="451234567e12"),
        lambda whole: whole["recommendations"][0].update(number=-7),
        lambda whole: whole["recommendations"][0].update(number=10000),
        lambda whole: whole["recommendations"][0].update(title="a" * 121),
        lambda whole: whole["contacts"][0].update(number="9-9-9"),
        lambda whole: whole["recommendations"][0].update(surprise=1),
        lambda whole: whole.pop("about"),
    ],
)
def test_the_schema_refuses_a_document_that_was_spoilt(files: dict[str, bytes], spoil: Callable[[dict], None]) -> None:
    whole = json.loads(files["data/register.json"])
    spoil(whole)
    assert list(validator(files).iter_errors(whole))


# JSON Schema 2020-12: the words that say something of a value, and those that describe it.
SAYS = {"$ref", "anyOf", "const", "enum", "items", "additionalProperties", "properties", "required", "type", "pattern",
        "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"}  # fmt: skip
DESCRIBES = {"title", "description", "default", "format", "$comment"}


def words_of(schema: object) -> set[str]:
    """The words that a schema is written in, names of fields left out."""
    if not isinstance(schema, dict):
        return set[str]().union(*map(words_of, schema)) if isinstance(schema, list) else set()
    inner = [*schema.get("properties", {}).values(), *(schema[name] for name in ("items", "anyOf") if name in schema)]
    return set(schema).union(*map(words_of, inner))


def test_the_schema_is_written_in_words_that_json_schema_knows(files: dict[str, bytes]) -> None:
    used = words_of([*json.loads(files["data/schema.json"])["$defs"].values()])
    assert used - SAYS - DESCRIBES == set()
    assert {"minimum", "maximum", "minLength", "maxLength"} <= used


def test_the_schema_describes_every_field_as_the_model_does(files: dict[str, bytes]) -> None:
    described = json.loads(files["data/recommendations/schema.json"])["$defs"]["RecommendationDocument"]
    assert described["required"] == ["$schema", "about", "recommendation"]
    fields = json.loads(files["data/schema.json"])["$defs"]["PublishedRecommendation"]["properties"]
    for name, info in Recommendation.model_fields.items():
        assert fields[name]["description"] == info.description


def test_the_whole_register_can_be_read_back_by_the_model(files: dict[str, bytes], sample: Snapshot) -> None:
    published = Published(sample, SITE)
    back = RegisterDocument.model_validate_json(files["data/register.json"])
    assert back.about == published.about
    assert back.recommendations == list(published.recommendations.values())
    for name in Register.model_fields:
        if name == "links":
            assert back.links == published.links
        elif name != "recommendations":
            assert getattr(back, name) == getattr(published.register, name), name


def test_nothing_that_may_be_published_is_left_out(sample: Snapshot) -> None:
    held, published = sample.register, Published(sample, SITE).register
    for name in ("header", "recommendations", "topics", "timeline", "reported_results", "proof", "statement"):
        assert getattr(published, name) == getattr(held, name), name
    assert published.links == [link.model_copy(update={"candidate": None}) for link in held.links]
    assert [contact.id for contact in published.contacts] == [one.id for one in held.contacts if one.use == "ok"]


def test_the_parts_of_a_document_stand_in_the_order_of_the_model(files: dict[str, bytes]) -> None:
    assert list(json.loads(files["data/register.json"])) == [
        "$schema",
        "about",
        "header",
        "recommendations",
        "links",
        "contacts",
        "topics",
        "timeline",
        "reported_results",
        "redirects",
        "language",
        "exceptions",
        "proof",
        "statement",
    ]


def test_an_address_that_nobody_confirmed_is_in_no_file(files: dict[str, bytes], sample_register: Register) -> None:
    candidates = [link.candidate for link in sample_register.links if link.candidate]
    assert len(candidates) >= 3
    for path, content in files.items():
        text = unfolded(content)
        for candidate in candidates:
            assert candidate not in text, path
            assert candidate.removeprefix("https://").split("/")[0] not in text, path
    assert '"candidate"' not in files["data/register.json"].decode()
    assert '"candidate"' not in files["data/schema.json"].decode()


def test_a_service_that_is_not_shown_is_in_no_file(files: dict[str, bytes], sample_register: Register) -> None:
    hidden = [contact for contact in sample_register.contacts if contact.use != "ok"]
    assert hidden
    for path, content in files.items():
        for contact in hidden:
            assert contact.name not in unfolded(content), path
            assert not contact.number or contact.number not in unfolded(content), path


@pytest.mark.parametrize(
    "path",
    [
        "data/register.json",
        "data/recommendations/3.json",
        "data/datapackage.json",
        "data/schema.json",
        *(f"data/{name}.csv-metadata.json" for name in ("recommendations", "updates", "links", "crosswalk")),
        "data/feeds/updates.atom",
        "data/feeds/recommendation-14.atom",
        "data/feeds/audience-police.atom",
        "data/calendar.ics",
    ],
)
def test_every_export_carries_licence_version_date_and_help_lines(
    files: dict[str, bytes], sample: Snapshot, path: str
) -> None:
    text = unfolded(files[path])
    licence = sample.register.header.licence
    assert sample.version in text
    assert "2026-03-31" in text or "31 March 2026" in text  # the day of the latest change
    assert licence.name in text
    assert licence.wording in text
    lines = help_lines(sample.register, sample.as_of)
    assert len(lines) == 4
    for line in lines:
        assert line.name in text
        assert line.number in text


@pytest.mark.parametrize("name", ["recommendations", "updates", "links", "crosswalk"])
def test_every_row_of_a_table_says_from_which_register_it_is(
    files: dict[str, bytes], sample: Snapshot, name: str
) -> None:
    rows = list(csv.DictReader(io.StringIO(files[f"data/{name}.csv"].decode(), newline="")))
    assert list(rows[0])[-1] == "register_version"
    assert {row["register_version"] for row in rows} == {sample.version}
    assert sample.version.startswith("v")


def test_the_inquirys_own_words_are_marked_field_by_field(files: dict[str, bytes], sample: Snapshot) -> None:
    kept = sample.register.header.licence.wording
    whole = json.loads(files["data/register.json"])
    assert whole["about"]["licence"]["not_ours"] == ["recommendations.wording.text"]
    assert json.loads(files["data/schema.json"])["$defs"]["Wording"]["properties"]["text"]["$comment"] == kept
    table = json.loads(files["data/recommendations.csv-metadata.json"])["tableSchema"]["columns"]
    assert {column["name"]: column["dc:rights"] for column in table if "dc:rights" in column} == {"wording_text": kept}
    package = json.loads(files["data/datapackage.json"])["resources"][0]["schema"]["fields"]
    assert {field["name"]: field["rights"] for field in package if "rights" in field} == {"wording_text": kept}


def test_a_licence_is_granted_to_machines_only_once_it_is_confirmed(
    changed: Callable[..., dict[str, bytes]], sample_register: Register
) -> None:
    licence = sample_register.header.licence.model_copy(update={"confirmed": None})
    files = changed(licence=licence)
    assert "licenses" not in json.loads(files["data/datapackage.json"])
    assert "dc:license" not in json.loads(files["data/updates.csv-metadata.json"])
    assert "not yet confirmed" in json.loads(files["data/updates.csv-metadata.json"])["dc:rights"]
    proposed = sample_register.model_copy(
        update={"header": sample_register.header.model_copy(update={"licence": licence})}
    )
    assert "license" not in dataset(Snapshot(proposed, TODAY), SITE)
    assert "license" in dataset(Snapshot(sample_register, TODAY), SITE)
    files = changed()
    assert json.loads(files["data/datapackage.json"])["licenses"][0]["path"] == "https://www.exampleshire.test/licence"
    assert "not yet confirmed" not in files["data/updates.csv-metadata.json"].decode()


def test_the_exports_of_an_earlier_day_hold_nothing_that_came_later(sample_register: Register) -> None:
    day = datetime.date(2024, 3, 31)
    files = exported(Snapshot(sample_register, day))
    later = [
        update.note
        for record in sample_register.recommendations
        for update in record.updates
        if update.date.first > day
    ]
    later += [milestone.text for milestone in sample_register.timeline if milestone.date.first > day]
    assert len(later) > 10
    for path, content in files.items():
        for note in later:
            assert json.dumps(note, ensure_ascii=False)[1:-1] not in unfolded(content), path
