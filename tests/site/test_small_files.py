"""A phone loads little before it shows a page: stylesheet and scripts go out without comments, and each first view is counted."""

import gzip
from pathlib import Path

import pytest
from lxml import html

from projects import ROOT
from register.site import urls
from register.site.small_files import MADE_SMALL, small_files

MOST = 20_000  # bytes, compressed: a page with its stylesheet and every script that it names
# For editors: every rule and every field in one place.
REFERENCE, MOST_OF_REFERENCE = "checked", 24_000


def first_view(site: Path, page: Path) -> int:
    """The compressed bytes of a page and of what it loads at once."""
    root = html.parse(str(page)).getroot()
    named = root.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script[@src]/@src")
    parts = [page, *{(page.parent / address).resolve() for address in named if not address.startswith("/")}]
    return sum(len(gzip.compress(part.read_bytes(), 9)) for part in parts)


@pytest.mark.shared_build
def test_every_first_view_is_small(built_sample: Path) -> None:
    views = {page: first_view(built_sample, page) for page in built_sample.rglob("index.html")}
    assert max(views.values()) > 10_000  # stylesheet and scripts are counted
    most = {page: MOST_OF_REFERENCE if page.parent.name == REFERENCE else MOST for page in views}
    assert {str(page): size for page, size in views.items() if size > most[page]} == {}


@pytest.mark.shared_build
@pytest.mark.parametrize("uri", sorted(MADE_SMALL))
def test_what_browsers_get_has_no_comments_and_is_smaller(built_sample: Path, uri: str) -> None:
    source, sent = (ROOT / "theme" / uri).read_text(), (built_sample / uri).read_text()
    assert sent == dict(small_files(ROOT / "theme"))[uri]
    assert "/*" in source
    assert "/*" not in sent
    assert len(sent) < len(source) * 0.9


@pytest.mark.shared_build
def test_what_the_stylesheet_says_stays(built_sample: Path) -> None:
    sent = (built_sample / urls.STYLES).read_text()
    assert ".line :is(h2,h3,h4){" in sent
    assert "calc(var(--page) + 2 * var(--gap))" in sent
