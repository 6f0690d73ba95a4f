"""Pages that introduce yearly reports: written by people, shown above what is computed, at the report's own address."""

from pathlib import Path

import pytest

from projects import Project

NAME = "docs/changes/2023-24.md"


def check(project: Project) -> list[str]:
    """What the check says, without the line that counts."""
    return project.run_here("check").stderr.splitlines()[:-1]


def page(site: Path, year: str) -> str:
    html = (site / "changes" / year / "index.html").read_text(encoding="utf-8")
    return html[html.index("<main") : html.index("</main>")]


def test_an_introduction_stands_above_the_computed_report_under_one_main_heading(built_sample: Path) -> None:
    html = page(built_sample, "2023-24")
    assert html.count("<h1") == 1
    order = ["<h1", "began to act on the recommendations", '<div class="report">', '<h2 id="changed">']
    assert [html.count(words) for words in order] == [1, 1, 1, 1]
    assert sorted(order, key=html.index) == order


def test_macros_in_an_introduction_work(built_sample: Path) -> None:
    html = page(built_sample, "2023-24")
    assert "in which ESCP began" in html
    assert '<a href="mailto:register@exampleshire.test">' in html


def test_an_introduced_report_has_the_pages_title_its_source_and_the_later_date(built_sample: Path) -> None:
    html = (built_sample / "changes" / "2023-24" / "index.html").read_text(encoding="utf-8")
    assert "<title>Yearly report 2023-24, with a foreword – Fictional register</title>" in html
    assert "edit/main/docs/changes/2023-24.md" in html
    assert "<li>Last updated: 2 May 2024</li>" in html  # the last update of the year is of 19 March


def test_a_report_without_an_introduction_has_its_own_heading(built_sample: Path) -> None:
    html = page(built_sample, "2024-25")
    assert html.count("<h1>What changed in 2024-25</h1>") == html.count("<h1") == 1


def test_the_address_of_an_introduced_report_is_published_once(built_sample: Path) -> None:
    published = (built_sample / "data" / "addresses.json").read_text(encoding="utf-8")
    assert published.count('"changes/2023-24/"') == published.count('"changes/2024-25/"') == 1


def test_an_introduction_is_checked_as_any_page_and_need_not_be_in_the_menu(content: Project) -> None:
    assert content.run_here("check").returncode == 0
    line = content.edit(NAME, "{{ email() }}", "{{ emial() }} and {{ totals }}")
    wrong = check(content)
    assert [message.partition(":")[0] for message in wrong] == [NAME, NAME]
    assert wrong[1].startswith(f"{NAME}:{line}: there is no emial() (did you mean 'email'?")


@pytest.mark.parametrize("year", ["2031-32", "2024", "2023-2024"])
def test_an_introduction_to_a_year_without_a_report_is_refused(content: Project, year: str) -> None:
    (content.folder / NAME).rename(content.folder / f"docs/changes/{year}.md")
    [message] = check(content)
    near = {"2023-2024": "did you mean '2023-24'? ", "2024": "did you mean '2024-25'? "}.get(year, "")
    assert message == (
        f"docs/changes/{year}.md:1: there is no yearly report '{year}' "
        f"({near}one of: 2022-23, 2023-24, 2024-25, 2025-26)"
    )


def test_the_same_address_by_another_file_is_refused(content: Project) -> None:
    (content.folder / "docs/changes/2023-24").mkdir()
    (content.folder / NAME).rename(content.folder / "docs/changes/2023-24/index.md")
    assert (
        "docs/changes/2023-24/index.md:1: would take the place of /changes/2023-24/, which comes from the register "
        "(give it another name)"
    ) in check(content)


@pytest.mark.full_build
@pytest.mark.parametrize(("day", "shown"), [("2024-05-02", True), ("2024-05-01", False)])
def test_an_earlier_day_shows_no_introduction_that_was_written_later(project: Project, day: str, shown: bool) -> None:
    done = project.run("--as-of", day, "site")
    assert done.returncode == 0, done.stderr
    html = page(project.folder / "site", "2023-24")
    assert ("A foreword" in html) is shown
    assert html.count("<h1") == 1
    assert ("/changes/2023-24/" in (project.folder / "site/sitemap.xml").read_text(encoding="utf-8")) is True


@pytest.mark.full_build
def test_a_day_on_which_the_year_had_not_begun_has_neither_report_nor_introduction(project: Project) -> None:
    done = project.run("--as-of", "2023-02-01", "site")
    assert done.returncode == 0, done.stderr
    assert not (project.folder / "site" / "changes" / "2023-24").exists()
    assert "2023-24" not in (project.folder / "site/data/addresses.json").read_text(encoding="utf-8")
