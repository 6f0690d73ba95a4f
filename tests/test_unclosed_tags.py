"""Elements that a page leaves open, and ends that end nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.checks.unclosed_tags import unclosed_tags

LEFT_OPEN = "'{0}' is never closed (write '{1}' where it ends)"
CLOSES_NOTHING = "'</{0}>' closes nothing (is a quote or a '<{0}>' missing before it? else take it out)"

FAULTS = [
    ("<b>bold", [(1, LEFT_OPEN.format("<b>", "</b>"))]),
    ("<p>\n<DIV class='a > b'>\n</p>", [(2, LEFT_OPEN.format("<DIV class='a > b'>", "</div>"))]),
    ("a\n</div>", [(2, CLOSES_NOTHING.format("div"))]),
    ("<main><b>x</main>", [(1, LEFT_OPEN.format("<b>", "</b>"))]),
    ("<main></main>\n</main>", [(2, CLOSES_NOTHING.format("main"))]),
    ("<i><b></i></b>", [(1, LEFT_OPEN.format("<b>", "</b>")), (1, CLOSES_NOTHING.format("b"))]),
    ("<b>\n<i>", [(2, LEFT_OPEN.format("<i>", "</i>")), (1, LEFT_OPEN.format("<b>", "</b>"))]),
]


@pytest.mark.parametrize(("html", "faults"), FAULTS)
def test_what_is_left_open_or_ends_nothing_is_told_with_its_line(html: str, faults: list[tuple[int, str]]) -> None:
    assert [(tag.line, f"{tag.what} ({tag.to_do})") for tag in unclosed_tags(html)] == faults


@pytest.mark.parametrize(
    "html",
    [
        "<p>one<p>two<ul><li>a<li>b</ul>",
        "<br><img src='x'><input><svg><path d='M0 0'/></svg>",
        "<table><tr><th>a<td>b</table>",
        "<!-- <b> is not here --><b>here</b>",
        "a < b and c > d, <3",
        '<a title="</a>">x</a>',
    ],
)
def test_what_a_browser_closes_by_itself_or_does_not_read_as_a_tag_is_let_through(html: str) -> None:
    assert list(unclosed_tags(html)) == []


@given(st.recursive(st.text("ab <>\n", max_size=5).map(lambda text: text.replace("<", "")), lambda inner: st.builds(
    lambda name, parts: f"<{name} title='<b>'>{''.join(parts)}</{name}>", st.sampled_from(["b", "div", "DETAILS"]), st.lists(inner)
)))  # fmt: skip
def test_what_is_closed_in_turn_is_never_a_fault(html: str) -> None:
    assert list(unclosed_tags(html)) == []


@given(st.text("<>/ab!-\"' \n"))
def test_any_text_is_read_to_its_end(text: str) -> None:
    assert all(1 <= tag.line <= text.count("\n") + 1 for tag in unclosed_tags(text))
