"""The pages of the sample, built once: everything that was typed, and nothing but what was typed."""

import posixpath
import re
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html

from register.model import Register
from register.site.policy import STYLE_IN_PAGE
from register.state.change_days import register_changed, status_changed
from register.state.snapshot import Snapshot
from registers import SAMPLE

Pages = dict[str, html.HtmlElement]


def words(text: str) -> str:
    """Text with every run of white space as one space."""
    return " ".join(text.split())


@pytest.fixture(scope="session")
def pages(built_sample: Path) -> Pages:
    """Every built page of the sample by its address from the site's root; the 404 page as '404.html'."""
    found = sorted(built_sample.rglob("*.html"))
    return {
        path.relative_to(built_sample).as_posix().removesuffix("index.html"): html.document_fromstring(
            path.read_bytes(), parser=html.HTMLParser(encoding="utf-8")
        )
        for path in found
    }


# ── the pages ──────────────────────────────────────────────────────────────────────────────────


def test_every_recommendation_has_a_page_at_its_number(pages: Pages, sample_register: Register) -> None:
    numbers = {address for address in pages if re.fullmatch(r"recommendations/\d+/", address)}
    assert numbers == {f"recommendations/{number}/" for number in range(1, sample_register.header.total + 1)}


def test_every_page_has_one_main_heading(pages: Pages) -> None:
    assert {address: len(page.findall(".//h1")) for address, page in pages.items()} == dict.fromkeys(pages, 1)


def test_every_page_has_a_title_and_a_description_of_its_own(pages: Pages) -> None:
    titles = Counter(page.findtext("head/title") for page in pages.values())
    described = [page.xpath("string(head/meta[@name='description']/@content)") for page in pages.values()]
    assert titles.most_common(1)[0][1] == 1
    assert all(title and title.strip() for title in titles)
    assert Counter(described).most_common(1)[0][1] == 1
    assert all(described)


def test_every_page_names_the_version_of_the_register_and_its_day(pages: Pages, sample: Snapshot) -> None:
    for address, page in pages.items():
        if address != "404.html":
            footer = words(page.find(".//footer").text_content())
            assert sample.version in footer, address
            assert "The register as at: 31 March 2026" in footer, address
            undated = address.startswith("recommendations/") or page.xpath("boolean(//div[@class='moved'])")
            if page.xpath("boolean(//main//section/h2[@id='history'])") or not undated:
                assert "Last updated" in footer, address


def test_edit_this_page_leads_to_the_file_that_holds_it(pages: Pages) -> None:
    edit = "https://code.exampleshire.test/edit/main/"
    for address, page in pages.items():
        if address == "404.html":
            continue
        [link] = [link for link in page.xpath("//footer//a/@href") if link.startswith(edit)]
        file = posixpath.normpath(link.removeprefix(edit))  # as browsers do before they ask (RFC 3986, 5.2.4)
        written = [f"docs/{address.rstrip('/')}.md", f"docs/{address}index.md"]
        moved = {"for/taxi-licensing/": ["data/register.yml"], "in-brief/": ["data/redirects.yml"]}
        kept = [name for name in written if (SAMPLE / name).is_file()]
        kept = kept or moved.get(address) or ["data/recommendations.yml"]
        assert [file] == kept, address


def test_the_files_that_visitors_and_machines_ask_for_are_there(built_sample: Path, pages: Pages) -> None:
    for name in ("404.html", "robots.txt", "sitemap.xml", "favicon.ico", "assets/icon.svg"):
        assert (built_sample / name).is_file(), name
    listed = {
        urlsplit(place.text).path.lstrip("/")
        for place in ElementTree.parse(built_sample / "sitemap.xml").iter(
            "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
        )
    }
    assert listed == set(pages) - {"404.html", "for/taxi-licensing/", "in-brief/"}  # these have moved
    robots = (built_sample / "robots.txt").read_text()
    assert "Sitemap: https://register.exampleshire.test/sitemap.xml" in robots.splitlines()


def test_the_sitemap_says_when_each_page_changed_by_the_data_and_not_when_it_was_built(
    built_sample: Path, sample: Snapshot
) -> None:
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = ElementTree.parse(built_sample / "sitemap.xml").getroot()
    said = {
        urlsplit(url.findtext("s:loc", "", spaces)).path: url.findtext("s:lastmod", "", spaces)
        for url in root.findall("s:url", spaces)
    }
    assert said["/recommendations/14/"] == "2022-05-12"  # nothing has happened: as old as the report
    assert said["/recommendations/1/"] == status_changed(sample.statuses[1]).isoformat()
    assert said["/recommendations/"] == register_changed(sample).isoformat()  # it shows the whole register
    assert (
        said["/short/"] == re.search("(?m)^updated: (.*)$", (SAMPLE / "docs" / "short.md").read_text())[1]
    )  # written words alone


# ── nothing but what was typed ─────────────────────────────────────────────────────────────────


def typed_texts(register: Register, number: int) -> list[str]:
    """Every text of a recommendation that a reader must see to the letter, line by line."""
    record = register.recommendations[number - 1]
    held = [record.title]
    held += [part.text for part in (record.summary, record.wording) if part]
    for update in record.updates:
        held += [update.note, update.reason, update.lead]
        held += [update.withdrawn.reason] if update.withdrawn else []
        held += [update.edited.reason] if update.edited else []
        held += [] if record.number == 10 else [update.meaning, update.done_when]  # its test for done was ended
    lines = [line.strip() for text in held if text for line in text.splitlines()]
    return [words(re.sub(r"^(- |\d{1,3}\. )", "", line)) for line in lines]  # a list has marks of its own


@pytest.mark.parametrize("number", range(1, 15))
def test_every_text_of_a_record_appears_on_its_page_to_the_letter(
    pages: Pages, sample_register: Register, number: int
) -> None:
    shown = words(pages[f"recommendations/{number}/"].text_content())
    assert [text for text in typed_texts(sample_register, number) if text not in shown] == []


def test_the_sample_holds_text_that_would_do_harm_if_it_were_read_as_code(sample_register: Register) -> None:
    everything = " ".join(text for number in range(1, 15) for text in typed_texts(sample_register, number))
    for awkward in (
        "<script>",
        "{{ 7*7 }}",
        "{% for",
        "</div>",
        "[brackets](#x)",
        "العربية",
        "Łódź",
        "Llŷr",
        "👩‍👩‍👧‍👦",
    ):
        assert awkward in everything, awkward


def test_names_and_topics_and_milestones_appear_to_the_letter(pages: Pages, sample_register: Register) -> None:
    shown = {address: words(page.text_content()) for address, page in pages.items()}
    expected = [("sources/", link.name) for link in sample_register.links]
    expected += [("sources/", link.owner) for link in sample_register.links]
    expected += [("topics/", topic.title) for topic in sample_register.topics]
    expected += [("changes/", milestone.text) for milestone in sample_register.timeline]
    expected += [("recommendations/", record.title) for record in sample_register.recommendations if record.title]
    for contact in sample_register.contacts:
        if contact.use == "ok":
            expected += [("help/", text) for text in (contact.name, contact.hours)]
            expected += [("help/", contact.for_whom)] if not (contact.emergency or contact.card) else []
    assert [(address, text) for address, text in expected if words(text) not in shown[address]] == []


def test_a_contact_that_nobody_confirmed_is_shown_nowhere(pages: Pages, sample_register: Register) -> None:
    hidden = [contact for contact in sample_register.contacts if contact.use == "check"]
    assert hidden
    for address, page in pages.items():
        for contact in hidden:
            assert contact.name not in page.text_content(), address
            assert not contact.number or contact.number not in page.text_content(), address


def test_why_contacts_are_unconfirmed_is_said_once_and_never_of_an_emergency_line(pages: Pages) -> None:
    shown = words(pages["help/"].find(".//main").text_content())
    assert "Last confirmed 2 March 2026." in shown
    why = "Exampleshire Night Team (fictional): Copied from a published page. To be rung before launch."
    assert shown.count(why) == shown.count("To be rung before launch.") == 1
    assert "It is not rung to test it" not in shown


def test_the_help_page_is_itself_the_help_that_other_pages_end_with(pages: Pages) -> None:
    for address, page in pages.items():
        [link] = page.xpath("//a[@class='gethelp']/@href")
        assert link == ("#content" if address == "help/" else "#help"), address
        assert len(page.xpath("//*[@id='help']")) == (address != "help/"), address
        more = [words(link.text_content()) for link in page.xpath("//*[@id='help']//a[contains(@href, 'help/')]")]
        assert more == ([] if address == "help/" else ["More ways to get help"]), address
    first = pages["help/"].xpath("//main//li")[0]
    assert words(first.text_content()).startswith("In danger now? Call 999")


def test_an_address_that_nobody_confirmed_is_no_link_anywhere(pages: Pages, sample_register: Register) -> None:
    candidates = {link.candidate for link in sample_register.links if link.candidate}
    assert candidates
    for address, page in pages.items():
        assert not candidates & set(page.xpath("//@href")), address


FETCHED = (
    "//script/@src | //img/@src | //iframe/@src | //source/@src | //object/@data | //link[not(@rel='canonical')]/@href"
)


def test_no_page_fetches_anything_from_elsewhere(pages: Pages, built_sample: Path) -> None:
    for address, page in pages.items():
        fetched = page.xpath(FETCHED)
        assert fetched, address
        assert [url for url in fetched if urlsplit(url).netloc or urlsplit(url).scheme] == [], address
    for path in [*built_sample.rglob("*.css"), *built_sample.rglob("*.js")]:
        code = re.sub(r"http://www\.w3\.org/\S+", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"(?i)@import|url\(\s*['\"]?(?:https?:)?//|['\"`](?:https?:)?//\w", code), path.name


def test_no_page_holds_a_script_of_its_own_or_another_style_than_the_one_that_all_have(pages: Pages) -> None:
    for address, page in pages.items():
        own = [script for script in page.iter("script") if not script.get("src") or script.text]
        # A data block is never run, so no policy has to allow it (HTML, 4.12.1).
        assert [script for script in own if script.get("type") != "application/ld+json"] == [], address
        assert [style.text for style in page.iter("style")] == [STYLE_IN_PAGE], address
        assert page.xpath("//@style") == [], address
        assert [name for element in page.iter("*") for name in element.keys() if name.startswith("on")] == [], address  # noqa: SIM118
        assert [link for link in page.xpath("//@href") if link.lower().startswith(("javascript:", "data:"))] == []
