"""Keeps compiled templates beside the code, as Python keeps its own modules: that saves time and changes nothing else.

What is kept is used only if its digest is that of all it came from: the template, Jinja, Python, and the code of this package,
whose filters Jinja applies to what is constant when it compiles. Anything else, a broken file too, is compiled again. Each
template has one file, in ``__pycache__``: git ignores it, ``make clean`` removes it, and anybody who can write there can
change the code itself.
"""

import hashlib
import sys
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

_DIGEST = hashlib.sha256


class CompiledTemplates(jinja2.BytecodeCache):
    """Where Jinja looks for a compiled template, and puts it."""

    def __init__(self, folder: Path, package: Path) -> None:
        """Read nothing yet.

        Args:
            folder: where they are kept; it is made when it is needed.
            package: the folder of the code that templates are compiled with.
        """
        self.folder, self._package = folder, package

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name of a template's file: it is the same wherever the project lies."""
        return f"{name.replace('/', '-')}.compiled"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Hand out what is kept of a template, if it is whole and nothing that it came from has changed."""
        with suppress(OSError):
            kept = (self.folder / bucket.key).read_bytes()
            digest, content = kept[: _DIGEST().digest_size], kept[_DIGEST().digest_size :]
            if digest == self._digest(bucket, content):
                bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, where that is possible and Python may keep modules, too."""
        if sys.dont_write_bytecode:
            return
        content = bucket.bytecode_to_string()
        with suppress(OSError):
            self.folder.mkdir(exist_ok=True)
            (self.folder / bucket.key).write_bytes(self._digest(bucket, content) + content)

    def _digest(self, bucket: Bucket, content: bytes) -> bytes:
        return _DIGEST(b"".join((self._made_with, bucket.key.encode(), bucket.checksum.encode(), content))).digest()

    @cached_property
    def _made_with(self) -> bytes:
        """The digest of what templates are compiled with, whatever stands in them."""
        digest = _DIGEST(f"{sys.version} {jinja2.__version__}".encode())
        for path in sorted(self._package.rglob("*.py")):
            digest.update(path.read_bytes())
        return digest.digest()
