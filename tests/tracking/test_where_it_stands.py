"""What a tenant sees of their case: where it stands, why each date, its letters, and nothing that harms."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.cases.actions import add_event
from app.cases.models import Case, Event, Promise
from app.cases.promises import acknowledge, meet_promise
from app.complaints.escalation import Window, window
from app.extensions import db, start_writing
from app.formats import FORMATS
from app.landlords.standards import current_landlord
from app.letters.models import Letter
from app.tracking import routes
from app.tracking.standing import where_it_stands
from app.working_days import calendar_for
from tests.builders import a_colleague, needs
from tests.cases.moments import london
from tests.conftest import MakeApp
from tests.journeys.reader import Reader
from tests.laws.page_laws import words_of
from tests.rig.turns import in_turn
from tests.tracking.following import a_case_that_came, follow

T = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
CHRISTMAS_EVE_AFTER_CLOSING = london("Thu 2026-12-24 17:30")


def a_history(kind: str = "complaint", status: str = "open", *what: str, **kept: int) -> Case:
    """A case that was never saved: events a day apart, and promises kept so many days after ``T``."""
    case = Case(kind=kind, status=status, received_at=T)
    case.events = [Event(what=one, at=T + timedelta(days=day)) for day, one in enumerate(what, 1)]
    case.promises = [
        Promise(standard=standard.replace("__", "."), met_at=T + timedelta(days=day)) for standard, day in kept.items()
    ]
    return case


@pytest.mark.parametrize(
    ("case", "steps"),
    [
        (a_history(), ["received"]),
        (a_history("complaint", "open", "acknowledged"), ["received", "acknowledged"]),
        (a_history("compliment", "closed", "acknowledged"), ["received", "acknowledged", "closed"]),
        (a_history("enquiry", contact__answer_web_form=1), ["received", "answered"]),
        (a_history("complaint", contact__answer_web_form=1), ["received"]),
        (a_history("complaint", complaint__stage_1_response=9), ["received", "answered"]),
        (
            a_history("complaint", "open", "acknowledged", "stage_2_asked", complaint__stage_1_response=9),
            ["received", "acknowledged", "stage-2-asked", "answered"],
        ),
        (
            a_history("complaint", "open", "stage_2_asked", complaint__stage_2_response=30),
            ["received", "stage-2-asked", "stage-2-answered"],
        ),
    ],
)
def test_the_steps_that_a_case_has_reached(case: Case, steps: list[str]) -> None:
    assert [reached.step for reached in where_it_stands(case)] == steps


ANSWERED = london("Mon 2026-11-02 15:00")


@pytest.mark.parametrize(
    ("answered_at", "days", "was_posted", "expected"),
    [
        (None, 28, False, Window(False, None)),
        (ANSWERED, None, False, Window(True, None)),
        (ANSWERED, 28, False, Window(True, date(2026, 11, 30))),
        (ANSWERED, 28, True, Window(True, date(2026, 12, 2))),
        (london("Thu 2026-12-24 15:00"), 28, True, Window(True, date(2027, 1, 27))),  # in the post over Christmas
        (london("Mon 2026-11-02 23:59"), 28, False, Window(True, date(2026, 11, 30))),
    ],
)
def test_until_when_to_ask_for_stage_2(
    answered_at: datetime | None, days: int | None, was_posted: bool, expected: Window
) -> None:
    found = window(answered_at, days, was_posted, calendar_for("england-and-wales"))
    assert found == expected
    if found.ends_on:
        last_minute = datetime(found.ends_on.year, found.ends_on.month, found.ends_on.day, 23, 59, tzinfo=UTC)
        assert not found.is_late(last_minute)
        assert found.is_late(last_minute + timedelta(minutes=2))


@pytest.fixture
def on_boxing_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "now", lambda: london("Sat 2026-12-26 10:00"))


def promises_of(reader: Reader) -> dict[str, Any]:
    """Heading → the part of the page below it."""
    return {words_of(part.xpath("./h3")[0]): part for part in reader.page.xpath("//section[@class='promised']")}


@pytest.mark.usefixtures("on_boxing_day")
def test_why_this_date_names_each_day_over_christmas(make_app: MakeApp) -> None:
    """Livv contacts within 5 working days: 24 December is over, 28 is the substitute for Boxing Day."""
    app = make_app(landlord="livv")
    with app.app_context():
        case = a_case_that_came(at=CHRISTMAS_EVE_AFTER_CLOSING)
        reader = follow(app.test_client(), case)
    part = promises_of(reader)["Somebody from the team gets in touch with you"]
    rows = {words_of(row.xpath("./span[1]")[0]): words_of(row.xpath("./span[2]")[0]) for row in part.xpath(".//li")}
    assert words_of(part.xpath("./p")[0]) == "By Wednesday, 6 January 2027."
    assert rows == {
        "Thursday, 24 December 2026": "It came after closing time, so it counts as received on the next working day.",
        "Friday, 25 December 2026": "Does not count: Christmas Day.",
        "Saturday, 26 December 2026": "Does not count: Saturday.",
        "Sunday, 27 December 2026": "Does not count: Sunday.",
        "Monday, 28 December 2026": "Does not count: Boxing Day (substitute day).",
        "Tuesday, 29 December 2026": "It counts as received on this day. Counting starts on the next working day.",
        "Wednesday, 30 December 2026": "Day 1.",
        "Thursday, 31 December 2026": "Day 2.",
        "Friday, 1 January 2027": "Does not count: New Year’s Day.",
        "Saturday, 2 January 2027": "Does not count: Saturday.",
        "Sunday, 3 January 2027": "Does not count: Sunday.",
        "Monday, 4 January 2027": "Day 3.",
        "Tuesday, 5 January 2027": "Day 4.",
        "Wednesday, 6 January 2027": "Day 5: the last day.",
    }
    assert "This is our own promise." in words_of(part)


@pytest.mark.usefixtures("on_boxing_day")
def test_elapsed_hours_run_through_the_night_and_say_so(sqlite_app: Flask) -> None:
    reader = follow(sqlite_app.test_client(), a_case_that_came(at=CHRISTMAS_EVE_AFTER_CLOSING))
    part = promises_of(reader)["We write to you to say who is dealing with this"]
    assert "We have 24 hours, counted from 17:30 on Thursday, 24 December 2026." in words_of(part)
    assert "Every hour counts, day and night" in words_of(part)
    assert "This should have been done by 17:30 on Friday, 25 December 2026. We are late" in words_of(part)
    assert "This is a rule for all landlords, from the Complaint Handling Code." in words_of(part)
    assert part.xpath(".//a[@href='tel:+443001238080']"), "who to call about what is late"


@pytest.mark.usefixtures("on_boxing_day")
def test_a_promise_that_was_kept_says_when(sqlite_app: Flask) -> None:
    case = a_case_that_came(at=T)
    start_writing()
    a_colleague_deals_with(case)
    acknowledge(case, current_landlord(), T + timedelta(hours=3))
    meet_promise(case, "complaint.stage_1_response", london("Tue 2026-12-22 10:00"))
    db.session.commit()
    reader = follow(sqlite_app.test_client(), case)
    kept = words_of(promises_of(reader)["We write to you to say who is dealing with this"])
    assert "Done on Monday, 16 November 2026, in time. The last day was 12:00 on Tuesday, 17 November 2026." in kept
    late = words_of(promises_of(reader)["We send you our answer"])
    assert "Done on Tuesday, 22 December 2026. That was late, and we are sorry." in late
    assert "We have sent you our answer." in reader.words
    assert (
        "Sam Field is dealing with this. You can ask for them by name, or ring them on 0300 123 4567." in reader.words
    )


def a_colleague_deals_with(case: Case) -> None:
    case.handler = a_colleague(phone="0300 123 4567", roles=("complaints-team",))


def letters_on(reader: Reader) -> list[str]:
    return [words_of(heading) for heading in reader.page.xpath("//section[@class='letter-home']/h3")]


def test_a_letter_can_be_taken_once_it_was_sent_and_not_before(sqlite_app: Flask) -> None:
    case, client = a_case_that_came(at=T, needs=needs(format="text")), sqlite_app.test_client()
    letter = db.session.scalars(db.select(Letter).where(Letter.name == "acknowledgement")).one()
    other = a_case_that_came(at=T)
    of_other = db.session.scalars(db.select(Letter).where(Letter.case_id == other.id)).first()
    assert of_other is not None
    reader = follow(client, case)
    assert letters_on(reader) == ["We have got your complaint"]
    for letter_id in (letter.id, of_other.id, 9_999):
        assert client.get(f"/en/track/case/letters/{letter_id}/text").status_code == 404
    letter.sent_at = T
    db.session.commit()
    assert letters_on(reader.open("/en/track/case")) == [
        "We are looking into your complaint",
        "We have got your complaint",
    ]
    formats = [
        link.get("href").rpartition("/")[2] for link in reader.page.xpath("//section[@class='letter-home'][1]//a")
    ]
    assert formats[0] == "text", "the tenant's own format first"
    assert set(formats) == set(FORMATS)
    answer = client.get(f"/en/track/case/letters/{letter.id}/text")
    assert case.reference in answer.text
    assert f"{case.reference}-acknowledgement.txt" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get(f"/en/track/case/letters/{letter.id}/horoscope").status_code == 404


def test_what_was_told_is_shown_but_for_a_sensitive_case(sqlite_app: Flask) -> None:
    told = {"what_happened": "The dog next door barks at night."}
    reader = follow(sqlite_app.test_client(), a_case_that_came("enquiry", at=T, told=told))
    assert "The dog next door barks" in reader.words
    assert not reader.page.xpath("//*[@data-exit]")
    report = a_case_that_came("antisocial-behaviour", at=T, told=told)
    reader = follow(sqlite_app.test_client(), report)
    page = reader.response.get_data(as_text=True)
    assert "barks" not in page
    assert "ehaviour" not in words_of(reader.page.find(".//head")), "nothing gives it away in a list of tabs"
    assert reader.page.xpath("//*[@data-exit]/@href") == ["/en/track/exit"]
    answer = reader.client.get("/en/track/exit")
    assert answer.location == current_landlord().exit_address
    assert Reader(reader.client).open("/en/track/case").path == "/en/track"


def test_the_name_of_a_report_s_file_gives_nothing_away_in_a_folder(sqlite_app: Flask) -> None:
    report = a_case_that_came("antisocial-behaviour", at=T, told={"what_happened": "Noise at night."})
    start_writing()
    letter = Letter(
        case_id=report.id, name="asb-closing", version=1, language="en", title="We have closed your case",
        body="<p>We have closed it.</p>", composed_at=T, sent_at=T,
    )  # fmt: skip
    db.session.add(letter)
    db.session.commit()
    letter_id = letter.id
    reader = follow(sqlite_app.test_client(), report)
    answer = reader.client.get(f"/en/track/case/letters/{letter_id}/text")
    assert answer.headers["Content-Disposition"] == f"attachment; filename={report.reference}-{letter_id}.txt"


def test_every_page_of_a_case_keeps_the_laws_of_pages_in_every_language(sqlite_app: Flask) -> None:
    """``Reader`` holds each page against them."""
    complaint, report = a_case_that_came(at=T), a_case_that_came("antisocial-behaviour", at=T)
    enquiry = a_case_that_came("enquiry", at=T)
    add_event(complaint, "acknowledged", T + timedelta(days=1))
    db.session.commit()
    for language in in_turn("the laws of a case's pages"):
        for case, paths in (
            (complaint, ("", "/add", "/stage-two")),
            (report, ("", "/add", "/diary", "/complaint")),
            (enquiry, ("", "/complaint")),
        ):
            reader = follow(sqlite_app.test_client(), case, language=language)
            for path in paths:
                assert reader.open(f"/{language}/track/case{path}").response.status_code == 200
        assert Reader(sqlite_app.test_client()).open(f"/{language}/track/left").heading
