"""The command line: what each command takes, prints and returns; problems for people, for programs and for GitHub."""

import json
import os
import re
import subprocess
import sys

import pytest
import yaml

from projects import ROOT, SAMPLE_DAY, Project

WRONG = "data/topics.yml:2: a tab is used to indent this line (use spaces)"


@pytest.fixture
def broken(content: Project) -> Project:
    """The sample with a mistake in its data."""
    content.write("data/topics.yml", "- id: x\n\ttitle: y\n")
    return content


# ── for people ─────────────────────────────────────────────────────────────────────────────────


def test_a_good_project_is_said_to_be_good_in_one_line_after_what_needs_attention_soon(content: Project) -> None:
    done = content.run_here("check")
    assert (done.returncode, done.stderr) == (0, "")
    *soon, last = done.stdout.splitlines()
    assert soon and all(line.startswith("Soon: data/") for line in soon)
    assert re.fullmatch(
        r"All is well: 14 recommendations, \d+ links, \d+ contacts, register version v[0-9a-f]{12}\.", last
    )


def test_problems_are_printed_one_a_line_with_their_number(broken: Project) -> None:
    done = broken.run_here("check")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{WRONG}\n1 problem in 1 file; the site was not changed\n"


@pytest.mark.parametrize("command", ["check", "site", "kept"])
@pytest.mark.parametrize(
    ("day", "message"),
    [
        ({"AS_OF": "2024-02-30"}, "AS_OF is not a date: '2024-02-30' (write it like 2026-02-28)"),
        ({"AS_OF": "yesterday"}, "AS_OF is not a date: 'yesterday' (write it like 2026-02-28)"),
        ({"AS_OF": "2026-04-01"}, "AS_OF is in the future: '2026-04-01' (today is 2026-03-31)"),
        ({"SOURCE_DATE_EPOCH": "noon"}, "SOURCE_DATE_EPOCH is not a number of seconds: 'noon'"),
    ],
)
def test_a_wrong_day_is_reported_in_one_line_with_status_2(
    content: Project, command: str, day: dict[str, str], message: str
) -> None:
    done = content.run_here(command, *(["HEAD"] if command == "kept" else []), **day)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{message}\n")


def test_the_day_may_stand_before_the_command(content: Project) -> None:
    done = content.run_here("--as-of", "2026-04-01", "check")
    assert (done.returncode, done.stderr) == (2, "AS_OF is in the future: '2026-04-01' (today is 2026-03-31)\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["chekc"], "No such command 'chekc'"),
        (["check", "--fromat", "json"], "--fromat"),
        (["check", "--format", "xml"], "'xml' is not one of 'text', 'json'"),
        (["kept"], "Missing argument 'COMMIT'"),
        (["diff", "2024-01-01"], "Missing argument 'LAST'"),
        (["links", "--gate", "some"], "'some' is not one of 'all', 'must-work'"),
        (["links", "--timeout", "soon"], "'soon' is not a valid integer"),
    ],
)
def test_wrong_use_is_reported_with_status_2(content: Project, arguments: list[str], message: str) -> None:
    done = content.run_here(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: python -m register ")
    assert message in done.stderr


def test_help_names_every_command_that_make_calls(content: Project) -> None:
    done = content.run_here("--help")
    assert (done.returncode, done.stderr) == (0, "")
    named = re.findall(r"(?m)^  ([\w-]+)  ", done.stdout.partition("Commands:")[2])
    called = set(re.findall(r"\$\(REGISTER\) ([\w-]+)", (ROOT / "Makefile").read_text()))
    assert named == sorted({*called, "diff", "verify-history"})


def test_a_reader_who_has_seen_enough_is_told_nothing_more(content: Project) -> None:
    """As with ``python -m register check | head -n 0``."""
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "register", "--project", content.folder, "check"],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": SAMPLE_DAY},
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)
    assert (done.returncode, done.stderr) == (1, "")


# ── for programs ───────────────────────────────────────────────────────────────────────────────


def test_problems_are_written_as_json_for_programs(broken: Project) -> None:
    broken.write("docs/about.md", (broken.folder / "docs" / "about.md").read_bytes() + b"\n{{ totals }}\n")
    done = broken.run_here("check", "--format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    found = json.loads(done.stdout)
    assert found["advice"] == []
    assert [problem["path"] for problem in found["problems"]] == ["data/topics.yml", "docs/about.md"]
    assert found["problems"][0] == {
        "path": "data/topics.yml",
        "line": 2,
        "record": "",
        "what": "a tab is used to indent this line",
        "to_do": "use spaces",
        "kind": found["problems"][0]["kind"],
        "more_pages": 0,
    }
    assert all(problem["kind"] for problem in found["problems"])


def test_advice_is_written_as_json_and_stops_nothing(content: Project) -> None:
    advised = content.run_here("check").stdout.splitlines()[:-1]
    done = content.run_here("check", "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert found["problems"] == []
    assert [f"Soon: {one['path']}:{one['line']}: " for one in found["advice"]] == [
        re.match(r"Soon: \S+:\d+: ", line)[0] for line in advised
    ]


def test_advice_is_written_beside_the_problems_of_pages(content: Project) -> None:
    content.write("docs/about.md", (content.folder / "docs" / "about.md").read_bytes() + b"\n{{ totals }}\n")
    found = json.loads(content.run_here("check", "--format", "json").stdout)
    assert len(found["problems"]) == 1
    assert found["advice"]


# ── for GitHub ─────────────────────────────────────────────────────────────────────────────────


def matched(text: str) -> list[tuple[str, str, str, str]]:
    """What the problem matcher reads in a job's output: severity, file, line and message of each line that it knows."""
    matchers = json.loads((ROOT / ".github" / "problem-matcher.json").read_text())["problemMatcher"]
    assert len({matcher["owner"] for matcher in matchers}) == len(matchers)
    found = []
    for line in text.splitlines():
        for matcher in matchers:
            [pattern] = matcher["pattern"]
            if hit := re.search(pattern["regexp"], line):
                parts = [hit[pattern[name]] for name in ("file", "line", "message")]
                found.append((matcher["severity"], *parts))
    return found


def test_the_problem_matcher_reads_every_problem_with_its_file_and_line(content: Project) -> None:
    line = content.edit("data/register.yml", "\nleave: weather\n", "\nleave: wether\n") + 1
    content.write("docs/A new page.md", "# No front matter\n")
    content.edit("mkdocs.yml", "  - Home: index.md\n", "  - Home: index.md\n  - A new page.md\n")
    done = content.run_here("check")
    front = "the page does not begin with title, description and updated between two '---' lines"
    assert matched(done.stderr) == [
        ("error", "data/register.yml", str(line), "register: unknown link 'wether' (did you mean 'weather'?)"),
        ("error", "docs/A new page.md", "1", f"{front} (copy them from another page)"),
    ]


def test_the_problem_matcher_reads_advice_as_warnings_and_nothing_else(content: Project) -> None:
    done = content.run_here("check")
    read = matched(done.stdout + "make: *** [Makefile:20: site] Error 1\nSetting up (once) …\n")
    assert [f"Soon: {file}:{line}: {message}" for _, file, line, message in read] == done.stdout.splitlines()[:-1]
    assert {severity for severity, *_ in read} == {"warning"}


@pytest.mark.parametrize(
    "line",
    [
        "mkdocs.yml:7: the menu names 'abuot.md', which is not in docs/ (correct it)",
        "site/404.html:3: <a href> '../x/' leads nowhere in this site (correct it); the same on 5 more pages",
    ],
)
def test_the_problem_matcher_reads_what_is_found_while_building(line: str) -> None:
    path, number, message = line.split(":", 2)
    assert matched(line) == [("error", path, number, message.strip())]


@pytest.mark.parametrize("job", ["site", "kept"])
def test_the_workflow_that_builds_uses_the_problem_matcher(job: str) -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "build.yml").read_text())
    commands = [step.get("run", "") for step in workflow["jobs"][job]["steps"]]
    [made] = [place for place, command in enumerate(commands) if command.startswith(f"make {job}")]
    assert 'echo "::add-matcher::.github/problem-matcher.json"' in commands[:made]
