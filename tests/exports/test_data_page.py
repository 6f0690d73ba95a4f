"""The page "Use the data" and what other pages say of the exports, in the built site."""

import json
from pathlib import Path

import pytest
from lxml import html

from exported import SITE, exported
from register.exports.database import answers
from register.exports.published import Published
from register.site import urls
from register.state.snapshot import Snapshot


@pytest.fixture(scope="module")
def page(built_sample: Path) -> html.HtmlElement:
    """The page "Use the data"."""
    return html.parse(str(built_sample / "data" / "index.html")).getroot()


def test_every_file_of_the_route_table_is_in_the_site_and_linked_from_the_page(
    built_sample: Path, page: html.HtmlElement, sample: Snapshot
) -> None:
    linked = {f"data/{link}" for link in page.xpath("//div[@class='downloads']//a/@href")}
    made = {route.path for route in urls.files(sample)}
    former = {was.path for was, _ in urls.former_feeds(sample.header)}
    beside = {
        path for path in made if path.endswith(".csv-metadata.json")
    }  # found beside its table by those who read it
    kept = urls.kept_version(sample.version)[0].path
    assert linked == made - former - beside | {kept}
    assert all((built_sample / path).is_file() for path in [*made, kept])


def test_the_page_shows_what_the_database_answers_today(page: html.HtmlElement, sample: Snapshot) -> None:
    shown = answers(Published(sample, SITE))
    assert [code.text for code in page.xpath("//pre/code")] == [answer.question.sql for answer in shown]
    tables = page.xpath("//table[starts-with(@aria-labelledby, 'ask-')]")
    for table, answer in zip(tables, shown, strict=True):
        rows = [tuple(cell.text or "" for cell in row) for row in table.xpath("tbody/tr")]
        assert rows == [tuple(value or "–" for value in row) for row in answer.rows[: len(rows)]]
        assert len(rows) == min(6, len(answer.rows)) > 0


def test_the_files_in_the_site_are_those_that_the_exports_give(built_sample: Path, sample: Snapshot) -> None:
    files = exported(sample)
    """The list of addresses names written pages, too: it is looked at in tests/site/test_manifest.py."""
    del files["data/addresses.json"]
    assert {path: (built_sample / path).read_bytes() for path in files} == files


def test_the_page_describes_the_dataset_in_a_data_block_that_is_no_script(page: html.HtmlElement) -> None:
    blocks = page.xpath("//script[not(@src)]")
    assert [block.get("type") for block in blocks] == ["application/ld+json"]
    said = json.loads(blocks[0].text)
    assert (said["@context"], said["@type"]) == ("https://schema.org/", "Dataset")
    assert said["license"] == "https://www.exampleshire.test/licence"
    assert said["name"] == "Exampleshire's response to the 14 Sampleton recommendations (fictional)"
    assert "999" in [line["telephone"] for line in said["mentions"]]
    assert {part["contentUrl"] for part in said["distribution"]} >= {
        f"{SITE}data/{name}" for name in ("recommendations.csv", "feeds/updates.atom")
    }
    assert said["version"] in said["description"]


def test_the_data_block_is_not_in_the_search_index(built_sample: Path) -> None:
    assert "schema.org" not in (built_sample / "search" / "search_index.js").read_text()


def test_every_page_names_the_feed_and_a_recommendation_its_own(built_sample: Path) -> None:
    for path in built_sample.rglob("*.html"):
        where = path.parent.relative_to(built_sample)
        links = html.parse(str(path)).xpath("//head/link[@rel='alternate']")
        if path.name == "404.html":
            assert links == []
            continue
        targets = [(path.parent / link.get("href")).resolve() for link in links]
        assert all(target.is_file() for target in targets), path
        assert targets[-1] == built_sample / "data" / "feeds" / "updates.atom"
        own = {
            "recommendations": [f"recommendation-{where.name}.atom", f"{where.name}.json"],
            "for": [f"audience-{where.name}.atom"] if where.name != "taxi-licensing" else [],
        }
        assert [target.name for target in targets[:-1]] == own.get(where.parent.as_posix(), [])


def test_the_crosswalk_shows_words_as_they_are_written(page: html.HtmlElement) -> None:
    cells = [cell.text_content() for cell in page.xpath("//td[@data-label='Their word']")]
    assert 'Arrived <b>"& back"</b>' in cells
    assert "none" in cells
    assert "Yes, as written, Yes, in another way" in cells
