"""Single keys on the caseload: for those who want them, and never while somebody types."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from app import create_app
from app.config import Settings
from app.extensions import db
from app.staff.models import StaffMember
from tests.builders import an_opened_case
from tests.rig.servers import Site
from tests.staff.door import PASSWORD, a_colleague_with_a_password

pytestmark = pytest.mark.browser
EMAIL = "keys@landlord.example"


def test_keys_move_open_and_search_unless_they_are_off_or_somebody_types(
    standing_site: Callable[[str], Site], page: Page
) -> None:
    site = standing_site("livewest")
    app = create_app(Settings.from_environment(site.environment))
    with app.app_context():
        a_colleague_with_a_password(EMAIL, roles=("advisor",))
        an_opened_case()
        an_opened_case()
    page.goto(f"{site.url}/staff/")
    page.locator("[name=email]").fill(EMAIL)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url(f"{site.url}/staff/")
    links = page.locator("tbody th a")
    for key, place in (("j", 0), ("j", 1), ("k", 0), ("k", 0)):
        page.keyboard.press(key)
        expect(links.nth(place)).to_be_focused()
    page.keyboard.press("Control+j")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("/")
    box = page.locator("#staff-search")
    expect(box).to_be_focused()
    page.keyboard.type("jgc?/k")
    expect(box).to_have_value("jgc?/k")
    box.blur()
    page.keyboard.press("j")
    reference = links.nth(0).inner_text()
    page.keyboard.press("o")
    page.wait_for_url(f"**/staff/cases/{reference}")
    page.keyboard.press("?")
    page.wait_for_url("**/staff/keys")
    page.keyboard.press("g")
    page.keyboard.press("c")
    page.wait_for_url("**/staff/")
    with app.app_context():
        db.session.execute(db.update(StaffMember).where(StaffMember.email == EMAIL).values(has_shortcuts=False))
        db.session.commit()
        db.engine.dispose()
    page.reload()
    page.keyboard.press("j")
    page.keyboard.press("/")
    expect(page.locator("body")).to_be_focused()
