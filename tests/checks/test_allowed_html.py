"""What a written page may hold: what is on the list passes, payloads that work in a browser do not."""

import nh3
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from register.checks.allowed_html import ELEMENTS, EVERYWHERE, as_browsers_read, as_html, check_html


def messages(body: str) -> list[str]:
    return [str(problem) for problem in check_html(body, "p.md")]


PASSES = [
    "# A\n\nWords with *em*, **strong**, `code`, a [link](about.md), [one](../help/#here), [a part](#part).\n",
    "- a\n- b\n\n1. c\n\nTerm\n:   What it means\n\n> said\n\n---\n\n```\nx\n```\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n\n## Part {#part}\n\n![A map](map.png)\n",
    '<details open><summary>More</summary><p lang="cy">Gair</p></details>\n',
    '<abbr title="x">y</abbr> <time datetime="2024">2024</time> <bdi dir="rtl">z</bdi>\n',
    "{{ totals() }} and a < b, x > y, AT&T\n",
    "<!-- A note to editors. -->\n\nWords.\n",
]


@pytest.mark.parametrize("body", PASSES)
def test_what_markdown_makes_and_a_few_harmless_elements_pass(body: str) -> None:
    assert messages(body) == []


# Each does something in a browser that no page may: runs, styles, loads, leads away, hides or replaces what is there.
REFUSED = [
    "script", "style", "iframe", "object", "embed", "form", "input", "button", "textarea", "select", "svg", "math",
    "base", "meta", "link", "template", "video", "audio", "source", "picture", "canvas", "marquee",
    "noscript", "plaintext", "xmp", "title", "dialog", "slot", "portal", "applet", "map", "area", "track", "keygen",
    "main", "header", "footer", "nav", "aside", "section", "address", "menu", "fieldset", "progress", "meter", "o",
]  # fmt: skip


@pytest.mark.parametrize("tag", REFUSED)
def test_no_other_element_passes(tag: str) -> None:
    assert f"p.md:3: '<{tag}>' is not allowed in a page (take it out)" in messages(f"# A\n\n<{tag}>x</{tag}>\n")


ATTRIBUTES = [
    "onclick", "onload", "onerror", "style", "class", "target", "ping", "download", "referrerpolicy", "srcset", "sizes",
    "background", "action", "formaction", "http-equiv", "is", "slot", "hidden", "tabindex", "role", "aria-hidden",
    "contenteditable", "popover", "popovertarget", "autofocus", "accesskey", "draggable", "inert", "nonce", "data-to",
    "xmlns", "rel", "usemap", "ismap", "longdesc", "loading", "srcdoc",
]  # fmt: skip


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_no_other_attribute_passes(attribute: str) -> None:
    assert messages(f'# A\n\n<p {attribute}="x">y</p>\n') == [
        f"p.md:3: '{attribute}' is not allowed in '<p>' (take it out)"
    ]
    assert messages(f'# A\n\nWords.\n{{: {attribute}="x" }}\n') == [
        f"p.md:4: '{attribute}' is not allowed in '<p>' (take it out)"
    ]


@pytest.mark.parametrize(
    "body",
    [
        "<meta http-equiv=refresh content='0;url=//x.test'>",
        "<!--><meta http-equiv=refresh content='0'>-->",
        "<div>" * 260 + "<iframe src=x></iframe>",
        "<svg><script>x()</script></svg>",
        "<math><mtext><table><mglyph><style><img src=x onerror=x()>",
        "<p/onclick=x()>y",
        "<IMG SRC=x.png ONERROR=x()>",
        "<a href='about.md' target=_blank>x</a>",
        "<input type=image src=x.png>",
        "<img src=x.png srcset='//x.test/y.png 2x'>",
        "<noscript><p title='</noscript><img src=x onerror=x()>'></noscript>",
        "<p title='a' onclick='x()'\n>y</p>",
        "<body onload=x()>y",
        "<html onclick=x()>y",
        "<table><svg>",
        "`<b onclick=x()>` <b onclick=x()>y</b>",
    ],
)  # fmt: skip
def test_a_payload_is_found_as_a_browser_reads_it(body: str) -> None:
    assert messages(f"# A\n\n{body}\n"), body


@pytest.mark.parametrize(
    "address",
    [
        "https://x.test/", "HTTPS://x.test/", "//x.test/", "///x.test/", "https:/x.test", "https:x.test", "https:\\\\x.test",
        "\\\\x.test", "/\\x.test", " https://x.test", "&#104;ttps://x.test/", "ht&Tab;tps://x.test", "/&#9;/x.test",
        "http&colon;//x.test",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", ['<a href="{}">x</a>', "<img src='{}' alt='x'>"])
def test_no_spelling_of_a_web_address_passes(address: str, form: str) -> None:
    [found] = check_html(f"# A\n\n{form.format(address)}\n", "p.md")
    assert (found.line, found.kind) == (3, "typed-by-hand")
    assert found.what.startswith("a web address is typed by hand: '")


@pytest.mark.parametrize(
    "body",
    ["[x](<//x.test>)", "[x](https://x.test)", "[x][1]\n\n[1]: https://x.test", "<https://x.test>", "![x](//x.test/y.png)", "[x]: //x.test\n\n[x]"],
)  # fmt: skip
def test_no_form_of_markdown_hides_a_web_address(body: str) -> None:
    assert [problem.kind for problem in check_html(f"# A\n\n{body}\n", "p.md")] == ["typed-by-hand"]


@pytest.mark.parametrize("address", ["javascript:x()", "JaVa&Tab;script:x()", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "mailto:a@x.test", "tel:999", "ws://x.test", "blob:x"])  # fmt: skip
def test_no_other_scheme_passes(address: str) -> None:
    [found] = check_html(f'# A\n\n<a href="{address}">x</a>\n', "p.md")
    assert (found.kind, found.to_do) == ("not-allowed", "take it out")
    assert found.what.startswith("the address '")


def test_each_thing_is_reported_once_at_its_line() -> None:
    body = "# A\n\nWords.\n\n<p class='x'>a</p>\n\n<p class='y'>b</p>\n\n<script>x()</script>\n"
    assert messages(body) == [
        "p.md:5: 'class' is not allowed in '<p>' (take it out)",
        "p.md:9: '<script>' is not allowed in a page (take it out)",
    ]


@given(st.text(alphabet=st.sampled_from("<>/=\"'&;:abi sr#!-[]()`*_{}\n\\"), max_size=80))
def test_any_page_is_answered(body: str) -> None:
    for problem in check_html(body, "p.md"):
        assert 1 <= problem.line <= body.count("\n") + 1


def elements(html: str) -> list[tuple[str, dict[str, str]]]:
    """Every element of a piece of HTML with its attributes, as a browser reads it."""
    root = LexborHTMLParser(f"<!doctype html><body>{html}").root
    assert root
    return [(str(node.tag), {name: value or "" for name, value in node.attributes.items()}) for node in root.traverse()]


PIECES = st.sampled_from([
    "<", "</", ">", "/>", "<!--", "-->", "<p ", "</p>", "<a ", "<img ", "<svg>", "<math>", "<mtext>", "<table>", "<td>", "<style>",
    "<title>", "<noscript>", "<template>", "<details open>", "<summary>", "href=", "src=", "title='", 'title="', "'", '"', "onclick=x()",
    "javascript:x()", "about.md", "map.png", "[a](", "![b](", ")", "{: ", " }", "`", "\n", "\n\n", "&lt;", "&#60;", "# A", "| a | b |\n|---|---|\n",
])  # fmt: skip


@given(st.lists(PIECES, max_size=14).map("".join))
@example("<p title='a'>b</p>\n\n[c](about.md)\n\n![d](map.png)\n")
@example("<math><mtext><table><mglyph><style><img src=x onerror=x()>")
def test_a_sanitiser_would_take_nothing_out_of_a_page_that_is_let_through(body: str) -> None:
    if list(check_html(body, "p.md")):
        return
    html = as_html(body)
    attributes = {tag: set(own | EVERYWHERE) for tag, own in ELEMENTS.items()}
    kept = nh3.clean(html, set(ELEMENTS), attributes=attributes, url_schemes=set(), link_rel=None, strip_comments=False)
    assert elements(kept) == elements(html)


def test_a_macro_cannot_stand_inside_a_tag() -> None:
    """What it shows could end the tag, and what follows would be read as something else."""
    body = "# A\n\n<abbr title='{{ link(\"weather\") }} onclick=x() '>y</abbr>\n"
    assert messages(body) == ["p.md:3: a macro stands inside the tag '<abbr>' (put it between tags)"]
    assert messages("# A\n\n<p>{{ link('weather') }}</p>\n") == []


@given(st.text(max_size=40))
def test_any_address_is_answered(address: str) -> None:
    parts = as_browsers_read(address)
    assert parts is None or parts.scheme == parts.scheme.lower()
