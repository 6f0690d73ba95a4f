"""Every outside page that this site names."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from register.dates import say
from register.site.presenter import Presenter
from register.state.offered_link import OfferedLink
from register.state.snapshot import Snapshot
from register.state.wording import NOT_LINKED


@dataclass(frozen=True)
class SourceRow:
    """An outside page, with what is not the same for most others."""

    link: OfferedLink
    confirmed: str  # who confirmed its address, or why nobody had to; "" if that is as usual
    check: str  # what the last check found; "" if that is as usual


@dataclass(frozen=True)
class SourcesPage(Presenter):
    """Every outside page, in the order of the file."""

    template: ClassVar[str] = "sources.html"

    rows: list[SourceRow]
    usual_confirmed: str  # what holds of most, said once; "" if nothing holds of several
    usual_check: str
    hosted: int  # how many of them are documents that the site publishes itself
    last_check: str  # when they were last checked, as a sentence

    @classmethod
    def of(cls, snapshot: Snapshot) -> "SourcesPage":
        """Return the outside pages."""
        links = list(snapshot.links.values())
        usual_confirmed = _most_common(_confirmed(link) for link in links if link.link.confirmed)
        usual_check = _most_common(link.last_check for link in links if not link.file)
        rows = [
            SourceRow(link, _unless(usual_confirmed, _confirmed(link)), _unless(usual_check, link.last_check))
            for link in links
        ]
        hosted = sum(1 for link in links if link.file)
        return cls(rows, usual_confirmed, usual_check, hosted, _last_check(snapshot))


def _confirmed(link: OfferedLink) -> str:
    """Who confirmed an address, and when; or why it has nobody."""
    if link.link.confirmed:
        return f"{link.link.confirmed.by}, {link.link.confirmed.on}"
    if link.file:
        return "A document of this site"
    return NOT_LINKED


def _most_common(texts: Iterable[str]) -> str:
    """The text that most have in common; "" if no two are the same."""
    found = Counter(texts).most_common(1)
    return found[0][0] if found and found[0][1] > 1 else ""


def _unless(usual: str, text: str) -> str:
    return "" if text == usual else text


def _last_check(snapshot: Snapshot) -> str:
    if not snapshot.report:
        return "No result of a link check was at hand when this page was made."
    said = f"A program last checked these links on {say(snapshot.report.checked_at.date())}."
    if snapshot.report.is_old(snapshot.as_of):
        return (
            f"{said} That is long ago: the weekly check did not take place, and what is said below may no longer hold."
        )
    return said
