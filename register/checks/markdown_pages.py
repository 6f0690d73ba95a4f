"""Checks the Markdown pages before they are built: front matter, macros, and what must not be typed by hand."""

import datetime
import html
import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
from jinja2 import nodes

from register.load.validation import validate
from register.load.yaml_source import Fields, parse, read_text
from register.model import BARE_ADDRESS, EMAIL, TELEPHONE, FrontMatter
from register.problems import Problem, ProblemsFound, nearest
from register.site import urls
from register.site.macros import MACROS, WrongArgument
from register.state.snapshot import Snapshot

_HELP_PAGE = f"{urls.HELP.rstrip('/')}.md"

NO_MAIN_HEADING = ("the page has no main heading", "write one line that begins with '# '")

_TYPED_BY_HAND = (
    (re.compile(r"(?i)(?:\bhttps?://|\bwww\.|(?:(?<=\]\()|(?<=href=[\"']))//(?!example\.)(?=[\w-]+\.))[^\s<>\"')\]]+|" + BARE_ADDRESS), "a web address", 'cite it from data/links.yml: {{ link("…") }}'),
    (EMAIL, "an email address", "put it in data/register.yml or data/contacts.yml"),
    (TELEPHONE, "a telephone number", "put it in data/contacts.yml"),
)  # fmt: skip


def check_pages(docs: Path, snapshot: Snapshot | None, today: datetime.date) -> list[Problem]:
    """Return what is wrong in a folder of Markdown pages, in order.

    Args:
        docs: the ``docs`` folder.
        snapshot: the register that the macros show; without it their arguments are not checked.
        today: no page was updated later than this.
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
        problems += [*_headings(body, name), *_typed_by_hand(body, name), *_misread(body, name)]
        problems += _macros(text, name, snapshot)
        if path == docs / _HELP_PAGE and not re.search(r"\{\{ *contacts\(", text):
            what, to_do = "the page shows no contacts", "put {{ contacts() }} back in"
            problems.append(Problem(name, 1, "", what, to_do, "no-contacts"))
    return sorted(problems)


def _front_matter(text: str, name: str, seen: dict[str, str], today: datetime.date) -> Iterator[Problem]:
    """Mistakes in the lines between the two ``---`` at the top; titles and descriptions are unique (WCAG 2.4.2)."""
    parts = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if not parts:
        what = "the page does not begin with title, description and updated between two '---' lines"
        yield Problem(name, 1, "", what, "copy them from another page", "no-front-matter")
        return
    # The leading newline stands for the '---' line, so that line numbers agree with the file's.
    node, problems = parse("\n" + parts[1], name)
    yield from problems
    if not isinstance(node, Fields):
        what = "fields are due between the '---' lines"
        yield Problem(name, 2, "", what, "lines like 'title: About'", "wrong-shape")
        return
    checked = validate(node, FrontMatter, name, "")
    yield from checked.problems
    page = checked.record
    if page and page.updated.first > today:
        what = f"'updated' is in the future: '{page.updated.text}'"
        yield Problem(name, node.lines["updated"], "", what, "is the year right?", "future-date")
    for field in ("title", "description"):
        value = node.get(field)
        if isinstance(value, str) and value in seen:
            what = f"'{field}' is the same as in {seen[value]}"
            yield Problem(name, node.lines[field], "", what, "make it its own", "not-unique")
        elif isinstance(value, str) and value:
            seen[value] = name


def _headings(body: str, name: str) -> Iterator[Problem]:
    """A page has one heading of the first level (WCAG 1.3.1, 2.4.6)."""
    lines = [number for number, line in enumerate(body.split("\n"), 1) if re.match(r"# \S", line)]
    if not lines:
        yield Problem(name, 1, "", *NO_MAIN_HEADING, "no-main-heading")
    for line in lines[1:]:
        to_do = "begin it with '## ': a page has one '# '"
        yield Problem(name, line, "", "a second main heading", to_do, "second-main-heading")


def _without_front_matter(text: str) -> str:
    """The text with the front matter blanked, so that line numbers stay."""
    return re.sub(r"\A---\n.*?\n---\n", lambda found: "\n" * found[0].count("\n"), text, flags=re.DOTALL)


def _typed_by_hand(body: str, name: str) -> Iterator[Problem]:
    for number, line in enumerate(body.split("\n"), 1):
        for pattern, typed, to_do in _TYPED_BY_HAND:
            for found in pattern.finditer(html.unescape(line)):  # "&#104;ttps" is https to a browser
                yield Problem(name, number, "", f"{typed} is typed by hand: '{found[0]}'", to_do, "typed-by-hand")


_MISREAD = (
    (re.compile(r"^<{7}( |$)"), "conflict", "two people's changes to these lines met here", "keep one of the two, and take out the lines of '<<<<<<<', '=======' and '>>>>>>>'"),
    (re.compile(r"\] \([^\s)]+\)"), "no-link", "a space stands between ] and (", "take it out: then it becomes a link"),
    (re.compile(r"!\[\s*\]\("), "no-text-alternative", "the picture has no words for those who cannot see it", "write between [ and ] what it shows"),
    (re.compile(r"<!--(?!.*-->)"), "open-note", "the note that begins with '<!--' does not end on its line, and readers would see it", "end it with '-->'"),
    (re.compile("\\{\\{[^}]*[\u201c\u201d\u2018\u2019]"), "curly-quotes", "curly quotes stand between {{ and }}", 'type straight ones: "'),
)  # fmt: skip
_BRACKET_MISSING = re.compile(r"(?<!\{)\{ *(\w+)\([^{}]*\) *\}|\{\{ *(\w+)\([^{}]*\) *\}(?!\})")


def _misread(body: str, name: str) -> Iterator[Problem]:
    """What Markdown reads otherwise than it was meant, without a word."""
    before = ""
    for number, line in enumerate(body.split("\n"), 1):
        for pattern, kind, what, to_do in _MISREAD:
            if pattern.search(line):
                yield Problem(name, number, "", what, to_do, kind)
        if _is_list_without_line(line, before):
            what, to_do = "a list needs an empty line before it", "add one above this line"
            yield Problem(name, number, "", what, to_do, "list-without-empty-line")
        if found := _BRACKET_MISSING.search(line):
            what, to_do = f"a curly bracket is missing: '{found[0]}'", f"write {{{{ {found[1] or found[2]}() }}}}"
            yield Problem(name, number, "", what, to_do, "curly-bracket")
        before = line


def _is_list_without_line(line: str, before: str) -> bool:
    """Whether a line begins a list right below running text, which Markdown takes for more of that text."""
    return bool(
        re.match(r"([-*]|\d+\.) \S", line) and re.match(r"[^\s#>|<{-]", before) and not re.match(r"\* |\d+\. ", before)
    )


_FOR_EXAMPLE = "write {{ totals() }}, for example"
_NO_STATEMENT = (
    "{% cannot stand in a page",
    f"put a space between the two signs, or {_FOR_EXAMPLE}",
    "template-statement",
)


def _macros(text: str, name: str, snapshot: Snapshot | None) -> Iterator[Problem]:
    """Mistakes in the ``{{ … }}`` of a page: each must be a known macro with arguments that it understands."""
    environment = jinja2.Environment(comment_start_string="{##", comment_end_string="##}")
    try:
        tree = environment.parse(text)
    except (jinja2.TemplateSyntaxError, RecursionError, ValueError) as error:  # a thousand brackets, a number too long
        noticed = error.lineno if isinstance(error, jinja2.TemplateSyntaxError) else text.count("\n") + 1
        what, to_do = "what stands in {{ }} is not understood", f"{_FOR_EXAMPLE}; {{% cannot stand in a page"
        yield Problem(name, _opened_on(text, noticed), "", what, to_do, "template-syntax")
        return
    for found in re.finditer(r"\{%-?\s*raw\b", text):
        yield Problem(name, text.count("\n", 0, found.start()) + 1, "", *_NO_STATEMENT)
    for node in tree.body:
        if not isinstance(node, nodes.Output):
            yield Problem(name, node.lineno, "", *_NO_STATEMENT)
            continue
        for part in node.nodes:
            if not isinstance(part, nodes.TemplateData):
                yield from _macro(part, name, snapshot)


def _opened_on(text: str, noticed: int) -> int:
    """The line of the last '{{' or '{%' before a mistake: a template notices late that an end is missing."""
    before = text.split("\n")[:noticed]
    return next((number for number in range(noticed, 0, -1) if re.search(r"\{[{%]", before[number - 1])), noticed)


def _macro(node: nodes.Expr, name: str, snapshot: Snapshot | None) -> Iterator[Problem]:
    if not isinstance(node, nodes.Call) or not isinstance(node.node, nodes.Name):
        written = f"'{node.name}'" if isinstance(node, nodes.Name) else "what stands in {{ }}"
        what = f"{written} lacks its brackets"
        yield Problem(name, node.lineno, "", what, "write it like {{ totals() }}", "macro-brackets")
        return
    macro = node.node.name
    if macro not in MACROS:
        yield Problem(name, node.lineno, "", f"there is no {macro}()", nearest(macro, MACROS), "unknown-macro")
        return
    try:
        if node.kwargs or node.dyn_args or node.dyn_kwargs:
            raise nodes.Impossible
        arguments = [_plain(argument) for argument in node.args]
        if snapshot:
            MACROS[macro].present(snapshot, *arguments)
    except WrongArgument as wrong:
        yield Problem(name, node.lineno, macro, wrong.what, wrong.to_do, "macro-argument")
    except (nodes.Impossible, TypeError):
        what, to_do = "the words in the brackets do not fit", f"{MACROS[macro].usage}; put words in double quotes"
        yield Problem(name, node.lineno, macro, what, to_do, "macro-argument")


def _plain(argument: nodes.Expr) -> object:
    """A number or text as it is written; nothing is worked out, for ``9**9**9`` would take for ever.

    Raises:
        Impossible: it is something else.
    """
    if not isinstance(argument, nodes.Const):
        raise nodes.Impossible
    return argument.value
