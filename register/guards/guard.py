"""What a guard is: a question about words, with the rule in plain words as its docstring, as the site prints it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from register.guards.passages import Passage
from register.model import GuardException, Register

# The pages that people in need read first: what makes these hard to read stops the check, elsewhere it is advice.
READ_FIRST = ("docs/index.md", "docs/help.md", "docs/short.md")


@dataclass(frozen=True)
class Words:
    """All that a guard looks at."""

    passages: Sequence[Passage]
    register: Register | None  # None if the data cannot be used
    reading_ages: Mapping[str, int] = field(default_factory=dict)  # what pages may ask of readers, where they set it

    def pages(self) -> Iterator[tuple[str, list[Passage]]]:
        """Yield each written page's path with its passages."""
        held: dict[str, list[Passage]] = {}
        for passage in self.passages:
            if passage.kind != "field":
                held.setdefault(passage.path, []).append(passage)
        yield from held.items()


@dataclass(frozen=True)
class Finding:
    """Words about which a guard has a question."""

    passage: Passage
    at: int  # where they begin in the passage
    words: str  # as they stand there
    what: str  # what the guard minds
    to_do: str  # how to mend it
    advises: bool = False  # whether it stops nothing


class Covered:
    """Which parts of a text something was found in already."""

    def __init__(self, text: str) -> None:
        self._signs = bytearray(len(text))

    def touches(self, start: int, end: int) -> bool:
        """Return whether anything was found between two places."""
        return 1 in self._signs[start:end]

    def add(self, start: int, end: int) -> None:
        """Note that something was found between two places."""
        self._signs[start:end] = b"\1" * (end - start)


Ask = Callable[[Words], Iterable[Finding]]


@dataclass(frozen=True)
class Guard:
    """A question about words."""

    ask: Ask
    name: str  # what an exception calls it

    @property
    def id(self) -> str:
        """Its permanent name on the site."""
        return self.ask.__name__.replace("_", "-")

    @property
    def text(self) -> str:
        """The rule in plain words."""
        return " ".join((self.ask.__doc__ or "").split())


def or_except(guard: str, reason: str, named: str = "them") -> str:
    """Return how words can stay as they are: the last part of what is to be done."""
    return f"or, if {reason}, add {named} to data/exceptions.yml with 'guard: {guard}' and why"


def excepted(finding: Finding, guard: Guard, exceptions: Iterable[GuardException]) -> GuardException | None:
    """Return the exception that lets a finding stand; None if none does."""
    for exception in exceptions:
        here = exception.page is None or exception.page == finding.passage.path
        if exception.guard == guard.name and here and folded(exception.words) == folded(finding.words):
            return exception
    return None


def folded(words: str) -> str:
    """Return words as they are compared: small letters, one space for any, straight quotes."""
    return re.sub(r"\s+", " ", words.translate({0x2019: "'", 0x2018: "'"})).strip(" .,;:…").casefold()
