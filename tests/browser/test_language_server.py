"""What the language server of VS Code, github.dev and other editors says while somebody types in data/."""

import bisect
import itertools
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from language_server import Complaint, LanguageServer
from projects import ROOT
from register.edit.input_schema import FOLDER, input_schema, input_schemas, path_of
from register.load.data_files import FILES, DataFile
from register.load.loader import load
from register.load.yaml_source import Fields, Items, Node, read
from registers import SAMPLE, TODAY, latest_day
from typed_records import TypedRecord, good_records, odd_records, schema_errors

REGISTER = load(SAMPLE / "data", TODAY)
BY_NAME = {data_file.name.removesuffix(".yml"): data_file for data_file in FILES}
RECOMMENDATIONS = BY_NAME["recommendations"]
SCHEMAS = {data_file.name: input_schema(data_file, REGISTER) for data_file in FILES}


def modeline(data_file: DataFile) -> str:
    """The first line of a data file, which names its schema."""
    return f"# yaml-language-server: $schema=../{path_of(data_file)}\n"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LanguageServer]:
    """A server in a workspace with the real data, the sample as it is, and the sample as a project with schemas."""
    workspace = tmp_path_factory.mktemp("workspace")
    shutil.copytree(ROOT / "data", workspace / "data")
    shutil.copytree(ROOT / ".vscode", workspace / ".vscode")
    shutil.copytree(SAMPLE / "data", workspace / "tests" / "sample" / "data")
    # Generated here: an editor's change of words or links is no mistake, though the schemas do not know it yet.
    _write(workspace, input_schemas(load(ROOT / "data", latest_day(ROOT))))
    _write(workspace / "sample", input_schemas(REGISTER))
    of_vs_code = json.loads((ROOT / ".vscode" / "settings.json").read_text())
    running = LanguageServer(workspace, of_vs_code, workspace / "connections")
    running.start()
    yield running
    running.stop()


def _write(folder: Path, files: dict[str, bytes]) -> None:
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        (folder / path).write_bytes(content)


def opened(server: LanguageServer, data_file: DataFile, text: str, name: str) -> str:
    """The address of a file of the sample project, opened with this text behind the line that names its schema."""
    folder = server.workspace / "sample" / "data"
    return server.open(folder / f"{name}.yml", modeline(data_file) + text)


# ── files that are good ────────────────────────────────────────────────────────────────────────


def test_nothing_is_underlined_in_the_real_files(server: LanguageServer) -> None:
    texts = {
        data_file: (ROOT / data_file.path).read_text("utf-8") for data_file in FILES if (ROOT / data_file.path).exists()
    }
    for data_file, text in texts.items():
        assert text.startswith(modeline(data_file)), data_file.path
    addresses = [server.open(server.workspace / data_file.path, text) for data_file, text in texts.items()]
    assert [server.complaints(uri) for uri in addresses] == [[]] * len(texts) != []


def test_nothing_is_underlined_in_the_sample(server: LanguageServer) -> None:
    texts = {
        data_file: (SAMPLE / data_file.path).read_text("utf-8")
        for data_file in FILES
        if (SAMPLE / data_file.path).exists()
    }
    addresses = [opened(server, data_file, text, f"good-{data_file.name}") for data_file, text in texts.items()]
    assert [server.complaints(uri) for uri in addresses] == [[]] * len(texts) != []


def test_the_settings_of_vs_code_bind_the_schemas_too_but_not_to_the_tests_own_registers(
    server: LanguageServer,
) -> None:
    for data_file in FILES:
        wrong = "- nonsense: 1\n" if data_file.many else "nonsense: 1\n"
        bound = server.open(server.workspace / "without-a-line" / data_file.path, wrong)
        assert Complaint(1, "Property nonsense is not allowed.") in server.complaints(bound)
        elsewhere = server.open(server.workspace / "tests" / "sample" / data_file.path, wrong)
        assert server.complaints(elsewhere) == []


def test_the_server_asks_nobody_outside(server: LanguageServer) -> None:
    assert not server.connections.exists()


def test_what_it_would_ask_outside_is_seen(tmp_path: Path) -> None:
    """By its own settings it would fetch a list of schemas from the web."""
    asking = LanguageServer(tmp_path, {"yaml.schemaStore.enable": True}, tmp_path / "connections")
    asking.start()
    asking.complaints(asking.open(tmp_path / "any.yml", "a: 1\n"))
    asking.stop()
    assert "schemastore" in asking.connections.read_text()


# ── what is offered and explained ──────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Place:
    """A field of a file, by its names from the outermost record; "" stands for an item of a list."""

    path: tuple[str, ...]
    schema: dict[str, Any]

    def text(self, value: str) -> str:
        """The lines that lead to the field, with a value behind it; the field stands on the last one."""
        lines, depth, dash = [], 0, ""
        for part in self.path:
            if part == "":
                dash = "- "
                continue
            lines.append(" " * depth + dash + f"{part}:")
            depth, dash = depth + len(dash) + 2, ""
        if dash:
            return "\n".join([*lines, " " * depth + f"- {value}"])
        return "\n".join(lines) + f" {value}"


def places(schema: dict[str, Any], path: tuple[str, ...] = ()) -> Iterator[Place]:
    """Every field and every item of a schema."""
    if path:
        yield Place(path, schema)
    if "items" in schema:
        yield from places(schema["items"], (*path, ""))
    for name, inner in schema.get("properties", {}).items():
        yield from places(inner, (*path, name))


@pytest.mark.parametrize("data_file", FILES, ids=lambda data_file: data_file.name)
def test_every_word_and_every_id_is_offered_at_its_place_with_its_meaning(
    server: LanguageServer, data_file: DataFile
) -> None:
    choices = [place for place in places(SCHEMAS[data_file.name]) if "enum" in place.schema]
    assert choices or data_file.name in ("redirects.yml", "proved.yml")
    for number, place in enumerate(choices):
        text = place.text("")
        lines = (modeline(data_file) + text).split("\n")
        uri = opened(server, data_file, text, f"offer-{data_file.name}-{number}")
        offered = server.completions(uri, len(lines), len(lines[-1]))
        words = place.schema["enum"]
        assert [word for word in words if word not in offered] == [], place.path
        if meanings := place.schema.get("enumDescriptions"):
            assert [offered[word] for word in words] == meanings, place.path


@pytest.mark.parametrize("data_file", FILES, ids=lambda data_file: data_file.name)
def test_every_field_is_explained_by_its_description(server: LanguageServer, data_file: DataFile) -> None:
    fields = [place for place in places(SCHEMAS[data_file.name]) if place.path[-1]]
    assert fields
    for number, place in enumerate(fields):
        text = place.text("a")
        line = len((modeline(data_file) + text).split("\n"))
        column = text.split("\n")[-1].index(place.path[-1])
        uri = opened(server, data_file, text, f"hover-{data_file.name}-{number}")
        shown = server.hover(uri, line, column + 1)
        assert place.schema["description"] in re.sub(r"\\(.)|&nbsp;", r"\1", shown), place.path


def test_a_list_between_brackets_is_completed_too(server: LanguageServer) -> None:
    text = "- number: 1\n  updates:\n    - evidence: [inquiry, ]\n"
    uri = opened(server, RECOMMENDATIONS, text, "offer-brackets")
    offered = server.completions(uri, 4, len("    - evidence: [inquiry, "))
    assert [link.id for link in REGISTER.links if link.id not in offered] == []


# ── mistakes ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Mistake:
    """One value of a good record typed wrongly, and what is said of it."""

    file: str
    place: str  # names of fields and places in lists: "updates.0.date"
    typed: str | None  # None if the line is left out
    message: str


def unknown(noun: str, file: str = "register") -> str:
    """What is said of an id that the register does not have."""
    return f"no {noun} in data/{file}.yml has this id (if it was added there just now, run 'make forms')"


TEXT_DUE = "text is due here: write it on the same line, in quotes if it holds ': '"
LIST_DUE = "a list is due here: lines that begin with '- ', or [one, two]"
DATE = "write it like 2026-02-28, 2026-02 or 2026"
DAY = "write the day, like 2026-02-28"
ID = "small letters, digits and single hyphens, like get-safe"
MISTAKES = [
    Mistake("recommendations", "number", "0", "Value is below the minimum of 1."),
    Mistake("recommendations", "number", "15", "Value is above the maximum of 14."),
    Mistake("recommendations", "number", "twelve", "write digits only"),
    Mistake("recommendations", "number", None, 'Missing property "number".'),
    Mistake("recommendations", "title", "", TEXT_DUE),
    Mistake("recommendations", "title", "'  '", "write something, or take the line out"),
    Mistake("recommendations", "title", "a" * 121, "String is longer than the maximum length of 120."),
    Mistake("recommendations", "summary", "Its words", 'Incorrect type. Expected "Summary".'),
    Mistake("recommendations", "summary.checked.on", "3 October 2022", DATE),
    Mistake("recommendations", "wording.page", "p. 12", "write it like 147, 147-148 or xii"),
    Mistake("recommendations", "addressed_to.0", "counsil", unknown("body")),
    Mistake("recommendations", "theme", "shareing", unknown("theme")),
    Mistake("recommendations", "audiences.1", "Police", unknown("audience")),
    Mistake("recommendations", "response", "applies", "Property response is not allowed."),
    Mistake("recommendations", "updates.0.date", "2022-02-29", DATE),
    Mistake("recommendations", "updates.0.date", "2200", "Value is above the maximum of 2199."),
    Mistake("recommendations", "updates.0.recorded", "2022-10", DAY),
    Mistake("recommendations", "updates.0.voice", "partnershp", unknown("voice")),
    Mistake("recommendations", "updates.0.voice", None, 'Missing property "voice".'),
    Mistake("recommendations", "updates.0.response", "aplies", unknown("response")),
    Mistake("recommendations", "updates.0.progress", "underway", unknown("progress")),
    Mistake("recommendations", "updates.0.evidence", "board-minutes-2023-03", LIST_DUE),
    Mistake("recommendations", "updates.2.evidence.0", "board-minutes-2023", unknown("link", "links")),
    Mistake("recommendations", "updates.0.note", "[one, two]", TEXT_DUE),
    Mistake("recommendations", "updates.0.nots", "Words.", "Property nots is not allowed."),
    Mistake("recommendations", "updates.0.related.1", "2.5", "write digits only"),
    Mistake("recommendations", "updates.0.withdrawn", "{on: 2022-11, by: Editor, reason: Wrong.}", DAY),
    Mistake("links", "id", "Get_Safe", ID),
    Mistake("links", "url", "www.sampleton-inquiry.test", "write it like https://www.gov.uk/page"),
    Mistake("links", "confirmed.by", None, 'Missing property "by".'),
    Mistake("links", "expect.host", "https://sampleton-inquiry.test", "a host's name, like www.gov.uk"),
    Mistake("links", "must_work", "maybe", "write true, or take the line out"),
    Mistake("links", "way_in", "nowhere", unknown("link", "links")),
    Mistake("contacts", "number", "0800-1111", "digits in groups, like 0800 1111"),
    Mistake("contacts", "email", "nobody", "an email address"),
    Mistake("contacts", "use", "yes", 'Value is not accepted. Valid values: "ok", "check".'),
    Mistake("topics", "confidence", "sure", 'Value is not accepted. Valid values: "high", "medium", "low".'),
    Mistake("timeline", "sources", "[]", "Array has too few items. Expected 1 or more."),
    Mistake("register", "reporting_year_starts", "1 April", "month and day, like 04-01"),
    Mistake("register", "leave", "wether", unknown("link", "links")),
    Mistake("register", "responses.0.matches.0.scale", "far-land", unknown("scale")),
    Mistake("accessibility", "status", "mostly", 'Value is not accepted. Valid values: "fully", "partially", "not".'),
]  # fmt: skip


def broken(mistake: Mistake) -> tuple[str, int]:
    """A good record of the sample with one mistake, and the line on which it stands."""
    data_file = BY_NAME[mistake.file]
    *outer, last = [int(part) if part.isdecimal() else part for part in mistake.place.split(".")]
    fields = sample_record(data_file)
    holder: Any = fields
    for part in outer:
        holder = holder[part]
    if mistake.typed is None:
        del holder[last]
        return TypedRecord(data_file, fields).text, _line_of_record(data_file, fields, outer)
    holder[last] = "HERE"
    before, _, _ = TypedRecord(data_file, fields).text.partition("HERE")
    holder[last] = mistake.typed
    return TypedRecord(data_file, fields).text, before.count("\n") + 1


def _line_of_record(data_file: DataFile, fields: dict[str, Any], path: list[int | str]) -> int:
    """The line of a record within another: that of its name, or of its "- "."""
    held: Any = fields
    for part in path:
        held = held[part]
    first = next(iter(held))
    kept, held[first] = held[first], "HERE"
    before, _, _ = TypedRecord(data_file, fields).text.partition("HERE")
    held[first] = kept
    named = path and isinstance(path[-1], str)
    return before.count("\n") + (0 if named else 1)


def sample_record(data_file: DataFile) -> dict[str, Any]:
    """The longest record of the sample's file, each text in quotes."""
    node, _ = read(SAMPLE / data_file.path, data_file.path)
    records = node if isinstance(node, Items) else [node]
    return max((quoted(record) for record in records), key=lambda record: len(str(record)))


def quoted(node: Node) -> Any:
    """What was read of a file, as it can be typed."""
    if isinstance(node, str):
        return json.dumps(node, ensure_ascii=False)
    return (
        {name: quoted(value) for name, value in node.items()} if isinstance(node, Fields) else list(map(quoted, node))
    )


@pytest.mark.parametrize(
    "mistake", MISTAKES, ids=lambda mistake: f"{mistake.file}: {mistake.place}: {str(mistake.typed)[:20]}"
)
def test_a_mistake_is_underlined_on_its_line_and_nothing_else_is(server: LanguageServer, mistake: Mistake) -> None:
    text, line = broken(mistake)
    uri = opened(server, BY_NAME[mistake.file], text, f"mistake-{MISTAKES.index(mistake)}")
    assert server.complaints(uri) == [Complaint(line + 1, mistake.message)]  # behind the line that names the schema


# ── hundreds of records ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("file", ["recommendations", "links", "contacts", "topics", "timeline"])
def test_the_server_reads_a_schema_as_json_schema_means_it(server: LanguageServer, file: str) -> None:
    """The other test of the schemas, without an editor, then holds for editors, too."""
    data_file = BY_NAME[file]
    records = st.one_of(good_records(data_file, REGISTER), odd_records(data_file, REGISTER))
    numbers = itertools.count()

    @settings(max_examples=10, suppress_health_check=[*HealthCheck])
    @given(st.lists(records, min_size=12, max_size=15))
    def agree(drawn: list[TypedRecord]) -> None:
        starts = [2, *itertools.accumulate((typed.text.count("\n") for typed in drawn), initial=2)][1:]
        uri = opened(server, data_file, "".join(typed.text for typed in drawn), f"{file}-{next(numbers)}")
        found = {bisect.bisect(starts, complaint.line) - 1 for complaint in server.complaints(uri)}
        for number, typed in enumerate(drawn):
            assert (number in found) == bool(schema_errors(typed, SCHEMAS[data_file.name])), typed.text

    agree()
