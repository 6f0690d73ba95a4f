"""How soon a choice on the list of recommendations is answered, with 14 rows and with 4,704: `make bench`."""

import statistics
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "browser")]

from hosting import hosted_sample  # noqa: E402
from visits import FLAGS, find_browser, grown, visit  # noqa: E402

# From the change of a field to the page laid out anew.
CHOOSE = """() => ['applies', '', 'applies-in-part', '', 'not-for-us', '', 'applies', ''].map(value => {
    const form = document.querySelector('form[data-register]');
    const begun = performance.now();
    form.elements.response.value = value;
    form.elements.response.dispatchEvent(new Event('change', {bubbles: true}));
    document.body.offsetHeight;
    return performance.now() - begun;
})"""


def main() -> None:
    """Print both medians and their ratio."""
    with hosted_sample() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=find_browser(), args=FLAGS)
        few, many = (median_of(browser, address, times) for times in (1, 336))
        browser.close()
    print(
        f"A choice among 14 recommendations is answered in {few:.0f} ms, among 4,704 in {many:.0f} ms (aim: under 50)"
    )
    print(f"Ratio: {many / few:.1f}")


def median_of(browser: Browser, address: str, times: int) -> float:
    """Milliseconds that a choice takes with the sample's rows so many times over."""
    with visit(browser, "about:blank") as page:
        page.route("**/recommendations/", grown(times))
        page.goto(f"{address}recommendations/")
        page.evaluate(CHOOSE)
        return statistics.median(page.evaluate(CHOOSE))


if __name__ == "__main__":
    main()
