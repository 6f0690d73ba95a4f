"""Readers see what the last check found, and are never led to a page that is gone or another's."""

import datetime
from pathlib import Path

import pytest

from projects import Project
from register.links.report import CheckedLink, LinkReport, write
from register.load.loader import load
from register.site.macros import View
from register.site.render import Renderer
from register.state.snapshot import Snapshot, link, sources

SMALL = Path(__file__).resolve().parents[1] / "small" / "data"
TODAY = datetime.date(2026, 3, 31)
MOMENT = datetime.datetime(2026, 3, 30, 5, 0, tzinfo=datetime.UTC)


def found(link_id: str, url: str, verdict: str, *pages: str) -> CheckedLink:
    """A finding."""
    return CheckedLink(url=url, id=link_id, verdict=verdict, detail="seen", final_url=url, found_on=list(pages))


def shown(verdict: str | None, link_id: str = "report", url: str = "https://www.gov.uk/report") -> str:
    """What a page shows for a link with that verdict."""
    report = LinkReport(checked_at=MOMENT, links=[found(link_id, url, verdict)]) if verdict else None
    snapshot = Snapshot(load(SMALL, TODAY), TODAY, report)
    return str(Renderer().render(View("link", link(snapshot, link_id)), ""))


LIVE = '<a href="https://www.gov.uk/report" rel="noreferrer" data-link="report">The report</a>'


@pytest.mark.parametrize(
    "verdict", [None, "working", "redirected", "blocked", "timeout", "server-fault", "certificate", "no-host"]
)
def test_a_page_that_may_be_there_is_a_link(verdict):
    assert shown(verdict) == LIVE


def test_a_page_that_is_gone_is_named_with_a_plain_sentence():
    assert shown("gone") == '<bdi data-link="report">The report</bdi> (the page is gone, so it is not linked here)'


def test_a_page_that_is_anothers_is_named_with_a_plain_sentence():
    text = '<bdi data-link="report">The report</bdi> (its address shows something else now, so it is not linked here)'
    assert shown("impostor") == text


def test_a_finding_about_an_older_address_says_nothing_of_the_new_one():
    assert shown("gone", url="https://www.gov.uk/older") == LIVE


def test_the_list_of_sources_says_when_it_was_not_checked():
    assert _last_check(None) == "not checked in this build"


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        ("working", "works"),
        ("gone", "the page is gone, so it is not linked here"),
        ("blocked", "could not be checked by a program"),
    ],
)
def test_the_list_of_sources_says_when_and_what_was_found(verdict, words):
    assert _last_check(verdict) == f"30 March 2026: {words}"


def _last_check(verdict: str | None) -> str:
    report = (
        LinkReport(checked_at=MOMENT, links=[found("report", "https://www.gov.uk/report", verdict)])
        if verdict
        else None
    )
    offered = sources(Snapshot(load(SMALL, TODAY), TODAY, report))["links"]
    return next(one.last_check for one in offered if one.id == "report")


def test_nowhere_on_the_built_site_is_a_withdrawn_address_a_link_and_its_copy_stands_instead(project: Project):
    gone = "https://www.sampleton-inquiry.test/report?volume=1&part=2"
    links = [
        found("inquiry-report", gone, "gone"),
        found("safe-together", "https://www.exampleshire.test/safe-together", "impostor"),
    ]
    write(LinkReport(checked_at=MOMENT, links=links), project.folder / "link-report.json")
    built = project.run("site")
    assert built.returncode == 0, built.stderr
    pages = "".join(path.read_text() for path in (project.folder / "site").rglob("*.html"))
    assert 'href="https://www.sampleton-inquiry.test/report?' not in pages
    assert 'href="https://www.exampleshire.test/safe-together"' not in pages
    assert (
        '<a href="https://archive.exampleshire.test/2023/sampleton-inquiry-report" rel="noreferrer">a copy of' in pages
    )
    assert "its address shows something else now, so it is not linked here" in pages


def test_a_report_that_is_none_stops_the_build_with_its_name(project: Project):
    project.write("link-report.json", '{"links": 3}')
    built = project.run("site")
    assert built.returncode == 1
    assert built.stderr == (
        "link-report.json:1: this is not a report of the link check (take it out, or run 'make links' again)\n"
        "1 problem in 1 file; the site was not changed\n"
    )


@pytest.mark.parametrize(
    "typed",
    [
        "[x](https://www.iitcse.com)",
        "<https://iitcse.com>",
        "see www.iitcse.com",
        '<a href="https://iitcse.com">x</a>',
        "[x](//iitcse.com/page)",
        '<a href="//iitcse.com">x</a>',
        "[x](HTTP://iitcse.com)",
        "[x]: https://iitcse.com",
        '<a href="&#104;ttps://iitcse.com">x</a>',
    ],
)
def test_an_outside_address_typed_into_a_page_fails_the_check_with_its_line_and_repair(project: Project, typed):
    path = project.folder / "docs" / "about.md"
    path.write_text(path.read_text() + f"\n{typed}\n")
    line = path.read_text().count("\n")
    checked = project.run("check")
    assert checked.returncode == 1
    assert f"docs/about.md:{line}: a web address is typed by hand: '" in checked.stderr
    assert "cite it from data/links.yml: {{ link(" in checked.stderr


def test_an_outside_address_typed_into_a_record_fails_the_check_with_its_line_and_repair(project: Project):
    line = project.edit(
        "data/links.yml", "note: The inquiry has ended.", "note: See www.iitcse.com. The inquiry has ended."
    )
    checked = project.run("check")
    assert checked.returncode == 1
    assert f"data/links.yml:{line}: inquiry-report: 'note' holds a web address: 'www.iitcse.com.'" in checked.stderr
    assert "put it in data/links.yml and name its id here" in checked.stderr
