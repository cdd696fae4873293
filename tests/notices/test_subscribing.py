"""Notices by email: asked for, confirmed, ended; and nobody learns who gets them."""

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.dispatch.models import Message
from app.extensions import db
from app.notices import mailing, subscribing
from app.notices.models import NoticeMail, Subscriber
from tests.conftest import MakeApp
from tests.dispatch.conftest import office  # noqa: F401
from tests.laws.page_laws import assert_page_laws, page_of, words_of
from tests.notices.subscribers import ADDRESS, DAY, MINUTE, NOW, a_subscriber, published, waiting

PAGE = "/en/notices/by-email"


def ask(client: FlaskClient, email: str = ADDRESS, language: str = "en", places: str = "", **more: str) -> Any:
    """Type an address into the form, and press its button."""
    form = page_of(client.get(PAGE))
    token = form.xpath("//input[@name='csrf_token']")[0].get("value")
    data = {"csrf_token": token, "email": email, "language": language, "places": places, **more}
    return client.post(PAGE, data=data)


def links_sent(email: str = ADDRESS) -> list[str]:
    """The paths in the emails that wait for this address."""
    db.session.rollback()
    found = db.session.scalars(select(Message).where(Message.address == email).order_by(Message.id))
    return [re.search(r"https?://[^/\s]+(/\S+/by-email/\S+)", message.words or "")[1] for message in found]  # type: ignore[index]


def state(email: str = ADDRESS) -> str | None:
    db.session.rollback()
    db.session.expire_all()
    found = db.session.scalar(select(Subscriber).where(Subscriber.email == email))
    return subscribing.state_of(found) if found else None


class TestAskingForThem:
    def test_nothing_is_sent_before_the_button_behind_the_link_was_pressed(self, app: Flask) -> None:
        client = app.test_client()
        answer = ask(client, " Anna@Example.org ", places="ex4 6ab, PL1")
        assert (answer.status_code, answer.location) == (303, f"{PAGE}/asked")
        assert_page_laws(client.get(answer.location))
        (link,) = links_sent()
        page = assert_page_laws(client.get(link))
        assert client.head(link).status_code == 200
        assert state() == "asked", "looking changes nothing: programs that look through mail follow links"
        assert ADDRESS in words_of(page.find(".//main"))
        answer = client.post(link, data={"act": "confirm"})
        assert answer.status_code == 303
        page = assert_page_laws(client.get(answer.location))
        assert "From now on we email you our notices" in words_of(page.find(".//main"))
        assert page.xpath("//input[@name='places']")[0].get("value") == "EX4, PL1"
        assert state() == "confirmed"

    def test_who_asks_learns_nothing_of_who_gets_them(self, sqlite_app: Flask) -> None:
        a_subscriber("known@example.org", areas=("EX4",))
        client = sqlite_app.test_client()
        answers = []
        for email in ("known@example.org", "new@example.org", "new@example.org"):
            answer = ask(client, email, language="ar")
            answers.append((answer.status_code, answer.location, client.get(answer.location).get_data()))
        assert len(set(answers)) == 1
        known = db.session.scalars(select(Subscriber).where(Subscriber.email == "known@example.org")).one()
        assert (known.language, known.areas, state("known@example.org")) == ("en", ["EX4"], "confirmed")
        (message,) = db.session.scalars(select(Message).where(Message.address == "known@example.org"))
        assert "Nothing has changed" in (message.words or "")

    def test_one_mailbox_gets_one_such_email_an_hour_whoever_asks(self, sqlite_app: Flask) -> None:
        for minutes in (0, 1, 30, 59, 60, 61):
            subscribing.ask(ADDRESS, "en", [], NOW + minutes * MINUTE)
            db.session.commit()
        assert len(links_sent()) == 2
        assert len(set(links_sent())) == 1

    def test_what_was_typed_stays_when_something_is_wrong(self, sqlite_app: Flask) -> None:
        client = sqlite_app.test_client()
        for typed, mistake in (
            ({"email": "anna"}, "Enter an email address such as name@example.com"),
            ({"email": ""}, "Enter your email address"),
            ({"places": "EX4, Exeter"}, "Enter a postcode such as EX4 or EX4 6AB, or leave this empty"),
            ({"places": ", ".join(f"EX{number}" for number in range(1, 22))}, "Enter at most 20 postcodes"),
            ({"language": "xx"}, "Choose a language"),
        ):
            answer = ask(client, **{"places": "EX4", **typed})
            assert answer.status_code == 422
            page = assert_page_laws(answer)
            assert mistake in words_of(page.xpath("//*[contains(@class, 'error-summary__list')]")[0])
            assert page.xpath("//input[@name='places']")[0].get("value") == typed.get("places", "EX4")
        lost = client.post(PAGE, data={"email": ADDRESS, "language": "en", "places": ""})
        assert lost.status_code == 400
        assert page_of(lost).xpath("//input[@name='email']")[0].get("value") == ADDRESS
        assert state() is None

    def test_a_machine_that_fills_in_everything_has_nobody_mailed(self, sqlite_app: Flask) -> None:
        answer = ask(sqlite_app.test_client(), subject="Buy now")
        assert (answer.status_code, answer.location) == (303, f"{PAGE}/asked")
        assert state() is None
        assert links_sent() == []

    def test_a_network_that_asks_too_often_is_told_when_to_go_on(self, make_app: MakeApp) -> None:
        app = make_app(sendings_an_hour=2)
        with app.app_context():
            client = app.test_client()
            answers = [ask(client, f"anna{number}@example.org") for number in range(3)]
            assert [answer.status_code for answer in answers] == [303, 303, 429]
            assert int(answers[2].headers["Retry-After"]) > 0
            assert page_of(answers[2]).xpath("//input[@name='email']")[0].get("value") == "anna2@example.org"

    @pytest.mark.parametrize("language", ["en", "cy", "ar"])
    def test_every_page_keeps_the_laws_of_pages_in_every_language(self, sqlite_app: Flask, language: str) -> None:
        client = sqlite_app.test_client()
        a_subscriber(language=language)
        ask(client, "asked@example.org", language=language)
        (asked,) = links_sent("asked@example.org")
        key = db.session.scalars(select(Subscriber.secret).where(Subscriber.email == ADDRESS)).one()
        base = f"/{language}/notices/by-email"
        assert asked.startswith(base)
        for path in (base, f"{base}/asked", asked, f"{base}/{key}", f"{base}/x"):
            answer = client.get(path)
            assert answer.status_code == (404 if path.endswith("/x") else 200)
            assert_page_laws(answer)
            assert path in (base,) or "no-store" in answer.headers["Cache-Control"]


class TestYours:
    def test_they_are_changed_and_ended_behind_the_link_and_begun_again(self, sqlite_app: Flask) -> None:
        client, link = sqlite_app.test_client(), f"{PAGE}/{a_subscriber().secret}"
        answer = client.post(link, data={"act": "choose", "language": "ar", "places": "PL1"})
        assert answer.location.startswith("/ar/notices/by-email/")
        assert_page_laws(client.get(answer.location))
        wrong = client.post(link, data={"act": "choose", "language": "ar", "places": "everywhere"})
        assert wrong.status_code == 422
        assert page_of(wrong).xpath("//input[@name='places']")[0].get("value") == "everywhere"
        found = db.session.scalars(select(Subscriber)).one()
        assert (found.language, found.areas) == ("ar", ["PL1"])

        answer = client.post(link, data={"act": "end"})
        assert answer.status_code == 303
        assert_page_laws(client.get(answer.location))
        assert state() == "ended"
        assert client.post(link, data={"act": "choose", "language": "en", "places": ""}).status_code == 409
        client.post(link, data={"act": "confirm"})
        assert state() == "confirmed"

    def test_one_press_in_a_mail_program_ends_them_at_once(self, sqlite_app: Flask) -> None:
        """RFC 8058: without a session, a cookie or another page; what waits is not sent any more."""
        found = a_subscriber()
        published()
        assert mailing.sweep(NOW) == 1
        message = db.session.scalars(select(Message)).one()
        address = message.unsubscribe or ""
        found.language = "ar"  # the address is in another language since: it ends them all the same
        db.session.commit()
        client = sqlite_app.test_client(use_cookies=False)
        path = address.partition("://")[2].partition("/")[2]
        for _again in range(2):
            answer = client.post(f"/{path}", data={"List-Unsubscribe": "One-Click"})
            assert answer.status_code == 200, "not sent on to another page"
            assert "Set-Cookie" not in answer.headers
        assert state() == "ended"
        assert waiting() == []
        assert mailing.sweep(NOW + MINUTE) == 0

    def test_a_link_that_never_was_says_as_much_as_one_that_is_over(self, sqlite_app: Flask) -> None:
        client = sqlite_app.test_client()
        for key in ("x", "A" * 43, "%00", "é"):
            for answer in (client.get(f"{PAGE}/{key}"), client.post(f"{PAGE}/{key}", data={"act": "end"})):
                assert answer.status_code == 404
                assert "This link does not work any more" in answer.get_data(as_text=True)

    def test_who_never_confirmed_and_who_ended_it_is_forgotten_after_seven_days(self, app: Flask) -> None:
        subscribing.ask("never@example.org", "en", [], NOW)
        db.session.commit()
        ended = a_subscriber("ended@example.org")
        a_subscriber()
        published()
        mailing.sweep(NOW)
        subscribing.end(ended, NOW)
        db.session.commit()
        subscribing.forget(NOW + 7 * DAY - MINUTE)
        assert db.session.scalar(select(func.count(Subscriber.id))) == 3
        subscribing.forget(NOW + 7 * DAY)
        assert list(db.session.scalars(select(Subscriber.email))) == [ADDRESS]
        assert db.session.scalar(select(func.count(NoticeMail.id))) == 0, "what was mailed is not kept either"
