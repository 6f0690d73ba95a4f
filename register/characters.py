"""Characters that text from outside must not carry into a message, a report, a feed or a calendar: one list for all.

Every place that writes text into another format cleans it here, so that no format lets through what another refuses.
"""

import re

REPLACEMENT = "\ufffd"

# What XML 1.0 cannot hold (section 2.2), which is also what no line of a message, a report or a calendar may hold:
# control characters, halves of surrogate pairs and the two code points that are never characters.
_UNUSABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# What shows nothing although Python calls it printable: Default_Ignorable_Code_Point (Unicode 16, 4.1; the others of them
# are format characters, which Python does not call printable) and the Braille pattern without dots.
_INVISIBLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# Where GitHub's runner could see the beginning of a command (actions/runner, ActionCommand.cs).
_COMMAND = re.compile(r":(?=:)|#(?=#\[)")


def usable(text: str) -> str:
    """Return text in which each character that XML 1.0 (section 2.2) cannot hold, and DEL and C1, is ``\ufffd``."""
    return _UNUSABLE.sub(REPLACEMENT, text)


def one_line(text: str) -> str:
    """Return text as one line of a message: white space as single signs, what cannot be seen as ``\ufffd``.

    Stricter than ``usable``: marks that turn the reading direction (Unicode UAX #9) and other invisible characters
    could make a message in a terminal read as something else.
    """
    visible = _INVISIBLE.sub(REPLACEMENT, text)
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else REPLACEMENT for sign in visible)


def from_outside(text: str, most: int) -> str:
    """Return text that somebody else wrote so that it can stand in any message, report or log.

    It is one line of visible signs, no longer than allowed, and GitHub's runner finds no command in it: neither ``::name``,
    which it obeys at the beginning of a line, where wrapping can put it, nor ``##[name]``, which it obeys anywhere.

    Args:
        text: as it came.
        most: how many characters there may be; what is longer ends in "…".
    """
    cleaned = without_commands(one_line(text[: most + 1]))
    return cleaned if len(cleaned) <= most else f"{cleaned[: most - 1]}…"


def without_commands(text: str) -> str:
    """Return text in which GitHub's runner finds no command: a space parts what would begin one."""
    return _COMMAND.sub(r"\g<0> ", text)


def capital(text: str) -> str:
    """Return text that begins a sentence: with a capital letter, all else as it is."""
    return text[:1].upper() + text[1:]


def as_code(text: str) -> str:
    """Return text that a stranger may have written as one piece of Markdown code, without what would end it or a table's cell."""
    plain = " ".join(one_line(text).split()).replace("|", "¦").replace("`", "'")
    return f"`{plain}`" if plain else ""
