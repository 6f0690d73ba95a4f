"""What tells who somebody is without a full name: an age with a place, a school with a date, an address, a number.

Each question is a pattern that an editor can be shown, asked of one sentence at a time. No list of places stands here: a place is a
word with a capital letter behind "from", "of", "in" and the like, or before "girl" and the like, or an area that the register names.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from register.guards.guard import Covered, Finding, Guard, Words, or_except
from register.guards.name_lists import NameLists, name_lists, plain
from register.guards.passages import Passage
from register.model import TELEPHONE, Register

Span = tuple[int, int]

_NUMBER_WORDS = (
    "four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
)
_AGE = rf"(?:[4-9]|1\d|(?:(?i:{_NUMBER_WORDS})))(?![\w.%]*\d)"
_ADULT_AGE = r"2[0-5]"
_YOUNG = (
    r"(?i:girls?|boys?|child|teenagers?|teen|youth|toddler|baby|pupil|student|schoolgirls?|schoolboys?|daughters?|sons?|sisters?|brothers?|"
    r"twins?|siblings?|youngster|woman|man|mother|father|victim|survivor)"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
# Too wide to tell who somebody is, or no places.
_NO_PLACE = (
    rf"(?!(?:{_MONTHS}|England|Wales|Scotland|Northern|Ireland|Great|Britain|British|UK|United|Europe|European|Year|Key|Section|Part|The|A|"
    r"National|Children|Child|Act|Acts|Schedule|Chapter|Volume|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|I)\b)"
)
_PLACE = rf"\b(?i:from|of|in|at|near|to|around|outside)\s(?:the\s)?{_NO_PLACE}[A-Z][\w'\u2019-]+"
_PLACE_BEFORE = rf"{_NO_PLACE}(?!Child|Girl|Boy)[A-Z][\w'\u2019-]+\s(?:\w+\s)?{_YOUNG}\b"
# Whose age it is: of one person, or of two or three, and not of all who are that old.
_OF_SOMEBODY = (
    rf"\b(?i:a|an|the|one|another|her|his|this|that|our|their|my)\s(?:[\w-]+\s){{0,2}}?{_AGE}[-\s\u2010\u2011]?(?:years?[-\s\u2010\u2011]old|yr[-\s]old|yrs[-\s]old|y/?o)\b(?!s)",
    rf"\b{_AGE}[-\s\u2010\u2011]year[-\s\u2010\u2011]old\s{_YOUNG}\b",
    rf"\b{_YOUNG},?\s(?:who\s(?:is|was)\s|is\s|was\s|of\s|aged\s|then\s|now\s|only\s)*(?:{_AGE}|(?<=now\s){_ADULT_AGE}|(?<=aged\s){_ADULT_AGE})\b(?!\s?(?:to|and\s(?:over|under|above|\d)|or|per|%|-|\u2013|years?\sago|weeks|months|days|hours))",
    rf"\b{_YOUNG}\s\((?:aged\s|then\s)?(?:{_AGE}|{_ADULT_AGE})\)",
    rf"\b(?i:two|three)\s{_AGE}[-\s\u2010\u2011]year[-\s\u2010\u2011]olds\b",
    rf",\s(?:aged\s|now\s|then\s)?(?:{_AGE}|{_ADULT_AGE}),\s(?:from|of|in|who|was|is|has)\b",
    rf"\b(?i:she|he|who|youngest|eldest|oldest|they)\s(?:is|was|were)\s(?:only\s|just\s|about\s|then\s|now\s)?{_AGE}\b(?=\s(?:and|when|years?\sold|at)\b|[,.;)]|\Z)",
)
_INITIAL = r"(?:[A-Z]\.\s?[A-Z]\.|[A-Z]\.(?=,\saged)|[B-HJ-Z](?![\w.])|(?<=Child\s)A|(?<=Girl\s)A|(?<=Boy\s)A|(?<=Person\s)A|(?<=Victim\s)A)"
_AGED = rf"(?:,\s(?:aged\s|then\s|now\s|who\s(?:is|was)\s)?{_AGE}(?=[,.;)]|\s(?:when|who|and|at|was)\b|\Z)|\s\((?:aged\s|then\s)?{_AGE}\)|\s(?:is|was|turned)\s(?:only\s|just\s)?{_AGE}(?=[,.;)]|\s(?:when|and|at|years?)\b|\Z))"
_INITIAL_WITH_AGE = re.compile(rf"(?<![\w.'\u2019&/-]){_INITIAL}{_AGED}")
_NAME_WITH_AGE = re.compile(rf"(?<![\w'\u2019-])([^\W\d_]{{3,20}}){_AGED}")
_COUNTED = re.compile(
    r"\b(?:annex|appendix|band|block|category|chapter|class|column|figure|form|grade|group|hepatitis|item|level|line|option|paragraph|part|"
    r"phase|plan|point|room|schedule|section|step|table|team|tier|vitamin|zone)\s\Z",
    re.IGNORECASE,
)

_SCHOOL = r"\b(?:[A-Z][\w'\u2019.-]*\s(?:of\s|the\s|and\s)?){1,5}(?:School|Academy|College|Nursery|Sixth\sForm)\b|\b(?:School|Academy|College)\sof\s[A-Z]"
_WHEN = r"\b(?:(?:19|20)\d\d|Year\s(?:[1-9]|1[0-3]))\b"
_AT_SCHOOL = re.compile(
    r"\b(?:[Ss]he|[Hh]e)\s(?:had\s|then\s|first\s|was\sa\s|was\s)?(?:left|attended|started|joined|went|began|moved|pupil|student|excluded|taught\sat)\b|"
    r"\b(?:[Hh]er|[Hh]is|[Tt]heir)\s(?:daughter|son|sister|brother|school\b|time\sat|child\b)|"
    r"\b(?:[Tt]he|[Aa]|[Oo]ne|[Tt]his|[Aa]nother|only)\s(?:\w+\s){0,2}(?:girl|boy|pupil|student|victim|survivor|daughter|son|schoolgirl|schoolboy|teenager)\b(?!['\u2019]?s?\s(?:voice|premium|council|parliament|leaders?|body|support|services?|panel|group|fund|forum|survey))|"
    r"\b(?:a|one)\schild\s(?:at|from|who|of|in)\b"
)

_STREET = r"(?:Road|Street|Lane|Avenue|Close|Drive|Way|Crescent|Gardens|Grove|Terrace|Place|Square|Hill|Row|Walk|Mews|Rise|Parade|Court|Rd|St|Ave|Cres)\b"
_WORDS_OF_STREET = (
    r"(?:(?!Crown\b|High\sCourt|County\sCourt|Magistrates|Family\sCourt|Supreme)[A-Z][\w'\u2019-]*\s){1,3}"
)
_DATE = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?,?\s(?:of\s)?(?:{_MONTHS})(?:,?\s\d{{4}})?|(?:{_MONTHS})\s\d{{1,2}}\b|"
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d)"
)
_PLATFORM = r"(?:instagram|insta|snapchat|snap|tiktok|facebook|twitter|discord|whatsapp|telegram|kik|roblox|username|handle|user name)"
_CALLED = r"(?:is|was|as|name|username|handle|called|account|user)"
_USER = r"(?:[a-z]\w{0,25}[._]\w[\w.]{0,25}|[a-z]{2,25}\d[\w.]{0,20})"
_CAR = re.compile(
    r"\b(?:cars?|vehicles?|vans?|taxis?|cabs?|registrations?|registered|reg|number\splates?|plates?|drove|driving|lorry|minibus)\b",
    re.IGNORECASE,
)
# The form since 2001, which is hardly ever anything else; older ones only where a vehicle is spoken of.
_PLATE = re.compile(r"(?<![\w-])[A-Z]{2}\d{2}\s?[A-Z]{3}(?![\w-])")
_ANY_PLATE = re.compile(
    r"(?<![\w-])(?:[A-Z]{2}\d{2}\s?[A-Z]{3}|[A-Z]\d{1,3}\s?[A-Z]{3}|[A-Z]{3}\s?\d{1,3}[A-Z])(?![\w-])", re.IGNORECASE
)
_REFERENCE = re.compile(r"\b(?:lines?|ref|reference|codes?|forms?|minute|budget)\b:?\s?\Z", re.IGNORECASE)


@dataclass(frozen=True)
class _Sentence:
    """A sentence with what tells what stands in it."""

    text: str
    areas: re.Pattern[str] | None  # the areas that the register names
    lists: NameLists


def personal(words: Words) -> Iterator[Finding]:
    """Nothing here lets anybody recognise a person who was harmed: no age with a place, no initial or given name with an age, no
    person's school with a year, no street address or postcode, no date of birth, no NHS or National Insurance number, no vehicle's
    registration, no name on social media. This holds for quoted words, too: the harm is the same.
    """
    lists, areas = name_lists(), _areas(words.register)
    for passage in words.passages:
        told = Covered(passage.text)
        for noun, start, end in _told_in(passage, areas, lists):
            if not told.touches(start, end):
                told.add(start, end)
                found = passage.text[start:end]
                yield Finding(passage, start, found, _what(found, noun), _TO_DO)


PERSONAL = Guard(personal, "personal")

_EXCEPTION = or_except("personal", "it is something else, or nobody can be recognised by it", "it")
_TO_DO = f"say it without; {_EXCEPTION}"


def _told_in(passage: Passage, areas: re.Pattern[str] | None, lists: NameLists) -> Iterator[tuple[str, int, int]]:
    """What somebody could be recognised by in a passage: what it is called, and where it stands."""
    for begins, text in passage.sentences:
        sentence = _Sentence(text, areas, lists)
        for noun, find in _OF_SENTENCES:
            for start, end in find(sentence):
                yield noun, begins + start, begins + end
    for noun, pattern in _OF_PASSAGES:
        for found in pattern.finditer(passage.text):
            yield noun, *found.span(pattern.groups)


def _what(found: str, noun: str) -> str:
    return f"'{' '.join(found.split())}' looks like {noun}: could somebody be recognised by it?"


def _areas(register: Register | None) -> re.Pattern[str] | None:
    """The words with capital letters of the areas that the register names."""
    if not register:
        return None
    named = f"{register.header.partnership.area} {register.header.inquiry.place}"
    words = sorted({re.escape(word) for word in re.findall(r"\b[A-Z]\w{3,}", named)})
    return re.compile(rf"(?i)\b(?:{'|'.join(words)})\b") if words else None


_AGES = tuple(re.compile(pattern) for pattern in _OF_SOMEBODY)
_PLACES = (re.compile(_PLACE), re.compile(_PLACE_BEFORE))


def _age_with_place(sentence: _Sentence) -> Iterator[Span]:
    ages = (found for pattern in _AGES for found in pattern.finditer(sentence.text))
    age = next(ages, None)
    if age is None:
        return
    place = next((found for pattern in _PLACES for found in pattern.finditer(sentence.text)), None)
    if place is None and sentence.areas:
        place = sentence.areas.search(sentence.text)
    if place:
        yield min(age.start(), place.start()), max(age.end(), place.end())


def _initial_with_age(sentence: _Sentence) -> Iterator[Span]:
    for found in _INITIAL_WITH_AGE.finditer(sentence.text):
        if not _COUNTED.search(sentence.text, max(0, found.start() - 15), found.start()):
            yield found.span()


def _name_with_age(sentence: _Sentence) -> Iterator[Span]:
    for found in _NAME_WITH_AGE.finditer(sentence.text):
        if found[1][0].isupper() and plain(found[1]) in sentence.lists.given:
            yield found.span()


_SCHOOL_PATTERN, _WHEN_PATTERN = re.compile(_SCHOOL), re.compile(_WHEN)


def _school_with_date(sentence: _Sentence) -> Iterator[Span]:
    school, when = _SCHOOL_PATTERN.search(sentence.text), _WHEN_PATTERN.search(sentence.text)
    if school and when and _AT_SCHOOL.search(sentence.text):
        yield min(school.start(), when.start()), max(school.end(), when.end())


_TEN_DIGITS = re.compile(r"(?<![\w.,\u00a3-])(\d{3})([ -]?)(\d{3})\2(\d{4})(?![\w-])")


def _nhs_number(sentence: _Sentence) -> Iterator[Span]:
    telephones = Covered(sentence.text)
    for found in TELEPHONE.finditer(sentence.text):
        telephones.add(*found.span())
    for found in _TEN_DIGITS.finditer(sentence.text):
        if _checks(found[1] + found[3] + found[4]) and not telephones.touches(*found.span()):
            yield found.span()


def _checks(digits: str) -> bool:
    """Whether the last of ten digits is the check digit of an NHS number: modulus 11, weights 10 to 2."""
    left = 11 - sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return int(digits[9]) == left % 11


def _registration(sentence: _Sentence) -> Iterator[Span]:
    pattern = _ANY_PLATE if _CAR.search(sentence.text) else _PLATE
    for found in pattern.finditer(sentence.text):
        if not _REFERENCE.search(sentence.text, max(0, found.start() - 20), found.start()):
            yield found.span()


# What is asked of each sentence, with what it is called.
_OF_SENTENCES = (
    ("an initial with an age", _initial_with_age),
    ("a given name with an age", _name_with_age),
    ("an age with a place", _age_with_place),
    ("somebody's school with a year", _school_with_date),
    ("a vehicle's registration", _registration),
    ("an NHS number", _nhs_number),
)
# What is recognised by its form alone. Where a pattern has a group, only the group is reported.
_OF_PASSAGES = (
    (
        "a postcode",
        re.compile(
            r"(?<![\w-])(?:[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}|[a-z]{1,2}\d[a-z\d]?\s\d(?!st|nd|rd|th)[abd-hjlnp-uw-z]{2})(?![\w-])"
        ),
    ),
    (
        "a street address",
        re.compile(rf"(?<![\w\u00a3.,/-])(?<!\b[Tt]he\s)\d{{1,3}}[A-Za-z]?,?\s{_WORDS_OF_STREET}{_STREET}"),
    ),
    ("a street address", re.compile(r"\b(?:Flat|Apartment|Apt)\s\d{1,3}[A-Za-z]?\b(?:,?\s[A-Z][\w'\u2019-]*)*")),
    (
        "a street address",
        re.compile(
            r"\b(?:liv(?:es?|ed|ing)|grew\sup|house|flat|address|stay(?:s|ed|ing)|resid(?:es?|ed|ing)|home)\b[^.!?]{0,60}?"
            rf"\b(?:in|on|at|of|off|to|was|is|from|,)\s({_WORDS_OF_STREET}{_STREET})"
        ),
    ),
    (
        "a date of birth",
        re.compile(
            r"\b(?:born(?!\s(?:after|before|between|from|since|out))|d\.?\s?o\.?\s?b\b\.?|date\sof\sbirth|birth\s?date|birthday)"
            rf"[^!?]{{0,25}}?{_DATE}",
            re.IGNORECASE,
        ),
    ),
    (
        "a National Insurance number",
        re.compile(r"(?<![\w-])[A-Z]{2}[ -]?\d{2}[ -]?\d{2}[ -]?\d{2}[ -]?[A-D](?![\w-])", re.IGNORECASE),
    ),
    ("a name on social media", re.compile(r"(?<![\w.@/+-])@[A-Za-z_][\w.]{1,29}(?![\w(])")),
    (
        "a name on social media",
        re.compile(
            rf"\b{_PLATFORM}\b[^!?]{{0,30}}?(?:\b{_CALLED}\b|:|\s)[\s:]*[\"'\u2018\u201c]?({_USER})(?![\w@])",
            re.IGNORECASE,
        ),
    ),
)
