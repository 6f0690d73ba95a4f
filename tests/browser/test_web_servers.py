"""Real web servers with the settings that the build writes: what they send, what they keep back, what they refuse."""

import gzip
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import brotli
import pytest
from playwright.sync_api import Browser

from hosting import ExitHandler, Host
from projects import Project
from register.site.policy import CODINGS, COMPRESSED, headers_everywhere
from register.site.urls import Move
from register.site.web_hosts import WebHosting
from visits import NARROW, PAGES, fault_report, use, visit
from web_servers import Answer, WebServer, web_server
from witness import Witness

SERVERS = ["nginx", "caddy", "apache"]
OWN, OPEN, KEPT = "a page or file of the site", "open data", "kept for good"
KINDS = {
    OWN: {"Cache-Control": "no-cache", "Cross-Origin-Resource-Policy": "same-origin"},
    OPEN: {"Cache-Control": "no-cache", "Access-Control-Allow-Origin": "*"},
    KEPT: {"Cache-Control": "public, max-age=31536000, immutable", "Cross-Origin-Resource-Policy": "same-origin"},
}
HTML = "text/html; charset=utf-8"
# What is asked for, of which kind it is, and what it is.
ASKED = {
    "/": (OWN, HTML),
    "/help/": (OWN, HTML),
    "/recommendations/1/": (OWN, HTML),
    "/recommendations/1/?from=elsewhere": (OWN, HTML),
    "/changes/2023-24/": (OWN, HTML),
    "/404.html": (OWN, HTML),
    "/robots.txt": (OWN, "text/plain; charset=utf-8"),
    "/.well-known/security.txt": (OWN, "text/plain; charset=utf-8"),
    "/sitemap.xml": (OWN, "application/xml"),
    "/search/search_index.js": (OWN, "text/javascript; charset=utf-8"),
    "/files/learning-plan-2026.pdf": (OWN, "application/pdf"),
    "/assets/icon.svg": (OWN, "image/svg+xml"),
    "/assets/share.png": (OWN, "image/png"),
    "/favicon.ico": (OWN, "image/vnd.microsoft.icon"),
    "/assets/site.css?0123456789ab": (KEPT, "text/css; charset=utf-8"),
    "/assets/leave.js?0123456789ab": (KEPT, "text/javascript; charset=utf-8"),
    "/data/": (OPEN, HTML),
    "/data/register.json": (OPEN, "application/json"),
    "/data/updates.csv": (OPEN, "text/csv; charset=utf-8"),
    "/data/feeds/updates.atom": (OPEN, "application/atom+xml"),
    "/data/calendar.ics": (OPEN, "text/calendar; charset=utf-8"),
}
WRONG = ["/nowhere/", "/nowhere.html", "/data/nowhere.json", "/assets/site.css/nowhere", "/calendar.ics", "/help/x.css"]


@pytest.fixture(scope="module", params=SERVERS)
def server(request: pytest.FixtureRequest, published_sample: Path) -> Iterator[WebServer]:
    project = Project(published_sample.parent)
    done = project.run("hosting")
    assert (done.returncode, done.stderr) == (0, "")
    with web_server(request.param, published_sample, project.folder / "hosting") as running:
        yield running


def wrong_headers(answer: Answer, kind: str, media: str) -> list[str]:
    """What an answer of a kind says otherwise than it should, one line for each header."""
    expected = {**own_headers(kind), "Content-Type": media}
    return [
        f"{name}: {answer.value(name)} (it should be {value})"
        for name, value in expected.items()
        if answer.value(name) != value
    ]


def own_headers(kind: str) -> dict[str, str | None]:
    """The headers that an answer must have, and with None those that it must not have."""
    every = {name: None for held in KINDS.values() for name in held}
    return {**every, **headers_everywhere(preload=False), **KINDS[kind]}


@pytest.mark.parametrize("coding", ["", *CODINGS])
def test_every_kind_of_address_has_its_headers_and_its_type_however_it_is_compressed(
    server: WebServer, coding: str
) -> None:
    for path, (kind, media) in ASKED.items():
        answer = server.ask(path, headers={"Accept-Encoding": coding} if coding else {})
        assert (path, answer.status) == (path, 200)
        assert wrong_headers(answer, kind, media) == [], path


def test_a_wrong_address_has_the_sites_own_page_and_every_header_of_a_page(server: WebServer) -> None:
    page = (server.site / "404.html").read_bytes()
    for path in WRONG:
        answer = server.ask(path)
        assert (path, answer.status, answer.body) == (path, 404, page)
        assert wrong_headers(answer, OWN, HTML) == [], path


@pytest.mark.parametrize("path", ["/", "/data/register.json", "/assets/site.css?0123456789ab"])
@pytest.mark.parametrize("coding", ["identity", *CODINGS])
def test_what_has_not_changed_is_not_sent_again(server: WebServer, path: str, coding: str) -> None:
    first = server.ask(path, headers={"Accept-Encoding": coding})
    for asked, known in (("If-None-Match", "ETag"), ("If-Modified-Since", "Last-Modified")):
        value = first.value(known)
        assert value, known
        again = server.ask(path, headers={"Accept-Encoding": coding, asked: value})
        assert (asked, again.status, again.body) == (asked, 304, b"")
    assert server.ask(path, headers={"Accept-Encoding": coding, "If-None-Match": '"other"'}).status == 200


def test_text_is_sent_as_it_was_compressed_beforehand(server: WebServer) -> None:
    unpack = {"br": brotli.decompress, "gzip": gzip.decompress}
    for path in [*ASKED, "/data/feeds/updates.atom"]:
        whole = server.ask(path)
        assert (path, whole.value("Content-Encoding")) == (path, None)
        file = server.site / (
            path.partition("?")[0].lstrip("/") + ("index.html" if path.partition("?")[0].endswith("/") else "")
        )
        assert whole.body == file.read_bytes()
        for coding, ending in CODINGS.items():
            answer = server.ask(path, headers={"Accept-Encoding": coding})
            if not file.with_name(file.name + ending).exists():
                assert answer.body == whole.body
                continue
            assert (path, answer.value("Content-Encoding")) == (path, coding)
            assert answer.body == file.with_name(file.name + ending).read_bytes()
            assert unpack[coding](answer.body) == whole.body
            assert "Accept-Encoding" in ", ".join(answer.values("Vary"))
    both = server.ask("/", headers={"Accept-Encoding": "gzip, deflate, br, zstd"})
    assert both.value("Content-Encoding") == "br"


def test_every_file_of_text_is_compressed_and_the_same_bytes_come_out_again(published_sample: Path) -> None:
    small = 0
    for path in published_sample.rglob("*"):
        if path.suffix.removeprefix(".") in COMPRESSED and path.is_file() and path.stat().st_size > 1000:
            assert brotli.decompress(path.with_name(f"{path.name}.br").read_bytes()) == path.read_bytes()
            packed = path.with_name(f"{path.name}.gz").read_bytes()
            assert gzip.decompress(packed) == path.read_bytes()
            assert packed[4:8] == bytes(4)  # no time (RFC 1952, 2.3.1)
            small += 1
    assert small > 80


def test_an_old_address_leads_to_the_new_one(server: WebServer) -> None:
    for old, new in (("/in-brief/", "/short/"), ("/for/taxi-licensing/", "/for/licensing/")):
        answer = server.ask(old)
        assert (answer.status, answer.value("Location").removeprefix(server.address[:-1])) == (301, new)
        assert answer.value("Content-Security-Policy")


def test_a_folder_without_its_slash_leads_to_the_folder(server: WebServer) -> None:
    answer = server.ask("/help")
    assert answer.status in (301, 308)
    assert answer.value("Location").removeprefix(server.address[:-1]) in ("/help/", "help/")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/../../etc/passwd", "/help/../../secret.txt", "/%2e%2e/secret.txt", "/%2e%2e%2fsecret.txt",
        "/..%2fsecret.txt", "/..%5csecret.txt", "/help/%2e%2e/%2e%2e/secret.txt", "/%252e%252e/secret.txt", "//../secret.txt",
        "/.git/config", "/.git%2fconfig", "/%2egit/config", "/help/../.git/config", "/_headers", "/_redirects", "/.htaccess",
        "/%5fheaders", "/.htaccess/", "/assets/", "/data/feeds/",
    ],
)  # fmt: skip
def test_nothing_is_shown_that_is_not_for_readers(server: WebServer, path: str) -> None:
    answer = server.ask(path)
    assert answer.status in (400, 403, 404), answer.status
    assert b"secret" not in answer.body.lower().replace(b"secret.txt", b"")
    assert b"Content-Security-Policy:" not in answer.body
    assert b"updates.atom" not in answer.body and b"site.js" not in answer.body.replace(b"assets/site.js", b"")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "TRACE", "PATCH", "OPTIONS", "PROPFIND"])
def test_only_reading_is_allowed(server: WebServer, method: str) -> None:
    for path in ("/", "/help/index.html", "/data/register.json"):
        answer = server.ask(path, method, {"X-Mark": "echoed", "Content-Length": "0"})
        assert (path, answer.status) == (path, 405)
        assert b"echoed" not in answer.body
    assert server.ask("/", "HEAD").body == b""
    assert server.ask("/help/").status == 200


@pytest.mark.parametrize("name", SERVERS)
def test_a_site_in_a_folder_of_its_host_has_the_same(name: str, published_sample: Path, tmp_path: Path) -> None:
    odd = "für (a),b+c&d=e@f!g~h-i.j/"  # all that an address of data/redirects.yml may hold
    moves = (Move("old page/", "short/#part"), Move("for/old/", "for/licensing/"), Move(odd, f"new/{odd}"))
    hosting = WebHosting(moves, "https://www.exampleshire.test/a/register/")
    site, settings = tmp_path / "site", tmp_path / "settings"
    shutil.copytree(published_sample, site)
    settings.mkdir()
    for folder, files in ((site, hosting.in_site()), (settings, hosting.beside_site())):
        for file, text in files.items():
            (folder / file).write_text(text, encoding="utf-8")
    with web_server(name, site, settings, "/a/register/") as server:
        for path, (kind, media) in ASKED.items():
            assert wrong_headers(server.ask(f"/a/register{path}"), kind, media) == [], path
        assert server.ask("/a/register/nowhere/").body == (site / "404.html").read_bytes()
        leads = {"old%20page/": "short/#part", "for/old/": "for/licensing/", quote(odd): f"new/{quote(odd)}"}
        for old, new in leads.items():
            answer = server.ask(f"/a/register/{old}")
            assert (answer.status, answer.value("Location")) in [
                (301, f"/a/register/{new}"),
                (301, f"{server.address}{new}"),
            ]
        assert server.ask("/a/register/_headers").status == 404


# ── in a browser ───────────────────────────────────────────────────────────────────────────────


def test_a_page_of_another_site_may_read_the_open_data_and_nothing_else(server: WebServer, browser: Browser) -> None:
    with Host(ExitHandler) as elsewhere, visit(browser, elsewhere.address) as page:
        read = """address => fetch(address).then(reply => reply.text(), () => 'refused')"""
        assert json.loads(page.evaluate(read, f"{server.address}data/register.json"))["recommendations"]
        assert "<feed" in page.evaluate(read, f"{server.address}data/feeds/updates.atom")
        assert page.evaluate(read, f"{server.address}help/") == "refused"
        assert page.evaluate(read, f"{server.address}search/search_index.js") == "refused"


@pytest.mark.parametrize("server", ["nginx"], indirect=True)
@pytest.mark.parametrize("name", ["home", "register", "wrong address"])
def test_a_page_in_use_breaks_no_rule_behind_a_real_server(server: WebServer, browser: Browser, name: str) -> None:
    """Its search, menu and filters; that no page breaks one as it comes is seen by test_published_site.py."""
    with visit(browser, "about:blank", NARROW) as page:
        witness = Witness(page)
        page.goto(server.address + PAGES[name])
        use(page)
        faults = witness.faults(server.address)
    assert not faults, fault_report(faults, name)
