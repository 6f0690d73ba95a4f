"""The feeds: read by a reader that nobody here wrote, newest first, each entry once and in words."""

import re
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exported import SITE
from register.dates import PartialDate
from register.exports.feeds import Feed, FeedEntry, atom, feeds
from register.exports.published import Published
from register.load.loader import load
from register.model import Milestone, Register
from register.site import urls
from register.site.render import Renderer
from register.state.snapshot import Snapshot
from registers import SMALL, TODAY, with_updates

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
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:\d\dZ", part.findtext("a:updated", "", ATOM))
        assert part.findall("a:link[@rel='alternate']", ATOM)
    assert root.find("a:link[@rel='self']", ATOM).get("href") == f"{SITE}data/feeds/{name}.atom"
    ids = [entry.findtext("a:id", "", ATOM) for entry in root.findall("a:entry", ATOM)]
    assert len(set(ids)) == len(ids)


def test_a_small_feed_is_exactly_this(small_register: Register) -> None:
    register = with_updates(
        small_register,
        [
            {
                "date": "2026-01",
                "response": "in-part",
                "note": "Half of it matters.",
                "reason": "The rest is done.",
                "evidence": ["minutes", "plan"],
            },
            {"date": "2026-02-01", "voice": "scrutineer", "note": "A & b."},
        ],
    )
    published = Published(Snapshot(register, TODAY), SITE)
    content = feeds(published, Renderer())["data/feeds/recommendation-1.atom"].decode()
    assert re.sub("urn:uuid:[0-9a-f-]{36}", "URN", content).replace(published.about.version, "VERSION") == (
        """\
<?xml version='1.0' encoding='utf-8'?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB">
  <id>URN</id>
  <title>Recommendation 1 of 1: Inquiry into Great Wyrley Ponds</title>
  <subtitle>Register version VERSION, with what is dated up to 10 February 2026. \
Proposed for this register’s own words and data, not yet confirmed: Open Licence. The inquiry's words are its own. \
Help: Police: 999 (Any time).</subtitle>
  <updated>2026-02-01T00:00:00Z</updated>
  <author>
    <name>Smallshire Partnership</name>
  </author>
  <link rel="self" type="application/atom+xml" \
href="https://register.exampleshire.test/data/feeds/recommendation-1.atom" />
  <link rel="alternate" type="text/html" href="https://register.exampleshire.test/recommendations/1/" />
  <rights>Proposed for this register’s own words and data, not yet confirmed: Open Licence. \
The inquiry's words are its own.</rights>
  <entry>
    <id>URN</id>
    <title>Recommendation 1, independent scrutineer: A &amp; b</title>
    <published>2026-02-01T00:00:00Z</published>
    <updated>2026-02-01T00:00:00Z</updated>
    <author>
      <name>independent scrutineer</name>
    </author>
    <link rel="alternate" type="text/html" \
href="https://register.exampleshire.test/recommendations/1/#update-2026-02-01-scrutineer" />
    <content type="html">&lt;p dir="auto"&gt;A &amp;amp; b.&lt;/p&gt;
&lt;p&gt;1 February 2026, said by independent scrutineer.&lt;/p&gt;</content>
  </entry>
  <entry>
    <id>URN</id>
    <title>Recommendation 1, the partnership: Response: applies in part</title>
    <published>2026-01-01T00:00:00Z</published>
    <updated>2026-01-01T00:00:00Z</updated>
    <author>
      <name>the partnership</name>
    </author>
    <link rel="alternate" type="text/html" \
href="https://register.exampleshire.test/recommendations/1/#update-2026-01-partnership" />
    <content type="html">&lt;p&gt;&lt;strong&gt;Response: applies in part.&lt;/strong&gt;&lt;/p&gt;
&lt;p dir="auto"&gt;Half of it matters.&lt;/p&gt;
&lt;p&gt;&lt;strong&gt;Why:&lt;/strong&gt;&lt;/p&gt;
&lt;p dir="auto"&gt;The rest is done.&lt;/p&gt;
&lt;ul&gt;
&lt;li&gt;&lt;a href="https://www.gov.uk/minutes"&gt;Minutes of June&lt;/a&gt;, Pond Council&lt;/li&gt;
&lt;li&gt;The plan, Pond Council&lt;/li&gt;
&lt;/ul&gt;
&lt;p&gt;January 2026, said by the partnership.&lt;/p&gt;</content>
  </entry>
</feed>
"""
    )


def test_every_feed_can_be_read(files: dict[str, bytes]) -> None:
    names = [path.removeprefix("data/feeds/").removesuffix(".atom") for path in files if path.endswith(".atom")]
    assert len(names) == 1 + 14 + 6 + 1  # the last is the old feed of a word that was renamed
    for name in names:
        read(files, name)


def test_the_feed_of_everything_holds_every_update_and_milestone_once(
    files: dict[str, bytes], sample_register: Register
) -> None:
    entries = read(files, "updates").entries
    happened = sum(len(record.updates) for record in sample_register.recommendations) + len(sample_register.timeline)
    assert len(entries) == len({entry.id for entry in entries}) == happened


def test_the_feeds_of_all_recommendations_together_hold_every_update_once(
    files: dict[str, bytes], sample_register: Register
) -> None:
    ids = [entry.id for number in range(1, 15) for entry in read(files, f"recommendation-{number}").entries]
    assert len(ids) == len(set(ids)) == sum(len(record.updates) for record in sample_register.recommendations)


def test_no_two_feeds_share_the_id_of_an_entry(files: dict[str, bytes]) -> None:
    """newsboat keeps one entry for each id: who follows two feeds would find it in one of them only."""
    paths = [path for path in files if path.endswith(".atom")]
    ids = [
        entry.findtext("a:id", "", ATOM)
        for path in paths
        for entry in ElementTree.fromstring(files[path]).findall("a:entry", ATOM)
    ]
    assert len(ids) == len(set(ids)) > 150


def test_each_entry_leads_to_its_own_place_and_that_is_on_the_page(files: dict[str, bytes], built_sample: Path) -> None:
    links = [entry.link.removeprefix(SITE) for entry in read(files, "updates").entries]
    assert len(set(links)) == len(links)
    for link in links:
        page, _, place = link.partition("#")
        assert f'id="{place}"' in (built_sample / page / "index.html").read_text(), link


def test_no_entry_has_an_empty_paragraph(files: dict[str, bytes]) -> None:
    for path, content in files.items():
        if path.endswith(".atom"):
            assert b"&lt;p&gt;&lt;/p&gt;" not in content, path


def test_an_audience_gets_the_updates_of_its_recommendations_only(
    files: dict[str, bytes], sample_register: Register
) -> None:
    own = [record for record in sample_register.recommendations if "licensing" in record.audiences]
    entries = read(files, "audience-licensing").entries
    pages = {entry.link.partition("#")[0] for entry in entries}
    assert pages == {f"{SITE}recommendations/{record.number}/" for record in own}
    assert len(entries) == sum(len(record.updates) for record in own)


def test_a_feed_is_titled_by_what_it_is_about(files: dict[str, bytes]) -> None:
    title = "Exampleshire's response to the 14 Sampleton recommendations (fictional)"
    feed = read(files, "updates").feed
    assert (feed.title, feed.author) == (title, "Exampleshire Safeguarding Children Partnership")
    assert read(files, "audience-licensing").feed.title == f"Licensing: {title}"


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("updates", "changes/"),
        ("recommendation-3", "recommendations/3/"),
        ("audience-licensing", "for/licensing/"),
    ],
)
def test_a_feed_links_the_page_that_shows_the_same(files: dict[str, bytes], name: str, page: str) -> None:
    root = ElementTree.fromstring(files[f"data/feeds/{name}.atom"])
    assert root.find("a:link[@rel='alternate']", ATOM).get("href") == f"{SITE}{page}"


def test_entries_stand_newest_first_and_the_later_of_one_day_first(files: dict[str, bytes]) -> None:
    entries = read(files, "recommendation-5").entries
    dates = [entry.updated for entry in entries]
    assert dates == sorted(dates, reverse=True)
    same_day = [(entry.author, entry.updated) for entry in entries if entry.updated.startswith("2025-07-01")]
    assert same_day == [
        ("the partnership", "2025-07-01T00:00:01Z"),
        ("the independent scrutineer", "2025-07-01T00:00:00Z"),
    ]


def test_no_two_entries_of_a_feed_were_updated_at_the_same_moment(files: dict[str, bytes]) -> None:
    """The W3C's validator warns of that, and readers that sort by nothing else would show them in any order."""
    for path in (path for path in files if path.endswith(".atom")):
        root = ElementTree.fromstring(files[path])
        moments = [entry.findtext("a:updated", "", ATOM) for entry in root.findall("a:entry", ATOM)]
        assert len(set(moments)) == len(moments), path
        assert root.findtext("a:updated", "", ATOM) == max(moments, default="2022-05-12T00:00:00Z")


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


def test_an_entry_that_changed_nothing_is_titled_with_the_beginning_of_its_note(files: dict[str, bytes]) -> None:
    titles = {entry.updated[:10]: entry.title for entry in read(files, "recommendation-8").entries}
    assert titles["2025-11-18"] == "Recommendation 8, the partnership: 700 of 900 drivers have been trained"


@pytest.mark.parametrize(
    ("end", "shown"), [("1234567890", "1234567890"), ("12345678901", "…"), ("1234567.", "1234567"), ("\nEnd.", "End")]
)
def test_a_milestone_is_titled_with_its_place_and_as_much_of_its_text_as_fits(
    small_register: Register, end: str, shown: str
) -> None:
    """100 characters of it, white space as single spaces, without the full stop."""
    text = "word " * 18 + end
    milestone = Milestone(date=PartialDate("2026-01"), place="Pond", text=text, sources=["minutes"])
    register = with_updates(small_register, []).model_copy(update={"timeline": [milestone]})
    made = feeds(Published(Snapshot(register, TODAY), SITE), Renderer())
    (entry,) = read(made, "updates").entries
    assert entry.title == f"Pond: {'word ' * 18}{shown}"
    assert entry.author == "Smallshire Partnership"
    assert entry.link == f"{SITE}changes/#event-2026-01"
    assert entry.updated == "2026-01-01T00:00:00Z"
    assert '<a href="https://www.gov.uk/minutes">Minutes of June</a>, Pond Council' in entry.content[0].value
    paragraph = " ".join(text.split())
    assert f'<p dir="auto">{paragraph}</p>' in entry.content[0].value


def test_an_entry_says_how_much_of_its_date_is_known(files: dict[str, bytes]) -> None:
    oldest = read(files, "recommendation-7").entries[-1]
    assert (oldest.published, oldest.updated) == ("2023-02-10T00:00:00Z", "2023-02-10T00:00:00Z")
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


# ── Any text ──────────────────────────────────────────────────────────────────────────────────────────────────────────

REGISTER = load(SMALL / "data", TODAY)
PUBLISHED = Published(Snapshot(REGISTER, TODAY), SITE)
RENDERER = Renderer()
TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("\0\x0b\x1b\x7f\r\n\t<>&]\ufffe"), min_size=1)


@given(TEXT, TEXT)
def test_a_feed_of_any_text_is_well_formed_and_loses_only_what_xml_cannot_hold(title: str, html: str) -> None:
    """DEL and the C1 controls, which XML allows and discourages (section 2.2), are replaced, too."""
    day = PartialDate("2024-02-01")
    entry = FeedEntry(("update", "x"), day, day, title, "Somebody", html, "changes/")
    content = atom(PUBLISHED, Feed(urls.UPDATES_FEED, title, "changes/", [entry]))
    root = ElementTree.fromstring(content)
    found = (
        root.findtext("a:title", None, ATOM),
        *(root.findtext(f"a:entry/a:{tag}", None, ATOM) for tag in ("title", "content")),
    )
    for typed, held in zip((title, title, html), found, strict=True):
        readable = re.sub("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", typed)
        assert held == readable.replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=50)
@given(TEXT)
def test_a_note_of_any_text_reaches_a_reader(note: str) -> None:
    register = with_updates(REGISTER, [{"date": "2024", "note": "x"}])
    record = register.recommendations[0]
    changed = record.model_copy(update={"updates": [record.updates[0].model_copy(update={"note": note})]})
    snapshot = Snapshot(register.model_copy(update={"recommendations": [changed]}), TODAY)
    found = feedparser.parse(feeds(Published(snapshot, SITE), RENDERER)["data/feeds/recommendation-1.atom"])
    assert not found.bozo
    assert len(found.entries) == 1
