"""What only the built pages can tell, on small sites made by hand: each kind of mistake, where it was typed, how often."""

from collections.abc import Callable
from pathlib import Path

import pytest

from register.checks.built_site import check_site, count_pages
from register.checks.inside_links import carried_links
from register.checks.typed_places import Place
from register.problems import Problem
from register.site.policy import STYLE_IN_PAGE

PAGE = """<!doctype html>
<html lang="en"><head>
<title>{title}</title>
<meta name="description" content="About {title}.">
<link rel="canonical" href="https://register.exampleshire.test/site/{address}">
</head><body>
<h1 id="top">{title}</h1>
{body}
</body></html>
"""
# What a test's pages may link to outside.
HOSTS = frozenset({"www.gov.uk", "exampleshire.test", "example.gov.uk.exampleshire.test"})
# The line of the HTML on which what a test puts into a page begins.
BODY = 8

Site = Callable[..., Path]


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """Make a site with pages at these addresses; each holds what is given. Return the folder with site/ and docs/."""

    def make(pages: dict[str, str], docs: dict[str, str] | None = None) -> Path:
        (tmp_path / "docs").mkdir()
        for address, body in {"": "", "about/": '<p id="who">Us.</p>', **pages}.items():
            path = tmp_path / "site" / (f"{address}index.html" if address.endswith("/") or not address else address)
            path.parent.mkdir(parents=True, exist_ok=True)
            title = address.strip("/").replace("/", " ") or "home"
            path.write_text(PAGE.format(title=title, address=address, body=body), encoding="utf-8")
        for name, text in (docs or {}).items():
            path = tmp_path / "docs" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return make


def problems(folder: Path) -> list[Problem]:
    """What the check of the built pages finds."""
    return check_site(folder / "site", folder / "docs", HOSTS)


NOWHERE = "leads nowhere in this site (correct it)"
PLACEHOLDER = "is a placeholder (put the real address in)"
NOT_ALLOWED = "is not allowed in a page (take it out)"

# What stands in a page at "a/b/", the kind of mistake and the whole message.
MISTAKES = [
    ('<a href="../nowhere/">x</a>', "inside-link", f"<a href> '../nowhere/' {NOWHERE}"),
    ('<a href="../../../">x</a>', "inside-link", "<a href> '../../../' leads nowhere in this site (correct it)"),
    ('<a href="/elsewhere/">x</a>', "inside-link", f"<a href> '/elsewhere/' {NOWHERE}"),
    ('<a href="/site/nowhere/">x</a>', "inside-link", f"<a href> '/site/nowhere/' {NOWHERE}"),
    ('<img src="none.png" alt="x">', "inside-link", f"<img src> 'none.png' {NOWHERE}"),
    ('<a href="#nope">x</a>', "missing-part", "<a href> '#nope' names a part that its page does not have: '#nope' (correct it)"),
    ('<a href="../../about/#nope">x</a>', "missing-part",
     "<a href> '../../about/#nope' names a part that its page does not have: '#nope' (correct it)"),
    ('<a href="/site/about#nope">x</a>', "missing-part",
     "<a href> '/site/about#nope' names a part that its page does not have: '#nope' (correct it)"),
    ('<a href="">x</a>', "placeholder", f"<a href> '' {PLACEHOLDER}"),
    ('<a href=" # ">x</a>', "placeholder", f"<a href> ' # ' {PLACEHOLDER}"),
    ('<a href="JavaScript:void(0)">x</a>', "placeholder", f"<a href> 'JavaScript:void(0)' {PLACEHOLDER}"),
    ('<a href="https://www.example.org/x">x</a>', "placeholder", f"<a href> 'https://www.example.org/x' {PLACEHOLDER}"),
    ('<a href="//example/x">x</a>', "placeholder", f"<a href> '//example/x' {PLACEHOLDER}"),
    ('<a href="http://[x">x</a>', "not-an-address", "<a href> 'http://[x' is not an address (put the real address in)"),
    ('<img src="//elsewhere.test/x.png" alt="x">', "fetched-elsewhere",
     "the page fetches '//elsewhere.test/x.png' from elsewhere (put the file into this site)"),
    ('<a href="../../about/"></a>', "link-without-words",
     "the link '../../about/' has no words (write them between the square brackets)"),
    ('<a href="../../about/"><img src="../../x.png" alt=""></a>', "link-without-words",
     "the link '../../about/' has no words (write them between the square brackets)"),
    ('<p style="color:red">x</p>', "not-allowed", f"'style=\"color:red\"' {NOT_ALLOWED}"),
    ('<p onclick="x()">x</p>', "not-allowed", f"'onclick=\"x()\"' {NOT_ALLOWED}"),
    ("<script>x()</script>", "not-allowed", f"'<script>' {NOT_ALLOWED}"),
    ("<style>p {}</style>", "not-allowed", f"'<style>' {NOT_ALLOWED}"),
    (f"<style>{STYLE_IN_PAGE}p{{}}</style>", "not-allowed", f"'<style>' {NOT_ALLOWED}"),
    ('<a href="https://sampleton.test/x">x</a>', "unknown-host",
     "the page links to 'https://sampleton.test/x', whose host data/links.yml does not know (cite a page from data/links.yml)"),
    ('<a href="data:text/html,x">x</a>', "not-an-address",
     "<a href> 'data:text/html,x' is not an address (put the real address in)"),
    ('<img src="data:image/png;base64,x" alt="x">', "not-an-address",
     "<img src> 'data:image/png;base64,x' is not an address (put the real address in)"),
    ('<meta http-equiv="refresh" content="0">', "not-allowed", f"'http-equiv=\"refresh\"' {NOT_ALLOWED}"),
    ('<link rel="preconnect" href="../../about/">', "not-allowed", f"'rel=\"preconnect\"' {NOT_ALLOWED}"),
    ('<input type="image">', "not-allowed", f"'type=\"image\"' {NOT_ALLOWED}"),
    ('<a href="../../about/" target="_blank">x</a>', "not-allowed", f"'target=\"_blank\"' {NOT_ALLOWED}"),
    ('<form action=".."></form>', "not-allowed", f"'action=\"..\"' {NOT_ALLOWED}"),
    ('<base>', "not-allowed", f"'<base>' {NOT_ALLOWED}"),
    ("<div>" * 300 + "<object></object>" + "</div>" * 300, "not-allowed", f"'<object>' {NOT_ALLOWED}"),
    ("<svg><path xlink:href='x'/></svg>", "not-allowed", f"'xlink:href=\"x\"' {NOT_ALLOWED}"),
    ('<svg><rect fill="url(https://elsewhere.test/#x)"/></svg>', "not-allowed", f"'fill=\"url(https://elsewhere.test/#x)\"' {NOT_ALLOWED}"),
    ("<iframe></iframe>", "not-allowed", f"'<iframe>' {NOT_ALLOWED}"),
    ('<p id="top">x</p>', "doubled-id", "the id 'top' is used 2 times on the page (ids must differ)"),
    ("<h1>Another</h1>", "second-main-heading", "'Another' is a second main heading (a page has one: begin it with '## ')"),
    ("<h3>Deep</h3>", "skipped-heading-level",
     "'Deep', a heading of level 3, follows one of level 1 (make it one of level 2)"),
    ("<details/>", "self-closed-tag", "'<details/>' is never closed ('/>' closes nothing in HTML: write '></details>')"),
    ("<div>", "unclosed-tag", "'<div>' is never closed (write '</div>' where it ends)"),
    ("</div>", "stray-end-tag",
     "'</div>' closes nothing (is a quote or a '<div>' missing before it? else take it out)"),
    ("<!-- x", "unclosed-comment", "'<!--' begins a comment that never ends (write '-->' where it ends)"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "kind", "message"), MISTAKES)
def test_each_mistake_has_its_kind_and_is_reported_where_it_stands(
    site: Site, body: str, kind: str, message: str
) -> None:
    folder = site({"a/b/": body})
    (folder / "site" / "x.png").touch()
    [problem] = problems(folder)
    assert (problem.kind, problem.message) == (kind, message)
    line = 1 if kind == "doubled-id" else BODY
    assert (problem.path, problem.line) == ("site/a/b/index.html", line)


@pytest.mark.parametrize(
    "body",
    [
        '<a href="../../about/">x</a> <a href="../../about/#who">x</a> <a href="#top">x</a> <a href="/site/">x</a>',
        '<a href="../../about/index.html#who">x</a> <a href="../../x.png">x</a> <a href="..">x</a>',
        '<a href="../../about/#w%68o">x</a> <a href="../../%61bout/">x</a>',
        '<a href="https://www.gov.uk/">x</a> <a href="mailto:a@exampleshire.test">x</a> <a href="tel:999">x</a>',
        '<a href="https://exampleshire.test/">x</a> <a href="https://example.gov.uk.exampleshire.test/">x</a>',
        '<a href="../../about/" aria-label="x"></a> <a href="../../about/"><img src="../../x.png" alt="x"></a>',
        '<script src="../../x.png"></script><script type="application/ld+json">{}</script>',
        f"<style>{STYLE_IN_PAGE}</style>",
        "<h2>x</h2><h3>x</h3><h4>x</h4><h2>x</h2>",
        '<p id="one">x</p><p id="One">x</p>',
    ],
)
def test_what_is_right_is_let_through(site: Site, body: str) -> None:
    folder = site({"a/b/": body, "a/": ""})
    (folder / "site" / "x.png").touch()
    assert problems(folder) == []


def test_a_page_without_title_or_main_heading_is_reported_in_its_markdown(site: Site) -> None:
    folder = site({"a/": ""}, {"a.md": "# A\n"})
    path = folder / "site" / "a" / "index.html"
    path.write_text("<!doctype html><html lang='en'><body><h2>Only a section</h2></body></html>")
    assert [str(problem) for problem in problems(folder)] == [
        "docs/a.md:1: the page has no main heading (write one line that begins with '# ')",
        "docs/a.md:1: the page has no title (write 'title' in its front matter)",
    ]


def test_titles_and_descriptions_are_unique(site: Site) -> None:
    folder = site({"a/": ""})
    path = folder / "site" / "a" / "index.html"
    path.write_text(path.read_text().replace(">a<", ">about<").replace("About a.", "About about."))
    assert [(problem.kind, str(problem)) for problem in problems(folder)] == [
        ("not-unique", "site/about/index.html:1: has the same description as the page /a/ (make it its own)"),
        ("not-unique", "site/about/index.html:1: has the same title as the page /a/ (make it its own)"),
    ]


def test_nothing_is_said_of_links_that_an_open_element_may_have_swallowed(site: Site) -> None:
    folder = site({"a/": '<textarea onclick="x()">\n<a href="#nope">x</a>'})
    assert [problem.kind for problem in problems(folder)] == ["unclosed-tag", "not-allowed"]


# ── where it was typed ─────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<a href="../nowhere/">x</a>', '<a href="../nowhere/">x</a>'),
        ('<a href="../nowhere/">x</a>', "[x](../nowhere/)"),
        ('<a href="">x</a>', "[x]()"),
        ('<a href="">x</a>', '<a href="">x</a>'),
        ('<a href="#">x</a>', "<a href='#'>x</a>"),
        ('<p id="top">x</p>', "## Part {#top}"),
        ('<p id="top">x</p>', "<p id='top'>x</p>"),
        ("<h3>Deep</h3>", "### Deep"),
        ("<details/>", "<details/>"),
        ("<script>x()</script>", "<script>x()</script>"),
    ],
)
@pytest.mark.parametrize("name", ["a/b.md", "a/b/index.md"])
def test_what_was_typed_in_markdown_is_reported_there(site: Site, html: str, markdown: str, name: str) -> None:
    folder = site({"a/b/": html}, {name: f"# A\n\nSome words.\n\n{markdown}\n"})
    [problem] = problems(folder)
    assert (problem.path, problem.line) == (f"docs/{name}", 5)


def test_an_address_is_looked_for_as_a_whole_before_it_is_looked_for_as_part_of_another(site: Site) -> None:
    markdown = "# A\n\n[x](../b/c/)\n\n[x](../b/)\n"
    folder = site({"a/": '<a href="../b/c/">x</a><a href="../b/">x</a>', "b/c/": ""}, {"a.md": markdown})
    [problem] = problems(folder)
    assert (problem.path, problem.line) == ("docs/a.md", 5)


def test_a_heading_whose_words_stand_in_a_link_too_is_reported_at_the_heading(site: Site) -> None:
    markdown = "# A\n\nSee [Deep](#deep) and [Deep](#deep).\n\n### Deeper\n\n## B\n\n#### Deep\n"
    folder = site({"a/": '<h2>B</h2><a href="#deep">Deep</a><h4 id="deep">Deep</h4>'}, {"a.md": markdown})
    [problem] = problems(folder)
    assert (problem.kind, problem.path, problem.line) == ("skipped-heading-level", "docs/a.md", 9)


def test_a_link_whose_address_stands_in_a_heading_too_is_reported_at_the_link(site: Site) -> None:
    folder = site({"a/": '<a href="../nowhere/">x</a>'}, {"a.md": "# About '../nowhere/'\n\n[x](../nowhere/)\n"})
    [problem] = problems(folder)
    assert (problem.path, problem.line) == ("docs/a.md", 3)


# ── what stands on many pages ──────────────────────────────────────────────────────────────────


def test_a_mistake_of_the_theme_is_shown_once_with_the_number_of_further_pages(site: Site) -> None:
    links = {"a/": "../nowhere/", "a/b/": "../../nowhere/", "a/b/c/": "../../../nowhere/", "d/": "../nowhere/"}
    folder = site({address: f'<a href="{link}">x</a>\n' * 2 for address, link in links.items()})
    [problem] = problems(folder)
    assert problem.more_pages == 3
    assert str(problem).endswith(f"{NOWHERE}; the same on 3 more pages")


def test_a_mistake_on_two_pages_is_shown_on_both(site: Site) -> None:
    folder = site({"a/": '<a href="#nope">x</a>\n<a href="#nope">x</a>', "b/": '<a href="#nope">x</a>'})
    assert [(problem.path, problem.line, problem.more_pages) for problem in problems(folder)] == [
        ("site/a/index.html", BODY, 0),
        ("site/a/index.html", BODY + 1, 0),
        ("site/b/index.html", BODY, 0),
    ]


def test_different_mistakes_on_many_pages_are_all_shown(site: Site) -> None:
    folder = site({f"{name}/": f'<a href="../no-{name}/">x</a>' for name in "abcd"})
    assert [problem.more_pages for problem in problems(folder)] == [0, 0, 0, 0]


# ── every link, for the check of the outside ones ──────────────────────────────────────────────


def test_every_link_is_carried_with_its_page_and_its_place(site: Site) -> None:
    body = (
        '<a href="https://www.gov.uk/x">x</a>\n<a href="https://login.test/" rel="nofollow">x</a>\n'
        '<a href="https://register.exampleshire.test/site/about/">own</a>\n<span data-link="plan">x</span>\n'
        '<a href="../nowhere/">x</a>'
    )
    folder = site({"a/": body}, {"a.md": "# A\n\n<https://www.gov.uk/x>\n"})
    links = [link for link in carried_links(folder / "site", folder / "docs") if link.page == "a/"]
    assert [(link.address, link.place, link.names, link.for_programs) for link in links] == [
        ("https://www.gov.uk/x", Place("docs/a.md", 3), "", True),
        ("https://login.test/", Place("site/a/index.html", BODY + 1), "", False),
        ("../nowhere/", Place("site/a/index.html", BODY + 4), "", True),
        ("", Place("site/a/index.html", BODY + 3), "plan", True),
    ]
    assert [link.problem and link.problem.kind for link in links] == [None, None, "inside-link", None]


def test_pages_are_counted_without_the_one_for_wrong_addresses(site: Site) -> None:
    assert count_pages(site({"a/": "", "404.html": ""}) / "site") == 3
