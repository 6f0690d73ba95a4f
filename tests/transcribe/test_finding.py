"""The recommendations of a report come back word for word, however it is laid out; what is a guess is called one."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from made_reports import Printer, Style, as_typed, print_report
from register.model import NamedTerm
from register.transcribe.candidates import Candidate, candidates
from register.transcribe.joined_lines import Usage
from register.transcribe.layout import lay_out
from register.transcribe.report import read_report
from register.transcribe.verification import ReportText, pattern

BODIES = [NamedTerm(id="council", label="Exampleshire Council"), NamedTerm(id="police", label="Exampleshire Police")]
BEFORE = [
    "This report says how children were heard in Exampleshire, and how safeguarding is child-centred work. "
    "It was written so that those who lead services, and those who use them, can follow what was done.",
]
ONE = ["Exampleshire Council should publish each year how it listens to children, and what it did with what they said."]
TWO = [
    "Every organisation should agree how a worry is shared. The agreement should say:",
    "• who is told, by whom, and how soon after the worry was first raised with anybody in the organisation",
    "• what is written down",
    "It should be tried out before it is relied upon.",
]


def found(*paths: Path, total: int = 47) -> list[Candidate]:
    """What is found in a report."""
    volumes = [lay_out(volume) for volume in read_report(paths)]
    usage = Usage.of(line for volume in volumes for line in volume.lines)
    return [one for volume in volumes for one in candidates(volume, usage, total, BODIES)]


@pytest.fixture
def pdf(tmp_path: Path) -> Path:
    return tmp_path / "report.pdf"


LAYOUTS = {
    "headings": Style(),
    "headings in capitals": Style(heading="RECOMMENDATION {}"),
    "a numbered list": Style(heading="{}."),
    "two columns": Style(columns=2),
    "a numbered list in two columns": Style(columns=2, heading="{}."),
    "justified": Style(justified=True),
    "justified columns": Style(columns=2, justified=True, size=9),
    "large print": Style(size=14),
}


@pytest.mark.parametrize("style", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_every_wording_comes_back_word_for_word(pdf: Path, style: Style) -> None:
    held = found(print_report(pdf, {1: ONE, 2: TWO, 3: ONE}, style, BEFORE))
    assert [(one.number, one.text) for one in held] == [(1, as_typed(ONE)), (2, as_typed(TWO)), (3, as_typed(ONE))]


def test_what_is_known_of_a_recommendation_is_said_with_reasons(pdf: Path) -> None:
    one, _ = found(print_report(pdf, {1: ONE, 2: TWO}, Style(first_page=11), BEFORE))
    assert (one.volume, one.page, one.page_found, one.paragraph) == (None, "11", "printed on the page", None)
    assert one.addressed_to == ("council",)
    assert one.confidence == "high"
    assert one.reasons == (
        "begins with a heading of its own, 'Recommendation 1'",
        "ends where the next one begins",
        "names Exampleshire Council before 'should' or the like",
    )


def test_a_section_for_one_body_says_whom_its_recommendations_are_addressed_to(pdf: Path) -> None:
    printer = Printer(pdf, Style())
    printer.heading("Recommendations for Exampleshire Police")
    for number, text in ((1, "Each worry should be written down."), (2, "Exampleshire Council should be told.")):
        printer.heading(f"Recommendation {number}")
        printer.paragraph(text)
    printer.heading("Recommendations for everybody")
    printer.heading("Recommendation 3")
    printer.paragraph("All should listen.")
    held = found(printer.save())
    assert [one.addressed_to for one in held] == [("police",), ("council",), ()]
    assert (
        "stands below the heading 'Recommendations for Exampleshire Police', which names Exampleshire Police"
        in held[0].reasons
    )


def test_a_number_alone_makes_it_less_sure(pdf: Path) -> None:
    one, _ = found(print_report(pdf, {1: ONE, 2: TWO}, Style(heading="{}."), BEFORE))
    assert one.confidence == "medium"
    assert one.reasons[0] == "begins with the number 1 below a heading that speaks of recommendations"


# ── pages ──────────────────────────────────────────────────────────────────────────────────────


def test_the_page_is_the_printed_one_whatever_its_place_in_the_file(pdf: Path) -> None:
    one, *_ = found(print_report(pdf, {1: ONE}, Style(first_page=131, pages_before=6), BEFORE))
    assert (one.page, one.page_found) == ("137", "printed on the page")
    assert one.places[0][0] == 6


def test_a_page_without_a_number_is_counted_from_those_around_it(pdf: Path) -> None:
    printer = Printer(pdf, Style(first_page=21))
    for count in range(3):
        printer.paragraph(f"Part {printer.pages} says what was heard.")
        printer.next_page(furnished=count < 2)
    printer.heading("Recommendation 1")
    printer.paragraph(ONE[0])
    printer.heading("What happens next")
    for _ in range(3):
        printer.next_page()
        printer.paragraph(f"Part {printer.pages} says what was heard.")
    printer.save()
    [one] = found(pdf)
    assert (one.page, one.page_found) == ("24", "counted from the pages around it")


def test_where_no_number_is_printed_the_place_in_the_file_is_given_and_called_so(pdf: Path) -> None:
    one, *_ = found(print_report(pdf, {1: ONE}, Style(first_page=None, pages_before=4), BEFORE))
    assert (one.page, one.page_found) == ("5", "its place in the file, for no number was found on it")


def test_a_wording_that_runs_over_a_page_has_both_pages_and_a_picture_of_each(pdf: Path) -> None:
    printer = Printer(pdf, Style(first_page=146))
    for _ in range(4):
        printer.next_page()
        printer.paragraph(f"Part {printer.pages} says what was heard.")
    printer.y = 190
    printer.heading("Recommendation 1")
    long = " ".join(
        f"It should say in part {count} how children are heard and what is done then." for count in range(9)
    )
    printer.paragraph(long)
    printer.heading("What happens next")
    printer.paragraph("The inquiry has ended.")
    [one] = found(printer.save())
    assert one.text == long
    assert one.page == "150-151"
    assert [page for page, _ in one.places] == [4, 5]


# ── what is undone ─────────────────────────────────────────────────────────────────────────────


def lines(pdf: Path, *typed: str, before: str = BEFORE[0]) -> Candidate:
    """What is found of a recommendation that is printed in these lines."""
    printer = Printer(pdf, Style())
    printer.paragraph(before)
    printer.heading("Recommendation 1")
    for line in typed:
        printer.write(72, printer.y, line)
        printer.y -= 13
    printer.heading("What happens next")
    [one] = found(printer.save())
    return one


def test_a_word_that_was_parted_is_joined_and_a_real_hyphen_stays(pdf: Path) -> None:
    one = lines(pdf, "The council should show how safe-", "guarding is child-", "centred work.")
    assert one.text == "The council should show how safeguarding is child-centred work."
    assert one.confidence == "high"


def test_a_hyphen_that_nothing_in_the_report_decides_is_called_a_guess(pdf: Path) -> None:
    one = lines(pdf, "The council should end all gate-", "keeping.")
    assert one.text == "The council should end all gatekeeping."
    assert one.confidence == "medium"
    assert one.reasons[-1] == "parted at a line's end, and written nowhere else: 'gatekeeping'"


def test_a_hyphen_before_a_number_or_a_name_stays(pdf: Path) -> None:
    assert lines(pdf, "It should report for 2021-", "22 on cross-", "Exampleshire work.").text == (
        "It should report for 2021-22 on cross-Exampleshire work."
    )


def test_joined_letters_are_letters(pdf: Path) -> None:
    """Two signs of the font are made to be its joined letters, as a printer's program does it (ISO 32000-2, 9.6.5.1)."""
    lines(pdf, "O¢cers should re£ect on it.", before="Nothing.")
    writer = PdfWriter(clone_from=pdf)
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        differences = ArrayObject([NumberObject(162), NameObject("/ffi"), NameObject("/fl")])
        font.get_object()[NameObject("/Encoding")] = DictionaryObject(
            {NameObject("/BaseEncoding"): NameObject("/WinAnsiEncoding"), NameObject("/Differences"): differences}
        )
    writer.write(pdf)
    [one] = found(pdf)
    assert one.text == "Officers should reflect on it."


def test_running_heads_page_numbers_and_footnotes_are_no_part_of_a_wording(pdf: Path) -> None:
    printer = Printer(pdf, Style(first_page=1, head="Chapter 3: What was heard"))
    for _ in range(3):
        printer.paragraph(f"Part {printer.pages} says what was heard.")
        printer.next_page()
    printer.y = 190
    printer.heading("Recommendation 1")
    printer.write(72, printer.y, "The council should follow the law")
    printer.write(72 + 139, printer.y + 4, "12", "Times-Roman", 6)
    printer.write(72 + 146, printer.y, "and say")
    printer.write(72, 80, "12 An Act of Parliament, section 17.", "Times-Roman", 7)
    printer.next_page()
    printer.write(72, printer.y, "each year how it did so.")
    printer.y -= 13
    printer.heading("What happens next")
    [one] = found(printer.save())
    assert one.text == "The council should follow the law and say each year how it did so."
    assert "marks of footnotes were left out: 12" in one.reasons
    assert "footnotes were left out at the foot of page 4" in one.reasons


@pytest.mark.parametrize(
    "items",
    [
        ["(a) who is told", "(b) what is written down", "(c) who looks at it again"],
        ["1. who is told", "2. what is written down"],
        ["• who is told", "• what is written down"],
    ],
)
def test_a_list_inside_a_wording_stays_a_list(pdf: Path, items: list[str]) -> None:
    wording = ["The council should say:", *items, "It should do so each year."]
    held = found(print_report(pdf, {1: wording, 2: ONE}, Style(), BEFORE))
    assert [one.text for one in held] == [as_typed(wording), as_typed(ONE)]


def test_a_list_inside_a_numbered_list_is_not_taken_for_recommendations(pdf: Path) -> None:
    wording = ["The council should say:", "1. who is told", "2. what is written down"]
    held = found(print_report(pdf, {1: wording, 2: ONE}, Style(heading="{}."), BEFORE))
    assert [(one.number, one.text) for one in held] == [(1, as_typed(wording)), (2, as_typed(ONE))]


def test_a_paragraph_number_and_a_title_are_told_from_the_wording(pdf: Path) -> None:
    printer = Printer(pdf, Style())
    printer.paragraph(BEFORE[0])
    printer.heading("Recommendation 1: Listening to children")
    printer.paragraph(f"6.21 {ONE[0]}")
    printer.paragraph("6.22 The inquiry heard from many people.")
    printer.heading("What happens next")
    [one] = found(printer.save())
    assert (one.text, one.paragraph) == (ONE[0], "6.21")
    assert "its heading was left out: 'Listening to children'" in one.reasons
    assert "ends where paragraph 6.22 begins" in one.reasons


# ── several ────────────────────────────────────────────────────────────────────────────────────


def test_a_table_of_contents_and_a_sentence_that_names_one_are_no_recommendation(pdf: Path) -> None:
    printer = Printer(pdf, Style())
    printer.write(72, 720, "Recommendation 1 ........................ 12", "Times-Bold")
    printer.write(72, 700, "What follows from what was heard is said again in the words of")
    printer.write(72, 687, "Recommendation 1 and in the chapter on schools.")
    printer.y = 660
    printer.heading("Recommendation 1")
    printer.paragraph(ONE[0])
    printer.heading("What happens next")
    [one] = found(printer.save())
    assert one.text == ONE[0]


def test_all_candidates_for_a_number_are_shown(pdf: Path) -> None:
    printer = Printer(pdf, Style())
    for text in (ONE[0], "The council should publish less."):
        printer.heading("Recommendation 1")
        printer.paragraph(text)
    printer.heading("What happens next")
    assert [one.text for one in found(printer.save())] == [ONE[0], "The council should publish less."]


def test_a_report_in_three_volumes_is_read_in_their_order(tmp_path: Path) -> None:
    paths = [
        print_report(tmp_path / name, {number: ONE}, Style(), BEFORE)
        for number, name in ((3, "volume-three.pdf"), (1, "Report Vol 1.pdf"), (2, "vol_ii.pdf"))
    ]
    assert [(one.number, one.volume) for one in found(*paths)] == [(1, 1), (2, 2), (3, 3)]


def test_numbers_beyond_the_last_one_are_not_found(pdf: Path) -> None:
    print_report(pdf, {1: ONE, 48: ONE}, Style(), BEFORE)
    assert [one.number for one in found(pdf, total=47)] == [1]


# ── whatever the words and the layout ──────────────────────────────────────────────────────────

TYPED = """
    a all and are as ask board by care child each first for from go hear help in it know law learn less lead made may new
    night of on one or plan rule said school see set share should so staff that the them they this to told town under use
    when who why work year young organisation|s safe|guarding agree|ment informa|tion child-|centred long-|term
    multi-|agency well-|being
"""
WORDS = TYPED.split()
PLAIN_WORDS = [word.replace("|", "") for word in WORDS]
SENTENCES = st.lists(st.sampled_from(PLAIN_WORDS), min_size=4, max_size=25).map(
    lambda words: f"{words[0].capitalize()} {' '.join(words[1:])}."
)
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)
LISTS = st.tuples(
    st.sampled_from([("• ", "• ", "• "), ("(a) ", "(b) ", "(c) "), ("1. ", "2. ", "3. ")]),
    st.lists(SENTENCES, min_size=2, max_size=3),
).map(lambda made: [f"{mark}{text}" for mark, text in zip(*made, strict=False)])
WORDINGS = st.tuples(PARAGRAPHS, LISTS | st.just([]), PARAGRAPHS).map(lambda made: [made[0], *made[1], made[2]])
STYLES = st.builds(
    Style,
    columns=st.sampled_from([1, 1, 2]),
    size=st.sampled_from([8.0, 9.5, 10.0, 11.0, 12.0]),
    first_page=st.integers(1, 300),
    heading=st.sampled_from(["Recommendation {}", "RECOMMENDATION {}", "{}."]),
    justified=st.booleans(),
    hyphens=st.just(frozenset(word for word in WORDS if "|" in word)),
    pages_before=st.integers(0, 2),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(style=STYLES, wordings=st.lists(WORDINGS, min_size=1, max_size=5))
def test_any_wording_in_any_layout_comes_back_exactly_or_the_guess_is_named(
    pdf: Path, style: Style, wordings: list[list[str]]
) -> None:
    numbered = dict(enumerate(wordings, 1))
    held = found(print_report(pdf, numbered, style, [" ".join(PLAIN_WORDS)]))
    whole = ReportText.of(lay_out(read_report([pdf])[0]))
    assert [one.number for one in held] == list(numbered)
    for one in held:
        wanted = as_typed(numbered[one.number])
        if any(reason.startswith("parted at a line's end, and written nowhere else") for reason in one.reasons):
            continue
        assert " ".join(one.text.split()) == " ".join(wanted.split())
        proof = pattern(wanted).search(whole.text)
        assert proof and whole.printed(proof.start(), proof.end()) == one.page
        if not any("look whether a paragraph ends there" in reason for reason in one.reasons):
            assert one.text == wanted
