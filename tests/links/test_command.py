"""``python -m register links``: what comes out, for people and for machines, and what it exits with."""

import io
import json
import re
from xml.etree import ElementTree

import pytest
from cases import LOOK
from standin import Reply, page

from register.links import report as link_report
from register.links.reporters import Progress

QUICK = ("--timeout", "2", "--pause", "0.1")
GOOD_LINE = (
    "- id: {id}\n  name: A page\n  owner: Someone\n  url: {url}\n  confirmed: {{by: Register editor, on: 2024-01-05}}\n"
)


def test_all_well_exits_0_and_says_so_in_a_line(place, world):
    told = place.run(*QUICK, COLUMNS="200", **world.environment)
    assert (told.status, told.err.splitlines()[-1]) == (0, "5 of 5 addresses checked, 0 to look at")
    assert told.out == (
        "· unconfirmed   plan  https://www.gov.uk/plan\n"
        "                it answers, but nothing says what it must show (give words under 'expect' of plan, near "
        f"data/links.yml:{place.line_of('candidate: https://www.gov.uk/plan')})\n"
        "\n"
        "5 links: 4 working, 1 unconfirmed.\n"
        "2 inside links looked at.\n"
        "5 outside links have no words under 'expect' to know their page by.\n"
    )


def test_offline_asks_nobody_and_says_what_it_did_not_check(place, world):
    told = place.run("--offline", **world.environment)
    assert (told.status, told.err) == (0, "")
    assert told.out == ("0 links: none.\n2 inside links looked at.\nOffline: 5 outside addresses were not checked.\n")
    assert not world.calls
    assert not (place.folder / "link-report.json").exists()


@pytest.mark.parametrize("address", ["#", "javascript:void(0)", "https://example.com/x", "nowhere/"])
def test_offline_still_finds_placeholders_and_broken_inside_links(address, place):
    place.add_page("wrong", f'<a href="{address}">x</a>')
    told = place.run("--offline", "--gate", "must-work")
    assert told.status == 1
    assert f"<a href> '{address}'" in told.out


def test_without_a_built_site_it_says_what_to_do(place):
    (place.folder / "site" / "index.html").unlink()
    told = place.run()
    assert (told.status, told.err) == (1, "there is no built site in site/ (run 'make site' first)\n")


def test_a_wrong_register_is_told_like_everywhere_else(place):
    place.add_links("- id: x\n  name: X\n  owner: X\n  url: https://x.test/\n")
    told = place.run()
    assert told.status == 1
    line = place.line_of("url: https://x.test/")
    assert f"data/links.yml:{line}: x: nobody has confirmed this address" in told.err


def test_the_gate_must_work_lets_other_pages_fail(place, world):
    place.add_links(GOOD_LINE.format(id="other", url="https://other.test/gone"))
    assert place.run(*QUICK, "--gate", "must-work", **world.environment).status == 0
    assert place.run(*QUICK, **world.environment).status == 1


def test_the_gate_must_work_stops_at_a_link_that_must_work(place, world):
    place.add_links(GOOD_LINE.format(id="needed", url="https://needed.test/gone") + "  must_work: true\n")
    told = place.run(*QUICK, "--gate", "must-work", GITHUB_ACTIONS="true", **world.environment)
    assert told.status == 1
    line = place.line_of("url: https://needed.test/gone")
    assert f"::error file=data/links.yml,line={line},title=gone%3A needed::the server says 404" in told.out


def test_the_gate_must_work_stops_at_a_page_of_help(place, world):
    place.add_links(GOOD_LINE.format(id="helping", url="https://helping.test/gone"))
    contacts = place.folder / "data" / "contacts.yml"
    contacts.write_text(
        contacts.read_text()
        + (
            "- id: more\n  name: More help\n  for_whom: Anyone.\n  hours: Any time\n  use: ok\n"
            "  link: helping\n  unconfirmed: Made up.\n"
        )
    )
    assert place.run(*QUICK, "--gate", "must-work", **world.environment).status == 1


def test_a_link_that_must_work_may_still_be_a_candidate(place, world):
    place.add_links("- id: guess\n  name: G\n  owner: O\n  candidate: https://guess.test/\n  must_work: true\n")
    assert place.run(*QUICK, **world.environment).status == 0


def test_an_archived_copy_is_checked_too(place, world):
    archive = "  archive: {url: https://archive.test/copy, taken: 2024-01-05}\n"
    place.add_links(GOOD_LINE.format(id="kept", url="https://www.gov.uk/kept") + archive)
    told = place.run(*QUICK, **world.environment)
    assert (told.status, told.of("https://archive.test/copy").verdict) == (1, "gone")
    assert "✗ gone          kept (archived copy)  https://archive.test/copy" in told.out


def test_one_address_in_several_guises_is_asked_once(place, world):
    world.answer("once.test/page", Reply(page("Once", "words")))
    place.add_links(GOOD_LINE.format(id="once", url="https://once.test/page"))
    place.add_page("help", '<a href="https://once.test/page#a">a</a> <a href="https://once.test/page#b">b</a>')
    told = place.run(*QUICK, **world.environment)
    assert told.of("https://once.test/page").found_on == ["help/"]
    assert world.calls[("once.test", "/page")] == 1


def test_a_page_that_only_names_a_link_is_named_in_the_report(place, world):
    place.add_page("sources", '<bdi data-link="plan">The plan</bdi>')
    told = place.run(*QUICK, **world.environment)
    assert told.of("https://www.gov.uk/plan").found_on == ["sources/"]


def test_no_proxy_and_a_machine_without_proxy_are_heeded(place, world):
    port = world.proxy.rsplit(":", 1)[1]
    world.answer("http:127.0.0.1/direct", Reply(page("Direct", "words")))
    place.add_links(GOOD_LINE.format(id="direct", url=f"http://127.0.0.1:{port}/direct"))
    environment = {**world.environment, "no_proxy": "127.0.0.1"}
    assert place.run(*QUICK, **environment).of(f"http://127.0.0.1:{port}/direct").verdict == "working"


def test_a_dead_proxy_is_not_held_against_the_pages(place, world):
    environment = {**world.environment, "https_proxy": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"}
    found = place.run(*QUICK, **environment).of("https://www.gov.uk/report")
    assert (found.verdict, found.detail) == (
        "blocked",
        "this network's proxy does not answer, so nothing was asked (mend https_proxy, run it again)",
    )


def test_ssl_cert_file_alone_is_enough(place, world):
    environment = {**world.environment, "SSL_CERT_FILE": str(world.authorities)}
    environment |= {"REQUESTS_CA_BUNDLE": "", "CURL_CA_BUNDLE": ""}
    assert place.run(*QUICK, **environment).of("https://www.gov.uk/report").verdict == "working"


def test_authorities_that_cannot_be_read_are_named(place, world):
    told = place.run(*QUICK, **{**world.environment, "REQUESTS_CA_BUNDLE": "/nowhere.pem"})
    assert told.status == 1
    assert "the certificate authorities in '/nowhere.pem' cannot be read (No such file or directory)" in told.err


# ── what machines get ──────────────────────────────────────────────────────────────────────────


def test_annotations_point_to_the_line(all_cases):
    lines = [line for line in all_cases.told.out.splitlines() if line.startswith("::")]
    line = all_cases.lines["404-is-gone"]
    assert (
        f"::error file=data/links.yml,line={line},title=gone%3A 404-is-gone::the server says 404, there is no such page "
        "(find its new address, or take it out)"
    ) in lines
    placeholder = "::error file=site/typed/index.html,line=1,title=placeholder%3A #::<a href> '#' is a placeholder (put the real address in)"
    assert placeholder in lines
    passing = all_cases.lines["a-candidate-that-passes-says-which-line-to-change"]
    assert any(text.startswith(f"::notice file=data/links.yml,line={passing},") for text in lines)


def test_junit_counts_failing_and_quiet_links(all_cases):
    suite = ElementTree.fromstring(all_cases.files["j.xml"].encode())
    cases = {case.get("name"): case for case in suite}
    assert int(suite.get("tests")) == len(cases) + 0
    assert int(suite.get("failures")) == sum(case.find("failure") is not None for case in cases.values())
    gone = cases["404-is-gone"].find("failure")
    assert gone.get("message") == "gone"
    assert gone.text.startswith("https://www.worcestershire.gov.uk/gone\nthe server says 404")
    assert cases["a-human-confirmation-keeps-a-finding-quiet"].find("skipped") is not None


def test_the_summary_is_markdown_and_the_step_gets_the_same(all_cases):
    summary = all_cases.files["s.md"]
    assert summary == all_cases.files["step.md"]
    assert "### To mend" in summary
    assert (
        "| `404-is-gone` | `gone` | `the server says 404, there is no such page (find its new address, or take it out)` | `help/` |"
        in summary
    )
    assert f"`the server says 403 to this program {LOOK}`" in summary


def test_words_from_far_away_cannot_break_out_of_the_summary(all_cases):
    for row in all_cases.files["s.md"].splitlines():
        if row.startswith("| `"):
            assert re.fullmatch(r"(\| (`[^`|]*`)? ?){4}\|", row), row


def test_the_report_fits_its_published_schema(all_cases):
    schema = link_report.schema()
    assert set(schema["properties"]) == {"checked_at", "links"}
    link = schema["$defs"]["CheckedLink"]
    assert link["properties"]["verdict"]["enum"] == list(link_report.VERDICTS)
    assert set(json.loads(all_cases.files["link-report.json"])["links"][0]) <= set(link["properties"])
    assert link["required"] == ["url", "id", "verdict", "detail", "final_url", "found_on"]


def test_progress_is_one_changing_line_on_a_terminal_and_plain_lines_elsewhere():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        progress = Progress(2, stream)
        progress.step(True)
        progress.step(False)
        progress.close()
    assert terminal.getvalue() == "\r2 of 2 addresses checked, 1 to look at\x1b[K\n"
    assert pipe.getvalue() == "2 of 2 addresses checked, 1 to look at\n"
