"""Nothing is published that nobody asks for: each file of a built site is named by a page, or asked for by its usual name."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import html

pytestmark = pytest.mark.shared_build

# What programs ask for by name although no page names it, and who they are.
ASKED_FOR_BY_NAME = {
    "404.html": "web hosts send it for an address that does not exist",
    "_headers": "web hosts read from it which headers to send",
    "_redirects": "web hosts read from it where old addresses lead",
    ".htaccess": "Apache reads from it all that the others read from those two",
    ".well-known/security.txt": "people who have found a weakness of the site (RFC 9116)",
    "favicon.ico": "browsers ask for it where no page says more, as beside a downloaded file",
    "robots.txt": "search engines (RFC 9309)",
    "sitemap.xml": "search engines; robots.txt names it",
    "assets/minisearch/LICENSE.txt": "people who want to know the licence of a script that is part of assets/search.js",
    "assets/stemmer/license.txt": "people who want to know the licence of a script that is part of assets/search.js",
    "sitemap.xml.gz": "web hosts that send compressed files as they lie; MkDocs writes it beside the other",
}


# What stands at old addresses: people and programs that kept one ask for it.
OLD = {"in-brief/index.html", "for/taxi-licensing/index.html", "data/feeds/audience-taxi-licensing.atom"}


def unused(site: Path) -> list[str]:
    """The files of a built site that no other page names and nobody asks for by name, in order."""
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    # What a table's columns are stands beside it (CSV on the Web, 5.2), which day it was beside a version of the register.
    beside = {f"{name}-metadata.json" for name in files} | {
        name.replace("register.json", "build.json") for name in files if name.startswith("data/versions/")
    }
    base = html.parse(str(site / "index.html")).xpath("string(//link[@rel='canonical']/@href)")
    named = {*ASKED_FOR_BY_NAME, *OLD}
    for page in (name for name in files if name.endswith(".html")):
        named |= {file_at(address, base) for address in addresses(site / page, page, base)} - {page}
    return sorted(files - named - beside)


def addresses(path: Path, page: str, base: str) -> Iterator[str]:
    """Every address that a page names: in its elements, for its scripts, for previews, and where it describes data."""
    root = html.document_fromstring(path.read_bytes())
    for address in root.xpath("//@href | //@src"):
        yield urljoin(base + page, address)
    for address in root.xpath("//@data-index | //script/@data-search"):  # the script reads it from the site's root
        yield base + address
    yield from root.xpath("//meta[@property='og:image']/@content")
    for script in root.xpath("//script[@type='application/ld+json']/text()"):
        yield from (urljoin(base + page, part["contentUrl"]) for part in json.loads(script)["distribution"])


def file_at(address: str, base: str) -> str:
    """The file of the site at an address; "" if the address is another site's."""
    if not address.startswith(base):
        return ""
    path = unquote(urlsplit(address.removeprefix(base)).path)
    return f"{path}index.html" if path.endswith("/") or not path else path


def test_every_file_of_the_site_is_named_by_a_page_or_asked_for_by_its_name(built_sample: Path) -> None:
    assert unused(built_sample) == []


def test_what_is_asked_for_by_name_is_there(built_sample: Path) -> None:
    assert [name for name in ASKED_FOR_BY_NAME if not (built_sample / name).is_file()] == []


def test_a_file_that_no_page_names_is_found(built_sample: Path, tmp_path: Path) -> None:
    site = Path(shutil.copytree(built_sample, tmp_path / "site"))
    (site / "assets" / "left.svg").write_text("<svg/>")
    (site / "about" / "search").mkdir()
    (site / "about" / "search" / "search_index.js").write_text("{}")
    (site / "data" / "nothing.csv-metadata.json").write_text("{}")
    shutil.copytree(site / "about", site / "copied")
    assert unused(site) == [
        "about/search/search_index.js",
        "assets/left.svg",
        "copied/index.html",
        "copied/search/search_index.js",
        "data/nothing.csv-metadata.json",
    ]
