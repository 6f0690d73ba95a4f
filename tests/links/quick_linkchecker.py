"""A program that takes LinkChecker's place and is quick, for tests of what reads its output."""

import base64
import json
from pathlib import Path

HEAD = "urlname,result,infostring,valid,url"


class Program:
    """A package ``linkcheck`` that Python finds before the real one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "linkcheck"
        self._folder.mkdir()
        (self._folder / "__init__.py").touch()
        self._log = folder / "given.jsonl"

    def does(self, code: str) -> None:
        """Set what it does."""
        (self._folder / "__main__.py").write_text(code)

    def writes(self, *rows: str, lines: tuple[dict[str, object], ...] = (), then: str = "") -> None:
        """Let it write CSV rows as LinkChecker does, and lines to the pipe of our plugin; then do something more."""
        answers = "".join(json.dumps(line) + "\n" for line in lines)
        text = "\n".join(["# created by LinkChecker", HEAD, *rows, "# Stopped checking", ""])
        self.does(
            "import configparser, json, os, sys, time\n"
            f"with open({str(self._log)!r}, 'a') as log:\n"
            "    print(json.dumps([time.monotonic(), sys.stdin.read().split()]), file=log)\n"
            "config = configparser.ConfigParser()\n"
            "config.read(sys.argv[sys.argv.index('--config') + 1])\n"
            f"os.write(config.getint('PageReport', 'descriptor'), {answers.encode()!r})\n"
            f"sys.stdout.write({text!r}); sys.stdout.flush()\n{then}\n"
        )

    @property
    def given(self) -> list[list[str]]:
        """Return the addresses that it was given each time it was started."""
        return [addresses for _, addresses in self._starts()]

    @property
    def moments(self) -> list[float]:
        """Return the moments at which it was started, in seconds of one clock."""
        return [moment for moment, _ in self._starts()]

    def _starts(self) -> list[tuple[float, list[str]]]:
        return [json.loads(line) for line in self._log.read_text().splitlines()] if self._log.exists() else []


def line(address: str, **fields: object) -> dict[str, object]:
    """A line as the plugin writes it."""
    body = base64.b64encode(b"<title>Report</title>").decode()
    usual = {"address": address, "final_url": address, "status": 200, "headers": {"content-type": "text/html"}}
    return {**usual, "expiries": ["Nov 24 12:00:00 2026 GMT"], "body": body, "extent": "whole", **fields}
