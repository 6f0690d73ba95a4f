"""What a picture tells besides what it shows: a camera's data (place, day, device) and names, which a photograph carries unseen."""

import struct
from collections.abc import Iterator

_MOST_PARTS = 10_000  # of a file that is no picture; a photograph has some dozen
# JPEG (ITU-T T.81, annex B): segments before the picture itself. Exif and XMP stand in APP1, captions and authors in APP13.
_JPEG_SEGMENTS = {
    0xE1: "a camera's or author's data (Exif, XMP)",
    0xED: "captions and authors (IPTC)",
    0xFE: "a comment",
}
# PNG (third edition, 11.3): chunks with text or a camera's data.
_PNG_CHUNKS = {b"eXIf": "a camera's data (Exif)", b"tEXt": "text", b"zTXt": "text", b"iTXt": "text"}
# WebP (RFC 9649, 2.7).
_WEBP_CHUNKS = {b"EXIF": "a camera's data (Exif)", b"XMP ": "an author's data (XMP)"}


def metadata_in(content: bytes, suffix: str) -> list[str]:
    """Return what a picture holds besides the picture, in words, each kind once.

    Args:
        content: the file.
        suffix: what its name ends in: ``.jpg``, ``.jpeg``, ``.png`` or ``.webp``; a file that is none of these holds nothing.
    """
    if suffix in (".jpg", ".jpeg"):
        found = [_JPEG_SEGMENTS.get(marker) for marker in _jpeg_markers(content)]
    elif suffix == ".png":
        found = [_PNG_CHUNKS.get(kind) for kind in _chunks(content, 8, ">I", before=4, after=4)]
    else:
        found = [_WEBP_CHUNKS.get(kind) for kind in _chunks(content, 12, "<I", before=0, after=0)]
    return list(dict.fromkeys(filter(None, found)))


def _jpeg_markers(content: bytes) -> Iterator[int]:
    """The segments' markers up to the picture itself (SOS)."""
    at = 2
    for _ in range(_MOST_PARTS):
        if at + 4 > len(content) or content[at] != 0xFF or content[at + 1] == 0xDA:
            return
        yield content[at + 1]
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")


def _chunks(content: bytes, at: int, size: str, before: int, after: int) -> Iterator[bytes]:
    """The names of a file's chunks: the size stands before the name (PNG) or behind it (RIFF), a checksum after the data."""
    for _ in range(_MOST_PARTS):
        if at + 8 > len(content):
            return
        name = content[at + before : at + before + 4]
        [length] = struct.unpack_from(size, content, at + (0 if before else 4))
        yield name
        at += 8 + length + after + (0 if before else length % 2)
