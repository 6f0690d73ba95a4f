"""What was published stays, or says where it went: nothing disappears unseen."""

import json
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import SAMPLE, Project, git
from register.checks.docs_files import published_names
from register.checks.permalinks import lost_from_site
from register.load.rules import marked_values, vocabularies
from register.model import Record, Redirect, Register, TermOf, marked_fields
from register.site.manifest import as_json, manifest
from register.state.snapshot import Snapshot
from registers import TODAY

SINCE = "it stands in 'HEAD'"
UNLESS = "if that site was never published, remove the folder 'site' first"
DOCS = published_names(SAMPLE / "docs")


def take_out_the_last(project: Project) -> None:
    """Take recommendation 14 out, with all that would give it away to the rules."""
    project.edit("data/register.yml", "total: 14", "total: 13")
    project.edit("data/reported_results.yml", "count: 3", "count: 2")
    records = (project.folder / "data" / "recommendations.yml").read_text()
    project.write("data/recommendations.yml", records.replace("\n- number: 14\n", "\n").replace("        - 14\n", ""))


def rename_an_audience(project: Project, beside: str = "") -> int:
    """Let the audience 'voluntary' be 'charities', wherever it is named; return the line of the vocabulary."""
    project.edit("data/register.yml", "  - id: voluntary\n", f"  - id: charities\n{beside}")
    records = (project.folder / "data" / "recommendations.yml").read_text()
    project.write("data/recommendations.yml", re.sub(r"\bvoluntary\n", "charities\n", records))
    header = (project.folder / "data" / "register.yml").read_text()
    return header[: header.index("\naudiences:")].count("\n") + 2


def move_a_page(project: Project) -> None:
    """Let docs/short.md be docs/brief.md, in the menu, too, and where pages and redirects lead to it."""
    (project.folder / "docs" / "short.md").rename(project.folder / "docs" / "brief.md")
    for path in [project.folder / "mkdocs.yml", *(project.folder / "docs").rglob("*.md")]:
        path.write_text(path.read_text().replace("short.md", "brief.md"))
    project.edit("data/redirects.yml", "to: /short/", "to: /brief/")


# ── a site, against the one that it would replace ──────────────────────────────────────────────


@pytest.mark.full_build
def test_a_recommendation_that_was_built_before_cannot_be_taken_out(project: Project, built_sample: Path) -> None:
    shutil.copytree(built_sample, project.folder / "site")
    take_out_the_last(project)
    assert project.run_here("check").returncode == 0  # the rules alone cannot see it
    done = project.run_here("site")
    assert done.returncode == 1
    line = (project.folder / "data" / "register.yml").read_text().split("\n").index("total: 13") + 1
    assert done.stderr.splitlines() == [
        f"data/register.yml:{line}: recommendation 14 would disappear, with its page, data, feed and dates in the calendar "
        f"(put its record and the total back: none is ever taken out; {UNLESS})",
        "1 problem in 1 file; the site was not changed",
    ]
    assert (project.folder / "site" / "recommendations" / "14" / "index.html").is_file()


@pytest.mark.full_build
def test_a_site_as_at_an_earlier_day_loses_nothing(project: Project, built_sample: Path) -> None:
    shutil.copytree(built_sample, project.folder / "site")
    done = project.run_here("site", AS_OF="2023-06-30")
    assert (done.returncode, done.stderr) == (0, "")
    assert not (project.folder / "site" / "changes" / "2024-25").exists()
    assert project.run_here("site").returncode == 0


@pytest.fixture
def site(tmp_path: Path, sample: Snapshot) -> Path:
    """A folder with the list of what the sample publishes, as a site has it."""
    return published(tmp_path / "site", sample)


def published(folder: Path, snapshot: Snapshot, docs: list[str] = DOCS) -> Path:
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "data" / "addresses.json").write_text(json.dumps(as_json(manifest(snapshot, docs))))
    return folder


def test_the_same_register_has_all_that_it_had(site: Path, sample: Snapshot) -> None:
    assert lost_from_site(site, sample, DOCS) == []


def test_a_site_that_was_never_published_can_be_cleaned_away(tmp_path: Path, sample: Snapshot) -> None:
    assert lost_from_site(tmp_path / "site", sample, DOCS) == []


@pytest.mark.parametrize("content", ["", "[]", "{}", "null", '{"register": "a", "addresses": [{"x": 1}]}', "{"])
def test_a_list_that_cannot_be_read_is_no_licence_to_lose(tmp_path: Path, sample: Snapshot, content: str) -> None:
    published(tmp_path / "site", sample)
    (tmp_path / "site" / "data" / "addresses.json").write_text(content)
    [problem] = lost_from_site(tmp_path / "site", sample, DOCS)
    assert str(problem) == (
        "site/data/addresses.json:1: this list of what was published cannot be read, so nothing can be compared with it "
        f"(put it back; {UNLESS})"
    )


def test_of_a_site_without_a_list_pages_and_files_are_compared(tmp_path: Path, sample: Snapshot) -> None:
    for name in ("index.html", "old/index.html", "data/old.csv", "assets/old.css", "404.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    assert [problem.what for problem in lost_from_site(tmp_path, sample, DOCS)] == [
        "the published address /old/ would disappear",
        "the published address /data/old.csv would disappear",
    ]


def test_a_name_that_the_program_itself_gives_up_is_lost(site: Path, sample: Snapshot) -> None:
    path = site / "data" / "addresses.json"
    held = json.loads(path.read_text())
    held["addresses"] += [
        {"kind": "part", "name": "about/#old", "of": "site"},
        {"kind": "event", "name": "urn:uuid:x", "of": "recommendation/1", "says": "1/other"},
        {"kind": "file", "name": "data/old.csv", "of": "site"},
    ]
    path.write_text(json.dumps(held))
    assert [str(problem) for problem in lost_from_site(site, sample, DOCS)] == [
        f"data/register.yml:1: the published name of /about/#old would disappear (put it back; {UNLESS})",
        f"data/register.yml:1: the published name of event 1/other would disappear (put it back; {UNLESS})",
        "data/redirects.yml:1: the published address /data/old.csv would disappear (put back what it was made from, or "
        f"add to data/redirects.yml: - {{from: /data/old.csv, to: /…, since: 2026-03-31, why: …}}; {UNLESS})",
    ]


# ── any rename ─────────────────────────────────────────────────────────────────────────────────

NEW_ID = st.from_regex(r"new(-[a-z0-9]{1,8}){1,3}", fullmatch=True)
PAGES = [name for name in DOCS if name.count("/") == 0 and name != "index.md"]


def renamed(register: Register, vocabulary: str, old: str, new: str, formerly: bool) -> Register:
    """The register with another id for a word, wherever the word is used."""
    terms = [
        term.model_copy(update={"id": new, "formerly": [*term.formerly, old] if formerly else term.formerly})
        if term.id == old
        else term
        for term in getattr(register.header, vocabulary)
    ]
    return register.model_copy(
        update={
            "header": register.header.model_copy(update={vocabulary: terms}),
            "recommendations": [_with_word(record, vocabulary, old, new) for record in register.recommendations],
        }
    )


def _with_word(record: Record, vocabulary: str, old: str, new: str) -> Record:
    changed: dict[str, object] = {}
    for name, mark in marked_fields(type(record), TermOf).items():
        value = getattr(record, name)
        if mark.vocabulary == vocabulary:
            changed[name] = [new if id_ == old else id_ for id_ in value] if isinstance(value, list) else value
            changed[name] = new if value == old else changed[name]
    if hasattr(record, "updates"):
        changed["updates"] = [_with_word(update, vocabulary, old, new) for update in record.updates]
    return record.model_copy(update=changed)


SAID_WITH = ("responses", "progress", "voices")


@settings(deadline=None)
@given(data=st.data(), new=NEW_ID, formerly=st.booleans())
def test_a_word_may_get_another_id_if_it_says_which_it_had(
    tmp_path_factory: pytest.TempPathFactory, sample_register: Register, data: st.DataObject, new: str, formerly: bool
) -> None:
    site = published(tmp_path_factory.mktemp("site"), Snapshot(sample_register, TODAY))
    words = [(name, term.id) for name, terms in vocabularies(sample_register.header) for term in terms]
    updates = [update for record in sample_register.recommendations for update in record.updates]
    said = {(mark.vocabulary, word) for _, _, word, mark in marked_values(updates, TermOf)}
    vocabulary, old = data.draw(st.sampled_from([word for word in words if word not in said]))
    changed = renamed(sample_register, vocabulary, old, new, formerly)
    lost = lost_from_site(site, Snapshot(changed, TODAY), DOCS)
    line = sample_register.header.origin.line_of(vocabulary)
    message = (
        f"data/register.yml:{line}: the word '{old}' of '{vocabulary}' would disappear, with every address that holds it "
        f"(put it back{'; if no update ever named it,' if vocabulary in SAID_WITH else ', or'} "
        f"write beside 'id: {new}': formerly: [{old}]; {UNLESS})"
    )
    assert [str(problem) for problem in lost] == ([] if formerly else [message])


@settings(deadline=None)
@given(page=st.sampled_from(PAGES), new=NEW_ID, redirected=st.booleans())
def test_a_page_may_move_if_its_old_address_leads_on(
    tmp_path_factory: pytest.TempPathFactory, sample_register: Register, page: str, new: str, redirected: bool
) -> None:
    site = published(tmp_path_factory.mktemp("site"), Snapshot(sample_register, TODAY))
    old = page.removesuffix(".md")
    docs = [f"{new}.md" if name == page else name for name in DOCS]
    typed = {"from": f"/{old}/", "to": f"/{new}/", "since": "2026-03-31", "why": "It moved."}
    more = [Redirect.model_validate(typed)] if redirected else []
    changed = sample_register.model_copy(update={"redirects": [*sample_register.redirects, *more]})
    lost = lost_from_site(site, Snapshot(changed, TODAY), docs)
    message = (
        f"data/redirects.yml:1: the published address /{old}/ would disappear (put back what it was made from, or add to "
        f"data/redirects.yml: - {{from: /{old}/, to: /{new}/, since: 2026-03-31, why: …}}; {UNLESS})"
    )
    assert [str(problem) for problem in lost] == ([] if redirected else [message])


# ── without a site, against an earlier commit ──────────────────────────────────────────────────


def commit(project: Project) -> None:
    git(project.folder, "add", "--all", ".")
    git(project.folder, "commit", "--quiet", "--message", "published")


@pytest.fixture
def committed(content: Project) -> Project:
    """The sample's data and pages, all of it committed."""
    git(content.folder, "init", "--quiet")
    commit(content)
    return content


def kept(project: Project) -> list[str]:
    """What 'kept' prints for people, without the line that counts."""
    done = project.run_here("kept", "HEAD")
    *problems, last = done.stderr.splitlines() or [""]
    assert done.returncode == (1 if problems else 0)
    assert (last if problems else done.stdout) == (
        f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in 1 file; the site was not changed"
        if problems
        else "Every address that was published as of 'HEAD' is still there, and nothing that was said is rewritten.\n"
    )
    return problems


def test_a_copy_without_a_site_is_compared_with_an_earlier_commit(committed: Project) -> None:
    assert kept(committed) == []
    take_out_the_last(committed)
    [problem] = kept(committed)
    assert problem.endswith(
        ": recommendation 14 would disappear, with its page, data, feed and dates in the calendar "
        f"(put its record and the total back: none is ever taken out; {SINCE})"
    )


def test_another_register_is_one_message(committed: Project) -> None:
    line = committed.edit("data/register.yml", "id: exampleshire-sampleton-14\n", "id: elsewhere\n")
    take_out_the_last(committed)
    assert kept(committed) == [
        f"data/register.yml:{line}: this is another register: its id is 'elsewhere', and 'exampleshire-sampleton-14' is "
        f"published (write 'id: exampleshire-sampleton-14'; {SINCE})"
    ]


def test_another_reporting_year_is_one_message(committed: Project) -> None:
    (committed.folder / "docs/changes/2023-24.md").unlink()  # there would be no such year to introduce
    line = committed.edit("data/register.yml", "reporting_year_starts: 04-01", "reporting_year_starts: 01-01")
    assert kept(committed) == [
        f"data/register.yml:{line}: the reporting year began on 04-01, so published reports would speak of other days "
        f"(write '04-01'; {SINCE})"
    ]


def test_a_renamed_word_is_told_its_line_and_is_kept_with_it(committed: Project) -> None:
    line = rename_an_audience(committed)
    assert kept(committed) == [
        f"data/register.yml:{line}: the word 'voluntary' of 'audiences' would disappear, with every address that holds it "
        f"(put it back, or write beside 'id: charities': formerly: [voluntary]; {SINCE})"
    ]
    committed.edit("data/register.yml", "  - id: charities\n", "  - id: charities\n    formerly: [voluntary]\n")
    assert kept(committed) == []


def test_a_word_with_which_something_was_said_keeps_its_id(committed: Project) -> None:
    line = committed.edit("data/register.yml", "  - id: scrutineer\n", "  - id: checker\n") - 6
    records = (committed.folder / "data" / "recommendations.yml").read_text()
    committed.write("data/recommendations.yml", records.replace("voice: scrutineer\n", "voice: checker\n"))
    assert kept(committed) == [
        f"data/register.yml:{line}: the word 'scrutineer' of 'voices' would disappear, with every address that holds it "
        f"(put it back; if no update ever named it, write beside 'id: checker': formerly: [scrutineer]; {SINCE})"
    ]
    committed.edit("data/register.yml", "  - id: checker\n", "  - id: checker\n    formerly: [scrutineer]\n")
    *problems, last = committed.run_here("kept", "HEAD").stderr.splitlines()
    assert int(last.split()[0]) > 3
    assert all("by 'scrutineer' would disappear from feeds (put it back" in problem for problem in problems)


def test_a_moved_page_is_told_its_line_and_is_kept_with_it(committed: Project) -> None:
    move_a_page(committed)
    line = "- {from: /short/, to: /brief/, since: 2026-03-31, why: …}"
    assert kept(committed) == [
        "data/redirects.yml:1: the published address /short/ would disappear (put back what it was made from, or add to "
        f"data/redirects.yml: {line}; {SINCE})"
    ]
    held = (committed.folder / "data" / "redirects.yml").read_text()
    committed.write("data/redirects.yml", held + line + "\n")
    assert "'why' says nothing" in committed.run_here("kept", "HEAD").stderr  # so nobody publishes three dots
    committed.edit("data/redirects.yml", "why: …", "why: It got a better name.")
    assert kept(committed) == []


def test_a_redirect_stays(committed: Project) -> None:
    committed.write("data/redirects.yml", "[]\n")
    assert kept(committed) == [
        "data/redirects.yml:1: the published address /in-brief/ would disappear (put back what it was made from, or add to "
        f"data/redirects.yml: - {{from: /in-brief/, to: /short/, since: 2026-03-31, why: …}}; {SINCE})"
    ]


def test_a_former_id_stays(committed: Project) -> None:
    committed.edit("data/register.yml", "    formerly: [taxi-licensing]\n", "")
    [problem] = kept(committed)
    assert ": the word 'taxi-licensing' of 'audiences' would disappear, " in problem


def test_an_update_stays(committed: Project) -> None:
    records = (committed.folder / "data" / "recommendations.yml").read_text()
    without = re.sub(r"    - date: 2026-03-31\n(      .*\n)+", "", records)
    assert without != records
    committed.write("data/recommendations.yml", without)
    [problem] = kept(committed)
    assert re.fullmatch(
        r"data/recommendations.yml:\d+: recommendation \d+: the update of 2026-03-31 by '[a-z-]+' would disappear from feeds "
        rf"\(put it back; a wrong one is marked 'withdrawn'; {SINCE}\)",
        problem,
    )


def test_a_milestone_stays_known_by_the_date_under_which_it_first_stood(committed: Project) -> None:
    committed.edit("data/timeline.yml", "- date: 2022-05-12\n", "- date: 2022-05-11\n")
    assert kept(committed) == [
        "data/timeline.yml:1: the milestone of 2022-05-12 would disappear from feeds (put it back; if its date was wrong, "
        f"write below the right one: formerly: 2022-05-12; {SINCE})"
    ]
    committed.edit("data/timeline.yml", "- date: 2022-05-11\n", "- date: 2022-05-11\n  formerly: 2022-05-12\n")
    assert kept(committed) == []


@pytest.mark.parametrize("name", ["nonsense", "--help"])
def test_a_commit_that_git_does_not_have_is_reported(committed: Project, name: str) -> None:
    done = committed.run_here("kept", "--", name)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        f"data/register.yml:1: git cannot show it as of '{name}' (name a commit that has it)",
        "1 problem in 1 file; the site was not changed",
    ]


# ── a commit whose data do not fit today's model ───────────────────────────────────────────────


def change_then_mend(project: Project, name: str, content: str | None) -> None:
    """Commit other content of a data file, or none; then lay the sample's own out again."""
    (project.folder / "data" / name).unlink()
    if content is not None:
        project.write(f"data/{name}", content)
    commit(project)
    shutil.copy(SAMPLE / "data" / name, project.folder / "data")


def test_data_of_an_older_model_are_compared_all_the_same(committed: Project) -> None:
    header = (SAMPLE / "data" / "register.yml").read_text()
    older = header.replace("review_every:", "stale_after:").replace("    shape: half\n", "    figure: half\n")
    change_then_mend(committed, "register.yml", older)
    records = (SAMPLE / "data" / "recommendations.yml").read_text()
    change_then_mend(committed, "recommendations.yml", re.sub(r"      recorded: .*\n", "", records))
    done = committed.run_here("kept", "HEAD")
    assert (done.returncode, done.stdout) == (0, "Every address that was published as of 'HEAD' is still there.\n")
    [said] = done.stderr.splitlines()  # the addresses can be compared; what was said cannot
    assert said.startswith("Not compared: the register as of 'HEAD' is not of today's form ")
    rename_an_audience(committed)
    take_out_the_last(committed)
    assert [re.sub(r".*?: (.*?) would.*", r"\1", problem) for problem in kept(committed)] == [
        "recommendation 14",
        "the word 'voluntary' of 'audiences'",
    ]


@pytest.mark.parametrize(
    ("name", "older", "said"),
    [
        ("register.yml", "- not\n- a header\n", "data/register.yml of HEAD:1: its id, the day of the report or the reporting year cannot be read"),
        ("register.yml", "total: many\naudiences: none\n", "data/register.yml of HEAD:1: its id, the day of the report or the reporting year cannot be read"),
        ("recommendations.yml", None, "data/recommendations.yml of HEAD:1: is not there"),
        ("recommendations.yml", "- number: 1\n  updates:\n    - voice: x\n", "data/recommendations.yml of HEAD:3: recommendation 1: an update has no date and voice that can be read"),
        ("timeline.yml", "- date: soon\n", "data/timeline.yml of HEAD:1: a milestone has no date that can be read"),
        ("redirects.yml", "- from: 3\n", "data/redirects.yml of HEAD:1: a redirect cannot be read"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_the_rest_compared(
    committed: Project, name: str, older: str | None, said: str
) -> None:
    change_then_mend(committed, name, older)
    done = committed.run_here("kept", "HEAD")
    assert f"Not compared: {said}" in done.stderr.splitlines()
    assert done.returncode == 0
    move_a_page(committed)
    done = committed.run_here("kept", "HEAD")
    assert "the published address /short/ would disappear" in done.stderr
    assert done.returncode == 1


def test_a_file_that_is_no_yaml_is_not_compared(committed: Project) -> None:
    change_then_mend(committed, "register.yml", "title: 'never closed\n")
    done = committed.run_here("kept", "HEAD")
    assert done.returncode == 0
    assert done.stderr.startswith("Not compared: data/register.yml of HEAD:1: ")


def test_an_earlier_register_without_redirects_is_compared_without_a_word(committed: Project) -> None:
    change_then_mend(committed, "redirects.yml", None)
    assert kept(committed) == []
