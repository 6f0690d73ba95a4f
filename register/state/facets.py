"""The ways in which readers can narrow the list of recommendations.

A facet gives each recommendation the ids it is found under. The filters of the
list, the pages of the choices and their addresses all come from this one table.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from register.model import Header, VocabularyTerm
from register.state.status import Status
from register.state.wording import NOT_PUBLISHED

# What is found here has no word of the register yet. The underscore keeps it apart: no id of the register can have one.
WITHOUT_WORD = "not_published"


@dataclass(frozen=True)
class Choice:
    """One value that can be chosen: its id (of a facet's, part of an address), its words, and what they mean; "" if they say it all."""

    id: str
    label: str
    definition: str = ""


@dataclass(frozen=True)
class Facet:
    """A way to narrow the list: its name in addresses, its words, its choices, and where a recommendation is found.

    ``vocabulary`` is the header's field whose words are the choices; "" if they are nobody's words but ours.
    """

    name: str
    label: str
    choices: Callable[[Header], list[Choice]]
    ids: Callable[[Status], tuple[str, ...]]
    vocabulary: str = ""


def _terms(terms: Sequence[VocabularyTerm]) -> list[Choice]:
    return [Choice(term.id, term.label, term.definition or "") for term in terms]


def _responses(header: Header) -> list[Choice]:
    return [*_terms(header.responses), Choice(WITHOUT_WORD, header.initial.label, header.initial.definition)]


def _progress(header: Header) -> list[Choice]:
    nothing = Choice(WITHOUT_WORD, NOT_PUBLISHED, "Nothing has been published on how far the work is.")
    return [*_terms(header.progress), nothing]


def _views(header: Header) -> list[Choice]:
    return [
        Choice("differ", "views differ", "Somebody who was asked sees it otherwise than those who decide."),
        Choice("one-view", "one view only", "So far only those who do the work have said how it stands."),
    ]


def _dates(header: Header) -> list[Choice]:
    late = "The date that was promised has passed, and the work is still open."
    quiet = f"The work is open, and there has been no update for more than {header.review_every} days."
    return [
        Choice("overdue", "overdue", late),
        Choice("no-news", "no news for long", quiet),
        Choice("overdue-or-no-news", "overdue, or no news for long", "One of the two is so, or both are."),
    ]


def _view_ids(status: Status) -> tuple[str, ...]:
    ids = {"differ": status.disagreement, "one-view": status.self_assessed}
    return tuple(name for name, holds in ids.items() if holds)


def _date_ids(status: Status) -> tuple[str, ...]:
    ids = {
        "overdue": status.overdue,
        "no-news": status.stale,
        "overdue-or-no-news": status.overdue or status.stale,
    }
    return tuple(name for name, holds in ids.items() if holds)


RESPONSE = Facet(
    "response", "Response", _responses, lambda s: (s.response.id if s.response else WITHOUT_WORD,), "responses"
)
PROGRESS = Facet(
    "progress", "Progress", _progress, lambda s: (s.progress.id if s.progress else WITHOUT_WORD,), "progress"
)

FACETS = (
    RESPONSE,
    PROGRESS,
    Facet("addressed-to", "Addressed to", lambda h: _terms(h.bodies), lambda s: tuple(s.record.addressed_to), "bodies"),
    Facet(
        "theme", "Theme", lambda h: _terms(h.themes), lambda s: (s.record.theme,) if s.record.theme else (), "themes"
    ),
    Facet("views", "Views", _views, _view_ids),
    Facet("dates", "Dates", _dates, _date_ids),
)


def choices(header: Header) -> Iterator[tuple[Facet, Choice]]:
    """Yield every choice of every facet, with its facet."""
    for facet in FACETS:
        for choice in facet.choices(header):
            yield facet, choice
