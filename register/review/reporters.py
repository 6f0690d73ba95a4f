"""A review as plain text for a terminal, as Markdown for a pull request, and as JSON for programs."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import get_args

from register.characters import one_line, usable, without_commands
from register.problems import Problem, counted
from register.review.difference import Difference, Part
from register.review.review import Review

_TITLES: dict[Part, str] = {
    "help": "Help lines",
    "register": "The register",
    "pages": "Pages",
    "links": "Links to other sites",
    "addresses": "Addresses",
    "program": "Besides the content",
}
_FIRST = "Look at these first"
_WRONG = "Not ready to be published"
_SOON = "Advice that this change brings"
_NOTHING = "Nothing that readers see is different."
_MOST_SHOWN = 200  # points of one section, where people read them; JSON holds all
LONGEST_COMMENT = 60_000  # bytes: GitHub takes 65,536 signs, and Linux hands on no value of more than 131,071 bytes


def as_text(review: Review) -> str:
    """Return a review for a terminal."""
    lines = [f"What this change does, compared with {review.since}", ""]
    for section in sections(review):
        lines += [section.title, *_lines(section.points, "  ", str, str), ""]
    return "\n".join(without_commands(one_line(line)) for line in lines).rstrip()


def as_json(review: Review) -> str:
    """Return a review as JSON, with the fields of ``Review``."""
    return usable(review.model_dump_json(indent=2))


def from_json(text: str) -> Review:
    """Return the review that a file holds; its text may come from anybody.

    Raises:
        ValueError: it holds none.
    """
    return Review.model_validate_json(text)


def as_markdown(review: Review) -> str:
    """Return a review for a page on GitHub. Whatever a change holds stands there as words, and does nothing.

    No link, picture, HTML, heading, list, table, mention, issue or emoji is made of it.
    """
    lines = [f"## What this change does, compared with {_words(review.since)}", ""]
    for section in sections(review):
        lines += [
            f"### {section.title}",
            "",
            *_lines(section.points, "", lambda about: f"- **{_words(about)}**", _words),
            "",
        ]
    text = "\n".join(lines).rstrip()
    content = text.encode()
    if len(content) <= LONGEST_COMMENT:
        return text
    whole_lines = content[:LONGEST_COMMENT].decode(errors="ignore").rpartition("\n")[0]
    return f"{whole_lines}\n\nThere is more; the summary of the check has all of it."


# How a review can be shown, by the name that commands give it.
WAYS: dict[str, Callable[[Review], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}


# ── what is said, and in what order ────────────────────────────────────────────────────────────

# What it is about, and each sentence of it.
Points = list[tuple[str, list[str]]]


@dataclass(frozen=True)
class Section:
    """Points under one title."""

    title: str
    points: Points
    first: bool = False  # whether it is to be looked at before all else


def sections(review: Review) -> Iterator[Section]:
    """Yield the sections with something in them: what is wrong, what to look at first, then all else; nothing stands twice."""
    if review.problems or review.not_compared:
        title = f"{_WRONG}: {counted(len(review.problems), 'problem')}" if review.problems else "Not compared"
        wrong = [("", [*map(str, review.problems), *review.not_compared])]
        yield Section(title, wrong, first=True)
    if risky := [one for one in review.differences if one.risk]:
        yield Section(_FIRST, _by_subject(risky), first=True)
    for part in get_args(Part):
        if ordinary := [one for one in review.differences if one.part == part and not one.risk]:
            yield Section(_TITLES[part], _by_subject(ordinary))
    if review.advice:
        yield Section(_SOON, [("", [_advice(one) for one in review.advice])])
    if not review.differences and not review.problems:
        yield Section(_NOTHING, [])


def _by_subject(differences: Iterable[Difference]) -> Points:
    """Differences of one subject together; what to make sure of is said once, after those that need it."""
    subjects: dict[str, dict[str, dict[str, None]]] = {}  # what it is about, what to make sure of, the sentences
    for one in differences:
        subjects.setdefault(one.about, {}).setdefault(one.risk, {})[one.what] = None
    return [(about, list(_with_risks(risks))) for about, risks in subjects.items()]


def _with_risks(risks: dict[str, dict[str, None]]) -> Iterator[str]:
    for risk, sentences in risks.items():
        yield from sentences
        yield from [f"Make sure: {risk}."] if risk else []


def _advice(problem: Problem) -> str:
    return f"{problem.record or problem.path}: {problem.message}"


def _lines(points: Points, margin: str, named: Callable[[str], str], words: Callable[[str], str]) -> Iterator[str]:
    """Points as a list; how what they are about is shown, and how their sentences are."""
    for about, sentences in points:
        indent = f"{margin}  " if about else margin
        yield from [margin + named(about)] if about else []
        yield from (f"{indent}- {words(sentence)}" for sentence in sentences[:_MOST_SHOWN])
        yield from [f"{indent}- … and {len(sentences) - _MOST_SHOWN} more"] if len(sentences) > _MOST_SHOWN else []


# ── words that do nothing ──────────────────────────────────────────────────────────────────────

# What Markdown reads as more than a letter, anywhere or at the beginning of a line (CommonMark 0.31, 2.4, 4 and 5).
_MARKUP = re.compile(r"[\\`*_{}\[\]<>#|~&!$^=]|^[-+]")
_COUNTED = re.compile(r"^(\d{1,9})([.)])")
# What GitHub makes links, mentions and emoji of when the Markdown has been read, so that a character reference stops nothing.
_LINKED = re.compile(
    r"(?i)(?<=[@#])(?=\w)|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=\bGH)(?=-\d)|(?<=[0-9a-f]{6})(?=[0-9a-f])|(?<=:)(?=[\w+-]*[a-z_+-][\w+-]*:)"
)
_NOTHING_BETWEEN = "\N{ZERO WIDTH SPACE}"


def _words(text: str) -> str:
    """Text as Markdown shows it, letter for letter."""
    parted = _LINKED.sub(_NOTHING_BETWEEN, one_line(text).strip())
    return _COUNTED.sub(r"\1\\\2", _MARKUP.sub(lambda sign: f"&#{ord(sign[0])};", parted))
