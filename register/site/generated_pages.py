"""The pages that nobody writes: for each route made from the register its title, description and presenter."""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from register.dates import PartialDate, say
from register.site import urls
from register.site.pages.audience import AudiencePage
from register.site.pages.moved import MovedPage
from register.site.pages.promises import PromisesPage
from register.site.pages.recommendation import RecommendationPage
from register.site.pages.recommendations_with import RecommendationsWithPage
from register.site.pages.views_differ import ViewsDifferPage
from register.site.pages.yearly_report import YearlyReportPage
from register.site.presenter import Presenter
from register.site.urls import Route
from register.state import facets
from register.state.reporting_year import YearlyReport, years
from register.state.snapshot import Snapshot
from register.state.status import Status

# Where the words of generated pages are edited.
REGISTER_SOURCE = "data/recommendations.yml"


@dataclass(frozen=True)
class GeneratedPage:
    """A page made from the register."""

    route: Route
    title: str
    description: str
    present: Callable[[], Presenter]  # what it shows; worked out only when the page is built
    updated: PartialDate | None  # the latest update that it speaks of
    searched: bool = True  # whether the site's search finds it
    edited_in: str = REGISTER_SOURCE
    canonical: str = ""  # where a page that has moved is now, from the site's root

    @property
    def uri(self) -> str:
        """Its place among the Markdown pages, as MkDocs names it: ``recommendations/12.md``."""
        return f"{self.route.path.rstrip('/')}.md"

    @property
    def source(self) -> str:
        """What MkDocs reads in place of a written page: front matter and nothing else."""
        fields: dict[str, object] = {
            "title": self.title,
            "description": self.description,
        }
        if not self.searched:
            fields["search"] = {"exclude": True}
        if self.canonical:
            fields["canonical"] = self.canonical
        # As they are: of a sign beyond U+FFFF JSON's escapes make two halves, which YAML knows nothing of.
        return f"---\n{json.dumps(fields, ensure_ascii=False)}\n---\n"

    @property
    def edit_uri(self) -> str:
        """Where it is edited, from the folder of written pages."""
        return f"../{self.edited_in}"


def generated_pages(snapshot: Snapshot) -> Iterator[GeneratedPage]:
    """Yield every page made from the register, in the order of the route table."""
    make: dict[str, Callable[[Snapshot, Route], GeneratedPage]] = {
        "recommendation": _recommendation,
        "recommendations_with": _recommendations_with,
        "yearly_report": _yearly_report,
        "audience": _audience,
        "promises": _promises,
        "views_differ": _views_differ,
        "moved": _moved,
    }
    for route in urls.pages(snapshot):
        yield make[route.shows](snapshot, route)


def _recommendation(snapshot: Snapshot, route: Route) -> GeneratedPage:
    number, header = int(route.of[0]), snapshot.header
    name = f"{number} of {header.total}"
    return GeneratedPage(
        route,
        f"Recommendation {name}",
        f"What is known about recommendation {name}, and what was decided in {header.partnership.area}.",
        lambda: RecommendationPage.of(snapshot, number),
        _latest([snapshot.statuses[number]]),
    )


def _recommendations_with(snapshot: Snapshot, route: Route) -> GeneratedPage:
    facet, choice = next(
        (facet, choice) for facet, choice in facets.choices(snapshot.header) if (facet.name, choice.id) == route.of
    )
    return GeneratedPage(
        route,
        f"{facet.label}: {choice.label}",
        f"The recommendations found under “{choice.label}” ({facet.label.lower()}), and where each one stands.",
        lambda: RecommendationsWithPage.of(snapshot, facet, choice),
        _latest(status for status in snapshot.statuses.values() if choice.id in facet.ids(status)),
        searched=False,
    )


def _yearly_report(snapshot: Snapshot, route: Route) -> GeneratedPage:
    year = next(year for year in years(snapshot) if year.name == route.of[0])
    report = YearlyReport(snapshot, year)
    return GeneratedPage(
        route,
        f"Yearly report {year.name}",
        f"What changed from {say(year.first)} to {say(report.until)}: what was due, closed, and is still open.",
        lambda: YearlyReportPage.of(snapshot, year),
        max((entry.update.date for one in report.updated for entry in one.entries), default=None),
    )


def _audience(snapshot: Snapshot, route: Route) -> GeneratedPage:
    term = next(term for term in snapshot.header.audiences if term.id == route.of[0])
    return GeneratedPage(
        route,
        f"For your job: {term.label}",
        f"The recommendations that matter to this work: {term.label}. What each one means, and where it stands.",
        lambda: AudiencePage.of(snapshot, term),
        _latest(status for status in snapshot.statuses.values() if term.id in status.record.audiences),
    )


def _promises(snapshot: Snapshot, route: Route) -> GeneratedPage:
    return GeneratedPage(
        route,
        "What was promised, and by when",
        "Every date that was promised for a recommendation: the first one, each move and why, and how late the work is.",
        lambda: PromisesPage.of(snapshot),
        _latest(status for status in snapshot.statuses.values() if status.promised),
    )


def _views_differ(snapshot: Snapshot, route: Route) -> GeneratedPage:
    return GeneratedPage(
        route,
        "Where views differ",
        "The recommendations on which somebody who was asked sees it otherwise than those who decide, side by side.",
        lambda: ViewsDifferPage.of(snapshot),
        _latest(status for status in snapshot.statuses.values() if status.disagreement),
    )


def _moved(snapshot: Snapshot, route: Route) -> GeneratedPage:
    """A page that leads on. No ``meta refresh``: nobody is sent elsewhere without a word (WCAG 2.2.1, 3.2.5)."""
    move = next(move for move in urls.moves(snapshot) if move.old == route.path)
    return GeneratedPage(
        route,
        f"Moved: /{move.old}",
        f"What stood at the address /{move.old} has moved. This page leads on to it.",
        lambda: MovedPage(move, say(PartialDate(move.since).first) if move.since else ""),
        PartialDate(move.since) if move.since else None,
        searched=False,
        edited_in=move.typed_in,
        canonical=move.new.partition("#")[0],
    )


def _latest(statuses: Iterable[Status]) -> PartialDate | None:
    return max((status.last.date for status in statuses if status.last), default=None)
