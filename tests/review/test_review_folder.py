"""What a reviewer is given: words, and pictures of the pages before and after, that open without building anything."""

import json
import re
import struct
import subprocess
from pathlib import Path

import pytest

from projects import Project, git

pytestmark = [pytest.mark.browser, pytest.mark.full_build]


def begun(project: Project) -> Project:
    """A project in a repository, on a branch of its own beside 'main'."""
    git(project.folder, "init", "--initial-branch", "main")
    (project.folder / ".gitignore").write_text("/site*/\n/review-page/\n")
    git(project.folder, "add", ".")
    git(project.folder, "commit", "--message", "Begin")
    git(project.folder, "checkout", "-b", "change")
    return project


def size(picture: Path) -> tuple[int, int]:
    """Width and height of a PNG (RFC 2083, 4.1.1)."""
    return struct.unpack(">II", picture.read_bytes()[16:24])


def test_the_pages_that_changed_are_shown_before_and_after_on_a_phone_and_wide(project: Project) -> None:
    begun(project)
    project.edit("docs/help.md", "It is the only real number on this site.", "No other number here is real.")
    done = project.run("review-page", "main")
    assert (done.returncode, done.stderr) == (0, "")
    folder = project.folder / "review-page"
    assert done.stdout.endswith(
        "Look at these first\n"
        "  Get help now\n"
        "    - “It is the only real number on this site.” becomes “No other number here is real.”\n"
        "    - Make sure: it is what people in need should read.\n"
        "\n"
        "Written: review-page/index.html\n"
    )
    page = (folder / "index.html").read_text()
    assert re.findall(r"<figcaption>(.*?)</figcaption>", page) == [
        "Before, on a phone", "After, on a phone", "Before, on a wide screen", "After, on a wide screen",
    ]  # fmt: skip
    shown = re.findall(r'<img src="(pictures/[^"]+)" alt="Get help now, [^"]+"', page)
    assert sorted(folder / name for name in shown) == sorted((folder / "pictures").iterdir())
    assert [size(folder / name)[0] for name in shown] == [360, 360, 1280, 1280]
    before, after = ((folder / name).read_bytes() for name in shown[:2])
    assert before != after
    assert (folder / "site" / "help" / "index.html").is_file()
    assert json.loads((folder / "review.json").read_text())["since"] == "main"
    assert (folder / "summary.md").read_text().startswith("## What this change does, compared with main\n")


def test_a_change_that_cannot_be_published_is_said_to_be_one_and_keeps_the_last_site(project: Project) -> None:
    begun(project)
    (project.folder / "site").mkdir()
    (project.folder / "site" / "kept").write_text("")
    line = project.edit("data/recommendations.yml", "date: 2022-11-08", "date: 2022-13-08")
    done = project.run("review-page", "main")
    assert done.returncode == 0
    assert "Not ready to be published: 1 problem\n" in done.stdout
    assert f"  - data/recommendations.yml:{line}: recommendation 1: 'date' is not a date: '2022-13-08'" in done.stdout
    page = (project.folder / "review-page" / "index.html").read_text()
    assert "There are no pictures: the site was not built." in page
    assert (project.folder / "site" / "kept").exists()


def test_where_the_earlier_site_cannot_be_built_the_words_are_there_and_say_so(project: Project) -> None:
    good = (project.folder / "docs" / "about.md").read_text()
    project.write("docs/about.md", "No page.\n")
    begun(project)
    project.write("docs/about.md", good)
    done = project.run("review-page", "main")
    assert done.returncode == 0, done.stderr
    page = (project.folder / "review-page" / "index.html").read_text()
    assert "There are no pictures: the site could not be built as it was before." in page
    assert not (project.folder / "review-page" / "pictures").exists()


def test_without_a_browser_the_words_are_written_all_the_same(project: Project) -> None:
    begun(project)
    project.edit("docs/help.md", "It is the only real number on this site.", "No other number here is real.")
    git_path = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout.strip()
    tools = project.folder / "bin"
    tools.mkdir()
    (tools / "git").symlink_to(git_path)
    done = project.run("review-page", "main", PATH=str(tools))
    assert (done.returncode, done.stderr) == (
        2, "no Chromium or Chrome was found (install one, or name it: BROWSER_PATH=/path/to/chromium)\n",
    )  # fmt: skip
    assert "No other number here is real" in (project.folder / "review-page" / "summary.md").read_text()


def test_an_earlier_review_is_replaced(project: Project) -> None:
    begun(project)
    project.edit("docs/help.md", "It is the only real number on this site.", "No other number here is real.")
    project.run("review-page", "main")
    git(project.folder, "checkout", "docs/help.md")
    done = project.run("review-page", "main")
    assert "Nothing that readers see is different." in done.stdout
    assert not (project.folder / "review-page" / "pictures").exists()
