"""The pages of a tenant's own call, and of a saved form, judged from outside in a real browser on a phone."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import OpenPage
from tests.journeys.judging import all_findings, judged
from tests.journeys.walking import Walker
from tests.rig.browsers import PHONE
from tests.rig.servers import Site

pytestmark = pytest.mark.browser
SEND = "main form .govuk-button"


def test_nothing_is_wrong_with_the_pages_of_a_call_and_of_a_saved_form(
    standing_site: Callable[[str], Site], open_page: OpenPage, tmp_path: Path
) -> None:
    window = open_page(PHONE)
    walker = Walker(window, str(standing_site("livewest")))
    found: list[str] = []

    def judge(state: str) -> None:
        stop = walker.look(state)
        (tmp_path / f"{len(found)}.{stop.name}.html").write_text(stop.html, encoding="utf-8")
        found.extend(judged(walker, stop, (PHONE,)))

    walker.visit("/en/call-back")
    window.click(SEND)
    window.fill("[name=name]", "Anna Nowak")
    window.press("[name=name]", "Enter")  # goes on, and does not save for later
    assert window.url.endswith("/call-back/phone")
    window.click("button[name=afterwards]")
    assert window.url.endswith("/call-back/save")
    window.check("[name=way][value=email]", force=True)
    judge("email")
    window.check("[name=way][value=code]", force=True)
    window.click(SEND)
    judge("saved")
    code = window.get_attribute("[data-code]", "data-code")
    walker.visit("/en/come-back")
    window.fill("[name=code]", "K7M4-QX9T")
    window.click(SEND)
    judge("mistake")
    window.fill("[name=code]", str(code))
    window.click(SEND)
    assert window.url.endswith("/call-back/phone")
    walker.to_check("call-back")
    window.click(SEND)
    window.click("main a[href*='/yours/']")
    judge("waiting")
    own = window.url
    for page in ("move", "cancel"):
        walker.visit(f"{own}/{page}")
        judge(page)
    walker.visit(f"{own}/move")
    window.click("main ul a >> nth=-1")
    window.click(SEND)
    judge("no time")
    walker.visit(f"{own}/cancel")
    window.click(SEND)
    judge("cancelled")
    assert all_findings(found, walker, tmp_path) == []
