"""Macro calls are read and never evaluated: a name and literals, in bounded time; everything else is a problem."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.problems import Problem
from register.site.macro_calls import LONGEST_CALL, MacroCall, macro_calls

STATEMENT = (
    "p.md:1: {% cannot stand in a page (put a space between the two signs, or write {{ totals() }}, for example)"
)
NOT_UNDERSTOOD = (
    "p.md:1: what stands in {{ }} is not understood (write {{ totals() }}, for example; {% cannot stand in a page)"
)
NO_BRACKETS = "lacks its brackets (write it like {{ totals() }})"


def read(text: str) -> list[tuple[str, tuple[str | int, ...] | None] | str]:
    """Each call as its name and arguments, each problem as its message."""
    found = macro_calls(text, "p.md")
    return [(one.name, one.arguments) if isinstance(one, MacroCall) else str(one) for one in found]


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("{{ totals() }}", ("totals", ())),
        ("{{totals()}}", ("totals", ())),
        ("{{ totals( ) }}", ("totals", ())),
        ("{{\ntotals()\n}}", ("totals", ())),
        ('{{ link("get-safe") }}', ("link", ("get-safe",))),
        ("{{ link('get-safe') }}", ("link", ("get-safe",))),
        ('{{ link("it\'s") }}', ("link", ("it's",))),
        ('{{ link("") }}', ("link", ("",))),
        ("{{ changes(5) }}", ("changes", (5,))),
        ("{{ changes(-5) }}", ("changes", (-5,))),
        ('{{ recommendations_with( "theme" , 7 ) }}', ("recommendations_with", ("theme", 7))),
        ("{{ recommendation(999999999) }}", ("recommendation", (999999999,))),
        # Not literals: never evaluated, and not understood by any macro.
        ("{{ recommendation(9999999999) }}", ("recommendation", None)),
        ('{{ link("a" * 9) }}', ("link", None)),
        ('{{ link("a" "b") }}', ("link", None)),
        ('{{ link("a",) }}', ("link", None)),
        ('{{ link(,"a") }}', ("link", None)),
        ('{{ link("a\\"b") }}', ("link", None)),
        ('{{ link("a\nb") }}', ("link", None)),
        ("{{ link(x) }}", ("link", None)),
        ("{{ link(number=3) }}", ("link", None)),
        ("{{ link(*[1]) }}", ("link", None)),
        ('{{ link("".__class__) }}', ("link", None)),
        ("{{ link(1.5) }}", ("link", None)),
        ("{{ link(1)(2) }}", ("link", None)),
    ],
)
def test_a_call_is_a_name_with_literals(text: str, call: tuple[str, tuple[str | int, ...] | None]) -> None:
    assert read(text) == [call]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ totals }}", f"p.md:1: 'totals' {NO_BRACKETS}"),
        ("{{ 7*7 }}", f"p.md:1: what stands in {{{{ }}}} {NO_BRACKETS}"),
        ("{{ totals()|upper }}", f"p.md:1: what stands in {{{{ }}}} {NO_BRACKETS}"),
        ("{{ config.site_name }}", f"p.md:1: what stands in {{{{ }}}} {NO_BRACKETS}"),
        ("{{ ''.__class__.mro() }}", f"p.md:1: what stands in {{{{ }}}} {NO_BRACKETS}"),
        ("{{ totals( }}", NOT_UNDERSTOOD),
        ("{{ totals()", NOT_UNDERSTOOD),
        ("{{ }}", NOT_UNDERSTOOD),
        ("{% if x %}", STATEMENT),
        ("{%raw%}", STATEMENT),
    ],
)
def test_anything_else_is_a_problem(text: str, message: str) -> None:
    assert read(text) == [message]


def test_a_call_may_be_as_long_as_the_limit_and_no_longer() -> None:
    shell = len(' link("") ')
    assert read(f'{{{{ link("{"x" * (LONGEST_CALL - shell)}") }}}}') == [("link", ("x" * (LONGEST_CALL - shell),))]
    assert read(f'{{{{ link("{"x" * (LONGEST_CALL - shell + 3)}") }}}}') == [NOT_UNDERSTOOD]


def test_calls_know_their_places_and_lines() -> None:
    text = "One {{ totals() }}\n\ntwo {{ x }} {{ link('a') }} {# id #} { { y() }}"
    first, problem, last = macro_calls(text, "p.md")
    assert isinstance(first, MacroCall)
    assert isinstance(problem, Problem)
    assert isinstance(last, MacroCall)
    assert [text[call.start : call.end] for call in (first, last)] == ["{{ totals() }}", "{{ link('a') }}"]
    assert [first.line_in(text), problem.line, last.line_in(text)] == [1, 3, 3]


SIGNS = st.text(alphabet=st.sampled_from("{}%()\"'\\,|. \nab1-_#"), max_size=60)


@given(SIGNS)
def test_whatever_stands_in_a_page_is_read_without_an_error(text: str) -> None:
    at = 0
    for found in macro_calls(text, "p.md"):
        if isinstance(found, MacroCall):
            assert at <= found.start < found.end <= len(text)
            assert text[found.start : found.start + 2] == "{{"
            assert text[found.end - 2 : found.end] == "}}"
            at = found.end


@given(
    st.lists(
        st.text(alphabet=st.characters(exclude_characters='"\\\n}{'), max_size=20) | st.integers(-999, 999), max_size=4
    )
)
def test_literals_come_out_as_they_were_written(arguments: list[str | int]) -> None:
    written = ", ".join(f'"{one}"' if isinstance(one, str) else str(one) for one in arguments)
    balanced = written.count("(") == written.count(")")
    assert read(f"{{{{ m({written}) }}}}") == ([("m", tuple(arguments))] if balanced else [NOT_UNDERSTOOD])
