"""Whatever stands in data/ and docs/ is answered soon, with little memory, in few lines, and never with a traceback."""

import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from projects import ROOT, SAMPLE_DAY, Project
from register.load.yaml_source import LARGEST_FILE, MOST_FOUND, MOST_VALUES
from register.problems import SHOWN

SECONDS, MEGABYTES = 10, 500  # the promise; every case here takes a tenth of the time
RECORDS = "data/recommendations.yml"


def answered(project: Project, *arguments: str, **streams: object) -> subprocess.CompletedProcess[str]:
    """Run a command that is ended by the system if it takes more time or memory than is promised."""

    def bounded() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_DATA, (MEGABYTES << 20, MEGABYTES << 20))

    return subprocess.run(
        [sys.executable, "-m", "register", "--project", str(project.folder), *arguments],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": SAMPLE_DAY},
        preexec_fn=bounded,
        text=True,
        check=False,
        **({"capture_output": True} | streams if not streams else {"stderr": subprocess.PIPE} | streams),
    )


def filled(text: str) -> str:
    """The largest data file of one text."""
    return (text * (LARGEST_FILE // len(text) + 1))[: LARGEST_FILE - 100].rpartition("\n")[0] + "\n"


# ── files of data/ ─────────────────────────────────────────────────────────────────────────────

VALUES = rf"{RECORDS}:\d+: the file has more than {MOST_VALUES:,} values \(take some out\)"
LARGE = {
    "words": (lambda: filled("- a\n"), VALUES),
    "empty records": (lambda: filled("- {}\n"), VALUES),
    "records": (lambda: filled("- number: 1\n"), VALUES),
    "one list": (lambda: "- number: 1\n  related: [" + "x, " * 2_000_000 + "x]\n", VALUES),
    "tabs": (lambda: filled("\t\n"), rf"{RECORDS}:1: a tab is used to indent this line \(use spaces\); the same on 999 more lines: 2, 3, .* and 969 more"),
    "cut short": (lambda: filled("- a #b\n"), rf"{RECORDS}:1: what follows 'a' would be lost: .*"),
    "a doubled key": (lambda: "- number: 1\n" + filled("  title: a\n")[:-20].rpartition("\n")[0] + "\n",
                      rf"{RECORDS}:3: 'title' stands twice in one record, first on line 2 \(keep one of the two\)"),
    "unknown fields": (lambda: "- number: 1\n" + "".join(f"  f{number:06}: a\n" for number in range(190_000)),
                       rf"{RECORDS}:1: recommendation 1: has {190_000 - MOST_FOUND} mistakes more \(mend the others first\)"),
    "a long name": (lambda: "- number: 1\n  " + "a" * 1000 + ": " + "b" * 7_000_000 + "\n",
                    rf"{RECORDS}:2: recommendation 1: unknown field 'a{{57}}…' .*"),
    "a long line": (lambda: "- number: 1\n  title: " + "a@" * 3_900_000 + "\n",
                    rf"{RECORDS}:2: recommendation 1: 'title' has 7800000 characters \(the most is 120: shorten it\)"),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "first"), LARGE.values(), ids=LARGE.keys())
def test_the_largest_files_are_answered_in_few_lines(content: Project, typed: Callable[[], str], first: str) -> None:
    content.write(RECORDS, typed())
    done = answered(content, "check")
    lines = done.stderr.splitlines()
    assert done.returncode == 1
    assert re.fullmatch(first, lines[0]), lines[0]
    assert len(lines) <= SHOWN + 2
    assert max(map(len, lines)) < 2000


def test_a_file_in_which_everything_is_wrong_is_not_read_to_its_end(content: Project) -> None:
    content.write(RECORDS, "- wrong\n" * (MOST_FOUND + 50))
    found = json.loads(answered(content, "check", "--format", "json").stdout)
    assert len(found["problems"]) == SHOWN
    assert found["more_problems"] == MOST_FOUND + 1 - SHOWN
    content.write(RECORDS, "- wrong\n" * (SHOWN - 1) + "- number: 1\n" * 5)
    assert "was not looked at" not in answered(content, "check").stderr


def test_of_many_problems_the_first_are_shown_and_the_rest_is_counted(content: Project) -> None:
    unknown = "".join(f"- {{number: {number}, f{number}: x}}\n" for number in range(1, SHOWN + 4))
    content.edit("data/register.yml", "total: 14\n", f"total: {SHOWN}\n")
    content.edit("data/reported_results.yml", "count: 3", f"count: {SHOWN - 11}")
    content.write(RECORDS, unknown.partition(f"- {{number: {SHOWN + 1},")[0])
    lines = answered(content, "check").stderr.splitlines()
    assert len(lines) == SHOWN + 1
    assert lines[-1] == f"{SHOWN} problems in 1 file; the site was not changed"
    content.edit("data/register.yml", f"total: {SHOWN}\n", f"total: {SHOWN + 3}\n")
    content.edit("data/reported_results.yml", f"count: {SHOWN - 11}", f"count: {SHOWN - 8}")
    content.write(RECORDS, unknown)
    lines = answered(content, "check").stderr.splitlines()
    assert len(lines) == SHOWN + 2
    assert lines[-2:] == [
        "… and 3 problems more (mend these first)",
        f"{SHOWN + 3} problems in 1 file; the site was not changed",
    ]


def test_what_is_wrong_in_the_same_way_on_many_lines_is_said_once_with_those_lines(content: Project) -> None:
    content.write("data/topics.yml", "- one\n- two\n")
    assert len(answered(content, "check").stderr.splitlines()) == 3
    content.write("data/topics.yml", "- one\n- two\n\n- three\n")
    assert answered(content, "check").stderr.splitlines() == [
        "data/topics.yml:1: record 1: the fields of a record are due here (lines like 'name: text'); the same on 2 more lines: 2, 4",
        "3 problems in 1 file; the site was not changed",
    ]
    content.write("data/topics.yml", "- wrong\n" * 47)
    said, count = answered(content, "check").stderr.splitlines()
    assert said.endswith("; the same on 46 more lines: " + ", ".join(map(str, range(2, 32))) + " and 16 more")
    assert count == "47 problems in 1 file; the site was not changed"


# ── dates ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("far", ["9999-12-31", "9999", "0001-01-01", "0001", "1899-12-31", "2200"])
@pytest.mark.parametrize("field", ["due", "date", "recheck"])
def test_a_date_that_is_too_far_away_is_refused_at_its_line(content: Project, field: str, far: str) -> None:
    text = (content.folder / RECORDS).read_text(encoding="utf-8")
    found = re.search(rf"(?m)\b{field}: (\S+)$", text)
    assert found
    content.write(RECORDS, text[: found.start(1)] + far + text[found.end(1) :])
    line = text.count("\n", 0, found.start()) + 1
    said = content.run_here("check").stderr
    assert f"{RECORDS}:{line}: " in said
    assert f"'{field}' is too far away: '{far}' (write a year from 1900 to 2199)" in said


@pytest.mark.parametrize("epoch", ["253402300799", "-62135596800", "9" * 4000, "1" * 5000])
def test_a_day_that_is_too_far_away_is_none(content: Project, epoch: str) -> None:
    done = content.run_here("check", SOURCE_DATE_EPOCH=epoch)
    assert (done.returncode, done.stderr) == (2, f"SOURCE_DATE_EPOCH is not a number of seconds: '{epoch[:60]}'\n")


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31"])
def test_the_register_is_not_shown_as_it_stood_in_antiquity(content: Project, day: str) -> None:
    done = content.run_here("--as-of", day, "check")
    assert (done.returncode, done.stderr) == (2, f"AS_OF is not a date: '{day}' (write it like 2026-02-28)\n")


# ── text ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("sign", ["\\0", "\\x07", "\\x85", "\\u2028", "\\x9b"])
def test_an_invisible_control_character_is_found_in_an_escape(content: Project, sign: str) -> None:
    page = (content.folder / "docs" / "short.md").read_text(encoding="utf-8")
    content.write("docs/short.md", re.sub("(?m)^title: .*", lambda _: f'title: "a{sign}b"', page, count=1))
    assert (
        "docs/short.md:2: 'title' holds an invisible control character (type the text again without it)"
        in content.run_here("check").stderr
    )


@pytest.mark.full_build
def test_a_label_can_be_a_sign_beyond_the_first_plane(project: Project) -> None:
    path = project.folder / "data" / "register.yml"
    path.write_text(
        re.sub(r"(?m)^(\s+label:) .*", r'\1 "😀 \g<0>"', path.read_text("utf-8"), count=1).replace(
            'label: "😀     label:', 'label: "😀'
        ),
        encoding="utf-8",
    )
    done = project.run_here("site")
    assert (done.returncode, done.stderr) == (0, "")
    assert any("😀" in page.read_text("utf-8") for page in (project.folder / "site").rglob("index.html"))


# ── output ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("arguments", [["check"], ["check", "--format", "json"], ["--help"]])
def test_a_full_disk_for_the_output_is_said(content: Project, arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = answered(content, *arguments, stdout=full)
    assert done.returncode == 1
    assert done.stderr == "the output, or a file, cannot be written: No space left on device (is there room?)\n"


def test_messages_that_cannot_be_written_leave_the_exit_status(content: Project) -> None:
    content.write(RECORDS, "- wrong\n")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "register", "--project", str(content.folder), "check"],
            cwd=ROOT, env={**os.environ, "SOURCE_DATE_EPOCH": SAMPLE_DAY}, stdout=full, stderr=full, check=False,
        )  # fmt: skip
    assert done.returncode == 1


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&- <&-"])
def test_output_that_is_closed_changes_nothing(content: Project, closed: str) -> None:
    command = f'"{sys.executable}" -m register --project "{content.folder}" check {closed}'
    run = {"cwd": ROOT, "env": {**os.environ, "SOURCE_DATE_EPOCH": SAMPLE_DAY}, "capture_output": True, "text": True}
    done = subprocess.run(["sh", "-c", command], check=False, **run)
    assert done.returncode == 0
    assert "Traceback" not in done.stdout + done.stderr
    content.write(RECORDS, "- wrong\n")
    assert subprocess.run(["sh", "-c", command], check=False, **run).returncode == 1


# ── mistakes of the program, and of the machine ────────────────────────────────────────────────


@pytest.mark.full_build
def test_a_mistake_in_the_program_is_one_line_that_says_how_to_report_it(project: Project) -> None:
    path = project.folder / "macros.py"
    path.write_text(
        path.read_text("utf-8") + "\n\ndef on_nav(nav, **_):\n    raise KeyError('\\x1b[2J')\n", encoding="utf-8"
    )
    done = project.run_here("site")
    assert done.returncode == 70
    assert re.fullmatch(
        r"this is a mistake in the program, not in your files: KeyError: '\\x1b\[2J', at macros\.py:\d+ "
        r"\(the same command with '--traceback' behind 'register' says more: report that\)\n",
        done.stderr,
    )
    whole = project.run_here("--traceback", "site")
    assert whole.returncode == 70
    assert whole.stderr.startswith("Traceback (most recent call last):")
    assert not (project.folder / "site").exists()


@pytest.mark.full_build
def test_a_machine_without_room_is_said_and_the_last_site_stays(project: Project) -> None:
    def without_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))

    done = subprocess.run(
        [sys.executable, "-m", "register", "site"], cwd=project.folder, preexec_fn=without_room,
        env={**os.environ, "SOURCE_DATE_EPOCH": SAMPLE_DAY, "PYTHONDONTWRITEBYTECODE": "1"}, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "File too large" in done.stderr
    assert not (project.folder / "site").exists()
    assert list(project.folder.glob(".build-*")) == []


@pytest.mark.full_build
@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.base.yml", "macros.py", "link-report.json"])
@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir], ids=["pipe", "folder"])
def test_no_special_file_in_the_place_of_an_ordinary_one_holds_the_build_up(
    content: Project, name: str, make: Callable[[Path], None]
) -> None:
    for ordinary in ("mkdocs.base.yml", "macros.py"):
        content.write(ordinary, "")
    (content.folder / name).unlink(missing_ok=True)
    make(content.folder / name)
    done = answered(content, "site")
    said = "is no ordinary file (take it out)" if make is os.mkfifo else "the file cannot be read (Is a directory)"
    assert (done.returncode, done.stderr) == (
        1,
        f"{name}:1: {said}\n1 problem in 1 file; the site was not changed\n",
    )


# ── files that may not be read or written ──────────────────────────────────────────────────────

# Root may read and write everything; without these two capabilities it may not (capabilities(7)).
_AS_ANYBODY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []


@pytest.mark.parametrize(
    ("name", "mode", "command", "said"),
    [
        ("docs", 0, "check", "'{folder}/docs' cannot be read or written: Permission denied"),
        ("docs/for", 0, "check", "'{folder}/docs/for' cannot be read or written: Permission denied"),
        ("docs/short.md", 0, "check", "docs/short.md:1: the file cannot be read (Permission denied)"),
        ("data", 0, "check", "'{folder}/data/register.yml' cannot be read or written: Permission denied"),
        ("data/links.yml", 0, "check", "data/links.yml:1: the file cannot be read (Permission denied)"),
        ("mkdocs.yml", 0, "site", "mkdocs.yml:1: the file cannot be read (Permission denied)"),
        (".", 0o500, "site", "'{folder}/.build-"),
    ],
)
def test_what_may_not_be_read_or_written_is_named(
    content: Project, name: str, mode: int, command: str, said: str
) -> None:
    for ordinary in ("mkdocs.base.yml", "macros.py"):
        content.write(ordinary, "")
    path = content.folder / name
    before = path.stat().st_mode
    path.chmod(mode)
    done = subprocess.run(
        [*_AS_ANYBODY, sys.executable, "-m", "register", "--project", str(content.folder), command],
        cwd=ROOT,
        env={**os.environ, "SOURCE_DATE_EPOCH": SAMPLE_DAY},
        capture_output=True,
        text=True,
        check=False,
    )
    path.chmod(before)
    assert done.returncode == 1
    assert done.stderr.startswith(said.format(folder=content.folder)), done.stderr
    assert len(done.stderr.splitlines()) <= 2
