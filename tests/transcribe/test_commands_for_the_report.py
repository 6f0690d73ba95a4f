"""From the report to the register and to the proof, by the commands that an editor types."""

import itertools
import json
import re
import shutil
import subprocess
import sys

import pytest
from lxml import html
from PIL import Image

from made_reports import Printer, Style, as_typed, print_report
from projects import ROOT, SAMPLE_DAY, Project
from register.load.loader import load
from registers import SAMPLE, TODAY

RECORDS = "data/recommendations.yml"
SECOND = [
    "The wardens should publish what they hear:",
    "• by day",
    "• by night, on www.pond.example.uk or by ringing 01632 960001",
    "They should do so each year.",
]
THIRD = ["Each warden should be asked."]
BEFORE = ["This report says what the wardens of the pond did, and what they should do from now on."]


@pytest.fixture
def pond(small: Project) -> Project:
    """The smallest register, with pages, and a report on two of its recommendations beside it."""
    print_report(small.folder / "report.pdf", {2: SECOND, 3: THIRD}, Style(first_page=11), BEFORE)
    shutil.copytree(SAMPLE / "docs", small.folder / "docs")
    shutil.copy(SAMPLE / "mkdocs.yml", small.folder / "mkdocs.yml")
    for page in (small.folder / "docs").rglob("*.md"):  # the sample's pages, without what this register does not hold
        page.write_text(
            re.sub(r"\{\{ (link|help_lines|reported_result)\([^}]*\) \}\}", "it", page.read_text("utf-8")),
            encoding="utf-8",
        )
    return small


def run(project: Project, *arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command in the project's folder, with what somebody types."""
    return subprocess.run(
        [sys.executable, "-m", "register", *arguments],
        cwd=project.folder,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": SAMPLE_DAY, "TERM": "dumb"},
        input=typed,
        capture_output=True,
        text=True,
        check=False,
    )


def review_text(project: Project) -> str:
    return (project.folder / "review" / "review.yml").read_text("utf-8")


def decide(project: Project, id_: str, decision: str) -> None:
    """Type a decision into the review file."""
    path = project.folder / "review" / "review.yml"
    text = re.sub(rf"(- id: {id_}\n  number: \d+\n  decision:) \w+", rf"\1 {decision}", path.read_text("utf-8"))
    path.write_text(text, encoding="utf-8")


# ── transcribe ─────────────────────────────────────────────────────────────────────────────────


def test_what_is_found_is_written_with_pictures_and_a_page(pond: Project) -> None:
    done = run(pond, "transcribe", "report.pdf")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "Read 1 page in 1 file.",
        "2 passages: 0 accepted, 0 refused, 2 open. Nothing for 2 numbers of 4: 1, 4.",
        "To compare: open review/review.html",
        "Then: make accept-wordings REVIEW=review",
    ]
    assert sorted(path.name for path in (pond.folder / "review").iterdir()) == [
        "2-v1-p1.png", "3-v1-p1.png", "not-read.txt", "review.html", "review.yml",
    ]  # fmt: skip
    with Image.open(pond.folder / "review" / "2-v1-p1.png") as picture:
        assert picture.size[0] > 300 and picture.size[1] > 80
        assert picture.convert("L").getextrema()[0] < 60  # something is printed on it


def test_the_page_runs_nothing_and_fetches_nothing(pond: Project) -> None:
    run(pond, "transcribe", "report.pdf")
    page = html.document_fromstring((pond.folder / "review" / "review.html").read_text("utf-8"))
    assert page.xpath("//script | //link | //iframe | //form | //a") == []
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; ")
    assert page.xpath("//head/*")[1].get("http-equiv") == "Content-Security-Policy"
    assert page.xpath("//img/@src") == ["2-v1-p1.png", "3-v1-p1.png"]
    assert all(page.xpath("//img/@alt"))
    assert [" ".join(item.text_content().split()) for item in page.xpath("//blockquote[1]//li")][:2] == [
        "by day", "by night, on www.pond.example.uk or by ringing 01632 960001",
    ]  # fmt: skip


def test_text_of_a_report_is_never_read_as_html_or_yaml(pond: Project) -> None:
    hostile = ["The wardens should <script>alert(1)</script> &amp; say: \"no\", 'yes' # and {{ x }} - *a &b !c |"]
    print_report(pond.folder / "report.pdf", {2: hostile}, Style(), BEFORE)
    run(pond, "transcribe", "report.pdf")
    page = html.document_fromstring((pond.folder / "review" / "review.html").read_text("utf-8"))
    assert page.xpath("//script") == []
    assert page.xpath("//blockquote")[0].text_content().strip() == hostile[0]
    decide(pond, "2-v1-p1", "accept")
    assert run(pond, "accept-wordings", "--by", "Policy officer").returncode == 0
    assert load(pond.folder / "data", TODAY).recommendations[1].wording.text == hostile[0]


def test_a_page_without_text_is_said_on_the_terminal_and_on_the_page(pond: Project) -> None:
    Image.new("L", (60, 80), 200).save(pond.folder / "scan.png")
    printer = Printer(pond.folder / "volume-1.pdf", Style())
    printer.paragraph("Text.")
    printer.next_page(furnished=False)
    printer.canvas.drawImage(str(pond.folder / "scan.png"), 0, 0, 595, 842)
    printer.save()
    said = "page 2 of volume 1 holds a picture and no text: nothing there was read, so look there yourself"
    assert f"Note: {said}\n" in run(pond, "transcribe", "volume-1.pdf").stdout
    assert said in (pond.folder / "review" / "review.html").read_text("utf-8")


def test_a_page_with_more_text_than_is_read_is_said(pond: Project) -> None:
    printer = Printer(pond.folder / "full.pdf", Style())
    printer.canvas.setFont("Times-Roman", 3)
    for row, column in itertools.product(range(80), range(60)):
        printer.canvas.drawString(20 + 9 * column, 100 + 8 * row, "x")
    printer.save()
    said = "page 1 of the report: only the first part was read, because there is so much; look there yourself"
    assert f"Note: {said}\n" in run(pond, "transcribe", "full.pdf").stdout
    assert "only the first part" not in run(pond, "transcribe", "report.pdf").stdout


def test_reading_again_loses_no_decision(pond: Project) -> None:
    run(pond, "transcribe", "report.pdf")
    decide(pond, "3-v1-p1", "refuse")
    path = pond.folder / "review" / "review.yml"
    path.write_text(path.read_text("utf-8").replace("  They should do so", "  They must do so"), encoding="utf-8")
    decide(pond, "2-v1-p1", "accept")
    before = review_text(pond)
    done = run(pond, "transcribe", "report.pdf")
    assert "2 passages: 1 accepted, 1 refused, 0 open." in done.stdout
    assert review_text(pond) == before
    assert "They must do so each year." in before


def test_a_mistake_in_the_review_is_told_with_its_line_and_nothing_is_lost(pond: Project) -> None:
    run(pond, "transcribe", "report.pdf")
    decide(pond, "2-v1-p1", "acept")
    line = review_text(pond)[: review_text(pond).index("acept")].count("\n") + 1
    before = review_text(pond)
    for command in (["transcribe", "report.pdf"], ["accept-wordings", "--by", "Policy officer"]):
        done = run(pond, *command)
        assert done.returncode == 1
        assert done.stderr.startswith(
            f"review/review.yml:{line}: entry 2-v1-p1: unknown decision 'acept' (did you mean 'accept'? "
        )
    assert review_text(pond) == before


# ── the terminal ───────────────────────────────────────────────────────────────────────────────


def test_each_passage_is_accepted_mended_or_refused_in_the_terminal(pond: Project) -> None:
    typed = "mend\nThe wardens should listen.\n\n- by day\n.\naccept\nr\n"
    done = run(pond, "transcribe", "--review", "report.pdf", typed=typed)
    assert done.returncode == 0
    assert "Recommendation 2 (1 of 2): page 11, confidence high.\n" in done.stdout
    assert "2 passages: 1 accepted, 1 refused, 0 open." in done.stdout
    assert "\x1b" not in done.stdout
    assert "    The wardens should listen.\n\n    - by day\n" in review_text(pond)


def test_what_was_answered_stays_when_the_terminal_is_closed(pond: Project) -> None:
    run(pond, "transcribe", "report.pdf")
    done = run(pond, "review-wordings", typed="what?\naccept\n")
    assert "'what?' is none of the answers (type one of: accept, mend, refuse, later, stop)\n" in done.stdout
    assert "1 accepted, 0 refused, 1 open." in done.stdout
    again = run(pond, "review-wordings", typed="later\n")
    assert "Recommendation 3 (1 of 1)" in again.stdout
    assert "1 accepted, 0 refused, 1 open." in again.stdout


def test_without_a_review_it_is_said_what_to_do_first(pond: Project) -> None:
    done = run(pond, "review-wordings", "elsewhere")
    assert done.returncode == 2
    assert done.stderr == ("there is no review in elsewhere/ (first: python -m register transcribe REPORT.pdf)\n")


# ── accept ─────────────────────────────────────────────────────────────────────────────────────


def accepted(pond: Project, *ids: str) -> None:
    run(pond, "transcribe", "report.pdf")
    for id_ in ids:
        decide(pond, id_, "accept")


def test_only_what_was_accepted_enters_the_register_and_who_checked_it_is_asked_once(pond: Project) -> None:
    accepted(pond, "2-v1-p1")
    before = (pond.folder / RECORDS).read_text("utf-8")
    done = run(pond, "accept-wordings", typed="Policy officer\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("Who compared the texts") == 1
    assert done.stdout.endswith("Written: the wording of 2. To prove it: make verify REPORT=…\n")
    records = load(pond.folder / "data", TODAY).recommendations
    assert records[1].wording.text == as_typed(SECOND)
    assert (records[1].wording.page, records[1].wording.checked.by) == ("11", "Policy officer")
    assert records[1].wording.checked.on.text == "2026-03-31"
    assert [record.number for record in records if record.wording] == [2]
    after = (pond.folder / RECORDS).read_text("utf-8").splitlines()
    assert [line for line in before.splitlines() if line not in after] == []


def test_a_dry_run_shows_all_and_writes_nothing(pond: Project) -> None:
    accepted(pond, "2-v1-p1", "3-v1-p1")
    before = (pond.folder / RECORDS).read_bytes()
    done = run(pond, "accept-wordings", "--by", "Policy officer", "--on", "2026-03-01", "--dry-run")
    assert "+   wording:" in done.stdout
    assert done.stdout.endswith("Nothing was written. It would be the wording of 2, 3.\n")
    assert (pond.folder / RECORDS).read_bytes() == before


def test_accepting_twice_changes_nothing(pond: Project) -> None:
    accepted(pond, "2-v1-p1")
    run(pond, "accept-wordings", "--by", "Policy officer")
    before = (pond.folder / RECORDS).read_bytes()
    done = run(pond, "accept-wordings", "--by", "Policy officer")
    assert done.stdout == "There already: 2.\nNothing is new: accept some in the review first.\n"
    assert (pond.folder / RECORDS).read_bytes() == before


def test_all_that_cannot_enter_is_told_at_once_and_nothing_is_written(pond: Project) -> None:
    printer = Printer(pond.folder / "report.pdf", Style())
    printer.paragraph(BEFORE[0])
    for number, text in ((2, "Say this."), (2, "Say that."), (3, " ".join(["All should listen well."] * 240))):
        printer.heading(f"Recommendation {number}")
        printer.paragraph(text)
    printer.save()
    accepted(pond, "2-v1-p1", "2-v1-p1-2", "3-v1-p1")
    before = (pond.folder / RECORDS).read_bytes()
    done = run(pond, "accept-wordings", "--by", "Policy officer")
    assert done.returncode == 1
    assert [line.partition(": ")[2] for line in done.stderr.splitlines()[:-1]] == [
        "entry 2-v1-p1-2: number 2 is accepted twice, also as 2-v1-p1 (refuse one of the two)",
        "entry 3-v1-p1: 'text' has 5759 characters (the most is 5000: take out what does not belong to it)",
    ]
    assert done.stderr.endswith("2 problems in 1 file; nothing was written\n")
    assert (pond.folder / RECORDS).read_bytes() == before


def test_a_wording_of_the_register_is_never_replaced(pond: Project) -> None:
    accepted(pond, "2-v1-p1")
    run(pond, "accept-wordings", "--by", "Policy officer")
    path = pond.folder / "review" / "review.yml"
    path.write_text(path.read_text("utf-8").replace("They should do so", "They must do so"), encoding="utf-8")
    done = run(pond, "accept-wordings", "--by", "Policy officer")
    assert "entry 2-v1-p1: recommendation 2 has another wording in the register (refuse this one, or " in done.stderr


# ── verify ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def filled(pond: Project) -> Project:
    """The register with both wordings of the report."""
    accepted(pond, "2-v1-p1", "3-v1-p1")
    assert run(pond, "accept-wordings", "--by", "Policy officer").returncode == 0
    return pond


def test_wordings_that_stand_in_the_report_are_recorded_with_the_file(filled: Project) -> None:
    done = run(filled, "verify-wording", "report.pdf")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "2 wordings stand in the report, word for word, at the page given. Recorded in data/proved.yml.\n"
    )
    proof = load(filled.folder / "data", TODAY).proof
    assert [(file.name, file.volume, file.pages, len(file.sha256)) for file in proof.files] == [
        ("report.pdf", None, 1, 64)
    ]
    assert [proved.number for proved in proof.wordings] == [2, 3]
    assert proof.on.text == "2026-03-31"


MISTAKES = {
    "another word": (
        "Each warden should be asked.", "Each warden must be asked.",
        "recommendation 3: the wording does not stand in the report; the nearest text is at page 11: "
        "'Each warden should be asked.' (the report says 'should' where the register says 'must': copy the report's words)",
    ),
    "a word too few": (
        "Each warden should be asked.", "Each warden should asked.",
        "recommendation 3: the wording does not stand in the report; the nearest text is at page 11: "
        "'Each warden should be asked.' (the report says 'be' where the register says nothing: copy the report's words)",
    ),
    "another page": (
        "text: Each warden should be asked.\n    page: 11", "text: Each warden should be asked.\n    page: 12",
        "recommendation 3: the wording does not stand at page 12; the report has it at page 11 (write page: 11)",
    ),
    "another letter case": (
        "Each warden should be asked.", "each warden should be asked.",
        "recommendation 3: the wording does not stand in the report; the nearest text is at page 11: "
        "'Each warden should be asked.' (the report says 'Each' where the register says 'each': copy the report's words)",
    ),
    "nothing like it": (
        "Each warden should be asked.", "Quite something else.",
        "recommendation 3: the wording does not stand in the report, and nothing like it does (copy it from the report)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_wording_that_the_report_does_not_hold_is_told_with_the_nearest_text(
    filled: Project, old: str, new: str, said: str
) -> None:
    filled.edit(RECORDS, old, new)
    before = (filled.folder / "data" / "proved.yml").read_bytes()
    done = run(filled, "verify-wording", "report.pdf")
    assert done.returncode == 1
    first, last = done.stderr.splitlines()
    assert re.fullmatch(rf"{RECORDS}:\d+: {re.escape(said)}", first), first
    assert last == "1 problem in 1 file; nothing was written"
    assert (filled.folder / "data" / "proved.yml").read_bytes() == before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Each warden should be asked.", "Each warden\n      should be asked."),
        ("- by day", "• by day"),
    ],
)
def test_how_a_wording_is_laid_out_makes_no_difference(filled: Project, old: str, new: str) -> None:
    filled.edit(
        RECORDS,
        f"text: {old}" if old.startswith("Each") else old,
        f"text: |-\n      {new}" if old.startswith("Each") else new,
    )
    assert run(filled, "verify-wording", "report.pdf").returncode == 0


def test_a_volume_that_is_not_given_is_named(filled: Project) -> None:
    filled.edit(RECORDS, "asked.\n    page: 11", "asked.\n    volume: 2\n    page: 11")
    (filled.folder / "report.pdf").rename(filled.folder / "volume-1.pdf")
    done = run(filled, "verify-wording", "volume-1.pdf")
    assert "recommendation 3: no file of the report is volume 2 (name that file, too)\n" in done.stderr


def test_without_a_wording_there_is_nothing_to_prove(pond: Project) -> None:
    done = run(pond, "verify-wording", "report.pdf")
    assert (done.returncode, done.stdout) == (
        0,
        "No recommendation has its wording yet, so there is nothing to prove.\n",
    )


def test_the_check_knows_a_proof_that_was_typed_wrongly(pond: Project) -> None:
    pond.edit("data/proved.yml", "sha256: e3b0c4", "sha256: e3b0")
    done = run(pond, "check", "--format", "json")
    assert [
        problem["what"] for problem in json.loads(done.stdout)["problems"] if problem["path"] == "data/proved.yml"
    ] == ["'sha256' is not of the right form: 'e3b04298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b785…'"]


# ── as the documents say ───────────────────────────────────────────────────────────────────────


def test_the_four_commands_of_make_lead_from_the_report_to_the_proof(pond: Project) -> None:
    """As CONTRIBUTING.md lists them, one after another."""
    shutil.copy(ROOT / "Makefile", pond.folder / "Makefile")
    (pond.folder / ".venv").symlink_to(sys.prefix)
    listed = re.findall(r"(?m)^\d\. `make ([\w-]+)", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    assert listed[-4:] == ["transcribe", "review-wordings", "accept-wordings", "verify"]
    typed = {"review-wordings": "accept\naccept\n", "accept-wordings": "Policy officer\n"}
    for command in listed[-4:]:
        done = subprocess.run(
            # What is set up already is not made again.
            ["make", *(f"-o.venv/{stamp}" for stamp in ("ready", "ready-to-edit")), command, "REPORT=report.pdf"],
            cwd=pond.folder,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": SAMPLE_DAY},
            input=typed.get(command, ""),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert [one.number for one in load(pond.folder / "data", TODAY).proof.wordings] == [2, 3]


def test_who_only_builds_the_site_installs_nothing_for_editing() -> None:
    locked = {name: (ROOT / name).read_text("utf-8") for name in ("requirements.txt", "requirements-edit.txt")}
    for package in ("pypdfium2", "openpyxl"):
        assert f"\n{package}==" not in locked["requirements.txt"]
        assert f"\n{package}==" in locked["requirements-edit.txt"]
