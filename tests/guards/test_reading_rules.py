"""Each guard of reading and calm asks once and leaves alone once, with its exact words: as an error, and as advice."""

import datetime
import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projects import Project
from register.guards.guard import Words
from register.guards.guards import GUARDS, check_words
from register.guards.passages import LinkText, Passage, passages_of_page
from register.guards.plain_english import reading_age, syllables
from register.guards.spelling import _by_its_parts, _lines
from register.load.loader import load
from register.model import Register
from registers import SMALL

HELP, WORK = "docs/help.md", "docs/work.md"
TODAY = datetime.date(2026, 3, 1)
LETTERS = string.ascii_uppercase
LONG = "We asked each school in the county to tell us who its lead is, when that person was trained and whether it would like a visit from our team."
HARD = (
    "The implementation of the multi-agency information governance framework necessitates comprehensive organisational "
    "consideration. Notwithstanding demonstrable improvements, significant inconsistencies regarding professional curiosity "
    "continue to characterise practice. Consequently, the executive recommends the establishment of an accountability mechanism "
    "incorporating quantitative performance indicators alongside qualitative assurance activity. Participating organisations "
    "will accordingly undertake proportionate self-evaluation, triangulating administrative information with practitioner "
    "perspectives and organisational intelligence."
)

LESS_HARD = (
    "We train all staff who visit families in their homes each year. Every quarter the partnership says how many people took "
    "part in it. Then each organisation explains what its managers intend to improve. " * 2
)


def page(text: str, title: str = "Our work", description: str = "What we do.", more: str = "") -> str:
    """A page whose text begins on line 9 (10 with one line more at its top)."""
    return f"---\ntitle: {title}\ndescription: {description}\nupdated: 2026-01-31\n{more}---\n\n# Our work\n\n{text}\n"


def said(pages: dict[str, str], register: Register | None = None) -> tuple[list[str], list[str]]:
    """What the guards say about pages: problems and advice."""
    problems, advice = check_words(pages, register or load(SMALL / "data", TODAY))
    return [str(one) for one in problems], [str(one) for one in advice]


# Text, what is said of it (PATH stands for the page).
READING = {
    "a hard page": (
        HARD,
        "PATH:9: readers need a reading age of over 18, more than 11; the hardest sentence begins 'Participating organisations will "
        "accordingly undertake proportionate' (write shorter sentences and plainer words",
    ),
    "a long sentence": (
        f"First this. {LONG}",
        "PATH:9: a sentence of 29 words, more than 25: 'We asked each school in the …' (make two of it; or, if its words must stay, "
        "add these first words to data/exceptions.yml with 'guard: plain-english' and why)",
    ),
    "passives in one sentence": (
        "The form was read by the hub, was checked and was then passed on.",
        "PATH:9: several passives stand close together: 'was read', 'was checked', 'was then passed' (say who does it, as in 'The "
        "board agreed'; or, if it does not matter who, add 'was read' to data/exceptions.yml with 'guard: plain-english' and why)",
    ),
    "passives in sentences in a row": (
        "It was written\nin May. It was agreed. It was not published.",
        "PATH:9: several passives stand close together: 'was written', 'was agreed', 'was not published' (say who does it, as in 'The "
        "board agreed'; or, if it does not matter who, add 'was written' to data/exceptions.yml with 'guard: plain-english' and why)",
    ),
    "an abbreviation": (
        "Ring us.\nThe MASH answers.",
        "PATH:10: what does 'MASH' stand for? (write its long form once, with '(MASH)' behind it; or, if everybody who reads it "
        "knows it, add it to data/exceptions.yml with 'guard: abbreviations' and why)",
    ),
    "a misspelling": (
        "The Goverment and a comittee.",
        "PATH:9: is 'Goverment' spelled right? (write 'Government'; or, if it is right here, as in a name, add it to "
        "data/exceptions.yml with 'guard: spelling' and why)",
    ),
    "an American spelling of the list": (
        "The behavior of adults.",
        "PATH:9: 'behavior' is American spelling (write 'behaviour'; or, if it is right here, as in a name, add it to "
        "data/exceptions.yml with 'guard: spelling' and why)",
    ),
    "an American ending": (
        "Stigmatizing words.",
        "PATH:9: 'Stigmatizing' is American spelling (write 'Stigmatising'; or, if it is right here, as in a name, add it to "
        "data/exceptions.yml with 'guard: spelling' and why)",
    ),
    "a link that says nothing": (
        "For the dates [Click *here*](x.md).",
        "PATH:9: the link 'Click here' does not say where it leads (name the page that it opens; or, if there is nothing better to "
        "say, add it to data/exceptions.yml with 'guard: links' and why)",
    ),
    "a link that is a file's name": (
        "[minutes-2026.pdf](files/minutes-2026.pdf)",
        "PATH:9: the link 'minutes-2026.pdf' does not say where it leads (name the page that it opens; or, if there is nothing better "
        "to say, add it to data/exceptions.yml with 'guard: links' and why)",
    ),
    "a picture that is not described": (
        "![Image 3](x.png)",
        "PATH:9: 'Image 3' does not say what the picture shows (write between [ and ] what somebody learns who sees it; or, if there "
        "is nothing better to say, add it to data/exceptions.yml with 'guard: links' and why)",
    ),
}


@pytest.mark.parametrize("case", READING)
def test_what_is_hard_to_read_stops_the_check_on_the_pages_that_are_read_first(case: str) -> None:
    text, expected = READING[case]
    problems, advice = said({HELP: page(text)})
    more = 1 if "comittee" in text else 0
    assert len(problems) == 1 + more
    assert problems[0].startswith(expected.replace("PATH", HELP))
    assert advice == []


@pytest.mark.parametrize("case", READING)
def test_what_is_hard_to_read_is_advice_elsewhere_one_line_for_each_page(case: str) -> None:
    text, expected = READING[case]
    problems, advice = said({WORK: page(text)})
    assert problems == []
    assert len(advice) == 1
    if "comittee" in text:
        expected = expected.replace(" and why)", " and why; 1 more like it in this file)")
    assert advice[0].startswith(expected.replace("PATH", WORK))


FINE = (
    "One two three four five six seven eight nine ten one two three four five six seven eight nine ten one two three four five.",
    "It was read and was checked.",
    "She was worried, was involved and is committed.",
    "The hub was opened. It works. It was moved. It works. It was renamed.",
    "The multi-agency safeguarding hub (MASH) is open. MASH answers.",
    "CSV means comma-separated values. A CSV is a table.",
    "The NHS, the BBC and A&E. It is NEVER your fault. PLEASE READ THIS. Part IV, page xii, UTF-8 and the M5.",
    '"The organization of the comittee," it says. A story, a license to print, the World Health Organization.',
    "The size of a prize. They seize it and capsize.",
    "`click here`, [what has changed](x.md), [2024](x.md) and [Get help now](help.md)",
    "![A bar chart: 38 in place, 4 in progress](x.png)",
    "## One\n\n### Two\n\n## Three",
    "## One\n\nThis part describes harm to children.\n\nShe was beaten.\n\n### Two\n\nHe was beaten.",
    "Content note: violence.\n\n## One\n\nShe was beaten.",
    "The work kicked off in May. Prices were held level. A grape from Sussex.",
    "Sexual exploitation, rape crisis services and forced marriage are words that a page may hold.",
)


@pytest.mark.parametrize("text", FINE)
def test_what_is_plain_and_calm_is_left_alone(text: str) -> None:
    assert said({HELP: page(text), WORK: page(text)}) == ([], [])


# ── how old readers must be ──────────────────────────────────────────────────────────────────────


def test_a_page_can_set_its_own_reading_age_but_not_one_that_is_read_first() -> None:
    set_to = {path: page(LESS_HARD, more="reading_age: 12\n") for path in (HELP, WORK)}
    problems, advice = said(set_to)
    assert [one.split(" (")[0] for one in problems] == [
        f"{HELP}:10: readers need a reading age of 12, more than 11; the hardest sentence begins 'Then each organisation "
        "explains what its'"
    ]
    assert advice == []


def test_advice_on_a_hard_page_names_the_line_that_would_allow_it() -> None:
    _, [advice] = said({WORK: page(LESS_HARD)})
    assert advice.endswith("plainer words; or, if few but editors need this page, set 'reading_age: 12' at its top)")


def test_no_line_would_allow_a_page_that_hardly_anybody_can_read() -> None:
    _, [advice] = said({WORK: page(HARD)})
    assert advice.endswith("(write shorter sentences and plainer words)")


def test_a_page_of_few_words_has_no_reading_age() -> None:
    assert said({WORK: page("Multidisciplinary organisational accountability.")}) == ([], [])


def test_the_reading_age_is_the_grade_of_flesch_and_kincaid_and_five_years() -> None:
    """Six words and six syllables; then one word of four: worked out by hand with the published formula."""
    assert reading_age(["The cat sat on the mat."]) == pytest.approx(0.39 * 6 + 11.8 * 1 - 15.59 + 5)
    assert reading_age(["The cat sat on the mat.", "Information."]) == pytest.approx(
        0.39 * 7 / 2 + 11.8 * 10 / 7 - 15.59 + 5
    )
    assert reading_age([]) == reading_age(["2026.", "…"]) == 0


@pytest.mark.parametrize(
    ("word", "count"),
    [
        *[("child", 1), ("harmed", 1), ("times", 1), ("like", 1), ("people", 2), ("council", 2), ("table", 2), ("wanted", 2)],
        *[("safely", 2), ("careful", 2), ("being", 2), ("online", 2), ("exploited", 3), ("video", 3), ("area", 3)],
        *[("information", 4), ("exploitation", 4), ("safeguarding", 4), ("y", 1), ("nth", 1)],
    ],
)  # fmt: skip
def test_syllables_are_counted_nearly_as_they_are_spoken(word: str, count: int) -> None:
    assert abs(syllables(word) - count) <= (1 if word in ("safeguarding", "area", "online") else 0)


# ── spelling ─────────────────────────────────────────────────────────────────────────────────────


def test_no_word_that_is_spelled_right_is_held_to_be_wrong_by_a_part_of_it() -> None:
    """The right spellings of codespell's list are some 18,000 words; "polys" is a programmer's."""
    right = {word.strip().lower() for _, fixes in _lines("dictionary.txt") for word in fixes.split(",")}
    assert len(right) > 15_000
    assert {word: found for word in right if "'" not in word and (found := _by_its_parts(word))} == {"polys": "polies"}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("familys", "families"), ("wern't", "weren't"), ("safegaurding", "safeguarding"), ("colored", "coloured"), ("analyzing", "analysing")],
)  # fmt: skip
def test_the_right_spelling_is_offered(wrong: str, right: str) -> None:
    problems, _ = said({HELP: page(f"They {wrong} it.")})
    assert len(problems) == 1
    assert f"(write '{right}'; or," in problems[0]


# ── headings, titles, addresses, detail: these stop the check on every page ──────────────────────


@pytest.mark.parametrize("path", [HELP, WORK])
def test_a_heading_that_leaves_out_a_level_is_told_of(path: str) -> None:
    assert said({path: page("## One\n\n#### Two")}) == (
        [
            f"{path}:11: the heading 'Two' leaves out a level (begin it with '### ': the heading above it has ##; or, if a macro puts "
            "one between them, add it to data/exceptions.yml with 'guard: headings' and why)"
        ],
        [],
    )


def test_a_title_and_a_description_are_calm() -> None:
    assert said({WORK: page("Words.", "Help for victims and survivors", "What to do about child sexual abuse.")}) == (
        [
            f"{WORK}:2: 'victims and survivors' stands in a title, which others may see in history or on the screen (say it in calm "
            "words; or, if it is part of a name that cannot be changed, add it to data/exceptions.yml with 'guard: calm' and why)",
            f"{WORK}:3: 'sexual abuse' stands in a description, which others may see in history or on the screen (say it in calm "
            "words; or, if it is part of a name that cannot be changed, add it to data/exceptions.yml with 'guard: calm' and why)",
        ],
        [],
    )


@pytest.mark.parametrize("title", ["Sexual health clinics", "Sussex and Essex", "Grapes, drapes and therapists", "Bridegrooms", "Youth Offending Service", "Get help now"])  # fmt: skip
def test_words_that_only_look_alike_are_calm(title: str) -> None:
    assert said({WORK: page("Words.", title)}) == ([], [])


def test_a_pages_address_is_calm() -> None:
    assert said({"docs/for/child-sexual_abuse.md": page("Words.")}) == (
        [
            "docs/for/child-sexual_abuse.md:1: 'sexual_abuse' stands in the address that is made of 'docs/for/child-sexual_abuse.md', "
            "which others may see in history (choose a calm name; or, if it was published and must stay, add it to "
            "data/exceptions.yml with 'guard: calm' and why)"
        ],
        [],
    )


def test_detail_needs_a_content_note_before_it_under_the_same_heading() -> None:
    text = "## One\n\nThis part describes harm.\n\nShe was beaten.\n\n## Two\n\nHe was strangled."
    assert said({WORK: page(text)}) == (
        [
            f"{WORK}:17: 'strangled' may be hard to read for somebody who was harmed (say it without detail, or put a paragraph before "
            "it that begins 'This part describes …' and says what; or, if it is no such detail, add it to data/exceptions.yml with "
            "'guard: calm' and why)"
        ],
        [],
    )


def test_a_note_behind_the_detail_comes_too_late() -> None:
    problems, _ = said({WORK: page("She was beaten.\n\nThis part describes harm.")})
    assert len(problems) == 1


# ── the register and the menu ────────────────────────────────────────────────────────────────────

IN_DATA = [
    (
        "topics.yml",
        "title: Wardens",
        "title: Grooming",
        "wardens: 'Grooming' stands in a title, which others may see in history or on the screen (say it in calm words; or, if it is "
        "part of a name that cannot be changed, add it to data/exceptions.yml with 'guard: calm' and why)",
    ),
    (
        "register.yml",
        "    label: Schools\n",
        "    label: Victims\n",
        "register: 'Victims' stands in a word that makes titles, which others may see in history or on the screen (say it in calm "
        "words; or, if it is part of a name that cannot be changed, add it to data/exceptions.yml with 'guard: calm' and why)",
    ),
    (
        "links.yml",
        "Its address is not known.",
        "She was raped.",
        "statement: 'raped' may be hard to read for somebody who was harmed (say it without detail: no note can stand before it here; or, "
        "if it is no such detail, add it to data/exceptions.yml with 'guard: calm' and why)",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), IN_DATA, ids=[case[0] for case in IN_DATA])
def test_the_registers_own_words_are_calm(small: Project, name: str, old: str, new: str, message: str) -> None:
    line = small.edit(f"data/{name}", old, new)
    problems, _ = said({}, load(small.folder / "data", TODAY))
    assert problems == [f"data/{name}:{line}: {message}"]


def test_an_id_or_a_documents_name_that_makes_an_address_is_calm(small: Project) -> None:
    other = "  - id: training\n    label: Training\n"
    line = 2 + small.edit("data/register.yml", other, f"{other}  - id: abuse-training\n    label: Courses\n")
    second = small.edit(
        "data/links.yml", "  candidate: https://www.gov.uk/plan\n  way_in: minutes\n", "  file: cse-plan.pdf\n"
    )
    problems, _ = said({}, load(small.folder / "data", TODAY))
    tail = "add it to data/exceptions.yml with 'guard: calm' and why)"
    assert problems == [
        f"data/register.yml:{line}: register: 'abuse' stands in the address that is made of 'abuse-training', which others may see in "
        f"history (choose a calm name; or, if it was published and must stay, {tail}",
        f"data/links.yml:{second}: plan: 'cse' stands in the address that is made of 'cse-plan.pdf', which others may see in history "
        f"(choose a calm name; or, if it was published and must stay, {tail}",
    ]


def test_words_of_the_menu_are_calm(content: Project) -> None:
    line = content.edit("mkdocs.yml", "  - About: about.md", "  - About victims: about.md")
    done = content.run_here("check")
    assert done.returncode == 1
    assert done.stdout + done.stderr == (
        f"mkdocs.yml:{line}: 'victims' stands in the menu, which others may see in history or on the screen (say it in calm words; or, "
        "if it is part of a name that cannot be changed, add it to data/exceptions.yml with 'guard: calm' and why)\n"
        "1 problem in 1 file; the site was not changed\n"
    )


def test_the_short_form_of_the_partnership_is_explained_by_the_register(small: Project) -> None:
    small.edit("data/register.yml", "short_name: SP", "short_name: SPSC")
    register = load(small.folder / "data", TODAY)
    assert said({HELP: page("The SPSC meets.")}, register) == ([], [])
    assert len(said({HELP: page("The SPSC meets.")})[0]) == 1


def test_an_abbreviation_is_explained_once_in_each_record(small: Project) -> None:
    small.edit("data/topics.yml", "gist: Wardens should be trained.", "gist: The POND team trains wardens.")
    _, [advice] = said({}, load(small.folder / "data", TODAY))
    assert advice.startswith("data/topics.yml:3: wardens: what does 'POND' stand for? (")
    small.edit("data/topics.yml", "The POND team", "The Pond Order and Nature Directorate (POND) team")
    assert said({}, load(small.folder / "data", TODAY)) == ([], [])


def test_the_exact_words_of_the_inquiry_are_left_alone(small: Project) -> None:
    hostile = f"She was raped. The organization and its MASH behavior, comittee. {LONG}"
    wording = f'text: "{hostile}", page: 3, checked: {{by: Register editor, on: 2024-01-05}}'
    small.edit("data/recommendations.yml", "- number: 2\n", f"- number: 2\n  wording: {{{wording}}}\n")
    register = load(small.folder / "data", TODAY)
    assert register.recommendations[1].wording.text == hostile
    assert said({}, register) == ([], [])


# ── exceptions ───────────────────────────────────────────────────────────────────────────────────

EXCEPTED = [
    ("plain-english", "We asked each school in the", LONG),
    ("plain-english", "was read", "The form was read by the hub, was checked and was then passed on."),
    ("abbreviations", "MASH", "The MASH answers."),
    ("spelling", "comittee", "The comittee meets."),
    ("spelling", "Stigmatizing", "Stigmatizing words."),
    ("links", "Click here", "[Click *here*](x.md)"),
    ("links", "Image 3", "![Image 3](x.png)"),
    ("headings", "Two", "## One\n\n#### Two"),
    ("calm", "beaten", "She was beaten."),
]


@pytest.mark.parametrize(("guard", "words", "text"), EXCEPTED)
def test_words_with_an_exception_stay(small: Project, guard: str, words: str, text: str) -> None:
    asked = said({HELP: page(text)})
    assert len(asked[0]) == 1
    small.write("data/exceptions.yml", f"- guard: {guard}\n  words: {words}\n  page: {HELP}\n  reason: It is a test.\n")
    register = load(small.folder / "data", TODAY)
    assert said({HELP: page(text)}, register) == ([], [])
    problems, advice = said({WORK: page(text)}, register)  # there it is no exception
    assert len([*problems, *advice]) == 2
    assert any("nothing needs this exception" in one for one in advice)


def test_an_exception_to_a_sentence_does_not_allow_a_hard_page(small: Project) -> None:
    words = "Participating organisations will accordingly undertake proportionate"
    small.write("data/exceptions.yml", f"- guard: plain-english\n  words: {words}\n  reason: It is a test.\n")
    problems, _ = said({HELP: page(HARD)}, load(small.folder / "data", TODAY))
    assert len(problems) == 1


# ── any text ─────────────────────────────────────────────────────────────────────────────────────

PIECES = st.sampled_from(["was ", "MASH", "(", ")", "(MASH)", "a.", "\n", "\n\n", "# ", "#### ", "- ", "[here](x.md) ", "![", "](", "{{ x() }}", '"', "raped ", "&", "means ", "colored ", "recieve ", "\u201c", "ize", "| a | b |\n| - | - |\n", "<b>", "```\n", " " * 9])  # fmt: skip


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=60).map("".join)))
@settings(deadline=None)
def test_any_text_is_read_and_every_question_names_words_that_stand_there(text: str) -> None:
    whole = page(text)
    words = Words(list(passages_of_page(whole, HELP)), None)
    for guard in GUARDS:
        for finding in guard.ask(words):
            assert 1 <= finding.passage.line_at(finding.at) <= whole.count("\n") + 1
            assert finding.what
            assert finding.to_do


HOSTILE = {
    "one long word": "a" * 200_000,
    "words": "was recieved behavior " * 10_000,
    "capitals": "ABC" * 70_000,
    "abbreviations": " ".join(f"{first}{second}{third}X" for first in LETTERS for second in LETTERS for third in LETTERS) * 3,
    "ampersands": "A&" * 100_000,
    "brackets": "(" * 200_000,
    "abbreviations before brackets": "AB (a " * 30_000,
    "spaces behind a verb": "is " + " " * 200_000 + "x",
    "signs": "-" * 200_000,
    "full stops": "." * 200_000,
    "quotation marks": '"' * 200_000,
    "quotations never closed": "\u201c" * 200_000,
    "lines": "a\n" * 100_000,
    "links": "[here](x) " * 20_000,
    "detail": "raped " * 30_000,
    "apostrophes": "a'" * 100_000,
    "digits": "1." * 100_000,
}  # fmt: skip


@pytest.mark.parametrize("case", HOSTILE)
def test_long_hostile_text_takes_time_in_step_with_its_length(case: str) -> None:
    """Whatever is not in step with the length would take minutes for 200,000 signs."""
    passage = Passage(HELP, 1, "text", HOSTILE[case], links=tuple(LinkText("here", 0) for _ in range(1_000)))
    begun = time.process_time()
    for guard in GUARDS:
        for finding in guard.ask(Words([passage], None)):
            passage.line_at(finding.at)
    assert time.process_time() - begun < 5
