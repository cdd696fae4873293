"""What a reader sees: sizes, focus, targets, in a real browser, light and dark."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.conftest import OpenPage
from tests.journeys.walking import COMPLAINT, Walker
from tests.rig.browsers import DESKTOP, PHONE, PHONE_WITHOUT_JAVASCRIPT, Screen
from tests.rig.servers import Site

pytestmark = pytest.mark.browser
YELLOW, INK = "rgb(255, 216, 77)", "rgb(22, 25, 29)"
DARK_PHONE = Screen(width=360, height=740, is_dark=True)
FOCUSED = """() => {
  const one = document.activeElement, own = getComputedStyle(one), around = getComputedStyle(one, "::after");
  return one === document.body ? null : {
    words: one.innerText.trim(), colour: own.color, ground: own.backgroundColor,
    marks: own.boxShadow + own.outline + around.boxShadow + around.outline,
  };
}"""
SIZES = """() => [
  ...document.querySelectorAll(".languages a, .foot__links a, .wordmark, .emergency a, .choices a"),
].map(one => ({words: one.innerText, height: Math.max(one.getBoundingClientRect().height,
    one.classList.contains("choice__link") ? one.closest("li").getBoundingClientRect().height : 0)}))"""
WIDEST = """() => Math.max(...[...document.querySelectorAll("main p")].map(
  p => p.getBoundingClientRect().width / parseFloat(getComputedStyle(p).fontSize)))"""


@pytest.fixture(scope="module")
def site(standing_site: Callable[[str], Site]) -> Site:
    return standing_site("livewest")


def tab_through(page: Page) -> list[dict[str, Any]]:
    """What each press of the Tab key leads to, until the page ends."""
    found = []
    for _ in range(60):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused is None:
            return found
        found.append(focused)
    raise AssertionError("the page never ends")


@pytest.mark.parametrize("screen", [PHONE, DARK_PHONE], ids=["light", "dark"])
def test_whatever_has_the_focus_is_marked_in_yellow_and_can_be_read(
    site: Site, open_page: OpenPage, screen: Screen
) -> None:
    page = open_page(screen)
    for path in ("/en/", "/ar/contact"):
        page.goto(f"{site.url}{path}")
        stops = tab_through(page)
        assert len(stops) > 9
        for stop in stops:
            assert YELLOW in stop["marks"] + stop["ground"], stop
            assert stop["ground"] != YELLOW or stop["colour"] == INK, stop


def test_the_skip_link_comes_first_and_moves_the_focus(site: Site, open_page: OpenPage) -> None:
    page = open_page(PHONE)
    page.goto(f"{site.url}/en/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["words"] == "Skip to the main part of the page"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "main-content"


def test_targets_are_44_pixels_high_on_a_phone(site: Site, open_page: OpenPage) -> None:
    page = open_page(PHONE)
    page.goto(f"{site.url}/en/")
    sizes = page.evaluate(SIZES)
    assert len(sizes) > 8
    assert [one for one in sizes if one["height"] < 44] == []


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_words_are_large_lines_are_short_and_far_enough_apart(site: Site, open_page: OpenPage, screen: Screen) -> None:
    page = open_page(screen)
    page.goto(f"{site.url}/en/privacy")
    size, height = page.evaluate(
        "() => (s => [s.fontSize, s.lineHeight])(getComputedStyle(document.querySelector('main p')))"
    )
    assert (size, height) == ("19px", "28.5px")
    assert page.evaluate(WIDEST) <= 33  # ems; a letter is half an em wide: 66 of them


def test_everything_is_larger_for_who_set_larger_letters(site: Site, open_page: OpenPage) -> None:
    page = open_page(PHONE)
    page.goto(f"{site.url}/en/")
    page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
    assert page.evaluate("() => getComputedStyle(document.querySelector('main p')).fontSize") == "38px"


@pytest.mark.parametrize(
    "screen", [replace(PHONE, keeps_pages=True), PHONE_WITHOUT_JAVASCRIPT], ids=["script", "no script"]
)
def test_nothing_is_refused_by_the_browser_and_nothing_comes_from_elsewhere(
    site: Site, open_page: OpenPage, screen: Screen
) -> None:
    page = open_page(screen)
    complaints: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/en/", "/ar/accessibility"):
        page.goto(f"{site.url}{path}")
    assert complaints == []
    assert all(address.startswith(site.url) for address in asked)
    assert page.locator("h1").is_visible()


def test_the_script_says_that_it_runs(site: Site, open_page: OpenPage) -> None:
    page = open_page(PHONE)
    page.goto(f"{site.url}/en/")
    assert "govuk-frontend-supported" in page.evaluate("() => document.body.className")


def test_a_question_that_follows_from_an_answer_opens_under_it(site: Site, open_page: OpenPage) -> None:
    """And stands open where there is no script to open it."""
    for screen, is_open in ((PHONE, False), (PHONE_WITHOUT_JAVASCRIPT, True)):
        page = open_page(screen)
        walk = Walker(page, site.url).walk("complaint", "en", COMPLAINT, by_hand=False)
        next(stop for stop in walk if stop.address.endswith("/told-before"))
        following = page.locator("textarea")
        assert following.is_visible() is is_open
        page.get_by_label("Yes", exact=True).check(force=True)
        assert following.is_visible()
