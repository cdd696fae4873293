"""Reading aids as they are painted, and what is there without a connection, in a real browser."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from app.pages.reading import COOKIE
from tests.conftest import OpenPage
from tests.rig.browsers import PHONE, ZOOMED, Screen
from tests.rig.servers import Site

pytestmark = pytest.mark.browser
LARGEST = "text-largest.spacing-widest"
BLACK, YELLOW, NOTHING = "rgb(0, 0, 0)", "rgb(255, 233, 77)", "rgba(0, 0, 0, 0)"
PAINTED = """() => [document.body, document.querySelector("h1")].map(one => getComputedStyle(one))
  .map((style, at) => at ? style.color : style.backgroundColor)"""
WIDER_THAN_THE_SCREEN = """() => [...document.querySelectorAll("body *")].filter(one => {
  const { left, right, width } = one.getBoundingClientRect();
  return width > 1 && (right > innerWidth + 1 || left < -1) && !one.closest("table");
}).map(one => one.outerHTML.slice(0, 120))"""
KEPT = """async () => {
  const names = await caches.keys(), found = [];
  for (const name of names)
    for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);
  return found.sort();
}"""


@pytest.fixture(scope="module")
def site(standing_site: Callable[[str], Site]) -> Site:
    return standing_site("livewest")


def reading(page: Page, site: Site, kept: str) -> Page:
    """The same window, its reader having chosen these aids before."""
    page.context.add_cookies([{"name": COOKIE, "value": kept, "url": site.url}])
    return page


def test_the_largest_words_at_400_percent_fit_a_narrow_screen(site: Site, open_page: OpenPage) -> None:
    page = reading(open_page(ZOOMED), site, LARGEST)
    for path in ("/en/", "/ar/contact", "/en/complaint/who-you-are", "/cy/reading", "/en/notices", "/en/help/repairs"):
        page.goto(f"{site.url}{path}")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320, path
        assert page.evaluate(WIDER_THAN_THE_SCREEN) == [], path
        assert page.evaluate("() => getComputedStyle(document.querySelector('main p, label')).fontSize") == "38px"


@pytest.mark.parametrize("is_dark", [False, True], ids=["light", "dark"])
def test_chosen_colours_are_above_those_of_the_device_and_need_no_script(
    site: Site, open_page: OpenPage, is_dark: bool
) -> None:
    screen = Screen(width=360, height=740, has_javascript=False, is_dark=is_dark)
    page = reading(open_page(screen), site, "colours-yellow")
    page.goto(f"{site.url}/en/contact")
    assert page.evaluate(PAINTED) == [BLACK, YELLOW]


def test_colours_that_the_device_forces_are_above_everything(site: Site, open_page: OpenPage) -> None:
    page = reading(open_page(PHONE), site, "colours-yellow")
    page.emulate_media(forced_colors="active", color_scheme="light")
    page.goto(f"{site.url}/en/contact")
    assert YELLOW not in page.evaluate(PAINTED)
    assert page.locator("h1").is_visible()


def test_paper_stays_white(site: Site, open_page: OpenPage) -> None:
    page = reading(open_page(PHONE), site, "colours-yellow")
    page.goto(f"{site.url}/en/contact")
    page.emulate_media(media="print")
    assert page.evaluate(PAINTED) == [NOTHING, "rgb(22, 25, 29)"]


def test_a_choice_is_shown_at_once_and_kept_when_it_is_sent(site: Site, open_page: OpenPage) -> None:
    page = open_page(PHONE)
    page.goto(f"{site.url}/en/help/")
    page.get_by_role("link", name="Text size and colours").click()
    page.get_by_label("Yellow words on black").check(force=True)
    assert page.evaluate(PAINTED)[1] == YELLOW
    page.get_by_label("As my phone or computer has them").check(force=True)
    assert page.evaluate(PAINTED)[1] != YELLOW
    page.get_by_label("Yellow words on black").check(force=True)
    page.get_by_role("button", name="Use this on every page").click()
    page.wait_for_url("**/en/help/")
    assert page.evaluate(PAINTED) == [BLACK, YELLOW]


def test_without_a_connection_there_is_whom_to_call_and_nothing_that_somebody_typed(
    site: Site, open_page: OpenPage
) -> None:
    page = reading(open_page(Screen(width=360, height=740, keeps_pages=True)), site, "colours-cream")
    page.goto(f"{site.url}/robots.txt")
    page.evaluate("() => caches.open('letterbox-of-an-earlier-version')")
    page.goto(f"{site.url}/en/")
    page.wait_for_function("async () => Boolean(await caches.match('/kept-as'))")
    page.wait_for_function("async () => !(await caches.has('letterbox-of-an-earlier-version'))")
    page.goto(f"{site.url}/en/complaint/who-you-are")
    page.get_by_role("radio").first.check(force=True)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/complaint/*")
    kept = page.evaluate(KEPT)
    pages = [path for path in kept if not path.startswith(("/static/", "/kept-as"))]
    assert pages == ["/en/contact", "/en/help/emergencies", "/en/offline"]

    page.context.set_offline(True)
    page.goto(f"{site.url}/en/contact")
    assert page.get_by_text("This is how the page was when you last had a connection").is_visible()
    assert page.locator("main a[href^='tel:']").first.is_visible()
    assert page.locator(".opening").all() == [] or not page.locator(".opening").first.is_visible()
    assert "reading-colours-cream" in str(page.locator("html").get_attribute("class"))
    page.goto(f"{site.url}/en/complaint/who-you-are")
    assert page.locator("h1").inner_text() == "You are not connected"
    assert page.locator("main a[href='tel:999']").is_visible()

    page.context.set_offline(False)
    page.goto(f"{site.url}/en/contact")
    assert not page.get_by_text("This is how the page was").is_visible()


def test_a_page_that_can_be_left_in_a_hurry_leaves_nothing_behind(site: Site, open_page: OpenPage) -> None:
    page = open_page(Screen(width=360, height=740, keeps_pages=True))
    page.goto(f"{site.url}/en/antisocial-behaviour/before-you-start")
    page.wait_for_timeout(500)
    assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0
    assert page.evaluate(KEPT) == []
