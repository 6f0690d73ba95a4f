"""The findings for people and for CI: a table, a Markdown summary, annotations of GitHub, JUnit XML.

Text from outside is clean when it comes here (``verdict.judge``, ``PlannedLink.name`` and ``.shown_url``). Each reporter
escapes what is special in its own format, and writes nothing that would break that format, whatever check made the finding.
"""

import shutil
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import TextIO
from xml.etree import ElementTree

from register.characters import as_code, one_line, usable
from register.links.findings import Gate, LinkFinding
from register.links.report import VERDICTS
from register.problems import counted

_ORDER = {verdict: place for place, verdict in enumerate(VERDICTS)}


def worst_first(findings: Iterable[LinkFinding]) -> list[LinkFinding]:
    """Return findings, the failing ones first, then those that could be better, then the rest; each by its name."""

    def key(finding: LinkFinding) -> tuple[bool, bool, int, str]:
        return not finding.fails, not finding.is_actionable, _ORDER[finding.verdict], finding.link.name

    return sorted(findings, key=key)


# ── for a terminal ─────────────────────────────────────────────────────────────────────────────


def table(findings: list[LinkFinding], width: int | None = None) -> str:
    """Return the findings as a table for a terminal: in full what fails or could be better, the rest counted.

    Args:
        findings: all of them.
        width: of a line; the terminal's if None.
    """
    width = width or max(60, shutil.get_terminal_size((100, 24)).columns)
    lines = []
    for finding in worst_first(findings):
        if finding.is_actionable or finding.excused or finding.link.role == "candidate":
            lines += _row(finding, width)
    return "\n".join([*lines, *([""] if lines else []), totals(findings)])


def _row(finding: LinkFinding, width: int) -> list[str]:
    mark = "✗" if finding.fails else "·"
    head = f"{mark} {finding.verdict:<13} {finding.link.name}"
    if finding.link.entry:
        head += f"  {finding.link.shown_url}"
    text = finding.detail
    if pages := finding.checked.found_on:
        text += f" [on {_some(pages)}]"
    indent = " " * 16
    return [one_line(head), *textwrap.wrap(one_line(text), width, initial_indent=indent, subsequent_indent=indent)]


def _some(pages: list[str]) -> str:
    shown = ", ".join(pages[:3])
    return shown if len(pages) <= 3 else f"{shown} and {counted(len(pages) - 3, 'more page')}"


def totals(findings: list[LinkFinding]) -> str:
    """Return how many links got which verdict, in one line."""
    numbers = Counter(finding.verdict for finding in findings)
    parts = [f"{numbers[verdict]} {verdict}" for verdict in VERDICTS if numbers[verdict]]
    return f"{counted(len(findings), 'link')}: {', '.join(parts) or 'none'}."


# ── for a CI step's summary or an issue ────────────────────────────────────────────────────────


def markdown(findings: list[LinkFinding], notes: list[str]) -> str:
    """Return the findings as Markdown, with the notes under their totals."""
    failing = [finding for finding in worst_first(findings) if finding.fails]
    others = [finding for finding in worst_first(findings) if finding.is_actionable and not finding.fails]
    parts = ["## Links", "", totals(findings), *notes, ""]
    for title, held in (("To mend", failing), ("Could be better", others)):
        if held:
            heads = ["| Link | Found | What was seen (what to do) | On pages |", "|---|---|---|---|"]
            parts += [f"### {title}", "", *heads, *(_markdown_row(finding) for finding in held), ""]
    if not failing:
        parts += ["Every link leads where it claims.", ""]
    return "\n".join(parts)


def _markdown_row(finding: LinkFinding) -> str:
    cells = [finding.link.name, finding.verdict, finding.detail, _some(finding.checked.found_on)]
    return "| " + " | ".join(as_code(cell) for cell in cells) + " |"


# ── for GitHub's annotations ───────────────────────────────────────────────────────────────────


def annotations(findings: list[LinkFinding], gate: Gate) -> str:
    """Return GitHub's workflow commands that put each finding beside its line.

    Args:
        findings: all of them; those that nobody can do anything about are left out.
        gate: which of them are errors, because they stop a change.
    """
    lines = []
    for finding in worst_first(findings):
        if finding.is_actionable:
            level = "error" if finding.stops(gate) else "warning" if finding.fails else "notice"
            place = f"file={_property(finding.link.place.path)},line={finding.link.place.line}"
            title = _property(f"{finding.verdict}: {finding.link.name}")
            lines.append(f"::{level} {place},title={title}::{_data(finding.detail)}")
    return "\n".join(lines)


def _data(text: str) -> str:
    """Text for a workflow command, escaped as the runner reads it (actions/toolkit, command.ts).

    No line end is left to escape: ``one_line`` has made it a space.
    """
    return one_line(text).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


# ── for other CI systems ───────────────────────────────────────────────────────────────────────


def junit(findings: list[LinkFinding], seconds: float) -> bytes:
    """Return the findings as JUnit XML.

    Args:
        findings: all of them; each is one test case.
        seconds: how long the check took.
    """
    suite = ElementTree.Element("testsuite", {"name": "links"})
    suite.set("tests", str(len(findings)))
    suite.set("failures", str(sum(finding.fails for finding in findings)))
    suite.set("skipped", str(sum(finding.excused for finding in findings)))
    suite.set("time", f"{seconds:.1f}")
    for finding in worst_first(findings):
        case = ElementTree.SubElement(suite, "testcase", {"classname": "links", "name": usable(finding.link.name)})
        case.set("file", usable(finding.link.place.path))
        case.set("line", str(finding.link.place.line))
        if finding.fails:
            failure = ElementTree.SubElement(case, "failure", {"message": finding.verdict})
            failure.text = usable(f"{finding.link.shown_url}\n{finding.detail}")
        elif finding.excused:
            ElementTree.SubElement(case, "skipped", {"message": usable(finding.detail)})
    xml: bytes = ElementTree.tostring(suite, encoding="utf-8", xml_declaration=True)
    return xml + b"\n"


# ── while it runs ──────────────────────────────────────────────────────────────────────────────


class Progress:
    """Says how far the check is: one line that changes on a terminal, a line now and then elsewhere."""

    def __init__(
        self,
        total: int,
        asked: str = "addresses",
        stream: TextIO = sys.stderr,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._total = total
        self._asked = asked
        self._stream = stream
        self._clock = clock
        self._done = self._not_good = 0
        self._terminal = stream.isatty()
        self._last_shown = clock()

    def step(self, good: bool) -> None:
        """Count one more address, good or not."""
        self._done += 1
        self._not_good += not good
        due = self._clock() - self._last_shown >= (0.1 if self._terminal else 10.0)
        if due or self._done == self._total:
            self._last_shown = self._clock()
            self._write(f"{self._done} of {self._total} {self._asked} checked, {self._not_good} to look at")

    def _write(self, text: str) -> None:
        print(f"\r{text}\x1b[K" if self._terminal else text, end="" if self._terminal else "\n", file=self._stream)
        self._stream.flush()

    def close(self) -> None:
        """End the changing line."""
        if self._terminal:
            print(file=self._stream)
