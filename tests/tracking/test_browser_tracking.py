"""Following a case in a real browser, by keyboard; pages judged from outside: axe, the HTML checker, what is heard."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app import create_app
from app.config import Settings
from app.extensions import db
from app.letters.links import address_of
from app.letters.models import Letter
from tests.conftest import OpenPage
from tests.journeys.judging import all_findings, judged
from tests.journeys.walking import Stop, Walker
from tests.rig.browsers import PHONE
from tests.rig.servers import Site
from tests.tracking.following import a_case_that_came, a_photo, code_of

pytestmark = pytest.mark.browser
Secrets = tuple[str, str]


def cases_on(site: Site) -> dict[str, Secrets]:
    """One of each kind that has pages of its own: reference and return code, by kind."""
    app = create_app(Settings.from_environment(site.environment))
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with app.app_context():
        made = {kind: a_case_that_came(kind, at=yesterday) for kind in ("complaint", "enquiry", "antisocial-behaviour")}
        found = {kind: (case.reference, code_of(case)) for kind, case in made.items()}
        letter = db.session.scalars(select(Letter).where(Letter.case_id == made["complaint"].id)).first()
        assert letter
        found["letter"] = ("", address_of(letter, datetime.now(UTC)).rpartition("/letter/")[2])
        db.engine.dispose()
    return found


def opened(walker: Walker, language: str, secrets: Secrets) -> Stop:
    """By keyboard alone."""
    walker.visit(f"/{language}/track")
    walker.page.focus("#reference")
    walker.page.keyboard.type(secrets[0])
    walker.page.keyboard.press("Tab")
    walker.page.keyboard.type(secrets[1].lower())
    walker.page.keyboard.press("Enter")
    walker.page.wait_for_url("**/track/case")
    return walker.look("opened")


def sent(walker: Walker, state: str, **answers: str) -> Stop:
    """Fill in and press the first button of the page's form."""
    for name, words in answers.items():
        walker.page.fill(f"#{name}", words)
    with walker.page.expect_navigation():
        walker.page.click("main form button")
    return walker.look(state)


def every_stop(walker: Walker, language: str, cases: dict[str, Secrets]) -> Iterator[Stop]:
    at = f"/{language}/track"
    walker.visit(f"/{language}/letter/{cases['letter'][1]}")
    walker.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    yield walker.look("letter")
    walker.visit(at)
    yield sent(walker, "wrong", reference="K7M4-QX9T", secret="EX1 1AA")
    opened(walker, language, cases["complaint"])
    walker.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    yield walker.look("unfolded")
    walker.visit(f"{at}/case/add")
    yield sent(walker, "added", more="The man came and went.")
    yield walker.visit(f"{at}/case/stage-two")
    yield sent(walker, "asked")
    opened(walker, language, cases["enquiry"])
    yield walker.visit(f"{at}/case/complaint")
    yield sent(walker, "made")
    yield opened(walker, language, cases["antisocial-behaviour"])
    yield walker.visit(f"{at}/case/diary")
    yield sent(walker, "diary", incident_when="Friday", incident_what=f"Shouting, {language}")


@pytest.mark.parametrize("language", ["ar"])  # the widest words and the other direction; the client reads the others
def test_nothing_is_wrong_with_any_page_of_a_case(
    language: str, standing_site: Callable[[str], Site], open_page: OpenPage, tmp_path: Path
) -> None:
    site = standing_site("livewest")
    walker = Walker(open_page(PHONE), site.url)
    wrong: list[str] = []
    for stop in every_stop(walker, language, cases_on(site)):
        wrong += judged(walker, stop, [PHONE])
        (tmp_path / f"{stop.name}.html").write_text(stop.html, encoding="utf-8")
    assert not all_findings(wrong, walker, tmp_path)


def test_files_are_sent_by_the_script_and_the_page_says_what_became_of_them(
    standing_site: Callable[[str], Site], open_page: OpenPage
) -> None:
    site = standing_site("livewest")
    walker = Walker(open_page(PHONE), site.url)
    opened(walker, "en", cases_on(site)["complaint"])
    walker.visit("/en/track/case/add")
    sent(walker, "added", more="See the photo.")
    chosen = [("door.jpg", a_photo()), ("game.exe", b"MZ")]
    for name, content in chosen:
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        walker.page.set_input_files("#files", files=file)  # type: ignore[arg-type]
        walker.page.click("form[data-attaching] button")
        walker.page.wait_for_selector("#attached" if name == "door.jpg" else ".govuk-error-summary")
    assert "door.jpg" in walker.page.inner_text("#attached")
    assert "game.exe" in walker.page.inner_text(".govuk-error-summary")
    assert "See the photo." in walker.page.inner_text("main")
