"""The local page of a review, opened from the disk in a real browser: its pictures and styles are there, and nothing runs."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from register.transcribe.review_file import ReviewEntry, write_review
from register.transcribe.review_page import write_page
from registers import TODAY


@pytest.fixture
def folder(tmp_path: Path) -> Path:

    Image.new("L", (400, 200), 200).save(tmp_path / "12-v1-p3.png")
    entry = ReviewEntry.model_validate(
        {
            "id": "12-v1-p3", "number": "12", "text": "All should listen:\n\n(a) by day\n(b) <script>alert(1)</script>",
            "page": "147", "confidence": "high", "reasons": ["begins with a heading of its own"],
            "pictures": ["12-v1-p3.png"],
        }
    )  # fmt: skip
    write_review(tmp_path, [entry])
    write_page(tmp_path, [entry], 47, TODAY)
    return tmp_path


def test_the_page_shows_pictures_and_styles_from_the_disk_and_runs_nothing(folder: Path, browser: Browser) -> None:
    page = browser.new_page()
    said = list[str]()
    page.on("console", lambda message: said.append(message.text))
    page.on("dialog", lambda dialog: said.append("a dialog"))
    page.goto((folder / "review.html").as_uri())
    assert page.evaluate("document.querySelector('img').naturalWidth") == 400
    assert page.evaluate("getComputedStyle(document.querySelector('.pair')).display") == "flex"
    assert page.title() == "Review of 47 recommendations"
    assert page.locator("h2").all_inner_texts() == ["Recommendation 12: page 147"]
    assert "<script>alert(1)</script>" in page.locator("blockquote").inner_text()
    assert said == []
    page.close()


def test_the_page_fits_a_narrow_window(folder: Path, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    page.goto((folder / "review.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
