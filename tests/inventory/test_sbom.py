"""The bill of materials names all that builds the site and all that goes out to browsers, and is the same every time."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from projects import ROOT
from register.inventory.locks import read_lock
from register.inventory.sbom import sbom


@pytest.fixture(scope="module")
def document() -> str:
    """The bill of this project."""
    return sbom(ROOT)


def faults(document: str) -> str:
    """What the published schema of CycloneDX 1.6 finds wrong; "" if nothing is."""
    return str(JsonStrictValidator(SchemaVersion.V1_6).validate_str(document) or "")


def components(document: str, part: str) -> dict[str, dict]:
    """The components of one part by their names."""
    held = json.loads(document)["components"]
    return {one["name"]: one for one in held if {"name": "register:part", "value": part} in one["properties"]}


def test_it_is_of_the_form_that_cyclonedx_publishes(document: str) -> None:
    assert faults(document) == ""
    broken = document.replace('"type": "library"', '"type": "book"', 1)
    assert "'book' is not one of" in faults(broken)


def test_what_builds_is_what_the_lock_holds_with_version_hashes_and_licence(document: str) -> None:
    builds, locked = (
        components(document, "builds the site"),
        read_lock((ROOT / "requirements.txt").read_text()).packages,
    )
    assert {name: one["version"] for name, one in builds.items()} == {one.name: one.version for one in locked}
    for package in locked:
        [files] = builds[package.name]["externalReferences"]
        assert {held["content"] for held in files["hashes"]} == set(package.sha256)
    assert builds["pyyaml"]["licenses"] == [{"license": {"id": "MIT"}}]
    assert builds["packaging"]["licenses"] == [{"expression": "Apache-2.0 OR BSD-2-Clause"}]
    assert builds["linkchecker"]["licenses"] == [
        {"license": {"name": "GNU General Public License v2 or later (GPLv2+)"}}
    ]
    assert sum("licenses" in one for one in builds.values()) >= 0.9 * len(builds)


def test_who_needs_a_package_is_said(document: str) -> None:
    needs = {one["ref"].partition("@")[0]: one.get("dependsOn", []) for one in json.loads(document)["dependencies"]}
    assert [ref.partition("@")[0] for ref in needs["pkg:pypi/pydantic"]] == [
        "pkg:pypi/annotated-types", "pkg:pypi/pydantic-core", "pkg:pypi/typing-extensions", "pkg:pypi/typing-inspection",
    ]  # fmt: skip
    assert {"pkg:pypi/mkdocs", "pkg:npm/minisearch"} <= {
        ref.partition("@")[0] for ref in needs["recommendations-register"]
    }


def test_what_goes_out_to_browsers_is_every_script_style_and_font_of_the_theme(document: str) -> None:
    ships = components(document, "goes out to browsers")
    files = {
        held["name"]: held["hashes"][0]["content"]
        for one in ships.values()
        for held in [one, *one.get("components", [])]
        if held["type"] == "file"
    }
    ends = {".js", ".css", ".woff", ".woff2"}
    own = [path for path in (ROOT / "theme").rglob("*") if path.suffix in ends]
    assert files == {path.relative_to(ROOT).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in own}
    for name in ("minisearch", "stemmer"):
        assert ships[name]["purl"].startswith(f"pkg:npm/{name}@")
        assert ships[name]["licenses"] == [{"license": {"id": "MIT"}}]
        assert len(ships[name]["hashes"][0]["content"]) == 128


def test_nothing_goes_out_to_browsers_that_the_bill_leaves_out(built_sample: Path, document: str) -> None:
    """The site's scripts and styles are those of the theme, under the same names."""
    named = {path.name for path in (ROOT / "theme").rglob("*")}
    published = [path for path in built_sample.rglob("*") if path.suffix in {".js", ".css", ".woff", ".woff2"}]
    assert len(published) >= 5
    # The search's index is a script, too, whose content is the site's own words.
    assert [path.name for path in published if path.name not in named] == ["search_index.js"]


def test_the_same_project_gives_the_same_bytes_at_any_time_and_in_any_place(tmp_path: Path, document: str) -> None:
    project = tmp_path / "another place"
    for name in ("pyproject.toml", "requirements.txt", "tests/browser/package-lock.json"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, project / name)
    shutil.copytree(ROOT / "theme", project / "theme")
    done = subprocess.run(
        [sys.executable, "-m", "register", "--project", str(project), "sbom"],
        cwd=ROOT,
        env={**os.environ, "TZ": "Pacific/Kiritimati", "LANG": "C", "PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "Written: sbom.cdx.json\n", "")
    assert (project / "sbom.cdx.json").read_text(encoding="utf-8") == document
    (project / "theme" / "assets" / "site.js").write_text("// another script\n")
    assert json.loads(sbom(project))["serialNumber"] != json.loads(document)["serialNumber"]
