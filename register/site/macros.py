"""The macros that an editor can use in a page: ``{{ totals() }}``, ``{{ link("get-safe") }}``.

A macro takes simple arguments and gives the presenter of what stands there. A wrong
argument raises ``WrongArgument`` with the words that an editor needs. The same macros
serve the check of the pages and the build, so both say the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from register.exports.database import answers
from register.exports.dataset import dataset
from register.exports.published import Published
from register.load.rules import vocabularies
from register.problems import InputError, nearest, nearest_id
from register.site.pages import contacts as contacts_page
from register.site.pages import name as name_page
from register.site.pages import statement as statement_page
from register.site.pages.audience import AudiencePage
from register.site.pages.audiences import AudiencesPage
from register.site.pages.changes import ChangesPage
from register.site.pages.contacts import ContactsPage, HelpLinesPage
from register.site.pages.crossing import CrossingPage
from register.site.pages.crosswalk import CrosswalkPage
from register.site.pages.downloads import DownloadsPage, ShownAnswer
from register.site.pages.email import EmailPage
from register.site.pages.fields import FieldsPage
from register.site.pages.find import FindPage
from register.site.pages.glance import GlancePage
from register.site.pages.grades import GradesPage
from register.site.pages.guards import GuardsPage
from register.site.pages.initial import InitialPage
from register.site.pages.language import LanguagePage
from register.site.pages.licence import LicencePage
from register.site.pages.link import LinkPage
from register.site.pages.name import NamePage
from register.site.pages.progress_by_year import ProgressByYearPage
from register.site.pages.recommendation import RecommendationPage
from register.site.pages.recommendations import RecommendationsPage
from register.site.pages.recommendations_with import RecommendationsWithPage
from register.site.pages.reported_result import ReportedResultPage
from register.site.pages.rules import RulesPage
from register.site.pages.sources import SourcesPage
from register.site.pages.statement import StatementPage
from register.site.pages.topics import TopicsPage
from register.site.pages.totals import TotalsPage
from register.site.pages.vocabulary import VocabularyPage
from register.site.pages.yearly_report import YearlyReportPage
from register.site.pages.yearly_reports import YearlyReportsPage
from register.site.presenter import Presenter
from register.state.facets import FACETS
from register.state.reporting_year import years
from register.state.snapshot import Snapshot


class WrongArgument(InputError):
    """A macro was given something that it does not know."""

    def __init__(self, what: str, to_do: str) -> None:
        self.what, self.to_do = what, to_do
        super().__init__(f"{what} ({to_do})")


@dataclass(frozen=True)
class Macro:
    """What a macro shows, and how it is used in words for an editor."""

    present: Callable[..., Presenter]  # takes the snapshot and what the editor put between the brackets
    usage: str


def recommendation(snapshot: Snapshot, number: object) -> Presenter:
    """``recommendation(12)``: everything known about one recommendation."""
    if not isinstance(number, int) or number not in snapshot.statuses:
        total = snapshot.header.total
        raise WrongArgument(f"there is no recommendation {number!r}", f"write a number from 1 to {total}")
    return RecommendationPage.of(snapshot, number)


def vocabulary(snapshot: Snapshot, name: object) -> Presenter:
    """``vocabulary("responses")``: the words of one vocabulary with their meanings."""
    names = [known for known, _ in vocabularies(snapshot.header)]
    if name == "response":  # the field's own name, which an editor may well type
        name = "responses"
    if not isinstance(name, str) or name not in names:
        raise WrongArgument(f"there is no vocabulary {name!r}", nearest(str(name), names))
    return VocabularyPage.of(snapshot, name)


def link(snapshot: Snapshot, link_id: object) -> Presenter:
    """``link("get-safe")``: a page outside this site, by its id in data/links.yml."""
    if not isinstance(link_id, str) or link_id not in snapshot.links:
        to_do = nearest_id(str(link_id), snapshot.links, "data/links.yml")
        raise WrongArgument(f"there is no link {link_id!r}", to_do)
    return LinkPage.of(snapshot, link_id)


def changes(snapshot: Snapshot, latest: object = None) -> Presenter:
    """``changes()`` or ``changes(5)``: what has happened, newest first, all of it or the latest few."""
    if latest is not None and (not isinstance(latest, int) or latest < 1):
        raise WrongArgument(f"changes({latest!r}) is not a number of entries", "write changes(), or changes(5)")
    return ChangesPage.of(snapshot, latest)


def contacts(snapshot: Snapshot, part: object = None) -> Presenter:
    """``contacts()``, ``contacts("emergency")`` or ``contacts("others")``: who to turn to."""
    return ContactsPage.of(snapshot, None if part is None else _part(part, contacts_page.PARTS, "contacts"))


def help_lines(snapshot: Snapshot, *ids: object) -> Presenter:
    """``help_lines("childline", "samaritans")``: a few services in brief, by their ids in data/contacts.yml."""
    contacts = {contact.id: contact for contact in snapshot.register.contacts}
    if not ids:
        raise WrongArgument("help_lines() names no service", 'write their ids, like help_lines("childline")')
    for id_ in ids:
        if not isinstance(id_, str) or id_ not in contacts:
            raise WrongArgument(f"there is no service {id_!r}", nearest_id(str(id_), contacts, "data/contacts.yml"))
        if not contacts[id_].is_shown:
            to_do = "confirm it in data/contacts.yml and write 'use: ok' there, or take it out here"
            raise WrongArgument(f"the service {id_!r} is not shown to readers yet", to_do)
    return HelpLinesPage.of(snapshot, [str(id_) for id_ in ids])


def partnership(snapshot: Snapshot, part: object = None) -> Presenter:
    """``partnership()``, or ``partnership("name")``, ``"short"`` or ``"area"``: who keeps this register."""
    known = "" if part is None else _part(part, name_page.PARTNERSHIP_PARTS, "partnership")
    return NamePage.of_partnership(snapshot, known)


def inquiry(snapshot: Snapshot, part: object = "name") -> Presenter:
    """``inquiry()``, or ``inquiry("place")`` or ``"published"``: the inquiry whose recommendations these are."""
    return NamePage.of_inquiry(snapshot, _part(part, name_page.INQUIRY_PARTS, "inquiry"))


def statement(snapshot: Snapshot, part: object) -> Presenter:
    """``statement("gaps")``: a part of the accessibility statement: status, gaps or preparation."""
    return StatementPage.of(snapshot, _part(part, statement_page.PARTS, "statement"))


def _part(part: object, parts: tuple[str, ...], whole: str) -> str:
    if not isinstance(part, str) or part not in parts:
        raise WrongArgument(f"there is no part {part!r} of the {whole}", nearest(str(part), parts))
    return part


def recommendations_with(snapshot: Snapshot, facet: object, choice: object) -> Presenter:
    """``recommendations_with("response", "applies")``: the recommendations found under one choice of the list."""
    facets = {known.name: known for known in FACETS}
    if not isinstance(facet, str) or facet not in facets:
        raise WrongArgument(f"there are no lists by {facet!r}", nearest(str(facet), facets))
    choices = {known.id: known for known in facets[facet].choices(snapshot.header)}
    if str(choice) not in choices:
        raise WrongArgument(f"there is no list {choice!r} by {facet}", nearest(str(choice), choices))
    return RecommendationsWithPage.of(snapshot, facets[facet], choices[str(choice)])


def yearly_report(snapshot: Snapshot, name: object) -> Presenter:
    """``yearly_report("2024-25")``: what happened in one reporting year."""
    known = {year.name: year for year in years(snapshot)}
    if not isinstance(name, str) or name not in known:
        raise WrongArgument(f"there is no reporting year {name!r}", nearest(str(name), known))
    return YearlyReportPage.of(snapshot, known[name])


def reported_result(snapshot: Snapshot, result_id: object) -> Presenter:
    """``reported_result("first-review")``: what others reported elsewhere, by its id in data/reported_results.yml."""
    known = {result.id: result for result in snapshot.register.reported_results}
    if not isinstance(result_id, str) or result_id not in known:
        to_do = nearest_id(str(result_id), known, "data/reported_results.yml")
        raise WrongArgument(f"there is no reported result {result_id!r}", to_do)
    return ReportedResultPage.of(snapshot, known[result_id])


def audience(snapshot: Snapshot, audience_id: object) -> Presenter:
    """``audience("schools")``: what the recommendations mean for one kind of work."""
    known = {term.id: term for term in snapshot.header.audiences}
    if not isinstance(audience_id, str) or audience_id not in known:
        raise WrongArgument(f"there is no audience {audience_id!r}", nearest(str(audience_id), known))
    return AudiencePage.of(snapshot, known[audience_id])


def _downloads(snapshot: Snapshot) -> Presenter:
    shown = [
        ShownAnswer.of(answer.question.words, answer.question.sql, answer.columns, answer.rows)
        for answer in answers(Published(snapshot))
    ]
    return DownloadsPage.of(snapshot, shown, partial(dataset, snapshot))


_WITHOUT_ARGUMENTS: dict[str, Callable[[Snapshot], Presenter]] = {
    "recommendations": RecommendationsPage.of,
    "totals": TotalsPage.of,
    "glance": GlancePage.of,
    "crossing": CrossingPage.of,
    "progress_by_year": ProgressByYearPage.of,
    "grades": GradesPage.of,
    "find": FindPage.of,
    "initial": InitialPage.of,
    "email": EmailPage.of,
    "topics": TopicsPage.of,
    "sources": SourcesPage.of,
    "licence": LicencePage.of,
    "rules": RulesPage.of,
    "guards": GuardsPage.of,
    "language": LanguagePage.of,
    "fields": FieldsPage.of,
    "yearly_reports": YearlyReportsPage.of,
    "audiences": AudiencesPage.of,
    "downloads": _downloads,
    "crosswalk": CrosswalkPage.of,
}
_WITH_ARGUMENTS: tuple[Callable[..., Presenter], ...] = (
    recommendation,
    vocabulary,
    link,
    changes,
    contacts,
    help_lines,
    partnership,
    inquiry,
    statement,
    recommendations_with,
    yearly_report,
    reported_result,
    audience,
)


def _usage(function: Callable[..., Presenter]) -> str:
    """A macro's docstring as words in a message."""
    return " ".join((function.__doc__ or "").split()).replace("``", "").rstrip(".")


# Every macro by the name that pages use.
MACROS: dict[str, Macro] = {
    **{name: Macro(present, f"{name}() takes nothing") for name, present in _WITHOUT_ARGUMENTS.items()},
    **{present.__name__: Macro(present, _usage(present)) for present in _WITH_ARGUMENTS},
}
