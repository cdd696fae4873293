"""Banners and notices' pages in a real browser: what is said aloud, what is pressed, what checkers find."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from app import create_app
from app.extensions import db
from app.notices import actions
from app.notices.shapes import Given
from tests.conftest import OpenPage
from tests.notices.on_pages import WHO, words
from tests.rig.browsers import DESKTOP, PHONE, PHONE_WITHOUT_JAVASCRIPT, ZOOMED
from tests.rig.checkers import axe, nu, sideways_scroll
from tests.rig.databases import SqliteDatabases, settings_from
from tests.rig.servers import Site

pytestmark = pytest.mark.browser
BANNERS = "[data-notice] a"
SAID = "[data-notices-status]"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, sqlite_databases: SqliteDatabases) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("notices")
    site = Site(folder, sqlite_databases.make(folder), "livewest", {})
    site.start_server(processes=1)
    with create_app(settings_from(site.instance_path, site.environment["DATABASE_URL"], "livewest")).app_context():
        now = datetime.now(UTC)
        for severity, title, begins in (
            ("urgent", "Snow", 0),
            ("information", "Lines are busy", 0),
            ("important", "Work", 2),
        ):
            moment = now + timedelta(hours=begins)
            given = Given(
                "other", severity, words(title, ar="ثلج"), moment, now + timedelta(days=1), now, areas=("EX4",)
            )
            notice = actions.write(given, WHO, now)
            actions.publish(notice, WHO, now)
        db.session.commit()
        yield site
        db.session.rollback()
        db.engine.dispose()
    site.end()


def heard(page: Page) -> str:
    """What the page has said by itself, a second and more after it was there."""
    page.wait_for_timeout(1300)
    return page.locator(SAID).inner_text().strip()


def test_a_new_notice_is_said_once_and_put_away_by_its_button(site: Site, open_page: OpenPage) -> None:
    page = open_page(PHONE)
    page.goto(f"{site}/en/antisocial-behaviour/before-you-start")
    assert heard(page) == "", "not where somebody may be listening"
    page.goto(f"{site}/en/privacy")
    assert heard(page).split("\n\n") == ["New notice: Snow", "New notice: Work"]
    page.goto(f"{site}/ar/privacy")
    assert heard(page) == "", "not on each page"
    page.goto(f"{site}/en/privacy")
    page.locator("[data-notice]", has_text="Snow").get_by_role("button", name="Hide").click()
    expect(page).to_have_url(f"{site}/en/privacy")
    expect(page.locator(BANNERS)).to_have_text(["Work", "Lines are busy"])
    assert heard(page) == "New notice: Lines are busy", "it has a place only now"


def test_on_a_forms_page_one_is_put_away_and_what_was_typed_stays(site: Site, open_page: OpenPage) -> None:
    page = open_page(PHONE)
    page.goto(f"{site}/en/track")
    reference = page.get_by_role("textbox").first
    reference.fill("K7M4-QX9T")
    page.locator("[data-notice]", has_text="Snow").get_by_role("button", name="Hide").click()
    expect(page.locator(BANNERS)).to_have_text(["Work"])
    expect(reference).to_have_value("K7M4-QX9T")
    expect(page.get_by_role("main")).to_be_focused()
    page.goto(f"{site}/en/privacy")
    expect(page.locator(BANNERS)).to_have_text(["Work", "Lines are busy"])


def test_nothing_is_wrong_with_them_for_any_reader(site: Site, open_page: OpenPage, tmp_path: Path) -> None:
    plain = open_page(PHONE_WITHOUT_JAVASCRIPT)
    plain.goto(f"{site}/en/notices")
    button = plain.get_by_role("button", name="Hide").first
    assert (button.bounding_box() or {"height": 0})["height"] >= 44
    button.click()
    expect(plain).to_have_url(f"{site}/en/notices")
    expect(plain.locator(BANNERS)).to_have_text(["Work", "Lines are busy"])
    for screen, tag in ((PHONE, "en"), (DESKTOP, "ar"), (ZOOMED, "en")):
        page = open_page(screen)
        page.goto(f"{site}/{tag}/notices")
        one = page.locator("main .notices a").first.get_attribute("href")
        for name, path in (("all", f"/{tag}/notices"), ("one", one), ("mistake", f"/{tag}/notices?postcode=x")):
            page.goto(f"{site}{path}")
            assert sideways_scroll(page) == 0, path
            if screen is PHONE or (screen is DESKTOP and name == "one"):
                assert axe(page) == [], path
                (tmp_path / f"{tag}-{name}.html").write_text(page.request.get(f"{site}{path}").text(), encoding="utf-8")
    assert nu(tmp_path) == []
