"""What may stand in ``docs/``: pages, and pictures and documents of a few kinds, harmless. Everything there is published.

An allow-list, because a list of what is forbidden is never complete: a web host runs ``.php``, obeys ``_redirects`` and
shows ``.htm`` as a page that nobody checked.
"""

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from register.checks.picture_metadata import metadata_in
from register.checks.svg_picture import svg_mistakes
from register.problems import Problem
from register.site import urls
from register.state.hosted_file import HostedFile

PAGE = ".md"
LARGEST_PAGE = 100_000  # bytes: some 16,000 words; the longest real page has 4,000 bytes
LARGEST_PICTURE = 2_000_000
LARGEST_DOCUMENT = 5_000_000
DEEPEST_FOLDER = 20  # folders inside one another
_LONGEST_READING = 10  # seconds; the process that reads a document has a limit of its own

# The first bytes of each kind of picture, by the ending of its name.
_SIGNATURES = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".webp": (b"RIFF",),
}
_DRAWING, _DOCUMENT = ".svg", ".pdf"
_ALLOWED = f"pages end in {PAGE}, pictures in {', '.join([*_SIGNATURES, _DRAWING])}, documents in {_DOCUMENT}"
# What people put here instead, and what to do about it.
_INSTEAD = (
    ((".docx", ".doc", ".odt", ".rtf", ".pages", ".pptx", ".ppt", ".odp"), "save it as a tagged PDF in docs/files/, or make a page of it"),
    (("", ".txt", ".markdown", ".mdown", ".htm", ".html"), f"if it is a page, let its name end in {PAGE}"),
)  # fmt: skip
_LARGEST = {PAGE: LARGEST_PAGE, _DOCUMENT: LARGEST_DOCUMENT}


def written_pages(docs: Path) -> Iterator[Path]:
    """Yield the pages of a ``docs`` folder that can be read; what is wrong with the others ``check_files`` says."""
    for folder, folders, names in os.walk(docs):
        folders.sort()
        if len(Path(folder).relative_to(docs).parts) >= DEEPEST_FOLDER:
            folders.clear()
        paths = (Path(folder, name) for name in sorted(names) if name.endswith(PAGE))
        yield from (path for path in paths if _is_page(path))


def _is_page(path: Path) -> bool:
    try:
        status = path.lstat()
    except OSError:  # taken away since it was listed
        return False
    return stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST_PAGE and str(path).isprintable()


def published_names(docs: Path) -> list[str]:
    """Return the names of all files of a ``docs`` folder, from there, in order: what ``check_files`` lets pass is published."""
    return _names(docs, _everything(docs) if docs.is_dir() else ())


def _names(docs: Path, entries: Iterable[os.DirEntry[str]]) -> list[str]:
    return sorted(Path(entry.path).relative_to(docs).as_posix() for entry in entries if not entry.is_dir())


@dataclass(frozen=True)
class ReadDocument:
    """A PDF as it was read."""

    mistakes: list[tuple[str, str]]  # what is wrong, and what to do
    language: str = ""


@dataclass(frozen=True)
class CheckedFiles:
    """What is wrong with the files of a ``docs`` folder, in order, and the documents in its folder ``files``."""

    problems: list[Problem]
    hosted: dict[str, HostedFile]  # by name


def check_files(docs: Path, taken: Mapping[str, str]) -> CheckedFiles:
    """Return what is wrong with the files of a ``docs`` folder; the words in pages are checked elsewhere.

    Args:
        docs: the folder.
        taken: the addresses, from the site's root, of the pages and files that theme and register publish; each with what
            it is made from.
    """
    entries = list(_everything(docs)) if docs.is_dir() else []
    documents = {entry.path: _document(Path(entry.path)) for entry in entries if _can_be_read(entry)}
    problems = [problem for entry in entries for problem in _file(entry, docs, taken, documents)]
    hosted = {
        path.name: HostedFile(path.name, path.stat().st_size, document.language)
        for path, document in ((Path(path), document) for path, document in documents.items())
        if path.parent == docs / urls.FILES
    }
    return CheckedFiles(sorted([*problems, *_same_address(docs.name, _names(docs, entries))]), hosted)


def _can_be_read(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a PDF that is worth reading: no link, no pipe, not too large."""
    status = entry.stat(follow_symlinks=False)
    return entry.name.endswith(_DOCUMENT) and stat.S_ISREG(status.st_mode) and status.st_size <= LARGEST_DOCUMENT


def _same_address(folder: str, names: Iterable[str]) -> Iterator[Problem]:
    """Pages of which one would silently take the place of another: ``about.md`` and ``about/index.md``."""
    first: dict[str, str] = {}
    for name in names:
        address = urls.written(name)
        if address in first:
            what = f"has the same address as {folder}/{first[address]}: /{address}"
            yield Problem(f"{folder}/{name}", 1, "", what, "give one of the two another name", "file-taken")
        first.setdefault(address, name)


def _everything(folder: Path, depth: int = 0) -> Iterator[os.DirEntry[str]]:
    """Every entry below a folder but the folders that are gone through; links are not followed."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name.startswith(".") or depth >= DEEPEST_FOLDER:
                    yield entry
                else:
                    yield from _everything(Path(entry.path), depth + 1)
            else:
                yield entry


def _file(
    entry: os.DirEntry[str], docs: Path, taken: Mapping[str, str], documents: Mapping[str, ReadDocument]
) -> Iterator[Problem]:
    path = Path(entry.path)
    inside = path.relative_to(docs).as_posix()
    name = f"{docs.name}/{inside}"
    if entry.is_symlink():
        yield Problem(name, 1, "", "is a link to another file", "put the file itself here", "symbolic-link")
    elif entry.name.startswith((".", "_")):
        yield Problem(name, 1, "", f"the name begins with '{entry.name[0]}'", "give it another name", "file-name")
    elif inside.count("/") >= DEEPEST_FOLDER and entry.is_dir():
        what = f"more than {DEEPEST_FOLDER} folders stand inside one another"
        yield Problem(name, 1, "", what, "put the pages into fewer", "deep-folder")
    elif not inside.isprintable():
        yield Problem(name, 1, "", "the name holds a sign that cannot be shown", "give it another name", "file-name")
    elif not stat.S_ISREG(entry.stat(follow_symlinks=False).st_mode):
        yield Problem(name, 1, "", "is no ordinary file", "take it out", "special-file")
    elif path.suffix not in (PAGE, *_SIGNATURES, _DRAWING, _DOCUMENT):
        yield Problem(name, 1, "", "files of this kind are not published", _instead_of(path.suffix), "file-kind")
    elif (address := urls.written(inside)) in taken:
        what = f"would take the place of /{address}, which comes from {taken[address]}"
        yield Problem(name, 1, "", what, "give it another name", "file-taken")
    elif inside.startswith(urls.FILES) and (path.suffix != _DOCUMENT or inside.count("/") > 1):
        what, to_do = f"is no document (PDF) in docs/{urls.FILES} itself", "put it elsewhere in docs/"
        yield Problem(name, 1, "", what, to_do, "file-kind")
    else:
        yield from _content(path, name, entry.stat().st_size, documents.get(entry.path))


def _instead_of(ending: str) -> str:
    """What to do with a file whose name does not end in one of the allowed endings."""
    if ending.lower() in _LARGEST or ending.lower() in _SIGNATURES or ending.lower() == _DRAWING:
        return f"write the ending of its name in small letters: {ending.lower()}"
    return next((to_do for endings, to_do in _INSTEAD if ending.lower() in endings), _ALLOWED)


def _content(path: Path, name: str, size: int, document: ReadDocument | None) -> Iterator[Problem]:
    """Whether a file is what its name says, harmless, and not too large."""
    most = _LARGEST.get(path.suffix, LARGEST_PICTURE)
    if size > most:
        to_do = "make two pages of it" if path.suffix == PAGE else "save it smaller"
        what = f"the file has {-(-size // 1000):,} kB"
        yield Problem(name, 1, "", what, f"the most is {most // 1000:,}: {to_do}", "too-large")
    elif path.suffix in _SIGNATURES:
        yield from _picture(path, name)
    elif path.suffix == _DRAWING:
        for line, what, to_do in svg_mistakes(path.read_bytes()):
            yield Problem(name, line, "", what, to_do, "file-content")
    elif document:
        for what, to_do in document.mistakes:
            yield Problem(name, 1, "", what, to_do, "file-content")


def _picture(path: Path, name: str) -> Iterator[Problem]:
    content = path.read_bytes()
    webp = path.suffix != ".webp" or content[8:12] == b"WEBP"
    if not (content.startswith(_SIGNATURES[path.suffix]) and webp):
        what = f"is no {path.suffix[1:].upper()} picture, whatever its name says"
        yield Problem(name, 1, "", what, "save it as a picture again", "file-content")
    elif held := metadata_in(content, path.suffix):
        to_do = "save it without: it can tell where and by whom it was made"
        yield Problem(name, 1, "", f"holds {', '.join(held)} besides the picture", to_do, "file-content")


def _document(path: Path) -> ReadDocument:
    """A PDF, read in a process that can be ended."""
    package = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-m", "register.checks.pdf_document", str(path.resolve())]
    try:
        done = subprocess.run(command, cwd=package, capture_output=True, check=True, timeout=_LONGEST_READING)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError):
        return ReadDocument([("cannot be read as a PDF, or takes too much time or memory", "save it as a PDF again")])
    read = json.loads(done.stdout)
    return ReadDocument([(what, to_do) for what, to_do in read["mistakes"]], str(read["language"]))
