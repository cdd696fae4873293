"""The complaint form as people use it: with a keyboard alone, without JavaScript, impatiently, on a second day."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest
from playwright.sync_api import Page, expect

from app.cases.references import read_reference
from app.languages import LANGUAGES
from tests.conftest import MakeSite, OpenPage
from tests.journeys.walking import (
    ASKED,
    COMPLAINT,
    REPRESENTATIVE_BY_EMAIL_IN_LARGE_PRINT,
    SEND,
    TENANT_BY_PHONE_IN_BRAILLE,
    Walker,
)
from tests.rig.browsers import DESKTOP, PHONE, PHONE_WITHOUT_JAVASCRIPT
from tests.rig.servers import Site

pytestmark = pytest.mark.browser
StandingSite = Callable[..., Site]
MOST_TABS = 80
FIRST_BYTES = {
    "standard-print": rb"%PDF-",
    "large-print": rb"%PDF-",
    "html": rb"(?i)<!doctype html>",
    "text": rb"(\xef\xbb\xbf)?\w",
    "audio": rb"ID3|\xff[\xe0-\xff]",
    "audio-cd": rb"PK\x03\x04",
    "braille": rb"[\x0c\n\r -_]",
}


def reference_on(page: Page) -> str:
    """The reference that the received page shows, in the one element made for it."""
    shown = page.locator("[data-reference]")
    expect(shown).to_have_count(1)
    reference = shown.get_attribute("data-reference") or ""
    assert shown.inner_text() == reference
    return reference


def cases_in(site: Site) -> int:
    with closing(sqlite3.connect(site.instance_path / "letterbox.sqlite3")) as connection:
        count: int = connection.execute('SELECT count(*) FROM "case"').fetchone()[0]
        return count


def to_check(walker: Walker, language: str = "en", answers: dict[str, str] = COMPLAINT) -> None:
    """Answer everything, and stay where it is sent from."""
    for stop in walker.complain(language, answers, with_mistakes=False):
        if stop.state == "check":
            return
    raise AssertionError("the walk never came to the check page")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard never reaches {selector} on {page.url}")


def answer_with_keyboard(page: Page, answers: dict[str, str]) -> None:
    names = page.eval_on_selector_all(ASKED, "all => [...new Set(all.map(each => each.name))]")
    for name in names:
        tab_to(page, f'[name="{name}"]')
        if page.evaluate("document.activeElement.type") != "radio":
            page.keyboard.press("Control+a")
            page.keyboard.type(answers[name])
            continue
        page.keyboard.press("Space")
        wanted = answers.get(name) or page.evaluate("document.activeElement.value")
        for _ in range(MOST_TABS):
            if page.evaluate("document.activeElement.value") == wanted:
                break
            page.keyboard.press("ArrowDown")
        assert page.locator(f'[name="{name}"][value="{wanted}"]').is_checked()


def press_button(page: Page) -> None:
    tab_to(page, SEND)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_keyboard_alone_completes_the_form(language: str, standing_site: StandingSite, open_page: OpenPage) -> None:
    page = open_page(DESKTOP)
    page.goto(f"{standing_site()}/{language}/")
    tab_to(page, f'a[href="/{language}/complaint"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    while "/check" not in page.url:
        before = page.url
        answer_with_keyboard(page, REPRESENTATIVE_BY_EMAIL_IN_LARGE_PRINT)
        press_button(page)
        assert page.url != before
    press_button(page)
    assert read_reference(reference_on(page))


def test_the_first_tab_leads_past_the_header(standing_site: StandingSite, page: Page) -> None:
    page.goto(f"{standing_site()}/en/complaint")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("landlord", ["livewest", "livv"])
def test_the_form_needs_no_javascript(
    landlord: str, language: str, standing_site: StandingSite, open_page: OpenPage
) -> None:
    walker = Walker(open_page(PHONE_WITHOUT_JAVASCRIPT), standing_site(landlord).url)
    stops = list(walker.complain(language, TENANT_BY_PHONE_IN_BRAILLE, with_mistakes=False))
    assert stops[-1].state == "received"
    assert read_reference(reference_on(walker.page))


def test_a_mistake_takes_the_focus_to_the_summary_and_its_link_to_the_field(
    standing_site: StandingSite, open_page: OpenPage
) -> None:
    walker = Walker(open_page(PHONE), standing_site().url)
    walker.page.goto(f"{standing_site()}/en/complaint")
    walker.send()
    summary = walker.page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    assert walker.page.evaluate("document.activeElement.name") == "who"
    assert walker.page.title().startswith("Error: ")


def test_a_button_pressed_twice_makes_one_case(make_site: MakeSite, open_page: OpenPage) -> None:
    site = make_site()
    walker = Walker(open_page(PHONE_WITHOUT_JAVASCRIPT), site.url)
    to_check(walker)
    walker.page.locator(SEND).first.dblclick()
    walker.page.wait_for_url("**/received")
    first = reference_on(walker.page)
    walker.page.go_back()
    walker.page.goto(f"{site}/en/complaint/check")
    assert reference_on(walker.page) == first
    assert cases_in(site) == 1


def test_going_back_shows_what_was_typed(standing_site: StandingSite, open_page: OpenPage) -> None:
    walker = Walker(open_page(PHONE), standing_site().url)
    to_check(walker)
    for _ in range(30):
        if "/what-happened" in walker.page.url:
            break
        walker.page.go_back()
    assert walker.page.locator("[name=what_happened]").input_value() == COMPLAINT["what_happened"]


def test_answers_survive_a_restart_of_the_server(make_site: MakeSite, open_page: OpenPage) -> None:
    site = make_site()
    walker = Walker(open_page(PHONE), site.url)
    to_check(walker)
    site.kill_server()
    site.start_server()
    walker.page.reload()
    expect(walker.page.locator("main")).to_contain_text(COMPLAINT["outcome_sought"])
    walker.send()
    assert read_reference(reference_on(walker.page))


def test_the_language_switch_keeps_the_place_and_the_answers(standing_site: StandingSite, open_page: OpenPage) -> None:
    walker = Walker(open_page(PHONE), standing_site().url)
    to_check(walker)
    with walker.page.expect_navigation():
        walker.page.get_by_role("link", name=LANGUAGES["cy"].own_name).first.click()
    assert walker.page.url == f"{standing_site()}/cy/complaint/check"
    expect(walker.page.locator("html")).to_have_attribute("lang", "cy")
    expect(walker.page.locator("main")).to_contain_text(COMPLAINT["name"])


def test_the_receipt_can_be_downloaded_in_every_format(standing_site: StandingSite, open_page: OpenPage) -> None:
    walker = Walker(open_page(DESKTOP), standing_site().url)
    list(walker.complain("en", COMPLAINT, with_mistakes=False))
    reference = reference_on(walker.page)
    for name, pattern in FIRST_BYTES.items():
        with walker.page.expect_download() as waiting:
            walker.page.locator(f'a[href$="/received/{name}"]').click()
        download = waiting.value
        assert download.failure() is None, f"{name}: {standing_site().log()[-2000:]}"
        content = download.path().read_bytes()
        assert reference in download.suggested_filename
        assert re.match(pattern, content), name


def test_the_form_can_be_left_and_everything_forgotten(standing_site: StandingSite, open_page: OpenPage) -> None:
    walker = Walker(open_page(PHONE), standing_site().url)
    to_check(walker)
    walker.page.goto(f"{standing_site()}/en/complaint/delete")
    walker.send()
    walker.page.goto(f"{standing_site()}/en/complaint/what-happened")
    assert "/what-happened" not in walker.page.url
    walker.page.go_back()
    assert COMPLAINT["what_happened"] not in walker.page.content()
