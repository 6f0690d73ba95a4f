"""A reader who listens: Orca and Firefox on a screen that nobody sees, driven by real keys; what Orca says is taken down.

Everything is private to one reading: the screen (Xvfb), the message bus by which programs tell a screen reader what they show
(D-Bus, AT-SPI), the window manager, the profile of Firefox and the settings of Orca. Orca speaks to no loudspeaker: what it
says stands in its debug file, which it writes for questions like ours (``orca --debug-file``, man orca).
"""

import json
import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

# How many seconds a key may take until it is heard, and for how long Orca must be silent until it has said all. On a busy machine
# words come late: too short a silence would give them to the next key.
PATIENCE = 40
SILENCE = 0.4

# Orca keeps what it says in memory until there is much of it; here each line is written at once. No key is spelt out, braille and
# loudspeaker are not looked for, and a page is read out only when a key asks for it.
ORCA = """\
from orca import debug, settings
debug.debugFile.reconfigure(line_buffering=True)
settings.enableKeyEcho = False
settings.enableBraille = False
settings.speechServerFactory = "none"
settings.speechFactoryModules = []
"""

# A Firefox that asks nobody anything: no first-run pages, no updates, no look for a network.
FIREFOX = {
    "accessibility.force_disabled": -1,
    "app.normandy.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.newtab.preload": False,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.topsites.contile.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "layout.css.visited_links_enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "places.history.enabled": False,
    "services.settings.server": "data:,",
    "termsofuse.bypassNotification": True,
}

_SPOKEN = re.compile(r"^[\d:.]+ - SPEECH OUTPUT: '(.*)'(?: voice=\w+)?(?:\{.*\}|None)?$", re.MULTILINE)
_KEY = "KEYBOARD_EVENT:"


class Listener:
    """Orca and Firefox on one page, for as long as a ``with`` lasts."""

    def __init__(self, url: str) -> None:
        """Remember which page is opened; nothing is started yet."""
        self._url = url
        self._folder = tempfile.TemporaryDirectory(prefix="aloud-", ignore_cleanup_errors=True)
        self._programs: list[subprocess.Popen[bytes]] = []
        self._heard = 0  # how much of the debug file was taken down

    def __enter__(self) -> "Listener":
        """Start everything and wait until Orca says that the page was opened.

        Raises ``AssertionError`` where it does not say so within ``PATIENCE`` seconds.
        """
        try:
            self._start()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop everything."""
        self._stop()

    def press(self, key: str, until: str = "") -> list[str]:
        """Press a key, as xdotool names it; return what is said, phrase by phrase, until Orca has said some words and is silent."""
        known = self._written().count(_KEY)
        subprocess.run(["xdotool", "key", key], env=self._environment, check=True)
        self._wait(lambda: self._written().count(_KEY) > known, f"the key {key}")
        return self.rest(until)

    def rest(self, until: str = "") -> list[str]:
        """Return what is said from now on, phrase by phrase, until Orca has said some words and is silent."""
        self._wait(lambda: until in " ".join(_phrases(self._written()[self._heard :])), f"'{until}'")
        silent_since, size = time.monotonic(), -1
        while time.monotonic() - silent_since < SILENCE:
            time.sleep(0.05)
            if (now := self._debug.stat().st_size) != size:
                silent_since, size = time.monotonic(), now
        written = self._written()
        said, self._heard = _phrases(written[self._heard :]), len(written)
        return said

    def _start(self) -> None:
        folder = Path(self._folder.name)
        self._debug = folder / "debug.out"
        self._debug.touch()
        for name in ("run", "orca", "firefox"):
            (folder / name).mkdir(mode=0o700)
        (folder / "orca" / "orca-customizations.py").write_text(ORCA)
        preferences = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in FIREFOX.items()]
        (folder / "firefox" / "user.js").write_text("".join(preferences))
        kept = {name: os.environ[name] for name in ("PATH", "USER") if name in os.environ}
        self._environment = {**kept, "HOME": str(folder), "XDG_RUNTIME_DIR": str(folder / "run"), "LC_ALL": "C.UTF-8"}
        self._environment["DISPLAY"] = ":" + self._told("Xvfb", "-displayfd", "-screen 0 1280x1024x24 -nolisten tcp")
        self._environment["DBUS_SESSION_BUS_ADDRESS"] = self._told(
            "dbus-daemon", "--print-address", "--session --nofork"
        )
        self._run("openbox")
        self._run("orca", "--debug-file", str(self._debug), "--user-prefs", str(folder / "orca"))
        self._wait(
            lambda: "Screen reader on." in self._written(), "Orca (is another one running? It does not start twice)"
        )
        self._run("firefox-esr", "--no-remote", "--kiosk", "--profile", str(folder / "firefox"), self._url)
        self._wait(lambda: "Finished loading" in self._written(), self._url)

    def _told(self, program: str, option: str, others: str) -> str:
        """Start a program that writes a line to a file descriptor of ours once it is ready; return the line."""
        reading, writing = os.pipe()
        self._run(program, option, str(writing), *others.split(), pass_fds=(writing,))
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as line:
            return line.readline().strip()

    def _run(self, *command: str, pass_fds: tuple[int, ...] = ()) -> None:
        program = subprocess.Popen(
            command,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=pass_fds,
            start_new_session=True,
        )
        self._programs.append(program)

    def _stop(self) -> None:
        for program in reversed(self._programs):
            for how in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(program.pid, how)
                    program.wait(5)
                except (ProcessLookupError, subprocess.TimeoutExpired):
                    continue
        self._folder.cleanup()

    def _written(self) -> str:
        return self._debug.read_text(encoding="utf-8", errors="replace")

    def _wait(self, true: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, f"nothing was heard of {what} in {PATIENCE} seconds"
            time.sleep(0.05)


def _phrases(written: str) -> list[str]:
    """What is said in a part of Orca's debug file, each phrase with single spaces."""
    phrases = (" ".join(said.split()) for said in _SPOKEN.findall(written))
    return [phrase for phrase in phrases if phrase]
