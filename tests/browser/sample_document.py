"""Makes the sample's own PDF with Chromium: tagged, with a title and a language, and nothing about who made it.

Run by hand when its words change: ``python tests/browser/sample_document.py``. Each run writes another date into the file.
"""

from pathlib import Path

from playwright.sync_api import sync_playwright
from pypdf import PdfReader, PdfWriter

from visits import FLAGS, find_browser

DOCUMENT = Path(__file__).resolve().parent.parent / "sample" / "docs" / "files" / "learning-plan-2026.pdf"
PAGE = """<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Learning plan of Exampleshire for 2026 (fictional)</title></head>
<body>
<h1>Learning plan of Exampleshire for 2026</h1>
<p>This plan is made up, for tests only. No such place or partnership exists.</p>
<h2>What is planned</h2>
<ul><li>Two courses for new staff</li><li>One course for taxi drivers</li></ul>
</body></html>
"""


def main() -> None:
    """Print the page to PDF and leave only the title in its properties."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        page = browser.new_page()
        page.set_content(PAGE)
        page.pdf(path=DOCUMENT, tagged=True, outline=True)
        browser.close()
    writer = PdfWriter(clone_from=PdfReader(DOCUMENT))
    title = writer.metadata.title if writer.metadata else None
    writer.metadata = {"/Title": title}
    writer.write(DOCUMENT)


if __name__ == "__main__":
    main()
