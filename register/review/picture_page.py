"""A page for reviewers that needs no site and no server: what a change does in words, and pages before and after in pictures."""

from collections.abc import Sequence
from pathlib import Path

import jinja2

from register.review.pictures import PagePictures
from register.review.reporters import sections
from register.review.review import Review

_TEMPLATE = Path(__file__).parent / "picture_page.html"


def picture_page(review: Review, pages: Sequence[PagePictures], more: str = "", note: str = "") -> str:
    """Return the page's HTML. Whatever the change holds stands there as words.

    Args:
        review: what the change does.
        pages: pages with their pictures, which stand beside the page in ``pictures/``.
        more: which pages differ besides, as a sentence.
        note: why there are no pictures, or not all, as a sentence.
    """
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(_TEMPLATE.read_text(encoding="utf-8"))
    return template.render(since=review.since, sections=list(sections(review)), pages=pages, more=more, note=note)
