"""Whether a published site is what a commit builds, byte for byte: seen from its folder and over the network."""

import datetime
import functools
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from projects import Project, git, make_project
from register.checks.same_site import PublishedSite, compare_with_built, differences, files_of, settings_of
from register.links.published_site import NotFetched, address
from register.links.report import CheckedLink, LinkReport, write

pytestmark = pytest.mark.full_build
HINT = " (if it was built with a report of the link check, give the same one: LINK_REPORT=link-report.json)"


@pytest.fixture(scope="module")
def committed(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The sample project in a repository, and beside it the site that was built of the same files in another folder."""
    folder = tmp_path_factory.mktemp("committed")
    project = make_project(folder)
    (folder / ".gitignore").write_text("/site*\n__pycache__\n")
    git(folder, "init", "--quiet")
    git(folder, "add", ".")
    git(folder, "commit", "--quiet", "--message", "Begin")
    shutil.copytree(built_sample, folder / "site")
    return project


@pytest.fixture(scope="module")
def commit(committed: Project) -> str:
    """The first letters of the commit's name."""
    return git(committed.folder, "rev-parse", "HEAD").strip()[:12]


@pytest.fixture
def site(committed: Project, tmp_path: Path) -> Path:
    """A copy of the site, to be spoilt."""
    shutil.copytree(committed.folder / "site", tmp_path / "published")
    return tmp_path / "published"


@pytest.fixture
def served(site: Path) -> Iterator[str]:
    """The address under which the site is served on this machine."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing."""


# ── the whole command ──────────────────────────────────────────────────────────────────────────


def test_a_site_that_was_built_elsewhere_is_the_same_byte_for_byte(committed: Project, commit: str) -> None:
    """It is built again in another folder, time zone and language, with other hashes and rights (``register.site.rebuild``)."""
    done = committed.run("verify-site", "site")
    number = len([name for name in files_of(committed.folder / "site") if not name.startswith("data/versions/")])
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"The site is what commit {commit} builds as at 2026-03-31, byte for byte: {number} files.\n"


def test_a_site_that_was_built_for_readers_is_the_same_with_its_compressed_files(
    committed: Project, tmp_path: Path
) -> None:
    folder = tmp_path / "published"
    git(tmp_path, "clone", "--quiet", str(committed.folder), str(folder))
    assert Project(folder).run("site", "--publish").returncode == 0
    assert (folder / "site" / "index.html.br").is_file()
    compared = compare_with_built(folder, str(folder / "site"), "HEAD", None)
    assert (compared.found, "byte for byte" in compared.total) == ([], True)


def test_over_the_network_what_differs_and_what_is_missing_is_named(
    committed: Project, site: Path, served: str, commit: str
) -> None:
    page = site / "about" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("</h1>", "</h1>\n<p>Not ours.</p>", 1), encoding="utf-8")
    line = page.read_text(encoding="utf-8").partition("<p>Not ours.")[0].count("\n") + 1
    (site / "data" / "links.csv").unlink()
    (site / "_redirects").unlink()  # a file for the host, which none serves
    done = committed.run("verify-site", served, http_proxy="", https_proxy="", no_proxy="127.0.0.1")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"about/index.html: is not what the commit builds, from line {line} on\n"
        "data/links.csv: is missing from the site\n"
        f"The site is not what commit {commit} builds as at 2026-03-31: 2 differences{HINT}.\n"
    )


def test_a_site_that_shows_what_the_link_check_found_is_the_same_with_that_report(
    committed: Project, tmp_path: Path
) -> None:
    gone = CheckedLink(
        url="https://www.sampleton-inquiry.test/report?volume=1&part=2",
        id="inquiry-report",
        verdict="gone",
        detail="seen",
        final_url=None,
        found_on=[],
    )
    folder = tmp_path / "checked"
    git(tmp_path, "clone", "--quiet", str(committed.folder), str(folder))
    report = folder / "link-report.json"
    write(LinkReport(checked_at=datetime.datetime(2026, 3, 30, tzinfo=datetime.UTC), links=[gone]), report)
    assert Project(folder).run("site").returncode == 0
    compared = compare_with_built(folder, str(folder / "site"), "HEAD", report)
    assert (compared.found, "byte for byte" in compared.total) == ([], True)
    without = list(differences(PublishedSite(folder / "site"), committed.folder / "site"))
    assert any(line.startswith("sources/index.html: is not what the commit builds") for line in without)


def test_what_is_not_committed_is_not_in_the_commit(committed: Project, site: Path, tmp_path: Path) -> None:
    changed = tmp_path / "changed"
    git(tmp_path, "clone", "--quiet", str(committed.folder), str(changed))
    project = Project(changed)
    project.edit("docs/about.md", "\n# About", "\n# About this")
    git(changed, "commit", "--quiet", "--all", "--message", "Another heading")
    compared = compare_with_built(changed, str(site), "HEAD", None)
    assert "about/index.html: is not what the commit builds, from line " in compared.found[0]
    assert compared.total.endswith(f"{len(compared.found)} differences{HINT}.")


# ── the comparison ─────────────────────────────────────────────────────────────────────────────


def test_one_byte_one_missing_file_and_one_that_is_too_many_are_each_named(committed: Project, site: Path) -> None:
    built = committed.folder / "site"
    assert list(differences(PublishedSite(site), built)) == []
    picture = site / "assets" / "icon.png"
    picture.write_bytes(picture.read_bytes()[:-1] + b"\x00")
    (site / "robots.txt").unlink()
    (site / "left-over").mkdir()
    (site / "left-over" / "index.html").write_text("from an earlier build")
    assert list(differences(PublishedSite(site), built)) == [
        f"assets/icon.png: is not what the commit builds, from byte {picture.stat().st_size} on",
        "left-over/index.html: is on the site, and the commit does not build it",
        "robots.txt: is missing from the site",
    ]


def test_versions_that_were_published_before_are_no_difference(committed: Project, site: Path) -> None:
    (kept,) = (site / "data" / "versions").iterdir()
    shutil.copytree(kept, site / "data" / "versions" / "v000000000000")
    (kept / "register.json").write_text("as it was first published")
    assert list(differences(PublishedSite(site), committed.folder / "site")) == []


def test_over_the_network_files_for_hosts_and_what_is_compressed_beforehand_are_not_asked_for(site: Path) -> None:
    held = files_of(site)
    at_an_address = PublishedSite("https://a.test/")
    hidden = {name for name in held if not at_an_address.shows(name)}
    assert {"_headers", "_redirects", ".htaccess"} <= hidden
    assert not at_an_address.shows("index.html.br") and not at_an_address.shows("index.html.gz")
    assert {"index.html", "sitemap.xml", "data/register.sqlite"} <= held - hidden
    folder = PublishedSite(site)
    assert {name for name in held if not folder.shows(name)} == {name for name in held if "data/versions/" in name}


def test_a_file_that_is_cut_off_differs_where_it_ends(committed: Project, site: Path) -> None:
    style = site / "sitemap.xml"
    style.write_bytes(b"".join(style.read_bytes().splitlines(keepends=True)[:3]))
    assert list(differences(PublishedSite(site), committed.folder / "site")) == [
        "sitemap.xml: is not what the commit builds, from line 4 on"
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("index.html", ""),
        ("help/index.html", "help/"),
        ("404.html", "404.html"),
        ("files/not-index.html", "files/not-index.html"),
        ("files/a b.pdf", "files/a%20b.pdf"),
    ],
)
def test_a_folders_page_is_asked_for_by_the_folders_address(name: str, shown: str) -> None:
    assert address("https://a.test/x/", name) == f"https://a.test/x/{shown}"


# ── what a site says of itself ─────────────────────────────────────────────────────────────────


def test_a_site_says_with_what_it_was_built(site: Path) -> None:
    held = settings_of(PublishedSite(site))
    assert (held.site, held.edit) == (
        "https://register.exampleshire.test/",
        "https://code.exampleshire.test/edit/main/docs/",
    )
    assert (held.as_of.isoformat(), held.built.isoformat()) == ("2026-03-31", "2026-03-31")
    said = {"as_of": "2026-01-31", "built": "2026-04-02", "site": "https://other.test/"}
    (site / "data" / "build.json").write_text(json.dumps(said))
    held = settings_of(PublishedSite(site))
    assert (held.site, held.as_of.isoformat(), held.built.isoformat()) == (
        "https://other.test/",
        "2026-01-31",
        "2026-04-02",
    )


@pytest.mark.parametrize(
    ("wrong", "written"),
    [
        ("data/build.json", "[1]"),
        ("data/build.json", '{"as_of": "soon", "built": "2026-01-01", "site": "x"}'),
        ("data/build.json", '{"as_of": "2026-01-01", "site": "x"}'),
        ("data/build.json", "<html>"),
    ],
)
def test_a_site_that_does_not_say_so_is_told_in_words(committed: Project, site: Path, wrong: str, written: str) -> None:
    (site / wrong).write_text(written)
    done = committed.run_here("verify-site", str(site))
    assert (done.returncode, done.stderr) == (
        2,
        f"'{site}' does not say what it was built with: it has no data/build.json that says so\n",
    )


def test_what_is_no_site_at_all_is_told_in_words(committed: Project, tmp_path: Path) -> None:
    done = committed.run_here("verify-site", "nowhere")
    assert (done.returncode, done.stderr) == (
        2,
        "'nowhere' is neither an address nor a folder (name the site, like https://… or site)\n",
    )
    silent = committed.run("verify-site", "http://127.0.0.1:9/", http_proxy="", https_proxy="", no_proxy="127.0.0.1")
    assert (silent.returncode, silent.stderr) == (
        2,
        "'http://127.0.0.1:9/' does not say what it was built with: the server refuses the connection\n",
    )


def test_a_commit_that_is_not_there_is_named(committed: Project) -> None:
    done = committed.run_here("verify-site", "--commit", "nowhere", "site")
    assert (done.returncode, done.stdout) == (1, "")
    assert "git cannot show it as of 'nowhere' (name a commit that has it)" in done.stderr


# ── what cannot be built again ─────────────────────────────────────────────────────────────────


def test_a_commit_with_other_packages_than_are_installed_is_not_built_with_these(
    committed: Project, site: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", str(committed.folder), str(other))
    (other / "requirements.txt").write_text("lxml==1.0\nleft-pad==2\nwindows-only==3 ; sys_platform == 'win32'\n")
    git(other, "add", ".")
    git(other, "commit", "--quiet", "--message", "Other packages")
    done = Project(other).run_here("verify-site", str(site))
    assert done.returncode == 2
    assert done.stderr.startswith("the commit is built with other packages than are installed here: lxml 1.0, here ")
    assert ", left-pad 2, here none (check the commit out and run its own 'make verify-site')\n" in done.stderr


def test_a_commit_whose_lock_is_none_is_told_in_words(committed: Project, site: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    git(tmp_path, "clone", "--quiet", str(committed.folder), str(other))
    (other / "requirements.txt").write_text("lxml>=6\n")
    git(other, "add", ".")
    git(other, "commit", "--quiet", "--message", "No lock")
    done = Project(other).run_here("verify-site", str(site))
    assert (done.returncode, done.stderr) == (
        2,
        "the commit's requirements.txt is no lock file: 'lxml>=6' does not name one exact version (name another commit)\n",
    )


def test_a_commit_whose_own_build_fails_says_what_it_said(committed: Project, site: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    git(tmp_path, "clone", "--quiet", str(committed.folder), str(broken))
    Project(broken).edit("data/contacts.yml", "number: 999", "number: 99")
    git(broken, "commit", "--quiet", "--all", "--message", "Break it")
    done = Project(broken).run_here("verify-site", str(site))
    assert done.returncode == 2
    assert done.stderr.startswith("the commit cannot be built again; this was said:\ndata/contacts.yml:")
    assert "'number' is not an emergency number: '99'" in done.stderr


def test_a_file_that_cannot_be_fetched_is_not_called_missing(committed: Project) -> None:
    class Refusing(PublishedSite):
        def read(self, names: list[str]) -> dict:
            return dict.fromkeys(names, NotFetched("the server answers 403"))

    held = list(differences(Refusing("https://a.test/"), committed.folder / "site"))
    assert "404.html: could not be fetched: the server answers 403" in held
    assert not any(name.startswith("_redirects") for name in held)
