"""The manifest names all that is published and stays, and is read back as it was."""

import json
from pathlib import Path

import pytest
from lxml import etree, html

from projects import SAMPLE
from register.checks.docs_files import published_names
from register.exports.documents import addresses
from register.exports.published import Published
from register.model import Redirect, Register
from register.site.manifest import Item, Manifest, as_json, from_json, manifest
from register.state.snapshot import Snapshot
from registers import TODAY

DOCS = published_names(SAMPLE / "docs")
SITE = "https://register.exampleshire.test/"


@pytest.fixture(scope="module")
def held(sample: Snapshot) -> Manifest:
    """The sample's manifest."""
    return manifest(sample, DOCS)


def names(held: Manifest, kind: str) -> set[str]:
    return {item.name for item in held.items if item.kind == kind}


def test_every_page_and_file_to_take_away_of_the_built_site_is_in_it(built_sample: Path, held: Manifest) -> None:
    built = {path.relative_to(built_sample).as_posix() for path in built_sample.rglob("*") if path.is_file()}
    assert names(held, "page") == {name.removesuffix("index.html") for name in built if name.endswith("index.html")}
    taken_away = {name for name in built if name.startswith(("data/", "files/")) and not name.endswith(".html")}
    taken_away = {
        name for name in taken_away if not name.startswith("data/versions/")
    }  # a later build has other versions
    assert names(held, "file") == taken_away
    assert "files/learning-plan-2026.pdf" in taken_away


def test_every_part_in_it_is_in_the_built_page(built_sample: Path, held: Manifest) -> None:
    assert names(held, "part") == {"about/#help-complete", "checked/#history"}
    for name in names(held, "part"):
        page, _, part = name.partition("#")
        assert html.parse(str(built_sample / page / "index.html")).xpath("//*[@id=$id]", id=part)


def test_every_feed_and_entry_of_the_built_site_is_in_it(built_sample: Path, held: Manifest) -> None:
    feeds = {
        path.relative_to(built_sample).as_posix(): etree.parse(str(path)).getroot()
        for path in built_sample.rglob("*.atom")
    }
    atom = {"a": "http://www.w3.org/2005/Atom"}
    assert {item.says: item.name for item in held.items if item.kind == "feed"} == {
        path: feed.findtext("a:id", namespaces=atom) for path, feed in feeds.items()
    }
    of_all = feeds["data/feeds/updates.atom"]
    # In other feeds an entry's id is made from the feed's and this one.
    assert names(held, "entry") == set(of_all.xpath("a:entry/a:id/text()", namespaces=atom))


def test_every_name_in_the_built_calendar_is_in_it(built_sample: Path, held: Manifest) -> None:
    lines = (built_sample / "data" / "calendar.ics").read_text().replace("\r\n ", "").splitlines()
    uids = {line.removeprefix("UID:") for line in lines if line.startswith("UID:")}
    assert len(uids) > 5
    assert uids <= names(held, "event")
    assert len(names(held, "event")) == 2 + 3 * 14  # the dates that a recommendation has not got today, too


def test_every_word_is_in_it_with_those_it_had_formerly(held: Manifest, sample: Snapshot) -> None:
    words = {item.name: item for item in held.items if item.kind == "word"}
    assert words["themes/travel"] == Item("word", "themes/travel", "word/themes/travel")
    assert words["audiences/taxi-licensing"].says == "licensing"
    assert len([name for name in words if name.startswith("responses/")]) == len(sample.header.responses)


@pytest.mark.parametrize(
    ("kind", "name", "of", "says"),
    [
        ("page", "", "docs/index.md", ""),
        ("page", "for/", "docs/for/index.md", ""),
        ("page", "recommendations/12/", "recommendation/12", ""),
        ("page", "recommendations/theme/travel/", "word/themes/travel", ""),
        ("page", "recommendations/response/not_published/", "word/responses/not_published", ""),
        ("page", "recommendations/views/differ/", "site", ""),
        ("page", "changes/2024-25/", "year/2024-25", ""),
        ("page", "for/police/", "word/audiences/police", ""),
        ("page", "for/taxi-licensing/", "word/audiences/taxi-licensing", "for/licensing/"),
        ("page", "in-brief/", "data/redirects.yml", "short/"),
        ("file", "data/feeds/audience-taxi-licensing.atom", "word/audiences/taxi-licensing", ""),
        ("file", "data/recommendations/3.json", "recommendation/3", ""),
        ("file", "data/links.csv", "site", ""),
    ],
)
def test_each_name_says_what_it_hangs_on(held: Manifest, kind: str, name: str, of: str, says: str) -> None:
    assert held.named[(kind, name)] == Item(kind, name, of, says)


def test_it_says_which_register_it_is_of(held: Manifest) -> None:
    assert (held.register, held.year_starts) == ("exampleshire-sampleton-14", "04-01")


def test_it_is_read_back_as_it_was_published(built_sample: Path, held: Manifest, sample: Snapshot) -> None:
    published = json.loads((built_sample / "data" / "addresses.json").read_text())
    assert from_json(published) == held
    assert published == json.loads(addresses(Published(sample, SITE), DOCS))
    assert published["about"]["version"] == sample.version
    assert from_json(as_json(held)) == held


def test_files_of_docs_are_in_it(sample: Snapshot) -> None:
    assert manifest(sample, ["a/report.pdf"]).named[("file", "a/report.pdf")].of == "docs/a/report.pdf"


def test_the_yearly_report_of_an_update_that_was_withdrawn_stays(small_register: Register) -> None:
    first = small_register.recommendations[0].updates[0]
    withdrawn = {"on": "2026-03-30", "by": "The editor", "reason": "It was wrong."}
    early = type(first).model_validate(
        {"date": "2015-05-01", "recorded": "2026-03-01", "voice": "partnership", "note": "x", "withdrawn": withdrawn}
    )
    records = [
        record.model_copy(update={"updates": [early, *record.updates]}) if record.number == 1 else record
        for record in small_register.recommendations
    ]
    held = manifest(Snapshot(small_register.model_copy(update={"recommendations": records}), TODAY), [])
    assert "year/2015-16" in {item.of for item in held.items}


def test_a_file_that_has_moved_is_listed_at_its_old_address(small_register: Register) -> None:
    typed = {"from": "/old.csv", "to": "/data/links.csv", "since": "2026-01-31", "why": "It moved."}
    register = small_register.model_copy(update={"redirects": [Redirect.model_validate(typed)]})
    held = manifest(Snapshot(register, TODAY), [])
    assert held.named[("file", "old.csv")] == Item("file", "old.csv", "data/redirects.yml", "data/links.csv")
    assert ("page", "old.csv") not in held.named
