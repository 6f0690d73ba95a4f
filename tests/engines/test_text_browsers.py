"""Three text browsers, lynx, w3m and links2, show the built pages: in what order their words come, and what is said twice.

They know neither styles nor scripts, and show what is ``hidden``: so they tell what is left of a page that has only its HTML.
"""

import itertools
import os
import subprocess
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

# How each shows a page in so many columns as plain text, in UTF-8.
COMMANDS = {
    "lynx": "lynx -dump -nolist -width={columns} -assume_charset=utf-8 -display_charset=utf-8 {page}",
    "w3m": "w3m -dump -cols {columns} -I UTF-8 -O UTF-8 {page}",
    "links2": "links2 -dump -width {columns} -codepage utf-8 {page}",
}
HOME, LIST, RECORD, HELP = "index.html", "recommendations/index.html", "recommendations/3/index.html", "help/index.html"

LINES = [
    "Get help now",
    "Police, emergency", "999", "Anyone in immediate danger.", "Any time",
    "Worried about a child in Exampleshire",
    "By day: Exampleshire Front Door (fictional)", "01632 960 001", "Monday to Friday, 9am to 5pm.",
    "At night and weekends: Exampleshire Night Team (fictional)", "01632 960 002", "Weekday evenings and nights. All day at weekends.",
    "Sample Line (fictional)", "0808 157 0001", "Children and young people under 19.", "24 hours",
    "More ways to get help",
]  # fmt: skip
HELP_FIRST = [
    "Get help now", "In danger now?", "Call 999", "Who are you?", "A young person", "Worried about a child",
    "A young person", "Sample Line (fictional)", "0808 157 0001", "24 hours. Free. It does not show on the bill.",
    "Worried about a child", "Exampleshire Front Door (fictional)", "01632 960 001",
    "Monday to Friday, 9am to 5pm. The price of a local call. It shows on the bill.",
    "People to talk to", "Exampleshire Front Door (fictional)", "01632 960 001", "Cost: The price of a local call.",
    "Last confirmed 2 March 2026.",
]  # fmt: skip
STATE_THEN_HISTORY = [
    "Recommendation 3 of 14", "Share a worry about a child on the same day", "Response: applies", "Progress: under way, step 3 of 4",
    "exploring", "under way (now)", "done", "What this means in Exampleshire", "What was promised", "By 30 September 2026",
    "How we will know it is done", "Who says what", "In short", "Last update", "24 February 2026", "Promised by", "30 September 2026",
    "What the inquiry said", "It should be tried out before it is relied upon", "Independent Inquiry into Harm at Sampleton, volume 2",
    "What happened", "24 February 2026", "update 10", "12 November 2025", "update 9", "14 October 2022", "update 1 ",
    "Related recommendations", *LINES,
]  # fmt: skip
# A row of the list as it is read: the words of its cells, in one line.
ROWS = [
    ["1: Name one person who answers for children's safety", "applies", "done", "27 June 2025"],
    ["3: Share a worry about a child on the same day", "applies", "views differ", "under way", "24 February 2026"],
    ["7", "under consideration", "exploring", "20 November 2025"],
]


def shown(browser: str, page: Path, folder: Path, columns: int = 80) -> list[str]:
    """The lines that a text browser shows of a page, without those that are empty, each with single spaces.

    The folder is the browser's home, so that nobody's own settings count.
    """
    command = COMMANDS[browser].format(columns=columns, page=page).split()
    done = subprocess.run(command, env={**os.environ, "HOME": str(folder)}, capture_output=True, check=True, timeout=60)
    lines = [" ".join(line.split()) for line in done.stdout.decode().splitlines()]
    return [line.replace("’", "'") for line in lines if line]


def changed(page: Path, old: str, new: str) -> str:
    """The HTML of a page with other text in place of some that it holds."""
    html = page.read_text(encoding="utf-8")
    assert old in html
    return html.replace(old, new)


def missing_from(lines: list[str], wanted: list[str]) -> str | None:
    """The first of some words that does not come after those before it; ``None`` if all come in this order."""
    text, at = " ".join(lines) + " ", 0
    for words in wanted:
        if (found := text.find(words, at)) < 0:
            return words
        at = found + len(words)
    return None


def said_twice(lines: list[str]) -> list[str]:
    """The lines that come twice, one straight after the other."""
    return [above for above, below in itertools.pairwise(lines) if above == below]


@pytest.mark.parametrize("browser", COMMANDS)
@pytest.mark.parametrize(
    ("page", "wanted"), [(HOME, LINES), (LIST, LINES), (RECORD, STATE_THEN_HISTORY), (HELP, HELP_FIRST)]
)
def test_all_comes_in_the_order_in_which_it_is_needed_and_nothing_twice(
    built_sample: Path, tmp_path: Path, browser: str, page: str, wanted: list[str]
) -> None:
    lines = shown(browser, built_sample / page, tmp_path)
    assert missing_from(lines, wanted) is None
    assert said_twice(lines) == []


@pytest.mark.parametrize("browser", COMMANDS)
def test_a_row_of_the_list_is_read_as_one(built_sample: Path, tmp_path: Path, browser: str) -> None:
    lines = shown(browser, built_sample / LIST, tmp_path, columns=300)
    for words in ROWS:
        assert any(missing_from([line], words) is None for line in lines), words


@pytest.mark.parametrize("browser", COMMANDS)
def test_what_works_only_with_scripts_says_so_or_is_not_there(built_sample: Path, tmp_path: Path, browser: str) -> None:
    for page, forms in ((HOME, 2), (LIST, 2), (RECORD, 1)):
        text = " ".join(shown(browser, built_sample / page, tmp_path))
        assert text.count("This works only in a browser that runs scripts.") == forms, page
        for words in ("press Shift", "No results", " found. ", "0 of 14"):
            assert words not in text, page


@pytest.mark.parametrize("browser", COMMANDS)
def test_a_page_made_worse_is_noticed(built_sample: Path, tmp_path: Path, browser: str) -> None:
    record_page, list_page = tmp_path / "record.html", tmp_path / "list.html"
    record_page.write_text(
        changed(built_sample / RECORD, '<h2 id="related">', '<p>Related recommendations</p><h2 id="related">').replace(
            "step 3 of 4", "step 3"
        )
    )
    list_page.write_text(changed(built_sample / LIST, "<span>under way</span>", "<p>under</p><p>way</p>"))
    record = shown(browser, record_page, tmp_path)
    assert missing_from(record, STATE_THEN_HISTORY) == "Progress: under way, step 3 of 4"
    assert said_twice(record) == ["Related recommendations"]
    rows = shown(browser, list_page, tmp_path, columns=300)
    assert not any(missing_from([line], ROWS[1]) is None for line in rows)
