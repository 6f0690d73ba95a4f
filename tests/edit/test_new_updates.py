"""New updates are put behind those that happened before them or on their date, and nothing else moves."""

import datetime

from hypothesis import given
from hypothesis import strategies as st

from register.edit.data_text import DataText
from register.edit.new_updates import add_updates
from register.load.data_files import FILES
from register.load.yaml_source import parse
from registers import recommendation

FILE = next(file for file in FILES if file.name == "recommendations.yml")
DATES = st.lists(
    st.dates(datetime.date(2024, 1, 1), datetime.date(2024, 3, 1)).map(datetime.date.isoformat)
    | st.sampled_from(["2024", "2024-01", "2024-02"]),
    max_size=5,
)


def put_in(held: list[str], new: list[str]) -> list[tuple[str, str]]:
    """The dates and notes of a record's updates after new ones of these dates were added."""
    typed = "".join(f"    - date: {date}\n      note: held {place}\n" for place, date in enumerate(held))
    edited = DataText("- number: 1\n- number: 2\n" + (f"  updates:\n{typed}" if held else "") + "- number: 3\n", FILE)
    record = recommendation(2, [{"date": date, "note": f"held {place}"} for place, date in enumerate(held)])
    add_updates(edited, record, [{"date": date, "note": f"new {place}"} for place, date in enumerate(new)])
    tree = parse(edited.text, FILE.path)[0]
    return [(update["date"], update["note"]) for update in tree[1].get("updates", [])]


def test_an_update_stands_between_those_before_and_after_it() -> None:
    assert put_in(["2024-01-05", "2024-01-05", "2024-02-01"], ["2024-03-01", "2024-01-05", "2024-01-01"]) == [
        ("2024-01-01", "new 2"),
        ("2024-01-05", "held 0"),
        ("2024-01-05", "held 1"),
        ("2024-01-05", "new 1"),
        ("2024-02-01", "held 2"),
        ("2024-03-01", "new 0"),
    ]


@given(DATES.map(sorted), DATES)
def test_whatever_is_added_the_updates_stand_oldest_first_and_none_is_lost(held: list[str], new: list[str]) -> None:
    found = put_in(held, new)
    notes = [note for _, note in found]
    assert sorted(notes) == sorted([f"held {n}" for n in range(len(held))] + [f"new {n}" for n in range(len(new))])
    assert [note for note in notes if note.startswith("held")] == [f"held {n}" for n in range(len(held))]
    firsts = [f"{date}-01-01"[:10] for date, _ in found]
    assert firsts == sorted(firsts)
