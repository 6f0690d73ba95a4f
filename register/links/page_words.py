"""By which words a page could be known: chosen of its title, its main headings and its owner's name. Pages in, words out.

The words are a stranger's until a person has accepted them; they are cleaned here, where they enter. What the verdict of the
link check would not find on the same page is never among them.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from pydantic import ValidationError

from register.characters import from_outside
from register.links.fetched_page import FetchedPage, comparable
from register.links.verdict import Answer, Received, Target
from register.model import LONGEST_TITLE, Expectation

_LONGEST = min(LONGEST_TITLE, 120)  # characters of one phrase: longer ones change too easily
_FEWEST_LETTERS = 8
# What parts a page's own name from its site's in a title.
_BETWEEN_PARTS = re.compile(r"\s*[|·»•]\s*|\s+[-–—:/]+\s+")
# Words that any page may show, so that an impostor may show them, too.
_ANY_PAGE = re.compile(
    r"(welcome( to( (our|the|this) )?(web ?site|site|home ?page)?)?|home( ?page)?|untitled( document| page)?|index|main page|start page|"
    r"page|document|news|latest news|about( us)?|contact( us)?|search( results)?|menu|services|a-z( of services)?|information|"
    r"cookies?( (policy|settings|preferences|notice|consent))?|privacy( (policy|notice|settings|preferences))?|"
    r"terms( (and|&) conditions)?|accessibility( statement)?|skip to (main )?content|javascript( is)?( (required|disabled))?|"
    r"(please )?(wait|loading)|coming soon|under construction|new tab|maintenance|(web ?site )?(is )?(currently )?down for maintenance)"
    r"[.!… ]*"
)
# Titles and headings of pages that stand before or in place of the page: what they show says nothing of it.
_NOT_THE_PAGE = re.compile(
    r"before you continue|we (value|respect|care about) your privacy|(your|our use of) cookies|cookie (consent|wall|preferences)|"
    r"(accept|manage|use of) cookies|this (web ?site|site) uses cookies|consent (is )?(needed|required)|your privacy choices|privacy settings|"
    r"^(sign|log) ?[io]n\b|\b(sign|log) ?in$|^(an )?error\b|\berror$|^(5|4)\d\d\b|went wrong|service unavailable|temporarily unavailable|"
    r"not available|^(sorry|oops)\b|forbidden|unauthori[sz]ed|(under|down for|scheduled|site) maintenance|(this|your|buy|parked) domain|"
    r"web hosting|\bnot found\b|verify you|enable javascript"
)


class Known(NamedTuple):
    """What data/links.yml says of a page."""

    name: str
    owner: str


class PageWords(NamedTuple):
    """What a page shows of itself."""

    title: str  # cleaned
    phrases: list[str]  # by which it could be known, at most two; none if ``unfit``
    unfit: str  # the title or heading that shows that it is another page in the page's place; "" if none does


def read_words(known: Mapping[str, Known], target: Target, received: Received, answer: Answer) -> PageWords:
    """Return by which words an answer's page could be known.

    Args:
        known: what data/links.yml says of each page, by the address that is asked.
        target: the page.
        received: the answer as it was sent; not needed.
        answer: the same, read as a page.
    """
    page = answer.page
    title = from_outside(page.title, _LONGEST)
    if unfit := next((words for words in page.titles if _NOT_THE_PAGE.search(words)), ""):
        return PageWords(title, [], from_outside(unfit, _LONGEST))
    return PageWords(title, _phrases(page, known[target.url]), "")


def _phrases(page: FetchedPage, known: Known) -> list[str]:
    """The page's own name, and its owner's or else its site's; the second only if it is not within the first."""
    parts = [*_title_parts(page.title)]
    own = [words for words in (*_said_twice(page, parts), *page.headings, *parts) if _is_telling(words, page, known)]
    chosen = own[:1]
    for words in (known.owner, *(parts[-1:] if len(parts) > 1 else [])):
        if chosen and _is_telling(words, page, known) and comparable(words) not in comparable(chosen[0]):
            return [*chosen, words]
    return chosen


def _title_parts(title: str) -> Iterator[str]:
    yield from (part.strip() for part in _BETWEEN_PARTS.split(title) if part.strip())


def _said_twice(page: FetchedPage, parts: list[str]) -> Iterator[str]:
    """Headings that are a part of the title, too: nothing names a page more surely."""
    of_title = {comparable(part) for part in parts}
    yield from (heading for heading in page.headings if comparable(heading) in of_title)


def _is_telling(words: str, page: FetchedPage, known: Known) -> bool:
    """Whether words can be expected: the model takes them, the page shows them, and not any page would."""
    if words != from_outside(words, _LONGEST) or page.missing([words]):
        return False
    try:
        Expectation.model_validate({"phrases": [words]})
    except ValidationError:
        return False
    held = comparable(words)
    if _ANY_PAGE.fullmatch(held):
        return False
    letters = sum(sign.isalpha() for sign in held)
    of_the_entry = letters > 2 and re.search(rf"\b{re.escape(held)}\b", comparable(f"{known.name} {known.owner}"))
    return bool(of_the_entry) or (letters >= _FEWEST_LETTERS and " " in held)
