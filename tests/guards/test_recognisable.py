"""By what somebody could be recognised: what is asked about, in which words, and what is let stand."""

import datetime
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import Project
from register.guards.contacts import CONTACTS
from register.guards.guard import Guard, Words
from register.guards.guards import check_words
from register.guards.name_lists import name_lists, plain
from register.guards.names import NAMES
from register.guards.passages import Passage
from register.guards.personal import PERSONAL
from register.load.loader import load
from register.model import Register

DAY = datetime.date(2026, 3, 1)


def _found(guard: Guard, text: str, register: Register | None = None, **of_passage: object) -> list[str]:
    passage = Passage(**{"path": "docs/about.md", "line": 1, "kind": "text", "text": text, **of_passage})
    return [finding.words for finding in guard.ask(Words([passage], register))]


@pytest.mark.parametrize(
    ("guard", "text", "message"),
    [
        (
            NAMES,
            "Thanks to Helen\nMarsh.",
            "docs/x.md:1: 'Helen Marsh' looks like somebody's name (is this person a public office-holder, named in that office? then add "
            "the name to data/exceptions.yml with 'guard: names' and the office; otherwise say the role instead)",
        ),
        (
            PERSONAL,
            "First.\nThen a 14-year-old from Exampleton.",
            "docs/x.md:2: 'a 14-year-old from Exampleton' looks like an age with a place: could somebody be recognised by it? (say it "
            "without; or, if it is something else, or nobody can be recognised by it, add it to data/exceptions.yml with 'guard: personal' "
            "and why)",
        ),
        (
            CONTACTS,
            "Write to jane at exampleshire dot org.",
            "docs/x.md:1: 'jane at exampleshire dot org' looks like an email address (a service's own belongs in data/contacts.yml, a "
            "person's own belongs nowhere here; or, if it is none, add it to data/exceptions.yml with 'guard: contacts' and why)",
        ),
    ],
)
def test_the_message_asks_and_says_what_to_do(guard: Guard, text: str, message: str, small_register: Register) -> None:
    problems, advice = check_words({"docs/x.md": f"{text}\n"}, small_register.model_copy(update={"exceptions": []}))
    assert [str(one) for one in problems] == [message]
    assert (problems[0].kind, advice) == (guard.name, [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Helen Marsh's report and Amy Louise Carrow", ["Helen Marsh", "Amy Louise Carrow"]),
        ("Mr Smith, Mrs. Pemberton and PC O'Dowd", ["Mr Smith", "Mrs. Pemberton", "PC O'Dowd"]),
        ("Dafydd ap Rhys and Zsófia Kovács", ["Dafydd ap Rhys", "Zsófia Kovács"]),
        ("Charlotte (Charlie) Penrose KC", ["Charlotte (Charlie) Penrose"]),
        ("KAREN BLYTHE of the TEAM", ["KAREN BLYTHE"]),
        ("Evidence of J. Hollingworth and R.K. Sandhu", ["J. Hollingworth", "R.K. Sandhu"]),
        ("Nobody asked Grace Adeyemi. May Okafor left.", ["Grace Adeyemi", "May Okafor"]),
        ("according to Mark Ellison", ["Mark Ellison"]),
        ("Xantippa Hargreaves", ["Xantippa Hargreaves"]),
        ("Helen Marsh\n\nsaid Helen Marsh", ["Helen Marsh", "Helen Marsh"]),
    ],
)
def test_names_are_found(text: str, found: list[str]) -> None:
    assert _found(NAMES, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Sarah's Law and Clare's Law",
        "The Lucy Sample Foundation and the Dame Hannah Centre",
        "St Mary Cray, St John Ambulance",
        "In May Ofsted wrote. May Council vote? On 3 May Parliament met.",
        "Hope House, Grace Court, Victoria Road",
        "Will Parliament act? Mark Sheets are here.",
        "Helen and Marsh. Helen, Marsh",
        "Baroness Sample's review and Lord Sample's Report",
        "The Lord Mayor and the Lord Chancellor",
        "See option B. Members agreed. Schedule A. Members",
        "When Ofsted came, Since April Exampleshire",
        "GRANT FUNDING AND MAY MEETING",
    ],
)
def test_bodies_places_months_and_laws_are_no_names(text: str) -> None:
    assert _found(NAMES, text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The girl, aged 15, of Sampleton, rang.", ["girl, aged 15, of Sampleton"]),
        ("A boy of thirteen from Sampleton", ["boy of thirteen from Sampleton"]),
        ("She was 12 and lived in Sampleton", ["She was 12 and lived in Sampleton"]),
        ("J, 13, told her. K (14) did not.", ["J, 13", "K (14)"]),
        ("Child A, 12, told. Emma, 15, was afraid.", ["A, 12", "Emma, 15"]),
        ("She left Sampleton School in 2011.", ["Sampleton School in 2011"]),
        ("They met at 14 Sample Street.", ["14 Sample Street"]),
        ("Her address was Rose Cottage, Church Lane.", ["Church Lane"]),
        ("near ZZ1 1ZZ, zz2 3ab", ["ZZ1 1ZZ", "zz2 3ab"]),
        ("born on 3 May 2003, d.o.b. 2005-02-17", ["born on 3 May 2003", "d.o.b. 2005-02-17"]),
        ("943 476 5919 or 9434765919", ["943 476 5919", "9434765919"]),
        ("QQ 12 34 56 C, qq123456a", ["QQ 12 34 56 C", "qq123456a"]),
        ("AB12 CDE. A car, p123 xyz or ABC 123D", ["AB12 CDE", "p123 xyz", "ABC 123D"]),
        ("@example_girl and on Instagram: sample.lad.9", ["@example_girl", "sample.lad.9"]),
    ],
)
def test_what_tells_who_somebody_is_is_found(text: str, found: list[str]) -> None:
    assert sorted(_found(PERSONAL, text)) == sorted(found)


@pytest.mark.parametrize(
    "text",
    [
        "16-year-olds in Sampleton, young people aged 16 to 25 in Sampleton",
        "A 16-year-old in England can agree to treatment.",
        "Table B, 14 rows. Option A (12) and group C, 15.",
        "A film was shown at Sampleton School in 2019.",
        "In 2019 Sampleton Crown Court heard it.",
        "The 12 Bridge Road schools, 47 recommendations, 14 March 2024",
        "943 476 5918 and 1,234,567,890",
        "The date of birth is asked for. Born after 1 May 2008",
        "Q1 NHS, Budget line CX12 ABC, R12 CSE",
        "duty@exampleshire.test",
    ],
)
def test_what_tells_nothing_of_a_person_is_let_stand(text: str) -> None:
    assert _found(PERSONAL, text) == []


def test_the_registers_own_areas_are_places_however_they_are_typed(small_register: Register) -> None:
    area = small_register.header.partnership.area
    assert _found(PERSONAL, f"The girl, 14, is a {area.lower()} pupil", small_register)
    assert not _found(PERSONAL, f"The girl, 14, is a {area.lower()} pupil")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Call 01632/960/002 now", ["01632/960/002"]),
        ("ring 01632 then 960004", ["01632 then 960004"]),
        ("O1632 96OOO8", ["O1632 96OOO8"]),
        ("jane.sample [at] exampleshire.test", ["jane.sample [at] exampleshire.test"]),
        ("Text the word HELP to 88999.", ["88999"]),
        ("Call 01632 960 001 or jane@exampleshire.test", []),  # refused already by the checks for plain ones
        ("from 01/04/2023 and 31/03/2024, 0.5, 00123", []),
        ("We meet at noon, dot by dot.", []),
    ],
)
def test_hidden_contacts_are_found_and_plain_ones_are_not_reported_twice(text: str, found: list[str]) -> None:
    assert _found(CONTACTS, text) == found


def test_the_list_of_contacts_may_hold_a_number_for_texts() -> None:
    assert _found(CONTACTS, "Text HELP to 88999.", path="data/contacts.yml") == []


def test_of_a_quotation_only_what_harms_whoever_wrote_it_is_asked_about() -> None:
    text = "Helen Marsh, 01632/960/002, and the girl of 14 from Sampleton"
    assert [_found(guard, text, quoted=True) for guard in (NAMES, CONTACTS, PERSONAL)] == [
        [],
        [],
        ["girl of 14 from Sampleton"],
    ]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("recommendations.yml", "by: Register editor", "by: Helen Marsh"),
        ("links.yml", "owner: The inquiry", "owner: Helen Marsh"),
        ("links.yml", "by: Register editor", "by: Helen Marsh"),
    ],
)
def test_fields_for_roles_are_read_too(file: str, old: str, new: str, small: Project) -> None:
    path = small.folder / "data" / file
    text = path.read_text(encoding="utf-8")
    if old not in text:
        old = re.search(rf"{old.split(':')[0]}: [^\n]+", text)[0]
    line = text[: text.index(old)].count("\n") + 1
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problems, _ = check_words({}, load(small.folder / "data", DAY))
    assert [(one.path, one.line, one.kind) for one in problems] == [(f"data/{file}", line, "names")]


def test_an_office_holder_on_the_list_of_exceptions_is_let_stand(small: Project) -> None:
    small.write("data/exceptions.yml", "- guard: names\n  words: Helen Marsh\n  reason: Chair of the inquiry.\n")
    register = load(small.folder / "data", DAY)
    assert check_words({"docs/x.md": "Its chair was Helen\nMarsh.\n"}, register) == ([], [])


def test_each_list_of_names_holds_names_in_the_form_in_which_they_are_looked_for() -> None:
    lists = name_lists()
    assert not lists.given & lists.given_or_word
    for names in (lists.given, lists.given_or_word, lists.family):
        assert all(name == plain(name) for name in names)
    assert {"ffion", "siobhan", "katarzyna", "chidi", "mohammed", "priya", "olena", "emma"} <= lists.given
    assert {"grace", "may", "will", "mark", "chester"} <= lists.given_or_word


# Whatever people type: no crash, and nothing found that does not stand there.
@given(st.text(max_size=400) | st.text(alphabet="Emma Js.,0123456789'()@ABCZ-aged from\n", max_size=400))
def test_any_text_can_be_asked_about_whoever_it_names(text: str) -> None:
    for guard in (NAMES, PERSONAL, CONTACTS):
        assert all(words in text for words in _found(guard, text))


@pytest.mark.parametrize(
    "text",
    [
        "a " * 200_000,
        "0" * 500_000,
        "A " * 200_000,
        "Emma " * 100_000,
        "Emma Jones " * 50_000,
        "J. " * 100_000,
        "01632 " * 80_000,
        "0 1 " * 100_000,
        "a at " * 100_000,
        "aged 14 " * 50_000,
        "lives at A " * 40_000,
        "born born " * 40_000,
        "@" * 300_000,
        "instagram is " * 30_000,
        "A School " * 50_000,
        "a girl, who is of " * 20_000,
        "1 A B " * 60_000,
        "x.y@" * 80_000,
        "(" * 300_000,
        "'s" * 150_000,
        "J, 13. " * 40_000,
        "Emma Jones, 14,\n" * 20_000,
        "01632/960/002 and 943 476 5919\n" * 10_000,
    ],
    ids=lambda text: text[:12].strip(),
)
def test_long_hostile_text_takes_no_time(text: str, small_register: Register) -> None:
    begun = time.process_time()
    for guard in (NAMES, PERSONAL, CONTACTS):
        _found(guard, text, small_register)
    assert time.process_time() - begun < 10
