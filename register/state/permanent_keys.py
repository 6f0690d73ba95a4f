"""Permanent keys of updates and milestones. Identifiers, tables and places on pages are made from them."""

from collections import Counter
from collections.abc import Iterable

from register.model import Milestone, Update


def update_keys(number: int, updates: Iterable[Update]) -> list[str]:
    """Return a key for each update of a recommendation: ``3/2025-07-01/partnership``, the second of them ``…/2``.

    The key holds what an editor never changes. A place in the list would not do: an
    update that is found later goes in between, by its date.
    """
    return _numbered(f"{number}/{update.date.text}/{update.voice}" for update in updates)


def milestone_keys(milestones: Iterable[Milestone]) -> list[str]:
    """Return a key for each milestone: ``2022-05-12``, the second of that date ``2022-05-12/2``.

    A milestone whose date was wrong keeps the key of the date under which it first stood.
    """
    return _numbered((milestone.formerly or milestone.date).text for milestone in milestones)


def _numbered(keys: Iterable[str]) -> list[str]:
    """Keys of which none equals another: the second of its kind ends in ``/2``."""
    seen: Counter[str] = Counter()
    numbered = []
    for key in keys:
        seen[key] += 1
        numbered.append(key if seen[key] == 1 else f"{key}/{seen[key]}")
    return numbered
