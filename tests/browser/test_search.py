"""The search of the whole site in a real browser: numbers, words in any script, and what is shown of a page."""

import pytest
from playwright.sync_api import Page, expect

from visits import Tabs


@pytest.fixture
def page(tabs: Tabs, address: str) -> Page:
    return tabs.at(address)


def results(page: Page, typed: str) -> list[str]:
    """The titles found on the first page, best first."""
    form = page.locator("form.find")
    form.get_by_label("Number or word").fill(typed)
    expect(form.get_by_role("status")).to_contain_text("result", ignore_case=True)
    return form.locator(".results a").all_inner_texts()


def test_a_number_finds_its_recommendation_first_and_find_leads_there(page: Page, address: str) -> None:
    assert results(page, "3")[0] == "Recommendation 3 of 14"
    page.get_by_label("Number or word").press("Enter")
    page.wait_for_url(f"{address}recommendations/3/")


def test_a_number_that_no_recommendation_has_leads_nowhere(page: Page, address: str) -> None:
    results(page, "99")
    page.get_by_label("Number or word").press("Enter")
    expect(page.locator("form.find").get_by_role("status")).to_contain_text("No results")
    assert page.url == address


def test_a_word_that_is_on_no_page_finds_no_page_and_find_leads_nowhere(page: Page, address: str) -> None:
    form = page.locator("form.find")
    form.get_by_label("Number or word").fill("hushedword")
    expect(form.get_by_role("status")).to_contain_text("No results")
    page.get_by_label("Number or word").press("Enter")
    page.wait_for_timeout(200)
    assert page.url == address
    assert form.locator(".results a").count() == 0


@pytest.mark.parametrize("typed", ["Łódź", "lodz", "LÓDZ", "Llŷr", "llyr", "نسمع", "children łódź"])
def test_letters_of_any_script_are_found_with_or_without_their_accents(page: Page, typed: str) -> None:
    assert "Recommendation 13 of 14" in " ".join(results(page, typed))


def test_what_was_found_is_marked_as_it_is_written(page: Page) -> None:
    results(page, "lodz")
    assert "Łódź" in page.locator("form.find mark").all_inner_texts()


def test_the_links_to_other_recommendations_are_not_searched(page: Page) -> None:
    results(page, "sampleton")
    assert "Recommendation 4 All 14" not in page.locator("form.find .results").inner_text()
