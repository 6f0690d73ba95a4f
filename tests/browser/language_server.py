"""The language server that editors start for YAML (yaml-language-server), driven as an editor drives it.

It speaks the Language Server Protocol (3.17) over its standard input and output. All that it would ask of the network fails, and
is written down.
"""

import itertools
import json
import queue
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from visits import NODE, NODE_MODULES

PROGRAM = NODE_MODULES / "yaml-language-server" / "bin" / "yaml-language-server"
SECONDS = 60  # for one answer; it takes a fraction of one

# Run before the server: every attempt to open a connection is logged and refused.
NO_NETWORK = """
const fs = require('node:fs');
const net = require('node:net');
net.Socket.prototype.connect = function (...to) {
  fs.appendFileSync(process.env.CONNECTIONS, JSON.stringify(to) + '\\n');
  throw new Error('no network in tests');
};
"""


@dataclass(frozen=True, order=True)
class Complaint:
    """What the server underlines."""

    line: int  # from 1
    message: str


@dataclass
class LanguageServer:
    """A running server and the folder that it was told to be the workspace."""

    workspace: Path
    settings: dict[str, Any]  # as VS Code's settings.json names them: {"yaml.schemaStore.enable": False}
    connections: Path  # every connection that it tried to open, one a line
    _process: subprocess.Popen[bytes] = field(init=False)
    _answers: dict[int, queue.Queue[Any]] = field(default_factory=dict)
    _complaints: dict[str, queue.Queue[list[Complaint]]] = field(default_factory=dict)
    _numbers: Any = field(default_factory=itertools.count)

    def start(self) -> None:
        """Start the server and tell it where it is; ``stop`` ends it."""
        guard = self.connections.with_name("no_network.cjs")
        guard.write_text(NO_NETWORK)
        self._process = subprocess.Popen(
            [NODE, "--require", str(guard), str(PROGRAM), "--stdio"],
            env={"CONNECTIONS": str(self.connections), "PATH": "/usr/bin:/bin"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        threading.Thread(target=self._read, daemon=True).start()
        folder = {"uri": self.workspace.as_uri(), "name": "project"}
        able = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {
                "hover": {"contentFormat": ["markdown"]},
                "completion": {"completionItem": {"documentationFormat": ["markdown", "plaintext"]}},
            },
        }
        self._ask(
            "initialize",
            {"processId": None, "rootUri": folder["uri"], "workspaceFolders": [folder], "capabilities": able},
        )
        self._send({"method": "initialized", "params": {}})

    def stop(self) -> None:
        """End the server as an editor does."""
        self._ask("shutdown", None)
        self._send({"method": "exit"})
        self._process.wait(SECONDS)

    def open(self, path: Path, text: str) -> str:
        """Show the server a file, whether it is on the disk or not; return its address."""
        uri = path.as_uri()
        self._complaints[uri] = queue.Queue()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        return uri

    def complaints(self, uri: str) -> list[Complaint]:
        """What it underlines in a file that was opened, by lines."""
        return sorted(self._complaints[uri].get(timeout=SECONDS))

    def hover(self, uri: str, line: int, column: int) -> str:
        """What is shown over a place (line from 1, column from 0), as Markdown."""
        answer = self._ask("textDocument/hover", _at(uri, line, column))
        return answer["contents"]["value"] if answer else ""

    def completions(self, uri: str, line: int, column: int) -> dict[str, str]:
        """What is offered at a place, each with its explanation."""
        items = self._ask("textDocument/completion", _at(uri, line, column))["items"]
        return {item["label"]: _plain(item.get("documentation", "")) for item in items}

    def _ask(self, method: str, params: Any) -> Any:
        number = next(self._numbers)
        self._answers[number] = queue.Queue()
        self._send({"id": number, "method": method, "params": params})
        message = self._answers[number].get(timeout=SECONDS)
        assert "error" not in message, message
        return message["result"]

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._process.stdin.flush()

    def _read(self) -> None:
        """Take what the server says, until it ends: answers, complaints, and what it asks."""
        stream = self._process.stdout
        assert stream
        while header := stream.readline():
            length = int(header.partition(b":")[2])
            while stream.readline().strip():
                pass
            self._take(json.loads(stream.read(length)))

    def _take(self, message: dict[str, Any]) -> None:
        method = message.get("method")
        if method == "workspace/configuration":
            asked = [self._section(item.get("section", "")) for item in message["params"]["items"]]
            self._send({"id": message["id"], "result": asked})
        elif method == "textDocument/publishDiagnostics":
            params = message["params"]
            found = [Complaint(one["range"]["start"]["line"] + 1, one["message"]) for one in params["diagnostics"]]
            self._complaints[params["uri"]].put(found)
        elif method and "id" in message:
            self._send({"id": message["id"], "result": None})
        elif "id" in message:
            self._answers[message["id"]].put(message)

    def _section(self, section: str) -> dict[str, Any]:
        """A part of the settings as a tree: {"schemaStore": {"enable": False}}."""
        tree: dict[str, Any] = {}
        for name, value in self.settings.items():
            if name.startswith(f"{section}."):
                *outer, last = name.removeprefix(f"{section}.").split(".")
                inner = tree
                for part in outer:
                    inner = inner.setdefault(part, {})
                inner[last] = value
        return tree


def _at(uri: str, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": uri}, "position": {"line": line - 1, "character": column}}


def _plain(documentation: str | dict[str, str]) -> str:
    return documentation if isinstance(documentation, str) else documentation["value"]
