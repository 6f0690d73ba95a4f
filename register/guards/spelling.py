"""Whether words are spelled as people in Britain spell them."""

import difflib
import importlib.util
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from register.guards.guard import READ_FIRST, Finding, Words, or_except
from register.guards.passages import Passage

GUARD = "spelling"

# With an American spelling, but right in Britain, too: as another part of speech, of a computer, in a court, or in both.
_RIGHT_HERE = frozenset((
    "acknowledgment", "acknowledgments", "analog", "biased", "dialog", "dialogs", "donut", "donuts", "focused",
    "focuses", "focusing", "judgment", "judgments", "lambaste", "lambastes", "license", "licensed", "licenses",
    "licensing", "meter", "meters", "practice", "practices", "program", "programs", "refocused", "refocuses",
    "refocusing", "routing", "salable", "specialties", "specialty", "stories", "story", "writable", "gray",
))  # fmt: skip
# What codespell's list leaves out and people here may write.
_MORE_AMERICAN = {
    "anesthetic": "anaesthetic", "behaviorally": "behaviourally", "caliber": "calibre", "candor": "candour",
    "checkbook": "chequebook", "counseled": "counselled", "counseling": "counselling", "counselors": "counsellors",
    "defenses": "defences", "demeanor": "demeanour", "dialed": "dialled", "diarrhea": "diarrhoea",
    "favorably": "favourably", "fetal": "foetal", "fiber": "fibre", "fueled": "fuelled", "fulfillment": "fulfilment",
    "gotten": "got", "gynecology": "gynaecology", "harbor": "harbour", "honorable": "honourable",
    "installment": "instalment", "jewelry": "jewellery", "leveled": "levelled", "maneuver": "manoeuvre",
    "meager": "meagre", "misdemeanor": "misdemeanour", "mom": "mum", "moms": "mums", "neighborhood": "neighbourhood",
    "neighborhoods": "neighbourhoods", "offense": "offence", "offenses": "offences", "orthopedic": "orthopaedic",
    "pajamas": "pyjamas", "parlor": "parlour", "pediatric": "paediatric", "pediatrician": "paediatrician",
    "pediatricians": "paediatricians", "rumor": "rumour", "rumors": "rumours", "savior": "saviour",
    "signaling": "signalling", "skeptic": "sceptic", "somber": "sombre", "theater": "theatre", "theaters": "theatres",
    "traveled": "travelled", "traveler": "traveller", "travelers": "travellers", "traveling": "travelling",
    "vigor": "vigour", "willful": "wilful",
}  # fmt: skip
# -ize is -ise here, as GOV.UK writes it; not in these, where it is no ending.
_IZE = re.compile(r"(?P<stem>[a-z]{2,}[a-z])(?P<letter>iz|yz)(?P<ending>e|ed|es|er|ers|ing|ation|ations|ational)")
_NOT_AN_ENDING = re.compile(r"(?:[a-z]*siz|priz|seiz|capsiz|maiz|baiz|assiz|bliz|appriz|reprizi?)[a-z]*")
_WORD = re.compile(r"(?<![\w@./&'\u2019])[^\W\d_]+(?:['\u2019][^\W\d_]+)*(?![\w@/&])")
# Parts of words in which letters are often left out or swapped, so that any word with one of them is found.
_ROOTS = {
    "accomod": "accommod", "acheiv": "achiev", "apparant": "apparent", "assesed": "assessed",
    "assesment": "assessment", "beleiv": "believ", "comittee": "committee", "colabor": "collabor", "commision": "commission",
    "commited": "committed", "commitee": "committee", "concious": "conscious", "counsil": "council",
    "definate": "definite", "dissapear": "disappear", "enviroment": "environment", "experiance": "experience",
    "explotat": "exploitat", "gaurd": "guard", "goverment": "government", "harrass": "harass",
    "immediatly": "immediately", "independan": "independen", "inquriy": "inquiry", "intervension": "intervention",
    "liason": "liaison", "maintainance": "maintenance", "neccess": "necess",
    "necesary": "necessary", "occurance": "occurrence", "occured": "occurred", "persue": "pursue",
    "practioner": "practitioner", "priviledge": "privilege", "previuos": "previous", "proffes": "profess", "publically": "publicly", "reccomend": "recommend",
    "recieve": "receive", "recomend": "recommend", "referal": "referral", "refered": "referred",
    "responsab": "responsib", "responsibilty": "responsibility", "saftey": "safety", "seperat": "separat",
    "strategey": "strategy", "succesful": "successful", "sucess": "success", "tommorow": "tomorrow",
    "truely": "truly", "unanimious": "unanimous", "vulnrab": "vulnerab", "vunerab": "vulnerab", "wierd": "weird",
    "witheld": "withheld", "yeild": "yield",
}  # fmt: skip
_CONTRACTIONS = frozenset((
    "ain't", "aren't", "can't", "couldn't", "didn't", "doesn't", "don't", "hadn't", "hasn't", "haven't", "isn't",
    "mightn't", "mustn't", "needn't", "oughtn't", "shan't", "shouldn't", "wasn't", "weren't", "won't", "wouldn't",
))  # fmt: skip
# What stands between double quotation marks is somebody's exact words.
_QUOTED = re.compile('"[^"\n]{1,400}"|\u201c[^\u201d]{1,400}\u201d')
_NAME_NEVERTHELESS = 7  # letters from which on a mistake with a capital letter is hardly a name


def misspellings(words: Words) -> Iterator[Finding]:
    """Words are spelled right, as far as a list of 65,000 common mistakes (codespell's) can tell."""
    mistakes = _mistakes(_all_words(words))
    for passage, at, word in _typed(words, mistakes):
        if not (_is_name(word, passage, at) and len(word) < _NAME_NEVERTHELESS):
            yield _finding(passage, at, word, f"is '{word}' spelled right?", mistakes[word.lower()])


def american_spelling(words: Words) -> Iterator[Finding]:
    """Words are spelled as in Britain: "behaviour", "centre", "organise".

    Names keep their spelling.
    """
    british = _british(_all_words(words))
    for passage, at, word in _typed(words, british):
        if not _is_name(word, passage, at):
            yield _finding(passage, at, word, f"'{word}' is American spelling", british[word.lower()])


def _finding(passage: Passage, at: int, word: str, what: str, right: str) -> Finding:
    right = right.capitalize() if word[0].isupper() else right
    to_do = f"write '{right}'; {or_except(GUARD, 'it is right here, as in a name', 'it')}"
    return Finding(passage, at, word, what, to_do, passage.path not in READ_FIRST)


def _all_words(words: Words) -> set[str]:
    """Each word that is our own, once, in small letters; no abbreviations, and nothing between quotation marks."""
    typed = {word for passage in words.passages if not passage.quoted for word in _WORD.findall(_ours(passage.text))}
    return {_folded(word) for word in typed if len(word) > 2 and not word.isupper()}


def _typed(words: Words, wrong: Mapping[str, str]) -> Iterator[tuple[Passage, int, str]]:
    """Each word that is wrong, and where it stands first in a passage."""
    for passage in words.passages if wrong else ():
        seen = set[str]()
        for found in _WORD.finditer(_ours(passage.text)) if not passage.quoted else ():
            small = _folded(found[0])
            if small in wrong and small not in seen and not found[0].isupper():
                seen.add(small)
                yield passage, found.start(), found[0].replace("\u2019", "'")


def _ours(text: str) -> str:
    """A text without what stands between quotation marks; every other sign keeps its place."""
    return _QUOTED.sub(lambda found: " " * len(found[0]), text)


def _folded(word: str) -> str:
    return word.lower().replace("\u2019", "'")


def _is_name(word: str, passage: Passage, at: int) -> bool:
    """Whether a word may be a name, or part of one: it has a capital letter, and no sentence begins with it."""
    if not word[0].isupper():
        return False
    before = passage.text[max(0, at - 40) : at].rstrip(" \n\"'(\u2018\u201c")
    after = re.match(r"(?:\s+(?:of|for|and|on|the))*\s+[A-Z]", passage.text[at + len(word) : at + len(word) + 20])
    return bool(after) or not (not before or before[-1] in ".!?:\u2022-|")


# ── the lists ────────────────────────────────────────────────────────────────────────────────────


def _mistakes(words: set[str]) -> dict[str, str]:
    """Which of some words are known mistakes, each with the first of its right spellings.

    Only codespell's lists are used, not its program: a command line with another idea of what a word is.
    """
    held = dict[str, str]()
    for wrong, right in _lines("dictionary.txt"):
        if wrong in words:
            first, *more = right.split(",")
            # Behind the last comma stands why the entry is not for every text, if anything does.
            if not more or not more[-1].strip():
                held[wrong] = first.strip()
    return {**{word: right for word in words if (right := _by_its_parts(word))}, **held}


def _by_its_parts(word: str) -> str:
    """The right spelling of a word that is wrong by a part of it, or in its ending; nothing if neither is known."""
    for wrong, right in _ROOTS.items():
        if wrong in word:
            return word.replace(wrong, right)
    if re.search(r"[^aeiou]ys$", word):
        return f"{word[:-2]}ies"  # "familys"
    if word.endswith("n't") and word not in _CONTRACTIONS:
        return next(iter(difflib.get_close_matches(word[:20], sorted(_CONTRACTIONS), n=1)), "")
    return ""


def _british(words: set[str]) -> dict[str, str]:
    """Which of some words have an American spelling, each with the British one."""
    of_codespell = {american: british for british, american in _lines("dictionary_en-GB_to_en-US.txt")}
    known = {**of_codespell, **_MORE_AMERICAN}
    of_words = {word: known.get(word, "") or _with_s(word) for word in words - _RIGHT_HERE}
    return {american: british for american, british in of_words.items() if british}


def _lines(name: str) -> Iterator[tuple[str, str]]:
    """The entries of one of codespell's lists. Its package is found but not imported."""
    package = importlib.util.find_spec("codespell_lib")
    assert package and package.origin, "codespell is among the dependencies"
    for line in (Path(package.origin).parent / "data" / name).read_text("utf-8").split("\n"):
        wrong, arrow, right = line.partition("->")
        if arrow:
            yield wrong, right


def _with_s(word: str) -> str:
    """The word with "s" in its ending, if it has an ending with "z"; nothing if it has none."""
    found = _IZE.fullmatch(word)
    if not found or _NOT_AN_ENDING.fullmatch(word):
        return ""
    return found["stem"] + found["letter"].replace("z", "s") + found["ending"]
