"""Web archives are asked for copies of cited pages, what they find is proposed, and whatever they answer does no harm."""

import datetime
import json
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from conftest import SmallProject
from hypothesis import given
from hypothesis import strategies as st
from standin import Call, Reply, World, endless, silent_page

from projects import Project
from register.links.kept_copies import copies_wanted
from register.links.report import CheckedLink, FoundCopy, LinkReport, write
from register.links.verdict import Received, Target
from register.links.web_archives import ARCHIVES, as_moment, moments, read_listed
from register.model import Register

QUICK = ("--copies", "--pause", "0.1", "--timeout", "10")
ENTRY = (
    "- id: {id}\n  name: A page\n  owner: Someone\n  url: {url}\n  confirmed: {{by: Register editor, on: 2024-01-05}}\n"
)
GOVERNMENT, WAYBACK = ARCHIVES
TODAY = datetime.date(2026, 3, 31)


def asked_about(call: Call) -> str:
    """The page that a question is about."""
    return parse_qs(urlsplit(call.path).query)["url"][0]


def wayback(answers: dict[str, str]) -> Callable[[Call], Reply]:
    """An Internet Archive that has one copy each of some pages: the moment of each."""

    def answer(call: Call) -> Reply:
        page = asked_about(call)
        moment = answers.get(page)
        url = f"http://web.archive.org/web/{moment}/{page}"
        closest = {"closest": {"status": "200", "available": True, "url": url, "timestamp": moment}} if moment else {}
        return Reply(json.dumps({"url": page, "archived_snapshots": closest}), kind="application/json")

    return answer


def government(answers: dict[str, list[str]]) -> Callable[[Call], Reply]:
    """A UK Government Web Archive that has copies of some pages: the moments of each."""

    def answer(call: Call) -> Reply:
        page = asked_about(call)
        lines = [json.dumps({"timestamp": moment, "url": page, "status": "200"}) for moment in answers.get(page, [])]
        return Reply("".join(f"{line}\n" for line in lines), kind="text/x-ndjson")

    return answer


# ── a run ──────────────────────────────────────────────────────────────────────────────────────


def test_what_archives_keep_is_proposed_with_lines_to_paste_the_inquirys_own_pages_first(
    small: SmallProject, world: World
) -> None:
    report = "https://www.gov.uk/report"
    world.answer("archive.org/*", wayback({report: "20220712100000", "https://www.gov.uk/minutes": "20250601000000"}))
    world.answer("webarchive.nationalarchives.gov.uk/*", government({report: ["20190101000000", "20240104235959"]}))
    run = small.run(*QUICK, "--summary", str(small.folder / "links.md"), **world.environment)
    assert run.status == 0
    copy = "https://webarchive.nationalarchives.gov.uk/ukgwa/20240104235959/https://www.gov.uk/report"
    second = "https://web.archive.org/web/20250601000000/https://www.gov.uk/minutes"
    assert run.out.partition("page by.\n\n")[2] == (
        "Kept copies, for when a page goes. Open a copy and read it before you accept it.\n"
        "\n"
        "Pages of the inquiry's own site. That site ends some day; each of its pages that is cited here should have a copy before. (1 page)\n"
        "  · report  https://www.gov.uk/report\n"
        "    copy of 4 January 2024, UK Government Web Archive: make keep-link ID=report, or paste below "
        f"data/links.yml:{small.line_of('url: https://www.gov.uk/report')}\n"
        f"  archive:\n    url: {copy}\n    taken: 2024-01-04\n"
        "\n"
        "Other pages (4 pages)\n"
        "  · minutes  https://www.gov.uk/minutes\n"
        "    copy of 1 June 2025, Internet Archive: make keep-link ID=minutes, or paste below "
        f"data/links.yml:{small.line_of('url: https://www.gov.uk/minutes')}\n"
        f"  archive:\n    url: {second}\n    taken: 2025-06-01\n"
        "  no copy was found (ask for one at https://web.archive.org/save): 3 pages: licence, weather, plan\n"
    )
    assert json.loads((small.folder / "link-report.json").read_text())["found_copies"] == [
        {
            "id": "minutes",
            "url": "https://www.gov.uk/minutes",
            "archive": "Internet Archive",
            "copy_url": second,
            "taken": "2025-06-01",
        },
        {
            "id": "report",
            "url": report,
            "archive": "UK Government Web Archive",
            "copy_url": copy,
            "taken": "2024-01-04",
        },
    ]
    assert (small.folder / "links.md").read_text().partition("### Kept copies\n\n")[2] == (
        "Kept copies, for when a page goes. Open a copy and read it before you accept it.\n"
        "\n"
        "**Pages of the inquiry's own site. That site ends some day; each of its pages that is cited here should have a copy before.** (1 page)\n"
        "\n"
        f"- `report` copy of 4 January 2024, UK Government Web Archive: `{copy}`, accept it with `make keep-link ID=report`\n"
        "\n"
        "**Other pages** (4 pages)\n"
        "\n"
        f"- `minutes` copy of 1 June 2025, Internet Archive: `{second}`, accept it with `make keep-link ID=minutes`\n"
        "- `no copy was found (ask for one at https://web.archive.org/save)`: 3 pages: `licence`, `weather`, `plan`\n"
    )


def test_an_archive_is_asked_for_the_day_on_which_the_page_was_confirmed_and_never_against_its_robots_txt(
    small: SmallProject, world: World
) -> None:
    world.answer("archive.org/*", wayback({}))
    world.answer("webarchive.nationalarchives.gov.uk/*", government({}))
    robots = Reply("User-agent: *\nDisallow: /\n", kind="text/plain")
    world.answer("webarchive.nationalarchives.gov.uk/robots.txt", robots)
    awkward = "https://a.test/page?volume=1&part=2%26x#top"
    small.add_links(ENTRY.format(id="awkward", url=f'"{awkward}"'))
    run = small.run(*QUICK, **world.environment)
    asked = {
        parse_qs(urlsplit(path).query)["url"][0]: parse_qs(urlsplit(path).query)["timestamp"][0]
        for host, path in world.calls
        if host == "archive.org" and path != "/robots.txt"
    }
    assert asked == {
        "https://www.gov.uk/report": "20240105",
        "https://www.gov.uk/licence": "20240106",
        "https://www.metoffice.gov.uk": "20240107",
        "https://www.gov.uk/minutes": "20250602",
        "https://www.gov.uk/plan": "20260331",
        "https://a.test/page?volume=1&part=2%26x": "20240105",
    }
    assert {path for host, path in world.calls if host == "webarchive.nationalarchives.gov.uk"} == {"/robots.txt"}
    assert (
        "  UK Government Web Archive: its robots.txt asks programs to stay away (look there by hand: "
        "https://webarchive.nationalarchives.gov.uk/): 5 pages: licence, weather, minutes, plan, awkward\n"
    ) in run.out


def _closest(**fields: object) -> str:
    page = fields.pop("page", "https://www.gov.uk/report")
    usual = {"status": "200", "available": True, "timestamp": "20220101000000"}
    held = {**usual, "url": f"http://web.archive.org/web/20220101000000/{page}", **fields}
    return json.dumps({"archived_snapshots": {"closest": held}})


def _redirect(address: str) -> Reply:
    return Reply("", 302, {"Location": address})


NOT_THE_FORM = "its answer is not of the form that it documents"
WRONG = {
    "words": (Reply("Service unavailable for now"), NOT_THE_FORM),
    "empty": (Reply(""), "answers, but is not the page: an empty page"),
    "list": (Reply("[1, 2]", kind="application/json"), NOT_THE_FORM),
    "deep": (Reply("[" * 100_000, kind="application/json"), NOT_THE_FORM),
    "number": (Reply(_closest(timestamp=20220101000000), kind="application/json"), NOT_THE_FORM),
    "huge": (endless, NOT_THE_FORM),
    "fault": (Reply("no", 503), "the server answers 503, tried 3 times"),
    "router": (
        _redirect("http://192.168.0.1/"),
        "it redirects to http://192.168.0.1/, which is not in the public internet",
    ),
    "elsewhere": (_redirect("https://other.test/x"), "leads to another host: https://other.test/x"),
    "captcha": (Reply("<title>Human Verification</title>", 405), "the site asks whether its visitor is a person"),
    "another": (Reply(_closest(page="https://www.gov.uk/other"), kind="application/json"), ""),
    "failed": (Reply(_closest(status="404"), kind="application/json"), ""),
    "taken-away": (Reply(_closest(available=False), kind="application/json"), ""),
}


def test_no_wrong_answer_of_an_archive_becomes_a_proposal_or_stops_the_run(small: SmallProject, world: World) -> None:
    world.answer("a.test/*", Reply("<title>A page</title>words"))
    world.answer("other.test/*", Reply(_closest()))
    world.answer("webarchive.nationalarchives.gov.uk/*", Reply('{"message": "No Captures found for: x"}', 404))

    def answer(call: Call) -> Reply | None:
        name = urlsplit(asked_about(call)).path.removeprefix("/")
        behaviour, _ = WRONG.get(name, (Reply('{"archived_snapshots": {}}'), ""))
        return behaviour(call) if callable(behaviour) else behaviour

    world.answer("archive.org/*", answer)
    for name in WRONG:
        small.add_links(ENTRY.format(id=name, url=f"https://a.test/{name}"))
    run = small.run(*QUICK, **world.environment)
    assert (run.status, run.report.found_copies) == (0, [])
    said = {line.rpartition(": ")[2]: line for line in run.out.splitlines() if "Internet Archive: " in line}
    for name, (_, reason) in WRONG.items():
        line = next((held for ids, held in said.items() if name in ids.split(", ")), "")
        assert reason in line and bool(reason) == bool(line), (name, line)
    assert "Traceback" not in run.err


def test_an_archive_that_is_silent_holds_the_run_up_no_longer_than_one_answer_may_take(
    small: SmallProject, world: World
) -> None:
    world.answer("archive.org/*", silent_page)
    world.answer("webarchive.nationalarchives.gov.uk/*", government({}))
    run = small.run("--copies", "--pause", "0.1", "--timeout", "1", **world.environment)
    assert run.status == 0
    assert (
        "Internet Archive: no answer within 1 seconds, tried twice (look there by hand: https://web.archive.org/)"
        in run.out
    )


# ── what is read ───────────────────────────────────────────────────────────────────────────────


def listed(body: bytes, address: str) -> list[tuple[str, str]] | None:
    """What is read in an archive's answer."""
    received = Received(200, address, {"content-type": "application/json"}, body, "whole")
    return read_listed(Target(address), received, received.read())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["20220101000000", "200"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["archived_snapshots", "closest", "available", "status", "url", "timestamp", "x"]), inner
        )
    ),
    max_leaves=12,
)


@given(body=st.binary(max_size=60) | JSON.map(lambda held: json.dumps(held).encode()))
def test_whatever_an_archive_sends_only_true_moments_of_the_page_come_out(body: bytes) -> None:
    page = "https://www.gov.uk/report"
    for archive in ARCHIVES:
        held = listed(body, archive.question(page, TODAY))
        for made in moments(held or [], page, TODAY):
            assert as_moment(made).isdecimal()
            assert made.year > 1990 and made.date() <= TODAY


@pytest.mark.parametrize(
    ("moment", "original", "counts"),
    [
        ("20220101000000", "http://gov.uk:80/report/", True),
        ("20220101000000", "https://www.gov.uk/Report", True),
        ("20220101000000", "https://www.gov.uk/report?x=1", False),
        ("20220101000000", "https://www.gov.uk.evil.test/report", False),
        ("20220101000000", "http://[", False),
        ("20260401000000", "https://www.gov.uk/report", False),  # tomorrow
        ("20221301000000", "https://www.gov.uk/report", False),  # no such month
        ("19900101000000", "https://www.gov.uk/report", False),
        ("2022010100000", "https://www.gov.uk/report", False),
        ("2022-01-01", "https://www.gov.uk/report", False),
    ],
)
def test_a_copy_counts_if_it_is_of_the_page_and_of_a_day_that_can_be(moment: str, original: str, counts: bool) -> None:
    assert bool(list(moments([(moment, original)], "https://www.gov.uk/report", TODAY))) == counts


def test_of_a_long_list_that_was_cut_off_the_whole_lines_count() -> None:
    body = b'{"timestamp": "20220101000000", "url": "https://a.test/", "status": "200"}\n{"timestamp": "2023'
    assert listed(body, GOVERNMENT.question("https://a.test/", TODAY)) == [("20220101000000", "https://a.test/")]


def test_a_page_that_has_a_copy_or_no_address_is_not_asked_about(small_register: Register) -> None:
    assert [link.id for link in copies_wanted(small_register)] == ["report", "licence", "weather", "minutes", "plan"]
    kept = small_register.links[0].model_copy(update={"archive": object()})
    held = small_register.model_copy(update={"links": [kept, *small_register.links[1:]]})
    assert [link.id for link in copies_wanted(held)] == ["licence", "weather", "minutes", "plan"]


# ── accepting ──────────────────────────────────────────────────────────────────────────────────

STATEMENT = "https://www.exampleshire.test/statement-2022-06"
COPY = f"https://web.archive.org/web/20220701000000/{STATEMENT}"


@pytest.fixture
def found(project: Project) -> Project:
    """The sample with a report in which a copy of one page was found."""
    copy = FoundCopy(
        id="partnership-statement",
        url=STATEMENT,
        archive="Internet Archive",
        copy_url=COPY,
        taken=datetime.date(2022, 7, 1),
    )
    checked = CheckedLink(
        url=STATEMENT, id="partnership-statement", verdict="working", detail="x", final_url=STATEMENT, found_on=[]
    )
    moment = datetime.datetime(2026, 3, 30, 5, tzinfo=datetime.UTC)
    write(LinkReport(checked_at=moment, links=[checked], found_copies=[copy]), project.folder / "link-report.json")
    return project


def test_a_copy_that_somebody_has_opened_is_written_below_the_links_address(found: Project) -> None:
    done = found.run("keep-link", "partnership-statement", typed="yes\nyes\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Internet Archive, copy of 2022-07-01:\nhttps://web.archive.org/web/20220701000000/")
    assert "+   archive:\n" in done.stdout
    assert f"+     url: {COPY}\n" in done.stdout
    assert "+     taken: 2022-07-01\n" in done.stdout
    assert found.run_here("check").returncode == 0


def test_a_copy_that_does_not_show_the_page_is_not_kept(found: Project) -> None:
    before = (found.folder / "data" / "links.yml").read_bytes()
    done = found.run("keep-link", "partnership-statement", typed="no\n")
    assert (done.returncode, done.stderr) == (
        2,
        "a copy is kept only when somebody has seen that it shows the page (nothing was written)\n",
    )
    assert (found.folder / "data" / "links.yml").read_bytes() == before


def test_a_copy_of_another_address_than_the_present_one_is_not_offered(found: Project) -> None:
    found.edit("data/links.yml", f"url: {STATEMENT}", "url: https://www.exampleshire.test/statement")
    done = found.run_here("keep-link", "--yes", "partnership-statement")
    assert (done.returncode, done.stderr) == (
        2,
        "no copy of 'partnership-statement' was found (run 'make links' first, or give --url and --taken)\n",
    )


def test_a_copy_can_be_given_by_hand(found: Project) -> None:
    given_by_hand = ["--url", "https://archive.exampleshire.test/x", "--taken", "1 July 2022"]
    done = found.run_here("keep-link", "--yes", *given_by_hand, "partnership-statement")
    assert done.returncode == 0, done.stderr
    assert "+     taken: 2022-07-01\n" in done.stdout


def test_a_link_that_is_not_there_is_named_with_the_nearest(found: Project) -> None:
    done = found.run_here("keep-link", "--yes", "partnership-statment")
    assert done.returncode == 2
    assert (
        "there is no link whose page has an address 'partnership-statment' (did you mean 'partnership-statement'?"
        in done.stderr
    )


def test_where_no_copy_was_found_it_is_said_what_looks_for_one_before_anything_is_asked(found: Project) -> None:
    (found.folder / "link-report.json").unlink()
    done = found.run("keep-link", "partnership-statement", typed="")
    assert " ".join(done.stdout.split()).startswith(
        "No copy of 'partnership-statement' was found. 'make links' looks for one; if you know one, write it here. "
    )
