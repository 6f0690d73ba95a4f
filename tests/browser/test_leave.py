"""Leave this site: blank at once, nothing told to the exit site, nothing of ours on the way back.

Two origins on this machine, the browser's store of whole pages (back-forward cache) on,
with the site's headers and on a host that sends none, and an exit site that answers only when a test lets it.
Nothing here depends on how fast the machine is: what counts is what comes before what.
"""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import pytest
import yaml
from playwright.sync_api import Browser, CDPSession, Error, Page, Playwright, expect

from fonts import NARROW_FONT, launch
from hosting import WEATHER, BareSiteHandler, ExitHandler, Host, SiteHandler, changed_copy, silent_exit
from projects import SAMPLE
from visits import PATIENCE, wait_until

SHIFT = {"key": "Shift", "code": "ShiftLeft", "windowsVirtualKeyCode": 16}
PHONE = {"width": 390, "height": 700}


@dataclass
class Hosts:
    """A site and the site to which its readers leave, quick and slow, with and without headers."""

    exit: str
    sites: dict[str, str]

    @property
    def elsewhere(self) -> tuple[str, ...]:
        """How the addresses begin that the tab has shown and that are not ours."""
        return self.exit, "about:blank"


def leaving_to(address: str, site: Path, folder: Path, script: Mapping[str, str] | None = None) -> Path:
    """A copy of the built sample that leads to another exit site, with changes to leave.js if any are given."""
    changes = {"*.html": {WEATHER: address}} | ({"leave.js": script} if script else {})
    return changed_copy(site, folder, changes)


@pytest.fixture(scope="module")
def hosts(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    """The built sample, leading to a quick and to a slow exit site, on hosts with and without headers."""
    with contextlib.ExitStack() as running:
        found = Hosts(running.enter_context(Host(ExitHandler)).address, {})
        for speed in ("quick", "slow"):
            site = leaving_to(f"{found.exit}{speed}/", built_sample, tmp_path_factory.mktemp(speed))
            for kind, handler in {"headers": SiteHandler, "no headers": BareSiteHandler}.items():
                found.sites[f"{speed}, {kind}"] = running.enter_context(Host(handler, directory=site)).address
        yield found


@pytest.fixture(scope="module")
def keeping_browser(playwright: Playwright, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser that keeps whole pages for Back, as people's browsers do; the driver switches that off otherwise."""
    folder = tmp_path_factory.mktemp("fonts")
    chromium = launch(playwright, NARROW_FONT, folder, ignore_default_args=["--disable-back-forward-cache"])
    yield chromium
    chromium.close()


@pytest.fixture
def judge(browser: Browser) -> Iterator[Page]:
    """A page of another browser, where frames are looked at."""
    page = browser.new_page()
    yield page
    page.close()


class Film:
    """Every frame that a tab shows, in their order."""

    def __init__(self, page: Page, judge: Page, ours: bool = True) -> None:
        """Film from the moment when the page that is open is in sight, be it ours or not: it may not be drawn yet."""
        self.page = page
        self.driver: CDPSession = page.context.new_cdp_session(page)
        self._judge = judge
        self._new: list[tuple[float, str]] = []
        self._judged: list[tuple[float, bool]] = []
        self.driver.on("Page.screencastFrame", self._keep)
        self.driver.send("Page.startScreencast", {"format": "png", "everyNthFrame": 1})
        assert wait_until(page, lambda: self.seen()[-1:] == [ours]), "the open page does not come into sight"
        self._judged = self._judged[-1:]

    def _keep(self, event: dict) -> None:
        self._new.append((event["metadata"]["timestamp"], event["data"]))
        with contextlib.suppress(Error):  # the tab may be on its way out
            self.driver.send("Page.screencastFrameAck", {"sessionId": event["sessionId"]})

    def send(self, kind: str, **what: object) -> None:
        """Send a press of a key or a button. The driver's own commands wait for the next page; a reader's hand does not."""
        self.driver.send(f"Input.dispatch{kind}", what)

    def seen(self) -> list[bool]:
        """Of every frame, whether a page of ours is on it: by the colours of its bar, which is always in sight.

        In the order in which they were shown: a blank frame is packed faster and can arrive before an earlier one.
        """
        new, self._new = self._new, []
        ours = self._judge.evaluate(SEEN, [data for _, data in new])
        self._judged = sorted([*self._judged, *((when, is_ours) for (when, _), is_ours in zip(new, ours, strict=True))])
        return [is_ours for _, is_ours in self._judged]

    def after_leaving(self) -> list[bool]:
        """The frames from the first on which nothing of ours is seen; none if there is no such frame."""
        seen = self.seen()
        return seen[seen.index(False) :] if False in seen else []


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
def reading(browser: Browser, exit_site: str, site: str, **how: object) -> Iterator[Page]:
    """A tab whose reader came from elsewhere and has read three pages of the site, by clicking on links."""
    context = browser.new_context(viewport=PHONE, **how)
    page = context.new_page()
    page.goto(f"{exit_site}before")
    page.goto(site)
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


def history_of(film: Film) -> tuple[int, list[dict]]:
    """Where the tab stands in its history, and the entries of that. While one page takes over from another, none answers."""
    answers: list[dict] = []

    def answered() -> bool:
        with contextlib.suppress(Error):
            answers.append(film.driver.send("Page.getNavigationHistory"))
        return bool(answers)

    assert wait_until(film.page, answered), "the tab does not tell its history"
    return answers[0]["currentIndex"], answers[0]["entries"]


def back(film: Film, to: tuple[str, ...]) -> str:
    """Press Back, wait until it has led a step back and to an address that begins in one of these ways, return it."""

    def is_there() -> bool:
        index, pages = history_of(film)
        return index == before - 1 and pages[index]["url"].startswith(to)

    before, pages = history_of(film)
    if before > 0:
        film.driver.send("Page.navigateToHistoryEntry", {"entryId": pages[before - 1]["id"]})
        wait_until(film.page, is_there)
    index, pages = history_of(film)
    return pages[index]["url"]


def test_every_page_leads_to_the_exit_site_that_the_data_name(built_sample: Path) -> None:
    chosen = yaml.safe_load((SAMPLE / "data" / "register.yml").read_text(encoding="utf-8"))["leave"]
    links = yaml.safe_load((SAMPLE / "data" / "links.yml").read_text(encoding="utf-8"))
    address = next(link["url"] for link in links if link["id"] == chosen)
    found = {}
    for path in built_sample.rglob("*.html"):
        page = lxml.html.fromstring(path.read_bytes())
        found[path.name] = page.xpath("//a[@id='leave']/@href") + page.xpath("//script/@data-to")
        assert found[path.name] == [address, address], path
    assert (address, len(found) > 1) == (WEATHER, True)


@pytest.mark.parametrize("kind", ["headers", "no headers"])
@pytest.mark.parametrize("way", ["click", "tap", "Shift three times"])
def test_after_leaving_four_presses_of_back_never_show_a_page_of_ours(
    keeping_browser: Browser, judge: Page, hosts: Hosts, way: str, kind: str
) -> None:
    ExitHandler.requests.clear()
    with reading(keeping_browser, hosts.exit, hosts.sites[f"quick, {kind}"], has_touch=way == "tap") as page:
        film = Film(page, judge)
        leave(page, way)
        page.wait_for_url(f"{hosts.exit}quick/")
        shown = [back(film, to=hosts.elsewhere) for _ in range(4)]
        page.wait_for_timeout(300)
        title = history_of(film)[1][-1]["title"]
        frames = film.after_leaving()
    assert [url for url in shown if not url.startswith(hosts.elsewhere)] == []
    assert len(frames) >= 1
    assert not any(frames), f"{sum(frames)} of {len(frames)} frames show a page of ours"
    assert title == "Weather"
    assert [path for path, referer in ExitHandler.requests if referer] == [], (
        "the exit site was told where the reader came from"
    )


def faults_of_leaving(page: Page, judge: Page, way: str, patience: float = PATIENCE) -> list[str]:
    """Leave to an exit site that does not answer yet; return what is wrong with what a reader sees.

    The page must be out of sight when the press that leaves has been handled: nothing is drawn until then, so every
    frame after the press is blank, whatever the clock says (HTML, 8.1.7.3: rendering is updated between tasks).
    """
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.evaluate(WHAT_IS_LEFT)
    film = Film(page, judge)

    def title() -> str:
        return film.driver.send("Target.getTargetInfo")["targetInfo"]["title"]

    with silent_exit() as let_answer:
        leave_at_once(film, way)
        asked = wait_until(film.page, lambda: bool(ExitHandler.requests), patience)
        blank = wait_until(film.page, lambda: bool(film.after_leaving()), patience)
        nameless = wait_until(film.page, lambda: "Loading" in title() or "127.0.0.1" in title(), patience)
        film.page.wait_for_timeout(300)
        let_answer()
        page.wait_for_url("**/slow/")
        page.wait_for_timeout(100)
    left = '["none","Loading",["data:,"],{"left":"1"},{},""]'
    return [
        *([] if said[-1:] == [left] else [f"when the press has been handled, the page is {said[-1:]}"]),
        *([] if asked else ["the exit site is not asked"]),
        *([] if blank else ["the page is seen until the exit site answers"]),
        *([] if nameless else ["the tab keeps its name"]),
        *(["the page comes back before the exit site answers"] if any(film.after_leaving()) else []),
    ]


@pytest.mark.parametrize("way", ["click", "Shift three times"])
def test_the_page_is_out_of_sight_before_anything_else_happens_however_slow_the_exit_site_is(
    keeping_browser: Browser, judge: Page, hosts: Hosts, way: str
) -> None:
    with reading(keeping_browser, hosts.exit, hosts.sites["slow, headers"]) as page:
        assert faults_of_leaving(page, judge, way) == []


# As they stand in the script that goes out, which has no spaces that it can do without.
HIDE = "root.style.display='none';"
GO = "window.location.replace(exit);"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (HIDE, f"setTimeout(function () {{ {HIDE} }}, 200);", "when the press has been handled, the page is"),
        (HIDE, "", "the page is seen until the exit site answers"),
        (
            GO,
            f"setTimeout(function () {{ root.style.display = ''; {GO} }}, 1000);",
            "the page comes back before the exit site answers",
        ),
        ("document.title='Loading';", "", "the tab keeps its name"),
    ],
    ids=["hides late", "hides never", "comes back", "keeps its name"],
)
def test_leaving_late_or_by_halves_is_found(
    keeping_browser: Browser,
    judge: Page,
    hosts: Hosts,
    built_sample: Path,
    tmp_path: Path,
    old: str,
    new: str,
    fault: str,
) -> None:
    """The same proof on a site whose script was made worse."""
    site = leaving_to(f"{hosts.exit}slow/", built_sample, tmp_path, {old: new})
    with Host(SiteHandler, directory=site) as host, reading(keeping_browser, hosts.exit, host.address) as page:
        found = faults_of_leaving(page, judge, "click", patience=3)
    assert fault in "\n".join(found)


def test_back_while_a_slow_exit_site_has_not_answered_shows_nothing_of_ours(
    keeping_browser: Browser, judge: Page, hosts: Hosts
) -> None:
    """Back pressed twice before the exit site answers, and twice again when it has."""
    site = hosts.sites["slow, headers"]
    with reading(keeping_browser, hosts.exit, site) as page, silent_exit() as let_answer:
        film = Film(page, judge)
        leave_at_once(film, "click")
        assert wait_until(film.page, lambda: bool(film.after_leaving()))
        for times in (2, 3):
            back(film, to=(site,))
            assert wait_until(film.page, lambda times=times: len(ExitHandler.requests) >= times), (
                "the exit site is not asked again"
            )
        page.wait_for_timeout(300)
        let_answer()
        page.wait_for_url(f"{hosts.exit}slow/")
        for _ in range(2):
            back(film, to=hosts.elsewhere)
        page.wait_for_timeout(300)
        assert not any(film.after_leaving())


def test_without_javascript_it_is_a_plain_link_that_tells_nothing(keeping_browser: Browser, hosts: Hosts) -> None:
    ExitHandler.requests.clear()
    with reading(keeping_browser, hosts.exit, hosts.sites["quick, no headers"], java_script_enabled=False) as page:
        page.click("#leave")
        page.wait_for_url(f"{hosts.exit}quick/")
    assert ("/quick/", None) in ExitHandler.requests
    assert [path for path, referer in ExitHandler.requests if referer] == []


def test_presses_of_shift_are_told_and_run_out_after_five_seconds(browser: Browser, hosts: Hosts) -> None:
    with reading(browser, hosts.exit, hosts.sites["quick, headers"]) as page:
        status = page.locator("#leave-status")
        page.clock.install(time=0)
        page.clock.pause_at(60)  # time goes on only when the test says so, however slow the machine is
        page.keyboard.press("Shift")
        assert status.text_content() == "Press Shift 2 more times to leave this site."
        page.clock.fast_forward(4900)
        page.keyboard.press("Shift")
        assert status.text_content() == "Press Shift 1 more time to leave this site."
        page.clock.fast_forward(5100)
        assert status.text_content() == "Leaving this site: not done, too slow."
        page.keyboard.press("Shift")
        assert status.text_content() == "Press Shift 2 more times to leave this site."
        assert status.get_attribute("aria-live") == "polite"
        assert page.url.endswith("help/")


@pytest.mark.parametrize("between", ["a", "Control", "Shift+Tab", "Control+Shift+a", "Enter"])
def test_any_other_key_starts_the_count_anew(browser: Browser, hosts: Hosts, between: str) -> None:
    with reading(browser, hosts.exit, hosts.sites["quick, headers"]) as page:
        page.locator("main").focus()
        for key in ("Shift", "Shift", between, "Shift", "Shift"):
            page.keyboard.press(key)
        shown = page.evaluate("getComputedStyle(document.documentElement).display")
        assert shown == "block", f"{between} between presses of Shift did not reset the count"
        page.keyboard.press("Shift")
        page.wait_for_url(f"{hosts.exit}quick/")


def test_a_visit_on_purpose_shows_the_site_again_and_keeps_nothing(
    keeping_browser: Browser, judge: Page, hosts: Hosts
) -> None:
    with reading(keeping_browser, hosts.exit, hosts.sites["quick, headers"]) as page:
        leave(page, "click")
        page.wait_for_url(f"{hosts.exit}quick/")
        page.goto(hosts.sites["quick, headers"] + "about/")
        assert page.is_visible("h1")
        assert page.evaluate("sessionStorage.length + localStorage.length") == 0
        assert back(Film(page, judge), to=hosts.elsewhere) == f"{hosts.exit}quick/"


def test_reading_on_and_going_back_inside_the_site_works_as_ever(
    keeping_browser: Browser, judge: Page, hosts: Hosts
) -> None:
    with reading(keeping_browser, hosts.exit, hosts.sites["quick, no headers"]) as page:
        assert back(Film(page, judge), to=(hosts.sites["quick, no headers"],)).endswith("/about/")
        expect(page.locator("h1")).to_be_visible()
        assert page.evaluate("getComputedStyle(document.documentElement).visibility") == "visible"


def test_the_film_would_show_a_page_that_comes_back(keeping_browser: Browser, judge: Page, hosts: Hosts) -> None:
    """The same presses of Back after leaving by a link that is not ours."""
    ExitHandler.requests.clear()
    with reading(keeping_browser, hosts.exit, hosts.sites["quick, no headers"]) as page:
        page.evaluate(
            """address => {
            document.querySelector('meta[name=referrer]').content = 'unsafe-url';
            location.href = address;
        }""",
            hosts.exit + "quick/",
        )
        page.wait_for_url(f"{hosts.exit}quick/")
        film = Film(page, judge, ours=False)
        back(film, to=(hosts.sites["quick, no headers"],))
        assert wait_until(film.page, lambda: any(film.after_leaving()))
    assert [path for path, referer in ExitHandler.requests if referer and "/help/" in referer] == ["/quick/"]
