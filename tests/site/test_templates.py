"""Every name that a template uses is one that its presenter has: found by type, before any reader meets the page."""

import ast
import re

import jinja2
import pytest

from projects import ROOT
from register.exports.feeds import EntryContent  # noqa: F401 - a presenter like those of the pages
from register.site.generated_pages import generated_pages
from register.site.macros import MACROS
from register.site.presenter import Presenter
from register.site.render import TEMPLATES, Renderer
from template_types import Checker

assert MACROS  # importing the macros and the generated pages imports every presenter
assert generated_pages
PRESENTERS = sorted(
    (found for found in Presenter.__subclasses__() if found.__module__.startswith("register.")),
    key=lambda presenter: presenter.__name__,
)
# Pieces that other templates take from them.
SHARED = {"list.html", "parts.html", "pictures.html", "voices.html"}


@pytest.mark.parametrize("presenter", PRESENTERS, ids=lambda presenter: presenter.__name__)
def test_a_template_names_only_what_its_presenter_has(presenter: type[Presenter]) -> None:
    assert Checker(Renderer().environment).check(presenter) == []


def test_every_template_has_a_presenter_and_stands_beside_it() -> None:
    templates = {path.name: path for folder in TEMPLATES for path in folder.glob("*.html")}
    assert {presenter.template for presenter in PRESENTERS} == templates.keys() - SHARED
    for presenter in PRESENTERS:
        module = ROOT / (presenter.__module__.replace(".", "/") + ".py")
        assert templates[presenter.template].parent == module.parent, presenter


@pytest.mark.parametrize(
    ("template", "mistake"),
    [
        ("{{ statis }}", "recommendation.html:1: nothing is called 'statis'"),
        ("{{ status.promise }}", "recommendation.html:1: Status has no 'promise'"),
        ("{{ status.due.then }}", "recommendation.html:1: DueDate has no 'then'"),
        ("{% for row in history %}\n{{ row.entry.update.text }}{% endfor %}", "recommendation.html:2: Update has no 'text'"),
        ("{% for row in history %}{% for link in row.evidence %}{{ link.adress }}{% endfor %}{% endfor %}", "recommendation.html:1: OfferedLink has no 'adress'"),
        ("{% for term in terms if term.shapes %}{% endfor %}", "recommendation.html:1: Term has no 'shapes'"),
        ("{% set due = status.due %}{{ due.dates[0].frist }}", "recommendation.html:1: PartialDate has no 'frist'"),
        ("{{ steps|map(attribute='lable')|join }}", "recommendation.html:1: ProgressTerm has no 'lable'"),
        ("{% if record.grade and record.sumary %}{% endif %}", "recommendation.html:1: Recommendation has no 'sumary'"),
        ("{{ href(urls.recomendation(1)) }}", "recommendation.html:1: register.site.urls has no 'recomendation'"),
        ("{% from 'parts.html' import date, dates %}", "recommendation.html:1: parts.html has no macro 'dates'"),
        ("{% from 'parts.html' import date %}{{ date(record.title, 1) }}", "recommendation.html:1: 'date' takes 1 arguments"),
        ("{% macro said(update) %}{{ update.tex }}{% endmacro %}{% for row in history %}{{ said(row.entry.update) }}{% endfor %}", "recommendation.html:1: Update has no 'tex'"),
    ],
)  # fmt: skip
def test_a_name_that_is_not_there_is_found(template: str, mistake: str) -> None:
    page = next(presenter for presenter in PRESENTERS if presenter.__name__ == "RecommendationPage")
    environment = Renderer().environment
    loader = environment.loader
    assert loader
    environment.loader = jinja2.ChoiceLoader([jinja2.DictLoader({page.template: template}), loader])
    assert Checker(environment).check(page) == [mistake]


def test_presenters_hold_no_html() -> None:
    for path in (ROOT / "register" / "site" / "pages").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                assert not re.search(r"</?[a-z]", node.value), f"{path.name}: {node.value}"
