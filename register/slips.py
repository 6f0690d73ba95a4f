"""What an editor most likely did where a line cannot be read as YAML, and how to mend it.

libyaml says where it stopped and in what state, not what the person meant. The
line itself often shows the slip: a curly quote, a tab, two people's changes.
"""

import re

_QUOTE_IT = "must stand in double quotes (put one at its beginning and one at its end)"

# What libyaml says for certain, whatever the line shows.
_CERTAIN = (
    ("unknown escape character", "a '\\' stands in double quotes (put the text in single quotes instead)"),
    ("control characters are not allowed", "an invisible control character stands on this line (type the line again)"),
    ("did not find expected <document start>", "a '...' line ended the file above (take it out)"),
)

# What the line shows, and what to say. Checked in order; the first that fits is used.
_SHOWN = (
    (r"<<<<<<<|=======$|>>>>>>>", "two people's changes met here (ask for help; do not delete lines)"),
    (r"[ -]*\t", "a tab is used to indent this line (use spaces)"),
    ("[\u00a0\u2007\u202f\u200b\ufeff\u2060]", "an invisible space from a word processor stands on this line (delete it and type a space)"),
    (r"\s*[\u2013\u2014] ", "a long dash begins this line (type '-')"),
    (r'\s*(- )?"[\w-]+"\s*:|.*[^,\s],$', "commas and curly brackets are not used here (write one 'name: text' a line)"),
    (r"\s*(- )?[\w-]+:[^\s:/]", "a space is missing after ':'"),
    ("\\s*(- )?[\\w-]+: .*[\u201c\u201d\u2018]", 'curly quotes do not count as quotes (type straight ones: ")'),
    (r"\s*(- )?[\w-]+: +'(?!.*'\s*$)", "the sign ' begins this text and is never closed (close it, or put the whole text in double quotes)"),
    (r'\s*(- )?[\w-]+: +"[^"]*"\s*[^\s#]', f"text that begins with a quoted part {_QUOTE_IT.replace('double', 'single')}"),
    (r'\s*(- )?[\w-]+: +"', "a quotation mark is opened here and never closed (close it)"),
    (r"\s*(- )?[\w-]+: +(?P<sign>[>|*&@%!`?,]|- |[\[{](?=.*[\]}]\s*[^\s#,]))", f"text that begins with '{{sign}}' {_QUOTE_IT}"),
    (r"\s*(- )?[\w-]+: .*: ", f"text that holds ': ' {_QUOTE_IT}"),
)  # fmt: skip

# What libyaml says, for lines that show nothing by themselves.
_SAID = (
    ("could not find expected ':'", "a ':' is missing after the field's name (write 'field: text')"),
    ("found unexpected end of stream", "a quotation mark is opened here and never closed (close it)"),
    ("did not find expected ',' or", "a bracket is opened and never closed (close it, or put the text in quotes)"),
    ("did not find expected '-'", "this line does not line up: it begins with {spaces} (put '- ' before it if a new record begins here, else give it as many spaces as the lines it belongs with)"),
    ("", "this line does not line up: it begins with {spaces} (give it as many as the lines it belongs with)"),
)  # fmt: skip

# Where libyaml's own place is the end of the trouble, its context is the beginning.
_BEGINS_EARLIER = ("expected ':'", "end of stream", "expected ',' or")


def begins_earlier(said: str) -> bool:
    """Return whether the slip lies where libyaml's context points, not where it stopped."""
    return any(sign in said for sign in _BEGINS_EARLIER)


def explain(said: str, line: str) -> str:
    """Return what is wrong with a line and what to do.

    Args:
        said: libyaml's own words.
        line: the line on which the slip lies.
    """
    for sign, text in _CERTAIN:
        if sign in said:
            return text
    for shows, text in _SHOWN:
        if found := re.match(shows, line) or (shows.startswith("[") and re.search(shows, line)):
            return text.format(**found.groupdict())
    text = next(text for sign, text in _SAID if sign in said)
    spaces = len(line) - len(line.lstrip(" "))
    return text.format(spaces="1 space" if spaces == 1 else f"{spaces} spaces")
