# SPDX-License-Identifier: GPL-2.0-or-later
#
# This file imports LinkChecker, which is published under the GNU General Public License, version 2 or
# later; so this file is too. The rest of this project does not import LinkChecker: it starts it as a
# program and reads what this plugin writes.
"""A LinkChecker plugin that writes what each address answered, one JSON object a line.

LinkChecker says whether an address answers, not what it shows. This plugin adds the status, the final address, the
last day of each certificate and the beginning of the page.

It runs in LinkChecker's process, which does not know our package, and under another licence; so it imports nothing of
ours, and reads a page's beginning by itself as ``register.links.fallback_fetch`` does.
"""

import base64
import encodings.idna  # noqa: F401 - see below
import json
import os
import threading
import time
from configparser import ConfigParser
from typing import Any

# Run as root, LinkChecker becomes ``nobody`` after it has read this file, and ``nobody`` may not be able to read
# Python's own folder. What Python loads only when it is first needed is therefore loaded now.
from linkcheck.plugins import _ConnectionPlugin  # type: ignore[import-untyped]

__all__ = ["PageReport"]

_OPTIONS = ("descriptor", "largest", "seconds")
_HEADERS = ("content-type", "retry-after", "server", "cf-mitigated")
_CHUNK = 65536


class PageReport(_ConnectionPlugin):  # type: ignore[misc]  # LinkChecker has no types
    """Writes one line for each address that answers; see the fields in ``check``."""

    def __init__(self, config: dict[str, int]) -> None:
        super().__init__(config)
        self._descriptor, self._largest, self._seconds = (config[name] for name in _OPTIONS)
        self._lock = threading.Lock()

    @classmethod
    def read_config(cls, configparser: ConfigParser) -> dict[str, int]:
        """Return the three options of the section ``[PageReport]``, all whole numbers, and let no redirect be followed.

        LinkChecker has no option for that. Where a redirect leads is looked at by ``register.links.fallback_fetch``, which
        does not follow it into a private network. One of robots.txt is not followed either: it then forbids nothing.
        """
        configparser.config["maxhttpredirects"] = 0  # type: ignore[attr-defined]  # of LinkChecker's own class
        return {name: configparser.getint(cls.__name__, name) for name in _OPTIONS}

    def applies_to(self, url_data: Any, **kwargs: Any) -> bool:
        """Return whether there is an answer to read."""
        return url_data.is_http() and url_data.url_connection is not None

    def check(self, url_data: Any) -> None:
        """Write the line of an answer that is no redirect."""
        if url_data.is_redirect():
            return
        body, extent = self._body(url_data.url_connection.raw)
        expiry = (url_data.ssl_cert or {}).get("notAfter")
        line = {
            "address": url_data.base_url,
            "final_url": url_data.url,
            "status": url_data.url_connection.status_code,
            "headers": {name: url_data.headers[name] for name in _HEADERS if name in url_data.headers},
            "expiries": [expiry] if expiry else [],
            "body": base64.b64encode(body).decode("ascii"),
            "extent": extent,
        }
        self._write(json.dumps(line).encode("ascii") + b"\n")

    def _body(self, raw: Any) -> tuple[bytes, str]:
        """The beginning of the page and how much of it that is; limited in size and in time."""
        read, end = bytearray(), time.monotonic() + self._seconds
        while len(read) < self._largest and time.monotonic() < end:
            try:
                part = raw.read1(_CHUNK, decode_content=True)
            except Exception:  # whatever ends a page early, its beginning still shows what it is
                return bytes(read), "broken"
            if not part:
                return bytes(read), "whole"
            read += part
        return bytes(read[: self._largest]), "large" if len(read) >= self._largest else "slow"

    def _write(self, line: bytes) -> None:
        with self._lock:
            while line:
                line = line[os.write(self._descriptor, line) :]
