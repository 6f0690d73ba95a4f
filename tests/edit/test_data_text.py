"""The text of a data file is changed in the places that are meant, and nowhere else."""

import difflib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import ROOT, SAMPLE
from register.edit.data_text import DataText, NoSuchPlace
from register.load.data_files import FILES, DataFile
from register.load.yaml_source import parse

LINKS, RECOMMENDATIONS, CONTACTS, HEADER = (
    next(file for file in FILES if file.name == f"{name}.yml")
    for name in ("links", "recommendations", "contacts", "register")
)
RECORDS = """\
# About this file.

- number: 1
- number: 2  # the second
  title: A title
  # Why there is one update only.
  updates:
    - date: 2026-10-14
      recorded: 2026-10-20
      voice: partnership
      note: >-
        A long
        note.

# About the third.
- number: 3
  updates:
  - date: 2026-01
    note: |-
      One.

      Two.
    evidence: [minutes, letter]
"""


def changed(before: str, after: str) -> list[str]:
    """The lines that differ, each with ``-`` or ``+`` before it."""
    compared = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line for line in compared if line[0] in "+-"]


def recommendations(text: str = RECORDS) -> DataText:
    """The text of a file of recommendations."""
    return DataText(text, RECOMMENDATIONS)


def test_a_new_field_stands_where_the_model_has_it() -> None:
    edited = recommendations()
    edited.set(("2",), {"theme": "learning"})
    edited.set(("1",), {"theme": "learning"})
    assert edited.text == RECORDS.replace("  title: A title\n", "  title: A title\n  theme: learning\n").replace(
        "- number: 1\n", "- number: 1\n  theme: learning\n"
    )


def test_a_new_part_of_a_record_is_written_as_a_block() -> None:
    edited = recommendations()
    edited.set(("1",), {"summary": {"text": "What: it said.", "checked": {"by": "An officer", "on": "2026-10-01"}}})
    assert changed(RECORDS, edited.text) == [
        "+   summary:",
        "+     text: 'What: it said.'",
        "+     checked:",
        "+       by: An officer",
        "+       on: 2026-10-01",
    ]


def test_an_update_is_added_below_those_that_are_there_as_they_are_indented() -> None:
    edited = recommendations()
    edited.append(("2", "updates", 0), "evidence", ["minutes"])
    edited.append(("2",), "updates", [{"date": "2026-11-01", "note": "Another."}])
    edited.append(("3",), "updates", [{"date": "2026-11-02", "note": "More."}])
    edited.append(("1",), "updates", [{"date": "2026-11-03", "note": "First."}])
    assert edited.text == (
        RECORDS.replace(
            "        note.\n",
            "        note.\n      evidence:\n        - minutes\n    - date: 2026-11-01\n      note: Another.\n",
        )
        .replace("letter]\n", "letter]\n  - date: 2026-11-02\n    note: More.\n")
        .replace("- number: 1\n", "- number: 1\n  updates:\n    - date: 2026-11-03\n      note: First.\n")
    )


def test_a_record_is_added_at_the_end_with_a_blank_line_where_the_others_have_one() -> None:
    edited = recommendations()
    edited.add_record({"number": 4, "title": "Another"})
    edited.add_record({"number": 5})
    assert edited.text == RECORDS + "\n- number: 4\n  title: Another\n\n- number: 5\n"


def test_an_item_is_put_before_another() -> None:
    edited = recommendations()
    edited.append(("3",), "updates", [{"date": "2025", "note": "Before."}], at=0)
    edited.append(("3",), "updates", [{"date": "2027", "note": "After."}])
    edited.append(("3",), "updates", [{"date": "2025-02", "note": "Then."}], at=0)
    edited.append(("3", "updates", 0), "evidence", ["photo"], at=1)
    edited.add_record({"number": 0}, at=0)
    edited.add_record({"number": 9}, at=1)
    assert edited.text == (
        RECORDS.replace(
            "  - date: 2026-01\n",
            "  - date: '2025'\n    note: Before.\n  - date: 2025-02\n    note: Then.\n  - date: 2026-01\n",
        )
        .replace("[minutes, letter]\n", "[minutes, photo, letter]\n  - date: '2027'\n    note: After.\n")
        .replace("- number: 1\n", "- number: 0\n\n- number: 1\n\n- number: 9\n")
    )


def test_a_value_is_replaced_and_the_comment_behind_it_stays() -> None:
    text = "- id: a\n  name: Old  # why it is called that\n  url: https://a.test/\n"
    edited = DataText(text, LINKS)
    edited.set(("a",), {"name": "New"})
    assert edited.text == text.replace("Old", "New")


def test_a_text_of_many_lines_takes_the_place_of_another() -> None:
    edited = recommendations()
    edited.set(("3", "updates", 0), {"note": "Three.\n\nFour."})
    assert edited.text == RECORDS.replace("One.", "Three.").replace("Two.", "Four.")


def test_what_stands_between_brackets_stays_there() -> None:
    text = "- id: a\n  confirmed: {by: Somebody, on: 2026-01-01}  # by telephone\n- {id: b, name: B}\n"
    edited = DataText(text, CONTACTS)
    edited.set(("a",), {"confirmed": {"by": "Duty officer, at night", "on": "2026-02-01"}})
    edited.set(("b",), {"use": "ok"})
    assert edited.text == text.replace("Somebody, on: 2026-01-01", "'Duty officer, at night', on: 2026-02-01").replace(
        "name: B", "name: B, use: ok"
    )


def test_a_list_between_brackets_gets_its_new_item_there() -> None:
    edited = recommendations()
    edited.append(("3", "updates", 0), "evidence", ["photo"])
    assert changed(RECORDS, edited.text) == [
        "-     evidence: [minutes, letter]",
        "+     evidence: [minutes, letter, photo]",
    ]


def test_a_part_that_is_replaced_keeps_the_comments_between_its_fields() -> None:
    text = "- id: a\n  confirmed:\n    by: Somebody\n    # asked twice\n    on: 2026-01-01\n"
    edited = DataText(text, CONTACTS)
    edited.set(("a",), {"confirmed": {"by": "Somebody else", "on": "2026-02-01"}})
    assert edited.text == text.replace("Somebody", "Somebody else").replace("2026-01", "2026-02")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "- id: a\n  unconfirmed: |-\n    One.\n\n    Two.\n\n# About b.\n- id: b\n",
            "- id: a\n\n# About b.\n- id: b\n",
        ),
        ("- unconfirmed: Why.\n  id: a\n", "- id: a\n"),
        ("- {id: a, unconfirmed: Why}\n", "- {id: a}\n"),
    ],
)
def test_a_field_is_taken_out_with_all_its_lines(text: str, left: str) -> None:
    edited = DataText(text, CONTACTS)
    edited.remove(("a",), "unconfirmed")
    assert edited.text == left


def test_a_field_of_a_file_that_is_one_record_is_found_without_a_key() -> None:
    text = "id: a\npartnership:\n  name: A\n"
    edited = DataText(text, HEADER)
    edited.set(("partnership",), {"email": "a@b.test"})
    assert edited.text == text + "  email: a@b.test\n"


def test_a_file_without_a_last_line_end_gets_none() -> None:
    edited = DataText("- id: a\n  name: A", LINKS)
    edited.add_record({"id": "b"})
    assert edited.text == "- id: a\n  name: A\n- id: b"


def test_a_comment_right_behind_a_text_stays_behind_it() -> None:
    text = "- id: a\n  note: |-\n    # no comment\n    Text.\n  # a comment\n- id: b\n"
    edited = DataText(text, LINKS)
    edited.set(("a",), {"note": "Short"})
    assert edited.text == "- id: a\n  note: Short\n  # a comment\n- id: b\n"


@pytest.mark.parametrize(
    ("place", "missing"),
    [
        (("99",), "data/recommendations.yml has no 99"),
        (("2", "updates", 7), "data/recommendations.yml has no 2 / updates / 7"),
    ],
)
def test_what_is_not_there_is_named(place: tuple[Any, ...], missing: str) -> None:
    with pytest.raises(NoSuchPlace) as raised:
        recommendations().set(place, {"title": "x"})
    assert str(raised.value) == missing


def test_a_field_that_is_not_there_cannot_be_taken_out() -> None:
    with pytest.raises(NoSuchPlace, match="there is no 'theme'"):
        recommendations().remove(("1",), "theme")


# What people type: lines, quotes, signs of YAML, marks that look like dates, numbers or nothing, and letters of all kinds.
TYPED = st.text(
    st.sampled_from(list("ab Z09éß漢🙂\n\t'\"#:-?,[]{}&*!|>%@`~=.\\/\u00a0\u0085\u2028")), min_size=1, max_size=160
) | st.sampled_from(
    ["null", "~", "true", "2026-10-14", "12", "1_0", "- a", "a: b", "a #b", "---", "...", "<<", "=", "a" * 300]
)
TEXTS = TYPED.map(str.strip).filter(bool)
VALUES = st.recursive(
    TEXTS | st.integers(0, 9999),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.sampled_from(["text", "checked", "by", "on"]), inner, min_size=1, max_size=3)
    ),
    max_leaves=5,
)


def trees(text: str, file: DataFile) -> Any:
    """What the loader reads."""
    return parse(text, file.path)[0]


@given(TEXTS, TEXTS)
def test_any_text_that_is_written_is_read_again_as_it_was(first: str, second: str) -> None:
    def usable(text: str) -> str:
        return " ".join(text.split("\t")).replace("\u0085", " ").replace("\u2028", " ").strip() or "a"

    edited = recommendations()
    edited.set(("1",), {"title": usable(first)})
    edited.append(("3",), "updates", [{"date": "2026", "note": usable(second)}])
    tree = trees(edited.text, RECOMMENDATIONS)
    assert tree[0]["title"] == usable(first)
    assert tree[2]["updates"][1]["note"] == usable(second)


REAL = [
    (folder / file.name, file)
    for folder in (ROOT / "data", SAMPLE / "data")
    for file in FILES
    if (folder / file.name).exists() and file.many and trees((folder / file.name).read_text("utf-8"), file)
]


@pytest.mark.content
@pytest.mark.parametrize(("path", "file"), REAL, ids=[f"{path.parent.parent.name}-{path.name}" for path, _ in REAL])
@given(data=st.data())
def test_any_field_of_any_record_is_set_and_no_other_line_changes(
    path: Path, file: DataFile, data: st.DataObject
) -> None:
    text = path.read_text("utf-8")
    keys = [record[file.key] for record in trees(text, file)]
    record = data.draw(st.sampled_from([one for one in trees(text, file) if keys.count(one[file.key]) == 1]))
    name = data.draw(st.sampled_from(sorted(set(file.kind.model_fields) - {file.key, "from_"})))
    edited = DataText(text, file)

    edited.set((record[file.key],), {name: data.draw(VALUES)})

    before, after = text.splitlines(), edited.text.splitlines()
    blocks = [
        block
        for block in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        if block[0] != "equal"
    ]
    own = range(record.line - 1, record.line - 1 + _lines_of(record))
    assert all(start in own or start == own.stop for _, start, *_ in blocks)


def _lines_of(record: Any) -> int:
    """How many lines a record has, at most: to the last line on which something of it begins, and what may follow there."""
    lines = list(record.lines.values())
    nested = [value for value in record.values() if not isinstance(value, str)]
    for value in nested:
        held = value if isinstance(value, list) else [value]
        lines += [value.line for value in [value, *held] if not isinstance(value, str)]
        lines += [line for inner in held if not isinstance(inner, str) for line in inner.lines.values()]
    return max(lines) - record.line + 12
