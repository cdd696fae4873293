"""Exit this page in a real browser: by Shift, by click, by keyboard; and what Back shows afterwards."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, Route, expect

from tests.conftest import OpenPage
from tests.rig.browsers import PHONE, PHONE_WITHOUT_JAVASCRIPT
from tests.rig.servers import Site

WORDS = "They beat on my door"
OUTSIDE = "https://www.bbc.co.uk/weather"


def begin(page: Page, site: Site) -> None:
    """At the question what happened, with words typed, and earlier answers given."""
    page.context.route(re.compile(r"^https://"), _the_weather)
    page.goto(f"{site}/en/")
    page.goto(f"{site}/en/antisocial-behaviour")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Threats or violence").check()
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("A neighbour, or people who visit a neighbour").check()
    page.get_by_label("What you know about them").fill("Number 12")
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("What happened").fill(WORDS)
    page.wait_for_load_state()  # the page's script has run


def _the_weather(route: Route) -> None:
    """The site outside, as far as a test may reach it."""
    route.fulfill(status=200, content_type="text/html", body="<title>Weather</title><h1>Sunny</h1>")


def assert_back_shows_nothing(page: Page) -> None:
    expect(page).to_have_url(OUTSIDE)
    for _ in range(4):
        page.go_back()
        if "/antisocial-behaviour" not in page.url:
            return
        assert page.url.endswith("/before-you-start"), page.url
        held = page.content() + " ".join(page.locator("input, textarea").evaluate_all("all => all.map(e => e.value)"))
        assert WORDS not in held
        assert "Number 12" not in held
        assert not page.locator("input:checked").count()


@pytest.fixture
def site(standing_site: Callable[[str], Site]) -> Site:
    return standing_site("livewest")


def test_shift_three_times_leaves_and_back_shows_no_draft(page: Page, site: Site) -> None:
    begin(page, site)
    said = page.locator("[data-exit-status]")
    page.keyboard.type("AB")  # capitals are no presses of Shift alone
    page.keyboard.press("Shift+C")
    expect(said).to_have_text("")
    page.keyboard.press("Shift")
    expect(said).to_have_text("Shift pressed once. Press it two more times to leave.")
    page.keyboard.press("x")  # somebody goes on typing: nothing is counted any more
    expect(said).to_have_text("You are still on this page.")
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    expect(said).to_have_text("Shift pressed twice. Press it once more to leave.")
    page.keyboard.press("Shift")
    assert_back_shows_nothing(page)


def test_what_is_on_the_page_is_gone_before_the_next_one_has_come(page: Page, site: Site) -> None:
    begin(page, site)
    title, words, role = page.evaluate(
        """() => {
            document.querySelector("[data-exit]").click();
            const left = document.body.firstElementChild;
            return [document.title, document.documentElement.innerText, left.getAttribute("role")];
        }"""
    )
    assert (title, words, role) == ("Loading", "Loading", "alert")
    assert_back_shows_nothing(page)


def test_five_seconds_later_it_begins_anew(page: Page, site: Site) -> None:
    page.clock.install(time=datetime(2026, 11, 23, 12, tzinfo=UTC))
    page.goto(f"{site}/en/antisocial-behaviour")
    page.clock.pause_at(datetime(2026, 11, 23, 13, tzinfo=UTC))
    said = page.locator("[data-exit-status]")
    page.keyboard.press("Shift")
    page.clock.run_for(4_900)
    expect(said).to_have_text("Shift pressed once. Press it two more times to leave.")
    page.clock.run_for(200)
    expect(said).to_have_text("You are still on this page.")


def test_without_javascript_the_link_leaves_and_back_shows_no_draft(open_page: OpenPage, site: Site) -> None:
    page = open_page(PHONE_WITHOUT_JAVASCRIPT)
    begin(page, site)
    page.get_by_role("link", name="Exit this page").click()
    expect(page).to_have_url(OUTSIDE)
    for _ in range(6):
        page.go_back()
        if "/antisocial-behaviour" not in page.url:
            return
        assert WORDS not in page.content()
        assert "Number 12" not in page.content()


def test_it_stays_in_sight_and_hides_nothing_that_has_the_focus(open_page: OpenPage, site: Site) -> None:
    page = open_page(PHONE)
    page.goto(f"{site}/en/antisocial-behaviour")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Exit this page")).to_be_focused()
    for _ in range(40):
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name="Exit this page")).to_be_in_viewport()
        top, bar = page.evaluate(
            "[document.activeElement.getBoundingClientRect().top,"
            " document.querySelector('.exit').getBoundingClientRect().bottom]"
        )
        is_in_bar = page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('.exit, .govuk-skip-link')"
        )
        assert is_in_bar or top >= bar - 1, page.evaluate("document.activeElement.outerHTML")
