"""Leave this site: blank at once, nothing told to the exit site, nothing of ours on the way back.

Two origins on this machine, the browser's store of whole pages (back-forward cache) on,
with the site's headers and on a host that sends none, and an exit site that takes three seconds.
"""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, CDPSession, Error, Page, Playwright

from fonts import NARROW_FONT, launch
from hosting import BareSiteHandler, ExitHandler, Host, SiteHandler
from projects import make_project

# The address of the exit site in the sample, which leads nowhere.
WEATHER = "https://weather.exampleshire.test/today"

SHIFT = {"key": "Shift", "code": "ShiftLeft", "windowsVirtualKeyCode": 16}
PHONE = {"width": 390, "height": 700}


@dataclass
class Hosts:
    """A site and the site to which its readers leave, quick and slow, with and without headers."""

    exit: str
    sites: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    """The sample built twice, to leave to a quick and to a slow exit site; the address is the one in data/links.yml."""
    with Host(ExitHandler) as out:
        running = []
        found = Hosts(out.address)
        for speed, path in {"quick": "quick/", "slow": "slow/"}.items():
            folder = tmp_path_factory.mktemp(speed) / "project"
            folder.mkdir()
            project = make_project(folder)
            project.edit("data/links.yml", WEATHER, out.address + path)
            done = project.run("site")
            assert done.returncode == 0, done.stderr
            for kind, handler in {"headers": SiteHandler, "no headers": BareSiteHandler}.items():
                host = Host(handler, directory=folder / "site").__enter__()
                running.append(host)
                found.sites[f"{speed}, {kind}"] = host.address
        yield found
        for host in running:
            host.__exit__(None, None, None)


@pytest.fixture(scope="module")
def keeping_browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser that keeps whole pages for Back, as people's browsers do; the driver switches that off otherwise."""
    folder = tmp_path_factory.mktemp("fonts")
    chromium = launch(playwright, NARROW_FONT, folder, ignore_default_args=["--disable-back-forward-cache"])
    yield chromium
    chromium.close()


class Film:
    """Every frame that the tab shows, with its time."""

    def __init__(self, page: Page) -> None:
        """Start filming."""
        self.page = page
        self.driver: CDPSession = page.context.new_cdp_session(page)
        self.frames: list[tuple[float, str]] = []
        self.driver.on("Page.screencastFrame", self._keep)
        self.driver.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})

    def _keep(self, event: dict) -> None:
        self.frames.append((event["metadata"]["timestamp"], event["data"]))
        with contextlib.suppress(Error):  # the tab may be on its way out
            self.driver.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    def send(self, kind: str, **what: object) -> None:
        """Send a press of a key or a button. The driver's own commands wait for the next page; a reader's hand does not."""
        self.driver.send(f"Input.dispatch{kind}", what)

    def ours(self) -> list[float]:
        """The times of the frames on which a page of ours is seen: by the colours of its bar, which is always in sight."""
        frames = list(self.frames)  # more may come in while these are judged
        judge = self.page.context.new_page()
        seen = judge.evaluate(SEEN, [data for _, data in frames])
        judge.close()
        return [when for (when, _), is_ours in zip(frames, seen, strict=True) if is_ours]


# Whether the dark teal or the amber of the bar is anywhere in a picture.
SEEN = """frames => Promise.all(frames.map(async data => {
    const reply = await fetch('data:image/png;base64,' + data);
    const image = await createImageBitmap(await reply.blob());
    const paper = new OffscreenCanvas(image.width, image.height).getContext('2d');
    paper.drawImage(image, 0, 0);
    const dots = paper.getImageData(0, 0, image.width, image.height).data;
    let hits = 0;
    for (let at = 0; at < dots.length; at += 4) {
        const near = (r, g, b) => Math.abs(dots[at] - r) + Math.abs(dots[at + 1] - g) + Math.abs(dots[at + 2] - b) < 24;
        if (near(0x0b, 0x3b, 0x45) || near(0xff, 0xd2, 0x4a)) { hits += 1; }
    }
    return hits > 20;
}))"""


# Told by the page after its own script has heard the same press: how it looks, what the tab is called, what is kept.
WHAT_IS_LEFT = """(() => {
    for (const kind of ['click', 'keyup']) {
        addEventListener(kind, () => console.info(JSON.stringify([
            getComputedStyle(document.documentElement).display, document.title,
            [...new Set([...document.querySelectorAll('link[rel*=icon]')].map(node => node.href))],
            {...sessionStorage}, {...localStorage}, document.cookie])));
    }
})()"""


@contextlib.contextmanager
def reading(browser: Browser, hosts: Hosts, site: str, **how: object) -> Iterator[Page]:
    """A tab whose reader came from elsewhere and has read three pages of the site, by clicking on links."""
    context = browser.new_context(viewport=PHONE, **how)
    page = context.new_page()
    page.goto(f"{hosts.exit}before")
    page.goto(hosts.sites[site])
    for path in ("about/", "help/"):
        page.click(f'#pages a[href$="{path}"]')
        page.wait_for_url(f"**/{path}")
    try:
        yield page
    finally:
        context.close()


def leave(page: Page, way: str) -> None:
    """Ask to leave, in one of the ways there are."""
    if way == "click":
        page.click("#leave")
    elif way == "tap":
        page.tap("#leave")
    else:
        for _ in range(3):
            page.keyboard.press("Shift")


def leave_at_once(film: Film, way: str) -> None:
    """Ask to leave, and do not wait for the exit site."""
    if way == "click":
        box = film.page.locator("#leave").bounding_box()
        where = {"x": box["x"] + 9, "y": box["y"] + 9, "button": "left", "clickCount": 1}
        for kind in ("mousePressed", "mouseReleased"):
            film.send("MouseEvent", type=kind, **where)
    else:
        for _ in range(3):
            film.send("KeyEvent", type="keyDown", modifiers=8, **SHIFT)
            film.send("KeyEvent", type="keyUp", **SHIFT)


def back(film: Film) -> str:
    """Press Back, wait for what comes of it, return the address that is shown then."""
    history = film.driver.send("Page.getNavigationHistory")
    if history["currentIndex"] > 0:
        entry = history["entries"][history["currentIndex"] - 1]
        film.driver.send("Page.navigateToHistoryEntry", {"entryId": entry["id"]})
    film.page.wait_for_timeout(700)
    return film.page.url


@pytest.mark.parametrize("kind", ["headers", "no headers"])
@pytest.mark.parametrize("way", ["click", "tap", "Shift three times"])
def test_after_leaving_four_presses_of_back_never_show_a_page_of_ours(
    keeping_browser: Browser, hosts: Hosts, way: str, kind: str
) -> None:
    ExitHandler.told.clear()
    with reading(keeping_browser, hosts, f"quick, {kind}", has_touch=way == "tap") as page:
        film = Film(page)
        leave(page, way)
        page.wait_for_url(f"{hosts.exit}quick/")
        film.frames.clear()
        page.wait_for_timeout(200)
        shown = [back(film) for _ in range(4)]
        titles = {entry["title"] for entry in film.driver.send("Page.getNavigationHistory")["entries"][-1:]}
        seen = film.ours()
        frames = len(film.frames)
    assert [url for url in shown if url.startswith(hosts.sites[f"quick, {kind}"])] == []
    assert frames >= 1
    assert seen == [], f"{len(seen)} of {frames} frames show a page of ours"
    assert titles == {"Weather"}
    assert [told for told in ExitHandler.told if told[1]] == [], "the exit site was told where the reader came from"


@pytest.mark.parametrize("way", ["click", "Shift three times"])
def test_the_page_is_blank_within_a_tenth_of_a_second_however_slow_the_exit_site_is(
    keeping_browser: Browser, hosts: Hosts, way: str
) -> None:
    waits = []
    for _ in range(6):  # a busy machine may be late; the page may not: one of six must do
        said: list[str] = []
        with reading(keeping_browser, hosts, "slow, headers") as page:
            page.on("console", lambda message, said=said: said.append(message.text))
            page.evaluate(WHAT_IS_LEFT)
            film = Film(page)
            page.wait_for_timeout(200)
            asked = time.time()
            leave_at_once(film, way)
            page.wait_for_timeout(1000)
            shown = film.driver.send("Target.getTargetInfo")["targetInfo"]["title"]
            page.wait_for_url(f"{hosts.exit}slow/")
            ours = film.ours()
        blank = [when for when, _ in film.frames if when > asked and when not in ours]
        assert said[-1] == '["none","Loading",["data:,"],{"left":"1"},{},""]'
        assert "Loading" in shown or "127.0.0.1" in shown, f"the tab is called {shown}"
        assert [when for when in ours if when > blank[0]] == [], "the page came back before the exit site answered"
        waits.append(round(blank[0] - asked, 3))
        if waits[-1] <= 0.1:
            return
    pytest.fail(f"the page was still seen after {waits} seconds (0.1)")


def test_back_does_nothing_for_three_seconds_rather_than_show_a_page_of_ours(
    keeping_browser: Browser, hosts: Hosts
) -> None:
    """Back pressed at once, while a slow exit site has not answered yet, and again when it has."""
    with reading(keeping_browser, hosts, "slow, headers") as page:
        film = Film(page)
        leave_at_once(film, "click")
        page.wait_for_timeout(200)
        film.frames.clear()
        for _ in range(2):
            back(film)
        page.wait_for_timeout(3500)
        for _ in range(2):
            back(film)
        assert film.ours() == []


def test_without_javascript_it_is_a_plain_link_that_tells_nothing(keeping_browser: Browser, hosts: Hosts) -> None:
    ExitHandler.told.clear()
    with reading(keeping_browser, hosts, "quick, no headers", java_script_enabled=False) as page:
        page.click("#leave")
        page.wait_for_url(f"{hosts.exit}quick/")
    assert ("/quick/", None) in ExitHandler.told
    assert [told for told in ExitHandler.told if told[1]] == []


def test_presses_of_shift_are_told_and_run_out_after_five_seconds(browser: Browser, hosts: Hosts) -> None:
    with reading(browser, hosts, "quick, headers") as page:
        status = page.locator("#leave-status")
        page.clock.install(time=0)
        page.clock.pause_at(60)  # time goes on only as told, however slow the machine is
        page.keyboard.press("Shift")
        assert status.text_content() == "Press Shift 2 more times to leave this site."
        page.clock.fast_forward(4900)
        page.keyboard.press("Shift")
        assert status.text_content() == "Press Shift 1 more time to leave this site."
        page.clock.fast_forward(5100)
        assert status.text_content() == "Leaving this site: not done, too slow."
        page.keyboard.press("Shift")
        assert status.text_content() == "Press Shift 2 more times to leave this site."
        assert status.get_attribute("role") == "status"
        assert page.url.endswith("help/")


@pytest.mark.parametrize("between", ["a", "Control", "Shift+Tab", "Control+Shift+a", "Enter"])
def test_any_other_key_starts_the_count_anew(browser: Browser, hosts: Hosts, between: str) -> None:
    with reading(browser, hosts, "quick, headers") as page:
        page.locator("main").focus()
        for key in ("Shift", "Shift", between, "Shift", "Shift"):
            page.keyboard.press(key)
        page.wait_for_timeout(150)
        assert page.url.endswith("help/"), f"{between} between presses of Shift did not reset the count"
        page.keyboard.press("Shift")
        page.wait_for_url(f"{hosts.exit}quick/")


def test_a_visit_on_purpose_shows_the_site_again_and_keeps_nothing(keeping_browser: Browser, hosts: Hosts) -> None:
    with reading(keeping_browser, hosts, "quick, headers") as page:
        leave(page, "click")
        page.wait_for_url(f"{hosts.exit}quick/")
        page.goto(hosts.sites["quick, headers"] + "about/")
        assert page.is_visible("h1")
        assert page.evaluate("sessionStorage.length + localStorage.length") == 0
        back(Film(page))
        assert page.url == f"{hosts.exit}quick/"


def test_reading_on_and_going_back_inside_the_site_works_as_ever(keeping_browser: Browser, hosts: Hosts) -> None:
    with reading(keeping_browser, hosts, "quick, no headers") as page:
        assert back(Film(page)).endswith("/about/")
        assert page.is_visible("h1")
        assert page.evaluate("getComputedStyle(document.documentElement).visibility") == "visible"


def test_the_film_would_show_a_page_that_comes_back(keeping_browser: Browser, hosts: Hosts) -> None:
    """The same presses of Back after leaving by a link that is not ours."""
    ExitHandler.told.clear()
    with reading(keeping_browser, hosts, "quick, no headers") as page:
        page.evaluate(
            """address => {
            document.querySelector('meta[name=referrer]').content = 'unsafe-url';
            location.href = address;
        }""",
            hosts.exit + "quick/",
        )
        page.wait_for_url(f"{hosts.exit}quick/")
        film = Film(page)
        back(film)
        for _ in range(20):
            if seen := film.ours():
                break
            page.wait_for_timeout(250)
    assert seen != []
    assert [path for path, referer in ExitHandler.told if referer and "/help/" in referer] == ["/quick/"]
