"""What a photograph carries unseen is found in every kind of picture that pages may show."""

import io
import struct
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from projects import Project
from register.checks.picture_metadata import metadata_in


def picture(kind: str, **saved: object) -> bytes:
    """A small picture, saved by a program that many use."""
    held = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(held, kind, **saved)
    return held.getvalue()


def exif() -> bytes:
    """A camera's data: the name of its maker."""
    data = Image.Exif()
    data[271] = "A camera"
    return data.tobytes()


def with_text() -> PngImagePlugin.PngInfo:
    """A PNG's text about its author."""
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Somebody")
    return info


HELD: list[tuple[str, Callable[[], bytes], list[str]]] = [
    (".jpg", lambda: picture("JPEG", exif=exif()), ["a camera's or author's data (Exif, XMP)"]),
    (".jpeg", lambda: picture("JPEG", comment="By somebody"), ["a comment"]),
    (".png", lambda: picture("PNG", exif=exif()), ["a camera's data (Exif)"]),
    (".png", lambda: picture("PNG", pnginfo=with_text()), ["text"]),
    (".webp", lambda: picture("WEBP", exif=exif()), ["a camera's data (Exif)"]),
    (".webp", lambda: picture("WEBP", xmp=b"<x/>"), ["an author's data (XMP)"]),
]


@pytest.mark.parametrize(("suffix", "made", "held"), HELD)
def test_what_a_picture_holds_besides_what_it_shows_is_named(
    suffix: str, made: Callable[[], bytes], held: list[str]
) -> None:
    assert metadata_in(made(), suffix) == held


@pytest.mark.parametrize(("suffix", "kind"), [(".jpg", "JPEG"), (".png", "PNG"), (".webp", "WEBP")])
def test_a_picture_that_shows_something_and_no_more_holds_nothing(suffix: str, kind: str) -> None:
    assert metadata_in(picture(kind), suffix) == []


@given(st.binary(max_size=300), st.sampled_from([".jpg", ".png", ".webp"]))
def test_any_file_is_looked_through_to_its_end(content: bytes, suffix: str) -> None:
    assert isinstance(metadata_in(content, suffix), list)


def test_what_stands_behind_the_picture_is_not_taken_for_a_part_before_it() -> None:
    comment = b"\xff\xfe\x00\x04aa"
    start, end = b"\xff\xda\x00\x04aa", b"\xff\xd9"
    assert metadata_in(b"\xff\xd8" + comment + start + end, ".jpg") == ["a comment"]
    assert metadata_in(b"\xff\xd8" + start + comment + end, ".jpg") == []


def test_a_file_that_ends_within_a_part_is_looked_through_to_its_end() -> None:
    for length in range(9):
        assert metadata_in(b"\x89PNG\r\n\x1a\n" + b"\0" * length, ".png") == []
        assert metadata_in(b"RIFF\0\0\0\0WEBP" + b"\0" * length, ".webp") == []
        assert metadata_in(b"\xff\xd8\xff\xe0"[: length + 2], ".jpg") == []


def test_a_file_of_empty_chunks_is_given_up() -> None:
    chunk = struct.pack(">I4s", 0, b"aaaa") + struct.pack(">I", zlib.crc32(b"aaaa"))
    late = struct.pack(">I4s", 0, b"tEXt") + b"\0" * 4
    assert metadata_in(b"\x89PNG\r\n\x1a\n" + chunk * 10_000 + late, ".png") == []


def test_a_photograph_with_a_cameras_data_is_refused_in_docs(project: Project) -> None:
    project.write("docs/photo.jpg", picture("JPEG", exif=exif()))
    assert project.run_here("check").stderr.startswith(
        "docs/photo.jpg:1: holds a camera's or author's data (Exif, XMP) besides the picture "
        "(save it without: it can tell where and by whom it was made)\n"
    )
    project.write("docs/photo.jpg", picture("JPEG"))
    assert project.run_here("check").stderr == ""
