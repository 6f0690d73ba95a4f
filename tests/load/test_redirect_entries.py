"""The shape of an entry of data/redirects.yml, and what is said to an editor who uses the old id of a renamed word."""

import pytest
from loading import problems_of

from projects import Project
from register.load.loader import load
from registers import TODAY


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


def test_an_editor_who_uses_the_old_id_of_a_word_is_told_the_new_one(small: Project) -> None:
    small.edit("data/register.yml", "  - id: schools\n", "  - id: learning\n    formerly: [schools]\n")
    assert {problem.partition(": ")[2] for problem in problems_of(small)} == {
        "recommendation 1: unknown audience 'schools' (it is called 'learning' now)"
    }


def test_a_list_of_nothing_with_records_below_it_is_told_at_its_own_line(content: Project) -> None:
    content.write("data/redirects.yml", "# Old addresses.\n\n[]\n- from: /old/\n  to: /short/\n")
    assert content.run_here("check").stderr == (
        "data/redirects.yml:3: '[]' says that there is none, and more follows below (take this line out)\n"
        "1 problem in 1 file; the site was not changed\n"
    )


def test_a_list_that_is_begun_twice_is_put_together_and_loses_nothing(content: Project) -> None:
    line = content.edit(
        "data/recommendations.yml",
        "- number: 14\n",
        "- number: 14\n  updates:\n    - note: a\n  updates:\n    - note: b\n",
    )
    told = content.run_here("check").stderr.splitlines()
    assert (
        f"data/recommendations.yml:{line + 3}: 'updates' stands twice in one record, first on line {line + 1} "
        "(put what stands below it at the end of the first list, and take this line out)"
    ) in told
