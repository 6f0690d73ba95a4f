"""Characters that text from outside must not carry into a message, a report, a feed or a calendar: one list for all.

Every place that writes text into another format cleans it here, so that no format lets through what another refuses.
"""

import re

REPLACEMENT = "\ufffd"

# What XML 1.0 cannot hold (section 2.2), which is also what no line of a message, a report or a calendar may hold:
# control characters, halves of surrogate pairs and the two code points that are never characters.
_UNUSABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def usable(text: str) -> str:
    """Return text in which each character that XML 1.0 (section 2.2) cannot hold, and DEL and C1, is ``\ufffd``."""
    return _UNUSABLE.sub(REPLACEMENT, text)


def one_line(text: str) -> str:
    """Return text as one line of a message: white space as single signs, what cannot be seen as ``\ufffd``.

    Stricter than ``usable``: marks that turn the reading direction (Unicode UAX #9) and other invisible characters
    could make a message in a terminal read as something else.
    """
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else REPLACEMENT for sign in text)
