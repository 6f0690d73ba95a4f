"""Chromium in a real window, as the other engines are: the tests in tests/browser show it none."""

from playwright.sync_api import Error, Playwright

from screen import Screen
from visits import FLAGS, find_browser


class Chromium:
    """One window on the screen, with its bars."""

    name = "Chromium"

    def __init__(self, screen: Screen, driver: Playwright, *flags: str) -> None:
        """Start it. It keeps whole pages for Back, as people's browsers do; the driver switches that off otherwise."""
        self.screen = screen
        self._browser = driver.chromium.launch(
            executable_path=find_browser(),
            args=[*FLAGS, "--window-position=0,0", *flags],
            headless=False,
            env=dict(screen.environment),
            ignore_default_args=["--disable-back-forward-cache"],
        )
        self._page = self._browser.new_context(no_viewport=True, ignore_https_errors=True).new_page()
        self._said: list[str] = []
        self._page.on("console", lambda message: self._said.append(f"{message.type}: {message.text}"))
        screen.act("search", "--sync", "--onlyvisible", "--class", "chromium", "windowfocus")

    def go(self, url: str) -> None:
        """Open a page and wait until all of it is there."""
        self._page.goto(url)

    def script(self, expression: str) -> object:
        """What an expression of JavaScript is in the page, waited for. Raises ``RuntimeError`` where the page is gone."""
        try:
            return self._page.evaluate(expression)
        except Error as error:
            raise RuntimeError(str(error)) from None

    def corner(self) -> tuple[float, float]:
        """Where on the screen the page begins: below the bars of the window."""
        return tuple(self.script("[screenX + (outerWidth - innerWidth) / 2, screenY + outerHeight - innerHeight]"))

    def said(self) -> list[str]:
        """What was said in the console since it was last asked for, one line each: level, text."""
        self.script("1")
        said, self._said = self._said, []
        return said

    def history(self) -> list[tuple[str, str]]:
        """Address and title of every page that Back and Forward lead to, in their order."""
        driver = self._page.context.new_cdp_session(self._page)
        entries = driver.send("Page.getNavigationHistory")["entries"]
        driver.detach()
        return [(entry["url"], entry["title"]) for entry in entries]

    def close(self) -> None:
        """Stop it."""
        self._browser.close()
