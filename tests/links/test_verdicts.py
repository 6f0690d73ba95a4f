"""The real LinkChecker meets every kind of answer: each gets its own verdict, in words that say what to do."""

import json
import os

import pytest
from cases import CASES, Case


@pytest.mark.parametrize("case", CASES, ids=[case.says for case in CASES])
def test_each_answer_is_told_apart(case: Case, all_cases):
    found = all_cases.told.of(case.url)
    detail = case.detail.replace("LINE", str(all_cases.lines[case.id]))
    final = case.url if case.final == "" else case.final
    if case.url == "https://www.iitcse.com":
        final = found.final_url.removesuffix("/")
    assert (found.verdict, found.detail, found.id) == (case.verdict, detail, case.id)
    assert (found.final_url or "").removesuffix("/") == (final or "").removesuffix("/")
    assert found.candidate == (case.key == "candidate")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be another user")
def test_an_ordinary_user_gets_the_same_verdicts_as_root(everyone):
    root, user = (
        [(found.url, found.verdict, found.detail) for found in everyone[who].told.report.links]
        for who in ("self", "nobody")
    )
    assert root == user


def test_retry_after_is_waited_for(all_cases):
    first, second = all_cases.moments[("retry.test", "/429")]
    assert second - first >= 1.0


def test_what_is_certain_is_asked_once(all_cases):
    calls = all_cases.calls
    assert calls[("www.worcestershire.gov.uk", "/gone")] == 1
    assert calls[("www.worcestershire.gov.uk", "/getsafe")] == 1
    assert calls[("robots.test", "/page")] == 0
    assert calls[("busier.test", "/")] == 1


def test_only_get_is_used(all_cases):
    assert set(all_cases.methods) == {"GET"}


def test_a_link_typed_by_hand_is_checked_too(all_cases):
    found = all_cases.told.of("https://typed.test/page#part")
    assert (found.id, found.verdict, found.found_on) == (None, "gone", ["typed/"])
    assert all_cases.told.of("//typed.test/other").verdict == "gone"


def test_a_link_that_leads_to_a_login_by_its_nature_is_not_asked_and_that_is_said(all_cases):
    assert all_cases.calls[("edit.test", "/x")] == 0
    assert "1 links to suggest a change not checked: they lead to a login." in all_cases.told.out


@pytest.mark.parametrize("address", ["#", "", "javascript:void(0)", "https://www.example.org/"])
def test_a_placeholder_is_a_fault_of_its_own(address: str, all_cases):
    found = all_cases.told.of(address)
    assert (found.verdict, found.id, found.final_url, found.found_on) == ("placeholder", None, None, ["typed/"])
    assert found.detail == f"<a href> '{address}' is a placeholder (put the real address in)"


def test_an_inside_link_that_leads_nowhere_is_gone(all_cases):
    found = all_cases.told.of("../nowhere/")
    assert (found.verdict, found.detail) == ("gone", "<a href> '../nowhere/' leads nowhere in this site (correct it)")


def test_a_failing_link_names_the_pages_that_carry_it(all_cases):
    assert all_cases.told.of("https://www.worcestershire.gov.uk/gone").found_on == ["help/"]


def test_the_report_is_stable(all_cases):
    report = json.loads(all_cases.files["link-report.json"])
    assert list(report) == ["checked_at", "links"]
    assert report["checked_at"].endswith("Z")
    urls = [link["url"] for link in report["links"]]
    assert urls == sorted(urls)
    for link in report["links"]:
        assert list(link)[:6] == ["url", "id", "verdict", "detail", "final_url", "found_on"]
        assert list(link)[6:] in ([], ["candidate"])


def test_failing_links_give_exit_status_1(all_cases):
    assert all_cases.told.status == 1, all_cases.told.err


def test_nothing_is_left_to_see_of_the_machinery(all_cases):
    assert "Traceback" not in all_cases.told.out + all_cases.told.err
