"""The settings for each web host: the same headers, kinds of address and redirects, in the form that it reads."""

import re
from pathlib import Path

import pytest

from register.site.policy import KINDS, MEDIA_TYPES, headers_everywhere
from register.site.urls import Move
from register.site.web_hosts import WebHosting

SITE = "https://register.exampleshire.test/"
RENAMED = Move("for/old/", "for/new/", "audiences/old", why="What it is about is called “New” now.")
MOVED = Move("a page/", "b page/#part", since="2026-01-31", why="It moved.")
COPIED, REMOVED = Move("a.csv", "b.csv"), Move("a.pdf", "b/")


def files(*moves: Move, site_url: str = SITE, preload: bool = False) -> dict[str, str]:
    hosting = WebHosting(moves, site_url, preload)
    return {**hosting.in_site(), **hosting.beside_site()}


def leading(text: str, *words: str) -> list[str]:
    """The lines that lead on from an old address."""
    return [line for line in text.splitlines() if any(word in line for word in words)]


def test_each_host_gets_its_own_lines_for_old_addresses() -> None:
    made = files(RENAMED, MOVED, REMOVED)
    assert made["_redirects"].splitlines()[1:] == [
        "/for/old/ /for/new/ 301",
        "/a%20page/ /b%20page/#part 301",
        "/a.pdf /b/ 301",
    ]
    assert leading(made[".htaccess"], "R=301") == [
        r'RewriteRule "^for/old/$" "/for/new/" [R=301,NE,L]',
        r'RewriteRule "^a\ page/$" "/b\%20page/#part" [R=301,NE,L]',
        r'RewriteRule "^a\.pdf$" "/b/" [R=301,NE,L]',
    ]
    assert leading(made["nginx.conf"], "return 301") == [
        'location = "/for/old/" { return 301 "/for/new/"; }',
        'location = "/a page/" { return 301 "/b%20page/#part"; }',
        'location = "/a.pdf" { return 301 "/b/"; }',
    ]
    assert leading(made["Caddyfile"], "redir ") == [
        'redir "/for/old/" "/for/new/" 301',
        'redir "/a page/" "/b%20page/#part" 301',
        'redir "/a.pdf" "/b/" 301',
    ]


def test_what_is_copied_needs_no_line() -> None:
    assert files(COPIED) == files()
    assert files()["_redirects"].count("\n") == 1


def test_a_site_in_a_folder_of_its_host_keeps_to_it() -> None:
    made = files(RENAMED, site_url="https://exampleshire.test/register/")
    assert made["_redirects"].splitlines()[1:] == ["/register/for/old/ /register/for/new/ 301"]
    assert [line for line in made["_headers"].splitlines() if line.startswith("/")][:2] == [
        "/register/*",
        "/register/data/*",
    ]
    assert "ErrorDocument 404 /register/404.html" in made[".htaccess"]
    assert r'RewriteRule "^for/old/$" "/register/for/new/" [R=301,NE,L]' in made[".htaccess"]
    assert "m#^/register/(data/)#" in made[".htaccess"]
    assert "if ($uri ~ '^/register/(data/)') {" in made["nginx.conf"]
    assert "@kind0 path /register/data/*" in made["Caddyfile"]


@pytest.mark.parametrize("name", ["_headers", ".htaccess", "nginx.conf", "Caddyfile"])
def test_every_header_is_told_to_every_host(name: str) -> None:
    told = files()[name]
    for header, value in headers_everywhere(preload=False).items():
        assert re.search(rf'{header}:? "?{re.escape(value)}"?', told), header
    for kind in KINDS:
        for header, value in kind.headers.items():
            if kind.paths or name != "_headers":
                assert header in told and value in told, header


def test_no_header_stands_in_two_blocks_that_fit_one_address() -> None:
    """Cloudflare joins the two values with a comma, and neither counts."""
    blocks: list[tuple[str, set[str]]] = []
    for line in files()["_headers"].splitlines()[1:]:
        if line.startswith("/"):
            blocks.append((line, set()))
        else:
            blocks[-1][1].add(line.strip().partition(": ")[0])
    everywhere, *others = blocks
    assert everywhere[0] == "/*"
    for path, names in others:
        assert names and not names & everywhere[1], path
    assert len(blocks) <= 100  # as many as Cloudflare Pages reads
    assert max(map(len, files()["_headers"].splitlines())) <= 2000


@pytest.mark.shared_build
def test_every_kind_of_file_that_is_published_has_its_type(built_sample: Path) -> None:
    endings = {path.suffix.removeprefix(".") for path in built_sample.rglob("*") if path.is_file()}
    assert endings - {"", "gz"} <= set(MEDIA_TYPES), "add it to MEDIA_TYPES: with 'nosniff' browsers believe the type"


def test_only_the_owner_of_a_host_has_it_preloaded() -> None:
    for told in files().values():
        assert "preload" not in told and "includeSubDomains" not in told
    asked = files(preload=True)
    for name in ("_headers", ".htaccess", "nginx.conf", "Caddyfile"):
        assert "max-age=63072000; includeSubDomains; preload" in asked[name]
