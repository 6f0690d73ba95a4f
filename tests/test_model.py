"""The contract at its edges: how long a text may be, which forms are accepted, and what may be left out."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from register import model
from register.model import (
    Address,
    Email,
    FrontMatter,
    Host,
    Id,
    LinkId,
    Number,
    Origin,
    Record,
    Register,
    Telephone,
    Text,
    Title,
    fields_of,
)
from register.problems import UnusableValue


def accepts(form: Any, value: object) -> bool:
    """Whether a field of this form takes a value."""
    try:
        TypeAdapter(form).validate_python(value)
    except ValidationError:
        return False
    return True


# ── lengths ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("form", "longest"),
    [
        (Id, "a" * 60),
        (LinkId, "a" * 200),
        (Title, "a" * 120),
        (Text, "a" * 5000),
        (Address, "https://www.gov.uk/" + "a" * 1981),
        (Telephone, "0" * 30),
        (Host, "www." + "a" * 196),
        (Email, "a@gov." + "u" * 194),
    ],
    ids=["Id", "reference", "Title", "Text", "Address", "Telephone", "Host", "Email"],
)
def test_a_text_may_be_as_long_as_its_form_allows_and_no_longer(form: Any, longest: str) -> None:
    assert accepts(form, longest)
    assert not accepts(form, longest + longest[-1])
    assert not accepts(form, "")


@pytest.mark.parametrize(
    ("form", "shortest"),
    [(Id, "a"), (LinkId, "a"), (Title, "a"), (Text, "a"), (Address, "http://a.b"), (Telephone, "1"), (Host, "a.b"), (Email, "a@b.c")],
    ids=["Id", "reference", "Title", "Text", "Address", "Telephone", "Host", "Email"],
)  # fmt: skip
def test_a_text_may_be_short(form: Any, shortest: str) -> None:
    assert accepts(form, shortest)


def test_a_pages_description_may_have_160_characters() -> None:
    page = {"title": "A page", "updated": "2024"}
    assert FrontMatter.model_validate({**page, "description": "a" * 160}).description == "a" * 160
    for wrong in ("a" * 161, "", "Write to jo@gov.uk."):
        with pytest.raises(ValidationError):
            FrontMatter.model_validate({**page, "description": wrong})


@pytest.mark.parametrize(("value", "taken"), [("0", False), ("1", True), ("9999", True), ("10000", False)])
def test_a_number_is_from_1_to_9999(value: str, taken: bool) -> None:
    assert accepts(Number, value) == taken


@pytest.mark.parametrize("value", ["2.0", "1_0", "+1", " 1", "1 ", "٢", "1e3", "x1", "1x", "1-"])
def test_a_number_is_digits_only(value: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypeAdapter(Number).validate_python(value)
    [error] = refused.value.errors()
    cause = error["ctx"]["error"]
    assert (cause.kind, cause.what, cause.to_do) == (
        "whole-number",
        f"is not a whole number: '{value}'",
        "write digits only",
    )


@pytest.mark.parametrize("value", [7, "7", "07", None, "", "-7"])
def test_what_is_not_text_of_other_signs_is_left_to_the_type(value: object) -> None:
    assert model.whole_number(value) == value


# ── forms ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("value", ["a", "a1", "minutes-2024-03", "0"])
def test_an_id_is_small_letters_digits_and_single_hyphens(value: str) -> None:
    assert accepts(Id, value)


@pytest.mark.parametrize("value", ["A", "a_b", "a--b", "-a", "a-", "a b", "é", "a\n", "xA", "a.b"])
def test_an_id_is_nothing_else(value: str) -> None:
    assert not accepts(Id, value)


@pytest.mark.parametrize("value", ["www.gov.uk", "a.b", "sub-1.example"])
def test_a_host_has_parts_between_points(value: str) -> None:
    assert accepts(Host, value)


@pytest.mark.parametrize(
    "value", ["localhost", ".uk", "www.", "www..uk", "WWW.gov.uk", "www.gov.uk/", "a b.uk", "www.gov.uk\n"]
)
def test_a_host_is_nothing_else(value: str) -> None:
    assert not accepts(Host, value)


@pytest.mark.parametrize("value", ["jo@gov.uk", "jo.b-c+d@x-y.gov.uk", "j_1@a.b"])
def test_an_email_address_has_a_name_and_a_host(value: str) -> None:
    assert accepts(Email, value)


@pytest.mark.parametrize(
    "value", ["jo", "jo@", "jo@gov", "@gov.uk", "jo@gov.", "jo @gov.uk", "jo@gov.uk,", " jo@gov.uk", "jo@@gov.uk"]
)
def test_an_email_address_is_nothing_else(value: str) -> None:
    assert not accepts(Email, value)


@pytest.mark.parametrize("value", ["0800 1111", "999", "116 123", "+44 20 7946 0000"])
def test_a_telephone_number_is_digits_in_groups(value: str) -> None:
    assert model.telephone_number(value) == value


@pytest.mark.parametrize(
    "value", ["0800-1111", "0800  1111", " 999", "999 ", "9a9", "++44", "4+4", "(0800) 1111", "", "999\n1"]
)
def test_a_telephone_number_is_nothing_else(value: str) -> None:
    with pytest.raises(UnusableValue) as refused:
        model.telephone_number(value)
    assert (refused.value.kind, refused.value.what, refused.value.to_do) == (
        "telephone",
        f"is not a telephone number: '{value}'",
        "digits in groups, like 0800 1111",
    )


@pytest.mark.parametrize(
    "value",
    [
        "https://www.gov.uk",
        "http://www.gov.uk/",
        "https://www.gov.uk/page",
        "https://www.gov.uk:8080/page/2?x=1&y=2#part",
        "https://www.gov.uk?x=1",
        "https://Example-Council.gov.uk/x",
        "https://exampleshire.gov.uk/example.org/",
        "https://www.gov.uk/#part",
    ],
)
def test_a_web_address_begins_with_its_scheme_and_has_a_host_with_a_point(value: str) -> None:
    assert model.web_address(value) == value


@pytest.mark.parametrize(
    "value",
    ["www.gov.uk", "ftp://www.gov.uk", "https://localhost", "https://www.gov.uk/a b", "//www.gov.uk", "https://", "",
     'https://www.gov.uk/"', "https://www.gov.uk/<b>", "https://www.gov.uk?<b>", "https://www.gov.uk:x/", "xhttps://www.gov.uk",
     "https://www..uk", "https://jo@www.gov.uk", "HTTPS://www.gov.uk"],
)  # fmt: skip
def test_a_web_address_is_nothing_else(value: str) -> None:
    with pytest.raises(UnusableValue) as refused:
        model.web_address(value)
    assert (refused.value.kind, refused.value.what, refused.value.to_do) == (
        "web-address",
        f"is not a web address: '{value}'",
        "write it like https://www.gov.uk/page",
    )


@pytest.mark.parametrize(
    "value",
    [
        "#",
        "#part",
        "javascript:void(0)",
        "https://example.org",
        "http://www.example.com/page",
        "HTTPS://a.EXAMPLE.net/",
    ],
)
def test_a_placeholder_is_no_web_address(value: str) -> None:
    with pytest.raises(UnusableValue) as refused:
        model.web_address(value)
    assert (refused.value.kind, refused.value.what, refused.value.to_do) == (
        "placeholder",
        f"is a placeholder, not an address: '{value}'",
        "put the real address in, or take the line out",
    )


# ── what must not stand in a text ──────────────────────────────────────────────────────────────


def refusal(text: str) -> tuple[str, str]:
    """What is wrong with a text, and what to do."""
    with pytest.raises(UnusableValue) as refused:
        model.plain_text(text)
    kinds = {"turns": "reading-direction", "formula": "formula"}
    assert refused.value.kind == next((kinds[word] for word in kinds if word in refused.value.what), "not-in-text")
    return refused.value.what, refused.value.to_do


@pytest.mark.parametrize("found", ["jo.bloggs@gov.uk", "j+o@x-y.z.uk"])
def test_a_text_holds_no_email_address(found: str) -> None:
    assert refusal(f"Ask {found} first.") == (
        f"holds an email address: '{found}'",
        "take it out; a service's own address belongs in data/contacts.yml",
    )


@pytest.mark.parametrize(
    "found",
    [
        "https://www.gov.uk/x",
        "HTTP://a",
        "www.gov.uk/x",
        "WWW.gov",
        "gov.uk",
        "nspcc.org/help",
        "my-site.com",
        "a.net",
        "sub.domain.uk/a?b",
    ],
)
def test_a_text_holds_no_web_address(found: str) -> None:
    assert refusal(f"See {found} for more.") == (
        f"holds a web address: '{found}'",
        "say in words which page it is; an address belongs in data/links.yml",
    )


@pytest.mark.parametrize(
    "found",
    ["0800 1111", "116 123", "116123", "116\u00a0123", "01952 380 000", "(01952) 380000", "+44 20 7946 0000", "+44(0)20-7946 0000",
     "0800\u202f11\u201311\u20111", "0800 1111111"],
)  # fmt: skip
def test_a_text_holds_no_telephone_number(found: str) -> None:
    assert refusal(f"Ring {found} now.") == (
        f"holds a telephone number: '{found}'",
        "take it out; a service's number belongs in data/contacts.yml",
    )


@pytest.mark.parametrize("mark", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_a_text_holds_no_mark_that_turns_the_reading_direction(mark: str) -> None:
    assert refusal(f"Work {mark}began.") == (
        "holds an invisible mark that turns the reading direction",
        "type the text again without it",
    )


@pytest.mark.parametrize("sign", [*"=+-@\t\r＝＋－＠"])
def test_a_text_does_not_begin_with_a_sign_that_a_spreadsheet_takes_for_a_formula(sign: str) -> None:
    assert refusal(f"{sign}1+1") == (
        f"begins with '{sign}', which a spreadsheet takes for the beginning of a formula",
        "begin with a word, such as the words that lead to it",
    )
    with pytest.raises(UnusableValue):
        model.quoted_text(f"{sign}1+1")
    assert model.plain_text(f'"{sign}1+1"') == f'"{sign}1+1"'
    assert model.visible_text("@home") == "@home"  # words that are looked for stand in no table


@pytest.mark.parametrize(
    "text",
    [
        "Work began.",
        "GOV.UK and NSPCC.org are names.",
        "It was e.g. 47 of 2022.",
        "In 2022-10 there were 1,234 of them.",
        "From 2024 to 2025, 12 times.",
        "Case 0123-456.",
        "The rule is 116 12.",
        "A 1161234 is no number.",
        "example.com is a made-up name",
        "me@home",
        "النص العربي\u200f עברית",
    ],
)
def test_other_text_is_left_as_it_is(text: str) -> None:
    assert model.plain_text(text) == text


# ── what may be left out ───────────────────────────────────────────────────────────────────────

CHECKED = {"by": "An editor", "on": "2024"}
# For each kind of record, the fields that it cannot be without.
LEAST: dict[type[Record], dict[str, Any]] = {
    model.Check: CHECKED,
    model.Match: {"scale": "a", "word": "Yes", "fit": "close"},
    model.Scale: {"id": "a", "label": "A", "axis": "progress", "words": ["Yes"], "source": "s", "read": CHECKED},
    model.VocabularyTerm: {"id": "a", "label": "A"},
    model.NamedTerm: {"id": "a", "label": "A"},
    model.Term: {"id": "a", "label": "A", "definition": "D"},
    model.ProgressTerm: {"id": "a", "label": "A", "definition": "D"},
    model.VoiceTerm: {"id": "a", "label": "A", "definition": "D"},
    model.Partnership: {"name": "A", "short_name": "B", "area": "C"},
    model.Inquiry: {"name": "A", "place": "B", "published": "2020", "report": "r"},
    model.Initial: {"label": "A", "definition": "D", "source": "s"},
    model.Licence: {"name": "A", "spdx": "B", "link": "l", "wording": "W"},
    model.Summary: {"text": "T", "checked": CHECKED},
    model.Wording: {"text": "T", "page": "2", "checked": CHECKED},
    model.ReportFile: {"name": "report.pdf", "pages": "9", "sha256": "0" * 64},
    model.ProvedWording: {"number": "1", "sha256": "0" * 64},
    model.ReportProof: {
        "on": "2024-03-01",
        "files": [{"name": "report.pdf", "pages": "9", "sha256": "0" * 64}],
        "wordings": [{"number": "1", "sha256": "0" * 64}],
    },
    model.Update: {"date": "2024", "recorded": "2024-03-01", "voice": "v", "note": "N"},
    model.Edit: {"on": "2024-03-01", "reason": "R"},
    model.Withdrawal: {"on": "2024-03-01", "by": "B", "reason": "R"},
    model.Recommendation: {"number": "1"},
    model.Expectation: {},
    model.Archive: {"url": "https://a.uk", "taken": "2024"},
    model.Excuse: {"verdict": "blocked", "reason": "R", "checked": CHECKED, "days": "9"},
    model.Link: {"id": "a", "name": "N", "owner": "O"},
    model.Contact: {"id": "a", "name": "N", "for_whom": "F", "hours": "H", "use": "ok"},
    model.Topic: {"id": "a", "title": "T", "gist": "G", "sources": ["s"], "confidence": "low"},
    model.Milestone: {"date": "2024", "place": "P", "text": "T", "sources": ["s"]},
    model.ReportedPart: {"label": "L", "count": "1", "shape": "tick"},
    model.ReportedResult: {
        "id": "a",
        "on": "2024",
        "by": "B",
        "place": "P",
        "parts": [{"label": "L", "count": "1", "shape": "tick"}, {"label": "M", "count": "2", "shape": "dash"}],
        "limits": "N",
        "sources": ["s"],
    },
    model.AvoidedWords: {"words": ["w"], "instead": "I", "why": "W", "source": "a"},
    model.GuardException: {"guard": "language", "words": "w", "reason": "R"},
    model.HelpWords: {"words": ["w"], "say": "S", "services": ["a"]},
    model.EqualWords: {"words": ["w", "v"]},
    model.SearchWords: {"help": [{"words": ["w"], "say": "S", "services": ["a"]}]},
    model.Redirect: {"from": "/a/", "to": "/b/", "since": "2024-01-31", "why": "W"},
    model.Gap: {"issue": "I", "criteria": ["C"]},
    model.Statement: {"status": "fully", "prepared": "2024", "reviewed": "2024", "tested": "2024", "method": "M", "sample": "S"},
    model.FrontMatter: {"title": "T", "description": "D", "updated": "2024"},
    model.SecurityContact: {"contact": "a@b.uk", "expires": "2024-01-31"},
    model.ExtraSettings: {"short_name": "S"},
    model.SiteSettings: {
        "INHERIT": "mkdocs.base.yml", "site_name": "S", "site_description": "D", "site_url": "https://a.uk",
        "edit_uri": "", "extra": {"short_name": "S"},
    },
}  # fmt: skip
LEAST[model.Header] = {
    "id": "a",
    "title": "T",
    "total": "1",
    "partnership": LEAST[model.Partnership],
    "inquiry": LEAST[model.Inquiry],
    "initial": LEAST[model.Initial],
    "licence": LEAST[model.Licence],
    "review_every": "180",
    "reporting_year_starts": "04-01",
    "leave": "w",
    "responses": [LEAST[model.Term]],
    "progress": [LEAST[model.ProgressTerm]],
    "voices": [LEAST[model.VoiceTerm]],
}
KINDS = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, Record)]


def test_every_kind_of_record_is_tried() -> None:
    """But those that are not typed as they are: what all share, and the register as a whole."""
    assert set(KINDS) - {Record, Register} == set(LEAST)


@pytest.mark.parametrize("kind", LEAST, ids=lambda kind: kind.__name__)
def test_a_record_needs_its_least_fields_and_no_others(kind: type[Record]) -> None:
    given = kind.model_validate(LEAST[kind]).model_fields_set
    assert {name for name in fields_of(kind) if {name, f"{name}_"} & given} == set(LEAST[kind])
    for name in LEAST[kind]:
        with pytest.raises(ValidationError) as refused:
            kind.model_validate({field: value for field, value in LEAST[kind].items() if field != name})
        assert [(error["type"], error["loc"]) for error in refused.value.errors()] == [("missing", (name,))]
    with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
        kind.model_validate({**LEAST[kind], "anything": "else"})


@pytest.mark.parametrize("kind", LEAST, ids=lambda kind: kind.__name__)
def test_what_is_left_out_is_nothing(kind: type[Record]) -> None:
    """None, false or no items; but two fields have a value of their own."""
    record = kind.model_validate(LEAST[kind])
    others = {name: getattr(record, name) for name in fields_of(kind) if name not in LEAST[kind]}
    assert others.pop("shape", "ring") == "ring"
    assert others.pop("expect", model.Expectation()) == model.Expectation()
    for name, value in others.items():
        assert value is None or value is False or value == [], name


@pytest.mark.parametrize(
    ("kind", "field"),
    [(kind, name) for kind, fields in LEAST.items() for name, value in fields.items() if isinstance(value, list)],
)
def test_a_list_that_must_be_given_has_an_item(kind: type[Record], field: str) -> None:
    with pytest.raises(ValidationError) as refused:
        kind.model_validate({**LEAST[kind], field: []})
    assert [(error["type"], error["loc"]) for error in refused.value.errors()] == [("too_short", (field,))]


@pytest.mark.parametrize("value", ["01-01", "09-30", "10-10", "12-31", "02-29"])
def test_a_reporting_year_starts_on_a_day_of_a_month(value: str) -> None:
    assert model.Header.model_validate({**LEAST[model.Header], "reporting_year_starts": value})


@pytest.mark.parametrize("value", ["00-01", "13-01", "01-00", "01-32", "1-1", "01-01x", "x01-01", "04/01", ""])
def test_a_reporting_year_starts_on_no_other(value: str) -> None:
    with pytest.raises(ValidationError):
        model.Header.model_validate({**LEAST[model.Header], "reporting_year_starts": value})


@pytest.mark.parametrize(
    ("changes", "grade"),
    [
        ({}, "number-only"),
        ({"summary": LEAST[model.Summary]}, "summary"),
        ({"wording": LEAST[model.Wording]}, "wording"),
        ({"summary": LEAST[model.Summary], "wording": LEAST[model.Wording]}, "wording"),
    ],
)
def test_the_grade_of_a_recommendation_is_the_most_that_is_held(changes: dict, grade: str) -> None:
    assert model.Recommendation.model_validate({"number": "1", **changes}).grade == grade


# ── marks that exports and messages read ───────────────────────────────────────────────────────


def marked(mark: str) -> dict[str, Any]:
    """The fields that carry a mark for exports, with what it says."""
    return {
        f"{kind.__name__}.{name}": field.json_schema_extra[mark]
        for kind in KINDS
        for name, field in kind.model_fields.items()
        if isinstance(field.json_schema_extra, dict) and mark in field.json_schema_extra
    }


def test_what_is_withheld_and_what_is_the_inquirys_is_marked() -> None:
    assert marked("withheld") == {"Link.candidate": True, "Register.search": True}
    assert marked("rights") == {"Wording.text": "inquiry"}


def test_every_vocabulary_has_the_word_by_which_messages_call_it() -> None:
    assert {name: mark.noun for name, mark in model.marked_fields(model.Header, model.Vocabulary).items()} == {
        "responses": "response",
        "progress": "progress",
        "voices": "voice",
        "bodies": "body",
        "themes": "theme",
        "audiences": "audience",
    }


def test_every_use_of_a_vocabulary_names_it() -> None:
    uses = {
        f"{kind.__name__}.{name}": mark.vocabulary
        for kind in KINDS
        for name, mark in model.marked_fields(kind, model.TermOf).items()
    }
    assert uses == {
        "Update.voice": "voices",
        "Update.response": "responses",
        "Update.progress": "progress",
        "Recommendation.addressed_to": "bodies",
        "Recommendation.theme": "themes",
        "Recommendation.audiences": "audiences",
        "Topic.audiences": "audiences",
    }


# ── where a record was typed ───────────────────────────────────────────────────────────────────


def test_a_record_that_was_not_read_from_a_file_has_no_origin() -> None:
    record = model.Check.model_validate(CHECKED)
    assert record.origin is None
    origin = Origin("data/x.yml", 3, "x", {"by": 4}, True)
    record.set_origin(origin)
    assert record.origin is origin
    assert (origin.line_of("by"), origin.line_of("on")) == (4, 3)
