"""What may stand in docs/: each kind of file passes once, and everything else is refused with its repair."""

import os
import socket
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from projects import Project
from register.checks.docs_files import DEEPEST_FOLDER, LARGEST_PAGE, LARGEST_PICTURE, check_files
from register.checks.markdown_pages import check_pages
from registers import TODAY

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
JPEG = b"\xff\xd8\xff\xe0" + bytes(20)
WEBP = b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(20)
KINDS = "files of this kind are not published (pages end in .md, pictures in .png, .jpg, .jpeg, .webp, .svg, documents in .pdf)"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "for").mkdir(parents=True)
    (folder / "index.md").write_text("# Home\n")
    (folder / "for" / "index.md").write_text("# Work\n")
    return folder


def messages(docs: Path, taken: tuple[str, ...] = ()) -> list[str]:
    return [str(problem) for problem in check_files(docs, dict.fromkeys(taken, "the register")).problems]


@pytest.mark.parametrize(
    ("name", "content"), [("a.png", PNG), ("a.jpg", JPEG), ("a.jpeg", JPEG), ("a.webp", WEBP), ("a page.md", b"# A\n")]
)
def test_pages_and_pictures_may_stand_there(docs: Path, name: str, content: bytes) -> None:
    (docs / "for" / name).write_bytes(content)
    assert messages(docs) == []


@pytest.mark.parametrize(
    "name",
    ["a.xhtml", "a.php", "a.mkd", "a.mkdn", "a.js", "a.svgz"],
)  # fmt: skip
def test_no_other_kind_of_file_is_published(docs: Path, name: str) -> None:
    (docs / name).write_text("x")
    assert messages(docs) == [f"docs/{name}:1: {KINDS}"]


@pytest.mark.parametrize(
    ("name", "to_do"),
    [
        *(
            (name, "if it is a page, let its name end in .md")
            for name in ("a", "CNAME", "a.txt", "a.HTM", "a.markdown")
        ),
        *(
            (name, "save it as a tagged PDF in docs/files/, or make a page of it")
            for name in ("a.docx", "a.DOC", "a.odt")
        ),
        *(
            (f"a.{kind}", f"write the ending of its name in small letters: .{kind.lower()}")
            for kind in ("MD", "PDF", "Png")
        ),
    ],
)
def test_what_to_do_with_a_file_of_another_kind_depends_on_what_it_most_likely_is(
    docs: Path, name: str, to_do: str
) -> None:
    (docs / name).write_text("x")
    assert messages(docs) == [f"docs/{name}:1: files of this kind are not published ({to_do})"]


@pytest.mark.parametrize("name", [".htaccess", "_redirects", "_headers", "_worker.js", ".well-known.md"])
def test_no_file_that_a_web_host_obeys_is_published(docs: Path, name: str) -> None:
    (docs / name).write_text("x")
    assert messages(docs) == [f"docs/{name}:1: the name begins with '{name[0]}' (give it another name)"]


def test_a_hidden_folder_is_refused_whole(docs: Path) -> None:
    (docs / ".git").mkdir()
    (docs / ".git" / "config.md").write_text("x")
    assert messages(docs) == ["docs/.git:1: the name begins with '.' (give it another name)"]


@pytest.mark.parametrize("target", ["/proc/self/environ", "/etc/passwd", "index.md", "for", "nowhere"])
@pytest.mark.parametrize("name", ["leak.md", "leak.txt", "leak"])
def test_a_link_is_not_followed(docs: Path, name: str, target: str) -> None:
    (docs / name).symlink_to(target)
    assert messages(docs) == [f"docs/{name}:1: is a link to another file (put the file itself here)"]


def a_socket(path: Path) -> None:
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(path))
    listening.close()


@pytest.mark.parametrize("make", [os.mkfifo, a_socket], ids=["pipe", "socket"])
def test_a_special_file_is_refused_and_holds_nothing_up(docs: Path, make: Callable[[Path], None]) -> None:
    make(docs / "a.md")
    assert messages(docs) == ["docs/a.md:1: is no ordinary file (take it out)"]


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.png", JPEG, "PNG"),
        ("a.jpg", b"<script>", "JPG"),
        ("a.webp", b"RIFF\x10\x00\x00\x00WAVEfmt ", "WEBP"),
        ("a.jpeg", b"", "JPEG"),
    ],
)
def test_a_picture_is_what_its_name_says(docs: Path, name: str, content: bytes, kind: str) -> None:
    (docs / name).write_bytes(content)
    assert messages(docs) == [
        f"docs/{name}:1: is no {kind} picture, whatever its name says (save it as a picture again)"
    ]


@pytest.mark.parametrize(
    ("name", "most", "beginning", "to_do"),
    [
        ("a.md", LARGEST_PAGE, b"# A\n", "the most is 100: make two pages of it"),
        ("a.png", LARGEST_PICTURE, PNG, "the most is 2,000: save it smaller"),
    ],
)
def test_a_file_may_be_as_large_as_the_limit_and_no_larger(
    docs: Path, name: str, most: int, beginning: bytes, to_do: str
) -> None:
    (docs / name).write_bytes(beginning.ljust(most))
    assert messages(docs) == []
    (docs / name).write_bytes(beginning.ljust(most + 1000))
    assert messages(docs) == [f"docs/{name}:1: the file has {most // 1000 + 1:,} kB ({to_do})"]


@pytest.mark.parametrize("name", [b"a\nb.md", b"a\x1b[2J.md", b"a\xff.md", "a\u202eb.md".encode(), b"a\nb/c.md"])
def test_a_name_that_cannot_be_shown_is_refused(docs: Path, name: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(docs) + b"/" + name))
    path.parent.mkdir(exist_ok=True)
    path.write_text("# A\n")
    [found] = messages(docs)
    assert found.endswith(":1: the name holds a sign that cannot be shown (give it another name)")
    assert found.isprintable()


def test_folders_may_stand_so_deep_inside_one_another_and_no_deeper(docs: Path) -> None:
    path = docs.joinpath(*["d"] * DEEPEST_FOLDER)
    path.mkdir(parents=True)
    (path / "a.md").write_text("# A\n")
    assert messages(docs) == []
    deep = os.open(path, os.O_RDONLY)
    for _ in range(1500):  # deeper than any path can name at once
        os.mkdir("d", dir_fd=deep)
        inner = os.open("d", os.O_RDONLY, dir_fd=deep)
        os.close(deep)
        deep = inner
    os.close(deep)
    [found] = messages(docs)
    assert found == (
        f"docs/{'d/' * DEEPEST_FOLDER}d:1: more than {DEEPEST_FOLDER} folders stand inside one another "
        "(put the pages into fewer)"
    )
    assert check_pages(docs, None, TODAY)  # ends, too
    subprocess.run(["rm", "-rf", docs], check=True)  # Python's own way of taking it away goes too deep for it


def test_nothing_takes_the_place_of_what_the_site_needs(docs: Path) -> None:
    (docs / "share.png").write_bytes(PNG)
    assert messages(docs, ("share.png",)) == [
        "docs/share.png:1: would take the place of /share.png, which comes from the register (give it another name)"
    ]
    assert messages(docs, ("assets/share.png",)) == []


@pytest.mark.parametrize("name", ["for/police.md", "for/police/index.md", "for/police/README.md"])
def test_no_page_takes_the_place_of_one_that_is_made_from_the_register(docs: Path, name: str) -> None:
    (docs / name).parent.mkdir(exist_ok=True)
    (docs / name).write_text("# A\n")
    assert messages(docs) == []
    assert messages(docs, ("for/police/",)) == [
        f"docs/{name}:1: would take the place of /for/police/, which comes from the register (give it another name)"
    ]


@pytest.mark.parametrize(("one", "other"), [("a.md", "a/index.md"), ("a/README.md", "a/index.md")])
def test_no_page_takes_the_place_of_another(docs: Path, one: str, other: str) -> None:
    (docs / "a").mkdir()
    (docs / one).write_text("# A\n")
    assert messages(docs) == []
    (docs / other).write_text("# A\n")
    first, second = sorted([one, other])
    assert messages(docs) == [
        f"docs/{second}:1: has the same address as docs/{first}: /a/ (give one of the two another name)"
    ]


# ── through the front door ─────────────────────────────────────────────────────────────────────


def test_the_check_names_what_may_not_be_published(project: Project) -> None:
    (project.folder / "docs" / "assets").mkdir()
    (project.folder / "docs" / "assets" / "share.png").write_bytes(PNG)
    (project.folder / "docs" / "leak.txt").symlink_to("/proc/self/environ")
    (project.folder / "docs" / "pipe.md").unlink(missing_ok=True)
    os.mkfifo(project.folder / "docs" / "pipe.md")
    done = project.run("check")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "docs/assets/share.png:1: would take the place of /assets/share.png, which comes from the site itself "
        "(give it another name)",
        "docs/leak.txt:1: is a link to another file (put the file itself here)",
        "docs/pipe.md:1: is no ordinary file (take it out)",
        "3 problems in 3 files; the site was not changed",
    ]


@pytest.mark.parametrize("name", ["register.yml", "links.yml"])
def test_a_data_file_that_is_a_link_or_a_pipe_is_not_read(project: Project, name: str) -> None:
    path = project.folder / "data" / name
    path.unlink()
    path.symlink_to("/proc/self/environ")
    assert f"data/{name}:1: is a link to another file (put the file itself here)" in project.run("check").stderr
    path.unlink()
    os.mkfifo(path)
    assert f"data/{name}:1: is no ordinary file (take it out)" in project.run("check").stderr
