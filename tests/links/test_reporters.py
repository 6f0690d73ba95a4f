"""The findings as people and CI get them: a table, a Markdown summary, annotations, JUnit XML, and the progress."""

import datetime
import io
import re
from typing import get_args
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown import Markdown

from register.characters import one_line
from register.checks.typed_places import Place
from register.links.fetched_page import FetchedPage
from register.links.findings import LinkFinding, outside_finding, wrong_link_finding
from register.links.plan import PlannedLink, Role, WrongLink
from register.links.report import LinkVerdict
from register.links.reporters import Progress, annotations, junit, markdown, said_once, table, totals, worst_first
from register.links.retry import with_tries
from register.links.verdict import Answer, Failure, FailureKind, Target, judge
from register.model import Link
from register.problems import Problem


def finding(
    name: str,
    verdict: LinkVerdict,
    seen: str = "what was seen",
    to_do: str = "what to do",
    role: Role = "url",
    pages: tuple[str, ...] = (),
    must_work: bool = False,
    **fields: object,
) -> LinkFinding:
    """A finding about an entry of data/links.yml."""
    entry = Link(id=name, name="N", owner="O")
    link = PlannedLink(
        f"https://{name}.test/", role, Place("data/links.yml", 7), entry, must_work=must_work, found_on=list(pages)
    )
    return LinkFinding(link, verdict, seen, to_do, **fields)


def typed(url: str, verdict: LinkVerdict, seen: str = "what was seen", path: str = "docs/a.md") -> LinkFinding:
    """A finding about a link that has no entry."""
    return LinkFinding(PlannedLink(url, "typed", Place(path, 3)), verdict, seen, "what to do")


FAILING = finding("gone", "gone", pages=("b/", "a/"), must_work=True)
BLOCKED = finding("blocked", "blocked")
EXCUSED = finding("excused", "blocked", note="quiet until then", excused=True)
REDIRECTED = finding("redirected", "redirected")
READY = finding("ready", "unconfirmed", role="candidate", ready_to_confirm=True)
GUESS = finding("guess", "unconfirmed", role="candidate")
WORKING = finding("working", "working", to_do="")
ALL = [WORKING, GUESS, READY, REDIRECTED, EXCUSED, BLOCKED, FAILING]


def test_findings_are_in_order_of_what_fails_what_could_be_better_their_verdict_and_their_name() -> None:
    another = finding("a-gone-one", "gone")
    names = [held.link.name for held in worst_first([*ALL, another])]
    assert names == ["a-gone-one", "gone", "blocked", "redirected", "ready", "working", "excused", "guess"]


# ── for a terminal ─────────────────────────────────────────────────────────────────────────────


def test_the_table_shows_what_fails_or_could_be_better_and_counts_the_rest() -> None:
    assert (
        table(ALL, 80)
        == """\
✗ gone          gone  https://gone.test/
                what was seen (what to do) [on a/, b/]
✗ blocked       blocked  https://blocked.test/
                what was seen (what to do)
· redirected    redirected  https://redirected.test/
                what was seen (what to do)
· unconfirmed   ready  https://ready.test/
                what was seen (what to do)
· blocked       excused  https://excused.test/
                what was seen (what to do); quiet until then
· unconfirmed   guess  https://guess.test/
                what was seen (what to do)

7 links: 1 working, 1 redirected, 1 gone, 2 blocked, 2 unconfirmed."""
    )


def test_a_link_without_entry_stands_in_the_table_once_by_its_address() -> None:
    assert table([typed("https://a.test/", "gone")], 80).splitlines()[0] == "✗ gone          https://a.test/"
    assert table([typed("", "placeholder")], 80).splitlines()[0] == "✗ placeholder   (empty)"


def test_the_table_wraps_what_was_seen_at_its_width() -> None:
    assert (
        table([finding("a", "gone", seen="one two three four five six")], 40)
        == """\
✗ gone          a  https://a.test/
                one two three four five
                six (what to do)

1 link: 1 gone."""
    )


@pytest.mark.parametrize(("columns", "width"), [("40", 60), ("60", 60), ("61", 61), ("90", 90)])
def test_the_table_is_as_wide_as_the_terminal_and_never_narrower_than_60(
    columns: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    held = [finding("a", "gone", seen="x " * 200)]
    assert table(held) == table(held, width) != table(held, width + 2)


def test_the_table_of_good_links_is_one_line() -> None:
    assert table([WORKING, WORKING], 80) == "2 links: 2 working."


@pytest.mark.parametrize(
    ("number", "pages"),
    [(3, "0/, 1/, 2/"), (4, "0/, 1/, 2/ and 1 more page"), (5, "0/, 1/, 2/ and 2 more pages")],
)
def test_three_pages_are_named_and_the_others_counted(number: int, pages: str) -> None:
    held = finding("a", "gone", pages=tuple(f"{n}/" for n in range(number)))
    assert table([held], 120).splitlines()[1] == f"                what was seen (what to do) [on {pages}]"


@pytest.mark.parametrize(
    ("findings", "line"),
    [([], "0 links: none."), ([WORKING], "1 link: 1 working."), ([FAILING, FAILING], "2 links: 2 gone.")],
)
def test_the_totals_count_links_by_verdict(findings: list[LinkFinding], line: str) -> None:
    assert totals(findings) == line


# ── for a CI step's summary or an issue ────────────────────────────────────────────────────────


def test_the_summary_lists_what_to_mend_and_what_could_be_better() -> None:
    assert (
        markdown(ALL, ["A note."])
        == """\
## Links

7 links: 1 working, 1 redirected, 1 gone, 2 blocked, 2 unconfirmed.
A note.

### To mend

- `gone`: `what was seen (what to do)`
    - `gone` on `a/, b/`
- `blocked`: `what was seen (what to do)`
    - `blocked`

### Could be better

- `redirected`: `what was seen (what to do)`
    - `redirected`
- `unconfirmed`: `what was seen (what to do)`
    - `ready`
"""
    )


def test_the_summary_says_so_when_every_link_is_good() -> None:
    assert (
        markdown([WORKING, EXCUSED], [])
        == """\
## Links

2 links: 1 working, 1 blocked.

Every link leads where it claims.
"""
    )


def test_what_is_the_same_for_many_links_is_said_once_with_their_number_and_each_link_beneath() -> None:
    held = [
        finding("b", "blocked", pages=("x/", "y/")),
        finding("a", "blocked"),
        finding("c", "blocked", "something else"),
        typed("https://typed.test/", "blocked"),
        finding("d", "unconfirmed", "no words", "give words near line 3", role="candidate"),
        finding("e", "unconfirmed", "no words", "give words near line 9", role="candidate"),
        finding("f", "blocked", note="quiet until then", excused=True),
        finding("g", "blocked", note="quiet until later", excused=True),
    ]
    assert table(held, 60) == (
        "✗ blocked       3 links\n"
        "                what was seen (what to do)\n"
        "                - a  https://a.test/\n"
        "                - b  https://b.test/ [on x/, y/]\n"
        "                - https://typed.test/\n"
        "✗ blocked       c  https://c.test/\n"
        "                something else (what to do)\n"
        "· blocked       2 links\n"
        "                what was seen (what to do)\n"
        "                - f  https://f.test/ quiet until then\n"
        "                - g  https://g.test/ quiet until later\n"
        "· unconfirmed   2 links\n"
        "                no words\n"
        "                - d  https://d.test/ (give words near line\n"
        "                  3)\n"
        "                - e  https://e.test/ (give words near line\n"
        "                  9)\n"
        "\n"
        "8 links: 6 blocked, 2 unconfirmed."
    )
    assert markdown(held, []).partition("### To mend\n\n")[2] == (
        "- `blocked`, 3 links: `what was seen (what to do)`\n"
        "    - `a`\n"
        "    - `b` on `x/, y/`\n"
        "    - `https://typed.test/`\n"
        "- `blocked`: `something else (what to do)`\n"
        "    - `c`\n"
    )


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["gone", "blocked"]), st.booleans()), max_size=12))
def test_every_link_that_fails_stands_once_in_table_and_summary_whatever_it_shares_with_others(
    kinds: list[tuple[str, LinkVerdict, bool]],
) -> None:
    held = [finding(f"link{n}", verdict, seen, seen if own else "do") for n, (seen, verdict, own) in enumerate(kinds)]
    for n in range(len(held)):
        assert table(held, 200).count(f"link{n}  https://") == 1
        assert markdown(held, []).count(f"    - `link{n}`") == 1
    for alike in said_once(held):
        for one in alike.findings:
            assert " ".join(filter(None, [alike.said_of_all, alike.said_of(one)])) == one.detail


def test_text_of_another_site_stays_in_its_line_of_the_summary() -> None:
    held = finding("a", "gone", seen="`x` | <b>y</b>\n\n# z \x00\u202e\ufffe")
    assert "- `gone`: `'x' ¦ <b>y</b> # z ��� (what to do)`\n    - `a`\n" in markdown([held], [])


# ── for GitHub's annotations ───────────────────────────────────────────────────────────────────


def test_annotations_put_each_finding_beside_its_line_by_how_much_it_matters() -> None:
    assert annotations(ALL, "must-work") == (
        "::error file=data/links.yml,line=7,title=gone%3A gone::what was seen (what to do)\n"
        "::warning file=data/links.yml,line=7,title=blocked%3A blocked::what was seen (what to do)\n"
        "::notice file=data/links.yml,line=7,title=redirected%3A redirected::what was seen (what to do)\n"
        "::notice file=data/links.yml,line=7,title=unconfirmed%3A ready::what was seen (what to do)"
    )


def test_at_the_gate_for_all_links_every_failing_link_is_an_error() -> None:
    assert annotations([BLOCKED], "all").startswith("::error file=")
    assert annotations([WORKING, GUESS, EXCUSED], "all") == ""


def test_text_of_another_site_cannot_begin_a_command_of_its_own() -> None:
    held = typed("https://a.test/?a,b", "gone", "50% x\r\n::error::y\x1b\u202e\ufffe", "docs/a,b:c.md")
    assert annotations([held], "all") == (
        "::error file=docs/a%2Cb%3Ac.md,line=3,title=gone%3A https%3A//a.test/?a%2Cb::50%25 x  ::error::y��� (what to do)"
    )


# ── for other CI systems ───────────────────────────────────────────────────────────────────────


def test_junit_has_a_test_case_for_each_link() -> None:
    assert junit([WORKING, EXCUSED, FAILING], 1.26).decode() == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<testsuite name="links" tests="3" failures="1" skipped="1" time="1.3">'
        '<testcase classname="links" name="gone" file="data/links.yml" line="7">'
        '<failure message="gone">https://gone.test/\nwhat was seen (what to do)</failure></testcase>'
        '<testcase classname="links" name="working" file="data/links.yml" line="7" />'
        '<testcase classname="links" name="excused" file="data/links.yml" line="7">'
        '<skipped message="what was seen (what to do); quiet until then" /></testcase>'
        "</testsuite>\n"
    )


TEXT = st.text(max_size=12) | st.sampled_from(
    ["\ufffe", "\uffff", "\x00", "\x1b[31m", "\ud800", "\x85", "\u202e", "|`", "%0A"]
)


@given(url=TEXT, seen=TEXT, path=TEXT)
@example(url="\ufffe", seen="\ufffe", path="\ufffe")
@example(url="\ud800", seen="\x0b", path="\uffff")
def test_whatever_a_link_and_its_page_say_every_report_keeps_its_form(url: str, seen: str, path: str) -> None:
    failing, excused = typed(url, "gone", seen, path), finding("a", "blocked", seen, excused=True)
    cases = list(ElementTree.fromstring(junit([failing, excused], 1.0)))
    assert [case.get("classname") for case in cases] == ["links", "links"]
    _, found, link = markdown([failing], []).strip().rpartition("- `gone`: ")
    assert re.fullmatch(r"`[^`|]+`\n    - (`[^`|]+`)?", link), link
    row = f"{found}{link}".partition("\n")[0]
    assert len(annotations([failing], "all").splitlines()) == 1
    for text in (table([failing], 80), row, annotations([failing], "all")):
        assert all(sign.isprintable() or sign == "\n" for sign in text)
        text.encode()


# ── text from outside, from its entrance to every report ───────────────────────────────────────

HOSTILE = st.text(st.characters() | st.sampled_from("\x1b\x9b\u202e\u3164:#[]`|<>@!()*_\\%\r\n"), max_size=30) | st.sampled_from(
    [
        "\x1b]0;owned\x07", "\x9b2J", "\u202eevil", "::error file=a::b", "x %0A::error::b", "##[error]b", "a " * 40 + "::error::b",
        "[a](https://evil.test)", "![a](https://evil.test/a.png)", "<img src=x onerror=y>", "` | @team ` |", "https://evil.test/",
        "x" * 3000, "| a |\n|---|\n| @team |", "\\`", "``", "&#64;team",
    ]
)  # fmt: skip


def from_everywhere(text: str) -> list[LinkFinding]:
    """Findings that quote a text, by each way in which one comes from outside into a finding."""
    title, header = FetchedPage("text/html", True, "whole", title=f"not found {text}"), {"retry-after": text}
    parked = FetchedPage("text/html", True, "whole", text=f"x {text} this domain is for sale")
    turned = FetchedPage("text/html", True, "whole", text="words", refresh=f"https://b.test/{text}")
    unknown = FetchedPage(text, False, "whole")
    url = "https://a.test/"
    seen: list[Answer | Failure] = [
        Answer(200, url, {}, title), Answer(200, url, {}, parked), Answer(200, url, {}, turned), Answer(200, url, {}, unknown),
        Answer(429, url, header, turned), Answer(200, f"https://a.test/{text}", {}, parked),
        Answer(200, f"https://a.test/login/{text}", {}, parked), Answer(404, f"https://a.test/{text}", {}, parked),
        *(Failure(kind, text) for kind in get_args(FailureKind)),
    ]  # fmt: skip
    target, now = Target(url, "", ("phrase",)), datetime.datetime(2026, 3, 31, tzinfo=datetime.UTC)
    entry, place = Link(id="a", name="A", owner="O", url=url), Place("data/links.yml", 3)
    links = [
        PlannedLink(url, "url", place, entry),
        PlannedLink(url, "candidate", place, entry),
        PlannedLink(text, "typed", place),
    ]
    wrong = WrongLink(
        text, "inside", place, problem=Problem("a", 1, "", f"<a href> '{text}' leads nowhere", "correct it")
    )
    judgements = [with_tries(judge(target, found, now, 10), 2) for found in seen]
    return [outside_finding(link, judgement, now.date()) for link in links for judgement in judgements] + [
        wrong_link_finding(wrong)
    ]


def is_harmless(text: str) -> bool:
    """Whether a line of text has visible signs only, begins no command of the runner, and holds none of its older ones."""
    return text == one_line(text) and not text.lstrip().startswith("::") and "##[" not in text


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=HOSTILE)
def test_no_text_from_outside_reaches_any_report_uncleaned(text: str) -> None:
    findings = from_everywhere(text)
    lines = [*table(findings, 60).split("\n"), *markdown(findings, []).split("\n")]
    for element in ElementTree.fromstring(junit(findings, 1.0)).iter():
        lines += [*element.attrib.values(), *(element.text or "").split("\n")]
    for finding in findings:
        held = finding.checked
        lines += [held.url, held.detail, held.final_url or ""]
    for line in lines:
        assert is_harmless(line), line
        assert len(line) < 3000
    for line in annotations(findings, "all").split("\n"):
        _, name, message = line.split("::", 2)
        assert re.fullmatch(r"(error|warning|notice) file=[^,:]*,line=3,title=[^,:]*", name), name
        assert is_harmless(message)
        assert not re.search("%(?!25)", message)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=HOSTILE)
def test_text_from_outside_is_never_anything_but_code_in_the_summary(text: str) -> None:
    shown = lxml_html.fromstring(f"<div>{Markdown().convert(markdown(from_everywhere(text), []))}</div>")
    assert {element.tag for element in shown.iter()} <= {"div", "h2", "h3", "p", "ul", "li", "code"}
    outside_code = " ".join(shown.xpath("//text()[not(ancestor::code)]"))
    assert not re.search("evil|@|owned|team", outside_code)
    for line in shown.xpath("//li"):
        own = "".join(line.xpath("text()")).split()
        assert not own or " ".join(own) == ":" or re.fullmatch(r", \d+ links:", " ".join(own)), own


# ── while it runs ──────────────────────────────────────────────────────────────────────────────


class Terminal(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        """Return True."""
        return True


def shown(stream: io.StringIO, *moments: float) -> str:
    """What the progress of four addresses shows that are checked at some moments, each after a good one a bad one."""
    clock = [0.0]
    progress = Progress(4, stream=stream, clock=lambda: clock[0])
    for n, moment in enumerate(moments):
        clock[0] = moment
        progress.step(n % 2 == 0)
    progress.close()
    return stream.getvalue()


def test_progress_is_one_line_that_changes_on_a_terminal_ten_times_a_second_at_most() -> None:
    assert shown(Terminal(), 0.1, 0.15, 0.2, 0.21) == (
        "\r1 of 4 addresses checked, 0 to look at\x1b[K"
        "\r3 of 4 addresses checked, 1 to look at\x1b[K"
        "\r4 of 4 addresses checked, 2 to look at\x1b[K\n"
    )


def test_progress_is_a_line_every_ten_seconds_elsewhere_and_a_last_one() -> None:
    assert shown(io.StringIO(), 9.9, 10.0, 19.9, 19.95) == (
        "2 of 4 addresses checked, 1 to look at\n4 of 4 addresses checked, 2 to look at\n"
    )
    assert shown(io.StringIO(), 10.0, 20.0) == (
        "1 of 4 addresses checked, 0 to look at\n2 of 4 addresses checked, 1 to look at\n"
    )
