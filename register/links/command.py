"""One run of the link check: check every link, write link-report.json, say what was found."""

import datetime
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from register import clock
from register.checks.inside_links import carried_links
from register.links import copy_reporters, learning, reporters
from register.links import report as link_report
from register.links.check import check
from register.links.findings import LinkFinding, outside_finding, wrong_link_finding
from register.links.kept_copies import SoughtCopy, questions, seek_copies
from register.links.limits import Limits
from register.links.linkchecker import CheckImpossible
from register.links.options import LinkCheckOptions
from register.links.plan import Plan, make_plan
from register.links.report import GOOD, LinkReport, LinkVerdict
from register.model import Register
from register.problems import InputError, counted

_UNREACHED: frozenset[LinkVerdict | None] = frozenset({"no-host", "timeout"})


def check_links(register: Register, project: Path, options: LinkCheckOptions, environment: Mapping[str, str]) -> int:
    """Check every link of a project, write link-report.json in its folder and say what was found.

    Args:
        register: the project's register.
        project: the folder that holds ``docs/`` and the built ``site/``.
        options: what was chosen for this run.
        environment: for today's date and for GitHub's files.

    Returns:
        The exit status: 0 if no link stops a change, 1 if one does or the check could not be made.
    """
    begun = time.monotonic()
    if not (project / "site" / "index.html").is_file():
        print("there is no built site in site/ (run 'make site' first)", file=sys.stderr)
        return 1
    plan = make_plan(register, carried_links(project / "site", project / "docs"))
    findings = [wrong_link_finding(link) for link in plan.wrong]
    copies: list[SoughtCopy] = []
    if not options.offline:
        try:
            findings += _ask(plan, options.limits, clock.today(environment))
        except CheckImpossible as impossible:
            print(impossible, file=sys.stderr)
            return 1
        if options.copies:
            left = replace(options.limits, whole_run=options.limit - (time.monotonic() - begun))
            copies = _seek_copies(register, left, clock.today(environment))
        _write_report(findings, copies, project)
    _show(findings, copies, notes(plan, findings, options.offline), options, environment, time.monotonic() - begun)
    return int(any(finding.stops(options.gate) for finding in findings))


def _ask(plan: Plan, limits: Limits, today: datetime.date) -> list[LinkFinding]:
    targets = plan.targets()
    progress = reporters.Progress(len(targets))
    verdicts = check(targets.values(), limits, lambda judgement: progress.step(judgement.verdict in GOOD))
    progress.close()
    return [outside_finding(link, verdicts[link.target.url], today) for link in plan.outside]


def learn_words(register: Register, project: Path, limits: Limits) -> int:
    """Propose words for the pages that nothing is expected of yet, on the terminal and in learnt-words.json.

    Args:
        register: the project's register.
        project: the project's folder.
        limits: of this run.

    Returns:
        The exit status: 0, or 1 if no page could be asked.
    """
    progress = reporters.Progress(len(learning.without_words(register)))
    try:
        run = learning.learn(register, limits, lambda judgement: progress.step(judgement.verdict in GOOD))
    except CheckImpossible as impossible:
        print(impossible, file=sys.stderr)
        return 1
    finally:
        progress.close()
    with _writing(project / learning.NAME):
        learning.keep(run, project)
    print(learning.as_text(run))
    return 0


def _seek_copies(register: Register, limits: Limits, today: datetime.date) -> list[SoughtCopy]:
    """What archives keep; nothing if they cannot be asked, because what was found of links is worth telling all the same."""
    progress = reporters.Progress(len(questions(register, today)), "questions to web archives answered")
    try:
        return seek_copies(register, limits, today, lambda judgement: progress.step(judgement.verdict in GOOD))
    except CheckImpossible as impossible:
        print(impossible, file=sys.stderr)
        return []
    finally:
        progress.close()


def _write_report(findings: list[LinkFinding], copies: list[SoughtCopy], project: Path) -> None:
    links = sorted(
        (finding.checked for finding in findings), key=lambda checked: (checked.url, checked.id or "", checked.detail)
    )
    found = sorted((sought.found for sought in copies if sought.found), key=lambda copy: copy.id)
    now = clock.moment().replace(microsecond=0)
    with _writing(project / link_report.NAME) as path:
        link_report.write(LinkReport(checked_at=now, links=links, found_copies=found), path)


def notes(plan: Plan, findings: list[LinkFinding], offline: bool) -> list[str]:
    """Return what the findings do not say by themselves: above all, what was not checked.

    Args:
        plan: what there was to check.
        findings: what was found.
        offline: whether no outside address was asked.
    """
    lines = [f"{counted(plan.inside_count, 'inside link')} looked at."]
    if plan.not_for_programs:
        lead = "it leads" if plan.not_for_programs == 1 else "they lead"
        links = counted(plan.not_for_programs, "link")
        lines.append(f"{links} to suggest a change not checked: {lead} to a login.")
    if offline:
        number = len(plan.targets())
        lines.append(f"Offline: {number} outside address{' was' if number == 1 else 'es were'} not checked.")
        return lines
    without = sum(not link.target.phrases for link in plan.outside)
    if without:
        have = (
            "has no words under 'expect' to know its" if without == 1 else "have no words under 'expect' to know their"
        )
        lines.append(f"{counted(without, 'outside link')} {have} page by.")
    asked = [finding for finding in findings if finding.address_verdict]
    if len(asked) > 2 and all(finding.address_verdict in _UNREACHED for finding in asked):
        advice = "is this machine online? (--offline checks inside links only)"
        lines.append(f"Nothing at all could be reached: {advice}")
    return lines


def _show(
    findings: list[LinkFinding],
    copies: list[SoughtCopy],
    lines: list[str],
    options: LinkCheckOptions,
    environment: Mapping[str, str],
    seconds: float,
) -> None:
    """Show the findings to people, and to CI in the forms that were asked for."""
    print(reporters.table(findings), *lines, sep="\n")
    if copies:
        print("", copy_reporters.as_text(copies), sep="\n")
    summary = reporters.markdown(findings, lines) + copy_reporters.as_markdown(copies)
    if options.summary:
        with _writing(options.summary) as path:
            path.write_text(summary, encoding="utf-8")
    if environment.get("GITHUB_STEP_SUMMARY"):
        with _writing(Path(environment["GITHUB_STEP_SUMMARY"])) as path, path.open("a", encoding="utf-8") as file:
            file.write(summary)
    if environment.get("GITHUB_ACTIONS") == "true" and (text := reporters.annotations(findings, options.gate)):
        print(text)
    if options.junit:
        with _writing(options.junit) as path:
            path.write_bytes(reporters.junit(findings, seconds))


class CannotWrite(InputError):
    """A file cannot be written; the text says why."""


@contextmanager
def _writing(path: Path) -> Iterator[Path]:
    """Hand out a path to write to; what goes wrong is said in words."""
    try:
        yield path
    except OSError as error:
        raise CannotWrite(f"'{path}' cannot be written: {error.strerror} (give another place)") from None
