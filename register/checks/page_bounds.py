"""What a written page may not exceed, so that every page is read in a moment: size, lines, levels, macro calls.

Python-Markdown and html5lib take time that grows with the square of some pages' size. What they are given is bounded
here, and what is left is ended by the clock.
"""

import re
from collections.abc import Iterator
from itertools import islice

from register.checks.unclosed_tags import VOID
from register.problems import Problem
from register.site.macro_calls import MacroCall, macro_calls

LONGEST_LINE = 10_000  # signs: twice the longest text in data/; the longest line of a real page has 132
DEEPEST_HTML = 100  # elements open inside one another; the real pages have no tag
MOST_TAGS = 2_000  # HTML tags of one page: the checks of a built page take longer with each that is open
MOST_HEADINGS = 500  # of one page: menus and search list them all; the longest real one has 16
MOST_CALLS = 200  # macro calls of one page; the most in a real one is 15
SECONDS = 2.0  # of the processor's time, for what a real page needs some hundredths of a second
SECONDS_FOR_ALL = 4.0  # the same for all pages together

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
# As Markdown writes them, in both of its ways, or HTML.
_HEADING = re.compile(r"(?m)^ {0,3}#|^=+[ \t]*$|^-+[ \t]*$|<[hH][1-6]\b")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
# Elements without an end, and those whose end a browser knows by itself (HTML, 13.1.2).
_NOT_OPEN = VOID | {"p", "li", "dt", "dd", "tr", "td", "th", "option"}
_SLOW = re.compile(r"[\[\](){}<>&*_`\\!]")


def check_bounds(body: str, name: str) -> Iterator[Problem]:
    """Yield where a page exceeds what may stand in one, at the line.

    Args:
        body: the page without its front matter, its lines in their places.
        name: the page's file, as messages show it.
    """
    for number, line in enumerate(body.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            what, to_do = f"the line has {len(line)} signs", f"the most is {LONGEST_LINE}: begin a new one at a space"
            yield Problem(name, number, "", what, to_do, "long-line")
        if _CONTROL.search(line):
            what, to_do = "an invisible control character stands on this line", "type the line again"
            yield Problem(name, number, "", what, to_do, "control-character")
    yield from _depth(body, name)
    for tag in islice(_TAG.finditer(body), MOST_TAGS, MOST_TAGS + 1):
        what, to_do = f"the page has more than {MOST_TAGS:,} HTML tags", "make two pages of it"
        yield Problem(name, body.count("\n", 0, tag.start()) + 1, "", what, to_do, "many-tags")
    headings = list(islice(_HEADING.finditer(body), MOST_HEADINGS + 1))
    for heading in headings[MOST_HEADINGS:]:
        what, to_do = f"the page has more than {MOST_HEADINGS} headings", "make two pages of it"
        yield Problem(name, body.count("\n", 0, heading.start()) + 1, "", what, to_do, "many-headings")
    calls = [call for call in macro_calls(body, name) if isinstance(call, MacroCall)]
    for call in calls[MOST_CALLS : MOST_CALLS + 1]:
        what, to_do = f"the page has {len(calls)} macro calls", f"the most is {MOST_CALLS}: make two pages of it"
        yield Problem(name, call.line_in(body), "", what, to_do, "many-macros")


def _depth(body: str, name: str) -> Iterator[Problem]:
    """The first place at which too many elements are open."""
    open_now = 0
    for tag in _TAG.finditer(body):
        if tag[2].lower() in _NOT_OPEN:
            continue
        open_now = max(0, open_now + (-1 if tag[1] else 1))
        if open_now > DEEPEST_HTML:
            what, to_do = (
                f"more than {DEEPEST_HTML} elements are open inside one another",
                "close them, or take them out",
            )
            yield Problem(name, body.count("\n", 0, tag.start()) + 1, "", what, to_do, "deep-html")
            return


def too_slow(body: str, name: str) -> Problem:
    """Return the problem of a page that is not read within ``SECONDS``, at the line that most likely holds things up."""
    lines = body.split("\n")
    line = max(range(len(lines)), key=lambda number: len(_SLOW.findall(lines[number])))
    what = f"the page is not read within {SECONDS:.0f} seconds: it has too many signs such as [ < * or `, most of them here"
    return Problem(name, line + 1, "", what, "take them out", "slow-page")


def time_used_up(name: str) -> Problem:
    """Return the problem of the page with which the time for all pages is over."""
    what = "with this page all the time is used up that there is to read pages"
    return Problem(name, 1, "", what, "make pages shorter: those after this one were not read", "unread-page")


def too_many_levels(line: int, name: str) -> Problem:
    """Return the problem of lists, quotes or emphasis that stand too deep inside one another."""
    return Problem(name, line, "", "too many levels inside one another", "take some out", "deep-page")
