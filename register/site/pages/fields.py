"""The field reference: for each file of ``data/`` its kinds of record and their fields, read off the model."""

import re
from dataclasses import dataclass
from typing import ClassVar

from register.load.data_files import FILES
from register.model import Record, fields_of, record_kinds
from register.site.presenter import Presenter
from register.state.snapshot import Snapshot


@dataclass(frozen=True)
class FieldRow:
    """A field of a kind of record."""

    name: str
    required: bool
    description: str


@dataclass(frozen=True)
class RecordKind:
    """A kind of record and its fields."""

    name: str
    text: str
    fields: list[FieldRow]


@dataclass(frozen=True)
class FileReference:
    """A file and the kinds of record within it, outermost first."""

    name: str
    kinds: list[RecordKind]


@dataclass(frozen=True)
class FieldsPage(Presenter):
    """Every field of every file."""

    template: ClassVar[str] = "fields.html"

    files: list[FileReference]

    @classmethod
    def of(cls, snapshot: Snapshot) -> "FieldsPage":
        """Return the field reference; it is the same for every register."""
        return cls(
            [
                FileReference(data_file.path, [_described(kind) for kind in record_kinds(data_file.kind)])
                for data_file in FILES
            ]
        )


def _described(kind: type[Record]) -> RecordKind:
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).capitalize()
    rows = [FieldRow(name, info.is_required(), info.description or "") for name, info in fields_of(kind).items()]
    return RecordKind(name, " ".join((kind.__doc__ or "").split()), rows)
