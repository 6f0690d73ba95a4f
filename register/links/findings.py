"""From verdicts on addresses to findings about links: candidates, excuses, and what stops a change."""

import datetime
from dataclasses import dataclass, replace

from register.characters import from_outside
from register.dates import say
from register.links.options import Gate
from register.links.plan import PlannedLink, WrongLink
from register.links.report import GOOD, CheckedLink, LinkVerdict
from register.links.verdict import Judgement
from register.model import Excuse, Link

_MOST_SEEN = 600  # characters of what is said of a link in a page


@dataclass(frozen=True)
class LinkFinding:
    """What was found about one link: what was seen and what to do, apart."""

    link: PlannedLink
    verdict: LinkVerdict
    seen: str
    to_do: str = ""  # "" where nothing needs doing
    note: str = ""  # what holds besides: until when an excuse counts
    final_url: str | None = None
    address_verdict: LinkVerdict | None = None  # a candidate's own verdict is "unconfirmed" whatever its address shows
    excused: bool = False  # somebody looked at the page and wrote that down, and not too long ago
    excuse_has_run_out: bool = False  # somebody did, but too long ago
    ready_to_confirm: bool = False  # a candidate that shows the words by which its page is known

    @property
    def detail(self) -> str:
        """All that is said of it, in one line."""
        return said_in_one_line(self.seen, self.to_do, self.note)

    @property
    def checked(self) -> CheckedLink:
        """The finding as link-report.json holds it."""
        entry = self.link.entry
        return CheckedLink(
            url=self.link.url if entry else self.link.shown_url,
            id=entry.id if entry and self.link.role != "archive" else None,
            verdict=self.verdict,
            detail=self.detail,
            final_url=self.final_url,
            found_on=sorted(self.link.found_on),
            candidate=self.link.role == "candidate",
        )

    @property
    def fails(self) -> bool:
        """Whether the link does not serve its readers, and nobody has excused that."""
        return self.verdict not in GOOD and not self.excused

    @property
    def is_actionable(self) -> bool:
        """Whether an editor could do something about it."""
        return self.fails or self.verdict == "redirected" or self.ready_to_confirm

    def stops(self, gate: Gate) -> bool:
        """Return whether it stops a change at this gate.

        That an excuse has run out stops no change: time alone would, and nothing that the change could mend. The weekly
        check tells of it.
        """
        return self.fails and (gate == "all" or (self.link.must_work and not self.excuse_has_run_out))


def said_in_one_line(seen: str, to_do: str, note: str) -> str:
    """Return what was seen, in brackets what to do, and what holds besides; each may be empty."""
    said = f"{seen} ({to_do})" if to_do else seen
    return f"{said}; {note}" if note else said


def outside_finding(link: PlannedLink, judgement: Judgement, today: datetime.date) -> LinkFinding:
    """Return the finding about an outside link.

    Args:
        link: the link.
        judgement: the verdict on its address.
        today: on which an excuse counts or has run out.
    """
    judged = LinkFinding(
        link,
        judgement.verdict,
        judgement.seen,
        judgement.to_do,
        final_url=judgement.final_url,
        address_verdict=judgement.verdict,
    )
    if link.entry is None or link.role == "archive":  # an excuse is about an entry's own address
        return judged
    if link.role == "candidate":
        return _candidate_finding(judged, link.entry)
    return _with_excuse(judged, link.entry, today)


def wrong_link_finding(link: WrongLink) -> LinkFinding:
    """Return the finding about a placeholder, or about an inside link that leads nowhere."""
    verdict: LinkVerdict = "placeholder" if link.role == "placeholder" else "gone"
    return LinkFinding(link, verdict, from_outside(link.problem.what, _MOST_SEEN), link.problem.to_do)


def _candidate_finding(judged: LinkFinding, entry: Link) -> LinkFinding:
    """What to say of an address that nobody has confirmed: which line to change if it passes."""
    link = judged.link
    line = f"{link.place.path}:{link.place.line}"
    if judged.verdict not in ("working", "redirected"):
        return replace(judged, verdict="unconfirmed", seen=f"{judged.verdict}: {judged.seen}")
    if not entry.expect.phrases:
        seen = "it answers, but nothing says what it must show"
        to_do = f"give words under 'expect' of {entry.id}, near {line}"
        return replace(judged, verdict="unconfirmed", seen=seen, to_do=to_do)
    address = link.url if judged.verdict == "working" else judged.final_url
    change = f"{line}: 'candidate: {link.url}' becomes 'url: {address}', with 'confirmed' under it"
    return replace(
        judged,
        verdict="unconfirmed",
        seen=f"passes the check, {judged.seen}",
        to_do=f"open it, read it; if it is the page: {change}",
        ready_to_confirm=True,
    )


def _with_excuse(judged: LinkFinding, entry: Link, today: datetime.date) -> LinkFinding:
    """The finding, excused if somebody looked at the page not too long ago, and what to add to its message."""
    excuse = entry.excuse
    if not excuse or excuse.verdict != judged.verdict:
        return judged
    until = runs_out(excuse)
    looked = f"{excuse.checked.by} looked on {excuse.checked.on}"
    if today <= until:
        return replace(judged, excused=True, note=f"{looked}: quiet until {say(until)}")
    note = f"{looked}, which counted until {say(until)}: look again and write the new date"
    return replace(judged, excuse_has_run_out=True, note=note)


def runs_out(excuse: Excuse) -> datetime.date:
    """Return the last day on which an excuse counts: after the first that its date can mean, lest a vague one lengthen it."""
    return excuse.checked.on.first + datetime.timedelta(days=excuse.days)
