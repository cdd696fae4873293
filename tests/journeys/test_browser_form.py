"""Forms as people use them: with a keyboard alone, without JavaScript, impatiently, on a second day."""

import os
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from app.cases.references import read_reference
from app.languages import LANGUAGES
from tests.conftest import MakeSite, OpenPage
from tests.journeys.every_form import ANSWERS, Answers, is_shared, journey, names
from tests.journeys.filling import filled
from tests.journeys.walking import (
    COMPLAINT,
    MAIN,
    REPRESENTATIVE_BY_EMAIL_IN_LARGE_PRINT,
    TENANT_BY_PHONE_IN_BRAILLE,
    Walker,
    button_of,
)
from tests.rig.browsers import DESKTOP, PHONE, PHONE_WITHOUT_JAVASCRIPT
from tests.rig.servers import Site

pytestmark = pytest.mark.browser
StandingSite = Callable[..., Site]
MOST_TABS = 80
HAS_FOCUS = "selector => document.activeElement === [...document.querySelectorAll(selector)].at(-1)"
TURNS = [("en", "livewest"), ("cy", "livv"), ("ar", "livewest"), ("en", "livv"), ("cy", "livewest"), ("ar", "livv")]


def in_turn(begin: int) -> list[tuple[str, str, str]]:
    """Each form once, the languages and landlords in turn; with LETTERBOX_SOAK=1 each form in each language."""
    if os.environ.get("LETTERBOX_SOAK") == "1":
        return [(form, *turn) for form in names() for turn in TURNS[begin::2]]
    return [(form, *TURNS[(begin + number) % len(TURNS)]) for number, form in enumerate(names())]


# Where a form is begun that home does not offer, and the link there.
BEGINS = {"another-format": ("help/formats", "another-format/of/formats")}
# The sound formats take long to make, and are had without a browser in tests/complaints/test_received.py.
FIRST_BYTES = {
    "standard-print": rb"%PDF-",
    "large-print": rb"%PDF-",
    "html": rb"(?i)<!doctype html>",
    "text": rb"(\xef\xbb\xbf)?\w",
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


def pages_of_others(form: str) -> set[str]:
    """Pages that the complaint form has too: a walk through another form passes them by."""
    return set() if form == "complaint" else {step.slug for step in journey(form).questions if is_shared(step)}


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this has the focus; the last of them where there are several."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate(HAS_FOCUS, selector):
            return
    raise AssertionError(f"the keyboard never reaches {selector} on {page.url}")


def answer_with_keyboard(page: Page, answers: Answers) -> None:
    for name, value in filled(page.content(), urlsplit(page.url).path, answers):
        field = page.locator(f'{MAIN} form [name="{name}"]').first
        kind = field.get_attribute("type")
        if kind == "hidden" or not field.is_visible() or field.get_attribute("tabindex") == "-1":
            continue
        if kind == "radio":
            choose_with_keyboard(page, name, value)
        elif kind == "checkbox":
            tab_to(page, f'[name="{name}"][value="{value}"]')
            page.keyboard.press("Space")
            assert page.locator(f'[name="{name}"][value="{value}"]').is_checked()
        else:
            tab_to(page, f'[name="{name}"]')
            page.keyboard.press("Control+a")
            page.keyboard.insert_text(value)


def choose_with_keyboard(page: Page, name: str, value: str) -> None:
    """Tab reaches one answer of the group, the arrows the others."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == name:
            break
    page.keyboard.press("Space")
    for _ in range(MOST_TABS):
        if page.evaluate("document.activeElement.value") == value:
            break
        page.keyboard.press("ArrowDown")
    assert page.locator(f'[name="{name}"][value="{value}"]').is_checked()


def press_button(page: Page) -> None:
    tab_to(page, button_of(page))
    with page.expect_navigation():
        page.keyboard.press("Enter")


@pytest.mark.parametrize(("form", "language", "landlord"), in_turn(0))
def test_a_keyboard_alone_completes_the_form(
    form: str, language: str, landlord: str, standing_site: StandingSite, open_page: OpenPage
) -> None:
    page = open_page(DESKTOP)
    answers = REPRESENTATIVE_BY_EMAIL_IN_LARGE_PRINT if form == "complaint" else ANSWERS
    begins, link = BEGINS.get(form, ("", form))
    page.goto(f"{standing_site(landlord)}/{language}/{begins}")
    tab_to(page, f'{MAIN} a[href="/{language}/{link}"]')
    with page.expect_navigation():
        page.keyboard.press("Enter")
    walker, passed_by = Walker(page, standing_site(landlord).url), pages_of_others(form)
    while not page.url.endswith("/check"):
        before = page.url
        if before.rpartition("/")[2] in passed_by:
            walker.pass_by(answers)
        else:
            answer_with_keyboard(page, answers)
            press_button(page)
        assert page.url != before
    press_button(page)
    assert page.url.endswith(f"/{language}/{form}/received")


def test_the_first_tab_leads_past_the_header(standing_site: StandingSite, page: Page) -> None:
    page.goto(f"{standing_site()}/en/complaint")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main-content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize(("form", "language", "landlord"), in_turn(1))
def test_the_form_needs_no_javascript(
    form: str, language: str, landlord: str, standing_site: StandingSite, open_page: OpenPage
) -> None:
    walker = Walker(open_page(PHONE_WITHOUT_JAVASCRIPT), standing_site(landlord).url)
    answers = TENANT_BY_PHONE_IN_BRAILLE if form == "complaint" else ANSWERS
    stops = list(walker.walk(form, language, answers, unseen=pages_of_others(form)))
    assert stops[-1].state == "received"


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
    walker.to_check()
    walker.page.locator(button_of(walker.page)).last.dblclick()
    walker.page.wait_for_url("**/received")
    first = reference_on(walker.page)
    walker.page.go_back()
    walker.page.goto(f"{site}/en/complaint/check")
    assert reference_on(walker.page) == first
    assert cases_in(site) == 1


def test_going_back_shows_what_was_typed(standing_site: StandingSite, open_page: OpenPage) -> None:
    walker = Walker(open_page(PHONE), standing_site().url)
    next(stop for stop in walker.walk("complaint", "en", COMPLAINT) if stop.slug == "service")
    for _ in range(30):
        if "/what-happened" in walker.page.url:
            break
        walker.page.go_back()
    assert walker.page.locator("[name=what_happened]").input_value() == COMPLAINT["what_happened"]


def test_answers_survive_a_restart_of_the_server(make_site: MakeSite, open_page: OpenPage) -> None:
    site = make_site()
    walker = Walker(open_page(PHONE), site.url)
    walker.to_check()
    site.kill_server()
    site.start_server()
    walker.page.reload()
    expect(walker.page.locator("main")).to_contain_text(COMPLAINT["outcome_sought"])
    walker.send()
    assert read_reference(reference_on(walker.page))


def test_the_language_switch_keeps_the_place_and_the_answers(standing_site: StandingSite, open_page: OpenPage) -> None:
    walker = Walker(open_page(PHONE), standing_site().url)
    walker.to_check()
    with walker.page.expect_navigation():
        walker.page.get_by_role("link", name=LANGUAGES["cy"].own_name).first.click()
    assert walker.page.url == f"{standing_site()}/cy/complaint/check"
    expect(walker.page.locator("html")).to_have_attribute("lang", "cy")
    expect(walker.page.locator("main")).to_contain_text(COMPLAINT["name"])


def test_the_receipt_can_be_downloaded_as_a_file(standing_site: StandingSite, open_page: OpenPage) -> None:
    walker = Walker(open_page(DESKTOP), standing_site().url)
    walker.to_check()
    walker.send()
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
    walker.to_check()
    walker.page.goto(f"{standing_site()}/en/complaint/delete")
    walker.send()
    walker.page.goto(f"{standing_site()}/en/complaint/what-happened")
    assert "/what-happened" not in walker.page.url
    walker.page.go_back()
    assert COMPLAINT["what_happened"] not in walker.page.content()
