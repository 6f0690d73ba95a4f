"""A change of a project's files: checked before anything is written, shown, and written whole or not at all."""

import difflib
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from register.checks.project import check_project
from register.load.yaml_source import LARGEST_FILE
from register.ordinary_files import read_ordinary, write_whole
from register.problems import InputError, ProblemsFound
from register.state.snapshot import Snapshot

# What stands in records is written before the records that cite it, and a page before the menu that names it: so the
# files are good together after each one is written.
_LAST = ("data/recommendations.yml", "mkdocs.yml")
# What the check reads, besides the theme.
_READ = ("data", "docs", "mkdocs.yml", "mkdocs.base.yml", "link-report.json")
_BOM = "\ufeff"


class ChangedMeanwhile(InputError):
    """Somebody else changed a file while a change of it was made; nothing was written."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} was changed by somebody else meanwhile (nothing was written; do it again)")


@dataclass(frozen=True)
class FileText:
    """What a file holds: its text with plain line ends, and how it stands on disk."""

    text: str
    content: bytes

    @classmethod
    def read(cls, project: Path, path: str) -> "FileText":
        """Read a file of a project by its path from there; one that is missing is empty.

        Raises:
            ProblemsFound: it cannot be read.
        """
        if not (project / path).exists():
            return cls("", b"")
        content = read_ordinary(project / path, path, LARGEST_FILE)
        return cls(content.decode("utf-8-sig").replace("\r\n", "\n"), content)

    def with_text(self, text: str) -> bytes:
        """Return the file's bytes with another text: byte-order mark and line ends stay as they are."""
        ends = text.replace("\n", "\r\n") if b"\r\n" in self.content else text
        mark = _BOM if self.content.startswith(_BOM.encode()) else ""
        return (mark + ends).encode()


@dataclass(frozen=True)
class Change:
    """New texts of a project's files, which have passed the check."""

    project: Path
    before: dict[str, FileText]  # by the path from the project's folder
    after: dict[str, str]
    snapshot: Snapshot  # the register after the change

    @classmethod
    def of(cls, project: Path, texts: Mapping[str, str], environment: Mapping[str, str]) -> "Change":
        """Check a change of some files together with all that is not changed.

        Args:
            project: the folder with ``data/``, ``docs/`` and ``mkdocs.yml``.
            texts: the new text of each file, by its path from there, such as ``data/links.yml``.
            environment: for today's date (see ``register.clock``).

        Raises:
            ProblemsFound: something would be wrong then; nothing was written.
        """
        before = {path: FileText.read(project, path) for path in texts}
        after = {path: text for path, text in texts.items() if text != before[path].text}
        with tempfile.TemporaryDirectory() as folder:
            copy = _copy(project, Path(folder, "project"))
            for path, text in after.items():
                (copy / path).parent.mkdir(parents=True, exist_ok=True)
                (copy / path).write_bytes(before[path].with_text(text))
            checked = check_project(copy, {**environment, "AS_OF": ""})
        if checked.problems or not checked.snapshot:
            raise ProblemsFound(checked.problems, "nothing was written")
        return cls(project, before, after, checked.snapshot)

    def lines(self) -> Iterator[str]:
        """Yield what is written, for a person: each file's name, and each line with its number and ``+`` or ``-``."""
        for path, text in sorted(self.after.items()):
            yield f"{path}:"
            yield from _changed_lines(self.before[path].text, text)

    def write(self) -> None:
        """Write the files: each one at once, so that whatever happens it is the old one or the new one.

        Raises:
            ChangedMeanwhile: one is not what it was when the change was made.
        """
        in_order = sorted(self.after, key=lambda path: (path in _LAST, path))
        for path in in_order:
            if _content(self.project / path) != self.before[path].content:
                raise ChangedMeanwhile(path)
        for path in in_order:
            (self.project / path).parent.mkdir(parents=True, exist_ok=True)
            write_whole(self.project / path, self.before[path].with_text(self.after[path]))


def _copy(project: Path, copy: Path) -> Path:
    """A copy of what the check reads of a project."""
    copy.mkdir()
    for name in _READ:
        if (project / name).is_dir():
            shutil.copytree(project / name, copy / name, symlinks=True)
        elif (project / name).exists():
            shutil.copyfile(project / name, copy / name)
    (copy / "theme").symlink_to((project / "theme").resolve())
    return copy


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _changed_lines(before: str, after: str) -> Iterator[str]:
    old, new = before.splitlines(), after.splitlines()
    width = len(str(len(new)))
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (f"  {'':>{width}} - {line}" for line in old[start:end])
            yield from (
                f"  {number:>{width}} + {line}" for number, line in enumerate(new[new_start:new_end], new_start + 1)
            )
