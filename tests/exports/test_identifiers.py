"""Permanent identifiers: the same for ever, whatever becomes of titles, addresses and neighbours."""

import json
import re
from collections.abc import Callable

import pytest

from register.dates import PartialDate
from register.exports.identifiers import urn
from register.model import Register
from register.state.permanent_keys import milestone_keys, update_keys


def identifiers(files: dict[str, bytes]) -> dict[str, list[str]]:
    """Every identifier in every feed and in the calendar, by file."""
    found = {
        path: re.findall(r"urn:uuid:[0-9a-f-]{36}", content.decode())
        for path, content in files.items()
        if path.endswith((".atom", ".ics"))
    }
    assert len(found) == 23 and all(found.values())
    return found


def test_identifiers_stay_when_the_site_moves(
    changed: Callable[..., dict[str, bytes]], files: dict[str, bytes]
) -> None:
    assert identifiers(changed(site="https://elsewhere.test/register/")) == identifiers(files)
    assert identifiers(changed(site="http://127.0.0.1:8000/")) == identifiers(files)


def test_identifiers_stay_when_the_register_gets_another_title(
    changed: Callable[..., dict[str, bytes]], files: dict[str, bytes]
) -> None:
    assert identifiers(changed(title="Another title")) == identifiers(files)


def test_two_registers_share_no_identifier(changed: Callable[..., dict[str, bytes]], files: dict[str, bytes]) -> None:
    other = identifiers(changed(id="another"))
    assert all(not set(other[path]) & set(found) for path, found in identifiers(files).items())


# Every one of these is published: if it changed, every reader would show every entry again.
@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ((), "urn:uuid:2fa3ce3f-b5c3-5061-a2a0-b3401d137ddf"),
        (("update", "5/2025-07-01/partnership"), "urn:uuid:311dd6f7-a883-5d33-9702-5059dfacb813"),
        (("recommendation", 3, "due"), "urn:uuid:b85dd674-8c88-534e-ad9a-b2635243fb26"),
    ],
)
def test_an_identifier_is_the_one_that_was_published(
    sample_register: Register, parts: tuple[str | int, ...], expected: str
) -> None:
    assert urn(sample_register.header, *parts) == expected


# The first identifier in each file: a feed's own, and the calendar's.
PUBLISHED = {
    "data/feeds/updates.atom": "urn:uuid:03de966b-24c5-5c5c-a833-6af1f7d3f254",
    "data/feeds/recommendation-3.atom": "urn:uuid:d7c9031b-cbed-5219-bf91-372ba0b1b8a7",
    "data/feeds/audience-police.atom": "urn:uuid:591052b6-45f0-5696-a8e6-52a8badfbf0f",
    "data/calendar.ics": "urn:uuid:99662276-86f0-544d-849a-c5cd66cde31c",
}


@pytest.mark.parametrize(("path", "expected"), PUBLISHED.items())
def test_a_feed_and_the_calendar_are_known_by_the_identifiers_that_were_published(
    files: dict[str, bytes], path: str, expected: str
) -> None:
    assert identifiers(files)[path][0] == expected


def test_an_update_is_known_by_its_number_date_and_voice(sample_register: Register) -> None:
    assert update_keys(5, sample_register.recommendations[4].updates)[4:6] == [
        "5/2025-07-01/scrutineer",
        "5/2025-07-01/partnership",
    ]


def test_an_update_that_is_found_later_renames_no_other(sample_register: Register) -> None:
    updates = sample_register.recommendations[2].updates
    found = updates[0].model_copy(update={"date": PartialDate("2022-11")})
    before = update_keys(3, updates)
    after = update_keys(3, [updates[0], found, *updates[1:]])
    assert after == [before[0], "3/2022-11/partnership", *before[1:]]


def test_what_is_alike_is_counted(sample_register: Register) -> None:
    update, milestone = sample_register.recommendations[0].updates[0], sample_register.timeline[0]
    assert update_keys(1, [update] * 3) == [
        "1/2022-11-08/partnership",
        "1/2022-11-08/partnership/2",
        "1/2022-11-08/partnership/3",
    ]
    assert milestone_keys([milestone, milestone]) == ["2019", "2019/2"]


def test_the_keys_in_the_documents_are_those_behind_the_feed_of_everything(
    files: dict[str, bytes], sample_register: Register
) -> None:
    whole = json.loads(files["data/register.json"])
    keys = [update["key"] for record in whole["recommendations"] for update in record["updates"]]
    assert len(keys) == sum(len(record.updates) for record in sample_register.recommendations)
    expected = {urn(sample_register.header, "update", key) for key in keys}
    assert expected < set(identifiers(files)["data/feeds/updates.atom"])
