"""Checks the Markdown pages before they are built: front matter, macros, and what must not be typed by hand."""

import datetime
import html
import re
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from register.checks.allowed_html import check_html
from register.checks.docs_files import written_pages
from register.checks.page_bounds import SECONDS, SECONDS_FOR_ALL, check_bounds, time_used_up, too_many_levels, too_slow
from register.guards.passages import without_front_matter
from register.load.validation import validate
from register.load.yaml_source import Fields, parse, read_text
from register.model import BARE_ADDRESS, EMAIL, TELEPHONE, FrontMatter
from register.problems import Problem, ProblemsFound, nearest
from register.site import urls
from register.site.macro_calls import MacroCall, macro_calls
from register.site.macros import MACROS, WrongArgument
from register.state.snapshot import Snapshot
from register.time_limit import OutOfTime, time_limit

_HELP_PAGE = f"{urls.HELP.rstrip('/')}.md"

MOST_PAGES = 2_000  # written by hand; the real site has 14

NO_MAIN_HEADING = ("the page has no main heading", "write one line that begins with '# '")

_TYPED_BY_HAND = (
    (re.compile(r"(?i)(?:\bhttps?://|\bwww\.|(?:(?<=\]\()|(?<=href=[\"']))//(?!example\.)(?=[\w-]+\.))[^\s<>\"')\]]+|" + BARE_ADDRESS), "a web address", 'cite it from data/links.yml: {{ link("…") }}'),
    (EMAIL, "an email address", "write {{ email() }} for the partnership's own; a service's belongs in data/contacts.yml"),
    (TELEPHONE, "a telephone number", "put it in data/contacts.yml"),
)  # fmt: skip


def check_pages(docs: Path, snapshot: Snapshot | None, today: datetime.date) -> list[Problem]:
    """Return what is wrong in a folder of Markdown pages, in order.

    Args:
        docs: the ``docs`` folder.
        snapshot: the register that the macros show; without it their arguments are not checked.
        today: no page was updated later than this.
    """
    if not docs.is_dir():
        what = "is no folder" if docs.exists() else "the folder is missing"
        return [Problem(docs.name, 1, "", what, "put the folder with the pages back", "file-missing")]
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    paths = list(islice(written_pages(docs), MOST_PAGES + 1))
    if len(paths) > MOST_PAGES:
        what, to_do = f"there are more than {MOST_PAGES:,} pages", "take some out: only the first ones were checked"
        problems.append(Problem(docs.name, 1, "", what, to_do, "many-pages"))
    left = SECONDS_FOR_ALL
    for path in sorted(paths[:MOST_PAGES]):
        before, begun = len(problems), time.process_time()
        name = f"{docs.name}/{path.relative_to(docs).as_posix()}"
        try:
            problems += _page(path, name, seen, snapshot, today, SECONDS if left > 0 else 0)
        except ProblemsFound as found:
            problems += found.problems
        held_up = any(problem.kind == "slow-page" for problem in problems[before:])
        used = left if held_up else time.process_time() - begun
        if left > 0 >= left - used and not held_up:
            problems.append(time_used_up(name))
        left -= used
    return sorted(problems)


def _page(
    path: Path, name: str, seen: dict[str, str], snapshot: Snapshot | None, today: datetime.date, seconds: float
) -> Iterator[Problem]:
    """What is wrong in one page; how its HTML is read, in these seconds of the processor's time."""
    text = read_text(path, name)
    yield from _front_matter(text, name, seen, today)
    body = without_front_matter(text)
    if unbounded := list(check_bounds(body, name)):
        yield from unbounded  # whatever else the page holds is looked at when it is small enough to be read
        return
    misread = list(_misread(body, name))
    brackets = {problem.line for problem in misread if problem.kind == "curly-bracket"}
    yield from [*_headings(body, name), *misread]
    yield from (problem for problem in _macros(text, name, snapshot) if problem.line not in brackets)
    typed = list(_typed_by_hand(body, name))
    yield from typed
    reported = {problem.line for problem in typed}
    yield from (problem for problem in _html(body, name, seconds) if problem.line not in reported)
    if name.endswith(f"/{_HELP_PAGE}") and name.count("/") == 1 and not re.search(r"\{\{ *contacts\(", text):
        what, to_do = "the page shows no contacts", "put {{ contacts() }} back in"
        yield Problem(name, 1, "", what, to_do, "no-contacts")


def _html(body: str, name: str, seconds: float) -> list[Problem]:
    """What ``check_html`` finds; or that Markdown or the parser cannot read the page, or not in time."""
    if seconds <= 0:
        return []  # said once, for all pages after the one that took too long
    try:
        with time_limit(seconds, "processor"):
            return list(check_html(body, name))
    except OutOfTime:
        return [too_slow(body, name)]
    except RecursionError:
        return [too_many_levels(_first_line_too_deep(body, name), name)]


def _first_line_too_deep(body: str, name: str) -> int:
    """The line with which a page that is too deep to be read becomes so."""
    lines = body.split("\n")
    readable, unreadable = 0, len(lines)
    while unreadable - readable > 1:
        middle = (readable + unreadable) // 2
        try:
            list(check_html("\n".join(lines[:middle]), name))
            readable = middle
        except RecursionError:
            unreadable = middle
    return unreadable


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
    yield from (problem for problem in checked.problems if problem.kind != "macro-in-text")  # said below
    page = checked.record
    if page and page.updated.first > today:
        what = f"'updated' is in the future: '{page.updated.text}'"
        yield Problem(name, node.lines["updated"], "", what, "is the year right?", "future-date")
    for field in ("title", "description"):
        value = node.get(field)
        if isinstance(value, str) and (signs := re.search(r"\{\{|\{%", value)):
            what = f"'{field}' holds '{signs[0]}', which shows nothing here"
            yield Problem(name, node.lines[field], "", what, "take it out", "template-in-title")
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


def _typed_by_hand(body: str, name: str) -> Iterator[Problem]:
    for number, line in enumerate(body.split("\n"), 1):
        for pattern, typed, to_do in _TYPED_BY_HAND:
            for found in pattern.finditer(html.unescape(line)):  # "&#104;ttps" is https to a browser
                yield Problem(name, number, "", f"{typed} is typed by hand: '{found[0]}'", to_do, "typed-by-hand")


_MISREAD = (
    (re.compile(r"^<{7}( |$)"), "conflict", "two people's changes to these lines met here", "keep one of the two, and take out the lines of '<<<<<<<', '=======' and '>>>>>>>'"),
    (re.compile(r"\] \([^\s)]+\)"), "no-link", "a space stands between ] and (", "take it out: then it becomes a link"),
    (re.compile(r"!\[\s*\]\("), "no-text-alternative", "the picture has no words for those who cannot see it", "write between [ and ] what it shows"),
    (re.compile("\\{\\{[^{}\u201c\u201d\u2018\u2019]*[\u201c\u201d\u2018\u2019]"), "curly-quotes", "curly quotes stand between {{ and }}", 'type straight ones: "'),
)  # fmt: skip
_BRACKET_MISSING = re.compile(r"(?<!\{)\{ *(\w+\([^{}]*\)) *\}{1,2}|\{\{ *(\w+\([^{}]*\)) *\}(?!\})")
_UNCLOSED_LINK = re.compile(r"\[[^\[\]]+\]\([^\s()]+(?:\([^\s()]*\)[^\s()]*)*(?=\s+[^\s\"')]|\s*$)")
_SWAPPED_LINK = re.compile(r"\(([^()\[\]]+)\)\[([^\s\[\]]+)\]")
# A page of docs/ by its name without ".md": no scheme, no place within a page, no file of another kind.
_WITHOUT_MD = re.compile(r"(?<!!)\[[^\[\]]+\]\((?P<page>(?:\.\./|\w[\w-]*/)*\w[\w-]*)(?P<part>#[\w-]+)?\)")
_BULLET = re.compile("\\s*([\u2022\u2023\u25e6\u25aa\u25ab\u25cf\u25cb\u25a0\u00b7\uf0b7])\\s*\\S")


def _misread(body: str, name: str) -> Iterator[Problem]:
    """What Markdown reads otherwise than it was meant, without a word. Each pattern reads a line's signs but a few times."""
    before = ""
    for number, line in enumerate(body.split("\n"), 1):
        if line.rfind("<!--") > line.rfind("-->"):
            what = "the note that begins with '<!--' does not end on its line, and readers would see it"
            yield Problem(name, number, "", what, "end it with '-->'", "open-note")
        for pattern, kind, what, to_do in _MISREAD:
            if pattern.search(line):
                yield Problem(name, number, "", what, to_do, kind)
        if _is_list_without_line(line, before):
            what, to_do = "a list needs an empty line before it", "add one above this line"
            yield Problem(name, number, "", what, to_do, "list-without-empty-line")
        yield from _meant_otherwise(line, number, name)
        before = line


def _meant_otherwise(line: str, number: int, name: str) -> Iterator[Problem]:
    """Where what was meant can be told from what was typed, so that the message can hold it."""
    for found in _BRACKET_MISSING.finditer(line):
        what, to_do = f"a curly bracket is missing: '{found[0]}'", f"write {{{{ {found[1] or found[2]} }}}}"
        yield Problem(name, number, "", what, to_do, "curly-bracket")
    for found in _UNCLOSED_LINK.finditer(line):
        what, to_do = f"the link '{found[0]}' does not end", f"write {found[0]})"
        yield Problem(name, number, "", what, to_do, "no-link")
    for found in _SWAPPED_LINK.finditer(line):
        if re.search(r"\.(md|pdf)(#|$)|/|^#", found[2]):
            what, to_do = f"the brackets of a link are swapped: '{found[0]}'", f"write [{found[1]}]({found[2]})"
            yield Problem(name, number, "", what, to_do, "no-link")
    for found in _WITHOUT_MD.finditer(line):
        page, part = found["page"], found["part"] or ""
        what, to_do = (
            f"the link leads to '{page}', which is no page",
            f"write '{page}.md{part}': a page is named by its file",
        )
        yield Problem(name, number, "", what, to_do, "no-page")
    if found_bullet := _BULLET.match(line):
        what, to_do = f"'{found_bullet[1]}' makes no list", "begin the line with '- '"
        yield Problem(name, number, "", what, to_do, "no-list")


def _is_list_without_line(line: str, before: str) -> bool:
    """Whether a line begins a list right below running text, which Markdown takes for more of that text."""
    return bool(
        re.match(r"([-*]|\d+\.) \S", line) and re.match(r"[^\s#>|<{-]", before) and not re.match(r"\* |\d+\. ", before)
    )


def _macros(text: str, name: str, snapshot: Snapshot | None) -> Iterator[Problem]:
    """Mistakes in the ``{{ … }}`` of a page: each must be a known macro with arguments that it understands."""
    for call in macro_calls(text, name):
        if isinstance(call, Problem):
            yield call
        elif call.name not in MACROS:
            what, to_do = f"there is no {call.name}()", nearest(call.name, MACROS)
            yield Problem(name, call.line_in(text), "", what, to_do, "unknown-macro")
        else:
            yield from _arguments(call, call.line_in(text), name, snapshot)


def _arguments(call: MacroCall, line: int, name: str, snapshot: Snapshot | None) -> Iterator[Problem]:
    """Whether a macro understands what stands between its brackets."""
    try:
        if call.arguments is None:
            raise TypeError
        if snapshot:
            MACROS[call.name].present(snapshot, *call.arguments)
    except WrongArgument as wrong:
        yield Problem(name, line, call.name, wrong.what, wrong.to_do, "macro-argument")
    except TypeError:
        what, to_do = "the words in the brackets do not fit", f"{MACROS[call.name].usage}; put words in double quotes"
        yield Problem(name, line, call.name, what, to_do, "macro-argument")
