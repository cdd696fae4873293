"""Writing a letter in a real browser: the letter follows the typing, and a paragraph comes where the cursor stands."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from app import create_app
from app.config import Settings
from app.extensions import db
from app.letters import paragraphs
from tests.builders import an_opened_case
from tests.rig.checkers import axe
from tests.rig.servers import Site
from tests.staff.door import PASSWORD, a_colleague_with_a_password

pytestmark = pytest.mark.browser
EMAIL = "writer@landlord.example"


def test_the_letter_follows_the_typing_and_a_paragraph_comes_where_the_cursor_stands(
    standing_site: Callable[[str], Site], page: Page
) -> None:
    site = standing_site("livewest")
    app = create_app(Settings.from_environment(site.environment))
    with app.app_context():
        who = a_colleague_with_a_password(EMAIL, roles=("advisor",))
        case = an_opened_case()
        words = {"title": "How to pay", "words": "Pay by **phone**."}
        paragraphs.add("livewest", "how-to-pay", "en", datetime.now(UTC), who, **words)
        db.session.commit()
        reference = case.reference
        db.engine.dispose()
    page.goto(f"{site.url}/staff/cases/{reference}/letters/new")
    page.locator("[name=email]").fill(EMAIL)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/letters/new")
    page.locator("[name=title]").fill("Your new roof")
    typed = page.locator("[name=words]")
    typed.fill("# When\nOn Monday.")
    look = page.locator("[data-live-words]")
    expect(look.locator("h2").first).to_have_text("When")
    typed.evaluate("box => box.setSelectionRange(6, 6)")
    page.get_by_role("button", name="Put it in").click()
    expect(typed).to_have_value("# When\nPay by **phone**.\nOn Monday.")
    expect(typed).to_be_focused()
    expect(look.locator("strong", has_text="phone")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Save and see the letter").click()
    expect(page.locator(".look strong", has_text="phone")).to_be_visible()
