"""A demonstration colleague signs in to a running site, with both factors."""

from passlib.totp import TOTP
from playwright.sync_api import Page
from sqlalchemy import create_engine, text

from app.demonstration.loading import PASSWORD
from app.demonstration.teams import fixed_secret
from tests.rig.servers import Site

CODE_PAGE = "/staff/code"


def sign_in_as(page: Page, site: Site, email: str, password: str = PASSWORD) -> None:
    """From the caseload's address on, to the caseload; or to the page that refuses the password."""
    page.goto(f"{site.url}/staff/")
    page.locator("[name=email]").fill(email)
    page.locator("[name=password]").fill(password)
    page.locator("main form button").first.click()
    if CODE_PAGE in page.url:
        page.locator("[name=code]").fill(code_now(site, email))
        page.locator("main form button").first.click()


def code_now(site: Site, email: str) -> str:
    """What the telephone shows. A code works once: those that were used are forgotten, for tests sign in more often."""
    engine = create_engine(site.environment["DATABASE_URL"])
    with engine.begin() as connection:
        connection.execute(text("UPDATE staff_member SET last_code_counter = NULL"))
    engine.dispose()
    return str(TOTP(key=fixed_secret(email), format="base32").generate().token)
