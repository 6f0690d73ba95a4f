"""The public web archives that are asked whether they keep a copy of a page: how each is asked, and how its answer is read.

Of an answer only the moments of copies are used, which are digits; a copy's address is made here, of a moment and the address
that was asked about. So nothing that a stranger wrote reaches a proposal.

Sources: the Internet Archive's "Wayback Availability JSON API" (archive.org/help/wayback_api.php); for the UK Government Web
Archive the National Archives' design system ("Page archived"), which names this address and the documentation of pywb.
"""

import datetime
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from register.links.verdict import Answer, Received, Target
from register.load.kept_copy import same_page

_MOMENT = "%Y%m%d%H%M%S"  # how both archives write a copy's moment, in UTC
_MOST_COPIES = 5000  # of one page that are compared

# A copy as an answer lists it: its moment, and the address of which it is one.
Listed = tuple[str, str]


@dataclass(frozen=True)
class WebArchive:
    """One archive, which everybody can read."""

    name: str
    # The address by which it is asked about a page, given the day near which a copy is best.
    question: Callable[[str, datetime.date], str]
    # The address of a copy, of a page's address and a moment.
    copy: Callable[[str, str], str]
    # What an answer lists. Whatever it raises means that the answer is not of the form that the archive documents.
    listed: Callable[[bytes], Iterator[Listed]]
    by_hand: str  # where a person can look

    def is_asked_at(self, address: str) -> bool:
        """Return whether an address is on the host that answers its questions."""
        return urlsplit(address).netloc == urlsplit(self.question("", datetime.date.min)).netloc


def _wayback_question(address: str, near: datetime.date) -> str:
    return f"https://archive.org/wayback/available?url={quote(address, safe='')}&timestamp={near:%Y%m%d}"


def _wayback_listed(body: bytes) -> Iterator[Listed]:
    held = json.loads(body)["archived_snapshots"]
    if (closest := held.get("closest")) and closest["available"] is True and closest["status"] == "200":
        _, _, original = closest["url"].partition(f"/{closest['timestamp']}/")
        yield closest["timestamp"], original


def _government_question(address: str, near: datetime.date) -> str:
    host = "https://webarchive.nationalarchives.gov.uk"
    return f"{host}/ukgwa/cdx?url={quote(address, safe='')}&output=json&filter=status:200"


def _government_listed(body: bytes) -> Iterator[Listed]:
    """One copy a line, each a JSON object; the last line may be cut off, because only the beginning of an answer is read."""
    lines = body.splitlines(keepends=True)
    for line in lines[:_MOST_COPIES]:
        if line.strip() and (line.endswith(b"\n") or line.rstrip().endswith(b"}")):
            held = json.loads(line)
            if held.get("status", "200") == "200":
                yield held["timestamp"], held["url"]


ARCHIVES = (
    WebArchive(
        "UK Government Web Archive",
        _government_question,
        lambda address, moment: f"https://webarchive.nationalarchives.gov.uk/ukgwa/{moment}/{address}",
        _government_listed,
        "https://webarchive.nationalarchives.gov.uk/",
    ),
    WebArchive(
        "Internet Archive",
        _wayback_question,
        lambda address, moment: f"https://web.archive.org/web/{moment}/{address}",
        _wayback_listed,
        "https://web.archive.org/",
    ),
)


def read_listed(target: Target, received: Received, answer: Answer) -> list[Listed] | None:
    """Return the copies that an archive's answer lists; None if it is no answer of the form that the archive documents.

    Of pywb's answers, an empty one and 404 with its words for that list none.

    Args:
        target: the question, which tells the archive by its host.
        received: the answer as it was sent.
        answer: the same, read as a page; not needed.
    """
    archive = next(held for held in ARCHIVES if held.is_asked_at(target.url))
    if received.status == 404 and b"No Captures found" in received.body:
        return []
    if received.status != 200 or not archive.is_asked_at(received.final_url):
        return None
    try:
        held = list(archive.listed(received.body))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return held if all(isinstance(part, str) for listed in held for part in listed) else None


def moments(listed: Iterable[Listed], address: str, today: datetime.date) -> Iterator[datetime.datetime]:
    """Yield when copies of one page were made: those of other pages, and of days that cannot be, are left out.

    Args:
        listed: what the archive's answer lists.
        address: the page that was asked about.
        today: no copy is later.
    """
    for moment, original in listed:
        if same_page(original, address) and (made := _moment(moment)) and made.date() <= today:
            yield made


def _moment(text: str) -> datetime.datetime | None:
    try:
        made = datetime.datetime.strptime(text, _MOMENT).replace(tzinfo=datetime.UTC)
    except ValueError:
        return None
    return made if made.strftime(_MOMENT) == text and made.year > 1990 else None


def as_moment(made: datetime.datetime) -> str:
    """Return a copy's moment as both archives write it: ``20230105143000``."""
    return made.strftime(_MOMENT)
