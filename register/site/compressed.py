"""Compresses a built site beforehand, so that a web host sends small answers without work and the best that there is."""

import gzip
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import brotli

from register.site.policy import CODINGS, COMPRESSED

_WAYS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda data: bytes(brotli.compress(data, mode=brotli.MODE_TEXT, quality=11)),
    "gzip": lambda data: gzip.compress(data, 9, mtime=0),  # no time in it: the same bytes every time
}


def compress(site: Path) -> None:
    """Put beside each file of text in a built site the same compressed, where that is smaller: ``index.html.br``.

    Args:
        site: the folder of the site.
    """
    texts = [path for path in site.rglob("*") if path.is_file() and path.suffix.removeprefix(".") in COMPRESSED]
    with ThreadPoolExecutor() as threads:  # both libraries let other threads run while they compress
        list(threads.map(_compress_one, texts))  # so that what went wrong in a thread is raised


def _compress_one(path: Path) -> None:
    data = path.read_bytes()
    for coding, ending in CODINGS.items():
        small = _WAYS[coding](data)
        if len(small) < len(data):
            path.with_name(path.name + ending).write_bytes(small)
