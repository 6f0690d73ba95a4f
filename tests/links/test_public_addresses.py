"""A redirect that starts in the public internet is not followed out of it; what counts as public, and who finds out."""

import ipaddress
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from conftest import NOON, PATIENCE, ROOT, SmallProject
from hypothesis import given
from hypothesis import strategies as st
from standin import Reply, World, page

from register.links.fallback_fetch import fetch
from register.links.limits import Limits
from register.links.public_addresses import NotPublic, PublicOnly, leads_inside
from register.links.report import read
from register.links.verdict import Failure, Received
from register.public_hosts import is_public

LIMITS = Limits(timeout=60)
PRIVATE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.1.2.3",
    "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.168.1.1", "198.18.0.1", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "::", "::1", "fc00::1", "fd12:3456::1", "fe80::1", "fe80::1%lo", "febf::1", "fec0::1",
    "ff02::1", "::ffff:10.0.0.1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::ffff:0:10.0.0.1",
    "64:ff9b::10.0.0.1", "64:ff9b:1::192.168.0.1", "2002:7f00:1::", "2002:c0a8:101::1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255",
    "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
    "203.0.113.1", "223.255.255.255", "2001:db8::1", "2606:4700::1", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::1",
    "fbff::1", "fe00::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_of_this_machine_or_of_a_network_behind_it_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_every_other_address_is_public(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses())
def test_what_python_calls_global_and_is_no_multicast_is_public(address: ipaddress.IPv4Address) -> None:
    if not address.is_global or address.is_multicast:
        return
    if address.version == 4 or not any(
        address in ipaddress.ip_network(f"{block}") for block in ("::/96", "64:ff9b::/96")
    ):
        assert is_public(str(address)) or address in ipaddress.ip_network("192.0.0.0/24")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "0x7f000001", "0177.0.0.1", "2130706433", "0", "::1", "fe80::1%lo", "localhost", "LOCALHOST.",
        "a.localhost", "printer.local", "router.home.arpa", "db.internal", "intranet", "",
    ],
)  # fmt: skip
@pytest.mark.parametrize("resolve", [True, False])
def test_a_host_leads_inside_in_any_spelling(host: str, resolve: bool) -> None:
    assert leads_inside(host, resolve=resolve)


@pytest.mark.parametrize(
    "host", ["203.0.113.5", "2001:db8::1", "a.test", "localhost.test", "mylocal.test", "x" * 300 + ".test"]
)
def test_an_ordinary_host_does_not_lead_inside(host: str) -> None:
    assert not leads_inside(host, resolve=False)


def test_a_name_that_means_nothing_does_not_lead_inside() -> None:
    assert not leads_inside("nowhere.invalid", resolve=True)


# ── what is not asked ──────────────────────────────────────────────────────────────────────────


@pytest.fixture
def inside() -> Iterator[tuple[int, list[bytes]]]:
    """A server of the own network: its port, and what it was sent."""
    sent: list[bytes] = []

    def listen(server: socket.socket) -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            with connection:
                sent.append(connection.recv(65536))
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")

    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=listen, args=(server,), daemon=True).start()
        yield server.getsockname()[1], sent
        server.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """The stand-ins, reached from this process through their proxy; this machine is reached without it."""
    world = World(tmp_path)
    for name, value in {**world.environment, "no_proxy": "127.0.0.1,localhost,127.1", "NO_PROXY": ""}.items():
        monkeypatch.setenv(name, value)
    yield world
    world.close()


SPELLINGS = [
    "127.0.0.1",
    "127.1",
    "2130706433",
    "localhost",
    "[::ffff:127.0.0.1]",
    "u:p@127.0.0.1",
]


@pytest.mark.parametrize("host", SPELLINGS)
def test_a_redirect_from_a_public_address_to_this_machine_is_not_followed(
    host: str, web: World, inside: tuple[int, list[bytes]]
) -> None:
    port, sent = inside
    address = f"http://{host}:{port}/latest"
    web.answer("a.test/", Reply("", 302, {"Location": address}))
    assert fetch("https://a.test/", LIMITS) == Failure("private", address)
    assert sent == []


@pytest.mark.parametrize("host", ["１２７.0.0.1", "127。0。0。1", "[::1", "127.0.0.1:1000000"])
def test_a_redirect_to_what_only_looks_like_this_machine_is_no_address(host: str, web: World) -> None:
    web.answer("a.test/", Reply("", 302, {"Location": f"http://{host}/"}))
    assert fetch("https://a.test/", LIMITS) == Failure("bad-redirect", f"http://{host}/")


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]", "[fd00::1]", "db.internal", "router"]
)
def test_a_redirect_into_a_private_network_is_not_followed_through_a_proxy_either(host: str, web: World) -> None:
    web.answer("a.test/", Reply("", 302, {"Location": "https://b.test/next"}))
    web.answer("b.test/next", Reply("", 302, {"Location": f"https://{host}/"}))
    assert fetch("https://a.test/", LIMITS) == Failure("private", f"https://{host}/")
    assert {name for name, _ in web.calls} == {"a.test", "b.test"}


def test_behind_a_proxy_what_a_name_means_is_the_proxys_affair(web: World) -> None:
    web.answer("a.test/", Reply("", 302, {"Location": "https://b.test/"}))
    web.answer("b.test/", Reply(page("The report")))
    found = fetch("https://a.test/", LIMITS)
    assert isinstance(found, Received)
    assert found.final_url == "https://b.test/"


def test_a_redirect_that_starts_on_this_machine_may_stay_there(web: World, inside: tuple[int, list[bytes]]) -> None:
    port, sent = inside
    start = f"http://127.0.0.1:{web.proxy.rpartition(':')[2]}/"
    web.answer("http:127.0.0.1/", Reply("", 302, {"Location": f"http://127.0.0.1:{port}/x"}))
    found = fetch(start, LIMITS)
    assert isinstance(found, Received)
    assert (found.body, len(sent)) == (b"secret", 1)


def test_a_connection_that_has_led_inside_is_given_up_before_anything_is_sent(inside: tuple[int, list[bytes]]) -> None:
    """As when a name meant something else when it was looked up before (DNS rebinding)."""
    port, sent = inside
    with requests.Session() as session:
        session.trust_env = False
        for scheme in ("http", "https"):
            session.mount(f"{scheme}://", PublicOnly())
            with pytest.raises(requests.ConnectionError) as raised:
                session.get(f"{scheme}://127.0.0.1:{port}/", timeout=60)
            assert isinstance(raised.value.args[0].args[1], NotPublic)
    assert all(what == b"" for what in sent)


def test_no_way_of_the_check_leads_from_a_public_page_to_this_machine(small: SmallProject, world: World) -> None:
    port = world.proxy.rpartition(":")[2]
    inside = f"http://127.0.0.1:{port}/latest"
    world.answer("http:127.0.0.1/latest", Reply(page("Secret"), kind="text/plain"))
    ways = {
        "location": Reply("", 302, {"Location": inside}),
        "twice": Reply("", 301, {"Location": "https://location.test/"}),
        "refresh": Reply(page("Words", head=f'<meta http-equiv=refresh content="0;url={inside}">')),
        "robots": Reply(page("Words")),
    }
    entry = "- id: {0}\n  name: A page\n  owner: Someone\n  url: https://{0}.test/\n  confirmed: {{by: E, on: 2024-01-05}}\n"
    for name, reply in ways.items():
        world.answer(f"{name}.test/", reply)
        small.add_links(entry.format(name))
    world.answer("robots.test/robots.txt", Reply("", 302, {"Location": inside}))
    run = small.run("--pause", "0.1", **{**world.environment, "no_proxy": "127.0.0.1"})
    refused = f"it redirects to {inside}, which is not in the public internet and was not asked (if it stays so, tell its owner)"
    assert [
        (run.of(f"https://{name}.test/").verdict, run.of(f"https://{name}.test/").detail)
        for name in ("location", "twice")
    ] == [("server-fault", refused)] * 2
    assert run.of("https://refresh.test/").verdict == "moved-away"
    assert run.of("https://robots.test/").verdict == "working"
    assert world.calls[("robots.test", "/robots.txt")] == 1
    assert [host for host, _ in world.calls if host.startswith("http:")] == []


# ── without a proxy: a network with a public and a private address ─────────────────────────────

OWN_NETWORK = """
ip link set lo up && ip address add 203.0.113.5/32 dev lo && ip address add 10.9.9.9/32 dev lo && mount --bind "$1" /etc/hosts
shift; exec "$@"
"""
HOSTS = "127.0.0.1 localhost\n203.0.113.5 public.test other.test\n10.9.9.9 private.test\n"


@pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("ip") or not shutil.which("unshare"), reason="only root can make a network"
)
def test_in_a_network_with_private_addresses_the_check_leads_to_none_of_them(
    small: SmallProject, tmp_path: Path
) -> None:
    entry = (
        "- id: {0}\n  name: A page\n  owner: Someone\n  url: http://{1}/{0}\n  confirmed: {{by: E, on: 2024-01-05}}\n"
    )
    for name in ("name", "address", "loopback", "mapped", "outside"):
        small.add_links(entry.format(name, "public.test"))
    small.add_links(entry.format("own", "private.test"))
    hosts, log, script = tmp_path / "hosts", tmp_path / "log", Path(__file__).with_name("own_network.py")
    hosts.write_text(HOSTS)
    unproxied = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    done = subprocess.run(
        ["unshare", "--net", "--mount", "sh", "-c", OWN_NETWORK, "sh", str(hosts), sys.executable, str(script), str(log),
         *small.command("--pause", "0.1")], cwd=ROOT, env={**unproxied, "SOURCE_DATE_EPOCH": NOON}, capture_output=True,
        text=True, check=False, timeout=PATIENCE,
    )  # fmt: skip
    report = read(small.folder / "link-report.json")
    assert report, done.stderr
    details = {checked.id: (checked.verdict, checked.detail.partition(",")[0]) for checked in report.links}
    assert {name: details[name] for name in ("name", "address", "loopback", "mapped")} == {
        "name": ("server-fault", "it redirects to http://private.test/secret"),
        "address": ("server-fault", "it redirects to http://10.9.9.9/secret"),
        "loopback": ("server-fault", "it redirects to http://127.0.0.1/secret"),
        "mapped": ("server-fault", "it redirects to http://[: :ffff:10.9.9.9]/secret"),
    }
    assert (details["outside"][0], details["own"][0]) == ("moved-away", "working")
    asked = {tuple(line.split()) for line in log.read_text().splitlines()}
    assert {path for _, path in asked if "secret" in path} == set()
    assert {path for address, path in asked if address == "10.9.9.9"} == {"/own", "/robots.txt"}
