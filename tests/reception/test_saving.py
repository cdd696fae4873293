"""Save a form and come back to it in another browser: by a code to write down, or by a link in an email."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.dispatch.models import Message
from app.extensions import db
from app.journeys import steps
from app.journeys.models import SavedDraft
from app.reception.models import WrongGuess
from tests.complaints.complaining import LIFT, begin, slug_of
from tests.journeys.reader import Reader

SetClock = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """``later(timedelta(hours=20))``: so long after now."""

    def set_clock(passed: timedelta) -> None:
        moment = datetime.now(UTC) + passed
        monkeypatch.setattr(steps, "now", lambda: moment)

    return set_clock


def a_wrong_code(number: int = 0) -> str:
    """One that we could have given, and did not."""
    from app.cases.references import ALPHABET, RANDOM_IN_CODE, with_check

    return with_check(ALPHABET[number % 23] + ALPHABET[number // 23] + "K" * (RANDOM_IN_CODE - 2))


def save(reader: Reader, **way: str) -> Reader:
    """From a question's page: what stands in its fields is kept, then the way back is chosen."""
    data = {**reader.filled_in(), "afterwards": "save"}
    reader.client.post(reader.path, data=data)
    return reader.open("/en/complaint/save").answer(**way)


def code_of(reader: Reader) -> str:
    (shown,) = reader.page.xpath("//*[@data-code]/@data-code")
    return str(shown)


def link_in_mail() -> str:
    db.session.rollback()
    message = db.session.scalars(db.select(Message).order_by(Message.id.desc())).first()
    assert message is not None
    assert message.words is not None
    (link,) = re.findall(r"^http://\S+$", message.words, re.MULTILINE)
    return "/" + str(link).partition("://")[2].partition("/")[2]


def come_back(client: FlaskClient, code: str, language: str = "en") -> Reader:
    return Reader(client).open(f"/{language}/come-back").answer(code=code)


class TestByCode:
    def test_another_browser_has_every_answer(self, app: Flask) -> None:
        first = begin(app.test_client(), until="check", what_happened=LIFT)
        told = first.summary
        code = code_of(first.open("/en/complaint/save").answer(way="code"))
        other = come_back(app.test_client(), code)
        assert slug_of(other) == "check"
        assert other.summary == told
        assert "We have kept your answers" in other.words
        assert slug_of(other.press()) == "received"

    def test_it_leads_to_the_first_open_question_and_what_was_typed_there_is_kept(self, sqlite_app: Flask) -> None:
        reader = begin(sqlite_app.test_client(), until="when")
        data = {**reader.filled_in(when_happened="Since the"), "afterwards": "save"}
        led = reader.client.post(reader.path, data=data)
        assert led.location == "/en/complaint/save"
        other = come_back(sqlite_app.test_client(), code_of(reader.open(led.location).answer(way="code")))
        assert slug_of(other) == "when"
        assert other.fields()["when_happened"] == "Since the"

    def test_it_may_be_typed_as_people_type(self, sqlite_app: Flask) -> None:
        code = code_of(save(begin(sqlite_app.test_client(), until="who-for", who="representative"), way="code"))
        for typed in (code.lower(), f"  {code.replace('-', ' ')} ", code.replace("-", ""), code.replace("-", "–")):
            assert slug_of(come_back(sqlite_app.test_client(), typed)) == "who-for"

    def test_a_slip_is_told_as_one_and_costs_no_try(self, sqlite_app: Flask) -> None:
        for typed in ("K7M4-QX9T", "AAAA-AAAA-AAAA", "", "x" * 200):
            reader = come_back(sqlite_app.test_client(), typed)
            assert reader.response.status_code == 422
            assert len(reader.mistakes) == 1
        assert db.session.scalar(db.select(db.func.count()).select_from(WrongGuess)) == 0

    def test_only_a_hash_is_kept(self, sqlite_app: Flask) -> None:
        code = code_of(save(begin(sqlite_app.test_client(), until="what-happened"), way="code"))
        db.session.rollback()
        (saved,) = db.session.scalars(db.select(SavedDraft))
        assert re.fullmatch("[0-9a-f]{64}", saved.secret_hash)
        assert code not in saved.secret_hash
        for guess in (saved.draft_id, saved.secret_hash):
            assert Reader(sqlite_app.test_client()).open(f"/en/come-back/{guess}").response.status_code == 404

    def test_the_way_back_stands_on_the_first_page_in_every_language(self, sqlite_app: Flask) -> None:
        for language in ("en", "cy", "ar"):
            reader = Reader(sqlite_app.test_client()).open(f"/{language}/")
            (link,) = reader.page.xpath("//main//a[contains(@href, '/come-back')]/@href")
            assert reader.open(link).response.status_code == 200


class TestGuessing:
    def test_sixty_wrong_codes_from_one_line_shut_it_for_a_quarter_of_an_hour(
        self, sqlite_app: Flask, later: SetClock
    ) -> None:
        code = code_of(save(begin(sqlite_app.test_client(), until="what-happened"), way="code"))
        client = sqlite_app.test_client()
        form = Reader(client).open("/en/come-back")
        for number in range(60):
            answer = client.post("/en/come-back", data=form.filled_in(code=a_wrong_code(number)))
            assert answer.status_code == 422
            assert "Wait 15 minutes" not in answer.get_data(as_text=True)
        shut = come_back(client, code)
        assert shut.response.status_code == 429
        assert "Wait 15 minutes" in shut.words
        wrong = come_back(client, a_wrong_code(500))
        assert wrong.words == shut.words.replace(code, a_wrong_code(500))
        assert wrong.mistakes == shut.mistakes == ["We have no answers for this code. Check it, and try again"]
        later(timedelta(minutes=15, seconds=30))
        assert slug_of(come_back(client, code)) == "what-happened"

    def test_a_code_cannot_be_tried_as_a_link_where_nothing_is_counted(self, sqlite_app: Flask) -> None:
        code = code_of(save(begin(sqlite_app.test_client(), until="what-happened"), way="code"))
        assert Reader(sqlite_app.test_client()).open(f"/en/come-back/{code}").response.status_code == 404

    def test_a_right_code_is_no_wrong_try(self, sqlite_app: Flask) -> None:
        code = code_of(save(begin(sqlite_app.test_client(), until="what-happened"), way="code"))
        for _tenant in range(3):
            come_back(sqlite_app.test_client(), code)
        assert db.session.scalar(db.select(db.func.count()).select_from(WrongGuess)) == 0


class TestByEmail:
    def test_the_link_leads_back_once_the_button_is_pressed(self, app: Flask) -> None:
        reader = save(begin(app.test_client(), until="service"), way="email", address="anna@example.org")
        assert "anna@example.org" in reader.words
        path = link_in_mail()
        client = app.test_client()
        for _scanner in range(2):
            page = Reader(client).open(path)
            assert page.heading == "Go on where you stopped"
            assert not [one for one in client._cookies or () if "draft" in str(one)]
        assert slug_of(page.press()) == "service"
        assert page.response.status_code == 200

    def test_the_mail_is_neutral_dated_and_in_the_pages_language(self, sqlite_app: Flask) -> None:
        begin_at = begin(sqlite_app.test_client(), until="what-happened")
        save(begin_at, way="email", address="anna@example.org")
        db.session.rollback()
        (message,) = db.session.scalars(db.select(Message).where(Message.letter_id.is_(None)))
        assert (message.subject, message.address, message.language) == (
            "Your link from LiveWest", "anna@example.org", "en",
        )  # fmt: skip
        assert message.case_id is None
        day = datetime.now(UTC) + timedelta(days=7)
        assert f"{day:%A} {day.day} {day:%B}" in (message.words or "")
        assert not re.search("complain|lift", f"{message.subject} {message.words}", re.IGNORECASE)
        assert LIFT not in (message.words or "")

    def test_nobody_fills_somebody_elses_mailbox(self, sqlite_app: Flask) -> None:
        reader = save(begin(sqlite_app.test_client(), until="what-happened"), way="email", address="anna@example.org")
        for _time in range(9):
            reader.open("/en/complaint/save").answer(way="email", address="Anna@example.org")
        refused = reader.open("/en/complaint/save").answer(way="email", address="anna@example.org")
        assert refused.response.status_code == 429
        assert db.session.scalar(db.select(db.func.count()).select_from(Message)) == 10
        assert (
            reader.open("/en/complaint/save").answer(way="email", address="b@example.org").response.status_code == 200
        )

    def test_a_mistake_is_said(self, sqlite_app: Flask) -> None:
        reader = begin(sqlite_app.test_client(), until="what-happened").open("/en/complaint/save")
        for way, address in ((None, ""), ("email", ""), ("email", "anna"), ("pigeon", "")):
            reader.answer(way=way, address=address)
            assert reader.response.status_code == 422
            assert len(reader.mistakes) == 1

    def test_the_email_given_in_the_form_is_offered_again(self, sqlite_app: Flask) -> None:
        reader = begin(sqlite_app.test_client(), until="safe-times", contact_channel="email")
        assert reader.open("/en/complaint/save").fields()["address"] == "anna@example.com"


class TestTooLate:
    def test_it_is_said_beforehand_until_when(self, sqlite_app: Flask) -> None:
        reader = begin(sqlite_app.test_client(), until="what-happened").open("/en/complaint/save")
        day = datetime.now(UTC) + timedelta(days=7)
        assert f"We keep your answers until {day:%A} {day.day} {day:%B}." in reader.words

    def test_saving_counts_as_typing(self, sqlite_app: Flask, later: SetClock) -> None:
        reader = begin(sqlite_app.test_client(), until="what-happened")
        later(timedelta(days=6))
        code = code_of(reader.open("/en/complaint/save").answer(way="code"))
        later(timedelta(days=12))
        assert slug_of(come_back(sqlite_app.test_client(), code)) == "what-happened"

    def test_when_the_time_has_run_out_it_is_said_kindly(self, sqlite_app: Flask, later: SetClock) -> None:
        reader = save(begin(sqlite_app.test_client(), until="what-happened"), way="email", address="anna@example.org")
        path = link_in_mail()
        code = code_of(reader.open("/en/complaint/save").answer(way="code"))
        later(timedelta(days=7, minutes=1))
        client = sqlite_app.test_client()
        gone = Reader(client).open(path)
        assert gone.response.status_code == 404
        assert "The time to come back may have run out" in gone.words
        assert "We have no answers for this code" in come_back(client, code).words

    def test_deleted_answers_cannot_be_opened(self, app: Flask) -> None:
        reader = save(begin(app.test_client(), until="what-happened"), way="code")
        code = code_of(reader)
        reader.open("/en/complaint/delete").press()
        assert "We have no answers for this code" in come_back(app.test_client(), code).words
        db.session.rollback()
        assert db.session.scalar(db.select(db.func.count()).select_from(SavedDraft)) == 0

    def test_who_has_sent_it_is_told_so_and_nothing_more(self, sqlite_app: Flask) -> None:
        reader = begin(sqlite_app.test_client())
        reader.open("/en/complaint/save").answer(way="email", address="anna@example.org")
        path, code = link_in_mail(), code_of(reader.open("/en/complaint/save").answer(way="code"))
        reference = reader.open("/en/complaint/check").press().reference
        client = sqlite_app.test_client()
        for page in (Reader(client).open(path), come_back(client, code)):
            assert page.heading == "You have sent this already"
            assert reference not in page.words
        assert reader.open("/en/complaint/save").heading == "We have got your complaint"

    def test_before_the_first_answer_there_is_nothing_to_save(self, sqlite_app: Flask) -> None:
        reader = Reader(sqlite_app.test_client()).open("/en/complaint")
        assert reader.open("/en/complaint/save").heading == "There is nothing to save yet"


class TestTwoBrowsers:
    def test_the_last_word_counts_question_by_question(self, app: Flask) -> None:
        one = begin(app.test_client())
        code = code_of(one.open("/en/complaint/save").answer(way="code"))
        other = come_back(app.test_client(), code)
        one.open("/en/complaint/name/change").answer(name="One")
        other.open("/en/complaint/what-happened/change").answer(what_happened="Other")
        other.open("/en/complaint/name/change").answer(name="Other")
        for reader in (one, other):
            told = reader.open("/en/complaint/check").summary
            assert (told["Your name"], told["What happened"]) == ("Other", "Other")

    def test_what_is_typed_after_the_other_has_sent_is_told_and_not_lost(self, sqlite_app: Flask) -> None:
        one = begin(sqlite_app.test_client())
        code = code_of(one.open("/en/complaint/save").answer(way="code"))
        other = come_back(sqlite_app.test_client(), code).open("/en/complaint/outcome/change")
        save_page = Reader(other.client).open("/en/complaint/save")
        one.open("/en/complaint/check").press()
        told = other.answer(outcome_sought="And one thing more")
        assert told.response.status_code == 409
        assert told.fields()["outcome_sought"] == "And one thing more"
        assert slug_of(save_page.answer(way="code")) == "received"


class TestWhatOthersSee:
    def test_no_copy_stays_and_no_search_engine_lists_it(self, sqlite_app: Flask) -> None:
        save(begin(sqlite_app.test_client(), until="what-happened"), way="email", address="anna@example.org")
        client = sqlite_app.test_client()
        for path in (link_in_mail(), "/en/come-back", "/en/come-back/made-up"):
            headers = client.get(path).headers
            assert headers["Cache-Control"] == "no-store"
            assert headers["X-Robots-Tag"] == "noindex"
            assert headers["Referrer-Policy"] == "same-origin"

    def test_a_lost_token_costs_nothing(self, sqlite_app: Flask) -> None:
        client = begin(sqlite_app.test_client(), until="what-happened").client
        answer = client.post("/en/complaint/save", data={"way": "email", "address": "anna@example.org"})
        assert answer.status_code == 400
        assert "anna@example.org" in answer.get_data(as_text=True)
        db.session.rollback()
        assert db.session.scalar(db.select(db.func.count()).select_from(SavedDraft)) == 0

    def test_the_code_is_in_no_address_and_no_cookie(self, sqlite_app: Flask) -> None:
        reader = save(begin(sqlite_app.test_client(), until="what-happened"), way="code")
        code = code_of(reader)
        assert code not in reader.path
        assert not any(code in str(value) for value in reader.response.headers.getlist("Set-Cookie"))
