"""What an editor most likely mistyped where a line cannot be read as YAML, and how to mend it.

libyaml says where it stopped and in what state, not what the person meant. The
line itself often shows the mistake: a curly quote, a tab, two people's changes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import StringConstraints

from register import model


@dataclass(frozen=True)
class Hint:
    """What is wrong with a line, what to do about it, and a permanent word for the mistake."""

    kind: str
    what: str
    to_do: str


_QUOTE_IT = "must stand in double quotes"
_QUOTE_HOW = "put one at its beginning and one at its end"

# What libyaml says for certain, whatever the line shows.
_CERTAIN = (
    ("unknown escape character", Hint("yaml-escape", "a '\\' stands in double quotes", "put the text in single quotes instead")),
    ("control characters are not allowed", Hint("control-character", "an invisible control character stands on this line", "type the line again")),
    ("did not find expected <document start>", Hint("yaml-document", "a '...' line ended the file above", "take it out")),
)  # fmt: skip

# Shown as it is: nothing is filled in.
MACRO = Hint("macro-in-text", "'{{' stands here: what is in curly brackets works in the text of pages only", "write the words themselves; to lead to a page, add its id to 'evidence' or 'sources'")  # fmt: skip

# What the line shows, and what to say. Checked in order; the first that fits is used.
_SHOWN = (
    (r"<<<<<<<|=======$|>>>>>>>", Hint("conflict", "two people's changes met here", "ask for help; do not delete lines")),
    (r".*\{\{", MACRO),
    (r"[ -]*\t", Hint("tab", "a tab is used to indent this line", "use spaces")),
    ("[\u00a0\u2007\u202f\u200b\ufeff\u2060]", Hint("invisible-space", "an invisible space from a word processor stands on this line", "delete it and type a space")),
    (r"\s*[\u2013\u2014] ", Hint("long-dash", "a long dash begins this line", "type '-'")),
    (r'\s*(- )?"[\w-]+"\s*:|.*[^,\s],$', Hint("json", "commas and curly brackets are not used here", "write one 'name: text' a line")),
    (r"\s*(- )?[\w-]+:[^\s:/]", Hint("no-space", "a space is missing after ':'", "")),
    ("\\s*(- )?[\\w-]+: .*[\u201c\u201d\u2018]", Hint("curly-quotes", "curly quotes do not count as quotes", 'type straight ones: "')),
    (r"\s*(- )?[\w-]+: +'(?!.*'\s*$)", Hint("unclosed-quote", "the sign ' begins this text and is never closed", "close it, or put the whole text in double quotes")),
    (r'\s*(- )?[\w-]+: +.*[^\s:]""|\s*(- )?[\w-]+: +"".*""', Hint("doubled-quotes", "a spreadsheet doubled the quotation marks in this text", 'put the text in one pair of them, and write \\" for each within')),
    (r'\s*(- )?[\w-]+: +"[^"]*"\s*[^\s#]', Hint("quoted-part", "text that begins with a quoted part must stand in single quotes", _QUOTE_HOW)),
    (r'\s*(- )?[\w-]+: +"', Hint("unclosed-quote", "a quotation mark is opened here and never closed", "close it")),
    # In quotes it would be refused all the same: a spreadsheet takes it for a formula (see ``model.quoted_text``).
    (r"\s*(- )?[\w-]+: +(?P<sign>@|- )", Hint("unquoted", "a text does not begin with '{sign}'", "begin with a word; words that are only looked for stand in double quotes")),
    (r"\s*(- )?[\w-]+: +(?P<sign>[>|*&%!`?,]|[\[{](?=.*[\]}]\s*[^\s#,]))", Hint("unquoted", f"text that begins with '{{sign}}' {_QUOTE_IT}", _QUOTE_HOW)),
    (r"\s*(- )?[\w-]+: .*: ", Hint("unquoted", f"text that holds ': ' {_QUOTE_IT}", _QUOTE_HOW)),
)  # fmt: skip

# What libyaml says, for lines that show nothing by themselves.
_SAID = (
    ("could not find expected ':'", Hint("no-colon", "a ':' is missing after the field's name", "write 'field: text'")),
    ("found unexpected end of stream", Hint("unclosed-quote", "a quotation mark is opened here and never closed", "close it")),
    ("did not find expected '-'", Hint("indentation", "this line does not line up: it begins with {spaces}", "put '- ' before it if a new record begins here, else give it as many spaces as the lines it belongs with")),
    ("", Hint("indentation", "this line does not line up: it begins with {spaces}", "give it as many as the lines it belongs with")),
)  # fmt: skip

_KINDS = [kind for kind in vars(model).values() if isinstance(kind, type) and issubclass(kind, model.Record)]
_FIELDS = {name for kind in _KINDS for name in model.fields_of(kind)}
_LONG_TEXTS = {
    name
    for kind in _KINDS
    for name, mark in model.marked_fields(kind, StringConstraints).items()
    if mark.max_length == model.LONGEST_TEXT
}
_FIELD = re.compile(r"(?P<indent>[ ]*(?:- +)?)(?P<name>[\w-]+):(?: (?P<value>.*)|$)")
_CANNOT_GO_ON = ("expected ':'", "mapping values are not allowed", "did not find expected", "block sequence entries")
# A field's own name up to its ':': what libyaml says of that sign is about where the line begins, not about its text.
_KEY = r" *(- )?[\w-]+"
_MISPLACED = _SAID[-1][1]
_NEVER_CLOSED = re.compile(r"expected ',' or '([\]}])'")
_UNCLOSED = {
    "}": Hint("unclosed-bracket", "a '{' is opened here and never closed", "write '}' where the group ends, or put the text in double quotes"),
    "]": Hint("unclosed-bracket", "a '[' is opened here and never closed", "write ']' where the list ends, or put the text in double quotes"),
}  # fmt: skip

# Where libyaml's own place is the end of the trouble, its context is the beginning.
_BEGINS_EARLIER = ("expected ':'", "end of stream", "expected ',' or")


def begins_earlier(said: str) -> bool:
    """Return whether the mistake lies where libyaml's context points, not where it stopped."""
    return any(sign in said for sign in _BEGINS_EARLIER)


def pasted_text(said: str, lines: Sequence[str], at: int) -> Hint | None:
    """Return what to do about a text of several lines that YAML cannot read as one; None if the line shows no such text.

    Args:
        said: libyaml's own words.
        lines: the file's.
        at: the line on which the mistake lies, from 1.
    """
    line = lines[at - 1]
    if not any(sign in said for sign in _CANNOT_GO_ON) or re.match(r"<<<<<<<|=======$|>>>>>>>|[ -]*\t", line):
        return None
    begun = _FIELD.match(line)
    if begun and begun["name"] in _FIELDS and not (begun["value"] or "").endswith(":"):
        return None
    found = (_FIELD.match(above) for above in reversed(lines[:at]))
    field = next((one for one in found if one and one["name"] in _FIELDS), None)
    if not field or field["name"] not in _LONG_TEXTS or re.match("['\"\\[{]", field["value"] or ""):
        return None
    name = field["name"]
    what = f"'{name}' has several lines, and this one cannot be read as part of it"
    return Hint("pasted-text", what, f"begin with '{name}: |-' and indent every line of the text further than '{name}'")


def hint(said: str, line: str, stopped: int | None = None) -> Hint:
    """Return what is wrong with a line and what to do.

    Args:
        said: libyaml's own words.
        line: the line on which the mistake lies.
        stopped: the place on this line at which libyaml stopped, from 0; None if it went on to a later line.
    """
    for sign, found in _CERTAIN:
        if sign in said:
            return found
    if stopped is None and (bracket := _NEVER_CLOSED.search(said)):
        return _UNCLOSED[bracket[1]]
    if "mapping values are not allowed" in said and stopped is not None and re.fullmatch(_KEY, line[:stopped]):
        return _filled(_MISPLACED, spaces=_spaces(line))
    for shows, found in _SHOWN:
        # A character class may stand anywhere on the line, every other pattern describes it from its beginning.
        if match := re.match(shows, line) or (shows.startswith("[") and re.search(shows, line)):
            return _filled(found, **match.groupdict())
    found = next(found for sign, found in _SAID if sign in said)
    return _filled(found, spaces=_spaces(line))


def _spaces(line: str) -> str:
    """How many spaces a line begins with, in words."""
    spaces = len(line) - len(line.lstrip(" "))
    return "1 space" if spaces == 1 else f"{spaces} spaces"


def _filled(found: Hint, **values: str) -> Hint:
    return Hint(found.kind, found.what.format(**values) if values else found.what, found.to_do)
