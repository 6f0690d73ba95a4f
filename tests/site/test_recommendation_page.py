"""A recommendation's page: everything that the log says of it, and plain words for what it does not."""

from pathlib import Path

import pytest
from lxml import html


@pytest.fixture(scope="module")
def page(built_sample: Path):
    """Gives a recommendation's page by its number."""

    def parsed(number: int) -> html.HtmlElement:
        return html.document_fromstring((built_sample / f"recommendations/{number}/index.html").read_bytes())

    return parsed


def words(element: html.HtmlElement) -> str:
    """The words of an element, with any run of white space as one space."""
    return " ".join(element.text_content().split())


def facts(page: html.HtmlElement) -> dict[str, str]:
    """The short facts below the heading."""
    rows = page.xpath("//main//dl[@class='facts']")[0].findall("div")
    return {words(row.find("dt")): ", ".join(map(words, row.findall("dd"))) for row in rows}


def test_a_reopened_recommendation_says_when_and_when_it_is_checked_again(page) -> None:
    assert facts(page(5)) == {
        "Last update": "15 January 2026",
        "Led by": "Exampleshire Council, children's services",
        "The inquiry addressed it to": "Sampleton Council",
        "Promised by": "30 June 2026",
        "Reopened": "1 July 2025",
        "To be checked again": "December 2026",
        "Theme": "Listening to children",
        "Matters to": "Social care, Voluntary sector",
    }


def test_a_closed_recommendation_says_since_when_whichever_word_closed_it(page) -> None:
    assert facts(page(1))["Closed"] == "12 September 2024"
    assert facts(page(6))["Closed"] == "15 February 2023"
    assert "Promised by" not in facts(page(1))


def test_overdue_and_stale_work_is_called_so(page) -> None:
    assert facts(page(8))["Promised by"] == "31 January 2026: overdue"
    assert facts(page(9))["Last update"] == "6 August 2024: no news for 602 days. An update is due every 180 days"


def test_the_status_line_names_both_axes_and_says_what_is_overdue(page) -> None:
    def status(number: int) -> str:
        return words(page(number).xpath("//main//p[@class='standing']")[0])

    assert status(3) == "Response: applies Progress: under way, step 3 of 4"
    assert status(8) == "Response: applies Progress: under way, step 3 of 4 Overdue"
    assert status(14) == "Response: waiting for its first meeting"


def test_work_that_left_the_line_of_steps_stands_below_it_not_among_them(page) -> None:
    line = page(4).xpath("//main//div[@class='progress']")[0]
    assert [(words(step), step.get("class"), step.get("aria-current")) for step in line.iter("li")] == [
        ("not started", "past", None),
        ("exploring", "past", None),
        ("under way", "past last", None),
        ("done", None, None),
    ]
    assert words(line.find("p")) == "stalled The work began but has stopped. We say why."


def test_answers_come_first_then_facts_then_the_inquirys_words_and_the_history(page) -> None:
    assert page(3).xpath("//main//section/h2/@id") == [
        "meaning",
        "promised",
        "closure",
        "voices",
        "facts",
        "said",
        "history",
        "related",
    ]


def test_the_list_of_parts_leads_to_every_part_and_to_none_that_is_not_there(page) -> None:
    for number in range(1, 15):
        listed = page(number).xpath("//main//div[h2='On this page']//a/@href")
        parts = [f"#{id_}" for id_ in page(number).xpath("//main//section/h2/@id") if id_ != "facts"]
        assert listed == parts


def test_its_feed_is_in_sight(page) -> None:
    [feed] = page(3).xpath("//main//a[@type='application/atom+xml']")
    assert (feed.get("href"), words(feed)) == (
        "../../data/feeds/recommendation-3.atom",
        "Follow this recommendation (feed)",
    )


def test_a_number_without_words_leads_to_what_is_needed_to_complete_it(page, built_sample: Path) -> None:
    [link] = page(14).xpath("//main//a[text()='How to help complete this page']/@href")
    assert link == "../../about/#help-complete"
    about = html.document_fromstring((built_sample / "about/index.html").read_bytes())
    assert words(about.get_element_by_id("help-complete")) == "How to help complete this register"


def test_the_ledger_tells_every_promised_date_and_why_it_moved(page) -> None:
    promised = page(3).get_element_by_id("promised").getparent()
    assert words(promised) == (
        "What was promised By 30 September 2026, led by Exampleshire Information Sharing Group. Moved twice. "
        "31 March 2024 first date given "
        "December 2024 then this date, changed on 19 March 2024: "
        "Two of the nine organisations could not find staff for the rota in time. "
        "30 September 2026 current date, changed on 26 November 2024: "
        "The people with lived experience asked for it to be tried out with young people first."
    )
    assert "This date has never been moved." in words(page(8).get_element_by_id("promised").getparent())


def test_without_evidence_the_page_says_as_of_which_day(page) -> None:
    assert "No evidence published as of 31 March 2026." in words(page(7))
    assert facts(page(14))["Last update"] == "none yet, as of 31 March 2026"
    assert "No evidence published" not in words(page(3))


def test_the_words_are_explained_right_below_the_facts(page) -> None:
    details = page(3).xpath("//section[h2/@id='facts']/details")[0]
    assert words(details.find("summary")) == "What do these words mean?"
    assert "The work has begun." in words(details)
    assert "the board has not met about it yet" in words(page(14).get_element_by_id("known").getparent()).lower()


def test_three_voices_stand_side_by_side_and_who_was_not_asked_is_named(page) -> None:
    voices = [words(item) for item in page(8).xpath("//ul[@class='voices']/li")]
    assert len(voices) == 3
    assert voices[1] == "The independent scrutineer not yet asked"


def test_neighbours_and_related_recommendations_are_linked(page) -> None:
    assert [link.get("href") for link in page(5).xpath("//nav[@class='around']//a")] == ["../4/", "../", "../6/"]
    assert page(5).get_element_by_id("related").getparent().xpath(".//a/@href") == ["../3/"]
    assert [link.get("href") for link in page(1).xpath("//nav[@class='around']//a")] == ["../", "../2/"]
