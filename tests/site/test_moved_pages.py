"""What readers, programs and web hosts get at an old address."""

from pathlib import Path

import pytest
from lxml import html

from projects import Project
from register.site.pages.moved import MovedPage
from register.site.render import Renderer
from register.site.urls import Move

SITE = "https://register.exampleshire.test/"
RENAMED = Move("for/old/", "for/new/", "audiences/old", why="What it is about is called “New” now.")


@pytest.mark.parametrize(("old", "new"), [("in-brief/", "short/"), ("for/taxi-licensing/", "for/licensing/")])
def test_an_old_page_leads_on_by_a_link_and_sends_nobody(built_sample: Path, old: str, new: str) -> None:
    page = html.parse(str(built_sample / old / "index.html")).getroot()
    assert page.xpath("//h1/text()") == ["This page has moved"]
    [link] = page.xpath("//div[@class='moved']//a")
    assert link.text_content() == f"Go to the new address: /{new}"
    assert (built_sample / old / link.get("href")).resolve() == built_sample / new
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{SITE}{new}"]
    assert page.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh')='refresh']") == []


def test_a_page_that_stands_where_it_stood_names_itself(built_sample: Path) -> None:
    page = html.parse(str(built_sample / "short" / "index.html")).getroot()
    assert page.xpath("//link[@rel='canonical']/@href") == [f"{SITE}short/"]
    assert page.xpath("//meta[@property='og:url']/@content") == [f"{SITE}short/"]


def test_an_old_page_says_since_when_and_why(built_sample: Path) -> None:
    [said] = html.parse(str(built_sample / "in-brief" / "index.html")).xpath("//div[@class='moved']")
    words = " ".join(said.text_content().split())
    assert words == (
        "This page has moved What stood at the address /in-brief/ is at another one now. "
        'Go to the new address: /short/ It moved on 5 February 2024. The page "In brief" got a name that more people look for.'
    )


def test_where_the_day_is_not_known_none_is_said() -> None:
    shown = Renderer().render(MovedPage(RENAMED, ""), "for/old/")
    assert "It moved on" not in shown
    assert 'href="../new/"' in shown
    assert "What it is about is called “New” now." in shown


def test_the_search_does_not_find_an_old_page(built_sample: Path) -> None:
    index = (built_sample / "search" / "search_index.js").read_text()
    assert "in-brief" not in index and "taxi-licensing" not in index


def test_an_old_feed_has_the_entries_of_the_new_one_under_ids_of_its_own(built_sample: Path) -> None:
    feeds = [
        (built_sample / "data" / "feeds" / f"audience-{name}.atom").read_text()
        for name in ("licensing", "taxi-licensing")
    ]
    ids, titles = (
        [[line.strip() for line in feed.splitlines() if f"<{tag}>" in line] for feed in feeds]
        for tag in ("id", "title")
    )
    assert titles[0] == titles[1]
    assert not set(ids[0]) & set(ids[1])
    assert len(ids[0]) == len(ids[1]) > 2


def test_the_old_feed_of_a_renamed_word_is_the_one_that_was_published(built_sample: Path, project: Project) -> None:
    """Whoever subscribed before the word was renamed sees no entry twice and misses none."""
    project.edit("data/register.yml", "  - id: licensing\n    label: Licensing\n    formerly: [taxi-licensing]\n", "  - id: taxi-licensing\n    label: Licensing\n")  # fmt: skip
    records = (project.folder / "data" / "recommendations.yml").read_text()
    project.write("data/recommendations.yml", records.replace("    - licensing\n", "    - taxi-licensing\n"))
    project.edit("data/topics.yml", "audiences: [licensing, schools]", "audiences: [taxi-licensing, schools]")
    assert project.run("site").returncode == 0
    path = Path("data") / "feeds" / "audience-taxi-licensing.atom"
    before, after = [(site / path).read_text().splitlines() for site in (project.folder / "site", built_sample)]
    changed = [line.strip() for line, other in zip(before, after, strict=True) if line != other]
    assert all("Register version" in line or "/for/taxi-licensing/" in line for line in changed), changed
