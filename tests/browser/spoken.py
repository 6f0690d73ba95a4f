"""What a screen reader says: Guidepup's virtual one, run inside the real browser so that styles count."""

from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page

from visits import NODE_MODULES

TEXTS = Path(__file__).parent / "spoken"
READER = NODE_MODULES / "@guidepup" / "virtual-screen-reader" / "lib" / "esm" / "index.browser.js"

READ = """async ([source, selector, most]) => {
    const {virtual} = await import(URL.createObjectURL(new Blob([source], {type: 'text/javascript'})));
    await virtual.start({container: document.querySelector(selector)});
    const first = await virtual.lastSpokenPhrase();
    for (let step = 0; step < most && (await virtual.lastSpokenPhrase()) !== 'end of ' + first; step += 1) {
        await virtual.next();
    }
    const log = await virtual.spokenPhraseLog();
    await virtual.stop();
    return log;
}"""


def listen(page: Page, selector: str = "body") -> list[str]:
    """Everything that is said on the way through a part of the page, phrase by phrase."""
    return page.evaluate(READ, [READER.read_text(encoding="utf-8"), selector, 5000])


def indented(phrases: list[str]) -> str:
    """The phrases as a text to review: what is inside something stands further in, ends are left out."""
    return "".join(f"{'  ' * depth}{phrase}\n" for depth, phrase in _depths(phrases))


def _depths(phrases: list[str]) -> Iterator[tuple[int, str]]:
    ends = {phrase for phrase in phrases if phrase.startswith("end of ")}
    open_ones: list[str] = []
    for phrase in phrases:
        inside = [f"end of {one}" for one in open_ones]
        if phrase in inside:  # the end of what is empty is not said, so it may still be open
            del open_ones[len(inside) - 1 - inside[::-1].index(phrase) :]
            continue
        yield len(open_ones), phrase
        if f"end of {phrase}" in ends:
            open_ones.append(phrase)
