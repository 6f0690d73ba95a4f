"""``python -m register links``: what it writes for people and for machines, and its exit status."""

import datetime
import json
import re
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cases import CASES, LOOK
from conftest import PATIENCE, CasesRun, SmallProject
from standin import Call, Reply, World, page, silent_page

from register.checks.typed_places import Place
from register.links.command import notes
from register.links.findings import LinkFinding, outside_finding
from register.links.limits import Limits
from register.links.options import LinkCheckOptions
from register.links.plan import Plan, PlannedLink
from register.links.report import CheckedLink, LinkVerdict
from register.links.verdict import Judgement
from register.model import Expectation, Link

QUICK = ("--pause", "0.1")
GOOD_LINE = (
    "- id: {id}\n  name: A page\n  owner: Someone\n  url: {url}\n  confirmed: {{by: Register editor, on: 2024-01-05}}\n"
)


def test_all_well_gives_exit_status_0_and_one_line(small: SmallProject, world: World) -> None:
    run = small.run(*QUICK, COLUMNS="200", **world.environment)
    assert (run.status, run.err.splitlines()[-1]) == (0, "5 of 5 addresses checked, 0 to look at")
    assert run.out == (
        "· unconfirmed   plan  https://www.gov.uk/plan\n"
        "                it answers, but nothing says what it must show (give words under 'expect' of plan, near "
        f"data/links.yml:{small.line_of('candidate: https://www.gov.uk/plan')})\n"
        "\n"
        "5 links: 4 working, 1 unconfirmed.\n"
        "2 inside links looked at.\n"
        "5 outside links have no words under 'expect' to know their page by.\n"
    )


def test_without_a_built_site_the_message_says_what_to_do(small: SmallProject) -> None:
    (small.folder / "site" / "index.html").unlink()
    run = small.run()
    assert (run.status, run.err) == (1, "there is no built site in site/ (run 'make site' first)\n")


def test_a_wrong_register_is_reported_like_everywhere_else(small: SmallProject) -> None:
    small.add_links("- id: x\n  name: X\n  owner: X\n  url: https://x.test/\n")
    run = small.run()
    assert run.status == 1
    line = small.line_of("url: https://x.test/")
    assert f"data/links.yml:{line}: x: nobody has confirmed this address" in run.err


# ── offline ────────────────────────────────────────────────────────────────────────────────────


def test_offline_nothing_is_asked_and_the_notes_say_what_was_not_checked(small: SmallProject, world: World) -> None:
    run = small.run("--offline", **world.environment)
    assert (run.status, run.err) == (0, "")
    assert run.out == "0 links: none.\n2 inside links looked at.\nOffline: 5 outside addresses were not checked.\n"
    assert not world.calls
    assert not (small.folder / "link-report.json").exists()


def test_offline_placeholders_and_broken_inside_links_are_found_and_stop_the_gate_must_work(
    small: SmallProject,
) -> None:
    addresses = ("#", "javascript:void(0)", "https://example.com/x", "nowhere/", "../#none")
    small.add_page("wrong", " ".join(f'<a href="{address}">x</a>' for address in addresses))
    run = small.run("--offline", "--gate", "must-work", COLUMNS="200")
    assert (run.status, run.err) == (1, "")
    nowhere, no_part = "leads nowhere in this site", "names a part that its page does not have: '#none'"
    assert run.out == (
        f"✗ gone          ../#none\n                <a href> '../#none' {no_part} (correct it) [on wrong/]\n"
        f"✗ gone          nowhere/\n                <a href> 'nowhere/' {nowhere} (correct it) [on wrong/]\n"
        + "".join(
            f"✗ placeholder   {address}\n"
            f"                <a href> '{address}' is a placeholder (put the real address in) [on wrong/]\n"
            for address in addresses[:1] + addresses[2:3] + addresses[1:2]
        )
        + "\n5 links: 2 gone, 3 placeholder.\n4 inside links looked at.\n"
        "Offline: 5 outside addresses were not checked.\n"
    )


def test_what_is_no_address_at_all_is_reported_and_stops_nothing_else(small: SmallProject) -> None:
    small.add_page("wrong", '<a href="http://[x">x</a> <img src="//[y" alt="y"> <a href="nowhere/">z</a>')
    run = small.run("--offline", COLUMNS="200")
    assert (run.status, run.err) == (1, "")
    to_do = "is not an address (put the real address in) [on wrong/]"
    assert f"✗ placeholder   http://[x\n                <a href> 'http://[x' {to_do}\n" in run.out
    assert f"✗ placeholder   //[y\n                <img src> '//[y' {to_do}\n" in run.out
    assert "\n3 links: 1 gone, 2 placeholder.\n" in run.out


# ── the gates ──────────────────────────────────────────────────────────────────────────────────


def test_at_the_gate_must_work_other_pages_may_fail(small: SmallProject, world: World) -> None:
    small.add_links(GOOD_LINE.format(id="other", url="https://other.test/gone"))
    assert small.run(*QUICK, "--gate", "must-work", **world.environment).status == 0
    assert small.run(*QUICK, **world.environment).status == 1


def test_the_gate_must_work_stops_at_a_link_that_must_work(small: SmallProject, world: World) -> None:
    small.add_links(GOOD_LINE.format(id="needed", url="https://needed.test/gone") + "  must_work: true\n")
    run = small.run(*QUICK, "--gate", "must-work", GITHUB_ACTIONS="true", **world.environment)
    assert run.status == 1
    line = small.line_of("url: https://needed.test/gone")
    assert f"::error file=data/links.yml,line={line},title=gone%3A needed::the server says 404" in run.out


# ── when a run is ended from outside ───────────────────────────────────────────────────────────


@pytest.mark.parametrize(("called_off", "status"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_run_that_is_called_off_leaves_the_last_report_whole_and_nothing_running(
    called_off: signal.Signals, status: int, small: SmallProject, world: World
) -> None:
    first = small.run(*QUICK, **world.environment)
    kept = (small.folder / "link-report.json").read_bytes()
    asked = threading.Event()

    def held(call: Call) -> None:
        asked.set()
        silent_page(call)

    world.answer("held.test/", held)
    small.add_links(GOOD_LINE.format(id="held", url="https://held.test/"))
    process = small.start(*QUICK, "--timeout", "3600", **world.environment)
    assert asked.wait(PATIENCE)
    children = [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
    process.send_signal(called_off)
    run = small.finish(process)
    assert (first.status, run.status) == (0, status)
    assert "Traceback" not in run.err + run.out
    assert (small.folder / "link-report.json").read_bytes() == kept
    assert sorted(path.name for path in small.folder.iterdir()) == ["data", "docs", "link-report.json", "site"]
    assert children  # LinkChecker, and the process that reads pages if it was needed already
    given_up = time.monotonic() + PATIENCE  # Python's own helper ends by itself once it notices that its parent is gone
    while (running := [pid for pid in children if is_running(pid)]) and time.monotonic() < given_up:
        time.sleep(0.05)
    assert running == []


def is_running(pid: int) -> bool:
    """Whether a process is at work: it exists and is not just waiting for its parent to notice its end."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def test_what_cannot_be_written_is_named_and_the_report_is_written_nevertheless(
    small: SmallProject, world: World
) -> None:
    run = small.run(*QUICK, "--summary", "/nowhere/links.md", **world.environment)
    assert (run.status, run.err.splitlines()[-1]) == (
        2,
        "'/nowhere/links.md' cannot be written: No such file or directory (give another place)",
    )
    assert len(run.report.links) == 5


# ── what is asked, and how ─────────────────────────────────────────────────────────────────────


def test_a_kept_copy_is_checked_too(small: SmallProject, world: World) -> None:
    archive = "  archive: {url: https://archive.test/copy, taken: 2024-01-05}\n"
    small.add_links(GOOD_LINE.format(id="kept", url="https://www.gov.uk/kept") + archive)
    run = small.run(*QUICK, **world.environment)
    assert (run.status, run.of("https://archive.test/copy").verdict) == (1, "gone")
    assert "✗ gone          kept (kept copy)  https://archive.test/copy" in run.out


def test_one_address_in_several_forms_is_asked_for_once(small: SmallProject, world: World) -> None:
    world.answer("once.test/page", Reply(page("Once", "words")))
    small.add_links(GOOD_LINE.format(id="once", url="https://once.test/page"))
    small.add_page("help", '<a href="https://once.test/page#a">a</a> <a href="https://once.test/page#b">b</a>')
    run = small.run(*QUICK, **world.environment)
    assert run.of("https://once.test/page").found_on == ["help/"]
    assert world.calls[("once.test", "/page")] == 1


def test_a_page_that_names_an_entry_without_linking_it_is_in_the_report(small: SmallProject, world: World) -> None:
    small.add_page("sources", '<bdi data-link="plan">The plan</bdi>')
    run = small.run(*QUICK, **world.environment)
    assert run.of("https://www.gov.uk/plan").found_on == ["sources/"]


def test_an_address_that_needs_no_proxy_is_asked_for_without_it(small: SmallProject, world: World) -> None:
    port = world.proxy.rsplit(":", 1)[1]
    world.answer("http:127.0.0.1/direct", Reply(page("Direct", "words")))
    small.add_page("direct", f'<a href="http://127.0.0.1:{port}/direct">Direct</a>')
    environment = {**world.environment, "no_proxy": "127.0.0.1"}
    assert small.run(*QUICK, **environment).of(f"http://127.0.0.1:{port}/direct").verdict == "working"


def test_a_proxy_that_is_not_there_is_not_held_against_the_pages(small: SmallProject, world: World) -> None:
    environment = {**world.environment, "https_proxy": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9"}
    found = small.run(*QUICK, **environment).of("https://www.gov.uk/report")
    assert (found.verdict, found.detail) == (
        "blocked",
        "this network's proxy does not answer, so nothing was asked (mend https_proxy, run it again)",
    )


def test_ssl_cert_file_alone_is_enough(small: SmallProject, world: World) -> None:
    environment = {**world.environment, "SSL_CERT_FILE": str(world.authorities)}
    environment |= {"REQUESTS_CA_BUNDLE": "", "CURL_CA_BUNDLE": ""}
    assert small.run(*QUICK, **environment).of("https://www.gov.uk/report").verdict == "working"


def test_a_check_that_cannot_be_made_gives_exit_status_1_and_writes_no_report(
    small: SmallProject, world: World
) -> None:
    run = small.run(*QUICK, **{**world.environment, "REQUESTS_CA_BUNDLE": "/nowhere.pem"})
    assert (run.status, run.out, run.report) == (1, "", None)
    assert run.err == "the certificate authorities in '/nowhere.pem' cannot be read (No such file or directory)\n"


def test_the_choices_of_a_run_are_its_limits() -> None:
    assert LinkCheckOptions().limits == Limits()
    chosen = LinkCheckOptions(timeout=3, limit=4.5, pause=0.5)
    assert chosen.limits == replace(Limits(), timeout=3, whole_run=4.5, pause=0.5)


# ── what the notes say ─────────────────────────────────────────────────────────────────────────

TODAY = datetime.date(2026, 3, 31)


def link(n: int, *phrases: str) -> PlannedLink:
    """A link to check, known by some words."""
    entry = Link(id=f"l{n}", name="N", owner="O", expect=Expectation(phrases=list(phrases)))
    return PlannedLink(f"https://a.test/{n}", "url", Place("data/links.yml", 1), entry)


def found(*verdicts: LinkVerdict) -> list[LinkFinding]:
    """Findings with some verdicts on their addresses."""
    return [outside_finding(link(n), Judgement(verdict, "seen"), TODAY) for n, verdict in enumerate(verdicts)]


@pytest.mark.parametrize(
    ("plan", "offline", "lines"),
    [
        (Plan([], [], 0, 0), False, ["0 inside links looked at."]),
        (Plan([link(1, "x")], [], 1, 0), False, ["1 inside link looked at."]),
        (
            Plan([link(1), link(2, "x")], [], 2, 1),
            False,
            [
                "2 inside links looked at.",
                "1 link to suggest a change not checked: it leads to a login.",
                "1 outside link has no words under 'expect' to know its page by.",
            ],
        ),
        (
            Plan([link(1), link(2)], [], 2, 2),
            False,
            [
                "2 inside links looked at.",
                "2 links to suggest a change not checked: they lead to a login.",
                "2 outside links have no words under 'expect' to know their page by.",
            ],
        ),
        (
            Plan([link(1)], [], 2, 0),
            True,
            ["2 inside links looked at.", "Offline: 1 outside address was not checked."],
        ),
        (
            Plan([link(1), link(2), link(2)], [], 2, 1),
            True,
            [
                "2 inside links looked at.",
                "1 link to suggest a change not checked: it leads to a login.",
                "Offline: 2 outside addresses were not checked.",
            ],
        ),
    ],
)
def test_the_notes_say_what_was_not_checked(plan: Plan, offline: bool, lines: list[str]) -> None:
    assert notes(plan, [], offline) == lines


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (("no-host", "timeout", "no-host"), True),
        (("no-host", "timeout"), False),
        (("no-host", "timeout", "no-host", "gone"), False),
        (("gone", "gone", "gone"), False),
    ],
)
def test_the_notes_ask_if_the_machine_is_online_where_nothing_could_be_reached(
    verdicts: tuple[LinkVerdict, ...], said: bool
) -> None:
    note = "Nothing at all could be reached: is this machine online? (--offline checks inside links only)"
    assert (notes(Plan([], [], 0, 0), found(*verdicts), False)[-1] == note) == said


# ── what machines get ──────────────────────────────────────────────────────────────────────────


def test_annotations_point_to_the_line(quick: CasesRun) -> None:
    lines = [line for line in quick.run.out.splitlines() if line.startswith("::")]
    line = quick.lines["404-is-gone"]
    assert (
        f"::error file=data/links.yml,line={line},title=gone%3A 404-is-gone::the server says 404, there is no such page "
        "(find its new address, or take it out)"
    ) in lines
    placeholder = "::error file=site/typed/index.html,line=1,title=placeholder%3A #::<a href> '#' is a placeholder (put the real address in)"
    assert placeholder in lines
    passing = quick.lines["a-candidate-that-passes-says-which-line-to-change"]
    assert any(text.startswith(f"::notice file=data/links.yml,line={passing},") for text in lines)


def test_junit_has_the_same_links_as_the_report(quick: CasesRun) -> None:
    suite = ElementTree.fromstring(quick.files["junit.xml"].encode())
    cases = {case.get("name"): case for case in suite}
    report = json.loads(quick.files["link-report.json"])["links"]
    assert suite.get("tests") == str(len(suite)) == str(len(report))
    assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
    assert suite.get("skipped") == str(len(suite.findall("testcase/skipped"))) == "1"
    assert cases["404-is-gone"].find("failure").get("message") == "gone"
    assert cases["a-human-confirmation-keeps-a-finding-quiet"].find("skipped") is not None
    assert {case.id for case in CASES if not case.slow} <= set(cases)


def test_the_summary_is_markdown_and_the_step_gets_the_same(quick: CasesRun) -> None:
    summary = quick.files["summary.md"]
    assert summary == quick.files["step.md"]
    assert "\n### To mend\n" in summary
    gone = r"\n- `gone`(, \d links)?: `the server says 404, there is no such page \(find its new address, or take it out\)`\n"
    assert re.search(rf"{gone}(    - .*\n)*    - `404-is-gone` on `help/`\n", summary)
    assert re.search(
        r"\n- `moved-away`, 2 links: `leads to another host: https://elsewhere\.test/page [^`]*`\n(    - `[^`]+`[^\n]*\n){2}-",
        summary,
    )
    assert f"`the server says 403 to this program {LOOK}`" in summary


def test_every_line_of_the_summary_is_a_finding_or_a_link_beneath_it(quick: CasesRun) -> None:
    lines = [line for line in quick.files["summary.md"].splitlines() if line.lstrip().startswith("- ")]
    assert len(lines) > 40
    for line in lines:
        finding, link = r"- `[\w-]+`(, \d+ links)?: `[^`]+`", r"    - `[^`]+`( `[^`]+`)?( on `[^`]+`)?"
        assert re.fullmatch(f"{finding}|{link}", line), line


def test_what_hostile_servers_send_is_harmless_wherever_the_check_writes(quick: CasesRun) -> None:
    quoting = "a-title-that-orders-the-terminal-and-the-runner-about-is-qu"
    report = json.loads(quick.files["link-report.json"])["links"]
    held = [text for link in report for text in link.values() if isinstance(text, str)]
    written = {**quick.files, "terminal": quick.run.out, "log": quick.run.err, "report's values": "\n".join(held)}
    for name in ("terminal", "summary.md", "junit.xml", "link-report.json"):
        assert quoting[:50] in written[name]
        assert "�]0;owned�[31m �dlrow" in " ".join(written[name].split()), name
    for name, text in written.items():
        assert all(sign.isprintable() or sign == "\n" for sign in text), name
        assert "##[" not in text, name
        assert "\u3164" not in text, name
    for line in quick.run.out.splitlines():
        assert "::" not in line or re.match(
            r"::(error|warning|notice) file=[^,:]+,line=\d+,title=[^,:]+::((?!::).)*$", line
        )


def test_the_report_has_the_fields_that_its_schema_names(quick: CasesRun) -> None:
    schema = CheckedLink.model_json_schema(mode="validation")
    assert schema["required"] == ["url", "id", "verdict", "detail", "final_url", "found_on"]
    for checked in json.loads(quick.files["link-report.json"])["links"]:
        assert set(schema["required"]) <= set(checked) <= set(schema["properties"])
