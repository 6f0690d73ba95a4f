"""All guards, and what they ask of a project's words."""

import itertools
from collections.abc import Mapping

from register.guards.contacts import CONTACTS
from register.guards.guard import Guard, Words, excepted
from register.guards.language import LANGUAGE
from register.guards.names import NAMES
from register.guards.passages import passages_of_page, passages_of_register
from register.guards.personal import PERSONAL
from register.model import GuardException, Register
from register.problems import Problem

# In the order in which the site prints them.
GUARDS: tuple[Guard, ...] = (LANGUAGE, NAMES, PERSONAL, CONTACTS)


def check_words(pages: Mapping[str, str], register: Register | None) -> tuple[list[Problem], list[Problem]]:
    """Return what the guards find in written pages and in a register: problems and advice.

    What an exception in ``data/exceptions.yml`` names is left out. An exception that nothing needs is advice. While the data cannot be
    used, its exceptions are not known: nothing is asked then, since what was answered would be asked again.

    Args:
        pages: the text of each written page by its path.
        register: the checked register; None if the data cannot be used.
    """
    if not register:
        return [], []
    of_pages = (passage for path, text in pages.items() for passage in passages_of_page(text, path))
    words = Words([*of_pages, *passages_of_register(register)], register)
    exceptions = register.exceptions
    problems, advice, used = list[Problem](), list[Problem](), list[GuardException]()
    for guard, finding in itertools.chain.from_iterable(((guard, one) for one in guard.ask(words)) for guard in GUARDS):
        if exception := excepted(finding, guard, exceptions):
            used.append(exception)
            continue
        passage = finding.passage
        problem = Problem(
            passage.path, passage.line_at(finding.at), passage.record, finding.what, finding.to_do, guard.name
        )
        (advice if finding.advises else problems).append(problem)
    return problems, [*advice, *_unneeded(exceptions, used)]


def _unneeded(exceptions: list[GuardException], used: list[GuardException]) -> list[Problem]:
    unneeded = [one for one in exceptions if not any(one is held for held in used)]
    what, to_do = "nothing needs this exception any more", "take it out"
    return [
        Problem(one.origin.path, one.origin.line, one.origin.record, what, to_do, "unneeded-exception")
        for one in unneeded
        if one.origin
    ]
