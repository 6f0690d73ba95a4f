"""The list of recommendations in a real browser: choose, share the address, go back, clear, without a mouse or script."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from test_engines import AXE, COLOURS, axe

from fonts import in_each_font
from visits import NARROW, SCREENS, WIDE, Tabs, fault_report, grown, visit


@pytest.fixture
def open_page(tabs: Tabs, address: str) -> Callable[..., Page]:
    """Opens a page of the site; the screen and other ways of looking can be given."""

    def opened(path: str = "recommendations/", screen: dict[str, int] = WIDE, **how: object) -> Page:
        return tabs.at(address + path, screen, **how)

    return opened


def shown(page: Page) -> list[int]:
    """The numbers of the recommendations that are shown, in their order."""
    return page.locator("#register tbody tr:visible").evaluate_all("rows => rows.map(row => +row.dataset.number)")


def status(page: Page) -> str:
    return page.locator("#register-count").inner_text()


def test_one_choice_narrows_the_list_and_says_how_many_are_left(open_page) -> None:
    page = open_page()
    assert status(page) == "14 of 14 found"
    page.get_by_label("Response").select_option("applies-in-part")
    assert shown(page) == [4, 11]
    assert status(page) == "2 of 14 found"


def test_several_choices_narrow_it_together(open_page) -> None:
    page = open_page()
    page.get_by_label("Response").select_option("applies")
    page.get_by_label("Theme").select_option("sharing")
    page.get_by_label("Views").select_option("differ")
    assert shown(page) == [3]
    page.get_by_label("Views").select_option("")
    assert shown(page) == [1, 3, 9]
    page.get_by_label("Dates").select_option("overdue-or-no-news")
    assert shown(page) == [9]
    page.get_by_label("Addressed to").select_option("licensing-board")
    page.get_by_label("Progress").select_option("exploring")
    assert shown(page) == [9]


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [("taxi", [8]), ("3", [3]), ("SCHOOL link", [4]), ("lodz", [13]), ("children first", [12, 13]), ("overdue", [])],
    ids=["a word", "a number", "words in any case and order", "without accents", "two words", "not in the words"],
)
def test_words_are_found_at_their_beginning_and_numbers_as_a_whole(open_page, typed: str, numbers: list[int]) -> None:
    page = open_page()
    page.get_by_label("Number or word").fill(typed)
    expect(page.locator("#register-count")).to_contain_text(f"{len(numbers)} of 14 found")
    assert shown(page) == numbers


def test_what_is_chosen_stands_in_the_address_and_what_is_typed_never_does(open_page, address: str) -> None:
    page = open_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_label("Theme").select_option("travel")
    page.get_by_label("Number or word").fill("taxi")
    page.get_by_label("Response").select_option("applies")
    page.wait_for_timeout(400)
    assert page.url == f"{address}recommendations/?response=applies&theme=travel"
    assert shown(page) == [8]
    assert page.evaluate("[localStorage.length, sessionStorage.length, JSON.stringify(history.state)]") == [
        0,
        0,
        "null",
    ]
    # Chromium may ask for the icon again when an address changes; nothing that was typed is in any request.
    assert [url for url in asked if not url.endswith("/assets/icon.svg")] == []


def test_a_shared_address_opens_the_same_choice_for_somebody_else(open_page) -> None:
    page = open_page("recommendations/?response=applies&theme=travel&sort=newest")
    assert shown(page) == [8, 10]
    assert status(page) == "2 of 14 found"
    assert page.get_by_label("Theme").input_value() == "travel"


@pytest.mark.parametrize("query", ["?response=no-such-word", "?nonsense", "?sort=x&theme=%3Cscript%3E", "?words=taxi"])
def test_an_address_with_unknown_choices_shows_the_whole_list(open_page, query: str) -> None:
    page = open_page(f"recommendations/{query}")
    assert status(page) == "14 of 14 found"
    assert page.get_by_label("Number or word").input_value() == ""


def test_the_choice_is_still_there_after_reading_a_recommendation_and_going_back(open_page) -> None:
    page = open_page()
    page.get_by_label("Response").select_option("applies-in-part")
    page.get_by_role("link", name="4: Give every school a link worker").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Give every school a link worker")
    page.go_back()
    expect(page.locator("#register-count")).to_have_text("2 of 14 found")
    assert shown(page) == [4, 11]
    assert page.get_by_label("Response").input_value() == "applies-in-part"


def test_choosing_adds_nothing_to_the_browsers_history(open_page) -> None:
    page = open_page()
    before = page.evaluate("history.length")
    page.get_by_label("Response").select_option("applies")
    page.get_by_label("Response").select_option("not-for-us")
    assert page.evaluate("history.length") == before


def test_clear_all_shows_everything_and_empties_the_address(open_page, address: str) -> None:
    page = open_page("recommendations/?response=applies&sort=oldest")
    page.get_by_label("Number or word").fill("taxi")
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator("#register-count")).to_have_text("14 of 14 found")
    assert shown(page) == list(range(1, 15))
    assert page.url == f"{address}recommendations/"


@pytest.mark.parametrize(
    ("order", "first", "last"),
    [("newest", [11, 3, 13], [12, 14]), ("oldest", [2, 9, 10], [12, 14]), ("promised", [8], [14])],
)
def test_the_list_can_be_sorted_with_what_has_no_date_last(open_page, order, first, last) -> None:
    page = open_page()
    page.get_by_label("Sort by").select_option(order)
    assert shown(page)[: len(first)] == first
    assert shown(page)[-len(last) :] == last
    page.get_by_label("Sort by").select_option("")
    assert shown(page) == list(range(1, 15))


def test_sorting_by_promised_date_shows_it(open_page) -> None:
    page = open_page()
    column = page.get_by_role("columnheader", name="Promised by")
    expect(column).to_be_hidden()
    page.get_by_label("Sort by").select_option("promised")
    expect(column).to_be_visible()
    assert page.locator("#register tbody tr").first.locator("td").last.inner_text() == "31 January 2026"
    page.get_by_label("Sort by").select_option("newest")
    expect(column).to_be_hidden()


def test_the_filter_is_closed_on_a_phone_until_something_is_chosen_and_open_where_there_is_room(open_page) -> None:
    folded = "form[data-register] details"
    assert open_page(screen=NARROW).locator(folded).get_attribute("open") is None
    assert open_page("recommendations/?response=applies", NARROW).locator(folded).get_attribute("open") == ""
    assert open_page().locator(folded).get_attribute("open") == ""


def test_an_empty_result_says_what_to_do_and_shows_no_bare_table(open_page) -> None:
    page = open_page("recommendations/?response=not-for-us&theme=travel")
    assert status(page) == ("0 of 14 found. Nothing fits all of this together: choose or type less, or clear all.")
    expect(page.locator("#register")).to_be_hidden()


def test_it_works_by_keyboard_alone(open_page) -> None:
    page = open_page()
    page.get_by_label("Number or word").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Filter and sort"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "response"
    page.keyboard.type("applies in")  # a select goes to the choice that begins so
    page.keyboard.press("Enter")
    expect(page.locator("#register-count")).to_have_text("2 of 14 found")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "reset":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#register-count")).to_have_text("14 of 14 found")
    assert page.evaluate("document.activeElement.type") == "reset"


def test_without_javascript_the_whole_list_is_there_and_the_shorter_lists_are_links(open_page) -> None:
    page = open_page(java_script_enabled=False)
    expect(page.locator("form[data-register]")).to_be_hidden()
    assert page.locator("#register tbody tr").count() == 14
    page.locator("details.lists summary").click()
    page.get_by_role("link", name="applies in part", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recommendations: applies in part")
    assert page.locator("#register tbody tr").count() == 2


@in_each_font
def test_on_a_small_phone_the_form_fits_and_every_control_is_big_enough(open_page) -> None:
    page = open_page("recommendations/?theme=travel", NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sizes = page.locator("form[data-register] :is(input, select, button)").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect()).map(box => [box.left, box.right, box.height])"
    )
    assert len(sizes) == 9
    assert all(left >= 0 and right <= 320 and height >= 44 for left, right, height in sizes)


def test_thousands_of_rows_are_laid_out_fifty_at_a_time(browser: Browser, address: str) -> None:
    """The rows of the sample, many times over: more come on asking. How soon a choice is answered: `make bench`."""
    with visit(browser, "about:blank") as page:
        page.route("**/recommendations/", grown(336))
        page.goto(f"{address}recommendations/")
        assert status(page) == "4704 of 4704 found. The first 50 are shown"
        assert len(shown(page)) == 50
        page.get_by_role("button", name="Show 50 more").click()
        assert status(page) == "4704 of 4704 found. The first 100 are shown"
        assert len(shown(page)) == 100
        page.get_by_label("Response").select_option("not-for-us")
        assert status(page) == "336 of 4704 found. The first 50 are shown"
        assert page.locator("#register tbody tr").count() == 50


STATES = {
    "narrowed": "recommendations/?response=applies&sort=newest",
    "empty result": "recommendations/?response=not-for-us&theme=travel",
    "a list": "recommendations/response/applies-in-part/",
    "an overdue list": "recommendations/dates/overdue-or-no-news/",
    "yearly report of a first year": "changes/2022-23/",
}


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", STATES)
def test_axe_finds_nothing_in_any_state(open_page, name: str, screen: str) -> None:
    page = open_page(STATES[name], SCREENS[screen], bypass_csp=True, reduced_motion="reduce")
    for closed in page.locator("main details").all():
        closed.locator("summary").click()
    page.add_script_tag(path=AXE)
    found = [f"light: {fault}" for fault in axe(page)]
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {fault}" for fault in axe(page, COLOURS)]
    assert not found, fault_report(found, f"{name}, {screen}")
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[screen]["width"]


@pytest.mark.parametrize("name", STATES)
def test_no_state_asks_for_anything_from_elsewhere_or_stores_anything(open_page, address: str, name: str) -> None:
    page = open_page("404.html")
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address + STATES[name])
    page.wait_for_load_state("networkidle")
    stored = page.evaluate("[localStorage.length, sessionStorage.length]")
    assert ([url for url in asked if not url.startswith((address, "data:"))], stored, said) == ([], [0, 0], [])


@in_each_font
def test_a_phone_shows_response_progress_date_and_body_on_the_first_screen(open_page) -> None:
    """320 by 640 pixels, with the header and the bar that stays; the sample's fullest record."""
    page = open_page("recommendations/3/", NARROW)
    bar = page.locator(".bar").bounding_box()
    for what in (
        page.locator(".standing .tag"),
        page.locator(".standing").get_by_text("under way"),
        page.locator(".latest").get_by_text("24 February 2026"),
        page.locator(".latest").get_by_text("Exampleshire Information Sharing Group"),
    ):
        box = what.bounding_box()
        assert box and box["y"] >= bar["y"] + bar["height"] and box["y"] + box["height"] <= 640, (what, box)


def test_what_the_words_mean_is_one_tap_away(open_page) -> None:
    page = open_page("recommendations/3/")
    meaning = page.get_by_text("What the inquiry found could matter here too. We will act on all of it.")
    expect(meaning).to_be_hidden()
    page.get_by_text("What do these words mean?").click()
    expect(meaning).to_be_visible()
    expect(page.get_by_text("The work has begun.", exact=True)).to_be_visible()
