"""All guards, and what they ask of a project's words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from register.guards.abbreviations import abbreviations_are_explained
from register.guards.calm import addresses_are_calm, detail_has_a_content_note, titles_are_calm
from register.guards.contacts import CONTACTS
from register.guards.guard import Finding, Guard, Words, excepted
from register.guards.language import LANGUAGE
from register.guards.links import headings_are_in_order, links_say_where_they_lead, pictures_are_described
from register.guards.names import NAMES
from register.guards.passages import Passage, passages_of_page, passages_of_register, reading_age_of_page
from register.guards.personal import PERSONAL
from register.guards.plain_english import passives_are_few, reading_ages, sentences_are_short
from register.guards.spelling import american_spelling, misspellings
from register.guards.typed_line import typed_line
from register.model import GuardException, Register
from register.problems import Problem

# In the order in which the site prints them.
GUARDS: tuple[Guard, ...] = (
    LANGUAGE,
    NAMES,
    PERSONAL,
    CONTACTS,
    Guard(reading_ages, "plain-english"),
    Guard(sentences_are_short, "plain-english"),
    Guard(passives_are_few, "plain-english"),
    Guard(abbreviations_are_explained, "abbreviations"),
    Guard(misspellings, "spelling"),
    Guard(american_spelling, "spelling"),
    Guard(links_say_where_they_lead, "links"),
    Guard(pictures_are_described, "links"),
    Guard(headings_are_in_order, "headings"),
    Guard(titles_are_calm, "calm"),
    Guard(addresses_are_calm, "calm"),
    Guard(detail_has_a_content_note, "calm"),
)


def check_words(
    pages: Mapping[str, str],
    register: Register | None,
    settings: Iterable[Passage] = (),
    data: Mapping[str, Sequence[str]] | None = None,
) -> tuple[list[Problem], list[Problem]]:
    """Return what the guards find in written pages, in a register and in settings: problems and advice.

    What an exception in ``data/exceptions.yml`` names is left out. An exception that nothing needs is advice. If the data's
    header, words or exceptions cannot be used, nothing is asked: what was answered would be asked again.

    Args:
        pages: the text of each written page by its path.
        register: the checked register; None if the data cannot be used.
        settings: the words of ``mkdocs.yml`` that readers see.
        data: the lines of each data file by its path, to find the line within a text of several lines.
    """
    if not register:
        return [], []
    of_pages = (passage for path, text in pages.items() for passage in passages_of_page(text, path))
    words = Words([*of_pages, *passages_of_register(register), *settings], register, _reading_ages(pages))
    exceptions = register.exceptions
    problems, advice, used = list[Problem](), list[Problem](), list[GuardException]()
    for guard in GUARDS:
        advised = list[Problem]()
        for finding in guard.ask(words):
            if exception := excepted(finding, guard, exceptions):
                used.append(exception)
            else:
                (advised if finding.advises else problems).append(_problem(finding, guard, data or {}))
        advice += _first_of_each_file(advised)
    return problems, [*advice, *_unneeded(exceptions, used)]


def _problem(finding: Finding, guard: Guard, data: Mapping[str, Sequence[str]]) -> Problem:
    passage = finding.passage
    in_data = passage.kind == "field" and passage.path in data
    line = typed_line(finding, data[passage.path]) if in_data else passage.line_at(finding.at)
    return Problem(passage.path, line, passage.record, finding.what, finding.to_do, guard.name)


def _first_of_each_file(advised: list[Problem]) -> list[Problem]:
    """One line of a guard's advice for each file, so that advice is read: its first finding, and how many more there are."""
    held: dict[str, list[Problem]] = {}
    for problem in advised:
        held.setdefault(problem.path, []).append(problem)
    return [
        replace(first, to_do=f"{first.to_do}; {len(more)} more like it in this file") if more else first
        for first, *more in held.values()
    ]


def _reading_ages(pages: Mapping[str, str]) -> dict[str, int]:
    """The reading age that each page may ask of its readers, where the page sets one."""
    held = {path: reading_age_of_page(text) for path, text in pages.items()}
    return {path: age for path, age in held.items() if age}


def _unneeded(exceptions: list[GuardException], used: list[GuardException]) -> list[Problem]:
    unneeded = [one for one in exceptions if not any(one is held for held in used)]
    what, to_do = "nothing needs this exception", "take it out; if it is new, write the words as the message shows them"
    return [
        Problem(one.origin.path, one.origin.line, one.origin.record, what, to_do, "unneeded-exception")
        for one in unneeded
        if one.origin
    ]
