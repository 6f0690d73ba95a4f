"""Every outside page that this site names."""

from dataclasses import dataclass
from typing import ClassVar

from register.dates import say
from register.site.presenter import Presenter
from register.state.offered_link import OfferedLink
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class SourcesPage(Presenter):
    """Every outside page, in the order of the file."""

    template: ClassVar[str] = "sources.html"

    links: list[OfferedLink]
    hosted: int  # how many of them are documents that the site publishes itself
    last_check: str  # when they were last checked, as a sentence

    @classmethod
    def of(cls, snapshot: Snapshot) -> "SourcesPage":
        """Return the outside pages."""
        links = list(snapshot.links.values())
        return cls(links, sum(1 for link in links if link.file), _last_check(snapshot))


def _last_check(snapshot: Snapshot) -> str:
    if not snapshot.report:
        return "No result of a link check was at hand when this page was made."
    said = f"A program last checked these links on {say(snapshot.report.checked_at.date())}."
    if snapshot.report.is_old(snapshot.as_of):
        return (
            f"{said} That is long ago: the weekly check did not take place, and what is said below may no longer hold."
        )
    return said
