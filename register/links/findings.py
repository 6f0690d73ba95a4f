"""From verdicts on addresses to findings about links: candidates, confirmations that keep quiet, what stops a change."""

import datetime
from dataclasses import dataclass

from register.dates import say
from register.links.plan import Item
from register.links.report import GOOD, CheckedLink, Verdict
from register.links.verdict import Judgement
from register.model import Link


@dataclass(frozen=True)
class Finding:
    """What was found about one link."""

    checked: CheckedLink
    item: Item
    seen: Verdict  # of the address itself; a candidate's finding is "unconfirmed" whatever was seen
    quiet: bool = False  # a dated human confirmation keeps it quiet for now

    @property
    def fails(self) -> bool:
        """Whether readers are let down by it and nobody has looked."""
        return self.checked.verdict not in GOOD and not self.quiet

    @property
    def to_do(self) -> bool:
        """Whether an editor could do something about it."""
        return self.fails or self.checked.verdict == "redirected" or self.passes_as_candidate

    @property
    def passes_as_candidate(self) -> bool:
        """Whether it is a candidate that shows what it must."""
        return self.checked.candidate and self.seen in GOOD and bool(self.item.link.expect.phrases)

    def stops(self, gate: str) -> bool:
        """Whether it stops a change: any failing link (gate ``all``), or only one that must work (``must-work``)."""
        return self.fails and (gate == "all" or self.item.must_work)


def finding(item: Item, judgement: Judgement, today: datetime.date) -> Finding:
    """Return the finding about a link from the verdict on its address."""
    if item.role == "candidate":
        return Finding(
            _checked(item, "unconfirmed", _candidate(item, judgement), judgement.final), item, judgement.verdict
        )
    verdict, detail = judgement.verdict, judgement.detail
    quiet, note = _excused(item.link, verdict, today) if item.role == "url" else (False, "")
    return Finding(_checked(item, verdict, detail + note, judgement.final), item, verdict, quiet)


def inside(item: Item) -> Finding:
    """Return the finding about a placeholder, or about an inside link that leads nowhere."""
    verdict: Verdict = "placeholder" if item.role == "placeholder" else "gone"
    return Finding(_checked(item, verdict, item.text, None), item, verdict)


def _checked(item: Item, verdict: Verdict, detail: str, final: str | None) -> CheckedLink:
    link_id = item.link.id if item.link and item.role != "archive" else None
    return CheckedLink(
        url=item.url,
        id=link_id,
        verdict=verdict,
        detail=detail,
        final_url=final,
        found_on=sorted(item.found_on),
        candidate=item.role == "candidate",
    )


def _candidate(item: Item, judgement: Judgement) -> str:
    """What to say of an address that nobody has confirmed: which line to change if it passes."""
    if judgement.verdict not in ("working", "redirected"):
        return f"{judgement.verdict}: {judgement.detail}"
    if not item.link.expect.phrases:
        where = f"{item.path}:{item.line}"
        return f"it answers, but nothing says what it must show (give words under 'expect' of {item.link.id}, near {where})"
    address = item.url if judgement.verdict == "working" else judgement.final
    change = f"{item.path}:{item.line}: 'candidate: {item.url}' becomes 'url: {address}', with 'confirmed' under it"
    return f"passes the check, {judgement.detail.partition(' (')[0]} (open it, read it; if it is the page: {change})"


def _excused(link: Link, verdict: str, today: datetime.date) -> tuple[bool, str]:
    """Whether somebody's dated look keeps a finding quiet, and what to add to its words."""
    excuse = link.excuse
    if not excuse or excuse.verdict != verdict:
        return False, ""
    # The first day that the date can mean: a vague date must not stretch the time.
    until = excuse.checked.on.first + datetime.timedelta(days=excuse.days)
    looked = f"{excuse.checked.by} looked on {excuse.checked.on}"
    if today <= until:
        return True, f"; {looked}: quiet until {say(until)}"
    return False, f"; {looked}, which counted until {say(until)}: look again and write the new date"
