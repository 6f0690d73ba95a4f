"""A register on a day: its statuses, links and words by number and id, and one version for one content."""

import datetime
import re

import pytest

from register.links.report import CheckedLink, LinkReport
from register.model import Recommendation, Register
from register.state.snapshot import Snapshot
from register.state.status import status_on
from register.state.wording import heading
from registers import TODAY


def test_each_recommendation_has_its_status_of_that_day_by_its_number(small_register: Register) -> None:
    day = datetime.date(2024, 3, 1)
    snapshot = Snapshot(small_register, day)
    assert list(snapshot.statuses) == [1, 2, 3, 4]
    assert snapshot.statuses[1] == status_on(small_register.recommendations[0], small_register.header, day)
    assert snapshot.header is small_register.header


def test_links_stand_by_their_ids_with_what_the_last_check_found(small_register: Register) -> None:
    held = CheckedLink(
        url="https://www.gov.uk/report", id="report", verdict="gone", detail="", final_url=None, found_on=[]
    )
    report = LinkReport(checked_at=datetime.datetime(2026, 3, 30, tzinfo=datetime.UTC), links=[held])
    links = Snapshot(small_register, TODAY, report).links
    assert {id_: offered.link for id_, offered in links.items()} == {link.id: link for link in small_register.links}
    assert (links["report"].withdrawn, links["minutes"].withdrawn) == ("gone", "")
    assert Snapshot(small_register, TODAY).links["report"].withdrawn == ""


def test_cited_links_stand_in_the_order_in_which_they_are_cited(small_register: Register) -> None:
    snapshot = Snapshot(small_register, TODAY)
    assert snapshot.cited(["plan", "report", "plan"]) == [snapshot.links[id_] for id_ in ("plan", "report", "plan")]
    with pytest.raises(KeyError):
        snapshot.cited(["nowhere"])


def test_every_vocabulary_has_its_labels_by_id(small_register: Register) -> None:
    assert Snapshot(small_register, TODAY).labels == {
        "responses": {"applies": "applies", "in-part": "applies in part", "not-ours": "not ours"},
        "progress": {"under-way": "under way", "done": "done"},
        "voices": {"partnership": "the partnership", "scrutineer": "independent scrutineer"},
        "bodies": {"council": "Pond Council"},
        "themes": {"training": "Training"},
        "audiences": {"schools": "Schools"},
    }


def test_the_version_is_that_of_the_content_whatever_the_day(small_register: Register) -> None:
    version = Snapshot(small_register, TODAY).version
    assert re.fullmatch("v[0-9a-f]{12}", version)
    assert Snapshot(small_register, datetime.date(2020, 1, 1)).version == version
    changed = small_register.model_copy(update={"topics": []})
    assert Snapshot(changed, TODAY).version != version


def test_a_recommendation_without_a_title_has_plain_words_in_its_place() -> None:
    assert heading(Recommendation(number=3, title="Count the ponds")) == "Count the ponds"
    assert heading(Recommendation(number=3)) == "Title not copied here yet"
