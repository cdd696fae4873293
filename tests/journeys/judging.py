"""What is wrong with a page, held against everything that can be seen and heard from outside."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Page

from tests.journeys.walking import Stop, Walker
from tests.rig.browsers import DESKTOP, PHONE, Screen
from tests.rig.checkers import axe, nu, sideways_scroll
from tests.rig.hearing import heard, wrong_to_hear

BOTH = (DESKTOP, PHONE)  # a window is opened as wide as a desktop, and a page is set out anew for each other width


def judged(walker: Walker, stop: Stop, screens: Sequence[Screen] = BOTH) -> Iterator[str]:
    """The findings on the page that is in the window now: axe at these widths, the width at 400 %, what is heard."""
    yield from (f"{stop.name}: {finding}" for finding in wrong_to_hear(heard(walker.page)))
    for screen in screens:
        show_at(walker.page, screen)
        yield from (f"{stop.name} at {screen.width} px: {finding}" for finding in axe(walker.page))
    too_wide = sideways_scroll(walker.page)
    if too_wide:
        yield f"{stop.name}: {too_wide} px too wide at 400 %"
    show_at(walker.page, DESKTOP)


def show_at(page: Page, screen: Screen) -> None:
    """The page that is in the window now, at another size where it has another."""
    now = page.viewport_size
    if not now or (now["width"], now["height"]) != (screen.width, screen.height):
        page.set_viewport_size({"width": screen.width, "height": screen.height})


def all_findings(found: list[str], walker: Walker, pages: Path | None = None) -> list[str]:
    """With those of the whole walk: the HTML kept in ``pages``, the browser's own complaints, requests elsewhere."""
    elsewhere = [f"asked for {address}" for address in walker.asked_outside]
    return [*found, *(nu(pages) if pages and any(pages.iterdir()) else ()), *walker.complaints_of_browser, *elsewhere]
