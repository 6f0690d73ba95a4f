"""The pages on how the register is checked and on its fields hold every rule and every field, in the words of the code."""

from pathlib import Path

import pytest
from lxml import html

from register import model
from register.load.data_files import FILES
from register.load.rules import RULES

RECORDS = sorted(
    (kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, model.Record)),
    key=lambda kind: kind.__name__,
)
# Record and VocabularyTerm are what others share; Register is the files themselves, each of which is a heading; front
# matter stands in pages and the settings in mkdocs.yml, not in data/.
SHARED = (
    model.Record,
    model.VocabularyTerm,
    model.Register,
    model.FrontMatter,
    model.SiteSettings,
    model.ExtraSettings,
    model.SecurityContact,
)
IN_DATA = [kind for kind in RECORDS if kind not in SHARED]


def spaced(kind: type[model.Record]) -> str:
    """A kind's name as people write it: ``Progress term``."""
    return "".join(f" {sign}" if sign.isupper() else sign for sign in kind.__name__).strip().capitalize()


@pytest.fixture(scope="module")
def checked(built_sample: Path) -> html.HtmlElement:
    """The sample's built page on how it is checked."""
    return page(built_sample, "checked")


@pytest.fixture(scope="module")
def reference(built_sample: Path) -> html.HtmlElement:
    """The sample's built page on the fields of its data."""
    return page(built_sample, "fields")


def page(site: Path, name: str) -> html.HtmlElement:
    """The words of a built page."""
    content = (site / name / "index.html").read_bytes()
    return html.document_fromstring(content, parser=html.HTMLParser(encoding="utf-8")).find(".//main")


def words(text: str) -> str:
    """Text with every run of white space as one space."""
    return " ".join(text.split())


@pytest.mark.parametrize(
    "kind", [kind for kind in RECORDS if kind is not model.Register], ids=lambda kind: kind.__name__
)
def test_every_kind_of_record_and_every_field_is_described_in_a_sentence(kind: type[model.Record]) -> None:
    assert words(kind.__doc__).endswith(".")
    for name, field in kind.model_fields.items():
        assert field.description, f"{kind.__name__}.{name} has no description"
        assert field.description.endswith("."), f"{kind.__name__}.{name}: {field.description}"
        assert field.description[0].isupper() or field.description[0] == "'", f"{kind.__name__}.{name}"


@pytest.mark.parametrize("kind", IN_DATA, ids=lambda kind: kind.__name__)
def test_every_field_of_every_kind_of_record_stands_on_the_page(
    reference: html.HtmlElement, kind: type[model.Record]
) -> None:
    """Each kind is a heading, followed by a list with each of its fields and no other."""
    for heading in reference.xpath(f".//h3[normalize-space()='{spaced(kind)}']"):
        assert words(heading.getnext().text_content()) == words(kind.__doc__)
        listed = {
            words(term.findtext("span")): (words(term.text_content()), words(term.getnext().text_content()))
            for term in heading.getnext().getnext().iter("dt")
        }
        fields = {field.alias or name: field for name, field in kind.model_fields.items()}
        assert listed.keys() == fields.keys()
        for name, field in fields.items():
            term, description = listed[name]
            assert description == words(field.description)
            assert term == (name if field.is_required() else f"{name} (may be left out)")
    assert reference.xpath(f".//h3[normalize-space()='{spaced(kind)}']"), f"{kind.__name__} is not on the page"


def test_every_file_is_a_heading_of_the_field_reference(reference: html.HtmlElement) -> None:
    headings = [words(heading.text_content()) for heading in reference.iter("h2")]
    assert [heading for heading in headings if heading.startswith("data/")] == [
        f"data/{data_file.name}" for data_file in FILES
    ]


def test_every_rule_stands_on_the_page_in_its_own_words_and_under_its_own_anchor(checked: html.HtmlElement) -> None:
    shown = {item.get("id"): words(item.text_content()) for item in checked.xpath(".//ol[@class='rules']/li")}
    assert shown == {rule.name: rule.text for rule in RULES}
