"""Which sentences of a text came, went or became others."""

import difflib
import re
from collections.abc import Iterator, Sequence

from register.guards.passages import HOLE

_SHOWN = 400  # signs of one sentence
_MOST_COMPARED = 3_000  # sentences of a text: comparing takes time with the square of their number


def changed_sentences(before: Sequence[str], after: Sequence[str]) -> Iterator[str]:
    """Yield what is different between two texts: ``new: “…”``, ``taken out: “…”`` or ``“…” becomes “…”``.

    Args:
        before: the sentences of the earlier text.
        after: those of the later one.
    """
    if len(before) + len(after) > _MOST_COMPARED:
        yield "the text is too long to be compared; read it as a whole"
        return
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            continue
        old, new = before[start:end], after[new_start:new_end]
        both = min(len(old), len(new))
        yield from (f"{quoted(was)} becomes {quoted(now)}" for was, now in zip(old, new, strict=False))
        yield from (f"taken out: {quoted(was)}" for was in old[both:])
        yield from (f"new: {quoted(now)}" for now in new[both:])


def quoted(text: str) -> str:
    """Return words in quotation marks, on one line; what is too long is cut. "[…]" stands for what a macro puts in."""
    line = re.sub(r"\s+", " ", text.replace(HOLE, "[…]")).strip()
    return f"“{line if len(line) <= _SHOWN else line[: _SHOWN - 1] + '…'}”"
