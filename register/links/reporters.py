"""The findings for people and for CI: a table, a Markdown summary, annotations of GitHub, JUnit XML."""

import shutil
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Iterable
from typing import TextIO
from xml.etree import ElementTree

from register.links.findings import Finding
from register.links.report import VERDICTS

_ORDER = {verdict: place for place, verdict in enumerate(VERDICTS)}


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order in which people want them: failing, then to do, then the rest, each by address."""
    return sorted(findings, key=lambda f: (not f.fails, not f.to_do, _ORDER[f.checked.verdict], f.item.name))


def table(findings: list[Finding], width: int | None = None) -> str:
    """Return the findings as a table for a terminal: what fails or could be mended in full, the rest counted."""
    width = width or max(60, shutil.get_terminal_size((100, 24)).columns)
    lines = []
    for finding in worst_first(findings):
        if finding.to_do or finding.quiet or finding.checked.candidate:
            lines += _row(finding, width)
    return "\n".join([*lines, *([""] if lines else []), totals(findings)])


def _row(finding: Finding, width: int) -> list[str]:
    mark = "✗" if finding.fails else "·"
    head = f"{mark} {finding.checked.verdict:<13} {finding.item.name}"
    if finding.item.link:
        head += f"  {finding.checked.url}"
    text = finding.checked.detail
    if pages := finding.checked.found_on:
        text += f" [on {_some(pages)}]"
    return [head, *textwrap.wrap(text, width, initial_indent=" " * 16, subsequent_indent=" " * 16)]


def _some(pages: list[str]) -> str:
    shown = ", ".join(pages[:3])
    return shown if len(pages) <= 3 else f"{shown} and {len(pages) - 3} more pages"


def totals(findings: list[Finding]) -> str:
    """Return how many links got which verdict, in one line."""
    counted = Counter(finding.checked.verdict for finding in findings)
    parts = [f"{counted[verdict]} {verdict}" for verdict in VERDICTS if counted[verdict]]
    return f"{len(findings)} links: {', '.join(parts) or 'none'}."


def markdown(findings: list[Finding], notes: list[str]) -> str:
    """Return the findings as Markdown, for a CI step's summary or an issue."""
    failing = [finding for finding in worst_first(findings) if finding.fails]
    others = [finding for finding in worst_first(findings) if finding.to_do and not finding.fails]
    parts = ["## Links", "", totals(findings), *notes, ""]
    for title, held in (("To mend", failing), ("Could be better", others)):
        if held:
            parts += [
                f"### {title}",
                "",
                "| Link | Found | What was seen (what to do) | On pages |",
                "|---|---|---|---|",
            ]
            parts += [_markdown_row(finding) for finding in held] + [""]
    if not failing:
        parts += ["Every link leads where it claims.", ""]
    return "\n".join(parts)


def _markdown_row(finding: Finding) -> str:
    cells = [finding.item.name, finding.checked.verdict, finding.checked.detail, _some(finding.checked.found_on)]
    return "| " + " | ".join(_cell(cell) for cell in cells) + " |"


def _cell(text: str) -> str:
    """Text that a page far away may have written, made harmless: as code, without what would end the cell."""
    plain = " ".join(text.split()).replace("|", "¦").replace("`", "'")
    return f"`{plain}`" if plain else ""


def annotations(findings: list[Finding], gate: str) -> str:
    """Return GitHub's workflow commands that put each finding beside its line."""
    lines = []
    for finding in worst_first(findings):
        if finding.to_do:
            level = "error" if finding.stops(gate) else "warning" if finding.fails else "notice"
            place = f"file={_property(finding.item.path)},line={finding.item.line}"
            title = _property(f"{finding.checked.verdict}: {finding.item.name}")
            lines.append(f"::{level} {place},title={title}::{_data(finding.checked.detail)}")
    return "\n".join(lines)


def _data(text: str) -> str:
    """Text for a workflow command, escaped as the runner reads it (actions/toolkit, command.ts)."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def junit(findings: list[Finding], seconds: float) -> bytes:
    """Return the findings as JUnit XML."""
    failing = sum(finding.fails for finding in findings)
    skipped = sum(finding.quiet for finding in findings)
    counts = {"tests": str(len(findings)), "failures": str(failing), "skipped": str(skipped), "time": f"{seconds:.1f}"}
    suite = ElementTree.Element("testsuite", name="links", **counts)
    for finding in worst_first(findings):
        place = {"file": finding.item.path, "line": str(finding.item.line)}
        case = ElementTree.SubElement(suite, "testcase", classname="links", name=_xml(finding.item.name), **place)
        if finding.fails:
            failure = ElementTree.SubElement(case, "failure", message=finding.checked.verdict)
            failure.text = _xml(f"{finding.checked.url}\n{finding.checked.detail}")
        elif finding.quiet:
            ElementTree.SubElement(case, "skipped", message=_xml(finding.checked.detail))
    return ElementTree.tostring(suite, encoding="utf-8", xml_declaration=True) + b"\n"


def _xml(text: str) -> str:
    """Text without the control characters that XML 1.0 forbids (2.2)."""
    return "".join(sign if sign >= " " or sign in "\t\n" else " " for sign in text)


class Progress:
    """Says how far the check is: one line that changes on a terminal, a line now and then elsewhere."""

    def __init__(self, total: int, stream: TextIO = sys.stderr):
        self._total = total
        self._stream = stream
        self._done = self._faults = 0
        self._terminal = stream.isatty()
        self._said = time.monotonic()

    def step(self, good: bool) -> None:
        """Note one more address, good or not."""
        self._done += 1
        self._faults += not good
        due = time.monotonic() - self._said >= (0.1 if self._terminal else 10.0)
        if due or self._done == self._total:
            self._said = time.monotonic()
            self._write(f"{self._done} of {self._total} addresses checked, {self._faults} to look at")

    def _write(self, text: str) -> None:
        print(f"\r{text}\x1b[K" if self._terminal else text, end="" if self._terminal else "\n", file=self._stream)
        self._stream.flush()

    def close(self) -> None:
        """End the changing line."""
        if self._terminal:
            print(file=self._stream)
