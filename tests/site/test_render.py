"""Addresses from page to page, and values as HTML."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urljoin

import jinja2
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from register.site.presenter import Presenter
from register.site.render import Renderer, relative

SITE = "https://register.exampleshire.test/"


@pytest.mark.parametrize(
    ("here", "there", "address"),
    [
        ("", "help/", "help/"),
        ("", "", "./"),
        ("help/", "", "../"),
        ("help/", "help/", "./"),
        ("recommendations/12/", "help/", "../../help/"),
        ("recommendations/12/", "recommendations/13/", "../13/"),
        ("recommendations/12/", "recommendations/", "../"),
        ("recommendations/", "recommendations/12/", "12/"),
        ("recommendations/12/", "about/#help-complete", "../../about/#help-complete"),
        ("", "about/#help-complete", "about/#help-complete"),
        ("data/", "data/links.csv", "links.csv"),
        ("for/police/", "assets/register.js", "../../assets/register.js"),
    ],
)
def test_one_page_leads_to_another(here: str, there: str, address: str) -> None:
    assert relative(here, there) == address


PARTS = st.lists(st.from_regex(r"[a-z0-9-]{1,8}", fullmatch=True), max_size=4)
PAGES = PARTS.map(lambda parts: "".join(f"{part}/" for part in parts))
FILES = PARTS.filter(bool).map(lambda parts: "/".join(parts))


@given(here=PAGES, there=PAGES | FILES, fragment=st.sampled_from(["", "#part"]))
def test_a_browser_that_follows_a_relative_address_gets_where_it_leads(here: str, there: str, fragment: str) -> None:
    """RFC 3986, section 5.2."""
    assume(not here.startswith(f"{there}/"))  # one name cannot be a file and a folder
    assert urljoin(SITE + here, relative(here, there + fragment)) == SITE + there + fragment


@dataclass(frozen=True)
class Greeting(Presenter):
    """Something to show."""

    template: ClassVar[str] = "greeting.html"

    name: str


def renderer_of(template: str) -> Renderer:
    renderer = Renderer()
    renderer.environment.loader = jinja2.DictLoader({"greeting.html": template})
    return renderer


def test_values_are_escaped_and_blank_lines_and_indentation_go() -> None:
    renderer = renderer_of("<p>\n\n    {{ name }}\n  </p>\n")
    assert renderer.render(Greeting("<b> & {{ 7*7 }}"), "") == "<p>\n&lt;b&gt; &amp; {{ 7*7 }}\n</p>"


def test_addresses_are_relative_to_the_page_that_is_shown() -> None:
    renderer = renderer_of("{{ href(urls.HELP) }}")
    assert renderer.render(Greeting(""), "") == "help/"
    assert renderer.render(Greeting(""), "for/police/") == "../../help/"


def test_a_name_that_is_not_there_stops_the_build() -> None:
    with pytest.raises(jinja2.UndefinedError, match="'nmae' is undefined"):
        renderer_of("{{ nmae }}").render(Greeting(""), "")


def test_filters_capitalize_the_first_letter_only_and_make_telephone_addresses() -> None:
    renderer = renderer_of("{{ name|capitalize_first }} {{ '0800 1111'|tel }}")
    assert renderer.render(Greeting("the NSPCC"), "") == "The NSPCC tel:08001111"
    assert renderer.render(Greeting(""), "") == "tel:08001111"


def test_the_same_renderer_serves_every_page() -> None:
    renderer = renderer_of("{{ name }}")
    assert [renderer.render(Greeting(name), "") for name in "ab"] == ["a", "b"]
