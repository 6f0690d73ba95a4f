"""The findings for people and for CI: a table, a Markdown summary, annotations of GitHub, JUnit XML.

Text from outside is clean when it comes here (``verdict.judge``, ``PlannedLink.name`` and ``.shown_url``). Each reporter
escapes what is special in its own format, and writes nothing that would break that format, whatever check made the finding.
"""

import shutil
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TextIO
from xml.etree import ElementTree

from register.characters import as_code, one_line, usable
from register.links.findings import LinkFinding, said_in_one_line
from register.links.options import Gate
from register.links.report import VERDICTS, LinkVerdict
from register.problems import counted

_ORDER = {verdict: place for place, verdict in enumerate(VERDICTS)}


def worst_first(findings: Iterable[LinkFinding]) -> list[LinkFinding]:
    """Return findings, the failing ones first, then those that could be better, then the rest; each by its name."""

    def key(finding: LinkFinding) -> tuple[bool, bool, int, str]:
        return not finding.fails, not finding.is_actionable, _ORDER[finding.verdict], finding.link.name

    return sorted(findings, key=key)


@dataclass(frozen=True)
class AlikeFindings:
    """Findings of the same verdict about which the same was seen: it is said once, and the links stand beneath."""

    findings: list[LinkFinding]  # at least one

    @property
    def verdict(self) -> LinkVerdict:
        """Their verdict."""
        return self.findings[0].verdict

    @property
    def fails(self) -> bool:
        """Whether they fail: all do, or none."""
        return self.findings[0].fails

    @property
    def said_of_all(self) -> str:
        """What was seen, and what to do and what holds besides as far as that is the same for all."""
        to_dos, notes = self._more()
        return said_in_one_line(self.findings[0].seen, _the_same(to_dos), _the_same(notes))

    def said_of(self, finding: LinkFinding) -> str:
        """What is said of one of them and not of all; "" if nothing is."""
        to_dos, notes = self._more()
        to_do = finding.to_do if len(to_dos) > 1 else ""
        return said_in_one_line("", to_do, finding.note if len(notes) > 1 else "").strip(" ;")

    def _more(self) -> tuple[set[str], set[str]]:
        """What is said to do, and what is said to hold besides."""
        return {one.to_do for one in self.findings}, {one.note for one in self.findings}


def _the_same(said: set[str]) -> str:
    """What is said of all alike; "" if it is not the same."""
    return next(iter(said)) if len(said) == 1 else ""


def said_once(findings: Iterable[LinkFinding]) -> list[AlikeFindings]:
    """Return findings in groups of those that are alike, the worst first."""
    groups: dict[tuple[bool, bool, str, str], list[LinkFinding]] = {}
    for finding in worst_first(findings):
        key = (finding.fails, finding.is_actionable, finding.verdict, finding.seen)
        groups.setdefault(key, []).append(finding)
    return list(map(AlikeFindings, groups.values()))


# ── for a terminal ─────────────────────────────────────────────────────────────────────────────


def table(findings: list[LinkFinding], width: int | None = None) -> str:
    """Return the findings as a table for a terminal: in full what fails or could be better, the rest counted.

    What is the same for several links is said once, with the links beneath.

    Args:
        findings: all of them.
        width: of a line; the terminal's if None.
    """
    width = width or max(60, shutil.get_terminal_size((100, 24)).columns)
    lines = []
    for alike in said_once(
        finding for finding in findings if finding.is_actionable or finding.excused or finding.link.role == "candidate"
    ):
        lines += _row(alike, width) if len(alike.findings) == 1 else _rows(alike, width)
    return "\n".join([*lines, *([""] if lines else []), totals(findings)])


def _row(alike: AlikeFindings, width: int) -> list[str]:
    """The lines of one link."""
    (finding,) = alike.findings
    return [one_line(f"{_mark(alike)} {_named(finding)}"), *_wrapped(f"{finding.detail}{_on_pages(finding)}", width)]


def _rows(alike: AlikeFindings, width: int) -> list[str]:
    """What is the same for several links, and a line or more for each of them."""
    lines = [f"{_mark(alike)} {counted(len(alike.findings), 'link')}", *_wrapped(alike.said_of_all, width)]
    for finding in alike.findings:
        own = f" {said}" if (said := alike.said_of(finding)) else ""
        lines += _wrapped(f"{_BULLET}{_named(finding)}{own}{_on_pages(finding)}", width, _INDENT + " " * len(_BULLET))
    return lines


_INDENT = " " * 16
_BULLET = "- "


def _mark(alike: AlikeFindings) -> str:
    return f"{'✗' if alike.fails else '·'} {alike.verdict:<13}"


def _named(finding: LinkFinding) -> str:
    return f"{finding.link.name}  {finding.link.shown_url}" if finding.link.entry else finding.link.name


def _on_pages(finding: LinkFinding) -> str:
    pages = finding.checked.found_on
    return f" [on {_some(pages)}]" if pages else ""


def _wrapped(text: str, width: int, following: str = _INDENT) -> list[str]:
    return textwrap.wrap(one_line(text), width, initial_indent=_INDENT, subsequent_indent=following)


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
    """Return the findings as Markdown, with the notes under their totals; what is the same for several links is said once."""
    failing = said_once(finding for finding in findings if finding.fails)
    others = said_once(finding for finding in findings if finding.is_actionable and not finding.fails)
    parts = ["## Links", "", totals(findings), *notes, ""]
    for title, held in (("To mend", failing), ("Could be better", others)):
        if held:
            parts += [f"### {title}", "", *(line for alike in held for line in _markdown_lines(alike)), ""]
    if not failing:
        parts += ["Every link leads where it claims.", ""]
    return "\n".join(parts)


def _markdown_lines(alike: AlikeFindings) -> Iterator[str]:
    """What was found, with how many links if there are several, and beneath it each link and the pages that carry it."""
    number = len(alike.findings)
    how_many = f", {counted(number, 'link')}" if number > 1 else ""
    yield f"- {as_code(alike.verdict)}{how_many}: {as_code(alike.said_of_all)}"
    for finding in alike.findings:
        pages = finding.checked.found_on
        parts = [
            as_code(finding.link.name),
            as_code(alike.said_of(finding)),
            f"on {as_code(_some(pages))}" if pages else "",
        ]
        yield f"    - {' '.join(filter(None, parts))}"


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
        asked: str = "addresses checked",
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
            self._write(f"{self._done} of {self._total} {self._asked}, {self._not_good} to look at")

    def _write(self, text: str) -> None:
        print(f"\r{text}\x1b[K" if self._terminal else text, end="" if self._terminal else "\n", file=self._stream)
        self._stream.flush()

    def close(self) -> None:
        """End the changing line."""
        if self._terminal:
            print(file=self._stream)
