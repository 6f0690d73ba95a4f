"""A wording is a quotation: it may hold addresses and lists; where it stands is typed in few ways; pasted text gets help."""

import re

import pytest

from projects import ROOT, Project
from register.load.loader import load
from register.model import Wording
from register.problems import ProblemsFound
from registers import TODAY

RECORDS = "data/recommendations.yml"
CHECKED = "    checked: {by: Policy officer, on: 2026-03-01}\n"


def typed(small: Project, wording: str) -> Wording:
    """The wording of number 2, typed like this."""
    small.edit(RECORDS, "- number: 2\n", f"- number: 2\n{wording}")
    held = load(small.folder / "data", TODAY).recommendations[1].wording
    assert held
    return held


def refused(small: Project, wording: str) -> list[str]:
    """What is said of a wording that is typed like this, without file and line."""
    line = small.edit(RECORDS, "- number: 2\n", f"- number: 2\n{wording}")
    with pytest.raises(ProblemsFound) as found:
        load(small.folder / "data", TODAY)
    return [f"{problem.line - line}: {problem.record}: {problem.message}" for problem in found.value.problems]


def test_a_wording_needs_neither_volume_nor_paragraph(small: Project) -> None:
    held = typed(small, f"  wording:\n    text: All should listen.\n    page: 3\n{CHECKED}")
    assert (held.text, held.volume, held.page, held.paragraph) == ("All should listen.", None, "3", None)


@pytest.mark.parametrize(
    "text",
    [
        "Write to wardens@pond.test or ring 01632 960001, or 999.",
        "See www.pond.example.uk and https://pond.test/a?b=c.",
    ],
)
def test_a_quotation_may_hold_addresses_and_numbers(small: Project, text: str) -> None:
    assert typed(small, f"  wording:\n    text: {text}\n    page: 3\n{CHECKED}").text == text


@pytest.mark.parametrize(
    ("sign", "what"),
    [("\\u202e", "an invisible mark that turns the reading direction"), ("\\x07", "an invisible control character")],
)
def test_a_quotation_holds_nothing_invisible(small: Project, sign: str, what: str) -> None:
    assert refused(small, f'  wording:\n    text: "a{sign}b"\n    page: 3\n{CHECKED}') == [
        f"2: recommendation 2: 'text' holds {what} (type the text again without it)"
    ]


def test_a_summary_is_no_quotation(small: Project) -> None:
    said = refused(small, f"  summary:\n    text: Write to wardens@pond.test.\n{CHECKED}")
    assert len(said) == 1
    assert said[0].startswith("2: recommendation 2: 'text' holds an email address: 'wardens@pond.test'")


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("147", "147"),
        ("147-148", "147-148"),
        ("147–148", "147-148"),
        ("147 - 148", "147-148"),
        ("147 to 148", "147-148"),
        ("xii", "xii"),
        ("xii-xiv", "xii-xiv"),
        ("xii-3", "xii-3"),
    ],
)
def test_a_page_is_typed_as_printed_or_as_first_and_last(small: Project, page: str, kept: str) -> None:
    assert typed(small, f"  wording:\n    text: A.\n    page: {page}\n{CHECKED}").page == kept


@pytest.mark.parametrize("page", ["-3", "3-", "1-2-3", "p3", "12a", "3.5", "three"])
def test_what_is_no_page_is_refused(small: Project, page: str) -> None:
    assert refused(small, f"  wording:\n    text: A.\n    page: {page}\n{CHECKED}") == [
        f"3: recommendation 2: 'page' is not a printed page: '{page}' (write it like 147, 147-148 or xii)"
    ]


@pytest.mark.parametrize("page", ["148-147", "147-147"])
def test_the_last_page_comes_after_the_first(small: Project, page: str) -> None:
    assert refused(small, f"  wording:\n    text: A.\n    page: {page}\n{CHECKED}") == [
        f"3: recommendation 2: 'page' ends before it begins: '{page}' (write the first page, then the last)"
    ]


# ── text that was pasted ───────────────────────────────────────────────────────────────────────

HELP = "begin with 'text: |-' and indent every line of the text further than 'text'"
PASTED = {
    "at the edge of the page": ("text: The council\nshould listen.", 3),
    "below the field": ("text:\n    The council should listen.\n    It should act.", 3),
    "as far in as the field": ("text: |-\n    The council\n    should listen.", 3),
    "less far in than its beginning": ("text: |-\n      The council\n    should listen.", 4),
    "with a colon": ("text: The council\n      should say: all", 3),
    "with a list": ("text: It should say\n    - who\n    - what", 3),
    "with a list after a colon": ("text: It should say:\n      - who", 2),
    "with letters": ("text: It should\n    (a) say\n    (b) do", 3),
}


@pytest.mark.parametrize(("text", "line"), PASTED.values(), ids=PASTED.keys())
def test_a_text_that_was_pasted_gets_the_message_that_helps(small: Project, text: str, line: int) -> None:
    assert refused(small, f"  wording:\n    {text}\n    page: 3\n{CHECKED}") == [
        f"{line}: : 'text' has several lines, and this one cannot be read as part of it ({HELP})"
    ]


def test_a_text_that_was_pasted_below_wording_gets_the_message_that_helps(small: Project) -> None:
    assert refused(small, "  wording:\n    The council should\n    listen.\n") == [
        "1: recommendation 2: 'wording' must be a group of fields (write 'text: |-' below 'wording:', "
        "indent every line of the text further than 'text', then add page: …, checked: …)"
    ]


def test_a_block_of_text_keeps_its_lists(small: Project) -> None:
    text = "    text: |-\n      It should say:\n\n      1. who\n      (a) when\n      • where\n"
    assert (
        typed(small, f"  wording:\n{text}    page: 3\n{CHECKED}").text == "It should say:\n\n1. who\n(a) when\n• where"
    )


def test_the_example_for_editors_is_a_wording(small: Project) -> None:
    blocks = re.findall(r"(?ms)^```yaml\n(.*?)^```$", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
    [example] = [block for block in blocks if "  wording:" in block]
    held = typed(small, example.partition("\n")[2].replace("2026-11-15", "2026-03-01"))
    assert held.text.endswith("(a) who can be asked\n(b) when\n\nIt should do so every year.")
    assert (held.volume, held.page, held.paragraph) == (2, "147-148", "6.21")


def test_a_field_that_lacks_its_colon_is_no_pasted_text(small: Project) -> None:
    assert refused(small, "  theme training\n") == [
        "1: : a ':' is missing after the field's name (write 'field: text')"
    ]
