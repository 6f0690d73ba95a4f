"""Our words beside those of every other scale."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from register.model import Match, Scale, Term
from register.site.presenter import Presenter
from register.state.offered_link import OfferedLink
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class MatchedTerm:
    """One of our words and the other scale's words that come near it."""

    term: Term
    matches: list[Match]


@dataclass(frozen=True)
class ComparedScale:
    """Another scale beside our words."""

    scale: Scale
    source: OfferedLink
    terms: list[MatchedTerm]
    unmatched: list[str]  # its words that none of ours comes near


@dataclass(frozen=True)
class CrosswalkPage(Presenter):
    """Every other scale."""

    template: ClassVar[str] = "crosswalk.html"

    scales: list[ComparedScale]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "CrosswalkPage":
        """Return the scales."""
        header = snapshot.header
        return cls(
            [_compared(scale, snapshot.links[scale.source], header.terms_beside(scale)) for scale in header.scales]
        )


def _compared(scale: Scale, source: OfferedLink, terms: Sequence[Term]) -> ComparedScale:
    matched = [MatchedTerm(term, term.matches_in(scale)) for term in terms]
    near = {match.word for one in matched for match in one.matches}
    return ComparedScale(scale, source, matched, [word for word in scale.words if word not in near])
