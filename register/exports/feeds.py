"""Feeds of what has happened (Atom, RFC 4287): of everything, of each recommendation, of each audience.

An entry has the same id in every build. In each feed it has another: readers such as newsboat keep one entry for each id, so
that somebody who follows two feeds would find it in one of them only. An entry is as new as the day on which it was put into the
register: an old event that is put in today is news today, and so is one that was edited or withdrawn. It says in words when
it happened. A public event of which that day is not known stands at its own date.
"""

import datetime
import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar
from xml.etree import ElementTree

from register.characters import usable
from register.dates import PartialDate, midnight
from register.exports.identifiers import urn
from register.exports.published import Published
from register.model import Milestone, Update
from register.site import urls
from register.site.presenter import Presenter
from register.site.render import Renderer
from register.site.urls import Route
from register.state.change_sentences import change_sentences
from register.state.offered_link import OfferedLink
from register.state.permanent_keys import milestone_keys, update_keys
from register.state.status import HistoryEntry, Status

_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True)
class FeedEntry:
    """An update or a milestone as an entry of a feed."""

    of: tuple[str, str]  # what its permanent id is made from: ("update", "3/2025-07-01/partnership")
    published: PartialDate  # when it was put into the register, as far as that is known
    updated: PartialDate  # when it was last put in, edited or withdrawn
    title: str
    author: str
    html: str
    page: str  # the place that shows it, from the site's root


@dataclass(frozen=True)
class Feed:
    """A feed before it is written."""

    route: Route
    title: str  # what a reader's list of feeds shows
    page: str  # the page that shows the same, from the site's root
    entries: Sequence[FeedEntry]  # as they were recorded: what happened on one day stands in the order of the files


@dataclass(frozen=True)
class EntryContent(Presenter):
    """The HTML of one entry."""

    template: ClassVar[str] = "feed_entry.html"

    changed: list[str]  # in sentences
    text: str
    reason: str | None
    sources: list[OfferedLink]
    said_by: str  # when and by whom; empty for a milestone


def feeds(published: Published, renderer: Renderer) -> dict[str, bytes]:
    """Return every feed, by its path from the site's root."""
    return {feed.route.path: atom(published, feed) for feed in _feeds(published, renderer)}


def _feeds(published: Published, renderer: Renderer) -> Iterator[Feed]:
    header, statuses = published.header, published.snapshot.statuses
    updates = {number: _updates(published, status, renderer) for number, status in statuses.items()}
    everything = [*_milestones(published, renderer), *(entry for entries in updates.values() for entry in entries)]
    yield _feed(published, urls.UPDATES_FEED, header.title, urls.CHANGES, everything)
    for number, entries in updates.items():
        title = f"Recommendation {number} of {header.total}: {header.inquiry.name}"
        yield _feed(published, urls.recommendation_feed(number), title, urls.recommendation(number), entries)
    of_audience: dict[str, Feed] = {}
    for audience in header.audiences:
        matter = [
            entry for number in updates if audience.id in statuses[number].record.audiences for entry in updates[number]
        ]
        title = f"{audience.label}: {header.title}"
        feed = _feed(published, urls.audience_feed(audience.id), title, urls.audience(audience.id), matter)
        of_audience[feed.route.path] = feed
        yield feed
    for was, now in urls.former_feeds(header):  # subscribers get what is new at the address they know
        feed = of_audience[now.path]
        yield _feed(published, was, feed.title, feed.page, feed.entries)


def _feed(published: Published, route: Route, title: str, page: str, entries: Sequence[FeedEntry]) -> Feed:
    return Feed(route, title, page, entries)


def _updates(published: Published, status: Status, renderer: Renderer) -> list[FeedEntry]:
    """The updates of a recommendation as entries, oldest first."""
    keys = update_keys(status.record.number, (entry.update for entry in status.history))
    return [
        _update(published, renderer, status.record.number, key, entry, changed)
        for key, entry, changed in zip(keys, status.history, change_sentences(status), strict=True)
    ]


def _update(
    published: Published, renderer: Renderer, number: int, key: str, entry: HistoryEntry, changed: list[str]
) -> FeedEntry:
    update, voice = entry.update, entry.voice.label
    said_by = f"{update.date}, said by {voice}."
    sources = published.snapshot.cited(update.evidence)
    return FeedEntry(
        of=("update", key),
        published=update.recorded,
        updated=_last_changed(update),
        title=_title(f"Recommendation {number}, {voice}", " ".join(changed) or _beginning(update.note)),
        author=voice,
        html=str(renderer.render(EntryContent(changed, update.note, update.reason, sources, said_by), "")),
        page=urls.update(number, key),
    )


def _last_changed(update: Update) -> PartialDate:
    """When readers last had something new to see in an update."""
    changes = [update.edited.on if update.edited else None, update.withdrawn.on if update.withdrawn else None]
    return max([update.recorded, *(day for day in changes if day)])


def _milestones(published: Published, renderer: Renderer) -> list[FeedEntry]:
    milestones = published.register.timeline
    keys = milestone_keys(milestones)
    return [_milestone(published, renderer, key, held) for key, held in zip(keys, milestones, strict=True)]


def _milestone(published: Published, renderer: Renderer, key: str, milestone: Milestone) -> FeedEntry:
    sources = published.snapshot.cited(milestone.sources)
    return FeedEntry(
        of=("milestone", key),
        published=milestone.recorded or milestone.date,
        updated=milestone.recorded or milestone.date,
        title=_title(milestone.place, _beginning(milestone.text)),
        author=published.header.partnership.name,
        html=str(renderer.render(EntryContent([], milestone.text, None, sources, ""), "")),
        page=urls.milestone(key),
    )


def _title(subject: str, what: str) -> str:
    return f"{subject}: {what.removesuffix('.')}"


def _beginning(text: str) -> str:
    """As much of a text as fits in a title."""
    return textwrap.shorten(text, 100, placeholder=" …")


def atom(published: Published, feed: Feed) -> bytes:
    """Return a feed as an Atom document, newest entry first."""
    newest = sorted(feed.entries, key=lambda entry: entry.updated)
    newest.reverse()  # not sort(reverse=True), which would leave what happened on one day oldest first
    root = ElementTree.Element("feed", {"xmlns": _ATOM, "xml:lang": "en-GB"})
    _add(root, "id", urn(published.header, *urls.feed_name(feed.route)))
    _add(root, "title", feed.title)
    _add(root, "subtitle", published.about_in_words)
    moments = _moments(newest)
    # Nothing has happened since the inquiry's report that an empty feed could hold, so it is as old as the report.
    _add(root, "updated", moments[0] if newest else _moment(published.header.inquiry.published))
    _add(_add(root, "author"), "name", published.header.partnership.name)
    _add(root, "link", rel="self", type=feed.route.media, href=published.address(feed.route.path))
    _add(root, "link", rel="alternate", type=urls.HTML, href=published.address(feed.page))
    _add(root, "rights", published.licence_in_words)
    for entry, moment in zip(newest, moments, strict=True):
        _add_entry(root, published, feed.route, entry, moment)
    ElementTree.indent(root)
    content: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _moments(newest: Sequence[FeedEntry]) -> list[str]:
    """When each entry was updated: of one day each later one a second later, for many readers sort by nothing else.

    Two entries of the same moment are also what the W3C's validator of feeds warns of.
    """
    seen: Counter[datetime.date] = Counter()
    moments = []
    for entry in reversed(newest):
        moments.append(_moment(entry.updated, seen[entry.updated.first]))
        seen[entry.updated.first] += 1
    return moments[::-1]


def _add_entry(root: ElementTree.Element, published: Published, feed: Route, entry: FeedEntry, moment: str) -> None:
    element = _add(root, "entry")
    within = () if feed == urls.UPDATES_FEED else urls.feed_name(feed)
    _add(element, "id", urn(published.header, *within, *entry.of))
    _add(element, "title", entry.title)
    _add(element, "published", _moment(entry.published))
    _add(element, "updated", moment)
    _add(_add(element, "author"), "name", entry.author)
    _add(element, "link", rel="alternate", type=urls.HTML, href=published.address(entry.page))
    _add(element, "content", entry.html, type="html")


def _moment(date: PartialDate, seconds: int = 0) -> str:
    """The first moment that a date can mean (RFC 3339), or some seconds after it."""
    return f"{(midnight(date.first) + datetime.timedelta(seconds=seconds)).isoformat()}Z"


def _add(parent: ElementTree.Element, tag: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    """Add an element, and return it; its text is cleaned of what XML cannot hold."""
    element = ElementTree.SubElement(parent, tag, attributes)
    element.text = None if text is None else usable(text)
    return element
