"""Whether a public web archive keeps a copy of each cited page that has none in data/links.yml yet.

The archives are asked like any other page: through LinkChecker and the fallback fetch, with robots.txt, limits, retries and
public addresses only. What they answer is a proposal. A person opens the copy and accepts it with 'make keep-link'.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urldefrag

from register.links.check import check_and_read
from register.links.limits import Limits
from register.links.report import FoundCopy
from register.links.verdict import Judgement, Target
from register.links.web_archives import ARCHIVES, WebArchive, as_moment, moments, read_listed
from register.model import Link, Register
from register.state.inquiry_site import links_of_the_inquirys_site


@dataclass(frozen=True)
class SoughtCopy:
    """One page without a kept copy, and what the archives say of it."""

    link: Link
    of_the_inquiry: bool  # whether it stands on the inquiry's own site
    found: FoundCopy | None
    unanswered: tuple[tuple[WebArchive, str], ...]  # archives that gave no answer that can be used, and why

    @property
    def address(self) -> str:
        """The page's address, confirmed or not."""
        return _address(self.link)


def copies_wanted(register: Register) -> list[Link]:
    """Return the entries of data/links.yml that have an address and no kept copy: the inquiry's own site first."""
    own = links_of_the_inquirys_site(register)
    without = [link for link in register.links if _address(link) and not link.archive]
    return sorted(without, key=lambda link: link.id not in own)


def questions(register: Register, today: datetime.date) -> list[str]:
    """Return the addresses by which the archives are asked about every page that has no kept copy, each once."""
    asked = (
        archive.question(_address(link), _best_day(link, today))
        for link in copies_wanted(register)
        for archive in ARCHIVES
    )
    return list(dict.fromkeys(asked))


def seek_copies(
    register: Register, limits: Limits, today: datetime.date, on_verdict: Callable[[Judgement], None]
) -> list[SoughtCopy]:
    """Ask every archive about every page that has no kept copy.

    Args:
        register: the register, with its entries of data/links.yml.
        limits: of this search.
        today: no copy is later.
        on_verdict: called with the verdict on each question, to show progress.

    Returns:
        What was found, for each page; those of the inquiry's own site first, else in the order of data/links.yml.

    Raises:
        CheckImpossible: LinkChecker, or the process that reads answers, cannot be run.
    """
    answers = check_and_read(map(Target, questions(register, today)), limits, on_verdict, read_listed)
    own = links_of_the_inquirys_site(register)
    sought = []
    for link in copies_wanted(register):
        said = [(archive, *answers[archive.question(_address(link), _best_day(link, today))]) for archive in ARCHIVES]
        found = [
            (archive, made) for archive, _, listed in said for made in moments(listed or [], _address(link), today)
        ]
        silent = tuple((archive, _why(judgement)) for archive, judgement, listed in said if listed is None)
        sought.append(SoughtCopy(link, link.id in own, _best(link, found, today), silent))
    return sought


def _best(link: Link, found: list[tuple[WebArchive, datetime.datetime]], today: datetime.date) -> FoundCopy | None:
    """The copy nearest to the day on which the page was confirmed: it shows what was confirmed."""
    if not found:
        return None
    near = _best_day(link, today)
    archive, made = min(found, key=lambda held: (abs((held[1].date() - near).days), ARCHIVES.index(held[0]), held[1]))
    return FoundCopy(
        id=link.id,
        url=link.address or "",
        archive=archive.name,
        copy_url=archive.copy(_address(link), as_moment(made)),
        taken=made.date(),
    )


def _best_day(link: Link, today: datetime.date) -> datetime.date:
    return link.confirmed.on.first if link.confirmed else today


def _why(judgement: Judgement) -> str:
    """Why an archive's answer tells nothing."""
    answered = judgement.verdict in ("working", "redirected", "certificate")
    return "its answer is not of the form that it documents" if answered else judgement.seen


def _address(link: Link) -> str:
    """The page's address without a fragment, which names a part of a page and no page."""
    return urldefrag(link.address or "").url
