"""A mistake is named by its cause and at its own line, where the place at which reading fails would mislead."""

import pytest
from loading import problems_of

from projects import Project
from register.load.loader import load
from register.problems import ProblemsFound
from registers import TODAY

RECORDS = "recommendations.yml"
CONFIRMED = "confirmed: {by: Register editor, on: 2024-01-07}"
NEVER_CLOSED = "is opened here and never closed (write"
MACRO = (
    "LINE: '{{' stands here: what is in curly brackets works in the text of pages only "
    "(write the words themselves; to lead to a page, add its id to 'evidence' or 'sources')"
)
SPREADSHEET = (
    "LINE: a spreadsheet doubled the quotation marks in this text "
    '(put the text in one pair of them, and write \\" for each within)'
)
NOT_IN_LINE = "LINE: this line does not line up: it begins with 8 spaces (give it as many as the lines it belongs with)"

# File, what stood there, what is typed, the whole message, its permanent word. LINE is where the text stood.
CAUSES = {
    "a group without its end": ("links.yml", CONFIRMED, CONFIRMED[:-1],
        f"LINE: a '{{' {NEVER_CLOSED} '}}' where the group ends, or put the text in double quotes)", "unclosed-bracket"),
    "a list without its end": (RECORDS, "evidence: [minutes]", "evidence: [minutes",
        f"LINE: a '[' {NEVER_CLOSED} ']' where the list ends, or put the text in double quotes)", "unclosed-bracket"),
    "a colon within a group": ("links.yml", CONFIRMED, CONFIRMED.replace("Register ", "Register: "),
        "LINE: text that holds ': ' must stand in double quotes (put one at its beginning and one at its end)", "unquoted"),
    "an update that is not begun": (RECORDS, "    - date: 2024-11-20", "      date: 2024-11-20",
        "LINE: a new update begins here without '- ' (put '- ' before 'date')", "record-not-begun"),
    "a record that is not begun": (RECORDS, "- number: 2", "  number: 2",
        "LINE: a new record begins here without '- ' (put '- ' before 'number')", "record-not-begun"),
    "an update that begins with another field and is not begun": (RECORDS, "    - date: 2024-11-20\n      recorded", "      recorded",
        "LINE: a new update begins here without '- ' (put '- ' before 'recorded')", "record-not-begun"),
    "a name that comes again at once": (RECORDS, "- number: 2", "- number: 2\n  number: 2",
        "LINE+1: 'number' stands twice in one record, first on line 40 (keep one of the two)", "doubled-key"),
    "a text in several lines that is indented too far": (RECORDS, "      note: Work began.", "        note: |-\n          Work began.",
        NOT_IN_LINE, "indentation"),
    "a text with a colon that is indented too far": (RECORDS, "      note: Work began.", "        note: Work: it began.",
        NOT_IN_LINE, "indentation"),
    "a field that becomes part of the text above it": (RECORDS, "note: Work began.", "note: |-\n        Work began.\n        reason: x",
        "LINE+2: recommendation 1: 'reason' stands too far right, and is read as part of 'note' "
        "(give it as many spaces as 'note' has; if it is text, begin the line otherwise)", "swallowed-field"),
    "a needed field that becomes part of the text above it": ("topics.yml", "gist: Wardens should be trained.\n  sources", "gist: >-\n    Wardens.\n    sources",
        "LINE+2: wardens: 'sources' stands too far right, and is read as part of 'gist' "
        "(give it as many spaces as 'gist' has; if it is text, begin the line otherwise)", "swallowed-field"),
    "a web address in a topic": ("topics.yml", "title: ", "title: www.gov.uk/x ",
        "LINE: wardens: 'title' holds a web address: 'www.gov.uk/x' (say it in words, and add the page's id from data/links.yml to 'sources')",
        "not-in-text"),
    "a web address where nothing can be cited": ("contacts.yml", "hours: Not known", "hours: See www.gov.uk/x",
        "LINE: night-line: 'hours' holds a web address: 'www.gov.uk/x' (say in words which page it is; an address belongs in data/links.yml)",
        "not-in-text"),
    "a macro in a text": (RECORDS, "note: Work began.", 'note: See {{ link("minutes") }}.',
        "LINE: recommendation 1: 'note' holds a macro: '{{ link(\"minutes\") }}' "
        "(say it in words, and add the page's id from data/links.yml to 'evidence')", "macro-in-text"),
    "a macro where nothing can be cited": ("contacts.yml", "hours: Not known", "hours: See {{ contacts() }}",
        "LINE: night-line: 'hours' holds a macro: '{{ contacts() }}' (write the words themselves: macros work in pages only)", "macro-in-text"),
    "a macro that is the whole text": (RECORDS, "note: Work began.", 'note: {{ link("minutes") }}', MACRO, "macro-in-text"),
    "a macro at the beginning": (RECORDS, "note: Work began.", 'note: {{ link("minutes") }} says it.', MACRO, "macro-in-text"),
    "a macro in the place of a field": (RECORDS, "note: Work began.", "{{ totals() }}", MACRO, "macro-in-text"),
    "a cell that a spreadsheet quoted": (RECORDS, "note: Work began.", 'note: "The ""work"" began."', SPREADSHEET, "doubled-quotes"),
    "a cell that begins with a quotation": (RECORDS, "note: Work began.", 'note: ""Work"" began.', SPREADSHEET, "doubled-quotes"),
    "a cell that is quoted within": (RECORDS, "note: Work began.", 'note: The ""work"" began.',
        "LINE: recommendation 1: 'note' holds doubled quotation marks, as a spreadsheet writes them (write one in place of two)",
        "doubled-quotes"),
    "a text that commas cut": ("links.yml", CONFIRMED, "confirmed: {by: Policy officer, XSCP, Exampleton, on: 2024-01-07}",
        "LINE: weather: 'by' ends at a comma: 'Policy officer' (put the whole text in double quotes: by: \"Policy officer, XSCP, Exampleton\")",
        "comma"),
    "a text that a comma cuts at the end": ("links.yml", CONFIRMED, "confirmed: {on: 2024-01-07, by: Policy officer, XSCP}",
        "LINE: weather: 'by' ends at a comma: 'Policy officer' (put the whole text in double quotes: by: \"Policy officer, XSCP\")", "comma"),
    "a group that is not indented": ("links.yml", CONFIRMED, "confirmed:\n  by: Register editor",
        "LINE+1: weather: 'by' belongs to 'confirmed' (move it right, under 'confirmed')", "misplaced-field"),
    "a field that is indented too far": ("links.yml", CONFIRMED, "confirmed:\n    by: Editor\n    on: 2024-01-07\n    seen: 2024",
        "LINE+3: weather: 'seen' stands too far right (give it as many spaces as 'confirmed' has)", "misplaced-field"),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "message", "kind"), CAUSES.values(), ids=CAUSES.keys())
def test_a_mistake_is_named_by_its_cause(
    small: Project, name: str, old: str, new: str, message: str, kind: str
) -> None:
    line = small.edit(f"data/{name}", old, new)
    offset, rest = message.removeprefix("LINE").split(":", 1)
    assert problems_of(small) == [f"data/{name}:{line + int(offset or 0)}:{rest}"]
    with pytest.raises(ProblemsFound) as found:
        load(small.folder / "data", TODAY)
    assert {problem.kind for problem in found.value.problems} == {kind}
