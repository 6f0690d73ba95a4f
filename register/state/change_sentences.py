"""What an update changed, in sentences: for feeds, and for everything else that has to say it in a line."""

from collections.abc import Iterator

from register.dates import PartialDate
from register.model import Term
from register.state.status import HistoryEntry, Status


def change_sentences(status: Status) -> list[list[str]]:
    """Return, for each update of a recommendation, oldest first, the sentences that say what it changed.

    A word is set beside the same voice's earlier one; a date beside the one that stood
    before. An update that changed nothing but what is known has no sentence.
    """
    earlier = _Earlier()
    return [list(earlier.sentences(entry)) for entry in status.entries]


class _Earlier:
    """What was last said, while the updates are gone through."""

    def __init__(self) -> None:
        self.words: dict[tuple[str, str], Term] = {}
        self.dates: dict[str, PartialDate] = {}

    def sentences(self, entry: HistoryEntry) -> Iterator[str]:
        """What one update changed; it is then what was last said."""
        if entry.reopens:
            yield "Reopened."
        for name, word in (("Response", entry.response), ("Progress", entry.progress)):
            if word:
                yield from self._word(entry.voice.id, name, word)
        for first, moved, date in (
            ("Promised by", "Promise moved from", entry.update.due),
            ("To be looked at again:", "Second look moved from", entry.update.recheck),
        ):
            if date:
                yield from self._date(first, moved, date)

    def _word(self, voice: str, name: str, word: Term) -> Iterator[str]:
        earlier = self.words.get((voice, name))
        if word != earlier:
            yield f"{name}: {word.label} (before: {earlier.label})." if earlier else f"{name}: {word.label}."
        self.words[voice, name] = word

    def _date(self, first: str, moved: str, date: PartialDate) -> Iterator[str]:
        earlier = self.dates.get(first)
        if date != earlier:
            yield f"{moved} {earlier} to {date}." if earlier else f"{first} {date}."
        self.dates[first] = date
