"""The contract: every field of the register, once.

Checking, the JSON Schema for editors, the field reference on the site and the
downloads are all derived from these classes; nothing else lists the fields.
The classes know nothing of files, YAML or MkDocs. Each class is one kind of
record; each description is written for an editor and is printed on the site.

The register is a log: a recommendation holds what never changes and a list of
dated updates. What is true today is derived in ``state.status``, never typed.

What a field is stands in its type: ``PastDate``, ``LinkId``, a term of a vocabulary.
Rules and exports find fields by these marks, so a new field cannot escape them.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PrivateAttr,
    StringConstraints,
)
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from register.dates import DAYS, PartialDate
from register.problems import UnusableValue
from register.public_hosts import is_public_host

LONGEST_TITLE = 120
LONGEST_TEXT = 5000
READING_AGE, HIGHEST_READING_AGE = 11, 16  # what a page may ask of readers: unless it sets another, and at all
MOST_TERMS = 200  # of one vocabulary: each makes a page, and pages list them all

# What stands once, in a file of its own, and so never in a text.
# Looked for only where a name can begin: else each of its signs would be tried as the first one.
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(\.[\w-]+)+")
# Without its beginning, in small letters: GOV.UK is a name.
BARE_ADDRESS = r"(?-i:(?<![\w@./-])(?!example\.)(?:[a-z0-9-]+\.)+(?:uk|org|com|net)\b(?:/[^\s<>\"')]*)?)"
ADDRESS = re.compile(rf"(?i)\b(?:https?://|www\.)[^\s<>\"')]+|{BARE_ADDRESS}")
# Digits in the groups that people and word processors write: spaces of any kind, dashes, brackets; and 116 123.
_GAP = r"[ \u00a0\u202f().\u2010-\u2013-]{0,3}"
TELEPHONE = re.compile(rf"(?<![\w-])(?:(?:\+44{_GAP}|\(?0)\d(?:{_GAP}\d){{6,10}}|116[ \u00a0]?\d{{3}})(?![\w-])")
_ELSEWHERE = (
    (EMAIL, "an email address", "take it out; a service's own address belongs in data/contacts.yml"),
    (ADDRESS, "a web address", "say in words which page it is; an address belongs in data/links.yml"),
    (TELEPHONE, "a telephone number", "take it out; a service's number belongs in data/contacts.yml"),
)
# Characters that turn the reading direction of all that follows (Unicode UAX #9, 2.1 and 2.2).
# Hebrew and Arabic letters need none of them; in a register they can only mislead.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What no text needs and a reader does not see: control characters, line and paragraph separators, no characters at all.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")


# What a spreadsheet takes for the beginning of a formula, in the wide form of East Asian scripts, too.
_FORMULA = re.compile("[=+@\t\r\uff1d\uff0b\uff0d\uff20-]")
# A macro works in pages only: in a text it would be shown as it was typed.
_MACRO = re.compile(r"\{\{\s*[A-Za-z_][^{}]*\}\}")


class BelongsInLinks(UnusableValue):
    """A text leads to a page by an address or a macro; where its record cites links, it can cite that page."""


def plain_text(text: str) -> str:
    """Return the text unchanged if it may be published as it stands.

    Raises:
        BelongsInLinks: it holds a web address or a macro.
        UnusableValue: it holds an email address, a telephone number or quotation marks that a spreadsheet doubled, or
            could not stand as a quotation either.
    """
    for pattern, noun, repair in _ELSEWHERE:
        if found := pattern.search(text):
            error = BelongsInLinks if pattern is ADDRESS else UnusableValue
            raise error("not-in-text", f"holds {noun}: '{found[0]}'", repair)
    if found := _MACRO.search(text):
        to_do = "write the words themselves: macros work in pages only"
        raise BelongsInLinks("macro-in-text", f"holds a macro: '{found[0]}'", to_do)
    if '""' in text:
        what = "holds doubled quotation marks, as a spreadsheet writes them"
        raise UnusableValue("doubled-quotes", what, "write one in place of two")
    return quoted_text(text)


def quoted_text(text: str) -> str:
    """Return the text unchanged if it may stand as a quotation: somebody else's words, addresses and numbers included.

    Raises:
        UnusableValue: it begins with a sign that a spreadsheet takes for a formula (OWASP, CSV Injection), or it holds
            what ``visible_text`` refuses.
    """
    if _FORMULA.match(text):
        what = f"begins with '{text[0]}', which a spreadsheet takes for the beginning of a formula"
        raise UnusableValue("formula", what, "begin with a word, such as the words that lead to it")
    return visible_text(text)


def visible_text(text: str) -> str:
    """Return the text unchanged if all that it holds can be seen.

    Raises:
        UnusableValue: it holds an invisible mark that turns the reading direction, or a control character.
    """
    if _DIRECTION.search(text):
        what = "holds an invisible mark that turns the reading direction"
        raise UnusableValue("reading-direction", what, "type the text again without it")
    if _CONTROL.search(text):
        raise UnusableValue(
            "control-character", "holds an invisible control character", "type the text again without it"
        )
    return text


@dataclass(frozen=True)
class TextForm:
    """What a text must look like where a function of ours checks it: the JSON Schema then says so, too."""

    pattern: str
    words: str  # what to write

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Add the pattern to what pydantic knows of the text."""
        return {**handler(schema), "pattern": self.pattern}


WEB_ADDRESS = TextForm(
    r'^https?://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]+)?(/[^\s<>"]*)?(\?[^\s<>"]*)?$',
    "write it like https://www.gov.uk/page",
)
TELEPHONE_NUMBER = TextForm(r"^\+?[0-9]+( [0-9]+)*$", "digits in groups, like 0800 1111")
PRINTED_PAGES = TextForm(r"^([0-9]+|[ivxlc]+)(-([0-9]+|[ivxlc]+))?$", "write it like 147, 147-148 or xii")
CONTENT_PATH = TextForm(r"^(docs|data)/[^\\]+\.(md|yml)$", "write it like docs/about.md")
# Words with one space between; each may be several words of which either will do.
_EITHER = r"[^\s/…]+(/[^\s/…]+)*"
_WORDS = rf"{_EITHER}( {_EITHER})*"
AVOIDED_PHRASE = TextForm(
    rf"^{_WORDS}( … {_WORDS})?$",
    "write it like 'child/teenage prostitute' or 'sex with … girl': '/' between words of which either will do, '…' once, for up to four words",
)
WHOLE_DAY = TextForm(DAYS, "write the day, like 2026-02-28")


def web_address(text: str) -> str:
    """Return the text unchanged if it can be a public web address (RFC 3986, http or https).

    Raises:
        UnusableValue: it is not one, or is a placeholder such as ``#`` or ``https://example.org``.
    """
    if re.match(r"(?i)https?://([a-z0-9-]+\.)*example\.[a-z]+(/|$)", text) or text.startswith(("#", "javascript:")):
        what = f"is a placeholder, not an address: '{text}'"
        raise UnusableValue("placeholder", what, "put the real address in, or take the line out")
    if not re.match(WEB_ADDRESS.pattern, text):
        raise UnusableValue("web-address", f"is not a web address: '{text}'", WEB_ADDRESS.words)
    return text


def public_address(text: str) -> str:
    """Return the text unchanged if it can be a web address that everybody can open.

    Raises:
        UnusableValue: it is no web address, or leads to the reader's own machine or into a private network.
    """
    host = re.match(r"(?i)https?://(?:[^/?#@]*@)?([^/?#:@]+)", text)
    if host and not is_public_host(host[1]):
        to_do = "write the address at which everybody can open the page"
        raise UnusableValue("not-public", f"is no public address: '{text}'", to_do)
    return web_address(text)


def report_address(text: str) -> str:
    """Return the text unchanged if somebody can write there: an email address, or a page that everybody can open by https.

    Raises:
        UnusableValue: it is neither (RFC 9116, 2.5.3).
    """
    if EMAIL.fullmatch(text):
        return text
    if not text.startswith("https://"):
        what = f"is neither an email address nor an address that begins with 'https://': '{text}'"
        raise UnusableValue("report-address", what, "write where a weakness of the site can be reported")
    return public_address(text)


def _address_or_nothing(text: str) -> str:
    return text and web_address(text)


# What a name in an address may hold: whatever a web host's settings and a browser read as themselves.
_NAME = r"[^\W_][\w .,()+&=@!~-]*"
_SITE_ADDRESS = re.compile(rf"/({_NAME}/)*({_NAME}\.[A-Za-z0-9]+)?(#[\w.-]+)?")


def site_address(text: str) -> str:
    """Return the text unchanged if it can be the address of a page, a part of one, or a file of this site.

    Raises:
        UnusableValue: it cannot; a page's address ends in ``/``, and none leads out of the site.
    """
    if not _SITE_ADDRESS.fullmatch(text) or re.search(r"(?i)\.html?(#|$)", text):
        what = f"is not an address of this site: '{text}'"
        raise UnusableValue("site-address", what, "write it as it stands behind the site's name, like /for/schools/")
    return text


def whole_site_address(text: str) -> str:
    """Return the text unchanged if it can be the address of a page or file of this site, not of a part.

    Raises:
        UnusableValue: it cannot.
    """
    if "#" in text:
        raise UnusableValue("site-address", f"names a part of a page: '{text}'", "write the page's address alone")
    return site_address(text)


def content_path(text: str) -> str:
    """Return the text unchanged if it can be the path of a file whose words readers read, from the project's folder.

    Raises:
        UnusableValue: it cannot.
    """
    if not re.match(CONTENT_PATH.pattern, text):
        raise UnusableValue("content-path", f"is no file of docs/ or data/: '{text}'", CONTENT_PATH.words)
    return text


def telephone_number(text: str) -> str:
    """Return the text unchanged if it is digits grouped with single spaces.

    Raises:
        UnusableValue: it is anything else (GOV.UK style groups digits so that they can be read aloud).
    """
    if not re.match(TELEPHONE_NUMBER.pattern, text):
        raise UnusableValue("telephone", f"is not a telephone number: '{text}'", TELEPHONE_NUMBER.words)
    return text


def avoided_phrase(text: str) -> str:
    """Return the text unchanged if words can be looked for by it: words, ``a/b`` for either of two, ``…`` for up to four.

    Raises:
        UnusableValue: it begins or ends with ``…``, holds two of them, or a ``/`` without a word on both sides.
    """
    if not re.fullmatch(AVOIDED_PHRASE.pattern, text):
        raise UnusableValue("avoided-phrase", f"cannot be looked for: '{text}'", AVOIDED_PHRASE.words)
    return text


def printed_pages(text: object) -> object:
    """Return a printed page, or the first and last of several, in the one form in which it is kept: ``147-148``.

    Small Roman numbers count the pages before a report's first chapter. A long dash, or "to", means the same as the hyphen.

    Raises:
        UnusableValue: it is no page.
    """
    pages = re.sub(r"\s*(?:[\u2010-\u2014-]|\bto\b)\s*", "-", str(text).strip())
    if text != "" and not re.match(PRINTED_PAGES.pattern, pages):
        raise UnusableValue("printed-page", f"is not a printed page: '{text}'", PRINTED_PAGES.words)
    return pages


def whole_number(text: object) -> object:
    """Return what was typed unchanged if it is digits only.

    Raises:
        UnusableValue: it is anything else; ``2.0`` and ``1_0`` are numbers to a computer, and typing mistakes of a person.
    """
    if isinstance(text, str) and text and not re.fullmatch("-?[0-9]+", text):
        raise UnusableValue("whole-number", f"is not a whole number: '{text}'", "write digits only")
    return text


@dataclass(frozen=True)
class Prose:
    """Marks words that readers read: guards ask about them."""

    quoted: bool = False  # whether they are somebody else's exact words


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
# What a record defines elsewhere, by its id. Its form is not checked here: a rule names the right ones.
_Reference = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Title = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TITLE), AfterValidator(plain_text), Prose()]
Description = Annotated[str, StringConstraints(min_length=1, max_length=160), AfterValidator(plain_text), Prose()]
Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT), AfterValidator(plain_text), Prose()]
# Somebody else's exact words. What they hold is theirs: an address in them is part of the quotation, and never a link.
Quotation = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_TEXT), AfterValidator(quoted_text), Prose(quoted=True)
]
# Words by which something is found: they are not read as text, so that no guard asks about them.
SoughtWords = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TITLE), AfterValidator(visible_text)]
# The same, in the notation of data/language.yml.
AvoidedPhrase = Annotated[
    str, StringConstraints(min_length=1, max_length=LONGEST_TITLE), AfterValidator(avoided_phrase), AVOIDED_PHRASE
]
PrintedPages = Annotated[
    str, StringConstraints(min_length=1, max_length=30), BeforeValidator(printed_pages), PRINTED_PAGES
]
# A file's name as somebody gave it: without folders, and nothing in it that cannot be seen.
FileName = Annotated[
    str, StringConstraints(pattern=r"^[^/\\]+$", min_length=1, max_length=200), AfterValidator(visible_text)
]
ContentPath = Annotated[str, StringConstraints(max_length=200), AfterValidator(content_path), CONTENT_PATH]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Address = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(public_address), WEB_ADDRESS]
# Where the site itself stands: before it is published that is somebody's own machine.
OwnAddress = Annotated[str, StringConstraints(min_length=1, max_length=2000), AfterValidator(web_address)]
ReportAddress = Annotated[str, StringConstraints(max_length=2000), AfterValidator(report_address)]
SiteAddress = Annotated[str, StringConstraints(max_length=300), AfterValidator(site_address)]
WholeSiteAddress = Annotated[str, StringConstraints(max_length=300), AfterValidator(whole_site_address)]
DocumentName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*\.pdf$", max_length=120)]
Telephone = Annotated[
    str, StringConstraints(min_length=1, max_length=30), AfterValidator(telephone_number), TELEPHONE_NUMBER
]
Host = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)+$", max_length=200)]
Email = Annotated[str, StringConstraints(pattern=r"^[\w.+-]+@[\w-]+(\.[\w-]+)+$", max_length=200)]
# The bounds stand before the function: behind it, pydantic could not tell that they are those of a number, and the JSON
# Schema would not hold them.
Number = Annotated[int, Field(ge=1, le=9999), BeforeValidator(whole_number)]


# ── what a field is: marks in its type, by which rules find it ─────────────────────────────────────


@dataclass(frozen=True)
class Past:
    """Marks a date of something that is said to have happened: it is never later than today."""


@dataclass(frozen=True)
class CitesLink:
    """Marks the id of an entry in data/links.yml."""


@dataclass(frozen=True)
class CitesContact:
    """Marks the id of an entry in data/contacts.yml."""


@dataclass(frozen=True)
class CitesScale:
    """Marks the id of a scale of the header."""


@dataclass(frozen=True)
class OfRecommendation:
    """Marks the number of a recommendation."""


@dataclass(frozen=True)
class TermOf:
    """Marks the id of a term of a vocabulary, by the name of the header's field that lists the vocabulary."""

    vocabulary: str


@dataclass(frozen=True)
class Vocabulary:
    """Marks a field of the header that lists a vocabulary."""

    noun: str  # what messages call one of its terms


def whole_day(date: PartialDate) -> PartialDate:
    """Return the date unchanged if it is known to the day.

    Raises:
        UnusableValue: it is a month or a year.
    """
    if not date.exact:
        raise UnusableValue("whole-day", f"is not a day: '{date.text}'", WHOLE_DAY.words)
    return date


PastDate = Annotated[PartialDate, Past()]
PastDay = Annotated[PartialDate, Past(), AfterValidator(whole_day), WHOLE_DAY]
LinkId = Annotated[_Reference, CitesLink()]
ContactId = Annotated[_Reference, CitesContact()]
RecommendationNumber = Annotated[Number, OfRecommendation()]
ResponseId = Annotated[_Reference, TermOf("responses")]
ProgressId = Annotated[_Reference, TermOf("progress")]
VoiceId = Annotated[_Reference, TermOf("voices")]
BodyId = Annotated[_Reference, TermOf("bodies")]
ThemeId = Annotated[_Reference, TermOf("themes")]
AudienceId = Annotated[_Reference, TermOf("audiences")]

Need = Literal["evidence", "reason", "due", "recheck"]
Shape = Literal["dotted", "full", "half", "tick", "dash", "ring", "pause"]
Grade = Literal["number-only", "summary", "wording"]
Excusable = Literal["blocked", "certificate", "timeout", "server-fault", "loop", "moved-away"]
# What an update can state of a recommendation and a later one can end without putting anything in its place.
Ended = Literal["response", "progress", "due", "recheck", "lead", "meaning", "done_when", "related"]
# The guards, by the names by which exceptions call them: see ``register.guards.guards``.
GuardName = Literal[
    "language",
    "names",
    "personal",
    "contacts",
    "plain-english",
    "spelling",
    "abbreviations",
    "links",
    "headings",
    "calm",
]
# How near a word of another scale comes to ours, in the words of SKOS (W3C, section 10).
Fit = Literal["exact", "close", "broader", "narrower"]

# Marks that the exports read. A field that is WITHHELD is checked here but published nowhere. CSV_PREFIX is what stands before
# a text in CSV files, where a program would take it for a number and lose a part of it: 3.10 becomes 3.1.
WITHHELD: JsonDict = {"withheld": True}
CSV_PREFIX = "csv-prefix"
THE_INQUIRYS: JsonDict = {"rights": "inquiry"}


@dataclass(frozen=True)
class Origin:
    """Where a record was typed. Two records are the same whatever their origins are, so nothing here is compared."""

    path: str = field(compare=False)  # from the project's folder
    line: int = field(compare=False)
    record: str = field(compare=False)  # how messages name the record that it belongs to: "recommendation 12"
    lines: dict[str, int] = field(compare=False)  # the line of each field
    whole: bool = field(compare=False)  # False if something that was typed in it could not be used

    def line_of(self, name: str) -> int:
        """Return the line of a field; the record's own where the field was not typed."""
        return self.lines.get(name, self.line)


# Of a record that was not read from a file. An origin and not None, so that such a record equals one that was read.
_NOWHERE = Origin("", 0, "", {}, True)


class Record(BaseModel):
    """What every record shares: no unknown fields, no change after loading. It knows where it was typed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    _origin: Origin = PrivateAttr(default_factory=lambda: _NOWHERE)  # pydantic would copy a default

    @property
    def origin(self) -> Origin | None:
        """Where it was typed; None for a record that was not read from a file."""
        return None if self._origin is _NOWHERE else self._origin

    def set_origin(self, origin: Origin) -> None:
        """Remember where it was typed; only the loader says so."""
        self._origin = origin


def kinds_in(annotation: Any) -> Iterator[type[Record]]:
    """Yield the kinds of record anywhere within a type: ``Update`` of ``list[Update]``, ``Check`` of ``Check | None``."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from kinds_in(inner)


def kind_at(kind: type[Record], place: Iterable[str | int]) -> type[Record]:
    """Return the kind of record at a place within a kind, by the names of fields; places in lists are passed over."""
    for part in place:
        if isinstance(part, str) and part in fields_of(kind):
            kind = next(kinds_in(fields_of(kind)[part].annotation), kind)
    return kind


def fields_of(kind: type[BaseModel]) -> dict[str, FieldInfo]:
    """Return the fields of a kind of record by the names that are typed; ``from`` is a word of Python's own."""
    return {info.alias or name: info for name, info in kind.model_fields.items()}


def value_of(record: "Record", field: str) -> Any:
    """Return the value of a record's field by the name that is typed: ``from``, not ``from_``."""
    return getattr(
        record, next(name for name, info in type(record).model_fields.items() if field in (info.alias, name))
    )


def marked_fields(kind: type[Record], mark: type[Any]) -> dict[str, Any]:
    """Return the fields of a kind of record that carry a mark in their type, each with its mark."""
    found = {
        name: next((held for held in marks if isinstance(held, mark)), None) for name, marks in _marks(kind).items()
    }
    return {name: held for name, held in found.items() if held is not None}


def record_kinds(kind: type[Record]) -> list[type[Record]]:
    """Return a kind of record and the kinds within it, outermost first, each once."""
    found = [kind]
    for info in kind.model_fields.values():
        found += [inner for within in kinds_in(info.annotation) for inner in record_kinds(within)]
    return list(dict.fromkeys(found))


@cache
def _marks(kind: type[Record]) -> dict[str, tuple[Any, ...]]:
    """All that is said of a kind's fields in their types."""
    hints = get_type_hints(kind, include_extras=True)
    return {name: tuple(_marks_in(hints[name])) for name in kind.model_fields}


def _marks_in(hint: Any) -> Iterator[Any]:
    """What is said anywhere within a type: ``list[LinkId]``, ``LinkId | None``."""
    yield from getattr(hint, "__metadata__", ())
    inner = (hint.__origin__,) if hasattr(hint, "__metadata__") else getattr(hint, "__args__", ())
    for within in inner:
        yield from _marks_in(within)


class Check(Record):
    """Who looked, and when."""

    by: Title = Field(description="Who checked it: a role or a published document, not a private person.")
    on: PastDate = Field(description="When it was checked.")


# ── data/register.yml ──────────────────────────────────────────────────────────────────────────


class Match(Record):
    """The word of another scale that comes near one of ours. Left out where none does."""

    scale: Annotated[Id, CitesScale()] = Field(description="The other scale: an entry under 'scales'.")
    word: Title = Field(description="Its word, exactly as that scale writes it.")
    fit: Fit = Field(description="How near: 'broader' if their word covers more than ours, 'narrower' if less.")


class Scale(Record):
    """Somebody else's words for the same thing, so that registers can be compared."""

    id: Id = Field(description="What matches call it.")
    label: Title = Field(description="The scale's name.")
    axis: Literal["responses", "progress"] = Field(description="Which of our vocabularies it is compared with.")
    words: list[Title] = Field(min_length=1, description="All its words, exactly as its owner writes them.")
    source: Annotated[Id, CitesLink()] = Field(description="Where its owner explains it: an entry in data/links.yml.")
    read: Check = Field(description="Who read the words there, and when.")
    note: Text | None = Field(default=None, description="What could not be confirmed, and how the words were matched.")


class VocabularyTerm(Record):
    """One word that records refer to by its id."""

    id: Id = Field(description="The word that records use.")
    label: Title = Field(description="How the site shows it.")
    definition: Text | None = Field(default=None, description="What it means, if the label does not say it all.")
    formerly: list[Id] = Field(
        default=[],
        max_length=20,
        description="Ids that it had before: their pages lead here, their feeds go on. A word that updates use keeps its id.",
    )


class Term(VocabularyTerm):
    """One word of a vocabulary, with its meaning and what it demands."""

    definition: Text = Field(description="What it means, in plain words; shown in the legend.")
    shape: Shape = Field(default="ring", description="The shape shown beside the word, so that colour is never alone.")
    needs: list[Need] = Field(default=[], description="What an update that uses this word must also give.")
    closed: bool = Field(default=False, description="Whether nothing more is expected once this is said.")
    matches: list[Match] = Field(default=[], description="Words of other scales that come near it.")

    def matches_in(self, scale: Scale) -> list[Match]:
        """Return the words of a scale that come near it."""
        return [match for match in self.matches if match.scale == scale.id]


class ProgressTerm(Term):
    """One word for how far the work has come."""

    step: Number | None = Field(default=None, description="Its place in the line of steps; left out when off the line.")


class VoiceTerm(Term):
    """Somebody whose view of a recommendation is recorded."""

    decides: bool = Field(
        default=False, description="Whether this voice's words set the response and progress. Exactly one voice does."
    )


class NamedTerm(VocabularyTerm):
    """A body, theme or audience that records refer to by its id."""


class Partnership(Record):
    """Who keeps this register (its custodian)."""

    name: Title = Field(description="Full name.")
    short_name: Title = Field(description="The short form, explained at first use on a page.")
    area: Title = Field(description="The place it serves.")
    email: Email | None = Field(default=None, description="Where readers can write to; left out until it is confirmed.")


class Inquiry(Record):
    """The inquiry whose recommendations are considered here."""

    name: Title = Field(description="Full name.")
    place: Title = Field(description="The area the inquiry looked at.")
    published: PastDate = Field(description="When its report came out.")
    report: LinkId = Field(description="The report's entry in data/links.yml.")


class Initial(Record):
    """What is true of a recommendation that has no update yet."""

    label: Title = Field(description="The state in a few words.")
    definition: Text = Field(description="What is known and what is not, in plain words.")
    source: LinkId = Field(description="Where that is said: an entry in data/links.yml.")


class Licence(Record):
    """What others may do with this register's own words and data."""

    name: Title = Field(description="The licence's name.")
    spdx: Title = Field(description="Its identifier in the Software Package Data Exchange (SPDX) list of licences.")
    link: LinkId = Field(description="The licence's entry in data/links.yml.")
    confirmed: Check | None = Field(
        default=None, description="Who in the partnership agreed to it; shown as proposed until then."
    )
    wording: Text = Field(description="What holds for the inquiry's own words, which are not ours to license.")


class Header(Record):
    """What this register is, whose it is and the words it uses."""

    id: Id = Field(
        description="The register's own permanent name. Feeds and calendars are known by it, so it never changes."
    )
    title: Title = Field(description="The register's title.")
    total: Number = Field(description="How many recommendations there are; every number from 1 to this has a record.")
    partnership: Partnership = Field(description="Who keeps the register.")
    inquiry: Inquiry = Field(description="The inquiry that made the recommendations.")
    initial: Initial = Field(description="What is true of a recommendation with no update yet.")
    licence: Licence = Field(description="What others may do with it.")
    review_every: Number = Field(description="After how many days without an update a recommendation counts as stale.")
    reporting_year_starts: Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")] = (
        Field(description="First day of the reporting year, month and day: 04-01 is 1 April.")
    )
    leave: LinkId = Field(description="Where 'Leave this site' leads: a neutral page's entry in data/links.yml.")
    responses: Annotated[list[Term], Vocabulary("response")] = Field(
        min_length=1, max_length=MOST_TERMS, description="What can be decided about a recommendation."
    )
    progress: Annotated[list[ProgressTerm], Vocabulary("progress")] = Field(
        min_length=1, max_length=MOST_TERMS, description="How far the work can have come."
    )
    voices: Annotated[list[VoiceTerm], Vocabulary("voice")] = Field(
        min_length=1, max_length=MOST_TERMS, description="Whose view is recorded."
    )
    bodies: Annotated[list[NamedTerm], Vocabulary("body")] = Field(
        default=[], max_length=MOST_TERMS, description="Organisations that recommendations were addressed to."
    )
    themes: Annotated[list[NamedTerm], Vocabulary("theme")] = Field(
        default=[], max_length=MOST_TERMS, description="What recommendations are about."
    )
    audiences: Annotated[list[NamedTerm], Vocabulary("audience")] = Field(
        default=[], max_length=MOST_TERMS, description="Kinds of work that recommendations matter to."
    )
    scales: list[Scale] = Field(
        default=[], max_length=MOST_TERMS, description="Other people's scales that our words are compared with."
    )

    def terms_beside(self, scale: Scale) -> Sequence[Term]:
        """Return the terms of ours that a scale is compared with."""
        return self.responses if scale.axis == "responses" else self.progress


# ── data/recommendations.yml ───────────────────────────────────────────────────────────────────


class Summary(Record):
    """What the inquiry recommended, in our words."""

    text: Text = Field(description="Two or three plain sentences.")
    checked: Check = Field(description="Who compared it with the report, and when.")


class Wording(Record):
    """What the inquiry recommended, in its exact words."""

    text: Quotation = Field(
        description="The exact words of the report, with its own addresses and lists.", json_schema_extra=THE_INQUIRYS
    )
    volume: Number | None = Field(default=None, description="Volume of the report, if it has several.")
    page: PrintedPages = Field(description="Printed page, or first and last page: 147, or 147-148.")
    paragraph: Title | None = Field(
        default=None,
        description="Paragraph number as printed, if one is. In CSV files 'para' stands before it.",
        json_schema_extra={CSV_PREFIX: "para "},
    )
    checked: Check = Field(description="Who compared it with the report, and when.")


class Withdrawal(Record):
    """That an update was wrong. It stays on the page, struck through, and counts for nothing from that day on."""

    on: PastDay = Field(description="The day on which it was withdrawn.")
    by: Title = Field(description="Who withdrew it: a role, not a private person.")
    reason: Text = Field(description="Why, in one or two plain sentences.")


class Edit(Record):
    """That the words of an update were mended. Its date, voice, words for response and progress, and evidence never are."""

    on: PastDay = Field(description="The day on which the words were changed.")
    reason: Text = Field(description="Why, in one plain sentence.")
    note_was: Text | None = Field(
        default=None, description="The note as it was before; left out where nobody should read it again."
    )
    reason_was: Text | None = Field(default=None, description="The reason as it was before.")


class Update(Record):
    """Something that happened or was said, on a date, by a voice. Updates are added, never changed."""

    date: PastDate = Field(description="When it happened: 2026-10-14, or 2026-10 or 2026 if that is all that is known.")
    recorded: PastDay = Field(description="The day on which it was put into this register.")
    voice: VoiceId = Field(description="Who says it: a voice from data/register.yml.")
    note: Text = Field(description="What happened, in one to three plain sentences.")
    response: ResponseId | None = Field(
        default=None, description="What was decided: a response from data/register.yml."
    )
    progress: ProgressId | None = Field(
        default=None, description="How far the work is: a progress word from data/register.yml."
    )
    reason: Text | None = Field(
        default=None, description="Why, where the word used demands it or a promised date moves."
    )
    evidence: list[LinkId] = Field(default=[], description="What shows it: ids from data/links.yml.")
    due: PartialDate | None = Field(
        default=None, description="By when it is promised. A later update can move it, with a reason."
    )
    recheck: PartialDate | None = Field(default=None, description="When someone will look again after it is closed.")
    lead: Title | None = Field(
        default=None, description="The body that leads on it here from now on: a role or organisation."
    )
    meaning: Text | None = Field(default=None, description="What it means here, in two or three plain sentences.")
    done_when: Text | None = Field(
        default=None, description="How everyone will know that it is done, written before the work begins."
    )
    related: list[RecommendationNumber] = Field(default=[], description="Numbers of related recommendations.")
    ends: list[Ended] = Field(
        default=[], description="What was stated before and holds no longer, with nothing in its place. Needs 'reason'."
    )
    edited: Edit | None = Field(default=None, description="That the note or the reason was mended later.")
    withdrawn: Withdrawal | None = Field(default=None, description="That the update was wrong and counts for nothing.")


class Recommendation(Record):
    """One recommendation of the inquiry and what was done about it here."""

    number: RecommendationNumber = Field(
        description="The inquiry's own number. It is also the page's address, for ever."
    )
    title: Title | None = Field(default=None, description="A short title in our words, checked against the report.")
    summary: Summary | None = Field(default=None, description="What the inquiry recommended, in our words.")
    wording: Wording | None = Field(default=None, description="What the inquiry recommended, in its exact words.")
    addressed_to: list[BodyId] = Field(
        default=[], description="Whom the inquiry addressed: bodies from data/register.yml."
    )
    theme: ThemeId | None = Field(default=None, description="What it is about: a theme from data/register.yml.")
    audiences: list[AudienceId] = Field(
        default=[], description="Whose work it matters to: audiences from data/register.yml."
    )
    updates: list[Update] = Field(default=[], description="What happened, oldest first.")

    @property
    def grade(self) -> Grade:
        """How much of what the inquiry said is held here."""
        if self.wording:
            return "wording"
        return "summary" if self.summary else "number-only"


# ── data/links.yml ─────────────────────────────────────────────────────────────────────────────


class Expectation(Record):
    """What a page must show to be the page it is taken for."""

    host: Host | None = Field(default=None, description="The host the address must end at, if not its own.")
    phrases: list[Title] = Field(default=[], description="Words that must stand in the page's title or text.")


class Archive(Record):
    """A kept copy of a page that may go."""

    url: Address = Field(description="The copy's address.")
    taken: PastDate = Field(description="When the copy was made.")


class Excuse(Record):
    """Why a finding about this address is left standing."""

    verdict: Excusable = Field(description="The finding that is excused. What leads readers wrong never is.")
    reason: Text = Field(description="Why.")
    checked: Check = Field(description="Who looked at the page themselves, and when.")
    days: Number = Field(description="For how many days after that it stays excused.")


class Link(Record):
    """A page outside this site, or a document that this site publishes itself. Pages and records cite it by its id."""

    id: Id = Field(description="What pages and records call it.")
    recorded: PastDay | None = Field(default=None, description="The day on which it was put into this list, if known.")
    name: Title = Field(description="The words that readers see.")
    owner: Title = Field(description="Who publishes the page.")
    url: Address | None = Field(default=None, description="The address. Needs 'confirmed'.")
    confirmed: Check | None = Field(default=None, description="Who or what confirms the address, and when.")
    candidate: Address | None = Field(
        default=None,
        description="An address that nobody has confirmed: checked, but not offered to readers as a link.",
        json_schema_extra=WITHHELD,
    )
    file: DocumentName | None = Field(
        default=None,
        description="A PDF that this site publishes itself, in place of an address: its name in docs/files/, like minutes-2026-10.pdf.",
    )
    way_in: LinkId | None = Field(
        default=None, description="A confirmed entry through which readers can get there meanwhile."
    )
    seen: PastDate | None = Field(default=None, description="The page's own date, if it shows one.")
    note: Text | None = Field(default=None, description="What readers should know about it.")
    expect: Expectation = Field(default=Expectation(), description="What the page must show.")
    archive: Archive | None = Field(default=None, description="A kept copy, offered when the page is gone.")
    must_work: bool = Field(default=False, description="Whether no change is accepted while this link fails its check.")
    excuse: Excuse | None = Field(
        default=None, description="A finding of the link check that is left standing, and why."
    )

    @property
    def address(self) -> str | None:
        """Its address, confirmed or not."""
        return self.url or self.candidate


# ── data/contacts.yml ──────────────────────────────────────────────────────────────────────────


class Contact(Record):
    """A service that people can turn to. The first one is for emergencies."""

    id: Id = Field(description="What pages call it.")
    name: Title = Field(description="The service's name.")
    for_whom: Text = Field(description="Whom it is for.")
    hours: Text = Field(description="When it answers.")
    use: Literal["ok", "check"] = Field(
        description="'ok' is shown to readers; 'check' must be confirmed first and is not shown."
    )
    number: Telephone | None = Field(default=None, description="Telephone number, digits in groups.")
    email: Email | None = Field(default=None, description="The service's own public address.")
    link: LinkId | None = Field(default=None, description="The service's page: an entry in data/links.yml.")
    cost: Text | None = Field(default=None, description="What a call costs, and whether it shows on a bill, if known.")
    other_ways: Text | None = Field(default=None, description="Ways other than voice.")
    note: Text | None = Field(default=None, description="What readers should know.")
    emergency: bool = Field(default=False, description="Whether it is for immediate danger.")
    brief: bool = Field(default=False, description="Whether it is in the short list on every page.")
    card: Title | None = Field(
        default=None, description="The heading of a card that it shares with the contacts beside it, for the same need."
    )
    part: Title | None = Field(default=None, description="Which part of the shared card it is: 'By day', 'At night'.")
    confirmed: Check | None = Field(default=None, description="Who rang or asked the service, and when.")
    unconfirmed: Text | None = Field(
        default=None, description="Why it is shown although nobody has confirmed it lately."
    )

    @property
    def is_shown(self) -> bool:
        """Whether readers see it."""
        return self.use == "ok"


# ── data/topics.yml, data/timeline.yml and data/reported_results.yml ───────────────────────────


class Topic(Record):
    """Something that named public sources say the recommendations cover. Never tied to a number."""

    id: Id = Field(description="What pages call it.")
    recorded: PastDay | None = Field(default=None, description="The day on which it was put into this list, if known.")
    title: Title = Field(description="A short title.")
    gist: Text = Field(description="What was reported, in our words.")
    reported_for: list[Title] = Field(default=[], description="Whom it was reported to be for.")
    audiences: list[AudienceId] = Field(
        default=[], description="Whose work it is reported to touch: audiences from data/register.yml."
    )
    sources: list[LinkId] = Field(min_length=1, description="Who reported it: ids from data/links.yml.")
    confidence: Literal["high", "medium", "low"] = Field(description="How sure we are that it is reported rightly.")
    note: Text | None = Field(default=None, description="What readers should know.")


class Milestone(Record):
    """A dated public event, with its source."""

    date: PastDate = Field(description="When it happened.")
    formerly: PartialDate | None = Field(
        default=None, description="The date under which it first stood here, if that was wrong: feeds know it by that."
    )
    recorded: PastDay | None = Field(default=None, description="The day on which it was put into this list, if known.")
    place: Title = Field(description="Where it belongs: the inquiry's area, this one, or a wider one.")
    text: Text = Field(description="What happened, in one or two plain sentences.")
    sources: list[LinkId] = Field(min_length=1, description="Who reported it: ids from data/links.yml.")


class ReportedPart(Record):
    """A part of a reported result."""

    label: Title = Field(description="What was said of these recommendations, as it reads after their number.")
    count: Number = Field(description="How many they are.")
    shape: Shape = Field(description="The shape that fills its part of the picture, so that colour is never alone.")


class ReportedResult(Record):
    """What others reported of all the recommendations somewhere else, in numbers. It is never tied to single ones."""

    id: Id = Field(description="What pages call it.")
    recorded: PastDay | None = Field(default=None, description="The day on which it was put into this list, if known.")
    on: PastDate = Field(description="When it was reported.")
    by: Title = Field(description="Who reported it.")
    place: Title = Field(description="Where it is so.")
    parts: list[ReportedPart] = Field(min_length=2, max_length=7, description="The parts, which make up the total.")
    limits: Text = Field(description="What it does not say, and what is not known of it.")
    sources: list[LinkId] = Field(min_length=1, description="Who reported it: ids from data/links.yml.")


# ── data/language.yml and data/exceptions.yml ──────────────────────────────────────────────────


class AvoidedWords(Record):
    """Words about exploited children that are not used here, since they blame, play down or sensationalise."""

    words: list[AvoidedPhrase] = Field(
        min_length=1,
        max_length=40,
        description="Words or phrases for the same thing, in any form: 'child/teenage prostitute', 'put themselves at risk', 'sex with … girl'.",
    )
    instead: Text = Field(description="What to say instead, in plain words.")
    why: Text = Field(description="Why these words are not used.")
    source: LinkId = Field(
        description="The published guide that advises against words such as these: an entry in data/links.yml."
    )


class GuardException(Record):
    """Words that a check asks about and that stay as they are."""

    guard: GuardName = Field(description="Which check asks about them; its message names it.")
    words: SoughtWords = Field(description="The words, exactly as the message shows them.")
    page: ContentPath | None = Field(
        default=None, description="The one file in which they may stand, like docs/about.md; everywhere if left out."
    )
    reason: SoughtWords = Field(description="Why they stay: whose public office it is, whose exact words these are.")


# ── data/search.yml ────────────────────────────────────────────────────────────────────────────


class HelpWords(Record):
    """Words that people type when they may need help: a search for one of them shows first who can help."""

    words: list[SoughtWords] = Field(
        min_length=1,
        max_length=200,
        description="Words as people type them. 'worry' also finds 'worried'; of 'talk to somebody' all words must be typed, in any order.",
    )
    say: Text = Field(description="One or two calm sentences that stand above the services.")
    danger: bool = Field(default=False, description="Whether the emergency number comes first.")
    services: list[ContactId] = Field(
        min_length=1,
        max_length=6,
        description="Who can help, first choice first: ids from data/contacts.yml. One that is not shown to readers is passed over.",
    )


class EqualWords(Record):
    """Words that mean the same: a search for one of them also finds the others."""

    words: list[SoughtWords] = Field(
        min_length=2, max_length=20, description="The words, such as an abbreviation and what it stands for."
    )


class SearchWords(Record):
    """What people type into the search of this site. Readers never see these words: they are searched for."""

    help: list[HelpWords] = Field(
        min_length=1, description="Words that lead to help first, the most urgent ones first."
    )
    equal: list[EqualWords] = Field(default=[], description="Words that mean the same.")


# ── data/proved.yml ────────────────────────────────────────────────────────────────────────────


class ReportFile(Record):
    """A file of the published report, as it was when wordings were compared with it."""

    name: FileName = Field(description="The file's name.")
    volume: Number | None = Field(default=None, description="Which volume it holds, if there are several.")
    pages: Number = Field(description="How many pages it has.")
    sha256: Sha256 = Field(description="SHA-256 of its bytes, by which anyone can tell that they have the same file.")


class ProvedWording(Record):
    """A wording that was found in the report, word for word, at the page given."""

    number: Number = Field(description="The recommendation's number.")
    sha256: Sha256 = Field(
        description="SHA-256 of the wording and its place: a wording that changes is proved no more."
    )


class ReportProof(Record):
    """Which wordings were found in the published report. Written by 'make verify'."""

    on: PastDay = Field(description="The day on which they were compared.")
    files: list[ReportFile] = Field(min_length=1, max_length=50, description="The report's files.")
    wordings: list[ProvedWording] = Field(min_length=1, description="The wordings that stand in them.")


# ── data/redirects.yml ─────────────────────────────────────────────────────────────────────────


class Redirect(Record):
    """An address that this site once published, and where what stood there is now."""

    from_: WholeSiteAddress = Field(alias="from", description="The old address, like /for/schools/ or /report.pdf.")
    to: SiteAddress = Field(description="Where it is now: a page, a part of a page or a file of this site.")
    since: PastDay = Field(description="The day from which the old address leads on.")
    why: Text = Field(description="What happened to it, in one plain sentence that readers see.")

    @property
    def old(self) -> str:
        """The old address, from the site's root: ``for/schools/``."""
        return self.from_[1:]

    @property
    def new(self) -> str:
        """The new address, from the site's root."""
        return self.to[1:]


# ── data/accessibility.yml ─────────────────────────────────────────────────────────────────────


class Gap(Record):
    """Something that may not work for everyone, or that nobody has tested yet."""

    issue: Text = Field(description="What it is, in plain words, and whom it may stop.")
    criteria: list[Title] = Field(
        min_length=1, description="The WCAG 2.2 success criteria it is about, like '2.4.3 Focus order'."
    )
    fix_by: PartialDate | None = Field(default=None, description="By when it will be mended or tested, if that is set.")


class Statement(Record):
    """What the accessibility statement says that changes (Statutory Instrument 2018/952, regulation 8)."""

    status: Literal["fully", "partially", "not"] = Field(description="How far the site meets WCAG 2.2 AA.")
    prepared: PastDate = Field(description="When the statement was first prepared.")
    reviewed: PastDate = Field(description="When someone last read it against the site. At least once a year.")
    tested: PastDate = Field(description="When the site was last tested.")
    method: Text = Field(description="Who tested it, and how.")
    sample: Text = Field(description="Which pages were tested, and how they were chosen.")
    not_tested: Text | None = Field(default=None, description="What was not part of the tests.")
    gaps: list[Gap] = Field(default=[], description="What may not work, or was not tested.")


class Register(Record):
    """The whole register, checked: one field for each file in data/."""

    header: Header
    recommendations: list[Recommendation]
    links: list[Link]
    contacts: list[Contact]
    topics: list[Topic]
    timeline: list[Milestone]
    reported_results: list[ReportedResult] = []
    redirects: list[Redirect] = []
    language: list[AvoidedWords] = []
    exceptions: list[GuardException] = []
    search: SearchWords | None = Field(default=None, json_schema_extra=WITHHELD)
    proof: ReportProof | None = None
    statement: Statement | None  # None in the register of an earlier day for which none is kept


# ── pages and settings ─────────────────────────────────────────────────────────────────────────


class FrontMatter(Record):
    """The front matter of a Markdown page: the lines between the two ``---`` at its top."""

    title: Title = Field(description="The page's title, unique and calm: it is what a browser's history shows.")
    description: Description = Field(
        description="What the page holds, in one sentence; search engines and previews show it."
    )
    updated: PastDate = Field(description="When the page's own words were last changed.")
    index: bool = Field(default=False, description="Whether a list of the page's sections stands at its top.")
    reading_age: Annotated[int, Field(ge=9, le=HIGHEST_READING_AGE), BeforeValidator(whole_number)] | None = Field(
        default=None,
        description="The age at which the page can be read, from 9 to 16, if not 11: more only where few but editors need it.",
    )


class SecurityContact(Record):
    """Where somebody who has found a weakness of the site can report it: what ``/.well-known/security.txt`` says (RFC 9116)."""

    contact: ReportAddress = Field(description="An email address or the address of a page, which somebody reads.")
    expires: Annotated[PartialDate, AfterValidator(whole_day), WHOLE_DAY] = Field(
        description="Until which day that is sure to be so: at most a year from today."
    )


class ExtraSettings(Record):
    """The settings under ``extra`` in ``mkdocs.yml``."""

    short_name: Title = Field(description="The site's name where there is little room.")
    preload: bool = Field(
        default=False,
        description="Whether browsers may be told for good that the site's host, and every name below it, is reached by https only.",
    )
    security: SecurityContact | None = Field(
        default=None, description="Where a weakness of the site can be reported; left out until it is confirmed."
    )


class SiteSettings(Record):
    """What a partnership sets in ``mkdocs.yml``, the menu left out. Every other setting is code: see ``mkdocs.base.yml``."""

    INHERIT: Literal["mkdocs.base.yml"] = Field(description="Where all other settings stand: mkdocs.base.yml.")
    site_name: Title = Field(description="The site's name.")
    site_description: Description = Field(description="What the site holds, in one sentence.")
    site_url: OwnAddress = Field(description="The address at which the site is published.")
    edit_uri: Annotated[str, AfterValidator(_address_or_nothing)] = Field(
        description="The address under which docs/ can be edited; empty if none."
    )
    extra: ExtraSettings = Field(description="The site's short name.")
