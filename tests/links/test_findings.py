"""What a verdict on an address means for a link: candidates, excuses, what fails and what stops a change."""

import datetime

import pytest

from register.checks.typed_places import Place
from register.dates import PartialDate
from register.links.findings import LinkFinding, outside_finding, wrong_link_finding
from register.links.plan import PlannedLink, Role, WrongLink
from register.links.report import GOOD, VERDICTS, CheckedLink, LinkVerdict
from register.links.verdict import Judgement
from register.model import Check, Excuse, Expectation, Link
from register.problems import Problem

TODAY = datetime.date(2026, 3, 31)
URL = "https://a.test/page"
PLACE = Place("data/links.yml", 12)
WORKING = Judgement("working", "shows 'Report (2024)'", "", URL)
REDIRECTED = Judgement(
    "redirected", "leads to https://a.test/new of the same owner", "put that address in", "https://a.test/new"
)
BLOCKED = Judgement("blocked", "the server says 403 to this program", "look", URL)
GONE = Judgement("gone", "the server says 404", "find it", URL)


def entry(**fields: object) -> Link:
    """An entry of data/links.yml."""
    return Link(id="page", name="Page", owner="Owner", **fields)


def planned(role: Role = "url", held: Link | None = None, **fields: object) -> PlannedLink:
    """A link to check."""
    return PlannedLink(URL, role, PLACE, held, **fields)


def excused(verdict: str, on: str, days: int = 30) -> Link:
    """An entry with an excuse."""
    checked = Check(by="The editor", on=PartialDate(on))
    return entry(excuse=Excuse(verdict=verdict, reason="Why.", checked=checked, days=days))


# ── an ordinary link ───────────────────────────────────────────────────────────────────────────


def test_an_address_of_data_links_gets_the_verdict_on_it_under_its_id() -> None:
    link = planned(held=entry(), found_on=["b/", "a/"])
    found = outside_finding(link, GONE, TODAY)
    assert found == LinkFinding(link, "gone", "the server says 404", "find it", "", URL, "gone")
    assert found.checked == CheckedLink(
        url=URL, id="page", verdict="gone", detail="the server says 404 (find it)", final_url=URL, found_on=["a/", "b/"]
    )


def test_a_link_typed_by_hand_has_no_id() -> None:
    assert outside_finding(planned("typed"), GONE, TODAY).checked.id is None


def test_a_kept_copy_has_no_id_because_the_id_stands_for_the_page_itself() -> None:
    found = outside_finding(planned("archive", entry()), GONE, TODAY)
    assert (found.verdict, found.checked.id, found.checked.candidate) == ("gone", None, False)


def test_what_was_seen_stands_alone_where_nothing_needs_doing() -> None:
    assert outside_finding(planned(held=entry()), Judgement("working", "seen"), TODAY).detail == "seen"
    assert LinkFinding(planned(), "working", "seen").detail == "seen"
    assert outside_finding(planned(held=entry()), WORKING, TODAY).detail == "shows 'Report (2024)'"


# ── excuses ────────────────────────────────────────────────────────────────────────────────────


def test_an_excuse_counts_to_its_last_day() -> None:
    found = outside_finding(planned(held=excused("blocked", "2026-03-01")), BLOCKED, TODAY)
    note = "The editor looked on 1 March 2026: quiet until 31 March 2026"
    assert (found.excused, found.fails, found.note) == (True, False, note)
    assert found.detail == f"the server says 403 to this program (look); {note}"


def test_an_excuse_that_has_run_out_says_so() -> None:
    found = outside_finding(planned(held=excused("blocked", "2026-02-28")), BLOCKED, TODAY)
    note = "The editor looked on 28 February 2026, which counted until 30 March 2026: look again and write the new date"
    assert (found.excused, found.fails, found.note) == (False, True, note)


def test_a_vague_date_counts_from_its_first_day() -> None:
    found = outside_finding(planned(held=excused("blocked", "2026-03", 29)), BLOCKED, TODAY)
    assert (
        found.note
        == "The editor looked on March 2026, which counted until 30 March 2026: look again and write the new date"
    )


def test_an_excuse_for_another_verdict_does_not_count() -> None:
    found = outside_finding(planned(held=excused("timeout", "2026-03-30")), BLOCKED, TODAY)
    assert (found.excused, found.note, found.fails) == (False, "", True)


def test_an_excuse_is_about_the_page_and_not_about_its_kept_copy() -> None:
    found = outside_finding(planned("archive", excused("blocked", "2026-03-30")), BLOCKED, TODAY)
    assert (found.excused, found.note) == (False, "")


# ── candidates ─────────────────────────────────────────────────────────────────────────────────

KNOWN = entry(candidate=URL, expect=Expectation(phrases=["Report (2024)"]))


def test_a_candidate_that_shows_its_words_says_which_line_to_change() -> None:
    link = planned("candidate", KNOWN)
    found = outside_finding(link, WORKING, TODAY)
    to_do = (
        "open it, read it; if it is the page: data/links.yml:12: 'candidate: https://a.test/page' becomes "
        "'url: https://a.test/page', with 'confirmed' under it"
    )
    assert found == LinkFinding(
        link, "unconfirmed", "passes the check, shows 'Report (2024)'", to_do, "", URL, "working", ready_to_confirm=True
    )
    assert found.detail == f"passes the check, shows 'Report (2024)' ({to_do})"
    assert found.checked.candidate
    assert found.checked.id == "page"


def test_a_candidate_keeps_the_address_that_was_typed_where_the_server_only_writes_it_differently() -> None:
    final_url = "https://A.test/page#part"
    found = outside_finding(planned("candidate", KNOWN), Judgement("working", "shows", "", final_url), TODAY)
    assert "becomes 'url: https://a.test/page', with" in found.to_do
    assert found.final_url == final_url


def test_a_candidate_that_leads_on_says_which_address_to_put_in() -> None:
    found = outside_finding(planned("candidate", KNOWN), REDIRECTED, TODAY)
    assert found.seen == "passes the check, leads to https://a.test/new of the same owner"
    assert found.to_do == (
        "open it, read it; if it is the page: data/links.yml:12: 'candidate: https://a.test/page' becomes "
        "'url: https://a.test/new', with 'confirmed' under it"
    )
    assert found.ready_to_confirm


def test_a_candidate_that_answers_without_words_to_know_it_by_needs_words() -> None:
    link = planned("candidate", entry(candidate=URL))
    for judgement in (WORKING, REDIRECTED):
        found = outside_finding(link, judgement, TODAY)
        assert (found.verdict, found.seen, found.ready_to_confirm) == (
            "unconfirmed",
            "it answers, but nothing says what it must show",
            False,
        )
        assert found.to_do == "give words under 'expect' of page, near data/links.yml:12"
        assert not found.is_actionable


@pytest.mark.parametrize("phrases", [[], ["Report"]])
def test_a_candidate_that_fails_says_why(phrases: list[str]) -> None:
    link = planned("candidate", entry(candidate=URL, expect=Expectation(phrases=phrases)))
    found = outside_finding(link, GONE, TODAY)
    assert found == LinkFinding(link, "unconfirmed", "gone: the server says 404", "find it", "", URL, "gone")
    assert not found.fails
    assert not found.is_actionable


def test_a_candidate_is_never_excused() -> None:
    found = outside_finding(planned("candidate", excused("blocked", "2026-03-30")), BLOCKED, TODAY)
    assert (found.verdict, found.excused, found.note) == ("unconfirmed", False, "")


# ── what needs no request ──────────────────────────────────────────────────────────────────────


def wrong(role: Role, kind: str) -> WrongLink:
    """A placeholder or an inside link that leads nowhere."""
    problem = Problem("docs/a.md", 3, "", "<a href> '#' is wrong", "correct it", kind)
    return WrongLink("#", role, Place("docs/a.md", 3), must_work=True, problem=problem)


@pytest.mark.parametrize(
    ("role", "kind", "verdict"), [("placeholder", "placeholder", "placeholder"), ("inside", "inside-link", "gone")]
)
def test_a_placeholder_and_an_inside_link_that_leads_nowhere_fail(role: Role, kind: str, verdict: LinkVerdict) -> None:
    link = wrong(role, kind)
    found = wrong_link_finding(link)
    assert found == LinkFinding(link, verdict, "<a href> '#' is wrong", "correct it")
    assert found.detail == "<a href> '#' is wrong (correct it)"
    assert (found.checked.id, found.checked.final_url, found.address_verdict) == (None, None, None)


# ── what fails, what could be better, what stops a change ──────────────────────────────────────


@pytest.mark.parametrize("verdict", VERDICTS)
def test_every_verdict_but_the_good_ones_fails_unless_it_is_excused(verdict: LinkVerdict) -> None:
    found = LinkFinding(planned(), verdict, "seen")
    assert found.fails == (verdict not in GOOD)
    assert not LinkFinding(planned(), verdict, "seen", excused=True).fails


def test_what_fails_leads_on_or_is_ready_to_be_confirmed_needs_an_editor() -> None:
    assert LinkFinding(planned(), "gone", "seen").is_actionable
    assert LinkFinding(planned(), "redirected", "seen").is_actionable
    assert LinkFinding(planned(), "unconfirmed", "seen", ready_to_confirm=True).is_actionable
    assert not LinkFinding(planned(), "unconfirmed", "seen").is_actionable
    assert not LinkFinding(planned(), "working", "seen").is_actionable
    assert not LinkFinding(planned(), "blocked", "seen", excused=True).is_actionable


def test_each_gate_is_stopped_by_the_links_that_it_names() -> None:
    needed, other = planned(must_work=True), planned()
    assert LinkFinding(other, "gone", "seen").stops("all")
    assert not LinkFinding(other, "gone", "seen").stops("must-work")
    assert LinkFinding(needed, "gone", "seen").stops("must-work")
    for gate in ("all", "must-work"):
        assert not LinkFinding(needed, "redirected", "seen").stops(gate)
        assert not LinkFinding(needed, "blocked", "seen", excused=True).stops(gate)


def test_that_an_excuse_has_run_out_fails_weekly_but_stops_no_change() -> None:
    """Time alone never stops a correction; another finding than the excused one still does."""
    run_out = excused("blocked", "2026-02-28").model_copy(update={"must_work": True})
    found = outside_finding(planned(held=run_out, must_work=True), BLOCKED, TODAY)
    assert (found.fails, found.stops("all"), found.stops("must-work")) == (True, True, False)
    other = outside_finding(planned(held=excused("timeout", "2026-02-28"), must_work=True), BLOCKED, TODAY)
    assert other.stops("must-work")
