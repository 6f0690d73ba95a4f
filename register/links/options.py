"""What can be chosen for one run of the link check. It loads nothing, so that every command can name its usual values."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from register.links.limits import Limits

# Which failing links stop a change: all of them, or those that must always work.
Gate = Literal["all", "must-work"]


@dataclass(frozen=True)
class LinkCheckOptions:
    """What can be chosen for one run, with the usual values."""

    offline: bool = False  # check inside links and placeholders only
    gate: Gate = "all"  # which failing links give exit status 1
    summary: Path | None = None  # where to write a Markdown summary
    junit: Path | None = None  # where to write JUnit XML
    timeout: int = Limits.timeout  # seconds for one server to answer
    limit: float = Limits.whole_run  # seconds for the whole check
    pause: float = Limits.pause  # seconds before the second try
    copies: bool = True  # ask web archives for copies of pages that have none

    @property
    def limits(self) -> Limits:
        """The limits of the run."""
        return Limits(timeout=self.timeout, whole_run=self.limit, pause=self.pause)
