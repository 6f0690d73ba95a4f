"""What a document (PDF) in ``docs/`` may be: pages to read, that a screen reader can read too; nothing that runs.

A PDF can hold scripts, other files, forms that send and commands that start programs. It is read in a process of its own,
because a small file can unfold into a very large one: ``python -m register.checks.pdf_document FILE`` writes what is wrong
as JSON, a list of pairs: what it is, and what to do. If it cannot be read, the process fails.

PDF/UA (ISO 14289-1) asks for tags, a title and a language, without which a screen reader has little to go by.
"""

import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

# What reading one document may take: seconds of processor time, and bytes.
SECONDS, MEMORY = 8, 400_000_000
# Keys of a PDF's objects that make a reader do something, or carry something else (ISO 32000-2, 12.6, 7.11, 12.7).
DOES_SOMETHING = {
    "/JS": "a script",
    "/JavaScript": "a script",
    "/AA": "an action that starts by itself",
    "/EmbeddedFiles": "another file",
    "/EF": "another file",
    "/XFA": "a form",
    "/RichMedia": "a film or a sound",
}
ACTIONS = {
    "/JavaScript": "a script",
    "/Launch": "a command that starts a program",
    "/SubmitForm": "a form that sends what is typed",
    "/ImportData": "a form that reads a file",
    "/GoToR": "a link to a file beside it",
    "/GoToE": "a link to a file inside it",
    "/Rendition": "a film or a sound",
    "/Movie": "a film or a sound",
    "/Sound": "a film or a sound",
}


def pdf_mistakes(path: Path) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a document, and what to do. It has no bounds, and may raise anything."""
    reader = PdfReader(path)
    if reader.is_encrypted:
        yield "is encrypted", "save it without a password"
        return
    yield from _unreadable_to_some(reader)
    for held in dict.fromkeys(_held(reader)):
        yield f"holds {held}", "save it as a plain document, such as PDF/A"


def _unreadable_to_some(reader: PdfReader) -> Iterator[tuple[str, str]]:
    """What a screen reader lacks."""
    catalogue = reader.root_object
    marks = catalogue.get("/MarkInfo", DictionaryObject()).get_object()
    if not (marks.get("/Marked") and "/StructTreeRoot" in catalogue):
        yield "has no tags, so that a screen reader cannot read it", "save it as a tagged PDF, or make a page of it"
    if not str(catalogue.get("/Lang", "")).strip():
        yield "does not name its language", "set it where the document was written, then save it again"
    if not (reader.metadata and (reader.metadata.title or "").strip()):
        yield "has no title", "set it in the document's properties, then save it again"


def _held(reader: PdfReader) -> Iterator[str]:
    """What the objects that a reader can reach do or carry."""
    waiting, seen = [reader.trailer.raw_get("/Root")], set[tuple[int, int]]()
    while waiting:
        value = waiting.pop()
        if isinstance(value, IndirectObject):
            key = (value.idnum, value.generation)
            if key not in seen:
                seen.add(key)
                waiting.append(value.get_object())
        elif isinstance(value, dict):
            yield from (what for key, what in DOES_SOMETHING.items() if key in value)
            if (action := str(value.get("/S", ""))) in ACTIONS:
                yield ACTIONS[action]
            waiting += dict.values(value)  # as they stand: references are followed once
        elif isinstance(value, list):
            waiting += list.__iter__(value)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    json.dump(list(pdf_mistakes(Path(sys.argv[1]))), sys.stdout)
