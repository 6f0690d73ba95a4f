"""The words of one vocabulary with their meanings."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from register.load.rules import vocabularies
from register.model import VocabularyTerm
from register.site.presenter import Presenter
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class VocabularyPage(Presenter):
    """The words of one vocabulary."""

    template: ClassVar[str] = "vocabulary.html"

    terms: Sequence[VocabularyTerm]
    tagged: bool  # whether they are shown as tags elsewhere

    @classmethod
    def of(cls, snapshot: Snapshot, name: str) -> "VocabularyPage":
        """Return a vocabulary by the name of the header's field.

        Raises:
            KeyError: there is no such vocabulary.
        """
        return cls(dict(vocabularies(snapshot.header))[name], name in ("responses", "progress"))
