"""Checks the Markdown pages before they are built: front matter, holes, and what must not be typed by hand."""

import datetime
import html
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
from jinja2 import nodes

from register.load import validate
from register.model import BARE_ADDRESS, EMAIL, TELEPHONE, Page
from register.nouns import NOUNS, WrongNoun
from register.problems import Problem, ProblemsFound, nearest
from register.source import Fields, parse, read_text
from register.views import Snapshot

_TYPED = (
    (re.compile(r"(?i)(?:\bhttps?://|\bwww\.|(?:(?<=\]\()|(?<=href=[\"']))//(?!example\.)(?=[\w-]+\.))[^\s<>\"')\]]+|" + BARE_ADDRESS), "a web address", 'cite it from data/links.yml: {{ link("…") }}'),
    (EMAIL, "an email address", "put it in data/register.yml or data/contacts.yml"),
    (TELEPHONE, "a telephone number", "put it in data/contacts.yml"),
)  # fmt: skip


HELP_PAGE = "help.md"  # the theme's way to help leads here from every page


def check_pages(docs: Path, snapshot: Snapshot | None, today: datetime.date) -> list[Problem]:
    """Return what is wrong in a folder of Markdown pages, in order.

    Args:
        docs: the ``docs`` folder.
        today: no page was updated later than this.
        snapshot: the register that the holes are filled from; without it their arguments are not checked.
    """
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for path in sorted(docs.rglob("*.md")):
        name = f"{docs.name}/{path.relative_to(docs).as_posix()}"
        try:
            text = read_text(path, name)
            problems += _front_matter(text, name, seen, today)
        except ProblemsFound as found:
            problems += found.problems
            continue
        body = _without_front_matter(text)
        problems += [*_headings(body, name), *_typed_by_hand(body, name), *_slips(body, name)]
        problems += _holes(text, name, snapshot)
        if path == docs / HELP_PAGE and not re.search(r"\{\{ *contacts\(", text):
            problems.append(Problem(name, 1, "", "the page shows no contacts (put {{ contacts() }} back in)"))
    return sorted(problems)


def _front_matter(text: str, name: str, seen: dict[str, str], today: datetime.date) -> Iterator[Problem]:
    """Faults of the lines between the two ``---`` at the top; titles and descriptions must be unique (WCAG 2.4.2)."""
    parts = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if not parts:
        yield Problem(
            name,
            1,
            "",
            "the page does not begin with title, description and updated between two '---' lines (copy them from another page)",
        )
        return
    # The leading newline stands for the '---' line, so that line numbers agree with the file's.
    node, problems = parse("\n" + parts[1], name)
    yield from problems
    if not isinstance(node, Fields):
        yield Problem(name, 2, "", "fields are due between the '---' lines (lines like 'title: About')")
        return
    page, problems, _ = validate(node, Page, name, "")
    yield from problems
    if page and page.updated.first > today:
        text = f"'updated' is in the future: '{page.updated.text}' (is the year right?)"
        yield Problem(name, node.lines["updated"], "", text)
    for field in ("title", "description"):
        value = node.get(field)
        if value and value in seen:
            yield Problem(name, node.lines[field], "", f"'{field}' is the same as in {seen[value]} (make it its own)")
        elif value:
            seen[value] = name


def _headings(body: str, name: str) -> Iterator[Problem]:
    """A page has one heading of the first level (WCAG 1.3.1, 2.4.6)."""
    lines = [number for number, line in enumerate(body.split("\n"), 1) if re.match(r"# \S", line)]
    if not lines:
        yield Problem(name, 1, "", "the page has no main heading (write one line that begins with '# ')")
    for line in lines[1:]:
        yield Problem(name, line, "", "a second main heading (begin it with '## ': a page has one '# ')")


def _without_front_matter(text: str) -> str:
    """The text with the front matter blanked, so that line numbers stay."""
    return re.sub(r"\A---\n.*?\n---\n", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)


def _typed_by_hand(body: str, name: str) -> Iterator[Problem]:
    for number, line in enumerate(body.split("\n"), 1):
        for pattern, noun, repair in _TYPED:
            for found in pattern.finditer(html.unescape(line)):  # "&#104;ttps" is https to a browser
                yield Problem(name, number, "", f"{noun} is typed by hand: '{found[0]}' ({repair})")


_SLIPS = (
    (re.compile(r"^<{7}( |$)"), "two people's changes to these lines met here (keep one of the two, and take out the lines of '<<<<<<<', '=======' and '>>>>>>>')"),
    (re.compile(r"\] \([^\s)]+\)"), "a space stands between ] and ( (take it out: then it becomes a link)"),
    (re.compile(r"!\[\s*\]\("), "the picture has no words for those who cannot see it (write between [ and ] what it shows)"),
    (re.compile(r"<!--(?!.*-->)"), "the note that begins with '<!--' does not end on its line, and readers would see it (end it with '-->')"),
)  # fmt: skip


def _slips(body: str, name: str) -> Iterator[Problem]:
    """What Markdown reads otherwise than it was meant, without a word."""
    before = ""
    for number, line in enumerate(body.split("\n"), 1):
        for pattern, text in _SLIPS:
            if pattern.search(line):
                yield Problem(name, number, "", text)
        if (
            re.match(r"([-*]|\d+\.) \S", line)
            and re.match(r"[^\s#>|<{-]", before)
            and not re.match(r"\* |\d+\. ", before)
        ):
            yield Problem(name, number, "", "a list needs an empty line before it (add one above this line)")
        if found := re.search(r"(?<!\{)\{ *(\w+)\([^{}]*\) *\}|\{\{ *(\w+)\([^{}]*\) *\}(?!\})", line):
            written = found[1] or found[2]
            yield Problem(name, number, "", f"a curly bracket is missing: '{found[0]}' (write {{{{ {written}() }}}})")
        if re.search("\\{\\{[^}]*[\u201c\u201d\u2018\u2019]", line):
            yield Problem(name, number, "", 'curly quotes stand between {{ and }} (type straight ones: ")')
        before = line


def _holes(text: str, name: str, snapshot: Snapshot | None) -> Iterator[Problem]:
    """Faults of the ``{{ … }}`` in a page: each must be a known noun with arguments it understands."""
    environment = jinja2.Environment(comment_start_string="{##", comment_end_string="##}")
    try:
        tree = environment.parse(text)
    except jinja2.TemplateSyntaxError as error:
        repair = "write {{ totals() }}, for example; {% cannot stand in a page"
        yield Problem(
            name, _opened_on(text, error.lineno), "", f"what stands in {{{{ }}}} is not understood ({repair})"
        )
        return
    for found in re.finditer(r"\{%-?\s*raw\b", text):
        yield Problem(name, text.count("\n", 0, found.start()) + 1, "", _NO_STATEMENT)
    for node in tree.body:
        if not isinstance(node, nodes.Output):
            yield Problem(name, node.lineno, "", _NO_STATEMENT)
            continue
        for part in node.nodes:
            if not isinstance(part, nodes.TemplateData):
                yield from _hole(part, name, snapshot)


def _opened_on(text: str, noticed: int) -> int:
    """The line on which the last '{{' or '{%' before a fault was opened: a template notices late that an end is missing."""
    before = text.split("\n")[:noticed]
    return next((number for number in range(noticed, 0, -1) if re.search(r"\{[{%]", before[number - 1])), noticed)


_NO_STATEMENT = "{% cannot stand in a page (put a space between the two signs, or write {{ totals() }}, for example)"


def _hole(node: nodes.Expr, name: str, snapshot: Snapshot | None) -> Iterator[Problem]:
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        written = f"'{node.name}'" if isinstance(node, nodes.Name) else "what stands in {{ }}"
        text = f"{written} lacks its brackets (write it like {{{{ totals() }}}})"
        yield Problem(name, node.lineno, "", text)
        return
    noun = node.node.name
    if noun not in NOUNS:
        yield Problem(name, node.lineno, "", f"there is no {noun}() ({nearest(noun, NOUNS)})")
        return
    try:
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise nodes.Impossible
        arguments = [argument.as_const() for argument in node.args]
        if snapshot:
            NOUNS[noun](snapshot, *arguments)
    except WrongNoun as wrong:
        yield Problem(name, node.lineno, noun, str(wrong))
    except (nodes.Impossible, TypeError):
        needs = " ".join((NOUNS[noun].__doc__ or f"``{noun}()`` takes nothing").split()).replace("``", "")
        yield Problem(
            name,
            node.lineno,
            noun,
            f"the words in the brackets do not fit ({needs.rstrip('.')}; put words in double quotes)",
        )
