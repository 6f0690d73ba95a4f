"""The built site: whole or not at all, the same bytes every time, and nothing in it but what was typed."""

import datetime
import os
import posixpath
import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import html

from projects import SAMPLE, SAMPLE_DAY, Project, make_project
from register.load.loader import load
from register.model import Register
from register.state.snapshot import Snapshot

TODAY = datetime.date(2026, 3, 31)
SMALL = Path(__file__).parent / "small"


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def words(text: str) -> str:
    """Text with every run of white space as one space."""
    return " ".join(text.split())


@pytest.fixture(scope="session")
def register() -> Register:
    """The sample's register."""
    return load(SAMPLE / "data", TODAY)


@pytest.fixture(scope="session")
def pages(built_sample: Path) -> dict[str, html.HtmlElement]:
    """Every built page of the sample by its address from the site's root; the 404 page as '404.html'."""
    found = sorted(built_sample.rglob("*.html"))
    return {
        path.relative_to(built_sample).as_posix().removesuffix("index.html"): html.document_fromstring(
            path.read_bytes(), parser=html.HTMLParser(encoding="utf-8")
        )
        for path in found
    }


@pytest.fixture
def built(built_sample: Path, tmp_path: Path) -> Project:
    """A copy of the sample with a good site in it, to be broken."""
    shutil.copytree(built_sample.parent, tmp_path / "project")
    return Project(tmp_path / "project")


# ── whole or not at all ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "words_to_add"),
    [
        ("docs/short.md", "\n[broken](nowhere.md)\n"),
        ("docs/short.md", '\n<a href="../nowhere/">broken</a>\n'),
        ("docs/short.md", "\n{{ total() }}\n"),
        ("mkdocs.yml", "\nno_such_setting: true\n"),
    ],
    ids=["found by mkdocs", "found in the built pages", "found in the check", "found in the settings"],
)
def test_a_build_that_fails_leaves_the_last_site_as_it_was(built: Project, name: str, words_to_add: str) -> None:
    path = built.folder / name
    path.write_text(path.read_text(encoding="utf-8") + words_to_add, encoding="utf-8")
    before = contents(built.folder / "site")
    done = built.run("site")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.endswith("; the site was not changed\n")
    assert "Traceback" not in done.stderr
    assert contents(built.folder / "site") == before
    assert [path.name for path in built.folder.glob(".build*")] == []


def test_a_build_that_succeeds_takes_the_place_of_the_last_one_and_says_what_it_built(built: Project) -> None:
    (built.folder / "site" / "left-over.html").write_text("from an earlier build")
    built.edit("docs/short.md", "title: ", "title: New, ")
    done = built.run("site")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert re.fullmatch(r"Built 14 recommendations into \d+ pages, in .*site/\.", lines[0])
    assert re.fullmatch(r"Register version [0-9a-f]{12}, as at 2026-03-31\.", lines[1])
    assert len(lines) == 4
    assert not (built.folder / "site" / "left-over.html").exists()
    assert "New, " in (built.folder / "site" / "short" / "index.html").read_text(encoding="utf-8")
    assert [path.name for path in built.folder.glob(".build*")] == []
    assert (built.folder / "site").stat().st_mode & 0o777 == 0o755


def test_two_builds_of_the_same_input_have_the_same_bytes(built_sample: Path, tmp_path: Path) -> None:
    folder = tmp_path / "another place"
    folder.mkdir()
    assert make_project(folder).run("site").returncode == 0
    one, two = contents(built_sample), contents(folder / "site")
    assert one.keys() == two.keys()
    assert [name for name in one if one[name] != two[name]] == []
    assert "sitemap.xml.gz" in one


# ── which day it is ────────────────────────────────────────────────────────────────────────────


def test_an_earlier_day_shows_the_register_as_it_stood_then(project: Project) -> None:
    done = project.run("--as-of", "2024-01-31", "site")
    assert (done.returncode, done.stderr) == (0, "")
    assert "as at 2024-01-31." in done.stdout
    page = (project.folder / "site" / "recommendations" / "1" / "index.html").read_text(encoding="utf-8")
    assert "Five of the nine organisations have named their person." in page
    assert "All nine have named their person" not in page
    assert "31 January 2024" in page
    changes = (project.folder / "site" / "changes" / "index.html").read_text(encoding="utf-8")
    assert "All nine have named their person" not in changes


@pytest.mark.parametrize("command", ["check", "site"])
@pytest.mark.parametrize(
    ("day", "message"),
    [
        ({"AS_OF": "2024-02-30"}, "AS_OF is not a date: '2024-02-30' (write it like 2026-02-28)"),
        ({"AS_OF": "yesterday"}, "AS_OF is not a date: 'yesterday' (write it like 2026-02-28)"),
        ({"AS_OF": "2026-04-01"}, "AS_OF is in the future: '2026-04-01' (today is 2026-03-31)"),
        ({"SOURCE_DATE_EPOCH": "noon"}, "SOURCE_DATE_EPOCH is not a number of seconds: 'noon'"),
    ],
)
def test_a_wrong_day_is_told_in_one_line_with_status_2(
    project: Project, command: str, day: dict[str, str], message: str
) -> None:
    done = project.run(command, **day)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{message}\n")


# ── the pages ──────────────────────────────────────────────────────────────────────────────────


def test_every_recommendation_has_a_page_at_its_number(pages: dict, register: Register) -> None:
    numbers = {address for address in pages if re.fullmatch(r"recommendations/\d+/", address)}
    assert numbers == {f"recommendations/{number}/" for number in range(1, register.header.total + 1)}


def test_every_page_has_one_main_heading(pages: dict) -> None:
    assert {address: len(page.findall(".//h1")) for address, page in pages.items()} == dict.fromkeys(pages, 1)


def test_every_page_has_a_title_and_a_description_of_its_own(pages: dict) -> None:
    titles = Counter(page.findtext("head/title") for page in pages.values())
    described = [page.xpath("string(head/meta[@name='description']/@content)") for page in pages.values()]
    assert titles.most_common(1)[0][1] == 1
    assert all(title and title.strip() for title in titles)
    assert Counter(described).most_common(1)[0][1] == 1
    assert all(described)


def test_every_page_names_the_version_of_the_register_and_its_day(pages: dict, register: Register) -> None:
    version = Snapshot(register, TODAY).version
    for address, page in pages.items():
        if address != "404.html":
            footer = words(page.find(".//footer").text_content())
            assert version in footer, address
            assert "The register as at 31 March 2026" in footer.replace("as at31", "as at 31"), address
            if page.xpath("boolean(//main//dl/div/dt[.='Last update'])") or not address.startswith("recommendations/"):
                assert "Last updated" in footer, address


def test_edit_this_page_leads_to_the_file_that_holds_it(pages: dict) -> None:
    edit = "https://code.exampleshire.test/edit/main/"
    for address, page in pages.items():
        if address == "404.html":
            continue
        [link] = [link for link in page.xpath("//footer//a/@href") if link.startswith(edit)]
        file = posixpath.normpath(link.removeprefix(edit))  # as browsers do before they ask (RFC 3986, 5.2.4)
        written = [f"docs/{address.rstrip('/')}.md", f"docs/{address}index.md"]
        kept = [name for name in written if (SAMPLE / name).is_file()] or ["data/recommendations.yml"]
        assert [file] == kept, address


def test_the_files_that_visitors_and_machines_ask_for_are_there(built_sample: Path, pages: dict) -> None:
    for name in ("404.html", "robots.txt", "sitemap.xml", "favicon.ico", "assets/icon.svg"):
        assert (built_sample / name).is_file(), name
    listed = {
        urlsplit(place.text).path.lstrip("/")
        for place in ElementTree.parse(built_sample / "sitemap.xml").iter(
            "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
        )
    }
    assert listed == set(pages) - {"404.html"}
    robots = (built_sample / "robots.txt").read_text()
    assert "Sitemap: https://register.exampleshire.test/sitemap.xml" in robots.splitlines()


# ── nothing but what was typed ─────────────────────────────────────────────────────────────────


def typed_texts(register: Register, number: int) -> list[str]:
    """Every text of a recommendation that a reader must see to the letter, line by line."""
    record = register.recommendations[number - 1]
    held = [record.title, record.lead, record.meaning, record.done_when]
    held += [part.text for part in (record.summary, record.wording) if part]
    held += [text for update in record.updates for text in (update.note, update.reason)]
    return [words(line.strip().removeprefix("- ")) for text in held if text for line in text.splitlines()]


@pytest.mark.parametrize("number", range(1, 15))
def test_every_text_of_a_record_appears_on_its_page_to_the_letter(pages: dict, register: Register, number: int) -> None:
    shown = words(pages[f"recommendations/{number}/"].text_content())
    assert [text for text in typed_texts(register, number) if text not in shown] == []


def test_the_sample_holds_text_that_would_do_harm_if_it_were_read_as_code(register: Register) -> None:
    everything = " ".join(text for number in range(1, 15) for text in typed_texts(register, number))
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


def test_names_and_topics_and_milestones_appear_to_the_letter(pages: dict, register: Register) -> None:
    shown = {address: words(page.text_content()) for address, page in pages.items()}
    expected = [("sources/", link.name) for link in register.links]
    expected += [("sources/", link.owner) for link in register.links]
    expected += [("topics/", topic.title) for topic in register.topics]
    expected += [("changes/", milestone.text) for milestone in register.timeline]
    expected += [("recommendations/", record.title) for record in register.recommendations if record.title]
    for contact in register.contacts:
        if contact.use == "ok":
            expected += [("help/", text) for text in (contact.name, contact.for_whom, contact.hours)]
    assert [(address, text) for address, text in expected if words(text) not in shown[address]] == []


def test_a_contact_that_nobody_confirmed_is_shown_nowhere(pages: dict, register: Register) -> None:
    hidden = [contact for contact in register.contacts if contact.use == "check"]
    assert hidden
    for address, page in pages.items():
        for contact in hidden:
            assert contact.name not in page.text_content(), address
            assert not contact.number or contact.number not in page.text_content(), address


def test_why_contacts_are_unconfirmed_is_said_once_and_never_of_an_emergency_line(pages: dict) -> None:
    shown = words(pages["help/"].find(".//main").text_content())
    assert "Last confirmed 2 March 2026." in shown
    assert shown.count("Not confirmed with the service yet: ") == 2
    assert (
        "Not confirmed with the service yet: Exampleshire Night Team (fictional). "
        "Copied from a published page. To be rung before launch."
    ) in shown
    assert "It is not rung to test it" not in shown


def test_the_help_page_is_itself_the_help_that_other_pages_end_with(pages: dict) -> None:
    for address, page in pages.items():
        [link] = page.xpath("//a[@class='gethelp']/@href")
        assert link == ("#content" if address == "help/" else "#help"), address
        assert len(page.xpath("//*[@id='help']")) == (address != "help/"), address
        more = [words(link.text_content()) for link in page.xpath("//*[@id='help']//a[contains(@href, 'help/')]")]
        assert more == ([] if address == "help/" else ["More ways to get help"]), address
    first = pages["help/"].xpath("//main//li")[0]
    assert words(first.text_content()).startswith("In danger now? Call 999")


def test_an_address_that_nobody_confirmed_is_no_link_anywhere(pages: dict, register: Register) -> None:
    candidates = {link.candidate for link in register.links if link.candidate}
    assert candidates
    for address, page in pages.items():
        assert not candidates & set(page.xpath("//@href")), address


FETCHED = (
    "//script/@src | //img/@src | //iframe/@src | //source/@src | //object/@data | //link[not(@rel='canonical')]/@href"
)


def test_no_page_fetches_anything_from_elsewhere(pages: dict, built_sample: Path) -> None:
    for address, page in pages.items():
        fetched = page.xpath(FETCHED)
        assert fetched, address
        assert [url for url in fetched if urlsplit(url).netloc or urlsplit(url).scheme] == [], address
    for path in [*built_sample.rglob("*.css"), *built_sample.rglob("*.js")]:
        code = re.sub(r"http://www\.w3\.org/\S+", "", path.read_text(encoding="utf-8"))
        assert not re.search(r"(?i)@import|url\(\s*['\"]?(?:https?:)?//|['\"`](?:https?:)?//\w", code), path.name


def test_no_page_holds_a_script_or_style_of_its_own(pages: dict) -> None:
    for address, page in pages.items():
        own = [script for script in page.iter("script") if not script.get("src") or script.text]
        # A data block is never run, so no policy has to allow it (HTML, 4.12.1).
        assert [script for script in own if script.get("type") != "application/ld+json"] == [], address
        assert page.xpath("//style | //@style") == [], address
        assert [name for element in page.iter("*") for name in element.keys() if name.startswith("on")] == [], address  # noqa: SIM118
        assert [link for link in page.xpath("//@href") if link.lower().startswith(("javascript:", "data:"))] == []


# ── the version ────────────────────────────────────────────────────────────────────────────────


def version_of(folder: Path) -> str:
    """The version id of the register in a project's folder."""
    return Snapshot(load(folder / "data", TODAY), TODAY).version


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """The smallest register, in a folder that a test may change."""
    shutil.copytree(SMALL, tmp_path / "small")
    return Project(tmp_path / "small")


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("recommendations.yml", "note: Work began.", "note: Work begun."),
        ("recommendations.yml", "date: 2024-02\n", "date: 2024-02-01\n"),
        ("register.yml", "label: under way", "label: on the way"),
        ("links.yml", "name: The plan", "name: A plan"),
        ("contacts.yml", "hours: Not known", "hours: Unknown"),
        ("topics.yml", "confidence: high", "confidence: low"),
        ("timeline.yml", "text: The partnership read it.", "text: The partnership has read it."),
    ],
)
def test_the_version_differs_when_a_word_of_any_file_changes(small: Project, name: str, old: str, new: str) -> None:
    before = version_of(small.folder)
    small.edit(f"data/{name}", old, new)
    assert re.fullmatch(r"[0-9a-f]{12}", before)
    assert version_of(small.folder) != before


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("recommendations.yml", "- number: 2\n", "\n# A comment.\n- number: 2  # another\n"),
        ("recommendations.yml", "related: [2]", "related:\n    - 2"),
        ("recommendations.yml", "note: Work began.", "note: >-\n        Work\n        began."),
        ("links.yml", "  name: The plan\n  owner: Pond Council\n", "  owner: 'Pond Council'\n  name: \"The plan\"\n"),
    ],
)
def test_the_version_stays_when_only_comments_or_layout_change(small: Project, name: str, old: str, new: str) -> None:
    before = version_of(small.folder)
    small.edit(f"data/{name}", old, new)
    assert version_of(small.folder) == before


def test_a_build_that_is_called_off_leaves_nothing_behind(project: Project) -> None:
    """As CI does when a newer change comes in."""
    building = subprocess.Popen(
        [sys.executable, "-m", "register", "site"],
        cwd=project.folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": SAMPLE_DAY},
    )
    while building.poll() is None and not list(project.folder.glob(".build-*/*")):
        time.sleep(0.01)
    building.terminate()
    assert building.wait(timeout=20) == 143
    assert list(project.folder.glob(".build-*")) == []
    assert not (project.folder / "site").exists()
