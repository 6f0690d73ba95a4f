"""Whether a page can be opened beside somebody who looks on: its names are calm, and detail comes with a word of warning."""

import re
import string
from collections.abc import Iterator

from register.guards.guard import Finding, Words, or_except
from register.guards.passages import Passage
from register.load.rules import vocabularies
from register.model import Record, Register, VocabularyTerm

GUARD = "calm"

# What tells somebody who looks over a shoulder, or through a browser's history, why a reader is here. It is the same in every
# place; an inquiry's own name, or a service's, is an exception with its reason.
_NOT_CALM = (
    r"abus(?:e[ds]?|er|ers|ing|ive)",  # child abuse, abused, abusers, abusive
    r"sex(?:ual(?:ly|i[sz]ed)?)?(?!\shealth\b)|sext(?:ing|ort\w+)",  # sexual assault; "sexual health" is an ordinary service
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
_TELLING = re.compile(rf"(?i)(?<![^\W_]){_ONE}(?:\s(?:and\s)?{_ONE})*")  # neighbouring words are one finding
_PLACES = {"title": "a title", "description": "a description", "label": "a word that makes titles", "menu": "the menu"}

# Detail of what was done to somebody, as opposed to the name of a kind of harm ("sexual exploitation", "forced marriage"). Its
# words are those that can bring back to a reader what happened to them; no list of them is ever complete.
_ONE_PERSON = r"(?:her|him|me|(?:a|the|one|another)\s(?:\w+\s)?(?:girl|boy|child|pupil|woman|teenager))"
_MANY = r"(?:(?:a|the|some|two|three|several|other|young|little)\s){0,2}(?:girls?|boys?|child(?:ren)?|pupils?|wom[ae]n|teenagers?)"
_PEOPLE = rf"(?:her|him|me|them|{_MANY})"
_THEIR = r"(?:her|his|their|my|the\s(?:girl|boy|child)'s)"
_ACTS = "perform|undress|strip|touch|kiss"
_PLACE = r"(?:\w+\s)?(?:room|flat|house|cupboard|car|van|cellar|shed|bathroom|basement|hotel)"
_DETAIL = (
    # sexual acts and bodies
    r"gang[\s-]rapes?|rap(?:ed|ing|ists?)|penetrat(?:e[ds]?|ing|ion|ive)|sodomi[sz]ed|(?:oral|anal|vaginal|group|unprotected)\ssex",
    r"sex(?:ual)?\sacts?|(?:had|having|paid\sfor)\ssex|sex\swith|molest(?:s|ed|ing|ation)|grop(?:ed|es|ing)|fondl(?:ed|es|ing)",
    r"genitals|penis|vagina|breasts|semen|underwear|naked(?!\seye)|nude|undressed|stripped(?!\s(?:back|down|out|of))|masturbat\w+",
    rf"(?:up|under|inside)\s{_THEIR}\s(?:skirt|dress|top|shirt|clothes|trousers|knickers)|between\s(?:{_THEIR}|the)\s(?:legs|thighs)",
    rf"(?:hands?|fingers?|tongue)\s(?:up|down|in|on|inside|over)\s{_THEIR}|without\s(?:any\s)?clothes|took\soff\s{_THEIR}\sclothes",
    rf"force[ds]?\s{_PEOPLE}\sto\s(?:{_ACTS}|have|drink|watch)|(?:made|forced)\sto\s(?:{_ACTS}|have\ssex)|made\s{_PEOPLE}\s(?:{_ACTS})",
    # violence
    rf"(?:hit|dragg?(?:s|ed|ing)?|grabb?(?:s|ed|ing)?|touch(?:ed|es|ing)?|kiss(?:ed|es|ing)|bit|shot|shoot|burn(?:ed|s|t)?)\s{_ONE_PERSON}",
    rf"(?:kick(?:s|ed|ing)?|punch(?:ed|es|ing)?|slapp?(?:s|ed|ing)?|beat|stabb?(?:ed)?|chain(?:ed)?|whip(?:ped)?|kill)\s{_PEOPLE}",
    r"strangl(?:ed|es|ing|ation)|choked|throttled|suffocated|beaten|punched|kicked(?!\soff)|slapped|whipped|stabbed|stabbing|doused",
    r"bruis(?:es|ed|ing)\s(?:on|to|all|over)|cigarette\sburns?|burned\sto\sdeath|bloodied|bleeding|murder(?:ed|s)|killed|slit",
    rf"set\s{_PEOPLE}\son\sfire|(?:knife|gun)\sto\s{_THEIR}|(?:knife|gun)point|{_THEIR}\s(?:dead\s)?body\swas",
    r"(?:threaten(?:ed|s)|tried)\sto\s(?:kill|shoot|stab|burn|rape|drown)|kill\s(?:herself|himself|themselves)",
    # being held, drugged, passed on
    rf"tied\s{_PEOPLE}\s(?:up|down|to)|tied\sup\s(?:and|with|by)|handcuffed|gagged|(?:held|pinned)\s{_PEOPLE}\sdown|(?:was|were)\s(?:held|pinned)\sdown",
    rf"locked\s(?:{_PEOPLE}\s)?in\s(?:a|an|the|his|her)\s{_PLACE}|drugged|injected\s(?:with|{_PEOPLE})|unconscious(?!\sbias)",
    rf"(?:{_PEOPLE}|she|he|they|victims?)\s(?:was|were|are|is|got)\spassed\sa?round|sold\s(?:for\ssex|to\s(?:\w+\s)?men)",
    r"filmed\s(?:being|while)|took\sturns\swith\s(?:her|him|them)",
    # what came of it
    r"miscarri(?:ed|age|ages)|impregnated|(?:made|got)\s(?:her|them)\spregnant|pregnant\sby|an\sabortion|abortions",
    r"infected\s(?:her|him|them)|overdosed|an\soverdose|(?:cut|hanged)\s(?:herself|himself|themselves)",
)
# In small letters, and begun only where a word does: that makes it four times as fast.
_DETAILED = re.compile(rf"(?<![\w-])(?=[a-z])(?:{'|'.join(_DETAIL)})(?![\w-])")
_SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
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
    first = {found[0]: found for found in reversed(list(_DETAILED.finditer(passage.text.translate(_SMALL))))}
    for found in sorted(first.values(), key=re.Match.start):
        said = passage.text[found.start() : found.end()]
        what = f"'{said}' may be hard to read for somebody who was harmed"
        exception = or_except(GUARD, "it is no such detail", "it")
        yield Finding(passage, found.start(), said, what, f"{to_do}; {exception}")


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
    for _, terms in vocabularies(register.header):
        yield from terms


def _passage(record: Record, field: str) -> Iterator[Passage]:
    origin, text = record.origin, getattr(record, field)
    if origin and text:
        yield Passage(origin.path, origin.line_of(field), "field", text, origin.record, field)
