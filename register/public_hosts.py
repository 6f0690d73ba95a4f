"""Which hosts and addresses lie in the public internet, as far as their names and digits say."""

import ipaddress
import re

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


_NUMBER = re.compile("0x[0-9a-f]*|[0-9]+")


def is_public(address: str) -> bool:
    """Return whether an IP address lies in the public internet."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if any(ip.version == block.version and ip in block for block in _NOT_PUBLIC):
        return False
    if ip.version == 4:
        return True
    held = [ipaddress.IPv4Address(int(ip) >> after & 0xFFFFFFFF) for block, after in _HOLDS_IPV4 if ip in block]
    return all(is_public(str(inner)) for inner in held)


def is_public_host(host: str) -> bool:
    """Return whether a host can be reached from everywhere, as far as its name says; nothing is looked up.

    Args:
        host: a name, or an IPv4 address in any spelling that a browser knows, such as ``127.1`` or ``0x7f.1``.
    """
    name = host.lower().rstrip(".")
    if _NUMBER.fullmatch(name.rpartition(".")[2]):
        address = _ipv4(name.split("."))
        return address is not None and is_public(address)
    return "." in name and not f".{name}".endswith(_NOT_PUBLIC_NAMES)


def _ipv4(parts: list[str]) -> str | None:
    """An IPv4 address as browsers read it (URL Standard, IPv4 parser); None if it is none."""
    if len(parts) > 4 or not all(map(_NUMBER.fullmatch, parts)):
        return None
    try:
        *first, last = map(_number, parts)
    except ValueError:  # a digit that is none: 08
        return None
    if any(number > 255 for number in first) or last >= 256 ** (5 - len(parts)):
        return None
    whole = last + sum(number << 8 * (3 - place) for place, number in enumerate(first))
    return str(ipaddress.IPv4Address(whole))


def _number(text: str) -> int:
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    return int(text, 8 if text.startswith("0") else 10)
