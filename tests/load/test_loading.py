"""Whatever an editor types is either a register or a list of messages, each with its line and what to do."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loading import problems_of

from projects import ROOT, SAMPLE_DAY, Project
from register.load.data_files import FILES
from register.load.loader import load
from register.problems import ProblemsFound
from registers import SMALL, TODAY

RECOMMENDATIONS = "recommendations.yml"
FORM = "write it like 2026-02-28, 2026-02 or 2026"
RECORD_FIELDS = "number, title, summary, wording, addressed_to, theme, audiences, updates"


def test_a_good_register_is_loaded_whole(small: Project) -> None:
    register = load(small.folder / "data", TODAY)
    assert [record.number for record in register.recommendations] == [1, 2, 3, 4]
    assert len(register.links) == 6
    assert register.recommendations[0].updates[0].due.text == "2024-12"


# ── files that are no YAML at all ──────────────────────────────────────────────────────────────

GARBLED = {
    "an empty file": (b"", "1: the file is empty (put its records back, or write [] if there are none)"),
    "only a comment": (b"# nothing\n\n", "1: the file is empty (put its records back, or write [] if there are none)"),
    "only a document sign": (b"---\n", "1: the file is empty (put its records back, or write [] if there are none)"),
    "Latin-1": (
        b"- number: 1\n  title: caf\xe9\n",
        "2: the file is not UTF-8 text (save it again with the encoding UTF-8)",
    ),
    "UTF-16": (
        "- number: 1\n".encode("utf-16"),
        "1: the file is not UTF-8 text (save it again with the encoding UTF-8)",
    ),
    "a null character": (
        b"- number: 1\n- number: \x002\n",
        "2: an invisible control character stands on this line (type the line again)",
    ),
    "tabs": (b"- number: 1\n\ttitle: x\n", "2: a tab is used to indent this line (use spaces)"),
    "a mapping for a list": (b"number: 1\n", "1: a list of records is due here (begin each record with '- ')"),
    "words for a list": (b"number one\n", "1: a list of records is due here (begin each record with '- ')"),
    "a second document": (b"- number: 1\n---\n- number: 2\n", "2: a second document begins here (take the '---' line out)"),
    "text after the end sign": (b"- number: 1\n...\n- number: 2\n", "3: a '...' line ended the file above (take it out)"),
    "an anchor": (
        b"- number: 1\n- number: &two 2\n",
        "2: '&' and '*' names are not read here (write the text out, or put it in quotes)",
    ),
    "an alias": (
        b"- number: 1\n- number: *two\n",
        "2: '&' and '*' names are not read here (write the text out, or put it in quotes)",
    ),
    "a tag": (b"- number: 1\n- number: !!int 2\n", "2: text that begins with '!' must stand in double quotes"),
    "a tag that runs code": (
        b"- number: !!python/object/apply:os.system [ls]\n",
        "1: text that begins with '!' must stand in double quotes",
    ),
    "brackets without end": (
        b"- " + b"[" * 100_000,
        "1: too many levels inside one another (check the indentation and the brackets)",
    ),
    "steps without end": (
        b"".join(b" " * step + b"a:\n" for step in range(50)),
        "13: too many levels inside one another (check the indentation and the brackets)",
    ),
    "a list for a name": (
        b"- [a]: 1\n",
        "1: a field's name cannot be a list or a group (a ':' or quotes may be missing)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("content", "message"), GARBLED.values(), ids=GARBLED.keys())
def test_a_file_that_is_not_readable_is_reported_by_its_first_mistake(
    small: Project, content: bytes, message: str
) -> None:
    small.write(f"data/{RECOMMENDATIONS}", content)
    assert problems_of(small) == [f"data/{RECOMMENDATIONS}:{message}"]


@pytest.mark.parametrize("name", ["topics.yml", "timeline.yml"])
def test_a_list_without_records_is_said_by_brackets(small: Project, name: str) -> None:
    small.write(f"data/{name}", "# nothing yet\n")
    assert problems_of(small) == [
        f"data/{name}:1: the file is empty (put its records back, or write [] if there are none)"
    ]
    small.write(f"data/{name}", "# nothing yet\n[]\n")
    assert getattr(load(small.folder / "data", TODAY), name.removesuffix(".yml")) == []


@pytest.mark.parametrize(("typed", "message"), [("", "1: the file is empty"), ("# none\n[]\n", "2: the list is empty")])
def test_a_site_is_never_without_help_lines(small: Project, typed: str, message: str) -> None:
    small.write("data/contacts.yml", typed)
    assert problems_of(small) == [f"data/contacts.yml:{message} (put back what stood in it)"]


NEEDED = [data_file for data_file in FILES if not data_file.optional]


@pytest.mark.parametrize("name", [data_file.name for data_file in NEEDED])
def test_a_missing_file_is_named(small: Project, name: str) -> None:
    (small.folder / "data" / name).unlink()
    assert f"data/{name}:1: the file is missing (put it back)" in problems_of(small)


def test_where_nothing_has_moved_there_need_be_no_redirects(small: Project) -> None:
    (small.folder / "data" / "redirects.yml").unlink()
    assert load(small.folder / "data", TODAY).redirects == []
    small.write("data/redirects.yml", "# nothing yet\n[]\n")
    assert load(small.folder / "data", TODAY).redirects == []


def test_a_folder_in_the_place_of_a_file_is_reported(small: Project) -> None:
    (small.folder / "data" / RECOMMENDATIONS).unlink()
    (small.folder / "data" / RECOMMENDATIONS).mkdir()
    assert problems_of(small) == [f"data/{RECOMMENDATIONS}:1: the file cannot be read (Is a directory)"]


def test_a_list_where_the_register_has_its_fields_is_reported(small: Project) -> None:
    small.write("data/register.yml", "- title: x\n")
    assert problems_of(small) == [
        "data/register.yml:1: register: the fields of a record are due here (lines like 'name: text')"
    ]


def test_every_line_that_a_tab_indents_is_reported(small: Project) -> None:
    small.write("data/topics.yml", "- id: x\n\ttitle: y\n  gist: z\n \tconfidence: low\n")
    assert problems_of(small) == [
        "data/topics.yml:2: a tab is used to indent this line (use spaces)",
        "data/topics.yml:4: a tab is used to indent this line (use spaces)",
    ]


def test_a_byte_order_mark_and_windows_line_ends_are_accepted(small: Project) -> None:
    before = load(small.folder / "data", TODAY)
    for path in (small.folder / "data").iterdir():
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert load(small.folder / "data", TODAY) == before


def test_old_macintosh_line_ends_are_accepted_with_the_right_line_numbers(small: Project) -> None:
    path = small.folder / "data" / RECOMMENDATIONS
    path.write_bytes(path.read_bytes().replace(b"response: applies", b"response: aplies").replace(b"\n", b"\r"))
    assert problems_of(small)[0].startswith(f"data/{RECOMMENDATIONS}:15: recommendation 1: unknown response 'aplies'")


# ── single slips: file, what stood there, what is typed, the whole message ─────────────────────
# LINE is the line on which the text stood, LINE+1 the next.

SLIPS = [
    # broken YAML
    (RECOMMENDATIONS, "title: Train", "title Train",
     "LINE: a ':' is missing after the field's name (write 'field: text')"),
    (RECOMMENDATIONS, "note: Work began.", "note:Work began.",
     "LINE: a space is missing after ':'"),
    (RECOMMENDATIONS, "title: Train", "title: 'Train",
     "LINE: the sign ' begins this text and is never closed (close it, or put the whole text in double quotes)"),
    (RECOMMENDATIONS, "title: Train", 'title: "Train',
     "LINE: a quotation mark is opened here and never closed (close it)"),
    (RECOMMENDATIONS, "  title: Train", "   title: Train",
     "LINE: this line does not line up: it begins with 3 spaces (give it as many as the lines it belongs with)"),
    (RECOMMENDATIONS, "note: Work began.", "note: Work: it began.",
     "LINE: text that holds ': ' must stand in double quotes (put one at its beginning and one at its end)"),
    (RECOMMENDATIONS, "      note: Work began.", "     note: Work began.",
     "LINE: this line does not line up: it begins with 5 spaces (put '- ' before it if a new record begins here, else give it as many spaces as the lines it belongs with)"),
    (RECOMMENDATIONS, "- number: 2", "number: 2",
     "LINE: this line does not line up: it begins with 0 spaces (put '- ' before it if a new record begins here, else give it as many spaces as the lines it belongs with)"),
    (RECOMMENDATIONS, "note: Work began.", "note: 'work's end'",
     "LINE: this line does not line up: it begins with 6 spaces (give it as many as the lines it belongs with)"),
    (RECOMMENDATIONS, "note: Work began.", "note: - work",
     "LINE: a text does not begin with '- ' (begin with a word; words that are only looked for stand in double quotes)"),
    (RECOMMENDATIONS, "note: Work began.", "note: @home",
     "LINE: a text does not begin with '@' (begin with a word; words that are only looked for stand in double quotes)"),
    (RECOMMENDATIONS, "note: Work began.", "note: `code`",
     "LINE: text that begins with '`' must stand in double quotes (put one at its beginning and one at its end)"),
    (RECOMMENDATIONS, "note: Work began.", "note: %50",
     "LINE: text that begins with '%' must stand in double quotes (put one at its beginning and one at its end)"),
    (RECOMMENDATIONS, "note: Work began.", "note: ,work",
     "LINE: text that begins with ',' must stand in double quotes (put one at its beginning and one at its end)"),
    (RECOMMENDATIONS, "note: Work began.", "note: | Work began.",
     "LINE: text that begins with '|' must stand in double quotes (put one at its beginning and one at its end)"),
    (RECOMMENDATIONS, "note: Work began.", r'note: "C:\work"',
     r"LINE: a '\' stands in double quotes (put the text in single quotes instead)"),
    (RECOMMENDATIONS, "note: Work began.", "note: [Work began.",
     "LINE: a '[' is opened here and never closed (write ']' where the list ends, or put the text in double quotes)"),
    (RECOMMENDATIONS, "note: Work began.", "note: {Work began.",
     "LINE: a '{' is opened here and never closed (write '}' where the group ends, or put the text in double quotes)"),
    (RECOMMENDATIONS, "note: Work began.", "note: Wo\x07rk.",
     "LINE: an invisible control character stands on this line (type the line again)"),
    # shape
    (RECOMMENDATIONS, "- number: 2", "- 2",
     "LINE: record 2: the fields of a record are due here (lines like 'name: text')"),
    (RECOMMENDATIONS, "- number: 2", "-",
     "LINE: record 2: the fields of a record are due here (lines like 'name: text')"),
    (RECOMMENDATIONS, "  title: Train", "  title: Teach\n  title: Train",
     "LINE+1: 'title' stands twice in one record, first on line 2 (keep one of the two)"),
    (RECOMMENDATIONS, "- number: 2", "- number: 2\n  titel: x",
     f"LINE+1: recommendation 2: unknown field 'titel' (did you mean 'title'? one of: {RECORD_FIELDS})"),
    (RECOMMENDATIONS, "- number: 2", "- number: 2\n  x: y",
     f"LINE+1: recommendation 2: unknown field 'x' (one of: {RECORD_FIELDS})"),
    (RECOMMENDATIONS, "- number: 2", "- number: 2\n  <<: {title: x}",
     f"LINE+1: recommendation 2: unknown field '<<' (one of: {RECORD_FIELDS})"),
    (RECOMMENDATIONS, "- number: 2", '- number: 2\n  "ti\\ntle\\u202e": x',
     f"LINE+1: recommendation 2: unknown field 'ti tle\ufffd' (did you mean 'title'? one of: {RECORD_FIELDS})"),
    (RECOMMENDATIONS, "- number: 2", "- number: 2\n  ? " + "t" * 2000 + "\n  : x",
     f"LINE+1: recommendation 2: unknown field '{'t' * 57}…' (one of: {RECORD_FIELDS})"),
    (RECOMMENDATIONS, "      note: Work began.\n", "",
     "LINE-5: recommendation 1: 'note' is missing (add it: what happened, in one to three plain sentences)"),
    (RECOMMENDATIONS, "evidence: [minutes]", "evidence: minutes",
     "LINE: recommendation 1: 'evidence' must be a list (write evidence: [minutes])"),
    (RECOMMENDATIONS, "note: Work began.", "note: [Work, began]",
     "LINE: recommendation 1: 'note' is a list where text is due (write it on the same line, in quotes if it holds ': ')"),
    (RECOMMENDATIONS, "note: Work began.", "note: {Work: began}",
     "LINE: recommendation 1: 'note' is a group of fields where text is due (write it on the same line, in quotes if it holds ': ')"),
    ("links.yml", "confirmed: {by: Register editor, on: 2024-01-07}", "confirmed: yes",
     "LINE: weather: 'confirmed' must be a group of fields (write confirmed: {by: …, on: …})"),
    ("links.yml", "confirmed: {by: Register editor, on: 2024-01-07}", "confirmed: {by: Register editor}",
     "LINE: weather: 'on' is missing (add it: when it was checked)"),
    ("topics.yml", "sources: [report]", "sources: []",
     "LINE: wardens: 'sources' has no items (give at least one)"),
    ("register.yml", "total: 4\n", "",
     "LINE-1: register: 'total' is missing (add it: how many recommendations there are; every number from 1 to this has a record)"),
    # empty and over-long text
    *[
        (RECOMMENDATIONS, "note: Work began.", f"note: {empty}".rstrip(),
         "LINE: recommendation 1: 'note' is empty (write something)")
        for empty in ("", '""', "'   '", "~", "null", "# only a comment")
    ],
    ("contacts.yml", "use: check", "use:", "LINE: night-line: 'use' is empty (write something)"),
    ("links.yml", "confirmed: {by: Register editor, on: 2024-01-07}", "confirmed:",
     "LINE: weather: 'confirmed' is empty (write something, or take the line out)"),
    (RECOMMENDATIONS, "title: Train every warden", f"title: {'x' * 121}",
     "LINE: recommendation 1: 'title' has 121 characters (the most is 120: shorten it)"),
    (RECOMMENDATIONS, "note: Work began.", f"note: {'x' * 5001}",
     "LINE: recommendation 1: 'note' has 5001 characters (the most is 5000: shorten it)"),
    # numbers
    (RECOMMENDATIONS, "- number: 2", "- number: 0", "LINE: recommendation 0: 'number' is 0 (it must be at least 1)"),
    (RECOMMENDATIONS, "- number: 2", "- number: -2", "LINE: recommendation -2: 'number' is -2 (it must be at least 1)"),
    (RECOMMENDATIONS, "- number: 2", "- number: 10000",
     "LINE: recommendation 10000: 'number' is 10000 (it must be at most 9999)"),
    (RECOMMENDATIONS, "- number: 2", "- number: two",
     "LINE: recommendation two: 'number' is not a whole number: 'two' (write digits only)"),
    (RECOMMENDATIONS, "- number: 2", f"- number: {'9' * 5000}",
     f"LINE: record 2: 'number' is not a whole number: '{'9' * 57}…' (write digits only)"),
    (RECOMMENDATIONS, "- number: 2", "- {}",
     "LINE: record 2: 'number' is missing (add it: the inquiry's own number. It is also the page's address, for ever)"),
    (RECOMMENDATIONS, "related: [2]", "related: [2, three]",
     "LINE: recommendation 1: 'related' is not a whole number: 'three' (write digits only)"),
    # dates
    (RECOMMENDATIONS, "date: 2024-02", "date: 2024-02-30",
     "LINE: recommendation 1: 'date' is not a date: '2024-02-30' (that month ends on 2024-02-29)"),
    (RECOMMENDATIONS, "date: 2024-02", "date: 2 February 2024",
     f"LINE: recommendation 1: 'date' is not a date: '2 February 2024' ({FORM})"),
    (RECOMMENDATIONS, "date: 2024-02", "date: 2024-13",
     f"LINE: recommendation 1: 'date' is not a date: '2024-13' ({FORM})"),
    (RECOMMENDATIONS, "date: 2024-02", 'date: "2024\\n\\n02"',
     f"LINE: recommendation 1: 'date' is not a date: '2024 02' ({FORM})"),
    (RECOMMENDATIONS, "date: 2024-02", "date: [2024-02]", f"LINE: recommendation 1: 'date' is not a date ({FORM})"),
    (RECOMMENDATIONS, "date: 2024-02", "date:",
     "LINE: recommendation 1: 'date' is empty (write something)"),
    ("register.yml", "starts: 04-01", "starts: 4 April",
     "LINE: register: 'reporting_year_starts' is not of the right form: '4 April' (month and day, like 04-01)"),
    # words and ids
    (RECOMMENDATIONS, "response: applies", "response: Applies!",
     "LINE: recommendation 1: unknown response 'Applies!' (did you mean 'applies'? one of: applies, in-part, not-ours)"),
    ("links.yml", "- id: plan", "- id: The plan",
     "LINE: The plan: 'id' is not of the right form: 'The plan' (small letters, digits and single hyphens, like get-safe)"),
    ("contacts.yml", "use: check", "use: chek",
     "LINE: night-line: unknown use 'chek' (did you mean 'check'? one of: ok, check)"),
    ("register.yml", "needs: [evidence]", "needs: [evidance]",
     "LINE: register: unknown needs 'evidance' (did you mean 'evidence'? one of: evidence, reason, due, recheck)"),
    ("register.yml", "decides: true", "decides: maybe",
     "LINE: register: 'decides' is neither true nor false: 'maybe' (write true, or take the line out)"),
    # what must not be published
    (RECOMMENDATIONS, "note: Work began.", "note: Ask jo.bloggs@gov.uk first.",
     "LINE: recommendation 1: 'note' holds an email address: 'jo.bloggs@gov.uk' (take it out; a service's own address belongs in data/contacts.yml)"),
    (RECOMMENDATIONS, "note: Work began.", "note: See https://www.gov.uk/x for more.",
     "LINE: recommendation 1: 'note' holds a web address: 'https://www.gov.uk/x' (say it in words, and add the page's id from data/links.yml to 'evidence')"),
    (RECOMMENDATIONS, "note: Work began.", "note: =1+1 is what it says.",
     "LINE: recommendation 1: 'note' begins with '=', which a spreadsheet takes for the beginning of a formula (begin with a word, such as the words that lead to it)"),
    (RECOMMENDATIONS, "title: Train every warden", "title: See www.gov.uk/x",
     "LINE: recommendation 1: 'title' holds a web address: 'www.gov.uk/x' (say in words which page it is; an address belongs in data/links.yml)"),
    *[
        (RECOMMENDATIONS, "note: Work began.", f"note: Work {mark}began.",
         "LINE: recommendation 1: 'note' holds an invisible mark that turns the reading direction (type the text again without it)")
        for mark in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    ],
    *[
        ("links.yml", "candidate: https://www.gov.uk/plan", f"candidate: '{placeholder}'",
         f"LINE: plan: 'candidate' is a placeholder, not an address: '{placeholder}' (put the real address in, or take the line out)")
        for placeholder in ("#", "javascript:void(0)", "https://example.org", "http://www.example.com/page")
    ],
    *[
        ("links.yml", "candidate: https://www.gov.uk/plan", f"candidate: {wrong}",
         f"LINE: plan: 'candidate' is not a web address: '{wrong}' (write it like https://www.gov.uk/page)")
        for wrong in ("www.gov.uk", "ftp://www.gov.uk", "https://www.gov.uk/a b", "//www.gov.uk")
    ],
    *[
        ("links.yml", "url: https://www.gov.uk/minutes", f"url: {wrong}",
         f"LINE: minutes: 'url' is no public address: '{wrong}' (write the address at which everybody can open the page)")
        for wrong in ("http://127.0.0.1/", "https://localhost", "http://LOCALHOST:8000/x", "https://10.1.2.3/minutes",
                      "http://192.168.0.1", "https://0x7f.1/", "http://2130706433/", "https://files.intranet.local/minutes",
                      "http://169.254.169.254/latest")
    ],
    ("contacts.yml", "number: 0800 1111", "number: 0800-1111",
     "LINE: helpline: 'number' is not a telephone number: '0800-1111' (digits in groups, like 0800 1111)"),
    ("contacts.yml", "hours: Not known", "hours: Not known\n  email: nobody",
     "LINE+1: night-line: 'email' is not of the right form: 'nobody' (an email address)"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "message"), SLIPS)
def test_one_slip_gives_one_exact_message(small: Project, name: str, old: str, new: str, message: str) -> None:
    line = small.edit(f"data/{name}", old, new)
    offset, rest = message.removeprefix("LINE").split(":", 1)
    assert problems_of(small) == [f"data/{name}:{line + int(offset or 0)}:{rest}"]


# For each sort of mistake a line that makes it, and the permanent word by which programs know it.
SORTS = [
    (RECOMMENDATIONS, "note: Work began.", "note:", "empty"),
    ("topics.yml", "sources: [report]", "sources: []", "empty"),
    (RECOMMENDATIONS, "      note: Work began.\n", "", "missing-field"),
    (RECOMMENDATIONS, "- number: 2", "- number: 2\n  titel: x", "unknown-field"),
    (RECOMMENDATIONS, "  audiences: [schools]", "  audiences: [schools]\n  note: Lost.", "misplaced-field"),
    ("contacts.yml", "{by: Register editor, on: 2026-02}", "{by: Editor, who rang them, on: 2026-02}", "comma"),
    ("contacts.yml", "use: check", "use: chek", "unknown-word"),
    (RECOMMENDATIONS, "note: Work began.", "note: [Work, began]", "wrong-shape"),
    (RECOMMENDATIONS, "evidence: [minutes]", "evidence: minutes", "wrong-shape"),
    (RECOMMENDATIONS, "- number: 2", "- number: 2\n  updates:\n    date: 2026", "wrong-shape"),
    ("links.yml", "confirmed: {by: Register editor, on: 2024-01-07}", "confirmed: yes", "wrong-shape"),
    (RECOMMENDATIONS, "- number: 2", "- 2", "wrong-shape"),
    (RECOMMENDATIONS, "date: 2024-02", "date: 2024-02-30", "date"),
    (RECOMMENDATIONS, "title: Train every warden", f"title: {'x' * 121}", "too-long"),
    (RECOMMENDATIONS, "- number: 2", "- number: two", "whole-number"),
    (RECOMMENDATIONS, "- number: 2", f"- number: {'9' * 5000}", "whole-number"),
    (RECOMMENDATIONS, "- number: 2", "- number: 0", "out-of-range"),
    ("register.yml", "decides: true", "decides: maybe", "true-or-false"),
    ("links.yml", "- id: plan", "- id: The plan", "wrong-form"),
    (RECOMMENDATIONS, "note: Work began.", "note: Ask jo.bloggs@gov.uk first.", "not-in-text"),
    (RECOMMENDATIONS, "note: Work began.", "note: Work \u202ebegan.", "reading-direction"),
    (RECOMMENDATIONS, "note: Work began.", "note: +44 is how it begins.", "formula"),
    ("links.yml", "candidate: https://www.gov.uk/plan", "candidate: '#'", "placeholder"),
    ("links.yml", "candidate: https://www.gov.uk/plan", "candidate: gov", "web-address"),
    ("contacts.yml", "number: 0800 1111", "number: 0800-1111", "telephone"),
]


@pytest.mark.parametrize(("name", "old", "new", "kind"), SORTS)
def test_each_sort_of_mistake_has_a_permanent_word(small: Project, name: str, old: str, new: str, kind: str) -> None:
    small.edit(f"data/{name}", old, new)
    with pytest.raises(ProblemsFound) as found:
        load(small.folder / "data", TODAY)
    assert {problem.kind for problem in found.value.problems} == {kind}


# What a word processor, a merge or another format leaves behind.
LEFT_BEHIND = [
    (
        RECOMMENDATIONS,
        "note: Work began.",
        "note: Work began. See item #4, and plan # 2.",
        "LINE: what follows 'Work began. See item' would be lost: ' #' begins a comment (put the whole text in double quotes; two spaces before # if it is a note to editors)",
    ),
    (
        RECOMMENDATIONS,
        "note: Work began.",
        "note:\u00a0Work began.",
        "LINE: an invisible space from a word processor stands on this line (delete it and type a space)",
    ),
    (
        RECOMMENDATIONS,
        "note: Work began.",
        "note: \u201cUpdate: work began.\u201d",
        'LINE: curly quotes do not count as quotes (type straight ones: ")',
    ),
    (
        RECOMMENDATIONS,
        "    - date: 2024-11-20",
        "    \u2013 date: 2024-11-20",
        "LINE: a long dash begins this line (type '-')",
    ),
    (
        RECOMMENDATIONS,
        "- number: 2\n",
        "<<<<<<< HEAD\n- number: 2\n",
        "LINE: two people's changes met here (ask for help; do not delete lines)",
    ),
    (
        RECOMMENDATIONS,
        "      note: Work began.",
        '      "note": "Work began.",',
        "LINE: commas and curly brackets are not used here (write one 'name: text' a line)",
    ),
    (
        RECOMMENDATIONS,
        "note: Work began.",
        "note: [Draft] Work began.",
        "LINE: text that begins with '[' must stand in double quotes (put one at its beginning and one at its end)",
    ),
    (
        RECOMMENDATIONS,
        "note: Work began.",
        'note: "Work" began.',
        "LINE: text that begins with a quoted part must stand in single quotes (put one at its beginning and one at its end)",
    ),
    (
        RECOMMENDATIONS,
        "response: applies",
        "response: \u201cApplies\u201d",
        "LINE: recommendation 1: unknown response '\u201cApplies\u201d' (did you mean 'applies'? one of: applies, in-part, not-ours)",
    ),
    (
        RECOMMENDATIONS,
        "response: applies",
        "response: done",
        "LINE: recommendation 1: unknown response 'done' ('done' is a progress word: write 'progress: done')",
    ),
    (
        RECOMMENDATIONS,
        "theme: training",
        "theme: trainin",
        "LINE: recommendation 1: unknown theme 'trainin' (did you mean 'training'? one of: training)",
    ),
    (
        RECOMMENDATIONS,
        "evidence: [minutes]",
        "evidence: [minutes-2027-03]",
        "LINE: recommendation 1: unknown link 'minutes-2027-03' (add it to data/links.yml first)",
    ),
    (
        RECOMMENDATIONS,
        "evidence: [minutes]",
        'evidence: ["https://www.gov.uk/minutes"]',
        "LINE: recommendation 1: unknown link 'https://www.gov.uk/minutes' "
        "(name an id here, not an address; the address belongs in data/links.yml)",
    ),
    (
        RECOMMENDATIONS,
        "      voice: scrutineer",
        "      Voice: scrutineer",
        "LINE: recommendation 1: unknown field 'Voice' (did you mean 'voice'? one of: date, recorded, voice, note, response, progress, "
        "reason, evidence, due, recheck, lead, meaning, done_when, related, ends, edited, withdrawn)",
    ),
    (
        RECOMMENDATIONS,
        "  audiences: [schools]",
        "  audiences: [schools]\n  note: Lost.",
        "LINE+1: recommendation 1: 'note' belongs to an update (move it right, under the update's 'date')",
    ),
    (
        "contacts.yml",
        "{by: Register editor, on: 2026-02}",
        "{by: Editor, who rang them, on: 2026-02}",
        "LINE: helpline: 'by' ends at a comma: 'Editor' (put the whole text in double quotes: by: \"Editor, who rang them\")",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), LEFT_BEHIND)
def test_what_other_programs_leave_behind_is_reported_with_its_repair(
    small: Project, name: str, old: str, new: str, message: str
) -> None:
    line = small.edit(f"data/{name}", old, new)
    offset, rest = message.removeprefix("LINE").split(":", 1)
    assert problems_of(small) == [f"data/{name}:{line + int(offset or 0)}:{rest}"]


def test_updates_without_a_dash_are_reported_where_the_dash_belongs(small: Project) -> None:
    line = small.edit(
        f"data/{RECOMMENDATIONS}", "- number: 2\n", "- number: 2\n  updates:\n    date: 2026\n    note: x\n"
    )
    assert problems_of(small) == [
        f"data/{RECOMMENDATIONS}:{line + 2}: recommendation 2: 'updates' must be a list (put '- ' before 'date' here)"
    ]


def test_values_that_yaml_guesses_at_stay_the_text_that_was_typed(small: Project) -> None:
    for guess in ("no", "10:00", "0123456", "1e3", "2026-02-30", "0x1F", "<<", ".inf"):
        shutil.copytree(SMALL, small.folder, dirs_exist_ok=True)
        small.edit(f"data/{RECOMMENDATIONS}", "note: Work began.", f"note: {guess}")
        assert load(small.folder / "data", TODAY).recommendations[0].updates[0].note == guess


AWKWARD = [
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "{% for x in y %}",
    "# no heading",
    "مَن يتكلم العربية",
    "Zażółć gęślą jaźń, Llŷr Môn",
    "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁷󠁬󠁳󠁿",
    "&amp; <b> ]]> -->",
    "a\u00a0b\u200fc",
]


@pytest.mark.parametrize("text", AWKWARD)
def test_awkward_text_is_kept_as_it_was_typed(small: Project, text: str) -> None:
    small.edit(f"data/{RECOMMENDATIONS}", "note: Work began.", f"note: '{text}'")
    assert load(small.folder / "data", TODAY).recommendations[0].updates[0].note == text


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_lines_are_counted_as_an_editor_counts_them(small: Project, sign: str) -> None:
    """YAML takes these signs for the end of a line; no editor shows one."""
    small.edit(f"data/{RECOMMENDATIONS}", "note: Work began.", f"note: Work{sign}began.")
    assert load(small.folder / "data", TODAY).recommendations[0].updates[0].note == "Work began."
    line = small.edit(f"data/{RECOMMENDATIONS}", "      note: It takes longer.\n", "      nite: It takes longer.\n")
    [message] = problems_of(small)
    assert message.startswith(f"data/{RECOMMENDATIONS}:{line}: recommendation 1: unknown field 'nite' ")


# ── several at once ────────────────────────────────────────────────────────────────────────────


def break_in_many_places(project: Project) -> list[str]:
    """Break a small register in six places of four files; return what must be said, in order."""
    project.edit(f"data/{RECOMMENDATIONS}", "theme: training", "theme: trainning")
    project.edit(f"data/{RECOMMENDATIONS}", "date: 2025-06-01", "date: 2025-06-31")
    project.edit(f"data/{RECOMMENDATIONS}", "voice: scrutineer", "voice: scrutiner")
    project.edit(f"data/{RECOMMENDATIONS}", "- number: 3\n", "")
    project.edit("data/links.yml", "candidate: https://www.gov.uk/plan", "candidate: https://example.org")
    project.write("data/timeline.yml", "- date: 2020\n\tplace: x\n")
    (project.folder / "data" / "topics.yml").unlink()
    return [
        "data/links.yml:28: plan: 'candidate' is a placeholder, not an address: 'https://example.org' (put the real address in, or take the line out)",
        "data/recommendations.yml:9: recommendation 1: unknown theme 'trainning' (did you mean 'training'? one of: training)",
        "data/recommendations.yml:27: recommendation 1: 'date' is not a date: '2025-06-31' (that month ends on 2025-06-30)",
        "data/recommendations.yml:36: recommendation 1: unknown voice 'scrutiner' (did you mean 'scrutineer'? one of: partnership, scrutineer)",
        "data/recommendations.yml:41: recommendation 4: comes after 2: number 3 is missing",
        "data/timeline.yml:2: a tab is used to indent this line (use spaces)",
        "data/topics.yml:1: the file is missing (put it back)",
        "7 problems in 4 files; the site was not changed",
    ]


def test_all_problems_are_reported_in_one_run_by_file_and_line_with_their_count_last(small: Project) -> None:
    expected = break_in_many_places(small)
    with pytest.raises(ProblemsFound) as found:
        load(small.folder / "data", TODAY)
    assert str(found.value).split("\n") == expected


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("links.yml", "  confirmed: {by: Register editor, on: 2024-01-07}", "  confirmd: {by: x, on: 2024}"),
        ("links.yml", "  note: Its address is not known.", "  nite: Its address is not known."),
        (RECOMMENDATIONS, "evidence: [minutes]", "evidance: [minutes]"),
        (RECOMMENDATIONS, "evidence: [minutes]", "evidence: [The minutes]"),
        (RECOMMENDATIONS, "reason: Fewer trainers than thought.", "reason:"),
        (RECOMMENDATIONS, "  summary:\n", "  summry:\n"),
        ("register.yml", "bodies:", "bodys:"),
        ("register.yml", "- id: in-part", "- id: In Part"),
        ("register.yml", "- id: scrutineer\n", "- id: scrutineer\n    nmae: x\n"),
        ("contacts.yml", "  unconfirmed: It is not rung to test it.", "  unconfirmed:"),
    ],
)
def test_one_mistake_is_not_reported_again_by_the_rules_that_miss_what_it_spoiled(
    small: Project, name: str, old: str, new: str
) -> None:
    line = small.edit(f"data/{name}", old, new)
    problems = problems_of(small)
    assert len({re.match(r"[^:]+:\d+", problem)[0] for problem in problems if "is missing" not in problem}) == 1
    assert all(problem.startswith(f"data/{name}:") for problem in problems)
    assert any(re.match(rf"data/{name}:({line}|{line + 1}):", problem) for problem in problems)


# ── attacks on memory and time ─────────────────────────────────────────────────────────────────

MEASURE = """
import datetime, resource, sys, time
from pathlib import Path
from register.load.loader import load
from register.problems import ProblemsFound
before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
try:
    load(Path(sys.argv[1]), datetime.date(2026, 3, 31))
except ProblemsFound as found:
    print(found.problems[0])
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024, time.process_time() - begun)
"""

BOMB = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (BOMB, "1: '&' and '*' names are not read here (write the text out, or put it in quotes)"),
        ("- number: 1\n" * 1_700_000, "1: the file has 20 million bytes (the most is 8 million)"),
        ("- " + "[" * 7_900_000, "1: too many levels inside one another (check the indentation and the brackets)"),
    ],
    ids=["aliases", "twenty megabytes", "brackets"],
)
def test_a_file_made_to_exhaust_the_machine_is_refused_quickly_and_with_little_memory(
    small: Project, content: str, message: str
) -> None:
    small.write(f"data/{RECOMMENDATIONS}", content)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, str(small.folder / "data")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    said, measured = done.stdout.splitlines()
    assert said == f"data/{RECOMMENDATIONS}:{message}"
    megabytes, seconds = map(float, measured.split())
    assert megabytes < 150
    assert seconds < 5


# ── the commands ───────────────────────────────────────────────────────────────────────────────


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.full_build
def test_check_site_and_mkdocs_say_the_same_and_leave_the_last_good_site_alone(
    built_sample: Path, tmp_path: Path
) -> None:
    shutil.copytree(built_sample.parent, tmp_path / "project")
    project = Project(tmp_path / "project")
    shutil.copytree(SMALL / "data", project.folder / "data", dirs_exist_ok=True)
    expected = break_in_many_places(project)
    before = contents(project.folder)

    for command in ("check", "site"):
        done = project.run(command)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.splitlines() == expected

    mkdocs = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--site-dir", str(tmp_path / "elsewhere")],
        cwd=project.folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": SAMPLE_DAY},
        capture_output=True,
        text=True,
        check=False,
    )
    assert mkdocs.returncode == 1
    assert "\n".join(expected) in mkdocs.stderr
    assert "Traceback" not in mkdocs.stderr

    after = contents(project.folder)
    assert {name: after[name] for name in before} == before
    assert not list(project.folder.glob(".build*"))


def test_a_folder_that_is_no_project_is_reported_without_a_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "register", "--project", str(tmp_path), "check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        *sorted(f"data/{data_file.name}:1: the file is missing (put it back)" for data_file in NEEDED),
        "docs:1: the folder is missing (put the folder with the pages back)",
        "mkdocs.yml:1: the file is missing (put it back)",
        f"{len(NEEDED) + 2} problems in {len(NEEDED) + 2} files; the site was not changed",
    ]


# ── anything at all ────────────────────────────────────────────────────────────────────────────

PYTHON_WORDS = re.compile(
    r"Traceback|NoneType|\bNone\b|Error\b|Exception|object at 0x|<class|pydantic|ValidationError|"
    r"\bdict\b|\bstr\b|\bint\b|valid (string|integer|list|dictionary)|Input should|tuple|Fields\(|Items\("
)
TYPED = st.text(
    st.characters(exclude_categories=["Cs"]) | st.sampled_from("-:'\"{}[]#&*!|>%@`?,~ \n\t\r\\"), max_size=60
)
# Names and values that the model knows, so that the search gets past the first door.
NAMES = st.sampled_from(
    [
        "id",
        "number",
        "title",
        "summary",
        "wording",
        "text",
        "checked",
        "by",
        "on",
        "updates",
        "date",
        "voice",
        "note",
        "response",
        "progress",
        "evidence",
        "due",
        "recheck",
        "related",
        "addressed_to",
        "url",
        "candidate",
        "confirmed",
        "sources",
        "use",
        "total",
        "partnership",
        "responses",
        "needs",
        "step",
    ]
)
VALUES = st.sampled_from(
    [
        "1",
        "2",
        "5",
        "0",
        "-1",
        "1.0",
        "9999",
        "report",
        "minutes",
        "applies",
        "done",
        "partnership",
        "2024",
        "2024-02",
        "2024-02-30",
        "2030-01-01",
        "ok",
        "check",
        "true",
        "https://www.gov.uk/x",
        "https://example.org",
        "jo@gov.uk",
        "\u202e",
    ]
)
SCALARS = VALUES | TYPED
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES | TYPED, inner, max_size=6),
    max_leaves=25,
)


def as_yaml(tree: object) -> str:
    """A tree of lists, dictionaries and text as YAML in one line, every text in double quotes."""
    if isinstance(tree, list):
        return f"[{', '.join(map(as_yaml, tree))}]"
    if isinstance(tree, dict):
        return f"{{{', '.join(f'? {as_yaml(key)} : {as_yaml(value)}' for key, value in tree.items())}}}"
    return '"' + "".join(sign if sign.isalnum() and sign.isascii() else f"\\U{ord(sign):08x}" for sign in tree) + '"'


def loads_or_is_reported(folder: Path, name: str, content: bytes) -> None:
    """Load the small register with one file replaced; anything but a register or good messages fails."""
    path = folder / "data" / name
    good = path.read_bytes()
    path.write_bytes(content)
    try:
        load(folder / "data", TODAY)
    except ProblemsFound as found:
        assert found.problems
        for problem in found.problems:
            assert problem.path in {f"data/{data_file.name}" for data_file in FILES}
            assert problem.line >= 1
            assert re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", problem.kind), problem
            said = str(problem)
            assert said.isprintable()
            assert len(said) < 1000
            typed = problem.message.split("'")
            assert not PYTHON_WORDS.search(" ".join(typed[::2])), said
    finally:
        path.write_bytes(good)


FUZZ = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
NAMED = st.sampled_from([data_file.name for data_file in FILES])


@FUZZ
@given(name=NAMED, content=st.binary(max_size=80))
def test_any_bytes_are_a_register_or_are_reported_in_plain_words(small: Project, name: str, content: bytes) -> None:
    loads_or_is_reported(small.folder, name, content)


@FUZZ
@given(name=NAMED, content=TYPED)
def test_any_text_is_a_register_or_is_reported_in_plain_words(small: Project, name: str, content: str) -> None:
    loads_or_is_reported(small.folder, name, content.encode())


@FUZZ
@given(name=NAMED, tree=st.lists(st.dictionaries(NAMES, TREES, max_size=8), max_size=4) | TREES)
def test_any_structure_is_a_register_or_is_reported_in_plain_words(small: Project, name: str, tree: object) -> None:
    loads_or_is_reported(small.folder, name, as_yaml(tree).encode())


@FUZZ
@given(name=NAMED, data=st.data())
def test_a_good_file_with_any_line_changed_is_a_register_or_is_reported(
    small: Project, name: str, data: st.DataObject
) -> None:
    lines = (SMALL / "data" / name).read_text().split("\n")
    place = data.draw(st.integers(0, len(lines) - 1))
    key, colon, _ = lines[place].partition(":")
    lines[place] = data.draw(
        TYPED | SCALARS.map(lambda value: f"{key}{colon} {value}") | TREES.map(lambda tree: f"{key}: {as_yaml(tree)}")
    )
    loads_or_is_reported(small.folder, name, "\n".join(lines).encode())


def test_the_sample_is_right_on_a_day_long_after_it_was_written(content: Project) -> None:
    """2040: what an adopter copies from it builds whenever that is."""
    done = content.run_here("check", SOURCE_DATE_EPOCH="2208988800")
    assert (done.returncode, done.stderr) == (0, "")
    assert "was last confirmed" in done.stdout
