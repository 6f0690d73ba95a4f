"""What the search reads: the words of pages in their parts, never glued together, and whom help words lead to."""

import html
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from register.model import HelpWords, Register, SearchWords
from register.site.search_index import SearchedPage, held_in, page_parts, search_index
from register.state.snapshot import Snapshot
from registers import TODAY


def read(markup: str) -> list[tuple[str, str, str]]:
    """The parts of a page."""
    return [(part.id, part.title, part.text) for part in page_parts(markup)]


@pytest.fixture(scope="module")
def built_index(built_sample: Path) -> dict[str, Any]:
    """The index of the sample's site, as it is published."""
    return held_in((built_sample / "search" / "search_index.js").read_text(encoding="utf-8"))


def index_of(register: Register, *pages: SearchedPage) -> dict[str, Any]:
    """The index of some pages."""
    return held_in(search_index(Snapshot(register, TODAY), pages))


# ── the words of a page ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("markup", "parts"),
    [
        ("<h1 id='a'>Title</h1><p>One.</p><h2 id='b'>Part</h2><p>Two.</p>", [("", "Title", "One."), ("b", "Part", "Two.")]),
        ("<p>Over</p><h1>Title</h1>", [("", "Title", "Over")]),
        ("<table><tr><td>one</td><td>two</td></tr></table>", [("", "", "one two")]),
        ("<ul><li>one</li><li>two<br>three</li></ul>", [("", "", "one two three")]),
        ("<p>H<sub>2</sub>O and <b>bo</b>ld <a href='x'>li</a>nk</p>", [("", "", "H2O and bold link")]),
        ("<h2>No address</h2><p>x</p>", [("", "", "No address x")]),
        ("<ul><li id='line'><h2>Line</h2><p>0800</p></li></ul><p>After</p>", [("", "", "After"), ("line", "Line", "0800")]),
        ("<section><h2 id='a'>A</h2><p>x</p></section><p>y</p>", [("", "", "y"), ("a", "A", "x")]),
        ("<p>a</p><nav data-search-exclude><h2 id='n'>N</h2>b</nav>", [("", "", "a")]),
        ("<form><label>Word</label></form><p>a<span aria-hidden='true'> →</span></p>", [("", "", "a")]),
        ("<p>&lt;b&gt; &amp; &#8220;x&#8221;</p>", [("", "", "<b> & “x”")]),
        ("<p>a<!-- x -->b<?y?>c</p>", [("", "", "abc")]),
        ("<p>open<p>still", [("", "", "open still")]),
        ("</div></p>", []),
    ],
)  # fmt: skip
def test_a_page_is_read_in_its_parts(markup: str, parts: list[tuple[str, str, str]]) -> None:
    assert read(markup) == parts


# The sign of no value is another one on any page (HTML, 13.2.5.1).
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1).filter(str.strip)


@given(st.lists(WORDS, min_size=1), st.sampled_from(["p", "li", "td", "dd", "div", "h2"]))
def test_words_of_two_blocks_are_never_glued_and_none_is_lost(texts: list[str], tag: str) -> None:
    markup = "".join(f"<{tag}>{html.escape(text)}</{tag}>" for text in texts)
    assert (
        " ".join(part[2] for part in read(markup)).split()
        == " ".join(html.unescape(html.escape(text)) for text in texts).split()
    )


@given(st.text(alphabet="<>/ab \"'=&!-h2id", max_size=60))
def test_whatever_stands_on_a_page_is_read(markup: str) -> None:
    assert isinstance(page_parts(markup), list)


@pytest.mark.shared_build
def test_every_word_of_the_index_stands_on_its_page_by_itself(built_sample: Path, built_index: dict[str, Any]) -> None:
    """Parts of a page are never glued together: "toChildlineWorcestershire" was once a word of the index."""
    assert len(built_index["pages"]) > 30
    for page in built_index["pages"]:
        main = lxml_html.parse(str(built_sample / page["at"] / "index.html")).xpath("//main")[0]
        on_page = {word for text in main.itertext() for word in text.split()}
        joined = " ".join(main.text_content().split())
        for _, title, text in page["parts"]:
            glued = {word for word in f"{title} {text}".split() if word not in on_page and word not in joined}
            assert not glued, page["at"]
    words = {word for page in built_index["pages"] for part in page["parts"] for word in part[1].split()}
    assert not [word for word in words if "Sample" in word[1:]]


@pytest.mark.shared_build
def test_the_index_leaves_out_what_is_marked_so(built_sample: Path, built_index: dict[str, Any]) -> None:
    found = {page["at"]: page for page in built_index["pages"]}
    assert {"", "recommendations/3/", "about/", "help/"} <= set(found)
    # Lists of recommendations by one choice: `search: {exclude: true}` in their front matter.
    assert [
        place for place in found if place.startswith("recommendations/") and not place[16:].rstrip("/").isdigit()
    ] == ["recommendations/"]
    # The links to neighbours below each recommendation: `data-search-exclude`.
    page = (built_sample / "recommendations" / "3" / "index.html").read_text(encoding="utf-8")
    assert "All 14" in page
    assert "All 14" not in json.dumps(found["recommendations/3/"])


@pytest.mark.shared_build
def test_a_service_is_a_part_of_the_page_of_help(built_index: dict[str, Any]) -> None:
    page = next(page for page in built_index["pages"] if page["at"] == "help/")
    titles = {part[0]: part[1] for part in page["parts"]}
    assert titles["sample-line"] == "Sample Line (fictional)"
    assert page["title"] in titles[""]


# ── recommendations ────────────────────────────────────────────────────────────────────────────


@pytest.mark.shared_build
def test_a_recommendation_carries_its_number_title_and_state_in_the_words_of_its_page(
    built_sample: Path, built_index: dict[str, Any]
) -> None:
    found = {page["number"]: page for page in built_index["pages"] if "number" in page}
    assert sorted(found) == list(range(1, 15))
    assert found[1]["title"] == "Recommendation 1: Name one person who answers for children's safety"
    assert found[14]["title"] == "Recommendation 14"
    assert found[14]["state"] == "Response: waiting for its first meeting. Progress: not published."
    rows = lxml_html.parse(str(built_sample / "recommendations" / "index.html")).xpath("//tr[@data-row]")
    for row in rows:
        response, progress = (
            " ".join(row.xpath(f"string(td[@data-label='{label}'])").split()).removesuffix(" views differ")
            for label in ("Response", "Progress")
        )
        assert found[int(row.get("data-number"))]["state"] == f"Response: {response}. Progress: {progress}."


# ── words that lead to help, and equal words ───────────────────────────────────────────────────


def test_help_words_lead_to_services_that_are_shown_and_where_danger_is_meant_to_the_emergency_number_first(
    small_register: Register,
) -> None:
    def group(services: list[str], danger: bool) -> HelpWords:
        return HelpWords(words=["w"], say="S.", services=services, danger=danger)

    groups = [group(["night-line", "helpline"], False), group(["helpline", "emergency"], True)]
    made = index_of(small_register.model_copy(update={"search": SearchWords(help=groups)}))
    assert [one["services"] for one in made["help"]] == [["helpline"], ["emergency", "helpline"]]
    assert list(made["services"]) == ["emergency", "helpline"]
    assert made["services"]["helpline"]["tel"] == "tel:08001111"
    assert made["help_page"] == "help/"


def test_the_short_name_of_the_partnership_means_its_name_and_typed_groups_follow(small_register: Register) -> None:
    partnership = small_register.header.partnership
    assert index_of(small_register)["equal"] == [[partnership.short_name, partnership.name], ["esp", "example"]]


def test_without_search_words_the_pages_are_searched_all_the_same(small_register: Register) -> None:
    made = index_of(small_register.model_copy(update={"search": None}), SearchedPage("about/", "About", "<p>Words</p>"))
    assert made["help"] == []
    assert len(made["equal"]) == 1
    assert made["pages"] == [{"at": "about/", "title": "About", "parts": [["", "", "Words"]]}]


@pytest.mark.shared_build
def test_no_page_and_no_file_to_take_away_holds_the_words_that_lead_to_help(
    built_sample: Path, sample_register: Register
) -> None:
    """The history of a browser, a screen shot, a download: a calm page holds no word of distress. Only the index does."""
    assert sample_register.search
    typed = {word for group in sample_register.search.help for word in group.words if word.isascii()} - {"abuse"}
    assert "suicide" in typed
    for path in built_sample.rglob("*"):
        if path.suffix in (".html", ".json", ".csv", ".js", ".atom") and path.name != "search_index.js":
            text = path.read_text(encoding="utf-8").casefold()
            assert not [word for word in typed if f" {word} " in text or f'"{word}"' in text], path
