"""The published data, as validators from npm see them: JSON Schema by Ajv in strict mode, the data package by Frictionless' own."""

import json
import subprocess
from pathlib import Path

import pytest

from visits import NODE

PROGRAM = Path(__file__).with_name("validators.mjs")
DOCUMENTS = {
    "schema.json": ["register.json"],
    "recommendations/schema.json": [f"recommendations/{number}.json" for number in range(1, 15)],
    "addresses.schema.json": ["addresses.json"],
    "build.schema.json": ["build.json"],
}


def faults(kind: str, *paths: Path) -> list[str]:
    """What a validator finds."""
    done = subprocess.run([NODE, PROGRAM, kind, *paths], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.mark.parametrize("schema", DOCUMENTS)
def test_every_document_is_valid_by_the_schema_that_it_names(built_sample: Path, schema: str) -> None:
    data = built_sample / "data"
    assert faults("schema", data / schema, *(data / name for name in DOCUMENTS[schema])) == []
    named = {json.loads((data / name).read_bytes())["$schema"] for name in DOCUMENTS[schema]}
    assert named == {json.loads((data / schema).read_bytes())["$id"]}
    assert all(address.endswith(f"/data/{schema}") for address in named)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"number": -7}, "/recommendation/number must be >= 1"),
        ({"theme": "nothing-known"}, "/recommendation/theme must be equal to one of the allowed values"),
        ({"updates": "none"}, "/recommendation/updates must be array"),
    ],
)
def test_a_document_that_was_spoilt_is_refused(built_sample: Path, tmp_path: Path, change: dict, fault: str) -> None:
    document = json.loads((built_sample / "data" / "recommendations" / "1.json").read_bytes())
    document["recommendation"] |= change
    (tmp_path / "spoilt.json").write_text(json.dumps(document))
    assert fault in faults(
        "schema", built_sample / "data" / "recommendations" / "schema.json", tmp_path / "spoilt.json"
    )


def test_a_word_that_json_schema_does_not_know_is_found(built_sample: Path, tmp_path: Path) -> None:
    schema = json.loads((built_sample / "data" / "build.schema.json").read_bytes())
    schema["$defs"]["BuildDocument"]["properties"]["site"]["ge"] = 1
    (tmp_path / "schema.json").write_text(json.dumps(schema))
    assert faults("schema", tmp_path / "schema.json") == ['Error: strict mode: unknown keyword: "ge"']


def test_the_data_package_is_valid(built_sample: Path) -> None:
    assert faults("package", built_sample / "data" / "datapackage.json") == []


def test_a_data_package_that_was_spoilt_is_refused(built_sample: Path, tmp_path: Path) -> None:
    package = json.loads((built_sample / "data" / "datapackage.json").read_bytes())
    package["resources"][0]["name"] = "No name for a resource"
    (tmp_path / "datapackage.json").write_text(json.dumps(package))
    assert faults("package", tmp_path / "datapackage.json")
