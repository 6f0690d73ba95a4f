"""What a document (PDF) in ``docs/`` may be: pages to read, that a screen reader can read too; nothing that runs.

A PDF can hold scripts, other files, forms that send and commands that start programs. It is read in a process of its own,
because a small file can unfold into a very large one: ``python -m register.checks.pdf_document FILE`` writes as JSON its
``language`` and its ``mistakes``, a list of pairs: what is wrong, and what to do. If it cannot be read, the process fails.

What a document says of the people and machines that made it is nobody's affair: authors, paths, a camera's data.

PDF/UA (ISO 14289-1) asks for tags, a title and a language, without which a screen reader has little to go by.
"""

import json
import re
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject, StreamObject

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

# Properties that hold people's names; and what a path of somebody's computer or an email address looks like in any of them.
_PEOPLE = ("/Author", "/Manager")
_PLACE_OR_ADDRESS = re.compile(r"[A-Za-z]:\\|\\\\\w|/(?:home|Users|mnt|media|tmp)/|[\w.+-]@[\w-]+\.")
_TAKE_OUT = "take it out of the document's properties, then save it again"
# Annotations that people write while they work on a document (ISO 32000-2, 12.5.6).
_COMMENTS = ("/Text", "/FreeText", "/Popup", "/Highlight", "/Underline", "/StrikeOut", "/Caret", "/Stamp", "/Ink")
# The elements, or an element's attribute, that hold authors in XMP (ISO 16684-1), whatever their prefix is.
_XMP_CREATOR = re.compile(rb":creator\s*(?:=\s*[\"']([^\"']*)|>(.*?)</[\w.-]*:creator)", re.DOTALL)
_COMMENT, _XMP_AUTHOR = "a comment with its author", "an author's name in its XMP metadata"
_EXIF = "a picture with what its camera wrote (EXIF)"
_REPAIRS = {
    _COMMENT: "delete the comments, then save it again",
    _XMP_AUTHOR: _TAKE_OUT,
    _EXIF: "save the picture without it, put it into the document again, then save that",
}


def pdf_mistakes(path: Path) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a document, and what to do. It has no bounds, and may raise anything."""
    reader = PdfReader(path)
    if reader.is_encrypted:
        yield "is encrypted", "save it without a password"
        return
    yield from _unreadable_to_some(reader)
    yield from _told_by_properties(reader)
    for held in dict.fromkeys(_held(reader)):
        yield f"holds {held}", _REPAIRS.get(held, "save it as a plain document, such as PDF/A")


def language_of(path: Path) -> str:
    """Return the language that a document names, as a tag such as ``en-GB``; "" if it names none. It may raise anything."""
    reader = PdfReader(path)
    return "" if reader.is_encrypted else str(reader.root_object.get("/Lang", "")).strip()


def _told_by_properties(reader: PdfReader) -> Iterator[tuple[str, str]]:
    """What a document's properties say of the people and machines that made it (ISO 32000-2, 14.3.3)."""
    for name, value in dict.items(reader.metadata or {}):
        text = str(value.get_object()).strip()
        if name in _PEOPLE and text:
            yield f"names a person in its properties, as {name[1:]}", _TAKE_OUT
        elif _PLACE_OR_ADDRESS.search(text):
            yield f"holds a path or an address in its properties, in {name[1:]}", _TAKE_OUT


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
            yield from _of_people(value)
            waiting += dict.values(value)  # as they stand: references are followed once
        elif isinstance(value, list):
            waiting += list.__iter__(value)


def _of_people(value: dict[Any, Any]) -> Iterator[str]:
    """What an object says of the people and machines that made the document: comments, XMP, a picture's EXIF."""
    if "/T" in value and value.get("/Subtype") in _COMMENTS:
        yield _COMMENT
    if isinstance(value, StreamObject) and value.get("/Subtype") == "/XML":
        text = value.get_data().replace(b"\0", b"")  # it may be UTF-16
        if any(re.sub(rb"<[^>]*>", b"", b"".join(found)).strip() for found in _XMP_CREATOR.findall(text)):
            yield _XMP_AUTHOR
    if isinstance(value, StreamObject) and "DCTDecode" in str(value.get("/Filter", "")):
        picture = value.get_data()
        if b"Exif\0\0" in picture or b"//ns.adobe.com/xap/" in picture:
            yield _EXIF


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    document = Path(sys.argv[1])
    json.dump({"mistakes": list(pdf_mistakes(document)), "language": language_of(document)}, sys.stdout)
