"""Nothing is stored, nothing is told to anyone, nothing runs that should not, while everything is used."""

import json
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from hosting import BY_ITSELF, BareSiteHandler, Host, SiteHandler, headers_of
from register.site.policy import CONTENT_POLICY, STYLE_IN_PAGE, headers_everywhere
from visits import NARROW, NODE, NODE_MODULES, PAGES, Tabs, fault_report, use, visit, wait_until
from witness import WORDS, Witness


def kept(page: Page, context: BrowserContext) -> list[str]:
    """What is stored on the reader's device, one line each."""
    found = page.evaluate(
        """async () => [
            ...Object.keys(localStorage).map(key => 'localStorage ' + key),
            ...Object.keys(sessionStorage).map(key => 'sessionStorage ' + key),
            ...(await indexedDB.databases()).map(base => 'indexedDB ' + base.name),
            ...(await (window.caches ? caches.keys() : [])).map(name => 'cache ' + name),
            ...(await (navigator.serviceWorker ? navigator.serviceWorker.getRegistrations() : []))
                .map(worker => 'service worker ' + worker.scope),
        ]"""
    )
    return found + [f"cookie {cookie['name']}" for cookie in context.cookies()]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_in_use_tells_nobody_and_keeps_nothing(browser: Browser, address: str, name: str) -> None:
    """Search, menu, filters, definitions, a key of the way out: no request elsewhere, no fault in the console."""
    with visit(browser, "about:blank", NARROW) as page:
        witness = Witness(page)
        page.goto(address + PAGES[name])
        use(page)
        faults = witness.faults(address) + [f"keeps {what}" for what in kept(page, page.context)]
    assert not faults, fault_report(faults, name)


@pytest.mark.parametrize("name", ["home", "full record", "wrong address"])
def test_words_searched_for_are_told_nobody_and_kept_nowhere(browser: Browser, address: str, name: str) -> None:
    """Typed, sent off with a key, and on to the page that was found."""
    with visit(browser, "about:blank", NARROW) as page:
        witness = Witness(page)
        page.goto(address + PAGES[name])
        page.click('button[aria-controls="search"]')
        for words, count in WORDS.items():
            page.fill("#search-words", words)
            expect(page.locator("#search .count")).to_contain_text(count)
        page.keyboard.press("Enter")
        expect(page.locator("#search .results a").first).to_be_focused()
        with page.expect_event("framenavigated"):
            page.keyboard.press("Enter")  # go there
        page.wait_for_load_state()
        faults = witness.faults(address) + [f"keeps {what}" for what in kept(page, page.context)]
        faults += [
            f"puts the words searched for into its address: {page.url}" for word in WORDS if f"={word}" in page.url
        ]
        faults += [
            f"keeps {value!r} for the next page" for value in page.evaluate("[history.state, window.name]") if value
        ]
    assert not faults, fault_report(faults, name)


@pytest.mark.parametrize("host", [SiteHandler, BareSiteHandler], ids=["with headers", "without headers"])
def test_leaving_breaks_no_rule_of_the_policy(browser: Browser, built_sample: Path, host: type) -> None:
    with Host(host, directory=built_sample) as site, visit(browser, "about:blank") as page:
        witness = Witness(page)
        page.route("https://weather.exampleshire.test/**", lambda route: route.fulfill(body="Weather"))
        page.goto(site.address)
        page.click("#leave")
        page.wait_for_url("https://weather.exampleshire.test/**")
    assert [line for line in witness.said if "404 (" not in line] == []


@pytest.mark.parametrize("name", PAGES)
def test_links_open_here_and_tell_nobody_where_they_were(tabs: Tabs, address: str, name: str) -> None:
    """No new tab (WCAG 3.2.5), no Referer even where the page's own word on it is not read; the policy comes first."""
    page = tabs.at(address + PAGES[name])
    facts = page.evaluate(
        """() => ({
            tabs: [...document.querySelectorAll('[target]')].map(node => node.outerHTML.slice(0, 99)),
            telling: [...document.querySelectorAll('a[href^="http"]')].filter(node =>
                new URL(node.href).host !== location.host && !node.rel.includes('noreferrer')).map(node => node.href),
            styled: [...document.querySelectorAll('[style], style, script:not([src], [type="application/ld+json"]), [onclick]')].map(node => node.outerHTML),
            policy: document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content,
            first: [...document.head.children].slice(0, 4).map(node =>
                node.httpEquiv || node.name || node.getAttribute('src') || 'charset'),
            referrer: document.querySelector('meta[name="referrer"]')?.content,
        })"""
    )
    assert (facts["tabs"], facts["telling"], facts["styled"]) == ([], [], [f"<style>{STYLE_IN_PAGE}</style>"]), name
    assert (facts["policy"], facts["referrer"]) == (CONTENT_POLICY, "no-referrer"), name
    assert facts["first"][:3] == ["charset", "Content-Security-Policy", "referrer"], name


def test_the_policy_allows_nothing_unsafe_and_the_headers_are_written(built_sample: Path) -> None:
    assert CONTENT_POLICY.startswith("default-src 'none'")
    assert "unsafe" not in CONTENT_POLICY
    assert "http" not in CONTENT_POLICY
    assert headers_of(built_sample, "/help/") == {**BY_ITSELF, **headers_everywhere(preload=False)}


def observatory(address: str) -> dict:
    """What MDN's HTTP Observatory says of a host, by its own tests, without asking anyone else."""
    script = Path(__file__).parent / "observatory.mjs"
    done = subprocess.run([NODE, str(script), address], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def observatory_lists() -> None:
    """The observatory's two lists that it fetches when it is installed. It runs without: ours is no listed name."""
    conf = NODE_MODULES / "@mdn" / "mdn-http-observatory" / "conf"
    (conf / "hsts-preload.json").write_text("{}", encoding="utf-8")
    (conf / "tld-list.json").write_text("[]", encoding="utf-8")


@pytest.mark.usefixtures("observatory_lists")
def test_the_observatory_gives_its_best_grade_with_the_headers(address: str) -> None:
    scan = observatory(address)
    assert (scan["grade"], scan["failed"]) == ("A+", []), scan


@pytest.mark.usefixtures("observatory_lists")
def test_the_observatory_sees_when_the_headers_are_missing(built_sample: Path) -> None:
    with Host(BareSiteHandler, directory=built_sample) as host:
        scan = observatory(host.address)
    assert scan["grade"] not in ("A+", "A")
    assert "strict-transport-security" in scan["failed"]


def test_the_witness_hears_a_page_made_bad(browser: Browser, address: str) -> None:
    with visit(browser, "about:blank") as page:
        witness = Witness(page)
        page.route("https://elsewhere.test/**", lambda route: route.fulfill(body="x"))
        page.goto(address)
        page.evaluate(
            """() => {
                localStorage.setItem('seen', '1');
                document.cookie = 'seen=1';
                document.body.insertAdjacentHTML('beforeend', '<img src="https://elsewhere.test/x.png">');
                fetch('search/search_index.js?q=hushedword');
                console.log('noise');
            }"""
        )
        expected = ("policy: img-src", "console: log: noise", "words searched for", "localStorage seen", "cookie seen")

        def missing() -> list[str]:
            found = "\n".join(witness.faults(address) + kept(page, page.context))
            return [fault for fault in expected if fault not in found]

        wait_until(page, lambda: not missing())
        assert missing() == []
