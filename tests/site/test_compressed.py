"""What is compressed beforehand: every file of text where that is smaller, with the same bytes each time."""

import gzip
from pathlib import Path

import brotli

from register.site.compressed import compress


def test_text_is_compressed_where_that_is_smaller_and_what_is_small_already_is_left(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    text = b"The same words again. " * 40
    for name in ("a.html", "inner/b.json", "c.svg"):
        (tmp_path / name).write_bytes(text)
    (tmp_path / "picture.png").write_bytes(text)
    (tmp_path / "empty.css").write_bytes(b"")
    (tmp_path / "_headers").write_bytes(text)
    compress(tmp_path)
    made = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert made == {
        "a.html", "a.html.br", "a.html.gz", "inner/b.json", "inner/b.json.br", "inner/b.json.gz",
        "c.svg", "c.svg.br", "c.svg.gz", "picture.png", "empty.css", "_headers",
    }  # fmt: skip
    assert brotli.decompress((tmp_path / "a.html.br").read_bytes()) == text
    assert gzip.decompress((tmp_path / "a.html.gz").read_bytes()) == text


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(b"words " * 100)
    compress(tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    (tmp_path / "a.html.gz").unlink()
    compress(tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
