"""Which addresses lie in the public internet, and connections that are made to no others.

A page can send its visitor anywhere: to a router, to a server of the own network, to the address at which a cloud
hands out its keys. Whoever starts at a public address is led to public ones only.
"""

import ipaddress
import socket
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

# From IANA's registries of special-purpose addresses (RFC 6890): what leads to this machine or into a network behind it,
# and what is no machine at all. The ranges for documentation are not among them: nobody is there.
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(block)
    for block in (
        "0.0.0.0/8",  # this network (RFC 791)
        "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16",  # private (RFC 1918)
        "100.64.0.0/10",  # shared behind a carrier's address translation (RFC 6598)
        "127.0.0.0/8",  # this machine (RFC 1122)
        "169.254.0.0/16",  # link-local (RFC 3927); clouds hand out keys at 169.254.169.254
        "192.0.0.0/24",  # protocol assignments (RFC 6890)
        "198.18.0.0/15",  # tests within a network (RFC 2544)
        "224.0.0.0/3",  # multicast (RFC 5771), reserved (RFC 1112) and broadcast (RFC 919)
        "::/127",  # unspecified and this machine (RFC 4291)
        "fc00::/7",  # private (RFC 4193)
        "fe80::/9",  # link-local (RFC 4291) and site-local (RFC 3879)
        "ff00::/8",  # multicast (RFC 4291)
    )
)  # fmt: skip
# IPv6 addresses that stand for an IPv4 address, and how many bits follow it.
_HOLDS_IPV4 = tuple(
    (ipaddress.IPv6Network(block), following)
    for block, following in (
        ("::/96", 0),  # compatible (RFC 4291, 2.5.5.1)
        ("::ffff:0:0/96", 0),  # mapped (RFC 4291, 2.5.5.2)
        ("::ffff:0:0:0/96", 0),  # translated (RFC 2765)
        ("64:ff9b::/96", 0),  # NAT64 (RFC 6052)
        ("64:ff9b:1::/48", 0),  # NAT64 within a network (RFC 8215)
        ("2002::/16", 80),  # 6to4 (RFC 3056)
    )
)
# Names that never lead into the public internet (RFC 6761, 6.3; RFC 6762; RFC 8375; ICANN's resolution 2024.07.29.06).
_NOT_PUBLIC_NAMES = (".localhost", ".local", ".home.arpa", ".internal")


class NotPublic(OSError):
    """A connection would have led to an address that is not public."""


def is_public(address: str) -> bool:
    """Return whether an IP address lies in the public internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if any(ip.version == block.version and ip in block for block in _NOT_PUBLIC):
        return False
    if ip.version == 4:
        return True
    held = [ipaddress.IPv4Address(int(ip) >> after & 0xFFFFFFFF) for block, after in _HOLDS_IPV4 if ip in block]
    return all(is_public(str(inner)) for inner in held)


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
    if "." not in name or f".{name}".endswith(_NOT_PUBLIC_NAMES):
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
