"""Given and family names by which a full name is known in a text. ORIGIN.txt says where the lists come from."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent
# Letters that are no letter with an accent, so that nothing else takes them apart.
_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "ı": "i", "đ": "d", "\u2019": "'"})


@dataclass(frozen=True)
class NameLists:
    """Names in small letters, without accents."""

    given: frozenset[str]  # hardly ever anything else
    given_or_word: frozenset[str]  # words, months or places, too
    family: frozenset[str]  # hardly ever words or places

    def may_be_given(self, name: str) -> bool:
        """Return whether a name in small letters is a given name, whatever else it may be."""
        return name in self.given or name in self.given_or_word


def name_lists() -> NameLists:
    """Read the lists; it takes some milliseconds."""
    return NameLists(*(_names(f"{name}.txt") for name in ("given", "given_or_word", "family")))


def plain(name: str) -> str:
    """Return a name as the lists have it."""
    name = name.translate(_LETTERS)
    if name.isascii():
        return name.casefold()
    return "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign)).casefold()


def _names(file: str) -> frozenset[str]:
    text = (_FOLDER / file).read_text(encoding="utf-8")
    return frozenset(re.sub(r"(?m)^#.*$", "", text).split())
