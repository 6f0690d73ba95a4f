"""A wording on its page: its addresses are text, its lists are lists, and it is called proved only while it is."""

import json
import re
import shutil
from pathlib import Path

import pytest
from lxml import html

from projects import Project, make_project
from register.load.loader import load
from register.state.wording_proof import wording_digest
from registers import TODAY

WORDING = """
  wording:
    text: |-
      Each office should say on www.exampleshire.test and by 01632 960001, or to office@exampleshire.test:

      1. who is there
      (a) by day
      (b) by night
      2. who is not

      • in winter
      • in summer
    page: 147–148
    checked: {by: Policy officer, on: 2026-03-01}
"""
SAYS = "Wording proved against the published report on 15 March 2026."


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


@pytest.fixture(scope="module")
def proved(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The sample with a wording at number 14, proved with that of number 3; number 1's was changed since."""
    folder = tmp_path_factory.mktemp("proved")
    project = make_project(folder)
    project.edit("data/recommendations.yml", "- number: 14\n", f"- number: 14{WORDING}")
    records = load(folder / "data", TODAY).recommendations
    digests = {number: wording_digest(records[number - 1].wording) for number in (3, 14)} | {1: "0" * 64}
    lines = ["on: 2026-03-15", "files:", "  - {name: report.pdf, pages: 412, sha256: " + "a" * 64 + "}", "wordings:"]
    lines += [f"  - {{number: {number}, sha256: {digest}}}" for number, digest in digests.items()]
    project.write("data/proved.yml", "\n".join(lines) + "\n")
    done = project.run("site")
    assert done.returncode == 0, done.stderr
    return project


def page(project: Project, number: int) -> html.HtmlElement:
    return html.document_fromstring((project.folder / f"site/recommendations/{number}/index.html").read_bytes())


@pytest.mark.full_build
def test_addresses_in_a_wording_are_text_and_its_lists_are_lists(proved: Project) -> None:
    [quote] = page(proved, 14).xpath("//main//blockquote")
    assert quote.xpath(".//a") == []
    assert words(quote).startswith(
        "Each office should say on www.exampleshire.test and by 01632 960001, or to office@exampleshire.test:"
    )
    lists = [(part.tag, part.get("class"), [words(item) for item in part]) for part in quote.xpath("./ol | ./ul")]
    assert lists == [
        ("ol", None, ["who is there"]),
        ("ul", "as-typed", ["(a) by day", "(b) by night"]),
        ("ol", None, ["who is not"]),
        ("ul", None, ["in winter", "in summer"]),
    ]
    assert quote.xpath("./ol/li/@value") == ["2"]


@pytest.mark.full_build
def test_only_a_wording_that_is_still_the_proved_one_is_called_proved(proved: Project) -> None:
    assert SAYS in words(page(proved, 14))
    assert SAYS in words(page(proved, 3))
    for number in (1, 2, 5):
        assert "proved" not in words(page(proved, number))
    assert "report.pdf, 412 pages: " + "a" * 64 in words(page(proved, 14))
    assert re.search(r"pages 147 to 148\. Checked", words(page(proved, 14)))


@pytest.mark.full_build
def test_the_proof_and_the_pages_are_in_the_data(proved: Project) -> None:
    data = json.loads((proved.folder / "site/data/register.json").read_bytes())
    assert data["proof"]["on"] == "2026-03-15"
    assert data["recommendations"][13]["wording"]["page"] == "147-148"
    assert "147-148" in (proved.folder / "site/data/recommendations.csv").read_text("utf-8")


@pytest.mark.full_build
def test_on_an_earlier_day_nothing_is_called_proved(proved: Project, tmp_path: Path) -> None:
    copy = Project(tmp_path / "earlier")
    shutil.copytree(proved.folder, copy.folder)
    shutil.rmtree(copy.folder / "site")  # what it published later would have to stay
    assert copy.run("site", AS_OF="2026-03-14").returncode == 0
    text = (copy.folder / "site/recommendations/3/index.html").read_text("utf-8")
    assert "proved" not in text
    assert json.loads((copy.folder / "site/data/register.json").read_bytes())["proof"] is None
