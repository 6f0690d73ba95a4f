"""Firefox as people have it, driven by WebDriver BiDi (W3C), which it speaks by itself: no driver beside it."""

import base64
import json
import re
import subprocess
from pathlib import Path

import websocket

from screen import Screen, program

# The page itself reports what its policy stopped: Firefox says that to no driver.
REPORT = """() => addEventListener('securitypolicyviolation', event =>
    console.error('policy: ' + event.violatedDirective + ' ' + event.blockedURI))"""
# The readers' own wish for colours that they have chosen (about:config).
FORCED = """
    Services.prefs.setIntPref('browser.display.document_color_use', {use});
    Services.prefs.setBoolPref('ui.useAccessibilityTheme', {theme});
"""


class Firefox:
    """One window without bars. Its page stands in the upper left corner of the screen, as large as is asked for."""

    name = "Firefox"

    def __init__(self, screen: Screen, folder: Path, fonts: Path) -> None:
        """Start it with a profile in a new folder and one set of fonts (a file of fontconfig)."""
        self.screen = screen
        self._said: list[str] = []
        self._count = 0
        (folder / "user.js").write_text(
            # It is not asked to warn, update or restore, and keeps pages for Back as it does with people.
            'user_pref("browser.sessionhistory.max_total_viewers", 8);\n'
            'user_pref("app.normandy.enabled", false);\n'
            'user_pref("dom.w3c_touch_events.enabled", 1);\n'
            'user_pref("accessibility.force_disabled", -1);\n',
            encoding="utf-8",
        )
        command = [program("firefox-esr"), "--no-remote", "--profile", str(folder), "--kiosk", "about:blank"]
        self._process = subprocess.Popen(
            [*command, "--remote-debugging-port", "0", "--remote-allow-system-access"],
            # What draws pages may not read a folder of ours otherwise, and then shows no letters.
            env={**screen.environment, "FONTCONFIG_FILE": str(fonts), "MOZ_DISABLE_CONTENT_SANDBOX": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        lines = iter(self._process.stderr)
        address = next(found[1] for line in lines if (found := re.search(r"BiDi listening on (\S+)", line)))
        self._socket = websocket.create_connection(f"{address}/session", suppress_origin=True, timeout=60)
        self._send("session.new", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})
        self._tab = self._send("browsingContext.getTree")["contexts"][0]["context"]
        self._window = self._send("browsingContext.getTree", **{"moz:scope": "chrome"})["contexts"][0]["context"]
        self._send("session.subscribe", events=["log.entryAdded"])
        self._send("script.addPreloadScript", functionDeclaration=REPORT)
        screen.act("search", "--sync", "--onlyvisible", "--class", "firefox", "windowfocus")

    def _send(self, method: str, **params: object) -> dict:
        """Ask one thing and keep what is said meanwhile. Raises ``RuntimeError`` with Firefox's own words."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": params}))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("method") == "log.entryAdded":
                entry = answer["params"]
                self._said.append(f"{entry['level']}: {entry['text']}")
            if answer.get("id") == self._count:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}: {answer['message']}")
                return answer["result"]

    def go(self, url: str) -> None:
        """Open a page and wait until all of it is there."""
        self._send("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def script(self, expression: str) -> object:
        """What an expression of JavaScript is in the page, waited for."""
        return self._evaluate(self._tab, expression)

    def _evaluate(self, where: str, expression: str) -> object:
        """The value of an expression, brought over as JSON. Raises ``RuntimeError`` with what it throws."""
        text = f"(async () => JSON.stringify(await ({expression})) ?? 'null')()"
        reply = self._send("script.evaluate", expression=text, target={"context": where}, awaitPromise=True)
        if reply["type"] == "exception":
            raise RuntimeError(reply["exceptionDetails"]["text"])
        return json.loads(reply["result"]["value"])

    def size(self, width: int, height: int) -> None:
        """Make the page so large, in CSS pixels."""
        self._send("browsingContext.setViewport", context=self._tab, viewport={"width": width, "height": height})

    def tap(self, x: float, y: float) -> None:
        """Tap with a finger, at a place from the page's upper left corner."""
        finger = {
            "type": "pointer",
            "id": "finger",
            "parameters": {"pointerType": "touch"},
            "actions": [
                {"type": "pointerMove", "x": round(x), "y": round(y)},
                {"type": "pointerDown", "button": 0},
                {"type": "pointerUp", "button": 0},
            ],
        }
        self._send("input.performActions", context=self._tab, actions=[finger])

    def corner(self) -> tuple[float, float]:
        """Where on the screen the page begins."""
        return tuple(self.script("[mozInnerScreenX, mozInnerScreenY]"))

    def said(self) -> list[str]:
        """What was said in the console since it was last asked for, one line each: level, text."""
        self.script("1")  # all that was said before has come by then
        said, self._said = self._said, []
        return said

    def history(self) -> list[tuple[str, str]]:
        """Address and title of every page that Back and Forward lead to, in their order."""
        pages = "gBrowser.selectedBrowser.browsingContext.sessionHistory"
        entries = f"Array.from({{length: {pages}.count}}, (_, at) => {pages}.getEntryAtIndex(at))"
        listed = self._evaluate(self._window, f"{entries}.map(entry => [entry.URI.spec, entry.title])")
        return [(address, title) for address, title in listed]

    def force_colours(self, forced: bool) -> None:
        """Show pages in the reader's own colours, or in their own."""
        set_to = FORCED.format(use=2 if forced else 0, theme="true" if forced else "false")
        self._send("script.evaluate", expression=set_to, target={"context": self._window}, awaitPromise=False)

    def pdf(self) -> bytes:
        """The page as it is printed on A4."""
        page = {"width": 21.0, "height": 29.7}
        reply = self._send("browsingContext.print", context=self._tab, page=page, background=False)
        return base64.b64decode(reply["data"])

    def close(self) -> None:
        """Stop it."""
        self._socket.close()
        self._process.terminate()
        self._process.wait(20)
