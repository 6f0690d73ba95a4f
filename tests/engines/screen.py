"""A screen of its own on this machine, with a mouse and keys, on which browsers show their real windows.

A virtual X server (Xvfb(1)) keeps what it shows in a file, so that every picture of it can be looked at while it is there. Mouse and
keys are the server's own (XTEST, by xdotool(1)): a browser cannot tell them from a hand's. Beside it runs a message bus, over which
browsers tell screen readers what they show (AT-SPI).
"""

import mmap
import os
import shutil
import signal
import struct
import subprocess
from collections.abc import Mapping
from pathlib import Path

WIDTH, HEIGHT = 1400, 1000
# What every page of ours shows, wherever it is scrolled: dark teal and amber of the bar (theme/assets/site.css).
BAR = ((0x0B, 0x3B, 0x45), (0xFF, 0xD2, 0x4A))

_SERVER = ["-screen", "0", f"{WIDTH}x{HEIGHT}x24", "-nolisten", "tcp", "-noreset"]


def program(name: str) -> str:
    """Where a program is. Raises ``AssertionError`` where it is missing: that is a failure, never a skip."""
    found = shutil.which(name)
    assert found, f"{name} was not found: run make test, which installs it or says how"
    return found


class Screen:
    """A virtual screen with its message bus. Close it at the end."""

    def __init__(self, folder: Path) -> None:
        """Start both; the folder is for what they keep."""
        self._folder = folder
        shows, says = os.pipe()
        self._server = subprocess.Popen(
            [program("Xvfb"), "-displayfd", str(says), *_SERVER, "-fbdir", str(folder)],
            pass_fds=[says],
            stderr=subprocess.DEVNULL,
        )
        os.close(says)
        with os.fdopen(shows) as line:
            number = line.readline().strip()
        assert number, "Xvfb did not start"
        self._bus = subprocess.Popen(
            [program("dbus-daemon"), "--session", "--nofork", "--print-address=1"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "DISPLAY": f":{number}"},
            text=True,
        )
        self.environment: Mapping[str, str] = {
            **os.environ,
            "DISPLAY": f":{number}",
            "DBUS_SESSION_BUS_ADDRESS": self._bus.stdout.readline().strip(),
            # Programs tell screen readers what they show although none listens yet.
            "GNOME_ACCESSIBILITY": "1",
        }
        self._memory = self._open_memory()

    def _open_memory(self) -> memoryview:
        """The server's own memory of what it shows: rows of dots, four bytes each (XWDFile.h)."""
        with (self._folder / "Xvfb_screen0").open("rb") as file:
            memory = memoryview(mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ))
        head = struct.unpack(">25I", memory[:100])
        begin = head[0] + 12 * head[19]
        return memory[begin : begin + 4 * WIDTH * HEIGHT]

    def shows_ours(self) -> bool:
        """Whether a page of ours is in sight, by the colours of its bar: quick enough for a film."""
        dots = bytes(self._memory)
        return any(dots.count(bytes(reversed(colour))) > 200 for colour in BAR)

    def act(self, *words: str) -> str:
        """Let xdotool do something, such as ``key``, ``Tab``; return what it prints."""
        done = subprocess.run([program("xdotool"), *words], env=self.environment, capture_output=True, text=True)
        return done.stdout.strip()

    def press(self, *keys: str) -> None:
        """Press keys one after the other, by their X names."""
        self.act("key", "--delay", "20", *keys)

    def type(self, text: str) -> None:
        """Type letters."""
        self.act("type", "--delay", "10", text)

    def click(self, x: float, y: float) -> None:
        """Click with the mouse, at a place of the screen."""
        self.point(x, y)
        self.act("click", "1")

    def point(self, x: float, y: float) -> None:
        """Bring the mouse to a place of the screen, and wait for what comes of that."""
        self.act("mousemove", str(round(x)), str(round(y)), "sleep", "0.1")

    def title(self) -> str:
        """The titles of all windows that are shown, one a line."""
        windows = self.act("search", "--onlyvisible", "--name", ".").split()
        return "\n".join(self.act("getwindowname", window) for window in windows)

    def close(self) -> None:
        """Stop both."""
        for process in (self._bus, self._server):
            process.send_signal(signal.SIGTERM)
            process.wait(10)
