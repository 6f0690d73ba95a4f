"""What each page shows of the sample, before any template: who stands where, counted, sorted and linked."""

import dataclasses
import datetime

import pytest
from lxml import html

from register.dates import PartialDate
from register.guards.guards import GUARDS
from register.links.report import LinkReport
from register.model import GuardException, Register
from register.site import urls
from register.site.pages.audience import AudiencePage
from register.site.pages.audiences import AudiencesPage
from register.site.pages.changes import ChangesPage
from register.site.pages.contacts import ContactsPage, HelpLinesPage, LinkedContact, UnconfirmedReason
from register.site.pages.crosswalk import CrosswalkPage
from register.site.pages.downloads import DownloadsPage, ShownAnswer
from register.site.pages.fields import FieldsPage
from register.site.pages.grades import GradesPage
from register.site.pages.guards import GuardsPage
from register.site.pages.initial import InitialPage
from register.site.pages.language import LanguagePage
from register.site.pages.licence import LicencePage
from register.site.pages.link import LinkPage
from register.site.pages.recommendation import RecommendationPage
from register.site.pages.recommendations import CountedChoice, CountedFacet, RecommendationsPage
from register.site.pages.recommendations_with import RecommendationsWithPage
from register.site.pages.rules import RulesPage
from register.site.pages.sources import SourcesPage
from register.site.pages.statement import StatementPage
from register.site.pages.topics import TopicsPage
from register.site.pages.totals import TotalsPage
from register.site.pages.vocabulary import VocabularyPage
from register.site.pages.yearly_report import YearlyReportPage
from register.site.pages.yearly_reports import YearlyReportsPage
from register.site.render import Renderer
from register.state import facets
from register.state.facets import Choice
from register.state.reporting_year import years
from register.state.snapshot import Snapshot
from register.state.status import Status
from registers import TODAY, with_updates


def numbers(statuses: list[Status]) -> list[int]:
    return [status.record.number for status in statuses]


def with_records(register: Register, **changes: dict) -> Snapshot:
    """A register with some fields of its first recommendation changed."""
    first, *others = register.recommendations
    made = [first.model_copy(update=changes), *others]
    return Snapshot(register.model_copy(update={"recommendations": made}), TODAY)


# ── a recommendation ───────────────────────────────────────────────────────────────────────────


def test_a_recommendation_page_holds_what_the_register_says_of_it(sample: Snapshot) -> None:
    page = RecommendationPage.of(sample, 5)
    assert page.status is sample.statuses[5]
    assert page.record == sample.register.recommendations[4]
    assert page.header == sample.header
    assert (page.report.id, page.source.id) == ("inquiry-report", "partnership-statement")
    assert (page.addressed_to, page.theme) == (["Sampleton Council"], "Listening to children")
    assert [term.id for term in page.audiences] == ["social-care", "voluntary"]
    assert [term.id for term in page.terms] == ["applies", "under-way"]
    assert [entry.update.date.text for entry in page.reopenings] == ["2025-07-01"]
    assert numbers(page.related) == [3]
    assert page.as_of == "31 March 2026"


def test_the_history_of_a_recommendation_stands_newest_first_with_the_pages_that_show_it(sample: Snapshot) -> None:
    history = RecommendationPage.of(sample, 1).history
    assert [(row.entry.update.date.text, [link.id for link in row.evidence]) for row in history] == [
        ("2025-06-27", ["scrutineer-report-2025"]),
        ("2024-09-12", ["board-minutes-2024-09"]),
        ("2024-01", []),
        ("2023-04-19", []),
        ("2022-11-08", []),
    ]


@pytest.mark.parametrize(("number", "previous", "following"), [(1, None, 2), (2, 1, 3), (13, 12, 14), (14, 13, None)])
def test_a_recommendation_has_the_next_numbers_as_neighbours(
    sample: Snapshot, number: int, previous: int | None, following: int | None
) -> None:
    page = RecommendationPage.of(sample, number)
    assert (page.previous, page.next) == (previous, following)


def test_a_recommendation_of_which_only_the_number_is_known_has_nothing_else(sample: Snapshot) -> None:
    page = RecommendationPage.of(sample, 14)
    assert (page.addressed_to, page.theme, page.audiences, page.history) == ([], None, [], [])
    assert (page.reached, page.reopenings, page.terms, page.related) == (0, [], [], [])


def test_related_recommendations_stand_in_the_order_in_which_they_were_typed(sample: Snapshot) -> None:
    assert numbers(RecommendationPage.of(sample, 11).related) == [13, 12]


def test_the_steps_are_the_progress_words_that_have_one_in_their_order(sample: Snapshot) -> None:
    assert [term.id for term in RecommendationPage.of(sample, 1).steps] == [
        "not-started",
        "exploring",
        "under-way",
        "done",
    ]
    header = sample.header.model_copy(update={"progress": list(reversed(sample.header.progress))})
    turned = Snapshot(sample.register.model_copy(update={"header": header}), TODAY)
    assert RecommendationPage.of(turned, 1).steps == RecommendationPage.of(sample, 1).steps


def test_the_step_reached_is_the_last_that_the_deciding_voice_named(small_register: Register) -> None:
    def reached(*updates: dict) -> int:
        return RecommendationPage.of(Snapshot(with_updates(small_register, list(updates)), TODAY), 1).reached

    assert reached({"date": "2024"}) == 0
    assert reached({"date": "2024", "progress": "under-way"}) == 1
    assert reached({"date": "2024", "progress": "done"}, {"date": "2025", "progress": "under-way"}) == 1
    assert (
        reached({"date": "2024", "progress": "under-way"}, {"date": "2025", "voice": "scrutineer", "progress": "done"})
        == 1
    )


def test_work_that_left_the_line_of_steps_keeps_the_step_it_had_reached(sample: Snapshot) -> None:
    """Number 4 is stalled, which is no step of the line."""
    assert [RecommendationPage.of(sample, number).reached for number in (4, 6, 10)] == [3, 0, 1]


# ── lists ──────────────────────────────────────────────────────────────────────────────────────


def test_the_list_has_a_row_for_each_recommendation_with_what_it_is_found_under(sample: Snapshot) -> None:
    rows = RecommendationsPage.of(sample).rows
    assert numbers([row.status for row in rows]) == list(range(1, 15))
    assert rows[1].addressed_to == ["Sampleton Health Trust"]
    assert rows[1].found_under == {
        "response": ("already-in-place",),
        "progress": ("done",),
        "addressed-to": ("health-trust",),
        "theme": ("learning",),
        "views": ("one-view",),
        "dates": (),
    }


def test_the_list_counts_each_choice_of_each_facet(sample: Snapshot) -> None:
    page = RecommendationsPage.of(sample)
    counts = {facet.facet.name: [one.count for one in facet.choices] for facet in page.facets}
    assert counts == {
        "response": [1, 6, 2, 1, 1, 3],
        "progress": [1, 2, 3, 2, 1, 1, 4],
        "addressed-to": [5, 3, 4, 4, 3],
        "theme": [3, 3, 3, 3],
        "views": [4, 1],
        "dates": [1, 1, 2],
    }
    assert page.filters == page.facets
    assert (page.header, page.addressed, page.bare, page.updated) == (sample.header, True, False, True)


def test_a_facet_without_choices_is_not_shown_and_one_that_does_not_narrow_is_no_filter(
    sample_register: Register,
) -> None:
    bare = with_updates(sample_register, *([] for _ in range(14)))
    header = bare.header.model_copy(update={"themes": []})
    page = RecommendationsPage.of(Snapshot(bare.model_copy(update={"header": header}), TODAY))
    assert [facet.facet.name for facet in page.facets] == ["response", "progress", "addressed-to", "views", "dates"]
    assert page.filters == []
    assert (page.addressed, page.bare, page.updated) == (False, True, False)


def test_a_list_is_bare_until_one_recommendation_has_a_title_or_an_update(small_register: Register) -> None:
    titled = with_records(with_updates(small_register, [], []), title="A title")
    assert (RecommendationsPage.of(titled).bare, RecommendationsPage.of(titled).updated) == (False, False)
    updated = Snapshot(with_updates(small_register, [{"date": "2024"}], []), TODAY)
    assert (RecommendationsPage.of(updated).bare, RecommendationsPage.of(updated).updated) == (False, True)


@pytest.mark.parametrize(
    ("counts", "narrows"),
    [([], False), ([0], False), ([3], False), ([0, 3], False), ([1], True), ([2], True), ([0, 2], True)],
)
def test_a_facet_narrows_if_a_choice_finds_some_but_not_all(counts: list[int], narrows: bool) -> None:
    choices = [CountedChoice(Choice(str(place), "", ""), count) for place, count in enumerate(counts)]
    assert CountedFacet(facets.RESPONSE, choices).narrows(3) == narrows


def test_a_list_under_a_choice_shows_those_found_and_counts_all_choices(sample: Snapshot) -> None:
    [(facet, travel)] = [pair for pair in facets.choices(sample.header) if pair[1].id == "travel"]
    page = RecommendationsWithPage.of(sample, facet, travel)
    assert (page.facet, page.choice, page.header, page.addressed) == (facet, travel, sample.header, True)
    assert numbers([row.status for row in page.rows]) == [8, 10, 11]
    assert [(one.choice.id, one.count) for one in page.others] == [
        ("sharing", 3),
        ("learning", 3),
        ("listening", 3),
        ("travel", 3),
    ]


def test_a_list_under_a_choice_knows_whether_any_recommendation_was_addressed(small_register: Register) -> None:
    facet, choice = next(facets.choices(small_register.header))
    nobody = Snapshot(with_updates(small_register, [], []), TODAY)
    assert not RecommendationsWithPage.of(nobody, facet, choice).addressed
    assert RecommendationsWithPage.of(Snapshot(small_register, TODAY), facet, choice).addressed


def test_kinds_of_work_are_counted_and_so_is_what_is_not_sorted_by_work(sample: Snapshot) -> None:
    page = AudiencesPage.of(sample)
    assert [(one.term.id, one.count) for one in page.audiences] == [
        ("schools", 5),
        ("police", 5),
        ("health", 6),
        ("social-care", 5),
        ("licensing", 3),
        ("voluntary", 5),
    ]
    assert (page.total, page.unmarked) == (14, 1)


def test_a_kind_of_work_has_its_recommendations_and_names_the_other_kinds(sample: Snapshot) -> None:
    [police] = [term for term in sample.header.audiences if term.id == "police"]
    page = AudiencePage.of(sample, police)
    assert (page.term, page.header, page.total, page.unmarked) == (police, sample.header, 14, 1)
    assert numbers(page.statuses) == [1, 3, 7, 8, 9]
    assert [term.id for term in page.others] == ["schools", "health", "social-care", "licensing", "voluntary"]


# ── what has happened ──────────────────────────────────────────────────────────────────────────


def test_what_has_changed_stands_by_year_newest_first_with_events_and_updates_together(sample: Snapshot) -> None:
    page = ChangesPage.of(sample)
    assert list(page.years) == [2026, 2025, 2024, 2023, 2022, 2020, 2019]
    assert [
        (change.date.text, change.record and change.record.number, change.place) for change in page.years[2026]
    ] == [
        ("2026-03-31", 11, "Exampleshire"),
        ("2026-03-31", None, "Llŷr Môn & Łódź"),
        ("2026-03-30", 11, "Exampleshire"),
        ("2026-02-24", 3, "Exampleshire"),
        ("2026-01-20", 13, "Exampleshire"),
        ("2026-01-15", 5, "Exampleshire"),
        ("2026", 4, "Exampleshire"),
    ]
    assert page.latest == [change for year in page.years.values() for change in year]
    assert not page.short


def test_what_happened_on_one_day_stands_latest_first(sample: Snapshot) -> None:
    """Two updates of one day to number 5: the log's later one is the newer."""
    change, earlier = [
        change for change in ChangesPage.of(sample).years[2025] if change.record and change.record.number == 5
    ]
    first, second = [
        update for update in sample.register.recommendations[4].updates if update.date.text == "2025-07-01"
    ]
    assert (change.entry.update, earlier.entry.update) == (second, first)
    assert (change.text, change.sources) == (second.note, [])
    assert [link.id for link in earlier.sources] == ["recheck-2025"]


def test_who_says_it_and_of_what_stands_in_every_entry(sample: Snapshot) -> None:
    """One voice's view is not read as what was decided."""
    page = ChangesPage.of(sample, 30)
    entries = html.fragment_fromstring(Renderer().render(page, "")).xpath(".//ol/li")
    for change, entry in zip(page.latest, entries, strict=True):
        shown = " ".join(entry.text_content().split())
        if change.record:
            assert f"Recommendation {change.record.number}" in shown
            assert change.record.title is None or change.record.title in shown
            voice = change.entry.voice.label
            assert f"{voice[0].upper()}{voice[1:]}:" in shown
        else:
            assert change.place in shown


def test_an_event_has_its_own_words_and_sources(sample: Snapshot) -> None:
    [event] = [change for change in ChangesPage.of(sample).years[2022] if change.date == PartialDate("2022-05-12")]
    assert (event.place, event.entry, event.record) == ("Sampleton", None, None)
    assert event.text == next(one.text for one in sample.register.timeline if one.date.text == "2022-05-12")
    assert [link.id for link in event.sources] == ["inquiry-report", "sampleton-gazette-2022"]


def test_an_event_of_the_day_shown_has_happened_and_one_of_the_next_day_has_not(sample_register: Register) -> None:
    def shown(day: datetime.date) -> list[str]:
        return [change.place for change in ChangesPage.of(Snapshot(sample_register, day)).latest]

    assert "Llŷr Môn & Łódź" in shown(TODAY)
    assert "Llŷr Môn & Łódź" not in shown(TODAY - datetime.timedelta(days=1))


def test_the_latest_few_are_as_many_as_asked_for(sample: Snapshot) -> None:
    page, everything = ChangesPage.of(sample, 3), ChangesPage.of(sample)
    assert (page.latest, page.short) == (everything.latest[:3], True)
    assert page.years == {2026: everything.latest[:3]}


# ── services ───────────────────────────────────────────────────────────────────────────────────

NAMES = {
    None: ["police-emergency", "exampleshire-front-door", "night-team", "sample-line", "sample-chat", "llyr-mon"],
    "emergency": ["police-emergency"],
    "others": ["exampleshire-front-door", "night-team", "sample-line", "sample-chat", "llyr-mon"],
}


def shown_services(page: ContactsPage) -> dict[str, LinkedContact]:
    """The services of every card, in order, by their ids."""
    return {held.contact.id: held for card in page.cards for held in card}


@pytest.mark.parametrize(("part", "shown"), NAMES.items())
def test_services_are_shown_in_the_order_of_the_file(sample: Snapshot, part: str | None, shown: list[str]) -> None:
    assert list(shown_services(ContactsPage.of(sample, part))) == shown


def test_a_service_has_its_page_if_it_has_one(sample: Snapshot) -> None:
    links = {name: held.link and held.link.id for name, held in shown_services(ContactsPage.of(sample)).items()}
    assert (links["sample-line"], links["night-team"]) == ("sample-line", None)


def test_a_service_that_must_be_confirmed_first_is_not_shown(small_register: Register) -> None:
    held = shown_services(ContactsPage.of(Snapshot(small_register, TODAY)))
    assert list(held) == ["emergency", "helpline"]


def test_services_that_share_a_heading_are_one_card(small_register: Register) -> None:
    emergency, line, _ = small_register.contacts
    day = line.model_copy(update={"id": "day", "card": "Worried?", "part": "By day"})
    night = line.model_copy(update={"id": "night", "card": "Worried?", "part": "At night"})
    register = small_register.model_copy(update={"contacts": [emergency, day, night, line]})
    page = ContactsPage.of(Snapshot(register, TODAY))
    assert [[held.contact.id for held in card] for card in page.cards] == [
        ["emergency"],
        ["day", "night"],
        ["helpline"],
    ]
    shown = " ".join(html.fragment_fromstring(Renderer().render(page, "help/")).text_content().split())
    assert "Worried? By day: Pond Line" in shown
    assert "At night: Pond Line" in shown


def test_a_few_lines_stand_in_the_order_that_the_page_asks_for(sample: Snapshot) -> None:
    page = HelpLinesPage.of(sample, ["night-team", "sample-line"])
    assert [[held.contact.id for held in card] for card in page.cards] == [["night-team"], ["sample-line"]]
    shown = html.fragment_fromstring(Renderer().render(page, "help/"))
    assert shown.xpath(".//a/@href") == ["tel:01632960002", "tel:08081570001"]
    assert not shown.xpath(".//@id")


def test_each_reason_why_services_are_unconfirmed_stands_once_with_their_names(small_register: Register) -> None:
    emergency, line, _ = small_register.contacts
    rung = small_register.links[0].confirmed

    def reasons(*contacts: dict) -> list[UnconfirmedReason]:
        made = [emergency, *(line.model_copy(update={"confirmed": None, **changes}) for changes in contacts)]
        register = small_register.model_copy(update={"contacts": made})
        return ContactsPage.of(Snapshot(register, TODAY)).unconfirmed

    copied = {"unconfirmed": "Copied."}
    assert emergency.unconfirmed  # and yet no reason: what is said of danger stands beside it
    assert reasons() == []
    assert reasons({"name": "A", "confirmed": rung}) == []
    assert reasons({"name": "A", **copied}) == [UnconfirmedReason("Copied.", [])]
    assert reasons({"name": "A", **copied}, {"name": "B", **copied}) == [UnconfirmedReason("Copied.", [])]
    assert reasons({"name": "A", **copied}, {"name": "B"}, {"name": "C", **copied}) == [
        UnconfirmedReason("Copied.", ["A", "C"])
    ]
    assert reasons({"name": "A", **copied}, {"name": "B", **copied, "confirmed": rung}) == [
        UnconfirmedReason("Copied.", ["A"])
    ]


# ── words ──────────────────────────────────────────────────────────────────────────────────────


def test_another_scale_stands_beside_our_words_and_names_what_none_comes_near(sample: Snapshot) -> None:
    answers, steps = CrosswalkPage.of(sample).scales
    assert (answers.scale, steps.scale) == tuple(sample.header.scales)
    assert (answers.source.id, steps.source.id) == ("farland-scales", "farland-scales")
    assert {one.term.id: [match.word for match in one.matches] for one in answers.terms} == {
        "under-consideration": ["Still being weighed"],
        "applies": ["Yes, as written", "Yes, in another way"],
        "applies-in-part": ["Partly"],
        "already-in-place": [],
        "not-for-us": [],
    }
    assert [one.term for one in steps.terms] == sample.header.progress
    assert (answers.unmatched, steps.unmatched) == (["No"], ["Standing"])


def test_a_match_counts_for_the_scale_that_it_names_only(sample: Snapshot) -> None:
    first = sample.header.scales[0]
    second = first.model_copy(update={"id": "another-scale"})
    header = sample.header.model_copy(update={"scales": [first, second]})
    page = CrosswalkPage.of(Snapshot(sample.register.model_copy(update={"header": header}), TODAY))
    assert page.scales[1].unmatched == first.words
    assert [one.matches for one in page.scales[1].terms] == [[], [], [], [], []]


def test_words_with_a_shape_are_shown_as_tags_and_others_are_not(sample: Snapshot) -> None:
    def rows(name: str) -> list[tuple[str, str | None]]:
        return [(row.word.id, row.tag and row.tag.id) for row in VocabularyPage.of(sample, name).rows]

    assert rows("responses")[:2] == [("under-consideration", "under-consideration"), ("applies", "applies")]
    assert rows("progress")[-1] == ("no-longer-needed", "no-longer-needed")
    assert rows("voices")[0] == ("partnership", None)
    assert rows("bodies")[0] == ("council", None)
    with pytest.raises(KeyError):
        VocabularyPage.of(sample, "words")


# ── figures ────────────────────────────────────────────────────────────────────────────────────


def test_the_totals_count_each_word_and_who_has_judged(sample: Snapshot) -> None:
    page = TotalsPage.of(sample)
    assert (page.total, page.published, page.self_assessed, page.as_of) == (14, 11, 1, "31 March 2026")
    assert page.initial == sample.header.initial
    response, progress = page.axes
    assert (response.facet, response.nothing) == (facets.RESPONSE, "waiting for its first meeting")
    assert (progress.facet, progress.nothing) == (facets.PROGRESS, "not published")
    assert [(row.term and row.term.id, row.count, row.self_assessed) for row in response.rows] == [
        ("under-consideration", 1, 0),
        ("applies", 6, 0),
        ("applies-in-part", 2, 0),
        ("already-in-place", 1, 1),
        ("not-for-us", 1, 0),
        (None, 3, 0),
    ]
    assert [(row.term and row.term.id, row.count, row.self_assessed) for row in progress.rows] == [
        ("not-started", 1, 0),
        ("exploring", 2, 0),
        ("under-way", 3, 0),
        ("done", 2, 1),
        ("stalled", 1, 0),
        ("no-longer-needed", 1, 0),
        (None, 4, 0),
    ]


def test_what_only_its_doers_have_judged_counts_as_such_only_with_an_outcome(small_register: Register) -> None:
    register = with_updates(
        small_register,
        [{"date": "2024", "note": "Not decided."}],
        [{"date": "2024", "response": "applies"}],
        [{"date": "2024", "response": "applies"}, {"date": "2025", "voice": "scrutineer"}],
        [],
    )
    page = TotalsPage.of(Snapshot(register, TODAY))
    assert (page.total, page.published, page.self_assessed) == (4, 2, 1)
    assert [(row.count, row.self_assessed) for row in page.axes[0].rows] == [(2, 1), (0, 0), (0, 0), (2, 1)]


def test_the_grades_of_what_the_inquiry_said_are_counted(sample: Snapshot) -> None:
    page = GradesPage.of(sample)
    assert page.total == 14
    assert [(grade.text, grade.count) for grade in page.grades] == [
        ("Number only: the wording is not copied here yet. The page points to the report.", 2),
        ("Summary: our own words, with who checked them against the report and when.", 6),
        ("Exact words: the report's own, with the place where they stand in it.", 6),
    ]


def test_the_years_stand_newest_first_with_how_much_happened(sample_register: Register) -> None:
    def rows(day: datetime.date) -> list[tuple[str, bool, int, int]]:
        page = YearlyReportsPage.of(Snapshot(sample_register, day))
        return [(row.year.name, row.over, row.updates, row.events) for row in page.reports]

    earlier = [("2024-25", True, 11, 0), ("2023-24", True, 12, 1), ("2022-23", True, 9, 3)]
    assert rows(TODAY) == [("2025-26", True, 18, 2), *earlier]
    assert rows(TODAY - datetime.timedelta(days=1)) == [("2025-26", False, 17, 1), *earlier]


def test_a_years_page_has_its_updates_by_date_and_number(sample: Snapshot) -> None:
    second = years(sample)[1]
    page = YearlyReportPage.of(sample, second)
    assert (page.report.snapshot, page.report.year, page.header, page.total) == (sample, second, sample.header, 14)
    assert [(entry.update.date.text, one.after.record.number) for one, entry, _ in page.updates] == [
        ("2023-04-19", 1),
        ("2023-05-17", 2),
        ("2023-06-07", 4),
        ("2023-07", 9),
        ("2023-08", 6),
        ("2023-09-13", 8),
        ("2023-09-20", 3),
        ("2023-10-11", 5),
        ("2024-01", 1),
        ("2024-02", 4),
        ("2024-02", 7),
        ("2024-03-19", 3),
    ]
    assert page.links == sample.links
    assert (page.never_updated, page.until) == ([(11, 14)], "31 March 2024")


def test_updates_of_one_day_stand_by_their_recommendations_numbers(small_register: Register) -> None:
    snapshot = Snapshot(with_updates(small_register, [{"date": "2024-05-02"}], [{"date": "2024-05-01"}] * 2), TODAY)
    [year] = [year for year in years(snapshot) if year.name == "2024-25"]
    page = YearlyReportPage.of(snapshot, year)
    assert [(entry.update.date.text, one.after.record.number) for one, entry, _ in page.updates] == [
        ("2024-05-01", 2),
        ("2024-05-01", 2),
        ("2024-05-02", 1),
    ]


def test_a_years_page_leads_to_the_years_beside_it(sample: Snapshot) -> None:
    every = years(sample)
    pages = [YearlyReportPage.of(sample, year) for year in every]
    assert [page.previous for page in pages] == [None, *every[:-1]]
    assert [page.next for page in pages] == [*every[1:], None]


# ── outside pages, licence, rules ──────────────────────────────────────────────────────────────


def test_a_topic_names_who_reported_it(sample: Snapshot) -> None:
    topics = [held for group in TopicsPage.of(sample).groups for held in group.topics]
    assert sorted(held.topic.id for held in topics) == sorted(topic.id for topic in sample.register.topics)
    assert [link.id for link in topics[0].sources] == ["inquiry", "partnership-statement"]


def test_topics_stand_by_the_body_that_they_were_reported_for_with_their_count(sample: Snapshot) -> None:
    groups = {group.addressee: group for group in TopicsPage.of(sample).groups}
    assert [topic.topic.id for topic in groups["Sampleton Licensing Board"].topics] == ["taxi-training"]  # "(inferred)"
    assert [topic.topic.id for topic in groups["Not said for whom"].topics] == ["lessons-in-schools"]
    assert groups["Sampleton Licensing Board"].id == "for-sampleton-licensing-board"
    assert sum(len(group.topics) for group in groups.values()) == len(sample.register.topics)


def test_a_kind_of_work_shows_what_is_reported_for_it(sample: Snapshot) -> None:
    [schools, police] = [term for term in sample.header.audiences if term.id in ("schools", "police")]
    assert [topic.topic.id for topic in AudiencePage.of(sample, schools).topics] == ["taxi-training"]
    assert AudiencePage.of(sample, police).topics == []
    assert {row.term.id: row.topics for row in AudiencesPage.of(sample).audiences}["schools"] == 1


def test_what_is_the_same_for_most_sources_is_said_once(sample: Snapshot) -> None:
    page = SourcesPage.of(sample)
    assert page.usual_confirmed
    assert page.usual_check == "not checked in this build"
    said = [row.confirmed for row in page.rows if row.confirmed]
    assert page.usual_confirmed not in said
    assert {row.check for row in page.rows if not row.link.file} == {""}
    [document] = [row for row in page.rows if row.link.file]
    assert document.check == "published on this site, and checked with every build"


def test_every_outside_page_is_listed_in_the_order_of_the_file(sample: Snapshot) -> None:
    assert [row.link.link for row in SourcesPage.of(sample).rows] == sample.register.links


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (None, "No result of a link check was at hand when this page was made."),
        (31, "A program last checked these links on 31 March 2026."),
        (17, "A program last checked these links on 17 March 2026."),
        (
            16,
            "A program last checked these links on 16 March 2026. That is long ago: the weekly check did not take place, "
            "and what is said below may no longer hold.",
        ),
    ],
)
def test_the_sources_say_when_they_were_last_checked_and_whether_that_is_long_ago(
    day: int | None, said: str, sample: Snapshot
) -> None:
    moment = datetime.datetime(2026, 3, day or 1, 5, tzinfo=datetime.UTC)
    checked = LinkReport(checked_at=moment, links=[]) if day else None
    page = SourcesPage.of(Snapshot(sample.register, sample.as_of, checked))
    assert page.last_check == said


def test_a_link_without_an_address_has_the_page_through_which_readers_get_there(small_register: Register) -> None:
    snapshot = Snapshot(small_register, TODAY)
    plan, report = LinkPage.of(snapshot, "plan"), LinkPage.of(snapshot, "report")
    assert (plan.link.id, plan.way_in and plan.way_in.id) == ("plan", "minutes")
    assert (report.link.id, report.way_in) == ("report", None)


def test_licence_and_initial_state_come_with_their_sources(sample: Snapshot) -> None:
    licence, initial = LicencePage.of(sample), InitialPage.of(sample)
    assert (licence.licence, licence.link.id) == (sample.header.licence, "licence")
    assert (initial.initial, initial.source.id) == (sample.header.initial, "partnership-statement")


def test_a_part_of_the_accessibility_statement_is_named(sample: Snapshot) -> None:
    page = StatementPage.of(sample, "gaps")
    assert (page.part, page.statement) == ("gaps", sample.register.statement)


@pytest.mark.parametrize(
    ("reviewed", "fix_by", "old", "passed"),
    [("2025-03-31", "2026-03-31", False, False), ("2025-03-30", "2026-03-30", True, True)],
)
def test_readers_see_that_the_statement_is_old_and_that_a_promised_date_has_passed(
    small_register: Register, reviewed: str, fix_by: str, old: bool, passed: bool
) -> None:
    statement = small_register.statement.model_copy(update={"reviewed": PartialDate(reviewed)})
    gap = statement.gaps[0].model_copy(update={"fix_by": PartialDate(fix_by)})
    register = small_register.model_copy(update={"statement": statement.model_copy(update={"gaps": [gap]})})
    snapshot, renderer = Snapshot(register, TODAY), Renderer()
    shown = renderer.render(StatementPage.of(snapshot, "preparation"), "accessibility/")
    assert ("That is over a year ago, so some of it may no longer be true." in shown) == old
    gaps = renderer.render(StatementPage.of(snapshot, "gaps"), "accessibility/")
    assert ("We planned to put this right by" in gaps and "That date has passed." in gaps) == passed
    assert ("We plan to put this right by" in gaps) == (not passed)


def test_readers_see_how_long_ago_a_service_was_confirmed(small_register: Register) -> None:
    def shown(day: datetime.date) -> str:
        return Renderer().render(ContactsPage.of(Snapshot(small_register, day)), "help/")

    assert "That is" not in shown(datetime.date(2026, 5, 29))
    assert (
        'Last confirmed <time datetime="2026-02">February 2026</time>. That is 8 months ago, so it may have changed.'
        in shown(datetime.date(2026, 10, 28))
    )


def test_the_downloads_are_the_files_of_the_route_table(sample: Snapshot) -> None:
    page = DownloadsPage.of(sample, [], lambda site_url: {"name": site_url})
    assert [*page.tables, *page.other_tables] == [*urls.TABLES, *urls.JOINS]
    assert (page.documents, page.whole) == (urls.DOCUMENTS, urls.WHOLE)
    assert page.kept.path == f"data/versions/{sample.version}/register.json"
    assert (page.calendar.path, page.everything.path) == ("data/calendar.ics", "data/feeds/updates.atom")
    assert [(feed.path, feed.title) for feed in page.audiences][:2] == [
        ("data/feeds/audience-schools.atom", "Schools and colleges"),
        ("data/feeds/audience-police.atom", "Police"),
    ]
    assert [number for number, _, _ in page.of_one] == list(range(1, 15))
    assert [route.path for route in page.of_one[1][1:]] == [
        "data/recommendations/2.json",
        "data/feeds/recommendation-2.atom",
    ]
    assert (page.version, page.as_of) == (sample.version, "31 March 2026")
    assert page.dataset("https://a.test/") == {"name": "https://a.test/"}


def test_a_long_answer_is_shown_by_its_first_rows_and_says_how_many_more_there_are(sample: Snapshot) -> None:
    answers = [
        ShownAnswer.of("How many?", "SELECT 1", ("a",), tuple((str(n),) for n in range(many))) for many in (0, 6, 9)
    ]
    shown = DownloadsPage.of(sample, answers, lambda _: {}).answers
    assert [(len(answer.rows), answer.more) for answer in shown] == [(0, 0), (6, 0), (6, 3)]


def test_the_field_reference_is_read_off_the_model(sample: Snapshot) -> None:
    files = FieldsPage.of(sample).files
    assert [(held.name, [kind.name for kind in held.kinds]) for held in files] == [
        (
            "data/register.yml",
            ["Header", "Partnership", "Inquiry", "Initial", "Licence", "Check", "Term", "Match", "Progress term",
             "Voice term", "Named term", "Scale"],
        ),
        ("data/recommendations.yml", ["Recommendation", "Summary", "Check", "Wording", "Update", "Edit", "Withdrawal"]),
        ("data/links.yml", ["Link", "Check", "Expectation", "Archive", "Excuse"]),
        ("data/contacts.yml", ["Contact", "Check"]),
        ("data/topics.yml", ["Topic"]),
        ("data/timeline.yml", ["Milestone"]),
        ("data/reported_results.yml", ["Reported result", "Reported part"]),
        ("data/redirects.yml", ["Redirect"]),
        ("data/language.yml", ["Avoided words"]),
        ("data/exceptions.yml", ["Guard exception"]),
        ("data/search.yml", ["Search words", "Help words", "Equal words"]),
        ("data/proved.yml", ["Report proof", "Report file", "Proved wording"]),
        ("data/accessibility.yml", ["Statement", "Gap"]),
    ]  # fmt: skip
    check = files[0].kinds[5]
    assert check.text == "Who looked, and when."
    assert [dataclasses.astuple(field) for field in check.fields] == [
        ("by", True, "Who checked it: a role or a published document, not a private person."),
        ("on", True, "When it was checked."),
    ]
    [gap] = [kind for kind in files[-1].kinds if kind.name == "Gap"]
    assert [(field.name, field.required) for field in gap.fields] == [
        ("issue", True),
        ("criteria", True),
        ("fix_by", False),
    ]


def test_what_is_asked_about_words_is_shown_as_the_code_states_it_with_the_exceptions(sample: Snapshot) -> None:
    exception = GuardException(guard="abbreviations", words="MASH & <b>", page="docs/a.md", reason="It is known.")
    register = sample.register.model_copy(update={"exceptions": [exception]})
    page = Renderer().render(GuardsPage.of(Snapshot(register, sample.as_of)), "checked/")
    shown = html.fragment_fromstring(str(page), create_parent=True)
    items = {item.get("id"): " ".join(item.text_content().split()) for item in shown.xpath(".//ul[@class='rules']/li")}
    assert items == {guard.id: guard.text for guard in GUARDS}
    assert all(len(text) > 20 for text in items.values())
    assert " ".join(shown.xpath(".//ul")[-1].text_content().split()) == "“MASH & <b>” in docs/a.md: It is known."


def test_without_exceptions_none_are_announced(sample: Snapshot) -> None:
    register = sample.register.model_copy(update={"exceptions": []})
    assert "stay as they are" not in Renderer().render(GuardsPage.of(Snapshot(register, sample.as_of)), "checked/")


def test_words_that_are_not_used_stand_with_what_is_said_instead_and_the_guide(sample: Snapshot) -> None:
    avoided = LanguagePage.of(sample).avoided
    assert [(row.words, row.entry.instead, [link.id for link in row.source]) for row in avoided][:2] == [
        (["child / teenage prostitute"], "A child who was exploited.", ["language-guide"]),
        (["put / place themselves at risk"], "Somebody is a risk to the child. Say who.", ["language-guide"]),
    ]


def test_the_rules_are_shown_as_the_code_states_them(sample: Snapshot) -> None:
    rules = RulesPage.of(sample).rules
    assert rules[0].name == "numbers-run-without-a-gap"
    assert rules[0].text == ("Every number from 1 to the total has exactly one record, and the records stand in order.")
