"""Feeds of what has happened (Atom, RFC 4287): of everything, of each recommendation, of each audience.

The same entry has the same id in every feed and every build. Atom wants a moment for
each entry; where a date is known only to the month or year, its first possible moment
stands there, as everywhere in the register, and the entry says in words what is known.
"""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar
from xml.etree import ElementTree

from register.dates import PartialDate
from register.exports.identifiers import milestone_keys, update_keys, urn
from register.exports.published import Published
from register.site import urls
from register.site.presenter import Presenter
from register.site.render import Renderer
from register.site.urls import Route
from register.state.change_sentences import change_sentences
from register.state.offered_link import OfferedLink
from register.state.status import HistoryEntry, Status

_ATOM = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, section 2.2


@dataclass(frozen=True)
class FeedEntry:
    """Something that happened, as a feed tells it."""

    name: str
    date: PartialDate
    title: str
    who: str
    html: str
    page: str  # from the site's root
    number: int | None = None


def feeds(published: Published, renderer: Renderer) -> dict[str, bytes]:
    """Return every feed, by its path from the site's root."""
    updates = _updates(published, renderer)
    milestones = _milestones(published, renderer)
    everything = [entry for entries in updates.values() for entry in entries]
    header = published.header
    files = {}

    def write(route: Route, name: str, title: str, entries: Iterable[FeedEntry], page: str) -> None:
        files[route.path] = feed(published, urn(header, "feed", name), title, list(entries), page, route.path)

    write(urls.UPDATES_FEED, "updates", header.title, [*milestones, *everything], urls.CHANGES)
    for number, entries in updates.items():
        title = f"Recommendation {number} of {header.total}: {header.inquiry.name}"
        route = urls.recommendation_feed(number)
        write(route, f"recommendation/{number}", title, entries, urls.recommendation(number))
    for audience in header.audiences:
        told_of = {n for n, s in published.snapshot.statuses.items() if audience.id in s.record.audiences}
        entries = [entry for entry in everything if entry.number in told_of]
        title = f"{audience.label}: {header.title}"
        write(urls.audience_feed(audience.id), f"audience/{audience.id}", title, entries, urls.audience(audience.id))
    return files


def _updates(published: Published, renderer: Renderer) -> dict[int, list[FeedEntry]]:
    """The updates of each recommendation as entries, oldest first."""
    return {n: _of(published, status, renderer) for n, status in published.snapshot.statuses.items()}


def _of(published: Published, status: Status, renderer: Renderer) -> list[FeedEntry]:
    number = status.record.number
    keys = update_keys(number, (entry.update for entry in status.entries))
    return [
        FeedEntry(
            name=urn(published.header, "update", key),
            date=entry.update.date,
            title=_title(f"Recommendation {number}, {entry.voice.label}", changed, entry.update.note),
            who=entry.voice.label,
            html=_html(published, renderer, entry.update.note, changed, entry.update.evidence, entry),
            page=urls.recommendation(number),
            number=number,
        )
        for key, entry, changed in zip(keys, status.entries, change_sentences(status), strict=True)
    ]


def _milestones(published: Published, renderer: Renderer) -> list[FeedEntry]:
    milestones = published.register.timeline
    return [
        FeedEntry(
            name=urn(published.header, "milestone", key),
            date=milestone.date,
            title=_title(milestone.place, [], milestone.text),
            who=published.header.partnership.name,
            html=_html(published, renderer, milestone.text, [], milestone.sources, None),
            page=urls.CHANGES,
        )
        for key, milestone in zip(milestone_keys(milestones), milestones, strict=True)
    ]


def _title(of: str, changed: list[str], text: str) -> str:
    """A line that says what happened: what changed, or the beginning of what was said."""
    said = " ".join(changed) or textwrap.shorten(text, 100, placeholder=" …")
    return f"{of}: {said.removesuffix('.')}"


@dataclass(frozen=True)
class EntryContent(Presenter):
    """What one entry of a feed says."""

    template: ClassVar[str] = "feed_entry.html"

    changed: list[str]
    text: str
    reason: str | None
    sources: list[OfferedLink]
    said: str


def _html(
    published: Published,
    renderer: Renderer,
    text: str,
    changed: list[str],
    cited: list[str],
    entry: HistoryEntry | None,
) -> str:
    said = f"{entry.update.date}, said by {entry.voice.label}." if entry else ""
    reason = entry.update.reason if entry else None
    return str(renderer.render(EntryContent(changed, text, reason, published.snapshot.cited(cited), said), ""))


def feed(published: Published, name: str, title: str, entries: list[FeedEntry], page: str, path: str) -> bytes:
    """Return a feed as Atom, newest entry first.

    Args:
        published: the register.
        name: the feed's permanent id, a URN.
        title: what a reader's list of feeds shows.
        entries: what happened, in order as it was recorded.
        page: the page that shows the same, from the site's root.
        path: the feed's own place, from the site's root.
    """
    newest = sorted(entries, key=lambda entry: entry.date)
    newest.reverse()  # not sort(reverse=True), which would leave what happened on one day oldest first
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en-GB"})
    _add(root, "id", name)
    _add(root, "title", title)
    _add(root, "subtitle", published.about_in_words)
    # A feed without entries is as old as the report: nothing has happened since that it could tell.
    _add(root, "updated", _moment(newest[0].date if newest else published.header.inquiry.published))
    _add(_add(root, "author"), "name", published.header.partnership.name)
    _add(root, "link", rel="self", type=urls.ATOM, href=published.address(path))
    _add(root, "link", rel="alternate", type="text/html", href=published.address(page))
    _add(root, "rights", published.licence_in_words)
    for entry in newest:
        _entry(_add(root, "entry"), published, entry)
    ElementTree.indent(root)
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _entry(element: ElementTree.Element, published: Published, entry: FeedEntry) -> None:
    _add(element, "id", entry.name)
    _add(element, "title", entry.title)
    _add(element, "updated", _moment(entry.date))
    _add(_add(element, "author"), "name", entry.who)
    _add(element, "link", rel="alternate", type="text/html", href=published.address(entry.page))
    _add(element, "content", entry.html, type="html")


def _moment(date: PartialDate) -> str:
    """The first moment that a date can mean (RFC 3339)."""
    return f"{date.first.isoformat()}T00:00:00Z"


def _add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    """Add an element; what XML has no way to write becomes ``\ufffd``."""
    element = ElementTree.SubElement(parent, tag, attributes)
    element.text = _NOT_XML.sub("\ufffd", text) if text is not None else None
    return element
