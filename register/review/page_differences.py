"""What is different between written pages: their sentences, where their links lead, and what they show of the register."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from register.characters import capital
from register.guards.passages import Passage, passages_of_page, sentences_of
from register.problems import Problem
from register.review.difference import Difference
from register.review.text_differences import changed_sentences, quoted
from register.site import urls
from register.site.macro_calls import MacroCall, macro_calls

_HELP = f"docs/{urls.HELP.rstrip('/')}.md"
_HELP_RISK = "it is what people in need should read"
_LOST = "whoever kept its address finds something in its place"
_LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]+)\]\((?P<to>[^\s()]+)\)")


# A link to another site, which pages show by its name.
_LINK_MACRO = re.compile(r"""\{\{\s*link\(\s*["'](?P<id>[\w-]+)["']\s*\)\s*\}\}""")


def page_differences(
    before: Mapping[str, str], after: Mapping[str, str], links: Mapping[str, str]
) -> Iterator[Difference]:
    """Yield what is different between written pages, page by page.

    Args:
        before: the text of each page by its path, such as ``docs/about.md``.
        after: the same after the change.
        links: the name of each link of the register by its id.
    """
    before, after = ({path: _with_names(text, links) for path, text in pages.items()} for pages in (before, after))
    for path, text in after.items():
        page = WrittenPage.of(text, path)
        risk, address = _HELP_RISK if path == _HELP else "", urls.written(path.removeprefix("docs/"))
        if path not in before:
            yield Difference("pages", page.title, f"A new page. {_beginning(page)}", risk, address)
        elif before[path] != text:
            said = list(_changed(WrittenPage.of(before[path], path), page))
            only_layout = "Only how it is laid out, or its date, is different; no word is."
            yield from (Difference("pages", page.title, what, risk, address) for what in said or [only_layout])
    for path, text in before.items():
        if path not in after:
            yield Difference("pages", WrittenPage.of(text, path).title, "The page is taken out.", _LOST)


def _with_names(text: str, links: Mapping[str, str]) -> str:
    return _LINK_MACRO.sub(lambda macro: links.get(macro["id"], macro[0]), text)


@dataclass(frozen=True)
class WrittenPage:
    """What a reviewer compares of a page."""

    title: str
    description: str
    sentences: list[str]
    links: Counter[tuple[str, str]]  # the words of each with where it leads
    shown: Counter[str]  # what it shows of the register: "contacts (others)"

    @classmethod
    def of(cls, text: str, path: str) -> "WrittenPage":
        """Return what is compared of a page's text."""
        passages = list(passages_of_page(text, path))
        calls = (call for call in macro_calls(text, path) if not isinstance(call, Problem))
        return cls(
            title=_first(passages, "title") or path,
            description=_first(passages, "description"),
            sentences=[one for held in passages if held.kind in ("heading", "text") for one in sentences_of(held.text)],
            links=Counter((found["words"], found["to"]) for found in _LINK.finditer(text)),
            shown=Counter(_in_words(call) for call in calls),
        )


def _in_words(call: MacroCall) -> str:
    name = call.name.replace("_", " ")
    return f"{name} ({', '.join(map(str, call.arguments))})" if call.arguments else name


def _first(passages: list[Passage], kind: str) -> str:
    return next((passage.text for passage in passages if passage.kind == kind), "")


def _beginning(page: WrittenPage) -> str:
    return f"It begins: {quoted(' '.join(page.sentences[:3]))}" if page.sentences else ""


def _changed(before: WrittenPage, after: WrittenPage) -> Iterator[str]:
    if before.title != after.title:
        yield f"Its title was {quoted(before.title)}."
    if before.description != after.description:
        yield f"Its description, which search engines show: {quoted(before.description)} becomes {quoted(after.description)}"
    yield from map(capital, changed_sentences(before.sentences, after.sentences))
    old, new = dict(before.links - after.links), dict(after.links - before.links)
    same_words = {words for words, _ in old} & {words for words, _ in new}
    for words, to in new:
        if words in same_words:
            was = next(address for held, address in old if held == words)
            yield f"The link {quoted(words)} leads elsewhere: {was} → {to}"
    gone, come = ", ".join(before.shown - after.shown), ", ".join(after.shown - before.shown)
    if gone:
        yield f"It does not show this of the register any more: {gone}"
    if come:
        yield f"It shows this of the register: {come}"
