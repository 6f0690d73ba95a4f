"""What the search of the site reads, the first time that somebody searches: the words of pages, and words that lead to help.

A page is divided into its parts, so that a result leads to the part that was meant: a part begins with a heading that has an
address, or stands in an element that has one, such as a service on the page of help. Between any two blocks of a page stands
a space in the index: what readers see in two places is never read as one word.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from typing import Any

from register.checks.unclosed_tags import VOID
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
    reader.feed(html)
    reader.close()
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
    """An element whose end has not come yet."""

    tag: str
    part: _GrowingPart  # the one that goes on when the element ends
    id: str
    heading: bool = False  # whether it is the title of a part
    left_out: bool = False


@dataclass
class _PartReader(HTMLParser):
    """Reads the HTML of a page into its parts."""

    parts: list[_GrowingPart] = field(default_factory=lambda: [_GrowingPart("")])
    open: list[_OpenElement] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self.part = self.parts[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._separate(tag)
        if tag in VOID:
            return
        given = dict(attrs)
        element = _OpenElement(tag, self.part, given.get("id") or "")
        element.left_out = tag in _NOT_READ or "data-search-exclude" in given or given.get("aria-hidden") == "true"
        if tag in _HEADINGS:
            self._begin_part(element)
        self.open.append(element)

    def _begin_part(self, heading: _OpenElement) -> None:
        """Let a heading begin a part, if it has an address or is the first thing in an element that has one."""
        around = self.open[-1].id if self.open and self.open[-1].tag not in _HEADINGS else ""
        id_ = heading.id or around
        first = len(self.parts) == 1 and not self.part.title.strip() and heading.tag == "h1"
        if id_ and not first and not any(element.left_out for element in self.open):
            self.part = heading.part = _GrowingPart(id_)
            self.parts.append(self.part)
        heading.heading = bool(id_) or first

    def handle_endtag(self, tag: str) -> None:
        self._separate(tag)
        places = [place for place, element in enumerate(self.open) if element.tag == tag]
        if places:
            self.part = self.open[places[-1]].part
            del self.open[places[-1] :]

    def handle_data(self, data: str) -> None:
        if any(element.left_out for element in self.open):
            return
        if any(element.heading for element in self.open):
            self.part.title += data
        else:
            self.part.text += data

    def _separate(self, tag: str) -> None:
        if tag not in _WITHIN_A_LINE:
            self.part.title += " "
            self.part.text += " "
