"""Readers see what the last check found, and no link leads them to a page that is gone or has become another's."""

import datetime

import pytest

from projects import Project
from register.links.report import CheckedLink, LinkReport, LinkVerdict, write
from register.model import Archive, Register
from register.site.pages.link import LinkPage
from register.site.render import Renderer
from register.state.snapshot import Snapshot
from registers import TODAY

MOMENT = datetime.datetime(2026, 3, 30, 5, 0, tzinfo=datetime.UTC)


def found(link_id: str, url: str, verdict: LinkVerdict) -> CheckedLink:
    """What the check found at an address."""
    return CheckedLink(url=url, id=link_id, verdict=verdict, detail="seen", final_url=url, found_on=[])


def snapshot(register: Register, verdict: LinkVerdict | None, url: str = "https://www.gov.uk/report") -> Snapshot:
    """The small register, and a report with a verdict on the address of its link ``report``; without report if None."""
    report = LinkReport(checked_at=MOMENT, links=[found("report", url, verdict)]) if verdict else None
    return Snapshot(register, TODAY, report)


def shown(held: Snapshot) -> str:
    """What a page shows for the link ``report``."""
    return str(Renderer().render(LinkPage.of(held, "report"), ""))


LIVE = '<a href="https://www.gov.uk/report" rel="noreferrer" data-link="report">The report</a>'


@pytest.mark.parametrize(
    "verdict",
    [
        None,
        "working",
        "redirected",
        "moved-away",
        "blocked",
        "timeout",
        "server-fault",
        "certificate",
        "no-host",
        "loop",
    ],
)
def test_a_page_that_may_be_there_is_a_link(verdict: LinkVerdict | None, small_register: Register) -> None:
    assert shown(snapshot(small_register, verdict)) == LIVE


def test_a_page_that_is_gone_is_named_with_a_plain_sentence(small_register: Register) -> None:
    text = '<bdi data-link="report">The report</bdi> (the page is gone, so it is not linked here)'
    assert shown(snapshot(small_register, "gone")) == text


def test_a_page_that_has_become_anothers_is_named_with_a_plain_sentence(small_register: Register) -> None:
    text = '<bdi data-link="report">The report</bdi> (its address shows something else now, so it is not linked here)'
    assert shown(snapshot(small_register, "impostor")) == text


COPY = '<a href="https://a.test/copy" rel="noreferrer">a copy of <time datetime="2024-01-06">6 January 2024</time></a>'


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (
            "gone",
            f'<bdi data-link="report">The report</bdi> (the page is gone, so it is not linked here; there is {COPY})',
        ),
        (
            "impostor",
            '<bdi data-link="report">The report</bdi> '
            f"(its address shows something else now, so it is not linked here; there is {COPY})",
        ),
        ("no-host", f"{LIVE} (its site was not found when it was last checked; there is {COPY})"),
        ("timeout", LIVE),
        ("working", LIVE),
    ],
)
def test_readers_get_the_kept_copy_when_the_page_or_its_whole_site_is_gone(
    verdict: LinkVerdict, words: str, small_register: Register
) -> None:
    archive = Archive.model_validate({"url": "https://a.test/copy", "taken": "2024-01-06"})
    kept = small_register.links[0].model_copy(update={"archive": archive})
    register = small_register.model_copy(update={"links": [kept, *small_register.links[1:]]})
    assert shown(snapshot(register, verdict)) == words


def test_a_finding_about_an_older_address_says_nothing_of_the_new_one(small_register: Register) -> None:
    assert shown(snapshot(small_register, "gone", "https://www.gov.uk/older")) == LIVE


@pytest.mark.parametrize(
    ("verdict", "words"),
    [
        (None, "not checked in this build"),
        ("working", "30 March 2026: works"),
        ("gone", "30 March 2026: the page is gone, so it is not linked here"),
        ("blocked", "30 March 2026: could not be checked by a program"),
    ],
)
def test_the_list_of_sources_says_when_and_what_was_found(
    verdict: LinkVerdict | None, words: str, small_register: Register
) -> None:
    assert snapshot(small_register, verdict).links["report"].last_check == words


@pytest.mark.full_build
def test_no_page_of_the_built_site_links_a_withdrawn_address_and_its_copy_is_linked_instead(project: Project) -> None:
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


def test_a_file_that_is_no_report_stops_the_build_with_its_name(project: Project) -> None:
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
def test_an_outside_address_typed_into_a_page_fails_the_check_with_its_line_and_repair(
    content: Project, typed: str
) -> None:
    path = content.folder / "docs" / "about.md"
    path.write_text(path.read_text() + f"\n{typed}\n")
    line = path.read_text().count("\n")
    checked = content.run_here("check")
    assert checked.returncode == 1
    assert f"docs/about.md:{line}: a web address is typed by hand: '" in checked.stderr
    assert "cite it from data/links.yml: {{ link(" in checked.stderr


def test_an_outside_address_typed_into_a_record_fails_the_check_with_its_line_and_repair(
    content: Project,
) -> None:
    line = content.edit(
        "data/links.yml", "note: The inquiry has ended.", "note: See www.iitcse.com. The inquiry has ended."
    )
    checked = content.run_here("check")
    assert checked.returncode == 1
    assert f"data/links.yml:{line}: inquiry-report: 'note' holds a web address: 'www.iitcse.com.'" in checked.stderr
    assert "(say in words which page it is; an address belongs in data/links.yml)" in checked.stderr
