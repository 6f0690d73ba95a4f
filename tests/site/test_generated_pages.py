"""The pages made from the register: what each is titled, described and made of, and when it last changed."""

import json

import pytest

from register.dates import PartialDate
from register.model import Register
from register.site import urls
from register.site.generated_pages import GeneratedPage, generated_pages
from register.site.pages.audience import AudiencePage
from register.site.pages.find import FindPage
from register.site.pages.recommendation import RecommendationPage
from register.site.pages.recommendations_with import RecommendationsWithPage
from register.site.pages.yearly_report import YearlyReportPage
from register.site.urls import Route
from register.state.snapshot import Snapshot
from registers import TODAY, with_updates


@pytest.fixture(scope="module")
def pages(sample: Snapshot) -> dict[str, GeneratedPage]:
    """The sample's pages by their routes' ids."""
    return {page.route.id: page for page in generated_pages(sample)}


def test_there_is_a_page_for_each_route_in_the_order_of_the_table(sample: Snapshot) -> None:
    assert [page.route for page in generated_pages(sample)] == list(urls.pages(sample))


def test_a_recommendation_has_its_page(pages: dict[str, GeneratedPage], sample: Snapshot) -> None:
    page = pages["recommendation/8"]
    assert page.title == "Recommendation 8 of 14"
    assert page.description == "What is known about recommendation 8 of 14, and what was decided in Exampleshire."
    assert page.present() == RecommendationPage.of(sample, 8)
    assert (page.updated, page.searched) == (PartialDate("2025-12"), True)
    assert pages["recommendation/14"].updated is None


def test_a_choice_has_its_list_which_search_leaves_out(pages: dict[str, GeneratedPage]) -> None:
    page = pages["recommendations_with/theme/travel"]
    assert page.title == "Theme: Taxis & travel"
    assert page.description == "The recommendations found under “Taxis & travel” (theme), and where each one stands."
    shown = page.present()
    assert isinstance(shown, RecommendationsWithPage)
    assert (shown.facet.name, shown.choice.id) == ("theme", "travel")
    assert (page.updated, page.searched) == (PartialDate("2026-03-31"), False)
    assert pages["recommendations_with/views/one-view"].updated == PartialDate("2023-05-17")
    assert pages["recommendations_with/progress/not_published"].updated == PartialDate("2026-01-20")


def test_one_id_in_two_facets_has_two_lists(sample_register: Register) -> None:
    """Of bodies and themes one may be called like the other."""
    header = sample_register.header
    named = header.model_copy(update={"themes": [header.themes[0].model_copy(update={"id": "police"})]})
    made = generated_pages(Snapshot(sample_register.model_copy(update={"header": named}), TODAY))
    titles = [page.title for page in made if page.route.of and page.route.of[-1] == "police"]
    assert titles == [
        "Addressed to: Sampleton Police",
        "Theme: Sharing what we know",
        "For your job: Police",
    ]


def test_a_year_has_its_report(pages: dict[str, GeneratedPage]) -> None:
    page = pages["yearly_report/2023-24"]
    assert page.title == "Yearly report 2023-24"
    assert page.description == (
        "What changed from 1 April 2023 to 31 March 2024: what was due, closed, and is still open."
    )
    shown = page.present()
    assert isinstance(shown, YearlyReportPage)
    assert shown.report.year.name == "2023-24"
    assert page.updated == PartialDate("2024-03-19")


def test_a_year_without_updates_has_none_to_be_dated_by(small_register: Register) -> None:
    made = generated_pages(Snapshot(with_updates(small_register, []), TODAY))
    assert {page.updated for page in made if page.route.shows != "moved"} == {None}


def test_a_page_that_has_moved_says_where_it_is_kept_and_is_dated_by_its_move(pages: dict[str, GeneratedPage]) -> None:
    page = pages["moved/in-brief/"]
    assert page.title == "Moved: /in-brief/"
    assert page.description == "What stood at the address /in-brief/ has moved. This page leads on to it."
    assert (page.updated, page.searched, page.canonical) == (PartialDate("2024-02-05"), False, "short/")
    assert page.edited_in == "data/redirects.yml"
    of_a_word = pages["moved/for/taxi-licensing/"]
    assert (of_a_word.updated, of_a_word.canonical) == (None, "for/licensing/")
    assert of_a_word.edited_in == "data/register.yml"


def test_a_kind_of_work_has_its_page(pages: dict[str, GeneratedPage], sample: Snapshot) -> None:
    page = pages["audience/licensing"]
    assert page.title == "For your job: Licensing"
    assert page.description == (
        "The recommendations that matter to this work: Licensing. What each one means, and where it stands."
    )
    [licensing] = [term for term in sample.header.audiences if term.id == "licensing"]
    assert page.present() == AudiencePage.of(sample, licensing)
    assert page.updated == PartialDate("2025-12")


def page_of(title: str, searched: bool = True) -> GeneratedPage:
    """A page with this title."""
    route = Route("recommendations/12/", "recommendation", (12,))
    return GeneratedPage(route, title, "Of {{ x }}.", FindPage, None, searched)


def test_a_page_has_its_place_among_the_written_ones() -> None:
    assert page_of("T").uri == "recommendations/12.md"
    assert page_of("T").edit_uri == "../data/recommendations.yml"


@pytest.mark.parametrize("title", ["Plain {x} % # title", "Taxis {{ 7*7 }} {% raw %} {# x #}", "{{{%##}}", '"\n---\n'])
def test_titles_reach_mkdocs_as_they_are(title: str) -> None:
    first, fields, *last = page_of(title).source.split("\n")
    assert (first, last) == ("---", ["---", ""])
    assert json.loads(fields) == {"title": title, "description": "Of {{ x }}."}


def test_a_page_that_search_leaves_out_says_so_to_mkdocs() -> None:
    assert json.loads(page_of("T", searched=False).source.split("\n")[1])["search"] == {"exclude": True}
