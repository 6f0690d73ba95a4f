"""The pages that nobody writes: their addresses, their titles and the one noun that each of them shows.

Titles go through MkDocs and its macros plugin, which reads templates, so template signs are taken apart in them.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from register import facets, yearly
from register.dates import PartialDate, say
from register.fold import Standing
from register.views import Snapshot


@dataclass(frozen=True)
class GeneratedPage:
    """A page made from the register."""

    uri: str  # its place among the Markdown pages: "recommendations/12.md"
    title: str
    description: str
    noun: str  # what it shows, as in a page that is written: "recommendation"
    arguments: tuple[int | str, ...]  # … and of what: (12,)
    updated: PartialDate | None  # the latest update that it tells of
    searched: bool = True  # whether the site's search finds it

    @property
    def front_matter(self) -> dict:
        """The fields that a written page has between its two ``---`` lines."""
        fields = {"title": _plain(self.title), "description": _plain(self.description), "render_macros": False}
        return fields if self.searched else {**fields, "search": {"exclude": True}}


def _plain(text: str) -> str:
    """Text that a template leaves as it is: MkDocs' macros plugin reads titles as templates."""
    return re.sub(r"(?<=[{}%#])(?=[{}%#])", " ", text)


def generated_pages(snapshot: Snapshot) -> Iterator[GeneratedPage]:
    """Yield every page made from the register. Their addresses depend on ids and numbers only, and stay for ever."""
    yield from _recommendations(snapshot)
    yield from _lists(snapshot)
    yield from _years(snapshot)
    yield from _audiences(snapshot)


def _recommendations(snapshot: Snapshot) -> Iterator[GeneratedPage]:
    total, area = snapshot.register.header.total, snapshot.register.header.partnership.area
    for number, standing in snapshot.standings.items():
        yield GeneratedPage(
            f"recommendations/{number}.md",
            f"Recommendation {number} of {total}",
            f"What is known about recommendation {number} of {total}, and what was decided in {area}.",
            "recommendation",
            (number,),
            _latest([standing]),
        )


def _lists(snapshot: Snapshot) -> Iterator[GeneratedPage]:
    for facet, choice, address in facets.addresses(snapshot.register.header):
        standings = snapshot.standings.values()
        yield GeneratedPage(
            f"{address.rstrip('/')}.md",
            f"{facet.label}: {choice.label}",
            f"The recommendations found under “{choice.label}” ({facet.label.lower()}), and where each one stands.",
            "recommendations_with",
            (facet.name, choice.id),
            _latest(standing for standing in standings if choice.id in facet.held(standing)),
            searched=False,
        )


def _years(snapshot: Snapshot) -> Iterator[GeneratedPage]:
    for year in yearly.years(snapshot):
        report = yearly.Report(snapshot, year)
        yield GeneratedPage(
            f"changes/{year.name}.md",
            f"Yearly report {year.name}",
            f"What changed from {say(year.first)} to {say(report.until)}: what was due, closed, and is still open.",
            "yearly_report",
            (year.name,),
            max((entry.update.date for one in report.updated for entry in one.entries), default=None),
        )


def _audiences(snapshot: Snapshot) -> Iterator[GeneratedPage]:
    for term in snapshot.register.header.audiences:
        standings = snapshot.standings.values()
        yield GeneratedPage(
            f"for/{term.id}.md",
            f"What this means for your work: {term.label}",
            f"The recommendations that matter to this work: {term.label}. What each one means, and where it stands.",
            "audience",
            (term.id,),
            _latest(standing for standing in standings if term.id in standing.record.audiences),
        )


def _latest(standings: Iterable[Standing]) -> PartialDate | None:
    return max((standing.last.date for standing in standings if standing.last), default=None)
