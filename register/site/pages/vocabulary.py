"""The words of one vocabulary with their meanings."""

from dataclasses import dataclass
from typing import ClassVar

from register.load.rules import vocabularies
from register.model import Term, VocabularyTerm
from register.site.presenter import Presenter
from register.state.snapshot import Snapshot

# Vocabularies whose words are shown as tags, with a shape, wherever they stand.
_TAGGED = ("responses", "progress")


@dataclass(frozen=True)
class VocabularyRow:
    """A word, and the same word as a tag if it is shown as one elsewhere."""

    word: VocabularyTerm
    tag: Term | None


@dataclass(frozen=True)
class VocabularyPage(Presenter):
    """The words of one vocabulary."""

    template: ClassVar[str] = "vocabulary.html"

    rows: list[VocabularyRow]

    @classmethod
    def of(cls, snapshot: Snapshot, name: str) -> "VocabularyPage":
        """Return a vocabulary by the name of the header's field.

        Raises:
            KeyError: there is no such vocabulary.
        """
        words = dict(vocabularies(snapshot.header))[name]
        tagged = name in _TAGGED
        return cls([VocabularyRow(word, word if tagged and isinstance(word, Term) else None) for word in words])
