"""The real LinkChecker and every kind of answer: each gets its own verdict, with a message that says what to do."""

import json
import os

import pytest
from cases import CASES, Case
from conftest import CasesRun


@pytest.mark.parametrize("case", CASES, ids=[case.says for case in CASES])
def test_each_kind_of_answer_gets_its_verdict_and_message(case: Case, quick: CasesRun, slow: CasesRun) -> None:
    cases_run = slow if case.slow else quick
    found = cases_run.run.of(case.url)
    detail = case.detail.replace("LINE", str(cases_run.lines[case.id]))
    assert (found.verdict, found.detail, found.id) == (case.verdict, detail, case.id)
    final_url = case.url if case.final == "" else case.final
    # An empty path and "/" are the same address (RFC 3986, 6.2.3); LinkChecker writes the second.
    assert (found.final_url or "").removesuffix("/") == (final_url or "").removesuffix("/")
    assert found.candidate == (case.key == "candidate")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_an_ordinary_user_gets_the_same_verdicts_as_root(case_runs: dict[str, CasesRun]) -> None:
    verdicts = {
        user: [(found.url, found.verdict, found.detail) for found in case_runs[user].run.report.links]
        for user in ("quick", "nobody")
    }
    assert verdicts["quick"] == verdicts["nobody"]


def test_retry_after_is_waited_for(quick: CasesRun) -> None:
    first, second = quick.moments[("retry.test", "/429")]
    assert second - first >= 1.0


def test_an_answer_that_cannot_change_is_asked_for_once(quick: CasesRun) -> None:
    addresses = [
        ("www.worcestershire.gov.uk", "/gone"),
        ("www.worcestershire.gov.uk", "/getsafe"),
        ("busier.test", "/"),
    ]
    assert [quick.calls[address] for address in addresses] == [1, 1, 1]


def test_a_passing_error_is_asked_about_three_times(quick: CasesRun) -> None:
    addresses = [("retry.test", "/503"), ("faulty.test", "/"), ("busy.test", "/")]
    assert [quick.calls[address] for address in addresses] == [3, 3, 3]


def test_a_page_that_never_comes_is_asked_for_twice(slow: CasesRun) -> None:
    assert slow.calls[("silentpage.test", "/")] == 2


def test_a_page_that_robots_txt_forbids_is_not_asked_for(quick: CasesRun) -> None:
    assert (quick.calls[("robots.test", "/robots.txt")], quick.calls[("robots.test", "/page")]) == (1, 0)


def test_only_get_is_used(quick: CasesRun, slow: CasesRun) -> None:
    assert set(quick.methods) == set(slow.methods) == {"GET"}


def test_a_link_typed_by_hand_is_checked_too(quick: CasesRun) -> None:
    found = quick.run.of("https://typed.test/page#part")
    assert (found.id, found.verdict, found.found_on) == (None, "gone", ["typed/"])
    assert quick.run.of("//typed.test/other").verdict == "gone"


def test_a_link_that_leads_to_a_login_by_its_nature_is_not_asked_and_the_notes_say_so(quick: CasesRun) -> None:
    assert quick.calls[("edit.test", "/x")] == 0
    assert "\n1 link to suggest a change not checked: it leads to a login.\n" in quick.run.out


@pytest.mark.parametrize("address", ["#", "", "javascript:void(0)", "https://www.example.org/"])
def test_a_placeholder_has_a_verdict_of_its_own(address: str, quick: CasesRun) -> None:
    found = quick.run.of(address)
    assert (found.verdict, found.id, found.final_url, found.found_on) == ("placeholder", None, None, ["typed/"])
    assert found.detail == f"<a href> '{address}' is a placeholder (put the real address in)"


def test_an_inside_link_that_leads_nowhere_is_gone(quick: CasesRun) -> None:
    found = quick.run.of("../nowhere/")
    assert (found.verdict, found.detail) == ("gone", "<a href> '../nowhere/' leads nowhere in this site (correct it)")


def test_a_failing_link_names_the_pages_that_carry_it(quick: CasesRun) -> None:
    assert quick.run.of("https://www.worcestershire.gov.uk/gone").found_on == ["help/"]


def test_the_report_is_in_order(quick: CasesRun) -> None:
    report = json.loads(quick.files["link-report.json"])
    assert list(report) == ["checked_at", "links"]
    assert report["checked_at"].endswith("Z")
    urls = [link["url"] for link in report["links"]]
    assert len(urls) > len([case for case in CASES if not case.slow])
    assert urls == sorted(urls)
    for link in report["links"]:
        assert list(link)[:6] == ["url", "id", "verdict", "detail", "final_url", "found_on"]
        assert list(link)[6:] == (["candidate"] if link["verdict"] == "unconfirmed" else [])


def test_failing_links_give_exit_status_1(quick: CasesRun, slow: CasesRun) -> None:
    assert (quick.run.status, slow.run.status) == (1, 1)


def test_no_error_of_the_program_itself_is_shown(quick: CasesRun, slow: CasesRun) -> None:
    for run in (quick.run, slow.run):
        assert "Traceback" not in run.out + run.err
