"""Whether the words of a page fit it, and run in the right direction: judged in a browser by where each line lies.

The browser is given pages that a test client was answered, so that no server has to stand for them.
"""

from functools import cache
from pathlib import Path

from flask.testing import FlaskClient
from playwright.sync_api import Page, Route

from tests.rig.browsers import Screen

SITE = "http://letterbox.test"  # every request to it is answered here
JUDGE = Path(__file__).with_name("fitting.js")
# What stands from left to right inside any words: telephone numbers, references, postcodes, addresses.
ISLANDS = (
    r"/\+?\d[\d\u00a0 ().-]{5,}\d|[0-9A-Z]{4}[-\u2010\u2011][0-9A-Z]{4}|[A-Z]{1,2}\d[A-Z\d]?[ \u00a0]\d[A-Z]{2}"
    r"|[\w.+-]+@[\w.-]+\w|(?:https?:\/\/)?(?:[\w-]+\.)+[a-z]{2,}(?:\/[\w\/.-]*)?/g"
)
# A letter that no font has is drawn as the same box as one that does not exist.
WITHOUT_A_GLYPH = """(letters) => {
  const paper = document.createElement("canvas"), pen = paper.getContext("2d", { willReadFrequently: true });
  paper.width = paper.height = 40;
  pen.font = `24px ${getComputedStyle(document.body).fontFamily}`;
  const drawn = (letter) => {
    pen.clearRect(0, 0, 40, 40);
    pen.fillText(letter, 8, 28);
    return pen.getImageData(0, 0, 40, 40).data.join();
  };
  const nothing = drawn("\\u{10fffd}"), box = drawn("\\u0378");
  return letters.filter((letter) => [nothing, box].includes(drawn(letter)));
}"""


@cache
def _judge() -> str:
    return JUDGE.read_text(encoding="utf-8").replace("ISLANDS", ISLANDS)


class Shown:
    """A window in which pages of an application lie open. ``client`` is asked for their sheets and scripts."""

    def __init__(self, page: Page, client: FlaskClient) -> None:
        self.page, self._client, self._html = page, client, ""
        self._files: dict[str, tuple[bytes, str]] = {}
        page.route("**/*", self._answer)

    def show(self, address: str, html: str) -> None:
        """As a server would have sent it from there."""
        self._html = html
        self.page.goto(SITE + address)

    def wrong(self, screen: Screen, *, right_to_left: bool = False) -> list[str]:
        """What does not fit a screen of this size."""
        self.page.set_viewport_size({"width": screen.width, "height": screen.height})
        found: list[str] = self.page.evaluate(_judge(), right_to_left)
        return found

    def without_a_glyph(self, letters: set[str]) -> list[str]:
        """Of these letters, those that none of the fonts here has."""
        found: list[str] = self.page.evaluate(WITHOUT_A_GLYPH, sorted(letters))
        return found

    def _answer(self, route: Route) -> None:
        if route.request.is_navigation_request():
            route.fulfill(body=self._html, content_type="text/html; charset=utf-8")
            return
        path = route.request.url.removeprefix(SITE)
        if path not in self._files:
            answer = self._client.get(path)
            self._files[path] = answer.data, answer.content_type
        body, kind = self._files[path]
        route.fulfill(body=body, content_type=kind)
