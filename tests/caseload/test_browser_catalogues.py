"""A translator in a real browser: what must stand in the words is said while they are typed."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app import create_app
from app.config import Settings
from app.extensions import db
from app.languages.sentences import key_of
from tests.rig.checkers import axe
from tests.rig.servers import Site
from tests.staff.door import PASSWORD, a_colleague_with_a_password, code_of, give_a_second_factor

pytestmark = pytest.mark.browser
EMAIL = "translator@landlord.example"


def test_a_lost_placeholder_is_said_while_typing_and_an_earlier_translation_comes_at_a_press(
    standing_site: Callable[[str], Site], page: Page
) -> None:
    site = standing_site("livewest")
    app = create_app(Settings.from_environment(site.environment))
    with app.app_context():
        a_colleague_with_a_password(EMAIL, roles=("translator",))
        give_a_second_factor(app, EMAIL)
        db.engine.dispose()
    key = key_of(None, ("%(page)s – %(landlord)s",))
    page.goto(f"{site.url}/staff/catalogues/ar/sentences/{key}?show=all")
    page.locator("[name=email]").fill(EMAIL)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.locator("[name=code]").fill(code_of(app, EMAIL))
    page.locator("main form button").first.click()
    page.wait_for_url("**/sentences/**")
    typed = page.locator("textarea").first
    assert typed.evaluate("box => getComputedStyle(box).direction") == "rtl"
    said = page.locator("[data-lost]")
    typed.fill("%(page)s <b>")
    expect(said).to_contain_text("Missing: %(landlord)s")
    expect(said).to_contain_text("Not in the English: <b>")
    typed.fill("%(page)s – ")
    page.get_by_role("button", name="Put in %(landlord)s").click()
    expect(typed).to_have_value("%(page)s – %(landlord)s")
    expect(said).to_have_text("")
    assert axe(page) == []
    taking = page.locator("[data-take]").first
    earlier = taking.get_attribute("data-take")
    taking.click()
    expect(typed).to_have_value(earlier or "")
    expect(typed).to_be_focused()
    page.goto(f"{site.url}/staff/catalogues/ar?show=all")
    assert axe(page) == []
