"""An old address is old, and leads to something that is there."""

from pathlib import Path

import pytest

from projects import Project
from register.checks.redirects import missing_parts
from register.model import Redirect, Register
from register.site import urls
from register.state.snapshot import Snapshot
from registers import TODAY


def check(project: Project, old: str, new: str) -> list[str]:
    """What the check says of the sample with one more redirect, without the place and the line that counts."""
    path = project.folder / "data" / "redirects.yml"
    held = path.read_text()
    path.write_text(f"{held}\n- {{from: {old}, to: {new}, since: 2026-01-31, why: It moved.}}\n")
    line = held.count("\n") + 2
    *problems, _ = project.run_here("check").stderr.splitlines() or [""]
    return [problem.removeprefix(f"data/redirects.yml:{line}: redirect from {old}: ") for problem in problems]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/old/", "/short/"),
        ("/old/", "/about/#help-complete"),
        ("/for/old/", "/for/police/"),
        ("/old.pdf", "/data/links.csv"),
        ("/old.csv", "/data/links.csv"),
        ("/old.pdf", "/about/"),
        ("/old/", "/"),
    ],
)
def test_an_old_address_may_lead_to_any_page_part_or_file(content: Project, old: str, new: str) -> None:
    assert check(content, old, new) == []


@pytest.mark.parametrize(
    ("old", "blocker", "source"),
    [
        ("/sources/", "sources/", "docs/sources.md"),
        ("/for/police/", "for/police/", "the register"),
        ("/data/links.csv", "data/links.csv", "the register"),
        ("/for/taxi-licensing/", "for/taxi-licensing/", "data/register.yml"),
        ("/sitemap.xml", "sitemap.xml", "the site itself"),
        ("/data/links.csv/", "data/links.csv", "the register"),
        ("/data/links.csv/more/", "data/links.csv", "the register"),
    ],
)
def test_an_address_of_today_leads_nowhere_else(content: Project, old: str, blocker: str, source: str) -> None:
    assert check(content, old, "/about/") == [
        f"/{blocker} is an address of today: it comes from {source} "
        "(take this redirect out, or give the other another address)"
    ]


def test_a_file_does_not_take_the_name_of_a_folder(content: Project) -> None:
    (content.folder / "docs" / "v1.2").mkdir()
    (content.folder / "docs" / "v1.2" / "notes.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    said = check(content, "/v1.2", "/about/")
    assert said[0].startswith("/v1.2/notes.png is an address of today: it comes from docs/v1.2/notes.png ")


@pytest.mark.parametrize("new", ["/shrt/", "/shrt/#part"])
def test_an_old_address_does_not_lead_to_nothing(content: Project, new: str) -> None:
    [problem] = check(content, "/old/", new)
    assert problem.startswith(f"'{new}' is no address of this site (did you mean '/short/'? one of: /")


def test_an_old_address_does_not_lead_to_that_of_a_renamed_word(content: Project) -> None:
    [problem] = check(content, "/old/", "/for/taxi-licensing/")
    assert problem.startswith("'/for/taxi-licensing/' is no address of this site (did you mean '/for/licensing/'? ")


def test_a_page_does_not_take_the_place_of_an_old_address(content: Project) -> None:
    page = (content.folder / "docs" / "short.md").read_text()
    page = page.replace("title: ", "title: In brief, ").replace("description: ", "description: In brief, ")
    content.write("docs/for/taxi-licensing.md", page)
    said = content.run_here("check").stderr.splitlines()
    what = "would take the place of /for/taxi-licensing/, which comes from data/register.yml (give it another name)"
    assert f"docs/for/taxi-licensing.md:1: {what}" in said


def leading_to(register: Register, new: str) -> Snapshot:
    typed = {"from": "/old/", "to": new, "since": "2026-01-31", "why": "It moved."}
    return Snapshot(register.model_copy(update={"redirects": [Redirect.model_validate(typed)]}), TODAY)


def test_a_part_that_the_built_page_lacks_is_told(built_sample: Path, sample_register: Register) -> None:
    assert list(missing_parts(built_sample, leading_to(sample_register, f"/{urls.ABOUT_HELP_COMPLETE}"))) == []
    assert list(missing_parts(built_sample, leading_to(sample_register, "/data/links.csv"))) == []
    [problem] = missing_parts(built_sample, leading_to(sample_register, "/about/#nowhere"))
    assert problem.message == "the page /about/ has no part 'nowhere' (name another part, or the page alone)"


@pytest.mark.full_build
def test_a_part_that_is_missing_stops_the_build_at_the_line_of_the_redirect(project: Project) -> None:
    line = project.edit("data/redirects.yml", "to: /short/", "to: /short/#nowhere")
    done = project.run("site")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        f"data/redirects.yml:{line}: redirect from /in-brief/: the page /short/ has no part 'nowhere' "
        "(name another part, or the page alone)",
        "1 problem in 1 file; the site was not changed",
    ]


@pytest.mark.full_build
def test_a_file_that_has_moved_is_still_served_at_its_old_address(project: Project) -> None:
    held = (project.folder / "data" / "redirects.yml").read_text()
    moved = "- {from: /files/old.csv, to: /data/links.csv, since: 2026-01-31, why: It moved.}\n"
    gone = "- {from: /files/old.pdf, to: /sources/, since: 2026-01-31, why: It was taken out.}\n"
    project.write("data/redirects.yml", held + moved + gone)
    assert project.run("site").returncode == 0
    site = project.folder / "site"
    assert (site / "files" / "old.csv").read_bytes() == (site / "data" / "links.csv").read_bytes()
    assert not (site / "files" / "old.pdf").exists()  # only the web host can lead on from there
    assert "/files/old.pdf /sources/ 301" in (site / "_redirects").read_text().splitlines()
