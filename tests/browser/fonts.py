"""The fonts of the browser tests: brought by npm, chosen here, the same on every machine.

Chromium on Linux finds its fonts through fontconfig, which reads the file that FONTCONFIG_FILE names (fonts.conf(5)).
A browser that is started here gets a file of its own: it knows the few fonts of one set and answers every request with
one of them, so that ``system-ui`` or "Segoe UI" is never whatever the machine happens to have.
"""

import os
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from playwright.sync_api import Browser, Page, Playwright

from visits import FLAGS, NODE_MODULES, Tabs, find_browser

_NOTO = NODE_MODULES / "@expo-google-fonts" / "noto-sans"
_DEJAVU = NODE_MODULES / "dejavu-fonts-ttf" / "ttf"
_STYLES = ("", "-Bold", "-Oblique", "-BoldOblique")

# The names in site.css that ask for a serif font or for letters of one width. Any other name gets the sans serif font.
SERIF = "DejaVu Serif"
MONOSPACE = "DejaVu Sans Mono"
_NAMES = {
    SERIF: ("serif", "Georgia", "Times New Roman"),
    MONOSPACE: ("monospace", "ui-monospace", "Menlo", "Consolas"),
}
_COMMON = (
    *(_DEJAVU / f"DejaVuSerif{style}.ttf" for style in ("", "-Bold", "-Italic", "-BoldItalic")),
    *(_DEJAVU / f"DejaVuSansMono{style}.ttf" for style in _STYLES),
)


@dataclass(frozen=True)
class FontSet:
    """A sans serif family, in which nearly everything is written, with the files of all families of the set."""

    name: str
    sans: str
    files: tuple[Path, ...]

    def family(self, name: str) -> str:
        """The family that stands for a name in a stylesheet."""
        return next((family for family, names in _NAMES.items() if name in names), self.sans)


# About as wide as Roboto, Segoe UI and San Francisco.
NARROW_FONT = FontSet(
    "narrow font",
    "Noto Sans",
    (
        *(
            _NOTO / style / f"NotoSans_{style}.ttf"
            for weight in ("400Regular", "600SemiBold", "700Bold")
            for style in (weight, f"{weight}_Italic")
        ),
        *_COMMON,
    ),
)
# As wide as Verdana. It has no weight of 600, so bold stands in: the widest that readers are likely to have.
WIDE_FONT = FontSet("wide font", "DejaVu Sans", (*(_DEJAVU / f"DejaVuSans{style}.ttf" for style in _STYLES), *_COMMON))
FONT_SETS = (NARROW_FONT, WIDE_FONT)

# For tests of all that depends on how much room text takes.
in_each_font = pytest.mark.parametrize("fonts", FONT_SETS, ids=[fonts.name for fonts in FONT_SETS])


def settings(fonts: FontSet, folder: Path) -> str:
    """The text of a fontconfig file that knows the fonts in a folder and answers every request with one of the set."""
    rules = [_rule(family, [("any", "eq", name)]) for family, names in _NAMES.items() for name in names]
    rules.append(_rule(fonts.sans, [("all", "not_eq", family) for family in _NAMES]))
    return "\n".join(
        [
            '<?xml version="1.0"?>',
            '<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">',
            "<fontconfig>",
            f"<dir>{escape(str(folder))}</dir>",
            f"<cachedir>{escape(str(folder / 'cache'))}</cachedir>",
            *rules,
            # How letters are drawn also depends on the machine unless it is said here.
            '<match target="pattern"><edit name="antialias"><bool>true</bool></edit><edit name="hinting"><bool>false</bool>'
            '</edit><edit name="rgba"><const>none</const></edit></match>',
            "</fontconfig>",
        ]
    )


def write_settings(fonts: FontSet, folder: Path) -> Path:
    """Put the fonts of a set and fontconfig's settings for them into an empty folder; return the file of settings.

    Raises ``FileNotFoundError`` where a font is missing.
    """
    for file in fonts.files:
        (folder / file.name).symlink_to(file.resolve(strict=True))
    path = folder / "fonts.conf"
    path.write_text(settings(fonts, folder), encoding="utf-8")
    return path


def _rule(family: str, tests: list[tuple[str, str, str]]) -> str:
    """One rule: requests that pass all tests (qualifier, comparison, name) get a family instead of what they ask for."""
    conditions = "".join(
        f'<test qual="{which}" name="family" compare="{how}"><string>{escape(name)}</string></test>'
        for which, how, name in tests
    )
    answer = f'<edit name="family" mode="assign_replace" binding="strong"><string>{escape(family)}</string></edit>'
    return f'<match target="pattern">{conditions}{answer}</match>'


def launch(driver: Playwright, fonts: FontSet, folder: Path, **how: object) -> Browser:
    """Start a browser that has one set of fonts and no others.

    The folder must be empty; fonts, settings and fontconfig's cache stay there for as long as the browser runs. Raises
    ``FileNotFoundError`` where a font is missing and ``RuntimeError`` where the browser shows another one, so that no
    test runs in any other font without notice.
    """
    path = write_settings(fonts, folder)
    browser = driver.chromium.launch(
        executable_path=find_browser(), args=FLAGS, env={**os.environ, "FONTCONFIG_FILE": str(path)}, **how
    )
    page = browser.new_page()
    page.set_content("<p style='font-family: system-ui'>Which font is this?</p>")
    shown = fonts_of(page, "p")
    page.close()
    if shown != {fonts.sans}:
        browser.close()
        raise RuntimeError(f"Chromium shows {', '.join(shown)} instead of {fonts.sans}: does it read FONTCONFIG_FILE?")
    return browser


def fonts_of(page: Page, selector: str) -> set[str]:
    """The families in which the text of the first such element is really drawn, as the browser itself tells."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    used = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    session.detach()
    # By its oldest name, a weight that is neither regular nor bold is a family of its own (OpenType, name ID 1).
    return {font["familyName"].removesuffix(" SemiBold") for font in used}


class Browsers:
    """One browser for each set of fonts, started when it is first asked for, with tabs that stay open."""

    def __init__(self, driver: Playwright, folder: Path) -> None:
        """None is running yet; each will have a folder of its own for its fonts."""
        self._driver = driver
        self._folder = folder
        self._running: dict[str, tuple[Browser, Tabs]] = {}

    def having(self, fonts: FontSet) -> tuple[Browser, Tabs]:
        """The browser that has a set of fonts, and its tabs."""
        if fonts.name not in self._running:
            folder = self._folder / fonts.name.replace(" ", "-")
            folder.mkdir()
            browser = launch(self._driver, fonts, folder)
            self._running[fonts.name] = browser, Tabs(browser)
        return self._running[fonts.name]

    def close(self) -> None:
        """Stop them all."""
        for browser, _ in self._running.values():
            browser.close()
