"""Our words beside those of others' scales, as data/register.yml compares them."""

from collections.abc import Iterator

from pydantic import Field

from register.model import Fit, Header, Id, LinkId, Record, Scale, Term, Title


class CrosswalkRow(Record):
    """One of our words beside a word of another scale; where none comes near, that stands empty."""

    key: str = Field(description="The comparison's key: our word, the scale, and a count if several words come near.")
    axis: str = Field(description="Which of our vocabularies the word belongs to.")
    our_word: Id = Field(description="Our word.")
    our_label: Title = Field(description="How the site shows it.")
    scale: Id = Field(description="The other scale.")
    scale_label: Title = Field(description="The other scale's name.")
    their_word: Title | None = Field(
        description="Their word that comes near, exactly as they write it; empty if none does."
    )
    fit: Fit | None = Field(
        description="How near: 'broader' if their word covers more than ours, 'narrower' if less (SKOS)."
    )
    source: LinkId = Field(description="Where the other scale is explained: a link's id.")


def crosswalk(header: Header) -> list[CrosswalkRow]:
    """Return every word of ours beside every scale that it can be compared with, scale by scale."""
    return [row for scale in header.scales for term in header.terms_beside(scale) for row in _rows(term, scale)]


def _rows(term: Term, scale: Scale) -> Iterator[CrosswalkRow]:
    for place, match in enumerate(term.matches_in(scale) or [None], 1):
        yield CrosswalkRow(
            key=f"{term.id}/{scale.id}" + (f"/{place}" if place > 1 else ""),
            axis=scale.axis,
            our_word=term.id,
            our_label=term.label,
            scale=scale.id,
            scale_label=scale.label,
            their_word=match.word if match else None,
            fit=match.fit if match else None,
            source=scale.source,
        )
