"""Permanent identifiers of what is published: the register, its updates, feeds and calendar entries.

An identifier is a ``urn:uuid:`` made from the register's own permanent id and what it
stands for (RFC 9562, version 5). It holds no host, so it stays when the site moves
or is built without an address, and nobody's domain is used that is not ours
(which a ``tag:`` URI, RFC 4151, would need).
"""

import uuid
from collections import Counter
from collections.abc import Iterable

from register.model import Header, Milestone, Update

_NAMESPACE = uuid.UUID("f682e88a-22c5-4f8d-8a7d-f4b4e5a7c266")  # chosen once, by chance; never changes


def urn(header: Header, *parts: str | int) -> str:
    """Return the permanent identifier of something in a register: ``urn(header, "recommendation", 3, "due")``.

    Args:
        header: the register's header; only its id counts.
        parts: what it stands for; none for the register itself.
    """
    register = uuid.uuid5(_NAMESPACE, header.id)
    return uuid.uuid5(register, "/".join(map(str, parts))).urn


def update_keys(header: Header, number: int, updates: Iterable[Update]) -> list[str]:
    """Return a key for each update of a recommendation: ``3/2025-07-01/partnership``, the second of them ``…/2``.

    The key holds what an editor never changes; a voice that was renamed is in it by the first id that it had. A place in the list would not do: an
    update that is found later goes in between, by its date.
    """
    first = {voice.id: voice.formerly[0] for voice in header.voices if voice.formerly}
    return _numbered(f"{number}/{update.date.text}/{first.get(update.voice, update.voice)}" for update in updates)


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
