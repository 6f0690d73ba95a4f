"""What is due for a person: nothing here is wrong or stops the site, but each needs somebody's hand sooner or later.

Advice is taken over as the rules and the checks give it; what is due of recommendations is worked out of their status.
"""

import datetime
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from register.characters import as_code
from register.dates import say
from register.links.findings import runs_out
from register.model import Link, Record, Update
from register.problems import Problem, counted
from register.state.inquiry_site import links_of_the_inquirys_site
from register.state.snapshot import Snapshot
from register.state.status import Status

_MOST_LISTED = 50  # of one group, where people read them; programs get all

# The groups in the order in which they are shown, each with the kinds of what stands in it. Other advice comes last.
_GROUPS = {
    "Help lines to ring": ("a-number-is-confirmed-every-quarter",),
    "The accessibility statement": (
        "a-statement-is-reviewed-every-year",
        "a-statement-promises-no-date-that-has-passed",
    ),
    "Promised dates that have passed": ("promise-passed",),
    "Work to look at again": ("recheck-due",),
    "Work without news": ("without-news",),
    "The link check": ("old-link-report",),
    "What people are shown while they fill the register": ("old-made-file",),
    "Reports of weaknesses": ("no-security-contact", "security-expires"),
    "Links whose excuse has run out": ("excuse-run-out",),
    "Links without words to know their page by": ("no-expected-words",),
    "Pages of the inquiry's own site without a kept copy": ("no-copy-of-inquirys-page",),
    "Links without a kept copy": ("no-kept-copy",),
}
_OTHER = "Other advice"
_KEEP = "'make links' looks for copies: accept one with 'make keep-link'; or keep one in a public web archive first"


@dataclass(frozen=True)
class AttentionGroup:
    """What is due of one sort, in order of file and line."""

    title: str
    due: list[Problem]


def attention(snapshot: Snapshot, advice: Sequence[Problem]) -> list[AttentionGroup]:
    """Return what is due for a person, in groups; those in which nothing is due are left out.

    Args:
        snapshot: the register on the day that is asked about.
        advice: what the checks of the project advise.
    """
    found = {*advice, *_of_recommendations(snapshot), *_of_links(snapshot)}
    titles = {kind: title for title, kinds in _GROUPS.items() for kind in kinds}
    groups: dict[str, list[Problem]] = {title: [] for title in (*_GROUPS, _OTHER)}
    for due in sorted(found):
        groups[titles.get(due.kind, _OTHER)].append(due)
    return [AttentionGroup(title, due) for title, due in groups.items() if due]


def _of_recommendations(snapshot: Snapshot) -> Iterator[Problem]:
    for status in snapshot.statuses.values():
        if status.due and status.overdue:
            what, to_do = f"was due: {status.due.now}", "add an update: is it done, or by when will it be?"
            yield _at(_latest(status, "due"), "due", what, to_do, "promise-passed")
        if status.recheck_is_due and status.recheck:
            what, to_do = (
                f"is to be looked at again: {status.recheck}",
                "look, then add an update that says what was found",
            )
            yield _at(_latest(status, "recheck"), "recheck", what, to_do, "recheck-due")
        if status.stale and status.last:
            what = f"has had no news for {status.days_since} days, over {status.stale_after}"
            yield _at(
                status.last, "date", what, "add an update: what has happened, or why nothing has?", "without-news"
            )


def _latest(status: Status, field: str) -> Update:
    """The update by which a promise holds."""
    return next(entry.update for entry in reversed(status.entries) if getattr(entry.update, field))


def _of_links(snapshot: Snapshot) -> Iterator[Problem]:
    """What is due of links that readers are offered."""
    of_the_inquiry = links_of_the_inquirys_site(snapshot.register)
    for link in (link for link in snapshot.register.links if link.url):
        if not link.expect.phrases:
            what = "nothing says what its page must show"
            yield _at(
                link,
                "url",
                what,
                "add words of the page under 'expect'; 'make learn-links' proposes some",
                "no-expected-words",
            )
        if not link.archive and link.id not in of_the_inquiry:
            yield _at(link, "url", "no copy is kept for when its page goes", _KEEP, "no-kept-copy")
        yield from _excuse(link, snapshot.as_of)
    for link in snapshot.register.links:
        if link.id in of_the_inquiry and not link.archive:
            what = "no copy is kept, and the inquiry's own site ends some day"
            yield _at(link, "url" if link.url else "candidate", what, _KEEP, "no-copy-of-inquirys-page")


def _excuse(link: Link, day: datetime.date) -> Iterator[Problem]:
    if link.excuse and runs_out(link.excuse) < day:
        what = f"its excuse counted until {say(runs_out(link.excuse))}"
        yield _at(
            link, "excuse", what, "look at the page again, then write the new date or take it out", "excuse-run-out"
        )


def _at(record: Record, field: str, what: str, to_do: str, kind: str) -> Problem:
    """What is due of a record, where it was typed."""
    origin = record.origin
    place = (origin.path, origin.line_of(field), origin.record) if origin else ("", 0, "")
    return Problem(*place, what, to_do, kind)


# ── as text, for programs, and for an issue ────────────────────────────────────────────────────


def as_text(groups: Sequence[AttentionGroup]) -> str:
    """Return what is due for a terminal: group by group, one a line, and a line that counts all."""
    lines = []
    for group in groups:
        lines += [
            f"{group.title} ({len(group.due)})",
            *(f"  {due}" for due in group.due[:_MOST_LISTED]),
            *_more(group),
            "",
        ]
    return "\n".join([*lines, _total(groups)])


def as_json(groups: Sequence[AttentionGroup], day: datetime.date) -> str:
    """Return what is due as JSON: ``{"as_of": …, "count": …, "groups": [{"title": …, "due": […]}]}``.

    Each thing that is due is an object with the fields of ``Problem``.
    """
    count = sum(len(group.due) for group in groups)
    held = {"as_of": day.isoformat(), "count": count, "groups": [asdict(group) for group in groups]}
    return json.dumps(held, ensure_ascii=False, indent=2)


def as_markdown(groups: Sequence[AttentionGroup]) -> str:
    """Return what is due as Markdown with a box to tick for each; empty if nothing is, so that no issue is made of it.

    What an editor typed stands as code, so that it mentions nobody and formats nothing.
    """
    lines = []
    for group in groups:
        due = [f"- [ ] {as_code(str(one))}" for one in group.due[:_MOST_LISTED]]
        lines += [f"### {group.title} ({len(group.due)})", "", *due, *_more(group), ""]
    return "\n".join([_total(groups), "", *lines]) if groups else ""


def _more(group: AttentionGroup) -> list[str]:
    more = len(group.due) - _MOST_LISTED
    return [f"… and {more} more"] if more > 0 else []


def _total(groups: Sequence[AttentionGroup]) -> str:
    count = sum(len(group.due) for group in groups)
    if not count:
        return "Nothing is due for a person."
    return f"{counted(count, 'thing')} {'is' if count == 1 else 'are'} due for a person. None of it stops the site."
