"""Ways to reach somebody that no page and no text should hold: what is written so that the other checks do not see it.

Plain email addresses and telephone numbers are refused where a text is read (``register.model``) and where a page is checked
(``register.checks.markdown_pages``); they are not reported once more here.
"""

import re
from collections.abc import Iterator

from register.guards.guard import Covered, Finding, Guard, Words, or_except
from register.guards.passages import Passage
from register.load.telephone import can_be_rung, is_kept_for_drama
from register.model import EMAIL, TELEPHONE

_CONTACTS_FILE = "data/contacts.yml"
_EMAIL_IN_WORDS = re.compile(
    r"(?<![\w.+-])[\w.+-]{2,60} ?(?:[\[({] ?(?:at|@) ?[\])}] ?[\w-]{2,60}|\bat [\w-]{2,60} dot \w{2,})(?: ?(?:\.|[\[({] ?dot ?[\])}]|\bdot\b) ?\w{2,30}){0,4}",
    re.IGNORECASE,
)
# Digits, and letters that are taken for them, with whatever people put between. It begins like a number in the United Kingdom.
_NUMBER = re.compile(
    r"(?<![\w\u00a3#./-])\(?[+0O](?:[\dO]|[ \t\u00a0().\u00b7\u2022/:,;\u2010-\u2013-]{1,3}(?=[\dO(])|\s(?:then|and|dash|space)\s(?=[\dO])){8,40}"
)
_SHORT_CODE = re.compile(
    r"\btext (?:the word )?[\"'\u2018\u201c]?\w{1,20}[\"'\u2019\u201d]? to (\d{5,6})\b", re.IGNORECASE
)
# "oh one six three two, nine six oh …"
_DIGIT_IN_WORDS = r"(?:oh|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|treble|\d{2,4})\b"
_NUMBER_IN_WORDS = re.compile(rf"\b(?:oh|zero|nought)\b(?:[\s,-]{{1,3}}{_DIGIT_IN_WORDS}){{6,20}}", re.IGNORECASE)
_A_DATE = re.compile(r"\d{1,2}[./]\d{1,2}[./](?:19|20)\d\d")


def contacts(words: Words) -> Iterator[Finding]:
    """Texts hold no email address and no telephone number, however they are written. Those of services stand in the list of contacts,
    where they can be checked. Those of private people are never published. The inquiry's exact words may hold them, since they are a
    quotation.
    """
    for passage in words.passages:
        if passage.quoted or passage.path == _CONTACTS_FILE:
            continue
        known = Covered(passage.text)
        for pattern in (EMAIL, TELEPHONE):
            for found in pattern.finditer(passage.text):
                known.add(*found.span())
        for start, end, noun in _found_in(passage):
            if not known.touches(start, end):
                known.add(start, end)
                yield _finding(passage, start, end, noun)


CONTACTS = Guard(contacts, "contacts")


def _found_in(passage: Passage) -> Iterator[tuple[int, int, str]]:
    for found in _EMAIL_IN_WORDS.finditer(passage.text):
        yield *found.span(), "an email address"
    for found in _NUMBER.finditer(passage.text):
        if _is_number(found[0]):
            yield *found.span(), "a telephone number"
    for found in _NUMBER_IN_WORDS.finditer(passage.text):
        yield *found.span(), "a telephone number"
    for found in _SHORT_CODE.finditer(passage.text):
        yield *found.span(1), "a number for texts"


def _is_number(typed: str) -> bool:
    """Whether what was typed can be a telephone number."""
    digits = re.sub(r"[^\d]", "", typed.replace("O", "0"))
    number = re.sub(r"^(?:00)?440?", "0", digits) if re.match(r"\(?(?:\+|00)", typed) else digits
    if _A_DATE.match(typed) or not 10 <= len(number) <= 11:
        return False
    return is_kept_for_drama(number) or can_be_rung(number)


def _finding(passage: Passage, start: int, end: int, noun: str) -> Finding:
    words = passage.text[start:end].strip()
    exception = or_except("contacts", "it is none", "it")
    to_do = f"a service's own belongs in data/contacts.yml, a person's own belongs nowhere here; {exception}"
    return Finding(passage, start, words, f"'{' '.join(words.split())}' looks like {noun}", to_do)
