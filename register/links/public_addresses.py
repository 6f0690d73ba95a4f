"""Connections that are made to the public internet only.

A page can send its visitor anywhere: to a router, to a server of the own network, to the address at which a cloud
hands out its keys. Whoever starts at a public address is led to public ones only.
"""

import socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from register.public_hosts import is_public, is_public_host


class NotPublic(OSError):
    """A connection would have led to an address that is not public."""


def leads_inside(host: str, *, resolve: bool) -> bool:
    """Return whether a host is, or may be, outside the public internet.

    Args:
        host: a name or an IP address in any spelling that the system knows, such as ``127.1`` or ``0x7f000001``.
        resolve: whether to look the name up. Behind a proxy that is the proxy's affair, and most networks then cannot.
    """
    name = host.lower().rstrip(".")
    numeric = _addresses(name, socket.AI_NUMERICHOST)
    if numeric:
        return not all(map(is_public, numeric))
    if not is_public_host(name):
        return True
    return resolve and not all(map(is_public, _addresses(name, 0)))


def _addresses(host: str, flags: int) -> set[str]:
    """The IP addresses of a host; none if it has none."""
    try:
        return {str(info[4][0]) for info in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=flags)}
    except (OSError, UnicodeError):  # the second for names that are too long
        return set()


# ── connections ────────────────────────────────────────────────────────────────────────────────


class _PublicConnection(HTTPConnection):
    """A connection that is given up before anything is sent if it has led to an address that is not public."""

    def _new_conn(self) -> socket.socket:
        return _public_only(super()._new_conn())


class _PublicTlsConnection(HTTPSConnection):
    """The same over TLS."""

    def _new_conn(self) -> socket.socket:
        return _public_only(super()._new_conn())


def _public_only(connection: socket.socket) -> socket.socket:
    peer = str(connection.getpeername()[0])
    if is_public(peer):
        return connection
    connection.close()
    raise NotPublic(peer)


class _PublicPool(HTTPConnectionPool):
    ConnectionCls = _PublicConnection


class _PublicTlsPool(HTTPSConnectionPool):
    ConnectionCls = _PublicTlsConnection


class PublicOnly(HTTPAdapter):
    """Makes direct connections to public addresses only, whatever a name meant when it was looked up before.

    Connections to a proxy are not concerned: it may stand anywhere.
    """

    def init_poolmanager(self, *arguments: Any, **settings: Any) -> None:
        """Use connections that look where they have led."""
        super().init_poolmanager(*arguments, **settings)
        self.poolmanager.pool_classes_by_scheme = {"http": _PublicPool, "https": _PublicTlsPool}
