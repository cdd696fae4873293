"""Drafts: what was typed survives what happens to people: a mistake, a restart, a day away, a lost cookie."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from app.cases.models import Case
from app.dispatch.worker import sweep
from app.extensions import db
from app.journeys import steps
from app.journeys.drafts import purge_expired_drafts
from app.journeys.models import Draft
from tests.complaints.complaining import LIFT, begin, complain, go_on, slug_of
from tests.conftest import MakeApp
from tests.journeys.reader import Reader

COOKIE = "draft-complaint"
SetClock = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """``later(timedelta(hours=20))``: so long after now."""

    def set_clock(passed: timedelta) -> None:
        moment = datetime.now(UTC) + passed
        monkeypatch.setattr(steps, "now", lambda: moment)

    return set_clock


def drafts() -> list[Draft]:
    db.session.rollback()
    return list(db.session.scalars(db.select(Draft)))


def number_of_cases() -> int:
    db.session.rollback()
    return len(list(db.session.scalars(db.select(Case))))


def with_only_the_draft_cookie(app: Flask, client: FlaskClient) -> FlaskClient:
    """The same browser, closed and opened again: cookies of the session are gone."""
    kept = client.get_cookie(COOKIE)
    assert kept is not None
    again = app.test_client()
    again.set_cookie(COOKIE, kept.value)
    return again


class TestComingBack:
    def test_start_leads_to_where_the_tenant_left_off(self, client: FlaskClient) -> None:
        begin(client, until="service")
        reader = Reader(client).open("/en/complaint")
        assert slug_of(reader) == "service"
        assert "We have kept your answers" in reader.words

    def test_the_answer_of_a_page_stands_in_it_when_the_back_button_is_pressed(self, client: FlaskClient) -> None:
        reader = begin(client, until="service")
        reader.open("/en/complaint/what-happened")
        assert reader.fields()["what_happened"] == LIFT
        reader.open("/en/complaint/when")
        assert reader.fields()["how_long_ago"] == "within-12-months"

    def test_after_going_back_the_way_leads_on_page_by_page(self, client: FlaskClient) -> None:
        reader = begin(client, until="service").open("/en/complaint/what-happened")
        assert slug_of(reader.press()) == "when"
        assert slug_of(reader.press()) == "service"

    def test_the_back_link_leads_to_the_question_before(self, client: FlaskClient) -> None:
        reader = begin(client, until="service")
        assert slug_of(reader.follow("Back")) == "when"

    def test_a_restart_of_the_site_loses_nothing(self, app: Flask, client: FlaskClient) -> None:
        begin(client, until="service")
        restarted = create_app(app.config["LETTERBOX"])
        reader = Reader(with_only_the_draft_cookie(restarted, client)).open("/en/complaint")
        assert slug_of(reader) == "service"
        go_on(reader)
        assert reader.summary["What happened"] == LIFT
        with restarted.app_context():
            db.engine.dispose()

    def test_twenty_hours_away_lose_nothing(self, app: Flask, client: FlaskClient, later: SetClock) -> None:
        reader = begin(client, until="service")
        later(timedelta(hours=20))
        assert slug_of(reader.answer(service="repairs")) == "outcome"
        assert slug_of(Reader(with_only_the_draft_cookie(app, client)).open("/en/complaint")) == "outcome"

    def test_each_answer_starts_the_days_anew(self, client: FlaskClient, later: SetClock) -> None:
        reader = begin(client, until="when")
        for days in (6, 12):
            later(timedelta(days=days))
            go_on(reader, until={6: "service", 12: "outcome"}[days])
        assert slug_of(reader) == "outcome"

    def test_the_language_can_be_changed_on_the_way(self, client: FlaskClient) -> None:
        begin(client, until="service")
        reader = Reader(client).open("/cy/complaint/what-happened")
        assert reader.fields()["what_happened"] == LIFT

    def test_a_mistake_survives_leaving_the_page(self, client: FlaskClient) -> None:
        """Typed too long, then the tab was closed: the words are in the page again."""
        reader = begin(client, until="safe-times")
        too_long = "not on Fridays " * 100
        reader.answer(safe_times=too_long)
        reader.open("/en/complaint")
        assert slug_of(reader) == "safe-times"
        assert reader.fields()["safe_times"] == too_long.strip()
        reader.answer(safe_times="not on Fridays")
        assert slug_of(reader) == "interpreter"
        (draft,) = drafts()
        assert draft.typed == {}

    def test_nobody_gets_past_a_question(self, client: FlaskClient) -> None:
        reader = begin(client, until="when")
        for ahead in ("note", "check", "service"):
            assert slug_of(reader.open(f"/en/complaint/{ahead}")) == "when"

    def test_a_page_that_does_not_apply_leads_back_to_the_way(self, client: FlaskClient) -> None:
        reader = begin(client, until="when")
        assert slug_of(reader.open("/en/complaint/permission")) == "when"

    def test_a_page_that_does_not_exist_is_not_found(self, client: FlaskClient) -> None:
        assert client.get("/en/complaint/horoscope").status_code == 404
        assert client.post("/en/complaint/horoscope").status_code == 404

    def test_looking_at_the_form_leaves_nothing_in_the_database(self, client: FlaskClient) -> None:
        Reader(client).open("/en/complaint").press()
        assert drafts() == []


class TestTheCookie:
    def test_scripts_and_other_sites_cannot_use_it(self, make_app: MakeApp) -> None:
        client = make_app(public_url="https://letterbox.example", draft_days=3).test_client()
        response = client.get("/en/complaint", base_url="https://letterbox.example")
        (cookie,) = [line for line in response.headers.getlist("Set-Cookie") if line.startswith(COOKIE)]
        attributes = {part.strip() for part in cookie.split(";")[1:]}
        assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=259200"} <= attributes

    def test_a_cookie_that_somebody_changed_is_no_cookie(self, client: FlaskClient) -> None:
        begin(client, until="service")
        (draft,) = drafts()
        stranger = client.application.test_client()
        for forged in (f'{{"writing": "{draft.id}", "sent": null}}', draft.id, "", "x.y"):
            stranger.set_cookie(COOKIE, forged)
            assert slug_of(Reader(stranger).open("/en/complaint")) == "who-you-are"

    def test_without_it_a_middle_page_leads_to_the_first(self, client: FlaskClient) -> None:
        assert slug_of(Reader(client).open("/en/complaint/service")) == "who-you-are"

    def test_when_it_is_lost_the_words_are_kept_and_the_tenant_is_told(self, client: FlaskClient) -> None:
        reader = begin(client, until="outcome")
        client.delete_cookie(COOKIE)
        reader.answer(outcome_sought="A new lift, please.")
        assert slug_of(reader) == "who-you-are"
        assert "We could not find your earlier answers" in reader.words
        assert "7 days" in reader.words
        go_on(reader, until="outcome")
        assert reader.fields()["outcome_sought"] == "A new lift, please."

    def test_a_draft_that_ran_out_is_the_same_to_the_tenant(self, client: FlaskClient, later: SetClock) -> None:
        reader = begin(client, until="outcome")
        later(timedelta(days=8))
        reader.answer(outcome_sought="A new lift, please.")
        assert "We could not find your earlier answers" in reader.words
        go_on(reader, until="outcome")
        assert reader.fields()["outcome_sought"] == "A new lift, please."

    def test_sending_a_draft_that_ran_out_says_so(self, client: FlaskClient, later: SetClock) -> None:
        reader = begin(client)
        later(timedelta(days=8))
        reader.press()
        assert slug_of(reader) == "who-you-are"
        assert "Nothing has been sent" in reader.words
        assert number_of_cases() == 0

    def test_drafts_of_two_people_do_not_mix(self, client: FlaskClient) -> None:
        begin(client, until="service")
        other = begin(client.application.test_client(), until="when", what_happened="It is cold.")
        assert other.open("/en/complaint/what-happened").fields()["what_happened"] == "It is cold."
        assert Reader(client).open("/en/complaint/what-happened").fields()["what_happened"] == LIFT


class TestTheToken:
    def test_when_the_session_is_lost_the_words_stay_in_the_page(self, client: FlaskClient) -> None:
        reader = begin(client, until="outcome")
        client.delete_cookie("session")
        reader.answer(outcome_sought="A new lift, please.")
        assert reader.response.status_code == 400
        assert "This page was open for too long" in reader.words
        assert reader.fields()["outcome_sought"] == "A new lift, please."
        assert slug_of(reader.press()) == "files"

    def test_a_page_of_another_site_changes_nothing(self, client: FlaskClient) -> None:
        reader = begin(client, until="outcome")
        for token in ("", "wrong"):
            answer = client.post(reader.path, data={"outcome_sought": "Delete everything", "csrf_token": token})
            assert answer.status_code == 400
        assert slug_of(reader.open("/en/complaint")) == "outcome"

    def test_nothing_is_sent_without_it_and_the_answers_stay(self, client: FlaskClient) -> None:
        reader = begin(client)
        client.delete_cookie("session")
        reader.press()
        assert reader.response.status_code == 400
        assert reader.summary["What happened"] == LIFT
        assert number_of_cases() == 0
        assert reader.press().reference

    def test_a_page_may_stay_open_for_a_day(self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
        reader = begin(client, until="outcome")
        # The token is signed with its time; itsdangerous reads the clock by this name.
        monkeypatch.setattr("itsdangerous.timed.time.time", lambda: datetime.now(UTC).timestamp() + 86_400)
        assert slug_of(reader.answer(outcome_sought="A new lift, please.")) == "files"


class TestChangingAnswers:
    def test_each_row_has_a_link_that_says_what_it_changes(self, client: FlaskClient) -> None:
        reader = begin(client)
        for row in reader.summary:
            assert reader.page.xpath("//dl//a[contains(., $what)]", what=f"Change this answer: {row}")

    def test_a_changed_answer_leads_back_to_check(self, client: FlaskClient) -> None:
        reader = begin(client).follow("Change this answer: Your name")
        reader.answer(name="Anna Nowak-Jones")
        assert slug_of(reader) == "check"
        assert reader.summary["Your name"] == "Anna Nowak-Jones"

    def test_what_follows_from_the_change_is_asked_first(self, client: FlaskClient) -> None:
        reader = begin(client).follow("Change this answer: Who you are")
        reader.answer(who="representative")
        assert slug_of(reader) == "who-for"
        reader.answer(representing_name="Jan Nowak", representing_relation="I am his daughter")
        assert slug_of(reader) == "permission"
        reader.answer(representing_permission="yes")
        assert slug_of(reader) == "check"
        assert reader.summary["Who you are complaining for"] == "Jan Nowak"

    def test_what_no_longer_applies_is_not_shown_and_not_sent(self, client: FlaskClient) -> None:
        reader = begin(client, who="representative").follow("Change this answer: Who you are")
        reader.answer(who="customer")
        assert slug_of(reader) == "check"
        assert "Who you are complaining for" not in reader.summary
        reader.press()
        assert "representing_name" not in db.session.scalars(db.select(Case)).one().contacts[0].answers

    def test_what_applies_again_need_not_be_typed_again(self, client: FlaskClient) -> None:
        reader = begin(client, who="representative").follow("Change this answer: Who you are")
        reader.answer(who="customer").follow("Change this answer: Who you are")
        reader.answer(who="representative")
        assert slug_of(reader) == "check"
        assert reader.summary["Who you are complaining for"] == "Jan Nowak"

    def test_a_mistake_while_changing_does_not_lose_the_way_back(self, client: FlaskClient) -> None:
        reader = begin(client).follow("Change this answer: Your name")
        reader.answer(name="")
        assert reader.mistakes == ["Enter your name"]
        assert slug_of(reader.answer(name="Anna")) == "check"

    def test_the_back_link_of_a_change_leads_to_check(self, client: FlaskClient) -> None:
        reader = begin(client).follow("Change this answer: Your name")
        assert slug_of(reader.follow("Back")) == "check"

    def test_an_answer_that_the_landlord_no_longer_offers_is_asked_again(self, client: FlaskClient) -> None:
        reader = begin(client)
        (draft,) = drafts()
        draft.answers["service"] = {"service": "coal-delivery"}
        db.session.commit()
        assert slug_of(reader.press()) == "service"
        assert number_of_cases() == 0


class TestSending:
    def test_the_button_pressed_twice_makes_one_case(self, client: FlaskClient) -> None:
        reader = begin(client)
        before, data = client.get_cookie(COOKIE), reader.filled_in()
        first = reader.press().reference
        assert before is not None
        client.set_cookie(COOKIE, before.value)  # the second press left before the first was answered
        second = client.post("/en/complaint/check", data=data, follow_redirects=True)
        assert first in second.text
        assert number_of_cases() == 1

    def test_back_from_the_received_page_shows_it_again(self, client: FlaskClient) -> None:
        reference = complain(client).reference
        for page in ("check", "name", "who-you-are"):
            assert Reader(client).open(f"/en/complaint/{page}").reference == reference

    def test_a_page_left_open_says_that_all_was_sent_and_keeps_the_words(self, client: FlaskClient) -> None:
        reader = begin(client)
        name_page = Reader(client).open("/en/complaint/name")
        reader.press()
        name_page.answer(name="Anna Nowak-Jones")
        assert name_page.response.status_code == 409
        assert "You have sent this already" in name_page.words
        assert name_page.fields()["name"] == "Anna Nowak-Jones"
        assert name_page.follow("See what you sent").reference == reader.reference

    def test_the_words_leave_the_draft_once_they_are_in_the_case(self, client: FlaskClient) -> None:
        complain(client)
        (draft,) = drafts()
        assert (draft.answers, draft.typed) == ({}, {})

    def test_the_reference_can_be_seen_as_long_as_was_said(self, client: FlaskClient, later: SetClock) -> None:
        reference = complain(client).reference
        later(timedelta(days=6, hours=23))
        assert Reader(client).open("/en/complaint/received").reference == reference
        later(timedelta(days=7, minutes=1))
        assert slug_of(Reader(client).open("/en/complaint/received")) == "who-you-are"

    def test_another_complaint_is_another_case(self, client: FlaskClient) -> None:
        first = complain(client)
        reader = Reader(client).open("/en/complaint/received").follow("Make another complaint")
        assert slug_of(reader) == "who-you-are"
        assert reader.fields().keys() == {"csrf_token"}
        assert Reader(client).open("/en/complaint/received").reference == first.reference
        go_on(reader)
        assert reader.press().reference != first.reference
        assert number_of_cases() == 2


class TestDeleting:
    def test_answers_can_be_deleted_on_a_borrowed_phone(self, client: FlaskClient) -> None:
        reader = begin(client, until="service").follow("Delete my answers")
        assert drafts()
        reader.press()
        assert reader.heading == "Your answers are deleted"
        assert drafts() == []
        assert slug_of(reader.follow("Start again")) == "who-you-are"
        assert "checked" not in reader.response.text

    def test_nobody_else_can_delete_them(self, client: FlaskClient) -> None:
        reader = begin(client, until="service")
        assert client.post("/en/complaint/delete").status_code == 400
        assert slug_of(reader.open("/en/complaint")) == "service"

    def test_drafts_whose_time_ran_out_are_removed(self, client: FlaskClient) -> None:
        begin(client, until="service")
        (draft,) = drafts()
        assert purge_expired_drafts(draft.expires_at - timedelta(seconds=1)) == 0
        assert purge_expired_drafts(draft.expires_at) == 1
        assert drafts() == []

    def test_the_worker_removes_them_each_minute(self, client: FlaskClient) -> None:
        begin(client, until="service")
        begin(client.application.test_client(), until="when")
        old, new = sorted(drafts(), key=lambda draft: len(draft.answers), reverse=True)
        old.expires_at = datetime.now(UTC) - timedelta(seconds=1)
        db.session.commit()
        sweep()
        assert [draft.id for draft in drafts()] == [new.id]
