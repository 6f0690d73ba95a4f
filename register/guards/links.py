"""Whether links, pictures and headings say what they are, to those who hear a page as well as to those who see it."""

import re
from collections.abc import Iterator

from register.guards.guard import READ_FIRST, Finding, Words, or_except
from register.guards.passages import Passage

GUARD = "links"

# With these alone, nobody who hears a list of a page's links can tell where one leads (WCAG 2.4.4 and 2.4.9).
_SAYS_NOTHING = re.compile(
    r"(?ix)(?:(?:please|just|simply|you \s can) \s)*"
    r"(?:(?:to|for) \s (?:find \s out|learn|read|see|view|get|download) \s (?:more|it|this)(?:\s information|\s details)? [,:]? \s)?"
    r"(?:(?:click|tap|press|go|look|see|read|visit|view|open|follow|use|download|get|find|try) \s)?"
    r"(?:(?:on|at|to|out) \s)?"
    r"(?:this|the|that|our|its|their|here|link|more|a|full|further|web)?\s?"
    r"(?:(?:link|page|web\s?page|web\s?site|site|document|file|form|pdf|download|web\s?address|url|address)"
    r"|here|this|that|more|it|more \s (?:information|info|details|here|about \s (?:this|it))|information|info|details|learn \s more|find \s out \s more"
    r"|read \s more|read \s on|see \s more|see \s all|view \s all|show \s more|continue(?:\s reading)?|next|back|click|go|visit|view|open|download|read|see|link|email|also)"
    r"(?:\s (?:here|now|below|above|link|page|to \s (?:read|see|find \s out) \s more|for \s (?:more(?:\s (?:information|details|info))?|details|information)))*"
)  # fmt: skip
_FILE_NAME = re.compile(r"(?i)[\w./%-]+\.(?:pdf|docx?|xlsx?|csv|html?|md|aspx?|php|pptx?|png|jpe?g)")
_PICTURE_SAYS_NOTHING = re.compile(
    r"(?i)(?:an?\s|the\s|our\s|this\s)?(?:image|picture|photo|photograph|graphic|figure|fig|diagram|chart|graph|map|logo|icon|screenshot|screen\sshot|"
    r"illustration|drawing|banner|img|pic|alt|alt\stext|untitled|placeholder|decorative|todo|tbc|description)(?:[\s_-]*\d+)?(?:\sof(?:\san?|\sthe)?(?:\s(?:image|picture|photo|chart|graph|logo|page))?)?"
    r"|(?:img|dsc|dscn|pxl|screenshot|image|photo|picture|untitled|whatsapp\simage)[\s_-]*[\d_\s-]+.{0,20}"
)
_SIGNS = " \t\n.,:;!?\u2026>\u00bb\u203a\u2192\"'()[]-"


def links_say_where_they_lead(words: Words) -> Iterator[Finding]:
    """The words of a link say where it leads: not "click here", "read more" or "this page", and no file's name.

    On Home, Get help now and the short version that must be so; elsewhere it is advice.
    """
    for passage in words.passages:
        for link in passage.links:
            said = " ".join(link.words.split()).strip(_SIGNS)
            if _SAYS_NOTHING.fullmatch(said[:200]) or _FILE_NAME.fullmatch(said[:200]):
                what = f"the link '{said}' does not say where it leads"
                yield _finding(passage, link.at, said, what, "name the page that it opens")
        if (
            passage.path == "data/links.yml"
            and passage.field == "name"
            and _SAYS_NOTHING.fullmatch(passage.text.strip(_SIGNS))
        ):
            what = f"the link '{passage.text}' does not say where it leads"
            yield _finding(passage, 0, passage.text, what, "name the page that it opens")


def pictures_are_described(words: Words) -> Iterator[Finding]:
    """The words that stand for a picture say what it shows: not "image" or "logo", and no file's name.

    On Home, Get help now and the short version that must be so; elsewhere it is advice.
    """
    for passage in words.passages:
        for picture in passage.pictures:
            said = " ".join(picture.words.split()).strip(_SIGNS)
            if said and (_PICTURE_SAYS_NOTHING.fullmatch(said[:200]) or _FILE_NAME.fullmatch(said[:200])):
                what = f"'{said}' does not say what the picture shows"
                to_do = "write between [ and ] what somebody learns who sees it"
                yield _finding(passage, picture.at, said, what, to_do)


def headings_are_in_order(words: Words) -> Iterator[Finding]:
    """No level is left out on the way down from a heading to the next: below "##" comes "###"."""
    for _, passages in words.pages():
        level = 1
        for passage in passages:
            if passage.kind == "heading":
                if passage.level > level + 1:
                    what = f"the heading '{passage.text}' leaves out a level"
                    to_do = f"begin it with '{'#' * (level + 1)} ': the heading above it has {'#' * level}"
                    yield Finding(passage, 0, passage.text, what, to_do)
                level = passage.level


def _finding(passage: Passage, at: int, said: str, what: str, to_do: str) -> Finding:
    to_do = f"{to_do}; {or_except(GUARD, 'there is nothing better to say')}"
    return Finding(passage, at, said, what, to_do, passage.path not in READ_FIRST)
