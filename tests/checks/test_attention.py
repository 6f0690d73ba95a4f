"""What is due for a person: every sort of it, where it stands, in the three forms in which it is written."""

import datetime
import json
import re

import pytest

from projects import Project
from register.checks.attention import AttentionGroup, as_json, as_markdown, as_text, attention
from register.load.rules import RULES
from register.model import Excuse, Register
from register.problems import Problem
from register.state.snapshot import Snapshot
from registers import TODAY, with_updates


def titles(register: Register, day: datetime.date = TODAY) -> list[str]:
    """The groups in which something is due, without those of links and pages, in which the small register always has some."""
    found = attention(Snapshot(register, day), [])
    return [group.title for group in found if not group.title.startswith(("Links", "Pages"))]


def test_of_a_register_whose_work_is_done_nothing_is_due_but_of_its_links(small_register: Register) -> None:
    assert titles(small_register) == []
    assert [(group.title, [due.record for due in group.due]) for group in attention(Snapshot(small_register, TODAY), [])] == [
        ("Links without words to know their page by", ["report", "licence", "weather", "minutes"]),
        ("Pages of the inquiry's own site without a kept copy", ["report"]),
        ("Links without a kept copy", ["licence", "weather", "minutes"]),
    ]  # fmt: skip


def test_a_link_with_words_and_a_copy_needs_nothing(small_register: Register) -> None:
    changes = {"expect": {"phrases": ["Minutes"]}, "archive": {"url": "https://a.test/1", "taken": "2024"}}
    link = small_register.links[0]
    kept = type(link).model_validate({**link.model_dump(exclude_none=True), **changes})
    assert attention(Snapshot(small_register.model_copy(update={"links": [kept]}), TODAY), []) == []


def test_each_cited_page_of_the_inquirys_own_site_needs_a_copy_confirmed_or_not(small_register: Register) -> None:
    report, _, _, _, minutes, plan = small_register.links
    inquiry = {"owner": report.owner}
    links = [
        report.model_copy(update={"url": "https://inquiry.test/"}),
        plan.model_copy(update={"candidate": "https://www.inquiry.test/about", **inquiry}),
        plan.model_copy(update={"id": "other-site", "candidate": "https://other.test/", **inquiry}),
        minutes.model_copy(update={"url": "https://inquiry.test/other-owner"}),
    ]
    found = {
        group.title: [due.message for due in group.due if due.record != "minutes"]
        for group in attention(Snapshot(small_register.model_copy(update={"links": links}), TODAY), [])
    }
    assert found["Pages of the inquiry's own site without a kept copy"] == 2 * [
        "no copy is kept, and the inquiry's own site ends some day ('make links' looks for copies: accept one with "
        "'make keep-link'; or keep one in a public web archive first)"
    ]


@pytest.mark.parametrize(
    ("updates", "found"),
    [
        ([{"date": "2026-03-01", "progress": "under-way", "due": "2026-03-30"}], ["Promised dates that have passed"]),
        ([{"date": "2026-03-01", "progress": "under-way", "due": "2026-03-31"}], []),
        ([{"date": "2025-10-01", "progress": "under-way"}], ["Work without news"]),
        ([{"date": "2025-10-02", "progress": "under-way"}], []),
        ([{"date": "2025-10-01", "progress": "done"}], []),
        ([{"date": "2025-10-01", "progress": "done", "recheck": "2026-03-31"}], ["Work to look at again"]),
        ([{"date": "2025-10-01", "progress": "done", "recheck": "2026-03"}], ["Work to look at again"]),
        ([{"date": "2025-10-01", "progress": "done", "recheck": "2026-04"}], []),
        (
            [
                {"date": "2025-10-01", "progress": "done", "recheck": "2026-03"},
                {"date": "2026-03-02", "voice": "scrutineer", "progress": "done"},
            ],
            [],
        ),
    ],
)
def test_what_is_due_of_a_recommendation(small_register: Register, updates: list[dict], found: list[str]) -> None:
    assert titles(with_updates(small_register, updates)) == found


@pytest.mark.parametrize(("on", "due"), [("2026-03-01", False), ("2026-02-28", True)])
def test_an_excuse_is_due_on_the_day_after_its_last(small_register: Register, on: str, due: bool) -> None:
    held = {"verdict": "blocked", "reason": "Why.", "checked": {"by": "The editor", "on": on}, "days": 30}
    link = small_register.links[0].model_copy(update={"excuse": Excuse.model_validate(held)})
    found = attention(Snapshot(small_register.model_copy(update={"links": [link]}), TODAY), [])
    assert ("Links whose excuse has run out" in [group.title for group in found]) == due


def advice(kind: str, line: int = 1) -> Problem:
    return Problem("data/contacts.yml", line, "helpline", "was last confirmed long ago", "ring it", kind)


def test_every_rule_that_advises_is_heard(small_register: Register) -> None:
    """A new rule cannot be forgotten: what no group is made for stands in the last one."""
    kinds = {rule.name for rule in RULES if rule.advises} | {"old-link-report"}
    found = attention(Snapshot(small_register, TODAY), [advice(kind) for kind in kinds])
    assert kinds <= {due.kind for group in found for due in group.due}
    assert found[-1].title == "Other advice"


GROUPS = [
    AttentionGroup("Help lines to ring", [advice("a", 2), advice("a", 9)]),
    AttentionGroup("Other advice", [advice("b")]),
]


def test_as_text_it_is_grouped_and_counted() -> None:
    assert as_text(GROUPS) == (
        "Help lines to ring (2)\n"
        "  data/contacts.yml:2: helpline: was last confirmed long ago (ring it)\n"
        "  data/contacts.yml:9: helpline: was last confirmed long ago (ring it)\n"
        "\n"
        "Other advice (1)\n"
        "  data/contacts.yml:1: helpline: was last confirmed long ago (ring it)\n"
        "\n"
        "3 things are due for a person. None of it stops the site."
    )
    assert as_text([]) == "Nothing is due for a person."
    assert as_text(GROUPS[1:]).endswith("\n1 thing is due for a person. None of it stops the site.")


def test_as_json_it_holds_every_field_of_every_problem() -> None:
    held = json.loads(as_json(GROUPS, TODAY))
    assert (held["as_of"], held["count"], [group["title"] for group in held["groups"]]) == (
        "2026-03-31",
        3,
        ["Help lines to ring", "Other advice"],
    )
    assert held["groups"][1]["due"] == [
        {
            "path": "data/contacts.yml",
            "line": 1,
            "record": "helpline",
            "what": "was last confirmed long ago",
            "to_do": "ring it",
            "kind": "b",
            "more_pages": 0,
        }
    ]


def test_as_markdown_each_has_a_box_and_nothing_at_all_is_empty() -> None:
    assert as_markdown(GROUPS[1:]) == (
        "1 thing is due for a person. None of it stops the site.\n\n"
        "### Other advice (1)\n\n"
        "- [ ] `data/contacts.yml:1: helpline: was last confirmed long ago (ring it)`\n"
    )
    assert as_markdown([]) == ""


def test_what_an_editor_typed_mentions_nobody_and_formats_nothing() -> None:
    hostile = Problem("data/links.yml", 1, "`@all` <img src=x>\n# Head", "is old", "", "a")
    [line] = [line for line in as_markdown([AttentionGroup("A", [hostile])]).split("\n") if line.startswith("- ")]
    assert line == "- [ ] `data/links.yml:1: '@all' <img src=x> # Head: is old`"


@pytest.mark.parametrize("write", [as_text, as_markdown])
def test_of_a_long_group_the_first_are_listed_and_the_rest_counted(write: object) -> None:
    long = [AttentionGroup("A", [advice("a", line) for line in range(1, 53)])]
    assert write(long).count("data/contacts.yml") == 50
    assert "\n… and 2 more\n" in write(long)
    assert len(json.loads(as_json(long, TODAY))["groups"][0]["due"]) == 52


# ── through the command ────────────────────────────────────────────────────────────────────────


def test_the_command_lists_what_is_due_with_its_line(content: Project) -> None:
    text = (content.folder / "data" / "recommendations.yml").read_text("utf-8")
    line = text[: text.index("due: 2026-01-31")].count("\n") + 1
    done = content.run_here("attention")
    assert (done.returncode, done.stderr) == (0, "")
    assert (
        "Promised dates that have passed (1)\n"
        f"  data/recommendations.yml:{line}: recommendation 8: was due: 31 January 2026 (add an update: is it done, or by when "
        "will it be?)\n"
    ) in done.stdout
    assert "Work without news (1)\n  data/recommendations.yml:" in done.stdout


def test_the_command_says_the_same_in_every_form(content: Project) -> None:
    held = json.loads(content.run_here("attention", "--format", "json").stdout)
    due = [one for group in held["groups"] for one in group["due"]]
    assert held["count"] == len(due) > 20
    for written in ("text", "markdown"):
        shown = content.run_here("attention", "--format", written).stdout
        assert re.findall(r"data/\w+\.yml:\d+", shown) == [f"{one['path']}:{one['line']}" for one in due]
        assert all(one["what"] in shown for one in due)


def test_the_command_on_a_later_day_tells_what_has_become_due(content: Project) -> None:
    later = content.run_here("attention", SOURCE_DATE_EPOCH="2224800000")  # July 2040
    assert later.returncode == 0
    for title in ("Help lines to ring", "The accessibility statement", "Promised dates", "Work to look at again"):
        assert title in later.stdout


def test_a_register_that_is_wrong_has_no_list(content: Project) -> None:
    content.edit("data/contacts.yml", "number: 999", "number: 99")
    done = content.run_here("attention")
    assert (done.returncode, done.stdout) == (1, "")
    assert "'number' is not an emergency number: '99'" in done.stderr
