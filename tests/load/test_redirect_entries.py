"""The shape of an entry of data/redirects.yml, and what a renamed word says to who still uses its old id."""

import shutil
from pathlib import Path

import pytest

from projects import Project
from register.load.loader import load
from register.problems import ProblemsFound
from registers import SMALL, TODAY


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """The smallest register, in a folder that a test may break."""
    shutil.copytree(SMALL, tmp_path / "small")
    return Project(tmp_path / "small")


def problems_of(project: Project) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        load(project.folder / "data", TODAY)
    return [str(problem) for problem in found.value.problems]


@pytest.mark.parametrize("address", ["/", "/short/", "/for/a b/", "/a/report.pdf", "/Größe/", "/for/not_published/"])
def test_an_address_of_a_page_or_file_is_taken(small: Project, address: str) -> None:
    small.edit("data/redirects.yml", "from: /in-brief/", f"from: {address}")
    small.edit("data/redirects.yml", "to: /short/", f"to: {address}x/#part-2")
    [redirect] = load(small.folder / "data", TODAY).redirects
    assert (redirect.old, redirect.new) == (address[1:], f"{address[1:]}x/#part-2")


@pytest.mark.parametrize(
    "address",
    [
        "short/", "//x.test/", "https://x.test/", "/../short/", "/a/../b/", "/_headers", "/.git/", "/a", "/a/index.html",
        "/a.HTM", "/a?b=c", "/a;b/", "/$x/", "/a/{b}/", "/*", "/:a/", "/a%20b/", "/a\\b/", "/a//b/", "/'a'/", "/<a>/",
    ],
)  # fmt: skip
def test_what_leads_elsewhere_or_means_something_to_a_web_host_is_refused(small: Project, address: str) -> None:
    written = "'" + address.replace("'", "''") + "'"
    line = small.edit("data/redirects.yml", "from: /in-brief/", f"from: {written}")
    assert problems_of(small) == [
        f"data/redirects.yml:{line}: redirect from {address}: 'from' is not an address of this site: '{address}' "
        "(write it as it stands behind the site's name, like /for/schools/)"
    ]


def test_an_old_address_is_a_whole_page(small: Project) -> None:
    line = small.edit("data/redirects.yml", "from: /in-brief/", "from: /in-brief/#part")
    assert problems_of(small) == [
        f"data/redirects.yml:{line}: redirect from /in-brief/#part: 'from' names a part of a page: '/in-brief/#part' "
        "(write the page's address alone)"
    ]


def test_whoever_uses_the_old_id_of_a_word_is_told_the_new_one(small: Project) -> None:
    small.edit("data/register.yml", "  - id: schools\n", "  - id: learning\n    formerly: [schools]\n")
    assert {problem.partition(": ")[2] for problem in problems_of(small)} == {
        "recommendation 1: unknown audience 'schools' (it is called 'learning' now)"
    }
