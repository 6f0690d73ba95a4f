"""The search of the whole site in a real browser: help first, numbers, words in any form and script, what is shown of a page."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from projects import ROOT
from visits import NARROW, NODE_MODULES, Tabs, visit

SCRIPTS = ROOT / "theme" / "assets"


@pytest.fixture
def page(tabs: Tabs, address: str) -> Page:
    return tabs.at(address)


def find_form(page: Page, typed: str) -> Locator:
    """The form on the first page, with what is found for some words."""
    form = page.locator("form.find")
    form.get_by_label("Number or word").fill(typed)
    expect(form.locator(".count")).to_contain_text("result", ignore_case=True)
    return form


def results(page: Page, typed: str) -> list[str]:
    """The titles found on the first page, best first."""
    return find_form(page, typed).locator(".results a").all_inner_texts()


def services(page: Page, typed: str) -> list[str]:
    """The services that are shown before all results, first choice first."""
    return find_form(page, typed).locator(".lines strong").all_inner_texts()


# ── nothing before its first use ───────────────────────────────────────────────────────────────


def test_nothing_of_the_search_is_asked_for_before_its_first_use_and_each_file_once_after(
    browser: Browser, address: str
) -> None:
    with visit(browser, "about:blank", NARROW) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url.removeprefix(address).partition("?")[0]))
        page.goto(address)
        page.wait_for_load_state("networkidle")
        needed = {
            "assets/search.js",
            "search/search_index.js",
        }
        assert not needed & set(asked)
        page.click('button[aria-controls="search"]')
        page.fill("#search-words", "children")
        expect(page.locator("#search .count")).to_contain_text("results")
        find_form(page, "police")
        assert sorted(url for url in asked if url in needed) == sorted(needed)


def test_what_was_sent_off_before_the_search_was_loaded_is_not_lost(browser: Browser, address: str) -> None:
    with visit(browser, "about:blank") as page:
        page.route("**/assets/search.js?*", lambda route: (page.wait_for_timeout(300), route.continue_()))
        page.goto(address)
        page.get_by_label("Number or word").fill("3")
        page.get_by_label("Number or word").press("Enter")
        page.wait_for_url(f"{address}recommendations/3/")


@pytest.mark.parametrize("lost", ["assets/search.js?*", "search/search_index.js"])
def test_a_search_that_cannot_be_loaded_says_where_else_to_look(browser: Browser, address: str, lost: str) -> None:
    with visit(browser, "about:blank") as page:
        page.route(f"**/{lost}", lambda route: route.abort())
        page.goto(address)
        page.get_by_label("Number or word").fill("scared")
        status = page.locator("form.find").locator(".count")
        expect(status).to_contain_text("Search could not be loaded. “Get help now” is at the top of this page")


def test_an_old_browser_that_cannot_read_the_script_says_so(browser: Browser, address: str) -> None:
    with visit(browser, "about:blank") as page:
        newer = "const newer = than this # browser;"
        page.route("**/assets/search.js?*", lambda route: route.fulfill(body=newer, content_type="text/javascript"))
        page.goto(address)
        page.get_by_label("Number or word").fill("scared")
        expect(page.locator("form.find").locator(".count")).to_contain_text("Search could not be loaded")


@pytest.mark.parametrize(
    ("package", "files"),
    [
        ("minisearch", {"index.js": "dist/es/index.js", "LICENSE.txt": "LICENSE.txt"}),
        ("stemmer", {"index.js": "index.js", "license.txt": "license"}),
    ],
)
def test_the_libraries_are_the_packages_that_the_lock_file_pins_byte_for_byte(
    package: str, files: dict[str, str]
) -> None:
    for ours, theirs in files.items():
        assert (SCRIPTS / package / ours).read_bytes() == (NODE_MODULES / package / theirs).read_bytes()
    assert {path.name for path in (SCRIPTS / package).iterdir()} == set(files)
    locked = json.loads((Path(__file__).parent / "package-lock.json").read_text())["packages"][
        f"node_modules/{package}"
    ]
    installed = json.loads((NODE_MODULES / package / "package.json").read_text())
    assert (installed["version"], installed["license"], locked["integrity"][:7]) == (
        locked["version"],
        "MIT",
        "sha512-",
    )
    asked = json.loads((Path(__file__).parent / "package.json").read_text())["dependencies"]
    assert asked[package] == locked["version"], "one version, since its file is part of the site"


# ── help first ─────────────────────────────────────────────────────────────────────────────────

EMERGENCY, LINE, CHAT = "Police, emergency", "Sample Line (fictional)", "Sample Line web chat (fictional)"
FRONT_DOOR = "Exampleshire Front Door (fictional)"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("rape", [EMERGENCY, LINE, FRONT_DOOR]),
        ("Raped", [EMERGENCY, LINE, FRONT_DOOR]),
        ("I was abused by", [EMERGENCY, LINE, FRONT_DOOR]),
        ("grooming", [EMERGENCY, LINE, FRONT_DOOR]),
        ("grommed", [EMERGENCY, LINE, FRONT_DOOR]),
        ("blackmial", [EMERGENCY, LINE, FRONT_DOOR]),
        ("نجدة", [EMERGENCY, LINE, FRONT_DOOR]),
        ("suicidal suicide", [EMERGENCY, LINE]),
        ("myself kill", [EMERGENCY, LINE]),
        ("l’appel au SECOURS", [EMERGENCY, LINE]),
        ("nude", [CHAT]),
        ("webcam scared", [EMERGENCY, LINE, FRONT_DOOR, CHAT]),
    ],
)
def test_words_of_distress_in_any_form_show_help_first(page: Page, typed: str, shown: list[str]) -> None:
    assert services(page, typed) == shown
    assert page.locator("form.find").locator(".count").inner_text().startswith("Help first. ")


@pytest.mark.parametrize("typed", ["kill", "taxi", "school", "police", "hidden", "3", "myself", "children"])
def test_other_words_show_no_help_before_their_results(page: Page, typed: str) -> None:
    form = page.locator("form.find")
    form.get_by_label("Number or word").fill(typed)
    expect(form.locator(".count")).to_contain_text("result", ignore_case=True)
    assert form.locator(".panel").count() == 0
    assert "Help" not in form.locator(".count").inner_text()


def test_help_has_a_calm_sentence_a_number_to_ring_and_the_way_to_more(page: Page, address: str) -> None:
    box = find_form(page, "scared").get_by_role("group", name="Get help now")
    expect(box).to_contain_text("It was not your fault. You can talk to somebody now.")
    assert [link.get_attribute("href") for link in box.locator(".number a").all()][:2] == ["tel:999", "tel:08081570001"]
    assert box.get_by_role("link", name="More ways to get help").evaluate("link => link.href") == f"{address}help/"
    assert box.evaluate("box => box.nextElementSibling.matches('ol.results')"), "help stands before all results"


def test_a_service_without_a_number_leads_to_its_place_on_the_page_of_help(page: Page, address: str) -> None:
    find_form(page, "webcam").get_by_role("link", name=CHAT).first.click()
    page.wait_for_url(f"{address}help/#sample-chat")
    assert page.locator("#sample-chat").inner_text().startswith(CHAT)


def test_find_moves_to_help_and_rings_nobody(page: Page, address: str) -> None:
    box = find_form(page, "scared").get_by_role("group", name="Get help now")
    page.get_by_label("Number or word").press("Enter")
    expect(box).to_be_focused()
    page.keyboard.press("Tab")
    expect(box.locator("a").first).to_be_focused()
    assert page.url == address


def test_help_goes_when_its_words_go(page: Page) -> None:
    form = find_form(page, "scared")
    form.get_by_label("Number or word").press("Escape")
    expect(form.locator(".panel")).to_have_count(0)
    expect(form.locator(".count")).to_be_empty()


def test_the_search_of_every_page_has_help_first_too(tabs: Tabs, address: str) -> None:
    page = tabs.at(f"{address}no-such-page/deep/", NARROW)
    page.click('button[aria-controls="search"]')
    page.fill("#search-words", "scared")
    expect(page.locator("#search").get_by_role("group", name="Get help now")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#search")).to_be_hidden()


# ── recommendations ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "typed", ["3", "03", "rec 3", "Rec. 3", "recommendation 3", "recommendation no. 3", "three", "Recommendation three"]
)
def test_a_number_finds_its_recommendation_first_and_find_leads_there(page: Page, address: str, typed: str) -> None:
    assert results(page, typed)[0].startswith("Recommendation 3: ")
    page.get_by_label("Number or word").press("Enter")
    page.wait_for_url(f"{address}recommendations/3/")


def test_a_recommendation_is_shown_with_its_title_and_where_it_stands(page: Page) -> None:
    first = find_form(page, "14").locator(".results li").first
    assert first.inner_text().split("\n\n") == [
        "Recommendation 14",
        "Response: waiting for its first meeting. Progress: not published.",
    ]


def test_a_number_that_no_recommendation_has_leads_nowhere(page: Page, address: str) -> None:
    results(page, "99")
    page.get_by_label("Number or word").press("Enter")
    expect(page.locator("form.find").locator(".count")).to_contain_text("No results")
    assert page.url == address


# ── words ──────────────────────────────────────────────────────────────────────────────────────


def test_a_word_that_is_on_no_page_finds_no_page_and_find_leads_nowhere(page: Page, address: str) -> None:
    form = page.locator("form.find")
    form.get_by_label("Number or word").fill("hushedword")
    expect(form.locator(".count")).to_contain_text("No results")
    page.get_by_label("Number or word").press("Enter")
    page.wait_for_timeout(200)
    assert page.url == address
    assert form.locator(".results a").count() == 0


@pytest.mark.parametrize("typed", ["Łódź", "lodz", "LÓDZ", "Llŷr", "llyr", "نسمع", "children łódź"])
def test_letters_of_any_script_are_found_with_or_without_their_accents(page: Page, typed: str) -> None:
    assert "Recommendation 13" in " ".join(results(page, typed))


@pytest.mark.parametrize(
    ("typed", "found"), [("exshire", "exampleshire"), ("ESCP", "exampleshire safeguarding children partnership")]
)
def test_equal_words_find_the_same_pages(page: Page, typed: str, found: str) -> None:
    assert set(results(page, found)) <= set(results(page, typed))
    assert len(results(page, typed)) > 3


@pytest.mark.parametrize("typed", ["train", "trained", "training", "trainings"])
def test_forms_of_a_word_find_each_other(page: Page, typed: str) -> None:
    assert "Training for taxi drivers – What the recommendations cover" in results(page, typed)


@pytest.mark.parametrize("typed", ["trianing", "trainimg", "traning"])
def test_small_mistakes_are_forgiven_and_the_reader_is_told(page: Page, typed: str) -> None:
    assert "Training for taxi drivers – What the recommendations cover" in results(page, typed)
    expect(page.locator("form.find").locator(".count")).to_contain_text("No page has exactly these words.")


def test_what_was_found_is_marked_as_it_is_written(page: Page) -> None:
    results(page, "lodz")
    assert "Łódź" in page.locator("form.find mark").all_inner_texts()


def test_a_result_shows_the_words_around_the_hit(page: Page) -> None:
    results(page, "taxis")
    marked = page.locator("form.find .results mark").all_inner_texts()
    assert marked
    assert {word.casefold() for word in marked} <= {"taxi", "taxis"}


def test_the_links_to_other_recommendations_are_not_searched(page: Page) -> None:
    results(page, "sampleton")
    assert "Recommendation 4 All 14" not in page.locator("form.find .results").inner_text()


@pytest.mark.parametrize(
    "typed",
    [
        "(",
        "a" * 5000,
        "*?[x",
        "<img src=x onerror=alert(1)>",
        "🌍 ☕",
        "' ’",
        "constructor __proto__",
        "1e9",
        "-1",
        "٣",
    ],
)
def test_whatever_is_typed_breaks_nothing(page: Page, typed: str) -> None:
    said: list[str] = []
    page.on("pageerror", lambda error: said.append(str(error)))
    form = page.locator("form.find")
    form.get_by_label("Number or word").fill(typed)
    page.wait_for_timeout(400)
    find_form(page, "children")
    assert said == []
    assert page.locator("form.find .results img").count() == 0
