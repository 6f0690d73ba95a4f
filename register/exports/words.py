"""What an update changed, in words: for feeds, and for whoever else has to tell it in a line."""

from collections.abc import Iterator

from register import fold
from register.model import Term


def told(standing: fold.Standing) -> list[list[str]]:
    """Return, for each update of a recommendation, oldest first, the sentences that say what it changed.

    A word is set beside the same voice's earlier one; a date beside the one that stood
    before. An update that changed nothing but what is known has no sentence.
    """
    before = _Before()
    return [list(before.sentences(entry)) for entry in standing.entries]


class _Before:
    """What was last said, while the updates are gone through."""

    def __init__(self):
        self.words: dict[tuple[str, str], Term] = {}
        self.dates: dict[str, object] = {}

    def sentences(self, entry: fold.Entry) -> Iterator[str]:
        """What one update changed; it is then what was last said."""
        if entry.reopens:
            yield "Reopened."
        for axis, name in (("response", "Response"), ("progress", "Progress")):
            word, earlier = getattr(entry, axis), self.words.get((entry.voice.id, axis))
            if word and word != earlier:
                yield f"{name}: {word.label} (before: {earlier.label})." if earlier else f"{name}: {word.label}."
            self.words[entry.voice.id, axis] = word or earlier
        for field, first, moved in (
            ("due", "Promised by", "Promise moved from"),
            ("recheck", "To be looked at again:", "Second look moved from"),
        ):
            date, earlier = getattr(entry.update, field), self.dates.get(field)
            if date and date != earlier:
                yield f"{moved} {earlier} to {date}." if earlier else f"{first} {date}."
            self.dates[field] = date or earlier
