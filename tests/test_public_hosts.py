"""What a host's name and digits say of where it leads. Which IP addresses are public: tests/links/test_public_addresses.py."""

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from register.public_hosts import is_public, is_public_host


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "LOCALHOST", "a.localhost", "printer.local", "router.home.arpa", "db.internal.", "intranet", "",
        "127.0.0.1", "127.1", "127.0.1", "0x7f.1", "0X7F000001", "0177.0.0.1", "2130706433", "0", "10.0.0.1", "192.168.1.1.",
        # What ends in a number and is no address leads nowhere (URL Standard, host parser).
        "1.1.1.1.1", "256.1.1.1", "1.1.1.256", "08.8.8.8", "www.8", "4294967296",
    ],
)  # fmt: skip
def test_a_host_that_not_everybody_can_reach_is_not_public(host: str) -> None:
    assert not is_public_host(host)


@pytest.mark.parametrize(
    "host",
    ["www.gov.uk", "a.test", "localhost.uk", "0x.uk", "1.1.1.1", "0x1.1.1.1", "01.1.257", "16843009", "internal.org"],
)
def test_every_other_host_is_public(host: str) -> None:
    assert is_public_host(host)


@given(st.ip_addresses(v=4))
def test_every_spelling_of_an_address_says_the_same(address: ipaddress.IPv4Address) -> None:
    first, second, third, fourth = address.packed
    spellings = [str(address), hex(int(address)), str(int(address)), f"{first:#x}.{second}.{third * 256 + fourth}"]
    assert {is_public_host(spelt) for spelt in spellings} == {is_public(str(address))}
