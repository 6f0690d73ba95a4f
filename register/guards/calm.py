"""Whether a page can be opened beside somebody who looks on: its names are calm, and detail comes with a word of warning."""

import re
from collections.abc import Iterator

from register.guards.guard import Finding, Words, or_except
from register.guards.passages import Passage
from register.model import Header, Record, Register, Vocabulary, VocabularyTerm, marked_fields

GUARD = "calm"

# What tells somebody who looks over a shoulder, or through a browser's history, why a reader is here. It is the same in every
# place; an inquiry's own name, or a service's, is an exception with its reason.
_NOT_CALM = (
    r"abus(?:e[ds]?|er|ers|ing|ive)",  # child abuse, abused, abusers, abusive
    r"sex(?:ual(?:ly|i[sz]ed)?)?(?!\shealth\b)|sexting",  # sexual assault; "sexual health" is an ordinary service
    r"rap(?:e[ds]?|ing|ists?)",
    r"assault(?:s|ed|ing)?",
    r"groom(?:s|ed|er|ers|ing)?",
    r"exploit(?:s|ed|er|ers|ing|ation|ative)?",
    r"cse|csa|csea",  # they stand for the same
    r"traffick(?:ed|er|ers|ing)",
    r"slave(?:s|ry)?",
    r"victim(?:s|i[sz]ed|hood)?",
    r"survivor(?:s)?",
    r"perpetrator(?:s)?|offender(?:s)?|paedophil(?:e|es|ia)|predator(?:s|y)?|molest\w*|incest",
    r"domestic\sviolence|violence|violent|coerc(?:ed|ion|ive)",
    r"porn(?:ography|ographic)?|prostitut(?:e|es|ed|ion)|indecent|nudes?|naked",
    r"self-?\s?harm(?:ed|ing)?|suicid(?:e|es|al)|murder(?:s|ed|er|ers)?|killed",
    r"mutilation|fgm|forced\smarriage|gangs?|torture[ds]?|trauma(?:s|tic|tised)?",
)  # fmt: skip
_ONE = rf"(?:{'|'.join(_NOT_CALM)})(?![^\W_])"
_TELLING = re.compile(rf"(?i)(?<![^\W_]){_ONE}(?:\s(?:and\s)?{_ONE})*")  # words that stand together are told of once
_PLACES = {"title": "a title", "description": "a description", "label": "a word that makes titles", "menu": "the menu"}

# Detail of what was done to somebody, as opposed to the name of a kind of harm ("sexual exploitation", "forced marriage"). The
# list is small, and its words are those that can bring back to a reader what happened to them.
_DETAIL = (
    # sexual acts and bodies
    r"gang[\s-]rapes?|rap(?:ed|ing|ists?)|penetrat(?:e[ds]?|ing|ion|ive)|sodomi[sz]ed|(?:oral|anal|vaginal|group|unprotected)\ssex",
    r"sex(?:ual)?\sacts?|(?:had|have|having)\ssex|sex\swith|molest(?:s|ed|ing|ation)|grop(?:ed|es|ing)|fondl(?:ed|es|ing)",
    r"genitals|penis|vagina|breasts|semen|underwear|naked|nude|undressed|stripped|masturbat\w+|ejaculat\w+",
    # violence
    r"strangl(?:ed|es|ing|ation)|chok(?:ed|ing)\s(?:her|him|them)|throttled|suffocated|beaten|beat\s(?:her|him|them)|punched",
    r"kicked(?!\soff)|slapped|whipped|bruis(?:es|ed|ing)|stabbed|burn(?:ed|t)\s(?:her|him|them)|burned\sto\sdeath|doused",
    r"set\s(?:her|him|them)\son\sfire|murder(?:ed|s)|killed|slit|bloodied|bleeding",
    # being held, drugged, passed on
    r"tied\s(?:up|down)|handcuffed|gagged|locked\sin|held\sdown|pinned\sdown|drugged|injected\s(?:with|her|him|them)",
    r"passed\s(?:around|round)|sold\sfor\ssex|filmed\s(?:being|while)",
    # what came of it
    r"miscarri(?:ed|age|ages)|impregnated|made\spregnant|infected\swith|overdosed|an\soverdose",
    r"(?:cut|hanged)\s(?:herself|himself|themselves)",
)
_DETAILED = re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(_DETAIL)})(?![\w-])")
_NOTE = re.compile(
    r"(?i)\W{0,3}(?:content note|this (?:part|page|section) (?:describes|tells|has detail|holds detail))\b"
)
NOTE = "'This part describes …'"


def titles_are_calm(words: Words) -> Iterator[Finding]:
    """Titles, descriptions and menus say nothing by which somebody who looks on could tell why a reader is here.

    They stand in a browser's history, tabs, feeds and calendars. That holds for the titles of pages, recommendations and
    subjects and for the words of the register. The words of a page itself may say what it is about.
    """
    of_pages = (one for one in words.passages if one.kind in ("title", "description") or one.path == "mkdocs.yml")
    for passage in [*of_pages, *(_titles(words.register) if words.register else ())]:
        place = _PLACES.get(passage.field or passage.kind, f"'{passage.field}'")
        for found in _TELLING.finditer(passage.text):
            what = f"'{found[0]}' stands in {place}, which others may see in history or on the screen"
            to_do = f"say it in calm words; {or_except(GUARD, 'it is part of a name that cannot be changed', 'it')}"
            yield Finding(passage, found.start(), found[0], what, to_do)


def addresses_are_calm(words: Words) -> Iterator[Finding]:
    """Names of files and ids that become addresses say nothing by which somebody could tell why a reader is here."""
    of_pages = (Passage(path, 1, "field", path, field="address") for path, _ in words.pages())
    for passage in [*of_pages, *(_addresses(words.register) if words.register else ())]:
        for found in _TELLING.finditer(re.sub(r"[-_/.]", " ", passage.text)):
            said = passage.text[found.start() : found.end()]
            what = f"'{said}' stands in the address that is made of '{passage.text}', which others may see in history"
            to_do = f"choose a calm name; {or_except(GUARD, 'it was published and must stay', 'it')}"
            yield Finding(passage, found.start(), said, what, to_do)


def detail_has_a_content_note(words: Words) -> Iterator[Finding]:
    """Detail of what was done to somebody stands on a page only below a note that begins "This part describes …".

    The note holds until the next heading of the same level. In the register's own texts no note can come first, so they hold
    no such detail.
    """
    for passage in (one for one in words.passages if one.kind == "field" and not one.quoted):
        yield from _detail(passage, "say it without detail: no note can stand before it here")
    for _, passages in words.pages():
        level, noted = 1, None
        for passage in passages:
            if passage.kind == "heading":
                level = passage.level
                noted = None if noted and level <= noted else noted
            if _NOTE.match(passage.text):
                noted = level
            elif not noted:
                to_do = f"say it without detail, or put a paragraph before it that begins {NOTE} and says what"
                yield from _detail(passage, to_do)


def _detail(passage: Passage, to_do: str) -> Iterator[Finding]:
    for found in _DETAILED.finditer(passage.text):
        what = f"'{found[0]}' may be hard to read for somebody who was harmed"
        exception = or_except(GUARD, "it is no such detail", "it")
        yield Finding(passage, found.start(), found[0], what, f"{to_do}; {exception}")


# ── what becomes a title or an address ───────────────────────────────────────────────────────────


def _titles(register: Register) -> Iterator[Passage]:
    for record in (register.header, *register.recommendations, *register.topics):
        yield from _passage(record, "title")
    for term in _terms(register):
        yield from _passage(term, "label")


def _addresses(register: Register) -> Iterator[Passage]:
    for term in _terms(register):
        yield from _passage(term, "id")
    for link in register.links:
        yield from _passage(link, "file")


def _terms(register: Register) -> Iterator[VocabularyTerm]:
    for name in marked_fields(Header, Vocabulary):
        yield from getattr(register.header, name)


def _passage(record: Record, field: str) -> Iterator[Passage]:
    origin, text = record.origin, getattr(record, field)
    if origin and text:
        yield Passage(origin.path, origin.line_of(field), "field", text, origin.record, field)
