"""The words about exploited children that are not used here, and what is said instead."""

from dataclasses import dataclass
from typing import ClassVar

from register.model import AvoidedWords
from register.site.presenter import Presenter
from register.state.offered_link import OfferedLink
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class Avoided:
    """Words for one thing, and the guide that advises against such words."""

    entry: AvoidedWords
    words: list[str]  # as readers see them: "child / teenage prostitute"
    source: list[OfferedLink]


@dataclass(frozen=True)
class LanguagePage(Presenter):
    """All words that are not used, in the order of the file."""

    template: ClassVar[str] = "language.html"

    avoided: list[Avoided]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "LanguagePage":
        """Return the words with what is said instead."""
        return cls(
            [
                Avoided(entry, [typed.replace("/", " / ") for typed in entry.words], snapshot.cited([entry.source]))
                for entry in snapshot.register.language
            ]
        )
