"""One table holds every published address, and nothing else in the project makes one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from projects import ROOT, SAMPLE
from register.site import urls
from register.site.urls import Route
from register.state.snapshot import Snapshot

# The first part of an address of ours, at the beginning of a word: not the name of a source file such as data/links.yml.
ADDRESS = re.compile(
    r"(?<![\w./-])/?(?:(?:recommendations|changes|for|promises|views-differ|help|about|privacy|assets|search|feeds)/"
    r"|data/(?![\w.-]+\.yml)|sitemap\.xml|robots\.txt)"
)
# The table itself, and the names of the source files in data/.
NOT_SEARCHED = {"register/site/urls.py", "register/load/data_files.py"}


def made_from(snapshot: Snapshot) -> dict[str, Route]:
    return {route.path: route for route in urls.routes(snapshot)}


def test_an_address_stands_once_and_every_route_has_an_id_of_its_own(sample: Snapshot) -> None:
    routes = list(urls.routes(sample))
    assert len({route.path for route in routes}) == len(routes)
    assert len({route.id for route in routes}) == len(routes)


def test_the_table_holds_just_what_is_built(sample: Snapshot, built_sample: Path) -> None:
    built = {path.relative_to(built_sample).as_posix() for path in built_sample.rglob("*") if path.is_file()}
    made = {f"{path}index.html" if path.endswith("/") else path for path in made_from(sample)}
    written = {
        path.relative_to(SAMPLE / "docs").as_posix().removesuffix(".md").removesuffix("index").rstrip("/")
        for path in (SAMPLE / "docs").rglob("*.md")
    }
    pages = {f"{name}/index.html".lstrip("/") for name in written}
    theme = {
        path.relative_to(ROOT / "theme").as_posix()
        for path in (ROOT / "theme").rglob("*")
        if path.is_file() and path.suffix != ".html"
    }
    documents = {f"files/{path.name}" for path in (SAMPLE / "docs" / "files").iterdir()}
    theme -= set(urls.PARTS_OF_SEARCH)
    kept = {route.path for route in urls.kept_version(sample.version)}
    assert built == made | pages | theme | documents | kept | set(urls.OWN_FILES)


@pytest.mark.parametrize(
    ("id_", "path", "media"),
    [
        ("recommendation/12", "recommendations/12/", "text/html"),
        ("recommendations_with/response/applies", "recommendations/response/applies/", "text/html"),
        ("recommendations_with/progress/not_published", "recommendations/progress/not_published/", "text/html"),
        ("yearly_report/2024-25", "changes/2024-25/", "text/html"),
        ("audience/police", "for/police/", "text/html"),
        ("promises", "promises/", "text/html"),
        ("views_differ", "views-differ/", "text/html"),
        ("table/recommendations", "data/recommendations.csv", "text/csv"),
        ("table-description/recommendations", "data/recommendations.csv-metadata.json", "application/csvm+json"),
        ("register-document", "data/register.json", "application/json"),
        ("schema", "data/schema.json", "application/schema+json"),
        ("data-package", "data/datapackage.json", "application/json"),
        ("recommendation-document/12", "data/recommendations/12.json", "application/json"),
        ("recommendation-feed/12", "data/feeds/recommendation-12.atom", "application/atom+xml"),
        ("audience-feed/police", "data/feeds/audience-police.atom", "application/atom+xml"),
        ("updates-feed", "data/feeds/updates.atom", "application/atom+xml"),
        ("calendar", "data/calendar.ics", "text/calendar"),
    ],
)
def test_published_addresses_are_what_they_were(sample: Snapshot, id_: str, path: str, media: str) -> None:
    """Each of these is in somebody's feed reader or bookmarks: it may never change."""
    [route] = [route for route in urls.routes(sample) if route.id == id_]
    assert (route.path, route.media) == (path, media)


def test_a_page_names_its_own_other_forms_and_the_feed_of_everything() -> None:
    def named(page: Route | None) -> list[str]:
        return [route.path for route in urls.alternates(page)]

    everything = "data/feeds/updates.atom"
    assert named(None) == [everything]
    assert named(Route("recommendations/7/", "recommendation", (7,))) == [
        "data/feeds/recommendation-7.atom",
        "data/recommendations/7.json",
        everything,
    ]
    assert named(Route("for/police/", "audience", ("police",))) == ["data/feeds/audience-police.atom", everything]
    assert named(Route("changes/2024-25/", "yearly_report", ("2024-25",))) == [everything]


@pytest.mark.parametrize(
    ("route", "title", "text"),
    [
        (urls.UPDATES_FEED, "Everything that has happened", ""),
        (urls.CALENDAR, "Calendar", "When something is promised, looked at again, or due for an update."),
        (urls.RECOMMENDATIONS_TABLE, "Recommendations", "One row for each, with where it stands."),
        (urls.UPDATES_TABLE, "Updates", "Everything that happened or was said about them, with its date."),
        (urls.LINKS_TABLE, "Links", "Every page outside this site that the register names."),
        (urls.CROSSWALK_TABLE, "Words compared", "Our words beside those that others use for the same."),
        (urls.REGISTER_DOCUMENT, "The whole register", "Everything that is published here, in one file."),
        (urls.SCHEMA_DOCUMENT, "JSON Schema", "What each field is."),
        (urls.DATA_PACKAGE, "Data package", "The tables described for Frictionless tools."),
        (urls.table_description(urls.LINKS_TABLE), "Links: CSV on the Web", ""),
        (urls.recommendation_feed(7), "What happened to recommendation 7", ""),
        (urls.recommendation_document(7), "Recommendation 7 as data", ""),
        (urls.audience_feed("police", "Police"), "Police", ""),
        (urls.audience_feed("police"), "What is new for this kind of work", ""),
    ],
    ids=lambda route: route.id if isinstance(route, Route) else "",
)
def test_what_is_offered_for_download_is_called_so(route: Route, title: str, text: str) -> None:
    assert (route.title, route.text) == (title, text)


def test_a_page_is_html_and_has_its_title_from_its_presenter() -> None:
    page = Route("help/", "help")
    assert (page.id, page.of, page.media, page.title, page.text) == ("help", (), "text/html", "", "")


def test_what_is_written_in_docs_and_by_mkdocs_and_the_theme_stands_where_it_stood() -> None:
    assert [urls.HOME, urls.RECOMMENDATIONS, urls.CHANGES, urls.AUDIENCES, urls.HELP, urls.ABOUT, urls.DATA, urls.SAFETY] == [
        "", "recommendations/", "changes/", "for/", "help/", "about/", "data/", "privacy/",
    ]  # fmt: skip
    assert urls.ABOUT_HELP_COMPLETE == "about/#help-complete"
    assert [urls.SEARCH_INDEX, urls.SITEMAP, urls.ROBOTS, urls.HEADERS] == [
        "search/search_index.js", "sitemap.xml", "robots.txt", "_headers",
    ]  # fmt: skip
    assert [urls.LEAVE_SCRIPT, urls.SITE_SCRIPT, urls.SEARCH_SCRIPT, urls.LIST_SCRIPT, urls.STYLES] == [
        "assets/leave.js", "assets/site.js", "assets/search.js", "assets/register.js", "assets/site.css",
    ]  # fmt: skip
    assert [urls.ICON, urls.TOUCH_ICON, urls.SHARE_PICTURE] == [
        "assets/icon.svg",
        "assets/icon.png",
        "assets/share.png",
    ]


def test_the_files_to_take_away_stand_in_the_table_in_this_order(sample: Snapshot) -> None:
    ids = [route.id for route in urls.files(sample)]
    tables = len(urls.TABLES) + len(urls.JOINS)
    assert ids[: tables * 2 : tables] == ["table/recommendations", "table-description/recommendations"]
    assert ids[tables * 2 :][:17] == [
        "register-document",
        "schema",
        "schema/recommendation",
        "schema/addresses",
        "schema/build",
        "data-package",
        "tables-description",
        "catalogue",
        "addresses",
        "build",
        "database",
        "workbook",
        "everything",
        "updates-feed",
        "calendar",
        "recommendation-document/1",
        "recommendation-feed/1",
    ]
    assert ids[-3:] == ["audience-feed/licensing", "audience-feed/voluntary", "audience-feed/taxi-licensing"]
    assert [route.title for route in urls.files(sample)][-2:] == ["Voluntary sector", "Licensing"]


def test_the_pages_made_from_the_register_stand_in_the_table_in_this_order(sample: Snapshot) -> None:
    kinds = [route.shows for route in urls.pages(sample)]
    assert list(dict.fromkeys(kinds)) == [
        "recommendation",
        "recommendations_with",
        "yearly_report",
        "audience",
        "promises",
        "views_differ",
        "moved",
    ]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "recommendation": 14,
        "recommendations_with": 27,
        "yearly_report": 4,
        "audience": 6,
        "promises": 1,
        "views_differ": 1,
        "moved": 2,
    }


# ── nobody else makes an address ───────────────────────────────────────────────────────────────


def texts_in_code(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module with its line, docstrings and sentences left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in prose else None
        if isinstance(text, str) and " " not in text.strip():
            yield node.lineno, text


def texts_in_template(path: Path) -> Iterator[tuple[int, str]]:
    """Every line of a template, its comments blanked."""
    text = re.sub(r"\{#.*?#\}", lambda found: "\n" * found[0].count("\n"), path.read_text("utf-8"), flags=re.DOTALL)
    yield from enumerate(text.split("\n"), 1)


def texts_in_script(path: Path) -> Iterator[tuple[int, str]]:
    """Every line of a script, its comments blanked."""
    text = re.sub(r"/\*.*?\*/", lambda found: "\n" * found[0].count("\n"), path.read_text("utf-8"), flags=re.DOTALL)
    yield from enumerate(text.split("\n"), 1)


def addresses_in(texts: Iterator[tuple[int, str]], name: str) -> list[str]:
    return [f"{name}:{line}: {text.strip()}" for line, text in texts if ADDRESS.search(text)]


def test_no_address_is_made_anywhere_but_in_the_table() -> None:
    found = []
    for path in [*(ROOT / "register").rglob("*.py"), ROOT / "macros.py"]:
        name = path.relative_to(ROOT).as_posix()
        found += [] if name in NOT_SEARCHED else addresses_in(texts_in_code(path), name)
    for folder in ("register", "theme"):
        for path in (ROOT / folder).rglob("*.html"):
            found += addresses_in(texts_in_template(path), path.relative_to(ROOT).as_posix())
    for path in (ROOT / "theme").rglob("*.js"):
        found += addresses_in(texts_in_script(path), path.relative_to(ROOT).as_posix())
    assert found == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.py", 'def f(n):\n    """A page: recommendations/1/."""\n    return f"recommendations/{n}/"\n'),
        ("a.py", '\n\nLINK = "data/links.csv"\n'),
        ("a.html", "{# recommendations/1/ #}\n\n<a href=\"{{ href('help/') }}\">"),
        ("a.js", "/* search/index.json */\n\nfetch(base + 'search/index.json');"),
    ],
)
def test_an_address_made_elsewhere_is_found_on_its_line(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    read = {".py": texts_in_code, ".html": texts_in_template, ".js": texts_in_script}[path.suffix]
    assert [found.split(":")[1] for found in addresses_in(read(path), name)] == ["3"]
