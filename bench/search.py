"""How soon a search is answered once it is loaded, among 47 recommendations and among 4,700: `make bench`."""

import gzip
import statistics
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Route, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from hosting import hosted_sample  # noqa: E402
from register.site.search_index import as_script, held_in  # noqa: E402
from visits import FLAGS, find_browser, visit  # noqa: E402

FEW, MANY = 47, 4700
WORDS = ("police", "childern", "exshire", "scared", "sharing what we know", "trianing", "zzz")
# From the words in the field until the results are on the page, without the quarter of a second that the search waits for more.
SEARCH = """words => new Promise(answered => {
    const form = document.querySelector('form.find');
    form.querySelector('input').value = words;
    const begun = performance.now();
    new MutationObserver((changes, watch) => {
        watch.disconnect();
        document.body.offsetHeight;
        answered(performance.now() - begun);
    }).observe(form.querySelector('.count'), {childList: true, characterData: true, subtree: true});
    form.dispatchEvent(new Event('submit', {cancelable: true}));
})"""
# From the first use to the first answer, with the files at hand: what loading takes besides the network.
FIRST = """() => new Promise(answered => {
    const form = document.querySelector('form.find');
    const begun = performance.now();
    new MutationObserver((changes, watch) => { watch.disconnect(); answered(performance.now() - begun); })
        .observe(form.querySelector('.count'), {childList: true});
    form.querySelector('input').value = 'police';
    form.dispatchEvent(new Event('input', {bubbles: true}));
})"""


def main() -> None:
    """Print the medians, the slowest answers and the ratio of the medians."""
    with hosted_sample() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_browser(), args=FLAGS)
        few, many = (measured(browser, address, number) for number in (FEW, MANY))
        browser.close()
    for number, found in ((FEW, few), (MANY, many)):
        print(
            f"Among {number:,} recommendations a search is answered in {statistics.median(found['answers']):.1f} ms, "
            f"the slowest in {max(found['answers']):.0f} ms (aim: under 100); loading takes {found['first']:.0f} ms, "
            f"the index has {found['bytes'] / 1000:,.0f} kB, compressed {found['sent'] / 1000:,.0f} kB"
        )
    print(f"Ratio: {statistics.median(many['answers']) / statistics.median(few['answers']):.1f}")


def measured(browser: Browser, address: str, number: int) -> dict[str, Any]:
    """Milliseconds of loading and of each answer, and bytes of the index, with so many recommendations."""
    found: dict[str, Any] = {}

    def grown(route: Route) -> None:
        index = held_in(route.fetch().text())
        pages = [page for page in index["pages"] if "number" in page]
        others = [page for page in index["pages"] if "number" not in page]
        more = [{**pages[place % len(pages)], "number": place + 1, "at": f"{place}/"} for place in range(number)]
        body = as_script({**index, "pages": [*others, *more]}).encode()
        found.update(bytes=len(body), sent=len(gzip.compress(body, 9, mtime=0)))
        route.fulfill(body=body, content_type="text/javascript")

    with visit(browser, "about:blank") as page:
        page.route("**/search/search_index.js", grown)
        page.goto(address)
        found["first"] = page.evaluate(FIRST)
        found["answers"] = [page.evaluate(SEARCH, words) for words in WORDS * 3]
    return found


if __name__ == "__main__":
    main()
