"""What may stand in ``docs/``: pages and pictures of a few kinds, whole and harmless. Everything there is published.

An allow-list, because a list of what is forbidden is never complete: a web host runs ``.php``, obeys ``_redirects`` and
shows ``.htm`` as a page that nobody checked.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from register.problems import Problem

PAGE = ".md"
LARGEST_PAGE = 100_000  # bytes: some 16,000 words; the longest real page has 4,000 bytes
LARGEST_PICTURE = 2_000_000
DEEPEST_FOLDER = 20  # folders inside one another

# The first bytes of each kind of picture, by the ending of its name. SVG is left out: it can hold scripts and links.
_SIGNATURES = {
    ".png": (b"\x89PNG\r\n\x1a\n",),
    ".jpg": (b"\xff\xd8\xff",),
    ".jpeg": (b"\xff\xd8\xff",),
    ".webp": (b"RIFF",),
}
_ALLOWED = f"pages end in {PAGE}, pictures in {', '.join(_SIGNATURES)}"


def check_files(docs: Path, taken: frozenset[str]) -> list[Problem]:
    """Return what is wrong with the files of a ``docs`` folder, in order; the words in pages are checked elsewhere.

    Args:
        docs: the folder.
        taken: the paths, from the site's root, of files that the theme and the register publish.
    """
    entries = _everything(docs) if docs.is_dir() else ()
    return sorted(problem for entry in entries for problem in _file(entry, docs, taken))


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


def _file(entry: os.DirEntry[str], docs: Path, taken: frozenset[str]) -> Iterator[Problem]:
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
    elif path.suffix not in (PAGE, *_SIGNATURES):
        yield Problem(name, 1, "", "files of this kind are not published", _ALLOWED, "file-kind")
    elif inside in taken:
        what = "would take the place of a file that the site needs"
        yield Problem(name, 1, "", what, "give it another name", "file-taken")
    else:
        yield from _content(path, name, entry.stat().st_size)


def _content(path: Path, name: str, size: int) -> Iterator[Problem]:
    """Whether a file is what its name says, and not too large."""
    most = LARGEST_PAGE if path.suffix == PAGE else LARGEST_PICTURE
    if size > most:
        to_do = "make two pages of it" if path.suffix == PAGE else "save it smaller"
        what = f"the file has {-(-size // 1000):,} kB"
        yield Problem(name, 1, "", what, f"the most is {most // 1000:,}: {to_do}", "too-large")
    signatures = _SIGNATURES.get(path.suffix)
    if signatures:
        with path.open("rb") as file:
            beginning = file.read(16)
        webp = path.suffix != ".webp" or beginning[8:12] == b"WEBP"
        if not (beginning.startswith(signatures) and webp):
            what = f"is no {path.suffix[1:].upper()} picture, whatever its name says"
            yield Problem(name, 1, "", what, "save it as a picture again", "file-content")
