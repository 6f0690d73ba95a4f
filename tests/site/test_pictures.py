"""The pictures: each tells its sentence, says the same in words or in a table, and is left out where it would say nothing."""

import datetime
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from register.exports.published import Published
from register.model import Register
from register.site.macros import MACROS, WrongArgument
from register.site.pages.crossing import CrossingPage
from register.site.pages.glance import Glance, GlancePage
from register.site.pages.progress_by_year import ProgressByYear, ProgressByYearPage
from register.site.pages.promises import PromisesPage
from register.site.pages.reported_result import ReportedResultPage
from register.site.pages.stacked_bar import BarPart, StackedBar, key_of
from register.site.pages.views_differ import ViewsDifferPage
from register.site.presenter import Presenter
from register.site.render import Renderer
from register.state.as_of import known_on
from register.state.reporting_year import years
from register.state.snapshot import Snapshot
from registers import TODAY, with_updates


def drawn(presenter: Presenter, here: str = "") -> html.HtmlElement:
    """What a presenter shows, as a tree."""
    return html.fragment_fromstring(str(Renderer().render(presenter, here)), create_parent="main")


def built(site: Path, page: str) -> html.HtmlElement:
    """The main part of a built page."""
    return html.document_fromstring((site / page / "index.html").read_bytes()).xpath("//main")[0]


def words(element: html.HtmlElement) -> str:
    """The words of an element, with any run of white space as one space."""
    return " ".join(element.text_content().split())


def found(tree: html.HtmlElement, cssclass: str) -> list[html.HtmlElement]:
    """The elements of a class, in their order."""
    return tree.xpath(f".//*[contains(concat(' ', @class, ' '), ' {cssclass} ')]")


def snapshot(register: Register, *records: list[dict]) -> Snapshot:
    """A register with these updates, one list for each recommendation, on the sample's day."""
    return Snapshot(with_updates(register, *records), TODAY)


@pytest.fixture(scope="module")
def nothing(sample_register: Register) -> Snapshot:
    """The sample with no update at all."""
    return snapshot(sample_register, *([] for _ in range(14)))


# ── all at a glance ────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("page", ["", "recommendations/"])
def test_the_glance_tells_how_many_have_an_outcome_and_what_is_late_or_open_again(
    built_sample: Path, page: str
) -> None:
    [says] = found(found(built(built_sample, page), "glance")[0], "says")
    assert words(says) == "11 of 14 have an outcome published here. 1 is overdue. 1 was closed and is open again."


def test_every_recommendation_has_a_tile_in_the_inquirys_order_that_leads_to_it_and_says_its_shape_in_words(
    built_sample: Path,
) -> None:
    tiles = found(built(built_sample, "recommendations/"), "tile")
    assert [tile.get("href") for tile in tiles] == [f"{number}/" for number in range(1, 15)]
    said = [tile.get("aria-label") for tile in tiles]
    assert said[4] == "Recommendation 5: applies, open again"
    assert said[7] == "Recommendation 8: applies, overdue"
    assert said[13] == "Recommendation 14: waiting for its first meeting"
    assert [words(tile) for tile in tiles] == [label.removeprefix("Recommendation ") for label in said]
    assert len(found(tiles[4], "marks")) == len(found(tiles[7], "marks")) == 1
    assert not found(tiles[0], "marks")


def test_two_tiles_look_alike_only_if_they_say_the_same(sample: Snapshot) -> None:
    """Not by colour: by what is drawn, which is what a reader who sees no colours has."""
    looks: dict[str, set[str]] = {}
    for tile in found(drawn(GlancePage.of(sample)), "tile"):
        drawing = b"".join(html.tostring(svg, with_tail=False) for svg in tile.iter("svg")).decode()
        looks.setdefault(drawing, set()).add(re.sub(r"\d+", "", words(tile)))
    assert all(len(said) == 1 for said in looks.values())


def test_the_key_of_the_glance_is_the_vocabulary_and_counts_every_tile_once(sample: Snapshot) -> None:
    [key] = found(drawn(GlancePage.of(sample)), "key")
    assert [words(item) for item in key] == [
        "under consideration: 1",
        "applies: 6",
        "applies in part: 2",
        "already in place: 1",
        "not for us: 1",
        "waiting for its first meeting: 3",
        "overdue: 1",
        "open again: 1",
    ]
    assert sum(entry.count for entry in Glance.of(sample).key) == 14


def test_with_nothing_published_the_glance_is_the_numbers_and_no_more(nothing: Snapshot) -> None:
    tree = drawn(GlancePage.of(nothing))
    assert [tile.get("aria-label") for tile in found(tree, "tile")] == [
        f"Recommendation {number}" for number in range(1, 15)
    ]
    assert not [*tree.iter("svg"), *found(tree, "key"), *found(tree, "more"), *found(tree, "says")]
    assert words(tree.find("div/p")) == "Choose a number to see what is known of it."


def test_the_glance_leads_to_promises_and_to_differing_views_only_where_there_are_some(
    small_register: Register, built_sample: Path
) -> None:
    [more] = found(built(built_sample, ""), "more")
    assert [(link.get("href"), words(link.getparent())) for link in more.iter("a")] == [
        ("promises/", "What was promised, and by when: 6 of 14"),
        ("views-differ/", "Where views differ: 4 of 14"),
    ]
    promised = drawn(GlancePage.of(snapshot(small_register, [{"date": "2024", "due": "2025"}])))
    assert [link.get("href") for link in found(promised, "more")[0].iter("a")] == ["promises/"]


def test_work_that_was_closed_opened_and_closed_again_is_not_marked_as_open(small_register: Register) -> None:
    done, again = ({"date": f"202{year}", "progress": "done", "evidence": ["report"]} for year in (1, 3))
    opened = {"date": "2022", "progress": "under-way"}
    assert Glance.of(snapshot(small_register, [done, opened])).reopened == 1
    assert Glance.of(snapshot(small_register, [done, opened, again])).reopened == 0


# ── response and progress together ─────────────────────────────────────────────────────────────


def test_the_crossing_counts_every_recommendation_once_and_draws_a_dot_for_each(sample: Snapshot) -> None:
    page = CrossingPage.of(sample)
    assert sum(map(sum, (row.counts for row in page.rows))) == page.total == 14
    applies = next(row for row in page.rows if row.word.choice.id == "applies")
    labels = [column.choice.label for column in page.columns]
    assert dict(zip(labels, applies.counts, strict=True)) == {
        "not started": 0,
        "exploring": 1,
        "under way": 3,
        "done": 1,
        "stalled": 0,
        "no longer needed": 1,
        "not published": 0,
    }
    tree = drawn(page)
    assert len(list(tree.iter("circle"))) - len(tree.xpath(".//th//circle")) == 14
    assert all(sum(row.counts) == row.word.count for row in page.rows)
    assert [sum(row.counts[place] for row in page.rows) for place in range(len(labels))] == [
        column.count for column in page.columns
    ]


def test_a_word_at_which_nothing_stands_has_no_row_and_with_nothing_published_there_is_no_table(
    small_register: Register, nothing: Snapshot
) -> None:
    page = CrossingPage.of(snapshot(small_register, [{"date": "2024", "response": "applies"}]))
    assert [row.word.choice.id for row in page.rows] == ["applies"]
    assert [column.choice.id for column in page.columns] == ["not_published"]
    assert words(drawn(CrossingPage.of(nothing))) == ""


# ── progress over the years ────────────────────────────────────────────────────────────────────


def test_the_years_tell_how_much_is_done_and_how_much_was_a_year_before(built_sample: Path) -> None:
    [says] = found(found(built(built_sample, "changes/"), "picture")[0], "says")
    assert words(says) == "3 of 14 were done or no longer needed on 31 March 2026. On 31 March 2025 it was 4."
    [says] = found(found(built(built_sample, "changes/2022-23/"), "picture")[0], "says")
    assert words(says) == "0 of 14 were done or no longer needed on 31 March 2023."


def test_there_is_a_bar_for_each_reporting_year_up_to_that_of_the_report(sample: Snapshot) -> None:
    every = years(sample)
    assert [bar.year for bar in ProgressByYear.of(sample).bars] == every
    assert [bar.year for bar in ProgressByYear.of(sample, every[1]).bars] == every[:2]
    assert [bar.bar.total for bar in ProgressByYear.of(sample).bars] == [14] * 4


def test_a_year_counts_what_was_so_on_its_last_day_and_not_what_came_later(small_register: Register) -> None:
    told = snapshot(
        small_register, [{"date": "2024-05", "progress": "under-way"}, {"date": "2025-05", "progress": "done"}]
    )
    counted = [
        (bar.year.name, [part.label for part in bar.bar.parts if part.count], bar.ended)
        for bar in ProgressByYear.of(told).bars
    ]
    assert counted[-3:] == [
        ("2023-24", ["not published"], 0),
        ("2024-25", ["under way"], 0),
        ("2025-26", ["done"], 1),
    ]


def test_the_table_of_the_years_holds_the_numbers_that_the_bars_draw(built_sample: Path, sample: Snapshot) -> None:
    picture = found(built(built_sample, "changes/"), "picture")[0]
    [table] = picture.iter("table")
    labels = [words(cell) for cell in table.find("thead/tr")][1:]
    rows = [[int(words(cell)) for cell in row.iter("td")] for row in table.find("tbody")]
    for row, one in zip(rows, ProgressByYear.of(sample).bars, strict=True):
        counts = {part.label: part.count for part in one.bar.parts}
        assert row == [counts[label] for label in labels]
        assert sum(row) == 14
    assert [words(item) for item in found(picture, "key")[0]] == labels
    for svg in found(picture, "stack"):
        assert svg.get("aria-hidden") == "true"


def test_each_word_of_the_years_has_a_filling_of_its_own(sample: Snapshot) -> None:
    picture = drawn(ProgressByYearPage.of(sample))
    fills = Counter(rect.get("fill") for rect in picture.xpath(".//*[contains(@class, 'swatch')]/rect"))
    assert set(fills.values()) == {1}
    assert {f"url(#{pattern.get('id')})" for pattern in picture.iter("pattern")} == set(fills) - {None}


def test_with_no_progress_published_there_is_no_bar(nothing: Snapshot, small_register: Register) -> None:
    assert words(drawn(ProgressByYearPage.of(nothing))) == ""
    assert (
        words(drawn(ProgressByYearPage.of(snapshot(small_register, [{"date": "2024", "response": "applies"}])))) == ""
    )


def test_words_that_share_a_shape_share_one_filling(small_register: Register) -> None:
    """The smallest register gives its words no shapes: an id stands once in a page all the same."""
    told = snapshot(small_register, [{"date": "2024", "progress": "done"}], [{"date": "2024", "progress": "under-way"}])
    assert len(list(drawn(ProgressByYearPage.of(told)).iter("pattern"))) == 1


# ── a bar ──────────────────────────────────────────────────────────────────────────────────────


@given(st.lists(st.integers(0, 200), min_size=1, max_size=12).filter(any))
def test_the_parts_of_a_bar_fill_it_without_gap_and_without_overlap(counts: list[int]) -> None:
    bar = StackedBar([BarPart(str(place), None, count) for place, count in enumerate(counts)])
    at = 0.0
    for place in bar.placed:
        begin, width = (float(text.rstrip("%")) for text in (place.begin, place.width))
        assert begin == pytest.approx(at, abs=0.02 * len(counts))
        at = begin + width
    assert at == pytest.approx(100, abs=0.02 * len(counts))
    assert [place.part.count for place in bar.placed] == [count for count in counts if count]


def test_what_no_bar_draws_is_not_explained() -> None:
    bars = [
        StackedBar([BarPart(label, None, count) for label, count in zip("abc", counts, strict=True)])
        for counts in ((1, 0, 0), (0, 0, 2))
    ]
    assert [part.label for part in key_of(bars)] == ["a", "c"]
    assert key_of([]) == []


# ── what others reported ───────────────────────────────────────────────────────────────────────


def test_a_reported_result_tells_where_when_and_how_many_with_its_limits_and_its_sources(built_sample: Path) -> None:
    [picture] = found(built(built_sample, "topics/"), "reported")
    assert words(found(picture, "says")[0]) == "Sampleton, 2 November 2023: 6 of 14 in place."
    assert [[words(cell) for cell in row] for row in picture.find("div/table/tbody")] == [
        ["in place", "6"],
        ["in progress", "5"],
        ["not begun", "3"],
    ]
    text = words(picture)
    assert "Which they are is not known. The review says nothing about Exampleshire." in text
    assert "Reported by Sampleton Council. Source: Independent Inquiry into Harm at Sampleton" in text


def test_a_reported_result_is_not_told_on_a_day_before_it_was_put_in(sample_register: Register) -> None:
    [result] = sample_register.reported_results
    for day, known in ((datetime.date(2023, 11, 2), False), (datetime.date(2023, 11, 3), True)):
        before = Snapshot(known_on(sample_register, day), day)
        text = words(drawn(ReportedResultPage.of(before, result)))
        assert ("6 of 14" in text, "was not known here" in text) == (known, not known)
        assert bool(Published(before).register.reported_results) == known


def test_a_reported_result_that_is_not_there_is_told_with_what_to_do(sample: Snapshot) -> None:
    with pytest.raises(WrongArgument) as told:
        MACROS["reported_result"].present(sample, "sampleton-review-2024")
    assert str(told.value) == (
        "there is no reported result 'sampleton-review-2024' (add it to data/reported_results.yml first)"
    )


# ── promises ───────────────────────────────────────────────────────────────────────────────────


def test_the_promises_tell_how_many_have_passed_which_is_the_latest_and_how_many_moved(built_sample: Path) -> None:
    [lead] = found(built(built_sample, "promises/"), "lead")
    assert words(lead) == (
        "1 of 4 promised dates for open work has passed. The longest overdue is recommendation 8: 59 days late. "
        "3 of all 6 were moved."
    )


def test_each_promise_says_its_date_how_late_it_is_how_often_it_moved_and_why(built_sample: Path) -> None:
    rows = found(built(built_sample, "promises/"), "promise")
    assert [words(row.find("h3")).split(":")[0] for row in rows] == [
        f"Recommendation {number}" for number in (8, 5, 3, 4, 1, 10)
    ]
    assert words(rows[0].find("p")) == "By 31 January 2026: 59 days late; never moved."
    assert words(rows[2].find("p")) == (
        "By 30 September 2026: not past yet; moved twice: 913 days later than the first date, 31 March 2024."
    )
    assert [words(item) for item in rows[2].find("ul")] == [
        "On 19 March 2024 moved to December 2024: Two of the nine organisations could not find staff for the rota in time.",
        "On 26 November 2024 moved to 30 September 2026: "
        "The people with lived experience asked for it to be tried out with young people first.",
    ]
    assert words(rows[3].find("p")).startswith("By the end of 2027: not past yet; moved once")
    assert words(rows[4].find("p")) == "By 30 September 2024: closed on 12 September 2024; never moved."
    assert words(rows[5].find("p")).startswith("By 31 December 2024: closed on 14 May 2024")
    assert len(found(built(built_sample, "promises/"), "cards")[0].find("tbody")) == 6


def late_by(*dues: str) -> list[list[dict]]:
    return [[{"date": "2024", "due": due}] for due in dues]


def test_the_latest_promise_stands_first_then_the_soonest(small_register: Register) -> None:
    page = PromisesPage.of(snapshot(small_register, *late_by("2026-12", "2026-01-31", "2025-02", "2026-04")))
    assert [(row.status.record.number, row.status.days_late) for row in page.still_open] == [
        (3, 396),
        (2, 59),
        (4, 0),
        (1, 0),
    ]


def test_a_promise_for_a_month_is_late_from_the_first_day_of_the_next(small_register: Register) -> None:
    def days(due: str) -> int:
        return PromisesPage.of(snapshot(small_register, *late_by(due))).still_open[0].status.days_late

    assert [days(due) for due in ("2026-03", "2026-03-31", "2026-03-30", "2026-02", "2025")] == [0, 0, 1, 31, 90]


def test_marks_stand_in_the_order_of_their_days_and_lateness_begins_at_the_date(small_register: Register) -> None:
    moved = [
        {"date": "2024-01-01", "due": "2024-06-30"},
        {"date": "2024-06-01", "due": "2025-03-31", "reason": "It took longer."},
        {"date": "2025-03-01", "due": "2025-12-31", "reason": "It took longer."},
    ]
    page = PromisesPage.of(snapshot(small_register, moved))
    [row] = page.still_open
    assert [mark.kind for mark in row.marks] == ["first", "between", "now"]
    places = [float(mark.at.rstrip("%")) for mark in row.marks]
    assert places == sorted(places)
    assert row.late_from == row.marks[-1].at
    assert float(row.late_from.rstrip("%")) < float(page.span.today.rstrip("%")) <= 100
    assert row.days_moved == 549


def test_work_that_was_closed_after_its_date_is_said_to_be_so_late(small_register: Register) -> None:
    record = [{"date": "2024", "due": "2025-01-31"}, {"date": "2025-02-10", "progress": "done", "evidence": ["report"]}]
    page = PromisesPage.of(snapshot(small_register, record))
    assert "closed on 10 February 2025, 10 days after it" in words(found(drawn(page), "promise")[0])
    assert "No promised date has passed with the work still open." in words(drawn(page))


def test_a_promise_that_ended_is_no_longer_late_and_says_why(small_register: Register) -> None:
    record = [
        {"date": "2024", "due": "2025-01-31"},
        {"date": "2025", "ends": ["due"], "reason": "Somebody else does it."},
    ]
    page = PromisesPage.of(snapshot(small_register, record))
    assert (page.still_open, [row.status.days_late for row in page.settled]) == ([], [0])
    assert [mark.kind for mark in page.settled[0].marks] == ["ended"]
    assert "promised no longer since 2025; never moved. Somebody else does it." in words(drawn(page))


def test_without_a_promise_the_page_says_so(nothing: Snapshot) -> None:
    tree = drawn(PromisesPage.of(nothing), "promises/")
    assert "For none of the 14 recommendations has a date been promised here." in words(tree)
    assert not list(tree.iter("svg", "table"))


@given(st.lists(st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 12, 31)), min_size=1, max_size=6))
def test_whatever_was_promised_stands_on_the_line_and_few_years_are_named(
    small_register: Register, days: list[datetime.date]
) -> None:
    page = PromisesPage.of(snapshot(small_register, *late_by(*map(datetime.date.isoformat, days))))
    for row in page.still_open:
        assert all(0 < float(mark.at.rstrip("%")) < 100 for mark in row.marks)
    assert 0 < float(page.span.today.rstrip("%")) < 100
    assert 1 <= sum(year.named for year in page.span.years) <= 3


# ── three voices ───────────────────────────────────────────────────────────────────────────────


def test_the_voices_tell_on_how_many_views_differ_and_where_others_were_asked(built_sample: Path) -> None:
    page = built(built_sample, "views-differ/")
    assert words(found(page, "lead")[0]) == (
        "On 4 of the 14 recommendations, another voice disagrees with those who decide."
    )
    assert "That is so on 11 of the 14." in words(page)
    assert [words(title).split(":")[0] for title in page.iter("h2")] == [
        f"Recommendation {number}" for number in (3, 4, 5, 6)
    ]


@pytest.mark.parametrize("page", ["views-differ/", "recommendations/3/"])
def test_three_voices_stand_side_by_side_and_each_says_on_what_it_differs(built_sample: Path, page: str) -> None:
    voices = found(built(built_sample, page), "voices")[0]
    assert [words(voice.find("h3")) for voice in voices] == [
        "The partnership",
        "The independent scrutineer",
        "People with lived experience",
    ]
    assert ["Differs" in words(voice) for voice in voices] == [False, True, True]
    assert "Differs on the progress" in words(voices[1])
    assert "Differs on the response and the progress" in words(voices[2])
    assert [voice.get("class") for voice in voices] == [None, "differs", "differs"]


def test_who_decides_has_not_decided_and_who_was_not_asked_was_not_asked(built_sample: Path) -> None:
    silent = [words(voice) for voice in found(built(built_sample, "recommendations/13/"), "voices")[0]]
    assert silent[0] == "The partnership not decided yet"
    silent = [words(voice) for voice in found(built(built_sample, "recommendations/8/"), "voices")[0]]
    assert silent[1] == "The independent scrutineer not yet asked"


def test_only_a_record_on_which_views_differ_leads_to_the_page_of_all(built_sample: Path) -> None:
    def leads(number: int) -> bool:
        return bool(built(built_sample, f"recommendations/{number}/").xpath(".//a[@href='../../views-differ/']"))

    assert [number for number in range(1, 15) if leads(number)] == [3, 4, 5, 6]


def test_without_a_difference_the_page_says_that_this_is_not_agreement(nothing: Snapshot) -> None:
    text = words(drawn(ViewsDifferPage.of(nothing), "views-differ/"))
    assert "Nobody but those who decide has been asked about any of the 14 yet, so there is nothing to compare." in text
    assert "That does not mean that everybody agrees." in text
