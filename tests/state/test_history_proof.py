"""That a register was only added to can be proved: legal changes always pass, and whatever rewrites is found and named."""

import copy
import hashlib
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import ROOT, Project
from register.checks.copies import read_copy
from register.exports.documents import register_document
from register.exports.published import Published
from register.load.loader import load
from register.state.history_proof import canonical, digests, extension, register_digest, rewritings
from register.state.snapshot import Snapshot
from registers import SAMPLE, TODAY

Json = dict[str, Any]
COPY: Json = json.loads(register_document(Published(Snapshot(load(SAMPLE / "data", TODAY), TODAY), "https://x.test/")))
COPY["about"]["as_of"] = TODAY.isoformat()  # as build.json says beside it


def update(number: int, place: int, of: Json) -> Json:
    held: Json = of["recommendations"][number - 1]["updates"][place]
    return held


# ── digests ────────────────────────────────────────────────────────────────────────────────────


def test_every_digest_in_the_data_can_be_computed_again_from_the_data() -> None:
    latest = []
    for record in COPY["recommendations"]:
        assert digests(record["updates"]) == [update["digest"] for update in record["updates"]]
        latest.append((record["number"], record["today"]["digest"] or ""))
    assert register_digest(latest) == COPY["about"]["digest"]


def test_the_first_digest_is_that_of_its_canonical_json_alone() -> None:
    first = update(6, 0, COPY)
    assert canonical(first) == (
        '{"date":"2023-02-15","note":"The board discussed it and wrote to the office that keeps the form.",'
        '"reason":"The form is kept nationally. Nobody in Exampleshire can change it.","recommendation":6,'
        '"recorded":"2023-02-15","response":"not-for-us","voice":"partnership"}'
    )
    assert first["digest"] == hashlib.sha256(canonical(first).encode()).hexdigest()
    second = update(6, 1, COPY)
    assert second["digest"] == hashlib.sha256((first["digest"] + canonical(second)).encode()).hexdigest()


def test_an_older_event_that_is_put_in_later_changes_no_digest_before_it() -> None:
    updates = copy.deepcopy(COPY["recommendations"][0]["updates"])
    late = {**updates[0], "date": "2022-11-01", "recorded": "2026-03-31", "note": "Found later."}
    assert digests([late, *updates])[1:] == digests(updates)


@pytest.mark.content
@pytest.mark.parametrize("folder", [ROOT / "docs", SAMPLE / "docs"], ids=["the real page", "the sample"])
def test_the_program_on_the_page_computes_the_digests_that_are_published(folder: Path, tmp_path: Path) -> None:
    page = (folder / "checked.md").read_text(encoding="utf-8")
    [program] = re.findall(r"(?ms)^```\n(import hashlib.*?)^```", page)
    assert len(program.splitlines()) <= 20
    (tmp_path / "register.json").write_text(json.dumps(COPY), encoding="utf-8")
    done = subprocess.run(["python3", "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        f"{record['number']} {record['today']['digest']}"
        for record in COPY["recommendations"]
        if record["today"]["digest"]
    ] + [f"all {COPY['about']['digest']}"]


# ── what extends, and what rewrites ────────────────────────────────────────────────────────────


def an_update(date: str, recorded: str) -> Json:
    return {"date": date, "recorded": recorded, "voice": "partnership", "note": "More.", "evidence": []}


def add(of: Json) -> None:
    of["recommendations"][13]["updates"].append(an_update("2026-04-02", "2026-04-03"))


def add_an_old_event(of: Json) -> None:
    of["recommendations"][0]["updates"].insert(0, an_update("2022-11-01", "2026-04-03"))


def withdraw(of: Json) -> None:
    update(1, 0, of)["withdrawn"] = {"on": "2026-04-03", "by": "The editor", "reason": "It was another one."}


def edit(of: Json) -> None:
    held = update(1, 0, of)
    held["edited"] = {"on": "2026-04-03", "reason": "A word was wrong.", "note_was": held["note"], "reason_was": None}
    held["note"] = "Other words."


LEGAL = [add, add_an_old_event, withdraw, edit]

# What moves the places that others name comes last.
LEGAL_LAST = [add, withdraw, edit, add_an_old_event]


@given(st.lists(st.sampled_from(LEGAL), max_size=4, unique=True))
def test_any_legal_changes_only_add(changes: list[Callable[[Json], None]]) -> None:
    new = copy.deepcopy(COPY)
    for change in sorted(changes, key=LEGAL_LAST.index):
        change(new)
    assert rewritings(COPY, new) == []
    held = extension(COPY, new)
    total = sum(len(record["updates"]) for record in COPY["recommendations"])
    touched = len({withdraw, edit} & set(changes))
    assert held.added == len({add, add_an_old_event} & set(changes))
    assert held.unchanged == total - (1 if touched else 0)
    assert (held.withdrawn, held.edited) == (int(withdraw in changes), int(edit in changes))


ILLEGAL: list[tuple[Callable[[Json], object], str]] = [
    (lambda of: of["recommendations"][0]["updates"].pop(2), "recommendation 1: the update of 2024-01 by 'partnership' is gone"),
    (lambda of: of["recommendations"].pop(4), "recommendation 5: it is gone"),
    (lambda of: update(3, 2, of).update(due="2024-06-30"),
     "recommendation 3: the update of 2023-03-22 by 'partnership': 'due' was '2024-03-31' and is '2024-06-30'"),
    (lambda of: update(3, 2, of).update(response="not-for-us"),
     "recommendation 3: the update of 2023-03-22 by 'partnership': 'response' was 'applies' and is 'not-for-us'"),
    (lambda of: update(3, 2, of).update(evidence=[]),
     "recommendation 3: the update of 2023-03-22 by 'partnership': 'evidence' was '[\"board-minutes-2023-03\"]' and is not there"),
    (lambda of: update(3, 2, of).update(recorded="2023-03-23"),
     "recommendation 3: the update of 2023-03-22 by 'partnership': 'recorded' was '2023-03-22' and is '2023-03-23'"),
    (lambda of: update(3, 0, of).update(done_when="It is begun."), "'done_when' was "),
    (lambda of: update(3, 2, of).update(note="Silently."),
     "recommendation 3: the update of 2023-03-22 by 'partnership': its words were changed, and nothing says so"),
    (lambda of: (edit(of), update(1, 0, of)["edited"].update(note_was="Never said.")),
     "recommendation 1: the update of 2022-11-08 by 'partnership': 'note_was' is not what stood there"),
    (lambda of: (edit(of), update(1, 0, of)["edited"].update(on="2025-01-01")),
     "recommendation 1: the update of 2022-11-08 by 'partnership': 'edited' is dated 2025-01-01, but the copy of 2026-03-31 lacks it"),
    (lambda of: (withdraw(of), update(1, 0, of)["withdrawn"].update(on="2025-01-01")),
     "recommendation 1: the update of 2022-11-08 by 'partnership': 'withdrawn' is dated 2025-01-01, but the copy of 2026-03-31 lacks it"),
    (lambda of: update(8, 3, of).update(withdrawn=None),
     "recommendation 8: the update of 2025-11-25 by 'partnership': it was marked 'withdrawn', and is no longer"),
    (lambda of: update(8, 3, of)["withdrawn"].update(reason="Another one."),
     "recommendation 8: the update of 2025-11-25 by 'partnership': 'withdrawn' was changed"),
    (lambda of: update(1, 0, of).update(date="2022-11-07"), "recommendation 1: the update of 2022-11-08 by 'partnership' is gone"),
    (lambda of: update(1, 0, of).update(voice="scrutineer"), "recommendation 1: the update of 2022-11-08 by 'partnership' is gone"),
    (lambda of: of["recommendations"][13]["updates"].append(an_update("2024-01-01", "2024-01-02")),
     "recommendation 14: the update of 2024-01-01 by 'partnership' says that it was recorded on 2024-01-02, but the copy of 2026-03-31 lacks it"),
    (lambda of: of["recommendations"][0]["wording"].update(text="Other words."),
     "recommendation 1: its wording was changed without a new check"),
    (lambda of: of["header"]["responses"][0].update(definition="It means something else."),
     "the word 'under-consideration' of 'responses' has another definition than before"),
    (lambda of: of["header"].update(review_every=3650), "'review_every' was '180' and is '3650'"),
    (lambda of: next(link for link in of["links"] if link["id"] == "feedback-scheme").update(url="https://x.test/"),
     "the evidence 'feedback-scheme' led to "),
    (lambda of: of["header"].update(id="another"), "these are two registers: "),
]  # fmt: skip


@pytest.mark.parametrize(("change", "message"), ILLEGAL)
def test_each_way_of_rewriting_is_found_and_named(change: Callable[[Json], object], message: str) -> None:
    new = copy.deepcopy(COPY)
    change(new)
    found = [str(one) for one in rewritings(COPY, new)]
    assert any(message in one for one in found), found


@given(st.sampled_from(ILLEGAL), st.lists(st.sampled_from(LEGAL), max_size=4, unique=True))
def test_no_legal_change_hides_an_illegal_one(
    illegal: tuple[Callable[[Json], object], str], changes: list[Callable[[Json], None]]
) -> None:
    new = copy.deepcopy(COPY)
    for change in changes:
        if change is not add_an_old_event:  # it moves the places that the illegal ones name
            change(new)
    illegal[0](new)
    assert rewritings(COPY, new)


FIELDS = sorted(set(update(1, 0, COPY)) - {"key", "number", "reopens", "digest", "edited", "withdrawn"})


@given(st.data())
def test_any_field_of_any_update_that_changes_is_found(data: st.DataObject) -> None:
    new = copy.deepcopy(COPY)
    record = data.draw(st.sampled_from([record for record in new["recommendations"] if record["updates"]]))
    held = data.draw(st.sampled_from(record["updates"]))
    name = data.draw(st.sampled_from(FIELDS))
    before = held.get(name)
    held[name] = data.draw(st.text(min_size=1).filter(lambda text: text != before))
    assert rewritings(COPY, new)


# ── the command ────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def copies(tmp_path: Path) -> Project:
    (tmp_path / "new" / "data").mkdir(parents=True)
    (tmp_path / "old.json").write_text(json.dumps(COPY), encoding="utf-8")
    new = copy.deepcopy(COPY)
    add(new)
    withdraw(new)
    (tmp_path / "new" / "data" / "register.json").write_text(json.dumps(new), encoding="utf-8")
    return Project(tmp_path)


def test_the_command_says_what_was_added(copies: Project) -> None:
    old, new = copies.folder / "old.json", copies.folder / "new"
    done = copies.run_here("verify-history", str(old), str(new))
    total = sum(len(record["updates"]) for record in COPY["recommendations"])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        f"'{new}' only adds to '{old}': {total - 1} updates unchanged, 1 added, 0 edited in the open, 1 withdrawn.\n"
    )


def test_the_command_names_what_was_rewritten(copies: Project) -> None:
    old, new = copies.folder / "old.json", copies.folder / "new"
    done = copies.run_here("verify-history", str(new), str(old))
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "recommendation 1: the update of 2022-11-08 by 'partnership': it was marked 'withdrawn', and is no longer",
        "recommendation 14: the update of 2026-04-02 by 'partnership' is gone",
        f"2 things rewritten between '{new}' and '{old}'.",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "there is no register.json in '{path}' (name the file, its folder, or the folder of a site)"),
        ("{", "'{path}' is no copy of a published register (download it again)"),
        ('{"about": {}}', "'{path}' is no copy of a published register (download it again)"),
    ],
)
def test_what_is_no_copy_is_reported(copies: Project, content: str | None, message: str) -> None:
    path = copies.folder / "broken.json"
    if content is not None:
        path.write_text(content)
    done = copies.run_here("verify-history", str(path), str(copies.folder / "new"))
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message.format(path=path) + "\n")


@given(
    st.text(max_size=40)
    | st.recursive(st.none() | st.integers() | st.text(), lambda held: st.lists(held)).map(json.dumps)
)
def test_any_file_is_answered(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.json"
    path.write_text(text, encoding="utf-8", errors="replace")
    assert Project(path.parent).run_here("verify-history", str(path), str(path)).returncode == 2


@pytest.mark.parametrize(
    ("about", "build", "day"),
    [
        ({"as_of": "2024-01-02"}, None, "2024-01-02"),  # a copy of format 1
        ({"changed": "2024-01-02"}, '{"as_of": "2024-03-04"}', "2024-03-04"),
        ({"changed": "2024-01-02"}, None, "2024-01-02"),
    ],
)
def test_a_copys_day_is_that_of_its_build_if_that_was_kept_beside_it(
    tmp_path: Path, about: Json, build: str | None, day: str
) -> None:
    copied = {**COPY, "about": about}
    (tmp_path / "register.json").write_text(json.dumps(copied), encoding="utf-8")
    if build:
        (tmp_path / "build.json").write_text(build, encoding="utf-8")
    assert read_copy(tmp_path)["about"]["as_of"] == day


def test_published_data_of_this_project_can_be_read_back(built_sample: Path) -> None:
    done = Project(built_sample).run_here("verify-history", str(built_sample), str(built_sample / "data"))
    assert (done.returncode, done.stderr) == (0, "")
