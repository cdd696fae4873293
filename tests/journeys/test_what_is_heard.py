"""The judge of the screen reader's tree finds what would be wrong to hear."""

import pytest
from playwright.sync_api import Page

from tests.rig.hearing import heard, wrong_to_hear

pytestmark = pytest.mark.browser
BAD = """<html lang="en"><body><main><h1>Name</h1><h3>Far below</h3>
<div role="alert"><h2>There is a problem</h2><a href="#a">Enter your name</a></div>
<label for="a">Your name</label><input id="a" aria-invalid="true">
<input><input type="radio" id="r"><label for="r">Yes</label>
<button>Send</button><a href="/">Send</a></main><main></main></body></html>"""


def test_what_would_be_wrong_to_hear_is_found(page: Page) -> None:
    page.set_content(BAD)
    found = "\n".join(wrong_to_hear(heard(page)))
    for finding in (
        "a textbox without a name",
        "the radio “Yes” is in no group with a name",
        "a link and a button are both called “Send”",
        "2 landmarks are main",
        "0 landmarks are banner",
        "a heading of level 3 follows one of level 1",
        "the alert does not have the focus",
        "“Your name” is invalid, and its description does not say why",
    ):
        assert finding in found, found
