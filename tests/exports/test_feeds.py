"""The feeds: read by a reader that nobody here wrote, with names that never change."""

import json
import re
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exported import SITE
from register.dates import PartialDate
from register.exports.feeds import FeedEntry, feed, feeds
from register.exports.identifiers import milestone_keys, update_keys, urn
from register.exports.published import Published
from register.load.loader import load
from register.model import Register
from register.site.render import Renderer
from register.state.change_sentences import change_sentences
from register.state.snapshot import Snapshot
from registers import SAMPLE, TODAY

ATOM = {"a": "http://www.w3.org/2005/Atom"}
FEEDS = ["updates", "recommendation-3", "recommendation-14", "audience-police"]


def read(files: dict[str, bytes], name: str) -> feedparser.FeedParserDict:
    """A feed as the foreign reader sees it."""
    found = feedparser.parse(files[f"data/feeds/{name}.atom"])
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


@pytest.mark.parametrize("name", FEEDS)
def test_a_feed_has_all_that_rfc_4287_demands(files: dict[str, bytes], name: str) -> None:
    root = ElementTree.fromstring(files[f"data/feeds/{name}.atom"])
    for part in (root, *root.findall("a:entry", ATOM)):
        for tag in ("id", "title", "updated"):
            assert len(part.findall(f"a:{tag}", ATOM)) == 1, tag
        assert part.findall("a:author/a:name", ATOM)
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", part.findtext("a:id", "", ATOM))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", part.findtext("a:updated", "", ATOM))
        assert part.findall("a:link[@rel='alternate']", ATOM)
    assert root.find("a:link[@rel='self']", ATOM).get("href") == f"{SITE}data/feeds/{name}.atom"
    ids = [entry.findtext("a:id", "", ATOM) for entry in root.findall("a:entry", ATOM)]
    assert len(set(ids)) == len(ids)


def test_every_feed_can_be_read(files: dict[str, bytes]) -> None:
    names = [path.removeprefix("data/feeds/").removesuffix(".atom") for path in files if path.endswith(".atom")]
    assert len(names) == 1 + 14 + 6
    for name in names:
        read(files, name)


def test_the_feed_of_everything_holds_every_update_and_milestone_once(
    files: dict[str, bytes], sample_register: Register
) -> None:
    entries = read(files, "updates").entries
    told_of = sum(len(record.updates) for record in sample_register.recommendations) + len(sample_register.timeline)
    assert len(entries) == len({entry.id for entry in entries}) == told_of


def test_the_feeds_of_all_recommendations_together_hold_every_update_once(
    files: dict[str, bytes], sample_register: Register
) -> None:
    ids = [entry.id for number in range(1, 15) for entry in read(files, f"recommendation-{number}").entries]
    assert len(ids) == len(set(ids)) == sum(len(record.updates) for record in sample_register.recommendations)
    assert set(ids) < {entry.id for entry in read(files, "updates").entries}


def test_an_audience_gets_the_updates_of_its_recommendations_only(
    files: dict[str, bytes], sample_register: Register
) -> None:
    wanted = {record.number for record in sample_register.recommendations if "licensing" in record.audiences}
    links = {entry.link for entry in read(files, "audience-licensing").entries}
    assert links == {f"{SITE}recommendations/{number}/" for number in wanted}


def test_entries_stand_newest_first_and_the_later_of_one_day_first(files: dict[str, bytes]) -> None:
    entries = read(files, "recommendation-5").entries
    dates = [entry.updated for entry in entries]
    assert dates == sorted(dates, reverse=True)
    same_day = [entry.author for entry in entries if entry.updated.startswith("2025-07-01")]
    assert same_day == ["the partnership", "the independent scrutineer"]


def test_a_feed_in_which_nothing_has_happened_is_as_old_as_the_report(files: dict[str, bytes]) -> None:
    found = read(files, "recommendation-14")
    assert found.entries == []
    assert found.feed.updated == "2022-05-12T00:00:00Z"


def test_an_entry_says_in_words_what_changed(files: dict[str, bytes]) -> None:
    titles = {entry.updated[:10]: entry.title for entry in read(files, "recommendation-3").entries}
    assert titles["2024-11-26"] == (
        "Recommendation 3, the partnership: Promise moved from December 2024 to 30 September 2026"
    )
    assert titles["2023-03-22"] == (
        "Recommendation 3, the partnership: Response: applies (before: under consideration). "
        "Progress: not started (before: exploring). Promised by 31 March 2024"
    )
    entry = next(entry for entry in read(files, "recommendation-3").entries if entry.updated.startswith("2024-11-26"))
    content = entry.content[0].value
    assert "tried out with young people first" in content
    assert "26 November 2024, said by the partnership." in content


def test_an_entry_that_opens_work_again_says_so_first(sample: Snapshot) -> None:
    assert [
        "Reopened.",
        "Progress: under way (before: done).",
        "Promise moved from 30 June 2024 to 30 June 2026.",
    ] in change_sentences(sample.statuses[5])


def test_an_entry_that_says_the_same_again_tells_of_no_change(sample: Snapshot) -> None:
    assert change_sentences(sample.statuses[8])[1:3] == [["Progress: under way (before: not started)."], []]


def test_an_entry_says_how_much_of_its_date_is_known(files: dict[str, bytes]) -> None:
    oldest = read(files, "recommendation-7").entries[-1]
    assert oldest.updated == "2023-01-01T00:00:00Z"
    assert "2023, said by the partnership." in re.sub(r"<[^>]+>", "\n", oldest.content[0].value).splitlines()


def test_evidence_is_linked_with_its_whole_address(files: dict[str, bytes]) -> None:
    contents = [entry.content[0].value for entry in read(files, "recommendation-11").entries]
    assert any('href="https://www.exampleshire.test/minutes?a=1&amp;b=2&amp;copy=3"' in content for content in contents)


def test_text_that_looks_like_markup_stays_text(files: dict[str, bytes]) -> None:
    root = ElementTree.fromstring(files["data/feeds/recommendation-11.atom"])
    contents = "".join(content.text for content in root.iterfind(".//a:content", ATOM))
    assert "<script" not in contents
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in contents
    assert "{{ 7*7 }}" in contents


# ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def ids(files: dict[str, bytes]) -> dict[str, list[str]]:
    """Every name in every feed and in the calendar, by file."""
    return {
        path: re.findall(r"urn:uuid:[0-9a-f-]{36}", content.decode())
        for path, content in files.items()
        if path.endswith((".atom", ".ics"))
    }


def test_names_stay_when_the_site_moves(changed, files: dict[str, bytes]) -> None:
    assert ids(changed(site="https://elsewhere.test/register/")) == ids(files)
    assert ids(changed(site="http://127.0.0.1:8000/")) == ids(files)


def test_names_stay_when_the_register_gets_another_title(changed, files: dict[str, bytes]) -> None:
    assert ids(changed(title="Another title")) == ids(files)


def test_names_of_two_registers_differ(changed, files: dict[str, bytes]) -> None:
    other = ids(changed(id="another"))
    assert all(not set(other[path]) & set(names) for path, names in ids(files).items())


def test_a_name_made_today_is_the_one_that_was_made_before(sample_register: Register) -> None:
    """Changing these breaks a promise: every reader would show every entry again."""
    header = sample_register.header
    assert update_keys(5, sample_register.recommendations[4].updates)[4:6] == [
        "5/2025-07-01/scrutineer",
        "5/2025-07-01/partnership",
    ]
    assert urn(header) == "urn:uuid:2fa3ce3f-b5c3-5061-a2a0-b3401d137ddf"
    assert urn(header, "update", "5/2025-07-01/partnership") == "urn:uuid:311dd6f7-a883-5d33-9702-5059dfacb813"
    assert urn(header, "recommendation", 3, "due") == "urn:uuid:b85dd674-8c88-534e-ad9a-b2635243fb26"


def test_an_update_that_is_found_later_renames_no_other(sample_register: Register) -> None:
    updates = sample_register.recommendations[2].updates
    found = updates[0].model_copy(update={"date": PartialDate("2022-11")})
    before = update_keys(3, updates)
    assert [key for key in update_keys(3, [updates[0], found, *updates[1:]]) if key in before] == before


def test_two_things_of_one_voice_and_day_have_two_keys(sample_register: Register) -> None:
    update, milestone = sample_register.recommendations[0].updates[0], sample_register.timeline[0]
    assert update_keys(1, [update, update]) == ["1/2022-11-08/partnership", "1/2022-11-08/partnership/2"]
    assert milestone_keys([milestone, milestone]) == ["2019", "2019/2"]


def test_the_keys_in_the_tables_are_those_behind_the_feeds(files: dict[str, bytes], sample_register: Register) -> None:
    whole = json.loads(files["data/register.json"])
    names = {
        urn(sample_register.header, "update", update["key"])
        for one in whole["recommendations"]
        for update in one["updates"]
    }
    assert names < {entry.id for entry in read(files, "updates").entries}


# ── Any text ──────────────────────────────────────────────────────────────────────────────────────────────────────────

RENDERER = Renderer()
PUBLISHED = Published(Snapshot(load(SAMPLE / "data", TODAY), TODAY), SITE)
TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\0\x0b\x1b\r\n\t<>&]\ufffe"), min_size=1)


@settings(deadline=None)
@given(TEXT, TEXT)
def test_a_feed_of_any_text_is_well_formed_and_loses_only_what_xml_cannot_hold(title: str, html: str) -> None:
    entry = FeedEntry("urn:uuid:x", PartialDate("2024-02"), title, "Somebody", html, "changes/")
    root = ElementTree.fromstring(feed(PUBLISHED, "urn:uuid:y", title, [entry], "changes/", "data/feeds/x.atom"))
    held = root.findtext("a:entry/a:title", None, ATOM), root.findtext("a:entry/a:content", None, ATOM)
    for given_, found in zip((title, html), held, strict=True):
        readable = re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", given_)
        assert found == readable.replace("\r\n", "\n").replace("\r", "\n")


@settings(deadline=None, max_examples=50)
@given(TEXT)
def test_a_note_of_any_text_reaches_a_reader_without_a_fault(note: str) -> None:
    register = PUBLISHED.snapshot.register
    record = register.recommendations[0]
    update = record.updates[0].model_copy(update={"note": note})
    told_of = record.model_copy(update={"updates": [update], "audiences": []})
    changed = register.model_copy(update={"recommendations": [told_of], "timeline": []})
    made = feeds(Published(Snapshot(changed, TODAY), SITE), RENDERER)
    found = feedparser.parse(made["data/feeds/recommendation-1.atom"])
    assert not found.bozo
    assert len(found.entries) == 1
