"""A site is published only under an address that everybody can open; one for this machine alone is never named in silence."""

import contextlib
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects import ROOT, Project
from register.checks.site_address import check_published
from register.problems import ProblemsFound

TO_DO = "(give the address at which everybody opens the site: make site PUBLISH=1 SITE_URL=https://…/)"
LINE = 7  # of tests/sample/mkdocs.yml


@pytest.fixture
def unpublished(project: Project) -> Project:
    """A project that leaves its address to the environment, as the real one does."""
    project.edit("mkdocs.yml", "https://register.exampleshire.test/", '!ENV [SITE_URL, "http://127.0.0.1:8000/"]')
    return project


@pytest.mark.full_build
@pytest.mark.parametrize("given", [{}, {"SITE_URL": ""}], ids=["not set", "empty"])
def test_a_site_for_this_machine_only_says_so_in_one_line(unpublished: Project, given: dict[str, str]) -> None:
    done = unpublished.run_here("site", **given)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[2] == (
        "Its addresses are for this machine only: http://127.0.0.1:8000/ "
        "(to publish it, give the address at which everybody opens the site: make site PUBLISH=1 SITE_URL=https://…/)."
    )
    home = (unpublished.folder / "site" / "index.html").read_text(encoding="utf-8")
    assert '<link rel="canonical" href="http://127.0.0.1:8000/">' in home


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("", "is no public address: 'http://127.0.0.1:8000/'"),
        ("http://localhost:8000/", "is no public address: 'http://localhost:8000/'"),
        ("https://127.0.0.1/", "is no public address: 'https://127.0.0.1/'"),
        ("https://10.0.0.7/", "is no public address: 'https://10.0.0.7/'"),
        ("https://register.internal/", "is no public address: 'https://register.internal/'"),
        ("https://www.example.org/", "is a placeholder, not an address: 'https://www.example.org/'"),
        ("register.exampleshire.test", "is not a web address: 'register.exampleshire.test'"),
        ("https://register.exampleshire.test/a b/", "is not a web address: 'https://register.exampleshire.test/a b/'"),
        ("http://register.exampleshire.test/", "does not begin with 'https://': 'http://register.exampleshire.test/'"),
        *[
            (url, f"is not a host, or a host and folders, with '/' at the end: '{url}'")
            for url in (
                "https://register.exampleshire.test",
                "https://register.exampleshire.test/register",
                "https://register.exampleshire.test/index.html",
                "https://register.exampleshire.test/?a=b",
                "https://register.exampleshire.test//",
            )
        ],
    ],
)  # fmt: skip
def test_a_site_is_not_published_under_an_address_that_readers_cannot_open(
    unpublished: Project, address: str, fault: str
) -> None:
    (unpublished.folder / "site").mkdir()
    unpublished.write("site/index.html", "the last site")
    done = unpublished.run_here("site", "--publish", SITE_URL=address)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"mkdocs.yml:{LINE}: the site's address {fault} {TO_DO}\n1 problem in 1 file; the site was not changed\n"
    )
    assert (unpublished.folder / "site" / "index.html").read_text() == "the last site"


@given(st.text(alphabet="htps:/.aA0-_~%?#@[] é", max_size=40) | st.text(max_size=30))
def test_whatever_is_given_as_an_address_is_used_or_refused(text: str) -> None:
    for url in (text, f"https://{text}/"):
        with contextlib.suppress(ProblemsFound):
            check_published(ROOT, {"SITE_URL": url})


@pytest.mark.full_build
def test_a_published_site_names_its_address_and_never_this_machine(unpublished: Project) -> None:
    address = "https://www.exampleshire.test:8443/a/b-c/"
    done = unpublished.run_here("site", "--publish", SITE_URL=address)
    assert (done.returncode, done.stderr) == (0, "")
    assert "this machine" not in done.stdout
    assert f'<link rel="canonical" href="{address}">' in (unpublished.folder / "site" / "index.html").read_text("utf-8")
    assert naming_this_machine(unpublished.folder / "site") == []


def naming_this_machine(site: Path) -> list[str]:
    """The files of a built site that name an address of this machine."""
    files = {path.relative_to(site).as_posix(): path.read_bytes().lower() for path in site.rglob("*") if path.is_file()}
    return sorted(name for name, held in files.items() if b"127.0.0.1" in held or b"localhost" in held)


@pytest.mark.shared_build
def test_a_file_that_names_this_machine_is_found(built_sample: Path, tmp_path: Path) -> None:
    site = Path(shutil.copytree(built_sample, tmp_path / "site"))
    (site / "data" / "register.json").write_text('{"url": "http://LOCALHOST:8000/data/"}')
    assert naming_this_machine(site) == ["data/register.json"]
