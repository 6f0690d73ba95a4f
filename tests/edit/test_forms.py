"""Forms on GitHub offer what the register holds, and what is sent with them becomes a change or is refused in plain words."""

import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from projects import SAMPLE_DAY, Project, git, make_project
from register.edit.forms import LONGEST, Form, UnusableForm, forms, read_form
from register.load.loader import load
from register.model import Register
from workflow_steps import run, with_gh

TODAY = datetime.date(2026, 3, 31)


def sent(form: Form, **answers: str) -> str:
    """What GitHub makes of a form that was filled in."""
    return "\n\n".join(f"### {field.label}\n\n{answers.get(field.id) or '_No response_'}" for field in form.fields)


@pytest.fixture
def update_form(sample_register: Register) -> Form:
    """The form for an update."""
    return forms(sample_register)[0]


GOOD = {"number": "14", "date": "14 February 2026", "voice": "the partnership", "note": "The board met.\n\nIt agreed."}


def test_each_form_is_one_that_github_accepts(sample_register: Register) -> None:
    """By its "Syntax for GitHub's form schema": ids and labels once, no option "None", no empty option, no option twice."""
    for form in forms(sample_register):
        made = yaml.safe_load(form.text())
        assert set(made) == {"name", "description", "title", "body"}
        asked = [element for element in made["body"] if element["type"] != "markdown"]
        assert {element["type"] for element in asked} <= {"input", "textarea", "dropdown"}
        for key in ("id", "label"):
            values = [element.get(key) or element["attributes"].get(key) for element in asked]
            assert len(set(values)) == len(values) and all(values)
        for element in asked:
            options = element["attributes"].get("options", ["a"])
            assert len(set(options)) == len(options) and all(options) and "None" not in options
        assert "Everything you write here is public" in made["body"][0]["attributes"]["value"]


def test_the_form_for_an_update_offers_every_word_of_the_register(sample_register: Register, update_form: Form) -> None:
    made = {element.get("id"): element for element in yaml.safe_load(update_form.text())["body"]}
    header = sample_register.header
    for field, terms in (("response", header.responses), ("progress", header.progress), ("voice", header.voices)):
        assert made[field]["attributes"]["options"] == [term.label for term in terms]
    assert made["number"]["attributes"]["options"] == [str(number) for number in range(1, 15)]
    assert [name for name, element in made.items() if element.get("validations")] == ["number", "date", "voice", "note"]


def test_a_filled_in_form_gives_its_answers_and_leaves_out_the_empty_ones(
    sample_register: Register, update_form: Form
) -> None:
    filled = read_form(sent(update_form, **GOOD, progress="under way").replace("\n", "\r\n"), sample_register, TODAY)
    assert filled.form == update_form
    assert filled.answers == {**GOOD, "progress": "under way"}


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"date": ""}, "Date: is empty (fill it in)"),
        ({"voice": "the mayor"}, "Voice: cannot be 'the mayor' (choose one of the list)"),
        ({"number": "15"}, "Recommendation: cannot be '15' (choose one of the list)"),
        (
            {"note": "Write to a@b.test"},
            "Note: holds an email address: 'a@b.test' (take it out; a service's own address belongs in data/contacts.yml)",
        ),
        ({"related": "twelve"}, "Related: is not a whole number: 'twelve' (write digits only)"),
    ],
)
def test_an_answer_that_cannot_be_used_is_named(
    sample_register: Register, update_form: Form, answers: dict[str, str], said: str
) -> None:
    with pytest.raises(UnusableForm) as raised:
        read_form(sent(update_form, **{**GOOD, **answers}), sample_register, TODAY)
    assert str(raised.value) == said


@pytest.mark.parametrize(
    "body",
    [
        "",
        "Hello",
        "### Date\n\n2026",
        "### Recommendation\n\n14\n\n### Date\n\n2026-01-01\n\n### Voice\n\nx\n\n### Note\n\ny",
    ],
)
def test_what_is_none_of_the_forms_is_refused(sample_register: Register, body: str) -> None:
    with pytest.raises(UnusableForm, match="this is none of the forms"):
        read_form(body, sample_register, TODAY)


def test_an_answer_cannot_pass_for_another_question(sample_register: Register, update_form: Form) -> None:
    hostile = sent(update_form, **{**GOOD, "note": "It met.\n\n### Progress\n\ndone"})
    with pytest.raises(UnusableForm, match="one of its headings was changed or stands twice"):
        read_form(hostile, sample_register, TODAY)


def test_a_form_of_any_length_is_refused_at_once(sample_register: Register) -> None:
    with pytest.raises(UnusableForm, match="more than 65,536 signs"):
        read_form("x" * (LONGEST + 1), sample_register, TODAY)


@given(
    body=st.lists(
        st.sampled_from(["### Date", "### Note", "### Why", "_No response_", "", "{{ 7*7 }}", "- a: b", "\r", "é"])
    ).map("\n".join)
)
def test_any_text_is_a_form_or_is_refused(sample_register: Register, body: str) -> None:
    with pytest.raises(UnusableForm):
        read_form(body, sample_register, TODAY)


def from_form(project: Project, form: Form, **answers: str) -> subprocess.CompletedProcess:
    """What the command makes of a form."""
    (project.folder / "form.md").write_text(sent(form, **answers))
    return project.run("from-form", "form.md")


def test_a_form_becomes_an_update_as_it_was_typed_whatever_it_holds(project: Project, update_form: Form) -> None:
    note = "$(touch made) `touch made`; rm -rf . # 'a' \"b\" ${ secrets.X }\n- number: 99\n::error::x @o &lt;b&gt;"
    done = from_form(project, update_form, **{**GOOD, "note": note}, progress="exploring", related="2; 3")
    assert (done.returncode, done.stderr) == (0, "")
    record = yaml.safe_load((project.folder / "data/recommendations.yml").read_text())[13]
    assert record == {
        "number": 14,
        "updates": [
            {
                "date": datetime.date(2026, 2, 14), "recorded": datetime.date(2026, 3, 31), "voice": "partnership",
                "note": note, "progress": "exploring", "related": [2, 3],
            }
        ],
    }  # fmt: skip
    assert not (project.folder / "made").exists()
    assert project.run("check").returncode == 0


def test_a_help_line_is_confirmed_by_a_form(project: Project, sample_register: Register) -> None:
    done = from_form(project, forms(sample_register)[1], contact="night-team", by="Duty officer")
    assert (done.returncode, done.stderr) == (0, "")
    contacts = load(project.folder / "data", TODAY).contacts
    [confirmed] = [contact.confirmed for contact in contacts if contact.id == "night-team"]
    assert confirmed and (confirmed.by, confirmed.on.text) == ("Duty officer", "2026-03-31")


CORRECT = {"number": "1", "update": "3", "why": "A word was missing."}


def test_an_update_is_withdrawn_or_its_words_are_mended_by_a_form(project: Project, sample_register: Register) -> None:
    form = forms(sample_register)[2]
    withdraw, edit = next(field.options for field in form.fields if field.id == "what")
    done = from_form(project, form, **CORRECT, what=edit, note="Five of nine have named one.")
    assert (done.returncode, done.stderr) == (0, "")
    done = from_form(
        project, form, number="2", update="1", why="It was another county.", what=withdraw, by="Policy officer"
    )
    assert (done.returncode, done.stderr) == (0, "")
    first, second = yaml.safe_load((project.folder / "data/recommendations.yml").read_text())[:2]
    assert first["updates"][2]["edited"]["note_was"] == "Five of the nine organisations have named their person."
    assert second["updates"][0]["withdrawn"]["reason"] == "It was another county."
    assert project.run("check").returncode == 0


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"update": "the third"}, "Update: is no number: 'the third' (write 3 for \"update 3\")\n"),
        ({"update": "33"}, "recommendation 1 has no update 33 that counts (one of: 1, 2, 3, 4, 5)\n"),
        ({"by": ""}, "'by' is needed (give --by)\n"),
        ({"note": "New."}, "New note, New reason: an update that is withdrawn keeps its words (leave them empty)\n"),
    ],
)
def test_a_correction_that_cannot_be_made_is_refused(
    project: Project, sample_register: Register, answers: dict[str, str], said: str
) -> None:
    before = (project.folder / "data/recommendations.yml").read_bytes()
    form = forms(sample_register)[2]
    withdraw = next(field.options[0] for field in form.fields if field.id == "what")
    done = from_form(project, form, **{**CORRECT, "what": withdraw, "by": "Me", **answers})
    assert (done.returncode, done.stderr) == (2, said)
    assert (project.folder / "data/recommendations.yml").read_bytes() == before


# ── the workflow ────────────────────────────────────────────────────────────────────────────────


def run_workflow(tmp_path: Path, body: str) -> tuple[Path, list[str], str]:
    """Run both jobs of the workflow on a repository; return GitHub's side of it, the calls of gh, and the last body it got."""
    folder, second, event, origin = (tmp_path / name for name in ("work", "second", "event.json", "origin"))
    folder.mkdir()
    second.mkdir()
    project = make_project(folder).folder
    (project / "Makefile").write_text('from-form:\n\t@"$(PYTHON)" -m register from-form -- "$(FORM)"\n')
    git(project, "init", "--initial-branch", "main")
    git(project, "add", "--force", ".")
    git(project, "commit", "--message", "Begin")
    subprocess.run(["git", "clone", "--quiet", "--bare", str(project), str(origin)], check=True)
    event.write_text(json.dumps({"issue": {"body": body}}))
    given = run(
        "forms.yml", "read", "Turn the form into a change", project,
        GITHUB_EVENT_PATH=str(event), PYTHON=sys.executable, SOURCE_DATE_EPOCH=SAMPLE_DAY,
    )  # fmt: skip
    gh = with_gh(tmp_path)
    run(
        "forms.yml", "propose", "Propose the change in a pull request, or say in the issue why there is none", second,
        **gh, REPOSITORY=str(origin), MAIN="main", NUMBER="7", PATCH=given.get("patch", ""), SAID=given["said"],
    )  # fmt: skip
    return origin, Path(gh["CALLS"]).read_text().splitlines(), Path(f"{gh['CALLS']}.body").read_text()


def test_a_labelled_form_becomes_a_branch_and_a_pull_request(tmp_path: Path, update_form: Form) -> None:
    note = "It met. $(touch made) @o\n\n# A heading"
    origin, calls, body = run_workflow(tmp_path, sent(update_form, **{**GOOD, "note": note}))
    assert calls == ["pr list --head", "pr create --base"]
    changed = ["git", "-C", str(origin), "diff", "--name-only", "main", "form-7"]
    assert subprocess.run(changed, capture_output=True, text=True, check=True).stdout == "data/recommendations.yml\n"
    said = body.split("\n\n", 1)[1]
    assert "It met. $(touch made) @o" in said
    assert all(line.startswith("    ") for line in said.splitlines())
    assert not list(tmp_path.rglob("made"))


def test_a_labelled_form_that_cannot_be_used_is_answered_in_the_issue(tmp_path: Path, update_form: Form) -> None:
    origin, calls, body = run_workflow(tmp_path, sent(update_form, **{**GOOD, "date": "# soon\r@octocat"}))
    assert calls == ["issue comment 7"]
    assert body.startswith("No change could be made of this form:\n\n    Date: is not a date: '# soon")
    assert all(line.startswith("    ") for line in body.split("\n\n", 1)[1].splitlines())
    branches = subprocess.run(
        ["git", "-C", str(origin), "branch", "--list", "form-7"], capture_output=True, text=True, check=True
    )
    assert branches.stdout == ""
