"""The site on a memory stick: opened by a double click, in a real browser that is given no server and no network."""

import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit
from urllib.request import url2pathname

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from playwright.sync_api import Browser, Page, expect

from projects import Project
from register.site.offline import offline_address, offline_archive
from visits import PAGES, visit
from witness import Witness


@pytest.fixture(scope="module")
def stick(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a space and an accent in its name, in which the archive was unpacked."""
    folder = tmp_path_factory.mktemp("stick") / "My documénts"
    with zipfile.ZipFile(io.BytesIO(offline_archive(built_sample))) as archive:
        archive.extractall(folder)
    return folder / "register"


@pytest.fixture
def page(stick: Path, browser: Browser) -> Iterator[Page]:
    """The first page, as a double click opens it; at the end nothing was asked of the network, and no rule broken."""
    with visit(browser, "about:blank") as opened:
        witness = Witness(opened)
        opened.goto((stick / "index.html").as_uri())
        yield opened
        assert witness.faults(f"{stick.as_uri()}/") == []


def test_the_search_shows_help_first_and_leads_to_a_record(page: Page) -> None:
    form = page.locator("form.find")
    form.get_by_label("Number or word").fill("scared")
    expect(form.locator(".count")).to_contain_text("Help first")
    expect(form.locator(".lines strong").first).to_have_text("Police, emergency")
    form.get_by_role("link", name="More ways to get help").click()
    expect(page).to_have_url(page.url.rpartition("/register/")[0] + "/register/help/index.html")
    page.go_back()
    form.get_by_label("Number or word").fill("police")
    expect(form.locator(".count")).to_contain_text("result")
    form.locator(".results a").first.click()
    expect(page.locator("main h1")).to_be_visible()


def test_a_number_leads_to_its_record(page: Page) -> None:
    page.get_by_label("Number or word").fill("3")
    page.get_by_label("Number or word").press("Enter")
    page.wait_for_url("**/recommendations/3/index.html")


def test_the_list_is_narrowed_and_the_address_of_the_choice_opens_it_again(page: Page) -> None:
    page.get_by_role("navigation").get_by_role("link", name="Recommendations", exact=True).first.click()
    page.wait_for_url("**/recommendations/index.html")
    page.get_by_label("Response").select_option("applies-in-part")
    expect(page.locator("#register-count")).to_have_text("2 of 14 found")
    assert page.url.endswith("/recommendations/index.html?response=applies-in-part")
    page.reload()
    expect(page.locator("#register-count")).to_have_text("2 of 14 found")
    page.locator("#register tbody tr:visible").first.get_by_role("link").first.click()
    page.wait_for_url("**/recommendations/4/index.html")


def test_leaving_leads_elsewhere_and_back_leads_away_again(stick: Path, browser: Browser) -> None:
    with visit(browser, "about:blank") as page:
        page.route("https://weather.exampleshire.test/**", lambda route: route.fulfill(body="Weather"))
        page.goto((stick / "about" / "index.html").as_uri())
        page.goto((stick / "help" / "index.html").as_uri())
        page.click("#leave")
        page.wait_for_url("https://weather.exampleshire.test/**")
        with page.expect_event("framenavigated", lambda frame: "weather" in frame.url):
            page.evaluate("history.back()")  # to the page before the one that was left
        assert page.locator("body").inner_text() == "Weather"


def test_every_kind_of_page_opens_with_help_and_breaks_no_rule(stick: Path, page: Page) -> None:
    for name in (name for name in PAGES if name != "wrong address"):
        page.goto((stick / PAGES[name] / "index.html").as_uri())
        expect(page.locator("#leave")).to_be_visible()
        assert page.locator('a[href^="tel:"]').count() or page.locator('a[href$="help/index.html"]').count(), name
        assert page.evaluate("getComputedStyle(document.querySelector('#leave')).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_every_link_within_leads_to_a_file_that_is_there(stick: Path) -> None:
    lost = []
    for path in stick.rglob("*.html"):
        for address in html.parse(str(path)).xpath(
            "//a/@href | //link[@rel!='canonical']/@href | //script/@src | //img/@src"
        ):
            target = urlsplit(urldefrag(urljoin(path.as_uri(), address)).url)
            if target.scheme == "file" and not Path(url2pathname(target.path)).is_file():
                lost.append(f"{path.relative_to(stick)}: {address}")
    assert lost == []


def test_what_only_servers_read_is_left_out_and_the_data_is_there(stick: Path) -> None:
    names = {path.name for path in stick.rglob("*") if path.is_file()}
    assert not names & {"_headers", "_redirects", ".htaccess", "404.html", "robots.txt", "sitemap.xml", "security.txt"}
    assert not [name for name in names if name.endswith((".br", ".gz"))]
    assert {"register.json", "updates.csv", "calendar.ics"} <= names


def test_the_same_site_gives_the_same_bytes(built_sample: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(built_sample, tmp_path / "site", copy_function=shutil.copyfile)
    assert offline_archive(Path(copy)) == offline_archive(built_sample)


def test_one_command_writes_it_and_says_what_to_do(built_sample: Path, content: Project) -> None:
    missing = content.run_here("offline")
    assert (missing.returncode, missing.stdout) == (1, "")
    assert missing.stderr == "there is no built site in site/ (run 'make site' first)\n"
    (content.folder / "site").symlink_to(built_sample)
    done = content.run_here("offline")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "Written: offline.zip. Unpack it, then open index.html in the folder that it holds.\n"
    assert (content.folder / "offline.zip").read_bytes() == offline_archive(built_sample)


@pytest.mark.parametrize(
    ("address", "offline"),
    [
        (".", "./index.html"), ("./", "./index.html"), ("..", "../index.html"), ("../../", "../../index.html"),
        ("help/", "help/index.html"), ("../help/#line", "../help/index.html#line"),
        ("../recommendations/?response=applies#x", "../recommendations/index.html?response=applies#x"),
        ("#part", "#part"), ("?a=b", "?a=b"), ("", ""), ("../data/register.json", "../data/register.json"),
        ("tel:999", "tel:999"), ("mailto:a@b.test", "mailto:a@b.test"), ("https://www.gov.uk/", "https://www.gov.uk/"),
        ("//elsewhere.test/a/", "//elsewhere.test/a/"),
    ],
)  # fmt: skip
def test_a_link_to_a_folder_names_its_page(address: str, offline: str) -> None:
    assert offline_address(address) == offline


@given(st.text(alphabet="ab./?#:%é ", max_size=20))
def test_no_address_leads_to_a_folder(address: str) -> None:
    try:
        parts = urlsplit(offline_address(address))
    except ValueError:
        return
    assert parts.scheme or parts.netloc or not parts.path.endswith("/")
