"""What editors need not type into pages: the partnership's names and address, and those of the inquiry."""

import html

import pytest

from projects import ROOT
from register.model import Register
from register.site.macro_calls import MacroCall, macro_calls
from register.site.macros import MACROS
from register.site.render import Renderer
from register.state.snapshot import Snapshot
from registers import TODAY


def shown(snapshot: Snapshot, macro: str, *arguments: str) -> str:
    return str(Renderer().render(MACROS[macro].present(snapshot, *arguments), "about/"))


def with_partnership(register: Register, **changes: str | None) -> Snapshot:
    partnership = register.header.partnership.model_copy(update=changes)
    header = register.header.model_copy(update={"partnership": partnership})
    return Snapshot(register.model_copy(update={"header": header}), TODAY)


def test_the_partnerships_address_is_a_link(sample: Snapshot) -> None:
    link = shown(sample, "email")
    assert link.startswith('<a href="mailto:register@exampleshire.test">')
    assert html.unescape(link).endswith(">register@exampleshire.test</a>")


def test_an_address_that_is_not_known_yet_is_said_in_words_that_fit_a_sentence(sample_register: Register) -> None:
    assert shown(with_partnership(sample_register, email=None), "email") == "an address that is not known yet"


@pytest.mark.parametrize(
    ("macro", "arguments", "words"),
    [
        ("partnership", (), "Exampleshire Safeguarding Children Partnership (ESCP)"),
        ("partnership", ("name",), "Exampleshire Safeguarding Children Partnership"),
        ("partnership", ("short",), "ESCP"),
        ("partnership", ("area",), "Exampleshire"),
        ("inquiry", (), "Independent Inquiry into Harm at Sampleton"),
        ("inquiry", ("name",), "Independent Inquiry into Harm at Sampleton"),
        ("inquiry", ("place",), "Sampleton"),
        ("inquiry", ("published",), "12 May 2022"),
    ],
)
def test_names_stand_in_a_sentence_as_the_register_has_them(
    sample: Snapshot, macro: str, arguments: tuple[str, ...], words: str
) -> None:
    assert html.unescape(shown(sample, macro, *arguments)) == words


def test_a_name_is_shown_as_it_is_whatever_markdown_or_html_would_make_of_it(sample_register: Register) -> None:
    snapshot = with_partnership(sample_register, name="*A* <b>name</b> [x](#y)", email="a_b_c@exampleshire.test")
    name = shown(snapshot, "partnership", "name")
    assert html.unescape(name) == "*A* <b>name</b> [x](#y)"
    assert not set("*<[") & set(name)
    assert "_" not in shown(snapshot, "email").partition(">")[2]


def test_what_contributors_are_told_to_write_works_and_shows_what_is_said(sample_register: Register) -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    calls = [call for call in macro_calls(told, "CONTRIBUTING.md") if isinstance(call, MacroCall)]
    own = [call for call in calls if call.name in ("email", "partnership", "inquiry")]
    snapshot = with_partnership(sample_register, email=None)
    words = [html.unescape(shown(snapshot, call.name, *map(str, call.arguments or ()))) for call in own]
    assert words == [
        "an address that is not known yet",
        "an address that is not known yet",
        "Exampleshire Safeguarding Children Partnership (ESCP)",
        "Exampleshire Safeguarding Children Partnership",
        "ESCP",
        "Exampleshire",
        "Independent Inquiry into Harm at Sampleton",
        "Sampleton",
        "12 May 2022",
    ]
    assert f'"{words[0]}"' in told
