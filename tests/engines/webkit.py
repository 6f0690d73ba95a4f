"""WebKit, driven through a window of its own (webkit_window.py)."""

import json
import os
import queue
import subprocess
import threading
import time
from pathlib import Path

from screen import Screen

# Debian's Python, which has Debian's bindings; the environment of the tests has not.
PYTHON = "/usr/bin/python3"
# For how many seconds an answer is waited for. To look at a page takes a moment, or the page has gone.
_PATIENCE = {"go": 60, "print": 60, "script": 5, "size": 20, "history": 20}


class WebKit:
    """One window without bars. Its page stands in the upper left corner of the screen, as large as is asked for."""

    def __init__(self, screen: Screen, folder: Path, fonts: Path, swap: bool = True) -> None:
        """Start it with one set of fonts (a file of fontconfig), with a process for each site (as Safari) or one for all."""
        self.name = "WebKit" if swap else "WebKit in one process"
        self.screen = screen
        self._folder = folder
        self._console = folder / "console"
        window = Path(__file__).with_name("webkit_window.py")
        answers, answer = os.pipe()
        with self._console.open("w", encoding="utf-8") as said:
            self._process = subprocess.Popen(
                [PYTHON, str(window), str(answer), str(folder), "swap" if swap else "keep"],
                env={**screen.environment, "FONTCONFIG_FILE": str(fonts), "PYTHONPATH": ""},
                stdin=subprocess.PIPE,
                stderr=said,
                pass_fds=[answer],
                text=True,
            )
        os.close(answer)
        self._answers: queue.Queue[list] = queue.Queue()
        threading.Thread(target=self._listen, args=[answers], daemon=True).start()
        self._count = 0
        self._read = 0
        self._send("go", url="about:blank")
        screen.act("search", "--sync", "--onlyvisible", "--pid", str(self._process.pid), "windowfocus")

    def _listen(self, answers: int) -> None:
        with os.fdopen(answers, encoding="utf-8") as lines:
            for line in lines:
                self._answers.put(json.loads(line))

    def _send(self, what: str, **how: object) -> object:
        """Ask one thing. Raises ``RuntimeError`` where no answer comes: that of a page that went away never does."""
        self._count += 1
        self._process.stdin.write(json.dumps({"do": what, "count": self._count, **how}) + "\n")
        self._process.stdin.flush()
        while True:
            try:
                count, value = self._answers.get(timeout=_PATIENCE[what])
            except queue.Empty:
                raise RuntimeError(f"WebKit does not answer to {what}") from None
            if count == self._count:
                return value

    def go(self, url: str) -> None:
        """Open a page and wait until all of it is there."""
        self._send("go", url=url)

    def script(self, expression: str) -> object:
        """What an expression of JavaScript is in the page, waited for. Raises ``RuntimeError`` with what it throws."""
        reply = self._send("script", text=expression)
        if "error" in reply:
            raise RuntimeError(reply["error"])
        return reply["value"]

    def size(self, width: int, height: int) -> None:
        """Make the page so large, in CSS pixels."""
        self._send("size", width=width, height=height)
        for _ in range(200):
            if self.script("[innerWidth, innerHeight]") == [width, height]:
                return
            time.sleep(0.01)
        raise RuntimeError(f"the window is {self.script('[innerWidth, innerHeight]')}, not {width} × {height}")

    def corner(self) -> tuple[float, float]:
        """Where on the screen the page begins."""
        return 0, 0

    def said(self) -> list[str]:
        """What was said in the console since it was last asked for, one line each."""
        self.script("1")
        with self._console.open(encoding="utf-8") as said:
            said.seek(self._read)
            lines = [line for line in said.read().splitlines() if "CONSOLE" in line]  # GTK speaks there, too
            self._read = said.tell()
        return lines

    def history(self) -> list[tuple[str, str]]:
        """Address and title of every page that Back and Forward lead to, in their order."""
        return [(address, title or "") for address, title in self._send("history")]

    def pdf(self) -> bytes:
        """The page as it is printed on A4. Raises ``RuntimeError`` with what went wrong."""
        path = self._folder / "printed.pdf"
        wrong = self._send("print", path=str(path))
        if wrong:
            raise RuntimeError(wrong)
        return path.read_bytes()

    def close(self) -> None:
        """Stop it."""
        self._process.stdin.close()
        self._process.wait(20)
