"""A phone loads little before it shows a page: stylesheet and scripts go out without comments, and each first view is counted."""

from pathlib import Path

import pytest

from first_views import MOST, first_views
from projects import ROOT
from register.site import urls
from register.site.small_files import MADE_SMALL, small_files


@pytest.mark.shared_build
def test_every_first_view_is_small(built_sample: Path) -> None:
    views = first_views(built_sample)
    assert max(views.values()) > 10_000  # stylesheet and scripts are counted
    assert {page: size for page, size in views.items() if size > MOST} == {}


@pytest.mark.shared_build
@pytest.mark.parametrize("uri", sorted(MADE_SMALL))
def test_what_browsers_get_has_no_comments_and_is_smaller(built_sample: Path, uri: str) -> None:
    parts = [uri, *(urls.PARTS_OF_SEARCH if uri == urls.SEARCH_SCRIPT else ())]
    source, sent = "".join((ROOT / "theme" / part).read_text() for part in parts), (built_sample / uri).read_text()
    assert sent == dict(small_files(ROOT / "theme"))[uri]
    assert "/*" in source
    assert "/*" not in sent
    assert len(sent) < len(source) * 0.9


@pytest.mark.shared_build
def test_what_the_stylesheet_says_stays(built_sample: Path) -> None:
    sent = (built_sample / urls.STYLES).read_text()
    assert ".line :is(h2,h3,h4){" in sent
    assert "calc(var(--page) + 2 * var(--gap))" in sent
