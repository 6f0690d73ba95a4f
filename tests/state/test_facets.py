"""The lists that a reader can narrow, and the plain pages that do the same without JavaScript."""

import re
from pathlib import Path

import pytest
from lxml import html
from pydantic import TypeAdapter, ValidationError

from projects import Project
from register.model import Header, Id, Register
from register.site import urls
from register.site.pages.audience import AudiencePage
from register.site.pages.recommendations import RecommendationsPage
from register.site.pages.recommendations_with import RecommendationsWithPage
from register.site.pages.totals import TotalsPage
from register.site.render import Renderer
from register.state import facets
from register.state.snapshot import Snapshot
from registers import TODAY, with_updates


def found_under(snapshot: Snapshot, facet: str, choice: str) -> list[int]:
    """The numbers of the recommendations under a choice."""
    pairs = {(facet.name, choice.id): (facet, choice) for facet, choice in facets.choices(snapshot.header)}
    page = RecommendationsWithPage.of(snapshot, *pairs[facet, choice])
    return [row.status.record.number for row in page.rows]


def addresses(header: Header) -> list[str]:
    """The address of the list under each choice."""
    return [urls.recommendation_list(facet.name, choice.id) for facet, choice in facets.choices(header)]


@pytest.mark.parametrize(
    ("facet", "choice", "numbers"),
    [
        ("response", "applies-in-part", [4, 11]),
        ("response", facets.WITHOUT_WORD, [12, 13, 14]),
        ("progress", "stalled", [4]),
        ("progress", facets.WITHOUT_WORD, [6, 12, 13, 14]),
        ("addressed-to", "police", [1, 3, 9]),
        ("theme", "travel", [8, 10, 11]),
        ("views", "differ", [3, 4, 5, 6]),
        ("views", "one-view", [2]),
        ("dates", "overdue", [8]),
        ("dates", "no-news", [9]),
        ("dates", "overdue-or-no-news", [8, 9]),
    ],
)
def test_a_choice_finds_its_recommendations(sample: Snapshot, facet: str, choice: str, numbers: list[int]) -> None:
    assert found_under(sample, facet, choice) == numbers


CHOICES = {
    ("response", "Response"): [
        ("applies", "applies", "All of it matters here."),
        ("in-part", "applies in part", "Some of it matters here."),
        ("not-ours", "not ours", "Others have to do it."),
        ("not_published", "considered", "It was considered. What came of it has not been published."),
    ],
    ("progress", "Progress"): [
        ("under-way", "under way", "It has begun."),
        ("done", "done", "It is done."),
        ("not_published", "not published", "Nothing has been published on how far the work is."),
    ],
    ("addressed-to", "Addressed to"): [("council", "Pond Council", "")],
    ("theme", "Theme"): [("training", "Training", "")],
    ("views", "Views"): [
        ("differ", "views differ", "Somebody who was asked sees it otherwise than those who decide."),
        ("one-view", "one view only", "So far only those who do the work have said how it stands."),
    ],
    ("dates", "Dates"): [
        ("overdue", "overdue", "The date that was promised has passed, and the work is still open."),
        (
            "no-news",
            "no news for long",
            "The work is open, and there has been no update for more than 180 days.",
        ),
        ("overdue-or-no-news", "overdue, or no news for long", "One of the two is so, or both are."),
    ],
}


def test_the_choices_of_each_facet_are_the_words_of_the_register_and_some_of_its_own(small_register: Register) -> None:
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    for facet, choice in facets.choices(small_register.header):
        found.setdefault((facet.name, facet.label), []).append((choice.id, choice.label, choice.definition))
    assert found == CHOICES


@pytest.mark.parametrize(
    ("updates", "found"),
    [
        ([], {"response": ("not_published",), "progress": ("not_published",), "views": (), "dates": ()}),
        (
            [{"date": "2026-03-01", "response": "applies", "progress": "under-way"}],
            {"response": ("applies",), "progress": ("under-way",), "views": ("one-view",), "dates": ()},
        ),
        (
            [{"date": "2026-03-01", "due": "2026-03-30"}, {"date": "2026-03-02", "voice": "scrutineer"}],
            {"views": (), "dates": ("overdue", "overdue-or-no-news")},
        ),
        (
            [
                {"date": "2025-01-01", "response": "applies"},
                {"date": "2025-01-02", "voice": "scrutineer", "response": "in-part"},
            ],
            {"views": ("differ",), "dates": ("no-news", "overdue-or-no-news")},
        ),
        (
            [{"date": "2025-01-01", "due": "2025-06"}],
            {"views": ("one-view",), "dates": ("overdue", "no-news", "overdue-or-no-news")},
        ),
    ],
)
def test_a_recommendation_is_found_under_what_holds_of_it(
    small_register: Register, updates: list[dict], found: dict[str, tuple[str, ...]]
) -> None:
    status = Snapshot(with_updates(small_register, updates), TODAY).statuses[1]
    ids = {facet.name: facet.ids(status) for facet in facets.FACETS}
    assert {name: ids[name] for name in found} == found
    assert (ids["addressed-to"], ids["theme"]) == ((), ())


def test_a_recommendation_is_found_under_its_bodies_and_its_theme(small_register: Register) -> None:
    status = Snapshot(small_register, TODAY).statuses[1]
    ids = {facet.name: facet.ids(status) for facet in facets.FACETS}
    assert (ids["addressed-to"], ids["theme"]) == (("council",), ("training",))


@pytest.mark.parametrize("facet", ["response", "progress"])
def test_each_recommendation_is_found_under_one_response_and_one_progress(sample: Snapshot, facet: str) -> None:
    choices = [choice.id for held, choice in facets.choices(sample.header) if held.name == facet]
    found = [number for choice in choices for number in found_under(sample, facet, choice)]
    assert sorted(found) == list(range(1, 15))


def test_no_word_of_a_register_can_take_the_place_of_nothing_published() -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Id).validate_python(facets.WITHOUT_WORD)


def test_every_choice_has_a_page_of_its_own_at_the_address_of_its_ids(sample: Snapshot, built_sample: Path) -> None:
    assert "recommendations/response/applies/" in addresses(sample.header)
    assert "recommendations/addressed-to/schools-forum/" in addresses(sample.header)
    assert "recommendations/theme/travel/" in addresses(sample.header)
    assert len(set(addresses(sample.header))) == len(addresses(sample.header))
    assert [
        address for address in addresses(sample.header) if not (built_sample / address / "index.html").is_file()
    ] == []


def test_the_list_names_every_choice_with_its_count_as_a_plain_link(sample: Snapshot, built_sample: Path) -> None:
    page = html.document_fromstring((built_sample / "recommendations" / "index.html").read_bytes())
    said = {
        link.get("href"): link.getparent().text_content().strip() for link in page.xpath("//details[@class='lists']//a")
    }
    for (_, choice), address in zip(facets.choices(sample.header), addresses(sample.header), strict=True):
        count = said[address.removeprefix("recommendations/")]
        assert re.fullmatch(re.escape(choice.label) + r": \d+ of 14", count), address
    assert said["theme/travel/"] == "Taxis & travel: 3 of 14"


def test_a_list_shows_its_recommendations_and_how_many_of_all_they_are(built_sample: Path) -> None:
    page = html.document_fromstring((built_sample / "recommendations/dates/overdue-or-no-news/index.html").read_bytes())
    main = " ".join(page.get_element_by_id("content").text_content().split())
    assert "2 of 14 are found here." in main
    assert [link.text_content() for link in page.xpath("//tbody//th//a")] == [
        "8: Check every taxi driver's training each year",
        "9: Publish one set of figures a year",
    ]
    assert "December 2025, overdue" in main
    assert "6 August 2024, no news for 602 days" in main


def test_a_register_with_nothing_published_says_so_on_each_of_its_pages(sample_register: Register) -> None:
    bare = Snapshot(with_updates(sample_register, *([] for _ in range(14))), TODAY)
    render = Renderer().render
    choices = {choice.id: (facet, choice) for facet, choice in facets.choices(bare.header)}
    applies = render(RecommendationsWithPage.of(bare, *choices["applies"]), "recommendations/response/applies/")
    assert "<b>0</b> of 14 are found here." in applies
    assert "When one is, it will be shown at this address." in applies
    everything = render(RecommendationsPage.of(bare), "recommendations/")
    assert "None of the 14 has a title, an outcome or an update here yet." in everything
    assert "<select" not in everything
    assert "<table" not in everything
    numbers = html.fromstring(everything).xpath("//*[@class='glance bare']/ul[@class='tiles']//a")
    assert [(link.get("href"), link.get("aria-label")) for link in numbers] == [
        (f"{number}/", f"Recommendation {number}") for number in range(1, 15)
    ]
    assert "No outcome of any of the 14 recommendations has been published here yet." in render(TotalsPage.of(bare), "")
    [schools] = [term for term in bare.header.audiences if term.id == "schools"]
    assert "We have not sorted the 14 by job yet. Reports name 1 subject for this work." in render(
        AudiencePage.of(bare, schools), "for/schools/"
    )
    untouched = bare.header.audiences[-1]
    assert "No report that we have seen names a subject for this work." in render(
        AudiencePage.of(bare, untouched), "for/voluntary/"
    )


@pytest.mark.full_build
def test_a_title_with_template_signs_is_shown_and_never_worked_out(project: Project) -> None:
    project.edit("data/register.yml", "label: Taxis & travel", "label: 'Taxis {{ 7*7 }} {% raw %} <b>'")
    done = project.run("site")
    assert (done.returncode, done.stderr) == (0, "")
    page = (project.folder / "site/recommendations/theme/travel/index.html").read_bytes()
    document = html.document_fromstring(page)
    assert document.find(".//h1").text_content() == "Recommendations: Taxis {{ 7*7 }} {% raw %} <b>"
    assert "49" not in document.findtext(".//title")
    assert document.findtext(".//title").startswith("Theme: Taxis {{ 7*7 }} {% raw %} – ")


def test_a_kind_of_work_has_a_page_with_what_it_means_there(built_sample: Path) -> None:
    page = html.document_fromstring((built_sample / "for/licensing/index.html").read_bytes())
    main = " ".join(page.get_element_by_id("content").text_content().split())
    assert "3 of 14 recommendations matter to this work. 2 more have not been sorted" not in main
    assert "8: Check every taxi driver's training each year" in main
    assert "About 900 drivers here hold a licence." in main
    listed = html.document_fromstring((built_sample / "for/index.html").read_bytes())
    assert [link.get("href") for link in listed.xpath("//ul[@class='audiences']//a")] == [
        "schools/", "police/", "health/", "social-care/", "licensing/", "voluntary/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("macro", "said"),
    [
        (
            'recommendations_with("theme", "travl")',
            "recommendations_with: there is no list 'travl' by theme (did you mean 'travel'? one of: ",
        ),
        (
            'recommendations_with("them", "travel")',
            "recommendations_with: there are no lists by 'them' (did you mean 'theme'? one of: ",
        ),
        (
            'yearly_report("2024-24")',
            "yearly_report: there is no reporting year '2024-24' (did you mean '2024-25'? one of: ",
        ),
        ('audience("scools")', "audience: there is no audience 'scools' (did you mean 'schools'? one of: "),
    ],
)
def test_a_macro_that_names_nothing_says_the_nearest(content: Project, macro: str, said: str) -> None:
    line = content.edit("docs/short.md", "# The short version", f"# The short version\n\n{{{{ {macro} }}}}") + 2
    assert content.run_here("check").stderr.startswith(f"docs/short.md:{line}: {said}")


def test_totals_add_up_to_their_denominator_and_never_count_more_than_there_are(sample: Snapshot) -> None:
    totals = TotalsPage.of(sample)
    for axis in totals.axes:
        assert sum(row.count for row in axis.rows) == totals.total == 14
        assert all(row.self_assessed <= row.count for row in axis.rows)
    assert totals.self_assessed == sum(row.self_assessed for row in totals.axes[0].rows if row.term)


def test_the_bars_of_the_totals_say_the_same_as_the_figures_beside_them(built_sample: Path) -> None:
    page = html.document_fromstring((built_sample / "index.html").read_bytes())
    rows = page.xpath("//table[@class='cards bars']/tbody/tr")
    assert len(rows) == 13
    for row in rows:
        drawn = row.xpath(".//rect[@class='part']")[0].get("width")
        assert row.find("td").text_content() == f"{drawn} of 14"
        assert row.find(".//svg").get("aria-hidden") == "true"
