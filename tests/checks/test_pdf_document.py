"""A PDF in docs/ is one that everybody can read and that does nothing: each of these passes once and fails once."""

import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import BooleanObject, DictionaryObject, NameObject, StreamObject, TextStringObject

from register.checks.docs_files import LARGEST_DOCUMENT, check_files
from register.checks.pdf_document import ACTIONS, DOES_SOMETHING

Change = Callable[[PdfWriter], object]
PLAIN = "(save it as a plain document, such as PDF/A)"
TAKE_OUT = "(take it out of the document's properties, then save it again)"
EXIF = (
    "holds a picture with what its camera wrote (EXIF) "
    "(save the picture without it, put it into the document again, then save that)"
)
UNREADABLE = "cannot be read as a PDF, or takes too much time or memory (save it as a PDF again)"


def dictionary(**entries: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def action(kind: str) -> DictionaryObject:
    return dictionary(S=NameObject(f"/{kind}"))


def xmp(words: str, encoding: str = "utf-8") -> StreamObject:
    """A stream of XMP metadata that holds some elements."""
    return stream(f"<x:xmpmeta><rdf:RDF>{words}</rdf:RDF></x:xmpmeta>".encode(encoding), Subtype=NameObject("/XML"))


def picture(content: bytes) -> StreamObject:
    return stream(content, Subtype=NameObject("/Image"), Filter=NameObject("/DCTDecode"))


def stream(content: bytes, **entries: object) -> StreamObject:
    made = StreamObject()
    made.set_data(content)
    made.update(dictionary(**entries))
    return made


def document(change: Change = lambda writer: None) -> PdfWriter:
    """A document of one page, tagged, with a title and a language."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Title": "A report"})
    writer.root_object.update(
        dictionary(
            MarkInfo=dictionary(Marked=BooleanObject(True)),
            StructTreeRoot=dictionary(Type=NameObject("/StructTreeRoot")),
            Lang=TextStringObject("en-GB"),
        )
    )
    change(writer)
    return writer


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    return folder


def messages(docs: Path) -> list[str]:
    return [str(problem).removeprefix("docs/report.pdf:1: ") for problem in check_files(docs, {}).problems]


def test_a_document_that_everybody_can_read_passes(docs: Path) -> None:
    document().write(docs / "report.pdf")
    assert messages(docs) == []


def set_in_root(name: str, value: object) -> Change:
    return lambda writer: writer.root_object.update({NameObject(f"/{name}"): placed(writer, value)})


def set_in_page(name: str, value: object) -> Change:
    return lambda writer: writer.pages[0].update({NameObject(f"/{name}"): placed(writer, value)})


def placed(writer: PdfWriter, value: object) -> object:
    """What stands in a document's object: of a stream, a reference."""
    return writer._add_object(value) if isinstance(value, StreamObject) else value  # pypdf has no other way


@pytest.mark.parametrize(
    "change",
    [
        lambda writer: writer.add_metadata({"/Author": " ", "/Creator": "Writer", "/Producer": "LibreOffice 25.2", "/Keywords": "a/b, c: d"}),
        set_in_root("Metadata", xmp("<dc:creator><rdf:Seq><rdf:li> </rdf:li></rdf:Seq></dc:creator><xmp:CreatorTool>Writer</xmp:CreatorTool>")),
        set_in_root("Metadata", xmp("<dc:title>A report</dc:title>")),
        set_in_page("PieceInfo", picture(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00")),
        set_in_page("Annots", dictionary(Subtype=NameObject("/Widget"), T=TextStringObject("field"))),
    ],
)  # fmt: skip
def test_what_programs_write_of_themselves_is_let_through(docs: Path, change: Change) -> None:
    document(change).write(docs / "report.pdf")
    assert messages(docs) == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (set_in_root("OpenAction", action("JavaScript")), f"holds a script {PLAIN}"),
        (set_in_root("OpenAction", action("Launch")), f"holds a command that starts a program {PLAIN}"),
        (set_in_root("Names", dictionary(JavaScript=dictionary())), f"holds a script {PLAIN}"),
        (set_in_page("AA", dictionary(O=action("Named"))), f"holds an action that starts by itself {PLAIN}"),
        (set_in_page("Annots", dictionary(A=action("SubmitForm"))), f"holds a form that sends what is typed {PLAIN}"),
        (lambda writer: writer.add_attachment("x.exe", b"x"), f"holds another file {PLAIN}"),
        (set_in_root("AcroForm", dictionary(XFA=TextStringObject("x"))), f"holds a form {PLAIN}"),
        (set_in_root("MarkInfo", dictionary()),
         "has no tags, so that a screen reader cannot read it (save it as a tagged PDF, or make a page of it)"),
        (lambda writer: writer.root_object.pop("/Lang"),
         "does not name its language (set it where the document was written, then save it again)"),
        (lambda writer: writer.add_metadata({"/Title": " "}),
         "has no title (set it in the document's properties, then save it again)"),
        (lambda writer: writer.add_metadata({"/Author": "A Person"}), f"names a person in its properties, as Author {TAKE_OUT}"),
        (lambda writer: writer.add_metadata({"/Manager": "A Person"}), f"names a person in its properties, as Manager {TAKE_OUT}"),
        *[(lambda writer, place=place: writer.add_metadata({"/Source": place}),
           f"holds a path or an address in its properties, in Source {TAKE_OUT}")
          for place in (r"C:\Users\aperson\plan.docx", r"\\server\share", "file:///home/aperson/plan.odt", "/Users/aperson/plan",
                        "a.person@exampleshire.test")],
        (set_in_root("Metadata", xmp("<dc:creator><rdf:Seq><rdf:li>A Person</rdf:li></rdf:Seq></dc:creator>")),
         f"holds an author's name in its XMP metadata {TAKE_OUT}"),
        (set_in_root("Metadata", xmp('<rdf:Description x:creator="A Person"/>')),
         f"holds an author's name in its XMP metadata {TAKE_OUT}"),
        (set_in_root("Metadata", xmp("<dc:creator>A Person</dc:creator>", "utf-16")),
         f"holds an author's name in its XMP metadata {TAKE_OUT}"),
        (set_in_page("Annots", dictionary(Subtype=NameObject("/Highlight"), T=TextStringObject("A Person"))),
         "holds a comment with its author (delete the comments, then save it again)"),
        (set_in_page("PieceInfo", picture(b"\xff\xd8\xff\xe1\x00\x10Exif\x00\x00MM")), EXIF),
        (set_in_page("PieceInfo", picture(b"\xff\xd8\xff\xe1\x00\x40http://ns.adobe.com/xap/1.0/\x00")), EXIF),
        (lambda writer: writer.encrypt("x", algorithm="RC4-128"), "is encrypted (save it without a password)"),
    ],
)  # fmt: skip
def test_what_does_something_or_cannot_be_read_by_all_is_refused(docs: Path, change: Change, expected: str) -> None:
    document(change).write(docs / "report.pdf")
    assert messages(docs) == [expected]


@pytest.mark.parametrize(
    "content", [b"", b"%PDF-1.7\n", b"<html>", b"%PDF-1.7\n1 0 obj\n<< /Root 1 0 R >>\ntrailer\n<< /Root 1 0 R >>"]
)
def test_what_is_no_pdf_is_refused(docs: Path, content: bytes) -> None:
    (docs / "report.pdf").write_bytes(content)
    assert messages(docs) == [UNREADABLE]


@pytest.mark.parametrize(("key", "what"), DOES_SOMETHING.items())
def test_no_object_may_have_a_key_that_does_something(docs: Path, key: str, what: str) -> None:
    document(set_in_page("PieceInfo", dictionary(**{key[1:]: TextStringObject("x")}))).write(docs / "report.pdf")
    assert messages(docs) == [f"holds {what} {PLAIN}"]


@pytest.mark.parametrize(("kind", "what"), ACTIONS.items())
def test_no_object_may_be_an_action_that_does_something(docs: Path, kind: str, what: str) -> None:
    document(set_in_page("PieceInfo", action(kind[1:]))).write(docs / "report.pdf")
    assert messages(docs) == [f"holds {what} {PLAIN}"]


def test_a_small_file_that_unfolds_into_a_large_one_is_refused_in_its_bounds(docs: Path) -> None:
    """Objects packed into a stream of six hundred million zeros: half a million bytes on disk."""
    packer = zlib.compressobj(9)
    packed = b"".join([packer.compress(bytes(10_000_000)) for _ in range(60)] + [packer.flush()])
    head = b"%PDF-1.7\n1 0 obj\n<< /Type /ObjStm /N 1 /First 8 /Filter /FlateDecode /Length "
    body = head + str(len(packed)).encode() + b" >>\nstream\n" + packed + b"\nendstream\nendobj\n"
    table = b"2 0 obj\n<< /Type /XRef /Size 4 /W [1 4 1] /Root 3 0 R /Length 24 >>\nstream\n"
    rows = b"\0\0\0\0\0\xff" + b"\1" + (9).to_bytes(4, "big") + b"\0" + b"\1" + len(body).to_bytes(4, "big") + b"\0"
    rows += b"\2" + (1).to_bytes(4, "big") + b"\0"
    end = b"\nendstream\nendobj\nstartxref\n" + str(len(body)).encode() + b"\n%%EOF\n"
    (docs / "report.pdf").write_bytes(body + table + rows + end)
    assert (docs / "report.pdf").stat().st_size < LARGEST_DOCUMENT
    assert messages(docs) == [UNREADABLE]
