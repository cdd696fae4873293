"""The page for files in a real browser: with a word on how far they are, and without JavaScript."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import OpenPage
from tests.rig.browsers import PHONE_WITHOUT_JAVASCRIPT
from tests.rig.servers import Site
from tests.uploads import samples

pytestmark = pytest.mark.browser
CONTINUE = "Continue"


@pytest.fixture
def chosen(tmp_path: Path) -> dict[str, Path]:
    """Paths of a photo, a film, and a program that says it is a photo."""
    files = {"photo.jpg": samples.photo(), "film.mov": samples.film(), "program.jpg": b"MZ" * 100}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in files}


def to_files(page: Page, site: Site) -> None:
    page.goto(f"{site}/en/complaint")
    page.get_by_label("I am a tenant", exact=True).check()
    page.get_by_role("button", name=CONTINUE).click()
    page.get_by_label("What happened").fill("The lift is broken.")
    page.get_by_role("button", name=CONTINUE).click()
    page.get_by_label("In the last 12 months").check()
    page.get_by_role("button", name=CONTINUE).click()
    page.locator("input[value=repairs]").check()
    page.get_by_role("button", name=CONTINUE).click()
    page.get_by_label("What would put it right").fill("A repair.")
    page.get_by_role("button", name=CONTINUE).click()
    page.wait_for_url("**/files")


def names(page: Page) -> list[str]:
    return page.locator(".attached__name bdi").all_inner_texts()


def test_with_javascript_progress_is_said_at_each_quarter_and_mistakes_take_the_focus(
    open_page: OpenPage, standing_site: object, chosen: dict[str, Path]
) -> None:
    page = open_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    to_files(page, standing_site("livewest"))  # type: ignore[operator]
    page.evaluate("""() => {
        window.said = [];
        const region = document.querySelector("[role=status][data-attaching-said]");
        const note = (changes) => changes.forEach(({addedNodes}) => addedNodes.forEach(
            (words) => window.said.push(words.textContent)));
        new MutationObserver(note).observe(region, {childList: true});
        // A slow line: what the browser tells while it sends, one percent at a time.
        const send = XMLHttpRequest.prototype.send;
        XMLHttpRequest.prototype.send = function (data) {
            for (let percent = 1; percent <= 100; percent++) {
                const detail = {lengthComputable: true, loaded: percent, total: 100};
                this.upload.dispatchEvent(new ProgressEvent("progress", detail));
            }
            send.call(this, data);
        };
    }""")
    page.get_by_label("Choose files").set_input_files([chosen["photo.jpg"], chosen["program.jpg"]])
    page.get_by_role("button", name="Add these files").click()
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("We cannot open “program.jpg”.")
    assert page.title().startswith("Error:")
    said = page.evaluate("window.said")
    assert said[:4] == ["Your files are on their way.", "25 percent sent.", "50 percent sent.", "75 percent sent."]
    assert said[-1] == "All is sent. We are checking your files."
    assert names(page) == ["photo.jpg"]

    page.get_by_label("Choose files").set_input_files(chosen["film.mov"])
    page.get_by_role("button", name="Add these files").click()
    expect(page.get_by_role("heading", name="Files you have added")).to_be_focused()
    assert names(page) == ["photo.jpg", "film.mov"]
    assert not page.title().startswith("Error:")

    page.route("**/files", lambda route: route.abort())
    page.get_by_label("Choose files").set_input_files(chosen["photo.jpg"])
    page.get_by_role("button", name=CONTINUE).click()
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Your files did not reach us.")
    page.unroute("**/files")
    page.wait_for_timeout(1100)  # milliseconds: a button pressed twice within a second counts once
    page.get_by_role("button", name=CONTINUE).click()
    page.wait_for_url("**/told-before")
    page.go_back()
    assert names(page) == ["photo.jpg", "film.mov", "photo.jpg"]
    assert errors == []


def test_without_javascript_files_are_added_and_removed_by_the_form_itself(
    open_page: OpenPage, standing_site: object, chosen: dict[str, Path]
) -> None:
    page = open_page(PHONE_WITHOUT_JAVASCRIPT)
    to_files(page, standing_site("livewest"))  # type: ignore[operator]
    page.get_by_label("Choose files").set_input_files([chosen["photo.jpg"], chosen["film.mov"], chosen["program.jpg"]])
    page.get_by_role("button", name="Add these files").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("We cannot open “program.jpg”.")
    assert names(page) == ["photo.jpg", "film.mov"]
    page.get_by_role("button", name="Remove photo.jpg").click()
    expect(page.locator(".notice")).to_contain_text("The file is removed.")
    assert names(page) == ["film.mov"]
    page.get_by_label("Choose files").set_input_files(chosen["photo.jpg"])
    page.get_by_role("button", name=CONTINUE).click()
    page.wait_for_url("**/told-before")
    page.go_back()
    assert names(page) == ["film.mov", "photo.jpg"]
