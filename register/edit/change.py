"""A change of data files: checked before anything is written, shown, and written whole or not at all."""

import difflib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from register.checks.project import check_project
from register.load.data_files import FILES, DataFile
from register.load.yaml_source import LARGEST_FILE
from register.ordinary_files import read_ordinary
from register.problems import InputError, ProblemsFound
from register.state.snapshot import Snapshot

# Links stand before what cites them: so the files are good together after each one is written.
_ORDER = {
    file.name: place for place, file in enumerate(sorted(FILES, key=lambda file: file.name == "recommendations.yml"))
}
_BOM = "\ufeff"


class ChangedMeanwhile(InputError):
    """Somebody else changed a file while a change of it was made; nothing was written."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path} was changed by somebody else meanwhile (nothing was written; do it again)")


@dataclass(frozen=True)
class DataFileText:
    """What a data file holds: its text with plain line ends, and how it stands on disk."""

    text: str
    content: bytes

    @classmethod
    def read(cls, project: Path, file: DataFile) -> "DataFileText":
        """Read a data file of a project; an optional one that is missing is empty.

        Raises:
            ProblemsFound: it is missing or cannot be read.
        """
        path = project / file.path
        if file.optional and not path.exists():
            return cls("", b"")
        content = read_ordinary(path, file.path, LARGEST_FILE)
        return cls(content.decode("utf-8-sig").replace("\r\n", "\n"), content)

    def with_text(self, text: str) -> bytes:
        """Return the file's bytes with another text: byte-order mark and line ends stay as they are."""
        ends = text.replace("\n", "\r\n") if b"\r\n" in self.content else text
        mark = _BOM if self.content.startswith(_BOM.encode()) else ""
        return (mark + ends).encode()


@dataclass(frozen=True)
class Change:
    """New texts of a project's data files, which have passed the check."""

    project: Path
    before: dict[str, DataFileText]  # by the file's name
    after: dict[str, str]
    snapshot: Snapshot  # the register after the change

    @classmethod
    def of(cls, project: Path, texts: Mapping[str, str], environment: Mapping[str, str]) -> "Change":
        """Check a change of some data files together with all that is not changed.

        Args:
            project: the folder with ``data/``, ``docs/`` and ``mkdocs.yml``.
            texts: the new text of each file, by its name in ``data/``.
            environment: for today's date (see ``register.clock``).

        Raises:
            ProblemsFound: something would be wrong then; nothing was written.
        """
        named = {file.name: file for file in FILES}
        before = {name: DataFileText.read(project, named[name]) for name in texts}
        after = {name: text for name, text in texts.items() if text != before[name].text}
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder, "data")
            shutil.copytree(project / "data", data, symlinks=True)
            for name, text in after.items():
                (data / name).write_bytes(before[name].with_text(text))
            checked = check_project(project, {**environment, "AS_OF": ""}, data)
        if checked.problems or not checked.snapshot:
            raise ProblemsFound(checked.problems, "nothing was written")
        return cls(project, before, after, checked.snapshot)

    def lines(self) -> Iterator[str]:
        """Yield what is written, for a person: each file's name, and each line with its number and ``+`` or ``-``."""
        for name, text in sorted(self.after.items()):
            yield f"data/{name}:"
            yield from _changed_lines(self.before[name].text, text)

    def write(self) -> None:
        """Write the files: each one at once, so that whatever happens it is the old one or the new one.

        Raises:
            ChangedMeanwhile: one is not what it was when the change was made.
        """
        data = self.project / "data"
        in_order = sorted(self.after, key=lambda name: _ORDER[name])
        for name in in_order:
            if _content(data / name) != self.before[name].content:
                raise ChangedMeanwhile(f"data/{name}")
        for name in in_order:
            _write(data / name, self.before[name].with_text(self.after[name]))


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""


def _write(path: Path, content: bytes) -> None:
    """Put a file's new content in its place in one step (rename(2)), and on the disk before that."""
    new = path.with_name(f".{path.name}.new")
    with new.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if path.exists():
        shutil.copymode(path, new)
    new.replace(path)


def _changed_lines(before: str, after: str) -> Iterator[str]:
    old, new = before.splitlines(), after.splitlines()
    width = len(str(len(new)))
    for tag, start, end, new_start, new_end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from (f"  {'':>{width}} - {line}" for line in old[start:end])
            yield from (
                f"  {number:>{width}} + {line}" for number, line in enumerate(new[new_start:new_end], new_start + 1)
            )
