"""A site as it is published, every file and every page of it: the sample's, or with PUBLISHED=site.tar the one that is to go out.

The workflow that publishes runs these on the very files that readers will get (make test-published).
"""

import gzip
import os
import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import brotli
import pytest
from lxml import html
from playwright.sync_api import Browser

from register.site.policy import CODINGS, FOR_HOSTS_ONLY, KINDS, headers_everywhere
from register.site.web_hosts import WebHosting
from visits import NARROW, visit
from web_servers import WebServer, web_server
from witness import Witness
from workflow_steps import run

UNPACK = {".br": brotli.decompress, ".gz": gzip.decompress}


@pytest.fixture(scope="module")
def site(published_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    packed = os.environ.get("PUBLISHED")
    if not packed:
        return published_sample
    folder = tmp_path_factory.mktemp("published") / "site"
    with tarfile.open(packed) as tar:
        tar.extractall(folder, filter="data")
    return folder


@pytest.fixture(scope="module")
def server(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    address = html.parse(str(site / "index.html")).xpath("string(//link[@rel='canonical']/@href)")
    settings = tmp_path_factory.mktemp("settings")
    preload = "preload" in (site / "_headers").read_text(encoding="utf-8")
    for name, text in WebHosting((), address, preload).beside_site().items():
        (settings / name).write_text(text, encoding="utf-8")
    with web_server("nginx", site, settings, urlsplit(address).path) as running:
        yield running


def files_of(site: Path) -> dict[str, bytes]:
    """Every file of a site with its bytes, by its path from the site's root."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def test_no_file_names_this_machine(site: Path) -> None:
    held = files_of(site)
    plain = {name: UNPACK.get(Path(name).suffix, bytes)(data).lower() for name, data in held.items()}
    assert "index.html" in plain
    assert [name for name, data in plain.items() if b"127.0.0.1" in data or b"localhost" in data] == []


def test_what_is_compressed_holds_the_same(site: Path) -> None:
    held = files_of(site)
    compressed = [name for name in held if Path(name).suffix in CODINGS.values()]
    assert len(compressed) > 100
    assert [name for name in compressed if UNPACK[name[-3:]](held[name]) != held[name[:-3]]] == []


def test_every_file_is_sent_with_the_headers_of_its_kind(site: Path, server: WebServer) -> None:
    preload = "preload" in (site / "_headers").read_text(encoding="utf-8")
    wrong = []
    for name, data in files_of(site).items():
        if name in FOR_HOSTS_ONLY or (name.startswith(".") and not name.startswith(".well-known/")):
            continue
        answer = server.ask(server.base + quote(name))
        [kind, *_] = [kind for kind in KINDS if any(fits(pattern, name) for pattern in kind.paths) or not kind.paths]
        expected = {**headers_everywhere(preload), **kind.headers}
        if (answer.status, answer.body) != (200, data) or any(answer.value(key) != expected[key] for key in expected):
            wrong.append(name)
    assert wrong == []


def fits(pattern: str, name: str) -> bool:
    """Whether a file is of a kind of address."""
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern


def test_every_page_leads_to_help_and_out_and_breaks_no_rule(site: Path, server: WebServer, browser: Browser) -> None:
    faults = []
    with visit(browser, "about:blank", NARROW) as page:
        witness = Witness(page)
        for path in sorted(site.rglob("index.html")):
            name = path.parent.relative_to(site).as_posix()
            page.goto(server.address + ("" if name == "." else f"{quote(name)}/"))
            if not page.locator("#leave").is_visible() or not page.locator('a[href$="help/"], main h1').count():
                faults.append(f"{name}: no way out, or none to help")
        faults += witness.faults(server.address)
    assert faults == []


def test_any_host_gets_just_these_files_by_rsync(site: Path, tmp_path: Path) -> None:
    """The step of the workflow, to a folder in place of a host: what is new comes, what is gone goes, names with dots too."""
    (tmp_path / "site" / ".git").mkdir(parents=True)
    (tmp_path / "site" / ".git" / "config").write_text("not for readers")
    shutil.copytree(site, tmp_path / "site", dirs_exist_ok=True)
    host = tmp_path / "host"
    (host / "gone").mkdir(parents=True)
    (host / "gone" / "index.html").write_text("an earlier page")
    run(
        "publish.yml", "rsync", "Copy what is new, and take away what is gone", tmp_path,
        KEY="key", KNOWN_HOSTS="host", TO=f"{host}/",
    )  # fmt: skip
    assert files_of(host) == files_of(site)
    assert {path.stat().st_mode & 0o777 for path in host.rglob("*") if path.is_file()} == {0o644}
    assert not (tmp_path / "key").exists()
