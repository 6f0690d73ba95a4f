"""A drawing in docs/ holds shapes and words: what exporters of plain SVG write passes, what runs or loads does not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import ROOT
from register.checks.docs_files import check_files
from register.checks.svg_picture import svg_mistakes

SVG = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">
{}
</svg>
"""
PLAIN = "save it as plain SVG, or take it out"


def messages(body: str) -> list[str]:
    return [f"{line}: {what} ({to_do})" for line, what, to_do in svg_mistakes(SVG.format(body).encode())]


@pytest.mark.parametrize(
    "body",
    [
        '<title>A map</title><path d="M0 0h9" fill="none" stroke="#123"/><text x="1" y="2">Town</text>',
        '<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><rect fill="url(#g)" width="9" height="9"/>',
        '<symbol id="s"><circle r="1"/></symbol><use href="#s"/><use xlink:href="#s" transform="rotate(3)"/>',
        "<!-- a note -->",
    ],
)  # fmt: skip
def test_shapes_and_words_pass(body: str) -> None:
    assert messages(body) == []


@pytest.mark.parametrize("name", ["theme/assets/icon.svg"])
def test_this_projects_own_drawings_pass(name: str) -> None:
    assert list(svg_mistakes((ROOT / name).read_bytes())) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<script>x()</script>", f"2: '<script>' is not allowed in a drawing ({PLAIN})"),
        ("<style>@import '//x.test/y.css'</style>", f"2: '<style>' is not allowed in a drawing ({PLAIN})"),
        ("<foreignObject/>", f"2: '<foreignObject>' is not allowed in a drawing ({PLAIN})"),
        ("<image href='x.png'/>", f"2: '<image>' is not allowed in a drawing ({PLAIN})"),
        ("<a href='#x'/>", f"2: '<a>' is not allowed in a drawing ({PLAIN})"),
        ("<set attributeName='href' to='x'/>", f"2: '<set>' is not allowed in a drawing ({PLAIN})"),
        ("<p xmlns='http://www.w3.org/1999/xhtml'/>", f"2: '<p>' is not allowed in a drawing ({PLAIN})"),
        ("<g><path onclick='x()'/></g>", f"2: 'onclick' is not allowed in '<path>' ({PLAIN})"),
        ("<path style='fill:red'/>", f"2: 'style' is not allowed in '<path>' ({PLAIN})"),
        ("<path class='x'/>", f"2: 'class' is not allowed in '<path>' ({PLAIN})"),
        ("<path fill='url(//x.test/y#z)'/>", f"2: 'fill' is not allowed in '<path>' ({PLAIN})"),
        ("<path fill='u&#114;l( \"x\")'/>", f"2: 'fill' is not allowed in '<path>' ({PLAIN})"),
        ("<path fill='\\75 rl(x)'/>", f"2: 'fill' is not allowed in '<path>' ({PLAIN})"),
        ("<path xml:base='x'/>", f"2: 'base' is not allowed in '<path>' ({PLAIN})"),
        ("<use href='y.svg#s'/>",
         "2: the address 'y.svg#s' is not allowed in a drawing (it may lead to a part of itself only)"),
        ("<use xlink:href='data:image/svg+xml,x'/>",
         "2: the address 'data:image/svg+xml,x' is not allowed in a drawing (it may lead to a part of itself only)"),
        ("<?xml-stylesheet href='x.css'?>",
         "2: an instruction ('<?' or '&') is not allowed in a drawing (take it out)"),
    ],
)  # fmt: skip
def test_what_runs_loads_or_styles_is_refused_at_its_line(body: str, expected: str) -> None:
    assert messages(body) == [expected]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<!DOCTYPE svg [<!ENTITY x SYSTEM '/etc/passwd'>]>\n<svg xmlns='http://www.w3.org/2000/svg'>&x;</svg>",
         (1, "a '<!DOCTYPE' is not allowed in a drawing", "save it as plain SVG, without a DOCTYPE")),
        ("<html/>", (1, "is no SVG drawing", "its first element is '<svg>' with the namespace of SVG")),
        ("<svg/>", (1, "is no SVG drawing", "its first element is '<svg>' with the namespace of SVG")),
    ],
)  # fmt: skip
def test_what_is_no_plain_drawing_is_refused(content: str, expected: tuple[int, str, str]) -> None:
    assert list(svg_mistakes(content.encode())) == [expected]


def test_entities_that_unfold_are_refused_at_once() -> None:
    doubled = "".join(f"<!ENTITY e{n + 1} '&e{n};&e{n};'>" for n in range(60))
    content = f"<!DOCTYPE svg [<!ENTITY e0 'x'>{doubled}]><svg xmlns='http://www.w3.org/2000/svg'>&e60;</svg>"
    assert len(list(svg_mistakes(content.encode()))) == 1


def test_the_check_of_docs_names_the_drawing_and_the_line(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "map.svg").write_text(SVG.format("<script/>"))
    (tmp_path / "docs" / "good.svg").write_text(SVG.format("<path d='M0 0'/>"))
    (tmp_path / "docs" / "none.svg").write_text("\n<svg")
    assert [str(problem) for problem in check_files(tmp_path / "docs", {}).problems] == [
        f"docs/map.svg:2: '<script>' is not allowed in a drawing ({PLAIN})",
        "docs/none.svg:2: is no SVG drawing: Couldn't find end of Start Tag svg line 2, line 2, column 5 "
        "(save it as plain SVG again)",
    ]


@given(
    st.binary(max_size=60)
    | st.text("<>/=\"'&;!?svg xlink:# -", max_size=60).map(lambda text: SVG.format(text).encode())
)
def test_any_file_is_answered(content: bytes) -> None:
    for line, what, to_do in svg_mistakes(content):
        assert line >= 1 and what and to_do
