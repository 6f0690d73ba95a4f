"""What may be published of a register, and what is derived from it for every export."""

import datetime

import pytest

from exported import SITE
from register.dates import PartialDate
from register.exports.data_format import FORMAT
from register.exports.identifiers import urn
from register.exports.json_values import json_object
from register.exports.published import Published
from register.exports.published_records import DueMove, Verdict
from register.links.report import CheckedLink, LinkReport
from register.model import Check, Register
from register.state.snapshot import Snapshot
from registers import TODAY, with_updates


@pytest.fixture(scope="module")
def published(small_register: Register) -> Published:
    """The small register, whose licence is not confirmed."""
    return Published(Snapshot(small_register, TODAY), SITE)


def test_what_goes_with_every_export_is_exactly_this(published: Published) -> None:
    assert json_object(published.about) == {
        "name": urn(published.header),
        "title": "The Smallshire register",
        "site": SITE,
        "version": published.snapshot.version,
        "format": FORMAT,
        "changed": "2026-02-10",
        "digest": published.snapshot.digest,
        "licence": {
            "name": "Open Licence",
            "spdx": "OL-1",
            "link": "licence",
            "confirmed": None,
            "wording": "The inquiry's words are its own.",
            "url": "https://www.gov.uk/licence",
            "not_ours": ["recommendations.wording.text"],
        },
        "help": [
            {
                "name": "Police",
                "number": "999",
                "tel": "tel:999",
                "for_whom": "Anyone in danger.",
                "hours": "Any time",
                "emergency": True,
            }
        ],
    }
    assert published.about_object == json_object(published.about)


def test_a_licence_is_proposed_until_somebody_confirms_it(published: Published) -> None:
    header = published.header
    confirmed = header.licence.model_copy(update={"confirmed": Check(by="The chair", on=PartialDate("2026"))})
    register = published.snapshot.register.model_copy(
        update={"header": header.model_copy(update={"licence": confirmed})}
    )
    granted = Published(Snapshot(register, TODAY), SITE)
    assert published.licence_in_words == (
        "Proposed for this register’s own words and data, not yet confirmed: Open Licence. "
        "The inquiry's words are its own."
    )
    assert granted.licence_in_words == (
        "This register’s own words and data: Open Licence. The inquiry's words are its own."
    )
    assert (published.confirmed_licence, granted.confirmed_licence) == (None, "https://www.gov.uk/licence")


def test_the_help_lines_are_those_with_a_number(sample: Snapshot, sample_register: Register) -> None:
    silent = [
        contact.model_copy(update={"number": None}) if contact.emergency else contact
        for contact in sample_register.contacts
    ]
    changed = Published(Snapshot(sample_register.model_copy(update={"contacts": silent}), TODAY), SITE)
    assert Published(sample, SITE).help_in_words == (
        "Police, emergency: 999 (Any time). "
        "Exampleshire Front Door (fictional): 01632 960 001 (Monday to Friday, 9am to 5pm.). "
        "Exampleshire Night Team (fictional): 01632 960 002 (Weekday evenings and nights. All day at weekends.). "
        "Sample Line (fictional): 0808 157 0001 (24 hours)."
    )
    assert changed.help_in_words.startswith("Exampleshire Front Door (fictional): 01632 960 001")


def test_version_day_licence_and_help_lines_go_with_all_as_text(published: Published) -> None:
    assert published.about_in_words == (
        f"Register version {published.snapshot.version}, with what is dated up to 10 February 2026. {published.licence_in_words} "
        "Help: Police: 999 (Any time)."
    )
    assert json_object(published.stamp) == {"register_version": published.snapshot.version}


def test_where_a_recommendation_stands_is_derived_from_its_updates(small_register: Register) -> None:
    register = with_updates(
        small_register,
        [
            {"date": "2024-02", "response": "applies", "progress": "under-way", "due": "2024-12"},
            {"date": "2024-11-20", "due": "2025-06-30", "reason": "Fewer trainers."},
            {"date": "2025-01-31", "voice": "scrutineer", "response": "in-part"},
        ],
    )
    record = Published(Snapshot(register, datetime.date(2025, 7, 31)), SITE).recommendations[1]
    today = record.today
    assert dict(today) == {
        "changed": datetime.date(2025, 7, 31),
        "digest": record.updates[-1].digest,
        "grade": "number-only",
        "response": "applies",
        "progress": "under-way",
        "closed": False,
        "closed_on": None,
        "last_update": PartialDate("2025-01-31"),
        "stale": True,
        "self_assessed": False,
        "disagreement": True,
        "due_at_first": PartialDate("2024-12"),
        "due_now": PartialDate("2025-06-30"),
        "due_moved": 1,
        "overdue": True,
        "recheck": None,
        "lead": None,
        "meaning": None,
        "done_when": None,
        "related": [],
        "review": datetime.date(2025, 7, 31),
        "due_moves": [
            DueMove(
                was=PartialDate("2024-12"),
                now=PartialDate("2025-06-30"),
                moved_on=PartialDate("2024-11-20"),
                reason="Fewer trainers.",
                days=181,
            )
        ],
        "verdicts": [
            Verdict(
                voice="partnership",
                said=PartialDate("2024-11-20"),
                response="applies",
                response_on=PartialDate("2024-02"),
                progress="under-way",
                progress_on=PartialDate("2024-02"),
                differs=False,
            ),
            Verdict(
                voice="scrutineer",
                said=PartialDate("2025-01-31"),
                response="in-part",
                response_on=PartialDate("2025-01-31"),
                progress=None,
                progress_on=None,
                differs=True,
            ),
        ],
    }
    assert [(update.key, update.recommendation, update.reopens) for update in record.updates] == [
        ("1/2024-02/partnership", 1, False),
        ("1/2024-11-20/partnership", 1, False),
        ("1/2025-01-31/scrutineer", 1, False),
    ]


def test_closed_work_says_when_and_has_no_review_and_an_update_says_that_it_reopens(small_register: Register) -> None:
    register = with_updates(
        small_register,
        [{"date": "2024", "response": "applies", "progress": "done", "recheck": "2027"}],
        [
            {"date": "2024", "response": "applies", "progress": "done"},
            {"date": "2025", "progress": "under-way"},
        ],
        [],
    )
    closed, reopened, silent = Published(Snapshot(register, TODAY), SITE).recommendations.values()
    assert (closed.today.closed, closed.today.closed_on, closed.today.review) == (True, PartialDate("2024"), None)
    assert (closed.today.recheck, closed.today.self_assessed) == (PartialDate("2027"), True)
    assert [update.reopens for update in reopened.updates] == [False, True]
    assert (silent.today.response, silent.today.last_update, silent.today.review) == (None, None, None)
    assert (silent.today.due_at_first, silent.today.due_now, silent.today.due_moved, silent.today.due_moves) == (
        None,
        None,
        0,
        [],
    )
    assert silent.today.verdicts[1] == Verdict(
        voice="scrutineer", said=None, response=None, response_on=None, progress=None, progress_on=None, differs=False
    )


def test_a_page_that_is_gone_is_published_without_its_address(small_register: Register) -> None:
    gone = CheckedLink(
        url="https://www.gov.uk/minutes", id="minutes", verdict="gone", detail="", final_url=None, found_on=[]
    )
    report = LinkReport(checked_at=datetime.datetime(2026, 3, 30, tzinfo=datetime.UTC), links=[gone])
    links = Published(Snapshot(small_register, TODAY, report), SITE).register.links
    assert {link.id: link.url for link in links}["minutes"] is None
    assert {link.id: link.url for link in links}["report"] == "https://www.gov.uk/report"


def test_an_event_counts_from_its_first_possible_day(small_register: Register) -> None:
    def places(day: datetime.date) -> list[str]:
        return [event.place for event in Published(Snapshot(small_register, day), SITE).register.timeline]

    assert places(datetime.date(2020, 12, 31)) == ["Great Pond"]
    assert places(datetime.date(2021, 1, 1)) == ["Great Pond", "Smallshire"]


def test_addresses_are_whole(published: Published) -> None:
    assert published.address("data/links.csv") == "https://register.exampleshire.test/data/links.csv"
