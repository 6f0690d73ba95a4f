"""Permanent identifiers of what is published: the register, its updates, feeds and calendar entries.

An identifier is a ``urn:uuid:`` made from the register's own permanent id and what it
stands for (RFC 9562, version 5). It holds no host, so it stays when the site moves
or is built without an address, and nobody's domain is used that is not ours
(which a ``tag:`` URI, RFC 4151, would need).
"""

import uuid

from register.model import Header

_NAMESPACE = uuid.UUID("f682e88a-22c5-4f8d-8a7d-f4b4e5a7c266")  # chosen once, by chance; never changes


def urn(header: Header, *parts: str | int) -> str:
    """Return the permanent identifier of something in a register: ``urn(header, "recommendation", 3, "due")``.

    Args:
        header: the register's header; only its id counts.
        parts: what it stands for; none for the register itself.
    """
    register = uuid.uuid5(_NAMESPACE, header.id)
    return uuid.uuid5(register, "/".join(map(str, parts))).urn
