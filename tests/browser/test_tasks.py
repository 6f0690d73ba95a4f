"""What people come for, done as they would do it: how many steps it takes, and how far down the answer stands.

The numbers are at most half of those measured before the pages were made to answer first: four taps to a helpline and no
weekday number, nine steps to the moved dates, what a record means at 2,093 px, a filter that filled a phone's screen, a
row of the list 278 px high.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from fonts import in_each_font
from visits import LARGE, NARROW, WIDE, Tabs, wait_until

PHONE = {"width": 360, "height": 640}


class Reader:
    """Somebody at the first page, whose steps are counted."""

    def __init__(self, page: Page) -> None:
        """Nothing has been done yet."""
        self.page, self.steps = page, 0

    def tap(self, name: str, role: str = "link") -> None:
        """Tap what is called so, which must be in sight or a scroll away."""
        self.page.get_by_role(role, name=name, exact=True).first.click()
        self.steps += 1

    def sees(self, answer: Locator) -> None:
        """The answer is on the screen, below the bar, without scrolling."""
        bar = self.page.locator(".bar").bounding_box()
        screen = self.page.viewport_size

        def in_sight() -> bool:
            box = answer.bounding_box()
            return bool(box and box["y"] >= bar["height"] and box["y"] + box["height"] <= screen["height"])

        assert wait_until(self.page, in_sight, 5), answer.bounding_box()


@pytest.fixture
def reader(tabs: Tabs, address: str) -> Callable[..., Reader]:
    def come(screen: dict[str, int] = PHONE, at: str = "", **how: object) -> Reader:
        return Reader(tabs.at(f"{address}{at}", screen, **how))

    return come


def top(page: Page, what: str) -> float:
    """How far down a page something begins, in CSS pixels."""
    return page.evaluate("what => document.querySelector(what).getBoundingClientRect().top + scrollY", what)


@in_each_font
@pytest.mark.parametrize("screen", [PHONE, NARROW], ids=["360 px", "320 px"])
def test_the_first_screen_of_a_phone_says_what_this_is_and_whom_to_call_in_danger(
    reader: Callable[..., Reader], screen: dict[str, int]
) -> None:
    home = reader(screen, bypass_csp=True)
    home.sees(home.page.locator("h1"))
    home.page.add_style_tag(content=".home h1 + p { display: none }")  # the sample's has twice the usual words
    home.sees(home.page.get_by_role("link", name="Call 999", exact=True))


@pytest.mark.parametrize(
    ("who", "part", "number"),
    [
        ("Worried about a child", "#worried-about-a-child", "tel:01632960001"),  # the weekday line
        ("A young person", "#young-person", "tel:08081570001"),
    ],
)
def test_whoever_needs_help_has_a_number_after_two_taps(
    reader: Callable[..., Reader], who: str, part: str, number: str
) -> None:
    frightened = reader()
    frightened.tap("Who to turn to")
    frightened.tap(who)
    line = frightened.page.locator(f"{part} ~ ul").first.get_by_role("link").first
    expect(line).to_have_attribute("href", number)
    frightened.sees(line)
    assert frightened.steps == 2


def test_a_teacher_finds_what_matters_to_schools_in_three_steps(reader: Callable[..., Reader]) -> None:
    teacher = reader()
    teacher.tap("Menu", "button")
    teacher.tap("For your job")
    teacher.tap("Schools and colleges")
    teacher.sees(teacher.page.locator(".audience section").first.get_by_role("link").first)
    assert teacher.steps == 3


def test_a_journalist_finds_the_moved_dates_in_one_step_and_late_ones_first(reader: Callable[..., Reader]) -> None:
    journalist = reader(WIDE)
    journalist.tap("What was promised, and by when")
    journalist.sees(journalist.page.get_by_text("59 days late").nth(1))
    assert journalist.steps == 1
    assert "moved" in journalist.page.locator("main").inner_text()


def test_what_a_record_means_here_begins_on_the_first_screen(reader: Callable[..., Reader]) -> None:
    record = reader(at="recommendations/3/").page
    assert top(record, "#meaning") <= 740
    assert top(record, "#promised") <= 2093 / 2


def test_the_filter_leaves_room_for_the_rows_and_each_row_is_small(reader: Callable[..., Reader]) -> None:
    page = reader(at="recommendations/").page
    assert page.locator(".filters").bounding_box()["height"] <= 640 / 3
    rows = [row.bounding_box()["height"] for row in page.locator("[data-row]").all()]
    assert sorted(rows)[len(rows) // 2] <= 278 / 3
    assert top(page, "[data-row]") - top(page, "#register-count") <= 80


def test_the_page_of_sources_is_short_for_what_it_lists(reader: Callable[..., Reader]) -> None:
    """89 pages took 24,000 px on a phone; half of that is 135 px for each."""
    page = reader(at="sources/").page
    listed = page.locator(".sources li")
    assert listed.count() > 20
    assert page.locator(".sources ul").bounding_box()["height"] / listed.count() <= 135


def test_a_survivor_can_leave_from_anywhere_on_a_page_with_one_tap(reader: Callable[..., Reader]) -> None:
    for screen in (NARROW, PHONE, WIDE):
        page = reader(screen, "recommendations/3/").page
        for part in (0, 0.5, 1):
            page.evaluate("part => scrollTo(0, part * document.documentElement.scrollHeight)", part)
            expect(page.locator(".leave")).to_be_in_viewport(ratio=1)


@in_each_font
def test_by_keyboard_in_the_dark_at_twice_the_text_help_is_three_steps_away(
    reader: Callable[..., Reader],
) -> None:
    page = reader(NARROW, "recommendations/3/", bypass_csp=True, color_scheme="dark").page
    page.add_style_tag(content=LARGE)
    wait_until(page, lambda: page.evaluate("document.documentElement.classList.contains('large')"), 5)
    for _ in range(3):
        page.keyboard.press("Tab")
    assert "Get help now" in page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    expect(focused).to_have_attribute("href", "tel:999")
    expect(focused).to_be_in_viewport()
    covered = page.evaluate(
        "() => document.querySelector('.leave').getBoundingClientRect().bottom > document.activeElement.getBoundingClientRect().top"
    )
    assert not covered


def test_at_twice_the_text_on_a_phone_only_the_way_out_stays(reader: Callable[..., Reader]) -> None:
    page = reader(NARROW, "recommendations/3/", bypass_csp=True).page
    page.add_style_tag(content=LARGE)
    assert wait_until(page, lambda: page.evaluate("document.documentElement.classList.contains('large')"), 5)
    page.evaluate("scrollTo(0, 2000)")
    expect(page.locator(".leave")).to_be_in_viewport(ratio=1)
    expect(page.locator(".gethelp")).not_to_be_in_viewport()


@in_each_font
def test_name_menu_and_search_stand_in_one_row_on_a_phone(reader: Callable[..., Reader]) -> None:
    page = reader().page
    boxes = [
        page.locator(what).bounding_box()
        for what in (".top .name", ".top [aria-controls=menu]", ".top [aria-controls=search]")
    ]
    assert max(box["y"] for box in boxes) < min(box["y"] + box["height"] for box in boxes)


@in_each_font
@pytest.mark.parametrize("at", ["", "recommendations/", "for/police/", "topics/", "changes/", "about/"])
def test_the_menu_is_one_row_on_a_wide_screen_in_every_section(reader: Callable[..., Reader], at: str) -> None:
    page = reader(WIDE, at).page
    shown = [item.bounding_box()["y"] for item in page.locator("#menu li").all() if item.is_visible()]
    assert len(shown) >= 6
    assert len(set(shown)) == 1
