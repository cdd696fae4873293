"""Ways to contact us: each with what the landlord promises of it, and nothing that it does not promise."""

from datetime import datetime

import pytest
from flask import Flask
from lxml import html

from app.content.composing import page_in
from app.formats.document import lines_of
from app.languages import speaking
from app.notices import front_routes
from tests.cases.moments import london
from tests.conftest import MakeApp
from tests.pages.test_talk_now import the_office_is_closed

MONDAY_NOON, MONDAY_NIGHT = london("Mon 2026-11-23 12:00"), london("Mon 2026-11-23 20:00")


def contact(app: Flask, at: datetime, monkeypatch: pytest.MonkeyPatch) -> html.HtmlElement:
    monkeypatch.setattr(front_routes, "now", lambda: at)
    return html.fromstring(app.test_client().get("/en/contact").data)


def words(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_way_stands_beside_its_promise(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    page = contact(sqlite_app, MONDAY_NOON, monkeypatch)
    headings = [words(one) for one in page.xpath("//main//h2")]
    ways = ["Phone", "Email", "Social media", "Post", "A colleague whom you know", "Write to us on this website"]
    assert headings[: len(ways) + 1] == [*ways, "Sign language and interpreters"]
    said = words(page.xpath("//main")[0])
    for promise in (
        # L02, L03: what the landlord says, and no more
        "We aim to answer your call within 5 minutes. It can take longer when we are busy. Calls are recorded.",
        "You need not wait. Ask us to call you, at a time that suits you.",
        "We answer a question within 1 working day.",  # L04
        "They answer your voicemail within 1 working day.",  # L11
        "They answer your email within 2 working days.",
        "We answer a form within 1 working day.",  # L17
        "You are asked for your postcode first. The service is called SignVideo.",  # L26
        "The service is called Language Line.",  # L27
    ):
        assert promise in said


def test_what_the_landlord_does_not_promise_is_not_there(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app(landlord="livv")
    with app.app_context():
        page = contact(app, MONDAY_NOON, monkeypatch)
    headings = [words(one) for one in page.xpath("//main//h2")]
    assert "Live chat" in headings  # V04
    assert not {"Social media", "A colleague whom you know", "Sign language and interpreters"} & set(headings)
    said = words(page.xpath("//main")[0])
    assert "Usually open until 5pm" in said  # its hours are not confirmed
    assert "recorded" not in said
    assert "We answer" not in said


def test_out_of_hours_the_emergency_line_comes_before_every_other_number(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    emergency = "Emergency? Call us, day or night: 0300 123 8080"
    (open_now,) = contact(sqlite_app, MONDAY_NOON, monkeypatch).xpath("//main//*[@class='notice']")
    assert words(open_now) == "Open until 5pm 0300 123 8080 Calls are recorded."
    (closed,) = contact(sqlite_app, MONDAY_NIGHT, monkeypatch).xpath("//main//*[@class='notice']")
    assert words(closed).startswith(f"{emergency} Closed. Opens Tuesday 24 November at 8am")


def test_the_closed_days_of_the_next_weeks_are_told(sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(at: str) -> list[str]:
        notice = contact(sqlite_app, london(at), monkeypatch).xpath("//main//*[@class='notice']//li")
        return [words(one) for one in notice]

    holidays = ["Friday 25 December, Christmas Day", "Monday 28 December, Boxing Day (substitute day)"]
    assert told("Tue 2026-11-24 12:00") == []
    assert told("Mon 2026-11-30 12:00") == holidays
    the_office_is_closed(
        london("Thu 2026-12-24 12:00"), london("Mon 2027-01-04 08:00"), announce_at=london("Wed 2026-12-02 09:00")
    )
    assert told("Wed 2026-12-02 08:59") == [*holidays, "Friday 1 January, New Year’s Day"]
    whole = "From Thursday 24 December at 12pm until Monday 4 January 2027 at 8am"
    assert told("Wed 2026-12-02 09:00") == [whole]
    assert told("Mon 2027-01-04 08:00") == []


def test_what_holds_for_a_minute_is_not_on_paper(sqlite_app: Flask) -> None:
    """A page that was printed on Monday is read on Thursday."""
    with sqlite_app.test_request_context("/en/contact"), speaking("en"):
        printed = [line for block in page_in("contact", "en", MONDAY_NOON).blocks for line in lines_of(block)]
    assert "Monday to Friday, 8am to 5pm. Closed on bank holidays." in printed
    assert not [line for line in printed if "Open until" in line or "Closed. " in line]
