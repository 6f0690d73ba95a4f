"""link-report.json: what is written is read again, and nothing else is taken for a report."""

import datetime
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.links.report import GOOD, VERDICTS, WITHDRAWN, CheckedLink, LinkReport, read, write
from register.problems import Problem, ProblemsFound

MOMENT = datetime.datetime(2026, 3, 30, 5, 0, tzinfo=datetime.UTC)
MESSAGE = (
    "link-report.json:1: this is not a report of the link check (take it out, or run 'make links' again)\n"
    "1 problem in 1 file; the site was not changed"
)


def checked(**fields: object) -> CheckedLink:
    """What was found for an entry."""
    usual = {"url": "https://a.test/", "id": "a", "verdict": "working", "detail": "shows 'é'", "final_url": None}
    return CheckedLink.model_validate({**usual, "found_on": ["help/"], **fields})


def test_a_report_is_written_with_its_fields_in_order_and_reads_back(tmp_path: Path) -> None:
    path = tmp_path / "link-report.json"
    report = LinkReport(checked_at=MOMENT, links=[checked(), checked(verdict="unconfirmed", candidate=True)])
    write(report, path)
    assert (
        path.read_text(encoding="utf-8")
        == """{
  "checked_at": "2026-03-30T05:00:00Z",
  "links": [
    {
      "url": "https://a.test/",
      "id": "a",
      "verdict": "working",
      "detail": "shows 'é'",
      "final_url": null,
      "found_on": [
        "help/"
      ]
    },
    {
      "url": "https://a.test/",
      "id": "a",
      "verdict": "unconfirmed",
      "detail": "shows 'é'",
      "final_url": null,
      "found_on": [
        "help/"
      ],
      "candidate": true
    }
  ]
}
"""
    )
    assert read(path) == report
    assert [held.name for held in tmp_path.iterdir()] == ["link-report.json"]


def test_without_a_file_there_is_no_report(tmp_path: Path) -> None:
    assert read(tmp_path / "link-report.json") is None


def test_what_was_found_is_looked_up_by_entry_and_address() -> None:
    one, two = checked(), checked(url="https://a.test/old", verdict="gone")
    report = LinkReport(checked_at=MOMENT, links=[one, two, checked(id=None, url="https://typed.test/")])
    assert report.of("a", "https://a.test/") == one
    assert report.of("a", "https://a.test/old") == two
    assert report.of("a", "https://typed.test/") is None
    assert report.of("b", "https://a.test/") is None


def test_the_verdicts_that_serve_readers_and_those_that_withdraw_a_link_are_verdicts() -> None:
    assert {"working", "redirected", "unconfirmed"} == GOOD
    assert {"gone", "impostor"} == WITHDRAWN
    assert set(VERDICTS) >= GOOD | WITHDRAWN


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '{"links": 3}',
        '{"checked_at": "2026-03-30T05:00:00Z"}',
        '{"checked_at": "yesterday", "links": []}',
        '{"checked_at": "2026-03-30T05:00:00Z", "links": [], "more": 1}',
        '{"checked_at": "2026-03-30T05:00:00Z", "links": [{"url": "x"}]}',
        "[" * 100_000,
    ],
)
def test_what_is_not_a_report_is_refused_with_the_files_name(content: str, tmp_path: Path) -> None:
    path = tmp_path / "link-report.json"
    path.write_text(content)
    with pytest.raises(ProblemsFound) as raised:
        read(path)
    assert str(raised.value) == MESSAGE
    what, to_do = "this is not a report of the link check", "take it out, or run 'make links' again"
    assert raised.value.problems == [Problem("link-report.json", 1, "", what, to_do, "link-report")]


@pytest.mark.parametrize(
    ("field", "value"), [("verdict", "fine"), ("found_on", "help/"), ("url", None), ("more", 1), ("candidate", "yes!")]
)
def test_a_field_that_no_report_has_is_refused(field: str, value: object, tmp_path: Path) -> None:
    path = tmp_path / "link-report.json"
    write(LinkReport(checked_at=MOMENT, links=[checked()]), path)
    report = json.loads(path.read_text())
    report["links"][0][field] = value
    path.write_text(json.dumps(report))
    with pytest.raises(ProblemsFound, match="this is not a report of the link check"):
        read(path)


def test_a_folder_of_that_name_is_no_report(tmp_path: Path) -> None:
    (tmp_path / "link-report.json").mkdir()
    with pytest.raises(ProblemsFound, match=r"link-report.json:1: the file cannot be read \(Is a directory\)"):
        read(tmp_path / "link-report.json")


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
CHECKED = st.builds(
    CheckedLink, url=TEXT, id=st.none() | TEXT, verdict=st.sampled_from(VERDICTS), detail=TEXT,
    final_url=st.none() | TEXT, found_on=st.lists(TEXT, max_size=3), candidate=st.booleans(),
)  # fmt: skip
MOMENTS = st.datetimes(timezones=st.just(datetime.UTC)).map(lambda moment: moment.replace(microsecond=0))


@given(st.builds(LinkReport, checked_at=MOMENTS, links=st.lists(CHECKED, max_size=4)))
def test_every_report_that_is_written_reads_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, report: LinkReport
) -> None:
    path = tmp_path_factory.getbasetemp() / "written-report.json"
    write(report, path)
    assert read(path) == report


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["checked_at", "links", "url"]) | TEXT, inner)
    ),
    max_leaves=8,
)


@given(st.binary(max_size=60) | JSON.map(lambda held: json.dumps(held).encode()))
def test_whatever_stands_in_the_file_it_is_a_report_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "link-report.json"
    path.write_bytes(content)
    try:
        assert isinstance(read(path), LinkReport)
    except ProblemsFound as found:
        assert str(found) == MESSAGE
