"""``python -m register links``: check every link and say what was found.

Reads data/ and the built site; writes link-report.json in the project's folder. The exit status is 0 if no
link stops a change, 1 if one does or the check could not be made.
"""

import argparse
import datetime
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from register import clock
from register.links import report as link_report
from register.links import reporters
from register.links.findings import Finding, finding, inside
from register.links.linkchecker import CheckImpossible, Limits
from register.links.plan import Plan, plan
from register.links.report import GOOD, LinkReport
from register.links.retry import check
from register.model import Register

_UNREACHED = {"no-host", "timeout"}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the link check to a parser."""
    usual = Limits()
    parser.add_argument("--offline", action="store_true", help="check inside links and placeholders only")
    gate_help = "which failing links give exit status 1: any, or only those that must always work"
    parser.add_argument("--gate", choices=("all", "must-work"), default="all", help=gate_help)
    parser.add_argument("--summary", type=Path, metavar="FILE", help="write a Markdown summary here")
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit XML here")
    parser.add_argument(
        "--timeout", type=int, default=usual.seconds, metavar="SECONDS", help="for one server to answer"
    )
    parser.add_argument("--limit", type=float, default=usual.whole, metavar="SECONDS", help="for the whole check")
    parser.add_argument("--pause", type=float, default=usual.pause, metavar="SECONDS", help="before the second try")


def run(register: Register, project: Path, options: argparse.Namespace, environment: Mapping[str, str]) -> int:
    """Check every link of a project; return the exit status.

    Args:
        register: the project's register.
        project: the folder that holds ``data/``, ``docs/`` and the built ``site/``.
        options: those of ``add_options``.
        environment: for today's date and for GitHub's files.
    """
    begun = time.monotonic()
    if not (project / "site" / "index.html").is_file():
        print("there is no built site in site/ (run 'make site' first)", file=sys.stderr)
        return 1
    found = plan(register, project)
    findings = [inside(item) for item in found.inside]
    if not options.offline:
        try:
            findings += _ask(found, options, clock.today(environment))
        except CheckImpossible as impossible:
            print(impossible, file=sys.stderr)
            return 1
        _write_report(findings, project)
    _tell(findings, _notes(found, options.offline), options, environment, time.monotonic() - begun)
    return int(any(one.stops(options.gate) for one in findings))


def _ask(found: Plan, options: argparse.Namespace, today: datetime.date) -> list[Finding]:
    targets = found.targets()
    limits = Limits(seconds=options.timeout, whole=options.limit, pause=options.pause)
    progress = reporters.Progress(len(targets))
    verdicts = check(targets.values(), limits, lambda target, judgement: progress.step(judgement.verdict in GOOD))
    progress.close()
    by_address = {target.url: judgement for target, judgement in verdicts.items()}
    return [finding(item, by_address[item.target.url], today) for item in found.outside]


def _write_report(findings: list[Finding], project: Path) -> None:
    links = sorted(
        (one.checked for one in findings), key=lambda checked: (checked.url, checked.id or "", checked.detail)
    )
    now = clock.moment().replace(microsecond=0)
    link_report.write(LinkReport(checked_at=now, links=links), project / link_report.NAME)


def _notes(found: Plan, offline: bool) -> list[str]:
    """What the findings do not say by themselves: above all, what was not checked."""
    notes = [f"{found.inside_count} inside links looked at."]
    if found.not_for_programs:
        notes.append(f"{found.not_for_programs} links to suggest a change not checked: they lead to a login.")
    if offline:
        notes.append(f"Offline: {len(found.targets())} outside addresses were not checked.")
    without = sum(not item.target.phrases for item in found.outside)
    if without and not offline:
        notes.append(f"{without} outside links have no words under 'expect' to know their page by.")
    return notes


def _tell(
    findings: list[Finding],
    notes: list[str],
    options: argparse.Namespace,
    environment: Mapping[str, str],
    seconds: float,
) -> None:
    outside = [one for one in findings if one.item.role not in ("placeholder", "inside")]
    if len(outside) > 2 and all(one.seen in _UNREACHED for one in outside):
        notes = [
            *notes,
            "Nothing at all could be reached: is this machine online? (--offline checks inside links only)",
        ]
    print(reporters.table(findings), *notes, sep="\n")
    summary = reporters.markdown(findings, notes)
    if options.summary:
        options.summary.write_text(summary, encoding="utf-8")
    if environment.get("GITHUB_STEP_SUMMARY"):
        with Path(environment["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8") as file:
            file.write(summary)
    if environment.get("GITHUB_ACTIONS") == "true" and (text := reporters.annotations(findings, options.gate)):
        print(text)
    if options.junit:
        options.junit.write_bytes(reporters.junit(findings, seconds))
