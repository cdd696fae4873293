"""``make pictures``: the screenshots and sample letters of ``docs/``, taken anew from the running site.

The site is started on demonstration data in a temporary folder; nothing of ``instance/`` is touched.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.journeys.signing_in import sign_in_as
from tests.journeys.walking import COMPLAINT, Walker
from tests.rig.browsers import DESKTOP, PHONE, Screen, open_window, running_browser
from tests.rig.databases import SqliteDatabases
from tests.rig.servers import Site

DOCS = Path(__file__).resolve().parent.parent / "docs"
PICTURES, SAMPLES = DOCS / "pictures", DOCS / "samples"
COLOURS = 128  # of a picture: enough for a page, and a third of the bytes
STAFF = "priya.shah@livewest.example"
TRANSLATOR = "karim.nasser@livewest.example"
# format, language, what is asked for, the file's name
LETTERS = (
    ("standard-print", "en", (), "standard-print.pdf"),
    ("large-print", "en", ("--point-size", "24"), "large-print-24.pdf"),
    ("large-print", "cy", ("--point-size", "18"), "large-print-18.cy.pdf"),
    ("standard-print", "ar", (), "standard-print.ar.pdf"),
    ("html", "en", (), "letter.html"),
    ("text", "en", (), "letter.txt"),
    ("braille", "en", ("--grade", "2"), "braille-grade-2.brf"),
    ("audio", "en", (), "audio.mp3"),
)
PAGES_SHOWN = {"large-print-24.pdf": "letter-large-print", "standard-print.ar.pdf": "letter-arabic"}


def main() -> None:
    for folder in (PICTURES, SAMPLES):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="letterbox-pictures-") as name:
        folder = Path(name)
        site = Site(folder, SqliteDatabases(folder).make(folder), "livewest", {"PUBLIC_URL": "http://127.0.0.1:8000"})
        try:
            _run(site, "demo", "load")
            site.start_server()
            with running_browser() as browser:
                _public_pages(browser, site)
                _other_forms(browser, site)
                _staff_pages(browser, site)
                _translators_desk(browser, site)
            _sample_letters(site)
        finally:
            site.end()


def _run(site: Site, *arguments: str) -> str:
    done = site.flask(*arguments, timeout=300)
    if done.returncode:
        raise SystemExit(f"flask {' '.join(arguments)} failed: {done.stdout}{done.stderr}")
    return done.stdout.strip()


def _public_pages(browser: Browser, site: Site) -> None:
    page = _window(browser, DESKTOP)
    page.goto(f"{site}/en/")
    _keep(page, "home")
    phone = _window(browser, PHONE)
    phone.goto(f"{site}/ar/")
    _keep(phone, "home-phone-arabic")
    phone.goto(f"{site}/uk/contact")
    _keep(phone, "contact-phone-ukrainian", is_whole=False)
    for address, picture in (
        ("/en/notices", "notices"),
        ("/en/reading", "reading"),
        ("/en/standards", "standards"),
        ("/en/help/bleed-a-radiator", "video"),
    ):
        page.goto(f"{site}{address}")
        _keep(page, picture, is_whole=False)
    walker = Walker(_window(browser, PHONE), site.url)
    for stop in walker.every_page(
        "complaint", "en", [{**COMPLAINT, "format": "large-print", "point_size": "24"}], set()
    ):
        slug = stop.address.rpartition("/")[2]
        wanted = {
            ("outcome", "error"): "question-mistake",
            ("letters", "empty"): "question-letters",
            ("print-size", "empty"): "question-print-size",
            ("check", "check"): "check",
            ("received", "received"): "received",
        }
        if (slug, stop.state) in wanted:
            _keep(walker.page, wanted[slug, stop.state])


def _other_forms(browser: Browser, site: Site) -> None:
    walker = Walker(_window(browser, PHONE), site.url)
    walker.visit("/en/antisocial-behaviour")
    _keep(walker.page, "report-before-you-start")
    for stop in walker.walk("call-back", "en", COMPLAINT):
        if stop.state == "received":
            _keep(walker.page, "call-back")
    for _stop in walker.walk("complaint", "en", COMPLAINT):
        pass
    given = {
        name: walker.page.locator(f"[data-{name}]").first.get_attribute(f"data-{name}") or ""
        for name in ("reference", "return-code")
    }
    walker.visit("/en/track")
    for field, words in zip(walker.page.locator("main form input[type=text]").all(), given.values(), strict=True):
        field.fill(words)
    walker.send()
    walker.page.locator("details").first.locator("summary").click()
    _keep(walker.page, "followed")


def _staff_pages(browser: Browser, site: Site) -> None:
    page = _window(browser, DESKTOP)
    sign_in_as(page, site, STAFF)
    _keep(page, "caseload")
    page.get_by_role("row").filter(has_text="Margaret Thompson").get_by_role("link").first.click()
    _keep(page, "case")
    page.goto(f"{site}/staff/call-backs")
    _keep(page, "calls-to-make")
    page.goto(f"{site}/staff/search?q=Colin+Evans")
    page.get_by_role("row").filter(has_text="Colin Evans").get_by_role("link").first.click()
    page.goto(f"{page.url}/complaint")
    _keep(page, "complaint")
    page.goto(f"{site}/staff/measures")
    _keep(page, "measures")
    page.goto(f"{site}/staff/letters/approvals")
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    _keep(page, "letter-editor")
    page.goto(f"{site}/staff/notices")
    page.get_by_role("link", name="Our website will be off for planned work").first.click()
    _keep(page, "notice-editor")
    page.goto(f"{site}/staff/interpreters")
    _keep(page, "interpreters")
    page.goto(f"{site}/staff/mailings")
    page.get_by_role("row").nth(1).get_by_role("link").first.click()
    _keep(page, "mailing")


def _translators_desk(browser: Browser, site: Site) -> None:
    page = _window(browser, DESKTOP)
    sign_in_as(page, site, TRANSLATOR)
    page.goto(f"{site}/staff/catalogues/pl?show=all&q=working+days")
    page.get_by_role("link", name="On its own").first.click()
    _keep(page, "translators-desk", is_whole=False)


def _sample_letters(site: Site) -> None:
    reference = _a_reference(site)
    for format_name, language, asked, file_name in LETTERS:
        _run(site, "letters", "make", reference, "acknowledgement", "--format", format_name, "--language", language,
             *asked, "--out", str(SAMPLES / file_name))  # fmt: skip
        _run(site, "letters", "check", str(SAMPLES / file_name))
    for file_name, picture in PAGES_SHOWN.items():
        made = PICTURES / picture
        subprocess.run(
            ["pdftoppm", "-r", "60", "-png", "-singlefile", SAMPLES / file_name, made], check=True, timeout=60
        )
        _shrink(made.with_suffix(".png"))


def _a_reference(site: Site) -> str:
    """A case of our own, recorded as a colleague records a call."""
    wanted = site.instance_path / "call.json"
    wanted.write_text(
        '{"kind": "complaint", "channel": "phone", "received_at": "2026-12-24T16:59", "language": "en",'
        ' "person": {"name": "Anna Nowak", "who": "customer", "email": null, "phone": "07700 900123",'
        ' "address": ["1 High Street", "Exeter"], "postcode": "EX1 1AA"},'
        ' "needs": {"format": "large-print", "point_size": 24, "braille_grade": 2},'
        ' "answers": {"what_happened": "The lift has been broken for three weeks.",'
        ' "outcome_sought": "Repair the lift, and tell me the day."}}',
        encoding="utf-8",
    )
    return _run(site, "cases", "record", str(wanted)).splitlines()[-1]


def _window(browser: Browser, screen: Screen) -> Page:
    return open_window(browser, screen).new_page()


def _keep(page: Page, name: str, *, is_whole: bool = True) -> None:
    # The site's address on this machine differs at every run, and says nothing.
    assert not re.search(r"127\.0\.0\.1:(?!8000)", page.locator("body").inner_text())
    path = PICTURES / f"{name}.png"
    page.screenshot(path=path, full_page=is_whole)
    _shrink(path)


def _shrink(path: Path) -> None:
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


if __name__ == "__main__":
    main()
