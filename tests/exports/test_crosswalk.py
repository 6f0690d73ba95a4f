"""Our words beside those of other scales."""

from register.exports.crosswalk import CrosswalkRow, crosswalk
from register.model import Register


def test_each_of_our_words_stands_beside_every_word_that_comes_near_or_beside_none(sample_register: Register) -> None:
    rows = crosswalk(sample_register.header)
    assert [(row.key, row.axis, row.their_word, row.fit) for row in rows] == [
        ("under-consideration/farland-answers", "responses", "Still being weighed", "close"),
        ("applies/farland-answers", "responses", "Yes, as written", "narrower"),
        ("applies/farland-answers/2", "responses", "Yes, in another way", "narrower"),
        ("applies-in-part/farland-answers", "responses", "Partly", "exact"),
        ("already-in-place/farland-answers", "responses", None, None),
        ("not-for-us/farland-answers", "responses", None, None),
        ("not-started/farland-steps", "progress", None, None),
        ("exploring/farland-steps", "progress", None, None),
        ("under-way/farland-steps", "progress", "Moving", "broader"),
        ("done/farland-steps", "progress", 'Arrived <b>"& back"</b>', "close"),
        ("stalled/farland-steps", "progress", None, None),
        ("no-longer-needed/farland-steps", "progress", None, None),
    ]


def test_a_row_names_word_and_scale_as_readers_know_them(sample_register: Register) -> None:
    assert crosswalk(sample_register.header)[2] == CrosswalkRow(
        key="applies/farland-answers/2",
        axis="responses",
        our_word="applies",
        our_label="applies",
        scale="farland-answers",
        scale_label="What Farland answers (fictional)",
        their_word="Yes, in another way",
        fit="narrower",
        source="farland-scales",
    )


def test_a_word_of_another_scale_does_not_count(small_register: Register) -> None:
    header = small_register.header
    other = header.scales[0].model_copy(update={"id": "others"})
    rows = crosswalk(header.model_copy(update={"scales": [*header.scales, other]}))
    assert [(row.key, row.their_word) for row in rows if row.our_word == "applies"] == [
        ("applies/far-words", "Yes"),
        ("applies/others", None),
    ]
