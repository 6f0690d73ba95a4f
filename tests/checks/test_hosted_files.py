"""Documents that the site publishes itself: named by an entry of data/links.yml, shown with what they are, and kept."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from lxml import html
from pypdf import PdfReader, PdfWriter

from projects import ROOT, SAMPLE, Project
from register.checks.inside_links import carried_links
from register.exports.files import exports
from register.links.plan import make_plan
from register.site.render import Renderer
from register.state.hosted_file import HostedFile
from register.state.snapshot import Snapshot

DOCUMENT = SAMPLE / "docs" / "files" / "learning-plan-2026.pdf"
LINKS = "data/links.yml"
SITE = "https://register.exampleshire.test/"


def check(project: Project) -> list[str]:
    """What the check says is wrong, without the line that counts."""
    return project.run_here("check").stderr.splitlines()[:-1]


# ── data and files agree ───────────────────────────────────────────────────────────────────────


def test_an_entry_names_a_document_that_is_there(content: Project) -> None:
    line = content.edit(LINKS, "file: learning-plan-2026.pdf", "file: learning-plan-2025.pdf")
    assert check(content) == [
        f"{LINKS}:{line}: learning-plan-2026: 'file' names 'learning-plan-2025.pdf', which is not in docs/files/ "
        "(did you mean 'learning-plan-2026.pdf'? one of: learning-plan-2026.pdf)"
    ]
    (content.folder / "docs/files/learning-plan-2026.pdf").unlink()
    assert check(content)[0].endswith("which is not in docs/files/ (there are none yet)")


@pytest.mark.parametrize("name", ["files/plan.pdf", "Plan.pdf", "plan.docx", "../plan.pdf", "plan", "a b.pdf"])
def test_a_document_is_named_plainly(content: Project, name: str) -> None:
    line = content.edit(LINKS, "file: learning-plan-2026.pdf", f"file: {name}")
    assert check(content)[0] == (
        f"{LINKS}:{line}: learning-plan-2026: 'file' is not of the right form: '{name}' "
        "(the name of a file in docs/files/: small letters, digits and hyphens, then .pdf)"
    )


def test_a_document_that_no_entry_names_is_advised_of_and_stops_nothing(content: Project) -> None:
    shutil.copy(DOCUMENT, content.folder / "docs/files/another.pdf")
    done = content.run_here("check")
    assert done.returncode == 0
    assert (
        "Soon: docs/files/another.pdf:1: no entry of data/links.yml names this document "
        "(add one with 'file: another.pdf', or take it out)\n"
    ) in done.stdout
    assert "learning-plan-2026.pdf" not in done.stdout


@pytest.mark.parametrize("name", ["page.md", "more/plan.pdf"])
def test_only_documents_stand_in_their_folder(content: Project, name: str) -> None:
    path = content.folder / "docs/files" / name
    path.parent.mkdir(exist_ok=True)
    shutil.copy(SAMPLE / "docs/short.md" if name.endswith(".md") else DOCUMENT, path)
    message = f"docs/files/{name}:1: is no document (PDF) in docs/files/ itself (put it elsewhere in docs/)"
    assert message in check(content)


def test_leaving_this_site_leads_to_no_document(content: Project) -> None:
    line = content.edit("data/register.yml", "\nleave: weather", "\nleave: learning-plan-2026") + 1
    assert check(content) == [
        f"data/register.yml:{line}: register: 'learning-plan-2026' is a document of this site "
        "(name a neutral page of another site)"
    ]


# ── what readers and programs get ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("size", "language", "facts"),
    [
        (21_265, "en-GB", "PDF, 21 kB, in English"),
        (120_400, "cy", "PDF, 120 kB, in Welsh"),
        (12, "EN", "PDF, 1 kB, in English"),
        (999_499, "pl-PL", "PDF, 999 kB, in Polish"),
        (999_500, "", "PDF, 1.0 MB"),
        (4_980_000, "tlh", "PDF, 5.0 MB, language tlh"),
        (0, "", "PDF"),
    ],
)
def test_type_size_and_language_are_said_in_words(size: int, language: str, facts: str) -> None:
    assert HostedFile("a.pdf", size, language).facts == facts


@pytest.mark.parametrize("page", ["recommendations/2/", "safe-together/", "sources/"])
def test_the_link_itself_says_what_it_opens(built_sample: Path, page: str) -> None:
    read = html.parse(str(built_sample / page / "index.html"))
    [link] = read.xpath("//a[contains(@href, '.pdf')]")
    assert link.text_content() == "Learning plan for 2026 (PDF, 21 kB, in English)"
    assert link.get("type") == "application/pdf"
    assert (built_sample / page / link.get("href")).resolve() == built_sample.resolve() / "files/learning-plan-2026.pdf"


def test_the_document_is_published_as_it_is_and_its_address_stays(built_sample: Path) -> None:
    assert (built_sample / "files/learning-plan-2026.pdf").read_bytes() == DOCUMENT.read_bytes()
    kept = json.loads((built_sample / "data/addresses.json").read_bytes())["addresses"]
    assert {
        "kind": "file",
        "name": "files/learning-plan-2026.pdf",
        "of": "docs/files/learning-plan-2026.pdf",
    } in kept


def test_sources_count_documents_apart(built_sample: Path) -> None:
    words = html.parse(str(built_sample / "sources/index.html")).xpath("string(//main)")
    assert "These are all 28 pages outside this site that it names, and 1 document that it publishes itself." in words


def test_exports_hold_the_name_the_address_and_what_it_is(sample: Snapshot) -> None:
    files = exports(sample, SITE, Renderer(SITE), sample.as_of)
    expected = {
        "file": "learning-plan-2026.pdf",
        "file_url": f"{SITE}files/learning-plan-2026.pdf",
        "file_bytes": DOCUMENT.stat().st_size,
        "file_language": "en-GB",
    }
    [link] = [link for link in json.loads(files["data/register.json"])["links"] if link["file"]]
    assert {name: link[name] for name in expected} == expected
    assert link["url"] is None
    rows = list(csv.DictReader(io.StringIO(files["data/links.csv"].decode(), newline="")))
    assert [{name: row[name] for name in expected} for row in rows if row["file"]] == [
        {name: str(value) for name, value in expected.items()}
    ]
    assert {row["file_bytes"] for row in rows if not row["file"]} == {""}
    feed = files["data/feeds/recommendation-2.atom"].decode()
    assert f'href="{SITE}files/learning-plan-2026.pdf"&gt;Learning plan for 2026 (PDF, 21 kB, in English)&lt;' in feed


def test_the_link_check_takes_it_for_an_inside_link(built_sample: Path, sample: Snapshot) -> None:
    carried = carried_links(built_sample, built_sample.parent / "docs")
    plan = make_plan(sample.register, carried)
    assert not [link for link in plan.outside if "learning-plan" in link.url]
    assert not plan.wrong
    assert [link.address for link in carried if "learning-plan" in link.address]


# ── a document can be evidence ─────────────────────────────────────────────────────────────────


def test_a_document_is_evidence_without_a_confirmed_address(content: Project) -> None:
    content.edit(LINKS, "  file: learning-plan-2026.pdf\n", "  note: It is on paper.\n")
    assert [message.partition(": ")[2] for message in check(content)] == [
        "recommendation 2: 'learning-plan-2026' has no confirmed address "
        "(confirm it in data/links.yml: 'url' and 'confirmed')"
    ]


def test_the_samples_document_says_nothing_of_its_maker() -> None:
    assert PdfReader(DOCUMENT).metadata == {"/Title": "Learning plan of Exampleshire for 2026 (fictional)"}
    writer = PdfWriter(clone_from=DOCUMENT)
    assert writer.root_object["/MarkInfo"]["/Marked"].value is True


def test_the_entry_that_contributors_are_told_to_add_is_good(content: Project) -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    section = told[told.index("## Add a document of our own") :]
    entry = section[section.index("```yaml\n") + 8 :].partition("```")[0]
    path = content.folder / LINKS
    path.write_text(path.read_text(encoding="utf-8") + "\n" + entry, encoding="utf-8")
    assert [message.rpartition(" (")[0].partition(": ")[2] for message in check(content)] == [
        "board-minutes-2026-10: 'file' names 'board-minutes-2026-10.pdf', which is not in docs/files/"
    ]
    shutil.copy(DOCUMENT, content.folder / "docs/files/board-minutes-2026-10.pdf")
    assert check(content) == []
