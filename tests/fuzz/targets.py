"""What `make fuzz` tries: for each place that reads strangers' text a way to make such text, and what must hold of the answer.

Of every answer the same holds: the text is used, or what is wrong with it is said as problems, each with a file and a line
that exist, in one line of bounded length; it takes a bounded time; nothing is written elsewhere, started or asked.
"""

import csv
import io
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import markdown
from hypothesis import strategies as st

from register.checks.allowed_html import _EXTENSIONS  # the build's own
from register.checks.built_pages import read_page
from register.checks.docs_files import check_files
from register.checks.markdown_pages import check_pages
from register.checks.unclosed_tags import unclosed_tags
from register.links import report
from register.load.data_files import FILES
from register.load.loader import load
from register.load.yaml_source import read_text
from register.problems import ProblemsFound, as_json, as_text
from register.site.generated_pages import generated_pages
from register.site.site import Site
from register.spreadsheet.filled_rows import Defaults, read_rows
from register.spreadsheet.read_file import UnreadableFile, read_sheets
from register.state.snapshot import Snapshot
from registers import SAMPLE, TODAY

LONGEST = 10.0  # seconds of the processor, for one text
LONGEST_LINE = 3000


@dataclass(frozen=True)
class Target:
    """A place that reads text: how text for it is made, and what tries it."""

    texts: st.SearchStrategy[Any]
    answer: Callable[[Path, Any], None]  # gets an empty folder and a text; raises if something does not hold


# ── what holds of every answer ─────────────────────────────────────────────────────────────────

_FORBIDDEN = ("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.posix_spawn", "socket.connect", "socket.bind")
_CHANGES = ("os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.link", "os.symlink", "os.chmod", "os.truncate")


class Watch:
    """Sees what the process does while it is on (PEP 578); made once, because such a hook cannot be taken out."""

    def __init__(self) -> None:
        self.on = False
        self.seen: list[str] = []
        sys.addaudithook(self._see)

    def _see(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if writes or event in _FORBIDDEN or event in _CHANGES:
            self.seen.append(f"{event} {arguments[:2]!r}"[:200])


_WATCH: list[Watch] = []


@contextmanager
def answered() -> Iterator[None]:
    """Hold a block of code to the promise.

    Raises:
        AssertionError: it took too long, or wrote, started or asked something.
    """
    watch = _WATCH[0] if _WATCH else Watch()
    _WATCH[:] = [watch]
    watch.seen.clear()
    begun = time.process_time()
    watch.on = True
    try:
        yield
    finally:
        watch.on = False
    assert watch.seen == []
    taken = time.process_time() - begun
    assert taken < LONGEST, f"{taken:.1f} s"


def check_problems(problems: list[Any], folder: Path) -> None:
    """Whether each problem has a place that exists, and can be shown in every form."""
    for problem in problems:
        path = folder / problem.path
        lines = (
            path.read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1 if path.is_file() else 1
        )
        assert 1 <= problem.line <= lines, problem
        assert problem.kind, problem
        assert "\n" not in str(problem) and len(str(problem)) < LONGEST_LINE, problem
    as_text(problems, "nothing was written").encode()
    json.loads(as_json(problems, []).encode())


# ── text ───────────────────────────────────────────────────────────────────────────────────────

ODD = st.sampled_from(
    [*["", " ", "\t", "\n", "\r", "\r\n", "\0", "\x1b[2J", "\x85", "\u2028", "\ufeff", "\u202e", "😀", "é", "\ufffe", "𐏿", "\x7f"],
     *["---", "...", "- ", "? ", ": ", " #", "&a ", "*a", "!!x ", "|", ">", "'", '"', "[", "]", "{", "}", ",", "%", "@", "`"],
     *["9999-12-31", "0001-01-01", "2026-02-30", "0000", "99999999999999999999", "-1", "1e9", "0x10", "true", "null", "~"],
     *["http://[x", "//[x/", "https://a]b", "javascript:x", "mailto:a@b.test", "a@b.test", "01632 960001", "www.x.test"],
     *['"\\ud83d\\ude00"', '"\\0"', '"\\x07"', "{{", "}}", "{%", "{#", "<!--", "-->", "<script>", "</div>", "<div>", "x" * 200]]
)  # fmt: skip
WORD = st.one_of(ODD, st.text(max_size=12), st.text(alphabet="abc 1-:", max_size=8))
TEXT = st.lists(WORD, max_size=12).map("".join)


@st.composite
def changed(draw: st.DrawFn, original: str) -> str:
    """A text of which some lines were taken out, doubled, moved, indented, cut, or given something odd."""
    lines = original.split("\n")
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        how = draw(st.integers(0, 7))
        line = lines[at]
        cut = draw(st.integers(0, len(line)))
        if how == 0 and len(lines) > 1:
            del lines[at]
        elif how == 1:
            lines.insert(at, line)
        elif how == 2:
            lines.insert(draw(st.integers(0, len(lines) - 1)), line)
        elif how == 3:
            lines[at] = draw(st.sampled_from(["  ", "    ", " ", "\t", "- "])) + line
        elif how == 4:
            lines[at] = line.strip()
        elif how == 5:
            lines[at] = line[:cut] + draw(WORD) + line[cut:]
        elif how == 6:
            lines[at] = line.partition(": ")[0] + ": " + draw(WORD)
        else:
            lines[at] = line[:cut]
    return "\n".join(lines)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


# ── data/ ──────────────────────────────────────────────────────────────────────────────────────

_YAML = st.lists(st.tuples(st.sampled_from(["", "- ", "  ", "    ", "  - "]), WORD, st.sampled_from(["", ": ", ":"]), WORD)).map(
    lambda lines: "\n".join("".join(line) for line in lines)
)  # fmt: skip


# Not in the sample: a proof of a report that nobody has.
PROOF = "on: 2026-03-30\nfiles:\n- name: report.pdf\n  pages: 9\n  sha256: 0\nwordings:\n- number: 1\n  sha256: 0\n"


@st.composite
def data_files(draw: st.DrawFn) -> tuple[str, str]:
    """The name of a file of data/, and a text for it."""
    name = draw(st.sampled_from([data_file.name for data_file in FILES]))
    path = SAMPLE / "data" / name
    original = path.read_text(encoding="utf-8") if path.exists() else PROOF
    return name, draw(st.one_of(changed(original), changed(original), _YAML, TEXT))


def load_data(folder: Path, typed: tuple[str, str]) -> None:
    """Load the sample with one of its files replaced; what is usable is worked out to the end."""
    name, text = typed
    shutil.copytree(SAMPLE / "data", folder / "data")
    (folder / "data" / name).write_bytes(_bytes(text))
    try:
        with answered():
            snapshot = Snapshot(load(folder / "data", TODAY), TODAY)
            for page in generated_pages(snapshot):
                page.present()
                assert page.source
    except ProblemsFound as found:
        check_problems(found.problems, folder)


# ── docs/ ──────────────────────────────────────────────────────────────────────────────────────

_TOP = "---\ntitle: A page\ndescription: What it holds.\nupdated: 2026-01-01\n---\n\n# A page\n\n"
_NAMES = st.sampled_from(
    ["totals", "link", "changes", "recommendation", "vocabulary", "contacts", "sources", "nothing"]
)
_ARGUMENTS = st.one_of(
    st.sampled_from(['"weather"', "1", "-1", "999999999", '"responses"', '"', "'a'", "(", ")", "x"]), WORD
)
_MACROS = st.builds(
    lambda name, arguments, end: f"{{{{ {name}({', '.join(arguments)}) {end}",
    _NAMES, st.lists(_ARGUMENTS, max_size=3), st.sampled_from(["}}", "}}", "}}", "}", ""]),
)  # fmt: skip
_ADDRESS = st.one_of(
    st.sampled_from(["help.md", "#a", "nowhere.md", "//[x/", "http://[", "a b", "&#106;avascript:x"]), WORD
)
_ELEMENTS = st.sampled_from(
    [*["div", "p", "b", "a", "table", "tr", "td", "svg", "math", "select", "form", "details", "summary", "ul", "li", "script", "title"],
     *["textarea", "template", "noscript", "plaintext", "frameset", "html", "body", "br", "img", "h2", "desc", "foreignObject", "mi"]]
)  # fmt: skip
_TAGS = st.builds(
    lambda end, name, attribute, value, close: f"<{end}{name}{attribute}{value}{close}",
    st.sampled_from(["", "", "/"]), _ELEMENTS,
    st.sampled_from(["", "", " href=", " id=", " onclick=", " style=", " ", " src='"]), _ADDRESS,
    st.sampled_from([">", ">", ">", "/>", "", " "]),
)  # fmt: skip
_INLINE = st.recursive(
    st.one_of(WORD, _MACROS, _TAGS),
    lambda inner: st.one_of(
        st.builds(lambda mark, text: f"{mark}{text}{mark}", st.sampled_from(["*", "**", "_", "`", "``", "~~"]), inner),
        st.builds(
            lambda bang, text, address: f"{bang}[{text}]({address})", st.sampled_from(["", "!"]), inner, _ADDRESS
        ),
        st.builds(lambda text, name: f"[{text}][{name}]", inner, WORD),
        st.lists(inner, max_size=3).map(" ".join),
    ),
    max_leaves=8,
)
_BLOCK = st.recursive(
    st.one_of(
        _INLINE,
        st.builds(lambda level, text: "#" * level + " " + text, st.integers(1, 7), _INLINE),
        st.builds(lambda text: f"```\n{text}\n```", TEXT),
        st.builds(lambda one, two: f"| {one} | {two} |\n|---|:-:|\n| {two} | {one} |", _INLINE, _INLINE),
        st.builds(lambda name, address: f"[{name}]: {address}", WORD, _ADDRESS),
        st.builds(lambda one, two: f"{one}\n:   {two}", _INLINE, _INLINE),
        st.builds(lambda text, name: f"{text}\n{{: {name} }}", _INLINE, WORD),
        st.builds(lambda sign, times: sign * times, _INLINE, st.integers(1, 400)),
        st.sampled_from(["***", "---", "===", "<!--", "-->", "<![CDATA[", "<?", "<!x"]),
    ),
    lambda inner: st.one_of(
        st.builds(lambda sign, text: "\n".join(sign + line for line in text.split("\n")),
                  st.sampled_from(["> ", "    ", "- ", "1. ", ">" * 50, "\t"]), inner),
        st.builds(lambda name, text: f"<{name}>\n{text}\n</{name}>", _ELEMENTS, inner),
        st.lists(inner, max_size=4).map("\n\n".join),
        st.lists(inner, max_size=4).map("\n".join),
    ),
    max_leaves=10,
)  # fmt: skip


def _check_page(folder: Path, text: str) -> list[Any]:
    (folder / "docs").mkdir()
    (folder / "docs" / "short.md").write_bytes(_bytes(text))
    with answered():
        problems = check_pages(folder / "docs", snapshot(), TODAY)
    check_problems(problems, folder)
    return problems


def check_front_matter(folder: Path, text: str) -> None:
    """Check a page whose front matter somebody changed."""
    _check_page(folder, text)


def check_body(folder: Path, body: str) -> None:
    """Check a page; one in which nothing is wrong is filled in and made HTML, as the build does, and that is checked, too."""
    # A page that is too large is reported with the files.
    if _check_page(folder, _TOP + body) or check_files(folder / "docs", {}).problems:
        return
    text = read_text(folder / "docs" / "short.md", "docs/short.md")
    with answered():
        html = markdown.markdown(
            Site(snapshot(), TODAY).filled(text[len(_TOP) :], "short.md", "short/"), extensions=[*_EXTENSIONS]
        )
        read_page(f"<!doctype html><title>a</title>{html}".encode("utf-8", "replace"), "short/index.html")


def read_built(folder: Path, html: str) -> None:
    """Read HTML as that of a built page."""
    with answered():
        lines = html.count("\n") + 1
        assert all(1 <= tag.line <= lines for tag in unclosed_tags(html))
        read_page(f"<title>a</title>{html}".encode("utf-8", "replace"), "short/index.html")


# ── link-report.json ───────────────────────────────────────────────────────────────────────────

_LEAVES = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORD, st.sampled_from(report.VERDICTS))
_JSON = st.recursive(
    _LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORD, inner, max_size=4), max_leaves=12
)
_LINKS = st.fixed_dictionaries(
    {"url": WORD | st.just("https://www.gov.uk/"), "id": st.none() | WORD | st.just("weather"), "verdict": st.sampled_from(report.VERDICTS),
     "detail": WORD, "final_url": st.none() | _ADDRESS, "found_on": st.lists(WORD, max_size=2)},
    optional={"candidate": st.booleans(), "more": _JSON},
)  # fmt: skip
_REPORTS = st.fixed_dictionaries(
    {
        "checked_at": st.datetimes().map(lambda moment: moment.isoformat() + "Z") | WORD,
        "links": st.lists(_LINKS | _JSON, max_size=4),
    },
    optional={"found_copies": _JSON},
)
_REPORT_TEXT = st.one_of(
    _REPORTS.map(json.dumps), _REPORTS.map(json.dumps).flatmap(changed), _JSON.map(json.dumps), TEXT
)


def read_report(folder: Path, text: str) -> None:
    """Read a report of the link check, and work out what the pages show of it."""
    (folder / report.NAME).write_bytes(_bytes(text))
    try:
        with answered():
            held = report.read(folder / report.NAME)
            shown = Snapshot(snapshot().register, TODAY, held)
            assert [link.link.id for link in shown.links.values()]
    except ProblemsFound as found:
        check_problems(found.problems, folder)


# Some of the columns that can be filled in, and one that cannot.
_TITLES = ["Number", "New date", "Voice", "new note", "New progress", "New evidence", "New related", "New due", "Title"]
_CELLS = st.one_of(
    WORD, TEXT, st.sampled_from(["14", "3", "partnership", "14/2/2026", "Oct 2026", "done", "#REF!", "=A1", "1; 2", ""])
)


@st.composite
def tables(draw: st.DrawFn) -> str:
    """The text of a CSV file as a committee could send it, sometimes mistyped."""
    written = io.StringIO(newline="")
    rows = draw(st.lists(st.lists(_CELLS, max_size=10), max_size=5))
    csv.writer(written, delimiter=draw(st.sampled_from(",;\t"))).writerows([draw(st.permutations(_TITLES)), *rows])
    return draw(st.one_of(st.just(written.getvalue()), changed(written.getvalue())))


def take_over(folder: Path, text: str) -> None:
    """Read a spreadsheet, and what its rows say."""
    path = folder / "filled.csv"
    path.write_bytes(_bytes(text))
    try:
        with answered():
            (sheet,) = read_sheets(path)
            filled = read_rows(path.name, sheet, snapshot(), Defaults(TODAY.isoformat(), {"voice": "partnership"}))
    except UnreadableFile as refused:
        assert "\n" not in str(refused) and len(str(refused)) < LONGEST_LINE
        return
    check_problems(filled.problems, folder)


_FRONT = (SAMPLE / "docs" / "short.md").read_text(encoding="utf-8")
TARGETS = {
    "data files": Target(data_files(), load_data),
    "front matter": Target(
        st.one_of(changed(_FRONT), st.builds("---\n{}\n---\n\n# A\n".format, _YAML), TEXT), check_front_matter
    ),
    "pages": Target(_BLOCK, check_body),
    "built pages": Target(st.lists(st.one_of(_TAGS, _TAGS, WORD), max_size=30).map("".join), read_built),
    "link report": Target(_REPORT_TEXT, read_report),
    "spreadsheets": Target(tables(), take_over),
}

_SNAPSHOT: list[Snapshot] = []


def snapshot() -> Snapshot:
    """The sample's register, loaded once."""
    if not _SNAPSHOT:
        _SNAPSHOT.append(Snapshot(load(SAMPLE / "data", TODAY), TODAY))
    return _SNAPSHOT[0]
