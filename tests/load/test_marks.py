"""A field's type says which rules hold for it: a new field cannot escape them."""

from typing import Annotated

import pytest
from pydantic import Field

from register.dates import PartialDate
from register.load import rules
from register.load.rules import marked_values
from register.model import CitesLink, LinkId, Origin, Past, PastDate, Record, Register, ThemeId, marked_fields
from registers import TODAY


class Visit(Record):
    """A kind of record that the model does not have."""

    happened: PastDate = Field(description="When.")
    planned: PartialDate | None = Field(default=None, description="A date that may lie ahead.")
    minutes: list[LinkId] = Field(default=[], description="What shows it.")
    about: ThemeId | None = Field(default=None, description="What it was about.")
    also: Annotated[str, CitesLink()] | None = Field(default=None, description="A link with a form of its own.")


class VisitedRegister(Register):
    """The register with a part that no rule has ever heard of."""

    visits: list[Visit]


@pytest.fixture
def visited(small_register: Register) -> VisitedRegister:
    """The small register with one visit in which every marked field is wrong."""
    wrong = {"happened": "2027", "planned": "2030", "minutes": ["report", "nowhere"], "about": "fish", "also": "lost"}
    parts = {name: getattr(small_register, name) for name in Register.model_fields}
    return VisitedRegister(**parts, visits=[Visit.model_validate(wrong)])


def test_a_new_date_of_the_past_is_found_by_its_rule(visited: VisitedRegister) -> None:
    found = list(rules.nothing_is_dated_in_the_future(visited, TODAY))
    assert [(one.field, one.what) for one in found] == [("happened", "'happened' is in the future: '2027'")]


def test_a_new_citation_is_found_by_its_rule(visited: VisitedRegister) -> None:
    found = list(rules.cited_links_exist(visited, TODAY))
    assert [(one.field, one.what) for one in found] == [
        ("minutes", "unknown link 'nowhere'"),
        ("also", "unknown link 'lost'"),
    ]


def test_a_new_use_of_a_vocabulary_is_found_by_its_rule(visited: VisitedRegister) -> None:
    """Where the rule looks: in recommendations, which it reads whole."""
    visits = visited.model_copy(update={"recommendations": visited.visits})
    found = list(rules.words_are_in_the_vocabulary(visits, TODAY))
    assert [(one.field, one.what, one.to_do) for one in found] == [
        ("about", "unknown theme 'fish'", "one of: training")
    ]


def test_a_mark_is_found_alone_in_a_list_and_where_nothing_may_stand() -> None:
    assert set(marked_fields(Visit, Past)) == {"happened"}
    assert set(marked_fields(Visit, CitesLink)) == {"minutes", "also"}


def test_what_is_absent_has_no_marked_value(small_register: Register) -> None:
    visit = Visit(happened=PartialDate("2020"))
    assert [(name, value) for _, name, value, _ in marked_values(visit, Past)] == [("happened", PartialDate("2020"))]
    assert list(marked_values(visit, CitesLink)) == []


def test_a_list_without_records_has_no_ids_to_compare(small_register: Register) -> None:
    bare = small_register.model_copy(update={"links": [], "contacts": [], "topics": []})
    assert list(rules.ids_are_used_once(bare, TODAY)) == []


# ── where a record was typed ───────────────────────────────────────────────────────────────────


def test_every_record_knows_where_it_was_typed(small_register: Register) -> None:
    first = small_register.recommendations[0]
    update = first.updates[0]
    assert first.origin is not None
    assert update.origin is not None
    assert (first.origin.path, first.origin.line, first.origin.record) == (
        "data/recommendations.yml",
        1,
        "recommendation 1",
    )
    assert (update.origin.path, update.origin.record) == ("data/recommendations.yml", "recommendation 1")
    assert update.origin.line == update.origin.line_of("date") > first.origin.line
    assert update.origin.line_of("recheck") == update.origin.line  # not typed: the record itself
    assert small_register.header.voices[0].origin is not None


def test_records_that_say_the_same_are_the_same_wherever_they_were_typed() -> None:
    one, two = Visit(happened=PartialDate("2020")), Visit(happened=PartialDate("2020"))
    one.set_origin(Origin("a.yml", 1, "a", {}, True))
    two.set_origin(Origin("b.yml", 2, "b", {}, False))
    assert one == two
