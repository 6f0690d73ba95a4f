"""The bytes of every built page, judged by the Nu HTML checker and by html-validate."""

import json
import subprocess
from pathlib import Path

import pytest

from visits import NODE, NODE_MODULES

VNU = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
VALIDATE = NODE_MODULES / "html-validate" / "bin" / "html-validate.mjs"

# What html-validate recommends and this site does not do, with the reason.
EXCEPTIONS = {
    "doctype-style": "HTML accepts either case; Material and MkDocs write the small one",
    "long-title": "a page's title is a name given by its editor; 70 letters is a search engine's taste",
    "wcag/h32": "the list is narrowed as soon as something is chosen and nothing is ever sent: there is nothing to submit",
    "tel-non-breaking": "a no-break space would be copied with the number, and some telephones do not take it",
}

# The checker reads files from the disk, where the policy's 'self' means nothing; every page's policy is proven in a
# browser by test_private.py.
NOISE = "Content Security Policy (meta tag)"


def nu(*paths: Path) -> list[str]:
    """What the Nu HTML checker finds, errors and warnings, one line each: file, line, what is wrong."""
    done = subprocess.run(
        ["java", "-Xss2m", "-jar", str(VNU), "--skip-non-html", "--format", "json", *map(str, paths)],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(done.stderr)["messages"]
    return [
        f"{one['url'].removeprefix('file:')}:{one.get('lastLine', 1)}: {one['message']}"
        for one in messages
        if (one["type"] == "error" or one.get("subType") == "warning") and NOISE not in one["message"]
    ]


def validate(report: Path, *paths: Path) -> list[str]:
    """What html-validate finds, one line each: file, line, rule, selector, what is wrong. It writes into a report."""
    settings = report.with_name("settings.json")
    rules = dict.fromkeys(EXCEPTIONS, "off")
    settings.write_text(json.dumps({"root": True, "extends": ["html-validate:recommended"], "rules": rules}))
    command = [NODE, str(VALIDATE), "--config", str(settings), "--formatter", f"json={report}", *map(str, paths)]
    subprocess.run(command, capture_output=True, check=False)
    return [
        f"{file['filePath']}:{one['line']}: {one['ruleId']}: {one['selector']}: {one['message']}"
        for file in json.loads(report.read_text(encoding="utf-8"))
        for one in file["messages"]
    ]


@pytest.fixture(scope="module")
def bad_page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with faults that each judge must see."""
    path = tmp_path_factory.mktemp("bad") / "bad.html"
    path.write_text(
        '<!doctype html><html lang="en"><head><title>Bad</title></head>'
        '<body><p id="a" id="b">One<div align="left"></p><img src="x.png"></div><button>Go</button></body></html>',
        encoding="utf-8",
    )
    return path


def test_the_nu_checker_finds_no_error_and_no_warning(built_sample: Path) -> None:
    assert nu(built_sample) == []


def test_html_validate_finds_nothing(built_sample: Path, tmp_path: Path) -> None:
    assert validate(tmp_path / "report.json", *sorted(built_sample.rglob("*.html"))) == []


def test_the_nu_checker_finds_faults_on_a_page_made_bad(bad_page: Path) -> None:
    found = "\n".join(nu(bad_page))
    assert "Duplicate attribute" in found
    assert "alt" in found


def test_html_validate_finds_faults_on_a_page_made_bad(bad_page: Path, tmp_path: Path) -> None:
    found = {line.split(": ")[1] for line in validate(tmp_path / "report.json", bad_page)}
    assert {"no-dup-attr", "wcag/h37", "close-order"} <= found
