"""What a change does to the register, in words that somebody who knows the work can judge."""

import datetime
from typing import Any

import pytest

from many_changes import changed
from projects import Project
from register import model
from register.dates import PartialDate
from register.load.loader import load
from register.load.rules import every_record
from register.model import Record, Register, fields_of
from register.review.difference import Difference
from register.review.record_differences import field_differences
from register.review.register_differences import register_differences
from register.review.value_words import ValueWords
from registers import TODAY, with_updates

RECORDS, CONTACTS, HEADER = "data/recommendations.yml", "data/contacts.yml", "data/register.yml"
_RING = "ring the number or ask the service, since people in need rely on it"
_PLAIN = "the reason is one that readers understand"
_COUNTS = "what was said counts for nothing from now on, and the reason is plain"


def said(content: Project, *edits: tuple[str, str, str]) -> list[Difference]:
    """What is different after some edits of the sample's data: file, old text, new text."""
    before = load(content.folder / "data", TODAY)
    for path, old, new in edits:
        content.edit(path, old, new)
    return list(register_differences(before, load(content.folder / "data", TODAY), TODAY))


def shown(found: list[Difference]) -> list[tuple[str, str, str]]:
    """Differences without the part and page that they belong to."""
    return [(one.about, one.what, one.risk) for one in found]


NEW_UPDATE = """    - date: 2026-03-03
      recorded: 2026-03-04
      voice: partnership
      note: The board met and agreed a plan.
      progress: under-way
      due: 2026-09
      evidence: [learning-plan-2026]
"""
LAST_OF_1 = """      evidence:
        - scrutineer-report-2025

- number: 2
"""


def test_nothing_is_said_of_a_register_that_is_the_same(content: Project) -> None:
    assert said(content) == []


def test_an_update_says_its_words_by_whom_and_a_moved_date_by_itself(content: Project) -> None:
    update = NEW_UPDATE.replace("progress: under-way", "progress: under-way\n      reason: Two posts are empty.")
    found = said(content, (RECORDS, LAST_OF_1, LAST_OF_1.replace("\n- number: 2", f"{update}\n- number: 2")))
    assert shown(found) == [
        (
            "Recommendation 1: Name one person who answers for children's safety",
            "The promised date moves, from 30 September 2024 to September 2026, because: “Two posts are empty.” "
            "Said by the partnership on 3 March 2026.",
            _PLAIN,
        ),
        (
            "Recommendation 1: Name one person who answers for children's safety",
            "Reopened. Progress: under way (before: done). Said by the partnership on 3 March 2026: “The board met and agreed "
            "a plan.” Evidence: Learning plan for 2026.",
            "",
        ),
    ]
    assert {one.page for one in found} == {"recommendations/1/"}


def test_a_date_that_moves_again_is_counted(content: Project) -> None:
    update = NEW_UPDATE.replace("progress: under-way", "reason: Two posts are empty.")
    second = (
        update.replace("2026-03-03", "2026-03-05").replace("2026-03-04", "2026-03-05").replace("2026-09", "2026-10")
    )
    new = LAST_OF_1.replace("\n- number: 2", f"{update}{second}\n- number: 2")
    moves = [one.what for one in said(content, (RECORDS, LAST_OF_1, new)) if one.risk]
    assert moves[1].startswith(
        "The promised date moves for the second time, from September 2026 to October 2026, because: "
    )


def test_what_an_update_states_in_a_text_of_its_own_is_shown(content: Project) -> None:
    update = NEW_UPDATE.replace(
        "due: 2026-09", "meaning: Nine posts are named.\n      done_when: Nine letters come back."
    )
    [found] = said(content, (RECORDS, LAST_OF_1, LAST_OF_1.replace("\n- number: 2", f"{update}\n- number: 2")))
    assert "Meaning: “Nine posts are named.” Done when: “Nine letters come back.”" in found.what


def test_a_withdrawn_update_and_what_holds_after_it_come_with_a_warning(content: Project) -> None:
    old = "      progress: done\n      evidence:\n        - board-minutes-2024-09\n      recheck: 2026-09\n"
    new = (
        old
        + "      withdrawn:\n        on: 2026-03-30\n        by: The board\n        reason: Two letters were lost.\n"
    )
    found = said(content, (RECORDS, old, new))
    assert [(one.what, one.risk) for one in found] == [
        (
            "The update of 12 September 2024 is withdrawn by The board on 30 March 2026: “Two letters were lost.” It had said: "
            "“All nine have named their person, and all nine test letters were answered.”",
            _COUNTS,
        ),
        ("Progress is now: under way (before: done).", _COUNTS),
    ]


def test_edited_words_are_shown_with_the_reason(content: Project) -> None:
    old = "      note: The board agreed to act on all of it.\n      response: applies\n      progress: not-started\n      due: 2024-09-30\n"
    new = (
        "      note: The board agreed to act on nearly all of it.\n"
        "      edited:\n        on: 2026-03-30\n        reason: A word was missing.\n"
        "        note_was: The board agreed to act on all of it.\n"
        "      response: applies\n      progress: not-started\n      due: 2024-09-30\n"
    )
    [found] = said(content, (RECORDS, old, new))
    assert found.what == (
        "The update of 19 April 2023 has other words: “The board agreed to act on all of it.” becomes “The board agreed "
        "to act on nearly all of it.” Why: “A word was missing.”"
    )


def test_the_inquirys_words_are_to_be_compared_with_the_report(content: Project) -> None:
    found = said(content, (RECORDS, "page: 12\n    paragraph: '1.4'", "page: 13\n    paragraph: '1.4'"))
    assert [(one.what, one.risk) for one in found] == [
        ("Wording: Page: 12 → 13", "compare it with the report, since these are the inquiry's exact words")
    ]


@pytest.mark.parametrize(
    ("old", "new", "about", "what", "risk"),
    [
        ("number: 01632 960 001", "number: 01632 960 009", "Exampleshire Front Door (fictional)",
         "Number: 01632 960 001 → 01632 960 009", _RING),
        ("number: 999", "number: 112", "Police, emergency", "Number: 999 → 112", "it is the line for immediate danger, and it is right"),
        ("hours: Any time", "hours: In the day", "Police, emergency", "Hours: Any time → In the day",
         "it is the line for immediate danger, and it is right"),
        ("note: You do not need to be sure.\n  brief: true", "brief: true", "Exampleshire Front Door (fictional)",
         "Note taken out (it was: You do not need to be sure.)", _RING),
        ("  hours: Any time\n  use: ok", "  hours: Any time\n  use: check", "Police, emergency",
         "Readers do not see it from now on.", "it is the line for immediate danger, and it is right"),
    ],
)  # fmt: skip
def test_whatever_changes_in_a_help_line_is_to_be_looked_at_first(
    content: Project, old: str, new: str, about: str, what: str, risk: str
) -> None:
    before = load(content.folder / "data", TODAY)
    changed = content.edit(CONTACTS, old, new)
    assert changed
    after = _contacts_changed(before, content)
    found = list(register_differences(before, after, TODAY))
    assert (about, what, risk) in shown(found)
    assert {one.part for one in found} == {"help"}
    assert {one.page for one in found} == {"help/"}


def _contacts_changed(before: Register, content: Project) -> Register:
    """The register with other help lines, whether or not the rules would take them."""
    from register.load.validation import validate
    from register.load.yaml_source import read

    node, _ = read(content.folder / CONTACTS, CONTACTS, if_empty="")
    contacts = [validate(item, model.Contact, CONTACTS, "").record for item in node]  # type: ignore[arg-type, union-attr]
    return before.model_copy(update={"contacts": contacts})


def test_a_number_that_changes_after_it_was_confirmed_is_said_to_be_unconfirmed(content: Project) -> None:
    found = said(content, (CONTACTS, "number: 01632 960 001", "number: 01632 960 009"))
    assert [one.what for one in found] == [
        "Number: 01632 960 001 → 01632 960 009",
        "It was last confirmed on 2 March 2026, before the number changed.",
    ]


def test_a_new_or_lost_help_line_and_another_order_are_said(content: Project) -> None:
    before = load(content.folder / "data", TODAY)
    first, second, *others = before.contacts
    assert shown(
        list(register_differences(before, before.model_copy(update={"contacts": [first, *others]}), TODAY))
    ) == [(second.name, "Taken out.", "readers are meant to lose this place to turn to")]
    come, visible = register_differences(before.model_copy(update={"contacts": [first, *others]}), before, TODAY)
    assert come.what.startswith(
        "New. For whom: Anyone worried about a child.; hours: Monday to Friday, 9am to 5pm.; number: 01632 960 001; "
    )
    assert visible.what == "Readers see it from now on."
    [order] = register_differences(before, before.model_copy(update={"contacts": [second, first, *others]}), TODAY)
    assert order.what.startswith(f"Another order: {second.name}, {first.name}, ")
    assert (order.about, order.risk) == ("Help lines", "those that most people need come first")


def test_a_word_of_the_register_is_shown_by_its_label(content: Project) -> None:
    before = load(content.folder / "data", TODAY)
    content.edit(HEADER, "definition: The work has begun.", "definition: The work has truly begun.")
    after = load(content.folder / "data", TODAY)
    [found] = register_differences(before, after, TODAY)
    assert (found.what, found.risk) == (
        "“under way”: Definition: The work has begun. → The work has truly begun.",
        "what was said before still holds",
    )


def test_links_topics_events_redirects_and_exceptions_are_told_by_the_names_that_readers_know(content: Project) -> None:
    before = load(content.folder / "data", TODAY)
    link, milestone, topic = before.links[0], before.timeline[0], before.topics[0]
    after = before.model_copy(
        update={
            "links": [link.model_copy(update={"url": "https://elsewhere.test/"}), *before.links[1:]],
            "timeline": [milestone.model_copy(update={"text": "It ended."}), *before.timeline[1:]],
            "topics": before.topics[1:],
            "redirects": [],
            "exceptions": [model.GuardException(guard="language", words="bad word", reason="It is quoted.")],
        }
    )
    found = {(one.part, one.about): (one.what, one.risk) for one in register_differences(before, after, TODAY)}
    assert found["links", link.name][1] == "open it, and see whether it is the page that it is taken for"
    assert found["register", f"What happened: {milestone.date}, {milestone.place}"][0].startswith("Text: ")
    assert found["register", topic.title] == ("Taken out.", "")
    assert found["addresses", "The old address /in-brief/"] == ("Taken out.", "")
    assert found["register", "An exception from the checks: bad word"] == (
        "New. Guard: language; reason: It is quoted.",
        "the reason is good, since a check would ask about these words and lets them stand",
    )


# ── no field escapes ───────────────────────────────────────────────────────────────────────────


def _other(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, PartialDate):
        return PartialDate("1999")
    if isinstance(value, int):
        return value + 1
    if isinstance(value, list):
        return value[1:] if value else ["other"]
    if isinstance(value, Record):
        name = next(name for name in type(value).model_fields if isinstance(getattr(value, name), str))
        return value.model_copy(update={name: "other"})
    return "other"


def test_another_value_in_any_field_of_any_record_is_said(sample_register: Register) -> None:
    words = ValueWords([sample_register])
    tried = set[tuple[str, str]]()
    for record in every_record(sample_register):
        if isinstance(record, Register):
            continue
        for name in type(record).model_fields:
            key = (type(record).__name__, name)
            value = getattr(record, name)
            if key in tried or value is None or (value == [] and name != "updates"):
                continue
            tried.add(key)
            changed = record.model_copy(update={name: _other(value)})
            assert list(field_differences(record, changed, words)), key
    known = {
        (type(record).__name__, name) for record in every_record(sample_register) for name in record.model_fields_set
    }
    assert {key for key in known if key[0] != "Register"} <= tried


def test_a_change_anywhere_in_the_register_is_said(sample_register: Register) -> None:
    for field in fields_of(Register):
        value = getattr(sample_register, field)
        if value in (None, []):
            continue
        if isinstance(value, list):
            less = sample_register.model_copy(update={field: value[1:]})
        elif field == "search":
            less = sample_register.model_copy(update={field: None})
        else:
            less = sample_register.model_copy(update={field: _other(value)})
        if field == "recommendations":
            first = value[0].model_copy(update={"updates": value[0].updates[:-1]})
            less = sample_register.model_copy(update={field: [first, *value[1:]]})
            found = list(register_differences(less, sample_register, TODAY))
        else:
            found = list(register_differences(sample_register, less, TODAY))
        assert found, field
        assert all(one.what and one.about for one in found)


def test_today_is_the_day_on_which_both_are_looked_at(content: Project) -> None:
    before = load(content.folder / "data", TODAY)
    assert list(register_differences(before, before, datetime.date(2022, 6, 1))) == []


# ── values in words ────────────────────────────────────────────────────────────────────────────


def test_ids_stand_as_the_labels_and_names_that_readers_know(content: Project) -> None:
    before = load(content.folder / "data", TODAY)
    first, *others = before.recommendations
    other = first.model_copy(update={"theme": "learning", "audiences": ["health"]})
    after = before.model_copy(update={"recommendations": [other, *others]})
    assert [one.what for one in register_differences(before, after, TODAY)] == [
        "Theme: Sharing what we know → Learning and training",
        "Audiences: Police, Health services, Social care → Health services",
    ]


def test_what_is_put_in_as_a_whole_or_taken_out_is_shown_as_a_whole(sample_register: Register) -> None:
    record = next(one for one in sample_register.recommendations if one.summary)
    bare = record.model_copy(update={"summary": None})
    words = ValueWords([sample_register])
    assert record.summary
    shown_whole = words.of(record, "summary")
    assert shown_whole.startswith("text ") and ", checked by " in shown_whole
    assert list(field_differences(bare, record, words)) == [f"Summary: {shown_whole} (new)"]
    assert list(field_differences(record, bare, words)) == [f"Summary taken out (it was: {shown_whole})"]


def test_a_redirect_that_leads_elsewhere_and_an_answer_of_yes_or_no_are_in_words(content: Project) -> None:
    before = load(content.folder / "data", TODAY)
    link, redirect = before.links[0], before.redirects[0]
    after = before.model_copy(
        update={
            "links": [link.model_copy(update={"must_work": not link.must_work}), *before.links[1:]],
            "redirects": [redirect.model_copy(update={"to": "/about/"})],
        }
    )
    found = {one.about: one.what for one in register_differences(before, after, TODAY)}
    was = "yes" if link.must_work else "no"
    assert found[link.name] == f"Must work: {was} → {'no' if link.must_work else 'yes'}"
    assert found["The old address /in-brief/"] == "Leads to: /short/ → /about/"


def test_a_new_record_is_shown_with_its_fields_in_words(content: Project) -> None:
    before = load(content.folder / "data", TODAY)
    [found] = register_differences(before.model_copy(update={"redirects": []}), before, TODAY)
    assert found.what == (
        'New. Leads to: /short/; since: 5 February 2024; reason: The page "In brief" got a name that more people look for.'
    )


def test_the_accessibility_statement_and_the_proof_are_compared_as_wholes_and_in_part(
    sample_register: Register,
) -> None:
    statement = sample_register.statement
    assert statement
    without = sample_register.model_copy(update={"statement": None})
    [gone] = register_differences(sample_register, without, TODAY)
    assert (gone.about, gone.what, gone.risk) == ("The accessibility statement", "Taken out.", "it is meant to go")
    [come] = register_differences(without, sample_register, TODAY)
    assert come.what.startswith("New. Status: partially; prepared: 7 May 2024; ") and come.risk == ""
    other = sample_register.model_copy(update={"statement": statement.model_copy(update={"status": "fully"})})
    [changed] = register_differences(sample_register, other, TODAY)
    assert changed.what == "Status: partially → fully"


@pytest.mark.parametrize(
    ("moves", "said_as"), [(1, ""), (2, " for the second time"), (9, " for the ninth time"), (10, " for the 10th time")]
)
def test_each_move_of_a_promised_date_is_counted(small_register: Register, moves: int, said_as: str) -> None:
    dates = [f"2025-{month:02}" for month in range(1, 13)]
    updates = [
        {"date": f"2024-01-{place + 1:02}", "due": due, "reason": "It takes longer."}
        for place, due in enumerate(dates[: moves + 1])
    ]
    before, after = (with_updates(small_register, held) for held in (updates[:-1], updates))
    [moved] = [
        one for one in register_differences(before, after, TODAY) if one.risk and one.about == "Recommendation 1"
    ]
    earlier, later = (PartialDate(due) for due in dates[moves - 1 : moves + 1])
    assert moved.what.startswith(
        f"The promised date moves{said_as}, from {earlier} to {later}, because: “It takes longer.”"
    )


# ── everything at once ─────────────────────────────────────────────────────────────────────────


def test_much_that_changes_at_once_is_said_in_this_order_and_in_these_words(sample_register: Register) -> None:
    found = register_differences(sample_register, changed(sample_register), TODAY)
    assert [(one.part, one.about, one.what, one.risk, one.page) for one in found] == [
        (
            "register",
            "The register",
            "Title: Exampleshire's response to the 14 Sampleton recommendations (fictional) → Another title of the register",
            "what was said before still holds",
            None,
        ),
        (
            "register",
            "The register",
            "Partnership: Area: Exampleshire → Farshire",
            "what was said before still holds",
            None,
        ),
        (
            "register",
            "The register",
            "Partnership: Email taken out (it was: register@exampleshire.test)",
            "what was said before still holds",
            None,
        ),
        (
            "register",
            "The register",
            "New: “resting” (definition: Nobody works on it for a while.; step: 2)",
            "what was said before still holds",
            None,
        ),
        (
            "register",
            "The register",
            "“not begun”: Label: not started → not begun",
            "what was said before still holds",
            None,
        ),
        ("register", "The register", "“not begun”: Needs: reason (new)", "what was said before still holds", None),
        (
            "register",
            "The register",
            "“not begun”: Nothing more is expected after it: no → yes",
            "what was said before still holds",
            None,
        ),
        ("register", "The register", "Taken out: “exploring”", "what was said before still holds", None),
        (
            "register",
            "The register",
            "Another order: Sampleton Police, Sampleton Council, Sampleton Health Trust, Sampleton Schools' Forum, Sampleton Licensing Board",
            "what was said before still holds",
            None,
        ),
        (
            "register",
            "Recommendation 1: Another title",
            "Title: Name one person who answers for children's safety → Another title",
            "",
            "recommendations/1/",
        ),
        (
            "register",
            "Recommendation 1: Another title",
            "Addressed to: Sampleton Council, Sampleton Police → Sampleton Council",
            "",
            "recommendations/1/",
        ),
        (
            "register",
            "Recommendation 1: Another title",
            "The update of 19 April 2023 has other words: “The board agreed to act on all of it.” becomes “The board agreed.” Why: “A slip.”",
            "",
            "recommendations/1/",
        ),
        (
            "register",
            "Recommendation 2: Teach new staff what to do in their first month",
            "Response: not for us (before: already in place). Said by the partnership in February 2026: “It met.” Reason: “Others do it.”",
            "",
            "recommendations/2/",
        ),
        (
            "register",
            "Recommendation 3: Share a worry about a child on the same day",
            "Withdrawn on 20 March 2026 by The board: It was another county. Said by the partnership in March 2026: “They met.”",
            "what was said counts for nothing from now on, and the reason is plain",
            "recommendations/3/",
        ),
        (
            "register",
            "Recommendation 4: Give every school a link worker",
            "The update of 7 June 2023 has other words: “The 80 larger schools have had somebody since 2018.” becomes “Another reason.”",
            "",
            "recommendations/4/",
        ),
        (
            "register",
            "Recommendation 4: Give every school a link worker",
            "The update of 7 June 2023 has other words: new: “It is longer.”",
            "",
            "recommendations/4/",
        ),
        (
            "register",
            "Recommendation 5: Tell children what came of what they said",
            "Response is now: nothing decided (before: applies).",
            "what was said counts for nothing from now on, and the reason is plain",
            "recommendations/5/",
        ),
        (
            "register",
            "Recommendation 5: Tell children what came of what they said",
            "Progress is now: nothing decided (before: under way).",
            "what was said counts for nothing from now on, and the reason is plain",
            "recommendations/5/",
        ),
        (
            "register",
            "Recommendation 7",
            "The response holds no longer. The progress holds no longer. Said by the partnership on 20 March 2026: “It met.” Reason: “It was too early.”",
            "",
            "recommendations/7/",
        ),
        (
            "register",
            "Recommendation 8: Check every taxi driver's training each year",
            "The update of 25 November 2025: how it was withdrawn is changed.",
            "what was said counts for nothing from now on, and the reason is plain",
            "recommendations/8/",
        ),
        ("register", "Recommendation 15", "New.", "the report has as many", None),
        (
            "register",
            "What happened: 31 March 2026, Llŷr Môn & Łódź",
            'New. Text: More happened that day.; sources: Minutes <b>"A & B"</b>, *draft* [1](#x) {{ 7*7 }} `code` Łódź',
            "",
            None,
        ),
        ("register", "What happened: 2019, Exampleshire", "Taken out.", "", None),
        (
            "links",
            "Another page",
            "New. Owner: The inquiry (fictional); address: https://www.sampleton-inquiry.test/; confirmed: by The partnership's own statement, on 1 June 2022; expect: host sampleton-inquiry.test, phrases Independent Inquiry, Sampleton",
            "open it, and see whether it is the page that it is taken for",
            None,
        ),
        ("links", "Independent Inquiry into Harm at Sampleton", "Taken out.", "", None),
        ("register", "The proof", "Found in the report on 1 March 2026: 1 wording.", "", None),
    ]
