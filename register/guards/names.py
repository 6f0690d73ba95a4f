"""Names of people: a given name with a family name, a title with a name, initials with a name.

Names are known by lists and by what stands around them, not by a model of the language: an editor can then see why a name was
asked about, and nothing has to be downloaded.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from register.guards.guard import Finding, Guard, Words
from register.guards.name_lists import NameLists, name_lists, plain

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019\u2010\u2011-][^\W\d_]+)*")
# Between the words of a name: a space or the end of a line.
_BETWEEN = re.compile(r"[ \u00a0]?\n?")
# A short name between two others: "Charlotte (Charlie) Sample".
_SHORT_NAME = re.compile(r" [(\"'\u2018\u201c][^\W\d_]{1,15}[)\"'\u2019\u201d](?= )")
_INITIALS = re.compile(r"(?<![\w.'\u2019])(?:[A-Z]\. ?){1,3}(?=[A-Z])")
_LONGEST = 4  # words of a name after its first
_FURTHEST = 7  # words within which the noun of a body's name stands: "King Edward the Sixth Grammar School"


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TITLES = _set(
    "Mr Mrs Ms Miss Mx Dr Doctor Prof Professor Rev Revd Reverend PC PCSO DC DS DI DCI DSU WPC Sgt Sergeant Inspector Superintendent "
    "Supt Constable Nurse Cllr Councillor Sir Dame Lord Lady Baroness Baron Judge Justice Recorder Imam Canon Pastor"
)
# Their reports are called by their names: "Baroness Sample's report".
_TITLES_OF_REPORTS = _set("Sir Dame Lord Lady Baroness Baron Judge Professor Justice Dr")
_REPORT = re.compile(r"(?:['\u2019]s?)? (?:report|review|inquiry|audit|recommendations)\b", re.IGNORECASE)
# Rooms, reports and prizes are called after people: "the Lucy Sample room".
_CALLED_AFTER = re.compile(
    r"(?:['\u2019]s?)? (?:report|review|inquiry|room|building|hall|centre|lecture|award|prize)\b"
)
# Joins words of a name: "Dafydd ap Rhys", "Joana da Silva".
_PARTICLES = _set("ap ab ferch bin bint ibn al el de da do dos di du van von der den la le ní ni")
_AFTER_NAMES = _set("QC KC OBE MBE CBE DBE KBE QPM KPM MP MSP JP DL PHD RN BSC MSC BA MA")

# What bodies, places, laws and days are called by: "Lucy Sample Foundation", "Victoria Road", "Sarah Sample Day".
_NOUNS = _set("""academies academy act advice advisory agency agreement airport alliance ambulance approach archive arena arms army arts assembly
    associates association authority avenue award awards bank bar barracks bay bill board borough branch bridge brigade building buildings
    bureau bush bypass cafe campaign campus care castle cathedral cell centre centres chambers chapel charity church cinema circle circus city
    clinic close club code college colleges commission committee common community company conference constabulary convention corner corps
    cottage cottages council counselling county court courts crescent cross crown cup dales day days department directive district division
    docks drive eco education estate estates farm federation festival fell field fields fire flats forest fort forum foundation fund
    fusion gallery garden gardens gate gazette grammar grange green ground group groups grove hall hampton hamlets harbour health heath
    heights high hill hills hockey holiday home homes hospice hospital hospitals hostel hotel house houses hub infirmary infants inn
    initiative institute institution island isle junior junction lane law laws league lecture library line lodge lodges manor market masjid
    mansions march mead medical memorial mews mill mills mission moor mosque motors mount museum music national network news nursery office
    paper parade parish park parks parliament partners partnership path pathway place plan playgroup plc police pool port practice press
    primary prison prize programme project protocol provision pub quarter quay railway refuge regiment region reserve residence resource
    ribbon rise river road roads room rooms row royal rule rules school schools scheme secondary services service shelter show sixth social
    society south north east west square stadium standard star state station stores street students studio studios study sub suite
    supermarket surgery synagogue taxis teaching team temple terrace theatre times tower towers town trail training tree trust trustees union
    unit universities university upon vale valley view villa village villas walk ward water way week wharf wing wood woods workshop
    works yard youth zone limited ltd lieutenant mayor chancellor chief commissioner speaker justice president""")
# What begins a sentence or a heading, or stands before a family name without being part of a name.
_NO_NAME = _set("""a about above across after against all also although among an and any are as at back be because been before behind being below between
    both but by can could dear did do does during each either every everybody everyone few following for former from get had has have he
    her here hers hi his how however i if in including inside instead into is it its just last later like many may me more most much my
    near neither new next no nobody nor not nothing now of off often old on once one only or other our out over past perhaps please said
    says see several she should since so some somebody someone still such than thank thanks that the their them then there these they
    this those though through thus to today together too towards two under unless until up upon us very was we were what when where
    whether which while who whom whose why will with within without would yes yesterday yet you your
    january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday
    sunday north south east west northern southern eastern western great greater upper lower little central inner outer st saint
    king queen prince princess operation report review chair cc re year section part chapter volume item page table appendix""")
_MONTHS = _set("january february march april may june july august september october november december")
# Nouns that are family names, too, beside those of the list.
_FAMILY_TOO = _set(
    "ward church hall park page law march street hill wood green mill field forest heath lane marsh moor brook banks"
)
# Given names after which parks, halls and streets are called.
_GIVEN_OF_PLACES = _set(
    "victoria albert alexandra elizabeth edward george charles william henry james charlotte margaret"
)
# What people do, and bodies hardly ever.
_DOES = re.compile(
    r"(?:, [^.,]{3,40},)?\s+(?:told|said|says|asked|asks|wrote|writes|thanked|chaired|chairs|joined|explained|apologised|spoke|leads|attended)\b"
)
# Where a given name stands by itself, and a person is meant.
_ALONE = re.compile(
    r"(?:\b(?:called|named|[Aa]sk for|[Tt]hanks to|thanked)\s+|\b(?:mother|father|mum|dad|sister|brother|daughter|son|girl|boy|child|victim|"
    r"survivor|lead|manager|officer|nurse|worker|teacher|chair)(?:,|\s+(?:is|was))?\s+)(?P<name>[A-Z][^\W\d_]+)(?!\s+[A-Z])\b"
)
_NOT_REAL = re.compile(r"\b(?P<name>[A-Z][^\W\d_]+)\s+\((?:not|name|names)\s[^)]{0,20}(?:real name|changed)\)")
_FAMILY = re.compile(r"\b[Tt]he\s+(?P<name>[A-Z][^\W\d_]+)\s+family\b")
# Before a month or a place, and hardly ever before a given name.
_BEFORE_PLACES = re.compile(
    r"(?:\b(?:in|at|near|since|until|during|on|before|after|into|around)|\d)\s+\Z", re.IGNORECASE
)
_BEFORE_MONTHS = re.compile(
    r"(?:\b(?:in|of|by|from|since|until|during|on|before|after|to|early|mid|late|last|next|this|and|each|every|between)|\d(?:st|nd|rd|th)?)\s+\Z",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"(?:\A|[.!?:;|\u2022(\[\"\u201c\u2018\u2013\u2014])\s*\Z")
# What a letter counts, and is no initial: "option A. Members voted …".
_COUNTED = re.compile(
    r"\b(?:annex|appendix|band|block|category|chapter|class|column|figure|form|grade|group|hepatitis|item|level|line|number|option|paragraph|"
    r"part|phase|plan|point|room|schedule|section|step|table|team|tier|vitamin|zone|no)\s+\Z",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class _CapitalisedWord:
    """A word of a run: of words with capital letters that follow each other."""

    text: str
    start: int
    possessive: bool  # "Sarah's"

    @property
    def name(self) -> str:
        return self.text[:-2] if self.possessive else self.text

    @property
    def plain(self) -> str:
        return plain(self.name)

    @property
    def end(self) -> int:
        return self.start + len(self.name)


def names(words: Words) -> Iterator[Finding]:
    """Only public office-holders are named, as such, each with a reason in the list of exceptions. The check asks about a given name with
    a family name, about a title such as Mr, Dr or PC with a name, and about initials with a family name. It knows names by lists, and most
    given names that stand alone it does not notice. It does not ask about the inquiry's exact words: they are a quotation.
    """
    lists = name_lists()
    for passage in words.passages:
        if passage.quoted:
            continue
        for start, end in sorted(set(_names_in(passage.text, lists))):
            found = passage.text[start:end]
            what = f"'{' '.join(found.split())}' looks like somebody's name"
            to_do = (
                "is this person a public office-holder, named in that office? then add the name to data/exceptions.yml with 'guard: names' "
                "and the office; otherwise say the role instead"
            )
            yield Finding(passage, start, found, what, to_do)


NAMES = Guard(names, "names")


def _names_in(text: str, lists: NameLists) -> Iterator[tuple[int, int]]:
    """Where a text holds names."""
    for run in _runs(text):
        at = 0
        while at < len(run):
            length = _name_at(text, run, at, lists)
            if length:
                yield run[at].start, run[at + length - 1].end
            at += length or 1
    yield from _with_initials(text)
    yield from _alone(text, lists)


def _runs(text: str) -> Iterator[list[_CapitalisedWord]]:
    """The words with capital letters that follow each other, with what joins words of names."""
    run, end = list[_CapitalisedWord](), 0
    for found in _WORD.finditer(text):
        short = _SHORT_NAME.match(text, end) if run else None
        if short and found.start() < short.end():
            end = short.end()
            continue
        joined = _BETWEEN.fullmatch(text, end, found.start()) is not None
        titled = bool(run) and run[-1].text in _TITLES and text[end : found.start()].strip() == "."
        if run and not (joined or titled):
            yield run
            run = []
        if found[0][0].isupper() or (run and found[0] in _PARTICLES):
            run.append(_CapitalisedWord(found[0], found.start(), found[0][-2:] in ("'s", "\u2019s")))
        elif run:
            yield run
            run = []
        end = found.end()
    if run:
        yield run


def _name_at(text: str, run: Sequence[_CapitalisedWord], at: int, lists: NameLists) -> int:
    """How many words of a run are a name that begins at a place; 0 if none does."""
    first = run[at]
    if first.possessive or first.text in _PARTICLES or (at and run[at - 1].text in ("St", "Saint")):
        return 0
    length = _length(run, at)
    if length < 2 or (_is_a_body(run, at, length, lists) and not _is_somebody_all_the_same(text, run, at, lists)):
        return 0
    if first.text in _TITLES:
        last = run[at + length - 1]
        return 0 if first.text in _TITLES_OF_REPORTS and _REPORT.match(text, last.end) else length
    if text[max(0, first.start - 4) : first.start].lower() == "the " and _CALLED_AFTER.match(
        text, run[at + length - 1].end
    ):
        return 0
    given = first.plain.partition("-")[0]
    sure = run[at + length - 1].plain in lists.family
    if given in lists.given:
        return length if first.plain not in _NO_NAME else 0
    if given in lists.given_or_word:
        person = not first.text.isupper() and _stands_for_a_person(text, first, given)
        return length if sure or person or _does_something(text, first, run[at + length - 1]) else 0
    second = run[at + 1].plain
    known = second in lists.family and first.plain not in _NO_NAME and first.plain not in _NOUNS and len(first.text) > 1
    return 2 if known and not first.text.isupper() else 0


def _is_a_body(run: Sequence[_CapitalisedWord], at: int, length: int, lists: NameLists) -> bool:
    """Whether words that look like a name are what a body or a place is called by."""
    nouns = [word for word in run[at + 1 : at + _FURTHEST] if word.plain in _NOUNS]
    if run[at].text in _TITLES - _TITLES_OF_REPORTS:  # "Councillor Ward", but "Canon Hill School"
        return any(word.plain not in lists.family for word in nouns)
    return bool(nouns)


def _is_somebody_all_the_same(text: str, run: Sequence[_CapitalisedWord], at: int, lists: NameLists) -> bool:
    """Whether a name that ends like a body's is a person's: "Jane Ward", and not "Victoria Park"."""
    given, rest = run[at].plain, run[at + 1 :]
    if (
        len(rest) != 1
        or not (rest[0].plain in lists.family or rest[0].plain in _FAMILY_TOO)
        or not lists.may_be_given(given)
    ):
        return False
    if _DOES.match(text, rest[0].end):
        return True
    before = text[max(0, run[at].start - 20) : run[at].start]
    return (
        given in lists.given - _GIVEN_OF_PLACES
        and not _BEFORE_PLACES.search(before)
        and not before.lower().endswith("the ")
    )


def _length(run: Sequence[_CapitalisedWord], at: int) -> int:
    """How many words a name has that begins at a place, as far as their form tells."""
    length, first = 1, run[at]
    for word in run[at + 1 : at + 1 + _LONGEST]:
        shouted = word.text.isupper() and len(word.text) > 1
        if len(word.name) == 1 and first.text in _TITLES and length == 1 and len(run) > at + 2:
            length += 1  # "Cllr J Sample"
            continue
        if word.text in _AFTER_NAMES or word.plain in _NO_NAME or len(word.name) < 2:
            break
        if shouted and not (first.text.isupper() and len(word.text) > 2):
            break
        length += 1
        if word.possessive:
            break
    while length > 1 and run[at + length - 1].text in _PARTICLES:
        length -= 1
    return length


def _stands_for_a_person(text: str, word: _CapitalisedWord, given: str) -> bool:
    """Whether a given name that is a word, too, is a name here, as far as what stands before it tells."""
    before = text[max(0, word.start - 20) : word.start]
    if _BEGINS.search(before) or not before:
        return False
    return not (_BEFORE_MONTHS if given in _MONTHS else _BEFORE_PLACES).search(before)


def _alone(text: str, lists: NameLists) -> Iterator[tuple[int, int]]:
    """Where a text holds a given name, or a family's name, that stands by itself."""
    for pattern, is_known in (
        (_ALONE, lists.given.__contains__),
        (_NOT_REAL, lists.may_be_given),
        (_FAMILY, lists.family.__contains__),
    ):
        for found in pattern.finditer(text):
            if is_known(plain(found["name"])):
                yield found.span("name")


def _does_something(text: str, first: _CapitalisedWord, last: _CapitalisedWord) -> bool:
    """Whether what could be a month or a place does what people do: "Mark Sample told", but not "In May Ofsted wrote"."""
    before = text[max(0, first.start - 20) : first.start]
    return bool(_DOES.match(text, last.end)) and not (_BEFORE_MONTHS.search(before) or _BEFORE_PLACES.search(before))


def _with_initials(text: str) -> Iterator[tuple[int, int]]:
    """Where a text holds initials with a family name: "J. Sample"."""
    for found in _INITIALS.finditer(text):
        name = _WORD.match(text, found.end())
        before = text[max(0, found.start() - 20) : found.start()]
        if not name or len(name[0]) < 3 or name[0].isupper() or _COUNTED.search(before):
            continue
        word = _CapitalisedWord(name[0], name.start(), name[0][-2:] in ("'s", "\u2019s"))
        if word.plain not in _NO_NAME and word.plain not in _NOUNS:
            yield found.start(), word.end
