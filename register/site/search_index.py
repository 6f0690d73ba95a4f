"""What the search of the site reads, the first time that somebody searches: the words of pages, and words that lead to help.

A page is divided into its parts, so that a result leads to the part that was meant: a part begins with a heading that has an
address, or stands in an element that has one, such as a service on the page of help. Between any two blocks of a page stands
a space in the index: what readers see in two places is never read as one word.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from register.model import Contact
from register.site import urls
from register.state.help_lines import contact_line
from register.state.snapshot import Snapshot
from register.state.status import Status
from register.state.wording import recommendation_name

# Elements that stand within a line of text (HTML, 4.5: text-level semantics). Any other one is a place of its own.
_WITHIN_A_LINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "i", "ins", "kbd", "mark", "q", "s", "samp",
     "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr")
)  # fmt: skip
_BEFORE, _BEHIND = "var searchIndex=", ";\n"
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NOT_READ = frozenset(("form", "script", "style", "svg", "template"))


@dataclass(frozen=True)
class SearchedPage:
    """A page whose words are searched."""

    address: str  # from the site's root
    title: str
    html: str  # of its own words, without the frame


@dataclass(frozen=True)
class PagePart:
    """A part of a page."""

    id: str  # "" for the beginning of the page
    title: str
    text: str


def search_index(snapshot: Snapshot, pages: Iterable[SearchedPage]) -> str:
    """Return the file that ``assets/search.js`` reads: a script that gives JSON a name.

    Args:
        snapshot: the register on the day that the site shows.
        pages: those that are searched, in order.
    """
    statuses = {urls.recommendation(number): status for number, status in snapshot.statuses.items()}
    index = {
        "pages": [_page(page, statuses.get(page.address), snapshot) for page in pages],
        "equal": _equal(snapshot),
        "help": _help(snapshot),
        "services": {contact.id: asdict(contact_line(contact, snapshot.as_of)) for contact in _shown(snapshot)},
        "help_page": urls.HELP,
    }
    return as_script(index)


def as_script(index: Mapping[str, Any]) -> str:
    """Return an index as the script that gives it its name."""
    written = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    # In JSON these two may stand in text; in scripts they may since ECMAScript 2019 only.
    return f"{_BEFORE}{written}{_BEHIND}".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def held_in(script: str) -> dict[str, Any]:
    """Return what an index holds, for programs other than a browser: the JSON to which it gives a name."""
    return dict(json.loads(script.removeprefix(_BEFORE).removesuffix(_BEHIND)))


def _page(page: SearchedPage, status: Status | None, snapshot: Snapshot) -> dict[str, Any]:
    parts = [(part.id, part.title, part.text) for part in page_parts(page.html)]
    found: dict[str, Any] = {"at": page.address, "title": page.title, "parts": parts}
    if status:
        response = status.response.label if status.response else snapshot.header.initial.label
        found["number"] = status.record.number
        found["title"] = recommendation_name(status.record)
        found["state"] = f"Response: {response}. Progress: {status.progress_words}."
    return found


def _equal(snapshot: Snapshot) -> list[list[str]]:
    """Words that mean the same: those that were typed, and the partnership's name in short and in full."""
    partnership, typed = snapshot.header.partnership, snapshot.register.search
    return [[partnership.short_name, partnership.name], *(group.words for group in (typed.equal if typed else ()))]


def _help(snapshot: Snapshot) -> list[dict[str, Any]]:
    shown = [contact.id for contact in _shown(snapshot)]
    emergency = [contact.id for contact in _shown(snapshot) if contact.emergency][:1]
    return [
        {
            "words": group.words,
            "say": group.say,
            "services": list(
                dict.fromkeys((emergency if group.danger else []) + [id_ for id_ in group.services if id_ in shown])
            ),
        }
        for group in (snapshot.register.search.help if snapshot.register.search else ())
    ]


def _shown(snapshot: Snapshot) -> Iterator[Contact]:
    return (contact for contact in snapshot.register.contacts if contact.is_shown)


def page_parts(html: str) -> list[PagePart]:
    """Return the parts of a page in order, without those that hold no words.

    What is marked ``data-search-exclude``, or hidden from screen readers, is left out.
    """
    reader = _PartReader()
    reader.read(html)
    return [part for part in map(_tidied, reader.parts) if part.title or part.text]


@dataclass
class _GrowingPart:
    """A part of a page whose title and words are made longer while the page is read."""

    id: str
    title: str = ""
    text: str = ""


def _tidied(part: _GrowingPart) -> PagePart:
    return PagePart(part.id, *(" ".join(text.split()) for text in (part.title, part.text)))


@dataclass
class _OpenElement:
    """An element that is being read."""

    part: _GrowingPart  # the one that goes on when the element ends
    titles: bool  # whether its words are the title of a part


class _PartReader:
    """Reads the HTML of a page into its parts."""

    def __init__(self) -> None:
        self.parts = [_GrowingPart("")]
        self._open = [_OpenElement(self.parts[0], titles=False)]
        self._part = self.parts[0]

    def read(self, html: str) -> None:
        """Read all words of a page."""
        steps = etree.iterwalk(lxml_html.document_fromstring(f"<body>{html}"), ("start", "end", "comment", "pi"))
        for step, element in steps:
            if step == "start":
                self._begin(element)
                if _is_left_out(element):
                    steps.skip_subtree()
                else:
                    self._add(element.text)
            else:
                if step == "end":
                    self._end(element)
                self._add(element.tail)

    def _begin(self, element: lxml_html.HtmlElement) -> None:
        self._separate(element.tag)
        opened = _OpenElement(self._part, self._open[-1].titles)
        if element.tag in _HEADINGS and not _is_left_out(element):
            self._begin_part(element, opened)
        self._open.append(opened)

    def _begin_part(self, heading: lxml_html.HtmlElement, opened: _OpenElement) -> None:
        """Let a heading begin a part, if it has an address or is the first thing in an element that has one."""
        around = heading.getparent()
        id_ = heading.get("id") or ("" if around.tag in _HEADINGS else around.get("id", ""))
        first = len(self.parts) == 1 and not self._part.title.strip() and heading.tag == "h1"
        if id_ and not first:
            self._part = opened.part = _GrowingPart(id_)
            self.parts.append(self._part)
        opened.titles = bool(id_) or first

    def _end(self, element: lxml_html.HtmlElement) -> None:
        self._separate(element.tag)
        self._part = self._open.pop().part

    def _add(self, words: str | None) -> None:
        if self._open[-1].titles:
            self._part.title += words or ""
        else:
            self._part.text += words or ""

    def _separate(self, tag: str) -> None:
        if tag not in _WITHIN_A_LINE:
            self._part.title += " "
            self._part.text += " "


def _is_left_out(element: lxml_html.HtmlElement) -> bool:
    given = element.attrib
    return element.tag in _NOT_READ or "data-search-exclude" in given or given.get("aria-hidden") == "true"
