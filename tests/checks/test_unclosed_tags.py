"""Elements that a page leaves open, and ends that end nothing."""

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.checks.unclosed_tags import unclosed_tags

LEFT_OPEN = "'{0}' is never closed (write '{1}' where it ends)"
SELF_CLOSED = "'{0}' is never closed ('/>' closes nothing in HTML: write '{1}')"
CLOSES_NOTHING = "'</{0}>' closes nothing (is a quote or a '<{0}>' missing before it? else take it out)"
ENDLESS = "the tag that begins with '{0}' never ends (is a quote or a '>' missing?)"
ENDLESS_COMMENT = "'<!--' begins a comment that never ends (write '-->' where it ends)"

PROBLEMS = [
    ("<b>bold", [(1, LEFT_OPEN.format("<b>", "</b>"))]),
    ("<p>\n<DIV class='a > b'>\n</p>", [(2, LEFT_OPEN.format("<DIV class='a > b'>", "</div>"))]),
    ("a\n</div>", [(2, CLOSES_NOTHING.format("div"))]),
    ("<main><b>x</main>", [(1, LEFT_OPEN.format("<b>", "</b>"))]),
    ("<main></main>\n</main>", [(2, CLOSES_NOTHING.format("main"))]),
    ("<i><b></i></b>", [(1, LEFT_OPEN.format("<b>", "</b>")), (1, CLOSES_NOTHING.format("b"))]),
    ("<b>\n<i>", [(2, LEFT_OPEN.format("<i>", "</i>")), (1, LEFT_OPEN.format("<b>", "</b>"))]),
    # "/>" closes nothing but a drawing's or a formula's own elements
    ("a\n<details/>\nb", [(2, SELF_CLOSED.format("<details/>", "></details>"))]),
    ("<main>\n<div/></main>", [(2, SELF_CLOSED.format("<div/>", "></div>"))]),
    ('<A HREF="x" />', [(1, SELF_CLOSED.format('<A HREF="x" />', "></a>"))]),
    ("<svg><desc><b/></desc></svg>", [(1, SELF_CLOSED.format("<b/>", "></b>"))]),
    ("<b /><script/>", [(1, SELF_CLOSED.format("<b />", "></b>")), (1, SELF_CLOSED.format("<script/>", "></script>"))]),
    (
        "<svg><g><div></div>",
        [(1, LEFT_OPEN.format("<g>", "</g>")), (1, LEFT_OPEN.format("<svg>", "</svg>"))],
    ),
    # what follows is text, so nothing is said of it
    ("<main>\n<textarea>\n</main><b>", [(2, LEFT_OPEN.format("<textarea>", "</textarea>"))]),
    ("<main>\n<style>b > i {}", [(2, LEFT_OPEN.format("<style>", "</style>"))]),
    ("<main>\n<!-- a note -- >\n</main>", [(2, ENDLESS_COMMENT)]),
    ('<main>\n<a href="x>y</a>\n</main>', [(2, ENDLESS.format('<a href="x'))]),
    ("<b>x</b", [(1, ENDLESS.format("</b"))]),
    ("<svg><![CDATA[</svg>", [(1, LEFT_OPEN.format("<svg>", "</svg>"))]),
    ("<svg><title><p></title></svg>", [(1, LEFT_OPEN.format("<p>", "</p>"))]),
    # a comment that looks like an end tag
    ("<div>x</ div>", [(1, LEFT_OPEN.format("<div>", "</div>"))]),
]


@pytest.mark.parametrize(("html", "problems"), PROBLEMS)
def test_what_is_left_open_or_ends_nothing_is_reported_with_its_line(
    html: str, problems: list[tuple[int, str]]
) -> None:
    assert [(tag.line, f"{tag.what} ({tag.to_do})") for tag in unclosed_tags(html)] == problems


@pytest.mark.parametrize(
    ("html", "kind", "written"),
    [
        ("<b x='>'>", "unclosed-tag", "<b x='>'>"),
        ("</b\n>", "stray-end-tag", "</b\n>"),
        ("<b/>", "self-closed-tag", "<b/>"),
        ("<!-- x", "unclosed-comment", "<!--"),
        ("<b x=", "unclosed-tag", "<b x="),
    ],
)
def test_each_kind_has_its_name_and_keeps_the_tag_as_it_was_written(html: str, kind: str, written: str) -> None:
    assert [(tag.kind, tag.written) for tag in unclosed_tags(html)] == [(kind, written)]


@pytest.mark.parametrize(
    "html",
    [
        "<p>one<p>two<ul><li>a<li>b</ul>",
        "<br><img src='x'><input><br/><p/>",
        "<svg viewBox='0 0 1 1'><path d='M0 0'/><title>x</title></svg><svg/>",
        "<math><mi>x</mi><mspace/></math>",
        "<table><tr><th>a<td>b</table>",
        "<!-- <b> is not here --><b>here</b>",
        "<!-- ends --!><b>here</b>",
        "<!--><b>here</b><!--->",
        "<![CDATA[ <b> is the end of it",
        "a < b and c > d, <3, </>, <?x?>",
        '<a title="</a>">x</a>',
        "<a href=x/>y</a>",
        "<svg><style>a</style><![CDATA[<b>]]></svg>",
        "<textarea><b></textarea><title></div></title><script>'<i>'</script>",
    ],
)
def test_what_a_browser_closes_by_itself_or_does_not_read_as_a_tag_is_let_through(html: str) -> None:
    assert unclosed_tags(html) == []


@given(st.recursive(st.text("ab <>\n", max_size=5).map(lambda text: text.replace("<", "")), lambda inner: st.builds(
    lambda name, parts: f"<{name} title='<b>'>{''.join(parts)}</{name}>", st.sampled_from(["b", "div", "DETAILS"]), st.lists(inner)
)))  # fmt: skip
def test_what_is_closed_in_turn_is_never_reported(html: str) -> None:
    assert unclosed_tags(html) == []


@given(st.text("<>/ab!-[]?=\"' \n"))
def test_any_text_is_read_to_its_end(text: str) -> None:
    assert all(1 <= tag.line <= text.count("\n") + 1 for tag in unclosed_tags(text))


# A script has escapes of its own (13.2.5.16), and is not allowed between tags anyway.
NAMES = st.sampled_from([
    "a", "b", "br", "details", "DIV", "foreignObject", "li", "math", "mi", "p", "path", "span", "style", "svg",
    "table", "td", "textarea", "title",
])  # fmt: skip
MARKUP = st.one_of(
    st.sampled_from(
        ["x", "\n", "&amp", ">", "/>", "'", '"', '="', "<", "</>", "</ b>", "<!b>", "<?b", "<![CDATA[", "]]>"]
    ),
    st.sampled_from(["<!--", "-->", "-- >", "--!>", "<!-->", "<!--->"]),
    st.builds(str.format, st.sampled_from(["<{}>", "</{}>", "<{}/>", "<{} b=", "<{} b='>'>", "<{} b=c/>"]), NAMES),
)
NESTED = st.recursive(
    MARKUP,
    lambda inner: st.builds(
        lambda name, parts: f"<{name}>{''.join(parts)}</{name}>", NAMES, st.lists(inner, max_size=4)
    ),
)


@given(st.lists(NESTED, max_size=4).map("".join))
def test_where_nothing_is_reported_a_browser_shows_what_follows_where_it_belongs(html: str) -> None:
    """Whatever is typed: a page without a problem keeps its help and footer, as a parser by the HTML Standard reads it."""
    page = f"<!doctype html><html><body><main>{html}</main><footer class='x' id=\"help\">Help</footer></body></html>"
    if unclosed_tags(page):
        return
    body = html5lib.parse(page, namespaceHTMLElements=False).find("body")
    assert [element.get("id") for element in body.findall("footer")] == ["help"]
