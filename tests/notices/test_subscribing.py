"""Notices by email: asked for, confirmed, ended; each mailed once; and nobody learns who gets them."""

import os
import re
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import func, select

from app.dispatch import sending
from app.dispatch.models import Message
from app.dispatch.queue import current_queue
from app.dispatch.sending import send_message, to_send
from app.extensions import db, start_writing
from app.notices import actions, mailing, subscribing
from app.notices.models import Notice, NoticeMail, Subscriber
from app.notices.shapes import Given
from tests.conftest import MakeApp
from tests.dispatch.conftest import office  # noqa: F401
from tests.dispatch.mailing import part
from tests.dispatch.post_office import PostOffice
from tests.laws.page_laws import assert_page_laws, page_of, words_of

ADDRESS = "anna@example.org"
PAGE = "/en/notices/by-email"
NOW = datetime.now(UTC).replace(microsecond=0)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
WHO = "kim@landlord.example"
WORDS = {
    "en": {"title": "The website is off", "words": "We work on **it**.\n- Call us.\n- Or write."},
    "ar": {"title": "الموقع متوقف", "words": "نعمل عليه."},
}


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


def a_subscriber(email: str = ADDRESS, language: str = "en", areas: tuple[str, ...] = ()) -> Subscriber:
    """Somebody who confirmed an hour ago."""
    subscribing.ask(email, language, list(areas), NOW - 2 * HOUR)
    found = db.session.scalars(select(Subscriber).where(Subscriber.email == email)).one()
    subscribing.confirm(found, NOW - HOUR)
    db.session.query(Message).filter(Message.address == email).delete()
    db.session.commit()
    return found


def published(*, areas: tuple[str, ...] = (), at: datetime = NOW, **different: Any) -> Notice:
    start_writing()
    given: dict[str, Any] = {"kind": "technical-trouble", "severity": "urgent", "words": WORDS, "starts_at": at}
    notice = actions.write(Given(**{**given, **different}, areas=areas), WHO, at)
    actions.publish(notice, WHO, at)
    db.session.commit()
    return notice


def waiting() -> list[tuple[str, str]]:
    """Who is mailed what: addresses and subjects, in the order in which they were put there."""
    db.session.rollback()
    found = db.session.scalars(select(Message).where(Message.unsubscribe.is_not(None)).order_by(Message.id))
    return [(message.address, message.subject or "") for message in found]


def send_all(at: datetime) -> None:
    for message_id in to_send(at):
        assert send_message(message_id, at)


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


class TestWhatIsMailed:
    def test_what_is_new_is_mailed_once_and_to_those_only_who_had_asked_by_then(self, app: Flask) -> None:
        a_subscriber()
        notice = published()
        for minutes in range(3):
            mailing.sweep(NOW + minutes * MINUTE)
        assert waiting() == [(ADDRESS, "LiveWest: The website is off")]
        a_subscriber("later@example.org")
        later = db.session.scalars(select(Subscriber).where(Subscriber.email == "later@example.org")).one()
        later.confirmed_at = NOW + MINUTE
        db.session.commit()
        start_writing()
        actions.append_update(notice, {"en": "Half of it works."}, WHO, NOW + 5 * MINUTE)
        db.session.commit()
        start_writing()
        actions.resolve(notice, {}, WHO, NOW + 6 * MINUTE)
        db.session.commit()
        mailing.sweep(NOW + 7 * MINUTE)
        mailing.sweep(NOW + 8 * MINUTE)
        solved = "LiveWest: Solved: The website is off"
        assert waiting()[1:] == [(ADDRESS, solved), ("later@example.org", solved)], "the update had gone stale"

    def test_nobody_hears_of_it_before_it_is_announced_nor_of_what_was_true_yesterday(self, sqlite_app: Flask) -> None:
        a_subscriber()
        notice = published(starts_at=NOW + 10 * DAY, announce_at=NOW + 2 * DAY)
        assert mailing.sweep(NOW + 2 * DAY - MINUTE) == 0
        assert [news.what for news in mailing.news_at(NOW + 2 * DAY)] == ["published"]
        assert mailing.news_at(NOW + 3 * DAY) == []
        start_writing()
        actions.cancel(notice, {"en": "We found another way."}, WHO, NOW + 3 * DAY)
        db.session.commit()
        assert mailing.sweep(NOW + 3 * DAY) == 1
        assert waiting() == [(ADDRESS, "LiveWest: Cancelled: The website is off")]

    def test_what_was_cancelled_before_anybody_saw_it_is_mailed_to_nobody(self, sqlite_app: Flask) -> None:
        a_subscriber()
        notice = published(starts_at=NOW + 10 * DAY, announce_at=NOW + 2 * DAY)
        start_writing()
        actions.cancel(notice, {}, WHO, NOW + DAY)
        db.session.commit()
        assert mailing.sweep(NOW + DAY) == mailing.sweep(NOW + 2 * DAY) == 0

    def test_who_named_a_district_hears_of_it_and_of_what_is_for_all(self, app: Flask) -> None:
        lives = {"all@example.org": (), "ex4@example.org": ("EX4", "PL1"), "ex44@example.org": ("EX44",)}
        for email, areas in lives.items():
            a_subscriber(email, areas=areas)
        published(areas=("EX4",))
        mailing.sweep(NOW)
        assert [email for email, _subject in waiting()] == ["all@example.org", "ex4@example.org"]
        published(words={"en": {"title": "Closed", "words": "Today."}})
        mailing.sweep(NOW)
        assert [email for email, subject in waiting() if "Closed" in subject] == [
            "all@example.org", "ex4@example.org", "ex44@example.org",
        ]  # fmt: skip

    def test_a_worker_that_dies_while_it_writes_leaves_nobody_out_and_mails_nobody_twice(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(mailing, "BATCH", 3)
        emails = [f"s{number}@example.org" for number in range(8)]
        for email in emails:
            a_subscriber(email)
        published()
        db.session.rollback()
        child = os.fork()
        if child == 0:
            _die_in_the_second_batch()
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1])
        assert len(waiting()) == 3, "a batch is written whole, or not at all"
        mailing.sweep(NOW + MINUTE)
        assert sorted(email for email, _subject in waiting()) == emails

    def test_two_workers_at_once_mail_each_once(self, app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(mailing, "BATCH", 4)
        emails = [f"s{number:02}@example.org" for number in range(20)]
        for email in emails:
            a_subscriber(email)
        published()
        db.session.rollback()

        def work(_number: int) -> int:
            with app.app_context():
                return mailing.sweep(NOW)

        with ThreadPoolExecutor(2) as workers:
            assert sum(workers.map(work, range(2))) == 20
        assert sorted(email for email, _subject in waiting()) == emails

    def test_answers_to_tenants_go_before_notices_to_many(self, sqlite_app: Flask) -> None:
        a_subscriber()
        current_queue().huey.flush()
        published()
        mailing.sweep(NOW)
        subscribing.ask("new@example.org", "en", [], NOW + MINUTE)
        db.session.commit()
        first = db.session.get_one(Message, to_send(NOW + HOUR)[0])
        assert first.address == "new@example.org"
        storage = current_queue().huey.storage
        tasks = [current_queue().huey.deserialize_task(storage.dequeue()) for _ in range(2)]
        ids = [task.args[0] for task in tasks]
        assert ids[0] == first.id, "the later one is done first"


def _die_in_the_second_batch() -> None:
    """As if the power went: nothing is rolled back, nothing is closed."""
    db.engine.dispose(close=False)
    queue_words, seen = mailing.queue_words, iter(range(100))

    def die_at_the_fifth(*given: Any, **more: Any) -> Any:
        if next(seen) == 4:
            os.kill(os.getpid(), signal.SIGKILL)
        return queue_words(*given, **more)

    mailing.queue_words = die_at_the_fifth
    mailing.sweep(NOW)
    os._exit(0)


class TestTheEmail:
    @pytest.fixture
    def mailing_app(self, make_app: MakeApp, office: PostOffice) -> Iterator[Flask]:  # noqa: F811
        made = make_app(mail_server="127.0.0.1", mail_port=office.port)
        with made.app_context():
            yield made
            db.session.rollback()

    @pytest.fixture
    def mail(self, mailing_app: Flask, office: PostOffice) -> Callable[..., EmailMessage]:  # noqa: F811
        def get(language: str, **different: Any) -> EmailMessage:
            a_subscriber(language=language)
            published(**different)
            mailing.sweep(NOW)
            send_all(NOW)
            (mail,) = office.taken
            return mail

        return get

    def test_it_can_be_ended_with_one_press_and_says_the_same_as_text_and_as_a_page(
        self, mail: Callable[..., EmailMessage]
    ) -> None:
        got = mail("en", areas=("EX4",), services=("website",))
        found = db.session.scalars(select(Subscriber)).one()
        link = subscribing.address_of(found)
        assert got["List-Unsubscribe"].strip() == f"<{link}>"
        assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert (got["Subject"], got["To"]) == ("LiveWest: The website is off", ADDRESS)
        assert got["Auto-Submitted"] == "auto-generated"
        text, page = part(got, "plain"), html.fromstring(part(got, "html"))
        for said in ("We work on it.", "- Call us.", "For these areas: EX4", "Urgent: Something is not working", link):
            assert said in text
        assert [words_of(one) for one in page.xpath("//li")] == ["Call us.", "Or write."]
        assert link in [one.get("href") for one in page.xpath("//a")]
        assert words_of(page.xpath("//strong")[1]) == "it"
        assert not db.session.scalars(select(Message)).one().words, "once it has gone, its link is kept nowhere"

    def test_words_of_another_language_are_marked(self, mail: Callable[..., EmailMessage]) -> None:
        got = mail("ar", words={"en": WORDS["en"]})
        assert got["Content-Language"] == "ar"
        assert "The website is off" not in got["Subject"]
        page = html.fromstring(part(got, "html"))
        assert (page.get("lang"), page.get("dir")) == ("ar", "rtl")
        (title,) = [one for one in page.xpath("//h2//span") if one.get("lang")]
        assert (title.get("lang"), title.get("dir"), words_of(title)) == ("en", "ltr", "The website is off")
        assert page.xpath("//p/span[@lang='en']")

    def test_it_is_tried_again_while_there_is_hope(self, mailing_app: Flask, office: PostOffice) -> None:  # noqa: F811
        office.says(data="451 try again later")
        a_subscriber()
        published()
        mailing.sweep(NOW)
        (message_id,) = to_send(NOW)
        assert not send_message(message_id, NOW)
        assert send_message(message_id, NOW + sending.FIRST_RETRY)
        assert len(office.taken) == 1
