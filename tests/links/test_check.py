"""A run of the check, with a quick program in LinkChecker's place."""

import pytest
from quick_linkchecker import Program, line

from register.links.check import check
from register.links.limits import Limits
from register.links.verdict import Judgement, Target

URL, OTHER = "https://a.test/", "https://b.test/"


def checked(*urls: str, **limits: float) -> tuple[dict[str, Judgement], list[Judgement]]:
    """The verdicts on some addresses, by address and in the order in which they became final."""
    final: list[Judgement] = []
    chosen = Limits(**{"pause": 0.0, "timeout": 10, **limits})
    return check([Target(url) for url in urls], chosen, final.append), final


def test_every_address_gets_its_verdict_and_each_is_announced_once(program: Program) -> None:
    rows = [f"{URL},200 OK,,True,{URL}", f"{OTHER},200 OK,denied by robots.txt,True,{OTHER}"]
    program.writes(*rows, lines=(line(URL, status=404),))
    verdicts, final = checked(URL, OTHER)
    assert {url: judgement.verdict for url, judgement in verdicts.items()} == {URL: "gone", OTHER: "blocked"}
    assert final == list(verdicts.values())


def test_the_verdict_knows_the_phrases_and_the_time_limit(program: Program) -> None:
    program.writes(
        f"{OTHER},200 OK,,True,{OTHER}", f"{URL},ReadTimeout,,False,{URL}", lines=(line(OTHER, expiries=[]),)
    )
    verdicts = check(
        [Target(URL), Target(OTHER, "", ("absent",))], Limits(pause=0.0, timeout=7), lambda judgement: None
    )
    assert verdicts[URL].seen == "no answer within 7 seconds, tried twice"
    assert verdicts[OTHER].seen == "answers, but is not the page: 'absent' stands nowhere on the page"


def test_what_may_pass_is_asked_about_in_another_run(program: Program) -> None:
    program.writes(f"{URL},ReadTimeout,,False,{URL}", f"{OTHER},200 OK,denied by robots.txt,True,{OTHER}")
    verdicts, final = checked(URL, OTHER, pause=0.2)
    assert (verdicts[URL].seen, verdicts[OTHER].seen) == (
        "no answer within 10 seconds, tried twice",
        "its robots.txt asks programs to stay away",
    )
    assert program.given == [[URL, OTHER], [URL]]
    assert final == [verdicts[OTHER], verdicts[URL]]
    first, second = program.moments
    assert second - first >= 0.2


def test_what_linkchecker_cannot_explain_is_fetched_without_it(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("https_proxy", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    program.writes(f"{URL},ConnectionError,,False,{URL}")
    verdicts, _ = checked(URL)
    assert verdicts[URL].seen == "this network's proxy does not answer, so nothing was asked"


def test_a_run_whose_time_is_over_reports_what_it_did_not_reach(program: Program) -> None:
    program.writes(then="time.sleep(3600)")
    verdicts, final = checked(URL, OTHER, whole_run=0.5, timeout=3600)
    assert [judgement.seen for judgement in final] == ["not reached before the whole check had to end"] * 2
    assert len(verdicts) == 2


def test_a_run_without_time_asks_nothing(program: Program) -> None:
    program.writes()
    verdicts, _ = checked(URL, whole_run=0.0)
    assert (verdicts[URL].verdict, program.given) == ("timeout", [])


def test_a_run_without_addresses_ends_at_once(program: Program) -> None:
    assert checked() == ({}, [])
    assert program.given == []
