"""Debian's own Chromium, driven by Playwright."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, sync_playwright

ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run", "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
INSTALL = "apt-get install --no-install-recommends chromium"


class NoBrowser(Exception):
    """There is no Chromium. The message says what to install."""


@dataclass(frozen=True)
class Screen:
    """How somebody looks at the page. Sizes are CSS pixels."""

    width: int = 1280
    height: int = 900
    has_javascript: bool = True
    is_dark: bool = False
    keeps_pages: bool = False  # by the site's service worker; tests of other things do without its fetching


DESKTOP = Screen()
PHONE = Screen(width=360, height=740)
ZOOMED = Screen(width=320, height=256)  # 1280 × 1024 at 400 %: WCAG 1.4.10
PHONE_WITHOUT_JAVASCRIPT = Screen(width=360, height=740, has_javascript=False)


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Raises NoBrowser, saying what to install."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        raise NoBrowser(f"The browser tests need Chromium. Run: {INSTALL}")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def open_window(browser: Browser, screen: Screen) -> BrowserContext:
    """A window with no cookies. It stops waiting for anything after half a minute."""
    window = browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        java_script_enabled=screen.has_javascript,
        color_scheme="dark" if screen.is_dark else "light",
        locale="en-GB",
        timezone_id="Europe/London",
        reduced_motion="reduce",
        accept_downloads=True,
        service_workers="allow" if screen.keeps_pages else "block",
    )
    window.set_default_timeout(30_000)
    return window
