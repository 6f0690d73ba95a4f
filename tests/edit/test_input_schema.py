"""The schemas by which editors complete and underline: what they say is what the loader says, as far as a schema can say it."""

import json
from collections.abc import Iterator
from typing import Annotated, Any

import jsonschema
import pytest
from hypothesis import given, settings
from pydantic import Field, StringConstraints

from projects import ROOT, Project
from register.edit.forms import FORM_NAMES
from register.edit.input_schema import FOLDER, input_schema, input_schemas, path_of
from register.load.data_files import FILES, DataFile
from register.load.loader import load
from register.model import (
    Id,
    LinkId,
    NamedTerm,
    Number,
    PastDate,
    Record,
    Register,
    Telephone,
    ThemeId,
    fields_of,
    record_kinds,
)
from registers import SAMPLE, TODAY, latest_day
from typed_records import TypedRecord, good_records, odd_records, refusals, schema_errors

SAMPLE_REGISTER = load(SAMPLE / "data", TODAY)
SCHEMAS = {data_file.name: input_schema(data_file, SAMPLE_REGISTER) for data_file in FILES}
BY_NAME = {data_file.name: data_file for data_file in FILES}

# What a schema cannot say: the loader refuses it, by problems of these kinds. The check says it a second later.
BEYOND_A_SCHEMA = {
    "not-in-text": "a text holds an email address, a telephone number or a web address",
    "reading-direction": "a text holds an invisible mark",
    "control-character": "a text holds an invisible character",
    "macro-in-text": "a text holds a macro",
    "doubled-quotes": "a text holds quotation marks that a spreadsheet doubled",
    "formula": "a text begins with a sign that a spreadsheet takes for a formula",
    "placeholder": "an address is one that stands for another",
    "not-public": "an address leads into a private network",
    "site-address": "an address is none of this site",
}


def of_the_register(error: jsonschema.ValidationError) -> bool:
    """Whether a schema refuses an id or a number because the register has none such: the loader says that by a rule."""
    total = SAMPLE_REGISTER.header.total
    return "enumDescriptions" in error.schema or (error.validator, error.validator_value) == ("maximum", total)


@pytest.mark.parametrize("data_file", FILES, ids=lambda data_file: data_file.name)
def test_a_schema_and_the_loader_agree_on_records(data_file: DataFile) -> None:
    seen = {"taken": 0, "refused": 0}

    @settings(max_examples=2 * settings.default.max_examples)
    @given(odd_records(data_file, SAMPLE_REGISTER))
    def agree(typed: TypedRecord) -> None:
        by_loader = [problem for problem in refusals(typed) if problem.kind not in BEYOND_A_SCHEMA]
        by_schema = schema_errors(typed, SCHEMAS[data_file.name])
        known = by_schema if by_loader else [error for error in by_schema if not of_the_register(error)]
        assert bool(by_loader) == bool(known), f"{typed.text}\n{by_loader}\n{by_schema}"
        seen["refused" if by_loader else "taken"] += 1

    agree()
    assert min(seen.values()) > 0, seen


@pytest.mark.parametrize("data_file", FILES, ids=lambda data_file: data_file.name)
def test_a_schema_and_the_loader_both_take_good_records(data_file: DataFile) -> None:
    @given(good_records(data_file, SAMPLE_REGISTER))
    def taken(typed: TypedRecord) -> None:
        assert refusals(typed) == []
        assert schema_errors(typed, SCHEMAS[data_file.name]) == []

    taken()


# What the loader and a schema see differently, each with what the loader says and what the schema says.
TAKEN_BY_THE_SCHEMA_ALONE = {
    "a number with a point": ("recommendations.yml", {"number": "2.0"}),
    "a number with an exponent": ("recommendations.yml", {"number": "1e1"}),
    "a number with a plus": ("recommendations.yml", {"number": "+7"}),
    "a number in quotes that is too large": ("recommendations.yml", {"number": "'10000'"}),
    "an id that an editor takes for true": ("links.yml", {"id": "True", "name": "a", "owner": "a"}),
    "a telephone number in a text": ("links.yml", {"id": "a", "name": "Ring 01632 960001", "owner": "a"}),
    "a placeholder": ("links.yml", {"id": "a", "name": "a", "owner": "a", "url": "https://example.org/"}),
    "an address that is none of this site": (
        "redirects.yml",
        {"from": "a", "to": "/b/", "since": "2026-03-01", "why": "It moved."},
    ),
}
TAKEN_BY_THE_LOADER_ALONE = {
    "spaces within quotes, which it takes away": ("links.yml", {"id": "' a '", "name": "a", "owner": "a"}),
    "a host of digits": ("links.yml", {"id": "a", "name": "a", "owner": "a", "expect": {"host": "1.5"}}),
    "an id that the register does not have: a rule says it": ("recommendations.yml", {"number": "1", "theme": "fish"}),
    "a number above the register's total: a rule says it": ("recommendations.yml", {"number": "15"}),
}


@pytest.mark.parametrize("case", TAKEN_BY_THE_SCHEMA_ALONE)
def test_what_a_schema_cannot_say_is_said_by_the_loader(case: str) -> None:
    name, fields = TAKEN_BY_THE_SCHEMA_ALONE[case]
    typed = TypedRecord(BY_NAME[name], fields)
    assert len(refusals(typed)) == 1
    assert schema_errors(typed, SCHEMAS[name]) == []


@pytest.mark.parametrize("case", TAKEN_BY_THE_LOADER_ALONE)
def test_what_a_schema_says_beyond_the_loaders_first_look(case: str) -> None:
    name, fields = TAKEN_BY_THE_LOADER_ALONE[case]
    typed = TypedRecord(BY_NAME[name], fields)
    assert refusals(typed) == []
    assert len(schema_errors(typed, SCHEMAS[name])) == 1


# ── what stands in a schema ────────────────────────────────────────────────────────────────────


def test_every_schema_is_one_by_its_own_dialect() -> None:
    for schema in SCHEMAS.values():
        assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
        jsonschema.Draft7Validator.check_schema(schema)


def nodes(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema and all within it."""
    if isinstance(schema, dict):
        yield schema
        inner = [schema.get("items"), *schema.get("properties", {}).values(), *schema.get("anyOf", [])]
        yield from (node for one in inner for node in nodes(one))


def test_every_field_has_the_description_of_the_model() -> None:
    for data_file in FILES:
        described = {node["title"]: node["properties"] for node in nodes(SCHEMAS[data_file.name]) if "title" in node}
        assert set(described) == {kind.__name__ for kind in record_kinds(data_file.kind)}
        for kind in record_kinds(data_file.kind):
            descriptions = {name: field["description"] for name, field in described[kind.__name__].items()}
            assert descriptions == {name: info.description for name, info in fields_of(kind).items()}


def test_what_to_write_is_said_wherever_a_form_is_due() -> None:
    for schema in SCHEMAS.values():
        for node in nodes(schema):
            assert not str(node.get("patternErrorMessage", "")).startswith("write it like this pattern"), node


Answer = Annotated[str, StringConstraints(pattern="^[a-z]+$")]


class Visit(Record):
    """A kind of record that the model does not have."""

    pages: Number | Answer = Field(description="Where.")
    also: list[LinkId] = Field(default=[], description="What shows it.")
    about: ThemeId | None = Field(default=None, description="What it was about.")
    rooms: list[Id] = Field(default=["a"], min_length=1, max_length=2, description="Which rooms.")
    open: bool = Field(default=False, description="Whether anyone could come.")
    on: PastDate | None = Field(default=None, description="When.")
    telephone: Telephone | None = Field(default=None, description="A number.")


VISITS = DataFile("visits.yml", "visits", Visit)


def register_with(**header: Any) -> Register:
    """The sample's register with other words."""
    return SAMPLE_REGISTER.model_copy(update={"header": SAMPLE_REGISTER.header.model_copy(update=header)})


def takes(schema: dict[str, Any], **fields: Any) -> bool:
    """Whether a schema of visits takes one with these fields."""
    return jsonschema.Draft7Validator(schema).is_valid([{"pages": 1, **fields}])


def test_a_new_kind_of_record_with_fields_of_either_of_two_forms_has_a_schema() -> None:
    schema = input_schema(VISITS, SAMPLE_REGISTER)
    assert schema["items"]["properties"]["pages"]["description"] == "Where."
    assert takes(schema, pages=12) and takes(schema, pages="preface")
    assert not takes(schema, pages=0) and not takes(schema, pages="Pages 1 to 3") and not takes(schema, pages=None)
    assert takes(schema, also=["inquiry"]) and not takes(schema, also=["nowhere"])


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("pages", [1, 9999, "12", "012"], [0, -7, 10000, 2.5, "", "12 to 14"]),
        ("rooms", [["a"], ["a", "b-1"], [7], [True]], [[], ["a", "b", "c"], ["A"], [-7], [1.5], ["a" * 61], "a"]),
        ("open", [True, False, "yes", "No", "oN", "t", 0, 1], [2, -1, 0.5, "maybe", "truely", "", None]),
        ("on", ["2026-10-14", "2026-10", 1900, 2199, "2026"], [1899, 2200, 2026.5, True, "2026-02-29", "2026-1"]),
        ("telephone", [999, "0800 1111", "+44 1632 960001"], [-7, 1.5, True, "0800-1111", "1" * 31]),
    ],
)
def test_the_bounds_of_values_and_of_lists_are_kept(field: str, good: list[object], bad: list[object]) -> None:
    schema = input_schema(VISITS, SAMPLE_REGISTER)
    assert [value for value in good if not takes(schema, **{field: value})] == []
    assert [value for value in bad if takes(schema, **{field: value})] == []


def test_a_field_that_must_be_given_is_missed_and_a_strange_one_refused() -> None:
    validator = jsonschema.Draft7Validator(input_schema(VISITS, SAMPLE_REGISTER))
    assert [error.message for error in validator.iter_errors([{}])] == ["'pages' is a required property"]
    assert not takes(input_schema(VISITS, SAMPLE_REGISTER), stranger="a")


def test_a_form_without_words_of_its_own_is_shown_as_it_is() -> None:
    [_, answer] = input_schema(VISITS, SAMPLE_REGISTER)["items"]["properties"]["pages"]["anyOf"]
    assert answer["patternErrorMessage"] == "write it like this pattern: ^[a-z]+$"


def test_a_vocabulary_without_words_takes_nothing() -> None:
    schema = input_schema(VISITS, register_with(themes=[]))
    jsonschema.Draft7Validator.check_schema(schema)
    assert takes(schema) and not takes(schema, about="sharing") and not takes(schema, about="")


def test_an_id_that_editors_take_for_a_number_or_for_true_is_taken_as_either() -> None:
    themes = [NamedTerm(id=word, label="A theme") for word in ("2026", "true", "false", "1a")]
    schema = input_schema(VISITS, register_with(themes=themes))
    for value in ("2026", 2026, "true", True, "false", False, "1a"):
        assert takes(schema, about=value), value
    for value in (2027, "no", None, ["2026"]):
        assert not takes(schema, about=value), value
    about = schema["items"]["properties"]["about"]
    assert about["enumDescriptions"] == ["A theme"] * 4


# ── the command, and the files ─────────────────────────────────────────────────────────────────

OLD = (
    "Soon: .vscode/schemas/register.json:1: is not what people should be shown for this register, nor are 7 others "
    "(run 'make forms')"
)
NEW_LINK = "- id: new-page\n  name: A new page\n  owner: Exampleshire\n  note: Not published yet.\n"


def test_the_command_writes_a_schema_of_each_file_and_then_nothing(content: Project) -> None:
    first, second = content.run_here("forms"), content.run_here("forms")
    assert first.stdout.splitlines() == [
        f"Written: {path}"
        for path in [*map(path_of, FILES), *(f".github/ISSUE_TEMPLATE/{name}.yml" for name in FORM_NAMES)]
    ]
    assert second.stdout == "Nothing is new: forms and schemas are as the register and the model say.\n"
    assert (first.returncode, second.returncode) == (0, 0)
    for data_file in FILES:
        assert json.loads((content.folder / path_of(data_file)).read_text()) == SCHEMAS[data_file.name]
    assert len(list((content.folder / FOLDER).iterdir())) == len(FILES)


def test_the_schemas_are_the_same_on_any_day(content: Project) -> None:
    content.run_here("forms")
    assert content.run_here("forms", SOURCE_DATE_EPOCH="2500000000", AS_OF="2023-01-01").stdout.startswith(
        "Nothing is new"
    )


def test_the_command_names_what_is_wrong_with_the_register_and_writes_nothing(content: Project) -> None:
    line = content.edit("data/register.yml", "reporting_year_starts: 04-01", "reporting_year_starts: April")
    done = content.run_here("forms")
    assert done.returncode == 1
    assert f"data/register.yml:{line}: " in done.stderr
    assert not (content.folder / ".vscode").exists()


def test_a_check_advises_to_renew_the_schemas_and_stops_nothing(content: Project) -> None:
    content.run_here("forms")
    assert OLD not in content.run_here("check").stdout
    links = content.folder / "data" / "links.yml"
    links.write_text(links.read_text() + NEW_LINK)
    done = content.run_here("check")
    assert (done.returncode, done.stdout.splitlines()[-2]) == (0, OLD)
    assert "What people are shown while they fill the register (1)\n" in content.run_here("attention").stdout
    content.run_here("forms")
    assert OLD not in content.run_here("check").stdout


@pytest.mark.parametrize(
    ("broken", "others"), [(["links"], ""), (["links", "topics"], ", nor is 1 other"), (["links", "topics", "timeline"], ", nor are 2 others")]
)  # fmt: skip
def test_schemas_that_were_changed_or_lost_are_counted(content: Project, broken: list[str], others: str) -> None:
    content.run_here("forms")
    for name in broken:
        (content.folder / FOLDER / f"{name}.json").unlink()
    content.write(f"{FOLDER}/links.json", "{}")
    assert content.run_here("check").stdout.splitlines()[-2] == (
        f"Soon: .vscode/schemas/links.json:1: is not what people should be shown for this register{others} (run 'make forms')"
    )


def test_a_project_without_schemas_is_not_told_of_them(content: Project) -> None:
    assert "schemas" not in content.run_here("check").stdout


def test_the_line_that_names_a_schema_changes_nothing_of_the_register(content: Project) -> None:
    *_, before = content.run_here("check").stdout.splitlines()
    for path, data_file in ((content.folder / data_file.path, data_file) for data_file in FILES):
        if not path.exists():  # one that may be missing
            continue
        path.write_text(f"# yaml-language-server: $schema=../{path_of(data_file)}\n{path.read_text()}")
    *_, after = content.run_here("check").stdout.splitlines()
    assert after == before
    assert after.startswith("All is well: ")


def test_editors_find_the_schema_of_each_real_file() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text())
    for data_file in FILES:
        if (ROOT / data_file.path).exists() or not data_file.optional:
            first = (ROOT / data_file.path).read_text().partition("\n")[0]
            assert first == f"# yaml-language-server: $schema=../{path_of(data_file)}"
        assert settings["yaml.schemas"][f"./{path_of(data_file)}"] == [data_file.path, "!tests/**"]
    assert len(settings["yaml.schemas"]) == len(FILES)
    assert settings["yaml.schemaStore.enable"] is settings["yaml.kubernetesCRDStore.enable"] is False


def of_the_model(schema: Any) -> Any:
    """A schema without what the register adds: a change of words or links needs no programmer."""
    if not isinstance(schema, dict):
        return schema if not isinstance(schema, list) else [*map(of_the_model, schema)]
    listed = "enumDescriptions" in schema or schema.get("description", "").startswith("The inquiry's own number")
    left_out = {"enumDescriptions", "enum", "pattern", "maximum"} if listed else set()
    return {name: of_the_model(value) for name, value in schema.items() if name not in left_out}


@pytest.mark.content
def test_the_schemas_that_are_kept_are_those_of_the_model() -> None:
    """When this fails: make forms."""
    made = input_schemas(load(ROOT / "data", latest_day(ROOT)))
    for path, content in made.items():
        assert of_the_model(json.loads((ROOT / path).read_text())) == of_the_model(json.loads(content)), path
