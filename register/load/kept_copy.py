"""What the address of a copy in a well-known web archive says itself: of which page it is, and when it was made."""

import datetime
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

# The Internet Archive and the UK Government Web Archive write the moment, in UTC, and then the address as it was asked for.
_COPY = re.compile(
    r"https?://(?:web\.archive\.org/web|webarchive\.nationalarchives\.gov\.uk/ukgwa)/(\d{8})\d{6}(?:[a-z]{2}_)?/(.+)"
)


@dataclass(frozen=True)
class NamedCopy:
    """A copy as its address names it."""

    page: str  # the address of the page
    day: str  # on which it was made: 2023-01-05; as it is written, which need be no day

    @classmethod
    def of(cls, address: str) -> "NamedCopy | None":
        """Return what a copy's address says; None if it is in no archive whose addresses say so."""
        found = _COPY.fullmatch(address)
        return cls(found[2], f"{found[1][:4]}-{found[1][4:6]}-{found[1][6:]}") if found else None

    def is_of(self, address: str) -> bool:
        """Return whether it is a copy of a page."""
        return same_page(self.page, address)

    def was_made_on(self, day: datetime.date) -> bool:
        """Return whether it was made on a day, or on one beside it: the archive writes the day in another time zone."""
        return self.day in {(day + datetime.timedelta(days=by)).isoformat() for by in (-1, 0, 1)}


def same_page(one: str, other: str) -> bool:
    """Return whether two addresses name one page, as archives take it: neither scheme, ``www.``, port nor a last slash count."""
    return _page(one) == _page(other)


def _page(address: str) -> tuple[str, ...]:
    try:
        parts = urlsplit(address if "//" in address else f"//{address}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:  # such as ``http://[``
        return (address,)
    return host, parts.path.rstrip("/").casefold(), parts.query.casefold()
