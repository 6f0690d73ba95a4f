"""The form of the data has a version: nothing in it changes unless that changes, too, and its page tells each version."""

import json
import re
from pathlib import Path

import pytest

from projects import ROOT
from register.exports.data_format import FORMAT

HELD = Path(__file__).with_name("data_format.json")
TELLS = ROOT / "docs" / "data-format.md"


def form(files: dict[str, bytes]) -> dict[str, object]:
    """The names of all columns and fields: by table, and by kind of record of the documents."""
    tables = {
        path: content.decode().partition("\r\n")[0].split(",")
        for path, content in files.items()
        if path.endswith(".csv")
    }
    schemas = [json.loads(content)["$defs"] for path, content in files.items() if re.search(r"schema\.json$", path)]
    kinds = {name: sorted(kind.get("properties", ())) for defs in schemas for name, kind in defs.items()}
    return {"format": FORMAT, "tables": dict(sorted(tables.items())), "kinds": dict(sorted(kinds.items()))}


def test_the_form_is_that_of_its_version(files: dict[str, bytes]) -> None:
    """If it is not: raise FORMAT, describe the change in docs/data-format.md, and update data_format.json to what is shown here."""
    assert form(files) == json.loads(HELD.read_text())


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [("data/updates.csv", b"key,recommendation,", b"key,number,"), ("data/schema.json", b'"owner": {', b'"keeper": {')],
)
def test_a_column_or_field_of_another_name_is_another_form(
    files: dict[str, bytes], path: str, old: bytes, new: bytes
) -> None:
    assert old in files[path]
    assert form({**files, path: files[path].replace(old, new)}) != json.loads(HELD.read_text())


@pytest.mark.content
def test_the_page_tells_every_version_the_newest_first() -> None:
    told = re.findall(r"(?m)^## ([0-9.]+)", TELLS.read_text(encoding="utf-8"))
    assert told[0] == FORMAT
    assert told == sorted(told, key=lambda version: [int(part) for part in version.split(".")], reverse=True)
