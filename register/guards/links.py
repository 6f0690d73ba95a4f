"""Whether links, pictures and headings say what they are, to those who hear a page as well as to those who see it."""

import re
from collections.abc import Iterator

from register.guards.guard import READ_FIRST, Finding, Words, or_except
from register.guards.passages import HOLE, LinkText, Passage

GUARD = "links"

# Of these words alone nobody who hears a list of a page's links can tell where one leads (WCAG 2.4.4 and 2.4.9).
_SAYING_NOTHING = frozenset((
    "a", "above", "all", "also", "and", "as", "at", "back", "below", "button", "by", "can", "click", "continue",
    "detail", "details", "document", "download", "email", "file", "find", "follow", "following", "for", "full",
    "further", "get", "go", "here", "how", "i", "in", "info", "information", "is", "it", "its", "just", "learn",
    "link", "look", "more", "next", "now", "of", "on", "online", "open", "our", "out", "page", "pdf", "please",
    "press", "read", "reading", "see", "show", "simply", "site", "tap", "that", "the", "their", "this", "to", "url",
    "use", "view", "visit", "want", "web", "webpage", "website", "with", "you", "your",
))  # fmt: skip
# … nor what a picture shows.
_SHOWING_NOTHING = frozenset((
    "a", "alt", "an", "and", "at", "banner", "chart", "decorative", "description", "diagram", "drawing", "dsc",
    "dscn", "fig", "figure", "graph", "graphic", "icon", "illustration", "image", "images", "img", "logo", "map",
    "of", "our", "page", "photo", "photograph", "photos", "pic", "picture", "pictures", "placeholder", "pxl",
    "screen", "screenshot", "shot", "tbc", "text", "the", "this", "todo", "untitled", "whatsapp",
))  # fmt: skip
_FILE_NAME = re.compile(r"(?i)[\w./%-]+\.(?:pdf|docx?|xlsx?|csv|html?|md|aspx?|php|pptx?|png|jpe?g)")
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = " \t\n.,:;!?\u2026>\u00bb\u203a\u2192\"'()[]-"


def links_say_where_they_lead(words: Words) -> Iterator[Finding]:
    """The words of a link say where it leads: not "click here", "read more" or "this page", and no file's name."""
    for passage in words.passages:
        of_record = [LinkText(passage.text, 0)] if (passage.path, passage.field) == ("data/links.yml", "name") else []
        for link in (*passage.links, *of_record):
            said = " ".join(link.words.split()).strip(_SIGNS) or link.words.strip()
            if _says_nothing(said, _SAYING_NOTHING):
                what = f"the link '{said}' does not say where it leads"
                yield _finding(passage, link.at, said, what, "name the page that it opens")


def pictures_are_described(words: Words) -> Iterator[Finding]:
    """The words that stand for a picture say what it shows: not "image" or "logo", and no file's name."""
    for passage in words.passages:
        for picture in passage.pictures:
            said = " ".join(picture.words.split()).strip(_SIGNS)
            if _says_nothing(said, _SHOWING_NOTHING):
                what = f"'{said}' does not say what the picture shows"
                to_do = "write between [ and ] what somebody learns who sees it"
                yield _finding(passage, picture.at, said, what, to_do)


def headings_are_in_order(words: Words) -> Iterator[Finding]:
    """No level is left out on the way down from a heading to the next: below "##" comes "###", not "####"."""
    for _, passages in words.pages():
        level = 1
        for passage in passages:
            if passage.kind == "heading":
                if passage.level > level + 1:
                    what = f"the heading '{passage.text}' leaves out a level"
                    to_do = f"begin it with '{'#' * (level + 1)} ': the heading above it has {'#' * level}"
                    exception = or_except("headings", "a macro puts one between them", "it")
                    yield Finding(passage, 0, passage.text, what, f"{to_do}; {exception}")
                level = passage.level


def _says_nothing(said: str, empty: frozenset[str]) -> bool:
    """Whether words are a file's name, or signs, or say nothing each; a number, or what a macro puts in, may say enough."""
    typed = _WORD.findall(said.lower())
    if not typed:
        return bool(said) and not any(sign.isalnum() or sign == HOLE for sign in said)
    return HOLE not in said and (all(word in empty for word in typed) or bool(_FILE_NAME.fullmatch(said)))


def _finding(passage: Passage, at: int, said: str, what: str, to_do: str) -> Finding:
    to_do = f"{to_do}; {or_except(GUARD, 'there is nothing better to say', 'it')}"
    return Finding(passage, at, said, what, to_do, passage.path not in READ_FIRST)
