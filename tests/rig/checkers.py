"""What judges a page from outside: axe-core in the browser, the Nu HTML checker, and the width of what is shown."""

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

from tests.rig.browsers import ZOOMED

NODE_MODULES = Path(__file__).resolve().parents[2] / "node_modules"
INSTALL = "Run: npm ci"
# For a minute's work Java's better compiler and its many collectors cost more than they give: half of the time.
LIGHT = ("-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# WCAG 2.2 AA, of AAA what axe can see (7:1 contrast among it), and its own good practice.
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"]
RUN_AXE = """async (standards) => {
  const found = await axe.run(document, {
    runOnly: standards, resultTypes: ["violations"],
    // Whatever has too little contrast for AA has too little for AAA: it is measured once.
    rules: {"target-size": {enabled: true}, "color-contrast": {enabled: false}},
  });
  return found.violations.map(each => `${each.id}: ${each.help}: ` + each.nodes.map(node => node.html).join(" | "));
}"""
SIDEWAYS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


class NoChecker(Exception):
    """A checker is not installed. The message says how to get it."""


@cache
def _axe() -> str:
    path = NODE_MODULES / "axe-core" / "axe.min.js"
    if not path.exists():
        raise NoChecker(f"axe-core is missing. {INSTALL}")
    return path.read_text(encoding="utf-8")


def axe(page: Page) -> list[str]:
    """What axe finds wrong with the page as it is now shown: rule, meaning, elements."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    found: list[str] = page.evaluate(RUN_AXE, STANDARDS)
    return found


def sideways_scroll(page: Page) -> int:
    """CSS pixels by which the page is wider than a desktop screen at 400 %. The viewport stays that narrow."""
    page.set_viewport_size({"width": ZOOMED.width, "height": ZOOMED.height})
    too_wide: int = page.evaluate(SIDEWAYS)
    return too_wide


def nu(folder: Path) -> list[str]:
    """What the Nu HTML checker says of the ``.html`` files in this folder, a line a finding, warnings included."""
    jar = next(iter(sorted((NODE_MODULES / "vnu-jar").rglob("vnu.jar"))), None)
    if jar is None:
        raise NoChecker(f"The Nu HTML checker is missing. {INSTALL}")
    java = shutil.which("java")
    if java is None:
        raise NoChecker(
            "The Nu HTML checker needs Java. Run: apt-get install --no-install-recommends default-jre-headless"
        )
    how = ("--format", "json", "--stdout", "--exit-zero-always")
    said = subprocess.run(
        [java, *LIGHT, "-jar", jar, *how, *sorted(folder.glob("*.html"))],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    messages: list[dict[str, str]] = json.loads(said.stdout)["messages"]
    return [" ".join((Path(each.get("url", "")).name, each["message"], each.get("extract", ""))) for each in messages]
