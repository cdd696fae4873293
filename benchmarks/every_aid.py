"""Every public page × language × reading aid, judged by axe, the Nu HTML checker and its own width: writes aids.md.

``python -m benchmarks.every_aid`` takes a quarter of an hour. Some of it: ``--landlords livv --languages en,ar``.
"""

import argparse
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from lxml import etree
from playwright.sync_api import Page

from app.pages.reading import Aids, aids_in
from benchmarks.lighthouse import standing
from tests.rig.browsers import DESKTOP, ZOOMED, open_window, running_browser
from tests.rig.checkers import axe, nu

ANSWER = Path(__file__).parent / "aids.md"
LOOKS = {
    "as usual": "",
    "light": "colours-light",
    "dark": "colours-dark",
    "yellow on black": "colours-yellow",
    "black on cream": "colours-cream",
    "largest words, far apart, at 320 pixels": "text-largest.spacing-widest",
}
NARROW = "text-largest.spacing-widest"
PUT_ON = """(classes) => {
  const page = document.documentElement.classList;
  page.remove(...[...page].filter((name) => name.startsWith("reading-")));
  page.add(...classes);
}"""
# What colours and sizes can change; the rest was judged in the first look.
OF_A_LOOK = ("color-contrast", "target-size", "link-in-text-block", "scrollable")
TOO_WIDE = "() => Math.max(0, document.documentElement.scrollWidth - innerWidth)"


def pages_of(address: str) -> list[str]:
    """The paths that the site lists for search engines, and those of its notices."""
    with urllib.request.urlopen(f"{address}/sitemap.xml") as answer:
        places = etree.fromstring(answer.read()).xpath("//*[local-name()='loc']/text()")
    return [f"/{place.split('/', 3)[3]}" for place in places]


def judged(page: Page, url: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Look and finding, of one page in every look."""
    page.set_viewport_size({"width": DESKTOP.width, "height": DESKTOP.height})
    page.goto(url)
    (folder / f"{url.split('/', 3)[3].replace('/', '_') or 'first'}.html").write_text(page.content(), encoding="utf-8")
    for look, kept in LOOKS.items():
        aids: Aids = aids_in(kept)
        page.evaluate(PUT_ON, list(aids.classes))
        if kept == NARROW:
            page.set_viewport_size({"width": ZOOMED.width, "height": ZOOMED.height})
            if wide := page.evaluate(TOO_WIDE):
                yield look, f"{wide} pixels too wide"
        yield from ((look, found) for found in axe(page) if not kept or found.startswith(OF_A_LOOK))


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--landlords", default="livewest,livv")
    wanted.add_argument("--languages", default="en,cy,ar")
    chosen = wanted.parse_args()
    began, counted, findings = time.monotonic(), Counter[str](), []
    for landlord in chosen.landlords.split(","):
        with standing(landlord) as site, running_browser() as browser, tempfile.TemporaryDirectory() as name:
            page = open_window(browser, DESKTOP).new_page()
            for path in pages_of(site.url):
                if path.split("/")[1] in chosen.languages.split(","):
                    found = list(judged(page, f"{site.url}{path}", Path(name)))
                    findings += [f"{landlord} {path}, {look}: {words[:300]}" for look, words in found]
                    counted.update(list(LOOKS))
            findings += [f"{landlord}, HTML: {words[:300]}" for words in nu(Path(name))]
    ANSWER.write_text(_written(counted, findings, time.monotonic() - began), encoding="utf-8")
    print(ANSWER.read_text(encoding="utf-8"))


def _written(counted: Counter[str], findings: list[str], seconds: float) -> str:
    return "\n".join(
        [
            "# Reading aids on every page", "",
            f"Written by `python -m benchmarks.every_aid` on {datetime.now(UTC):%d %B %Y}, in {seconds / 60:.0f} "
            "minutes. Judged by axe-core (WCAG 2.2 to AA, what it knows of AAA with 7:1 contrast, good practice), by "
            "the Nu HTML checker, and by the width of what is shown.", "",
            "| look | pages |", "| --- | --- |", *(f"| {look} | {number} |" for look, number in counted.items()), "",
            "## Findings", "", *([f"- {one}" for one in findings] or ["None."]), "",
        ]
    )  # fmt: skip


if __name__ == "__main__":
    main()
