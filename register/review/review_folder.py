"""Writes what a reviewer is given: the words as JSON and Markdown, and a page with pictures before and after."""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from register.checks.earlier_commit import EarlierCommit
from register.links import report as link_report
from register.problems import counted
from register.review.earlier_project import common_commit, unpack
from register.review.picture_page import picture_page
from register.review.pictures import MOST_PAGES, changed_pages, take_pictures
from register.review.reporters import as_json, as_markdown
from register.review.review import Review, check_today, review
from register.site.build import build
from register.site.swap import SITE

_BUILD_SECONDS = 300
_MOST_NAMED = 8  # pages without pictures


def write_review(project: Path, since: str, folder: Path, environment: Mapping[str, str]) -> Review:
    """Write ``review.json``, ``summary.md``, ``index.html``, ``pictures/`` and the built site into a folder; return the words.

    What stood in the folder is replaced. The words are written first, so that they are there if a picture cannot be made.

    Args:
        project: the project's folder, inside a git repository.
        since: a commit, branch or tag, such as ``origin/main``.
        folder: where it goes; a folder that nothing else uses.
        environment: for today's date, and ``BROWSER_PATH``.

    Raises:
        ProblemsFound: git knows no such commit, or the two have nothing in common.
        NoBrowser: there is none to make pictures with.
    """
    commit, today = common_commit(project, since), {**environment, "AS_OF": ""}
    checked = check_today(project, environment)
    held = review(commit, checked, environment)
    for name in ("pictures", SITE):
        shutil.rmtree(folder / name, ignore_errors=True)
    folder.mkdir(exist_ok=True)
    (folder / "review.json").write_text(as_json(held), encoding="utf-8")
    (folder / "summary.md").write_text(f"{as_markdown(held)}\n", encoding="utf-8")
    index = folder / "index.html"
    index.write_text(picture_page(held, [], note="There are no pictures: the site was not built."), encoding="utf-8")
    if checked.problems:
        return held
    site = build(project, checked.good, today)
    shutil.copytree(site, folder / SITE)
    with tempfile.TemporaryDirectory() as temporary:
        earlier = _earlier_site(commit, Path(temporary), today)
        differ = changed_pages(earlier, site, _named(held)) if earlier else []
        pages = (
            take_pictures(earlier, site, differ[:MOST_PAGES], folder / "pictures", environment)
            if earlier and differ
            else []
        )
    note = "" if earlier else "There are no pictures: the site could not be built as it was before."
    index.write_text(picture_page(held, pages, _more(differ[len(pages) :]), note), encoding="utf-8")
    return held


def _earlier_site(commit: EarlierCommit, folder: Path, environment: Mapping[str, str]) -> Path | None:
    """The site as it was, built with the program as it was; None if that fails."""
    unpack(commit, folder, ())
    report = commit.project / link_report.NAME
    if report.is_file():
        shutil.copyfile(report, folder / link_report.NAME)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "register", "site"],
            cwd=folder,
            env=dict(environment),
            capture_output=True,
            check=False,
            timeout=_BUILD_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return None
    return folder / SITE if done.returncode == 0 else None


def _named(held: Review) -> list[str]:
    """The addresses of the pages of which the words speak, those to be looked at first before the others."""
    in_order = sorted(held.differences, key=lambda one: not one.risk)
    return list(dict.fromkeys(one.page for one in in_order if one.page is not None))


def _more(pages: list[tuple[str, str]]) -> str:
    if not pages:
        return ""
    named = ", ".join(title for _, title in pages[:_MOST_NAMED])
    others = f" and {len(pages) - _MOST_NAMED} others" if len(pages) > _MOST_NAMED else ""
    return f"On {counted(len(pages), 'more page')} some words are different: {named}{others}."
